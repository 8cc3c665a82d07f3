"""The words and the data that go with a figure, and all of it as one zip."""

import csv
import io
import textwrap
import zipfile
from functools import cache
from pathlib import Path

from computecycle.citing import bibliography, citations, plotted, stamps
from computecycle.evidence import data
from computecycle.evidence.place import OVERLAID
from computecycle.runs import chapters

CITED = {"apa": "-apa.txt", "bibtex": ".bib", "ris": ".ris", "csl": "-csl.json"}
PLACE = ["table", "key", "source", "locator", "known_from", "confidence"]
TOLD = ("title", "short", "url", "urldate")  # of a source
KINDS = {  # endings of files, with what the file is; the longest that fits counts
    ".zip": "all of these, the rows with all their columns, a README and checksums",
    ".png": "the picture, 14 cm wide at 300 dots an inch",
    ".svg": "the picture, its text as shapes",
    "-dark.svg": "the same for dark paper",
    ".pdf": "the picture for print, 14 cm wide; its data are attached",
    ".csv": "data as plotted",
    "-columns.json": "what each column of the data means, with its unit",
    "-rows.csv": "the rows that the figure rests on, with their places in the sources",
    ".vl.json": "the specification of the chart in Vega-Lite",
    "-provenance.json": "hashes of all inputs, parameters, rows, sources with their terms",
    "-apa.txt": "citation, APA",
    ".bib": "citation, BibTeX",
    "-sources.bib": "the sources of the figure, BibTeX",
    ".ris": "citation, RIS",
    "-csl.json": "citation, CSL-JSON",
    "README.txt": "this text",
}
SUMS = "SHA256SUMS"
LINE = 88  # letters of a line of the README


def file_of(id: str, table: plotted.Table) -> str:
    """Return the name of the CSV of a table of a figure."""
    return f"{id}-{table.name}.csv" if table.name else f"{id}.csv"


def kind_of(name: str) -> str:
    """Return what a file of a figure is, in a few words."""
    if name.startswith("rows/"):
        return "those rows as they stand in the table, with all columns"
    return KINDS[max((each for each in KINDS if name.endswith(each)), key=len)]


def texts(root: Path, edition: dict, known: dict, figure: dict, found: list) -> dict[str, bytes]:
    """Return columns, rows, provenance and citations of a figure by file.

    found : its tables as plotted.
    """
    id, record = figure["id"], citations.figure(edition, known, figure)
    columns = plotted.dictionary(found, lambda table: file_of(id, table))
    places = [row[: len(PLACE)] for row in rows_of(root, figure)]
    files = {
        f"{id}-columns.json": chapters.as_json(columns),
        f"{id}-rows.csv": written([PLACE, *places]),
        f"{id}-provenance.json": chapters.as_json(provenance(edition, known, figure)),
        f"{id}-sources.bib": credited(figure).encode(),
    }
    for style, ending in CITED.items():
        files[f"{id}{ending}"] = (citations.formatted(record, style).rstrip() + "\n").encode()
    return files


def written(rows: list[list[str]]) -> bytes:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def rows_of(root: Path, figure: dict) -> list[list]:
    """Return the rows that a figure rests on: `PLACE`, and last all the row's cells by column."""
    found, known = [], data.sources()
    for record in figure["rows"]:
        key = data.resource(record["table"])["key"]
        for place in record["rows"]:
            file, _, line = place.rpartition(":")
            path = (root if file.startswith(OVERLAID) else data.FOLDER.parent) / file
            cells = read(path, path.stat().st_mtime_ns)[int(line) - 2]
            name = known.get(record["source"], {}).get("short", record["source"])
            told = " · ".join(cells[each] for each in key)
            rest = [record[each] for each in PLACE[3:]]
            found.append([record["table"], told, name, *rest, cells])
    return found


