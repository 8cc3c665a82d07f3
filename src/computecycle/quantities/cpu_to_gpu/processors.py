"""Processors: the best chip of each year, and a catalogue of products.

    efficiency      operations a second per watt of board power
    Dennard (1974)  dimensions, voltage and delay shrink to s: area s^2, frequency 1 / s, energy of
                    a switching s^3, power s^3 / s = s^2, and power for each area stays the same

Peak rates are theoretical, and a number format is part of what a rate counts: growth across
formats is not growth of one thing. Exponentials are fitted in `growth`. Tables in (as loaded),
tables or `Given` numbers out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.errors import in_order
from computecycle.evidence.given import Given
from computecycle.quantities import growth

LINE = ["measure", "period", "year", "value", "label"]
POINTS = ["measure", "year", "value"]
MEASURES = {  # of the best chip of each year: how they are named with their unit
    "clock_frequency": "Clock (MHz)",
    "typical_power": "Power (W)",
    "single_thread_performance": "One core (SPECint x 1,000)",
    "transistor_count": "Transistors (thousands)",
}
CORES = "CUDA cores of a GPU"
DENSE = [
    "fp32_peak",
    "fp16_tensor_dense",
    "int8_peak_dense",
    "int8_tensor_dense",
]  # no zeros skipped
BARGAIN = "_bargain"  # of the use of a cheap central processor, a rival by price alone
TIERS = ["fp32_peak", "tdp", "launch_price"]  # what the derived columns are made of


def row(table: pd.DataFrame, column: str, **where: str) -> Given:
    """Return the number in a column of the one row with these cells; unknown without a row."""
    rows = table
    for name, cell in where.items():
        rows = rows[rows[name] == cell]
    if len(rows) > 1:
        raise ValueError(f"{where} names {len(rows)} rows ({', '.join(rows.index)}); name one")
    if rows.empty or pd.isna(rows[column].iloc[0]):
        return Given()
    return Given(float(rows[column].iloc[0]), [rows])


# The best chip of each year


def of(trend: pd.DataFrame, metric: str, start: float, end: float) -> pd.DataFrame:
    """Return the rows of one metric from one year to another, both included."""
    return trend[(trend["metric"] == metric) & trend["year"].between(start, end)]


def measures(
    trend: pd.DataFrame, generations: pd.DataFrame, split: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the trend for panels, and its fitted lines before and after a year.

    generations : models with their CUDA cores, the last panel. Columns of the points: measure,
    year, value; of the lines besides: period ("before", "after"), label (its yearly rate with its
    interval, and the first year where the measure has no line before); a line has its two ends, and
    a period has none without two years, or if its usual value is its least.
    """
    panels = {name: of(trend, metric, 0, np.inf) for metric, name in MEASURES.items()}
    panels[CORES] = counted(generations)
    lines = []
    for name, rows in panels.items():
        for period, start, end in (("before", 0, split), ("after", split, np.inf)):
            known = rows[rows["year"].between(start, end)]
            fit = growth.fit_exponential(known["year"], known["value"])
            still = known["value"].median() == known["value"].min()  # no trend to draw
            if np.isfinite(fit.growth) and not still:
                ends = np.array([known["year"].min(), known["year"].max()], dtype=float)
                line = pd.DataFrame({"year": ends, "value": fit.predict(ends)})
                since = "since" if rows["year"].min() < split else f"from {ends[0]:.0f}"
                when = f"to {split:.0f}" if period == "before" else since
                said = f"{when}: {_told(fit)}"
                lines.append(line.assign(measure=name, period=period, label=said))
    points = [rows[["year", "value"]].assign(measure=name) for name, rows in panels.items()]
    fitted = pd.concat(lines, ignore_index=True) if lines else pd.DataFrame(columns=LINE)
    return pd.concat(points, ignore_index=True)[POINTS], fitted[LINE]


