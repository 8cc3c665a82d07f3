"""When an era of technology ends: how many use it, and how many are added each year.

    penetration   share of those who could use a thing that do, in percent
    additions     points of penetration gained in a year
    threshold     the penetration at which a source lets an era end: half
    logistic      additions are k y (1 - y / K), the largest where half of the ceiling K is reached

Half of the ceiling is where *additions* stop growing; the number of users grows on to the ceiling.
Subscriptions per 100 inhabitants are not people, so they are no share and are never joined with
one. Nor are two vintages of a series: history is revised, and a `break` marks a new survey. Tables
in (as loaded: entity, metric, year, scope, break, value), tables or `Given` numbers out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import growth

CURVE = ["series", "kind", "year", "value"]
ADDED = ["series", "kind", "share", "added"]


def series(internet_use: pd.DataFrame, entity: str, metric: str, scope: str) -> pd.DataFrame:
    """Return the rows of one entity, metric and vintage, by year."""
    chosen = {"entity": entity, "metric": metric, "scope": scope}
    rows = internet_use
    for column, cell in chosen.items():
        rows = rows[rows[column] == cell]
    return rows.sort_values("year")


def rise(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows before the first change of the survey."""
    broken = rows["break"].fillna(False).astype(bool)
    return rows[~broken.cummax()]


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


def last(rows: pd.DataFrame) -> Given:
    """Return the value of the last year; unknown without rows."""
    return Given(float(rows["value"].iloc[-1]), [rows.iloc[[-1]]]) if len(rows) else Given()


def additions(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what each year added to the year before: year, share (at its middle), added.

    Years whose forerunner is missing have none.
    """
    value = rows["value"]
    added = value.diff().where(rows["year"].diff() == 1)
    table = pd.DataFrame({"year": rows["year"], "share": value - added / 2, "added": added})
    return table.dropna()


def peak(rows: pd.DataFrame, column: str = "year") -> Given:
    """Return a column of the largest addition, with the rows that it is chosen from.

    column : "year", "share" (percent, around which it was made) or "added" (points).
    """
    added = additions(rows)
    if added.empty:
        return Given()
    return Given(float(added.loc[added["added"].idxmax(), column]), [rows])


def newest_addition(rows: pd.DataFrame) -> Given:
    """Return the points that the last year added to the year before."""
    added = additions(rows)
    return Given(float(added["added"].iloc[-1]), [rows]) if len(added) else Given()


def fit(rows: pd.DataFrame, ceiling: float) -> growth.Logistic:
    """Return the logistic with a ceiling (percent) through the rows below it."""
    below = rows[rows["value"] < ceiling]
    return growth.fit_logistic(below["year"], below["value"], ceiling)


def reached(curve: growth.Logistic, threshold: float, rows: pd.DataFrame) -> Given:
    """Return the time (years) at which a fitted curve passes a threshold; unknown without a fit."""
    if not threshold < curve.ceiling or np.isnan(curve.midpoint):
        return Given()
    return Given(float(curve.reaches(threshold)), [rows])


def curves(cases: dict[str, pd.DataFrame], ceiling: float) -> pd.DataFrame:
    """Return series and the logistics through them: series, kind ("told" or "fitted"), year, value.

    A curve is fitted to the rows before the first change of the survey and runs over their years.
    """
    tables = []
    for label, rows in cases.items():
        told = pd.DataFrame({"year": rows["year"].astype(float), "value": rows["value"]})
        tables.append(told.assign(series=label, kind="told"))
        curve = fit(rise(rows), ceiling)
        if np.isfinite(curve.midpoint):
            years = np.arange(told["year"].min(), rise(rows)["year"].max() + 0.1, 0.25)
            fitted = pd.DataFrame({"year": years, "value": curve.predict(years)})
            tables.append(fitted.assign(series=label, kind="fitted"))
    if not tables:
        return pd.DataFrame(columns=CURVE)
    return pd.concat(tables, ignore_index=True)[CURVE]


def bells(cases: dict[str, pd.DataFrame], ceiling: float) -> pd.DataFrame:
    """Return additions against the share reached: series, kind ("told" or "fitted"), share, added.

    Of a logistic they are k y (1 - y / K), a bell over the share y with its top at half of K.
    """
    tables = []
    for label, rows in cases.items():
        told = additions(rise(rows))[["share", "added"]]
        tables.append(told.assign(series=label, kind="told"))
        curve = fit(rise(rows), ceiling)
        if np.isfinite(curve.midpoint):
            share = np.linspace(0, ceiling, 51)
            added = curve.steepness * share * (1 - share / ceiling)
            bell = pd.DataFrame({"share": share, "added": added})
            tables.append(bell.assign(series=label, kind="fitted"))
    if not tables:
        return pd.DataFrame(columns=ADDED)
    return pd.concat(tables, ignore_index=True)[ADDED]
