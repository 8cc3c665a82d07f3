"""Everything that can be quoted, as records for programs: values, claims, figures, tables.

A record says what a reader needs to quote without looking further: the exact number and the text
that prints it, its unit in words, the day it was known, whose facts it rests on, where it stands,
how it is cited, and of a claim whether it holds. Schemas of the four lie in `book/schemas`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from computecycle.citing import citations, numbers, summaries
from computecycle.evidence import data, days, keys
from computecycle.runs import chapters

VERDICT = {True: "holds", False: "does not hold", None: "cannot be told"}
PLACE = {"title": "\ue000", "genre": "\ue001", "URL": "\ue002"}  # what differs among citations


def sources(records: Iterable[dict]) -> list[dict[str, str]]:
    """Return whose facts some places are, each once: key, name, title, address where it has one."""
    known = data.sources()
    return [
        {"key": key, "name": known[key]["short"], "title": known[key].get("title", "")}
        | ({"address": known[key]["url"]} if known[key].get("url", "").startswith("http") else {})
        for key in dict.fromkeys(record["source"] for record in records)
    ]


def newest(records: list[dict]) -> dict[str, str]:
    """Return by which day all of it was known; nothing where it rests on no rows."""
    day = days.newest(records)
    return {"as_of": day} if day else {}


def lines(records: Iterable[dict]) -> dict[str, list[int]]:
    """Return the rows that some places are, as the lines of each file, in their order."""
    found = {}
    for place in {place for record in records for place in record["rows"]}:
        file, _, line = place.rpartition(":")
        found.setdefault(file, []).append(int(line))
    return {file: sorted(found[file]) for file in sorted(found)}


class Cited:
    """Citations of the things of one edition, in the style of the APA.

    The program that writes them takes a tenth of a second for each; those of one kind differ only
    in title, name and address, which are put into one that it wrote.
    """

    def __init__(self):
        self.forms = {}

    def __call__(self, record: dict) -> str:
        """Return the citation of a record of `citations`."""
        kind = (record["type"], tuple(name for name in PLACE if name in record))
        if kind not in self.forms:
            bare = record | {name: PLACE[name] for name in kind[1]}
            self.forms[kind] = citations.apa(bare)
        text = self.forms[kind]
        for name in kind[1]:
            text = text.replace(PLACE[name], record[name])
        return citations.stopped(text)


def of_run(edition: dict, known: dict, cite: Cited) -> Iterator[tuple[str, dict]]:
    """Yield the values, claims and figures of a chapter, each with its kind.

    edition : the record of the edition. known : results. cite : gives a citation.
    """
    name = known["chapter"]
    for each in known["values"]:
        record = citations.value(edition, known, each)
        said = {
            "meaning": each["name"],
            "number": each["number"],
            "text": each["text"],
            "unit": numbers.in_words(each["unit"]),
        }
        page = citations.page(edition, "value", name, each["id"])
        item = framed(f"{name}.{each['id']}", known, record, page, each["rows"], cite) | said
        yield "values", item | {"quote": quoted(item, record, f"{numbers.said(each)}.")}
    for each in known["claims"]:
        record = citations.claim(edition, known, each)
        behind = summaries.behind(known, each)
        said = {
            "sentence": each["text"],
            "holds": each["holds"],
            "verdict": VERDICT[each["holds"]],
            "condition": each["condition"],
            "tested": each["told"],
            "values": [f"{name}.{id}" for id in dict.fromkeys(each["values"].values())],
        }
        page = citations.page(edition, "claim", name, each["id"])
        item = framed(f"{name}.{each['id']}", known, record, page, behind, cite) | said
        yield "claims", item | {"quote": quoted(item, record, claim_said(item))}
    for each in known["figures"]:
        record = citations.figure(edition, known, each)
        said = {name: each[name] for name in ("title", "caption", "note")}
        page = citations.page(edition, "figure", each["id"])
        yield "figures", framed(each["id"], known, record, page, each["rows"], cite) | said


def framed(id: str, known: dict, record: dict, page: str, rows: list[dict], cite: Cited) -> dict:
    """Return what every record of a chapter says: id, chapter, edition, day, sources, page and
    citation; of a rerun that it is not the published edition."""
    return {
        "id": id,
        "chapter": known["chapter"],
        "edition": record["edition"],
        "published_edition": known["published"],
        **newest(rows),
        "sources": sources(rows),
        "rows": lines(rows),
        "page": page,
        "citation": cite(record),
    }


def claim_said(item: dict) -> str:
    """Return a claim as a sentence that says first where it does not stand."""
    if item["holds"] is True:
        return item["sentence"]
    return f"{item['verdict'].capitalize()} on these data: {item['sentence']}"


def quoted(item: dict, record: dict, said: str) -> str:
    """Return what may be printed as it is: the sentence, by which day, which edition, where; by its
    name where the edition has no address."""
    day = f"as of {item['as_of']}, " if "as_of" in item else ""
    kind = "" if item["published_edition"] else "not the published edition, "
    whole = f"{record['container-title']}, edition {item['edition']}"
    return f"{said} [{kind}{day}{whole}, {record.get('URL', record['genre'])}]"


def of_tables(edition: dict, cite: Cited) -> Iterator[dict]:
    """Yield every table: what it is, its columns, how many rows its file has and how many of these
    stand, the file with its SHA-256."""
    ends = data.Package().ends()
    for entry in data.descriptor()["resources"]:
        record = citations.table(edition, entry)
        path = Path(data.FOLDER, entry["path"])
        rows = data.load(entry["name"])
        yield {
            "id": entry["name"],
            "title": entry["title"],
            "description": entry["description"],
            "edition": record["edition"],
            **({"as_of": ends[entry["name"]].isoformat()} if entry["name"] in ends else {}),
            "rows": len(keys.rows(entry["name"])),
            "standing": len(rows),
            "key": entry["schema"]["primaryKey"],
            "columns": [columned(field) for field in entry["schema"]["fields"]],
            "licence": ", ".join(each["name"] for each in entry["licenses"]),
            "sources": sources(data.trace([rows])) if data.is_loaded(rows) else [],
            "file": f"data/{entry['path']}",
            "sha256": chapters.digest(path.read_bytes()),
            "page": citations.page(edition, "table", entry["name"]),
            "citation": cite(record),
        }


def columned(field: dict) -> dict[str, str]:
    """Return a column: name, type, unit where it has one, meaning."""
    kept = {"name": "name", "type": "type", "unit": "unit", "description": "meaning"}
    return {said: field[name] for name, said in kept.items() if name in field}