def _told(fit: growth.Growth) -> str:
    """The yearly rate of a fit in percent, in brackets its interval where it has one."""
    rate, low, high = (100 * (factor - 1) for factor in (fit.growth, *fit.interval))
    between = f" ({round(low)} to {round(high)})" if np.isfinite([low, high]).all() else ""
    return f"{round(rate):+d}% a year{between}".replace("-", "\N{MINUS SIGN}")


def counted(generations: pd.DataFrame) -> pd.DataFrame:
    """Return the CUDA cores of each model that has them, with its year."""
    rows = generations[generations["cuda_cores"].notna()]
    year = rows["release"].astype(str).str.slice(0, 4).astype("Int64")
    return rows.assign(year=year, value=rows["cuda_cores"].astype(float))


def launched_below(launches: pd.DataFrame, last: pd.DataFrame) -> Given:
    """Return how many launches are on a process finer than that of a launch; unknown without it."""
    if last.empty:
        return Given()
    return Given(float((launches["process"] < last["process"].iloc[0]).sum()), [launches])


# The catalogue


def sold_for(processors: pd.DataFrame, use: str) -> pd.DataFrame:
    """Return the rows of the products of one class, the cheap central processors with them."""
    return processors[processors["use"].isin([use, use + BARGAIN])]


def catalogue(processors: pd.DataFrame, kind: str, first_year: int, last_year: int) -> pd.DataFrame:
    """Return the chips of one kind: product, released, a column a metric, and what follows.

    efficiency : TFLOPS of FP32 per watt. price_performance : TFLOPS of FP32 per dollar of launch
    price (nominal). Only chips whose released year lies within the two, both included; InputError
    unless the years rise.
    """
    in_order(first_year=first_year, last_year=last_year)
    rows = processors[processors["kind"] == kind]
    rows = rows[rows["released"].dt.year.between(first_year, last_year)]
    wide = rows.pivot(index=["product", "released"], columns="metric", values="value")
    wide = wide.reindex(columns=list(dict.fromkeys([*wide.columns, *TIERS]))).reset_index()
    wide.columns.name = None
    wide["efficiency"] = wide["fp32_peak"] / wide["tdp"]
    wide["price_performance"] = wide["fp32_peak"] / wide["launch_price"]
    return wide.sort_values("released", kind="stable", ignore_index=True)


def listed(processors: pd.DataFrame, kind: str, use: str, metric: str) -> pd.DataFrame:
    """Return the loaded rows of one metric of the products of a kind for one use, by release."""
    chosen = (processors["kind"] == kind) & (processors["use"] == use)
    rows = processors[chosen & (processors["metric"] == metric)]
    return rows.sort_values("released", kind="stable")


def quickest(processors: pd.DataFrame, kind: str, use: str) -> pd.DataFrame:
    """Return the loaded row of the highest rate of each product in any format, by release.

    A rate in eight bits counts operations (TOPS), one in FP32 those of floating point (TFLOPS): the
    same number of products and sums in either.
    """
    chosen = (processors["kind"] == kind) & (processors["use"] == use)
    rows = processors[chosen & processors["metric"].isin(DENSE)]
    best = rows.sort_values("value", ascending=False, kind="stable").drop_duplicates("product")
    return best.sort_values("released", kind="stable")


def of_cpus(processors: pd.DataFrame, metrics: list[str]) -> pd.DataFrame:
    """Return the loaded rows of some metrics of central processors."""
    return processors[(processors["kind"] == "cpu") & processors["metric"].isin(metrics)]


def per_core(processors: pd.DataFrame, rates: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rates of central processors over their cores as `value`, and the rows of the cores
    that they rest on; a processor whose cores are not known is left out.

    rates : rows of `listed`.
    """
    cores = processors[processors["metric"] == "cores"]
    cores = cores[cores["product"].isin(rates["product"])]
    each = rates["product"].map(cores.set_index("product")["value"]).astype(float)
    value = rates["value"] / each
    return rates.assign(value=value)[value.notna()], cores
