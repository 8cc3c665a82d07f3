"""A comparison in lines of text, for a terminal."""

from computecycle.runs import studies
from computecycle.runs.comparison import LOST, SPOKEN, largest

OF_ALL = ("as_of", "data_dir")  # told of the whole, not of each chapter
WIDTHS = (44, 22, 22)  # signs of a number's name, before, after


def lines(found: dict[str, list[dict]], limit: int = 0) -> list[str]:
    """Return a comparison as text: claims that flipped first, all of them, then the numbers.

    limit : how many numbers to print, those that moved most first; 0 prints all.
    """
    flipped, moved = found["claims"], largest(found["values"])
    shown = moved[:limit] if limit else moved
    told = [count(len(flipped), "claim", "flipped")] + [
        line for each in flipped for line in claim(each)
    ]
    told += [count(len(moved), "number", "moved")] + [number(each) for each in shown]
    told += [f"  ... and {len(moved) - len(shown)} more"] if len(shown) < len(moved) else []
    told += [f"  title of {each['id']}: {each['after']}" for each in found["figures"]]
    told += [parameter(each) for each in found["parameters"] if each["name"] not in OF_ALL]
    told += [
        f"  table {each['table']} differs: read by {', '.join(each['chapters'])}"
        for each in found["tables"]
    ]
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
    """Return a claim that flipped: verdict, id, sentence; its condition with its numbers."""
    told = each["told"] or each["told_before"]
    why = f", as {each['why']}" if each["why"] else ""
    return [
        f"  {verdict(each['after'])}{why}: {each['text']}",
        f"    {each['chapter']}.{each['id']}, before: {verdict(each['before'])}; "
        f"tested: {told} ({each['condition']})",
    ]


def number(each: dict) -> str:
    """Return a number before and after with its change, in columns."""
    name = f"{each['chapter']}.{each['id']}"
    cells = zip((name, each["before"], each["after"]), WIDTHS, strict=True)
    return (
        "  " + "  ".join([f"{cell:<{width}}" for cell, width in cells] + [each["change"]]).rstrip()
    )


def parameter(each: dict) -> str:
    """Return a parameter that was set otherwise."""
    before, after = ("from the data" if each[word] in (None, "") else each[word]
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
