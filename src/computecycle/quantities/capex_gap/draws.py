"""Random scenarios over declared distributions (Monte Carlo)."""

import numpy as np
import pandas as pd

from computecycle.quantities.bounds import need_columns, need_unique, within
from computecycle.quantities.capex_gap.assumptions import Declared, need_known, need_rising
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
    rng = np.random.default_rng(seed)
    rows = distributions[columns].itertuples(index=False)
    sampled = {row.assumption: _quantile(row, rng.random(draws)) for row in rows}
    return pd.DataFrame(sampled).join(scenarios(known, **{**base, **sampled}))


def _quantile(row: tuple, share: np.ndarray) -> np.ndarray:
    """The numbers below which `share` of the row's distribution lies."""
    if row.distribution not in ("triangular", "uniform"):
        raise ValueError(
            f'The distribution of {row.assumption} is "{row.distribution}"; '
            'it must be "triangular" or "uniform".'
        )
    width = row.high - row.low
    if row.distribution == "uniform":
        need_rising(row.assumption, low=row.low, high=row.high)
        return row.low + share * width
    need_rising(row.assumption, low=row.low, mode=row.mode, high=row.high)
    below = row.low + np.sqrt(share * width * (row.mode - row.low))
    above = row.high - np.sqrt((1 - share) * width * (row.high - row.mode))
    return np.where(share * width < row.mode - row.low, below, above)
