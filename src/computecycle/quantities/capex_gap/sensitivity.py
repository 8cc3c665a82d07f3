"""What moves the gap: the ranges around a case, one at a time and all at once.

The model is `scenarios`; this room turns the table `ranges` into its inputs and its results into
tables that a chart can draw. What comes out is what the declared ranges put in.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities.capex_gap import moves
from computecycle.quantities.capex_gap.assumptions import Declared
from computecycle.quantities.capex_gap.draws import monte_carlo
from computecycle.quantities.capex_gap.scenarios import scenarios

FORMS = {"x": "{:,.2f}", "fraction": "{:.0%}", "fraction per year": "{:.0%} a year"}
SMALL = 1e-6  # USD billion: no move
FORMS |= {"years": "{:.0f} years"}


def around(base: dict[str, float], ranges: pd.DataFrame) -> pd.DataFrame:
    """Return the ranges around a case: as `ranges`, with relative ends multiplied by the base."""
    factor = np.where(ranges["relative"].astype(bool), ranges["assumption"].map(base), 1.0)
    ends = {end: ranges[end] * factor.astype(float) for end in ("low", "mode", "high")}
    return ranges.assign(**ends, distribution="triangular")


def numbers(base: dict[str, Given]) -> dict[str, float]:
    """Return the numbers of a case."""
    return {name: one.number for name, one in base.items()}


def held(ranges: pd.DataFrame, own: dict[str, float]) -> pd.DataFrame:
    """Return the ranges with those of what a reader set closed to the number that was set.

    One that is relative to the case goes along with the number, and stays as wide.
    """
    number = ranges["assumption"].map(own).astype(float)
    keeps = number.isna() | ranges["relative"].astype(bool)
    ends = {end: ranges[end].astype(float).where(keeps, number) for end in ("low", "mode", "high")}
    return ranges.assign(**ends)


def tornado(known: Declared, base: dict[str, Given], ranges: pd.DataFrame) -> pd.DataFrame:
    """Return the gap at either end of each range, one at a time.

    Columns: assumption_label, bound, value_label, gap, base_gap, swing; widest first; assumptions
    that move nothing are left out. Empty where there are no ranges.
    """
    columns = ["assumption_label", "bound", "value_label", "gap", "base_gap", "swing"]
    if ranges.empty:
        return pd.DataFrame(columns=columns)
    base = numbers(base)
    spans = around(base, ranges)
    moved = moves.tornado(known, base, spans[["assumption", "low", "high"]])
    moved = moved[moved["swing"] > 0].merge(spans[["assumption", "label", "unit", "relative"]])
    labels = [value_label(row) for row in moved.itertuples()]
    base_gap = scenarios(known, **base)["gap"].iloc[0]
    return moved.assign(assumption_label=moved["label"], value_label=labels, base_gap=base_gap)[
        columns
    ]


def value_label(row) -> str:
    """Return an end of a range as a reader writes it; money where it is relative to the base."""
    return (
        f"${row.value:,.0f} bn"
        if row.relative and row.unit == "x"
        else FORMS[row.unit].format(row.value)
    )


def drawn(
    known: Declared, base: dict[str, Given], ranges: pd.DataFrame, draws: int, seed: int
) -> pd.DataFrame:
    """Return Monte Carlo scenarios over every range, what a reader set in the case `held`; empty
    where there are none."""
    if ranges.empty:
        return pd.DataFrame(columns=["required", "actual", "gap", "coverage"])
    own = {name: one.number for name, one in base.items() if one.own}
    case = numbers(base)
    return monte_carlo(known, case, around(case, held(ranges, own)), draws, seed)


def share_below(draws: pd.DataFrame, column: str, level: float) -> float:
    """Return the share of the draws in which a number is below a level; nan without either."""
    return float((draws[column] < level).mean()) if len(draws) and level == level else np.nan


def share_within(draws: pd.DataFrame, column: str, low: float, high: float) -> float:
    """Return the share of the draws in which a number lies between two levels or at one of them;
    not a number without draws."""
    return float(draws[column].between(low, high).mean()) if len(draws) else np.nan


def quantile(draws: pd.DataFrame, column: str, share: float) -> float:
    """Return the number below which a share of the draws lies; not a number without draws."""
    return float(draws[column].quantile(share)) if len(draws) else np.nan


def swings(moved: pd.DataFrame, count: int) -> list[float]:
    """Return the widest moves of the gap, the widest first; nan where there are too few."""
    found = moved["swing"].round(6).drop_duplicates().head(count).tolist()
    return [*found, *[np.nan] * (count - len(found))]


def leaning(moved: pd.DataFrame) -> tuple[int, int]:
    """Return how many assumptions can only widen the gap and how many can only narrow it.

    moved : as `tornado` returns it.
    """
    ends = (moved["gap"] - moved["base_gap"]).groupby(moved["assumption_label"]).agg(["min", "max"])
    return int((ends["min"] > -SMALL).sum()), int((ends["max"] < SMALL).sum())


def swing_of(moved: pd.DataFrame, ranges: pd.DataFrame, assumption: str) -> float:
    """Return how far the gap moves with one assumption; nan where it has no range."""
    label = ranges.loc[ranges["assumption"] == assumption, "label"]
    found = moved.loc[moved["assumption_label"].isin(label), "swing"]
    return round(float(found.iloc[0]), 6) if len(found) else np.nan
