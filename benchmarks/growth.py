"""How time grows with the report: chapters, rows of a table, and a table of a million rows.

The small house of the tests stands in for a report: one chapter with a value, a claim and a figure.
"""

import csv
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import nbformat
from checkout import built
from house import FIELDS, furnish, trial_cells
from tables import Table, say

TITLE = "Growth"
TIMES = (1, 4, 16)  # the chapters
ROWS = (20, 200, 2_000)
LONG = (10_000, 100_000, 1_000_000)
PEAK = """
import resource, sys, time
start = time.perf_counter()
{}
took = time.perf_counter() - start
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(took, most / (1e6 if sys.platform == "linux" else 1e9))
"""
LOAD = "from computecycle.evidence import data; assert len(data.load('prices')) == {}"
CHECK = "from computecycle.evidence import checks; assert checks.check() == []"


def cells(name: str) -> list:
    """Return the cells of the trial chapter under another name, with ids of its own."""
    found = []
    for cell in trial_cells():
        source = re.sub(r'"trial(-prices)?"', rf'"{name}\1"', cell.source)
        found.append(nbformat.from_dict({**cell, "source": source}))
    return found


def prices(path: Path, count: int) -> None:
    """Write a table of so many rows, each with a key of its own."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        place = ["maker2020", "p. 1", "2020-01-01", "printed", ""]
        writer.writerows([f"item {at}", 10 + at / 1000, *place] for at in range(count))


def by_chapters(folder: Path) -> Iterator[list]:
    """Yield how long a build takes with more and more chapters."""
    for count in TIMES:
        say(f"{count} chapters")
        house = furnish(folder / f"{count} chapters")
        names = ["trial", *(f"trial{at}" for at in range(1, count))]
        for name in names[1:]:
            house.write_chapter(cells(name), name)
        toc = house.root / "_toc.yml"
        lines = "".join(f"  - file: book/chapters/{name}\n" for name in names)
        toc.write_text(toc.read_text().replace("  - file: book/chapters/trial\n", lines))
        yield [count, built(house)]


def by_rows(folder: Path) -> Iterator[list]:
    """Yield how long a build takes with more and more rows, all drawn and all on pages."""
    for count in ROWS:
        say(f"{count:,} rows")
        house = furnish(folder / f"{count} rows")
        prices(house.root / "data/prices.csv", count)
        yield [count, built(house)]


def long_tables(folder: Path) -> Iterator[list]:
    """Yield how long tables take to load and to check, and the most memory of each, in GB."""
    house = furnish(folder / "long")
    for count in LONG:
        say(f"a table of {count:,} rows")
        prices(house.root / "data/prices.csv", count)
        megabytes = (house.root / "data/prices.csv").stat().st_size / 1e6
        row = [count, megabytes]
        for code in (LOAD.format(count), CHECK):
            outcome = house.python(PEAK.format(code))
            if outcome.returncode:
                raise RuntimeError(outcome.stderr)
            row += map(float, outcome.stdout.split())
        yield row


def grown(rows: list[list]) -> list[list]:
    """Return rows of (size, seconds) with both as multiples of the first row's."""
    (size, took), *_ = rows
    return [[each, seconds, each // size, seconds / took] for each, seconds in rows]


def measure() -> Iterator[Table]:
    """Yield seconds by chapters, by rows, and of long tables."""
    head = ["seconds, cold", "times as many", "times as long"]
    with tempfile.TemporaryDirectory() as name:
        words = "A small report of one chapter, one value, one claim, one figure; then of more:"
        yield Table(words, ["chapters", *head], grown(list(by_chapters(Path(name)))))
        words = "The same with one chapter and more rows, all of them drawn and on pages:"
        yield Table(words, ["rows", *head], grown(list(by_rows(Path(name)))))
        head = ["rows", "MB", "load, s", "memory, GB", "check, s", "memory, GB"]
        words = "A table alone, of seven columns: how long it loads, and is checked cell by cell:"
        yield Table(words, head, list(long_tables(Path(name))))


if __name__ == "__main__":
    for table in measure():
        print(table.markdown())
