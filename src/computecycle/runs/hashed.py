"""Hashes of what a run depends on."""

import csv
import hashlib
import json
from pathlib import Path

from computecycle.evidence import data


def digest(*parts: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def table_hashes(
    names: list[str], folder: str, selected: dict[str, list[dict]] | None = None
) -> dict[str, str]:
    """Return the SHA-256 of each table's description and rows, a reader's rows included.

    folder : of a reader's tables, or empty. selected : by table, the cells by which its rows are
    loaded; of such a table only these rows count, with the lines where they stand.
    """
    hashes = {}
    for name in names:
        entry = data.resource(name)
        overlay = Path(folder, entry["path"]) if folder else None
        files = [data.FOLDER / entry["path"], *([overlay] if overlay and overlay.exists() else [])]
        rows = [content(path, (selected or {}).get(name)) for path in files if path.exists()]
        hashes[name] = digest(json.dumps(entry, sort_keys=True).encode(), *rows)
    return hashes


def content(path: Path, chosen: list[dict] | None) -> bytes:
    """Return a table's bytes; where rows are chosen by their cells, those with their lines."""
    if chosen is None:
        return path.read_bytes()
    with path.open(encoding="utf-8", newline="") as file:
        rows = enumerate(csv.DictReader(file), start=2)
        found = [each for each in rows if any(matches(each[1], cells) for cells in chosen)]
    return json.dumps(found).encode()


def matches(row: dict, cells: dict[str, list[str]]) -> bool:
    """Whether a row has one of some cells in each column."""
    return all(row.get(column) in asked for column, asked in cells.items())
