"""Files for programs: they follow their schemas, agree with the pages, and what they say prints."""

import hashlib
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from house import REPOSITORY
from jsonschema import Draft202012Validator

from computecycle.citing import citations, edition, items
from computecycle.site import machines
from computecycle.site.markup import curled

SCHEMAS = {path.stem: json.loads(path.read_text("utf-8"))
           for path in sorted((REPOSITORY / "book/schemas").glob("*.json"))}  # fmt: skip


@pytest.fixture(scope="module")
def site(report) -> Path:
    """The folder of the report's built site."""
    return (report.root / "_build/html").resolve()


def loaded(path: Path):
    return json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_one_and_holds_its_file(site, kind):
    Draft202012Validator.check_schema(SCHEMAS[kind])
    judge = Draft202012Validator(SCHEMAS[kind])
    whole = loaded(site / f"{kind}.json")
    judge.validate(whole)
    for item in whole.get(kind, []):
        judge.validate(loaded(site / machines.place(kind, item)))
    broken = {**whole, "edition": 3}
    assert not judge.is_valid(broken)


def test_a_record_that_lacks_or_invents_something_does_not_hold(site):
    judge = Draft202012Validator(SCHEMAS["values"])
    item = loaded(site / "values/capex_gap/need-stock.json")
    assert judge.is_valid(item)
    for name in ("unit", "page", "citation", "edition"):
        assert not judge.is_valid({key: each for key, each in item.items() if key != name})
    assert not judge.is_valid({**item, "number": "966"})
    assert not judge.is_valid({**item, "surprise": 1})


def test_every_record_stands_where_it_says_and_says_what_stands_there(site):
    pages = {}
    for kind in ("values", "claims"):
        for item in loaded(site / f"{kind}.json")[kind]:
            name, _, anchor = item["page"].partition("#")
            if name not in pages:
                pages[name] = BeautifulSoup((site / name).read_text("utf-8"), "html.parser")
                pages[name] = {each["id"]: each for each in pages[name].select("[id]")}
            place = pages[name][anchor].find_parent("tr") or pages[name][anchor]
            assert curled(item.get("text", item.get("sentence"))) in place.get_text()
    for kind in ("figures", "tables"):
        assert all((site / each["page"]).exists() for each in loaded(site / f"{kind}.json")[kind])


def test_the_manifest_names_every_file_with_its_hash(site):
    listed = {each["path"]: each for each in loaded(site / "manifest.json")["files"]}
    assert {"values.json", "data/datapackage.json", "schemas/values.json"} <= set(listed)
    for path, each in listed.items():
        content = (site / path).read_bytes()
        told = (len(content), hashlib.sha256(content).hexdigest())
        assert told == (each["bytes"], each["sha256"]), path


def test_a_page_names_the_file_that_says_the_same(site):
    for page, file in (
        ("figures/gap-tornado.html", "figures/gap-tornado.json"),
        ("tables/ai_revenue.html", "tables/ai_revenue.json"),
        ("book/chapters/capex_gap.html", "manifest.json"),
    ):
        soup = BeautifulSoup((site / page).read_text("utf-8"), "html.parser")
        (link,) = soup.select('link[rel=alternate][type="application/json"]')
        target = (site / page).parent / link["href"]
        assert target.resolve() == site / file and target.exists()


def test_the_page_for_assistants_prints_the_record(site):
    page = BeautifulSoup((site / "book/machines.html").read_text("utf-8"), "html.parser")
    item = loaded(site / "values/capex_gap/need-stock.json")
    quotes = [each.get_text(strip=True) for each in page.select("blockquote")]
    assert quotes[0] == item["quote"]
    assert item["text"] in quotes[0] and item["edition"] in quotes[0]


def test_the_files_of_a_small_house_follow_the_schemas_too(built_trial):
    site = built_trial.root / "_build/html"
    for kind, schema in SCHEMAS.items():
        Draft202012Validator(schema).validate(loaded(site / f"{kind}.json"))
    (claim,) = loaded(site / "claims.json")["claims"]
    assert claim["quote"].startswith(claim["sentence"]) and claim["verdict"] == "holds"


def test_a_quick_citation_is_the_slow_one():
    record = edition.record(REPOSITORY)
    known = {"chapter": "cloud", "title": "Does it stop?", "published": True}
    quick = items.Cited()
    for title in ("the price of 3 & more", "Does it rise?", "So it goes…", "An <i>end</i>"):
        said = {"id": "some-price", "name": title, "text": "$3.0", "title": title}
        for made in (
            citations.value(record, known, said),
            citations.claim(record, known, {**said, "text": title}),
            citations.figure(record, known, said),
        ):
            assert quick(made) == citations.apa(made)


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("USD billion per year", "billion US dollars per year"),
        ("USD per kWh", "US dollars per kilowatt-hour"),
        ("x", "times (a ratio)"),
        ("million cards", "million cards"),
    ],
)
def test_a_unit_is_said_in_words(unit, words):
    assert items.in_words(unit) == words


def test_a_sentence_that_does_not_hold_says_so_first():
    item = {"sentence": "It rose.", "holds": None, "verdict": "cannot be told"}
    assert items.claim_said(item) == "Cannot be told on these data: It rose."


@pytest.mark.parametrize(
    ("unit", "text", "said"),
    [
        ("USD billion per year", "$357 billion", "Sales: $357 billion per year."),
        ("USD billion per year", "$357 billion a year", "Sales: $357 billion a year."),
        ("fraction", "44%", "Sales: 44%."),
        ("USD per USD", "$1.60", "Sales: $1.60."),
        ("factor per year", "5.2", "Sales: 5.2 times a year."),
        ("factor per year", "5.2 a year", "Sales: 5.2 a year."),
        ("x", "−1,000", "Sales: −1,000 times."),
        ("percentage points", "8", "Sales: 8 percentage points."),
        ("sales", "8", "Sales: 8."),
        ("year", "2025", "Sales: 2025."),
    ],
)
def test_a_number_is_said_with_what_it_is_told_per(unit, text, said):
    assert items.value_said({"name": "sales", "text": text, "unit": unit}) == said
