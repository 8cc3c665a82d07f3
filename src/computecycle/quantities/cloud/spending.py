"""What the sellers of the cloud spend, over which life they write it off, and what cash is left.

Money comes out in USD billion, ratios as USD for each dollar of sales.

    spending           capital expenditure of the whole company over revenue of its cloud
    additions          buildings and machines added in one segment over its revenue
"""

import pandas as pd

from computecycle.evidence.given import Given, computed
from computecycle.quantities import filings
from computecycle.quantities.cloud import sellers
from computecycle.quantities.filings import MILLIONS

ALONE = "AWS alone"
SPENDERS = {"Amazon": "", "Microsoft": "FY", "Alphabet": ""}  # and how their years are written


def years_spent(filed: pd.DataFrame, financials: pd.DataFrame, company: str) -> list[str]:
    """Return the years for which a company has filed both parts of `spending`, the oldest first."""
    rows = financials[(financials["company"] == company) & (financials["metric"] == "capex")]
    sold = sellers.periods(filed, sellers.COMPANIES[company])["period"]
    return sorted(set(sold[sold.isin(rows["period"])].str[-4:]))


def spending(filed: pd.DataFrame, financials: pd.DataFrame, company: str, year: str) -> Given:
    """Return a company's capital expenditure over the revenue of its cloud in a year."""
    period = f"{SPENDERS[company]}{year}"
    rows = financials[(financials["company"] == company) & (financials["metric"] == "capex")]
    rows = rows[rows["period"] == period]
    spent = Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()
    return spent / sellers.revenue(filed, sellers.COMPANIES[company], period)


def with_leases(filed: pd.DataFrame, financials: pd.DataFrame, company: str, year: str) -> Given:
    """Return what a company spends in the four quarters of a year, machines and buildings that it
    leases counted in, over the revenue of its cloud."""
    period = f"{SPENDERS[company]}{year}"
    sales = sellers.revenue(filed, sellers.COMPANIES[company], period)
    end = max(sales.rows[0]["period_end"]) if sales.known else pd.NaT
    rows = financials[(financials["company"] == company) & (financials["period_type"] == "quarter")]
    rows = rows[rows["metric"] == "capex_with_finance_leases"]
    rows = rows[(rows["period_end"] <= end) & (rows["period_end"] > end - pd.DateOffset(years=1))]
    if len(rows) < filings.QUARTERS:
        return Given()
    return Given(float(rows["value"].sum()) / MILLIONS, [rows]) / sales


def last_leased(filed: pd.DataFrame, financials: pd.DataFrame, company: str) -> str:
    """Return the last year of which `with_leases` is known; empty where none is."""
    years = years_spent(filed, financials, company)
    known = (year for year in years if with_leases(filed, financials, company, year).known)
    return max(known, default="")


def additions(filed: pd.DataFrame, segment: str, year: str) -> Given:
    """Return the buildings and machines added in a segment over its revenue in a year."""
    added = sellers.revenue(filed, segment, year, "property_additions")
    return added / sellers.revenue(filed, segment, year)


def spending_by_year(filed: pd.DataFrame, financials: pd.DataFrame, first: int) -> pd.DataFrame:
    """Return `additions` of AWS by year since one, and `spending`: name, year, ratio, definition of
    the cloud (0 is the oldest); a year under two definitions has a row for each."""
    capex = filings.yearly(financials, "capex")
    found = []
    for company in SPENDERS:
        rows = sellers.periods(filed, sellers.COMPANIES[company])
        sales = pd.DataFrame(
            {
                "company": company,
                "year": rows["period"].str[-4:].astype(int),
                "sales": rows["value"] / MILLIONS,
                "definition": pd.factorize(rows["scope"])[0],
            }
        )
        both = sales.merge(capex, on=["company", "year"])
        found.append(both.assign(ratio=both["value"] / both["sales"], name=company))
    alone = [
        {"name": ALONE, "year": int(year), "ratio": additions(filed, "AWS", year).number}
        for year in sellers.periods(filed, "AWS", "property_additions")["period"]
    ]
    alone = pd.DataFrame(alone, columns=["name", "year", "ratio"]).assign(definition=0)
    table = pd.concat([alone, *found], ignore_index=True)
    return table.loc[table["year"] >= first, ["name", "year", "ratio", "definition"]]


