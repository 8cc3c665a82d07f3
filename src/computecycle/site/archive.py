"""Single files to take away: the tables as a Data Package in a zip and as one SQLite database, and
the whole site as a zip.

The first two carry the sources as a table of their own, with a foreign key from each row to its
source, so that they can be used without this report. The same tables give the same bytes. The
head of the Data Package is the record of the edition.
"""

import copy
import csv
import io
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from computecycle.citing import deposit
from computecycle.citing.bibliography import rights
from computecycle.citing.citations import iso, source
from computecycle.citing.edition import LICENCES
from computecycle.evidence import data
from computecycle.runs import chapters
from computecycle.site import inputs

NAME = "compute-cycle"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip must date its files; a fixed date keeps the bytes
README = """{title}, edition {edition} of {published}. {authors}.

Open index.html in a browser. Every page is here and needs no network; only the search asks for a
web server: `python3 -m http.server` in this folder serves one at http://localhost:8000.

Text and data are under {licence}, code under the licence in LICENSE. Facts of others belong to
their publishers, who are named in book/sources.html and under each figure. All tables lie in data/.
"""
PACKAGE_README = """# {title}: the tables

Edition {edition} of {published}, by {authors}. {address}

A Data Package (https://datapackage.org): datapackage.json says what each CSV holds, column by
column, and what must not be concluded from it. Each row names its source, which is a row of
sources.csv, the place there, and the day it became known. sources.bib holds the sources as BibTeX.

Text and our data are under {licence} ({terms}).
Facts of others belong to their publishers; the column `rights` of sources.csv says under what
terms each source stands.

To cite: {authors} ({year}). {title} (edition {edition}) [Data set]. {address}
"""
DIALECT = {"delimiter": ","}  # readers that must guess it take it from the cells, and may err
SQL_TYPES = {
    "number": "REAL",
    "integer": "INTEGER",
    "year": "INTEGER",
    "boolean": "INTEGER",
    "date": "DATE",  # SQLite keeps the text, DuckDB reads a date
}
SOURCE_FIELDS = {
    "key": "key by which rows cite the source",
    "short": "author or organization, and year",
    "title": "title",
    "author": "author",
    "organization": "organization or publisher",
    "date": "date of publication (ISO), as far as the source tells it",
    "url": "address",
    "note": "language, and how it is known",
    "type": "report, article, dataset, filing or webpage",
    "urldate": "day it was read (ISO)",
    "rights": "licence that the source bears, where its page tells one; else its publisher's terms",
}


def source_rows() -> list[list[str]]:
    """Return the bibliography as rows of `SOURCE_FIELDS`."""
    found = []
    for key, entry in sorted(data.entries(inputs.package().folder).items()):
        fields = data.source(entry)
        publisher = fields.get("organization") or fields.get("publisher", "")
        day = iso(source(key, entry).get("issued"))
        more = {"key": key, "date": day, "rights": rights(fields)}
        row = fields | more | {"organization": publisher}
        found.append([row.get(name, "") for name in SOURCE_FIELDS])
    return found


def sources_csv() -> str:
    """Return the bibliography as CSV text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SOURCE_FIELDS)
    writer.writerows(source_rows())
    return text.getvalue()


def resources() -> list[dict]:
    """Return the descriptions of the tables with the foreign keys to the sources, and of these.

    Of a rerun's tables rows may be a reader's own.
    """
    tables = copy.deepcopy(data.descriptor()["resources"])
    if inputs.package().folder:
        tables = [data.open_to_own(entry) for entry in tables]
    key = {"fields": "source", "reference": {"resource": "sources", "fields": "key"}}
    for entry in tables:
        if any(field["name"] == "source" for field in entry["schema"]["fields"]):
            entry["schema"]["foreignKeys"] = [key]
    fields = [
        {"name": name, "type": "string", "description": meaning}
        for name, meaning in SOURCE_FIELDS.items()
    ]
    sources = {
        "name": "sources",
        "path": "sources.csv",
        "title": "Sources",
        "description": "Every document and publisher that the tables cite.",
        "licenses": tables[0]["licenses"],
        "schema": {"fields": fields, "primaryKey": ["key"], "missingValues": [""]},
    }
    return [{**entry, "dialect": DIALECT} for entry in (*tables, sources)]


def files(edition: dict[str, str], licence: bytes) -> dict[str, bytes]:
    """Return all files of the tables that the site shows, by name: those of the Data Package, their
    zip, the database."""
    found = contents(edition, licence)
    whole = packed({f"{NAME}/{name}": content for name, content in found.items()})
    with tempfile.TemporaryDirectory() as folder:
        database(path := Path(folder, f"{NAME}.sqlite"))
        return found | {f"{NAME}.zip": whole, path.name: path.read_bytes()}


def licence() -> bytes:
    """Return the terms of the report as they are written."""
    return (data.FOLDER.parent / "LICENSE").read_bytes()


def contents(edition: dict[str, str], licence: bytes) -> dict[str, bytes]:
    """Return the files of the Data Package that the site shows, by name; a rerun's rows only."""
    head = {key: each for key, each in data.descriptor().items() if key != "resources"}
    whole = {**head, **deposit.package(edition), "resources": resources()}
    year, terms = edition["published"][:4], LICENCES[edition["licence"]]
    readme = PACKAGE_README.format(**edition, year=year, terms=terms).replace(" \n", "\n")
    found = {
        "datapackage.json": json.dumps(whole, ensure_ascii=False, indent=1).encode(),
        "README.md": readme.encode(),
        "LICENSE": licence,
        "sources.csv": sources_csv().encode(),
        "sources.bib": bibliography(),
    }
    return found | {entry["path"]: table(entry) for entry in data.descriptor()["resources"]}


