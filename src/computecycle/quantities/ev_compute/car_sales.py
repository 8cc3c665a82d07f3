"""Who buys electric cars and who sells them: shares with their S-curves, two makers by year.

Shares are of new cars sold, not of cars on the road, and each release of the agency restates the
years before it: everything here takes one release. Makers count differently (deliveries, sales
from the works; with hybrids or without), so a line of a maker says what it counts.
"""

import functools

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, computed
from computecycle.quantities import choices, growth
from computecycle.quantities.ev_compute.vehicles import number, of

MILLION = 1e6
QUARTERS = 4
LINES = {  # maker, powertrain: how a chart calls the line
    ("Tesla", "BEV"): "Tesla, battery cars",
    ("BYD", "BEV"): "BYD, battery cars",
    ("BYD", "BEV and PHEV"): "BYD, with hybrids",
}


def shares(regions: pd.DataFrame) -> pd.DataFrame:
    """Return the agency's newest shares of electric cars as rows with `year` and `share`."""
    rows = of(regions, metric="share", powertrain="BEV and PHEV")
    rows = rows[rows["vintage"].str.startswith("IEA")]
    rows = rows[rows["vintage"] == rows["vintage"].max()] if len(rows) else rows
    rows = rows.assign(year=rows["period"].astype(int), share=rows["value"] / 100)
    return rows.sort_values(["region", "year"], kind="stable")


def newest_year(shares: pd.DataFrame, regions: list[str], since: int = 0) -> Given:
    """Return the last year in which all these regions have a share; unknown if before another."""
    having = of(shares, region=regions).groupby("year")["region"].nunique()
    years = having.index[(having == len(regions)) & (having.index >= since)]
    if years.empty:
        return Given()
    rows = of(shares, region=regions)
    return computed(max(years), rows[rows["year"] == max(years)])


def share(shares: pd.DataFrame, region: str, year: float) -> Given:
    """Return the share of a region in a year (fraction)."""
    return number(shares[(shares["region"] == region) & (shares["year"] == year)])


def until(shares: pd.DataFrame, region: str, year: int) -> pd.DataFrame:
    """Return the rows of a region up to a year."""
    return shares[(shares["region"] == region) & (shares["year"] <= year)]


def s_curve(rows: pd.DataFrame, ceiling: float) -> growth.Logistic:
    """Return the logistic through shares; not fitted where one of them meets the ceiling."""
    if rows.empty or rows["share"].max() >= ceiling:
        return growth.Logistic(ceiling)
    return growth.fit_logistic(rows["year"], rows["share"], ceiling)


def least_expected(rows: pd.DataFrame, year: float, ceiling: float) -> Given:
    """Return the low end of the interval of the share to which the S-curve leads in a year."""
    return Given(float(s_curve(rows, ceiling).interval(float(year))[0]), [rows])


def missed_at(
    shares: pd.DataFrame, ids: dict[str, str], year: float, points: pd.DataFrame
) -> pd.DataFrame:
    """Return to what S-curves of other choices lead: their last year (`fitted-year`) and, by the
    name of each region in the condition, the low end of the interval.

    ids : the region by that name. points : as `choices.drawn` gives them.
    """

    rows = functools.cache(functools.partial(until, shares))  # few years, many ceilings

    def ask(last_fitted: int, share_ceiling: float) -> dict[str, float]:
        ends = {
            name: least_expected(rows(region, last_fitted), year, share_ceiling).number
            for name, region in ids.items()
        }
        return ends | {"fitted-year": float(last_fitted), "share-year": float(year)}

    return choices.answered(points.round({"share_ceiling": 2}), ask)


