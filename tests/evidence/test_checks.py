"""Every kind of damage to a table, and the sentence that its owner gets."""

import csv
import json

import pytest

from computecycle.evidence import checks, data, references
from computecycle.evidence.errors import InputError

COLUMNS = "chip, period, price, unit, count, year, ready, source, locator, known_from, confidence"
TABLE = "data/chips.csv"
PRICE = f'{TABLE}, line 2, column "price"'
NUMBER = "allowed is a plain number such as 1234.5, minimum 0."
CELLS = (
    "cells where the header has 11; put a text with a comma in quotes, and write numbers without "
    "thousands separators."
)
EMPTY = "leave the cell empty where there is no number."

# what is damaged: old text, new text (once), the sentences
CELL_DAMAGE = {
    "text-in-a-number": ("10000", "ten", [f'{PRICE} is "ten"; {NUMBER}']),
    "endless-number": ("10000", "1e400", [f'{PRICE} is "1e400"; {NUMBER}']),
    "thousands-separator": ("10000", "10,000", [f"{TABLE}, line 2 has 12 {CELLS}"]),
    "quoted-separator": ("10000", '"10,000"', [f'{PRICE} is "10,000"; {NUMBER}']),
    "space-separator": ("10000", "10 000", [f'{PRICE} is "10 000"; {NUMBER}']),
    "swiss-separator": ("10000", "10'000", [f"""{PRICE} is "10'000"; {NUMBER}"""]),
    "underscore": ("10000", "10_000", [f'{PRICE} is "10_000"; {NUMBER}']),
    "wide-digits": ("10000", "１００", [f'{PRICE} is "１００"; {NUMBER}']),
    "space-before": ("10000", " 10000", [f'{PRICE} is " 10000"; {NUMBER}']),
    "percent-sign": ("10000", "10%", [f'{PRICE} is "10%"; {NUMBER}']),
    "currency": ("10000", "$10", [f'{PRICE} is "$10"; {NUMBER}']),
    "below-the-minimum": ("10000", "-5", [f'{PRICE} is "-5"; {NUMBER}']),
    "NaN": ("10000", "NaN", [f'{PRICE} is "NaN"; {EMPTY}']),
    "infinity": ("10000", "-inf", [f'{PRICE} is "-inf"; {EMPTY}']),
    "NA": ("10000", "NA", [f'{PRICE} is "NA"; {NUMBER}']),
    "integer": (
        "USD,2,",
        "USD,2.5,",
        [f'{TABLE}, line 2, column "count" is "2.5"; allowed is a whole number.'],
    ),
    "year": (
        ",2020,true",
        ",20,true",
        [f'{TABLE}, line 2, column "year" is "20"; allowed is a year.'],
    ),
    "boolean": (
        "true",
        "yes",
        [f'{TABLE}, line 2, column "ready" is "yes"; allowed is true or false.'],
    ),
    "boolean-one": (
        "true",
        "1",
        [f'{TABLE}, line 2, column "ready" is "1"; allowed is true or false.'],
    ),
    "date-form": (
        "2020-05-14",
        "14.5.2020",
        [f'{TABLE}, line 2, column "known_from" is "14.5.2020"; allowed is a date as YYYY-MM-DD.'],
    ),
    "date-short": (
        "2020-05-14",
        "2020-5-14",
        [f'{TABLE}, line 2, column "known_from" is "2020-5-14"; allowed is a date as YYYY-MM-DD.'],
    ),
    "no-such-day": (
        "2020-05-14",
        "2020-02-30",
        [f'{TABLE}, line 2, column "known_from" is "2020-02-30"; allowed is a date as YYYY-MM-DD.'],
    ),
    "period": (
        "2020-05,",
        "May 2020,",
        [
            f'{TABLE}, line 2, column "period" is "May 2020"; '
            "allowed is a text, pattern ^[0-9]{4}(-[0-9]{2})?$."
        ],
    ),
    "unit": (
        "USD",
        "US",
        [f'{TABLE}, line 2, column "unit" is "US"; allowed is USD, EUR. Did you mean "USD"?'],
    ),
    "required": (
        "A100,2020",
        ",2020",
        [f'{TABLE}, line 2, column "chip" is empty; every row needs it.'],
    ),
    "source-misspelt": (
        "maker",
        "makre",
        [
            f'{TABLE}, line 2, column "source" is "makre", which data/sources.bib does not have.'
            ' Did you mean "maker"?'
        ],
    ),
    "source-unknown": (
        "maker",
        "zebra",
        [
            f'{TABLE}, line 2, column "source" is "zebra", which data/sources.bib does not have.'
            f" {references.OWN_CURE}"
        ],
    ),
    "line-break": (
        "page 1",
        '"page\n1"',
        [f"{TABLE}, line 2 has a line break inside a cell; write it on one line, close its quote."],
    ),
    "open-quote": (
        "page 1",
        '"page 1',
        [f"{TABLE}, line 2 has a line break inside a cell; write it on one line, close its quote."],
    ),
    "control-character": (
        "page 1",
        "page\x001",
        [f'{TABLE}, line 2, column "locator" has a character that cannot be printed; remove it.'],
    ),
    "later-control-character": (
        "page 1",
        "page\x851",
        [f'{TABLE}, line 2, column "locator" has a character that cannot be printed; remove it.'],
    ),
    "formula": (
        "page 1",
        "=1+1",
        [f'{TABLE}, line 2, column "locator" begins like a formula ("=1+1"); begin with a letter.'],
    ),
}
FORMULAS = ["=A1", "@SUM(A1)", "+A1", "-A1", "-2+3+cmd|' /C calc'!A0", "\t=1", '"=A1&""x"""']
NO_FORMULAS = ["-5", "+12.5 %", "-0.20%", "page 1 = 2", "a@b", "- 3"]


