"""What a reader's tables would change, before anything runs: rows, what rests on their tables."""

import tempfile
from collections import Counter
from pathlib import Path

from computecycle.evidence import overlaid
from computecycle.evidence.received import Received
from computecycle.notebook.reach import listed
from computecycle.runs import states

SHOWN = 8  # rows of a table, and ids, that are named
KINDS = ("values", "claims", "figures")


def lines(root: Path, tables: Received) -> list[str]:
    """Return what some tables do, in lines: rows added and superseded, what they feed."""
    with tempfile.TemporaryDirectory() as folder:
        tables.write(Path(folder))
        changes = overlaid.changes(folder)
    built, told = states.built(root), []
    for name in dict.fromkeys(change.table for change in changes):
        of_table = [change for change in changes if change.table == name]
        counts = Counter(change.does for change in of_table)
        told.append(f"{name}: {', '.join(f'{count} {does}' for does, count in counts.items())}")
        told += [row(change) for change in of_table[:SHOWN]]
        told += [f"  ... and {len(of_table) - SHOWN} more"] if len(of_table) > SHOWN else []
        used = any(change.does not in overlaid.NOT_USED for change in of_table)
        told += [f"  {line}" for line in fed(built, name)] if used else []
    return told


def row(change: overlaid.Change) -> str:
    """Return what one row does, with the cells that differ."""
    if not change.before:
        return f"  {change.does} {change.key}"
    differing = [
        f"{name} {change.before[name] or '(empty)'} -> {change.cells[name] or '(empty)'}"
        for name in change.differing()
    ]
    return f"  {change.does} {change.key}: {', '.join(differing)}"


def fed(built: dict[str, dict], table: str) -> list[str]:
    """Return what rests on a table, by chapter, as the last build says it."""
    told = []
    for chapter, results in built.items():
        if table not in results["inputs"]["tables"]:
            continue
        resting = {kind: resting_on(table, results, kind) for kind in KINDS}
        parts = [
            f"{len(ids)} {kind[: -1 if len(ids) == 1 else None]}"
            f"{listed(ids, SHOWN) * (kind != 'values')}"  # whose ids are too many to help
            for kind, ids in resting.items()
            if ids
        ]
        told.append(f"feeds {chapter}: {', '.join(parts) or 'read there, no number rests on it'}")
    if not built:
        told.append("what it feeds is known after `make book`")
    return told


def resting_on(table: str, results: dict, kind: str) -> list[str]:
    """Return the ids of one kind that rest on rows of a table."""
    if kind == "claims":
        values = set(resting_on(table, results, "values"))
        return [
            each["id"]
            for each in results["claims"]
            if values & set(each["values"].values())
            or any(row["table"] == table for other in each["others"] for row in other["rows"])
        ]
    return [
        each["id"] for each in results[kind] if any(row["table"] == table for row in each["rows"])
    ]
