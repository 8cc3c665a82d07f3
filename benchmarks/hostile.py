"""Hostile inputs of each kind, many of them: none may end in a traceback, start a program or write
outside its folder. The kinds are those of the tests (`tests/fuzzing.py`).

    .venv/bin/python benchmarks/hostile.py 20000    # so many of each kind
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import fuzzing
from tables import Table, say

from computecycle.evidence import data

TITLE = "Hostile input"
EACH = 1_000
WORDS = """Inputs drawn by Hypothesis, most of them sound ones with parts replaced by what is
known to do harm. Each is taken or refused in a sentence; one that ends otherwise, starts a
program, asks another machine or writes outside its folder would end the run."""


def fed(name: str, count: int) -> list:
    """Feed inputs of a kind to a small report of its own; return a row of the table."""
    say(f"{count:,} {name}")
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        data.FOLDER = root / "data"
        fuzzing.furnish(root)
        row = [name, *fuzzing.feed(fuzzing.KINDS[name], root, count)]
    return [*row, time.perf_counter() - start]


def measure(count: int = EACH) -> Iterator[Table]:
    """Yield how many inputs of each kind were tried and refused, and how long the slowest took."""
    folder, rows = data.FOLDER, [fed(name, count) for name in fuzzing.KINDS]
    data.FOLDER = folder
    rows.append(
        [
            "all",
            *(sum(row[at] for row in rows) for at in (1, 2)),
            float("nan"),
            sum(row[4] for row in rows),
        ]
    )
    yield Table(WORDS, ["kind", "tried", "refused", "slowest, s", "together, s"], rows)


if __name__ == "__main__":
    for table in measure(*map(int, sys.argv[1:2])):
        print(table.markdown())