@cache
def read(path: Path, changed: int) -> list[dict[str, str]]:
    """Return the rows of a table as they are written; `changed` is the time of the file."""
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def whole_rows(root: Path, figure: dict) -> dict[str, bytes]:
    """Return the rows that a figure rests on with all their cells, a file a table."""
    tables: dict[str, list] = {}
    for table, *_, cells in rows_of(root, figure):
        tables.setdefault(table, []).append(cells)
    return {
        f"rows/{name}.csv": written([list(rows[0]), *(list(row.values()) for row in rows)])
        for name, rows in sorted(tables.items())
    }


def used_sources(figure: dict) -> dict[str, dict[str, str]]:
    """Return the sources of a figure by key, those of most rows first, each with its `rights`."""
    counted: dict[str, int] = {}
    for row in figure["rows"]:
        counted[row["source"]] = counted.get(row["source"], 0) + len(row["rows"])
    known = data.sources()
    keys = [key for key in sorted(counted, key=lambda key: -counted[key]) if key in known]
    return {key: known[key] | {"rights": bibliography.rights(known[key])} for key in keys}


def credited(figure: dict) -> str:
    """Return the sources of a figure as BibTeX, for those who name whose facts they use."""
    known = data.entries()
    made = [citations.source(key, known[key]) for key in used_sources(figure)]
    return "\n".join(map(citations.bibtex, made))


def provenance(edition: dict, known: dict, figure: dict) -> dict:
    """Return what a figure is made of: hashes, parameters, rows, sources with their terms."""
    return {
        "id": figure["id"],
        "title": figure["title"],
        "edition": edition["edition"],
        "published": known["published"],
        "chapter": known["chapter"],
        "inputs": known["inputs"],
        "parameters": {each["name"]: each["value"] for each in known["parameters"]},
        "rows": figure["rows"],
        "sources": {
            key: {name: fields[name] for name in (*TOLD, "rights") if name in fields}
            for key, fields in used_sources(figure).items()
        },
    }


def readme(figure: dict, label: dict, files: dict[str, bytes]) -> str:
    """Return what a stranger needs to use the files of a figure.

    label : see `stamps`. files : those of `texts` among them.
    """
    about = [label["rerun"], figure["caption"], figure["note"]]
    terms = (
        f"{label['rights']} ({label['licence']}), with the citation above. The facts belong to "
        f"their publishers, and stand under their terms; {figure['id']}-sources.bib cites them:"
    )
    sources = [_credit(each) for each in used_sources(figure).values()]
    cited = files[f"{figure['id']}{CITED['apa']}"].decode().strip()
    listed = [f"- {name}: {kind_of(name)}" for name in sorted(files)]
    made = "Every picture and table bears the edition and checksums: computecycle identify FILE."
    parts = [
        [figure["title"], "=" * min(len(figure["title"]), LINE)],
        *([text] for text in about if text),
        ["To cite", "-------", cited],
        ["Terms", "-----", terms, *sources],
        ["Files", "-----", *listed, f"- {SUMS}: checksums, for sha256sum --check", "", made],
    ]
    return "\n\n".join("\n".join(map(_filled, part)) for part in parts) + "\n"


def _credit(source: dict) -> str:
    """A source in a line: name, title, address, and its licence where it tells one."""
    licence = source["rights"] if source["rights"] != bibliography.OWN_TERMS else ""
    parts = [source["short"], source["title"], source.get("url", ""), licence]
    return f"- {', '.join(filter(None, parts))}"


def _filled(line: str) -> str:
    more = "  " if line.startswith("- ") else ""
    return textwrap.fill(line, LINE, subsequent_indent=more, break_long_words=False,
                         break_on_hyphens=False)  # fmt: skip


def zipped(files: dict[str, bytes], day: str) -> bytes:
    """Return files with their checksums as a zip, the same bytes each time.

    day : ISO, that of every file in it.
    """
    sums = [f"{stamps.checksum(each)}  {name}\n" for name, each in sorted(files.items())]
    files = {**files, SUMS: "".join(sums).encode()}
    moment = (*map(int, day.split("-")), 0, 0, 0)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(name, moment)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(info, content)
    return archive.getvalue()
