"""Tables as people have them: what is taken, in which form, and what is refused in a sentence."""

import os
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from house import CHIPS

import computecycle
from computecycle.evidence import days, owned, received, template, workbook
from computecycle.evidence.errors import InputError

HEADER, FIRST = CHIPS.splitlines()[:2]
SECONDS = 5  # far below what a reader would wait; none takes one on a quiet machine
ROW = ["A100", "2020-05", 10000, "USD", 2, 2020, True, "maker", "page 1", None, "printed"]


@pytest.fixture
def mine(shelf, tmp_path) -> Path:
    """An empty folder of a reader's tables beside a report with one table, `chips`."""
    folder = tmp_path / "mine"
    folder.mkdir()
    return folder


def taken(place: Path) -> str:
    return received.taken(str(place)).texts["chips.csv"]


@pytest.mark.parametrize(
    "content",
    [
        CHIPS.encode(),
        b"\xef\xbb\xbf" + CHIPS.encode(),
        CHIPS.replace("\n", "\r\n").encode(),
        CHIPS.replace(",", ";").encode(),
        b"\xef\xbb\xbf" + CHIPS.replace(",", ";").replace("\n", "\r\n").encode(),
        CHIPS.replace("\n", ",,\n").encode() + b",,,,,,,,,,,,\n",
        CHIPS.replace("\n", f"\n# {FIRST}\n", 1).encode(),
        CHIPS.replace("2020-05-14", "14.5.2020").replace("2022-01-01", "1 Jan 2022").encode(),
    ],
    ids=["ours", "bom", "crlf", "semicolons", "in europe", "empty columns", "a remark", "days"],
)
def test_a_csv_of_a_spreadsheet_is_taken(mine, content):
    (mine / "chips.csv").write_bytes(content)
    assert taken(mine) == CHIPS
    assert taken(mine / "chips.csv") == CHIPS


def test_decimal_commas_become_points_where_they_can_mean_nothing_else(mine):
    rows = f"{HEADER}\n{FIRST}\n".replace(",", ";").replace("10000", "10000,5")
    (mine / "chips.csv").write_text(rows)
    assert taken(mine) == f"{HEADER}\n{FIRST}\n".replace("10000", "10000.5")


def test_a_workbook_is_taken_with_its_days_and_whole_numbers(mine):
    import datetime

    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append([datetime.datetime(2020, 5, 14) if cell is None else cell for cell in ROW])
    book.save(mine / "chips.xlsx")
    assert taken(mine) == f"{HEADER}\n{FIRST}\n"


def test_sheets_that_are_named_as_tables_are_taken_and_others_are_not(mine):
    book = openpyxl.Workbook()
    book.active.append(["my notes"])
    sheet = book.create_sheet("chips")
    sheet.append(HEADER.split(","))
    sheet.append(FIRST.split(","))
    book.save(mine / "anything.xlsx")
    assert list(received.taken(str(mine)).texts) == ["chips.csv"]


@pytest.mark.parametrize("as_workbook", [False, True])
def test_a_template_is_refused_until_it_is_filled_in(mine, as_workbook):
    if as_workbook:
        template.as_workbook("chips", mine / "chips.xlsx")
    else:
        (mine / "chips.csv").write_text(template.as_csv("chips"))
    with pytest.raises(InputError, match="holds no row; write one below the names of the columns"):
        taken(mine)


def test_the_example_of_a_template_is_a_row_once_its_mark_is_gone(mine):
    (mine / "chips.csv").write_text(template.as_csv("chips").replace("# A100", "A100"))
    assert taken(mine).splitlines()[1:] == [CHIPS.splitlines()[3]]


def test_a_template_names_type_words_and_need_of_each_column(shelf):
    remarks = template.as_csv("chips")
    assert "# unit: USD, EUR; may be empty" in remarks
    assert "# chip: a text; needed; part of the key" in remarks


def test_a_template_offers_a_reader_the_word_for_their_own():
    (remark,) = (
        line
        for line in template.as_csv("ai_revenue").splitlines()
        if line.startswith('"# confidence')
    )
    assert "single_source" in remark and ", own; needed" in remark
    assert remark.endswith("own (a reader's own word)\"")


def test_a_sentence_counts_lines_as_the_reader_does(mine):
    (mine / "chips.csv").write_text(CHIPS.replace("\n", "\n# a remark\n# another\n", 1))
    tables = received.taken(str(mine))
    told = tables.as_written("overlay/chips.csv, line 2 and overlay/chips.csv:3, overlay/chips.csv")
    place = mine / "chips.csv"
    assert told == f"{place}, line 4 and {place}:5, {place}"


