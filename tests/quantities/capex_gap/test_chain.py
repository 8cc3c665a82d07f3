"""The chain: closed forms, and the mistakes that are easy to make."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from computecycle.quantities.capex_gap import chain

exact = settings(derandomize=True, deadline=None, database=None, max_examples=50)


margins = st.floats(0, 0.95)


money = st.floats(0.1, 1000)


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("run_rate", "required"), [(50, 200), (150, 600)])
def test_the_requirement_of_2023_and_of_2024(run_rate, required):
    assert chain.required_revenue(run_rate, 2, 0.5, 0) == close(required)


@pytest.mark.parametrize(("run_rate", "as_markup"), [(50, 150), (150, 450)])
def test_a_margin_is_not_a_markup(run_rate, as_markup):
    assert run_rate * 2 * (1 + 0.5) == as_markup  # the tempting mistake
    assert chain.required_revenue(run_rate, 2, 0.5) == close(as_markup * 4 / 3)
    assert chain.required_revenue(run_rate, 2, 0.5 / (1 + 0.5)) == close(as_markup)


def test_a_cloud_margin_raises_the_requirement():
    assert chain.required_revenue(150, 2, 0.5, 0.5) == close(1200)


def test_the_chain_takes_arrays():
    required = chain.required_revenue(np.array([50, 150]), 2, 0.5, 0.0)
    assert required.tolist() == [200, 600]


def test_layers_of_2024():
    table = chain.layers(150, 2, 0.5, 0.25)
    assert table["layer"].tolist() == ["GPUs", "data centre", "cloud", "end user"]
    assert table["revenue"].tolist() == close([150, 300, 400, 800])
    assert table["added"].tolist() == close([150, 150, 100, 400])


@exact
@given(money, st.floats(1, 5), margins, margins)
def test_the_steps_of_the_layers_sum_to_the_requirement(run_rate, multiple, user, cloud):
    table = chain.layers(run_rate, multiple, user, cloud)
    required = chain.required_revenue(run_rate, multiple, user, cloud)
    assert table["added"].sum() == close(required)
    assert table["revenue"].iloc[-1] == close(required)
    assert (table["added"] >= 0).all()


def test_gap_and_coverage():
    assert chain.gap(600, 100) == 500
    assert chain.gap(200, 71) == 129
    assert chain.coverage(600, 100) == close(1 / 6)


def test_coverage_is_actual_over_required():
    assert 600 / 100 == 6  # the tempting mistake: required over actual
    assert chain.coverage(600, 100) < 1


@pytest.mark.parametrize("margin", [-0.1, 1.0, 1.5, math.nan, "half"])
def test_a_margin_must_lie_in_its_range(margin):
    with pytest.raises(ValueError, match=r"end_user_margin is .*\[0, 1\)"):
        chain.required_revenue(150, 2, margin)
    with pytest.raises(ValueError, match=r"cloud_margin is .*\[0, 1\)"):
        chain.required_revenue(150, 2, 0.5, margin)


def test_a_percentage_is_recognised():
    with pytest.raises(ValueError, match="If 50% is meant, write 0.5"):
        chain.required_revenue(150, 2, 50)


def test_a_cost_multiple_contains_the_gpu():
    with pytest.raises(ValueError, match="datacenter_cost_multiple is 0.5"):
        chain.required_revenue(150, 0.5, 0.5)
