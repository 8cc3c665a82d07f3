"""The pages of the ledger: whole without a script, searched with one, recomputed in a rerun."""

import csv

import pytest
from browsing import serving, visiting
from house import REPOSITORY, House, copy_of_the_report, write_table

TOC = """format: jb-book
root: book/index
chapters:
  - file: book/chapters/scorecard
  - file: book/ledger
  - file: book/ledger_main
  - file: book/ledger_others
  - file: book/data
  - file: book/sources
"""
LATER = "2026-01-01"


def claims(source: str) -> list[str]:
    """The ids of a source's claims as the table has them."""
    with (REPOSITORY / "data/source_claims.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file) if row["source"] == source]


def row_of(variable: str, entity: str) -> dict[str, str]:
    """A row of the statements of the article that retells Sequoia's question, of 2023."""
    with (REPOSITORY / "data/statements.csv").open(encoding="utf-8", newline="") as file:
        return next(
            row
            for row in csv.DictReader(file)
            if (row["source"], row["period"]) == ("bytelab2024", "2023-09")
            and (row["variable"], row["entity"]) == (variable, entity)
        )


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> House:
    """The ledger and one chapter."""
    house = copy_of_the_report(tmp_path_factory.mktemp("ledger") / "house")
    for path in (house.root / "notebooks").glob("*.ipynb"):
        if path.stem != "scorecard":
            path.unlink()
    (house.root / "_toc.yml").write_text(TOC)
    (house.root / "book/index.md").write_text("# Trial\n\nSee {item}`S-C009`.\n")
    return house


@pytest.fixture(scope="module")
def rerun(house) -> House:
    """A rerun with a run rate of 60 where the article prints 50."""
    own = row_of("gpu_run_rate", "NVIDIA") | {"value": "60", "known_from": LATER}
    folder = house.root.parent / "tables"
    write_table(folder / "statements.csv", [list(own.values())], list(own))
    outcome = house.run("rerun", "scorecard", "--data", str(folder))
    assert outcome.returncode == 0, outcome.stderr
    return House(house.root / "_build/rerun")


@pytest.fixture(scope="module")
def address(rerun):
    with serving((rerun.root / "_build/html").resolve()) as address:
        yield f"{address}book/"


def test_a_rerun_on_other_data_judges_again(browser, address):
    with visiting(browser) as visit:
        row = visit.go(address + "ledger_others.html").locator("tr:has(#claim-S-C009)")
        assert row.locator("strong").inner_text() == "disagrees"
        assert row.locator("td").nth(3).inner_text() == "240"
        row.locator("summary").click()
        assert "required_revenue(60, 2, 50 / 100)" in row.inner_text()
        assert "your own statements, line 2" in row.inner_text()
        link = visit.go(address + "index.html").locator("article a", has_text="S-C009")
        assert link.inner_text() == "S-C009: disagrees"
        link.click()
        assert visit.page.url.endswith("ledger_others.html#claim-S-C009")
    assert visit.troubles == []


def test_without_a_script_every_claim_is_there_with_its_anchor_in_the_order_of_its_item(
    browser, address
):
    with visiting(browser, java_script_enabled=False) as visit:
        page = visit.go(address + "ledger_main.html")
        anchors = page.locator("tbody [id^='claim-']").all()
        shown = [anchor.get_attribute("id").removeprefix("claim-") for anchor in anchors]
        assert shown == sorted(claims("guosen2024"))
        assert page.locator("tbody tr").first.is_visible()
        assert page.locator("tbody tr").last.is_visible()
        assert page.locator(".cc-filter").count() == 0


def test_a_search_and_a_verdict_leave_the_rows_that_fit(browser, address):
    with visiting(browser) as visit:
        page = visit.go(address + "ledger_main.html")
        rows = page.locator("table.cc-ledger tbody tr")
        told = page.locator(".cc-filter [role=status]")
        every = rows.count()
        assert told.inner_text() == f"{every} of {every}"
        page.get_by_role("searchbox", name="Search these statements").fill("bitcoin hash")
        found = [row.inner_text().lower() for row in rows.all() if row.is_visible()]
        assert 0 < len(found) < every
        assert told.inner_text() == f"{len(found)} of {every}"
        page.get_by_role("searchbox", name="Search these statements").fill("")
        page.get_by_label("Verdict").select_option("disagrees")
        verdicts = {row.locator("strong").inner_text() for row in rows.all() if row.is_visible()}
        assert verdicts == {"disagrees"}
        hidden = page.evaluate("document.querySelector('tr[hidden] [id^=claim-]').id")
        page.evaluate(f"location.hash = '{hidden}'")
        page.locator(f"#{hidden}").wait_for(state="visible")
        assert told.inner_text() == f"{every} of {every}"
    assert visit.troubles == []


def test_on_a_phone_no_row_is_wider_than_the_page(browser, address):
    with visiting(browser, viewport={"width": 375, "height": 800}) as visit:
        page = visit.go(address + "ledger.html")
        widest = "Math.max(...[...document.querySelectorAll('.cc-ledger td')].map("
        widest += "cell => cell.getBoundingClientRect().right))"
        assert page.evaluate(widest) <= 375


def test_the_page_of_the_ledger_shows_the_rule_and_a_count_for_each_source(browser, address):
    from computecycle.ledger import ledger

    with visiting(browser) as visit:
        page = visit.go(address + "ledger.html")
        text = page.locator("article").inner_text()
        for word in ledger.VERDICTS:
            assert word in text
        assert "at most a tenth away" in text
        last = page.locator("table").first.locator("tbody tr").last.inner_text().split()
        assert int(last[-1]) == sum(int(cell) for cell in last[1:-1])


def test_a_broken_expression_stops_the_build_with_its_row_and_the_reason(house, rerun):
    table = house.root / "data/source_claims.csv"
    whole = table.read_text(encoding="utf-8")
    table.write_text(whole.replace('bound=""value""', 'bond=""value""', 1), encoding="utf-8")
    outcome = house.run("book")
    table.write_text(whole, encoding="utf-8")
    assert outcome.returncode == 2
    sentences = outcome.stderr.splitlines()
    assert sentences[0].startswith("computecycle: The pages could not be built")
    assert sentences[1].startswith("data/source_claims.csv:")
    assert sentences[1].endswith('table statements has no column "bond". Did you mean "bound"?')
    assert len(sentences) == 2
