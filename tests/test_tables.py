"""The report's own tables: sound, described, sourced, dated, and quoted as the documents print."""

import csv
import functools
import re
from pathlib import Path

import pytest
from cases import each

from computecycle.evidence import checks, data

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT.parent / "shared/sources"  # kept beside the repository, not in it
TABLES = {entry["name"]: entry for entry in data.descriptor()["resources"]}
PLACE = ["source", "locator", "known_from", "confidence"]
DATES = ["2023-09-30", "2024-06-30", "2024-12-31", "2025-03-31", ""]
QUOTED = [
    (name, field["name"])
    for name, entry in TABLES.items()
    for field in entry["schema"]["fields"]
    if field["name"] == "printed" or field["name"].endswith("_printed")
]

each_table = each("name", TABLES)


@functools.cache
def lines(name: str) -> list[dict[str, str]]:
    """The rows of a table as they are written."""
    path = data.FOLDER / TABLES[name]["path"]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fields(name: str) -> dict[str, dict]:
    return {field["name"]: field for field in TABLES[name]["schema"]["fields"]}


def prose() -> str:
    """Everything that is written: pages and the text of chapters."""
    written = [*(ROOT / "book").glob("*.md"), *(ROOT / "notebooks").glob("*.ipynb")]
    return "\n".join(path.read_text(encoding="utf-8") for path in written)


# Descriptions


def test_nothing_is_wrong_with_the_tables():
    assert checks.check() == []


def test_every_csv_is_described_and_every_described_csv_is_there():
    assert {path.name for path in data.FOLDER.glob("*.csv")} == {
        entry["path"] for entry in TABLES.values()
    }


def test_a_tables_name_is_that_of_its_file():
    assert {name: entry["path"] for name, entry in TABLES.items()} == {
        name: f"{name}.csv" for name in TABLES
    }


@each_table
def test_a_table_says_what_it_is(name):
    entry = TABLES[name]
    assert entry["title"].strip() and len(entry["description"]) > 40
    assert all(licence["name"] and licence["path"] for licence in entry["licenses"])
    assert entry["licenses"] and entry["key"]


@each_table
def test_the_primary_key_is_the_key_and_the_day(name):
    entry = TABLES[name]
    assert entry["schema"]["primaryKey"] == [*entry["key"], "known_from"]
    assert set(entry["key"]) <= set(fields(name))


@each_table
def test_every_row_has_a_place(name):
    assert set(PLACE) <= set(fields(name))
    unsaid = {
        (f"{name}.csv:{line}", column)
        for line, row in enumerate(lines(name), start=2)
        for column in PLACE
        if not row[column].strip()
    }
    assert not unsaid


@each_table
def test_every_column_is_described(name):
    silent = [column for column, field in fields(name).items() if not field.get("description")]
    assert not silent


@each_table
def test_every_number_has_a_unit(name):
    """A misspelt "unit" is no error to frictionless."""
    numbers = {key: field for key, field in fields(name).items() if field["type"] == "number"}
    bare = [
        key for key, field in numbers.items() if not (field.get("unit") or field.get("unitColumn"))
    ]
    assert not bare
    named = {field["unitColumn"] for field in numbers.values() if "unitColumn" in field}
    assert named <= set(fields(name))
    without = [
        f"{name}.csv:{line}"
        for line, row in enumerate(lines(name), start=2)
        for key, field in numbers.items()
        if row[key] and "unitColumn" in field and not row[field["unitColumn"]]
    ]
    assert not without


@each_table
def test_words_of_a_schema_are_those_that_exist(name):
    known = {"name", "type", "title", "description", "format", "constraints", "unit", "unitColumn"}
    known |= {"trueValues", "falseValues", "valueColumn", "qualifier"}
    limits = {"required", "unique", "enum", "minimum", "maximum", "pattern"}
    for field in TABLES[name]["schema"]["fields"]:
        assert set(field) <= known
        assert set(field.get("constraints", {})) <= limits


@each_table
def test_a_table_offers_the_word_verified_if_it_says_how_near_is_near(name):
    words = fields(name)["confidence"]
    offered = "verified" in words.get("constraints", {}).get("enum", [])
    assert offered == ("tolerance" in TABLES[name])
    assert ("repeated" in words.get("constraints", {}).get("enum", [])) == offered
    assert ("second_value" in fields(name)) == offered


