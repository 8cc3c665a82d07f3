"""A comparison in lines of text, for a terminal: short, what matters first."""

from computecycle.notebook.reach import listed
from computecycle.runs import studies
from computecycle.runs.comparison import (
    CHANGED,
    GONE,
    LOST,
    NEW,
    SPOKEN,
    TOLD,
    UNTOLD,
    by_cause,
    turn,
)

OF_ALL = ("as_of", "data_dir")  # told of the whole, not of each chapter
OWN = "the reader's own"  # in why a claim cannot be told
WIDTHS = (44, 22, 22)  # signs of a number's name, before, after
OTHERWISE = {  # what became of claims and numbers that did not flip or move
    UNTOLD: "cannot be told any more",
    TOLD: "can be told now",
    NEW: "new",
    GONE: "gone",
}


def lines(found: dict[str, list[dict]], limit: int = 0, rest: str = "") -> list[str]:
    """Return a comparison as text: claims that flipped first, all of them, then the numbers.

    What cannot be told, is new or gone is counted, in a line for each chapter. limit : how many
    numbers and titles to print; 0 prints all. rest : where the others are, in words.
    """
    flipped, moved = (
        [each for each in found[kind] if turn(each) == CHANGED] for kind in ("claims", "values")
    )
    told = [count(len(flipped), "claim", "flipped")]
    told += [line for each in flipped for line in claim(each)]
    told += otherwise(found["claims"], "claim")
    told += [count(len(moved), "number", "moved"), *numbers(moved, limit, rest)]
    told += otherwise(found["values"], "number")
    told += titles(found["figures"], limit, rest)
    told += [parameter(each) for each in found["parameters"] if each["name"] not in OF_ALL]
    tables = [each["table"] for each in found["tables"]]
    told += [count(len(tables), "table", f"changed{listed(tables)}").rstrip(":.")] if tables else []
    return told


def count(number: int, what: str, did: str) -> str:
    """Return how many there are, in words: "No number moved.", "2 numbers moved:"."""
    if not number:
        return f"No {what} {did}."
    return f"{number} {what}{'s' * (number > 1)} {did}:"


def verdict(holds: object) -> str:
    """Return the verdict of a claim in words."""
    return LOST if holds == LOST else SPOKEN[holds]


def claim(each: dict) -> list[str]:
    """Return a claim that flipped: verdict, sentence, id; its condition with its numbers."""
    return [
        f"  {verdict(each['after'])}: {each['text']}",
        f"    {each['chapter']}.{each['id']}, before: {verdict(each['before'])}; "
        f"tested: {each['told']} ({each['condition']})",
    ]


def otherwise(found: list[dict], what: str) -> list[str]:
    """Return what did not flip or move but cannot be told, is new or gone: counts, by chapter."""
    told = []
    for kind, did in OTHERWISE.items():
        some = [each for each in found if turn(each) == kind]
        chapters = {each["chapter"]: [] for each in some}
        for each in some:
            chapters[each["chapter"]].append(each["id"])
        told += [count(len(some), what, did + reasons(some))] if some else []
        told += [f"  {name}: {len(ids)}{listed(ids)}" for name, ids in chapters.items()]
    return told


def reasons(some: list[dict]) -> str:
    """Return why some claims cannot be told, as the end of a sentence; of all else nothing."""
    untold = [each["why"] for each in some if turn(each) == UNTOLD and "why" in each]
    own = [each for each in untold if OWN in each]
    because = {
        "for want of data": not all(untold),
        "as a number is the reader's own": own,
        "as it rests on what is recalled": len(own) < sum(map(bool, untold)),
    }
    words = " or ".join(each for each, there in because.items() if there)
    return f", {words}" if words else ""


def numbers(moved: list[dict], limit: int, rest: str) -> list[str]:
    """Return numbers that moved, by what was set and moves them, each group with its share of
    `limit`."""
    groups = by_cause(moved)
    most = -(-limit // len(groups)) if limit and groups else len(moved)
    told = []
    for causes, some in groups.items():
        named = f"by {' and '.join(causes)}:" if causes else "by something else:"
        told += [f"  {named}"] if any(groups) else []
        told += [number(each) for each in some[:most]]
    left = sum(max(len(some) - most, 0) for some in groups.values())
    return told + more(left, rest)


def more(left: int, rest: str) -> list[str]:
    """Return how many things are left out and where they are; nothing where none is."""
    return [f"  ... and {left} more{f': {rest}' if rest else ''}"] if left else []


def number(each: dict) -> str:
    """Return a number before and after with its change, in columns."""
    name = f"{each['chapter']}.{each['id']}"
    cells = zip((name, each["before"], each["after"]), WIDTHS, strict=True)
    return (
        "  " + "  ".join([f"{cell:<{width}}" for cell, width in cells] + [each["change"]]).rstrip()
    )


def titles(found: list[dict], limit: int, rest: str) -> list[str]:
    """Return the titles of figures that are others, then which figures are new or gone."""
    changed = [each for each in found if turn(each) == CHANGED]
    shown = changed[: limit // 2] if limit else changed
    told = [count(len(changed), "title", "changed")] if changed else []
    told += [f"  {each['id']}: {each['after']}" for each in shown]
    return told + more(len(changed) - len(shown), rest) + otherwise(found, "figure")


def parameter(each: dict) -> str:
    """Return a parameter that was set otherwise."""
    before, after = ("from the data" if each[word] in (None, "") else studies.written(each[word])
                     for word in ("before", "after"))  # fmt: skip
    return f"  parameter {each['name']} of {each['chapter']}: {before}, now {after}"


def rows(word: str, made: dict) -> list[str]:
    """Return what a study was made of, where a state is one: its command, the rows it laid over.

    word : by which the state was named. made : its record; empty for what is no study.
    """
    if not made:
        return []
    laid_over = [f"  {each['does']} {each['table']}: {each['key']}" for each in made["rows"]]
    return [f"{word} ({made['id']}): {studies.command(made)}", *laid_over]
