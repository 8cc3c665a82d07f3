"""Yearly rates of exponentials through rows, each with its interval and the rows it rests on.

    rate            growth factor less one, of the least-squares line through the logarithms
    interval        at the level of `growth.LEVEL`; unknown for fewer than three points
    times faster    one growth factor over another, with an interval of its own: two growths can be
                    told apart where it does not hold 1

Tables in (as loaded), `Given` numbers and tables out.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import growth

FOREST = ["group", "name", "rate", "low", "high", "points"]


@dataclass(frozen=True)
class Rate:
    """A fitted yearly rate (fraction) and the ends of its interval, with their rows."""

    rate: Given
    low: Given
    high: Given
    fit: growth.Growth

    @property
    def doubling(self) -> Given:
        """The years in which it doubles."""
        if not self.rate.known:
            return Given()
        return Given(self.fit.doubling_time, self.rate.rows)


def fitted(rows: pd.DataFrame, time: str, column: str, rest: list[pd.DataFrame] = ()) -> Rate:
    """Return the rate of the exponential through some rows.

    rest : loaded rows that the numbers rest on, where they are not these rows themselves.
    """
    fit = growth.fit_exponential(rows[time], rows[column])
    on = list(rest) or [rows]
    ends = (fit.growth, *fit.interval)
    return Rate(*(Given(end - 1, on) if np.isfinite(end) else Given() for end in ends), fit)


def times_faster(first: Rate, second: Rate) -> tuple[Given, Given]:
    """Return the ends of the interval of how many times one growth factor is another."""
    if not (first.low.known and second.low.known):
        return Given(), Given()
    on = [*first.rate.rows, *second.rate.rows]
    return tuple(Given(end, on) for end in growth.times_faster(first.fit, second.fit))


def forest(named: dict[str, tuple[str, Rate]]) -> pd.DataFrame:
    """Return rates to draw, in the order given: group, name, rate, low, high (fractions), points.

    named : name to group and rate. Rates without an interval are left out.
    """
    rows = [
        (group, name, each.rate.number, each.low.number, each.high.number, each.fit.points)
        for name, (group, each) in named.items()
        if each.low.known
    ]
    return pd.DataFrame(rows, columns=FOREST)
