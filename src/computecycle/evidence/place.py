"""Where the report lies: in the checkout that holds this package, or in the package itself.

A wheel carries tables, notebooks and pages in `computecycle/report`. It is left as it was
installed; what is made from it is made in a copy of it below the current folder.
"""

import hashlib
import os
import shutil
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
CARRIED = PACKAGE / "report"
CHECKOUT = PACKAGE.parents[1]


def root() -> Path:
    """Return the folder with the report's `data`, `notebooks`, `book` and `_toc.yml`."""
    return CARRIED if CARRIED.is_dir() else CHECKOUT


def workshop(folder: Path) -> Path:
    """Return where the report is built: a checkout itself, else a copy in `folder/_build/report`.

    A copy of the same installation is used again; of another it is made anew, in one step.
    """
    if not CARRIED.is_dir():
        return CHECKOUT
    copy, mark = folder / "_build/report", _installation()
    if _text(copy / ".made-of") == mark:
        return copy
    draft = folder / f"_build/.report-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(CARRIED, draft, copy_function=shutil.copyfile)
    (draft / ".made-of").write_text(mark, encoding="utf-8")
    shutil.rmtree(copy, ignore_errors=True)
    draft.rename(copy)
    return copy


def _installation() -> str:
    """Return a hash of what a wheel carries: the names, sizes and days of its files."""
    files = [path for path in sorted(CARRIED.rglob("*")) if path.is_file()]
    told = [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
