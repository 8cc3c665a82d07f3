"""The pages of the ledger: whole without a script, searched with one, recomputed in a rerun."""

import csv
import re

import pytest
from browsing import serving, visiting
from house import (
    REPOSITORY,
    House,
    code,
    copy_of_the_report,
    dressed,
    text,
    trial_cells,
    write_table,
)

from computecycle.ledger import ledger, rule
from computecycle.site.arithmetic import functions
from computecycle.site.judgements import known_ledger, page_of, printed, recomputed, shared
from computecycle.site.tallies import again, checked, drawn, looked_up, nears, weighed

PAGES = sorted(path.stem for path in (REPOSITORY / "book/ledger").glob("*.md"))
TOC = """format: jb-book
root: book/index
chapters:
  - file: book/chapters/short
  - file: book/ledger
  - file: book/data
  - file: book/sources
"""
INSIDE = """number => {
    const box = (each) => each.getBoundingClientRect();
    const [own, bar] = [box(number), box(number.previousElementSibling)];
    return own.left >= bar.left - 1 && own.right <= bar.right + 1;
}"""
MOST = 4000  # elements of a page
LATER = "2026-01-01"


def claims(page: str) -> list[str]:
    """The ids of the claims of a page as the table has them."""
    with (REPOSITORY / "data/source_claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [r["id"] for r in rows if page_of(r["source"], r["chapter"]) == f"book/ledger/{page}"]


def row_of(variable: str, entity: str) -> dict[str, str]:
    """A row of the statements of the article that retells Sequoia's question, of 2023."""
    with (REPOSITORY / "data/statements.csv").open(encoding="utf-8", newline="") as file:
        return next(
            row
            for row in csv.DictReader(file)
            if (row["source"], row["period"]) == ("bytelab2024", "2023-09")
            and (row["variable"], row["entity"]) == (variable, entity)
        )


def short_cells() -> list:
    """The cells of a chapter that says one number of the table in which a row is superseded."""
    parameters = trial_cells()[1]
    parameters.source = "\n".join(parameters.source.splitlines()[:2])
    return [
        text("finding", "# A number", "", "It is {value}`first`."),
        parameters,
        code("check", "from computecycle.notebook import parameters", "",
             'parameters.check("short", globals())', tags=("remove-cell",)),
        code("imports", "from computecycle.evidence import data",
             "from computecycle.evidence.given import Given",
             "from computecycle.notebook import claims", tags=("remove-cell",)),
        code("load", 'rows = data.Package(as_of, data_dir).load("statements")'),
        code("say", "first = Given(float(rows['value'].iloc[0]), [rows.iloc[[0]]])",
             'v_first = claims.value("first", "the first number", first, "x")',
             tags=("remove-cell",)),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory, type_of_pages) -> House:
    """The ledger and one short chapter."""
    house = dressed(copy_of_the_report(tmp_path_factory.mktemp("ledger") / "house"), type_of_pages)
    for path in (house.root / "notebooks").glob("*.ipynb"):
        path.unlink()
    house.write_chapter(short_cells(), "short")
    pages = "".join(f"  - file: book/ledger/{name}\n" for name in PAGES)
    (house.root / "_toc.yml").write_text(TOC + pages)
    (house.root / "book/index.md").write_text("# Trial\n\nSee {item}`S-C009`.\n")
    return house


@pytest.fixture(scope="module")
def rerun(house) -> House:
    """A rerun with a run rate of 60 where the article prints 50."""
    own = row_of("gpu_run_rate", "NVIDIA") | {"value": "60", "known_from": LATER}
    folder = house.root.parent / "tables"
    write_table(folder / "statements.csv", [list(own.values())], list(own))
    outcome = house.run("run", "short", "--data", str(folder))
    assert outcome.returncode == 0, outcome.stderr
    return House(house.root / "_build/rerun")


@pytest.fixture(scope="module")
def address(rerun):
    with serving((rerun.root / "_build/html").resolve()) as address:
        yield f"{address}book/"


@pytest.mark.parametrize(
    ("told", "word", "unit", "found", "near"),
    [
        ("60", "", "percent", 59.5, True),
        ("60", "", "percent", 50.0, False),
        ("20", "below", "percent", 13.3, True),
        ("1", "over", "x", 0.92, False),  # within a tenth, and its word is broken
        ("2015", "", "year", 2013.0, False),
        ("2018", "", "year", 2018.8, True),
        ("4", "", "month of 2023", 3.0, False),
    ],
)
def test_a_statement_is_near_its_public_number_by_its_word_or_by_a_tenth(
    told, word, unit, found, near
):
    claim = {"printed_number": told, "word": word, "unit": unit, "outturn_computed": found}
    assert nears(claim) == near


def test_a_number_of_ours_for_words_is_marked():
    claim = {"word": "slightly more", "printed_number": "35", "unit": "percent"}
    marked = "slightly more than 35 percent <small>(our number for its words)</small>"
    assert printed(claim | {"in_words": "yes"}) == marked
    assert printed(claim | {"in_words": "", "word": ""}) == "35 percent"


@pytest.mark.parametrize(
    ("number", "unit", "shown"),
    [
        ("2027", "year", "2027"),
        ("4", "month of 2023", "month 4 of 2023"),
        ("4", "years", "4 years"),
        ("-3", "percent", "−3 percent"),
        ("6", "page", "page 6"),
        ("0.333", "fraction", "0.333"),
        ("3.2e12", "x", "3.2 × 10¹² x"),
    ],
)
def test_a_unit_stands_where_a_reader_expects_it(number, unit, shown):
    assert printed({"word": "", "printed_number": number, "unit": unit, "in_words": ""}) == shown


def test_what_disagrees_is_weighed():
    once = ledger.distinct(known_ledger())
    wrong = once[once["verdict"] == rule.DISAGREES]
    weights = [sum(wrong["matters"].astype(int) == each) for each in (1, 2, 3)]
    assert sum(weights) == len(wrong) and all(weights)
    told = "Of those that disagree, {} bear on a conclusion, {} on a number and {} on a detail."
    assert weighed() == told.format(*weights)


def test_all_sources_together_are_one_bar_with_what_can_be_checked():
    table = ledger.counts(known_ledger())
    sums = table[table.columns[1:-1]].sum()
    shown, told = drawn([], sums), checked()
    assert shown.count("<figure>") == 1 and f"All five: {sums.sum()} statements" in shown
    once = ledger.distinct(known_ledger())
    beside = once[(once["verdict"] == rule.NOT_CHECKABLE) & once["outturn_computed"].notna()]
    rounds = once[once["verdict"] == rule.ROUNDS]
    loose = rounds[rounds["expression"].map(looked_up)]
    assert {"G-C328a", "G-C328b"} <= set(loose["id"]) and "S-C018" not in set(loose["id"])
    rest = sums.sum() - sums[rule.NOT_CHECKABLE] - sums[rule.TWICE] - len(loose)
    assert f"{sums[rule.NOT_CHECKABLE]} cannot be checked" in told and f"other {rest}," in told
    assert f"{len(beside)} of these have a public number" in told
    assert f"{sums[rule.TWICE]} appear twice and agree, {len(loose)} more as a word" in told


def test_what_shares_the_fault_of_another_row_is_told_as_such_and_could_be_counted():
    """A row that prints another number than the first does not say it again."""
    rows = known_ledger().set_index("id", drop=False)
    assert shared(rows.loc["S-C032"]) == "Stands or falls with S-C018 and is not counted."
    assert shared(rows.loc["J-C033"]) == "Says again what J-C026 says and is not counted."
    told = again()
    assert f"{len(rows)} rows: {len(rows) - len(ledger.distinct(rows))} say again" in told
    for verdict, word in ((rule.DISAGREES, "would disagree"), (rule.AMBIGUOUS, "could be read")):
        assert f"{(rows['verdict'] == verdict).sum()} {word}" in told


def test_a_second_reading_that_no_document_settles_is_shown_as_such():
    rows = known_ledger().set_index("id", drop=False)
    assert recomputed(rows.loc["J-C004b"]) == "24 or not printed"
    assert recomputed(rows.loc["S-C009"]) == "200"


def test_every_function_of_ours_in_the_arithmetic_has_its_line():
    shown = functions("book/ledger")
    assert "<code>gap(required, actual)</code>" in shown
    assert "<code>demand_multiple(inference_share, training_growth" in shown
    assert "Return" not in shown and "payback_years" not in shown  # which no row uses


def test_every_claim_has_its_row_on_one_page_and_each_page_is_in_the_contents():
    assert set(PAGES) == {page for page in PAGES if claims(page)}
    with (REPOSITORY / "data/source_claims.csv").open(encoding="utf-8", newline="") as file:
        assert sum(map(len, map(claims, PAGES))) == len(list(csv.DictReader(file)))
    contents = (REPOSITORY / "_toc.yml").read_text()
    assert all(f"- file: book/ledger/{page}\n" in contents for page in PAGES)


def test_a_rerun_on_other_data_judges_again_and_a_linked_row_opens_itself(browser, address):
    with visiting(browser) as visit:
        row = visit.go(address + "ledger/bytelab2024.html").locator("tr#claim-S-C009")
        assert row.locator("strong").inner_text() == "disagrees"
        assert row.locator("td").nth(3).inner_text() == "240"
        assert row.locator("q").inner_text().startswith("这些 GPU 需要产生 2000亿美元")
        assert not row.locator("code").is_visible()
        row.locator("summary").click()
        assert "required_revenue(60, 2, 50 / 100)" in row.inner_text()
        assert "your own statements: " in row.inner_text()
        link = visit.go(address + "index.html").locator("article a", has_text="S-C009")
        assert link.inner_text() == "paragraph 3, S-C009: disagrees"
        code = link.locator(".cc-code")
        assert code.evaluate("each => getComputedStyle(each).whiteSpace") == "nowrap"
        link.click()
        assert visit.page.url.endswith("ledger/bytelab2024.html#claim-S-C009")
        visit.page.locator("#claim-S-C009 code").wait_for(state="visible")
    assert visit.troubles == []


@pytest.mark.parametrize("page", PAGES)
def test_without_a_script_every_claim_is_there_in_the_order_of_its_item(page, browser, address):
    with visiting(browser, java_script_enabled=False) as visit:
        shown = visit.go(f"{address}ledger/{page}.html").locator("tbody tr[id^='claim-']")
        ids = shown.evaluate_all("rows => rows.map(row => row.id.replace('claim-', ''))")
        assert ids == sorted(claims(page))
        assert shown.first.is_visible() and shown.last.is_visible()
        assert not visit.page.locator(".cc-filter").is_visible()


@pytest.mark.parametrize("page", ["ledger", *(f"ledger/{page}" for page in PAGES)])
def test_no_page_is_too_heavy_to_read(page, browser, address):
    with visiting(browser) as visit:
        visit.go(f"{address}{page}.html")
        assert visit.page.evaluate("document.querySelectorAll('*').length") <= MOST


def test_without_a_script_a_linked_row_shows_its_arithmetic(browser, address):
    with visiting(browser, java_script_enabled=False) as visit:
        page = visit.go(address + "ledger/bytelab2024.html#claim-S-C009")
        height = "row => row.querySelector('code').getBoundingClientRect().height"
        assert page.locator("#claim-S-C009").evaluate(height) > 0


def test_a_search_and_choices_leave_the_rows_that_fit(browser, address):
    with visiting(browser) as visit:
        page = visit.go(address + "ledger/jpm2024.html")
        rows = page.locator("table.cc-judged tbody tr")
        told = page.locator(".cc-filter [role=status]")
        every = rows.count()
        assert told.inner_text() == f"{every} of {every}"
        page.get_by_role("searchbox", name="Search these statements").fill("blackwell h100")
        found = [row.inner_text().lower() for row in rows.all() if row.is_visible()]
        assert 0 < len(found) < every
        assert told.inner_text() == f"{len(found)} of {every}"
        page.get_by_role("searchbox", name="Search these statements").fill("")
        for name, value in (("verdict", "ambiguous"), ("chapter", "capex gap")):
            page.get_by_label(name).select_option(value)
            left = page.locator("tbody tr:not([hidden])")
            kept = left.evaluate_all(f"rows => rows.map(row => row.dataset.{name})")
            assert set(kept) == {value}
        page.get_by_label("importance").select_option("a conclusion changes")
        assert not page.get_by_label("document").is_visible()  # one document, no choice
        hidden = page.evaluate("document.querySelector('tr[hidden]').id")
        page.evaluate(f"location.hash = '{hidden}'")
        page.locator(f"#{hidden} details[open]").wait_for(state="visible")
        assert told.inner_text() == f"{every} of {every}"
    assert visit.troubles == []


def test_the_findings_are_told_in_words_and_can_be_chosen_by_document(browser, address):
    with visiting(browser) as visit:
        page = visit.go(address + "ledger.html")
        findings = page.locator(".cc-findings > li")
        every = findings.count()
        assert every >= 18
        first = findings.first
        assert first.locator("q[lang=zh]").inner_text()
        clipped = "items => items.some(each => getComputedStyle(each).contentVisibility == 'auto')"
        assert not findings.evaluate_all(clipped)  # it would cut off the numbers beside them
        assert first.get_attribute("data-importance") == "a conclusion changes"
        page.get_by_label("document").first.select_option(index=1)
        assert 0 < page.locator(".cc-findings > li:not([hidden])").count() < every
        target = first.locator("a").first.get_attribute("href")
        assert "claim-" in target
    assert visit.troubles == []


@pytest.mark.parametrize("page", ["ledger", "ledger/jpm2024"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_page(page, scheme, browser, address):
    with visiting(browser, viewport={"width": 375, "height": 800}, color_scheme=scheme) as visit:
        read = visit.go(f"{address}{page}.html")
        parts = ".cc-judged td, .cc-bar span, .cc-findings p, .cc-filter > *"
        widest = f"Math.max(...[...document.querySelectorAll('{parts}')].map("
        widest += "cell => cell.getBoundingClientRect().right))"
        assert read.evaluate(widest) <= 375


def test_the_bars_show_a_number_for_each_verdict_of_each_source(browser, address):
    with visiting(browser, viewport={"width": 375, "height": 800}) as visit:
        page = visit.go(address + "ledger.html")
        text = page.locator("article").inner_text()
        assert all(word in text for word in rule.VERDICTS)
        assert "at most a tenth away" in text
        bars = page.locator(".cc-bar")
        assert bars.count() == 6
        for bar in bars.all():
            told = bar.get_attribute("aria-label")
            counts = re.findall(r"(\d+) [a-z]", told.partition("statements, ")[2])
            assert f": {sum(map(int, counts))} statements" in told
            assert bar.locator("g").count() == len(counts)
            shown = bar.locator("text:visible").all()
            assert shown and all(number.evaluate(INSIDE) for number in shown)


def test_a_broken_expression_stops_check_and_build_with_its_row_and_the_reason(house, rerun):
    table = house.root / "data/source_claims.csv"
    whole = table.read_text(encoding="utf-8")
    table.write_text(whole.replace('bound=""value""', 'bond=""value""', 1), encoding="utf-8")
    outcome, check = house.run("book"), house.run("check")
    table.write_text(whole, encoding="utf-8")
    assert outcome.returncode == check.returncode == 2
    sentences = outcome.stderr.splitlines()
    assert check.stderr == f"computecycle: {sentences[1]}\n"
    assert sentences[0].startswith("computecycle: The pages could not be built")
    assert sentences[1].startswith("data/source_claims.csv:")
    assert sentences[1].endswith('table statements has no column "bond". Did you mean "bound"?')
    assert len(sentences) == 2
