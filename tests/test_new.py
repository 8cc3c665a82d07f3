"""A new chapter and a new table: what is begun runs as it stands, and waits for its author."""

import csv
import json

import pytest
from house import FIELDS, House


def descriptor(house: House) -> dict:
    return json.loads((house.root / "data/datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture
def begun(trial) -> House:
    """The trial house with a new table and a new chapter that reads it."""
    rows = [["a", "1.5", "maker2020", "p. 1", "2020-01-01", "printed", ""],
            ["b", "2", "maker2020", "p. 2", "2020-02-01", "printed", "x"]]  # fmt: skip
    with (trial.root / "data/things.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([list(FIELDS), *rows])
    for words in (("table", "things", "--key", "item"), ("chapter", "things", "--table", "things")):
        outcome = trial.run("new", *words)
        assert outcome.returncode == 0, outcome.stderr
    return trial


def test_a_new_chapter_is_built_as_it_stands(begun):
    outcome = begun.run("book")
    assert outcome.returncode == 0, outcome.stderr
    page = begun.root / "_build/html/book/chapters/things.html"
    assert "<h1>" in page.read_text(encoding="utf-8")
    (claim,) = begun.results("things")["claims"]
    assert claim["holds"] and claim["told"] == "2020-02-01 > 2020-01-01"
    assert [each["id"] for each in begun.results("things")["figures"]] == ["things-rows"]


def test_a_new_table_is_described_as_far_as_its_rows_tell(begun):
    (entry,) = (each for each in descriptor(begun)["resources"] if each["name"] == "things")
    kinds = {field["name"]: field["type"] for field in entry["schema"]["fields"]}
    assert kinds == dict(FIELDS)
    assert entry["schema"]["primaryKey"] == ["item", "known_from"]
    assert entry["sources"] == [{"title": "Prices & more", "key": "maker2020"}]
    assert entry["description"].startswith("To be written")


REFUSED = {
    "no-name": (("chapter", "My Chapter", "--table", "prices"), "names no chapter"),
    "taken": (("chapter", "trial", "--table", "prices"), "exists already; take another name."),
    "no-table": (("chapter", "fresh", "--table", "prises"), 'Did you mean "prices"?'),
    "no-rows": (("table", "nowhere", "--key", "item"), "data/nowhere.csv is missing"),
    "described": (("table", "prices", "--key", "item"), 'describes a table "prices" already'),
    "unknown": (("charter", "fresh"), 'There is no command "charter". Did you mean "chapter"?'),
}


@pytest.mark.parametrize(("words", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_begun_is_told_and_nothing_is_written(trial, words, told):
    before = {path for path in trial.root.rglob("*") if "__pycache__" not in path.parts}
    outcome = trial.run("new", *words)
    assert outcome.returncode == 2 and told in outcome.stderr
    assert {path for path in trial.root.rglob("*") if "__pycache__" not in path.parts} == before


def test_a_table_without_what_every_table_has_is_not_described(trial):
    (trial.root / "data/bare.csv").write_text("item,value\na,1\n")
    outcome = trial.run("new", "table", "bare", "--key", "item")
    assert outcome.returncode == 2
    assert "column source, locator, known_from, confidence is missing" in outcome.stderr


def test_nothing_is_begun_on_a_bibliography_that_a_build_refuses(trial):
    bib = trial.root / "data/sources.bib"
    bib.write_text(
        bib.read_text(encoding="utf-8") + "\n@misc{notes, title = {N}, type = {notes}}\n"
    )
    before = (trial.root / "_toc.yml").read_text(encoding="utf-8")
    outcome = trial.run("new", "chapter", "fresh", "--table", "prices")
    assert outcome.returncode == 2
    assert 'entry "notes" has the type "notes"; write one of report,' in outcome.stderr
    assert (trial.root / "_toc.yml").read_text(encoding="utf-8") == before