def newer(made: openpyxl.Workbook) -> None:
    made.active.delete_rows(3, 9)
    made.active["C2"], made.active["J2"] = 10001, "2023-01-01"


def test_python_takes_the_tables_that_the_command_takes_and_checks_them(mine):
    book(mine, newer)
    found = computecycle.table("chips", data=mine / "chips.xlsx")
    assert found.loc["overlay/chips.csv:2", "price"] == 10001
    (mine / "chips.csv").write_text(CHIPS.replace("10000", "ten"))
    (mine / "chips.xlsx").unlink()
    with pytest.raises(InputError, match='column "price" is "ten"'):
        computecycle.table("chips", data=mine)
    (mine / "chips.ods").write_bytes(b"")
    with pytest.raises(InputError, match="chips.ods is no CSV and no .xlsx"):
        computecycle.table("chips", data=mine)
    (told,) = owned.unread(mine)
    assert told.startswith("overlay/chips.ods is no CSV and would not be read; save it as one")


def in_percent(made: openpyxl.Workbook) -> None:
    made.active["C2"] = 0.735
    made.active["C2"].number_format = "0.0%"


def test_a_cell_shown_in_percent_is_read_with_its_sign_which_no_number_has(mine):
    book(mine, in_percent, lambda made: made.create_sheet("chip"))
    tables = received.taken(str(mine))
    assert ",73.5%," in tables.texts["chips.csv"]
    assert tables.unread == [f'{mine}/chips.xlsx, sheet chip is not read. Did you mean "chips"?']


def test_a_row_that_was_filled_in_behind_the_mark_of_the_example_is_told(mine):
    lines = template.as_csv("chips").splitlines()
    more = [FIRST, lines[-1], lines[-1].replace("9500", "9500.0"), lines[-1].replace("9500", "9")]
    (mine / "chips.csv").write_text("\n".join([*lines, *more]) + "\n")
    (told,) = received.taken(str(mine)).unread
    assert told.endswith(f'line {len(lines) + 4} begins with "# " and is not read; remove the sign '
                         "to use the row.")  # fmt: skip


@pytest.mark.parametrize("text", ["3.10.2026", "31.31.2026", "October 2026", "25.10.26", ""])
def test_a_text_that_is_no_day_or_may_be_two_stays(text):
    assert days.iso(text) == text


# What is refused


def utf16(folder: Path) -> None:
    (folder / "chips.csv").write_bytes(CHIPS.encode("utf-16"))


def latin(folder: Path) -> None:
    (folder / "chips.csv").write_bytes(CHIPS.replace("page 2", "Süd").encode("latin-1"))


def binary(folder: Path) -> None:
    (folder / "chip.csv").write_bytes(bytes(range(256)))


def thousands(folder: Path) -> None:
    rows = f"{HEADER}\n{FIRST}\n".replace(",", ";").replace("10000", "10,000")
    (folder / "chips.csv").write_text(rows)


def mixed(folder: Path) -> None:
    rows = CHIPS.replace(",", ";").replace("10000", "10000,5").replace("9000", "9000.5")
    (folder / "chips.csv").write_text(rows)


def points(folder: Path) -> None:
    rows = f"{HEADER}\n{FIRST}\n".replace(",", ";").replace("10000", "9.500")
    (folder / "chips.csv").write_text(rows)


def excel(folder: Path) -> None:
    (folder / "chips.csv").write_text("sep=;\n" + CHIPS.replace(",", ";"))


def book(folder: Path, *changes) -> None:
    made = openpyxl.Workbook()
    made.active.title = "chips"
    for line in CHIPS.splitlines():
        made.active.append(line.split(","))
    for change in changes:
        change(made)
    made.save(folder / "chips.xlsx")


def merged(folder: Path) -> None:
    book(folder, lambda made: made.active.merge_cells("A2:A3"))


def hidden(folder: Path) -> None:
    book(folder, lambda made: setattr(made.active.row_dimensions[3], "hidden", True))


def formula(folder: Path) -> None:
    book(folder, lambda made: made.active.__setitem__("C2", "=5000*2"))


def endless_cell(folder: Path) -> None:
    (folder / "chips.csv").write_text(f'{HEADER}\n"{"x" * 3_000_000}')


def wide(folder: Path) -> None:
    (folder / "chips.csv").write_text(",".join(f"c{at}" for at in range(100_000)) + "\n")


def commas(folder: Path) -> None:
    (folder / "chips.csv").write_text("," * 2_000_000 + "\n")


FEW = 500  # rows that a table may have, where a test fills it


def long(folder: Path) -> None:
    (folder / "chips.csv").write_text(f"{HEADER}\n" + f"{FIRST}\n" * (FEW + 10))


