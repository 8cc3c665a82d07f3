"""Rows whose cells contradict each other: what a second page says, a low above its high."""

import json

import pytest
from house import chips_descriptor

from computecycle.evidence import agreement, checks, data
from computecycle.evidence.errors import InputError

TABLE = "data/chips.csv"
HERE, THERE = "https://www.maker.example/a100", "https://shop.example/list?page=2"
COLUMNS = "chip,low,high,value,source,locator,known_from,confidence,second_value,second_locator"
WORDS = ["title", "description", "licenses"]
ROW = f"A100,9,11,100,maker,{HERE},2020-05-14,verified,101,{THERE}"


def described(**more: object) -> dict:
    """The description of a table whose rows may be verified within one percent."""
    numbers = {"low", "high", "value", "second_value"}
    fields = [
        {
            "name": name,
            "type": "number" if name in numbers else "string",
            "description": f"the {name} of a chip",
        }
        for name in COLUMNS.split(",")
    ]
    next(field for field in fields if field["name"] == "known_from")["type"] = "date"
    schema = {"primaryKey": ["chip", "known_from"], "fields": fields}
    entry = {"name": "chips", "path": "chips.csv", "key": ["chip"], "schema": schema}
    words = {key: chips_descriptor()["resources"][0][key] for key in WORDS}
    return {**entry, **words, "tolerance": 0.01, **more}


def put(shelf, row: str = ROW, **more: object) -> dict:
    """Put a table of one row in place; return its description."""
    entry = described(**more)
    (shelf / "chips.csv").write_text(f"{COLUMNS}\n{row}\n", encoding="utf-8")
    package = {"name": "shelf", "resources": [entry]}
    (shelf / "datapackage.json").write_text(json.dumps(package))
    return entry


def column(name: str) -> str:
    return f'{TABLE}, line 2, column "{name}"'


FAR = (
    'which is not within 1% of "100" in column "value"; call the row single_source and empty it, '
    "or give the other value a row of its own."
)
ONE_HOST = (
    "which is no address of another publisher than that of the locator; name one, or call the row "
    "single_source."
)
FILL = "is empty and the row is verified; fill it, or call the row single_source."
ALONE = 'is filled and the row is "single_source"; call it verified or repeated, or empty the cell.'
FEED = "https://www.stockanalysis.com/stocks/maker"
NO_WITNESS = f'is "{FEED}", a page that republishes filings or releases; call the row repeated.'
DAMAGE = {  # old text, new text, the sentence
    "no-second-value": (",101,", ",,", f"{column('second_value')} {FILL}"),
    "no-second-address": (THERE, "", f"{column('second_locator')} {FILL}"),
    "too-far": (",101,", ",101.1,", f'{column("second_value")} is "101.1", {FAR}'),
    "too-far-below": (",101,", ",98.9,", f'{column("second_value")} is "98.9", {FAR}'),
    "no-first-value": (
        ",100,",
        ",,",
        f'{column("second_value")} is "101", {FAR.replace("100", "")}',
    ),
    "one-host": (
        THERE,
        "http://maker.example/b",
        f'{column("second_locator")} is "http://maker.example/b", {ONE_HOST}',
    ),
    "no-address": (
        THERE,
        "the other page",
        f'{column("second_locator")} is "the other page", {ONE_HOST}',
    ),
    "not-verified": (",verified,", ",single_source,", f"{column('second_value')} {ALONE}"),
    "not-verified-address": (
        ",verified,101,",
        ",single_source,,",
        f"{column('second_locator')} {ALONE}",
    ),
    "fed-by-filings": (THERE, FEED, f"{column('second_locator')} {NO_WITNESS}"),
    "first-fed-by-filings": (HERE, FEED, f"{column('locator')} {NO_WITNESS}"),
    "repeated-alone": (
        f"verified,101,{THERE}",
        "repeated,,",
        f"{column('second_value')} {FILL.replace('verified', 'repeated')}",
    ),
    "quoted-too-far": (
        "verified,101,",
        "quoted,102,",
        f'{column("second_value")} is "102", {FAR}',
    ),
    "low-above-high": (
        ",9,11,",
        ",12,11,",
        f'{column("low")} is "12", above "11" in column "high"; exchange them.',
    ),
}


def test_a_row_that_two_publishers_tell_passes(shelf):
    put(shelf)
    assert checks.check() == []


@pytest.mark.parametrize(("old", "new", "sentence"), DAMAGE.values(), ids=DAMAGE)
def test_cells_that_contradict_each_other(shelf, old, new, sentence):
    assert old in ROW
    put(shelf, ROW.replace(old, new, 1))
    assert checks.check() == [sentence]


@pytest.mark.parametrize("second", ["99", "100", "101"])
def test_the_tolerance_holds_at_both_ends(shelf, second):
    put(shelf, ROW.replace(",101,", f",{second},"))
    assert checks.check() == []


