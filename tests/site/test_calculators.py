"""Calculators in Chromium, on the trial house: address, keyboard, copies, phone, no JavaScript."""

import gzip
import re
from pathlib import Path

import lxml.html
import numpy as np
import pytest
import running
from browsing import serving, visiting
from house import REPOSITORY, dressed, furnish

from computecycle.notebook import parameters
from computecycle.notebook.claims import Value
from computecycle.quantities import formulas
from computecycle.site import calculators, models

PHONE = {"width": 375, "height": 800}
HEAVIEST = 15_000  # bytes, gzip: a page with the scripts that it alone loads
TOUCH = 44  # px
SOURCES = {  # where the first numbers of the trial's pages come from
    "capex_gap": """
        gpu_run_rate = 240
        datacenter_cost_multiple = trial.count / 1.5
        end_user_margin = 0.5
        cloud_margin = 0
        useful_life = 5
        purchase_growth = 0.31
        ai_revenue = trial.price-last
        discount_rate = 0
        Purchases were level: purchase_growth = 0; ai_revenue = 500
        Nothing is known of <b>this</b>: ai_revenue = prices[item=cherry].value
    """,
    "size": """
        start_size = 1.76e12
        start_year = prices[item=apple].known_from
        growth = 3
        growth_low = 2
        growth_high = 4
        size_share = 0.5
        target_size = 1e14
        A low end that does not grow: growth_low = 1
    """,
    "cost": """
        first_cost = prices[item=pear & <b>plum</b>].value
        first_year = 2000
        last_cost = prices[item=apple].value
        last_year = 2004.33
        The other way: first_cost = 1
    """,
    "mining": """
        coin_price = 70000
        hash_rate = 9e8
        efficiency = 16
        electricity_price = 0.05
        reward = 3.2
        Power at ten times the price: electricity_price = 0.5
    """,
}
each_calculator = pytest.mark.parametrize("name", SOURCES)


def page_of(name: str) -> str:
    """The trial's page of a calculator."""
    lines = "\n".join(line.strip() for line in SOURCES[name].strip().splitlines())
    return f"# A trial of {name.replace('_', ' ')}?\n\n```{{calculator}} {name}\n{lines}\n```\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory, type_of_pages) -> Path:
    """The site of a trial house with every calculator."""
    house = dressed(furnish(tmp_path_factory.mktemp("calculators") / "house"), type_of_pages)
    toc = house.root / "_toc.yml"
    for name in SOURCES:
        (house.root / "book/calculators").mkdir(exist_ok=True)
        (house.root / f"book/calculators/{name}.md").write_text(page_of(name), "utf-8")
        toc.write_text(f"{toc.read_text()}  - file: book/calculators/{name}\n")
    outcome = house.run("book")
    assert outcome.returncode == 0, outcome.stderr
    return (house.root / "_build/html").resolve()


@pytest.fixture(scope="module")
def address(site):
    with serving(site) as address:
        yield f"{address}book/calculators/"


@pytest.fixture
def visit(browser):
    with visiting(browser) as visit:
        yield visit
    assert visit.troubles == []


def at(page) -> str:
    """The address of a page as it stands in it; the browser tells it later."""
    return page.evaluate("location.href")


def words(page) -> list[str]:
    """What the answer of a page says: its sentence and its numbers."""
    return [page.inner_text(".cc-verdict"), *page.locator(".cc-answer dd").all_inner_texts()]


@each_calculator
def test_without_javascript_the_answer_and_a_table_of_cases_are_there(browser, address, name):
    with visiting(browser, java_script_enabled=False) as quiet:
        page = quiet.go(f"{address}{name}.html")
        assert not page.is_visible(".cc-controls") and not page.is_visible(".cc-keep")
        assert page.locator(".cc-numbers tbody tr").count() == 2
        first = page.locator(".cc-numbers tbody tr").first.locator("td").all_inner_texts()[1:]
        written = words(page)
        assert first == written[1:] and all(written)
    with visiting(browser) as loud:
        page = loud.go(f"{address}{name}.html")
        assert words(page) == written, "the script writes numbers as the page does"
        page.select_option("select", index=1)
        second = page.locator(".cc-numbers tbody tr").nth(1).locator("td").all_inner_texts()[1:]
        assert words(page)[1:] == second
        assert loud.troubles == []
    assert quiet.troubles == []


