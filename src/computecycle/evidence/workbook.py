"""Workbooks (.xlsx): the sheets that are tables as rows of text, and a template to fill in."""

import re
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from computecycle.evidence.errors import InputError, shown
from computecycle.evidence.limits import CELL, COLUMNS, ROWS, UNPACKED_MB

MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^<>]*ref="([A-Z]+\d+:[A-Z]+\d+)"')
HIDDEN = re.compile(
    rb'<(?:\w+:)?row (?=[^<>]*\br="(\d+)")[^<>]*\bhidden="(?:1|true)"[^<>]*(?<!/)>', re.ASCII
)
UNTOLD = re.compile(  # a formula whose result was never written; an empty text has t="str"
    rb'<(?:\w+:)?c (?=[^<>]*\br="([A-Z]+\d+)")(?![^<>]*\bt="str")[^<>]*>\s*'
    rb"<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>",
    re.ASCII,
)
UNSEEN = {
    MERGED: "has merged cells ({}), of which the first alone holds what is written; part them.",
    HIDDEN: "has a hidden row ({}); show it, or remove it.",
    UNTOLD: "has a formula without a result ({}); open the file in a spreadsheet and save it, or "
    "write the number.",
}


def sheets(path: Path, known: list[str]) -> tuple[dict[str, list[list[str]]], list[str]]:
    """Return the tables of a workbook by name, as rows of text, and the sheets that are not read.

    Its sheets that are named as tables; where there is none, its first under the file's name.
    """
    import openpyxl

    sound(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        named = [sheet for sheet in book.worksheets if sheet.title in known]
        chosen = {sheet.title: sheet for sheet in named} or {path.stem: book.worksheets[0]}
        others = [each.title for each in book.worksheets if each not in chosen.values()]
        return {name: rows(path, sheet) for name, sheet in chosen.items()}, others
    except InputError:
        raise
    except Exception as problem:  # a broken part of a zip fails in as many ways as it has parts
        kind = type(problem).__name__
        raise InputError(
            f"{shown(path)} cannot be read as a workbook ({kind}); save it again as .xlsx or CSV."
        ) from None


def sound(path: Path) -> None:
    """Raise InputError unless a file is a zip of a size that a workbook has, without entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if size > UNPACKED_MB * 1_000_000:
                raise InputError(
                    f"{shown(path)} unpacks to {size / 1e6:,.0f} MB and may have {UNPACKED_MB}; "
                    "keep the rows that are new."
                )
            for part in archive.namelist():
                with archive.open(part) as file:
                    if b"<!DOCTYPE" in file.read(2000):
                        raise InputError(
                            f"{shown(path)} declares entities; save it again as .xlsx."
                        )
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError):
        raise InputError(f"{shown(path)} is no .xlsx; save it again as .xlsx or CSV.") from None


def rows(path: Path, sheet) -> list[list[str]]:
    """Return the rows of a sheet as text; InputError where it is larger than a table may be."""
    found = []
    seen(path, sheet)
    sheet.reset_dimensions()  # what a file says of its size need not be true
    for cells in sheet.iter_rows():
        if len(found) > ROWS or len(cells) > COLUMNS:
            raise InputError(
                f"{shown(path)} has more than {ROWS:,} rows or {COLUMNS} columns; keep what is new."
            )
        texts = [text(cell) for cell in cells]
        if any(len(each) > CELL for each in texts):
            raise InputError(
                f"{shown(path)} has a cell of more than {CELL:,} characters; shorten it."
            )
        found.append(texts)
    width = max((len(cells) for cells in found), default=0)
    return [cells + [""] * (width - len(cells)) for cells in found]


def seen(path: Path, sheet) -> None:
    """Raise InputError for what a reader sees otherwise than it is read: merged cells, hidden rows,
    formulas whose result is not in the file."""
    with sheet._get_source() as file:  # openpyxl tells none of it where it reads row by row
        content = file.read()
    for pattern, told in UNSEEN.items():
        if found := pattern.search(content):
            raise InputError(f"{shown(path)}, sheet {sheet.title} {told.format(found[1].decode())}")


def text(each) -> str:
    """Return a cell as a CSV of the report writes it; what is shown in percent with its sign."""
    cell = each.value
    if cell is None:
        return ""
    if "%" in (each.number_format or "") and type(cell) in (int, float):
        return f"{100 * cell:.10g}%"
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, (datetime, date)):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)


def write(path: Path, name: str, lines: Iterable[list[str]], words: dict[int, list[str]]) -> None:
    """Write rows of text as a workbook of one sheet, the header fixed.

    words : by column (from 1), the words that its cells may hold.
    """
    import openpyxl
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for line, cells in enumerate(lines, start=1):
        sheet.append(cells)
        for cell in sheet[line]:
            cell.number_format = "@"  # text: a spreadsheet would make dates of periods
            cell.font = Font(bold=line == 1, italic=line > 1)
    sheet.freeze_panes = "A2"
    for column, allowed in words.items():
        listed = f'"{",".join(allowed)}"'
        if len(listed) <= 255:  # the longest list that a workbook takes
            rule = DataValidation(type="list", formula1=listed, allow_blank=True)
            letter = get_column_letter(column)
            rule.add(f"{letter}2:{letter}1000")
            sheet.add_data_validation(rule)
    book.save(path)
