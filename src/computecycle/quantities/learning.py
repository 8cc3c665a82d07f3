"""Wright's law: cost falls by the same share each time cumulative production doubles.

    cost         c(x) = c0 (x / x0) ** -b      x: cumulative production, in any one unit
    learning     L = 1 - 2 ** -b               fall of cost for each DOUBLING of x
    doublings    n = log2(x / x0), so that c = c0 (1 - L) ** n
    in time      d = 1 - (1 + g) ** -b         fall a YEAR where x grows by g a year

L is no rate per year. Cost falls by L in a year only where cumulative production doubles in that
year (g = 1); where it grows by half, a learning rate of 20% is a fall of 12% a year. Nor does a
good fit show that production caused the fall: when x grows at a steady rate, cost falls at a
steady rate in time as well, and the two cannot be told apart by price alone.

Rates are fractions; a negative L is a cost that rises with production. Functions of numbers take
floats and arrays alike; a number that is not allowed raises ValueError in a sentence. What falls
in time alone belongs to `growth`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from computecycle.quantities import growth
from computecycle.quantities.bounds import POSITIVE, need_columns, within

LEARNING = pd.Interval(-np.inf, 1, closed="neither")
FALL = pd.Interval(0, 1, closed="neither")
GROWTH = pd.Interval(-1, np.inf, closed="neither")

Number = float | np.ndarray


@dataclass(frozen=True)
class ExperienceCurve:
    """A fitted curve.

    unit_cost : cost at a cumulative production of 1. exponent : b. learning_rate : L.
    r_squared : share of the variance of log cost that the curve explains. count : of the points.
    """

    unit_cost: float = np.nan
    exponent: float = np.nan
    learning_rate: float = np.nan
    r_squared: float = np.nan
    count: int = 0

    def predict(self, cumulative: Number) -> Number:
        """Return the fitted cost at some amounts of cumulative production."""
        return self.unit_cost * np.power(cumulative, -self.exponent)


def exponent(learning_rate: Number) -> Number:
    """Exponent b of a learning rate: 20% gives 0.32."""
    within("learning_rate", learning_rate, LEARNING)
    return -np.log2(1 - learning_rate)


def learning_rate(exponent: Number) -> Number:
    """Fall of cost for each doubling, of an exponent: 1 - 2 ** -b."""
    return 1 - np.power(2.0, -exponent)


def doublings(cumulative_before: Number, cumulative: Number) -> Number:
    """How often cumulative production doubled between two amounts."""
    within("cumulative_before", cumulative_before, POSITIVE)
    within("cumulative", cumulative, POSITIVE)
    return np.log2(cumulative / cumulative_before)


def experience_curve(cumulative: pd.Series, cost: pd.Series) -> ExperienceCurve:
    """Least-squares line of log cost on log cumulative production; unknown below two amounts.

    An exponential in the doublings of production, whose growth factor is 1 - L.
    """
    x, y = np.asarray(cumulative, dtype=float), np.asarray(cost, dtype=float)
    if len(x) != len(y):
        raise ValueError(f"cumulative has {len(x)} numbers and cost {len(y)}; pair them.")
    within("cumulative", x, POSITIVE)
    fit = growth.fit_exponential(np.log2(x), y)
    rate = -fit.annual_rate
    if not np.isfinite(rate):
        return ExperienceCurve(count=fit.points)
    unit_cost = float(fit.predict(0.0))
    return ExperienceCurve(unit_cost, float(exponent(rate)), rate, fit.r_squared, fit.points)


def cumulated(table: pd.DataFrame, amount: str, before: float = 0.0) -> pd.DataFrame:
    """Return a table by `year` with the running sum of an amount as `cumulative`.

    before : what was made before the first year. A sum that starts late is too small at first, so
    its early doublings count too many and the learning rate comes out too low.
    """
    if table.empty:
        return table.assign(cumulative=pd.Series(dtype=float))
    need_columns("table", table, ["year", amount])
    ordered = table.sort_values("year", kind="stable")
    return ordered.assign(cumulative=before + ordered[amount].cumsum())
