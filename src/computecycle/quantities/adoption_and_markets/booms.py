"""Spending as a share of output: booms of the past at their peaks, and four companies now.

    share           s = I / Y           spending of a year over output of the same year
    net of wear     n = (I - D) / Y     D: what wears out in the year, by the companies' books

The numerators differ, so shares compare to a factor of about two, no finer.
Tables in (as loaded), tables or numbers out; money in USD billion.
"""

import bisect
import math

import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import filings
from computecycle.quantities.filings import COMPANIES, MILLIONS

SOFTWARE = "private fixed investment in information processing equipment and software"
CODE = "private fixed investment in software"  # a part of `SOFTWARE`
BUILDINGS = "private construction of data centers, without what stands in them"
TOLD = "AI investment as told by Fox"
PEAKS = {  # name in a chart: boom, country, measure, last year in which the peak is sought
    "Railways, United Kingdom: growth of capital": (
        "railways",
        "United Kingdom",
        "increase of the capital of railways over the year",
        1860,
    ),
    "Railways, United States: their spending, a floor": (
        "railways",
        "United States",
        "gross capital expenditure of steam railroads",
        1900,
    ),
    "Information equipment and software, internet era": (
        "computers",
        "United States",
        SOFTWARE,
        2001,
    ),
    "Information equipment and software, mainframes": (
        "computers",
        "United States",
        SOFTWARE,
        1970,
    ),
    "Electric power, after the war": (
        "electric power",
        "United States",
        "investment in power infrastructure, private and public",
        2017,
    ),
    "Telecoms and fibre: private networks": (
        "telecoms",
        "United States",
        "investment in digital infrastructure, private",
        2017,
    ),
}
COMPARED = [  # of `PEAKS`, those that the text compares
    "Railways, United States: their spending, a floor",
    "Information equipment and software, internet era",
    "Telecoms and fibre: private networks",
]
MONTHS_TO_MAY = 5  # of a calendar year, in the fiscal year of Oracle that ends in it


def shares(booms: pd.DataFrame) -> pd.Series:
    """Return the share of output of each row (fraction), computed where it can be."""
    computed = (booms["investment"] / booms["gdp"]).where(booms["unit"] == booms["gdp_unit"])
    return computed.fillna(booms["stated_share"] / 100)


