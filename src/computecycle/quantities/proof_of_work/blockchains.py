"""Blockchain networks beside Bitcoin: their value, their pace, and what was traded on them.

Tables in (as loaded), tables and numbers out. The mechanism by which a network agrees is the one
that the document names: of its networks only Bitcoin still uses proof of work.
"""

import pandas as pd

from computecycle.evidence.given import Given

PROOF_OF_WORK = "proof of work"
MECHANISM = {
    "Bitcoin": PROOF_OF_WORK,
    "Solana": "proof of stake and of history",
    "Alibaba": "one operator",
}
PACE = ["transactions_per_second", "transactions_per_second_theoretical"]
WEEKS_A_YEAR = 52
MILLIONS = 1000  # USD million in a USD billion


def values(networks: pd.DataFrame) -> pd.DataFrame:
    """Return the networks by market value: name, value (USD billion), mechanism."""
    mechanism = networks["network"].map(MECHANISM).fillna("another mechanism")
    return pd.DataFrame(
        {
            "name": networks["network"] + " (" + networks["symbol"] + ")",
            "value": networks["market_value"],
            "mechanism": mechanism,
        }
    ).sort_values("value", ascending=False, ignore_index=True)


def on_proof_of_work(networks: pd.DataFrame) -> Given:
    """Return how many of the networks rest on proof of work."""
    found = (values(networks)["mechanism"] == PROOF_OF_WORK).sum()
    return Given(float(found), [networks]) if len(networks) else Given()


def share_of_proof_of_work(networks: pd.DataFrame) -> Given:
    """Return the share of the networks' market value that rests on proof of work."""
    table = values(networks)
    if table.empty:
        return Given()
    secured = table[table["mechanism"] == PROOF_OF_WORK]["value"].sum()
    return Given(float(secured / table["value"].sum()), [networks])


def pace(statements: pd.DataFrame) -> pd.DataFrame:
    """Return transactions a second as printed: name, low, high, mechanism; slowest first."""
    rows = statements[statements["variable"].isin(PACE)]
    span = rows.groupby("entity")["value"].agg(["min", "max"]).reset_index()
    span.columns = ["name", "low", "high"]
    span = span.assign(mechanism=span["name"].map(MECHANISM).fillna("another mechanism"))
    return span.sort_values("low", ignore_index=True)


def pace_of(statements: pd.DataFrame, name: str, end: str) -> Given:
    """Return the low or high end of a network's printed transactions a second."""
    rows = statements[statements["variable"].isin(PACE) & (statements["entity"] == name)]
    number = rows["value"].min() if end == "low" else rows["value"].max()
    return Given(float(number), [rows]) if len(rows) else Given()


def trade(nft_trading: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return NFT trade by year as trackers and the document give it: year, value, tracker.

    value : USD billion a year.
    """
    told = statements[(statements["entity"] == "NFT") & (statements["variable"] == "trade")]
    printed = pd.DataFrame(
        {
            "tracker": "the document",
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


def traded_extreme(nft_trading: pd.DataFrame, year: int, end: str) -> Given:
    """Return the lowest or highest tracker's NFT trade in a year (USD billion)."""
    rows = nft_trading[nft_trading["year"] == year]
    number = rows["value"].min() if end == "low" else rows["value"].max()
    return Given(float(number), [rows]) if len(rows) else Given()
