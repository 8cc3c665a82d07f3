"""Eras: when half is reached, and where additions peak."""

import math

import numpy as np
import pandas as pd
import pytest

from computecycle.quantities import growth
from computecycle.quantities.cpu_to_gpu import eras

COLUMNS = ["entity", "metric", "year", "scope", "break", "value"]


def use(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


LAND = use(
    ("Land", "users", 2002, "new", True, 70.0),
    ("Land", "users", 2000, "new", False, 40.0),
    ("Land", "users", 2001, "new", False, 52.0),
    ("Land", "users", 2000, "old", False, 60.0),
    ("Land", "subscriptions", 2000, "new", False, 90.0),
)


def logistic_use(ceiling: float = 100) -> pd.DataFrame:
    years = np.arange(1990, 2021)
    value = growth.Logistic(ceiling, 2005, 0.5).predict(years)
    return use(*(("Land", "users", y, "new", False, v) for y, v in zip(years, value, strict=True)))


def test_a_series_is_one_vintage_of_one_measure_by_year():
    rows = eras.series(LAND, "Land", "users", "new")
    assert list(rows["year"]) == [2000, 2001, 2002]
    assert list(rows["value"]) == [40, 52, 70]


def test_the_rise_ends_before_the_survey_changed():
    assert list(eras.rise(eras.series(LAND, "Land", "users", "new"))["year"]) == [2000, 2001]


def test_a_threshold_is_crossed_in_the_first_year_above_it():
    rows = eras.series(LAND, "Land", "users", "new")
    assert eras.crossing(rows, 50).number == 2001
    assert list(eras.crossing(rows, 50).rows[0]["value"]) == [52]


def test_a_series_that_began_above_or_stays_below_crossed_at_no_known_time():
    rows = eras.series(LAND, "Land", "users", "new")
    assert not eras.crossing(rows, 30).known
    assert not eras.crossing(rows, 80).known


def test_additions_need_the_year_before():
    rows = use(
        ("Land", "users", 2000, "new", False, 10.0),
        ("Land", "users", 2002, "new", False, 30.0),
        ("Land", "users", 2003, "new", False, 36.0),
    )
    added = eras.additions(rows)
    assert list(added["year"]) == [2003]
    assert added.iloc[0]["added"] == 6 and added.iloc[0]["share"] == 33
    assert eras.newest_addition(rows).number == eras.peak(rows, "added").number == 6


def test_additions_of_a_logistic_peak_at_half_its_ceiling_not_at_its_end():
    rows = logistic_use()
    assert eras.peak(rows, "share").number == pytest.approx(50, abs=7)
    assert eras.peak(rows).number in (2005, 2006)
    assert eras.peak(logistic_use(60), "share").number == pytest.approx(30, abs=5)


def test_the_fit_of_a_logistic_reaches_the_threshold_where_it_was_made_to():
    rows = logistic_use()
    curve = eras.fit(rows, 100)
    assert eras.reached(curve, 50, rows).number == pytest.approx(2005)
    assert not eras.reached(curve, 100, rows).known
    assert not eras.reached(eras.fit(rows.iloc[:1], 100), 50, rows).known


def test_curves_are_fitted_before_the_break_and_drawn_with_all_points():
    rows = logistic_use()
    rows.loc[rows["year"] >= 2010, ["break", "value"]] = [True, 20.0]
    table = eras.curves({"Land": rows}, 100)
    fitted = table[table["kind"] == "fitted"]
    assert len(table[table["kind"] == "told"]) == len(rows)
    assert fitted["year"].max() <= 2009.1
    assert fitted[fitted["year"] == 2005]["value"].iloc[0] == pytest.approx(50)


def test_the_bell_has_its_top_at_half_the_ceiling():
    bell = eras.bells({"Land": logistic_use()}, 100)
    fitted = bell[bell["kind"] == "fitted"]
    top = fitted.loc[fitted["added"].idxmax()]
    assert top["share"] == pytest.approx(50)
    assert top["added"] == pytest.approx(0.5 * 100 / 4)


def test_without_rows_nothing_is_known():
    none = eras.series(LAND.iloc[:0], "Land", "users", "new")
    unknown = (eras.crossing(none, 50), eras.peak(none), eras.newest_addition(none))
    assert not any(one.known for one in unknown)
    assert not eras.last(none).known and not eras.in_year(none, math.nan).known
    assert eras.curves({"Land": none}, 100).empty and eras.bells({}, 100).empty
