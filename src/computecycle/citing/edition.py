"""The record of the edition: what pages, footers, files and citations say of it."""

import json
from pathlib import Path


def record(root: Path) -> dict[str, str]:
    """Return the record of `book/edition.json`: edition, published, title, authors, licence and
    address (empty where the report has no address of its own)."""
    return json.loads((root / "book/edition.json").read_text(encoding="utf-8"))
