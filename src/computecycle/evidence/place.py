"""Where the report lies: in the checkout that holds this package, or in the package itself.

A wheel carries tables, notebooks and pages in `computecycle/report`. It is left as it was
installed; what is made from it is made in a copy of it below the current folder.
"""

import hashlib
import os
import shutil
from pathlib import Path

from computecycle.evidence.errors import InputError

OVERLAID = "overlay/"  # how the place of a reader's row begins

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
    for path in _carried():  # without the modes of an installation that may be read-only
        (draft / path.relative_to(CARRIED)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, draft / path.relative_to(CARRIED))
    (draft / ".made-of").write_text(mark, encoding="utf-8")
    shutil.rmtree(copy, ignore_errors=True)
    draft.rename(copy)
    return copy


def made(folder: Path) -> Path:
    """Return where what is made goes by default: `_build` of the checkout, else of `folder`."""
    return (folder if CARRIED.is_dir() else CHECKOUT) / "_build"


def need_checkout() -> None:
    """Raise InputError where the report is an installed one, which stays as it is."""
    if CARRIED.is_dir():
        raise InputError("This report was installed from a wheel; do that in a checkout of it.")


def extra(name: str) -> str:
    """Return how what an extra of the package needs is installed: in a checkout, or beside a
    wheel."""
    if CARRIED.is_dir():
        return f'install it with: pip install "computecycle[{name}]"'
    return f'install it with `make extras`, or with: pip install ".[{name}]"'


def _installation() -> str:
    """Return a hash of what a wheel carries: the names, sizes and days of its files."""
    told = [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in _carried()]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _carried() -> list[Path]:
    return [path for path in sorted(CARRIED.rglob("*")) if path.is_file()]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
