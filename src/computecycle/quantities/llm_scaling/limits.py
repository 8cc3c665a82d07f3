"""What could stop a training run from growing, in FLOP: power, chips, data and time; and money.

    what a run costs     dollars = C / FLOP per dollar     of the runs whose cost is estimated

The ranges of the limits are those of their author. Money is none of them; what a run would cost is
ours: at the cost of recent runs, which is that of the share of the hardware's life and of the
energy, neither that of buying the hardware nor that of research. Tables in, tables or `Given` out.
"""

import pandas as pd

from computecycle.evidence.given import Given

BARS = ["item", "low", "high"]
NAMES = {  # limit and case: what the chart calls it
    ("power", "one campus of data centres"): "Power, one campus",
    ("power", "network of campuses in the United States"): "Power, US campuses joined",
    ("chips", "chips that can be made"): "Chips",
    ("data", "text, pictures, sound and film"): "Text, pictures, sound, film",
    ("latency", "time for one step after another"): "Time for steps in sequence",
    ("movement", "moving data between and within chips"): "Moving data (chips of 2024)",
}
AMORTISED = "amortised hardware and energy"
FEWEST = 3  # runs that make a range


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
