"""The cases of the demand multiple and the years to close, by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from computecycle import demand

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
