"""Graphics cards: what Ethereum could hold, what was sold, what gaming brought NVIDIA.

Hash rates of Ethereum are means of months in TH/s; cards come in millions, money in USD million.
From a hash rate follows a number of cards only with a speed of a card, which is supposed. Tables
in (as loaded), tables and numbers out.
"""

import math

import pandas as pd

from computecycle.evidence.given import Given, computed, derive
from computecycle.quantities import choices

MERGE = pd.Timestamp("2022-09-15")  # the block after which Ethereum mined no more
START = pd.Timestamp("2020-06-30")  # the month before Ethereum's last boom
SALES = ("2020Q3", "2022Q2")  # first and last quarter of the cards sold while it grew
FINED = "FY2018"  # the fiscal year for which it was fined
BOARDS = "2021-02"  # month of NVIDIA's mining boards of which the slowest and the fastest count
RUSH = "FY2019Q1"  # the quarter after the study's boom
FAST_CARD = "2013-04"  # the fast card for Bitcoin
ESTIMATED = "2021Q1"  # the quarter of the outside estimate
SPENT = "2020Q4/2022Q1"  # the quarters of another, from what miners spent
QUARTERS = {  # fiscal quarters of NVIDIA in which the boom is told
    "before": "FY2021Q3",
    "before_shrunk": "FY2022Q1",
    "shrunk": "FY2022Q2",
    "mined": "FY2022Q4",
    "peak": "FY2023Q1",
    "fell": "FY2023Q2",
    "back": "FY2024Q2",
    "record": "FY2026Q1",
}
WEEK = pd.Timedelta(days=7)
QUARTER = pd.DateOffset(months=3)
MEGAHASHES = 1e6  # in a terahash


def month_of(quarter: Given) -> pd.Timestamp:
    """Return a day in the month in which a fiscal quarter ends; not a time where it is unknown.

    A quarter that ends in the first days of a month has the month before.
    """
    return quarter.rows[0]["period_end"].iloc[0] - WEEK if quarter.rows else pd.NaT


def added_in(ethereum: pd.DataFrame, series: str, quarter: Given) -> Given:
    """Return what the hash rate gained in a quarter (TH/s): a flow, as the sales of the quarter.

    It is the mean of the quarter's last month less that of the last month before the quarter, so
    machines that were switched off take from it.
    """
    day = month_of(quarter)
    return Given() if pd.isna(day) else _grown(ethereum, series, day - QUARTER, day)


def _grown(ethereum: pd.DataFrame, series: str, before: pd.Timestamp, after: pd.Timestamp) -> Given:
    months = [f"{each:%Y-%m}" for each in (after, before)]
    found = [ethereum[(ethereum["series"] == series) & (ethereum["period"] == m)] for m in months]
    if any(rows.empty for rows in found):
        return Given()
    return Given(float(found[0]["value"].iloc[0] - found[1]["value"].iloc[0]), found)


def taken(
    ethereum: pd.DataFrame, series: str, told: pd.DataFrame, span: str, speed: Given
) -> Given:
    """Return the share of the cards sold in a span that what the network gained in it would take.

    span : a calendar quarter, or the first and the last of several, parted by a slash. speed : of
    every card (MH/s).
    """
    first, last = (pd.Period(each, "Q") for each in (span.split("/")[0], span.split("/")[-1]))
    gained = _grown(ethereum, series, (first - 1).end_time, last.end_time)
    return needed(gained, speed) / sold(told, str(first), str(last))


def flows(ethereum: pd.DataFrame, series: str, told: pd.DataFrame) -> pd.DataFrame:
    """Return what each quarter added to the network and what NVIDIA sold in it.

    Columns: period, start, end, added (TH/s), sold (USD billion), and whether each was more than
    in the quarter before (more_added, more_sold; missing where that cannot be told).
    """
    rows = told[told["metric"] == "gaming_revenue"].sort_values("period_end", kind="stable")
    each = [Given(0.0, [rows.loc[[place]]]) for place in rows.index]
    added = pd.Series([added_in(ethereum, series, one).number for one in each], dtype=float)
    table = gaming(told).rename(columns={"value": "sold"})
    table = table.assign(period=rows["period"].to_numpy(), added=added)
    table = table[table["added"].notna()].reset_index(drop=True)
    for name in ("added", "sold"):
        table[f"more_{name}"] = (table[name].diff() > 0).astype("boolean")
    table.loc[table.index[:1], ["more_added", "more_sold"]] = pd.NA
    return table


