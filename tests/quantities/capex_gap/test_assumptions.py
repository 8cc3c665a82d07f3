"""The table of assumptions: what it declares, and that all who name an assumption mean it."""

import math

import pandas as pd
import pytest

from computecycle.evidence import data
from computecycle.quantities.capex_gap import assumptions

TABLE = data.load("assumptions")
KNOWN = assumptions.declared(TABLE)


@pytest.mark.parametrize("each", KNOWN.values(), ids=list(KNOWN))
def test_a_default_is_allowed(each):
    assert math.isnan(each.default) or each.default in each.allowed
    assert not (each.needed and math.isfinite(each.default)), "what must be told has no default"


def test_a_range_without_a_high_end_has_no_limit():
    assert str(KNOWN["gpu_run_rate"].allowed) == "(0, inf)"
    assert str(KNOWN["end_user_margin"].allowed) == "[0, 1)"
    assert str(KNOWN["load_factor"].allowed) == "(0, 1]"


def test_a_table_with_one_name_twice_is_refused():
    with pytest.raises(ValueError, match="assumptions has more than one row for assumption"):
        assumptions.declared(pd.concat([TABLE, TABLE.iloc[:1]]))


@pytest.mark.parametrize("name", ["ranges", "objections"])
def test_who_names_an_assumption_means_one_that_is_declared(name):
    rows = data.load(name)
    units = dict(zip(TABLE["assumption"], TABLE["unit"], strict=True))
    assert not set(rows["assumption"]) - set(units)
    relative = rows["relative"].astype(bool) if "relative" in rows else pd.Series(False, rows.index)
    for row in rows[~relative].itertuples():
        assert row.unit == units[row.assumption], row.Index
        assert row.low in KNOWN[row.assumption].allowed, row.Index
        assert row.high in KNOWN[row.assumption].allowed, row.Index


@pytest.mark.parametrize("symbol", ["N", "m_e", "m_c", "A", "g", "L", "p", "i", "e", "h"])
def test_a_letter_of_the_formula_is_in_the_table_and_in_the_models_docstring(symbol):
    from computecycle.quantities.capex_gap import scenarios

    assert symbol in set(TABLE["symbol"])
    assert symbol in scenarios.__doc__
