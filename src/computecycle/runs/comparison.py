"""Two states of the report beside each other: results in, tables of what differs out.

A state is the results of its chapters by name, as `_build/results/<chapter>.json` holds them.
"""

import math

from computecycle.evidence.place import OVERLAID

SPOKEN = {True: "holds", False: "no longer holds", None: "cannot be told"}
LOST = "is not there"
CHANGED, UNTOLD, TOLD = "changed", "untold", "told"  # what became of a claim or a number
NEW, GONE = "new", "gone"
ROWS = "the reader's rows"
BEHIND = "the reader's rows, through another number"  # of what rests on none of them itself
DAY = "the day"
UNPRINTED = "less than is printed"
UNMEASURED = ("date", "year")  # of which a part is no part


def between(before: dict[str, dict], after: dict[str, dict]) -> dict[str, list[dict]]:
    """Return what differs: claims that flipped, numbers that moved, parameters, tables, figures.

    Of the chapters that either state has; what one of them lacks stands as "is not there".
    """
    names = sorted({*before, *after})
    pairs = [(name, before.get(name, {}), after.get(name, {})) for name in names]
    found = {"claims": [], "values": [], "parameters": [], "tables": [], "figures": []}
    for name, old, new in pairs:
        found["claims"] += claims(name, of(old, "claims"), of(new, "claims"))
        found["values"] += values(name, old, new)
        found["parameters"] += parameters(name, old, new)
        found["figures"] += titles(name, of(old, "figures"), of(new, "figures"))
    found["tables"] = changed_tables(before, after)
    found["claims"].sort(key=lambda each: (each["after"] == LOST, each["after"] is not False))
    return found


def same(found: dict[str, list[dict]]) -> bool:
    """Return whether two states say the same."""
    return not any(found.values())


def turn(each: dict) -> str:
    """Return what became of a claim or a number: changed from one that is known to another, untold,
    told (again), new or gone."""
    sides = ("before", "after")
    before, after = (
        each[s] if each[s] == LOST else each.get(f"number_{s}", each[s]) for s in sides
    )
    if LOST in (before, after):
        return NEW if before == LOST else GONE
    if None in (before, after):
        return UNTOLD if after is None else TOLD
    return CHANGED


def of(results: dict, kind: str) -> dict[str, dict]:
    """Return the records of one kind by id."""
    return {each["id"]: each for each in results.get(kind, [])}


def either(old: dict, new: dict) -> list[str]:
    """Return the ids of two states, the new ones in their order, then those that are gone."""
    return [*new, *(id for id in old if id not in new)]


def claims(chapter: str, old: dict, new: dict) -> list[dict]:
    """Return the claims whose verdict is another: verdicts, condition, numbers, sentence, and why
    one cannot be told."""
    return [
        {
            "chapter": chapter,
            "id": id,
            "before": old[id]["holds"] if id in old else LOST,
            "after": new[id]["holds"] if id in new else LOST,
            "condition": new.get(id, old.get(id))["condition"],
            "told_before": old[id]["told"] if id in old else "",
            "told": new[id]["told"] if id in new else "",
            "text": new.get(id, old.get(id))["text"],
            "why": new.get(id, {}).get("why", ""),
        }
        for id in either(old, new)
        if id not in old or id not in new or old[id]["holds"] is not new[id]["holds"]
    ]


def values(chapter: str, before: dict, after: dict) -> list[dict]:
    """Return the numbers that are others: as printed, as they are, the change, what moves them.

    before, after : results of the chapter. `printed` is whether a claim prints the number.
    """
    old, new, sentences = of(before, "values"), of(after, "values"), printed(after)
    given = [given_to(results) for results in (before, after) if results]
    wide = {DAY} if len({each.get("as_of", "") for each in given}) > 1 else set()
    if tables(before, after):
        wide |= {ROWS} | ({BEHIND} if any(each.get("data_dir") for each in given) else set())
    return [
        moved(chapter, id, old.get(id), new.get(id))
        | {"printed": id in sentences, "by": causes(old.get(id), new.get(id), wide)}
        for id in either(old, new)
        if differs(old.get(id), new.get(id))
    ]


def printed(results: dict) -> set[str]:
    """Return the ids of the numbers that the claims of a chapter print."""
    return {id for each in results.get("claims", []) for id in each.get("values", {}).values()}


def causes(old: dict | None, new: dict | None, wide: set[str]) -> list[str]:
    """Return what was set otherwise and a number rests on, before or after: parameters, rows of a
    reader's, the day, on which whatever has rows rests and what nothing else moves.

    wide : which of the last two differ for the whole chapter, and `BEHIND` where a reader's rows
    may move what rests on none of them.
    """
    sides = [each or {} for each in (old, new)]
    given = [{each["parameter"]: each["set"] for each in one.get("own", [])} for one in sides]
    names = sorted({*given[0], *given[1]})
    found = [name for name in names if name not in given[0] or name not in given[1]
             or given[0][name] != given[1][name]]  # fmt: skip
    records = [record for one in sides for record in one.get("rows", [])]
    own = [each for each in records if isinstance(each, dict)]  # an edition names tables alone
    laid = any(place.startswith(OVERLAID) for record in own for place in record["rows"])
    found += [ROWS] if laid and ROWS in wide else []
    found += [DAY] if DAY in wide and (records or not found) else []
    return found or [each for each in (BEHIND,) if each in wide]


