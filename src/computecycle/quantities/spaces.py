"""A space of assumptions: its points, what moves a number most, what turns a verdict first.

A space is a table with a row for each assumption: name, distribution ("uniform" or "triangular"),
low, mode (of a triangle), high, count (points of its side of a grid) and whole (whether only whole
numbers count). What comes out is what the ranges put in: they are declared, not measured.
"""

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd

from computecycle.evidence.given import shortened
from computecycle.quantities.bounds import need_rising

DIGITS = 12  # significant ones of what a point sets, so that it can be set again as it is printed
DISTRIBUTIONS = ("triangular", "uniform")
Numbers = Callable[[pd.DataFrame], np.ndarray]


def quantile(row, share: np.ndarray) -> np.ndarray:
    """Return the numbers below which a share of a row's distribution lies.

    ValueError where the distribution has no such name or its ends fall.
    """
    if row.distribution not in DISTRIBUTIONS:
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


def drawn(space: pd.DataFrame, draws: int, seed: int) -> pd.DataFrame:
    """Return independent draws, a column for each assumption in the order of the space.

    A row's draws depend on the seed and the rows before it only.
    """
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            row.assumption: _whole(row, quantile(row, rng.random(draws)))
            for row in space.itertuples()
        }
    )


def grid(space: pd.DataFrame) -> pd.DataFrame:
    """Return every combination of the sides of a grid; the last assumption changes first."""
    sides = [side(row, row.count) for row in space.itertuples(name="Row")]
    columns = list(space["assumption"])
    return pd.DataFrame(itertools.product(*sides), columns=columns, dtype=float)


def side(row, count: int) -> np.ndarray:
    """Return so many numbers from the low to the high end of a row, equally far apart."""
    numbers = np.linspace(row.low, row.high, int(count))
    return np.unique(_whole(row, shortened(numbers, DIGITS)))


def _whole(row, numbers: np.ndarray) -> np.ndarray:
    return np.rint(numbers) if getattr(row, "whole", False) else numbers


def one_at_a_time(space: pd.DataFrame, base: dict[str, float], count: int) -> pd.DataFrame:
    """Return the base, then each assumption along its range while the others stay at the base.

    base : nan where an assumption has none. A side of a grid has its own points, any other `count`.
    Columns: moved (the assumption, empty in the base), then the assumptions.
    """
    names = list(space["assumption"])
    rows = [{"moved": ""}]
    for row in space.itertuples(name="Row"):
        numbers = side(row, row.count or count)
        rows += [{"moved": row.assumption, row.assumption: number} for number in numbers]
    return pd.DataFrame(rows, columns=["moved", *names]).fillna({n: base[n] for n in names})


def ends(along: pd.DataFrame, numbers: np.ndarray) -> pd.DataFrame:
    """Return a number at either end of each assumption's range: the bars of a tornado.

    along : as `one_at_a_time` returns it; numbers : one for each of its rows.
    Columns: assumption, bound ("low", "high"), setting, number, base, swing; widest first.
    """
    base, rows = float(numbers[0]), []
    for name in dict.fromkeys(along["moved"].iloc[1:]):
        at = np.flatnonzero(along["moved"] == name)[[0, -1]]
        swing = abs(numbers[at[1]] - numbers[at[0]])
        for bound, place in zip(("low", "high"), at, strict=True):
            rows.append((name, bound, along[name].iloc[place], numbers[place], base, swing))
    table = pd.DataFrame(
        rows, columns=["assumption", "bound", "setting", "number", "base", "swing"]
    )
    return table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def breaks(space: pd.DataFrame, along: pd.DataFrame, holds: np.ndarray) -> dict | None:
    """Return the assumption that turns a verdict by the smallest move from the base.

    holds : a verdict for each row of `along`, as truth or None. The result has assumption, at (the
    number there) and move (its distance from the base over the width of the range); None where none
    alone turns it, or where the base has no verdict. An assumption without a base is left out.
    """
    if holds[0] is None:
        return None
    turned = np.array([each is not None and each != holds[0] for each in holds])
    found = []
    for row in space.itertuples(name="Row"):
        at = along.loc[turned & (along["moved"] == row.assumption), row.assumption]
        base = along[row.assumption].iloc[0]
        if len(at) and row.high > row.low and np.isfinite(base):
            nearest = at.iloc[int((at - base).abs().argmin())]
            found.append((abs(nearest - base) / (row.high - row.low), row.assumption, nearest))
    if not found:
        return None
    move, name, nearest = min(found)
    return {"assumption": name, "at": float(nearest), "move": float(move)}


def shares_of_grid(points: pd.DataFrame, numbers: np.ndarray) -> pd.DataFrame:
    """Return the shares of the variance of a number over a full grid, exactly (Sobol).

    Columns: assumption, first (alone), total (with all that it acts with); nan where the number
    does not vary or is unknown somewhere.
    """
    table = points.assign(_number=numbers)
    whole = float(np.var(numbers))
    rows = []
    for name in points:
        others = [each for each in points if each != name]
        alone = table.groupby(name)["_number"].mean()
        count = table.groupby(name)["_number"].size()
        first = np.average((alone - np.mean(numbers)) ** 2, weights=count)
        rest = table.groupby(others)["_number"].mean().var(ddof=0) if others else 0.0
        rows.append(
            (name, first / whole, 1 - rest / whole) if whole > 0 else (name, np.nan, np.nan)
        )
    return pd.DataFrame(rows, columns=["assumption", "first", "total"])


def shares_of_draws(
    space: pd.DataFrame, numbers: Numbers, names: list[str], points: int, seed: int
) -> dict[str, pd.DataFrame]:
    """Return the shares of the variance of some numbers over a space (Sobol, by Saltelli's points).

    numbers : gives an array with a row a name for a table of points. points : a power of two; the
    function is asked for that many times the assumptions and two. By name, as `shares_of_grid`.
    """
    from scipy.stats import sobol_indices

    columns = list(space["assumption"])

    def asked(unit: np.ndarray) -> np.ndarray:
        flat = unit.reshape(len(columns), -1)
        rows = space.itertuples(name="Row")
        sides = [_whole(row, quantile(row, share)) for row, share in zip(rows, flat, strict=True)]
        found = numbers(pd.DataFrame(dict(zip(columns, sides, strict=True))))
        return np.array(found).reshape(len(names), *unit.shape[1:])  # scipy writes into it

    with np.errstate(divide="ignore", invalid="ignore"):
        found = sobol_indices(
            func=asked,
            n=points,
            dists=[_Share()] * len(columns),
            rng=np.random.default_rng(seed),
        )
    first, total = (np.atleast_2d(each) for each in (found.first_order, found.total_order))
    return {
        name: pd.DataFrame({"assumption": columns, "first": first[place], "total": total[place]})
        for place, name in enumerate(names)
    }


class _Share:
    """The even distribution of shares between 0 and 1, as scipy asks for one."""

    @staticmethod
    def ppf(share: np.ndarray) -> np.ndarray:
        """Return the share itself."""
        return share
