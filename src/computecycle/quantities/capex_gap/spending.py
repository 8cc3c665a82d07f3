"""What the large buyers spent, charged and plan. Money comes out in USD billion.

Company years are as filed: calendar years, for Microsoft fiscal years to June.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, computed
from computecycle.quantities import filings

AS_FILED = {"Google": "Alphabet"}  # the documents' name: the filer's
OWN_LINE = "depreciation_of_property_and_equipment"  # without amortization


def item(ai_spend: pd.DataFrame, name: str) -> Given:
    """Return the sum over buyers of an item of the spending table, totals left out."""
    rows = ai_spend[(ai_spend["item"] == name) & ~ai_spend["total"].astype(bool)]
    return computed(rows["value"].sum(), rows)


def capex_rows(financials: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of yearly capital expenditure."""
    return financials[(financials["metric"] == "capex") & (financials["period_type"] != "quarter")]


def growth(financials: pd.DataFrame) -> pd.DataFrame:
    """Return growth of the capital expenditure of the four together: year, growth (fraction).

    Only between two years of which all four companies are on file. Besides it spent (USD billion).
    """
    each = filings.yearly(financials, "capex").pivot(index="year", columns="company")["value"]
    total = each.reindex(columns=filings.COMPANIES).sum(axis=1, skipna=False)
    growth = total.pct_change(fill_method=None)
    table = pd.DataFrame({"growth": growth, "spent": total}).rename_axis("year")
    return table.dropna().reset_index()


def runs(table: pd.DataFrame, threshold: float) -> list[list[int]]:
    """Return the runs of years in a row that grew by more than a threshold."""
    found: list[list[int]] = []
    for year in table.loc[table["growth"] > threshold, "year"]:
        if found and year == found[-1][-1] + 1:
            found[-1].append(int(year))
        else:
            found.append([int(year)])
    return found


def plan(guidance: pd.DataFrame, year: int, end: str) -> Given:
    """Return what the four together plan to spend in a year, at the low or high end."""
    return filings.planned(filings.plans(guidance, year), end)


def plan_growth(guidance: pd.DataFrame, financials: pd.DataFrame, year: int, end: str) -> Given:
    """Return the growth of the four together that plans imply over the year before, counted alike,
    at their low or high end."""
    return plan(guidance, year, end) / filings.as_planned(financials, year - 1) - 1


def depreciation_rows(filed: pd.DataFrame) -> pd.DataFrame:
    """Return one yearly row of filed depreciation for each company and year.

    Depreciation of property and equipment where it is on file, else the line that holds
    amortization too and so is larger; of several filings of a year the last.
    """
    rows = filed[filed["period_type"] != "quarter"]
    rows = rows.assign(own=rows["measure"] == OWN_LINE)
    rows = rows.sort_values(["period_end", "own", "known_from"], kind="stable")
    return rows.drop_duplicates(["company", "period"], keep="last").drop(columns="own")


def charged_in(filed: pd.DataFrame, year: int) -> Given:
    """Return the depreciation that the four companies filed for a year."""
    rows = depreciation_rows(filed)
    rows = rows[rows["period"].str.slice(-4).astype(int) == year]
    whole = len(rows) == len(filings.COMPANIES)
    return Given(float(rows["value"].sum()) / filings.MILLIONS, [rows]) if whole else Given()


def told_year(statements: pd.DataFrame, variable: str, source: str) -> float:
    """Return the year for which a document prints a variable; not a number where it does not."""
    rows = statements[(statements["variable"] == variable) & (statements["source"] == source)]
    return float(rows["period"].str.slice(0, 4).astype(int).max()) if len(rows) else np.nan


def sum_printed(statements: pd.DataFrame, variable: str, source: str) -> Given:
    """Return the sum of what a document prints of the four companies (USD billion)."""
    rows = statements[
        (statements["variable"] == variable)
        & (statements["source"] == source)
        & (statements["bound"] == "value")
    ]
    rows = rows[rows["entity"].replace(AS_FILED).isin(filings.COMPANIES)]
    whole = len(rows) == len(filings.COMPANIES)
    return Given(float(rows["value"].sum()), [rows]) if whole else Given()


def newest(table: pd.DataFrame) -> int:
    """Return the newest year of a table of growth; 0 where it has none."""
    return int(table["year"].max()) if len(table) else 0


