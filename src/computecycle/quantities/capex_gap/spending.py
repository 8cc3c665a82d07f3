"""Who spends on AI, what was planned, what was filed. Money comes out in USD billion."""

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import filings
from computecycle.quantities.capex_gap import vintages

PLAN_YEAR = 2025  # the year for which the documents tell plans
BUYERS = ["Microsoft", "Meta", "Google", "Amazon"]  # the four companies among the buyers
PLANNERS = ["caijing2025", "nvidia2025"]  # the second tells Meta's total expenses as its plan
AS_FILED = {"Google": "Alphabet"}  # the documents' name: the filer's
FILED = {"net_income": "net income", "depreciation": "depreciation as filed"}
ITEMS = {
    "gpu_and_chips": "GPUs and other chips",
    "other_ai": "other AI spending",
    "training_and_rd": "training and R&D",
    "inference": "inference",
}


def buyers(ai_spend: pd.DataFrame, items: list[str]) -> pd.DataFrame:
    """Return what each buyer spends on some items, totals left out: buyer, item, value."""
    rows = ai_spend[ai_spend["item"].isin(items) & ~ai_spend["total"].astype(bool)]
    return rows[["buyer", "item", "value"]].reset_index(drop=True)


def stacked(ai_spend: pd.DataFrame, items: list[str]) -> pd.DataFrame:
    """Return buyers' spending for stacked bars: as `buyers`, items in words, order (from 0)."""
    rows = buyers(ai_spend, items)
    return rows.assign(order=rows["item"].map(items.index), item=rows["item"].map(ITEMS))


def ratios(ai_spend: pd.DataFrame) -> pd.Series:
    """Return training with R&D over inference, by buyer."""
    rows = buyers(ai_spend, ["training_and_rd", "inference"])
    cost = rows.pivot(index="buyer", columns="item", values="value")
    cost = cost.reindex(columns=["training_and_rd", "inference"])
    return cost["training_and_rd"] / cost["inference"]


def with_ratio(ai_spend: pd.DataFrame) -> pd.DataFrame:
    """Return operating cost by buyer as `stacked`, with ratio_label: training over inference."""
    rows = stacked(ai_spend, ["training_and_rd", "inference"])
    ratio = ratios(ai_spend).to_dict()
    return rows.assign(ratio_label=[f"{ratio[buyer]:.1f} to 1" for buyer in rows["buyer"]])


def item(ai_spend: pd.DataFrame, name: str, printed: bool) -> Given:
    """Return an item's printed total or the sum of its rows (USD billion)."""
    rows = ai_spend[(ai_spend["item"] == name) & (ai_spend["total"].astype(bool) == printed)]
    return Given(float(rows["value"].sum()), [rows]) if len(rows) else Given()


