"""A chapter at one point: its cells run in this process, and what it says there as numbers.

An IPython shell of its own stands for the kernel, so that a point takes the chapter's own time and
no more. The same on any machine with the same report; what it ran with is told beside it.
"""

import functools
import os
import threading
import types
from pathlib import Path

from computecycle.evidence.errors import InputError
from computecycle.notebook import notebooks
from computecycle.notebook import said as speech
from computecycle.runs import chapters

ONE_SHELL = threading.Lock()  # IPython has one for a process


def told(root: str, name: str, given: dict[str, object]) -> dict:
    """Return what a chapter says at a point: `values` (id to number or None), `claims` (id to True,
    False or None, as a rerun says), `conditions` (the same by the condition alone, whoever gave its
    numbers), `failed` (why it stopped, else empty), `report`.

    root : the report's folder on the machine that runs. given : checked parameters.
    """
    whole = said(root, name, given)
    return {
        "values": {each["id"]: each["number"] for each in whole["values"]},
        "claims": {each["id"]: each["holds"] for each in whole["claims"]},
        "conditions": {each["id"]: each["tested"] for each in whole["claims"]},
        "failed": whole["failed"],
        "report": report(root, name),
    }


def said(root: str, name: str, given: dict[str, object]) -> dict:
    """Return the values and the claims of a chapter at a point, as the results of a run hold them,
    and why it stopped (`failed`, else empty)."""
    os.environ[speech.DRAWN_LATER] = "1"
    with ONE_SHELL:
        outputs, failed = _run(Path(root), name, given)
    found = {f"{kind}s": speech.read(outputs, kind) for kind in ("value", "claim")}
    return {**found, "failed": failed}


@functools.cache
def report(root: str, name: str) -> str:
    """Return a hash of the code, the tables and the notebook that a point of a chapter rests on."""
    depends = chapters.inputs(Path(root), name, {})
    return chapters.digest(chapters.as_json({**depends, "environment": ""}))


def _run(root: Path, name: str, given: dict) -> tuple[list, str]:
    """Return the outputs of a chapter's cells and, where one stopped, which and why."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output
    from traitlets.config import Config

    quiet = Config(HistoryManager={"enabled": False}, InteractiveShell={"colors": "nocolor"})
    shell = InteractiveShell.instance(config=quiet, user_module=types.ModuleType("chapter"))
    here = Path.cwd()
    outputs = []
    try:
        os.chdir(root)  # as a kernel is started in the report's folder
        for cell in notebooks.source(root, name).cells:
            if cell.cell_type != "code":
                continue
            with capture_output() as captured:
                outcome = shell.run_cell(cell.source, store_history=True)
            outputs += captured.outputs
            problem = outcome.error_before_exec or outcome.error_in_exec
            if problem is not None:
                kind = "" if isinstance(problem, InputError) else f"{type(problem).__name__}: "
                return outputs, f'cell "{cell.id}": {kind}{problem}'
            if "parameters" in cell.metadata.get("tags", []):
                shell.user_ns.update(given)
        return outputs, ""
    finally:
        os.chdir(here)
        InteractiveShell.clear_instance()
