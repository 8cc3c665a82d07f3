"""Files for programs: they follow their schemas, agree with the pages, and what they say prints."""

import csv
import hashlib
import json
import re
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
    there = {path.relative_to(site).as_posix() for path in site.rglob("[!.]*") if path.is_file()}
    assert there - set(listed) == {"manifest.json", "book/citing.html"}, "which tells its checksum"
    for path, each in listed.items():
        content = (site / path).read_bytes()
        told = (len(content), hashlib.sha256(content).hexdigest())
        assert told == (each["bytes"], each["sha256"]), path


def test_what_is_said_of_a_table_is_so_of_its_file(site):
    superseded = 0
    for item in loaded(site / "tables.json")["tables"]:
        with (site / item["file"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        keys = {tuple(row[name] for name in item["key"]) for row in rows}
        assert len(rows) == len(keys) == item["rows"], item["id"]
        named = [name for name in item["key"] if name != "known_from"]
        assert len({tuple(row[name] for name in named) for row in rows}) == item["standing"]
        superseded += item["rows"] > item["standing"]
        page = (site / "book/data.html").read_text("utf-8")
        told = rf'tables/{item["id"]}.html">{item["rows"]} rows</a>'
        told += rf" \({item['standing']} stand," if item["rows"] > item["standing"] else ","
        assert re.search(told, page), item["id"]
    assert superseded > 5


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


@pytest.mark.parametrize("address", ["", "https://example.org/cycle/"])
def test_a_quick_citation_is_the_slow_one(address):
    record = edition.record(REPOSITORY) | {"address": address}
    known = {"chapter": "cloud", "title": "Does it stop?", "published": True}
    quick = items.Cited()
    for title in ("the price of 3 & more", "Does it rise?", "So it goes…", "An <i>end</i>"):
        said = {"id": "a-price", "name": title, "text": "$3.0", "unit": "USD", "title": title}
        for made in (
            citations.value(record, known, said),
            citations.claim(record, known, {**said, "text": title}),
            citations.figure(record, known, said),
        ):
            assert quick(made) == citations.apa(made)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("", "Value cloud.rent-last"),
        (
            "https://example.org/cycle/",
            "https://example.org/cycle/book/chapters/cloud/numbers.html#value-rent-last",
        ),
    ],
)
def test_a_number_is_quoted_and_cited_in_the_same_words_by_address_or_name(address, place):
    said = {"id": "rent-last", "name": "newest rent", "text": "$3.79", "unit": "USD per hour"}
    known = {"chapter": "cloud", "title": "Does it stop?", "published": True}
    known |= {"values": [said | {"number": 3.79, "rows": []}], "claims": [], "figures": []}
    record = edition.record(REPOSITORY) | {"address": address}
    ((_, item),) = items.of_run(record, known, items.Cited())
    words = "Newest rent: $3.79 per hour"
    whole = f"{record['title']}, edition {record['edition']}"
    assert item["quote"] == f"{words}. [{whole}, {place}]"
    assert f" {words} [Value cloud.rent-last]." in item["citation"]
    assert item["citation"].endswith(f"{address and place}" or f"(edition {record['edition']}).")
    assert item["page"] == f"{address}book/chapters/cloud/numbers.html#value-rent-last"


def test_a_sentence_that_does_not_hold_says_so_first():
    item = {"sentence": "It rose.", "holds": None, "verdict": "cannot be told"}
    assert items.claim_said(item) == "Cannot be told on these data: It rose."
