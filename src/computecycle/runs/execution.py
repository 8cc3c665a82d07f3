"""A notebook executed by papermill; where it stops, in a sentence: chapter, cell, last lines."""

import re
import shutil
import tempfile
from pathlib import Path

import nbformat

from computecycle.evidence.errors import InputError, NoRow
from computecycle.notebook import notebooks

CELL_SECONDS = 600
STARTS = 3
EARLY = "died before replying"  # what is said of a kernel that never came up
FAILED = "_build/failed"  # where the notebook of a chapter that stopped is kept, with what it said
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
DIED = "its kernel died, perhaps for want of memory; run again."
MISTAKES = {each.__name__ for each in (InputError, NoRow)}  # told without the lines of code
LAST = 3  # lines of what failed that are told


def execute(
    path: Path, root: Path, given: dict[str, object], starts: int = STARTS
) -> nbformat.NotebookNode:
    """Return a notebook executed by papermill; InputError that names the cell which failed.

    starts : how often a kernel is begun at most; two that begin at once may take the same port.
    """
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill import PapermillExecutionError

    with tempfile.TemporaryDirectory() as folder:
        partial = Path(folder, path.name)
        try:
            return run(path, partial, root, given)
        except PapermillExecutionError as failure:
            kept(root, partial)
            raise InputError(stopped(path, failure)) from None
        except CellTimeoutError:
            kept(root, partial)
            late = f"it took more than {CELL_SECONDS} s; make it faster."
            raise InputError(ended(path.stem, partial, late)) from None
        except RuntimeError as failure:  # a DeadKernelError is one
            if EARLY in str(failure) and starts > 1:
                return execute(path, root, given, starts - 1)
            if EARLY not in str(failure) and not isinstance(failure, DeadKernelError):
                raise
            kept(root, partial)
            raise InputError(ended(path.stem, partial, DIED)) from None


def kept(root: Path, partial: Path) -> None:
    """Keep a notebook that stopped, as far as it came, apart from all that is made."""
    if not partial.exists():  # its kernel never came up
        return
    (root / FAILED).mkdir(parents=True, exist_ok=True)
    shutil.copy(partial, root / FAILED / partial.name)


def ended(chapter: str, partial: Path, why: str) -> str:
    """Return in which cell a notebook ended that did not fail by itself, and the last lines that
    the cell said, or else its own."""
    cells = nbformat.read(partial, as_version=4).cells if partial.exists() else []
    begun = [
        cell
        for cell in cells
        if cell.cell_type == "code" and cell.metadata.get("papermill", {}).get("start_time")
    ]
    if not begun:
        return f"Chapter {chapter} stopped before its first cell: {why}"
    said = "".join(each.get("text", "") for each in begun[-1].outputs)
    lines = (said.strip() or begun[-1].source).splitlines()[-LAST:]
    told = "".join(f"\n    {line.strip()}" for line in lines)
    return f'Chapter {chapter} stopped in cell "{begun[-1].id}": {why}{told}'


def run(path: Path, partial: Path, root: Path, given: dict[str, object]) -> nbformat.NotebookNode:
    """Return a notebook executed by papermill; of one that stops `partial` holds what had run."""
    import logging

    from papermill import execute_notebook
    from traitlets.config import Config

    from computecycle.runs import engine, kernels

    logging.getLogger("papermill").setLevel(logging.ERROR)
    whole: list[nbformat.NotebookNode] = []
    execute_notebook(
        str(path),
        None,
        parameters=given,
        cwd=str(root),
        kernel_name="python3",
        kernel_manager_class=kernels.Manager,
        shutdown_kernel="immediate",  # it has said all
        config=Config(AsyncKernelManager={"transport_encryption": "auto"}),
        progress_bar=False,
        engine_name=engine.NAME,
        partial=str(partial),
        whole=whole,
        log_output=False,
        execution_timeout=CELL_SECONDS,
        extra_arguments=["--log-level=CRITICAL"],  # a kernel that ends early says so there
    )
    return whole[0]


def place_of(path: Path, is_it) -> str:
    """Return the first cell with code of which something is true, in words."""
    cells = notebooks.read(path).cells
    ids = [cell.id for cell in cells if cell.cell_type == "code" and is_it(cell.source)]
    return f'cell "{ids[0]}"' if ids else "a cell"


def stopped(path: Path, failure) -> str:
    """Return where a chapter stopped and why; of what is no user's mistake, its last lines too."""
    place = place_of(path, lambda source: source == failure.source)
    sentence = f"Chapter {path.stem} stopped in {place}: "
    if failure.ename in MISTAKES:
        return f"{sentence}{failure.evalue}"
    plain = COLOUR.sub("", "\n".join(failure.traceback)).splitlines()
    marked = [line for line in plain if line.lstrip().startswith(("-->", "---->")) and " " in line]
    lines = "".join(f"\n    {line.strip()}" for line in marked[-LAST:])
    return f"{sentence}{failure.ename}: {failure.evalue}{lines}"
