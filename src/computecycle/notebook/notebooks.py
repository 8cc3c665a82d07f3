"""Notebooks: which chapters there are, and what one says of itself before it runs.

A chapter is one notebook in `notebooks/` with a cell tagged `parameters`.
"""

import ast
import contextlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nbformat
import nbformat.validator
from jsonschema.exceptions import best_match

from computecycle.evidence.errors import InputError, did_you_mean

INJECTED = "injected-parameters"  # what papermill calls the cell that it puts in
HEADING = re.compile(r"^(?=#{2,6} )", re.MULTILINE)
KEYS = re.compile(r"^```\{keys\}\n(.*?)^```", re.MULTILINE | re.DOTALL)
LARGEST = 20_000_000  # bytes of a notebook; a chapter has fifty thousand
READERS = ("fastjsonschema", "jsonschema")  # the second, ten times slower, tells what is wrong
VERSION = ("nbformat", "nbformat_minor")
CITED = re.compile(r"\{source\}`([^`]+)`")
LOADED = re.compile(r"""\b(load|load_only)\(["'](\w+)["']""")


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
    """Return a notebook, held to the format as a whole; InputError when the file is none."""
    place = f"notebooks/{file.name}"
    try:
        if file.stat().st_size > LARGEST:
            raise InputError(f"{place} is larger than {LARGEST:,} bytes; clear its outputs.")
        text = file.read_text(encoding="utf-8")
        json.loads(text)
    except json.JSONDecodeError as problem:
        raise InputError(
            f"{place} cannot be read: line {problem.lineno}: {problem.msg}; restore the file."
        ) from None
    except (RecursionError, ValueError):  # a UnicodeDecodeError is one
        raise InputError(f"{place} cannot be read: it is no UTF-8, or nested too deep.") from None
    wrong = format_problem(text)
    if wrong:
        raise InputError(f"{place} {wrong}.")
    return nbformat.reads(text, as_version=4)


@cache
def format_problem(text: str) -> str:
    """Return what keeps a JSON text from being a notebook of format 4.5; empty where nothing."""
    return next(format_problems(json.loads(text)), "")


def format_problems(found: object) -> Iterator[str]:
    """Yield what keeps a JSON value from being a notebook of format 4.5, as ends of sentences."""
    version = [found.get(word) for word in VERSION] if isinstance(found, dict) else []
    if version != [4, 5]:
        yield "is no notebook of format 4.5; open and save it in Jupyter"
        return
    quick, telling = (nbformat.validator.get_validator(4, 5, name=name) for name in READERS)
    error = best_match(telling.iter_errors(found)) if quick.iter_errors(found) else None
    if error is not None:
        path = list(error.absolute_path)
        place = f"cell {path[1] + 1}" if path[:1] == ["cells"] and len(path) > 1 else "the notebook"
        yield f"is no notebook of format 4.5: {place} is not as it wants; save it in Jupyter"
        return
    ids = [cell["id"] for cell in found["cells"]]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield f'has two cells with the id "{id}"; rename one'


def source(root: Path, name: str) -> nbformat.NotebookNode:
    """Return a chapter's notebook; InputError where it was prepared with other parameters."""
    book = read(path(root, name))
    if not title(book):
        raise InputError(f"notebooks/{name}.ipynb, first cell: begin it with `# ` and the title.")
    prepared = [cell for cell in book.cells if INJECTED in cell.metadata.get("tags", [])]
    if prepared:
        raise InputError(
            f'notebooks/{name}.ipynb holds a cell tagged "{INJECTED}" '
            f"(`{prepared[0].source.splitlines()[-1]}`), so it would be published with "
            "somebody's own numbers; remove that cell."
        )
    return book


def code(root: Path, name: str) -> str:
    """Return the code of a chapter's cells, below each other."""
    return "\n".join(c.source for c in source(root, name).cells if c.cell_type == "code")


@cache
def loaded(code: str) -> tuple[str, ...]:
    """Return the tables that some code loads by name, in alphabetical order."""
    return tuple(sorted({name for _, name in LOADED.findall(code)}))


@cache
def selected(code: str) -> dict[str, list[dict]]:
    """Return, by table, the cells by which a chapter's code loads rows (`Package.load_only`).

    Not there is a table that it also loads whole, or by what is not written where it loads it.
    """
    ways, found, tree = LOADED.findall(code), {}, ast.Module([], [])
    if any(way != "load" for way, _ in ways):
        with contextlib.suppress(SyntaxError):
            tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "load_only":
            with contextlib.suppress(ValueError):  # of what is no literal
                cells = {each.arg: ast.literal_eval(each.value) for each in node.keywords}
                found.setdefault(ast.literal_eval(node.args[0]), []).append(cells)
    named = [name for _, name in ways]
    return {name: cells for name, cells in found.items() if len(cells) == named.count(name)}


def keys(root: Path, name: str) -> list[tuple[str, str]]:
    """Return the ids of a chapter's key numbers, each with what it is in a few words."""
    text = "\n".join(c.source for c in source(root, name).cells if c.cell_type == "markdown")
    lines = [line for block in KEYS.findall(text) for line in block.splitlines() if line.strip()]
    named = [line.partition(":") for line in lines]
    return [(id.strip(), words.strip()) for id, _, words in named]


def cited(root: Path, name: str) -> set[str]:
    """Return the keys of the sources that a chapter's words name."""
    return {key for cell in source(root, name).cells for key in CITED.findall(cell.source)}


def tables(root: Path, name: str) -> tuple[str, ...]:
    """Return the tables that a chapter's code loads by name."""
    return loaded(code(root, name))


def title(executed: nbformat.NotebookNode) -> str:
    """Return the first heading of a notebook's first cell; empty where it has none."""
    first = [line for cell in executed.cells[:1] for line in cell.source.splitlines()]
    return next((line[2:].strip() for line in first if line.startswith("# ")), "")


def anchored(cell: nbformat.NotebookNode) -> str:
    """Return a text cell with a mark above each of its headings, from which the page makes the
    heading's address: it is named after the cell, so its words may change."""
    before, *parts = HEADING.split(cell.source)
    for number, part in enumerate(parts, start=1):
        name = cell.id if number == 1 else f"{cell.id}-{number}"
        before += f"% anchor: section-{name}\n{part}"
    return before
