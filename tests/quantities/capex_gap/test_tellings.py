"""The question as documents tell it."""

import math

import pandas as pd
import pytest
from asking import FIRST, given_chain, statements, told

from computecycle.quantities.capex_gap import tellings


def test_the_steps_end_with_what_is_earned():
    steps = tellings.steps({"then": given_chain(50.0, 2.0, 0.5, 0.0, 11.0)})
    assert steps.to_dict("list") == {
        "date_label": ["then"] * 4,
        "layer": ["GPUs", "data centre", "end user", "actual AI revenue"],
        "start": [0, 50, 100, 0],
        "end": [50, 100, 200, 11],
        "label": ["50", "100", "200", "11"],
    }


def test_a_cloud_that_earns_has_a_step_of_its_own():
    steps = tellings.steps({"then": given_chain(50.0, 2.0, 0.5, 0.5, 11.0)})
    assert steps["layer"].tolist()[2] == "cloud"
    assert steps[["start", "end"]].to_numpy().tolist()[2:4] == [[100, 200], [200, 400]]


def test_the_last_layer_stands_also_where_it_adds_nothing():
    steps = tellings.steps({"then": given_chain(50.0, 2.0, 0.0, 0.0, 11.0)})
    assert steps["layer"].tolist() == ["GPUs", "data centre", "end user", "actual AI revenue"]


def test_a_case_without_data_has_no_steps():
    cases = {"then": given_chain(50.0, 2.0, 0.5, 0.0, math.nan), "now": given_chain(1, 2, 0, 0, 1)}
    assert tellings.steps(cases)["date_label"].unique().tolist() == ["now"]
    empty = tellings.steps({"then": cases["then"]})
    assert empty.empty and list(empty) == ["date_label", "layer", "start", "end", "label"]


TOLD = statements(
    told("a", "gpu_run_rate", 50, "USD billion per year", FIRST, period="2023-09"),
    told("a", "gpu_run_rate", 150, "USD billion per year", FIRST, period="2024-06"),
    told("a", "gpu_run_rate", 7, "USD billion per year", FIRST, entity="AMD"),
    told("a", "end_user_margin", 50, "percent", FIRST, entity="end user"),
    told("a", "cloud_margin", 0, "percent", FIRST, entity="cloud provider"),
    told("a", "ai_revenue", 10, "USD billion per year", FIRST, entity="Google", period="2023-09"),
    told("a", "ai_revenue", 5, "USD billion per year", FIRST, entity="Meta", period="2023-09"),
    told("a", "ai_revenue", 9, "USD billion per year", FIRST, entity="Meta", period="2024-06"),
    told("a", "ai_revenue", 99, "USD billion", FIRST, entity="AI industry", period="2023-09"),
    told("b", "cloud_margin", 50, "percent", FIRST, entity="cloud provider"),
    told("b", "gpu_run_rate", 150, "USD billion per year", FIRST, bound="value"),
)


def told_by_two() -> pd.DataFrame:
    found = tellings.tellings(TOLD, {"a": "A", "b": "B"})
    return found.pivot(index="variable", columns="telling", values="value")


TELLINGS = {
    "newest-period-of-the-chain": ("GPU run rate", "150", "150"),
    "told-by-one": ("margin of the end user", "50", "not told"),
    "zero-is-told": ("margin of the cloud", "0", "50"),
    "sum-of-the-first-list": ("AI revenue counted", "15", "not told"),
    "told-by-none": ("gap", "not told", "not told"),
}


@pytest.mark.parametrize(("variable", "first", "second"), TELLINGS.values(), ids=TELLINGS)
def test_a_telling(variable, first, second):
    assert told_by_two().loc[variable].tolist() == [first, second]


def test_rows_that_differ_are_marked():
    differs = tellings.tellings(TOLD, {"a": "A", "b": "B"}).groupby("variable")["differs"].all()
    assert sorted(differs.index[differs]) == [
        "AI revenue counted", "margin of the cloud", "margin of the end user",
    ]  # fmt: skip


def test_tellings_of_nothing():
    assert set(tellings.tellings(TOLD.iloc[:0], {"a": "A"})["value"]) == {"not told"}


def test_the_list_of_a_document_adds_up_its_companies():
    found = tellings.listed(TOLD, "a")
    assert found.number == 15 and list(found.rows[0].index) == ["statements:7", "statements:8"]
    assert not tellings.listed(TOLD, "b").known
