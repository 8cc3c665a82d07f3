"""A table to fill in: its header, what each column may hold, one example, all but the header as
remarks that are skipped when the table is read."""

import csv
import io
from pathlib import Path

from computecycle.evidence import data, workbook
from computecycle.evidence.checks import ALLOWED
from computecycle.evidence.errors import InputError
from computecycle.evidence.overlaid import cells
from computecycle.evidence.received import REMARK


def lines(name: str) -> list[list[str]]:
    """Return a table's header, a remark on each column and its newest row as an example."""
    entry = data.open_to_own(data.resource(name))
    fields = entry["schema"]["fields"]
    remarks = [[REMARK + about(field, entry)] for field in fields]
    known = cells(data.FOLDER / entry["path"])
    newest = max(known, key=lambda row: row["known_from"], default={})
    example = [newest.get(field["name"], "") for field in fields]
    example[0] = REMARK + example[0]
    return [[field["name"] for field in fields], *remarks, example]


def about(field: dict, entry: dict) -> str:
    """Return what a column may hold, whether it is needed, what it means."""
    limits = field.get("constraints", {})
    kind = words_of(field)
    parts = [", ".join(kind) if kind else ALLOWED[field["type"]]]
    parts += [
        f"{word} {limits[word]}" for word in ("minimum", "maximum", "pattern") if word in limits
    ]
    parts += ["needed"] if limits.get("required") else ["may be empty"]
    parts += ["part of the key"] if field["name"] in entry["key"] else []
    return f"{field['name']}: {'; '.join(parts)}; {field.get('description', '')}"


def words_of(field: dict) -> list[str]:
    """Return the words that a column's cells may hold, if they are listed."""
    return [str(each) for each in field.get("constraints", {}).get("enum", [])]


def as_csv(name: str) -> str:
    """Return the template of a table as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines(name))
    return text.getvalue()


def as_workbook(name: str, path: Path) -> None:
    """Write the template of a table as a workbook; InputError where the file is there."""
    if path.exists():
        raise InputError(f"{path} is there already; name another file with --out.")
    fields = data.open_to_own(data.resource(name))["schema"]["fields"]
    listed = {at: words for at, field in enumerate(fields, 1) if (words := words_of(field))}
    workbook.write(path, name, lines(name), listed)
