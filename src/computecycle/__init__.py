"""The Compute Cycle: a research report that is also software.

The floors, top first; a floor imports only floors below it:

cli         the `computecycle` command
site        what only Jupyter Book needs: roles, directives, pages, publishing
citing      what a reader may take away, and how it is found again
runs        the run of a chapter, the results that it leaves
ledger      what the sources state, recomputed and judged
notebook    what a chapter is and says: parameters, values, claims, figures
quantities  the subject: what chapters share, then a folder a chapter; tables in, tables out
charts      the look, then a file a chapter, a function a figure; tidy tables in, charts out
evidence    tables as of a date, their checks, numbers with their rows, a user's mistake

A chapter bears one name: `notebooks/cloud.ipynb`, `quantities/cloud/`, `charts/cloud.py`.
Only its notebook puts tables, quantities and charts together.

From Python, in any notebook: `table`, `scenarios`, `model` and `sweep`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from computecycle.runs.sweeps import Sweep


def table(name: str, as_of: str = "", data: str | Path = "") -> pd.DataFrame:
    """Return one of the report's tables, a row for each key, indexed by `file:line`.

    as_of : an ISO date; rows that were published later do not exist. data : a CSV, an .xlsx or a
    folder of them, your own rows laid over the report's and checked as the command does. InputError
    names the table, the date or the cell that is wrong.
    """
    from computecycle.evidence import data as tables
    from computecycle.evidence import received

    if not data:
        return tables.load(name, as_of)
    with received.sound(str(data)) as folder:
        return tables.load(name, as_of, str(folder))


def scenarios(as_of: str = "", data: str | Path = "", **told) -> pd.DataFrame:
    """Return required, actual, gap and coverage of the capex gap, a row for each scenario.

    told : numbers or equally long arrays by assumption, as the table `assumptions` names them;
    gpu_run_rate, datacenter_cost_multiple, end_user_margin and ai_revenue are needed. Money is in
    USD billion a year. ValueError, in a sentence, for an unknown name or a number not allowed.
    """
    from computecycle.quantities.capex_gap import assumptions
    from computecycle.quantities.capex_gap.scenarios import scenarios as of_the_gap

    return of_the_gap(assumptions.declared(table("assumptions", as_of, data)), **told)


def model(chapter: str = "capex_gap", **given):
    """Return a chapter as a function, with parameters of it set: `model().values(points)` gives its
    values by id for a table of points, `model().ranges` its declared ranges.

    given : `as_of`, `data_dir` and any other parameter. InputError for a chapter that there is not
    or that is no function, and for a parameter that it has not or that is not allowed.
    """
    from contextlib import nullcontext

    from computecycle.evidence import place, received
    from computecycle.evidence.errors import InputError
    from computecycle.notebook import notebooks, parameters
    from computecycle.runs import sweeps

    root = place.root()
    chapter = notebooks.path(root, chapter).stem
    own = str(given.get("data_dir") or "")
    with received.sound(own) if own else nullcontext("") as folder:
        set_here = given | ({"data_dir": str(folder)} if "data_dir" in given else {})
        told = parameters.checked(root, chapter, set_here, parameters.accepted)
        found = sweeps.model_of(chapter, told)
    if found is None:
        raise InputError(f"{chapter} has no model; a sweep runs its notebook instead.")
    return found


def sweep(chapter: str, *sides: str, out: str | Path, **options) -> Sweep:
    """Return a chapter over a space of its assumptions: `points`, `claims()`, `shares`.

    sides : as the command's -p ("useful_life_years=3:8:6"). out : a folder for points that are run.
    options : of `runs.sweeps.Asked` (sample, seed, ranges, ids, by_notebooks, workers, scheduler).
    """
    from computecycle.evidence import place
    from computecycle.runs import sweeps

    asked = sweeps.Asked(chapter, sides, **options)
    return sweeps.sweep(place.root(), asked, Path(out), lambda words: None)
