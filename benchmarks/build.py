"""How long the report's own build takes: cold, and when little has changed; by stage; against the
same notebooks in Jupyter Book 1 as it comes and in nbconvert, which run them one after another."""

import csv
import hashlib
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import stock
from checkout import COMMAND, copy, run
from tables import Table, say

TITLE = "Build"
STAGE = re.compile(r"^ +([\d.]+) +([\d.]+)  (.+)$", re.MULTILINE)
CELL = ("driverless_rides", "note")  # a table that one chapter loads, a column of words
FUNCTION = "quantities/ev_compute/rides.py"
WORDS = """A build begins in an empty folder, or where the one before has ended. Jupyter Book as
it comes has its own theme and no pages of figures, numbers, tables, sources or rows; nbconvert
makes a page of each notebook and nothing more. Pages that differ are those whose bytes a build
changed."""


def change_a_cell(root: Path) -> None:
    """Write a word more into the first cell of a column."""
    name, column = CELL
    path = root / f"data/{name}.csv"
    header, first, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    first[header.index(column)] += " once more"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, first, *rows])


def change_a_function(root: Path) -> None:
    """Write a statement that does nothing into the first function of a file."""
    path = root / "src/computecycle" / FUNCTION
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    return ", "    _ = None\n    return ", 1), encoding="utf-8")


def pages(root: Path) -> dict[str, str]:
    """Return the hashes of all pages of a built site, by path."""
    site = (root / "_build/html").resolve()
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items()}


def built(root: Path, words: list[str]) -> tuple[list, str]:
    """Build; return a row of the table behind its name, and what the build said."""
    before = pages(root)
    took, told = run([*COMMAND, "book", *words], root)
    after = pages(root)
    differ = sum(before.get(name) != each for name, each in after.items())
    return [took, told.count("\n  chapter "), differ], told


def chapters(root: Path) -> list[str]:
    """Return the names of the chapters."""
    return sorted(path.stem for path in (root / "notebooks").glob("*.ipynb"))


def measure() -> Iterator[Table]:
    """Yield the builds with their ratios to the cold one, and its stages."""
    with tempfile.TemporaryDirectory() as name:
        root, rows = copy(Path(name, "ours")), []
        say("cold build")
        cold, told = built(root, ["--timings"])
        rows.append(["all chapters and pages, cold", *cold])
        for what, change in [
            ("nothing changed", lambda _: None),
            ("one cell of one table changed", change_a_cell),
            ("one function of one chapter changed", change_a_function),
        ]:
            say(what)
            change(root)
            rows.append([what, *built(root, [])[0]])
        say("Jupyter Book 1 as it comes")
        took, site = stock.book(Path(name, "stock"), chapters(root))
        made = len(list(site.rglob("*.html")))
        rows.append(
            ["the same notebooks, Jupyter Book 1 as it comes", took, len(chapters(root)), made]
        )
        say("nbconvert")
        took, made = stock.converted(Path(name, "converted")), len(chapters(root))
        rows.append(["the same notebooks, nbconvert in sequence", took, made, made])
    table = [[what, took, took / cold[0], *counts] for what, took, *counts in rows]
    yield Table(WORDS, ["", "seconds", "to cold", "notebooks run", "pages that differ"], table)
    stages = [[what, float(clock), float(used)] for clock, used, what in STAGE.findall(told)]
    head = ["stage of the cold build", "seconds by the clock", "seconds of the processor"]
    yield Table("What the cold build itself says (`computecycle book --timings`):", head, stages)