def write(shelf, text: str | bytes) -> None:
    """Put another table of chips in place."""
    content = text if isinstance(text, bytes) else text.encode()
    (shelf / "chips.csv").write_bytes(content)


def text(shelf) -> str:
    return (shelf / "chips.csv").read_text(encoding="utf-8")


def damage(shelf, old: str, new: str) -> None:
    """Replace a text in the table of chips, once."""
    assert old in text(shelf)
    write(shelf, text(shelf).replace(old, new, 1))


def describe(shelf, content: object) -> None:
    """Put another descriptor in place."""
    words = content if isinstance(content, str) else json.dumps(content)
    (shelf / "datapackage.json").write_text(words)


def refusal(shelf) -> str:
    """The sentence with which a check stops."""
    with pytest.raises(InputError) as told:
        checks.check()
    return str(told.value)


def test_a_sound_table_passes(shelf):
    assert checks.check() == []


# Cells


@pytest.mark.parametrize(("old", "new", "sentences"), CELL_DAMAGE.values(), ids=CELL_DAMAGE)
def test_a_damaged_cell(shelf, old, new, sentences):
    damage(shelf, old, new)
    assert checks.check() == sentences


@pytest.mark.parametrize(
    "cell", ["1e4", "+5", "0.5", ""], ids=["exponent", "plus", "half", "empty"]
)
def test_other_plain_numbers_pass(shelf, cell):
    damage(shelf, "10000", cell)
    assert checks.check() == []


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run(shelf, cell):
    damage(shelf, "page 1", cell)
    (found,) = checks.check()
    assert found.startswith(f'{TABLE}, line 2, column "locator" begins like a formula ("')


@pytest.mark.parametrize("cell", NO_FORMULAS)
def test_a_cell_that_only_begins_with_a_sign(shelf, cell):
    damage(shelf, "page 1", cell)
    assert checks.check() == []


def test_a_long_list_of_words_is_not_read_out(shelf):
    descriptor = data.descriptor()
    words = ["USD", "EUR", *(f"word{number}" for number in range(30))]
    descriptor["resources"][0]["schema"]["fields"][3]["constraints"]["enum"] = words
    describe(shelf, descriptor)
    damage(shelf, "USD", "USDD")
    assert checks.check() == [
        f'{TABLE}, line 2, column "unit" is "USDD"; allowed is one of 32 words in '
        'data/datapackage.json. Did you mean "USD"?'
    ]


# Rows


def test_every_finding_is_told_in_one_go(shelf):
    damage(shelf, "10000", "ten")
    damage(shelf, ",EUR,", ",EURO,")
    assert checks.check() == [
        f'{TABLE}, line 5, column "unit" is "EURO"; allowed is USD, EUR. Did you mean "EUR"?',
        f'{PRICE} is "ten"; {NUMBER}',
    ]


def test_a_key_that_repeats(shelf):
    write(shelf, text(shelf) + text(shelf).splitlines()[1] + "\n")
    assert checks.check() == [
        f"{TABLE}, line 6: its key repeats, the same as on line 2; keep one of the rows."
    ]


