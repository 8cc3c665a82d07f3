"""The question as documents tell it: the chain of each, side by side and step by step."""

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import documents
from computecycle.quantities.capex_gap import chain, question

TELLINGS = {  # variable of the chain: its label, and how a number of it is printed
    "gpu_run_rate": ("GPU run rate", "{:,.0f}", "USD billion a year"),
    "datacenter_cost_multiple": ("cost per dollar of GPU", "{:.1f}", "dollars"),
    "end_user_margin": ("margin of the end user", "{:.0f}", "percent"),
    "cloud_margin": ("margin of the cloud", "{:.0f}", "percent"),
    "ai_revenue": ("AI revenue counted", "{:,.0f}", "USD billion a year"),
    "required_revenue": ("required revenue", "{:,.0f}", "USD billion"),
    "revenue_gap": ("gap", "{:,.0f}", "USD billion"),
}
LINKS = ["NVIDIA", "data centre", "end user", "cloud provider", "AI industry"]
NOT_TOLD = "not told"


def listed(statements: pd.DataFrame, source: str) -> Given:
    """Return the sum of the companies in the first list of AI revenue that a document tells."""
    rows = documents.of_sources(statements, [source])
    rows = rows[
        (rows["variable"] == "ai_revenue")
        & (rows["bound"] == "value")
        & (rows["entity"] != "AI industry")
    ]
    rows = rows[rows["period"] == rows["period"].min()]
    return Given(float(rows["value"].sum()), [rows]) if len(rows) else Given()


def steps(cases: dict[str, dict[str, Given]]) -> pd.DataFrame:
    """Return the chain of several cases for a waterfall: date_label, layer, start, end, label.

    The last row of each case is the actual AI revenue, from zero. Cases without data are left out.
    """
    tables = []
    for date_label, given in cases.items():
        if not all(each.known for each in given.values()):
            continue
        layers = chain.layers(*(given[name].number for name in question.CHAIN))
        layers = layers[(layers["added"] != 0) | (layers["layer"] == layers["layer"].iloc[-1])]
        actual = given["ai_revenue"].number
        table = pd.DataFrame(
            {
                "layer": [*layers["layer"], "actual AI revenue"],
                "start": [*(layers["revenue"] - layers["added"]), 0.0],
                "end": [*layers["revenue"], actual],
            }
        )
        tables.append(table.assign(date_label=date_label))
    columns = ["date_label", "layer", "start", "end", "label"]
    if not tables:
        return pd.DataFrame(columns=columns)
    told = pd.concat(tables, ignore_index=True)
    return told.assign(label=told["end"].map("{:,.0f}".format))[columns]


def telling_rows(statements: pd.DataFrame, sources: list[str]) -> pd.DataFrame:
    """Return the rows in which some sources tell the chain."""
    return documents.of_sources(statements[statements["variable"].isin(TELLINGS)], sources)


def tellings(statements: pd.DataFrame, sources: dict[str, str]) -> pd.DataFrame:
    """Return how documents tell the chain: variable, telling, value (as told), unit_text, differs.

    sources : source key to the name of the telling. Of one document the newest period counts; the
    counted revenue is the sum of the companies that it lists.
    """
    told = []
    for source, telling in sources.items():
        rows = statements[(statements["source"] == source) & (statements["bound"] == "value")]
        for variable, (label, form, unit) in TELLINGS.items():
            own = rows[(rows["variable"] == variable) & rows["entity"].isin(LINKS)]
            own = own.sort_values("period")["value"]
            number = own.iloc[-1] if len(own) else None
            if variable == "ai_revenue":
                number = listed(statements, source).number
            told.append(
                {
                    "variable": label,
                    "telling": telling,
                    "unit_text": unit,
                    "value": NOT_TOLD if pd.isna(number) else form.format(number),
                }
            )
    table = pd.DataFrame(told, columns=["variable", "telling", "value", "unit_text"])
    distinct = table.groupby("variable")["value"].transform("nunique")
    return table.assign(differs=distinct > 1)