def bibliography() -> bytes:
    """Return the bibliography as it is written, a reader's own behind the report's."""
    folders = [data.FOLDER, *map(Path, filter(None, [inputs.package().folder]))]
    paths = [folder / "sources.bib" for folder in folders]
    return b"\n".join(path.read_bytes() for path in paths if path.exists())


def table(entry: dict) -> bytes:
    """Return the rows of a table that the site shows as a CSV, the report's as they are written."""
    if not inputs.package().as_of and not inputs.package().folder:
        return (data.FOLDER / entry["path"]).read_bytes()
    text = io.StringIO()
    columns = [field["name"] for field in entry["schema"]["fields"]]
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for _, row in inputs.package().texts(entry["name"]))
    return text.getvalue().encode()


def shared(source: str, target: str) -> None:
    """Put a file at another place too, as the same file where the disk allows: nobody may write
    into it, only replace it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def packed(contents: dict[str, bytes]) -> bytes:
    """Return a zip of some files by their names; the same bytes for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def site(root: Path, edition: dict, say: Callable) -> None:
    """Write the built site to one zip with a README and the licence; say where it is."""
    folder = f"{NAME}-{edition['edition']}"
    pages = (root / "_build/html").resolve()
    found = sorted(path for path in pages.rglob("*") if path.is_file() and path.name != ".made-of")
    contents = {path.relative_to(pages).as_posix(): path.read_bytes() for path in found}
    contents["README.txt"] = README.format(**edition).encode()
    contents["LICENSE"] = (root / "LICENSE").read_bytes()
    made = packed({f"{folder}/{name}": content for name, content in sorted(contents.items())})
    chapters.write(root / f"_build/{folder}.zip", made)
    say(f"{len(contents)} files, {len(made) / 1e6:.1f} MB: {root}/_build/{folder}.zip")


def column_sql(field: dict) -> str:
    """Return a column of a CREATE TABLE statement."""
    required = " NOT NULL" if field.get("constraints", {}).get("required") else ""
    return f'"{field["name"]}" {SQL_TYPES.get(field["type"], "TEXT")}{required}'


def cell(field: dict, text: str) -> object:
    """Return a CSV cell as SQLite stores it."""
    if text == "" and field["type"] != "string":
        return None
    kinds = {"number": float, "integer": int, "year": int, "boolean": lambda word: word == "true"}
    return kinds.get(field["type"], str)(text)


def table_sql(entry: dict) -> str:
    """Return the CREATE TABLE statement of a table."""
    schema = entry["schema"]
    parts = [column_sql(field) for field in schema["fields"]]
    parts += [
        f"PRIMARY KEY ({', '.join(f'{chr(34)}{key}{chr(34)}' for key in schema['primaryKey'])})"
    ]
    parts += [
        'FOREIGN KEY ("source") REFERENCES sources ("key")' for _ in schema.get("foreignKeys", [])
    ]
    return f'CREATE TABLE "{entry["name"]}" ({", ".join(parts)})'


def database(path: Path) -> None:
    """Write all tables and the sources to one SQLite database."""
    path.unlink(missing_ok=True)
    entries = resources()
    with sqlite3.connect(path, isolation_level=None) as connection:
        # by itself Python begins a transaction where it knows an INSERT: not in a Turkish locale
        connection.execute("BEGIN")
        for entry in [entries[-1], *entries[:-1]]:
            connection.execute(table_sql(entry))
            fields = {field["name"]: field for field in entry["schema"]["fields"]}
            own = entry["name"] == "sources"
            text = sources_csv() if own else table(entry).decode()
            rows = csv.DictReader(io.StringIO(text))
            values = [[cell(fields[name], row[name]) for name in fields] for row in rows]
            marks = ", ".join("?" * len(fields))
            connection.executemany(f'INSERT INTO "{entry["name"]}" VALUES ({marks})', values)
    connection.close()
