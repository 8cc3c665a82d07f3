"""Notebooks: which chapters there are, and what one says of itself before it runs.

A chapter is one notebook in `notebooks/` with a cell tagged `parameters`.
"""

import re
from pathlib import Path

import nbformat

from computecycle.evidence.errors import InputError, did_you_mean

INJECTED = "injected-parameters"  # what papermill calls the cell that it puts in
KEYS = re.compile(r"^```\{keys\}\n(.*?)^```", re.MULTILINE | re.DOTALL)
LOADED = re.compile(r"""\bload\(["'](\w+)["']""")


def names(root: Path) -> list[str]:
    """Return the names of the chapters in `root/notebooks`, in alphabetical order."""
    return sorted(file.stem for file in (root / "notebooks").glob("*.ipynb"))


def path(root: Path, name: str) -> Path:
    """Return the path of a chapter; InputError when there is none of that name."""
    if name not in names(root):
        hint = did_you_mean(name, names(root)) or f" There are {', '.join(names(root))}."
        raise InputError(f'There is no chapter "{name}" in notebooks/.{hint}')
    return root / "notebooks" / f"{name}.ipynb"


def read(file: Path) -> nbformat.NotebookNode:
    """Return a notebook; InputError when the file is none."""
    try:
        return nbformat.read(file, as_version=4)
    except (ValueError, OSError, nbformat.reader.NotJSONError) as problem:
        raise InputError(f"notebooks/{file.name} cannot be read: {problem}.") from None
    except (AttributeError, KeyError, TypeError, nbformat.ValidationError):
        raise InputError(
            f"notebooks/{file.name} is no notebook of format 4; open and save it in Jupyter."
        ) from None


def source(root: Path, name: str) -> nbformat.NotebookNode:
    """Return a chapter's notebook; InputError where it was prepared with other parameters."""
    book = read(path(root, name))
    prepared = [cell for cell in book.cells if INJECTED in cell.metadata.get("tags", [])]
    if prepared:
        raise InputError(
            f'notebooks/{name}.ipynb holds a cell tagged "{INJECTED}" '
            f"(`{prepared[0].source.splitlines()[-1]}`), so it would be published with "
            "somebody's own numbers; remove that cell."
        )
    return book


def tables(root: Path, name: str) -> list[str]:
    """Return the tables that a chapter's code loads by name."""
    code = "\n".join(c.source for c in source(root, name).cells if c.cell_type == "code")
    return sorted(set(LOADED.findall(code)))


def keys(root: Path, name: str) -> list[tuple[str, str]]:
    """Return the ids of a chapter's key numbers, each with what it is in a few words."""
    text = "\n".join(c.source for c in source(root, name).cells if c.cell_type == "markdown")
    lines = [line for block in KEYS.findall(text) for line in block.splitlines() if line.strip()]
    named = [line.partition(":") for line in lines]
    return [(id.strip(), words.strip()) for id, _, words in named]


def title(executed: nbformat.NotebookNode) -> str:
    """Return a notebook's first heading."""
    first = executed.cells[0].source.splitlines()
    return next((line[2:].strip() for line in first if line.startswith("# ")), "")
