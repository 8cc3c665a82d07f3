"""The rows of a table by their key: an anchor that stays when rows are added above it.

A row's anchor is made of the cells of its key; its hash, of all that it says, tells whether the row
still says the same.
"""

import csv
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from computecycle.evidence import data

HASH_LETTERS = 12


@dataclass(frozen=True)
class Row:
    """A row of a table's file: its line, its anchor, its name in words, its cells as text."""

    line: int
    anchor: str
    name: str
    cells: dict[str, str]

    @cached_property
    def hash(self) -> str:
        """The beginning of the SHA-256 of what the row says; empty cells and the note say nothing,
        so a new column revises no row that does not fill it."""
        said = {name: cell for name, cell in self.cells.items() if cell and name != "note"}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:HASH_LETTERS]


def slug(words: str) -> str:
    """Return words as an anchor: letters and digits of any script, joined by hyphens."""
    return re.sub(r"[^\w.]+", "-", words).strip("-")


def rows(name: str) -> list[Row]:
    """Return the rows of a table's file in their order; of those with one anchor the later bear a
    number."""
    path = data.FOLDER / data.resource(name)["path"]
    return _rows(name, path, path.stat().st_mtime_ns)


@cache
def _rows(name: str, path: Path, changed: int) -> list[Row]:
    key = data.resource(name)["schema"]["primaryKey"]
    found, anchors = [], {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, cells in enumerate(csv.DictReader(file), start=2):
            anchor = slug("-".join(cells[field] for field in key))
            anchors[anchor] = count = anchors.get(anchor, 0) + 1
            told = " · ".join(cells[field] for field in key if field != "known_from")
            found.append(Row(line, anchor if count == 1 else f"{anchor}-{count}", told, cells))
    return found