def peak(booms: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the row of the highest share of a boom, one of `PEAKS`, with `share`."""
    boom, country, measure, last = PEAKS[name]
    rows = booms[
        (booms["boom"] == boom)
        & (booms["country"] == country)
        & (booms["measure"] == measure)
        & (booms["year"] <= last)
    ]
    return rows.assign(share=shares(rows)).nlargest(1, "share")


def newest(booms: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the newest row of one numerator, with `share`."""
    rows = booms[booms["measure"] == measure].sort_values("year", kind="stable").tail(1)
    return rows.assign(share=shares(rows))


def software_part(booms: pd.DataFrame, row: pd.DataFrame) -> Given:
    """Return which part of a row of `SOFTWARE` is software itself (fraction)."""
    code = booms[(booms["measure"] == CODE) & booms["year"].isin(row["year"])]
    return number(code.tail(1), "investment") / number(row, "investment")


def dated(label: str, row: pd.DataFrame) -> str:
    """Return a label with the year of a row of one numerator; the label alone without a row."""
    return ", ".join([label, *row["year"].astype(int).astype(str)])


def number(row: pd.DataFrame, column: str = "share") -> Given:
    """Return a cell of a table of one row with that row; unknown without it."""
    return Given(float(row[column].iloc[0]), [row]) if len(row) else Given()


def output(gdp: pd.DataFrame, year: int) -> Given:
    """Return the output of the United States in a year by the newest vintage (USD billion)."""
    rows = gdp[gdp["year"] == year].sort_values("known_from", kind="stable").tail(1)
    return number(rows, "value")


def wear(financials: pd.DataFrame, filed: pd.DataFrame, year: int) -> Given:
    """Return the depreciation of the four companies in a year as filed (USD billion).

    Calendar years, for Microsoft the fiscal year. What the first table lacks is taken from the
    second, there with amortization.
    """
    used = []
    for company in COMPANIES:
        for table, column in ((financials, "metric"), (filed, "measure")):
            rows = table[
                (table["company"] == company) & table["period"].isin([f"{year}", f"FY{year}"])
            ]
            rows = rows[rows[column].isin(["depreciation", "depreciation_and_amortization"])]
            if len(rows):
                used.append(rows.sort_values("known_from", kind="stable").tail(1))
                break
    if len(used) < len(COMPANIES):
        return Given()
    return Given(math.fsum(float(rows["value"].iloc[0]) for rows in used) / MILLIONS, used)


def outside(guidance: pd.DataFrame, cash: pd.DataFrame, year: int) -> list[Given]:
    """Return the spending of Oracle and of CoreWeave in a calendar year at the high ends of their
    newest plans (USD billion).

    Oracle's fiscal year ends in May: what it spent in that which ends in the year counts by its
    months of the year, and the plan for the next by the others.
    """
    spent = cash[(cash["company"] == "Oracle") & (cash["period"] == f"FY{year}")]
    flows = [
        number(
            spent[spent["measure"] == measure].sort_values("known_from", kind="stable").tail(1),
            "value",
        )
        for measure in ("operating_cash_flow", "free_cash_flow")
    ]
    plans = outside_plans(guidance, year)
    oracle, coreweave = (
        number(plans[plans["company"] == company], "high") for company in ("Oracle", "CoreWeave")
    )
    months = MONTHS_TO_MAY / 12
    by_months = (flows[0] - flows[1]) * months + oracle * (1 - months)
    return [each / MILLIONS for each in (by_months, coreweave)]


def outside_plans(guidance: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the newest plans of Oracle, for the fiscal year that begins in a calendar year, and of
    CoreWeave for that year."""
    oracle = (guidance["company"] == "Oracle") & (guidance["for_year"] == year + 1)
    coreweave = (guidance["company"] == "CoreWeave") & (guidance["for_year"] == year)
    rows = guidance[oracle | coreweave].sort_values("known_from", kind="stable")
    return rows.groupby("company").tail(1)


def raising(financials: pd.DataFrame, rows: pd.DataFrame, year: int) -> Given:
    """Return the least rise of the four, from a year to the plan for the next: the low end of the
    plan over what was spent, counted alike; unknown unless it is known for each."""
    each = [
        number(rows[rows["company"] == company], "low")
        / MILLIONS
        / filings.calendar_year(financials, company, metric, year)
        for company, metric in filings.PLANNED.items()
    ]
    return derive(min, *each)


def by_firm(financials: pd.DataFrame, rows: pd.DataFrame, first: int) -> pd.DataFrame:
    """Return spending by firm and year: company, year, low, high (USD billion), kind.

    kind : "filed", counted as the plan is; "filed otherwise", where that is not told; "plan".
    """
    years = sorted(set(financials["period_end"].dt.year))
    spent = [
        _spent(financials, company, year)
        for company in COMPANIES
        for year in years[bisect.bisect_left(years, first) :]
    ]
    ahead = [
        (row.company, int(row.for_year), row.low / MILLIONS, row.high / MILLIONS, "plan")
        for row in rows.itertuples()
    ]
    table = pd.DataFrame(spent + ahead, columns=["company", "year", "low", "high", "kind"])
    return table.dropna(ignore_index=True)


def _spent(financials: pd.DataFrame, company: str, year: int) -> tuple:
    """One row of `by_firm`; its numbers are not numbers (nan) where the year is not on file."""
    alike, cash = (
        filings.calendar_year(financials, company, metric, year)
        for metric in (filings.PLANNED[company], "capex")
    )
    used, kind = (alike, "filed") if alike.known else (cash, "filed otherwise")
    return company, year, used.number, used.number, kind


def lacking(shown: pd.DataFrame, first: int, last: int) -> str:
    """Return the companies and years that spending by firm, as `by_firm` returns it, lacks between
    two years, in words; empty where it lacks none."""
    there = set(zip(shown["company"], shown["year"], strict=True))
    lost = [
        f"{company} in {year}"
        for company in COMPANIES
        for year in range(first, last + 1)
        if (company, year) not in there
    ]
    return ", ".join(lost)


def bars(past: dict[str, pd.DataFrame], now: dict[str, tuple[Given, str]]) -> pd.DataFrame:
    """Return shares of output for a chart, the largest first: label, share (fraction), kind.

    past : the row of each peak. now : share and kind by label; what is unknown is left out.
    """
    found = [
        (dated(name, row), float(row["share"].iloc[0]), "past peak")
        for name, row in past.items()
        if len(row)
    ]
    found += [(name, each.number, kind) for name, (each, kind) in now.items() if each.known]
    table = pd.DataFrame(found, columns=["label", "share", "kind"])
    return table.sort_values("share", ascending=False, kind="stable", ignore_index=True)
