"""Networks beside Bitcoin: literal rows in, shares and ranges out."""

import pandas as pd

from computecycle.quantities.proof_of_work import blockchains

NETWORKS = pd.DataFrame(
    [("Tether", "USDT", 100.0), ("Bitcoin", "BTC", 300.0)],
    columns=["network", "symbol", "market_value"],
)
STATED = pd.DataFrame(
    [
        ("Solana", "transactions_per_second_theoretical", "2024", "low", 200_000.0),
        ("Solana", "transactions_per_second_theoretical", "2024", "high", 900_000.0),
        ("Bitcoin", "transactions_per_second", "2024", "low", 3.0),
        ("Bitcoin", "transactions_per_second", "2024", "high", 7.0),
        ("Alibaba", "transactions_per_second", "2020", "value", 583_000.0),
        ("NFT", "trade", "2021", "value", 17_000.0),
        ("NFT", "trade_per_week", "2024", "value", 100.0),
    ],
    columns=["entity", "variable", "period", "bound", "value"],
)
TRADE = pd.DataFrame(
    [("DappRadar", 2021, 24.9), ("DappRadar", 2022, 24.0), ("CryptoSlam", 2021, 18.3)],
    columns=["tracker", "year", "value"],
).astype({"year": "Int64"})


def test_only_bitcoin_rests_on_proof_of_work():
    table = blockchains.values(NETWORKS)
    assert table["name"].tolist() == ["Bitcoin (BTC)", "Tether (USDT)"]
    assert table["mechanism"].tolist() == ["proof of work", "another mechanism"]
    assert blockchains.share_of_proof_of_work(NETWORKS).number == 0.75
    assert blockchains.on_proof_of_work(NETWORKS).number == 1


def test_pace_runs_from_low_to_high_slowest_first():
    table = blockchains.pace(STATED)
    assert table["name"].tolist() == ["Bitcoin", "Solana", "Alibaba"]
    assert table[["low", "high"]].iloc[0].tolist() == [3, 7]
    assert table["low"].iloc[2] == table["high"].iloc[2] == 583_000
    assert blockchains.pace_of(STATED, "Solana", "high").number == 900_000
    assert not blockchains.pace_of(STATED, "Ethereum", "low").known


def test_trade_keeps_trackers_apart_and_weeks_out():
    table = blockchains.trade(TRADE, STATED)
    assert table.groupby("tracker").size().to_dict() == {
        "CryptoSlam": 1,
        "DappRadar": 2,
        "the document": 1,
    }
    assert table[table["tracker"] == "the document"]["value"].tolist() == [17]


def test_the_extremes_of_a_year_are_over_trackers():
    assert blockchains.traded_extreme(TRADE, 2021, "low").number == 18.3
    assert blockchains.traded_extreme(TRADE, 2021, "high").number == 24.9
    assert blockchains.traded(TRADE, "DappRadar", 2022).number == 24
    assert not blockchains.traded(TRADE, "CryptoSlam", 2022).known


def test_nothing_known_is_nothing_said():
    assert blockchains.values(NETWORKS.iloc[:0]).empty and blockchains.pace(STATED.iloc[:0]).empty
    assert blockchains.trade(TRADE.iloc[:0], STATED.iloc[:0]).empty
    assert not blockchains.share_of_proof_of_work(NETWORKS.iloc[:0]).known
    assert not blockchains.on_proof_of_work(NETWORKS.iloc[:0]).known
    assert not blockchains.traded_extreme(TRADE, 2030, "low").known
