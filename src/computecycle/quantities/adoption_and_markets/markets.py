"""What markets pay: years of quarters, earlier leaders, rivals' chips, clocks.

A year here is four quarters in a row, as filed by a day; a quarter of several companies counts
once all of them have filed. A clock is a time that a document gives for something to happen; it
runs from a day and is over once its far end has passed. Tables in (as loaded), tables or numbers
out; money in USD billion.
"""

from datetime import date

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities.filings import MILLIONS, QUARTERS

MONTHS = {"months": 1.0, "years": 12.0}  # in a unit of a clock
DAYS_A_MONTH = 30.4375
LONGEST_YEAR = 300  # days between the ends of the first and the last of four quarters in a row
DAWN = 2000  # the year of the internet era's peak
CLOCKS = {  # label: the variable that tells it
    "Training outweighs inference": "training_heavy_period",
    "Inference must grow": "inference_growth_window",
    "Adoption must rise": "adoption_window",
    "Day of reckoning": "day_of_reckoning",
}


def quarters(table: pd.DataFrame, metric: str, companies: list[str] | None = None) -> pd.DataFrame:
    """Return the quarterly rows of a metric with `ready`, the day by which all had filed.

    companies : those whose quarters count together; quarters that one of them lacks are left out.
    """
    rows = table[(table["metric"] == metric) & table["period_type"].str.endswith("quarter")]
    if companies is not None:
        rows = rows[rows["company"].isin(companies)]
    filed = rows.groupby("period_end")["known_from"]
    rows = rows.assign(ready=filed.transform("max"))
    return rows[filed.transform("size") == len(companies or [""])].sort_values(
        "period_end", kind="stable"
    )


def year_to(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows of the last four quarters that were filed by a day."""
    return _of_ends(rows[rows["ready"] <= day], slice(-QUARTERS, None))


def year_after(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows of the first four quarters that were filed after a day."""
    return _of_ends(rows[rows["ready"] > day], slice(0, QUARTERS))


def _of_ends(rows: pd.DataFrame, which: slice) -> pd.DataFrame:
    ends = sorted(rows["period_end"].unique())[which]
    return rows[rows["period_end"].isin(ends)]


def total(year: pd.DataFrame) -> Given:
    """Return the sum of a year of quarters (USD billion); unknown unless four lie in a row."""
    ends = year["period_end"]
    if ends.nunique() != QUARTERS or (ends.max() - ends.min()).days > LONGEST_YEAR:
        return Given()
    return Given(float(year["value"].sum()) / MILLIONS, [year])


def gross_margin(nvidia: pd.DataFrame) -> Given:
    """Return the gross profit over the revenue of the last year whose margins are known."""
    margins, revenue = quarters(nvidia, "gross_margin"), quarters(nvidia, "revenue")
    year = _of_ends(revenue[revenue["period"].isin(margins["period"])], slice(-QUARTERS, None))
    margins = margins[margins["period"].isin(year["period"])]
    if not total(year).known or len(margins) != QUARTERS:
        return Given()
    margin = margins.set_index("period")["value"].reindex(year["period"]).to_numpy() / 100
    return Given(float((year["value"] * margin).sum() / year["value"].sum()), [year, margins])


def cost_claims(accelerators: pd.DataFrame) -> pd.DataFrame:
    """Return what challengers say to cost: product, low, high (NVIDIA = 1), basis.

    basis is "price" (paid once) or "running cost"; products without such a number are left out.
    """
    names = accelerators["vendor"] + " " + accelerators["product"]
    ends = {
        "price": (
            1 - accelerators["price_discount_high"] / 100,
            1 - accelerators["price_discount_low"] / 100,
        ),
        "running cost": (accelerators["running_cost_vs_nvidia"],) * 2,
    }
    tables = [
        pd.DataFrame({"product": names, "low": low, "high": high, "basis": basis}).dropna()
        for basis, (low, high) in ends.items()
    ]
    return pd.concat(tables, ignore_index=True)


def deadline(start: pd.Timestamp, number: float, unit: str) -> pd.Timestamp:
    """Return the day so many "months" or "years" after a day; no day where one is unknown."""
    if pd.isna(start) or pd.isna(number):
        return pd.NaT
    whole, part = divmod(number * MONTHS[unit], 1)
    return start + pd.DateOffset(months=int(whole)) + pd.Timedelta(days=round(part * DAYS_A_MONTH))


def begin(published: pd.Timestamp, own: date | None) -> pd.Timestamp:
    """Return the day from which clocks run: the reader's own, else that of publication.

    No day where the document is not known yet, for then it has set no clock.
    """
    return published if own is None or pd.isna(published) else pd.Timestamp(own)


def marked(day: pd.Timestamp, label: str) -> pd.DataFrame:
    """Return a day to be marked in a chart: date, label; empty where there is none."""
    return pd.DataFrame({"date": pd.to_datetime([day]), "label": [label]}).dropna()


def clocks(statements: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """Return the clocks that a document sets: clock, start, low, high (days).

    A clock with one number has both ends on one day.
    """
    found = []
    for label, variable in CLOCKS.items():
        rows = statements[statements["variable"] == variable]
        days = [
            deadline(start, value, unit)
            for value, unit in zip(rows["value"], rows["unit"], strict=True)
        ]
        if days and not pd.isna(start):
            found.append((label, start, min(days), max(days)))
    return pd.DataFrame(found, columns=["clock", "start", "low", "high"])


def end_of(clocks: pd.DataFrame, clock: str, end: str) -> pd.Timestamp:
    """Return the "low" or "high" end of one clock; no day where it is not told."""
    days = clocks[clocks["clock"] == clock][end]
    return days.iloc[0] if len(days) else pd.NaT


def day_of_run(as_of: str, *tables: pd.DataFrame) -> pd.Timestamp:
    """Return the day by which clocks are read: that of the run, or of the newest row."""
    return pd.Timestamp(as_of) if as_of else newest(*tables)


def with_state(clocks: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the clocks with `state` on a day: "not due", "falling due" or "over"."""
    state = [
        "over" if day > high else "falling due" if day >= low else "not due"
        for low, high in zip(clocks["low"], clocks["high"], strict=True)
    ]
    return clocks.assign(state=pd.Series(state, index=clocks.index, dtype=str), day=day)


def newest(*tables: pd.DataFrame) -> pd.Timestamp:
    """Return the newest day of publication in some tables."""
    days = [table["known_from"].max() for table in tables]
    return pd.Series(days, dtype="datetime64[ns]").max()


def newest_rows(*tables: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of some tables that were published on the newest day."""
    day = newest(*tables)
    found = [table[table["known_from"] == day] for table in tables]
    return [rows for rows in found if len(rows)]


def leaders(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the price of earlier leaders against their peak, the lowest first."""
    return facts[facts["quantity"] == "share_price_against_peak"].sort_values(
        "value", kind="stable"
    )


def fiscal_year(nvidia: pd.DataFrame, year: Given) -> Given:
    """Return NVIDIA's sales to data centres in the fiscal year that ends in the January after a
    year (USD billion)."""
    if not year.known:
        return Given()
    rows = nvidia[nvidia["metric"] == "data_center_revenue"]
    rows = rows[rows["period"] == f"FY{year.number + 1:.0f}"]
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def online(internet: pd.DataFrame, years: list[int]) -> list[pd.DataFrame]:
    """Return the rows of Americans online in some years; empty ones where there are none."""
    rows = internet[
        internet["entity"].eq("United States") & internet["metric"].eq("internet_users")
    ]
    return [rows[rows["year"].eq(year)] for year in years]
