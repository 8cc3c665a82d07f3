"""What of the package a piece of code can reach: the modules it imports, and what those import.

A chapter runs again when one of these has changed, and not for the others. An import counts
wherever it stands, also in a function that is not called.
"""

import ast
import functools
from pathlib import Path

BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")  # of statements, where imports stand


@functools.cache
def imported(code: str) -> frozenset[str]:
    """Return the dotted names that some Python imports, a name from a module as `module.name`."""
    found, waiting = set(), [ast.parse(code)]
    while waiting:
        node = waiting.pop()
        waiting += [each for name in BLOCKS for each in getattr(node, name, ())]
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def run_by(name: str, package: Path) -> list[Path]:
    """Return the files of a package that run when a dotted name is imported, its parents' too."""
    parts = name.split(".")
    if parts[0] != package.name:
        return []
    places = [package.joinpath(*parts[1:depth]) for depth in range(1, len(parts) + 1)]
    files = [file for place in places for file in (place / "__init__.py", place.with_suffix(".py"))]
    return [file for file in files if file.is_file()]


def reached(code: str, package: Path) -> list[Path]:
    """Return the files of a package that some Python can run by its imports, in order; all of
    them where it is no plain Python, so that nobody can say what it imports."""
    try:
        imported(code)
    except SyntaxError:
        return sorted(package.rglob("*.py"))
    found, waiting = set(), {code}
    while waiting:
        names = {name for each in waiting for name in imported(each)}
        new = {file for name in names for file in run_by(name, package)} - found
        found |= new
        waiting = {file.read_text(encoding="utf-8") for file in new}
    return sorted(found)