def huge(folder: Path) -> None:
    with (folder / "chips.csv").open("wb") as file:
        file.truncate(209_000_000)


def bibliography(folder):
    (folder / "chips.csv").write_text(CHIPS)
    (folder / "sources.bib").write_text("@misc{a, title = {t}}\n" * 30_000)


def link(folder: Path) -> None:
    (folder / "chips.csv").symlink_to("/etc/hostname")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "chips.csv")


def other_name(folder: Path) -> None:
    (folder / "chip.csv").write_text(CHIPS)


def odd_name(folder: Path) -> None:
    (folder / "chips\n.csv").write_text(CHIPS)


def other_kind(folder: Path) -> None:
    (folder / "chips.ods").write_bytes(b"PK")


def twice(folder: Path) -> None:
    (folder / "chips.csv").write_text(CHIPS)
    template.as_workbook("chips", folder / "chips.xlsx")


def spoilt_workbook(folder: Path) -> None:
    with zipfile.ZipFile(folder / "chips.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet", "x" * 5000)
    content = (folder / "chips.xlsx").read_bytes()
    (folder / "chips.xlsx").write_bytes(content[:35] + b"\xff" * 12 + content[47:])


def no_workbook(folder: Path) -> None:
    (folder / "chips.xlsx").write_text(CHIPS)


def other_zip(folder: Path) -> None:
    with zipfile.ZipFile(folder / "chips.xlsx", "w") as archive:
        archive.writestr("../../evil.csv", CHIPS)


def bomb(folder: Path) -> None:
    with zipfile.ZipFile(folder / "chips.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)


def entities(folder: Path) -> None:
    with zipfile.ZipFile(folder / "chips.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def nothing(folder: Path) -> None:
    (folder / "readme.md").write_text("no table")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (utf16, "chips.csv is written in UTF-16; save it as CSV in UTF-8."),
        (latin, "chips.csv, line 3 is not UTF-8, perhaps Windows-1252 (Latin-1); save"),
        (binary, "chip.csv is no text; save the table as CSV in UTF-8, or as .xlsx."),
        (thousands, 'chips.csv has the number "10,000", whose comma may part thousands or'),
        (mixed, 'has the numbers "10000,5" and "9000.5", one with a comma and one with a point;'),
        (points, 'chips.csv has the number "9.500", whose point may part thousands or decimals;'),
        (excel, 'chips.csv begins with "sep=;", which is no row; remove the line.'),
        (merged, "sheet chips has merged cells (A2:A3), of which the first alone holds"),
        (hidden, "sheet chips has a hidden row (3); show it, or remove it."),
        (formula, "sheet chips has a formula without a result (C2); open the file in a"),
        (endless_cell, "chips.csv cannot be read (field larger than field limit (20000));"),
        (wide, "chips.csv has more columns than a table may have (200);"),
        (commas, "chips.csv has more columns than a table may have (200);"),
        (long, "chips.csv has more than 500 rows; keep those that are new."),
        (huge, "chips.csv has 209 MB and may have 200; keep what is new."),
        (bibliography, "sources.bib has 1 MB and may have 0.5; keep what is new."),
        (link, "chips.csv is a link; put the file itself into the folder."),
        (pipe, "chips.csv is no ordinary file; remove it from the tables."),
        (other_name, 'chip.csv is no table of the report. Did you mean "chips"?'),
        (odd_name, "chips\\n.csv' is no table of the report."),
        (other_kind, "chips.ods is no CSV and no .xlsx; save it as one of these."),
        (twice, "chips.xlsx gives the table chips a second time; keep one."),
        (no_workbook, "chips.xlsx is no .xlsx; save it again as .xlsx or CSV."),
        (spoilt_workbook, "chips.xlsx is no .xlsx; save it again as .xlsx or CSV."),
        (other_zip, "chips.xlsx cannot be read as a workbook (KeyError); save it again"),
        (bomb, "chips.xlsx unpacks to 2 MB and may have 1; keep the rows that are new."),
        (entities, "chips.xlsx declares entities; save it again as .xlsx."),
        (nothing, "has no table; give a CSV or an .xlsx, or a folder of them."),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_what_cannot_be_taken_is_one_sentence_at_once(mine, monkeypatch, make, told):
    monkeypatch.setattr(workbook, "UNPACKED_MB", 1)
    monkeypatch.setattr(received, "ROWS", FEW)
    make(mine)
    start = time.monotonic()
    with pytest.raises(InputError) as problem:
        received.taken(str(mine))
    assert told in str(problem.value)
    assert "\n" not in str(problem.value)
    assert time.monotonic() - start < SECONDS
    assert sorted(path.name for path in mine.parent.glob("evil*")) == []
