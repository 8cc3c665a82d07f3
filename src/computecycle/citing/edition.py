"""The record of the edition: what pages, footers, files and citations say of it."""

import json
import re
from pathlib import Path

from computecycle.evidence.errors import InputError

LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}  # by their SPDX names
FOLDER = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w.~%-]+)*/*")  # an address that pages stand below


def record(root: Path) -> dict[str, str]:
    """Return the record of `book/edition.json`: edition, published, title, authors, licence and
    address (empty where the report has no address of its own, else ending with a slash).

    InputError where the address is none of the web, or the licence is not one of `LICENCES`."""
    known = json.loads((root / "book/edition.json").read_text(encoding="utf-8"))
    address, licence = known["address"], known["licence"]
    if address and not FOLDER.fullmatch(address):
        raise InputError(
            f'book/edition.json has the address "{address}"; write one like '
            'https://you.github.io/name/, or "" for none.'
        )
    if licence not in LICENCES:
        raise InputError(
            f'book/edition.json has the licence "{licence}"; write {" or ".join(LICENCES)}.'
        )
    return known | ({"address": f"{address.rstrip('/')}/"} if address else {})
