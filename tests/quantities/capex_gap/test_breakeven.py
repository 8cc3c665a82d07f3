"""Break-evens: closed forms, and the mistakes that are easy to make."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from computecycle.quantities.capex_gap import breakeven

H100 = {
    "kw_per_gpu": 1.875,
    "load_factor": 1.0,
    "power_usage_effectiveness": 1.0,
    "useful_life": 5,
    "gpu_price": 25_000,
}


exact = settings(derandomize=True, deadline=None, database=None, max_examples=50)


lives = st.integers(1, 20)


money = st.floats(0.1, 1000)


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_payback():
    assert breakeven.payback_years(210, 100, 0.5) == close(4.2)
    assert breakeven.payback_years(210, 0, 0.5) == math.inf


def test_a_yardstick_for_users():
    assert breakeven.breakeven_per_user_month(600e9, 1e9) == close(50)


def test_years_to_close():
    assert breakeven.years_to_close(600, 75, 1.0) == close(3)
    assert breakeven.years_to_close(600, 100, 1.75) == close(math.log(6) / math.log(2.75))
    assert breakeven.years_to_close(600, 600, 0.1) == 0
    assert breakeven.years_to_close(600, 700, -0.5) == 0
    assert breakeven.years_to_close(600, 100, 0.3, 0.3) == math.inf
    assert breakeven.years_to_close(600, 100, 0.3, 0.6) == math.inf
    assert breakeven.years_to_close(600, 0, 0.3) == math.inf
    assert breakeven.years_to_close(600, np.array([75, 600]), 1.0).tolist() == close([3, 0])


def test_growth_is_a_fraction():
    assert math.log(6) / math.log(1 + 175) < 0.35  # the tempting mistake closes it in 4 months
    with pytest.raises(ValueError, match="growth is 175; .* If 175% is meant, write 1.75"):
        breakeven.years_to_close(600, 100, 175)
    with pytest.raises(ValueError, match="required_growth is -1.5"):
        breakeven.years_to_close(600, 100, 0.5, -1.5)


@exact
@given(st.floats(10, 1000), st.floats(0.01, 0.99), st.floats(0.01, 3), st.floats(0, 0.99))
def test_after_the_years_to_close_the_two_are_equal(required, covered, growth, slower):
    actual, required_growth = required * covered, growth * slower
    years = breakeven.years_to_close(required, actual, growth, required_growth)
    earned = math.log(actual) + years * math.log1p(growth)
    needed = math.log(required) + years * math.log1p(required_growth)
    assert earned == pytest.approx(needed, rel=1e-6)


def test_energy_of_an_h100_over_its_life():
    assert breakeven.energy_multiple(usd_per_kwh=0.1, **H100) == close(8212.5 / 25_000)
    assert H100["kw_per_gpu"] == 15_000 / 8_000


def test_energy_refuses_what_it_cannot_use():
    with pytest.raises(ValueError, match="load_factor is 95.*write 0.95"):
        breakeven.energy_multiple(usd_per_kwh=0.1, **{**H100, "load_factor": 95})
    with pytest.raises(ValueError, match="power_usage_effectiveness is 0.9"):
        breakeven.energy_multiple(usd_per_kwh=0.1, **{**H100, "power_usage_effectiveness": 0.9})


@exact
@given(st.floats(0.01, 2), lives)
def test_geometric_sum(ratio, terms):
    expected = sum(ratio**k for k in range(terms))
    assert breakeven.geometric_sum(ratio, terms) == pytest.approx(expected, rel=1e-9)


def test_geometric_sum_is_smooth_where_the_ratio_is_one():
    ratios = np.array([1 - 1e-13, 1, 1 + 1e-9])
    assert breakeven.geometric_sum(ratios, 5) == pytest.approx(5, rel=1e-8)


def test_years_at_which_a_share_recovers_a_dollar():
    assert breakeven.years_at(0.1, 1 / (1 / 1.1 + 1 / 1.21)) == close(2)
    assert math.isnan(breakeven.years_at(0.1, 0.1)), "interest alone eats it"


def test_an_amount_grows_at_a_pace():
    assert breakeven.grown(100.0, 2.0, 1.5) == close(100 * 2 * 2**0.5)
