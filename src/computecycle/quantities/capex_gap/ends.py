"""The two counts between which the answer lies, and the next quarter by NVIDIA's own forecast.

    low     sales of model makers / need with networking among the chips
    high    all sales known / need without

The low count takes every dollar of a cloud for one that a model maker paid, the high one none.
"""

import pandas as pd

from computecycle.evidence.given import Given, computed
from computecycle.quantities import filings

COUNTED = ["datacenter_cost_multiple", "useful_life", "ai_revenue", "overlap_share"]  # and drawn


def shares(makers: Given, known: Given, narrow: Given, wide: Given) -> tuple[Given, Given]:
    """Return the part of a need that is met by the low count and by the high one.

    makers, known : the sales of model makers and all, of which they are part: where a reader sets
    all to be less, so are they. narrow, wide : the need without networking and with it.
    """
    return (known if known.number < makers.number else makers) / wide, known / narrow


def on_inference(share: Given, inference: Given, margin: Given) -> Given:
    """Return the part of a need that is met where a margin is on the cost of inference alone.

    share : the part of the bare cost that is met. inference : its part of that cost.
    """
    return share / (1 - inference + inference / (1 - margin))


def forecast(nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return NVIDIA's forecast of the quarter after the newest filed; no row without one."""
    rows = (
        nvidia[nvidia["metric"] == "revenue_guidance"]
        .sort_values("period_end", kind="stable")
        .tail(1)
    )
    return rows[rows["period_end"] > filings.quarters(nvidia)["period_end"].max()]


def guided(nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return the filings with the quarter that NVIDIA forecasts, as filed on the day of the
    forecast, its sales to data centres in the share of the newest quarter filed."""
    ahead, filed = (
        forecast(nvidia),
        filings.quarters(nvidia).sort_values("period_end", kind="stable").tail(1),
    )
    whole = nvidia[(nvidia["metric"] == "revenue") & nvidia["period"].isin(filed["period"])]
    if ahead.empty or whole.empty:
        return nvidia.iloc[:0]
    share = filed["value"].iloc[0] / whole["value"].iloc[0]
    row = ahead.assign(metric="data_center_revenue", value=ahead["value"] * share)
    return pd.concat([nvidia, row])


def taken_out(labs: pd.DataFrame, known: Given) -> Given:
    """Return all sales known less what Microsoft recorded from OpenAI in the last year told."""
    rows = labs[(labs["lab"] == "OpenAI") & (labs["metric"] == "recorded_by_microsoft")]
    last = rows[rows["status"] == "actual"].sort_values("known_from", kind="stable").tail(1)
    return known - computed(last["value"].sum(), last)
