"""Tables as people have them: CSV of Excel or Google Sheets, workbooks, one file or a folder.

What is received becomes plain CSVs in the form of `data/` (UTF-8, commas, decimal points, LF),
which `checks` then judges. Limits come first: nothing is read that no reader's table needs.
"""

import contextlib
import csv
import io
import re
import stat
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from computecycle.evidence import data, days, workbook
from computecycle.evidence.errors import InputError, did_you_mean, shown
from computecycle.evidence.limits import BIB_MB, CELL, COLUMNS, FILE_MB, ROWS
from computecycle.evidence.overlaid import cells as cells_of

SOURCES = "sources.bib"  # a reader's own documents, beside the tables
REMARK = "# "  # begins a row of a template that says something and is no row
MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
COMMA = re.compile(r"[+-]?\d+,\d+")
GROUPED = re.compile(r"[+-]?\d{1,3},\d{3}")
POINTED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
OVERLAID = re.compile(r"overlay/([\w.-]+?\.(?:csv|bib))(?:(:|, line )(\d+))?")
OTHER = {".xls", ".ods", ".tsv", ".txt", ".numbers", ".parquet", ".json"}


@dataclass(frozen=True)
class Received:
    """A reader's tables as plain CSVs: text by file name, the line where each row stood, the file
    that was given, as the reader named it, and a sentence for each thing that was not read."""

    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write the files to a folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")

    def as_written(self, sentence: str) -> str:
        """Return a sentence of the checks with files and lines as the reader knows them."""

        def known(found: re.Match) -> str:
            place = self.places.get(found[1], found[1])
            if not found[3]:
                return place
            lines, at = self.lines.get(found[1], []), int(found[3])
            line = lines[at - 1] if 0 < at <= len(lines) else at
            return f"{place}{found[2]}{line}"

        return OVERLAID.sub(known, sentence)


@contextlib.contextmanager
def laid_out(place: str) -> Iterator[tuple[Path, Received]]:
    """Give a folder with a reader's tables as plain CSVs, for as long as it is needed."""
    tables = taken(place)
    with tempfile.TemporaryDirectory() as folder:
        tables.write(Path(folder))
        yield Path(folder), tables


@contextlib.contextmanager
def sound(place: str) -> Iterator[Path]:
    """Give a folder with a reader's tables as plain CSVs that are as described; InputError with a
    sentence for each thing that is not, or that would be passed over. Doubts are warnings."""
    from computecycle.evidence import checks

    with laid_out(place) as (folder, tables):
        checks.stop([*map(tables.as_written, checks.overlay_problems(str(folder))), *tables.unread])
        for doubt in map(tables.as_written, checks.doubts(str(folder))):
            warnings.warn(doubt, stacklevel=4)
        yield folder


def taken(place: str) -> Received:
    """Return the tables of a file or a folder; InputError for what cannot be taken."""
    found, tables = files(Path(place)), Received()
    for path in found:
        if path.name == SOURCES:
            tables.texts[SOURCES] = decoded(path).replace("\r\n", "\n")
            tables.places[SOURCES] = shown(path)
            continue
        for name, rows, lines in tables_in(path, tables.unread):
            if f"{name}.csv" in tables.texts:
                raise InputError(f"{shown(path)} gives the table {name} a second time; keep one.")
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(rows)
            tables.texts[f"{name}.csv"], tables.lines[f"{name}.csv"] = text.getvalue(), lines
            sheet = f", sheet {name}" * (name != path.stem)
            tables.places[f"{name}.csv"] = f"{shown(path)}{sheet}"
    if not tables.lines:
        raise InputError(f'"{place}" has no table; give a CSV or an .xlsx, or a folder of them.')
    if all(len(lines) == 1 for lines in tables.lines.values()):
        raise InputError(
            f'"{place}" holds no row; write one below the names of the columns, without "{REMARK}" '
            "before it."
        )
    return tables


