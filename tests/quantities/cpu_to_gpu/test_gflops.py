"""The cost of a GFLOPS: windows, rounding, the cheapest platform so far."""

import math

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities import growth
from computecycle.quantities.cpu_to_gpu import gflops

COSTS = pd.DataFrame(
    [
        ("early", "2000", 100.0, "$100"),
        ("middle", "2002-03", 5.0, "$5"),
        ("dear", "2002-03", 6.0, "$6"),
        ("late", "2005-01", 0.1, "$0.10"),
    ],
    columns=["platform", "date", "cost_2022", "printed"],
)
DECLINES = pd.DataFrame({"window_start": [2002, 2000], "annual_decline": [74.76, 82.23]})
FOUND = gflops.windows(COSTS, DECLINES)


@pytest.mark.parametrize(
    "printed, half",
    [
        ("$0.10", 0.005),
        ("$0.07", 0.005),
        ("$55,000", 500),
        ("$100,000,000", 5e7),
        ("1.96E+11", 5e8),
        ("2E+15", 5e14),
        ("$640", 5),
    ],
)
def test_a_printed_number_stands_for_half_of_its_last_place_around_it(printed, half):
    assert gflops.half_unit(printed) == pytest.approx(half)


def test_a_text_without_a_number_has_no_place():
    assert math.isnan(gflops.half_unit("not told"))


def test_a_bare_date_names_the_last_day_of_a_year_and_the_first_of_a_month():
    assert gflops.day("1945") == pd.Timestamp("1945-12-31")
    assert gflops.day("2003-02") == pd.Timestamp("2003-02-01")


def test_a_window_runs_from_the_first_platform_of_its_year_to_the_last_of_all():
    pair = gflops.window(gflops.dated(COSTS), 2002)
    assert list(pair["platform"]) == ["middle", "late"]
    assert gflops.window(gflops.dated(COSTS), 2001).empty
    assert gflops.window(gflops.dated(COSTS), 2005).empty


def test_the_decline_compounds_and_its_range_is_that_of_the_rounding_of_both_ends():
    years = growth.years_between("2002-03-01", "2005-01-01", "actual/365")
    late = FOUND[FOUND["start"] == 2002].iloc[0]
    assert late["rate"] == pytest.approx(1 - (0.1 / 5) ** (1 / years))
    assert late["low"] == pytest.approx(1 - (0.105 / 4.5) ** (1 / years))
    assert late["high"] == pytest.approx(1 - (0.095 / 5.5) ** (1 / years))


def test_a_window_is_asked_for_by_the_year_in_which_it_begins():
    assert gflops.of_window(FOUND, "printed", 2000, [COSTS]).number == 0.8223
    assert not gflops.of_window(FOUND, "rate", 1066, [COSTS]).known
    assert gflops.least(FOUND, "low", 2002, [COSTS]).number == FOUND["low"].iloc[0]
    assert not gflops.least(FOUND, "low", 2000, [COSTS]).known


def test_a_step_is_a_platform_than_which_none_before_was_cheaper():
    steps = gflops.steps(COSTS)
    assert list(steps["platform"]) == ["early", "middle", "late"]
    assert list(steps["low"]) == pytest.approx([50, 4.5, 0.095])
    assert list(steps["high"]) == pytest.approx([150, 5.5, 0.105])


def test_a_halving_in_a_year_is_a_fall_by_half():
    assert gflops.halving(12.0).number == 0.5
    assert gflops.halving(24.0).number == pytest.approx(1 - math.sqrt(0.5))


def test_a_price_is_held_against_what_its_machine_cost_and_did():
    line = pd.DataFrame({"platform": ["early"], "original_cost": [1e14]})
    cost, time = Given(0.5, [line]), Given(2000.0, [line])  # 5e5 USD / 500 a second = 1e12
    assert gflops.overstated(line, cost, time).number == pytest.approx(100)
    assert not gflops.overstated(line[:0], cost, time).known


def test_a_first_price_a_hundred_times_too_high_makes_the_fall_too_fast():
    fall = gflops.repriced(Given(0.9), Given(100.0), Given(2.0))  # 1 to 0.01, of 0.01 to 0.01
    assert fall.number == pytest.approx(0)
    assert not gflops.repriced(Given(), Given(100.0), Given(2.0)).known


def test_without_rows_nothing_is_computed():
    assert gflops.windows(COSTS[:0], DECLINES[:0]).empty
    assert gflops.steps(COSTS[:0]).empty
