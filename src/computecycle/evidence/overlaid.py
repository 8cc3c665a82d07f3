"""What a reader's tables change: rows that are added, rows that are superseded, by key."""

import csv
from dataclasses import dataclass
from pathlib import Path

from computecycle.evidence import data

ADDED, SUPERSEDES = "added", "supersedes"
OLDER = "not used (older than what is published)"
REPLACED = "not used (a later row of the reader's has its key)"
LATER = "not used (known after the day)"
NOT_USED = (OLDER, REPLACED, LATER)


@dataclass(frozen=True)
class Change:
    """A reader's row: table, line of its file, key in words, what it does, cells before and after.

    does : added; supersedes a row (`before`); or why it is not used: it is older than what is known
        of its key, another row of the reader's is newer, or it was known only after the day.
    """

    table: str
    line: int
    key: str
    does: str
    cells: dict[str, str]
    before: dict[str, str]

    def told(self) -> str:
        """Return in words what the row sets, and what was published in its place."""
        if self.does in NOT_USED:
            return f"Laid over: {self.key}, {self.does}"
        now, then = (numbers(self.table, row) for row in (self.cells, self.before))
        told = f"{'Set' if self.before else 'Added'} here: {self.key}, {now or 'no number'}"
        return f"{told}; published: {then or 'no number'}" if self.before else told

    def differing(self) -> list[str]:
        """Return the columns in which the row differs from the one that it supersedes."""
        return [name for name, cell in self.cells.items() if cell != self.before.get(name, "")]


def numbers(table: str, row: dict[str, str]) -> str:
    """Return the numbers of a row in words; of no second source."""
    fields = data.resource(table)["schema"]["fields"]
    names = [each["name"] for each in fields if each["type"] == "number"]
    told = [row.get(name, "") for name in names if not name.startswith("second_")]
    return " to ".join(dict.fromkeys(filter(None, told)))


def changes(folder: str | Path, as_of: str = "") -> list[Change]:
    """Return what each row of a folder of plain, checked CSVs does, in their order.

    as_of : ISO date, or empty for everything known.
    """
    found = []
    for entry in data.descriptor()["resources"]:
        overlay = Path(folder, entry["path"])
        if overlay.exists():
            known = cells(data.FOLDER / entry["path"])
            found += changes_of(entry, known, cells(overlay), as_of or "9999")
    return found


def changes_of(
    entry: dict, known: list[dict], rows: list[dict], last: str = "9999"
) -> list[Change]:
    """Return what each of some rows does to a table of which other rows are known, until a day."""
    then, own = (newest(entry["key"], some, last) for some in (known, rows))
    found = []
    for line, row in enumerate(rows, start=2):
        key = tuple(row[name] for name in entry["key"])
        before = then.get(key, {})
        does = SUPERSEDES if before else ADDED
        if row["known_from"] > last:
            does = LATER
        elif before and row["known_from"] < before["known_from"]:
            does = OLDER
        elif own[key] is not row:
            does = REPLACED
        found.append(Change(entry["name"], line, " · ".join(key), does, row, before))
    return found


def newest(key: list[str], rows: list[dict], last: str) -> dict[tuple, dict]:
    """Return the newest row of each key that was known on a day."""
    known = [row for row in rows if row["known_from"] <= last]
    return {
        tuple(row[name] for name in key): row
        for row in sorted(known, key=lambda row: row["known_from"])
    }


def cells(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV as text by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
