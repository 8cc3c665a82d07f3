"""Who buys electric cars and who sells them: shares with their S-curves, makers by quarter.

Shares are of new cars sold, not of cars on the road, and each vintage of the agency restates the
years before it: the S-curve goes through one vintage, unless a caller joins them by name. Makers
count differently (deliveries, sales from the works; with hybrids or without), so a line of a maker
says what it counts. Rows of the loaded tables in, tables and small results out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import growth
from computecycle.quantities.ev_compute.vehicles import number, of

MILLION, THOUSAND = 1e6, 1e3
QUARTERS = 4
LINES = {  # maker, powertrain: how a chart calls the line
    ("Tesla", "BEV"): "Tesla, battery cars",
    ("BYD", "BEV"): "BYD, battery cars",
    ("BYD", "BEV and PHEV"): "BYD, with hybrids",
}


def shares(sales: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of electric cars in car sales as rows with `year` and `share`."""
    rows = of(sales, entity_type="region", metric="share")
    return rows.assign(year=rows["period"].astype(int), share=rows["value"] / 100)


def one_vintage(shares: pd.DataFrame, region: str, joined: bool = False) -> pd.DataFrame:
    """Return a region's shares of the vintage with most years; joined: with later years of others.

    Where vintages are joined and several have a year, the oldest of them counts.
    """
    rows = of(shares, entity=region).sort_values("scope")
    if rows.empty:
        return rows
    longest = rows["scope"].value_counts(sort=True).index[0]
    kept = rows[rows["scope"] == longest]
    if joined:
        later = rows[rows["year"] > kept["year"].max()].drop_duplicates("year")
        kept = pd.concat([kept, later])
        kept.attrs = shares.attrs
    return kept.sort_values("year")


def s_curve(rows: pd.DataFrame, ceiling: float) -> growth.Logistic:
    """Return the logistic through shares; not fitted where one of them meets the ceiling."""
    if rows.empty or rows["share"].max() >= ceiling:
        return growth.Logistic(ceiling)
    return growth.fit_logistic(rows["year"], rows["share"], ceiling)


def full_year(rows: pd.DataFrame, share: float, ceiling: float) -> Given:
    """Return the first calendar year whose share, by the S-curve, is above one; unknown if none."""
    curve = s_curve(rows, ceiling)
    if not np.isfinite(curve.midpoint) or not 0 < share < ceiling:
        return Given()
    return Given(float(np.ceil(curve.reaches(share))), [rows])


def expected(rows: pd.DataFrame, year: float, ceiling: float) -> Given:
    """Return the share that the S-curve through some rows has in a year."""
    return Given(float(s_curve(rows, ceiling).predict(float(year))), [rows])


def share_lines(shares: pd.DataFrame, regions: list[str], ceiling: float, joined: bool, end: int):
    """Return shares and their S-curves: region, year, share, kind (the vintage, or "fitted")."""
    tables = [pd.DataFrame(columns=["region", "year", "share", "kind"])]
    for region in regions:
        rows = of(shares, entity=region)
        if rows.empty:
            continue
        told = rows.rename(columns={"entity": "region", "scope": "kind"})
        tables.append(told[["region", "year", "share", "kind"]])
        used = one_vintage(shares, region, joined)
        years = np.arange(used["year"].min(), end + 0.5, 0.5)
        fitted = s_curve(used, ceiling).predict(years)
        line = pd.DataFrame({"region": region, "year": years, "share": fitted, "kind": "fitted"})
        tables.append(line.dropna())
    return pd.concat(tables, ignore_index=True)


def car_rows(sales: pd.DataFrame, region: str = "World") -> pd.DataFrame:
    """Return the rows of one vintage with the electric cars sold in a region by year."""
    rows = of(sales, entity=region, entity_type="region", metric="sales")
    return rows[rows["scope"] == rows["scope"].min()]


def cars(sales: pd.DataFrame, region: str = "World") -> pd.DataFrame:
    """Return the electric cars sold in a region by year, of one vintage: year, cars (million)."""
    rows = car_rows(sales, region)
    total = rows.groupby(rows["period"].astype(int))["value"].sum() / MILLION
    return pd.DataFrame({"year": total.index, "cars": total.to_numpy()})


def cars_before(sales: pd.DataFrame, region: str = "World") -> Given:
    """Return the electric cars sold before the first year with a number of them (million).

    The shares of those years, of as many cars as were sold in that first year: an estimate.
    """
    sold, told = cars(sales, region), one_vintage(shares(sales), region)
    if sold.empty or told.empty or sold["year"].iloc[0] not in set(told["year"]):
        return Given()
    first = sold["year"].iloc[0]
    earlier, in_first = told[told["year"] < first], told[told["year"] == first]
    every = sold["cars"].iloc[0] / in_first["share"].iloc[0]
    in_year = of(car_rows(sales, region), period=str(first))
    return Given(float(earlier["share"].sum() * every), [earlier, in_first, in_year])


