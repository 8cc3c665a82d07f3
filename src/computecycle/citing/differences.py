"""What differs between two tables of a figure, and by how much."""

import csv
import io
from dataclasses import dataclass

PARTINGS = ",;\t"  # of the cells of a CSV, the first where none is there


@dataclass(frozen=True)
class Difference:
    """How many cells differ, how many rows came and went, and the largest change in words."""

    cells: int
    came: int
    went: int
    largest: str

    @property
    def size(self) -> int:
        """How much differs in all."""
        return self.cells + self.came + self.went

    def words(self) -> str:
        """The difference as the end of a sentence."""
        counts = {"cell changed": self.cells, "row more": self.came, "row less": self.went}
        told = [
            f"{count} {what.replace(' ', 's ', 1) if count != 1 else what}"
            for what, count in counts.items()
            if count
        ]
        return ", ".join(told) + (f"; the largest change is {self.largest}" if self.largest else "")


def rows(text: str) -> list[list[str]]:
    """Return a CSV as rows, its headings first; empty where it is none.

    Its cells are parted as its first line shows: by commas, or as spreadsheets save it.
    """
    text = text.lstrip("\ufeff")
    parting = max(PARTINGS, key=text.partition("\n")[0].count)
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=parting, strict=True) if row]
    except csv.Error:
        return []


def number(cell: str) -> float | None:
    """Return a cell as a number; None where it is none."""
    try:
        return float(cell)
    except ValueError:
        return None


def between(before: str, after: str) -> Difference | None:
    """Return what differs between two CSVs; None where their headings do.

    Rows belong together by their cells that are no numbers, in their order among equals.
    """
    (heads, *old), (others, *new) = rows(before) or [[]], rows(after) or [[]]
    if not heads or heads != others:
        return None
    numeric = [
        all(number(row[at]) is not None or not row[at] for row in old + new if len(row) > at)
        for at in range(len(heads))
    ]
    one, other = keyed(old, numeric), keyed(new, numeric)
    pairs = [
        (heads[at], was, now)
        for key in one.keys() & other.keys()
        for at, (was, now) in enumerate(zip(one[key], other[key], strict=False))
        if was != now
    ]
    largest = max(pairs, key=lambda pair: (change(*pair[1:]), pair), default=None)
    return Difference(
        len(pairs),
        len(other.keys() - one.keys()),
        len(one.keys() - other.keys()),
        f"{largest[0]}: {largest[1] or 'nothing'} to {largest[2] or 'nothing'}" if largest else "",
    )


def keyed(rows: list[list[str]], numeric: list[bool]) -> dict[tuple, list[str]]:
    """Return rows by their cells that are no numbers and their place among those alike."""
    found: dict[tuple, list[str]] = {}
    for row in rows:
        name = tuple(cell for cell, number in zip(row, numeric, strict=False) if not number)
        place = 0
        while (name, place) in found:
            place += 1
        found[name, place] = row
    return found


def change(was: str, now: str) -> float:
    """Return how large the change of a number is, as a share of the larger; 0 for words."""
    first, last = number(was), number(now)
    if first is None or last is None:
        return 0.0
    return abs(last - first) / (max(abs(first), abs(last)) or 1.0)
