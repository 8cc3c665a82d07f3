"""Wright's law: closed forms, and the mistake of reading a rate per doubling as a rate per year."""

import numpy as np
import pandas as pd
import pytest

from computecycle.quantities import learning


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def test_doublings_add_where_ratios_multiply():
    first, second = learning.doublings(1, 8), learning.doublings(8, 32)
    assert (first, second, learning.doublings(1, 32)) == close((3, 2, 5))


def test_the_unit_of_production_does_not_matter():
    cells, megawatt_hours = np.array([1.0, 3.0, 20.0]), np.array([1.0, 3.0, 20.0]) * 1e6
    cost = np.array([900.0, 640.0, 300.0])
    in_cells = learning.experience_curve(cells, cost)
    in_energy = learning.experience_curve(megawatt_hours, cost)
    assert in_energy.learning_rate == close(in_cells.learning_rate)
    assert in_energy.unit_cost > in_cells.unit_cost


def test_exponent_and_learning_rate_are_inverse():
    assert learning.exponent(0.5) == 1
    assert learning.learning_rate(learning.exponent(0.2)) == close(0.2)
    assert learning.learning_rate(np.array([0.0, 1.0])).tolist() == [0, 0.5]


def test_an_exact_curve_is_found_again():
    cumulative = pd.Series([2.0, 5.0, 11.0, 64.0])
    cost = 1000 * cumulative ** -learning.exponent(0.24)
    curve = learning.experience_curve(cumulative, cost)
    assert curve.learning_rate == close(0.24)
    assert curve.exponent == close(learning.exponent(0.24))
    assert curve.unit_cost == close(1000)
    assert curve.r_squared == pytest.approx(1)
    assert curve.count == 4
    assert curve.predict(cumulative).tolist() == close(cost.tolist())


def test_a_cost_that_rises_has_a_negative_learning_rate():
    curve = learning.experience_curve(pd.Series([1.0, 2.0]), pd.Series([100.0, 125.0]))
    assert curve.learning_rate == close(-0.25)


def test_fewer_than_two_amounts_make_no_curve():
    for amounts in ([], [3.0], [3.0, 3.0]):
        curve = learning.experience_curve(pd.Series(amounts), pd.Series(amounts))
        assert np.isnan(curve.learning_rate) and curve.count == len(amounts)


def test_production_is_summed_and_what_came_before_is_added():
    table = pd.DataFrame({"year": [2017, 2015, 2016], "cars": [4.0, 1.0, 2.0]})
    summed = learning.cumulated(table, "cars", before=0.5)
    assert summed["year"].tolist() == [2015, 2016, 2017]
    assert summed["cumulative"].tolist() == [1.5, 3.5, 7.5]
    assert learning.cumulated(table.iloc[:0], "cars")["cumulative"].tolist() == []


def test_a_sum_that_starts_late_makes_the_learning_rate_too_low():
    made = pd.DataFrame({"year": range(2010, 2020), "amount": 1.5 ** np.arange(10)})
    whole = learning.cumulated(made, "amount")
    cost = 500 * whole["cumulative"] ** -learning.exponent(0.20)
    late = learning.cumulated(made[made["year"] >= 2015], "amount")
    fitted = learning.experience_curve(late["cumulative"], cost[late.index])
    assert fitted.learning_rate < 0.15


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: learning.exponent(20), "learning_rate is 20"),
        (lambda: learning.doublings(0, 1), "cumulative_before is 0"),
        (lambda: learning.experience_curve([1, 2], [1]), "2 numbers and cost 1"),
        (lambda: learning.cumulated(pd.DataFrame({"year": [1]}), "cars"), "no column"),
    ],
)
def test_what_is_not_allowed_is_said_in_a_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()
