"""The question as it stood on a date: what its inputs were, by whom, and what they give.

The requirement rests on NVIDIA's yearly data-centre run rate, which articles assume and filings
report (a quarter times four); of the two, the one that was published last counts. Actual AI
revenue is the sum over companies of what was last known of each, a run rate disclosed or reported,
or the round number that the articles assume. Tables in (as loaded), tables out.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from computecycle import capex

QUARTERS = 4  # a year's run rate is a quarter's revenue times four
MILLIONS = 1_000  # USD million in a USD billion
COUNTED = ["assumed", "run_rate"]  # yearly rates; recognised revenue of a past year is not one
CHAIN = ["gpu_run_rate", "datacenter_cost_multiple", "end_user_margin", "cloud_margin"]


@dataclass(frozen=True)
class Given:
    """A number and the loaded rows that it rests on; not a number (nan) where nothing is known."""

    number: float = np.nan
    rows: list[pd.DataFrame] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return bool(np.isfinite(self.number))


def stated(statements: pd.DataFrame, **where: str) -> Given:
    """Return the one number that the rows with these cells state; ValueError when they are several.

    Of several rows the last published counts. A percentage is returned as a fraction.
    """
    rows = statements
    for column, cell in ({"bound": "value"} | where).items():
        rows = rows[rows[column] == cell]
    rows = rows[rows["known_from"] == rows["known_from"].max()]
    if len(rows) > 1:
        raise ValueError(f"{where} names {len(rows)} statements ({', '.join(rows.index)}); name one")
    if rows.empty:
        return Given()
    share = 0.01 if rows["unit"].iloc[0] == "percent" else 1
    return Given(float(rows["value"].iloc[0]) * share, [rows])


def run_rates(statements: pd.DataFrame, nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return every statement of the yearly run rate: date, value (USD billion), kind, row.

    kind is "filed" (a quarter's data-centre revenue times four) or "told" (assumed in an article);
    the date is the day of publication.
    """
    filed = nvidia[(nvidia["metric"] == "data_center_revenue")
                   & (nvidia["period_type"] == "fiscal_quarter")]
    filed = pd.DataFrame({"date": filed["known_from"], "kind": "filed", "row": filed.index,
                          "value": filed["value"] * QUARTERS / MILLIONS})
    told = statements[statements["variable"] == "gpu_run_rate"]
    told = pd.DataFrame({"date": told["known_from"], "kind": "told", "row": told.index,
                         "value": told["value"], "period": told["period"]})
    latest = told.sort_values(["date", "period"]).drop_duplicates("date", keep="last")
    both = pd.concat([filed, latest.drop(columns="period")])
    return both.sort_values("date", kind="stable", ignore_index=True)


