"""What batteries of cars cost: prices of one series at a time, by year and by volume made.

A cell is not a pack, and each survey restates the past in dollars of its own year. So a function
here takes one series of one vintage; setting one behind another is nobody's default. How a price
falls with production is `learning`. Rows of the loaded tables in, tables and small results out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import growth, learning
from computecycle.quantities.ev_compute.vehicles import number, of

KINDS = ["cars", "vans", "buses", "trucks", "two- and three-wheelers"]


def prices(battery: pd.DataFrame, product: str, series: str, vintage: str = "") -> pd.DataFrame:
    """Return the prices of one series as rows in order of `year`; of its newest vintage if none."""
    rows = of(battery, metric="price", product=product, series=series)
    newest = rows["vintage"].max() if len(rows) else ""
    rows = rows[rows["vintage"] == (vintage or newest)]
    return rows.assign(year=rows["period"].astype(int)).sort_values("year", kind="stable")


def price(rows: pd.DataFrame, year: int) -> Given:
    """Return the price of one year from the rows of one series (USD per kWh)."""
    return number(rows[rows["year"] == year])


def last_price(rows: pd.DataFrame) -> Given:
    """Return the newest price of one series (USD per kWh)."""
    return number(rows.iloc[-1:])


def falls_a_year(rows: pd.DataFrame, first: int = 0, last: int = 9999) -> tuple[Given, Given]:
    """Return the least and the most that prices of some years fell a year (fractions).

    The ends of the interval of an exponential through them.
    """
    rows = rows[rows["year"].between(first, last)]
    low, high = growth.fit_exponential(rows["year"], rows["value"]).interval
    return Given(1 - high, [rows]), Given(1 - low, [rows])


def paces_apart(rows: pd.DataFrame, first: int, split: int) -> tuple[Given, Given]:
    """Return the ends of the interval of the yearly factor of prices until a year over that since.

    One lies between them where the two paces cannot be told apart.
    """
    spans = (rows[rows["year"].between(first, split)], rows[rows["year"] >= split])
    fits = [growth.fit_exponential(each["year"], each["value"]) for each in spans]
    return tuple(Given(each, [rows]) for each in growth.times_faster(*fits))


def trend(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the exponential through the prices of one series: year, value, fit (its name)."""
    years = np.arange(rows["year"].min(), rows["year"].max() + 1) if len(rows) else np.array([])
    fit = growth.fit_exponential(rows["year"], rows["value"])
    line = {"year": years, "value": fit.predict(years), "fit": "fitted exponential"}
    return pd.DataFrame(line).dropna()


def in_newest_dollars(
    battery: pd.DataFrame, product: str, series: str, facts: pd.DataFrame
) -> pd.DataFrame:
    """Return the prices that all surveys of a series tell, in dollars of the newest: year, survey,
    value (USD per kWh), kind ("newest" or "older"), by year; unknown ones left out.

    Moved by consumer prices in the United States. facts : with the index of each year.
    """
    rows = of(battery, metric="price", product=product, series=series)
    known = of(facts, quantity="consumer_price_index")
    index = pd.Series(known["value"].to_numpy(), known["date"], dtype=float)
    newest = rows["vintage"].max() if len(rows) else ""
    older = rows["vintage"] != newest
    rise = index.get(newest, np.nan) / rows["vintage"].map(index).astype(float)
    table = pd.DataFrame(
        {
            "year": rows["period"].astype(int),
            "survey": rows["vintage"],
            "value": rows["value"] * rise.where(older, 1.0),
            "kind": np.where(older, "older", "newest"),
        }
    )
    return table.dropna().sort_values(["year", "survey"], ignore_index=True)


def in_later_dollars(price: pd.DataFrame, year: Given, index: pd.DataFrame) -> Given:
    """Return the price of one row, moved by consumer prices from its dollars to those of a year;
    unknown where one of the two is.

    index : of consumer prices, by year.
    """
    known = index["date"].astype(int)
    then, now = (number(index[known.isin(own)]) for own in (price["price_year"], [year.number]))
    return number(price) * (now / then)


def expected(now: Given, now_year: Given, then: Given, then_year: Given) -> pd.DataFrame:
    """Return a price and the one that is expected of a later year, for a chart: year, price, label;
    without rows where one of them is unknown."""
    ends = [(now_year, now), (then_year, then)]
    rows = [(year.number, price.number, f"${price.number:,.0f}") for year, price in ends]
    table = pd.DataFrame(rows, columns=["year", "price", "label"])
    return table if np.isfinite(table[["year", "price"]]).all(axis=None) else table.iloc[:0]


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


# Volume


def volume_rows(volume: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the batteries of vehicles by kind and year, of the agency's newest."""
    kinds = [f"electric {kind}" for kind in KINDS]
    rows = of(volume, publisher="IEA", metric="demand", coverage=kinds)
    return rows[rows["vintage"] == rows["vintage"].max()] if len(rows) else rows


def made(rows: pd.DataFrame, besides: float = 0.0) -> pd.DataFrame:
    """Return batteries by year with their running sum: year, gwh, cumulative (GWh).

    besides : batteries of other things, in each year (GWh); where that is unknown there is
    no sum.
    """
    if not np.isfinite(besides):
        rows = rows.iloc[:0]
    total = rows.groupby(rows["period"].astype(int))["value"].sum() + besides
    table = pd.DataFrame({"year": total.index.astype(int), "gwh": total.to_numpy()})
    return learning.cumulated(table, "gwh")


def pairs(made: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    """Return the running sum and the price of each year that has both: year, cumulative, value."""
    both = made.merge(prices[["year", "value"]], on="year")
    return both[["year", "cumulative", "value"]]


def learned(
    pairs: pd.DataFrame, rows: list[pd.DataFrame], besides: Given
) -> tuple[Given, Given, Given]:
    """Return the fall of the price for each doubling of the sum and the ends of its interval.

    rows : that the pairs were made of. besides : batteries of other things that are in the sum.
    """
    curve = growth.fit_exponential(np.log2(pairs["cumulative"]), pairs["value"])
    ends = (curve.annual_rate, curve.interval[1] - 1, curve.interval[0] - 1)
    return tuple(Given(-each, [*rows, *besides.rows], besides.own) for each in ends)


def curve(pairs: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return pairs with the curve through them: name, year, cumulative, value, fitted, fit."""
    fit = learning.experience_curve(pairs["cumulative"], pairs["value"])
    line = fit.predict(pairs["cumulative"])
    return pairs.assign(name=name, fitted=line, fit="fitted line")
