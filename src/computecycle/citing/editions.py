"""Editions: what a release published, each a folder that is never changed again.

editions/2026.11/edition.json   the record, where the data end, hashes of tables and environment
                 results/       what each chapter said, a file a chapter
                 earlier/       what each would have said on five earlier days
                 rows.json      the hash of every row of every table
                 changes.json   what differs from the edition before, and why
                 notes.md       the edition in a few words
"""

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from computecycle.citing import changes, corrections, earlier, edition, register, summaries
from computecycle.evidence import data
from computecycle.evidence.errors import InputError
from computecycle.notebook import notebooks
from computecycle.runs import chapters

FOLDER = "editions"
NAME = re.compile(r"\d{4}\.(0[1-9]|1[0-2])(\.[1-9]\d*)?")


def order(name: str) -> tuple[int, ...]:
    """Return by what editions are put in order."""
    return tuple(int(part) for part in name.split("."))


def names(root: Path) -> list[str]:
    """Return the names of the editions that were released, the oldest first."""
    found = [path.parent.name for path in (root / FOLDER).glob("*/edition.json")]
    return sorted((name for name in found if NAME.fullmatch(name)), key=order)


def read(root: Path, name: str, file: str) -> dict | list:
    """Return a file of an edition."""
    return json.loads((root / FOLDER / name / file).read_text(encoding="utf-8"))


def load(root: Path, name: str) -> dict:
    """Return an edition: its record, `results` by chapter, `rows` by table."""
    found = sorted((root / FOLDER / name / "results").glob("*.json"))
    results = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in found}
    return {
        **read(root, name, "edition.json"),
        "results": results,
        "rows": read(root, name, "rows.json"),
    }


def told_earlier(root: Path, chapter: str) -> dict[str, dict]:
    """Return what the newest edition holds of a chapter on earlier days, by day; empty where no
    edition was released or it did not have the chapter."""
    released = names(root)
    path = root / FOLDER / released[-1] / f"earlier/{chapter}.json" if released else None
    return json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}


def may_release(root: Path, name: str) -> dict[str, str]:
    """Return the record of an edition that can be released; InputError where it cannot."""
    record, released = edition.record(root), names(root)
    if not NAME.fullmatch(name):
        raise InputError(f'"{name}" is no name of an edition; write its month as 2026.11.')
    if (root / FOLDER / name).exists():
        raise InputError(f"Edition {name} exists; an edition is never changed. Name the next one.")
    if name != record["edition"]:
        raise InputError(
            f"The record book/edition.json is of edition {record['edition']}; write {name} there, "
            "with its day, or release that one."
        )
    if released and order(name) < order(released[-1]):
        raise InputError(f"Edition {released[-1]} is newer than {name}; name a later one.")
    return record


def release(root: Path, name: str, headings: list[str], say: Callable) -> Path:
    """Write an edition from the results of the chapters, whole and in one step; return its folder.

    headings : of the built pages, for the register. InputError, and nothing written, where it may
    not be released, where an id is gone or where a change of ours is not explained.
    """
    record, lines = may_release(root, name), register.known(root)
    known = [chapters.results(root, each) for each in notebooks.names(root)]
    now = {
        "results": {run["chapter"]: summaries.of_run(root, run) for run in known},
        "rows": summaries.of_rows(),
    }
    produced = register.produced(known, headings)
    gone = register.lost(lines, published_rows(root), produced)
    if gone:
        more = [f"And {len(gone) - register.NAMED} more."] if len(gone) > register.NAMED else []
        raise InputError("\n".join([*gone[: register.NAMED], *more]))
    differences = since_before(root, now, known)
    say(f"Running {len(known)} chapters as of {len(earlier.days())} earlier days")
    told = earlier.runs(root, say)
    files = {
        "edition.json": dated(root, record, now["results"]),
        "rows.json": now["rows"],
        "changes.json": differences,
        **{f"results/{chapter}.json": each for chapter, each in now["results"].items()},
        **{f"earlier/{chapter}.json": each for chapter, each in told.items()},
    }
    contents = {path: chapters.as_json(each) for path, each in files.items()}
    contents["notes.md"] = notes(names(root), now, differences).encode()
    register.write(root, register.extended(lines, produced, name))
    return put(root / FOLDER / name, contents)


def published_rows(root: Path) -> set[tuple[str, str]]:
    """Return the rows of tables that editions published, as the register names rows."""
    return {
        ("row", f"{table}#{anchor}")
        for name in names(root)
        for table, rows in read(root, name, "rows.json").items()
        for anchor in rows
    }


def since_before(root: Path, now: dict, known: list[dict]) -> list[dict]:
    """Return what differs from the newest edition; nothing where there is none."""
    ledger, released = corrections.known(root), names(root)
    if not released:
        corrections.of_edition(ledger, "", set())
        return []
    before = load(root, released[-1])
    published = {id for _, id in changes.items(before)} | set(before["results"])
    reasons = corrections.of_edition(ledger, released[-1], published)
    return changes.between(before, now, changes.places(known), reasons)


def dated(root: Path, record: dict[str, str], results: dict[str, dict]) -> dict:
    """Return the record of an edition with where its data end and what it was made of."""
    entries = [entry["name"] for entry in data.descriptor()["resources"]]
    return {
        **record,
        "data_end": max(data.Package().ends().values()).isoformat(),
        "days": earlier.days(),
        "tables": chapters.table_hashes(entries, ""),
        "sources": chapters.digest((data.FOLDER / "sources.bib").read_bytes()),
        "environment": chapters.digest((root / "requirements.txt").read_bytes()),
        "counts": {
            f"{kind}s": sum(len(run[f"{kind}s"]) for run in results.values())
            for kind in changes.KINDS
        },
    }


def notes(released: list[str], now: dict, differences: list[dict]) -> str:
    """Return the first words on an edition, which its author may add to."""
    counts = Counter(each["what"] for each in differences)
    words = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    if not released:
        return f"The first edition, of {len(now['results'])} chapters.\n"
    return f"Since edition {released[-1]}: {words or 'nothing differs'}.\n"


def put(folder: Path, contents: dict[str, bytes]) -> Path:
    """Write files to a folder that appears whole or not at all; return it."""
    draft = folder.parent / f".{folder.name}"
    shutil.rmtree(draft, ignore_errors=True)
    for path, content in contents.items():
        chapters.write(draft / path, content)
    os.rename(draft, folder)
    return folder