def plans(statements: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return what each company planned to spend in a year, as the documents tell it.

    Columns: company, year, capex (USD billion), kind ("planned low", "planned high"); a single
    number is both. Of the documents in `PLANNERS` the first that has a company's plan counts.
    """
    rows = statements[
        (statements["variable"] == "capex_plan")
        & (statements["unit"] == "USD billion")
        & statements["period"].isin([str(year), f"FY{year}"])
    ]
    rows = rows.assign(company=rows["entity"].replace(AS_FILED))
    found = []
    for company in filings.COMPANIES:
        told = [
            rows[(rows["company"] == company) & (rows["source"] == source)]["value"]
            for source in PLANNERS
        ]
        values = next((each for each in told if len(each)), None)
        if values is not None:
            found += [
                {"company": company, "year": year, "capex": values.min(), "kind": "planned low"},
                {"company": company, "year": year, "capex": values.max(), "kind": "planned high"},
            ]
    return pd.DataFrame(found, columns=["company", "year", "capex", "kind"])


def printed(statements: pd.DataFrame, variable: str, source: str) -> pd.DataFrame:
    """Return the rows in which a document prints a number of each of the four companies."""
    rows = statements[
        (statements["variable"] == variable)
        & (statements["source"] == source)
        & (statements["bound"] == "value")
    ]
    return rows[rows["entity"].replace(AS_FILED).isin(filings.COMPANIES)]


def capex_shown(financials: pd.DataFrame, statements: pd.DataFrame, source: str) -> pd.DataFrame:
    """Return capital expenditure as filed, as a document prints it, and as planned.

    Columns: company, year, capex (USD billion), kind ("filed", "printed", "planned low/high").
    """
    filed = (
        filings.yearly(financials, "capex").rename(columns={"value": "capex"}).assign(kind="filed")
    )
    told = printed(statements, "capex", source)
    told = pd.DataFrame(
        {
            "company": told["entity"].replace(AS_FILED),
            "capex": told["value"],
            "year": told["period"].astype(int),
            "kind": "printed",
        }
    )
    return pd.concat([filed, told, plans(statements, PLAN_YEAR)], ignore_index=True)


def over_plan(shown: pd.DataFrame, year: int) -> pd.Series:
    """Return whether each company filed more than the upper end of its plan for a year.

    shown : as `capex_shown` returns it. A company without a plan or a filing is left out.
    """
    table = shown[shown["year"] == year].pivot(index="company", columns="kind", values="capex")
    table = table.reindex(columns=["filed", "planned high"]).dropna()
    return table["filed"] > table["planned high"]


def sum_printed(statements: pd.DataFrame, variable: str, source: str) -> Given:
    """Return the sum of what a document prints of the four companies (USD billion)."""
    rows = printed(statements, variable, source)
    return (
        Given(float(rows["value"].sum()), [rows])
        if len(rows) == len(filings.COMPANIES)
        else Given()
    )


def charges(
    financials: pd.DataFrame, useful_life: float, first_charge: str, years: range
) -> pd.DataFrame:
    """Return depreciation of filed purchases if all were written off straight line over one life.

    Columns: company, year, vintage, charge (USD billion), for the calendar or fiscal `years`.
    """
    bought = filings.yearly(financials, "capex").rename(columns={"value": "capex"})
    if bought.empty:
        return pd.DataFrame(columns=["company", "year", "vintage", "charge"])
    whole = pd.DataFrame({"asset_class": ["all"], "share": [1.0], "useful_life": [useful_life]})
    table = vintages.depreciation(bought, whole, first_charge, last_year=years[-1])
    table = table[table["year"].isin(years)]
    order = table["company"].map(filings.COMPANIES.index)
    return table.assign(order=order).sort_values(["order", "year", "vintage"], ignore_index=True)[
        ["company", "year", "vintage", "charge"]
    ]


def charge_in(financials: pd.DataFrame, useful_life: float, first_charge: str, year: int) -> Given:
    """Return the depreciation of the four in a year, vintages stacked (USD billion)."""
    table = charges(financials, useful_life, first_charge, range(year, year + 1))
    rows = financials[(financials["metric"] == "capex") & (financials["period_type"] != "quarter")]
    rows = rows[rows["period"].str.slice(-4).astype(int) <= year]
    return Given(float(table["charge"].sum()), [rows]) if len(table) else Given()


def filed(financials: pd.DataFrame, years: range) -> pd.DataFrame:
    """Return net income and depreciation as filed: company, year, what, amount (USD billion)."""
    tables = [
        filings.yearly(financials, metric).rename(columns={"value": "amount"}).assign(what=words)
        for metric, words in FILED.items()
    ]
    table = pd.concat(tables, ignore_index=True)
    return table[table["year"].isin(years)].reset_index(drop=True)


def computed_and_filed(charges: pd.DataFrame, filed: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the depreciation of a year of each company that filed it: computed and filed.

    charges, filed : as the functions of these names return them. Indexed by company, USD billion.
    """
    own = filed[(filed["what"] == FILED["depreciation"]) & (filed["year"] == year)]
    computed = charges[charges["year"] == year].groupby("company")["charge"].sum()
    both = pd.DataFrame({"computed": computed, "filed": own.set_index("company")["amount"]})
    return both.dropna()
