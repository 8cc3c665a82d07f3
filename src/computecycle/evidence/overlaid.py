"""What a reader's tables change: rows that are added, rows that are superseded, by key."""

import csv
from dataclasses import dataclass
from pathlib import Path

from computecycle.evidence import data

ADDED, SUPERSEDES, OLDER = "added", "supersedes", "older"


@dataclass(frozen=True)
class Change:
    """A reader's row: table, line of its file, key in words, what it does, cells before and after.

    does : added; supersedes a row (`before`); older than what is known of its key, so not used
        unless the tables are read as of a day before that.
    """

    table: str
    line: int
    key: str
    does: str
    cells: dict[str, str]
    before: dict[str, str]

    def told(self) -> str:
        """Return in words what the row sets, and what was published in its place."""
        if self.does == OLDER:
            return f"Laid over: {self.key}, older than what is published"
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


def changes(folder: str | Path) -> list[Change]:
    """Return what each row of a folder of plain, checked CSVs does, in their order."""
    found = []
    for entry in data.descriptor()["resources"]:
        overlay = Path(folder, entry["path"])
        if overlay.exists():
            found += changes_of(entry, cells(data.FOLDER / entry["path"]), cells(overlay))
    return found


def changes_of(entry: dict, known: list[dict], rows: list[dict]) -> list[Change]:
    """Return what each of some rows does to a table of which other rows are known."""
    key, newest, found = entry["key"], {}, []
    for row in sorted(known, key=lambda row: row["known_from"]):
        newest[tuple(row[name] for name in key)] = row
    for line, row in enumerate(rows, start=2):
        before = newest.get(tuple(row[name] for name in key), {})
        older = before and row["known_from"] < before["known_from"]
        does = OLDER if older else SUPERSEDES if before else ADDED
        words = " · ".join(row[name] for name in key)
        found.append(Change(entry["name"], line, words, does, row, before))
    return found


def cells(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV as text by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
