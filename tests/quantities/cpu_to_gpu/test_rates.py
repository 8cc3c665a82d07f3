"""Rates with intervals: of exact growth, of scatter, of what is too little."""

import math

import pandas as pd
import pytest

from computecycle.quantities.cpu_to_gpu import rates

EXACT = pd.DataFrame({"year": [2000, 2001, 2002], "value": [1.0, 2.0, 4.0]})
ROUGH = pd.DataFrame({"year": [2000, 2001, 2002], "value": [1.0, 3.0, 4.0]})


def test_exact_growth_has_an_interval_without_width():
    found = rates.fitted(EXACT, "year", "value")
    assert found.rate.number == pytest.approx(1)
    assert found.low.number == pytest.approx(1) and found.high.number == pytest.approx(1)
    assert found.doubling.number == pytest.approx(1)
    assert found.rate.rows[0] is EXACT


def test_scatter_widens_the_interval():
    """Residuals of ln 1, ln 3, ln 4 are -d, 2 d, -d with d = ln(9 / 4) / 6; the error is
    d sqrt(6 / 1 / 2), and Student's t for one degree of freedom 12.706."""
    found = rates.fitted(ROUGH, "year", "value")
    reach = 12.7062 * math.log(9 / 4) / 6 * math.sqrt(3)
    assert found.rate.number == pytest.approx(1)
    assert found.high.number + 1 == pytest.approx(2 * math.exp(reach), rel=1e-3)


def test_two_points_have_a_rate_and_no_interval():
    found = rates.fitted(EXACT[:2], "year", "value", [ROUGH])
    assert found.rate.known and not found.low.known and found.rate.rows == [ROUGH]
    assert not rates.fitted(EXACT[:1], "year", "value").doubling.known


def test_growths_that_scatter_cannot_be_told_apart():
    low, high = rates.times_faster(*(rates.fitted(ROUGH, "year", "value") for _ in range(2)))
    assert low.number < 1 < high.number and len(low.rows) == 2
    few = rates.fitted(EXACT[:2], "year", "value")
    assert not rates.times_faster(few, few)[0].known


def test_a_forest_has_the_rates_that_have_an_interval():
    named = {"one": ("a", rates.fitted(ROUGH, "year", "value"))}
    named["two"] = ("b", rates.fitted(EXACT[:2], "year", "value"))
    table = rates.forest(named)
    assert list(table["name"]) == ["one"] and list(table["points"]) == [3]
    assert list(table["group"]) == ["a"]
    assert list(rates.forest({}).columns) == rates.FOREST
