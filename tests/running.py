"""Run a chapter's cells in this process, without a kernel, and keep what it says."""

import functools
import warnings
from collections.abc import Callable

import nbformat
import pandas as pd
import pytest
from house import REPOSITORY

from computecycle.evidence import data
from computecycle.notebook import claims, figures, notebooks

Shake = Callable[[str, pd.DataFrame], pd.DataFrame]


def execute(cell: nbformat.NotebookNode, space: dict, given: dict) -> None:
    """Execute one cell; what is given follows the cell of the parameters, as in papermill."""
    space.setdefault("In", []).append(cell.source)  # as IPython keeps what has run
    exec(compile(cell.source, f"cell {cell.id}", "exec"), space)
    if "parameters" in cell.metadata.get("tags", []):
        space.update(given)


def run(name: str, given: dict, shake: Shake | None = None, show: bool = True) -> tuple[list, str]:
    """Return what a chapter says in order, and where and how it failed (empty: it did not).

    shake : changes each table as it is loaded. show : whether figures are shown, or only drawn up.
    """
    said, space, place = [], {}, ""
    load = data.Package.load
    warnings.simplefilter("error")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claims, "display", said.append)
        patch.setattr(figures, "display", said.append)
        if not show:
            patch.setattr(figures, "show", lambda chart, id, *_, **__: said.append(chart))
        if shake:
            patch.setattr(data.Package, "load", lambda self, table: shake(table, load(self, table)))
        try:
            for cell in notebooks.read(REPOSITORY / f"notebooks/{name}.ipynb").cells:
                place = cell.get("id")
                if cell.cell_type == "code":
                    execute(cell, space, given)
        except Exception as problem:
            return said, f"{place}: {type(problem).__name__}: {problem}"
    return said, ""


@functools.cache
def edition(name: str) -> tuple:
    """What a chapter says with its defaults; run once for all tests that ask."""
    said, failure = run(name, {})
    assert not failure
    return tuple(said)
