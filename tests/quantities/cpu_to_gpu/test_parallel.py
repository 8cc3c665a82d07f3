"""Amdahl's rule on jobs worked by hand."""

import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.cpu_to_gpu import parallel

FOUR, HUNDRED, TEN = Given(4.0), Given(100.0), Given(10.0)  # cores, lanes, lanes for one core


def test_what_cannot_be_split_sets_the_limit():
    assert parallel.time(0.1, 9) == pytest.approx(0.2)
    assert parallel.speedup(0.1, 9).number == pytest.approx(5)
    assert parallel.speedup(0.1, 1e12).number == pytest.approx(10)
    assert parallel.speedup(0.1, Given()).known is False


def test_lanes_alone_take_as_long_as_cores_where_the_two_lines_meet():
    share = parallel.even(FOUR, HUNDRED, TEN, TEN).number
    assert share / (1 - share) == pytest.approx((1 / 4 - 1 / 10) / 9)
    on_lanes = 10 * parallel.time(share, 100)  # in times of one core
    assert on_lanes == pytest.approx(parallel.time(share, 4))


def test_lanes_that_wait_less_badly_win_with_more_that_cannot_be_split():
    badly = parallel.even(FOUR, HUNDRED, TEN, TEN)
    mildly = parallel.even(FOUR, HUNDRED, TEN, 2.0)
    assert mildly.number == pytest.approx(0.15 / 1.15) and mildly.number > badly.number
    assert parallel.even(Given(), HUNDRED, TEN, 2.0).known is False


def test_each_set_of_workers_is_drawn_in_times_of_one_core():
    table = parallel.raced(FOUR, HUNDRED, TEN)
    first = table[table["share"] == 0.5].set_index("worker")["times"]
    assert first["4 cores"] == pytest.approx(1 / (0.5 + 0.5 / 4))
    assert first["100 lanes alone"] == pytest.approx(1 / (10 * (0.5 + 0.5 / 100)))
    assert first["100 lanes and one core"] == pytest.approx(1 / (0.5 + 0.5 / 10))
    assert table.groupby("worker").size().nunique() == 1


def test_the_lines_meet_at_one_point_or_nowhere():
    share = parallel.even(FOUR, HUNDRED, TEN, TEN)
    (point,) = parallel.met(share, FOUR).to_dict("records")
    assert point["times"] == pytest.approx(1 / (10 * parallel.time(point["share"], 100)))
    few = parallel.even(FOUR, Given(8.0), TEN, TEN)  # lanes that cores outrun at any share
    assert few.number < 0 and parallel.met(few, FOUR).empty


def test_nothing_is_drawn_of_a_number_that_is_not_known():
    assert parallel.raced(FOUR, Given(), TEN).empty
    assert parallel.met(Given(), FOUR).empty
