"""What one chip can do: launches, single cores, graphics processors and their power.

    slip            launch - (first launch + steps of the clock so far), in years
    efficiency      operations a second per watt of board power
    speed           = efficiency x power, so their growth factors multiply:
                    g_speed = g_efficiency g_power for fits over the same chips
    doublings       log2 of a multiple; those of factors add up where the factors multiply
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

DAYS = "actual/365.25"
MISSED = "next tick, due"
SLIPS = ["name", "step", "process", "launch", "due", "slip"]
LINE = ["metric", "period", "year", "value", "label"]
MEASURES = {  # of the best chip of each year: how they are named with their unit
    "single_thread_performance": "Single core (SPECint x 1,000)",
    "clock_frequency": "Clock frequency (MHz)",
    "transistor_count": "Transistors (thousands)",
    "logical_cores": "Hardware threads",
    "typical_power": "Power (W)",
}
QUANTITIES = {  # columns of a catalogue
    "fp32_peak": "Peak speed, FP32 (TFLOPS)",
    "tdp": "Power (W)",
    "efficiency": "Speed per watt (TFLOPS/W)",
    "price_performance": "Speed per dollar (TFLOPS/USD)",
}
BOARDS = {  # models of the printed table: the product of the public one
    "Tesla V100": "Tesla V100 PCIe 16 GB",
    "H100": "H100 SXM5 80 GB",
    "GB200": "B200",
}
SERVERS = r"Xeon|EPYC|Tesla|A100|H100|H200|B200|L40S"  # products for servers and data centres
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


def pace(rows: pd.DataFrame, date: str, column: str) -> Given:
    """Return the annual growth from the first to the last row by date (2008 or 2008-06)."""
    known = rows.dropna(subset=[column]).sort_values(date)
    days = pd.to_datetime(known[date].astype(str), format="ISO8601")
    if days.nunique() < 2:
        return Given()
    ends = known.iloc[[0, -1]]
    first, last = ends[column].astype(float)
    years = growth.years_between(days.iloc[0], days.iloc[-1], DAYS)
    return Given(growth.annual_growth(first, last, years), [ends])


# Launches


def clock(launches: pd.DataFrame, cycle: float) -> pd.DataFrame:
    """Return launches against their clock: name, step, process, launch, due, slip (years).

    cycle : years of a tick and a tock together; the first step keeps time by definition. Launches
    that are neither have no due date. The last row is the tick that the clock asked for next.
    """
    rows = launches.sort_values("launch_date", kind="stable")
    steps = rows[rows["step"].isin(["tick", "tock"])]
    if steps.empty:
        return pd.DataFrame(columns=SLIPS)
    wait = pd.to_timedelta(np.arange(len(steps) + 1) * cycle / 2 * 365.25, unit="D")
    due = (steps["launch_date"].iloc[0] + wait).floor("D").as_unit("us")
    names = rows["architecture"] + rows.groupby("architecture").cumcount().map(
        lambda copy: " again" * (copy > 0)
    )
    table = pd.DataFrame({"name": names, "step": rows["step"], "process": rows["process"]})
    table["launch"] = rows["launch_date"].dt.as_unit("us")
    table["due"] = pd.Series(due[:-1], index=steps.index)
    missed = pd.DataFrame({"name": [MISSED], "step": ["tick"], "due": [due[-1]]})
    table = pd.concat([table, missed], ignore_index=True)
    table["slip"] = growth.years_between(table["due"], table["launch"], DAYS)
    return table[SLIPS]


def last_slip(slips: pd.DataFrame, launches: pd.DataFrame) -> Given:
    """Return by how many years the last new process came after its clock."""
    ticks = slips[(slips["step"] == "tick") & slips["launch"].notna()]
    if ticks.empty:
        return Given()
    return Given(float(ticks["slip"].iloc[-1]), [launches[launches["step"].isin(["tick", "tock"])]])


def between_ticks(launches: pd.DataFrame) -> np.ndarray:
    """Return the years from each tick (new process) to the next."""
    days = launches[launches["step"] == "tick"]["launch_date"].sort_values()
    return np.atleast_1d(growth.years_between(days.iloc[:-1], days.iloc[1:], DAYS))


def time_on(launches: pd.DataFrame, process: float) -> Given:
    """Return the years from the first to the last launch on one process."""
    rows = launches[launches["process"] == process]
    if len(rows) < 2:
        return Given()
    days = rows["launch_date"]
    return Given(growth.years_between(days.min(), days.max(), DAYS), [rows])


# The best chip of each year


def told_periods(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the growth told for each period (START/END): start, end, rate (fraction a year)."""
    years = statements["period"].str.extract(r"^(\d{4})\D(\d{4})$").astype(float)
    table = pd.DataFrame({"start": years[0], "end": years[1], "rate": statements["value"] / 100})
    return table.dropna().sort_values("start")


def of(trend: pd.DataFrame, metric: str, start: float, end: float) -> pd.DataFrame:
    """Return the rows of one metric from one year to another, both included."""
    return trend[(trend["metric"] == metric) & trend["year"].between(start, end)]


def rate(rows: pd.DataFrame, time: str = "year", column: str = "value") -> Given:
    """Return the annual rate of the exponential through some rows (fraction), with the rows."""
    fit = growth.fit_exponential(rows[time], rows[column])
    return Given(fit.annual_rate, [rows]) if np.isfinite(fit.growth) else Given()


