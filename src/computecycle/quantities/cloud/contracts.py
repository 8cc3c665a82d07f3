"""What is under contract at the sellers of the cloud, and the one customer known. USD billion."""

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities.filings import MILLIONS

PERCENT = 0.01
OBLIGATIONS = "remaining_performance_obligations"
MEASURES = {  # seller: the business and the measure of what is under contract
    "Microsoft": ("commercial", f"commercial_{OBLIGATIONS}"),
    "Oracle": ("all", OBLIGATIONS),
    "Alphabet": ("mostly Google Cloud", OBLIGATIONS),
    "Amazon": ("mostly AWS", OBLIGATIONS),
}
BESIDE_PRESS = MEASURES | {"Amazon": ("AWS", "backlog")}  # Amazon's as said on its call
CUSTOMERS = {"Microsoft": "OpenAI", "Oracle": "OpenAI", "Alphabet": "Anthropic", "Amazon": "OpenAI"}
ALSO = {"Microsoft": "Anthropic"}  # announced, with no sum told again since


def told(backlog: pd.DataFrame, company: str, measure: tuple[str, str]) -> dict[str, Given]:
    """Return what is under contract at a seller by one measure of a business, by quarter (USD
    billion)."""
    rows = backlog[backlog["company"] == company]
    rows = rows[(rows["business"] == measure[0]) & (rows["measure"] == measure[1])]
    return {
        quarter: Given(float(rows["value"].loc[row]) / MILLIONS, [rows.loc[[row]]])
        for row, quarter in rows["quarter"].items()
    }


def newest(rows: pd.DataFrame) -> Given:
    """Return the sum of the newest quarter in some rows (USD billion); unknown without rows."""
    rows = rows.sort_values("quarter", kind="stable").tail(1)
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def short_contracts(backlog: pd.DataFrame, company: str, quarter: str) -> Given:
    """Return the contracts of a year or less in what a seller says is under contract, where it did
    not count them before (USD billion)."""
    rows = backlog[(backlog["company"] == company) & (backlog["quarter"] == quarter)]
    return newest(rows[rows["measure"] == "obligations_of_a_year_or_less"])


def told_of_customer(backlog: pd.DataFrame, company: str) -> pd.DataFrame:
    """Return the rows of the contract of a seller's one known customer, by the press or itself."""
    measure = f"contract_of_{CUSTOMERS[company].lower()}"
    return backlog[(backlog["company"] == company) & (backlog["measure"] == measure)]


def of_customer(backlog: pd.DataFrame, company: str, quarter: str) -> Given:
    """Return the contract of a seller's one known customer (USD billion)."""
    rows = told_of_customer(backlog, company)
    return newest(rows[rows["quarter"] == quarter])


def announced(backlog: pd.DataFrame, company: str, customer: str, quarter: str) -> Given:
    """Return what a customer was last told to have signed with a seller up to a quarter (USD
    billion)."""
    rows = backlog[(backlog["company"] == company) & (backlog["quarter"] <= quarter)]
    return newest(rows[rows["measure"] == f"contract_of_{customer.lower()}"])


def committed(backlog: pd.DataFrame, company: str) -> Given:
    """Return what Anthropic's draft prospectus says that it has committed to a seller (USD
    billion)."""
    rows = backlog[backlog["company"] == company]
    return newest(rows[rows["measure"] == "commitment_of_anthropic"])


def added(backlog: pd.DataFrame, company: str) -> Given:
    """Return what OpenAI last added to its contract with a seller, as the seller files it (USD
    billion)."""
    rows = backlog[backlog["company"] == company]
    return newest(rows[rows["measure"] == "contract_added_by_openai"])


def growth_without_openai(backlog: pd.DataFrame, company: str) -> Given:
    """Return the newest growth over a year of what a seller has under contract, OpenAI left out, as
    the seller says it (fraction)."""
    rows = backlog[
        (backlog["company"] == company) & (backlog["measure"] == "growth_without_openai")
    ]
    rows = rows.sort_values("quarter", kind="stable").tail(1)
    return Given(float(rows["value"].iloc[0]) * PERCENT, [rows]) if len(rows) else Given()


def customers(backlog: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Return what is under contract, seller by seller: company, customer, kind ("one customer";
    "another", announced with the seller too; "all else"), value (USD billion), total, known (the
    customer's part of it, a fraction)."""
    found = []
    for company, customer in CUSTOMERS.items():
        told_in = told(backlog, company, BESIDE_PRESS[company])
        total = told_in.get(quarter, Given()).number
        one = of_customer(backlog, company, quarter).number
        second = ALSO.get(company, "")
        also = announced(backlog, company, second, quarter)
        rest = total - one - (also.number if also.known else 0.0)
        for name, kind, value in (
            (customer, "one customer", one),
            (second, "another", also.number),
            (customer, "all else", rest),
        ):
            found.append((company, name, kind, value, total, one / total))
    columns = ["company", "customer", "kind", "value", "total", "known"]
    table = pd.DataFrame(found, columns=columns).dropna()
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)