@pytest.mark.parametrize("word", ["single_source", "quoted"])
def test_a_row_from_one_place_needs_no_second(shelf, word):
    put(shelf, ROW.replace(f",verified,101,{THERE}", f",{word},,"))
    assert checks.check() == []


@pytest.mark.parametrize("word", ["repeated", "quoted"])
def test_what_no_second_witness_tells_may_keep_its_second_page(shelf, word):
    put(shelf, ROW.replace(f",verified,101,{THERE}", f",{word},101,{FEED}"))
    assert checks.check() == []


def test_a_table_without_a_tolerance_has_no_verified_rows(shelf):
    entry = put(shelf)
    del entry["tolerance"]
    (shelf / "datapackage.json").write_text(json.dumps({"resources": [entry]}))
    assert checks.check() == [
        f'{column("confidence")} is "verified", and the table has no tolerance in '
        "data/datapackage.json; give it one, or call the row single_source."
    ]


def test_a_damaged_cell_is_told_alone(shelf):
    put(shelf, ROW.replace(",9,11,", ",12,eleven,"))
    assert checks.check() == [
        f'{column("high")} is "eleven"; allowed is a plain number such as 1234.5.'
    ]


def test_an_end_may_be_missing(shelf):
    put(shelf, ROW.replace(",9,11,", ",9,,"))
    assert checks.check() == []


def test_a_table_may_mean_something_else_by_low_and_high(shelf):
    put(shelf, ROW.replace(",9,11,", ",12,11,"), lowMayExceedHigh=True)
    assert checks.check() == []


def test_a_second_value_may_repeat_another_column(shelf):
    entry = put(shelf, ROW.replace(",101,", ",11,"))
    (field,) = (each for each in entry["schema"]["fields"] if each["name"] == "second_value")
    field["valueColumn"] = "high"
    (shelf / "datapackage.json").write_text(json.dumps({"resources": [entry]}))
    assert checks.check() == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"tolerance": "1%"}, 'has the tolerance "1%"; write a fraction such as 0.01'),
        ({"tolerance": 1}, 'has the tolerance "1"; write a fraction such as 0.01'),
        ({"drop": "second_locator"}, 'has a tolerance and no column "second_locator"'),
        ({"drop": "value"}, 'has a tolerance and no column "value"'),
    ],
    ids=["text", "whole", "no-address", "no-value"],
)
def test_a_descriptor_that_cannot_hold_verified_rows(shelf, change, told):
    dropped = change.pop("drop", "")
    entry = put(shelf, **change)
    fields = entry["schema"]["fields"]
    entry["schema"]["fields"] = [field for field in fields if field["name"] != dropped]
    (shelf / "datapackage.json").write_text(json.dumps({"resources": [entry]}))
    with pytest.raises(InputError) as refused:
        checks.check()
    assert str(refused.value) == f'data/datapackage.json: table "chips" {told}.'


PUBLISHERS = {
    "https://www.sec.gov/a": "sec.gov",
    "http://sec.gov:80/b?c=https://other.example": "sec.gov",
    "https://it-online.co.za/x": "it-online.co.za",
    "https://www.sharecafe.com.au": "sharecafe.com.au",
    "https://selectra.ac": "selectra.ac",
    "https://en.42how.com/2022": "42how.com",
    "https://markets.businessinsider.com./x": "businessinsider.com",
    "https://raw.githubusercontent.com/a/b": "github.com",
    "https://samay58.github.io/edgarpack": "samay58.github.io",
    "https://co.uk": "co.uk",
    "https://localhost/x": "localhost",
    "page 12": "",
    "": "",
}


@pytest.mark.parametrize(("address", "domain"), PUBLISHERS.items(), ids=str)
def test_a_publisher_is_a_registered_domain(address, domain):
    assert agreement.publisher(address) == domain


RANGES = {
    ("low", "high"): [("low", "high")],
    ("value_low", "value_high"): [("value_low", "value_high")],
    ("low_allowed", "high_allowed"): [("low_allowed", "high_allowed")],
    ("low", "slow", "below"): [],
    ("price", "price_high"): [],
}


@pytest.mark.parametrize(("names", "pairs"), RANGES.items(), ids=str)
def test_the_ends_of_a_range_are_named_alike(names, pairs):
    fields = [{"name": name, "type": "number"} for name in names]
    assert agreement.ranges({"schema": {"fields": fields}}) == pairs
    words = [{**field, "type": "boolean"} for field in fields]
    assert agreement.ranges({"schema": {"fields": words}}) == []


def test_every_range_of_the_report_is_looked_at():
    """Otherwise a table that names its ends otherwise would pass unseen."""
    found = {entry["name"] for entry in data.descriptor()["resources"] if agreement.ranges(entry)}
    assert {"accelerators", "assumptions", "brains", "capex_guidance", "ranges"} <= found
