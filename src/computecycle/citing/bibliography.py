"""The sources as references: author and date, title letter by letter, publisher, address.

    data/sources.bib ─► a record of CSL each ─► citeproc, in the style of the APA ─► HTML

The style changes no letter of a title, and gives "n.d." for the year of a page that tells none.
"""

import html
import json
import re
from functools import cache
from urllib.parse import urlsplit

from computecycle.citing import citations
from computecycle.evidence import data

LICENCE = re.compile(r"(?:CC BY(?:-[A-Z]+)* \d\.\d(?: \(recalled\))?|CC0|public domain|ITU terms)")
SAID = re.compile(  # parts of a note that its entry tells elsewhere, or the page of all
    rf"English|{LICENCE.pattern}|proprietary.*|no date on the page|title (?:ours|from the address)"
    r"|(?:single )?(?:facts|figures)(?: of the \w+)? (?:quoted|taken)"
)
OWN_TERMS = "its publisher's terms; facts quoted"
STOPPED = re.compile(r"([?!.…])((?:</i>)?)\.(?=\s|$)")  # a title that ends by itself needs no stop


def items(folder: str = "") -> dict[str, dict]:
    """Return every source as a record of CSL-JSON, by its key; a reader's of a folder too."""
    return {key: citations.source(key, entry) for key, entry in data.entries(folder).items()}


def order(made: dict) -> tuple:
    """Return by what a record is sorted: its authors, its date, its title, its key."""
    names = [" ".join(each.values()).casefold() for each in made["author"]]
    day = made.get("issued", {"date-parts": [[]]})["date-parts"]
    return names, day, made["title"].casefold(), made["id"]


def formatted(made: dict) -> str:
    """Return a record as a reference, its address a link. HTML.

    It takes 3 ms, so one that is asked again is kept.
    """
    return _formatted(told(made))


@cache
def _formatted(record: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    made = json.loads(record)
    shown = escaped(citations.shown(made)) | {"id": made["id"]}
    listed = CitationStylesBibliography(citations.style(), CiteProcJSON([shown]), formatter.html)
    listed.register(Citation([CitationItem(made["id"])]))
    return linked(str(listed.bibliography()[0]), made)


def told(made: dict) -> str:
    """Return a record as a text, the same for the same record."""
    return json.dumps(made, sort_keys=True)


def escaped(part):
    """Return a record, or a part of one, with its texts as HTML; the formatter escapes none."""
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


def known_by(fields: dict[str, str]) -> str:
    """Return how a source is known, by its note: its language but English, the copy that was read,
    what it retells, which day it lacks."""
    parts = fields.get("note", "").split("; ")
    return "; ".join(part for part in parts if not SAID.fullmatch(part))
