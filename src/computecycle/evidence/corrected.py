"""A reader's rows that correct the report's: they count from the day of the row that they correct.

A correction is no news. Were it dated by its own day, the day on which a chapter compares would
move, and what came in between would be let in. Its own day is told wherever the row is named.
"""

import pandas as pd

from computecycle.evidence.place import OVERLAID

OWN_DAYS = "own_days"  # attribute of a table: the days of a reader's corrections, by place


def dated(rows: pd.DataFrame, superseded: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the rows that count, corrections with the day of what they correct.

    superseded : those that do not count any more, the oldest first.
    """
    ours = superseded[~superseded.index.str.startswith(OVERLAID)]
    theirs = rows[rows.index.str.startswith(OVERLAID)]
    days = ours.drop_duplicates(key, keep="last")[[*key, "known_from"]]
    days = theirs[key].reset_index().merge(days, on=key).set_index("row")["known_from"]
    if days.empty:
        return rows
    found = rows.assign(known_from=days.reindex(rows.index).fillna(rows["known_from"]))
    found.attrs[OWN_DAYS] = dict(rows.loc[days.index, "known_from"])
    return found


def as_told(table: pd.DataFrame) -> pd.DataFrame:
    """Return a loaded table with the days that corrections bear themselves."""
    days = {place: day for place, day in table.attrs.get(OWN_DAYS, {}).items()
            if place in table.index}  # fmt: skip
    if not days:
        return table
    known = pd.Series(days).reindex(table.index).fillna(table["known_from"])
    return table.assign(known_from=known)
