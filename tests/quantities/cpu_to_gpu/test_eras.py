"""Eras: when half is reached, and how much is gained a year before and after."""

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities.cpu_to_gpu import eras

COLUMNS = ["entity", "metric", "year", "scope", "value"]
LAND = pd.DataFrame(
    [
        ("Land", "users", 2002, "new", 70.0),
        ("Land", "users", 2000, "new", 40.0),
        ("Land", "users", 2001, "new", 52.0),
        ("Land", "users", 2000, "old", 60.0),
        ("Land", "subscriptions", 2000, "new", 90.0),
    ],
    columns=COLUMNS,
)
ROWS = eras.series(LAND, "Land", "users", "new")


def test_a_series_is_one_vintage_of_one_measure_by_year():
    assert list(ROWS["year"]) == [2000, 2001, 2002]
    assert list(ROWS["value"]) == [40, 52, 70]


def test_the_newest_count_is_told_by_its_year():
    counts = LAND.assign(scope=["vintage 2024", "vintage 2026", "vintage 2024", "first", "other"])
    assert eras.newest_vintage(counts, "Land") == "vintage 2026"
    assert eras.newest_vintage(LAND, "Land") == eras.newest_vintage(counts, "Sea") == ""
    assert eras.counted("Land", "vintage 2026") == "Land, count of 2026"


def test_a_threshold_is_crossed_in_the_first_year_above_it():
    assert eras.crossing(ROWS, 50).number == 2001
    assert list(eras.crossing(ROWS, 50).rows[0]["value"]) == [52]


def test_a_series_that_began_above_or_stays_below_crossed_at_no_known_time():
    assert not eras.crossing(ROWS, 30).known
    assert not eras.crossing(ROWS, 80).known


def test_the_steepest_year_gained_most_among_those_around_a_year():
    assert eras.steepest(ROWS, eras.crossing(ROWS, 50), 1).number == 2002
    assert eras.steepest(ROWS[:2], Given(2000.0), 1).number == 2001
    assert not eras.steepest(ROWS, eras.crossing(ROWS, 50), 2).known
    assert not eras.steepest(ROWS, eras.crossing(ROWS, 80), 1).known
    assert not eras.steepest(ROWS[:0], Given(2001.0), 1).known


def test_the_steepest_of_all_needs_no_year_to_be_near():
    assert eras.steepest(ROWS).number == 2002
    assert not eras.steepest(ROWS[:1]).known


def test_a_gain_is_over_the_year_before():
    assert eras.gain(ROWS, Given(2002.0)).number == 18
    assert not eras.gain(ROWS, Given(2000.0)).known, "nothing is known before"
    assert not eras.gain(ROWS, Given()).known


def test_changes_of_the_method_are_counted_up_to_a_year():
    changed = ROWS.assign(**{"break": [False, True, True]})
    assert eras.breaks(changed, Given(2001.0)).number == 1
    assert not eras.breaks(changed, Given()).known


def test_the_last_year_has_a_value_and_a_number():
    assert eras.last(ROWS).number == 70 and eras.last(ROWS, "year").number == 2002
    assert not eras.last(ROWS[:0]).known
    assert not eras.in_year(ROWS, 1999).known


def test_series_are_drawn_under_their_names():
    drawn = eras.drawn({"Land": ROWS, "None": ROWS[:0]})
    assert list(drawn.columns) == eras.DRAWN and set(drawn["series"]) == {"Land"}