def test_a_key_may_come_again_on_a_later_day(shelf):
    row = text(shelf).splitlines()[1]
    write(shelf, text(shelf) + row.replace("2020-05-14", "2020-05-15") + "\n")
    assert checks.check() == []


@pytest.mark.parametrize("blank", ["\n", ",,,,,,,,,,\n"], ids=["nothing", "commas"])
@pytest.mark.parametrize("line", [2, 4, 6])
def test_a_blank_row(shelf, blank, line):
    lines = text(shelf).splitlines(keepends=True)
    write(shelf, "".join([*lines[: line - 1], blank, *lines[line - 1 :]]))
    assert checks.check() == [f"{TABLE}, line {line} is blank; remove it."]


def test_a_row_with_too_few_cells(shelf):
    write(shelf, text(shelf) + "B200,2024\n")
    assert checks.check() == [f"{TABLE}, line 6 has 2 {CELLS}"]


def test_lines_are_counted_through_a_line_break(shelf):
    damage(shelf, "page 1", '"page\n1"')
    write(shelf, text(shelf) + "B200\n")
    assert checks.check()[1] == f"{TABLE}, line 7 has 1 {CELLS}"


def test_an_endless_cell(shelf):
    damage(shelf, "page 1", '"page 1')
    write(shelf, text(shelf) + "x" * 1000)
    usual = csv.field_size_limit(500)
    try:
        assert checks.check() == [
            f"{TABLE} cannot be read (field larger than field limit (500)); "
            "look for a quote that is not closed."
        ]
    finally:
        csv.field_size_limit(usual)


# Columns


def test_a_missing_column(shelf):
    lines = [line.split(",") for line in text(shelf).splitlines()]
    write(shelf, "".join(",".join(cells[:3] + cells[4:]) + "\n" for cells in lines))
    assert checks.check() == [f'{TABLE}, line 1: column "unit" is missing; needed are {COLUMNS}.']


def test_columns_that_are_missing_are_named_in_one_sentence(shelf):
    write(shelf, "chip,period\nA100,2020\n")
    (told,) = checks.check()
    assert told.startswith(f'{TABLE}, line 1: columns "price", "unit", ')
    assert told.endswith(f" are missing; needed are {COLUMNS}.")


def test_a_misspelt_column(shelf):
    damage(shelf, "price,unit", "price,units")
    assert checks.check() == [
        f'{TABLE}, line 1: column "unit" is missing; needed are {COLUMNS}.',
        f'{TABLE}, line 1: column "units" is unknown. Did you mean "unit"?',
    ]


def test_an_unknown_column(shelf):
    lines = text(shelf).splitlines()
    write(shelf, "".join(f"{line},{'xyz' if not at else ''}\n" for at, line in enumerate(lines)))
    assert checks.check() == [f'{TABLE}, line 1: column "xyz" is unknown.']


def test_a_column_that_stands_there_twice(shelf):
    lines = text(shelf).splitlines()
    write(shelf, "".join(f"{line},{'chip' if not at else ''}\n" for at, line in enumerate(lines)))
    assert checks.check() == [f'{TABLE}, line 1: column "chip" stands there twice; keep one.']


def test_columns_may_stand_in_another_order(shelf):
    lines = text(shelf).splitlines()
    write(shelf, "".join(",".join(reversed(line.split(","))) + "\n" for line in lines))
    assert checks.check() == []
    damage(shelf, "10000", "ten")
    assert checks.check() == [f'{PRICE} is "ten"; {NUMBER}']


# Files

FILES = {
    "byte-order-mark": (
        lambda old: b"\xef\xbb\xbf" + old,
        f"{TABLE} starts with a byte order mark; save it as UTF-8 without BOM.",
    ),
    "windows-line-ends": (
        lambda old: old.replace(b"\n", b"\r\n"),
        f"{TABLE} has Windows line ends (CRLF); save it with Unix line ends (LF).",
    ),
    "semicolons": (
        lambda old: old.replace(b",", b";"),
        f'{TABLE} separates its columns with ";"; use commas.',
    ),
    "tabs": (
        lambda old: old.replace(b",", b"\t"),
        f"{TABLE} separates its columns with a tab; use commas.",
    ),
    "empty": (lambda old: b"", f"{TABLE} is empty; it needs at least its header row."),
    "blank": (lambda old: b" \n\n", f"{TABLE} is empty; it needs at least its header row."),
    "latin-1": (
        lambda old: old.replace(b"page 2", "Größe".encode("latin-1")),
        f"{TABLE}, line 3 is not UTF-8; save the file as UTF-8.",
    ),
    "utf-16": (
        lambda old: old.decode().encode("utf-16"),
        f"{TABLE}, line 1 is not UTF-8; save the file as UTF-8.",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), FILES.values(), ids=FILES)
