"""Ranges, draws and objections: literal tables in, what a chart draws out."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence import data
from computecycle.evidence.given import Given
from computecycle.quantities.capex_gap import assumptions, sensitivity
from computecycle.quantities.capex_gap.scenarios import scenarios

KNOWN = assumptions.declared(data.load("assumptions"))

BASE = {  # requires 400, earns 100, lacks 300
    "gpu_run_rate": 100.0,
    "datacenter_cost_multiple": 2.0,
    "end_user_margin": 0.5,
    "ai_revenue": 100.0,
}


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split())


RANGES = table(
    "assumption label relative drawn low mode high unit",
    ("gpu_run_rate", "GPU purchases", True, True, 0.5, 1.0, 2.0, "x"),
    ("end_user_margin", "Margin", False, True, 0.2, 0.5, 0.6, "fraction"),
    ("ai_revenue", "AI revenue", True, False, 1.0, 1.0, 3.0, "x"),
    ("useful_life", "Useful life", False, False, 3.0, 5.0, 8.0, "x"),
)
OBJECTIONS = table(
    "objection assumption low high",
    ("Revenue grows", "indirect_benefit", 50.0, 100.0),
    ("Life is longer", "useful_life", 3.0, 8.0),
    ("Margins are thinner", "end_user_margin", 0.2, 0.0),
    ("Centres cost more", "datacenter_cost_multiple", 2.5, 3.0),
    ("Two together", "indirect_benefit", 100.0, 200.0),
    ("Two together", "datacenter_cost_multiple", 1.5, 1.5),
)


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-9)


def records(found: pd.DataFrame) -> list[tuple]:
    return [tuple(row) for row in found.itertuples(index=False)]


# Growth


def test_in_a_steady_state_the_need_is_as_it_is():
    assert sensitivity.growth_factor(KNOWN, BASE) == close(1.0)
    assert sensitivity.growth_factor(KNOWN, {**BASE, "purchase_growth": 0.0}) == close(1.0)


def test_growing_purchases_need_less_today():
    """Two years of life, doubling purchases: half of this year's and half of last year's half."""
    grown = {**BASE, "useful_life": 2.0, "purchase_growth": 1.0}
    assert sensitivity.growth_factor(KNOWN, grown) == close((1 + 0.5) / 2)


# Ranges


def test_relative_ranges_are_multiplied_by_the_case():
    found = sensitivity.around(BASE, RANGES)
    assert found[["low", "mode", "high"]].iloc[0].tolist() == [50, 100, 200]
    assert found[["low", "mode", "high"]].iloc[1].tolist() == [0.2, 0.5, 0.6]
    assert set(found["distribution"]) == {"triangular"}
    assert RANGES["low"].tolist() == [0.5, 0.2, 1.0, 3.0], "the table itself stays as it is"


def test_ranges_of_loaded_tables_hold_missing_booleans_nowhere():
    loaded = RANGES.astype({"relative": "boolean", "drawn": "boolean"})
    pd.testing.assert_frame_equal(
        sensitivity.around(BASE, loaded)[["low", "mode", "high"]],
        sensitivity.around(BASE, RANGES)[["low", "mode", "high"]],
    )
    assert len(sensitivity.tornado(KNOWN, BASE, loaded)) == 6


def test_the_tornado_by_hand():
    """2 N / (1 - m) - A at either end; the useful life moves nothing and is left out."""
    found = sensitivity.tornado(KNOWN, BASE, RANGES)
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
    return sensitivity.drawn(KNOWN, {**BASE, **changes}, RANGES, draws, seed, 0.0)


def test_only_what_is_marked_is_drawn_and_stays_in_its_range():
    found = drawn()
    assert list(found)[:2] == ["gpu_run_rate", "end_user_margin"] and len(found) == 2000
    assert found["gpu_run_rate"].between(50, 200).all()
    assert found["end_user_margin"].between(0.2, 0.6).all()
    assert set(found["actual"]) == {100.0}
    required = 2 * found["gpu_run_rate"] / (1 - found["end_user_margin"])
    assert found["gap"].tolist() == close((required - 100).tolist())


def test_more_assumptions_can_be_marked_as_drawn():
    found = sensitivity.drawing(RANGES, ["ai_revenue"])
    assert found["drawn"].tolist() == [True, True, True, False]
    assert RANGES["drawn"].tolist() == [True, True, False, False]


def test_rows_behind_the_draws():
    """The rows of what is drawn from ends of its own do not count; those of a relative range do."""
    rows = {name: RANGES.iloc[[place]] for place, name in enumerate(BASE)}
    case = {name: Given(number, [rows[name]]) for name, number in BASE.items()}
    found = sensitivity.behind(case, RANGES)
    names = ("gpu_run_rate", "datacenter_cost_multiple", "ai_revenue")
    assert [each is rows[name] for each, name in zip(found, names, strict=True)] == [True] * 3


def test_draws_follow_the_triangle():
    """Its mean is a third of the sum of low, mode and high."""
    found = drawn(20000)["gpu_run_rate"]
    assert found.mean() == pytest.approx((50 + 100 + 200) / 3, rel=0.01)


def test_the_same_seed_draws_the_same():
    pd.testing.assert_frame_equal(drawn(100), drawn(100))
    assert not drawn(100).equals(drawn(100, seed=8))


def test_the_histogram_shares_out_every_draw():
    bins = sensitivity.histogram(drawn())
    assert len(bins) == sensitivity.BINS and bins["share"].sum() == close(1)
    assert bins["gap_low"].iloc[1:].tolist() == close(bins["gap_high"].iloc[:-1].tolist())


def test_the_histogram_by_hand():
    gaps = pd.DataFrame({"gap": [0.0, 1.0, 1.0, sensitivity.BINS]})
    bins = sensitivity.histogram(gaps)
    assert bins["share"].iloc[[0, 1, -1]].tolist() == [0.25, 0.5, 0.25]
    assert bins["gap_high"].iloc[0] == close(1.0)


def test_the_quantiles_by_hand():
    marks = sensitivity.quantiles(pd.DataFrame({"gap": np.arange(101.0)}))
    assert records(marks) == [("5 percent", 5.0), ("half", 50.0), ("95 percent", 95.0)]


# Objections


def test_the_objections_by_hand():
    found = sensitivity.objections(KNOWN, BASE, OBJECTIONS)
    expected = [
        ("Two together", 300 - 100 - 100, 300 - 200 - 100, 300),
        ("Margins are thinner", 250 - 100, 200 - 100, 300),
        ("Revenue grows", 250, 200, 300),
        ("Centres cost more", 400, 500, 300),
    ]
    assert [row[:4] for row in records(found)] == [
        (name, close(low), close(high), close(base)) for name, low, high, base in expected
    ]


def test_the_axis_ends_a_fifth_beyond_the_second_largest_gap():
    found = sensitivity.objections(KNOWN, BASE, OBJECTIONS)
    assert set(found["limit"]) == {1.2 * 250}


def test_an_objection_that_moves_nothing_is_left_out():
    assert "Life is longer" not in set(sensitivity.objections(KNOWN, BASE, OBJECTIONS)["objection"])
    alone = sensitivity.objections(KNOWN, BASE, OBJECTIONS.iloc[[1]])
    assert alone.empty and "limit" in alone


def test_one_objection_alone_has_an_axis():
    assert sensitivity.objections(KNOWN, BASE, OBJECTIONS.iloc[[0]])["limit"].tolist() == close(
        [1.2 * 250]
    )


# Nothing

NO_RANGES, NO_DRAWS = RANGES.iloc[:0], pd.DataFrame({"gap": []})
EMPTY = {
    "tornado": (lambda: sensitivity.tornado(KNOWN, BASE, NO_RANGES), 6),
    "drawn": (lambda: sensitivity.drawn(KNOWN, BASE, NO_RANGES, 100, 7, 0.0), 4),
    "drawn-none-marked": (lambda: sensitivity.drawn(KNOWN, BASE, RANGES.iloc[2:], 100, 7, 0.0), 4),
    "histogram": (lambda: sensitivity.histogram(NO_DRAWS), 3),
    "quantiles": (lambda: sensitivity.quantiles(NO_DRAWS), 2),
    "objections": (lambda: sensitivity.objections(KNOWN, BASE, OBJECTIONS.iloc[:0]), 5),
}


@pytest.mark.parametrize(("made", "columns"), EMPTY.values(), ids=EMPTY)
def test_empty_tables_give_empty_tables_with_their_columns(made, columns):
    found = made()
    assert found.empty and len(found.columns) == columns


def test_the_base_gap_is_that_of_the_scenarios():
    assert scenarios(KNOWN, **BASE)["gap"].iloc[0] == close(300)