def differs(old: dict | None, new: dict | None) -> bool:
    """Return whether a value is another one, or there in one state alone."""
    if old is None or new is None:
        return True
    return (old["text"], old["number"]) != (new["text"], new["number"])


def moved(chapter: str, id: str, old: dict | None, new: dict | None) -> dict:
    """Return a value before and after."""
    some, numbers = new or old, [each and each["number"] for each in (old, new)]
    return {
        "chapter": chapter,
        "id": id,
        "name": some["name"],
        "unit": some["unit"],
        "before": old["text"] if old else LOST,
        "after": new["text"] if new else LOST,
        "number_before": numbers[0],
        "number_after": numbers[1],
        "change": told_change(old, new),
    }


def told_change(old: dict | None, new: dict | None) -> str:
    """Return the change of a value in words; of one that is printed as before, that it is small."""
    if old is None or new is None:
        return ""
    if old["text"] == new["text"]:
        return UNPRINTED
    return change(old["number"], new["number"], new["unit"], new["text"])


def change(old: float | None, new: float | None, unit: str, text: str = "") -> str:
    """Return a change in words: in percent, of percents in points, of days nothing.

    text : the number as printed; a fraction may be printed as percents.
    """
    if old is None or new is None or unit in UNMEASURED:
        return ""
    if unit.startswith(("percent", "%")):
        return signed(new - old, "points")
    if "%" in text:
        return signed(100 * (new - old), "points")
    if old == 0 or (old < 0) != (new < 0):
        return signed(new - old, "")
    return signed(100 * (new / old - 1) * (-1 if old < 0 else 1), "%")


def signed(number: float, unit: str) -> str:
    """Return a number with its sign, three digits of it, and its unit."""
    if number == 0:
        return ""
    sign = "+" if number > 0 else "\N{MINUS SIGN}"
    digits = f"{abs(number):,.0f}" if abs(number) >= 100 else f"{abs(number):.3g}"
    return f"{sign}{digits}{' ' * (unit == 'points')}{unit}"


def size(old: float | None, new: float | None) -> float:
    """Return how far a number moved, for the order of a list: 1 is doubled, unknown comes first."""
    if old is None or new is None:
        return math.inf
    return abs(new - old) / max(abs(old), abs(new), 1e-12)


def parameters(chapter: str, old: dict, new: dict) -> list[dict]:
    """Return the parameters of a chapter that were set otherwise."""
    given = [given_to(results) for results in (old, new)]
    return [
        {"chapter": chapter, "name": name, "before": given[0].get(name), "after": given[1][name]}
        for name in given[1]
        if given[0] and given[0].get(name) != given[1][name]
    ]


def given_to(results: dict) -> dict[str, object]:
    """Return the parameters of results by name; an edition keeps no more of them than that."""
    given = results.get("parameters", {})
    return given if isinstance(given, dict) else {each["name"]: each["value"] for each in given}


def changed_tables(before: dict[str, dict], after: dict[str, dict]) -> list[dict]:
    """Return the tables whose rows or description are others, with the chapters that load them."""
    found = {}
    for name in sorted({*before, *after}):
        for table in tables(before.get(name, {}), after.get(name, {})):
            found.setdefault(table, []).append(name)
    return [{"table": table, "chapters": names} for table, names in sorted(found.items())]


def tables(before: dict, after: dict) -> list[str]:
    """Return the tables that are others for a chapter, of whose results both are there."""
    old, new = (results.get("inputs", {}).get("tables", {}) for results in (before, after))
    both = sorted({*old, *new} if old and new else ())
    return [table for table in both if old.get(table) != new.get(table)]


def titles(chapter: str, old: dict, new: dict) -> list[dict]:
    """Return the figures whose title is another, or which one state lacks."""
    return [
        {
            "chapter": chapter,
            "id": id,
            "before": old[id]["title"] if id in old else LOST,
            "after": new[id]["title"] if id in new else LOST,
        }
        for id in either(old, new)
        if id not in old or id not in new or old[id]["title"] != new[id]["title"]
    ]


def largest(moves: list[dict]) -> list[dict]:
    """Return numbers that moved: those that sentences print first, of these what moved most."""

    def rank(each: dict) -> tuple[bool, float]:
        return not each["printed"], -size(each["number_before"], each["number_after"])

    return sorted(moves, key=rank)


def by_cause(moves: list[dict]) -> dict[tuple[str, ...], list[dict]]:
    """Return numbers that moved by what was set and moves them, what rests on one thing alone
    first; in each group as `largest` has them."""
    groups = {}
    for each in largest(moves):
        groups.setdefault(tuple(each["by"]), []).append(each)
    return dict(sorted(groups.items(), key=lambda item: (not item[0], len(item[0]))))