def test_a_damaged_file(shelf, change, sentence):
    write(shelf, change((shelf / "chips.csv").read_bytes()))
    assert checks.check() == [sentence]


def test_a_table_may_have_no_rows(shelf):
    write(shelf, text(shelf).splitlines()[0] + "\n")
    assert checks.check() == []


def test_a_missing_file(shelf):
    (shelf / "chips.csv").unlink()
    assert checks.check() == [
        f"{TABLE} is missing; restore the file or remove it from data/datapackage.json."
    ]


def test_a_csv_that_is_not_described(shelf):
    (shelf / "more.csv").write_text("a,b\n1,2\n")
    assert checks.check() == [
        "data/more.csv is not described; add it to data/datapackage.json or remove it."
    ]


# The bibliography


def test_a_missing_bibliography(shelf):
    (shelf / "sources.bib").unlink()
    assert refusal(shelf) == "data/sources.bib is missing; restore the file."


BIBLIOGRAPHIES = {
    "open-brace": (
        "@misc{maker,\n title = {x\n",
        " cannot be read: syntax error in line 2: premature end of file.",
    ),
    "twice": (
        "@misc{maker, title = {x}}\n@misc{maker, title = {x}}\n",
        " cannot be read: repeated bibliography entry: maker.",
    ),
}


@pytest.mark.parametrize(("content", "sentence"), BIBLIOGRAPHIES.values(), ids=BIBLIOGRAPHIES)
def test_a_broken_bibliography(shelf, content, sentence):
    (shelf / "sources.bib").write_text(content)
    assert refusal(shelf) == f"data/sources.bib{sentence}"


def test_a_bibliography_that_is_not_utf8(shelf):
    (shelf / "sources.bib").write_bytes("@misc{maker, title = {Größe}}".encode("latin-1"))
    assert refusal(shelf).startswith("data/sources.bib cannot be read: 'utf-8' codec can't decode")


# A reader's own tables


def own(shelf, content: str, name: str = "chips.csv") -> str:
    """Write a table to be laid over; return its folder."""
    folder = shelf.parent / "own"
    folder.mkdir()
    (folder / name).write_text(content, encoding="utf-8")
    return str(folder)


def lines_of(shelf, *numbers: int) -> str:
    """The header and some lines of the table of chips."""
    lines = text(shelf).splitlines(keepends=True)
    return "".join([lines[0], *(lines[number - 1] for number in numbers)])


def test_a_sound_overlay_passes(shelf):
    folder = own(shelf, lines_of(shelf, 5).replace("2022-01-01", "2023-01-01"))
    assert checks.check(folder) == []


def test_an_overlay_of_an_unknown_table(shelf):
    assert checks.check(own(shelf, lines_of(shelf, 2), "chip.csv")) == [
        'overlay/chip.csv is no table of the report. Did you mean "chips.csv"?'
    ]


def test_an_overlay_that_repeats_a_key_and_its_day(shelf):
    folder = own(shelf, lines_of(shelf, 2, 5).replace("2020-05-14", "2020-06-01"))
    assert checks.check(folder) == [
        "overlay/chips.csv:3 repeats key and known_from of data/chips.csv:5; "
        "give it a later known_from."
    ]


def test_a_damaged_overlay(shelf):
    assert checks.check(own(shelf, lines_of(shelf, 2).replace("10000", "ten"))) == [
        f'overlay/chips.csv, line 2, column "price" is "ten"; {NUMBER}'
    ]


def test_an_overlay_is_checked_beside_a_damaged_report(shelf):
    folder = own(shelf, lines_of(shelf, 2).replace("USD", "US"))
    damage(shelf, "10000", "ten")
    assert checks.check(folder) == [
        f'{PRICE} is "ten"; {NUMBER}',
        'overlay/chips.csv, line 2, column "unit" is "US"; allowed is USD, EUR. '
        'Did you mean "USD"?',
    ]


def test_a_folder_that_is_not_there(shelf):
    assert checks.check("nowhere") == ['"nowhere" is not a folder; name one with tables in it.']


def test_a_folder_without_tables(shelf):
    folder = own(shelf, "nothing", "readme.txt")
    assert checks.check(folder) == [f'"{folder}" has no CSV; name a folder with tables in it.']
