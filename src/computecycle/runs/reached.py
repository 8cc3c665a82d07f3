"""What of the package a piece of code can reach: the modules it imports, and what those import.

A chapter runs again when one of these has changed, and not for the others. An import counts
wherever it stands, also in a function that is not called; but not in a function of a package of
which only a module was asked for, for then nobody can call it.
"""

import ast
import functools
from pathlib import Path

BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")  # of statements, where imports stand
KEPT = 100  # answers that a process keeps
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def importing(module: str) -> str:
    """Return the Python that imports a module of a package and gives no other a name."""
    package, _, name = module.rpartition(".")
    return f"from {package} import {name}"


@functools.cache
def imported(code: str, late: bool = True) -> frozenset[tuple[str, bool]]:
    """Return the dotted names that some Python imports, a name from a module as `module.name`,
    each with whether its packages get a name too, as in `import package.module`.

    late : whether what is imported in functions counts. What only a reader of types sees does not.
    """
    found, waiting = set(), [ast.parse(code)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, FUNCTIONS) and not late:
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        waiting += [each for name in BLOCKS for each in getattr(node, name, ())]
        if isinstance(node, ast.Import):
            found |= {(alias.name, True) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {(f"{node.module}.{alias.name}", False) for alias in node.names}
    return frozenset(found)


def run_by(name: str, named: bool, package: Path, known: set[Path]) -> dict[Path, bool]:
    """Return the files of a package that run when a dotted name is imported, its parents' too, each
    with whether it gets a name. named : whether the parents do. known : all files there are."""
    parts = name.split(".")
    if parts[0] != package.name:
        return {}
    places = [package.joinpath(*parts[1:depth]) for depth in range(1, len(parts) + 1)]
    files = [file for place in places for file in (place / "__init__.py", place.with_suffix(".py"))]
    files = [file for file in files if file in known]
    return {file: named or file == files[-1] for file in files}


def reached(code: str, package: Path) -> list[Path]:
    """Return the files of a package that some Python can run by its imports, in order; all of
    them where it is no plain Python, so that nobody can say what it imports."""
    known = ((path, path.stat()) for path in sorted(package.rglob("*.py")))
    files = tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in known)
    return list(_reached(code, package, files))


@functools.lru_cache(KEPT)
def _reached(code: str, package: Path, files: tuple[tuple[Path, int, int], ...]) -> list[Path]:
    """The files that are reached, in each state of all, each with its time and size."""
    try:
        waiting = [imported(code)]
    except SyntaxError:
        return [path for path, *_ in files]
    found: dict[Path, bool] = {}
    known = {path for path, *_ in files}
    while waiting:
        for name, packages in waiting.pop():
            for file, named in run_by(name, packages, package, known).items():
                if file not in found or named > found[file]:
                    found[file] = named
                    waiting.append(imported(file.read_text(encoding="utf-8"), named))
    return sorted(found)
