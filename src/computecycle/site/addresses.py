"""Where things stand on the site: chapters, numbers, sources, rows of tables by their key.

An address is relative to the site's folder; `up` is the way there from a page. A row's anchor is
made of its key, so it stays when rows are added above it.
"""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from computecycle.citing import bibliography
from computecycle.evidence import data, keys
from computecycle.evidence.data import Package
from computecycle.evidence.keys import slug
from computecycle.site import inputs
from computecycle.site.fonts import HAN
from computecycle.site.fresh import of_tables

CHAPTERS = "book/chapters"
PLACE_LETTERS = 48
ELEMENTS = 3400  # of a page's rows; a page of any kind may hold 4,000
LETTERS = 320  # Chinese ones of a page's rows, which come with it where the machine has none
ENTRIES = 150  # of a part of the list of sources, which ends with the last of an author
IN_PLACE = ["source", "locator", "known_from", "confidence", "second_value", "second_locator"]


@dataclass(frozen=True)
class Row:
    """A row of a table: its line on the page, its place, its anchor, the part that holds it.

    line : counted from 2, as in the file where all its rows are shown. place : `file:line`.
    """

    line: int
    place: str
    anchor: str
    part: int
    name: str
    cells: dict[str, str]


@cache
def chapter_numbers(toc: Path, changed: int) -> dict[str, int]:
    """Return the numbers of the chapters that the table of contents numbers, by their page."""
    parts = yaml.safe_load(toc.read_text(encoding="utf-8")).get("parts", [])
    numbered = [entry["file"] for part in parts if "numbered" in part for entry in part["chapters"]]
    return {page: number for number, page in enumerate(numbered, start=1)}


def rows(name: str) -> list[Row]:
    """Return the rows of a table that the site shows in their order."""
    path = data.FOLDER / data.resource(name)["path"]
    return _rows(name, inputs.package(), path.stat().st_mtime_ns)


@cache
def _rows(name: str, package: Package, changed: int) -> list[Row]:
    places, texts = zip(*package.texts(name), strict=True) if package.texts(name) else ((), ())
    found, part, elements, letters = [], 1, 0, set()
    for place, row in zip(places, keys.anchored(name, texts), strict=True):
        own = {*HAN.findall(" ".join(row.cells.values()))}
        elements, letters = elements + weight(row.cells), letters | own
        if elements > ELEMENTS or len(letters) > LETTERS:
            part, elements, letters = part + 1, weight(row.cells), own
        found.append(Row(row.line, place, row.anchor, part, shortened(row.name), row.cells))
    return found


@cache
def _by_place(name: str, package: Package, changed: int) -> dict[str, Row]:
    return {row.place: row for row in _rows(name, package, changed)}


def weight(cells: dict[str, str]) -> int:
    """Return how many elements a row has on its page, at most."""
    return 2 + len(shown(list(cells))) + 5


def shown(columns: list[str]) -> list[str]:
    """Return the columns that have a cell of their own; the place of a row has one together."""
    return [column for column in columns if column not in IN_PLACE]


def page_of(name: str, part: int) -> str:
    """Return the page of a part of a table."""
    return f"tables/{name}" if part == 1 else f"tables/{name}-{part}"


@of_tables
def row(name: str, place: str) -> tuple[str, str]:
    """Return the address of a row by its place (`file:line`) and its name.

    A row that the site does not show, as a rerun's date hides it, is told as its line of the table.
    """
    path = data.FOLDER / data.resource(name)["path"]
    found = _by_place(name, inputs.package(), path.stat().st_mtime_ns).get(place)
    if found is None:
        return f"{page_of(name, 1)}.html", f"line {place.rpartition(':')[2]}, published later"
    return f"{page_of(name, found.part)}.html#{found.anchor}", found.name


def spans(name: str, places: list[str]) -> list[tuple[str, str, int]]:
    """Return the runs of rows that some places make, in the order of the table: of each the address
    of its first row, the numbers of its first and last, as the table's page counts them, and how
    many it has.

    Rows that the site does not show come last, in one run without numbers.
    """
    path = data.FOLDER / data.resource(name)["path"]
    known = _by_place(name, inputs.package(), path.stat().st_mtime_ns)
    found = sorted((known[place] for place in places if place in known), key=lambda row: row.line)
    runs = []
    for row in found:
        if runs and row.line == runs[-1][-1].line + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    told = [span(name, run) for run in runs]
    later = len(places) - len(found)
    return told + [(f"{page_of(name, 1)}.html", f"{later} published later", later)] * bool(later)


def span(name: str, run: list[Row]) -> tuple[str, str, int]:
    """Return of a run of rows what `spans` does."""
    numbers = dict.fromkeys(str(row.line - 1) for row in (run[0], run[-1]))
    return f"{page_of(name, run[0].part)}.html#{run[0].anchor}", "–".join(numbers), len(run)


def up(page: str) -> str:
    """Return the way from a page to the site's folder."""
    return "../" * page.count("/")


def chapter_page(chapter: str, anchor: str = "") -> str:
    """Return the address of a chapter, or of an anchor on its page."""
    return f"{CHAPTERS}/{chapter}.html{'#' * bool(anchor)}{anchor}"


def numbers_page(chapter: str) -> str:
    """Return the address of a chapter's page of numbers."""
    return f"{CHAPTERS}/{chapter}/numbers.html"


def source(key: str) -> str:
    """Return the address of a source in the list of sources."""
    parts = enumerate(sources(), start=1)
    part = next((part for part, own in parts if key in own), 1)
    return f"{sources_page(part)}.html#{source_anchor(key)}"


def sources_page(part: int) -> str:
    """Return the page of a part of the list of sources."""
    return "book/sources" if part == 1 else f"book/sources-{part}"


def sources() -> list[dict[str, dict]]:
    """Return the parts of the list of sources, by author and date, each source a record by its
    key."""
    folder = inputs.package().folder
    files = [Path(each, "sources.bib") for each in (data.FOLDER, folder) if each]
    return _sources(folder, *(path.stat().st_mtime_ns for path in files if path.exists()))


@cache
def _sources(folder: str, *changed: int) -> list[dict[str, dict]]:
    ordered = sorted(bibliography.items(folder).values(), key=bibliography.order)
    parts = [{}]
    for _, own in groupby(ordered, key=lambda made: made["author"][0]):
        if len(parts[-1]) >= ENTRIES:
            parts.append({})
        parts[-1] |= {made["id"]: made for made in own}
    return parts


def source_anchor(key: str) -> str:
    """Return the anchor of a source in the list of sources."""
    return f"source-{slug(key).lower()}"


def shortened(locator: str) -> str:
    """Return a place or a row's name in few words: the host of an address, the beginning of a long
    description."""
    if locator.startswith(("https://", "http://")):
        return urlsplit(locator).netloc
    return locator if len(locator) <= PLACE_LETTERS else f"{locator[:PLACE_LETTERS].rstrip()}…"
