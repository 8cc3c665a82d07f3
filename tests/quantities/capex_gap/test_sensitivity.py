"""Ranges and draws: literal tables in, what a chart draws out."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence import data
from computecycle.evidence.given import Given, or_own
from computecycle.quantities.capex_gap import assumptions, sensitivity

KNOWN = assumptions.declared(data.load("assumptions"))

BASE = {  # requires 400, earns 100, lacks 300
    "gpu_run_rate": 100.0,
    "datacenter_cost_multiple": 2.0,
    "end_user_margin": 0.5,
    "ai_revenue": 100.0,
}
CASE = {name: Given(number) for name, number in BASE.items()}


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split())


RANGES = table(
    "assumption label relative low mode high unit",
    ("gpu_run_rate", "GPU purchases", True, 0.5, 1.0, 2.0, "x"),
    ("end_user_margin", "Margin", False, 0.2, 0.5, 0.6, "fraction"),
    ("ai_revenue", "AI revenue", True, 1.0, 1.0, 3.0, "x"),
    ("useful_life", "Useful life", False, 3.0, 5.0, 8.0, "years"),
)


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-9)


def records(found: pd.DataFrame) -> list[tuple]:
    return [tuple(row) for row in found.itertuples(index=False)]


# Ranges


def test_relative_ranges_are_multiplied_by_the_case():
    found = sensitivity.around(BASE, RANGES)
    assert found[["low", "mode", "high"]].iloc[0].tolist() == [50, 100, 200]
    assert found[["low", "mode", "high"]].iloc[1].tolist() == [0.2, 0.5, 0.6]
    assert set(found["distribution"]) == {"triangular"}
    assert RANGES["low"].tolist() == [0.5, 0.2, 1.0, 3.0], "the table itself stays as it is"


def test_ranges_of_loaded_tables_hold_missing_booleans_nowhere():
    loaded = RANGES.astype({"relative": "boolean"})
    pd.testing.assert_frame_equal(
        sensitivity.around(BASE, loaded)[["low", "mode", "high"]],
        sensitivity.around(BASE, RANGES)[["low", "mode", "high"]],
    )
    assert len(sensitivity.tornado(KNOWN, CASE, loaded)) == 6


def test_the_tornado_by_hand():
    """2 N / (1 - m) - A at either end; the useful life moves nothing and is left out."""
    found = sensitivity.tornado(KNOWN, CASE, RANGES)
    expected = [
        ("GPU purchases", "low", "$50 bn", 100, 300, 600),
        ("GPU purchases", "high", "$200 bn", 700, 300, 600),
        ("Margin", "low", "20%", 150, 300, 250),
        ("Margin", "high", "60%", 400, 300, 250),
        ("AI revenue", "low", "$100 bn", 300, 300, 200),
        ("AI revenue", "high", "$300 bn", 100, 300, 200),
    ]
    assert list(found) == ["assumption_label", "bound", "value_label", "gap", "base_gap", "swing"]
    for row, wanted in zip(records(found), expected, strict=True):
        assert row[:3] == wanted[:3] and row[3:] == close(wanted[3:])


FORMS = {
    "money": ((50.4, True, "x"), "$50 bn"),
    "multiple": ((2.0, False, "x"), "2.00"),
    "share": ((0.25, False, "fraction"), "25%"),
    "growth": ((0.25, False, "fraction per year"), "25% a year"),
    "growth-around-the-case": ((0.25, True, "fraction per year"), "25% a year"),
    "life": ((5.0, False, "years"), "5 years"),
}


@pytest.mark.parametrize(("cells", "text"), FORMS.values(), ids=FORMS)
def test_an_end_of_a_range_as_a_reader_writes_it(cells, text):
    (row,) = table("value relative unit", cells).itertuples()
    assert sensitivity.value_label(row) == text


def test_every_unit_of_the_reports_ranges_has_a_form():
    ranges = data.load("ranges")
    assert set(ranges.loc[~ranges["relative"].astype(bool), "unit"]) <= set(sensitivity.FORMS)


# Draws


def drawn(draws: int = 2000, seed: int = 7, **changes) -> pd.DataFrame:
    return sensitivity.drawn(KNOWN, {**CASE, **changes}, RANGES, draws, seed)


def test_every_range_is_drawn_and_stays_within():
    found = drawn()
    assert list(found)[:4] == RANGES["assumption"].tolist() and len(found) == 2000
    assert found["gpu_run_rate"].between(50, 200).all()
    assert found["end_user_margin"].between(0.2, 0.6).all()
    required = 2 * found["gpu_run_rate"] / (1 - found["end_user_margin"])
    assert found["gap"].tolist() == close((required - found["ai_revenue"]).tolist())


def test_what_a_reader_set_is_held_in_the_draws_and_moves_a_relative_range():
    own = {name: or_own(name, each, CASE[name]) for name, each in
           (("end_user_margin", 0.75), ("ai_revenue", 1000.0), ("gpu_run_rate", None))}  # fmt: skip
    found, plain = drawn(**own), drawn()
    assert set(found["end_user_margin"]) == {0.75}
    assert found["ai_revenue"].tolist() == close((10 * plain["ai_revenue"]).tolist())
    assert found["gpu_run_rate"].equals(plain["gpu_run_rate"])  # others are drawn as before
    assert found["useful_life"].equals(plain["useful_life"])
    assert len(sensitivity.tornado(KNOWN, {**CASE, **own}, RANGES)) == 6  # one at a time: all


def test_draws_follow_the_triangle():
    """Its mean is a third of the sum of low, mode and high."""
    assert drawn(20000)["gpu_run_rate"].mean() == pytest.approx((50 + 100 + 200) / 3, rel=0.01)


def test_shares_and_quantiles_of_the_draws():
    four = table("coverage required", (0.2, 1.0), (0.4, 2.0), (0.9, 3.0), (1.2, 4.0))
    assert sensitivity.share_below(four, "coverage", 1.0) == close(0.75)
    assert sensitivity.share_below(four, "coverage", 0.5) == close(0.5)
    assert sensitivity.quantile(four, "required", 0.5) == close(2.5)


def test_without_ranges_nothing_is_drawn_or_moved():
    none = sensitivity.drawn(KNOWN, CASE, RANGES.iloc[:0], 10, 7)
    assert none.empty and np.isnan(sensitivity.share_below(none, "coverage", 1.0))
    assert np.isnan(sensitivity.quantile(none, "required", 0.5))
    assert sensitivity.tornado(KNOWN, CASE, RANGES.iloc[:0]).empty


def test_the_widest_swings_and_that_of_one_assumption():
    moved = sensitivity.tornado(KNOWN, CASE, RANGES)
    assert sensitivity.swings(moved, 2) == close([600, 250])
    assert np.isnan(sensitivity.swings(moved.iloc[:0], 2)).all()
    assert sensitivity.swing_of(moved, RANGES, "ai_revenue") == close(200)
    assert np.isnan(sensitivity.swing_of(moved, RANGES, "cloud_margin"))


def test_a_range_to_one_side_leans():
    ends = [("both", 90.0), ("both", 120.0), ("up", 100.0), ("up", 130.0), ("down", 60.0)]
    moved = pd.DataFrame(ends, columns=["assumption_label", "gap"]).assign(base_gap=100.0)
    assert sensitivity.leaning(moved) == (1, 1)
    assert sensitivity.leaning(moved.iloc[:0]) == (0, 0)


def test_the_share_of_the_draws_between_two_levels():
    draws = pd.DataFrame({"coverage": [0.5, 1.0, 1.5, 2.0]})
    assert sensitivity.share_within(draws, "coverage", 1.0, 1.5) == close(0.5)
    assert np.isnan(sensitivity.share_within(draws.iloc[:0], "coverage", 1.0, 1.5))
