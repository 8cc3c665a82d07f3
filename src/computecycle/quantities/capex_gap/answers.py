"""What others answer to the same question, beside ours: sales a year."""

import pandas as pd

from computecycle.evidence.given import Given, computed

ASKED = {  # what one asks: the words by which the table names it
    ("Sequoia Capital", "first"): "revenue that one year of capital spending has to earn",
    ("Sequoia Capital", "later"): "the same question as of 600 in June 2024",
    ("J.P. Morgan", "need"): "revenue a year that AI must earn for a return of 10 percent",
    ("J.P. Morgan", "spending"): "spending on data centres and AI infrastructure",
    ("Bain", "need"): "revenue a year needed to fund the computing power demanded",
    ("Bain", "missing"): "shortfall of that revenue",
    ("Bain", "spending"): "investment in data centres a year",
}


def answer(table: pd.DataFrame, who: str, what: str) -> Given:
    """Return one number of another's answer (in the unit of its row)."""
    rows = table[(table["who"] == who) & (table["quantity"] == ASKED[who, what])]
    return computed(rows["value"].iloc[-1], rows.tail(1)) if len(rows) else Given()


def since(one: Given) -> pd.Timestamp:
    """Return the day since which an answer is known; not a time (NaT) where it is not."""
    return one.rows[0]["known_from"].max() if one.known else pd.NaT


def dated(told: list[tuple[str, str, Given]]) -> dict[str, Given]:
    """Return what others answer by a label that says who, since when it is known and of what.

    told : who, of what, the answer. Unknown ones are left out.
    """
    return {f"{who}, {since(one):%B %Y}: {what}": one for who, what, one in told if one.known}


def beside(others: dict[str, Given], ours: dict[str, tuple[float, float, float]]) -> pd.DataFrame:
    """Return answers in rows: label, low, value, high, kind ("told" or "ours").

    others : one number each. ours : low, value, high each. Unknown ones are left out.
    """
    rows = [
        {"label": label, "low": one.number, "value": one.number, "high": one.number, "kind": "told"}
        for label, one in others.items()
    ]
    rows += [
        {"label": label, "low": low, "value": middle, "high": high, "kind": "ours"}
        for label, (low, middle, high) in ours.items()
    ]
    return pd.DataFrame(rows, columns=["label", "low", "value", "high", "kind"]).dropna()