def files(place: Path) -> list[Path]:
    """Return the files to read at a place, file or folder; InputError for links and the like."""
    if not place.exists():
        raise InputError(f'"{place}" is not a folder and not a file; name one with tables in it.')
    kinds = {".csv", ".xlsx"}
    inside = sorted(place.iterdir()) if place.is_dir() else [place]
    found = [
        path
        for path in inside
        if path.suffix.lower() in kinds | OTHER or path.name == SOURCES
        if not path.name.startswith((".", "~$"))  # what a system or an open Excel leaves there
    ]
    for path in found or ([] if place.is_dir() else [place]):
        if path.is_symlink() and place.is_dir():
            raise InputError(f"{shown(path)} is a link; put the file itself into the folder.")
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(f"{shown(path)} is no ordinary file; remove it from the tables.")
        if path.suffix.lower() not in kinds and path.name != SOURCES:
            raise InputError(f"{shown(path)} is no CSV and no .xlsx; save it as one of these.")
        most = BIB_MB if path.name == SOURCES else FILE_MB
        if path.stat().st_size > most * 1_000_000:
            raise InputError(
                f"{shown(path)} has {path.stat().st_size / 1e6:,.0f} MB and may have {most:g}; "
                "keep what is new."
            )
    return found


def tables_in(path: Path, unread: list[str]) -> Iterator[tuple[str, list[list[str]], list[int]]]:
    """Yield name, rows (the header first) and their lines of each table of a file; add to `unread`
    a sentence for each sheet and row that is passed over."""
    known = [entry["name"] for entry in data.descriptor()["resources"]]
    sheets, others = {path.stem: None}, []
    if path.suffix.lower() == ".xlsx":
        sheets, others = workbook.sheets(path, known)
    for each in others:
        unread.append(f"{shown(path)}, sheet {each} is not read.{did_you_mean(each, known)}")
    for name, rows in sheets.items():
        if name not in known:
            _ = rows is None and decoded(path)  # what is no text has no other name either
            hint = did_you_mean(name, known) or " `computecycle tables` lists them."
            raise InputError(f"{shown(path)} is no table of the report.{hint}")
        rows = dated(of_text(path, name) if rows is None else rows, name)
        found, lines = kept(path, rows)
        unread += [
            f'{shown(path)}, line {line} begins with "{REMARK}" and is not read; remove the sign '
            "to use the row."
            for line in filled_in(rows, name)
        ]
        yield name, found, lines


def filled_in(rows: list[list[str]], name: str) -> Iterator[int]:
    """Yield the lines of remarks that are rows of a reader's: more than the example of a template,
    which the report's table holds."""
    known = None
    for line, cells in enumerate(rows, 1):
        if cells and cells[0].startswith(REMARK) and any(cells[1:]):
            if known is None:
                entry = data.resource(name)
                columns, path = rows[0], data.FOLDER / entry["path"]
                known = {alike(row.get(each, "") for each in columns) for row in cells_of(path)}
            if alike([cells[0].removeprefix(REMARK), *cells[1 : len(rows[0])]]) not in known:
                yield line


def alike(cells: Iterable[str]) -> tuple:
    """Return cells as they are compared: a number by its value, however a spreadsheet writes it."""
    found = [cell.strip() for cell in cells]
    while found and not found[-1]:
        found.pop()
    return tuple(float(cell) if NUMBER.fullmatch(cell) else cell for cell in found)


def kept(path: Path, rows: list[list[str]]) -> tuple[list[list[str]], list[int]]:
    """Return the rows that say something, without the remarks of a template, and their lines.

    Empty columns and rows at the end, which spreadsheets leave, are dropped.
    """
    if len(rows) > ROWS:
        raise InputError(f"{shown(path)} has more than {ROWS:,} rows; keep those that are new.")
    if rows and len(rows[0]) > COLUMNS:
        raise InputError(
            f"{shown(path)} has {len(rows[0]):,} columns and a table may have {COLUMNS}; "
            "is it one of the report's tables?"
        )
    width = (
        max((at for at, cell in enumerate(rows[0], 1) if cell.strip()), default=0) if rows else 0
    )
    last = max((line for line, cells in enumerate(rows, 1) if any(cells)), default=0)
    found, lines = [], []
    for line, cells in enumerate(rows[:last], 1):
        if not cells or not cells[0].startswith(REMARK):
            spare = len(cells) > width and not any(cells[width:])
            found.append(cells[:width] if spare else cells)
            lines.append(line)
    return found, lines


