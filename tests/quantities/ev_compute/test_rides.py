"""Rides by the services' own measures, and forecasts beside what came."""

import pandas as pd
import pytest

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
    "who published measure region target value unit",
    ("BNEF", "2020", "share", "World", 2025, 10.0, "percent"),
    ("IEA", "2025-05-14", "share", "World", 2025, 25.0, "percent"),
    ("IEA", "2025-05-14", "share", "World", 2030, 40.0, "percent"),
    ("Waymo", "2026-02-21", "weekly_rides", "World", 2026, 1e6, "rides per week"),
)
SHARES = table("region year share", ("World", 2025, 0.25), ("World", 2024, 0.21))


def test_neither_ranges_nor_estimates_are_the_newest():
    assert rides.newest(TOLD, "Waymo")["value"].tolist() == [5e5]
    assert rides.before(TOLD, "Waymo")["value"].tolist() == [4e5]
    assert rides.before(TOLD, "Apollo Go").empty
    assert rides.rides_of(TOLD, "Waymo", "2026-02").number == 4e5
    assert not rides.rides_of(TOLD, "Waymo", "2026-12").known


def test_a_quarter_has_thirteen_weeks():
    weekly = rides.a_week(TOLD)
    apollo = weekly[weekly["service"] == "Apollo Go"]
    assert apollo["rides"].tolist() == [pytest.approx(100.0)]
    assert weekly["kind"].value_counts().to_dict() == {"told": 3, "range": 2, "estimated": 1}


def test_a_note_stands_at_the_top_of_a_range():
    assert rides.notes(TOLD, "minivans").to_dict("records") == [
        {"day": pd.Timestamp("2020-03-31"), "rides": 2.0, "text": "minivans"}
    ]


def test_what_was_expected_is_found_by_who_when_and_for_which_year():
    assert rides.expected(OUTLOOK, "BNEF", "2020", "World", 2025).number == pytest.approx(0.1)
    assert rides.expected(OUTLOOK, "Waymo", "2026", "World", 2026).number == 1e6
    assert not rides.expected(OUTLOOK, "IEA", "2024", "World", 2025).known


def test_forecasts_of_years_that_came_stand_with_the_longest_ahead_first():
    judged = rides.against(OUTLOOK, SHARES)
    assert judged["ahead"].tolist() == [5, 0]
    assert judged["case"].tolist()[0] == "World 2025, BNEF in 2020"
    assert judged["expected"].tolist() == pytest.approx([0.1, 0.25])
    assert judged["came"].tolist() == [0.25, 0.25]
    assert rides.against(OUTLOOK.iloc[:0], SHARES).empty