def lives(changes: pd.DataFrame, company: str, first: int, last: int) -> pd.DataFrame:
    """Return the life over which a company writes off its servers from one year to another, a row
    for each change and for both ends: company, year, life (years), part (whether it holds for a
    part)."""
    rows = changes[(changes["company"] == company) & changes["asset"].str.contains("servers")]
    rows = rows.drop_duplicates(["asset", "effective_from"]).sort_values(
        "effective_from", kind="stable"
    )
    if rows.empty:
        return pd.DataFrame(columns=["company", "year", "life", "part"])
    part = rows["asset"].str.startswith("subset").to_numpy()
    life = rows["years_after"].to_numpy()
    return pd.DataFrame(
        {
            "company": company,
            "year": [first, *rows["effective_from"].dt.year, last],
            "life": [rows["years_before"].iloc[0], *life, life[~part][-1]],
            "part": [False, *part, False],
        }
    )


def lives_of(changes: pd.DataFrame, companies: list[str], first: int, last: int) -> pd.DataFrame:
    """Return `lives` of several companies, one after another."""
    return pd.concat([lives(changes, each, first, last) for each in companies], ignore_index=True)


def effect_of_life(changes: pd.DataFrame, company: str, year: int) -> Given:
    """Return what a company expected a new life of its servers to add to its operating income in a
    year (USD billion)."""
    rows = changes[(changes["company"] == company) & (changes["effect_period"] == str(year))]
    rows = rows[(rows["effect_on"] == "operating_income_expected") & (rows["asset"] == "servers")]
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def cut(changes: pd.DataFrame, company: str, year: int) -> Given:
    """Return by how much a longer life of servers lowered a company's depreciation of a year (USD
    billion)."""
    rows = changes[(changes["company"] == company) & (changes["effect_period"] == str(year))]
    rows = rows[(rows["effect_on"] == "depreciation") & (rows["asset"] == "servers")]
    return Given(-float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def smallest_cut(changes: pd.DataFrame, company: str) -> Given:
    """Return the change of a year's depreciation that came nearest to a rise, of those that a
    longer life of servers was told to have brought (USD billion)."""
    rows = changes[(changes["company"] == company) & (changes["asset"] == "servers")]
    rows = rows[rows["years_after"] > rows["years_before"]]
    rows = rows[rows["effect_on"] == "depreciation_and_amortization"]
    return computed(float(rows["value"].max()) / MILLIONS, rows)


def last_cash(flows: pd.DataFrame, company: str, since: str = "") -> str:
    """Return the newest period, a year or twelve months, of a company's free cash flow; empty where
    it ended before a calendar quarter, or none is known."""
    rows = flows[(flows["company"] == company) & (flows["measure"] == "free_cash_flow")]
    rows = rows[filings.calendar_quarters(rows["period_end"]) >= since].sort_values(
        "period_end", kind="stable"
    )
    return str(rows["period"].iloc[-1]) if len(rows) else ""


def free_cash(flows: pd.DataFrame, company: str, period: str) -> Given:
    """Return a company's free cash flow in a period, as it defines it (USD billion)."""
    rows = flows[(flows["company"] == company) & (flows["measure"] == "free_cash_flow")]
    rows = rows[rows["period"] == period].tail(1)
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def cash_of_quarters(flows: pd.DataFrame, company: str, last: str) -> Given:
    """Return a company's free cash flow in the four quarters up to one, as it defines it (USD
    billion); unknown where one of a year's quarters is missing."""
    rows = flows[(flows["company"] == company) & (flows["measure"] == "free_cash_flow")]
    rows = rows[rows["period"].str.fullmatch(r"\d{4}Q\d") & (rows["period"] <= last)]
    rows = rows.sort_values("period_end", kind="stable").drop_duplicates("period", keep="last")
    rows = rows.tail(filings.QUARTERS)
    first = rows["period_end"].max() - pd.DateOffset(years=1)
    whole = len(rows) == filings.QUARTERS and (rows["period_end"] > first).all()
    return Given(float(rows["value"].sum()) / MILLIONS, [rows]) if whole else Given()
