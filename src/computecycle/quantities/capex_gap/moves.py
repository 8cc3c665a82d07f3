"""How far the gap moves when one assumption at a time does."""

import numpy as np
import pandas as pd

from computecycle.quantities.bounds import need_columns, need_rising, need_unique
from computecycle.quantities.capex_gap.assumptions import Declared, need_known
from computecycle.quantities.capex_gap.scenarios import scenarios


def tornado(known: Declared, base: dict, ranges: pd.DataFrame) -> pd.DataFrame:
    """The gap as one assumption at a time goes to either end of its range.

    `ranges` has assumption, low, high; the result has two rows (bound "low" and "high") for each:
    assumption, bound, value, gap, and swing, the distance between its two gaps; widest first.
    """
    need_columns("ranges", ranges, ["assumption", "low", "high"])
    need_unique("ranges", ranges, ["assumption"])
    for row in ranges.itertuples():
        need_rising(row.assumption, low=row.low, high=row.high)
    table = pd.DataFrame(
        {
            "assumption": np.repeat(ranges["assumption"].to_numpy(), 2),
            "bound": ["low", "high"] * len(ranges),
            "value": ranges[["low", "high"]].to_numpy(dtype=float).ravel(),
        }
    )
    changes = [{row.assumption: row.value} for row in table.itertuples()]
    table["gap"] = _changed(known, base, changes)
    gaps = table["gap"].to_numpy().reshape(-1, 2)
    table["swing"] = np.repeat(np.abs(gaps[:, 1] - gaps[:, 0]), 2)
    return table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def _changed(known: Declared, base: dict, changes: list[dict]) -> np.ndarray:
    """The gap of `base` with each of `changes`, all in one call."""
    names = list(dict.fromkeys(name for change in changes for name in change))
    need_known(known, [*base, *names])
    many = [name for name, value in base.items() if np.ndim(value)]
    if many:
        raise ValueError(f"{', '.join(many)} in base has many values; base holds one number each.")
    columns = {}
    for name in names:
        told = base.get(name, known[name].default)
        columns[name] = np.array([change.get(name, told) for change in changes])
    return scenarios(known, **{**base, **columns})["gap"].to_numpy()