def operating_cash(cash: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of operating cash flow of the four by quarter."""
    rows = cash[(cash["measure"] == "operating_cash_flow") & (cash["period_type"] == "quarter")]
    return rows[rows["company"].isin(filings.COMPANIES)]


def last_told(financials: pd.DataFrame, cash: pd.DataFrame) -> tuple[int, str]:
    """Return the last calendar year and the last quarter of which spending and operating cash flow
    of the four are on file; 0 and an empty text where none is."""
    tables = (filings.spent_by_quarter(financials), operating_cash(cash))
    told = [set(t.loc[t["company"] == n, "period"]) for t in tables for n in filings.COMPANIES]
    whole = set.intersection(*told)
    years = [int(each[:4]) for each in whole if set(quarters_of(int(each[:4]))) <= whole]
    return max(years, default=0), max(whole, default="")


def quarters_of(year: int) -> list[str]:
    """Return the names of the quarters of a calendar year."""
    return [f"{year}Q{place + 1}" for place in range(filings.QUARTERS)]


def year_before(quarter: str) -> str:
    """Return the name of the quarter a year before; empty where it has no name."""
    return f"{int(quarter[:4]) - 1}{quarter[4:]}" if quarter else ""


def over_cash(
    financials: pd.DataFrame,
    cash: pd.DataFrame,
    quarters: list[str],
    companies: Sequence[str] = tuple(filings.COMPANIES),
) -> Given:
    """Return the spending of the four, or of some of them, over their operating cash flow in some
    calendar quarters."""
    found = [
        t[t["period"].isin(quarters) & t["company"].isin(companies)]
        for t in (filings.spent_by_quarter(financials), operating_cash(cash))
    ]
    if any(len(rows) != len(quarters) * len(companies) for rows in found):
        return Given()
    paid, earned = (float(rows["value"].sum()) for rows in found)
    return Given(paid / earned, found)


def server_lives(lives: pd.DataFrame, servers: str = "server") -> pd.DataFrame:
    """Return the life of servers in the books by company as steps: company, date, years.

    A change has a row for the life before it and one for that after; several effects of one
    change count once. Rows of networking equipment alone are left out.
    """
    rows = lives[lives["asset"].str.contains(servers) & lives["company"].isin(filings.COMPANIES)]
    rows = rows.drop_duplicates(["company", "effective_from"]).sort_values(
        "effective_from", kind="stable"
    )
    return pd.DataFrame(
        {
            "company": rows["company"],
            "date": pd.to_datetime(rows["effective_from"]),
            "before": rows["years_before"].astype(float),
            "years": rows["years_after"].astype(float),
        }
    ).reset_index(drop=True)


def with_plan(
    table: pd.DataFrame, threshold: float, planned: float
) -> tuple[list[list[int]], float]:
    """Return the runs of years as `runs` does, the one that a plan prolongs left out, and the years
    of that one with the planned; not a number where none is prolonged.

    planned : growth of the year after the last of the table.
    """
    year = newest(table) + 1
    found = runs(pd.concat([table, pd.DataFrame({"year": [year], "growth": [planned]})]), threshold)
    finished = [run for run in found if year not in run]
    return finished, longest_run([run for run in found if year in run])


def longest_run(found: list[list[int]]) -> float:
    """Return the number of years of the longest run; not a number where there is none."""
    return float(max(map(len, found))) if found else np.nan


def lives_at(changes: pd.DataFrame, end: str) -> pd.Series:
    """Return the life of servers (years) by company before its first change or after its last."""
    each = changes.drop_duplicates("company", keep=end).set_index("company")
    return each["before" if end == "first" else "years"].sort_index(kind="stable")


def cut_again(changes: pd.DataFrame, company: str) -> tuple[float, float]:
    """Return the longest life of a company's servers (years) and the last one, where that is
    shorter; nan otherwise."""
    rows = changes[changes["company"] == company]
    longest = rows[["before", "years"]].max().max()
    cut = len(rows) and rows["years"].iloc[-1] < longest
    return (float(longest), float(rows["years"].iloc[-1])) if cut else (np.nan, np.nan)


def bands(lives: dict[str, pd.Series]) -> pd.DataFrame:
    """Return spans of lives to be shaded in a figure: label, low, high (years)."""
    found = [(label, each.min(), each.max()) for label, each in lives.items()]
    return pd.DataFrame(found, columns=["label", "low", "high"]).dropna()


def bases(financials: pd.DataFrame, table: pd.DataFrame) -> str:
    """Return what the four spent in the last year on each of three bases, in words; empty where a
    basis is not on file. table : as `growth` returns it."""
    year = newest(table)
    cash, planned = (
        filings.together(financials, "capex", year),
        filings.as_planned(financials, year),
    )
    if not (cash.known and planned.known):
        return ""
    return (
        f" The year {year} has three bases: ${table['spent'].iloc[-1]:,.0f} billion as drawn; "
        f"${cash.number:,.0f} billion in cash over the calendar year, by which the page on "
        f"forecasts looks for a slowdown; and ${planned.number:,.0f} billion with the leases of "
        "Microsoft and Meta."
    )


def growth_shown(
    table: pd.DataFrame, threshold: float, year: float, leased: float, plans: dict[str, float]
) -> pd.DataFrame:
    """Return bars of spending and its growth: year, growth, spent, low, high, least, most, kind,
    threshold.

    table : as `growth` returns it. leased : spending of the last year with leases. plans : low and
    high growth planned for a year, least and most spending planned; both are drawn where all plans
    are known. kind : "above" or "below" the threshold, "leased", or "planned".
    """
    kind = np.where(table["growth"] > threshold, "above", "below")
    bars = table.assign(low=np.nan, high=np.nan, least=np.nan, most=np.nan, kind=kind)
    if np.isfinite(list(plans.values())).all():
        counted = {"year": int(year) - 1, "most": leased, "kind": "leased"}
        planned = {"year": int(year), **plans, "kind": "planned"}
        bars = pd.concat([bars, pd.DataFrame([counted, planned])], ignore_index=True)
    return bars.assign(threshold=threshold)


def waves(starts: dict[str, Given], found: list[list[int]], table: pd.DataFrame) -> pd.DataFrame:
    """Return runs of years to be named in a figure: label, year (the first), top (of the bars).

    starts : waves of a document by name, in their order. Nothing where there are not as many runs.
    """
    growths = table.set_index("year")["growth"]
    names = [name for name, one in starts.items() if one.known]
    told = found if len(found) == len(names) else []
    rows = [
        (f"{place} {name}", years[0], growths[years].max())
        for place, (name, years) in enumerate(zip(names, told, strict=False), 1)
    ]
    return pd.DataFrame(rows, columns=["label", "year", "top"])
