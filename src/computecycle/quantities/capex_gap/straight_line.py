"""Depreciation as filed, beside that of the straight line over servers' lives in the books.

Money is in USD billion. Years are as filed: Microsoft's end in June.
"""

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import filings
from computecycle.quantities.capex_gap import spending

PART = "subset"  # of a change that bears on some servers alone: the others keep their life
STARTS = {"low": 0.0, "high": 0.5}  # part of the year of purchase that is charged
SPENT = ["company", "year", "value", "life"]


def lives_of_all(lives: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of lives that do not bear on some of a company's servers alone."""
    return lives[~lives["asset"].str.startswith(PART)]


def bought(financials: pd.DataFrame, lives: pd.DataFrame) -> pd.DataFrame:
    """Return each company's spending by year with the life of servers in its books in the middle of
    that year: company, year, value, life (years)."""
    changes, rows = spending.server_lives(lives_of_all(lives)), spending.capex_rows(financials)
    found = []
    for company, year, end, value in zip(
        rows["company"],
        rows["period"].str.slice(-4).astype(int),
        pd.to_datetime(rows["period_end"]) - pd.DateOffset(months=6),
        rows["value"] / filings.MILLIONS,
        strict=True,
    ):
        each = changes[changes["company"] == company]
        so_far = each.loc[each["date"] <= end, "years"]
        if len(each):
            life = so_far.iloc[-1] if len(so_far) else each["before"].iloc[0]
            found.append((company, year, value, life))
    return pd.DataFrame(found, columns=SPENT).sort_values(["company", "year"], ignore_index=True)


def depreciation(spent: pd.DataFrame, first: float) -> pd.Series:
    """Return what a company's spending costs by year, each purchase evenly over its life.

    A new life bears on what is left of a purchase. spent : year, value, life, in order.
    first : the part of the year of purchase that is charged.
    """
    charges = dict.fromkeys(spent["year"], 0.0)
    years = list(zip(spent["year"], spent["life"], strict=True))
    for begun, value in zip(spent["year"], spent["value"], strict=True):
        left, age = value, 0.0
        for year, life in years:
            if year >= begun:
                part = first if year == begun else 1.0
                charge = left * part / max(life - age, part) if part else 0.0
                charges[year] += charge
                left, age = left - charge, age + part
    return pd.Series(charges)


def by_company(financials: pd.DataFrame, filed: pd.DataFrame, lives: pd.DataFrame) -> pd.DataFrame:
    """Return by company and year what was filed and what the straight line gives: company, year,
    filed, low, high, alike.

    low, high : charged from the year after the purchase, from the middle of its year. alike :
    whether it is the narrowest line that the company has on file. Only years of which all four are
    on file, with all purchases that are still charged.
    """
    rows = spending.depreciation_rows(filed)
    own = rows["measure"] == spending.OWN_LINE
    rows = rows.assign(
        year=rows["period"].str.slice(-4).astype(int),
        filed=rows["value"] / filings.MILLIONS,
        alike=own == own.groupby(rows["company"]).transform("max"),
    )
    parts = [pd.DataFrame(columns=[*SPENT, *STARTS])]
    for company, spent in bought(financials, lives).groupby("company"):
        whole = spent["year"] - spent["year"].min() >= spent["life"]
        ends = {end: spent["year"].map(depreciation(spent, first)) for end, first in STARTS.items()}
        parts.append(spent.assign(**ends)[whole].assign(company=company))
    both = pd.concat(parts[1:] or parts).merge(rows, on=["company", "year"])
    whole = both.groupby("year")["company"].transform("count") == len(filings.COMPANIES)
    return both.loc[whole, ["company", "year", "filed", *STARTS, "alike"]]


def together(each: pd.DataFrame) -> pd.DataFrame:
    """Return the sums over the four by year: year, filed, low, high, alike (of all of them)."""
    years = each.groupby("year")
    sums = years[["filed", *STARTS]].sum()
    return sums.assign(alike=years["alike"].all()).reset_index()


def rows_of(
    financials: pd.DataFrame, filed: pd.DataFrame, lives: pd.DataFrame
) -> list[pd.DataFrame]:
    """Return the rows that `by_company` rests on."""
    return [
        spending.capex_rows(financials),
        spending.depreciation_rows(filed),
        lives_of_all(lives),
    ]


def counts(table: pd.DataFrame, rows: list[pd.DataFrame]) -> dict[str, Given]:
    """Return what the years filed alike say: how many there are (years), the first and the last, in
    how many less was filed than the straight line gives from the year after the purchase (later),
    and the least and most that was filed of what it gives from mid-year (least, most).
    """
    alike = table[table["alike"].astype(bool)]
    share = alike["filed"] / alike["high"]
    numbers = {
        "years": len(alike),
        "first": alike["year"].min(),
        "last": alike["year"].max(),
        "later": (alike["filed"] < alike["low"]).sum(),
        "least": share.min(),
        "most": share.max(),
    }
    return {n: Given(float(each), rows) if len(alike) else Given() for n, each in numbers.items()}


def ahead(each: pd.DataFrame, company: str, rows: list[pd.DataFrame]) -> dict[str, Given]:
    """Return for how long a company charged more than the straight line from mid-year, from the
    first of its years filed alike on: the last such year (until), the least that it charged of the
    line in them (least), and the most in the years after (after)."""
    own = each[(each["company"] == company) & each["alike"].astype(bool)]
    share = own["filed"] / own["high"]
    first = (share > 1).cummin()
    numbers = {
        "until": own.loc[first, "year"].max(),
        "least": share[first].min(),
        "after": share[~first].max(),
    }
    return {n: Given(float(one), rows) for n, one in numbers.items()}
