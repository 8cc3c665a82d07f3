"""Every kind of damage to the descriptor, and the sentence that its author gets."""

import copy
import json

import pytest

from computecycle.evidence import checks, data, descriptor
from computecycle.evidence.errors import InputError

LEFT_OUT = object()


def describe(shelf, content: object) -> None:
    """Put another descriptor in place."""
    words = content if isinstance(content, str) else json.dumps(content)
    (shelf / "datapackage.json").write_text(words, encoding="utf-8")


def refusal() -> str:
    """The sentence with which a check stops."""
    with pytest.raises(InputError) as told:
        checks.check()
    return str(told.value)


def changed(whole: object, *path: object, to: object = LEFT_OUT) -> object:
    """A copy of the descriptor with one part replaced or left out."""
    whole = copy.deepcopy(whole)
    part = whole
    for step in path[:-1]:
        part = part[step]
    if to is LEFT_OUT:
        del part[path[-1]]
    else:
        part[path[-1]] = to
    return whole


TABLE, PRICE = ("resources", 0), ("resources", 0, "schema", "fields", 2)
LIMITS = (*PRICE, "constraints")
DAMAGE = {  # where, what stands there instead, the sentence behind the file's name
    "no-tables": (("resources",), LEFT_OUT, " it needs resources."),
    "tables-null": (("resources",), None, ' "resources" is null; it takes a list.'),
    "a-text-for-a-table": (TABLE, "chips", ' table 1 is "chips"; it takes braces.'),
    "no-key": ((*TABLE, "key"), LEFT_OUT, ' table "chips" needs key.'),
    "no-schema": ((*TABLE, "schema"), LEFT_OUT, ' table "chips" needs schema.'),
    "schema-null": ((*TABLE, "schema"), None, ' table "chips", "schema" is null; it takes braces.'),
    "no-name": ((*TABLE, "name"), LEFT_OUT, " table 1 needs name."),
    "no-title": ((*TABLE, "title"), LEFT_OUT, ' table "chips" needs title.'),
    "no-licences": ((*TABLE, "licenses"), LEFT_OUT, ' table "chips" needs licenses.'),
    "a-licence-that-is-no-address": (
        (*TABLE, "licenses", 0, "path"),
        "javascript:alert(1)",
        ' table "chips", "licenses", item 1, "path" is "javascript:alert(1)"; write an address '
        "with https://.",
    ),
    "path-up": (
        (*TABLE, "path"),
        "../secret.csv",
        ' table "chips", "path" is "../secret.csv"; name a CSV of the folder data, in small '
        "letters, digits and underscores.",
    ),
    "path-a-number": ((*TABLE, "path"), 7, ' table "chips", "path" is 7; it takes a text.'),
    "key-a-text": ((*TABLE, "key"), "chip", ' table "chips", "key" is "chip"; it takes a list.'),
    "key-forgets-the-day": (
        (*TABLE, "schema", "primaryKey"),
        ["chip", "period"],
        ' table "chips" needs as primaryKey its key and known_from.',
    ),
    "no-word-for-a-column": (
        (*PRICE, "description"),
        LEFT_OUT,
        ' table "chips", column "price" needs description.',
    ),
    "unknown-type": (
        (*PRICE, "type"),
        "numbr",
        ' table "chips", column "price", "type" is "numbr"; allowed is number, integer, year, '
        "date, boolean, string.",
    ),
    "minimum-a-text": (
        LIMITS,
        {"minimum": "abc"},
        ' table "chips", column "price", "minimum" is "abc"; it takes a number.',
    ),
    "enum-null": (
        LIMITS,
        {"enum": None},
        ' table "chips", column "price", "enum" is null; it takes a list.',
    ),
    "no-expression": (
        LIMITS,
        {"pattern": "("},
        ' table "chips", column "price" has the pattern "(", which is no regular expression '
        "(missing ), unterminated subpattern at position 0).",
    ),
    "endless-expression": (
        LIMITS,
        {"pattern": "^(a+)+$"},
        ' table "chips", column "price" has the pattern "^(a+)+$", which repeats a repetition; '
        "write it so that each part repeats once.",
    ),
    "endless-choice": (
        LIMITS,
        {"pattern": "^((a|a))*$"},
        ' table "chips", column "price" has the pattern "^((a|a))*$", which repeats a choice; '
        "begin the repeated part with a sign that ends the one before.",
    ),
    "unit-column": (
        (*PRICE, "unitColumn"),
        "units",
        ' table "chips", column "price" names as unitColumn "units", which is no column.',
    ),
}


@pytest.mark.parametrize(("path", "to", "sentence"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_descriptor(shelf, path, to, sentence):
    describe(shelf, changed(data.descriptor(), *path, to=to))
    assert refusal() == f"data/datapackage.json:{sentence}"


TEXTS = {
    "no-json": (
        '{"resources": [\n  {"name": }\n]}',
        ", line 2: Expecting value; correct the JSON.",
    ),
    "empty": ("", ", line 1: Expecting value; correct the JSON."),
    "a-list": ("[]", ": it is []; it takes braces."),
    "deep": ("[" * 200_000, " cannot be read: it is nested too deep or too long."),
    "long-number": ("9" * 10_000, " cannot be read: it is nested too deep or too long."),
    "huge": (" " * 10_000_001, " is larger than 10,000,000 bytes; describe tables only."),
}


@pytest.mark.parametrize(("text", "sentence"), TEXTS.values(), ids=TEXTS)
def test_a_text_that_is_no_descriptor(shelf, text, sentence):
    describe(shelf, text)
    assert refusal() == f"data/datapackage.json{sentence}"


def test_a_table_is_described_once(shelf):
    found = data.descriptor()
    describe(shelf, {**found, "resources": found["resources"] * 2})
    assert refusal() == 'data/datapackage.json: two tables have the name "chips".'


def test_a_missing_descriptor(shelf):
    (shelf / "datapackage.json").unlink()
    assert refusal() == "data/datapackage.json is missing; restore the file."


def test_the_schema_of_the_descriptor_is_one():
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(descriptor.schema())
