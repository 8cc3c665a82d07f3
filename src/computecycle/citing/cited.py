"""Which citations of this report in a text no longer stand: their edition has been corrected, or a
later one says otherwise.

A citation is an entry of BibTeX or a place that names a page, a figure, a value or a claim of the
report, by its address, by the key that `citations` gave it, or as a reference or a quotation ends
that has no address, `Value capex_gap.need-year]`; a part of a text that names the
authors and has neither cites the report. Its edition is the one named in the entry, or in the same
paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from computecycle.citing import corrections, editions, register
from computecycle.evidence.errors import InputError

KINDS = (".bib", ".md", ".tex")
ID = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
PLACES = [  # kind, pattern of an address or key; each names the parts of an id
    ("value", rf"chapters/(\w+)(?:/numbers)?\.html#value-({ID})"),
    ("claim", rf"chapters/(\w+)(?:/numbers)?\.html#claim-({ID})"),
    ("figure", rf"chapters/\w+\.html#fig-({ID})"),
    ("figure", rf"(?:figures|embed)/({ID})(?:/[\w.-]+|\.html|\.json)"),
    ("value", rf"values/(\w+)/({ID})\.json"),
    ("claim", rf"claims/(\w+)/({ID})\.json"),
    ("chapter", r"chapters/(\w+)(?:/\w+)?\.html(?!#(?:value|claim|fig)-)"),
    ("report", r"(book/index\.html)"),
]
NAMED = r"(?:-(value|claim|figure|chapter)-((?:\w+\.)?[\w-]*\w))?"
KEY = re.compile(rf"computecycle-(\d{{4}}\.\d\d(?:\.[1-9]\d*)?){NAMED}")
TITLE = re.compile(r"compute[\W_]?cycle", re.IGNORECASE)
ESCAPED = re.compile(r"\\(?=[#_%&~])")  # of LaTeX, in an address
EDITION = re.compile(r"(?:[Ee]dition|Report No)\W{1,3}(\d{4}\.\d\d(?:\.\d+)?)")
FIELD = re.compile(r"\b(?:edition|number|version)\s*=\s*[{\"]*\s*(\d{4}\.\d\d(?:\.\d+)?)")
AUTHORS = re.compile(r"compute\W{1,3}cycle\W{1,3}contributors", re.IGNORECASE)
IN_EDITION = r"\. In [^()\[\]]+ \(edition (\d{4}\.\d\d(?:\.\d+)?)\)"  # behind, in a reference
GENRE = re.compile(rf"\b(Value|Claim|Figure) ((?:\w+\.)?{ID})\](?:{IN_EDITION})?")
WIDE = ("chapter", "report")
ENTRY = re.compile(r"^\s*@(?=\w+\s*[{(])", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """A citation of the report in a text: its line, what it cites, the edition it names."""

    line: int
    kind: str
    id: str
    edition: str


def text_of(path: Path) -> str:
    """Return a text that may cite; InputError where it is none or, of BibTeX, does not parse."""
    if path.suffix.lower() not in KINDS:
        raise InputError(f"{path} is none of {', '.join(KINDS)}; name a file that cites.")
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise InputError(f"There is no file {path}; name one that cites.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder; name a file that cites.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is no text in UTF-8; save it as one.") from None
    if path.suffix.lower() == ".bib":
        parse(path, text)
    return text


def parse(path: Path, text: str) -> None:
    """Raise InputError where a text is no BibTeX."""
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    try:
        parse_string(text, "bibtex")
    except PybtexError as problem:
        reason = str(problem).splitlines()[0]
        raise InputError(f"{path} is no BibTeX that can be read: {reason}; mend it.") from None


def places(text: str, bibtex: bool) -> Iterator[Place]:
    """Yield the citations of the report in a text, each once in a paragraph or an entry."""
    text = ESCAPED.sub("", text)
    parting = ENTRY if bibtex else re.compile(r"\n\s*\n")
    starts = [0, *(found.start() if bibtex else found.end() for found in parting.finditer(text))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        seen = set()
        for at, kind, id, edition in named(part):
            if (kind, id, edition) not in seen:
                seen.add((kind, id, edition))
                yield Place(text.count("\n", 0, start + at) + 1, kind, id, edition)


def named(part: str) -> list[tuple[int, str, str, str]]:
    """Return what a paragraph or an entry cites: where, kind, id, edition; in its order."""
    editions_named = EDITION.findall(part) + FIELD.findall(part)
    known = editions_named[0] if len(set(editions_named)) == 1 else ""
    found = [
        (each.start(), each[2] or "report", each[3] or "", each[1]) for each in KEY.finditer(part)
    ]
    by_key = {(kind, id) for _, kind, id, _ in found}
    for kind, pattern in PLACES:
        for each in re.finditer(pattern, part):
            id = "" if kind == "report" else ".".join(each.groups())
            if kind in WIDE and not TITLE.search(part):
                continue  # other books have such pages too
            if (kind, id) not in by_key:
                found.append((each.start(), kind, id, known or nearest(part, each.start())))
    for each in GENRE.finditer(part):
        kind, id = each[1].lower(), each[2]
        if (kind, id) not in by_key:
            found.append((each.start(), kind, id, each[3] or known or nearest(part, each.start())))
    authors = AUTHORS.search(part)
    if authors and not found:
        found = [(authors.start(), "report", "", known or nearest(part, authors.start()))]
    return sorted(found)


def nearest(part: str, at: int) -> str:
    """Return the edition named nearest before a place, else the first; empty where none is."""
    found = list(EDITION.finditer(part))
    before = [each[1] for each in found if each.start() < at]
    return before[-1] if before else (found[0][1] if found else "")


class Standing:
    """What became of the things that editions said."""

    def __init__(self, root: Path):
        self.editions = editions.names(root)
        if not self.editions:
            raise InputError("No edition has been released; there is nothing to compare with.")
        self.lines = register.known(root)
        self.corrections = corrections.known(root)
        self.changes = {name: editions.read(root, name, "changes.json") for name in self.editions}

    def ours(self, place: Place) -> bool:
        """Whether a citation is of this report: an edition has had what it names."""
        return place.kind == "report" or (place.kind, place.id) in self.lines

    def told(self, place: Place) -> list[str]:
        """Return what has become of a citation, a sentence each; none where it stands."""
        if place.edition and place.edition not in self.editions:
            return [f"edition {place.edition} was never released"]
        since = place.edition or self.first(place)
        later = self.editions[self.editions.index(since) + 1 :]
        found = [self.corrected(each) for each in self.corrections if self.hits(each, place, since)]
        if place.kind == "report":
            return found + [f"superseded by edition {later[-1]}"] * bool(later)
        for name in later:
            hit = [each for each in self.changes[name] if touches(each, place)]
            if place.kind == "chapter" and hit:
                found.append(f"superseded: {len(hit)} things in it differ in edition {name}")
            elif hit and hit[0]["what"] != "new":
                found.append(changed(hit[0], name))
        return found

    def first(self, place: Place) -> str:
        """Return the edition that first had what a citation names."""
        line = self.lines.get((place.kind, place.id), {})
        return line["edition"] if line.get("edition") in self.editions else self.editions[0]

    def hits(self, correction: dict, place: Place, since: str) -> bool:
        """Whether a correction is of what a citation names, in the edition it names or a later."""
        if correction["edition"] not in self.editions:
            return False
        if editions.order(correction["edition"]) < editions.order(since):
            return False
        wide = place.id.partition(".")[0] if place.kind in ("value", "claim") else ""
        narrow = place.kind == "chapter" and correction["id"].partition(".")[0] == place.id
        return place.kind == "report" or narrow or correction["id"] in (place.id, wide)

    @staticmethod
    def corrected(each: dict) -> str:
        """Return a correction in words."""
        return (
            f'{each["id"]} corrected on {each["day"]}: not "{each["wrong"]}" but '
            f'"{each["right"]}" ({each["reason"]})'
        )


def touches(change: dict, place: Place) -> bool:
    """Whether a change is of what a citation names."""
    if place.kind == "chapter":
        return change["chapter"] == place.id
    return (change["kind"], change["id"]) == (place.kind, place.id)


def changed(change: dict, edition: str) -> str:
    """Return a change in words."""
    if change["what"] == "withdrawn":
        return f'no longer said since edition {edition}: "{change["before"]}"'
    if change["kind"] == "figure":
        return f"superseded: other data in edition {edition} ({change['reason']})"
    return (
        f'superseded by edition {edition}: not "{change["before"]}" but "{change["after"]}" '
        f"({change['what']}: {change['reason']})"
    )


def doubtful(root: Path, path: Path) -> tuple[int, list[tuple[Place, str]]]:
    """Return how many citations of the report a file has, and those that no longer stand, each
    with what became of it."""
    text, standing = text_of(path), Standing(root)
    known = [each for each in places(text, path.suffix.lower() == ".bib") if standing.ours(each)]
    return len(known), [(each, words) for each in known for words in standing.told(each)]
