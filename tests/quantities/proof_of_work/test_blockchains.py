"""Trade in tokens: trackers kept apart, and beside them what a document prints."""

import pandas as pd

from computecycle.quantities.proof_of_work import blockchains

STATED = pd.DataFrame(
    [
        ("Bitcoin", "price", "2021", "value", 60_000.0),
        ("NFT", "trade", "2021", "value", 17_000.0),
        ("NFT", "trade_per_week", "2024", "value", 100.0),
    ],
    columns=["entity", "variable", "period", "bound", "value"],
)
TRADE = pd.DataFrame(
    [("DappRadar", 2021, 24.9), ("DappRadar", 2022, 24.0), ("CryptoSlam", 2021, 18.3)],
    columns=["tracker", "year", "value"],
).astype({"year": "Int64"})


def test_trade_keeps_trackers_apart_and_weeks_out():
    table = blockchains.trade(TRADE, STATED)
    assert table.groupby("tracker").size().to_dict() == {
        "CryptoSlam": 1,
        "DappRadar": 2,
        "the study": 1,
    }
    assert table[table["tracker"] == "the study"]["value"].tolist() == [17]


def test_a_tracker_has_one_number_a_year():
    assert blockchains.traded(TRADE, "DappRadar", 2022).number == 24
    assert not blockchains.traded(TRADE, "CryptoSlam", 2022).known


def test_nothing_known_is_nothing_said():
    assert blockchains.trade(TRADE.iloc[:0], STATED.iloc[:0]).empty


def test_a_month_of_trade_is_the_one_that_ends_on_the_day():
    facts = pd.DataFrame(
        [("trade_of_month", "2022-01-31", 12.6), ("weekly_users", "2022-06-30", 1.0)],
        columns=["quantity", "date", "value"],
    )
    assert blockchains.in_month(facts, blockchains.TOP).number == 12.6
    assert not blockchains.in_month(facts, blockchains.LOW).known
