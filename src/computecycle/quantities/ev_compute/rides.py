"""Rides without a driver, and what was expected of cars: dated forecasts against what came.

A service tells its rides when it likes and by a measure of its own, a week or a quarter, so a rate
is taken within one service and one measure. Rows of the loaded tables in, small results out.
"""

import pandas as pd

from computecycle.evidence.given import Given, computed, derive
from computecycle.quantities import growth
from computecycle.quantities.ev_compute.vehicles import number, of, on_path

WEEKS = 13  # in a quarter


def told(rides: pd.DataFrame, operator: str) -> pd.DataFrame:
    """Return the single numbers that a service told, as rows in order of their day."""
    rows = of(rides, operator=operator, bound="value", status="told")
    return rows.sort_values("period_end", kind="stable")


def rides_of(rides: pd.DataFrame, operator: str, period: str) -> Given:
    """Return the rides that a service told for a month or a quarter."""
    return number(told(rides, operator), period=period)


def newest(rides: pd.DataFrame, operator: str, since: str = "") -> pd.DataFrame:
    """Return the row with the newest number that a service told; empty where there is none.

    since : a month or a quarter, as the service names them, before which nothing is returned.
    """
    rows = told(rides, operator)
    return rows[rows["period"] >= since].iloc[-1:]


def of_both(
    rides: pd.DataFrame, weekly: str, quarterly: str, since: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the newest quarter of which two services told a number: the last row that one told in
    it by the week, and the row of the other; empty where there is none.

    since : the first quarter that counts.
    """
    weeks, quarters = told(rides, weekly), told(rides, quarterly)
    within = weeks["period_end"].dt.to_period("Q").astype(str)
    shared = quarters[quarters["period"].isin(within) & (quarters["period"] >= since)].iloc[-1:]
    return weeks[within.isin(shared["period"])].iloc[-1:], shared


def day_of(rows: pd.DataFrame) -> pd.Timestamp:
    """Return the last day that some rows speak of; not a time (NaT) where there are none."""
    return rows["period_end"].max()


def a_week(rides: pd.DataFrame) -> pd.DataFrame:
    """Return rides a week of each service: service, day, rides (thousand), kind.

    A quarter is spread over its thirteen weeks. kind : "told", "estimated" by others, or
    "range" for the ends of one.
    """
    weeks = rides["metric"].map({"weekly_rides": 1, "quarterly_rides": WEEKS}).astype(float)
    kind = rides["status"].where(rides["bound"] == "value", "range")
    table = pd.DataFrame(
        {
            "service": rides["operator"],
            "day": rides["period_end"],
            "rides": rides["value"] / weeks / 1000,
            "kind": kind,
        }
    )
    return table.sort_values(["service", "day", "rides"], ignore_index=True)


def notes(rides: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return a text beside the top of each range that was told: day, rides (thousand), text."""
    tops = of(rides, bound="high")
    table = {"day": tops["period_end"], "rides": tops["value"] / 1000, "text": text}
    return pd.DataFrame(table).reset_index(drop=True)


def aim(forecasts: pd.DataFrame, who: str) -> tuple[Given, Given]:
    """Return the rides a week that a service said last that it aims at, and the year meant."""
    rows = of(forecasts, who=who, measure="weekly_rides")
    rows = rows.sort_values(["target", "known_from"]).iloc[-1:]
    return number(rows), computed(rows["target"].max(), rows)


def at_pace(before: Given, then: Given, year: Given) -> Given:
    """Return the rides a week at the end of a year, if they grow steadily as they did between two
    numbers that a service told."""
    if not (before.known and then.known):
        return Given()
    days = [growth.decimal_year(day_of(each.rows[0])) for each in (before, then)]
    return derive(on_path, before, days[0], then, days[1], year + 1)


def expected(
    forecasts: pd.DataFrame, who: str, published: str, region: str, target: Given
) -> Given:
    """Return the share of electric cars that somebody expected of a region for a year (fraction).

    published : the year in which it was expected; empty: the newest.
    """
    rows = of(forecasts, who=who, region=region, measure="share")
    rows = rows[rows["published"].str.startswith(published) & (rows["target"] == target.number)]
    return number(rows.sort_values(["published", "known_from"]).iloc[-1:])


def judged_year(
    forecasts: pd.DataFrame, who: str, published: str, regions: list[str], newest: Given
) -> Given:
    """Return the last year, up to the newest that came, that somebody forecast for some regions.

    published : the year in which it was forecast; empty: the year itself.
    """
    rows = of(forecasts, who=who, region=regions, measure="share")
    rows = rows[rows["published"].str[:4] == (published or rows["target"].astype(str))]
    asked = rows[rows["target"] <= newest.number].groupby("target")["region"].nunique()
    years = asked.index[asked == len(regions)]
    return Given(float(max(years)), [rows, *newest.rows]) if len(years) else Given()