@each_calculator
def test_every_control_has_a_label_with_its_unit_and_is_reached_by_keyboard(visit, address, name):
    page = visit.go(f"{address}{name}.html")
    page.focus("select")
    for control in models.MODELS[name].controls:
        page.keyboard.press("Tab")
        now = page.evaluate("[document.activeElement.name, document.activeElement.ariaInvalid]")
        assert now == [control.name, "false"]
        label = page.inner_text(f"label[for={name}-{control.name}]")
        assert label.replace("\n", " ") == f"{control.label} {control.unit}"
        before = page.input_value(f"[name={control.name}]")
        page.keyboard.press("ArrowUp")
        assert f"{control.name}=" in at(page)
        assert page.input_value(f"[name={control.name}]") != before
    assert page.locator(".cc-controls input").count() == len(models.MODELS[name].controls)
    for key in ("address", "citation", "command"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.copy") == key


def test_the_state_is_in_the_address(visit, address):
    page = visit.go(f"{address}capex_gap.html")
    assert at(page).endswith("capex_gap.html"), "the first numbers need no query"
    assert "Not yet" in words(page)[0]
    page.fill("[name=ai_revenue]", "2000")
    page.fill("[name=end_user_margin]", "40")
    assert at(page).endswith("?end_user_margin=40&ai_revenue=2000")
    told = words(page)
    assert told[0].startswith("Yes: AI sales of $2,000 billion a year cover")
    page.reload()
    assert words(page) == told
    page.select_option("select", index=0)
    assert at(page).endswith("capex_gap.html") and "Not yet" in words(page)[0]


@pytest.mark.parametrize(
    "query", ["ai_revenue=-1", "ai_revenue=much", "ai_revenue=", "useful_life=1e9"]
)
def test_a_number_that_is_not_allowed_says_so_and_gives_no_answer(visit, address, query):
    page = visit.go(f"{address}capex_gap.html?{query}")
    sentence, *numbers = words(page)
    assert re.search(r"give a number from [\d.,]+ to [\d.,]+\.$", sentence)
    assert set(numbers) == {"—"}
    assert page.get_attribute(f"[name={query.split('=')[0]}]", "aria-invalid") == "true"
    assert page.is_disabled("[data-copy=command]")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("cost.html?first_year=2000&last_year=2000", "A window needs an end"),
        ("size.html?start_size=5&target_size=2", "were reached before the start"),
    ],
)
def test_where_there_is_no_answer_there_is_no_number(visit, address, query, told):
    sentence, *numbers = words(visit.go(f"{address}{query}"))
    assert told in sentence and set(numbers[:3]) == {"—"}


def test_a_hostile_address_is_text(visit, address):
    page = visit.go(f"{address}mining.html?reward=<img src=x onerror=alert(1)>&x=<script>")
    assert page.locator("img").count() == 0


