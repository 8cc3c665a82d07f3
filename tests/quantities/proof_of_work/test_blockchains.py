"""Trade in tokens: trackers kept apart, and months of one market."""

import pandas as pd

from computecycle.quantities.proof_of_work import blockchains

TRADE = pd.DataFrame(
    [("DappRadar", 2021, 24.9), ("DappRadar", 2022, 24.0), ("CryptoSlam", 2021, 18.3)],
    columns=["tracker", "year", "value"],
).astype({"year": "Int64"})


def test_a_tracker_has_one_number_a_year():
    assert blockchains.traded(TRADE, "DappRadar", 2022).number == 24
    assert not blockchains.traded(TRADE, "CryptoSlam", 2022).known


FACTS = pd.DataFrame(
    [
        (blockchains.MARKET, "trade_of_month", "2022-06-30", 0.7),
        (blockchains.MARKET, "trade_of_month", "2022-01-31", 4.95),
        ("NFT", "trade_of_month", "2022-01-31", 12.6),
        (blockchains.MARKET, "weekly_users", "2022-03-31", 1.0),
    ],
    columns=["entity", "quantity", "date", "value"],
)


def test_a_month_of_trade_is_that_of_one_market():
    assert blockchains.in_month(FACTS, blockchains.TOP).number == 4.95
    assert not blockchains.in_month(FACTS, pd.Timestamp("2023-09-30")).known
