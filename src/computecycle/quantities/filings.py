"""What companies filed and plan, by year and quarter. Money comes out in USD billion.

Microsoft's years end in June: yearly rows keep the fiscal year, totals over the four companies use
its four calendar quarters.
"""

import math
from collections.abc import Iterable

import pandas as pd

from computecycle.evidence.given import Given

QUARTERS = 4  # a year's run rate is a quarter's revenue times four
MILLIONS = 1_000  # USD million in a USD billion
COMPANIES = ["Amazon", "Microsoft", "Alphabet", "Meta"]
PLANNED = {  # the metric in which each tells its plan
    "Amazon": "capex",
    "Microsoft": "capex_with_finance_leases",
    "Alphabet": "capex",
    "Meta": "capex_with_finance_leases",
}


def last_of_all(*told: Iterable[str], since: str = "") -> str:
    """Return the newest period that each of several series has, like with like.

    told : the names of periods of each, all of one form ("2026Q2", or "2025"). since : the first
    period that may be named. Empty where no period is common to all, or none since then.
    """
    last = max(set.intersection(*map(set, told)), default="")
    return last if last >= since else ""


def calendar_quarters(ends: pd.Series) -> pd.Series:
    """Return the calendar quarter ("2026Q2") in which each of some days lies: a fiscal quarter is
    that of its last day."""
    return ends.dt.to_period("Q").astype(str)


def end_of(quarter: str) -> pd.Timestamp:
    """Return the last day of a calendar quarter ("2026Q2"); NaT of an empty name."""
    return pd.Period(quarter).end_time.normalize() if quarter else pd.NaT


def quarters(nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of quarterly data-centre revenue."""
    return nvidia[
        (nvidia["metric"] == "data_center_revenue") & (nvidia["period_type"] == "fiscal_quarter")
    ]


def filed_run_rate(nvidia: pd.DataFrame, period: str) -> Given:
    """Return the run rate of one filed quarter, named as "FY2025Q4" (USD billion a year)."""
    rows = quarters(nvidia)
    rows = rows[rows["period"] == period]
    if rows.empty:
        return Given()
    return Given(float(rows["value"].iloc[0]) * QUARTERS / MILLIONS, [rows])


def yearly(financials: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return a metric of each company by year as filed: company, year, value (USD billion).

    Calendar years; for Microsoft the fiscal year, which ends in June.
    """
    rows = financials[(financials["metric"] == metric) & (financials["period_type"] != "quarter")]
    year = rows["period"].str.slice(-4).astype(int)
    table = pd.DataFrame(
        {"company": rows["company"], "year": year, "value": rows["value"] / MILLIONS}
    )
    order = {name: place for place, name in enumerate(COMPANIES)}
    return table.sort_values(
        ["company", "year"],
        key=lambda column: column.map(order) if column.name == "company" else column,
        ignore_index=True,
    )


def calendar_year(financials: pd.DataFrame, company: str, metric: str, year: int) -> Given:
    """Return a metric in a calendar year (USD billion), from quarters where it must be."""
    rows = financials[(financials["company"] == company) & (financials["metric"] == metric)]
    whole = rows[rows["period"] == str(year)]
    quarters = rows[rows["period"].str.startswith(f"{year}Q")]
    used = whole if len(whole) else quarters if len(quarters) == QUARTERS else rows.iloc[:0]
    return Given(float(used["value"].sum()) / MILLIONS, [used]) if len(used) else Given()


def together(financials: pd.DataFrame, metric: str, year: int) -> Given:
    """Return a metric of the four companies in a calendar year (USD billion)."""
    return _sum(calendar_year(financials, company, metric, year) for company in COMPANIES)


def as_planned(financials: pd.DataFrame, year: int) -> Given:
    """Return what the four spent in a calendar year, each counted as its plan is (USD billion)."""
    return _sum(calendar_year(financials, *each, year) for each in PLANNED.items())


def _sum(parts: Iterable[Given]) -> Given:
    each = list(parts)
    if not all(one.known for one in each):
        return Given()
    return Given(math.fsum(one.number for one in each), [rows for one in each for rows in one.rows])


def spent_by_quarter(financials: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the spending of the four by quarter, in cash."""
    rows = financials[financials["company"].isin(COMPANIES)]
    return rows[(rows["metric"] == "capex") & (rows["period_type"] == "quarter")]


def last_year(financials: pd.DataFrame, *metrics: str, among: Iterable[int] | None = None) -> int:
    """Return the last calendar year of which the four companies have filed each of some metrics;
    0 if there is none.

    among : the years that may be told, such as those of another table; None for all.
    """
    known = among if among is not None else financials["period_end"].dt.year
    return next(
        (
            year
            for year in sorted({int(each) for each in known}, reverse=True)
            if all(together(financials, metric, year).known for metric in metrics)
        ),
        0,
    )


def plans(guidance: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the newest plan of each of the four companies for a calendar year."""
    rows = guidance[
        (guidance["for_year"] == year)
        & (guidance["period_type"] == "calendar_year")
        & guidance["company"].isin(COMPANIES)
    ]
    return rows.sort_values("known_from", kind="stable").groupby("company").tail(1)


def planned(rows: pd.DataFrame, end: str) -> Given:
    """Return the sum of one end of four plans (USD billion); unknown unless all four have one."""
    whole = set(rows["company"]) == set(COMPANIES)
    return Given(float(rows[end].sum()) / MILLIONS, [rows]) if whole else Given()


def since(given: Given, day: pd.Timestamp, first: str) -> Given:
    """Return a number of a day from a first day (YYYY-MM-DD) on; unknown before, when what rests on
    it had not come yet."""
    return given if day >= pd.Timestamp(first) else Given()
