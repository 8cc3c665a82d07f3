"""The question as it stood on a date: what its inputs were, by whom, and what they give.

The requirement of the articles rests on NVIDIA's yearly data-centre run rate, which they forecast
and filings report (a quarter times four); of the two, the one that was published last counts.
Tables in (as loaded), numbers out.
"""

import pandas as pd

from computecycle.evidence.errors import NoRow
from computecycle.evidence.given import Given, computed, derive, or_own
from computecycle.quantities import ai_sales, documents, filings
from computecycle.quantities.capex_gap import chain

CHAIN = ["gpu_run_rate", "datacenter_cost_multiple", "end_user_margin", "cloud_margin"]


def original(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements of the two articles that put the question, not of their retellings."""
    return statements[statements["source"].str.startswith("sequoia")]


def run_rate(statements: pd.DataFrame, nvidia: pd.DataFrame) -> Given:
    """Return the yearly run rate that was published last, forecast or filed (USD billion)."""
    told = original(statements)
    told = told[told["variable"] == "gpu_run_rate"].sort_values(["known_from", "period"]).tail(1)
    filed = filings.quarters(nvidia).sort_values("known_from", kind="stable").tail(1)
    if len(told) and (filed.empty or told["known_from"].iloc[0] > filed["known_from"].iloc[0]):
        return computed(told["value"].iloc[0], told)
    if filed.empty:
        return Given()
    return computed(filed["value"].iloc[0] * filings.QUARTERS / filings.MILLIONS, filed)


def last_of(statements: pd.DataFrame, variable: str) -> Given:
    """Return what the articles last stated of a variable; a percentage as a fraction."""
    rows = original(statements)
    rows = rows[(rows["variable"] == variable) & (rows["bound"] == "value")]
    newest = rows[rows["known_from"] == rows["known_from"].max()]
    return documents.stated(newest, variable=variable)


def inputs(
    statements: pd.DataFrame,
    nvidia: pd.DataFrame,
    ai_revenue: pd.DataFrame,
    /,
    **own: float | None,
) -> dict[str, Given]:
    """Return the inputs of the chain: N, k, the margins, actual revenue.

    own : the reader's numbers by name; where None, what the tables give. The articles exclude the
    cloud's margin, so it is zero unless they state one.
    """
    given = {CHAIN[0]: run_rate(statements, nvidia)}
    given |= {name: last_of(statements, name) for name in CHAIN[1:]}
    given["ai_revenue"] = ai_sales.revenue(ai_revenue)
    if not given["cloud_margin"].known:
        given["cloud_margin"] = Given(0.0)
    return given | {name: or_own(name, number, given[name]) for name, number in own.items()}


def told(
    statements: pd.DataFrame, nvidia: pd.DataFrame, ai_revenue: pd.DataFrame, source: str
) -> dict[str, Given]:
    """Return the inputs as they stood on the day that a source was published; unknown before."""
    day = documents.day_of(statements, source)
    return inputs(*documents.known([statements, nvidia, ai_revenue], day))


def asked(given: dict[str, Given]) -> dict[str, Given]:
    """Return the inputs; NoRow where the question had not been put by the date."""
    missing = [name for name, each in given.items() if not each.known]
    if missing:
        raise NoRow(
            f"As of this date nothing is known of {', '.join(missing)}; "
            "choose as_of 2023-09-20 or later, or set these parameters."
        )
    return given


def required(given: dict[str, Given]) -> Given:
    """Return the required revenue of some inputs (USD billion) with the rows of its chain."""
    return derive(chain.required_revenue, *(given[name] for name in CHAIN))


def per_dollar(given: dict[str, Given]) -> Given:
    """Return the sales that a dollar of chips asks for, with the rows of its chain."""
    return derive(chain.required_revenue, 1.0, *(given[name] for name in CHAIN[1:]))


def disclosed(ai_revenue: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return the AI revenue a year that had been disclosed or reported by a day (USD billion)."""
    (known,) = documents.known([ai_revenue], day)
    rows = ai_sales.companies(known)
    rows = rows[rows["metric"] != "assumed"]
    return computed(rows["value"].sum(), rows)


def counted(ai_revenue: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return the AI revenue a year known by a day with what the articles assume (USD billion)."""
    return ai_sales.revenue(*documents.known([ai_revenue], day))
