"""Which tables a site shows: those of the published edition, or those that a rerun was made of.

A rerun keeps in `_build/run.json` what it was made of: `as_of` (ISO date or empty), `data_dir`
(folder of a reader's tables below the site's own, or empty), `parameters` (by chapter, what was
set), `chapters` (those that ran), `id` (of the study). Every page and file reads tables and sources
through `package`.
"""

from pathlib import Path

from computecycle.evidence import data, overlaid
from computecycle.evidence.data import Package, laid_over
from computecycle.evidence.days import in_words
from computecycle.runs import studies

SHOWN = 2  # rows of a reader that a card tells of
_read: dict[str, object] = {}  # one process makes one site


def record(root: str | Path) -> dict:
    """Return what a rerun was made of; empty for the published edition."""
    return studies.record(Path(root))


def read(root: str | Path) -> None:
    """Take the tables that the site of a folder shows; before any of its pages is made."""
    run = record(root)
    folder = str(Path(root, run["data_dir"])) if run.get("data_dir") else ""
    package = Package(run.get("as_of", ""), folder)
    laid_over(folder)
    laid = overlaid.changes(folder, package.as_of) if folder else []
    overlay = {f"overlay/{data.resource(each.table)['path']}:{each.line}": each for each in laid}
    _read.update(folder=Path(root), package=package, chapters=run.get("chapters"), overlay=overlay)


def folder() -> Path:
    """Return the folder that the site is made of."""
    return _read["folder"]


def package() -> Package:
    """Return the tables and sources that the site shows."""
    return _read.get("package", Package())


def set_here(records: list[dict]) -> list[str]:
    """Return what a reader's rows among some records set, and what was published, the first few."""
    laid = _read.get("overlay", {})
    places = dict.fromkeys(place for each in records for place in each["rows"] if place in laid)
    told = [laid[place].told() for place in places]
    more = [f"and {len(told) - SHOWN} more rows of the reader's"] if len(told) > SHOWN else []
    return told[:SHOWN] + more


def kept(chapter: str) -> bool:
    """Return whether a chapter stands as it was published where all were to be run as of a day."""
    ran = _read.get("chapters")
    return bool(package().as_of) and ran is not None and chapter not in ran


def told(run: dict) -> str:
    """Return in words what a rerun was made of: its day, the reader's tables, what was set."""
    parts = [f"As of {in_words(run['as_of'])}"] if run.get("as_of") else []
    parts += ["With a reader's own rows"] if run.get("data_dir") else []
    for chapter, given in sorted(run.get("parameters", {}).items()):
        set_here = {name: given[name] for name in given if name not in ("as_of", "data_dir")}
        words = ", ".join(f"{name} = {studies.written(each)}" for name, each in set_here.items())
        parts += [f"Chapter {chapter} with {words}"] if words else []
    return "; ".join(parts) or "Nothing was set"


def setup(app):
    """Register the reading, before all that reads tables."""
    app.connect("builder-inited", lambda app: read(app.srcdir), priority=100)
