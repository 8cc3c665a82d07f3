"""What was traded on other blockchains: tokens of no two alike (NFTs), by year and by month.

Tables in (as loaded), tables and numbers out, in USD billion. Months are those of one market:
sums of all markets hold what owners traded with themselves, most of all in January 2022.
"""

import pandas as pd

from computecycle.evidence.given import Given

YEARS = (2021, 2022)  # the peak, and the year after it
MARKET = "NFT on OpenSea"
TOP, LOW = (pd.Timestamp(day) for day in ("2022-01-31", "2022-06-30"))


def traded(nft_trading: pd.DataFrame, tracker: str, year: int) -> Given:
    """Return a tracker's NFT trade in a year (USD billion)."""
    rows = nft_trading[(nft_trading["tracker"] == tracker) & (nft_trading["year"] == year)]
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()


def months(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the months of trade on the market."""
    return facts[(facts["entity"] == MARKET) & (facts["quantity"] == "trade_of_month")]


def in_month(facts: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return the trade on the market in the month that ends on a day (USD billion)."""
    rows = months(facts)
    rows = rows[rows["date"] == f"{day:%Y-%m-%d}"]
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()