def decoded(path: Path) -> str:
    """Return the text of a file; InputError for what is none, or names another encoding than
    UTF-8."""
    content = path.read_bytes()
    start = content[:200]
    if (
        start[:2] in MARKS
        or b"\0" in start
        and not (start[::2].strip(b"\0") and start[1::2].strip(b"\0"))
    ):
        raise InputError(f"{shown(path)} is written in UTF-16; save it as CSV in UTF-8.")
    if NO_TEXT.search(content[:1000]):
        raise InputError(f"{shown(path)} is no text; save the table as CSV in UTF-8, or as .xlsx.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise InputError(
            f"{shown(path)}, line {line} is not UTF-8, perhaps Windows-1252 (Latin-1); "
            "save the file as CSV in UTF-8."
        ) from None


def of_text(path: Path, name: str) -> list[list[str]]:
    """Return the rows of a CSV with commas or semicolons; numbers with decimal points."""
    text = decoded(path).replace("\r\n", "\n")
    header = text.partition("\n")[0]
    if header.count(",") + header.count(";") >= COLUMNS * 10:
        raise InputError(
            f"{shown(path)} has more columns than a table may have ({COLUMNS}); "
            "is it one of the report's tables?"
        )
    if header.startswith("sep="):
        raise InputError(f'{shown(path)} begins with "{header}", which is no row; remove the line.')
    semicolons = ";" in header and "," not in header
    csv.field_size_limit(CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",")
        rows = [cells for cells, _ in zip(reader, range(ROWS + 1), strict=False)]
    except csv.Error as problem:
        raise InputError(
            f"{shown(path)} cannot be read ({problem}); look for a quote that is not closed."
        ) from None
    return pointed(path, rows, name) if semicolons else rows


def dated(rows: list[list[str]], name: str) -> list[list[str]]:
    """Return rows with days as YYYY-MM-DD where a spreadsheet wrote them in another way that can
    mean one day alone."""
    kinds = {each["name"]: each["type"] for each in data.resource(name)["schema"]["fields"]}
    at = {at for at, title in enumerate(rows[0] if rows else []) if kinds.get(title) == "date"}
    return rows[:1] + [
        [days.iso(cell) if place in at else cell for place, cell in enumerate(cells)]
        for cells in rows[1:]
    ]


def pointed(path: Path, rows: list[list[str]], name: str) -> list[list[str]]:
    """Return rows with decimal points where a table with semicolons has decimal commas.

    InputError where 1,234 or 1.234 may be either, or where points and commas are mixed.
    """
    kinds = {each["name"]: each["type"] for each in data.resource(name)["schema"]["fields"]}
    numeric = [at for at, title in enumerate(rows[0]) if kinds.get(title) == "number"]
    cells = [cells[at] for cells in rows[1:] for at in numeric if at < len(cells)]
    commas = [cell for cell in cells if COMMA.fullmatch(cell)]
    points = [cell for cell in cells if "." in cell]
    written = "write numbers with a decimal point and without thousands"
    if commas and points:
        raise InputError(
            f'{shown(path)} has the numbers "{commas[0]}" and "{points[0]}", one with a comma and '
            f"one with a point; {written}."
        )
    for signs, pattern, what in ((commas, GROUPED, "comma"), (points, POINTED, "point")):
        if signs and all(map(pattern.fullmatch, signs)):
            raise InputError(
                f'{shown(path)} has the number "{signs[0]}", whose {what} may part thousands or '
                f"decimals; {written}{', 1.5 for 1.500' * (what == 'point')}."
            )
    if not commas:
        return rows
    return [rows[0]] + [
        [
            cell.replace(",", ".") if at in numeric and COMMA.fullmatch(cell) else cell
            for at, cell in enumerate(cells)
        ]
        for cells in rows[1:]
    ]
