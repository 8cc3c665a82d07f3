"""Random scenarios over declared distributions (Monte Carlo)."""

import numpy as np
import pandas as pd

from computecycle.quantities import spaces
from computecycle.quantities.bounds import need_columns, need_unique, within
from computecycle.quantities.capex_gap.assumptions import Declared, need_known
from computecycle.quantities.capex_gap.scenarios import scenarios


def monte_carlo(
    known: Declared,
    base: dict,
    distributions: pd.DataFrame,
    draws: int,
    seed: int,
) -> pd.DataFrame:
    """Random scenarios: the drawn assumptions, then required, actual, gap, coverage.

    `distributions` has assumption, distribution ("triangular" or "uniform"), low, mode, high; mode
    is ignored for uniform. Assumptions are independent. A row's draws depend on the seed and the
    rows before it only. What comes out is what the distributions put in: they are declared, not
    measured.
    """
    columns = ["assumption", "distribution", "low", "mode", "high"]
    need_columns("distributions", distributions, columns)
    need_unique("distributions", distributions, ["assumption"])
    within("draws", draws, pd.Interval(1, np.inf, closed="left"))
    need_known(known, distributions["assumption"])
    sampled = spaces.drawn(distributions[columns], draws, seed)
    return sampled.join(scenarios(known, **{**base, **sampled}))
