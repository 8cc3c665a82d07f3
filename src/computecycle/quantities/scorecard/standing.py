"""Where a forecast stands: scored, not due yet, or why neither; and what was said of it before.

    scored     due, a number was told, and what came is known
    open       due on a later day, and nothing is against scoring it then
    unscored   the reason that the table gives

A verdict of the first version stands where today's is the same. Judged in words or called untold,
it stands where today a reason against scoring is given; called open, where it is open.
"""

import pandas as pd

from computecycle.quantities.scorecard import scoring

DOCUMENTS = {  # who speaks in each; of Cahn there are two, his own and one that retells him
    "sequoia2023": "Cahn of Sequoia",
    "bytelab2024": "Cahn of Sequoia",
    "caijing2025": "Caijing article",
    "guosen2024": "Wang of Guosen",
    "jpm2024": "Cembalest of J.P. Morgan",
    "nvidia2025": "Article on NVIDIA",
}
SCORED, OPEN, UNSCORED = "scored", "open", "unscored"
NO_FORECAST = {"forecast": "", "short": "", "state": "", "floor": False}  # none that is scored
MEANT = {"words": UNSCORED, "untold": UNSCORED}  # what today's standing must be, if not the same


def standing(table: pd.DataFrame, scored: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Return the standing of each forecast; a due one without an outturn is unscored."""
    is_open = (table["due"] > day) & (table["reason"] == "")
    found = pd.Series(UNSCORED, index=table.index, dtype=object).mask(is_open, OPEN)
    return found.mask(table["forecast"].isin(scored["forecast"]), SCORED)


def calendar(table: pd.DataFrame, stands: pd.Series) -> pd.DataFrame:
    """Return the open forecasts by the day on which they fall due."""
    return table[stands == OPEN].sort_values(["due", "made"], kind="stable")


def reasons(table: pd.DataFrame, stands: pd.Series) -> pd.DataFrame:
    """Return how many are unscored for each reason, the most frequent first: reason, number."""
    told = table.loc[stands == UNSCORED, "reason"]
    told = told.where(told != "", "no outturn")
    number = told.value_counts().sort_values(ascending=False, kind="stable")
    return pd.DataFrame({"reason": pd.Series(number.index, dtype=object), "number": list(number)})


def earlier(table: pd.DataFrame, stands: pd.Series, scored: pd.DataFrame) -> pd.DataFrame:
    """Return the forecasts that the first version judged: adds now, and stays where it stands.

    now : near, above or below where scored, else the standing. What it scored and a run as of an
    earlier day cannot score yet is left out.
    """
    early = ~table["earlier"].isin([*MEANT, OPEN]) & (table["reason"] == "") & (stands != SCORED)
    judged = table[(table["earlier"] != "none") & ~early]
    states = dict(zip(scored["forecast"], scored["state"], strict=True))
    today = zip(judged["forecast"], stands.loc[judged.index], strict=True)
    now = pd.Series([states.get(*each) for each in today], index=judged.index, dtype=object)
    meant = judged["earlier"].replace(MEANT)
    return judged.assign(now=now, stays=now == meant)


def by_document(table: pd.DataFrame, scored: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the scored forecasts below the documents that foresaw them; one row, with an
    empty state, for a document without any.

    Adds document and its counts: foreseen, due (its day has come), scored; width is that of the
    95% interval of the share that came near, unknown where none is scored.
    """
    foresaw, came = (
        each.assign(document=each["source"].replace(DOCUMENTS)) for each in (table, scored)
    )
    names = dict.fromkeys([*DOCUMENTS.values(), *foresaw["document"]])
    counts = [
        _counts(name, *(each[each["document"] == name] for each in (foresaw, came)), day)
        for name in names
        if name in set(foresaw["document"])
    ]
    found = pd.DataFrame(counts, columns=["document", "foreseen", "due", "scored", "width"])
    found = found.merge(came[["document", *NO_FORECAST]], how="left")
    return found.fillna(NO_FORECAST).astype({"floor": bool})


def _counts(name: str, foreseen: pd.DataFrame, scored: pd.DataFrame, day: pd.Timestamp) -> tuple:
    """What one document foresaw, counted."""
    due, near = int((foreseen["due"] <= day).sum()), int((scored["state"] == scoring.NEAR).sum())
    low, high = scoring.share_range(near, len(scored))
    return name, len(foreseen), due, len(scored), high - low
