"""The demand multiple, by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from computecycle.quantities.capex_gap import demand


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


exact = settings(derandomize=True, deadline=None, database=None, max_examples=50)


shares = st.floats(0, 1)


CLAIM = (1, 10, 100, 1)  # training ten times cheaper, inference a hundred times heavier


def test_the_effects_on_training_and_inference_add():
    assert 100 / 10 == 10  # the tempting mistake, printed in nvidia2025: they multiply
    expected = 27 / 39 / 10 + 12 / 39 * 100
    assert demand.demand_multiple(12 / 39, *CLAIM) == close(expected)
    assert expected == pytest.approx(30.84, abs=0.005)


def test_the_inference_share_that_makes_ten_true():
    share = demand.inference_share_for(10, *CLAIM)
    assert share == close(9.9 / 99.9)
    assert demand.demand_multiple(share, *CLAIM) == close(10)


def test_a_multiple_that_no_share_gives_is_not_a_number():
    assert math.isnan(demand.inference_share_for(101, *CLAIM))
    assert math.isnan(demand.inference_share_for(0.05, *CLAIM))
    assert math.isnan(demand.inference_share_for(2, 1, 1, 1, 1))
    ends = demand.inference_share_for(np.array([0.1, 100]), *CLAIM)
    assert ends.tolist() == close([0, 1])


def test_falling_cost_of_inference_counts_too():
    assert demand.demand_multiple(12 / 39, 1, 10, 100, 30) == close(27 / 390 + 12 / 39 * 100 / 30)


@exact
@given(shares, st.tuples(*[st.floats(0.1, 200)] * 4))
def test_the_demand_multiple_is_linear_in_the_share(share, effects):
    none, whole = (demand.demand_multiple(end, *effects) for end in (0, 1))
    mixed = (1 - share) * none + share * whole
    assert demand.demand_multiple(share, *effects) == close(mixed)


@exact
@given(st.floats(0.01, 0.99), st.floats(0.1, 5), st.floats(6, 200))
def test_the_share_and_the_multiple_are_inverse(share, training, inference):
    effects = (training, 1, inference, 1)
    multiple = demand.demand_multiple(share, *effects)
    assert demand.inference_share_for(multiple, *effects) == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize(("elasticity", "spending"), [(0.5, 1 / 3), (1, 1), (2, 9)])
def test_spending_grows_only_if_the_elasticity_exceeds_one(elasticity, spending):
    work = demand.elastic_growth(9, elasticity)  # 36 dollars become 4
    assert demand.demand_multiple(1, 1, 1, work, 9) == close(spending)
