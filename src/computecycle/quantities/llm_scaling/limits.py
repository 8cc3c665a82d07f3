"""What could stop a training run from growing, in FLOP: power, chips, data and time; and money.

    what money buys     C = budget x FLOP per dollar     of the runs whose cost is estimated

The ranges of the limits are those of their author. Money is none of them; what it buys is ours:
what a year's capital spending of one company would buy at the cost of recent runs, which is that
of the share of the hardware's life and of the energy, not that of research. Tables in, tables or
`Given` out.
"""

import pandas as pd

from computecycle.evidence.given import Given

BARS = ["item", "low", "high"]
NAMES = {  # limit and case: what the chart calls it
    ("power", "one campus of data centres"): "Power, one campus",
    ("power", "network of campuses in the United States"): "Power, US campuses joined",
    ("chips", "chips that can be made"): "Chips",
    ("data", "text, pictures, sound and film"): "Text, pictures, sound and film",
    ("latency", "time for one step after another"): "Time for steps in sequence",
}
AMORTISED = "amortised hardware and energy"
FEWEST = 3  # runs that make a range
SPENT = 2025  # the year whose largest spending came near the cost of such a run


def end(limits: pd.DataFrame, limit: str, column: str, case: str | None = None) -> Given:
    """Return the low end, value or high end of a limit; the lowest where it has several cases."""
    rows = limits[limits["limit"] == limit].dropna(subset=[column])
    rows = rows[rows["case"] == case] if case else rows
    return Given(float(rows[column].min()), [rows]) if len(rows) else Given()


def per_dollar(models: pd.DataFrame, since: int) -> tuple[Given, Given]:
    """Return the least and the most FLOP for a dollar among runs published since a year.

    Unknown for fewer than `FEWEST` runs whose cost and compute are estimated.
    """
    recent = models[models["published"].dt.year >= since]
    cost = recent[(recent["metric"] == "training_cost") & (recent["method"] == AMORTISED)]
    compute = recent[recent["metric"] == "training_compute"]
    both = cost.merge(compute, on="model", suffixes=("_cost", ""))
    if len(both) < FEWEST:
        return Given(), Given()
    bought = both["value"] / both["value_cost"]
    names = both["model"]
    rows = [part[part["model"].isin(names)] for part in (cost, compute)]
    return Given(float(bought.min()), rows), Given(float(bought.max()), rows)


def largest(financials: pd.DataFrame, metric: str, period_type: str, since: int) -> Given:
    """Return the largest amount (USD) of the newest year that as many firms have told as the year
    before; until then the largest may be missing. Unknown if that year comes before another."""
    rows = financials[financials["metric"] == metric]
    rows = rows[rows["period_type"] == period_type]
    told = rows.groupby("period_end")["company"].nunique()
    whole = told[told >= told.shift(fill_value=0)]
    rows = rows[(rows["period_end"] == whole.index.max()) & (rows["period_end"].dt.year >= since)]
    rows = rows[rows["value"] == rows["value"].max()]
    return Given(float(rows["value"].iloc[0]) * 1e6, [rows]) if len(rows) else Given()


def bars(limits: pd.DataFrame) -> pd.DataFrame:
    """Return the range of each limit for a chart: columns `BARS`, the lowest first."""
    made = [
        (NAMES[row.limit, row.case], row.low, row.high)
        for row in limits.dropna(subset=["low"]).itertuples()
    ]
    return pd.DataFrame(made, columns=BARS).sort_values("low", kind="stable", ignore_index=True)


def marks(known: dict[str, Given]) -> pd.DataFrame:
    """Return numbers that a chart marks (FLOP), by their names: columns at, name."""
    made = [(given.number, name) for name, given in known.items() if given.known]
    return pd.DataFrame(made, columns=["at", "name"])