def counted(which: pd.Series, rows: list[pd.DataFrame]) -> Given:
    """Return in how many quarters something was so; unknown where no quarter can be told."""
    told = which.dropna()
    return Given(float(told.sum()), rows) if len(told) else Given()


def added(ethereum: pd.DataFrame, series: str, since: pd.Timestamp) -> Given:
    """Return by how much the hash rate grew from a month to the greatest since (TH/s)."""
    rows = ethereum[(ethereum["series"] == series) & (ethereum["period_end"] >= since)]
    if rows.empty or rows["period_end"].min() != since:
        return Given()
    start = rows[rows["period_end"] == since]
    peak = rows[rows["value"] == rows["value"].max()]
    return Given(float(peak["value"].iloc[0] - start["value"].iloc[0]), [start, peak])


def gaming(told: pd.DataFrame) -> pd.DataFrame:
    """Return NVIDIA's gaming revenue by quarter: start, end, value (USD billion)."""
    rows = told[told["metric"] == "gaming_revenue"].sort_values("period_end", kind="stable")
    start = rows["period_end"] - QUARTER
    table = pd.DataFrame({"start": start, "end": rows["period_end"], "value": rows["value"] / 1000})
    return table.reset_index(drop=True)


def most_between(told: pd.DataFrame, before: Given, after: Given) -> Given:
    """Return the largest gaming revenue of a quarter that lies between two others (USD million)."""
    if not (before.known and after.known):
        return Given()
    first, last = (each.rows[0]["period_end"].iloc[0] for each in (before, after))
    rows = told[told["metric"] == "gaming_revenue"]
    rows = rows[rows["period_end"].between(first, last, inclusive="neither")]
    return computed(float(rows["value"].max()), rows)


def told_of(told: pd.DataFrame, metric: str, period: str) -> Given:
    """Return the one number of a metric in a period."""
    rows = told[(told["metric"] == metric) & (told["period"] == period)]
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) == 1 else Given()


def sold(told: pd.DataFrame, first: str, last: str) -> Given:
    """Return the cards sold from a calendar quarter to another (million), both ends included."""
    rows = told[told["metric"] == "graphics_cards_sold"]
    rows = rows[(rows["period"] >= first) & (rows["period"] <= last)]
    wanted = pd.period_range(first, last, freq="Q")
    return computed(rows["value"].sum(), rows) if len(rows) == len(wanted) else Given()


def needed(terahashes: Given, megahashes: Given) -> Given:
    """Return how many cards of a speed (MH/s) make up a hash rate (TH/s), in millions."""
    return derive(millions, terahashes, megahashes)


def millions(terahashes: float, megahashes: float) -> float:
    """Return `needed` of bare numbers."""
    return terahashes * MEGAHASHES / megahashes / 1e6


def curve(grown: Given, sold_in_all: Given, slow: Given, fast: Given) -> pd.DataFrame:
    """Return the share of the cards sold that a growth would take, at each whole speed from a slow
    card to a fast one: speed (MH/s), share. Empty where one is not known."""
    if not all(each.known for each in (grown, sold_in_all, slow, fast)):
        return pd.DataFrame(columns=["speed", "share"])
    speeds = [*range(math.ceil(slow.number), math.floor(fast.number) + 1)]
    shares = [millions(grown.number, speed) / sold_in_all.number for speed in speeds]
    return pd.DataFrame({"speed": speeds, "share": shares})


def marks(named: dict[str, tuple[Given, ...]]) -> pd.DataFrame:
    """Return shares to be named in a chart: words, share, speed (where there is one).

    named : by words, a share, or a share and a speed. Those that are not known are left out.
    """
    found = [
        {"words": words, "share": share.number, "speed": speed[0].number if speed else None}
        for words, (share, *speed) in named.items()
        if share.known
    ]
    return pd.DataFrame(found, columns=["words", "share", "speed"])


def shares_at(grown: Given, sold_in_all: Given, points: pd.DataFrame) -> pd.DataFrame:
    """Return the share of the cards sold that a growth would take (`cards-share-high`) at each
    speed of a card (`card_slow`, MH/s)."""

    def ask(card_slow: float) -> dict[str, float]:
        return {"cards-share-high": millions(grown.number, card_slow) / sold_in_all.number}

    return choices.answered(points, ask)
