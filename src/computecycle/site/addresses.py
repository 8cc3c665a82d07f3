"""Where things stand on the site: chapters, numbers, sources, rows of tables by their key.

An address is relative to the site's folder; `up` is the way there from a page. A row's anchor is
made of its key, so it stays when rows are added above it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from computecycle.evidence import data, keys
from computecycle.evidence.keys import slug

CHAPTERS = "book/chapters"
PLACE_LETTERS = 48
ELEMENTS = 3400  # of a page's rows; a page of any kind may hold 4,000
IN_PLACE = ["source", "locator", "known_from", "confidence", "second_value", "second_locator"]
NAME_LETTERS = 48


@dataclass(frozen=True)
class Row:
    """A row of a table's file: its line, its anchor, the part of the page that holds it."""

    line: int
    anchor: str
    part: int
    name: str
    cells: dict[str, str]


def rows(name: str) -> list[Row]:
    """Return the rows of a table's file in their order."""
    path = data.FOLDER / data.resource(name)["path"]
    return _rows(name, path, path.stat().st_mtime_ns)


@cache
def _rows(name: str, path: Path, changed: int) -> list[Row]:
    found, part, elements = [], 1, 0
    for row in keys.rows(name):
        elements += weight(row.cells)
        if elements > ELEMENTS:
            part, elements = part + 1, weight(row.cells)
        found.append(Row(row.line, row.anchor, part, row.name[:NAME_LETTERS], row.cells))
    return found


def weight(cells: dict[str, str]) -> int:
    """Return how many elements a row has on its page, at most."""
    return 2 + len(shown(list(cells))) + 5


def shown(columns: list[str]) -> list[str]:
    """Return the columns that have a cell of their own; the place of a row has one together."""
    return [column for column in columns if column not in IN_PLACE]


def page_of(name: str, part: int) -> str:
    """Return the page of a part of a table."""
    return f"tables/{name}" if part == 1 else f"tables/{name}-{part}"


def row(name: str, line: int) -> tuple[str, str]:
    """Return the address of a row by its line, relative to the site's folder, and its name."""
    found = rows(name)[line - 2]
    return f"{page_of(name, found.part)}.html#{found.anchor}", found.name


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
    return f"book/sources.html#{source_anchor(key)}"


def source_anchor(key: str) -> str:
    """Return the anchor of a source in the list of sources."""
    return f"source-{slug(key).lower()}"


def shortened(locator: str) -> str:
    """Return a place in few words: the host of an address, the beginning of a long description."""
    if locator.startswith(("https://", "http://")):
        return urlsplit(locator).netloc
    return locator if len(locator) <= PLACE_LETTERS else f"{locator[:PLACE_LETTERS].rstrip()}…"
