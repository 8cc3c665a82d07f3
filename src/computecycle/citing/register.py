"""The register: every id that an edition published, and where one that is gone has moved to.

`editions/register.csv`: kind, id, the edition that published it first, and `forwards_to`, which the
author writes where the id is no longer produced: `kind/id` of what took its place. Rows of tables
are kept by the editions themselves; one that goes gets a line of kind `row`.
"""

import csv
import io
from pathlib import Path

from computecycle.evidence import data, keys
from computecycle.evidence.errors import InputError
from computecycle.runs import chapters

FILE = "editions/register.csv"
COLUMNS = ["kind", "id", "edition", "forwards_to"]
KINDS = ("chapter", "value", "claim", "figure", "table", "row", "ledger", "heading")
LEDGER = "source_claims"
NAMED = 5


def known(root: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Return the lines of the register by kind and id; InputError for one that is malformed."""
    path = root / FILE
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    for line, each in enumerate(lines, start=2):
        if list(each) != COLUMNS or None in each.values() or each["kind"] not in KINDS:
            raise InputError(
                f"{FILE}, line {line} is none of the register; write {', '.join(COLUMNS)}, "
                f"the kind being one of {', '.join(KINDS)}."
            )
    return {(each["kind"], each["id"]): each for each in lines}


def produced(results: list[dict], headings: list[str]) -> set[tuple[str, str]]:
    """Return every id that the report produces now, with its kind.

    results : of all chapters. headings : those of the built pages, `book/reading#a-number`.
    """
    found = {("chapter", run["chapter"]) for run in results}
    found |= {("figure", each["id"]) for run in results for each in run["figures"]}
    for kind in ("value", "claim"):
        found |= {(kind, f"{r['chapter']}.{each['id']}") for r in results for each in r[f"{kind}s"]}
    names = [entry["name"] for entry in data.descriptor()["resources"]]
    found |= {("table", name) for name in names}
    found |= {("row", f"{name}#{row.anchor}") for name in names for row in keys.rows(name)}
    if LEDGER in names:
        found |= {("ledger", row.cells["id"]) for row in keys.rows(LEDGER)}
    return found | {("heading", each) for each in headings}


def target(lines: dict, key: tuple[str, str], now: set) -> tuple[str, str] | None:
    """Return what stands now for an id that was published: itself, or the end of its forwarding;
    None where that leads nowhere."""
    seen = set()
    while key not in now:
        kind, slash, id = lines.get(key, {}).get("forwards_to", "").partition("/")
        if not slash or key in seen:
            return None
        seen.add(key)
        key = (kind, id)
    return key


def lost(lines: dict, rows: set[tuple[str, str]], now: set) -> list[str]:
    """Return a sentence for each id that was published and is neither produced nor forwarded.

    rows : the rows of tables that editions published, of kind `row`.
    """
    return [
        f'The {kind} "{id}" was published and is gone; give it back its id, or write in {FILE} '
        "what it forwards to (kind/id)."
        for kind, id in sorted({*lines, *rows})
        if target(lines, (kind, id), now) is None
    ]


def forwarded(lines: dict, now: set) -> dict[tuple[str, str], tuple[str, str]]:
    """Return, for each published id that is gone, what stands for it now."""
    gone = [key for key in lines if key not in now]
    return {key: at for key in gone if (at := target(lines, key, now)) is not None}


def extended(lines: dict, now: set, edition: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return the register with what an edition publishes for the first time, rows apart."""
    fresh = {
        key: dict(zip(COLUMNS, (*key, edition, ""), strict=True))
        for key in now
        if key[0] != "row" and key not in lines
    }
    return lines | fresh


def write(root: Path, lines: dict) -> None:
    """Put the register in place in one step, in the order of its kinds and ids."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    order = sorted(lines, key=lambda key: (KINDS.index(key[0]), key[1]))
    writer.writerows(lines[key] for key in order)
    chapters.write(root / FILE, text.getvalue().encode())