def original(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements of the two articles that put the question, not of their retellings."""
    return statements[statements["source"].str.startswith("sequoia")]


def run_rate(statements: pd.DataFrame, nvidia: pd.DataFrame) -> Given:
    """Return the yearly run rate that was published last (USD billion)."""
    rates = run_rates(original(statements), nvidia)
    if rates.empty:
        return Given()
    last = rates.iloc[-1]
    table = nvidia if last["kind"] == "filed" else statements
    return Given(float(last["value"]), [table.loc[[last["row"]]]])


def last_of(statements: pd.DataFrame, variable: str) -> Given:
    """Return what the articles last stated of a variable of the chain; a percentage as a fraction."""
    rows = original(statements)
    rows = rows[(rows["variable"] == variable) & (rows["bound"] == "value")]
    newest = rows[rows["known_from"] == rows["known_from"].max()]
    return stated(newest, variable=variable)


def companies(ai_revenue: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that make up actual AI revenue: for each company what was last known."""
    rates = ai_revenue[ai_revenue["metric"].isin(COUNTED)]
    return rates.sort_values(["known_from", "date"], kind="stable").drop_duplicates(
        "company", keep="last"
    )


def revenue(ai_revenue: pd.DataFrame) -> Given:
    """Return actual AI revenue, a year (USD billion): the sum over `companies`."""
    rows = companies(ai_revenue)
    return Given(float(rows["value"].sum()), [rows]) if len(rows) else Given()


def chosen(parameter: float | None, given: Given) -> Given:
    """Return the reader's number where one was set, else what the sources gave."""
    return given if parameter is None else Given(float(parameter))


def known(tables: list[pd.DataFrame], date: pd.Timestamp) -> list[pd.DataFrame]:
    """Return the rows of tables that had been published by a date."""
    return [table[table["known_from"] <= date] for table in tables]


def inputs(statements: pd.DataFrame, nvidia: pd.DataFrame, ai_revenue: pd.DataFrame) -> dict[str, Given]:
    """Return the inputs of the chain as the tables give them: N, k, the margins, actual revenue.

    The articles exclude the cloud's margin, so it is zero unless they state one.
    """
    given = {name: last_of(statements, name) for name in CHAIN[1:]}
    if not given["cloud_margin"].known:
        given["cloud_margin"] = Given(0.0)
    return {CHAIN[0]: run_rate(statements, nvidia), **given, "ai_revenue": revenue(ai_revenue)}


def numbers(given: dict[str, Given]) -> dict[str, float]:
    """Return inputs as plain numbers."""
    return {name: each.number for name, each in given.items()}


def is_known(given: dict[str, Given]) -> bool:
    """Whether every input has a number."""
    return all(each.known for each in given.values())


def rows_of(given: dict[str, Given]) -> list[pd.DataFrame]:
    """Return all the rows that some inputs rest on."""
    return [rows for each in given.values() for rows in each.rows]


def required(given: dict[str, Given]) -> Given:
    """Return the required revenue of some inputs (USD billion) with the rows of its chain."""
    chain = {name: given[name] for name in CHAIN}
    if not is_known(chain):
        return Given()
    return Given(float(capex.required_revenue(**numbers(chain))), rows_of(chain))


def path(statements: pd.DataFrame, nvidia: pd.DataFrame, ai_revenue: pd.DataFrame) -> pd.DataFrame:
    """Return required and actual revenue as they stood whenever something new was published.

    Columns: date, series ("required" by the filings, "actual", "required as the sources said"),
    value (USD billion), note (the source's number, for its own points).
    """
    rates = run_rates(original(statements), nvidia)
    rows = []
    for date in sorted(set(rates["date"]) | set(ai_revenue["known_from"])):
        stated_now, filed_now, revenue_now = known([statements, nvidia, ai_revenue], date)
        silent = stated_now[stated_now["variable"] != "gpu_run_rate"]
        given = inputs(silent, filed_now, revenue_now)
        if is_known(given):
            rows.append({"date": date, "series": "required", "value": required(given).number})
            rows.append({"date": date, "series": "actual", "value": given["ai_revenue"].number})
    told = original(statements)
    told = told[told["variable"] == "required_revenue"]
    said = pd.DataFrame({"date": told["known_from"], "series": "required as the sources said",
                         "value": told["value"], "note": told["value"].map("{:,.0f}".format)})
    columns = ["date", "series", "value", "note"]
    return pd.concat([pd.DataFrame(rows, columns=columns), said[columns]], ignore_index=True)


def purchases(nvidia: pd.DataFrame, requirement_per_dollar: float) -> pd.DataFrame:
    """Return what each full fiscal year of GPU purchases requires: year, required (USD billion)."""
    quarters = nvidia[(nvidia["metric"] == "data_center_revenue")
                      & (nvidia["period_type"] == "fiscal_quarter")]
    year = quarters["period"].str.slice(2, 6).astype(int)
    yearly = quarters["value"].groupby(year).agg(["sum", "count"])
    full = yearly[yearly["count"] == QUARTERS]["sum"]
    return pd.DataFrame({"year": full.index, "required": full.to_numpy() * requirement_per_dollar
                         / MILLIONS})
