"""Check every table against its description and say what is wrong in sentences.

frictionless reads the cells (types, constraints, keys); this room adds what a Table Schema cannot
say (byte order marks, other separators, cells that spreadsheets would run, sources that the
bibliography lacks) and turns each finding into a sentence: file, line, column, what is allowed.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from computecycle import data
from computecycle.errors import InputError, did_you_mean

NOT_A_NUMBER = {"nan", "inf", "-inf", "infinity", "-infinity"}
FORMULA = re.compile(r"^[=@\t\r]|^[+-](?![0-9. ])")
ALLOWED = {
    "number": "a plain number such as 1234.5",
    "integer": "a whole number",
    "year": "a year",
    "date": "a date as YYYY-MM-DD",
    "boolean": "true or false",
}


def bytes_problem(label: str, content: bytes) -> str:
    """Return what is wrong with a file before it is read as a table, or an empty text."""
    if not content.strip():
        return f"{label} is empty; it needs at least its header row."
    if content.startswith(b"\xef\xbb\xbf"):
        return f"{label} starts with a byte order mark; save it as UTF-8 without BOM."
    if b"\r" in content:
        return f"{label} has Windows line ends (CRLF); save it with Unix line ends (LF)."
    try:
        header = content.decode("utf-8").splitlines()[0]
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        return f"{label}, line {line} is not UTF-8; save the file as UTF-8."
    other = next((sign for sign in ";\t|" if sign in header and "," not in header), None)
    if other:
        shown = "a tab" if other == "\t" else f'"{other}"'
        return f"{label} separates its columns with {shown}; use commas."
    return ""


def header_problems(label: str, header: list[str], fields: list[dict]) -> Iterator[str]:
    """Yield a sentence for each column that is missing, unknown or there twice."""
    known = [field["name"] for field in fields]
    for name in known:
        if name not in header:
            yield f'{label}, line 1: column "{name}" is missing; needed are {", ".join(known)}.'
    for name in header:
        if name not in known:
            yield f'{label}, line 1: column "{name}" is unknown.{did_you_mean(name, known)}'
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield f'{label}, line 1: column "{name}" stands there twice; keep one.'


def sentence(label: str, error: dict, fields: dict[str, dict]) -> str:
    """Return a frictionless error as a sentence with a place and a cure."""
    line = error.get("rowNumber", 1)
    if error["type"] == "primary-key":
        return f"{label}, line {line}: its key repeats, {error['note']}; keep one of the rows."
    if "fieldName" not in error:
        return f"{label}, line {line}: {error['message']}."
    name, found = error["fieldName"], error.get("cell", "")
    place = f'{label}, line {line}, column "{name}"'
    field, limits = fields[name], fields[name].get("constraints", {})
    if limits.get("required") and found == "":
        return f"{place} is empty; every row needs it."
    if "enum" in limits:
        allowed = [str(each) for each in limits["enum"]]
        return (
            f'{place} is "{found}"; allowed is {", ".join(allowed)}.{did_you_mean(found, allowed)}'
        )
    kind = ALLOWED.get(field["type"], "a text")
    bounds = [
        f"{word} {limits[word]}" for word in ("minimum", "maximum", "pattern") if word in limits
    ]
    return f'{place} is "{found}"; allowed is {", ".join([kind, *bounds])}.'


def cell_problems(
    label: str, rows: list[list[str]], fields: list[dict], keys: set
) -> Iterator[str]:
    """Yield a sentence for each cell that a schema lets pass but the report does not."""
    for line, cells in enumerate(rows[1:], start=2):
        for field, cell in zip(fields, cells, strict=False):
            place = f'{label}, line {line}, column "{field["name"]}"'
            if field["type"] == "number" and cell.strip().lower() in NOT_A_NUMBER:
                yield f'{place} is "{cell}"; leave the cell empty where there is no number.'
            elif field["type"] == "string" and FORMULA.match(cell):
                yield f'{place} begins like a formula ("{cell[:20]}"); begin with a letter.'
            elif field["name"] == "source" and cell and cell not in keys:
                hint = did_you_mean(cell, sorted(keys)) or " Add it there."
                yield f'{place} is "{cell}", which data/sources.bib does not have.{hint}'


def table_problems(entry: dict, path: Path, label: str, keys: set[str]) -> list[str]:
    """Return what is wrong with one CSV, first finding first."""
    from frictionless import Resource

    if not path.is_file():
        return [f"{label} is missing; restore the file or remove it from data/datapackage.json."]
    content = path.read_bytes()
    problem = bytes_problem(label, content)
    if problem:
        return [problem]
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"))))
    fields = entry["schema"]["fields"]
    wrong = list(header_problems(label, rows[0], fields))
    if wrong:
        return wrong
    order = {field["name"]: field for field in fields}
    in_order = [order[name] for name in rows[0]]
    report = Resource.from_descriptor(
        {
            "name": entry["name"],
            "path": path.name,
            "format": "csv",
            "encoding": "utf-8",
            "dialect": {"csv": {"delimiter": ","}},
            "schema": {**entry["schema"], "fields": in_order},
        },
        basepath=str(path.parent),
    ).validate()
    found = [
        sentence(label, error.to_dict(), order) for task in report.tasks for error in task.errors
    ]
    found += [f"{label}: {error.message}." for error in report.errors]
    return found + list(cell_problems(label, rows, in_order, keys))


def clashes(entry: dict, overlay: Path) -> list[str]:
    """Return a sentence for each overlaid row that repeats a key of the table on the same date."""
    both = [
        data.read(data.FOLDER / entry["path"], f"data/{entry['path']}", entry["schema"]),
        data.read(overlay, f"overlay/{entry['path']}", entry["schema"]),
    ]
    key = entry["schema"]["primaryKey"]
    known = {tuple(cells): row for row, *cells in both[0][key].itertuples()}
    return [
        f"{row} repeats key and known_from of {known[tuple(cells)]}; give it a later known_from."
        for row, *cells in both[1][key].itertuples()
        if tuple(cells) in known
    ]


def descriptor() -> dict:
    """Return the descriptor; InputError with the place when it is missing or no JSON."""
    try:
        return data.descriptor()
    except FileNotFoundError:
        raise InputError("data/datapackage.json is missing; restore the file.") from None
    except json.JSONDecodeError as problem:
        raise InputError(
            f"data/datapackage.json, line {problem.lineno}: {problem.msg}; correct the JSON."
        ) from None


def bibliography() -> set[str]:
    """Return the keys of the sources; InputError with the place when the file cannot be read."""
    from pybtex.exceptions import PybtexError

    try:
        return set(data.sources())
    except OSError:
        raise InputError("data/sources.bib is missing; restore the file.") from None
    except PybtexError as problem:
        raise InputError(f"data/sources.bib cannot be read: {problem}.") from None


def check(folder: str = "") -> list[str]:
    """Return everything that is wrong with the tables and with those in `folder`."""
    resources, keys = {entry["path"]: entry for entry in descriptor()["resources"]}, bibliography()
    found = [
        f"data/{path.name} is not described; add it to data/datapackage.json or remove it."
        for path in sorted(data.FOLDER.glob("*.csv"))
        if path.name not in resources
    ]
    for name, entry in resources.items():
        found += table_problems(entry, data.FOLDER / name, f"data/{name}", keys)
    if folder and not Path(folder).is_dir():
        return [*found, f'"{folder}" is not a folder; name one with tables in it.']
    for path in sorted(Path(folder).glob("*.csv")) if folder else []:
        if path.name not in resources:
            found.append(
                f"overlay/{path.name} is no table of the report."
                + did_you_mean(path.name, list(resources))
            )
            continue
        wrong = table_problems(resources[path.name], path, f"overlay/{path.name}", keys)
        found += wrong or ([] if found else clashes(resources[path.name], path))
    return found
