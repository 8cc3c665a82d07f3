"""Rides by the services' own measures, and forecasts beside what came."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.ev_compute import rides


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=columns.split()).rename(index="rows:{}".format)
    days = [name for name in made if name == "period_end"]
    return made.assign(**{name: pd.to_datetime(made[name]) for name in days})


TOLD = table(
    "operator metric bound status period period_end value unit",
    ("Waymo", "weekly_rides", "low", "told", "2020-03", "2020-03-31", 1000.0, "rides per week"),
    ("Waymo", "weekly_rides", "high", "told", "2020-03", "2020-03-31", 2000.0, "rides per week"),
    ("Waymo", "weekly_rides", "value", "told", "2026-03", "2026-03-27", 5e5, "rides per week"),
    ("Waymo", "weekly_rides", "value", "told", "2026-02", "2026-02-21", 4e5, "rides per week"),
    ("Waymo", "weekly_rides", "value", "estimated", "2026-12", "2026-12-31", 9e5, "rides per week"),
    ("Apollo Go", "quarterly_rides", "value", "told", "2025Q1", "2025-03-31", 1.3e6, "rides"),
)
OUTLOOK = table(
    "who published measure region target value unit known_from",
    ("BNEF", "2020", "share", "World", 2025, 10.0, "percent", "2025-05-14"),
    ("IEA", "2025-05-14", "share", "World", 2025, 25.0, "percent", "2025-05-14"),
    ("IEA", "2025-05-14", "share", "World", 2030, 40.0, "percent", "2025-05-14"),
    ("Waymo", "2026-02-21", "weekly_rides", "World", 2026, 1e6, "rides per week", "2026-02-21"),
)


def test_neither_ranges_nor_estimates_are_the_newest():
    assert rides.newest(TOLD, "Waymo")["value"].tolist() == [5e5]
    assert rides.newest(TOLD, "Waymo", "2026-03")["value"].tolist() == [5e5]
    assert rides.newest(TOLD, "Waymo", "2026-04").empty
    assert pd.isna(rides.day_of(rides.newest(TOLD, "Waymo", "2026-04")))
    assert rides.rides_of(TOLD, "Waymo", "2026-02").number == 4e5
    assert not rides.rides_of(TOLD, "Waymo", "2026-12").known


def test_a_pace_is_that_between_two_numbers():
    since = TOLD.iloc[[3]].assign(period_end=pd.Timestamp("2026-01-01"))
    until = TOLD.iloc[[2]].assign(period_end=pd.Timestamp("2026-07-02"))  # half a year later
    before, then = Given(1e5, [since]), Given(2e5, [until])
    goal = rides.at_pace(before, then, Given(2026.0))
    assert goal.number == pytest.approx(4e5, rel=0.01) and len(goal.rows) == 2
    assert not rides.at_pace(before, Given(), Given(2026.0)).known
    assert not rides.at_pace(before, then, Given()).known


def test_a_quarter_has_thirteen_weeks():
    weekly = rides.a_week(TOLD)
    apollo = weekly[weekly["service"] == "Apollo Go"]
    assert apollo["rides"].tolist() == [pytest.approx(100.0)]
    assert weekly["kind"].value_counts().to_dict() == {"told": 3, "range": 2, "estimated": 1}


def test_services_meet_in_the_newest_quarter_that_both_told():
    assert rides.of_both(TOLD, "Waymo", "Apollo Go", "2024Q1")[1].empty
    later = TOLD.iloc[[5]].assign(period="2026Q1", period_end=pd.Timestamp("2026-03-31"))
    week, quarter = rides.of_both(pd.concat([TOLD, later]), "Waymo", "Apollo Go", "2024Q1")
    assert week["value"].tolist() == [5e5] and quarter["period"].tolist() == ["2026Q1"]
    week, quarter = rides.of_both(pd.concat([TOLD, later]), "Waymo", "Apollo Go", "2026Q2")
    assert week.empty and quarter.empty


def test_a_note_stands_at_the_top_of_a_range():
    assert rides.notes(TOLD, "minivans").to_dict("records") == [
        {"day": pd.Timestamp("2020-03-31"), "rides": 2.0, "text": "minivans"}
    ]


def test_what_was_expected_is_found_by_who_when_and_for_which_year():
    year = Given(2025.0)
    assert rides.expected(OUTLOOK, "BNEF", "2020", "World", year).number == pytest.approx(0.1)
    assert rides.expected(OUTLOOK, "IEA", "", "World", year).number == pytest.approx(0.25)
    assert not rides.expected(OUTLOOK, "IEA", "2024", "World", year).known
    assert not rides.expected(OUTLOOK, "IEA", "2025", "World", Given()).known
    goal, when = rides.aim(OUTLOOK, "Waymo")
    assert (goal.number, when.number) == (1e6, 2026)
    assert not rides.aim(OUTLOOK, "IEA")[0].known


def test_a_forecast_is_judged_once_its_year_has_come():
    newest = Given(2025.0)
    assert rides.judged_year(OUTLOOK, "BNEF", "2020", ["World"], newest).number == 2025
    assert rides.judged_year(OUTLOOK, "IEA", "", ["World"], newest).number == 2025
    assert rides.judged_year(OUTLOOK, "IEA", "2025", ["World"], Given(2030.0)).number == 2030
    assert not rides.judged_year(OUTLOOK, "IEA", "2025", ["World", "China"], newest).known
    assert not rides.judged_year(OUTLOOK, "IEA", "", ["World"], Given(2024.0)).known
    assert not rides.judged_year(OUTLOOK, "IEA", "", ["World"], Given()).known
