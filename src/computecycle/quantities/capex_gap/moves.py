"""How far the gap moves: one assumption at a time, and as an objection asks."""

import numpy as np
import pandas as pd

from computecycle.quantities.bounds import need_columns, need_unique
from computecycle.quantities.capex_gap.assumptions import Declared, need_known, need_rising
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


def objections_gap(known: Declared, base: dict, objections: pd.DataFrame) -> pd.DataFrame:
    """The gap if an objection is granted, mildly (low) and fully (high).

    `objections` has objection, assumption, low, high. The rows of one objection act together, all
    lows or all highs, so low may exceed high. The result adds gap_low, gap_high and moves, the
    larger of the two changes of the gap (negative: the objection closes it), in the given order.
    """
    need_columns("objections", objections, ["objection", "assumption", "low", "high"])
    table = objections[["objection", "assumption", "low", "high"]].copy()
    need_unique("objections", table, ["objection", "assumption"])
    told = dict(list(table.groupby("objection", sort=False)))
    for bound in ("low", "high"):
        changes = [rows.set_index("assumption")[bound].to_dict() for rows in told.values()]
        gaps = pd.Series(_changed(known, base, changes), index=list(told))
        table[f"gap_{bound}"] = table["objection"].map(gaps)
    change = table[["gap_low", "gap_high"]].to_numpy() - scenarios(known, **base)["gap"].iloc[0]
    larger = np.abs(change).argmax(axis=1)
    return table.assign(moves=change[np.arange(len(table)), larger])


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
