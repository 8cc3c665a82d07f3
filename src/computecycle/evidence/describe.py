"""Describe a new table: what can be read off its CSV is written, what people know is left to them.

The entry goes into `data/datapackage.json`; its descriptions say what is still to be written.
"""

import copy
import csv
import json
import re
from pathlib import Path

from computecycle.evidence import checks, data
from computecycle.evidence.errors import InputError

TO_WRITE = "To be written: "
PLACE = {  # what every table says of a row
    "source": ("string", "key of the publisher in sources.bib"),
    "locator": ("string", "where in the source the row was read: address, page, table"),
    "known_from": (
        "date",
        "day on which the cited page was published, or the announcement that it dates; the day of "
        "access where the page has none, and the note says: day of the page unknown",
    ),
    "confidence": ("string", "how the value was read: printed, single_source, quoted, recalled"),
}
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
KINDS = [  # the first whose form all cells have
    ("date", re.compile(r"\d{4}-\d{2}-\d{2}")),
    ("integer", re.compile(r"[+-]?\d+")),
    ("number", re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")),
    ("boolean", re.compile("true|false")),
]


def kind_of(cells: list[str]) -> str:
    """Return the type that a column's cells have; a column without cells is text."""
    filled = [cell for cell in cells if cell]
    fitting = [name for name, form in KINDS if all(map(form.fullmatch, filled))]
    return fitting[0] if filled and fitting else "string"


def field(name: str, cells: list[str]) -> dict:
    """Return a column as the descriptor describes it."""
    kind, description = PLACE.get(name, (kind_of(cells), f"{TO_WRITE}what {name} is, its unit"))
    found = {"name": name, "type": kind, "description": description}
    if kind == "date":
        found["format"] = "%Y-%m-%d"
    return found | ({"constraints": {"required": True}} if all(cells) else {})


def entry(name: str, key: list[str]) -> dict:
    """Return the description of `data/<name>.csv`; InputError where a needed column is missing."""
    path = data.FOLDER / f"{name}.csv"
    if not path.is_file():
        raise InputError(f"data/{name}.csv is missing; put the rows there first.")
    header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    missing = [column for column in [*key, *PLACE] if column not in header]
    if missing:
        raise InputError(
            f"data/{name}.csv, line 1: column {', '.join(missing)} is missing; add it."
        )
    columns = {column: [row[at] for row in rows] for at, column in enumerate(header)}
    titles = {each: data.sources().get(each, {}) for each in dict.fromkeys(columns["source"])}
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "title": name.replace("_", " ").capitalize(),
        "description": f"{TO_WRITE}what a row is, and what must not be concluded from it.",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "key": key,
        "licenses": [LICENCE],
        "sources": [{"title": got.get("title", each), "key": each} for each, got in titles.items()],
        "schema": {
            "fields": [field(column, cells) for column, cells in columns.items()],
            "primaryKey": [*key, "known_from"],
            "missingValues": [""],
        },
    }


def add(name: str, key: list[str]) -> Path:
    """Write a table's description into the descriptor; InputError where it has one already, and
    for what is wrong with its rows or with the bibliography."""
    package = copy.deepcopy(data.descriptor())
    if name in (each["name"] for each in package["resources"]):
        raise InputError(f'data/datapackage.json describes a table "{name}" already; edit that.')
    made = entry(name, key)
    checks.need_sound(made)
    package["resources"].append(made)
    path = data.FOLDER / "datapackage.json"
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