def test_what_is_copied_is_the_address_a_citation_and_what_computes_it(browser, site, address):
    with visiting(browser, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.go(f"{address}capex_gap.html?end_user_margin=40&ai_revenue=850")
        copied = {}
        for key in ("address", "citation", "command"):
            page.click(f"[data-copy={key}]")
            page.wait_for_selector(f"[data-copy={key}][data-done]")
            copied[key] = page.evaluate("navigator.clipboard.readText()")
        shown = words(page)
        assert visit.troubles == []
    assert copied["address"] == f"{address}capex_gap.html?end_user_margin=40&ai_revenue=850"
    assert copied["citation"].startswith("The Compute Cycle contributors (2026). A trial of capex")
    assert "Gross margin of those who sell AI to users 40%" in copied["citation"]
    rerun, python = copied["command"].split("\n")
    assert rerun == 'make rerun CHAPTER=capex_gap SET="end_user_margin=0.4 ai_revenue=850"'
    assert shown[1:] == computed("capex_gap", python)


def computed(name: str, line: str) -> list[str]:
    """What a copied line of Python gives, as the page tells it."""
    called = re.search(r"formulas\.evaluate\('(\w+)', (.*)\)\)\"$", line)
    assert called[1] == name
    given = dict(pair.split("=") for pair in called[2].split(", "))
    found = formulas.evaluate(name, **{key: float(each) for key, each in given.items()})
    model = models.MODELS[name]
    return [calculators.told(model.forms[key], float(found[key])) for key in model.answers]


@each_calculator
def test_what_is_copied_computes_what_the_page_shows_at_any_input(visit, address, name):
    page = visit.go(f"{address}{name}.html")
    for control in models.MODELS[name].controls:
        first = page.input_value(f"[name={control.name}]")
        for share in (0.9, 1.1):
            own = float(first) * share if control.places is None else float(first) + share - 1
            page.fill(f"[name={control.name}]", f"{own or share:.6f}")
            *rerun, python = page.locator("output").last.inner_text().split("\n")
            assert words(page)[1:] == computed(name, python), control.name
            assert bool(rerun) == bool(control.parameter), control.name
        page.fill(f"[name={control.name}]", first)


def test_what_the_chapter_answers_otherwise_is_computed_by_the_formulas_alone(visit, address):
    page = visit.go(f"{address}capex_gap.html?gpu_run_rate=300&end_user_margin=40")
    command = page.locator("output").last.inner_text()
    assert command.startswith(".venv/bin/python") and "gpu_run_rate=300" in command


def test_a_low_end_that_does_not_grow_is_never(visit, address):
    page = visit.go(f"{address}size.html?growth_low=0.9")
    assert words(page)[0].endswith("at its low end, which does not grow, never.")
    assert "never" in words(page)


def test_changes_are_announced_once_the_reader_pauses(visit, address):
    page = visit.go(f"{address}mining.html")
    assert page.inner_text("[role=status]") == ""
    page.fill("[name=electricity_price]", "0.9")
    page.wait_for_selector("[role=status]:not(:empty)", state="attached")
    assert page.text_content("[role=status]") == page.text_content(".cc-verdict")


@each_calculator
def test_on_a_phone_all_can_be_touched_and_nothing_scrolls_sideways(browser, address, name):
    with visiting(browser, viewport=PHONE) as visit:
        page = visit.go(f"{address}{name}.html")
        sizes = page.evaluate(
            "[...document.querySelectorAll('.cc-calculator :is(input, select, button)')]"
            ".map((each) => [each.name, each.offsetWidth, each.offsetHeight])"
        )
        assert [each for each in sizes if min(each[1:]) < TOUCH] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert visit.troubles == []


@each_calculator
def test_a_calculator_is_light(site, name):
    parts = [site / f"book/calculators/{name}.html"]
    parts += [site / f"_static/{script}.js" for script in ("calculator", "formulas")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in parts) <= HEAVIEST
    others = [path for path in site.rglob("*.html") if path.parent != parts[0].parent]
    assert not [path for path in others if "calculator.js" in path.read_text("utf-8")]


@each_calculator
def test_a_group_of_a_list_of_terms_holds_terms_and_what_they_mean(site, name):
    tree = lxml.html.fromstring((site / f"book/calculators/{name}.html").read_bytes())
    assert {each.tag for each in tree.xpath("//dl/div/*")} == {"dt", "dd"}


@each_calculator
def test_what_data_hold_is_escaped(site, name):
    text = (site / f"book/calculators/{name}.html").read_text("utf-8")
    assert "<b>this" not in text and "style=" not in text


def test_lines_that_are_wrong_stop_the_build_with_sentences(old_site):
    wrong = {
        "reward = trial.price-lost": 'chapter "trial" has no value and no parameter "price-lost"',
        "reward = prices[item=apple].cost": 'table prices has no column "cost"',
        "reward = many": '"many" is no number, no value of a chapter and no cell of a table',
        "rewards = 3": '"rewards" is no control; there are coin_price',
        "": "no line says where reward comes from",
    }
    toc = old_site.root / "_toc.yml"
    (old_site.root / "book/calculators").mkdir(exist_ok=True)
    for place, line in enumerate(wrong):
        page = page_of("mining").replace("reward = 3.2", line)
        (old_site.root / f"book/calculators/wrong{place}.md").write_text(page, "utf-8")
        toc.write_text(f"{toc.read_text()}  - file: book/calculators/wrong{place}\n")
    outcome = old_site.run("book")
    assert outcome.returncode != 0
    log = (old_site.root / "_build/pages.log").read_text("utf-8")
    assert [told for told in wrong.values() if told not in log] == []


@each_calculator
def test_a_model_names_what_its_formulas_take_and_give(name):
    model = models.MODELS[name]
    given = [each.name for each in model.controls]
    assert sorted(given) == formulas.inputs(name)
    known = {*given, *formulas.FORMULAS[name]()}
    used = {part for each in model.verdicts for part in calculators.PART.findall(each)}
    assert {*model.answers, *used} <= set(model.forms) <= known
    index = str(formulas.FORMULAS[name]()["verdict"])
    assert all(str(place) in index for place in range(1, len(model.verdicts) - 1))


@each_calculator
def test_the_chapter_has_the_parameter_that_a_control_sets(name):
    model = models.MODELS[name]
    known = {each.name for each in parameters.of(REPOSITORY, model.chapter)}
    assert {each.parameter for each in model.controls if each.parameter} <= known


ALIKE = {  # what both a calculator and a rerun of its chapter give
    "capex_gap": {"flow": "need-year", "stock": "need-stock"}
    | {"flow_share": "share-year", "stock_share": "share-stock"},
    "mining": {"share": "power-share-low"},
}
SHIFTS = {"cloud_margin": (0.1, 0.4)}  # what is zero at first; of any other these shares
SHARES = (0.6, 1.4)
ROUNDED = 2e-3  # the first numbers are given to four digits


class Reading(calculators.Calculator):
    """The lines of a page of the report, read without a build of it."""

    def __init__(self, name: str):
        text = (REPOSITORY / f"book/calculators/{name}.md").read_text("utf-8")
        self.content = text.split(f"```{{calculator}} {name}\n")[1].split("```")[0].splitlines()

    def part(self, text: str) -> float:
        if found := calculators.CELL.fullmatch(text):
            return calculators.cell(*found.groups())
        if not (found := calculators.SAID.fullmatch(text)):
            return float(text)
        chapter, id = found.groups()
        said = {
            each.id: each.number for each in running.edition(chapter) if isinstance(each, Value)
        }
        known = {each.name: each.default for each in parameters.of(REPOSITORY, chapter)}
        return said[id] if id in said else known[id]


@each_calculator
def test_a_rerun_of_the_chapter_gives_the_numbers_of_the_calculator(name):
    model = models.MODELS[name]
    moved = [each for each in model.controls if each.parameter]
    assert bool(moved) == (name in ALIKE)
    if not moved:
        return
    first, _ = Reading(name).scenarios(model)
    for control in [None, *moved]:
        for shift in SHIFTS.get(control.name, SHARES) if control else (0,):
            shown, given = dict(first), {}
            if control:
                own = (
                    shift
                    if control.name in SHIFTS
                    else first[control.name] * control.factor * shift
                )
                shown[control.name], given = own / control.factor, {control.parameter: own}
            ours = calculators.answer(name, model, shown)
            spoken, failure = running.run(model.chapter, given)
            theirs = {each.id: each.number for each in spoken if isinstance(each, Value)}
            assert not failure
            for key, id in ALIKE[name].items():
                np.testing.assert_allclose(ours[key], theirs[id], ROUNDED, err_msg=f"{given} {key}")


def test_a_time_of_two_places_is_told_by_the_month_whose_first_day_it_is():
    firsts = [round(2023 + month / 12, 2) for month in range(12)]
    told = [calculators.told(models.DATE, each) for each in firsts]
    assert told == [f"{calculators.MONTHS[3 * month :][:3]} 2023" for month in range(12)]
    assert calculators.told(models.DATE, 2023.99) == "Dec 2023"


def test_where_the_first_numbers_are_not_known_a_page_says_so():
    model = models.MINING
    first = {each.name: float("nan") for each in model.controls}
    record = {"authors": "A & B", "published": "2026-01-02", "title": "T", "edition": "1"}
    made = calculators.page("mining", model, first, {"As at first": first}, record)
    assert calculators.UNTOLD in made and "<td" not in made and "<option" in made
    assert "A &amp; B (2026)" in made