def makers(sales: pd.DataFrame) -> pd.DataFrame:
    """Return the cars that makers sold by quarter: line, quarter (its last day), cars, how.

    cars : thousand. how : "read", "recalled", or "computed" for a quarter that is missing where
    its year and the other three are known.
    """
    rows = of(sales, entity_type="maker", metric="sales")
    line = pd.Series(list(zip(rows["entity"], rows["powertrain"], strict=True)), dtype=object)
    rows = rows.assign(line=line.map(LINES).to_numpy())
    quarters = rows[rows["period_type"] == "quarter"]
    how = np.where(quarters["confidence"] == "recalled", "recalled", "read")
    table = quarters.assign(
        quarter=quarters["period_end"], cars=quarters["value"] / THOUSAND, how=how
    )
    columns = ["line", "quarter", "cars", "how"]
    table = pd.concat([table[columns], missing_quarters(rows)[columns]], ignore_index=True)
    return with_gaps(table).sort_values(["line", "quarter"], ignore_index=True)


def with_gaps(makers: pd.DataFrame) -> pd.DataFrame:
    """Return the table with a row without a number for each quarter missing between two others."""
    gaps = []
    for line, rows in makers.groupby("line"):
        every = pd.date_range(rows["quarter"].min(), rows["quarter"].max(), freq="QE")
        missing = every.difference(pd.DatetimeIndex(rows["quarter"]))
        gaps.append(pd.DataFrame({"line": line, "quarter": missing, "cars": np.nan, "how": "none"}))
    return pd.concat([makers, *[gap for gap in gaps if len(gap)]], ignore_index=True)


def missing_quarters(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the quarters that are their year less the other three: line, quarter, cars, how."""
    found = []
    yearly = rows[rows["period_type"] == "calendar_year"]
    for line, year, value in yearly[["line", "period", "value"]].itertuples(index=False):
        known = rows[(rows["line"] == line) & rows["period"].str.startswith(f"{year}Q")]
        missing = {f"{year}Q{quarter}" for quarter in range(1, 5)} - set(known["period"])
        if len(missing) == 1:
            end = quarter_end(missing.pop())
            cars_left = (value - known["value"].sum()) / THOUSAND
            found.append({"line": line, "quarter": end, "cars": cars_left, "how": "computed"})
    return pd.DataFrame(found, columns=["line", "quarter", "cars", "how"])


def sold(sales: pd.DataFrame, maker: str, powertrain: str, period: str) -> Given:
    """Return the cars that a maker sold in a quarter (thousand), by year and others if missing."""
    rows = of(sales, entity=maker, powertrain=powertrain, metric="sales")
    told = rows[rows["period"] == period]
    if len(told):
        return number(told) / THOUSAND
    year = period[:4]
    whole, others = rows[rows["period"] == year], rows[rows["period"].str.startswith(f"{year}Q")]
    if whole.empty or len(others) != QUARTERS - 1:
        return Given()
    return Given(float(whole["value"].iloc[0] - others["value"].sum()) / THOUSAND, [whole, others])


def last_read(sales: pd.DataFrame, powertrain: str, first: str, second: str) -> str:
    """Return the newest quarter in which both makers' numbers were read; empty if there is none."""
    rows = of(sales, powertrain=powertrain, metric="sales", period_type="quarter")
    rows = rows[rows["confidence"] != "recalled"]
    both = set(of(rows, entity=first)["period"]) & set(of(rows, entity=second)["period"])
    return max(both, default="")


def quarter_end(period: str) -> pd.Timestamp:
    """Return the last day of a quarter such as 2024Q3; not a time (NaT) for an empty one."""
    return pd.Period(period, freq="Q").end_time.normalize() if period else pd.NaT


def later(shares: pd.DataFrame, region: str) -> pd.DataFrame:
    """Return the newest row of a region beyond the years of its longest vintage; empty if none."""
    rows, fitted = of(shares, entity=region), one_vintage(shares, region)
    rows = rows[rows["year"] > fitted["year"].max()] if len(fitted) else rows.iloc[:0]
    return rows.sort_values(["year", "scope"]).iloc[-1:]


def told_shares(region: str, kind: str, told: dict[int, Given]) -> pd.DataFrame:
    """Return shares as told, for a chart: region, year, share, kind; unknown ones left out."""
    rows = [
        {"region": region, "year": year, "share": share.number, "kind": kind}
        for year, share in told.items()
        if share.known
    ]
    return pd.DataFrame(rows, columns=["region", "year", "share", "kind"])
