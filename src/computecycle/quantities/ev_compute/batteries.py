"""What batteries of cars cost: prices of one series at a time, as surveyed and as a document tells.

A cell is not a pack, and each survey restates the past in dollars of its own year. So a function
here takes one series of one vintage; setting one behind another is nobody's default. How a price
falls with production is `learning`. Rows of the loaded tables in, tables and small results out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import growth
from computecycle.quantities.ev_compute.vehicles import number, of


def prices(battery: pd.DataFrame, product: str, series: str, vintage: str = "") -> pd.DataFrame:
    """Return the prices of one series as rows in order of `year`; of its newest vintage if none."""
    rows = of(battery, metric="price", product=product, series=series)
    newest = rows["vintage"].max() if len(rows) else ""
    rows = rows[rows["vintage"] == (vintage or newest)]
    return rows.assign(year=rows["period"].astype(int)).sort_values("year")


def price(rows: pd.DataFrame, year: int) -> Given:
    """Return the price of one year from the rows of one series (USD per kWh)."""
    return number(rows[rows["year"] == year])


def last_price(rows: pd.DataFrame) -> Given:
    """Return the newest price of one series (USD per kWh)."""
    return number(rows.iloc[-1:])


def fall_a_year(rows: pd.DataFrame, first: int = 0, last: int = 9999) -> Given:
    """Return the fall a year (fraction) of an exponential through the prices of some years."""
    rows = rows[rows["year"].between(first, last)]
    return Given(-growth.fit_exponential(rows["year"], rows["value"]).annual_rate, [rows])


def straightness(rows: pd.DataFrame) -> Given:
    """Return the squared correlation of the logarithm of the prices with their years."""
    return Given(growth.fit_exponential(rows["year"], rows["value"]).r_squared, [rows])


def first_rise(rows: pd.DataFrame, since: float) -> Given:
    """Return the first year after one in which the price rose; unknown where it never did."""
    later = rows[rows["year"] >= since]
    return Given(float(later["year"][later["value"].diff() > 0].min()), [rows])


def years_spanned(rows: pd.DataFrame) -> Given:
    """Return how many years the period of one row spans: 1992-2016 are 24 years."""
    if rows.empty:
        return Given()
    period = rows["period"].iloc[0]
    return Given(float(period[-4:]) - float(period[:4]), [rows])


def trend(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the exponential through the prices of one series: year, value."""
    years = np.arange(rows["year"].min(), rows["year"].max() + 1) if len(rows) else np.array([])
    fit = growth.fit_exponential(rows["year"], rows["value"])
    return pd.DataFrame({"year": years, "value": fit.predict(years)}).dropna()


def surveys(battery: pd.DataFrame, product: str, series: str) -> pd.DataFrame:
    """Return the prices of every vintage of a series: vintage (label), year, value, recalled.

    A year missing between two others has a row without a price, so that no line runs across it.
    """
    rows = of(battery, metric="price", product=product, series=series)
    table = pd.DataFrame(
        {
            "vintage": "survey of " + rows["vintage"],
            "year": rows["period"].astype(int),
            "value": rows["value"],
            "recalled": rows["confidence"] == "recalled",
        }
    )
    gaps = [missing_years(survey) for _, survey in table.groupby("vintage")]
    table = pd.concat([table, *[gap for gap in gaps if len(gap)]])
    return table.sort_values(["vintage", "year"], ignore_index=True)


def missing_years(survey: pd.DataFrame) -> pd.DataFrame:
    """Return a row without a price for each year missing between two others of a survey."""
    every = range(survey["year"].min(), survey["year"].max() + 1)
    missing = sorted(set(every) - set(survey["year"]))
    name = survey["vintage"].iloc[0]
    return pd.DataFrame({"vintage": name, "year": missing, "value": np.nan, "recalled": False})


def restated(battery: pd.DataFrame, product: str, series: str, year: int) -> pd.DataFrame:
    """Return what each vintage of a series says of one year, as rows, the oldest vintage first."""
    rows = of(battery, metric="price", product=product, series=series, period=str(year))
    return rows.sort_values("vintage")


def price_marks(told: dict[float, tuple[Given, Given]]) -> pd.DataFrame:
    """Return prices as told, for a chart: year, low, high, label; unknown ones left out."""
    rows = [
        {"year": year, "low": low.number, "high": high.number, "label": span(low, high)}
        for year, (low, high) in told.items()
        if low.known and high.known
    ]
    return pd.DataFrame(rows, columns=["year", "low", "high", "label"])


def span(low: Given, high: Given) -> str:
    """Return two ends as a reader writes them; one number where they are equal."""
    ends = dict.fromkeys(f"{end.number:,.0f}" for end in (low, high))
    return "\N{EN DASH}".join(ends)


def bills(cases: dict[str, tuple[Given, Given, str]]) -> pd.DataFrame:
    """Return what packs cost: case, low, high (USD), kind; cases without data are left out."""
    rows = [
        {"case": case, "low": min(ends), "high": max(ends), "kind": kind}
        for case, (*sides, kind) in cases.items()
        if all(side.known for side in sides)
        for ends in [[side.number for side in sides]]
    ]
    return pd.DataFrame(rows, columns=["case", "low", "high", "kind"])
