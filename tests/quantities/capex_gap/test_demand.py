"""The cases of the demand multiple and the years to close, by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from computecycle.quantities.capex_gap import demand

COLUMNS = ["case", "component", "multiple", "total", "printed"]


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


def cases(share=0.25, eta_t=10.0, g_i=100.0, etas=(5.0, 50.0), printed=10.0) -> pd.DataFrame:
    return demand.cases(share, eta_t, g_i, list(etas), printed)


def multiples(table: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """For each case its training and its inference."""
    wide = table.pivot(index="case", columns="component", values="multiple")
    return {case: (row["training"], row["inference"]) for case, row in wide.iterrows()}


def test_a_case_is_two_parts_that_add():
    training, inference = demand.parts("a case", 0.25, 2.0, 10.0, 100.0, 4.0)
    assert training == {
        "case": "a case",
        "component": "training",
        "multiple": close(0.75 * 2 / 10),
        "total": close(0.15 + 6.25),
    }
    assert inference["multiple"] == close(0.25 * 100 / 4)


def test_the_cases_by_hand():
    found = {case: close(parts) for case, parts in multiples(cases()).items()}
    assert found == {
        "The two effects added, inference 25% of compute": (0.075, 25.0),
        "Inference only 10% of compute": (0.09009009009009, 9.9099099099099),
        "Inference also gets 5 times cheaper": (0.075, 5.0),
        "... and training grows as it gets cheaper": (0.75, 5.0),
        "... and use grows 10 times only": (0.075, 0.5),
        "Inference gets 50 times cheaper": (0.075, 0.5),
    }


def test_the_table_has_its_columns_and_the_printed_multiple():
    table = cases()
    assert list(table) == COLUMNS and set(table["printed"]) == {10.0}
    assert table["component"].tolist() == ["training", "inference"] * 6
    total = table.groupby("case")["multiple"].transform("sum")
    assert table["total"].to_list() == close(total.to_list())


def test_the_share_that_makes_the_printed_multiple_true_gives_it():
    table = cases(printed=40.0)
    needed = table[table["case"].str.startswith("Inference only")]
    assert needed["total"].tolist() == close([40, 40])


UNREACHABLE = {"growth-too-small": {"g_i": 5.0}, "printed-too-large": {"printed": 101.0}}


@pytest.mark.parametrize("numbers", UNREACHABLE.values(), ids=UNREACHABLE)
def test_a_case_that_no_share_makes_true_is_left_out(numbers):
    found = multiples(cases(**numbers))
    assert len(found) == 5 and not any("only nan" in case for case in found)


def test_a_cost_that_nobody_told_takes_its_cases_along():
    assert list(multiples(cases(etas=(math.nan, 50.0)))) == [
        "Inference gets 50 times cheaper",
        "Inference only 10% of compute",
        "The two effects added, inference 25% of compute",
    ]


@pytest.mark.parametrize("missing", ["share", "eta_t", "g_i", "printed"])
def test_without_data_the_table_is_empty(missing):
    table = cases(**{missing: math.nan})
    assert table.empty and list(table) == COLUMNS


# Years to close


def test_the_years_to_close_by_hand():
    table = demand.closing(400.0, 100.0, [1.0, 3.0])
    labelled = table[table["label"] != ""]
    assert labelled[["growth", "years"]].to_numpy().tolist() == close(
        np.array([[1.0, 2.0], [3.0, 1.0]])
    )
    assert labelled["label"].tolist() == ["100% a year: 2.0 years", "300% a year: 1.0 years"]


def test_the_curve_falls_between_the_marked_growths():
    table = demand.closing(400.0, 100.0, [0.30, 1.00, 1.75])
    assert table["growth"].is_monotonic_increasing and table["growth"].is_unique
    assert table["growth"].iloc[[0, -1]].tolist() == [0.30, 1.75]
    assert table["years"].is_monotonic_decreasing and len(table) >= 60
    expected = math.log(4) / np.log1p(table["growth"])
    assert table["years"].tolist() == close(expected.tolist())


def test_a_gap_that_is_closed_takes_no_years():
    table = demand.closing(100.0, 150.0, [0.5, 1.0])
    assert set(table["years"]) == {0.0}


def test_without_revenue_it_takes_for_ever():
    assert np.isinf(demand.closing(100.0, 0.0, [0.5, 1.0])["years"]).all()


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
