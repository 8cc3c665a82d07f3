"""What the bibliography and the locators owe a reader: fields of an entry, an address alone."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

KINDS = ["report", "article", "dataset", "filing", "webpage"]
NEEDED = {  # fields that every entry has, with what to write
    "title": "write the title as the page bears it",
    "type": f"write one of {', '.join(KINDS)}",
    "urldate": "write the day it was read as YYYY-MM-DD",
}
OWN_CURE = (
    "Add it there; for a table of your own, write a sources.bib and put both into the folder that "
    "DATA (--data) names."
)
LOCATORS = {"locator", "second_locator"}
ENTRY = re.compile(r"@\w+\s*\{\s*([^,\s]+)\s*,")
ADDRESS = re.compile(r"https?://[^\s\"<>]+")
MARKS = re.compile(r"[\\{}$~^`'%#&_]|--")  # of LaTeX
MARK = re.compile(r"\w+://|(?<![\w.@])www\.")


def entry_problems(text: str, sources: dict[str, dict[str, str]]) -> Iterator[str]:
    """Yield a sentence for each field that an entry of the bibliography lacks or writes wrongly.

    text : of the file; sources : its entries, key to fields.
    """
    places = {found[1].lower(): found.start() for found in ENTRY.finditer(text)}
    for key, fields in sources.items():
        start = places.get(key.lower(), 0)
        place = f'data/sources.bib, line {text.count(chr(10), 0, start) + 1}, entry "{key}"'
        for name, cure in NEEDED.items():
            if not fields.get(name, "").strip():
                yield f"{place} lacks {name}; {cure}."
            elif wrong(name, fields[name]):
                yield f'{place} has the {name} "{fields[name]}"; {cure}.'
        if not (fields.get("author") or fields.get("organization")):
            yield f"{place} lacks author; write who says it, or organization."


def own_problems(
    label: str, own: dict[str, dict[str, str]], known: dict[str, dict[str, str]]
) -> Iterator[str]:
    """Yield a sentence for each entry of a reader's bibliography that cannot be cited.

    A title and who says it are enough; a kind and a day are as in the report where they stand.
    known : the report's own entries, whose keys are taken.
    """
    for key, fields in own.items():
        place = f'{label}, entry "{key}"'
        if key in known:
            yield f"{place} has a key of data/sources.bib; take another."
        if not fields.get("title", "").strip():
            yield f"{place} lacks title; write what it is in a few words."
        if not any(fields.get(name) for name in ("author", "organization", "publisher")):
            yield f"{place} lacks author; write who says it, or organization."
        for name in ("type", "urldate"):
            if fields.get(name) and wrong(name, fields[name]):
                yield f'{place} has the {name} "{fields[name]}"; {NEEDED[name]}.'


def wrong(name: str, value: str) -> bool:
    """Return whether a field of an entry holds what it cannot mean."""
    if name == "type":
        return value not in KINDS
    return name == "urldate" and not is_day(value)


def is_day(text: str) -> bool:
    """Return whether a text is a day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def locator_problem(name: str, cell: str) -> str:
    """Return what is wrong with a locator that names an address, as the end of a sentence.

    A page, a paragraph or a table of a printed document stands without one.
    """
    if name not in LOCATORS or not MARK.search(cell) or ADDRESS.fullmatch(cell):
        return ""
    found = ADDRESS.search(cell)
    keep = f'keep "{found[0]}"' if found else "write the address with https://"
    return f'is "{cell}", an address among words; {keep} and move the words to note.'


@cache
def plain(text: str) -> str:
    """Return the text of a field of the bibliography without its marks."""
    from pybtex.richtext import Text

    bare = text[1:-1] if text[:1] == "{" and text[-1:] == "}" else text
    if not MARKS.search(bare):  # as most are: reading the marks takes a tenth of a check
        return bare
    return str(Text.from_latex(text)).replace("\\$", "$")  # which pybtex leaves escaped