def lines(trend: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Return fitted lines: metric, period, year, value, label; two rows (its ends) a period.

    periods: metric, start, end, and, if it is to be said, rate: the growth told (fraction a year).
    A line ends where its data end; a period without two years has none. label : the fitted growth
    and the told one, separated by a bar.
    """
    tables = []
    for period in periods.itertuples():
        rows = of(trend, period.metric, period.start, period.end)
        fit = growth.fit_exponential(rows["year"], rows["value"])
        if np.isfinite(fit.growth):
            ends = np.array([rows["year"].min(), rows["year"].max()], dtype=float)
            told = f"|told {period.rate:.0%}" if "rate" in periods else ""
            table = pd.DataFrame({"year": ends, "value": fit.predict(ends)})
            table["metric"] = period.metric
            table["period"] = f"{ends[0]:.0f} to {ends[1]:.0f}"
            tables.append(table.assign(label=f"{fit.annual_rate:.0%} a year{told}")[LINE])
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=LINE)


def measures(trend: pd.DataFrame, split: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the trend named for panels, and its fitted lines before and after a year."""
    known = trend[trend["metric"].isin(MEASURES)]
    periods = pd.DataFrame(
        [(metric, *ends) for metric in MEASURES for ends in ((0, split), (split, np.inf))],
        columns=["metric", "start", "end"],
    )
    tables = known[["metric", "year", "value"]], lines(known, periods)
    return tuple(table.assign(measure=table["metric"].map(MEASURES)) for table in tables)


# The catalogue


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


def for_servers(*catalogues: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the chips for servers of each catalogue, from the day on which all have one."""
    chosen = [chips[chips["product"].str.contains(SERVERS)] for chips in catalogues]
    start = pd.Series([chips["released"].min() for chips in chosen]).max(skipna=False)
    return [chips[chips["released"] >= start] for chips in chosen]


def of_chips(processors: pd.DataFrame, chips: pd.DataFrame, metrics: list[str]) -> pd.DataFrame:
    """Return the loaded rows of some metrics of the chips of a catalogue."""
    chosen = processors["product"].isin(chips["product"]) & processors["metric"].isin(metrics)
    return processors[chosen]


def chip_rate(
    processors: pd.DataFrame, chips: pd.DataFrame, column: str, metrics: list[str]
) -> Given:
    """Return the annual rate of a column of a catalogue (fraction), with the rows it rests on."""
    known = chips.dropna(subset=[column])
    fit = growth.fit_exponential(known["released"], known[column])
    if not np.isfinite(fit.growth):
        return Given()
    return Given(fit.annual_rate, [of_chips(processors, known, metrics)])


def of_product(processors: pd.DataFrame, product: str, metric: str) -> Given:
    """Return one metric of one product; unknown where it is not listed."""
    return row(processors, "value", product=product, metric=metric)


def fastest(processors: pd.DataFrame, kind: str, metric: str, year: int) -> Given:
    """Return the highest value of a metric among the chips released up to the end of a year."""
    rows = processors[(processors["kind"] == kind) & (processors["metric"] == metric)]
    rows = rows[rows["released"].dt.year <= year]
    if rows.empty:
        return Given()
    best = rows.loc[[rows["value"].idxmax()]]
    return Given(float(best["value"].iloc[0]), [best])


def quantities(catalogues: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the chips of some kinds for panels, and the exponentials through them.

    Columns of both: measure, kind, day, value; a fitted line has its two ends.
    """
    points, fits = [], []
    for column, measure in QUANTITIES.items():
        for kind, chips in catalogues.items():
            known = chips.dropna(subset=[column])
            table = pd.DataFrame({"day": known["released"], "value": known[column]})
            points.append(table.assign(measure=measure, kind=kind))
            fit = growth.fit_exponential(table["day"], table["value"])
            if np.isfinite(fit.growth):
                ends = table[["day"]].sort_values("day").iloc[[0, -1]]
                ends = ends.assign(value=fit.predict(ends["day"]))
                fits.append(ends.assign(measure=measure, kind=kind))
    types = {"measure": "str", "kind": "str", "day": "datetime64[us]", "value": "float64"}
    none = pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in types.items()})
    return tuple(
        pd.concat(tables, ignore_index=True)[[*types]] if tables else none
        for tables in (points, fits)
    )


def boards(generations: pd.DataFrame, processors: pd.DataFrame) -> pd.DataFrame:
    """Return the power (W) of each key model: name, printed, listed where it is listed publicly."""
    rows = generations[generations["listing"] == "architectures"]
    listed = processors[processors["metric"] == "tdp"].set_index("product")["value"]
    names = rows["architecture"] + ", " + rows["model"]
    watts = rows["model"].replace(BOARDS).map(listed).astype(float)
    return pd.DataFrame({"name": names, "printed": rows["power"], "listed": watts})


def counted(generations: pd.DataFrame) -> pd.DataFrame:
    """Return the CUDA cores of each model of the first list: model, day, cores."""
    rows = generations[generations["cuda_cores"].notna()]
    days = pd.to_datetime(rows["release"].astype(str), format="ISO8601")
    cores = rows["cuda_cores"].astype(float)
    return pd.DataFrame({"model": rows["model"], "day": days, "cores": cores})


def fewer(counts: pd.DataFrame, generations: pd.DataFrame) -> Given:
    """Return how many models of `counted` have fewer cores than the one before."""
    if counts.empty:
        return Given()
    return Given(float((counts["cores"].diff() < 0).sum()), [generations])


def years_per_architecture(generations: pd.DataFrame) -> Given:
    """Return the years from the first architecture to the last, for each that came after."""
    rows = generations[generations["listing"] == "architectures"].sort_values("release")
    if rows["architecture"].nunique() < 2:
        return Given()
    years = rows["release"].astype(str).str.slice(0, 4).astype(float)
    later = rows["architecture"].nunique() - 1
    return Given(float(years.iloc[-1] - years.iloc[0]) / later, [rows])