@each_table
def test_every_word_of_confidence_that_a_table_offers_is_explained(name):
    words = fields(name)["confidence"]
    assert [word for word in words["constraints"]["enum"] if word not in words["description"]] == []


# Sources


@each_table
def test_every_source_is_in_the_bibliography(name):
    named = {row["source"] for row in lines(name)}
    named |= {source["key"] for source in TABLES[name]["sources"] if "key" in source}
    assert named <= set(data.sources())


def test_every_entry_of_the_bibliography_is_used():
    used = {row["source"] for name in TABLES for row in lines(name)}
    used |= set(re.findall(r"\{source\}`([^`]+)`", prose()))
    words = " ".join(row.get(column) or "" for name in TABLES for row in lines(name)
                     for column in ("told_in", "note", "locator"))  # fmt: skip
    idle = [
        key for key in data.sources() if key not in used and not re.search(rf"\b{key}\b", words)
    ]
    assert not idle


def test_what_a_document_prints_was_known_when_it_appeared():
    """A page of today may tell when a fact was first reported; print cannot."""
    dates = {key: fields["date"] for key, fields in data.sources().items() if "date" in fields}
    printed = [
        (f"{name}.csv:{line}", row["known_from"], dates[row["source"]])
        for name in TABLES
        for line, row in enumerate(lines(name), start=2)
        if row["confidence"] == "printed" and row["source"] in dates
    ]
    assert len(printed) > 500
    assert not [row for row, known_from, date in printed if known_from != date]


# As of a date


@each_table
def test_rows_appear_with_time_and_never_leave(name):
    counts = []
    for date in DATES:
        rows = data.load(name, date)
        assert not date or (rows["known_from"].dt.strftime("%Y-%m-%d") <= date).all()
        assert not rows.duplicated(TABLES[name]["key"]).any()
        counts.append(len(rows))
    assert counts == sorted(counts)
    keys = {tuple(row[column] for column in TABLES[name]["key"]) for row in lines(name)}
    assert counts[-1] == len(keys)


def test_the_dates_of_the_walk_tell_the_tables_apart():
    """Otherwise the walk above would pass on tables without a history."""
    counts = [sum(len(data.load(name, date)) for name in TABLES) for date in DATES]
    assert len(set(counts)) == len(DATES)


# As printed


def document(key: str) -> str:
    """The text of a source that lies beside the repository, without spaces and marks; or empty."""
    return documents().get(key, "")


@functools.cache
def documents() -> dict[str, str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    return {
        key: bare(text)
        for key, fields in data.sources().items()
        for text in texts
        if fields["title"] in text and "Chinese" in fields.get("note", "")
    }


def bare(text: str) -> str:
    """A text without spaces and marks."""
    return re.sub(r"<[^<>]*>|\s", "", text)


@pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the documents do not lie beside the repository (shared/sources)"
)
@each("quote", QUOTED, ".".join)
def test_what_is_quoted_stands_in_the_document(quote):
    """Several excerpts are parted by a bar, the cells of one printed row by semicolons."""
    name, column = quote
    quoted = [
        (f"{name}.csv:{line}", excerpt, row["source"])
        for line, row in enumerate(lines(name), start=2)
        for excerpt in row[column].split(" | ")
        if excerpt and document(row["source"])
    ]
    assert quoted, "no row of this table quotes a document that is here"
    missing = [
        (row, excerpt)
        for row, excerpt, source in quoted
        if bare(excerpt) not in document(source)
        and bare(excerpt.replace("; ", "")) not in document(source)
    ]
    assert not missing


@pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the documents do not lie beside the repository (shared/sources)"
)
def test_every_document_is_a_source():
    assert len(documents()) == len(list(DOCUMENTS.glob("*.txt")))


def test_every_statement_of_a_document_is_quoted():
    """Rows said to be printed must show the words; those read elsewhere say so in `confidence`."""
    silent = [
        f"statements.csv:{line}"
        for line, row in enumerate(lines("statements"), start=2)
        if row["confidence"] == "printed" and not row["printed"].strip()
    ]
    assert not silent
