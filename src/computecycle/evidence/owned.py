"""A reader's own word: the bibliography beside their tables, and rows that are theirs alone.

A row whose confidence is `own` cites an entry of the reader's own `sources.bib`, which says whose
number it is; a row of a document that the reader has found names that document in the same file and
is `single_source`, as ours are.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from computecycle.evidence import data, references
from computecycle.evidence.errors import InputError

BESIDE = (".xlsx", ".xls", ".ods", ".tsv")  # of a table that is no CSV


def readable(read: Callable, given: Path | str, label: str) -> dict[str, dict[str, str]]:
    """Return the entries that `read` finds; InputError with the place where it cannot."""
    from pybtex.exceptions import PybtexError

    try:
        return read(given)
    except (PybtexError, ValueError, RecursionError) as problem:
        raise InputError(f"{label} cannot be read: {problem}.") from None


def own_fields(path: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Return the entries of a reader's BibTeX file, key to fields as plain text; and all that
    keeps others from being read."""
    from pybtex import errors
    from pybtex.database import parse_file

    with errors.capture() as faults:
        found = parse_file(str(path)).entries
    return {key: data.source(entry) for key, entry in found.items()}, list(map(str, faults))


def sources(folder: str) -> tuple[dict, list[str]]:
    """Return the entries of a reader's `sources.bib`, and all that is wrong with them; of an entry
    that cannot be read its key alone."""
    path, label = Path(folder, "sources.bib"), "overlay/sources.bib"
    if not path.is_file():
        return {}, []
    try:
        own, faults = readable(own_fields, path, label)
    except InputError as problem:
        return {}, [str(problem)]
    wrong = [f"{label} cannot be read: {each}; look for a comma or a brace." for each in faults]
    wrong += references.own_problems(label, own, data.sources())
    keys = references.ENTRY.findall(path.read_text(encoding="utf-8")) if faults else []
    return dict.fromkeys(keys, {}) | own, wrong


def unread(folder: str) -> Iterator[str]:
    """Yield a sentence for each file that holds tables and is passed over where CSVs are read."""
    for path in sorted(Path(folder).iterdir()):
        if path.suffix.lower() in BESIDE and not path.name.startswith((".", "~$")):
            yield (
                f"overlay/{path.name} is no CSV and would not be read; save it as one, or give the "
                "folder to `computecycle run --data`, which reads workbooks too."
            )


def uncited(rows: list[list[str]], label: str, own: dict) -> Iterator[str]:
    """Yield a sentence for each row of a reader's own word that cites another's document."""
    at = {name: rows[0].index(name) for name in ("source", "confidence") if name in rows[0]}
    for line, cells in enumerate(rows[1:] if len(at) == 2 else [], start=2):
        if cells[at["confidence"]] == data.OWN and cells[at["source"]] not in own:
            yield (
                f'{label}, line {line}, column "source" is "{cells[at["source"]]}" and the row '
                "is own; cite an entry of overlay/sources.bib that says whose number it is."
            )