def below_curves(
    missed: pd.DataFrame, came: dict[str, float], rows: list[pd.DataFrame]
) -> list[Given]:
    """Return in which part of the choices each share lies below the interval of its S-curve, and
    last in which all do; unknown where there are no choices or a share is missing.

    missed : as `missed_at` gives it. came : each share by the column of its low end. rows : that
    they rest on.
    """
    if missed.empty or not np.isfinite(list(came.values())).all():
        return [Given()] * (len(came) + 1)
    below = pd.DataFrame({name: missed[name] > share for name, share in came.items()})
    return [Given(float(part), rows) for part in (*below.mean(), below.all(axis=1).mean())]


def share_lines(shares: pd.DataFrame, regions: list[str], last: int, ceiling: float, end: int):
    """Return shares and the S-curve through their years up to one: region, year, share, kind, low,
    high.

    kind : "fitted", "before" for the years that were fitted, "after" for those that came later;
    "interval" for low and high, between which a share may lie in the years after the fitted ones.
    """
    tables = [pd.DataFrame(columns=["region", "year", "share", "kind", "low", "high"])]
    for region in regions:
        rows, used = of(shares, region=region), until(shares, region, last)
        if used.empty:
            continue
        kind = np.where(rows["year"] <= last, "before", "after")
        tables.append(rows.assign(kind=kind)[["region", "year", "share", "kind"]])
        years = np.arange(used["year"].min(), end + 0.5, 0.5)
        curve = s_curve(used, ceiling)
        line = {"region": region, "year": years, "share": curve.predict(years), "kind": "fitted"}
        tables.append(pd.DataFrame(line).dropna())
        low, high = curve.interval(years)
        band = {"region": region, "year": years, "kind": "interval", "low": low, "high": high}
        tables.append(pd.DataFrame(band)[years >= last].dropna())
    numbers = dict.fromkeys(["share", "low", "high"], float)
    return pd.concat(tables, ignore_index=True).astype(numbers)


def yearly(sales: pd.DataFrame) -> pd.DataFrame:
    """Return the cars that makers sold by year: line, year, cars (million).

    A year that is not told is the sum of its quarters where all four are.
    """
    rows = of(sales, entity_type="maker", metric="sales")
    rows = rows.assign(year=rows["period"].str[:4].astype(int))
    found = []
    for (maker, powertrain, year), group in rows.groupby(["entity", "powertrain", "year"]):
        whole = group[group["period_type"] == "calendar_year"]
        quarters = group[group["period_type"] == "quarter"]
        if len(whole) or len(quarters) == QUARTERS:
            total = (whole if len(whole) else quarters)["value"].sum() / MILLION
            found.append({"line": LINES[maker, powertrain], "year": year, "cars": total})
    return pd.DataFrame(found, columns=["line", "year", "cars"])


def rounded(rows: pd.DataFrame) -> list[str]:
    """Return the years of which sales were told in whole tenths of a million."""
    told = of(rows, period_type="calendar_year")
    return sorted(told["period"][told["value"] % (MILLION / 10) == 0])


def ahead_since(yearly: pd.DataFrame, line: str, other: str, rows: pd.DataFrame) -> Given:
    """Return the first year from which one line is above another in each year that has both."""
    wide = yearly.pivot(index="year", columns="line", values="cars").reindex(columns=[line, other])
    wide = wide.dropna().sort_index(ascending=False, kind="stable")
    ahead = (wide[line] > wide[other]).cummin()
    years = wide.index[ahead.to_numpy()] if len(wide) else []
    return Given(float(min(years)), [rows]) if len(years) else Given()


def sold(sales: pd.DataFrame, maker: str, powertrain: str, period: str) -> Given:
    """Return the cars that a maker sold in a quarter, by its year and the others if missing."""
    rows = of(sales, entity=maker, powertrain=powertrain, metric="sales")
    told = rows[rows["period"] == period]
    if len(told):
        return number(told)
    year = period[:4]
    whole, others = rows[rows["period"] == year], rows[rows["period"].str.startswith(f"{year}Q")]
    if whole.empty or len(others) != QUARTERS - 1:
        return Given()
    return Given(float(whole["value"].iloc[0] - others["value"].sum()), [whole, others])
