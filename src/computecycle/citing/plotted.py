"""Data as plotted: the tables that a figure draws, as a reader wants them.

A chart's own tables have short names, and columns that only draw. `book/columns.csv` says what a
reader gets: figure, table (its name where a figure has several), column, title, unit, meaning; in
the order in which they are written. A figure that it does not name gives all its columns.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from computecycle.charts import own
from computecycle.evidence.errors import InputError

FIELDS = ["figure", "table", "column", "title", "unit", "meaning"]
NAME = re.compile(r"[a-z0-9-]*")
DIGITS = 6  # significant ones of a number
DAY = re.compile(r"\d{4}-\d\d-\d\d")
EXACT = 1e15  # whole numbers below it are written in full


@dataclass(frozen=True)
class Column:
    """A column as a reader downloads it; `unit` is empty for words and days, `type` is that of
    the Table Schema."""

    name: str
    title: str
    unit: str
    type: str
    meaning: str

    @property
    def heading(self) -> str:
        """The title with the unit behind it, where the title does not say it."""
        said = not self.unit or self.unit.lower() in self.title.lower()
        return self.title if said else f"{self.title} [{self.unit}]"


@dataclass(frozen=True)
class Table:
    """A table of a figure: its name (empty where it is the only one), columns and rows of texts."""

    name: str
    columns: list[Column]
    rows: list[list[str]]

    def csv(self) -> str:
        """The table with its headings as CSV."""
        written = io.StringIO()
        rows = [[column.heading for column in self.columns], *self.rows]
        csv.writer(written, lineterminator="\n").writerows(rows)
        return written.getvalue()


MARKS = (own.SET, own.SHOWN)  # what a rerun adds to a chart's rows
SET_HERE = Column(
    own.SET,
    "Set here",
    "",
    "boolean",
    "Whether a reader set it or it rests on that; not published.",
)


def tables(root: Path, id: str, spec: dict) -> list[Table]:
    """Return the tables of a figure as `book/columns.csv` below `root` declares them.

    InputError when a declared column is in none of the chart's tables, of which none is empty.
    """
    drawn = [rows for rows in spec.get("datasets", {}).values() if rows]
    path = root / "book/columns.csv"
    known = declared(path, path.stat().st_mtime_ns).get(id, {})
    if not known:
        return undeclared(drawn)
    whole = all(spec["datasets"].values())  # as of an early day a table may have no rows
    more = [SET_HERE] if any(own.SET in rows[0] for rows in drawn) else []
    return [
        table(name, columns + more, chosen(id, drawn, [each.name for each in columns + more]))
        for name, columns in known.items()
        if drawn and (whole or any(has(rows, columns) for rows in drawn))
    ]


@cache
def declared(path: Path, changed: int) -> dict[str, dict[str, list[Column]]]:
    """Return the declared columns by figure and table; `changed` is the time of the file.

    InputError where a line cannot be one: a cell is missing, or a table's name fits no file name.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for line, row in enumerate(rows, start=2):
        if list(row) != FIELDS or None in row.values() or not NAME.fullmatch(row["table"]):
            raise InputError(
                f"book/columns.csv, line {line}: write {', '.join(FIELDS)}, the table in small "
                "letters, digits and hyphens."
            )
    found: dict[str, dict[str, list[Column]]] = {}
    for (figure, name), group in groupby(rows, lambda row: (row["figure"], row["table"])):
        found.setdefault(figure, {})[name] = [
            Column(row["column"], row["title"], row["unit"], "", row["meaning"]) for row in group
        ]
    return found


def undeclared(drawn: list[list[dict]]) -> list[Table]:
    """Return every table of a chart with all its columns, their names as words."""
    return [
        table(
            str(number) if len(drawn) > 1 else "",
            [
                *(Column(name, _words(name), "", "", "") for name in rows[0] if name not in MARKS),
                *([SET_HERE] if own.SET in rows[0] else []),
            ],
            rows,
        )
        for number, rows in enumerate(drawn, start=1)
    ]


def _words(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def has(rows: list[dict], columns: list[Column]) -> bool:
    """Return whether some rows have all of some columns."""
    return {each.name for each in columns} <= set(rows[0])


def chosen(id: str, drawn: list[list[dict]], names: list[str]) -> list[dict]:
    """Return the rows of the chart's tables that have some columns and the fewest others.

    The others are those that place a word or repeat a row. InputError where there is none.
    """
    able = [rows for rows in drawn if set(names) <= set(rows[0])]
    if not able:
        raise InputError(
            f"book/columns.csv gives figure {id} the columns {', '.join(names)}; no table of the "
            "chart has them all. Write those that it has."
        )
    fewest = min(len(rows[0]) for rows in able)
    return [row for rows in able if len(rows[0]) == fewest for row in rows]


def table(name: str, columns: list[Column], rows: Iterable[dict]) -> Table:
    """Return a table of some columns of some rows, each row once."""
    cells = [tuple(row[column.name] for column in columns) for row in rows]
    cells = list(dict.fromkeys(cells))
    typed = [
        Column(**asdict(column) | {"type": kind([row[at] for row in cells], column.unit)})
        for at, column in enumerate(columns)
    ]
    return Table(name, typed, [[text(cell) for cell in row] for row in cells])


def kind(cells: list, unit: str) -> str:
    """Return the type of a column, as the Table Schema calls it."""
    full = [cell for cell in cells if cell is not None]
    if unit == "year" and all(float(cell).is_integer() for cell in full):
        return "year"
    if all(isinstance(cell, bool) for cell in full):
        return "boolean"
    if all(isinstance(cell, int | float) for cell in full):
        return "integer" if all(isinstance(cell, int) for cell in full) else "number"
    return "date" if all(DAY.fullmatch(str(cell)) for cell in full) else "string"


def text(cell: object) -> str:
    """Return a cell as it is written: few digits, no line break."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        number = float(f"{cell:.{DIGITS}g}")
        whole = number.is_integer() and abs(number) < EXACT
        return str(int(number)) if whole else repr(number)
    return " ".join(str(cell).replace("|", " ").split())


def dictionary(found: list[Table], file_of) -> dict:
    """Return what each column of each table means, by its file. file_of : table to file name."""
    return {
        file_of(each): [
            {
                "title": column.heading,
                "name": column.name,
                "unit": column.unit or None,
                "type": column.type,
                "meaning": column.meaning or f"{column.title}.",
            }
            for column in each.columns
        ]
        for each in found
    }
