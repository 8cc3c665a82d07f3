"""What was traded on other blockchains: tokens of no two alike (NFTs), by tracker.

Tables in (as loaded), tables and numbers out, in USD billion a year.
"""

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities.filings import MILLIONS

YEARS = (2021, 2022, 2023)  # the peak, and the two after it that DappRadar counts alike
TOP, LOW = pd.Timestamp("2022-01-31"), pd.Timestamp("2022-06-30")  # months of a fall, as told


def trade(nft_trading: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return NFT trade by tracker and year, with what a document prints: tracker, year, value."""
    told = statements[(statements["entity"] == "NFT") & (statements["variable"] == "trade")]
    printed = pd.DataFrame(
        {
            "tracker": "the study",
            "year": told["period"].astype(int),
            "value": told["value"] / MILLIONS,
        }
    )
    tracked = nft_trading[["tracker", "year", "value"]].astype({"year": int})
    both = pd.concat([tracked, printed]) if len(printed) else tracked
    return both.sort_values(["tracker", "year"], ignore_index=True)


def traded(nft_trading: pd.DataFrame, tracker: str, year: int) -> Given:
    """Return a tracker's NFT trade in a year (USD billion)."""
    rows = nft_trading[(nft_trading["tracker"] == tracker) & (nft_trading["year"] == year)]
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()


def in_month(facts: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return the NFT trade of the month that ends on a day (USD billion)."""
    rows = facts[(facts["quantity"] == "trade_of_month") & (facts["date"] == f"{day:%Y-%m-%d}")]
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()
