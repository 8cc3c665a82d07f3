"""A scaling law: the same share for each tenfold of compute, and its error by hand."""

import numpy as np
import pandas as pd
import pytest

from computecycle.quantities.llm_scaling import law

ROUND = {"E": 2.0, "A": 400.0, "B": 400.0, "alpha": 0.5, "beta": 0.5}
LAWS = pd.DataFrame(
    [("round", symbol, value, 0.01) for symbol, value in ROUND.items()],
    columns=["law", "symbol", "value", "error"],
)


def test_equal_exponents_give_half_of_one():
    assert law.exponent(0.5, 0.5) == 0.25
    assert law.taken_off(0.5, 0.5) == pytest.approx(1 - 10**-0.25)


def test_with_equal_coefficients_size_and_text_grow_alike():
    """6e20 FLOP are 1e20 parameters times tokens: 1e10 of each, 0.004 of loss from each."""
    assert law.above_floor(ROUND, 6e20) == pytest.approx(2 * 400 / 1e5)


def test_the_curve_falls_by_the_share_at_each_tenfold():
    curve = law.curves(LAWS, [1e20, 1e21, 1e22], 1e21)
    steps = curve["loss"].to_numpy()
    assert steps[1:] / steps[:-1] == pytest.approx([10**-0.25] * 2)
    assert list(curve["within"]) == [True, True, False]


def test_a_fit_reaches_to_its_largest_model_with_its_longest_text():
    ends = pd.DataFrame({"law": "round", "symbol": ["N_max", "D_max"], "value": [1e10, 5e11]})
    assert law.reach(ends, "round").number == pytest.approx(3e22)
    assert not law.reach(LAWS, "round").known


def test_the_best_split_is_the_best():
    own = {"E": 1.8, "A": 480.0, "B": 2000.0, "alpha": 0.35, "beta": 0.37}
    best, work = law.above_floor(own, 6e21), 1e21
    others = [own["A"] / n**0.35 + own["B"] / (work / n) ** 0.37 for n in np.logspace(8, 13, 200)]
    assert best <= min(others)
    assert best == pytest.approx(min(others), rel=1e-3)


def test_the_interval_lies_around_the_share():
    low, middle, high = (law.share(LAWS, "round", side).number for side in (-1, 0, 1))
    assert low < middle < high
    by_hand = 0.25 * 0.01 * np.sqrt(2) * 1.97  # both exponents weigh a quarter
    assert law.stray(0.5, 0.5, 0.01, 0.01) == pytest.approx(by_hand, rel=1e-3)


def test_without_the_law_nothing_is_known():
    assert not law.share(LAWS, "other").known
    assert not law.share(LAWS.assign(error=np.nan), "round", 1).known
    assert law.curves(LAWS.iloc[:0], [1e20], 1e21).empty
