"""Who earns from AI: companies by layer, and what the model makers' accounts hold."""

import pandas as pd

from computecycle.evidence.given import Given, computed
from computecycle.quantities import ai_sales, documents

LAYERS = {"Microsoft": "clouds", "Amazon": "clouds"}  # of those that disclose; others make models
COUNTED = ["OpenAI", "Anthropic", "Microsoft", "Amazon"]  # whose AI sales the chapter says it knows
SHORT = 0.3  # of the widest layer: a part below has no room for its name
LAST = "; at the end of the bar "
NAMES = {
    "model makers": "Model makers, from their users",
    "clouds": "Clouds, in part from model makers",
    "assumed": "Assumed in the articles",
}


def layers(ai_revenue: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are counted with their layer: model makers, clouds, assumed."""
    rows = ai_sales.companies(ai_revenue)
    layer = rows["company"].map(LAYERS).fillna("model makers")
    return rows.assign(layer=layer.mask(rows["metric"] == "assumed", "assumed"))


def _named(known: pd.DataFrame) -> pd.Series:
    """Return the name of each row's layer, with the companies whose part is too short for one."""
    short = known[known["value"] < SHORT * known.groupby("layer")["value"].sum().max()]
    inside: dict[str, list[str]] = {}
    for row in short.itertuples():
        inside.setdefault(row.layer, []).append(f"{row.company} {row.value:.0f}")
    named = [
        NAMES[layer] + (f"{LAST}{', '.join(inside[layer])}" if layer in inside else "")
        for layer in known["layer"]
    ]
    return pd.Series(named, index=known.index, dtype=object)


def parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of a bar for each layer: layer, company, value, text, kind, order.

    rows : as `layers` returns them. What is assumed is one part that says of how many companies.
    """
    known = rows[rows["layer"] != "assumed"].sort_values("value", ascending=False)
    widest = known.groupby("layer")["value"].sum().max()
    table = pd.DataFrame(
        {
            "layer": _named(known),
            "company": known["company"],
            "value": known["value"],
            "text": [
                f"{row.company} {row.value:.0f}" if row.value >= SHORT * widest else ""
                for row in known.itertuples()
            ],
            "kind": "disclosed",
        }
    )
    silent = rows[rows["layer"] == "assumed"]
    if len(silent):
        words = f"{len(silent)} companies {silent['value'].sum():.0f}"
        whole = [NAMES["assumed"], words, silent["value"].sum(), words, "assumed"]
        table = pd.concat([table, pd.DataFrame([whole], columns=table.columns)], ignore_index=True)
    table = table.reset_index(drop=True)
    order = {name: place for place, name in enumerate(NAMES.values())}
    place = table["layer"].str.split(LAST, regex=False).str[0].map(order)
    table = table.loc[place.sort_values(kind="stable").index]
    return table.assign(order=range(len(table))).reset_index(drop=True)


def also_known(ai_revenue: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows of the companies of which something was disclosed or reported by a day."""
    rows = ai_sales.companies(*documents.known([ai_revenue], day))
    return ai_revenue[ai_revenue["company"].isin(rows.loc[rows["metric"] != "assumed", "company"])]


def of_named(rows: pd.DataFrame) -> tuple[Given, Given]:
    """Return the AI sales of the companies in `COUNTED` (USD billion a year) and the least of
    them; unknown unless each tells some. rows : as `layers` returns them."""
    told = rows[(rows["layer"] != "assumed") & rows["company"].isin(COUNTED)]
    told = told if len(told) == len(COUNTED) else told.iloc[:0]
    return computed(told["value"].sum(), told), computed(told["value"].min(), told)


def account(labs: pd.DataFrame, lab: str, metric: str) -> Given:
    """Return an actual number of a lab's last year of which total costs are known (USD billion)."""
    rows = labs[
        (labs["lab"] == lab) & (labs["status"] == "actual") & (labs["period_type"] == "year")
    ]
    year = rows.loc[rows["metric"] == "total_costs", "period"].max()
    rows = rows[(rows["period"] == year) & (rows["metric"] == metric)].tail(1)
    return computed(rows["value"].sum(), rows)
