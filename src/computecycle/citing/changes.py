"""What differs between two editions, and why: revisions of data apart from corrections of ours.

A number or sentence that differs rests on other rows than before (a revision, whose reason stands
in the rows), or says on the same rows something else: then the mistake was ours, and the ledger of
corrections must tell it. What is new and what was withdrawn is listed too.
"""

import math
from collections.abc import Callable, Iterable

from computecycle.citing import summaries
from computecycle.evidence import data, keys
from computecycle.evidence.errors import InputError

KINDS = ("value", "claim", "figure")
TOLD = {
    "value": ("text", "unit"),
    "claim": ("text", "condition", "holds"),
    "figure": ("data_hash",),
}
VERDICT = {True: "holds", False: "does not hold", None: "cannot be told"}
FEW = 3  # rows named in a reason
NAMED = 5  # things named in an error
CLOSE = 1e-9  # numbers nearer than this, relatively, differ by the machine alone


def items(edition: dict) -> dict[tuple[str, str], dict]:
    """Return everything that an edition said, by kind and id (`capex_gap.need-stock`; a figure's id
    is the report's own)."""
    return {
        (kind, each["id"] if kind == "figure" else f"{name}.{each['id']}"): each | {"chapter": name}
        for name, known in edition["results"].items()
        for kind in KINDS
        for each in known[f"{kind}s"]
    }


def differ(kind: str, old: dict, new: dict) -> bool:
    """Return whether two editions say something otherwise."""
    if any(old[name] != new[name] for name in TOLD[kind]):
        return True
    if kind != "value" or None in (old["number"], new["number"]):
        return kind == "value" and old["number"] != new["number"]
    return not math.isclose(old["number"], new["number"], rel_tol=CLOSE)


def words(kind: str, said: dict | None) -> str:
    """Return what an edition said, in words; empty where it said nothing."""
    if said is None:
        return ""
    if kind == "claim":
        return f"{said['text']} ({VERDICT[said['holds']]})"
    return said["text"] if kind == "value" else said["title"]


def between(before: dict, now: dict, places: dict, corrected: dict[str, str]) -> list[dict]:
    """Return what differs: kind, id, chapter, what, before, after, reason; in the order of now.

    before, now : editions as `editions.load` gives them. places : by kind and id, the rows that
    each thing rests on now (`summaries.rows_of`). corrected : by id or chapter, the reasons of the
    corrections of `before`.
    InputError where something of ours changed and no correction tells why.
    """
    then, since = items(before), items(now)
    found = []
    for key in [*since, *(key for key in then if key not in since)]:
        old, new = then.get(key), since.get(key)
        if old and new and not differ(key[0], old, new):
            continue
        what, reason = told(key, old, new, corrected, lambda: rows_told(before, places, key))  # noqa: B023
        found.append(
            {
                "kind": key[0],
                "id": key[1],
                "chapter": (new or old)["chapter"],
                "what": what,
                "before": words(key[0], old),
                "after": words(key[0], new),
                "reason": reason,
            }
        )
    untold = [each for each in found if not each["what"]]
    if untold:
        raise InputError(unexplained(untold))
    return found


def told(key, old, new, corrected: dict[str, str], rows: Callable[[], str]) -> tuple[str, str]:
    """Return what kind of a change it is, and its reason; empty where nobody gave one."""
    kind, id = key
    if not old or not new:
        return ("withdrawn", corrected.get(id, "")) if old else ("new", "")
    same = old["rows_hash"] == new["rows_hash"]
    if id in corrected:
        return "correction", corrected[id]
    if not same:
        return "revision", rows()
    if kind == "figure":
        return "redrawn", "drawn otherwise from the same rows"
    return ("correction", corrected[new["chapter"]]) if new["chapter"] in corrected else ("", "")


def rows_told(before: dict, places: dict, key: tuple[str, str]) -> str:
    """Return the rows that a revision comes from, with their notes."""
    fresh = [
        (table, anchor)
        for table, anchor, hash in sorted(places[key])
        if before["rows"].get(table, {}).get(anchor) != hash
    ]
    if not fresh:
        return "rows that it rested on are superseded or gone"
    named = "; ".join(row_told(table, anchor) for table, anchor in fresh[:FEW])
    return named + (f"; and {len(fresh) - FEW} more rows" if len(fresh) > FEW else "")


def row_told(table: str, anchor: str) -> str:
    """Return a row in words: its table and key, its source and day, its note."""
    row = next(each for each in keys.rows(table) if each.anchor == anchor)
    source = row.cells.get("source", "")
    short = data.sources().get(source, {}).get("short", source)
    note = f": {row.cells['note']}" if row.cells.get("note") else ""
    known_from = row.cells.get("known_from", "")
    return f"{table.replace('_', ' ')}, {row.name} ({short}, known from {known_from}){note}"


def unexplained(untold: list[dict]) -> str:
    """Return what an author must do about changes of ours that no correction tells."""
    named = "; ".join(
        f'{each["kind"]} {each["id"]}, "{each["before"]}" then and "{each["after"]}" now'
        for each in untold[:NAMED]
    )
    more = f"; and {len(untold) - NAMED} more" if len(untold) > NAMED else ""
    return (
        f"On the same rows this edition says otherwise than the one before: {named}{more}. "
        "Write a line for each, or for its chapter, in editions/corrections.csv."
    )


def places(known: Iterable[dict]) -> dict[tuple[str, str], set]:
    """Return the rows that each value, claim and figure of some results rests on."""
    found = {}
    for run in known:
        name = run["chapter"]
        for each in run["values"]:
            found["value", f"{name}.{each['id']}"] = summaries.rows_of(each["rows"])
        for each in run["claims"]:
            behind = summaries.behind(run, each)
            found["claim", f"{name}.{each['id']}"] = summaries.rows_of(behind)
        for each in run["figures"]:
            found["figure", each["id"]] = summaries.rows_of(each["rows"])
    return found
