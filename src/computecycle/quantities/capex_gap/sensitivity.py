"""What moves the gap: the ranges around a case, one at a time, all at once, and as objections.

The model is `scenarios`; this room turns the tables `ranges` and `objections` into its inputs and
its results into tables that a chart can draw. What comes out is what the declared ranges put in.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, rows_of
from computecycle.quantities.capex_gap import moves
from computecycle.quantities.capex_gap.assumptions import Declared
from computecycle.quantities.capex_gap.draws import monte_carlo
from computecycle.quantities.capex_gap.scenarios import scenarios

QUANTILES = {"5 percent": 0.05, "half": 0.50, "95 percent": 0.95}
BINS = 36
FORMS = {"x": "{:,.2f}", "fraction": "{:.0%}", "fraction per year": "{:.0%} a year"}


def growth_factor(known: Declared, base: dict[str, float]) -> float:
    """Return this year's need over the steady state's: 1 unless purchases grow."""
    steady = {**base, "purchase_growth": 0.0}
    both = [scenarios(known, **case)["required"].iloc[0] for case in (base, steady)]
    return both[0] / both[1]


def around(base: dict[str, float], ranges: pd.DataFrame) -> pd.DataFrame:
    """Return the ranges around a case: as `ranges`, with relative ends multiplied by the base."""
    factor = np.where(ranges["relative"].astype(bool), ranges["assumption"].map(base), 1.0)
    ends = {end: ranges[end] * factor.astype(float) for end in ("low", "mode", "high")}
    return ranges.assign(**ends, distribution="triangular")


def tornado(known: Declared, base: dict[str, float], ranges: pd.DataFrame) -> pd.DataFrame:
    """Return the gap at either end of each range, one at a time.

    Columns: assumption_label, bound, value_label, gap, base_gap, swing; widest first; assumptions
    that move nothing are left out. Empty where there are no ranges.
    """
    columns = ["assumption_label", "bound", "value_label", "gap", "base_gap", "swing"]
    if ranges.empty:
        return pd.DataFrame(columns=columns)
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
    return f"${row.value:,.0f} bn" if row.relative else FORMS[row.unit].format(row.value)


def drawing(ranges: pd.DataFrame, more: list[str]) -> pd.DataFrame:
    """Return the ranges with more of the assumptions marked as drawn."""
    return ranges.assign(drawn=ranges["drawn"].astype(bool) | ranges["assumption"].isin(more))


def behind(case: dict[str, Given], ranges: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows behind draws of some ranges: of the inputs that are not replaced by them."""
    replaced = set(
        ranges.loc[ranges["drawn"].astype(bool) & ~ranges["relative"].astype(bool), "assumption"]
    )
    return rows_of([given for name, given in case.items() if name not in replaced])


def drawn(
    known: Declared,
    base: dict,
    ranges: pd.DataFrame,
    draws: int,
    seed: int,
    correlation: float,
) -> pd.DataFrame:
    """Return Monte Carlo scenarios over the ranges marked as drawn; empty where there are none."""
    spans = around(base, ranges[ranges["drawn"].astype(bool)])
    if spans.empty:
        return pd.DataFrame(columns=["required", "actual", "gap", "coverage"])
    return monte_carlo(known, base, spans, draws, seed, correlation)


def histogram(draws: pd.DataFrame) -> pd.DataFrame:
    """Return how often the gap falls in each bin: gap_low, gap_high, share (fraction)."""
    if draws.empty:
        return pd.DataFrame(columns=["gap_low", "gap_high", "share"])
    count, edges = np.histogram(draws["gap"], bins=BINS)
    return pd.DataFrame({"gap_low": edges[:-1], "gap_high": edges[1:], "share": count / len(draws)})


def quantiles(draws: pd.DataFrame) -> pd.DataFrame:
    """Return the gaps below which the `QUANTILES` of the draws lie: label, gap."""
    if draws.empty:
        return pd.DataFrame(columns=["label", "gap"])
    return pd.DataFrame(
        {
            "label": list(QUANTILES),
            "gap": draws["gap"].quantile(list(QUANTILES.values())).to_numpy(),
        }
    )


def objections(known: Declared, base: dict[str, float], table: pd.DataFrame) -> pd.DataFrame:
    """Return the gap that each objection leaves: objection, gap_low, gap_high, base_gap, limit.

    Objections that move nothing by construction (see `scenarios`) are left out; the one that
    closes most of the gap comes first. limit is where an axis should end so that one objection
    does not hide the others: a fifth beyond the second largest gap.
    """
    columns = ["objection", "gap_low", "gap_high", "base_gap", "limit"]
    if table.empty:
        return pd.DataFrame(columns=columns)
    moved = moves.objections_gap(known, base, table).drop_duplicates("objection")
    moved = moved[moved["moves"].abs() > 1e-9].sort_values("moves", kind="stable")
    base_gap = scenarios(known, **base)["gap"].iloc[0]
    largest = moved[["gap_low", "gap_high"]].max(axis=1).nlargest(2).min()
    return moved.assign(base_gap=base_gap, limit=1.2 * largest)[columns].reset_index(drop=True)
