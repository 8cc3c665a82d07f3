"""What firms said they would spend in a year, by the day they said it, and what they spent.

Money comes out in USD billion. The outturn is counted as the firm counts its plan: Amazon net of
proceeds and incentives, Meta with finance leases, CoreWeave without what is still being built.
Oracle plans for years that end in May; its page does not say how it counts, so its outturn is what
it files as capital expenditure. A first plan is one told by the middle of its year.
"""

import math

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import filings
from computecycle.quantities.filings import MILLIONS

# the metric of each firm's plan
COUNTED = {name: [filings.PLANNED[name]] for name in ("Amazon", "Alphabet", "Meta")}
COUNTED["CoreWeave"] = ["capital_expenditure"]
SHOWN = [*COUNTED]  # firms whose plans are drawn by day
COUNTED["Amazon"] = COUNTED["Oracle"] = ["operating_cash_flow", "free_cash_flow"]  # less the second
BEGINS = {"Oracle": -7}  # months from the start of a calendar year to that of the firm's own
EARLY = 6  # months of its year after which a plan is no first plan


def days(as_of: str, last: pd.Timestamp) -> list[str]:
    """Return the ends of months from the first plan on, up to the day of a run or the newest row.

    A table holds the newest of several rows for one year; as of the end of each month it holds
    what was then the newest.
    """
    until = pd.Timestamp(as_of) if as_of else last
    ends = [*pd.date_range("2023-12-31", until, freq="ME"), until]
    return [f"{each:%Y-%m-%d}" for each in ends if not pd.isna(each)]


def every(vintages: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of a table as of several days, each row once."""
    rows = pd.concat(vintages)
    rows = rows[~rows.index.duplicated()]
    rows.attrs = dict(vintages[0].attrs)
    return rows


def spent(accounts: list[pd.DataFrame], company: str, year: int) -> Given:
    """Return what a firm spent in a year, counted as its plan is; unknown if not told."""
    for table in accounts:
        name = f"FY{year}" if company in BEGINS else str(year)
        of_year = table[(table["company"] == company) & (table["period"] == name)]
        parts = [of_year[of_year["metric"] == each] for each in COUNTED.get(company, [])]
        if parts and all(map(len, parts)):
            whole, *less = (float(each["value"].iloc[0]) for each in parts)
            return Given((whole - math.fsum(less)) / MILLIONS, parts)
    return Given()


def fan(
    guidance: pd.DataFrame, accounts: list[pd.DataFrame], year: int, names: list[str] = SHOWN
) -> pd.DataFrame:
    """Return the plans of some firms for a year that has been spent, by firm and day.

    Columns: company, said (day), low, high (without end for a floor), spent (USD billion), error
    (share of the nearest end; none above a floor), year.
    """
    planned = guidance[(guidance["for_year"] == year) & guidance["company"].isin(names)]
    rows = planned.sort_values("known_from", kind="stable").fillna({"high": math.inf})
    made = [
        (
            row.company,
            row.known_from,
            row.low / MILLIONS,
            row.high / MILLIONS,
            spent(accounts, row.company, year).number,
        )
        for row in rows.itertuples()
    ]
    table = pd.DataFrame(made, columns=["company", "said", "low", "high", "spent"]).dropna()
    table = table.astype(
        {"said": "datetime64[ns]"} | dict.fromkeys(["low", "high", "spent"], float)
    )
    over = (table["spent"] - table["high"]) / table["high"]
    under = (table["spent"] - table["low"]) / table["low"]
    error = over.where(over > 0, under.where(under < 0, 0.0))
    order = {name: place for place, name in enumerate(COUNTED)}
    return table.assign(error=error, year=year).sort_values(
        "company", key=lambda names: names.map(order), kind="stable", ignore_index=True
    )


def last_year(guidance: pd.DataFrame, accounts: list[pd.DataFrame]) -> int:
    """Return the last year for which each firm of `SHOWN` had a plan and told what it spent; 0 if
    there is none."""
    years = sorted(set(guidance["for_year"]), reverse=True)
    whole = (set(fan(guidance, accounts, year)["company"]) == set(SHOWN) for year in years)
    return next((int(year) for year, each in zip(years, whole, strict=True) if each), 0)


def firsts(guidance: pd.DataFrame, accounts: list[pd.DataFrame]) -> pd.DataFrame:
    """Return each firm's first plan for each year that has been spent, as `fan` returns them, the
    newest year first; without those told late in their year."""
    years = sorted(set(guidance["for_year"]), reverse=True)
    fans = [fan(guidance, accounts, year, [*COUNTED]) for year in years or [0]]
    table = pd.concat([first(each) for each in fans], ignore_index=True)
    return table[~late(table)].reset_index(drop=True)


def late(plans: pd.DataFrame) -> pd.Series:
    """Return which plans were told when half of their year was over."""
    begins = pd.to_datetime(plans["year"].astype(str) + "-01-01")
    months = [BEGINS.get(name, 0) + EARLY for name in plans["company"]]
    ends = [day + pd.DateOffset(months=each) for day, each in zip(begins, months, strict=True)]
    return plans["said"] > pd.Series(ends, plans.index, dtype="datetime64[ns]")


def year_below(plans: pd.DataFrame, company: str, tolerance: float) -> int:
    """Return the last year for which a firm spent less than its first plan by more than a
    tolerance; 0 if there is none."""
    below = (plans["company"] == company) & (plans["error"] < -tolerance)
    return int(plans.loc[below, "year"].max()) if below.any() else 0


def first(plans: pd.DataFrame) -> pd.DataFrame:
    """Return each firm's first plan."""
    return plans.groupby("company", sort=False).head(1)


def last(plans: pd.DataFrame) -> pd.DataFrame:
    """Return each firm's last plan."""
    return plans.groupby("company", sort=False).tail(1)


def rows_of(
    guidance: pd.DataFrame, accounts: list[pd.DataFrame], year: int, names: list[str]
) -> list[pd.DataFrame]:
    """Return the rows that `fan` reads of some firms."""
    planned = guidance[(guidance["for_year"] == year) & guidance["company"].isin(names)]
    outturns = [spent(accounts, name, year).rows for name in names]
    return [planned, *(rows for each in outturns for rows in each)] if len(planned) else []
