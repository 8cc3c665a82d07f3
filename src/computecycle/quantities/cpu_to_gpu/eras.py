"""When an era of technology ends: how many use it, and how many more each year.

    penetration   share of those who could use a thing that do, in percent
    crossing      the first year above a threshold
    steepest      the year with the largest gain on the year before, of all or around a year
    breaks        how often the method of the count changed

Subscriptions per 100 inhabitants are not people, so they are no share and are never joined with
one. Nor are two vintages of a series: history is revised. Tables in (as loaded: entity, metric,
year, scope, break, value), tables or `Given` numbers out.
"""

import pandas as pd

from computecycle.evidence.given import Given, computed

DRAWN = ["series", "year", "value"]
VINTAGE = "vintage "  # and the year of the count
LONG, FIRST = f"{VINTAGE}2024", "first estimate"  # the count that goes back to the beginning


def series(internet_use: pd.DataFrame, entity: str, metric: str, scope: str) -> pd.DataFrame:
    """Return the rows of one entity, metric and vintage, by year."""
    chosen = {"entity": entity, "metric": metric, "scope": scope}
    rows = internet_use
    for column, cell in chosen.items():
        rows = rows[rows[column] == cell]
    return rows.sort_values("year", kind="stable")


def newest_vintage(internet_use: pd.DataFrame, entity: str) -> str:
    """Return the newest count of the people of an entity; empty where there is none."""
    rows = internet_use[internet_use["entity"] == entity]
    return max((each for each in rows["scope"].unique() if each.startswith(VINTAGE)), default="")


def counted(entity: str, vintage: str) -> str:
    """Return how a chart names an entity by a count."""
    return f"{entity}, count of {vintage.removeprefix(VINTAGE)}"


def crossing(rows: pd.DataFrame, threshold: float) -> Given:
    """Return the first year above a threshold; unknown if it began there or never got there."""
    above = rows[rows["value"] > threshold]
    if above.empty or above["year"].iloc[0] == rows["year"].iloc[0]:
        return Given()
    return Given(float(above["year"].iloc[0]), [above.iloc[[0]]])


def in_year(rows: pd.DataFrame, year: float) -> Given:
    """Return the value of one year; unknown where there is none."""
    found = rows[rows["year"] == year]
    return Given(float(found["value"].iloc[0]), [found]) if len(found) else Given()


def last(rows: pd.DataFrame, column: str = "value") -> Given:
    """Return a column of the last year; unknown without rows."""
    return Given(float(rows[column].iloc[-1]), [rows.iloc[[-1]]]) if len(rows) else Given()


def steepest(rows: pd.DataFrame, around: Given | None = None, years: int = 0) -> Given:
    """Return the year of the largest gain on the year before: of all, or at most so many years from
    a year.

    Unknown unless the rows reach that far after it: the largest gain might be still to come.
    """
    near = rows
    if around is not None:
        if not around.known or rows.empty or rows["year"].max() < around.number + years:
            return Given()
        near = rows[rows["year"].between(around.number - years - 1, around.number + years)]
    gains = near["value"].diff()
    return Given(float(near["year"].loc[gains.idxmax()]), [near]) if len(near) > 1 else Given()


def gain(rows: pd.DataFrame, year: Given) -> Given:
    """Return what was gained in a year on the year before; unknown where one is."""
    if not year.known:
        return Given()
    return in_year(rows, year.number) - in_year(rows, year.number - 1)


def breaks(rows: pd.DataFrame, year: Given) -> Given:
    """Return how often the method changed up to a year; unknown where the year is."""
    if not year.known:
        return Given()
    before = rows[rows["year"] <= year.number]
    return computed(before["break"].sum(), before)


def drawn(cases: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return series to draw: series, year, value."""
    tables = [
        pd.DataFrame({"series": name, "year": rows["year"].astype(float), "value": rows["value"]})
        for name, rows in cases.items()
    ]
    return pd.concat(tables, ignore_index=True)[DRAWN]
