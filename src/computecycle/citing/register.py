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
OWNERS = {"value": ("chapter", "."), "claim": ("chapter", "."), "row": ("table", "#")}
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


def moved(lines: dict, key: tuple[str, str]) -> tuple[str, str]:
    """Return where a published id leads now, at the end of its forwarding; itself where it stays.

    What belongs to a chapter or a table that moved, and says nothing of its own, moved with it.
    """
    seen = set()
    while key not in seen:
        seen.add(key)
        kind, slash, id = lines.get(key, {}).get("forwards_to", "").partition("/")
        owner, mark = OWNERS.get(key[0], ("", "."))
        whole, _, part = key[1].partition(mark)
        if slash:
            key = (kind, id)
        elif owner and (home := lines.get((owner, whole), {}).get("forwards_to", "")):
            key = (key[0], f"{home.partition('/')[2]}{mark}{part}")
    return key


def lost(lines: dict, rows: set[tuple[str, str]], now: set) -> list[str]:
    """Return a sentence for each id that was published and leads nowhere, and for each that is
    forwarded though the report has it.

    rows : the rows of tables that editions published, of kind `row`. now : what is produced.
    """
    gone = [
        f'The {kind} "{id}" was published and is gone; give it back its id, or write in {FILE} '
        "what it forwards to (kind/id)."
        for kind, id in sorted({*lines, *rows})
        if moved(lines, (kind, id)) not in now
    ]
    return gone + [
        f'{FILE} forwards the {kind} "{id}", which the report still has; take that out.'
        for (kind, id), line in lines.items()
        if line["forwards_to"] and (kind, id) in now
    ]


def forwarded(lines: dict) -> dict[tuple[str, str], tuple[str, str]]:
    """Return each published id that is forwarded, with where it leads."""
    return {key: end for key in lines if (end := moved(lines, key)) != key}


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
