"""Extrapolation: the date follows from start, growth and target, and from nothing else."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.llm_scaling import foresight

GIVEN = {"start": Given(1e12), "start_year": Given(2020.0), "target": Given(1e14)}
STATEMENTS = pd.DataFrame(
    [
        ("Huang", "time_to_agi_by_human_tests", 5.0, "years"),
        ("experts", "agi_year", 2025.0, "year"),
        ("experts", "agi_year", 2029.0, "year"),
        ("experts", "levels", 5.0, "levels"),
    ],
    columns=["entity", "variable", "value", "unit"],
).assign(known_from=pd.Timestamp("2024-12-08"))


def test_two_orders_at_half_an_order_a_year_take_four_years():
    assert foresight.year_reached(1e12, 2020, 0.5, 1e14) == pytest.approx(2024)


def test_growth_is_in_orders_of_magnitude_not_in_factors():
    """Half an order a year is a factor of 3.16; read as a factor of 1.5 the date lies far off."""
    assert foresight.orders(10**0.5) == pytest.approx(0.5)
    wrong = foresight.year_reached(1e12, 2020, foresight.orders(1.5), 1e14)
    assert wrong == pytest.approx(2020 + 2 / np.log10(1.5))
    assert wrong > 2030


def test_half_the_growth_takes_twice_as_long():
    years = [foresight.year_reached(1e12, 2020, 0.5 * share, 1e14) - 2020 for share in (1, 0.5)]
    assert years[1] == pytest.approx(2 * years[0])


def test_what_stands_still_never_arrives_and_what_is_there_has_arrived():
    assert foresight.year_reached(1e12, 2020, 0.0, 1e14) == np.inf
    assert foresight.year_reached(1e12, 2020, -0.1, 1e14) == np.inf
    assert foresight.year_reached(1e14, 2020, 0.0, 1e14) == 2020
    assert foresight.year_reached(1e15, 2020, 0.5, 1e14) == pytest.approx(2018)


def test_cases_reach_the_near_and_the_far_target():
    cases = {"fast": Given(1.0), "unknown": Given(), "still": Given(0.0)}
    made = foresight.computed(**GIVEN, cases=cases, far_target=Given(1e15))
    assert list(made["who"]) == ["fast", "still"]
    assert list(made["low"]) == [2022, np.inf]
    assert list(made["high"]) == [2023, np.inf]
    assert set(made["kind"]) == {"computed"}


def test_nothing_is_computed_without_a_target():
    made = foresight.computed(**GIVEN, cases={"fast": Given(1.0)}, far_target=Given())
    assert made.empty and list(made) == foresight.WHO


def test_a_time_from_now_is_added_to_the_year_of_the_statement():
    said = foresight.said(STATEMENTS).set_index("who")
    assert said.loc["Huang: passes human tests", "low"] == 2029
    assert tuple(said.loc["Experts", ["low", "high"]]) == (2025, 2029)


def test_only_what_was_asked_is_cited():
    assert len(foresight.said_rows(STATEMENTS)) == 3
    assert foresight.said(STATEMENTS.iloc[:0]).empty


def test_cases_that_come_by_a_year_are_counted_by_the_near_target():
    cases = {"fast": Given(1.0), "slow": Given(0.2), "still": Given(0.0)}
    made = foresight.computed(**GIVEN, cases=cases, far_target=Given(1e15))
    assert foresight.within(made, Given(2022.0), [STATEMENTS]).number == 1
    assert foresight.within(made, Given(2029.9), [STATEMENTS]).number == 1
    assert foresight.within(made, Given(2030.0), [STATEMENTS]).number == 2
    assert foresight.within(made, Given(np.inf), [STATEMENTS]).number == 3
    assert not foresight.within(made, Given(), [STATEMENTS]).known
    assert not foresight.within(made.iloc[:0], Given(2030.0), [STATEMENTS]).known
    last = foresight.within(made, Given(2022.0, [STATEMENTS.iloc[:1]]), [STATEMENTS])
    assert [len(rows) for rows in last.rows] == [4, 1]


def test_sizes_stand_side_by_side():
    brains = pd.DataFrame(
        {"species": ["worm", "cat"], "neurons": [300.0, 2.5e8],
         "synapses_low": [np.nan, 1e9], "synapses_high": [np.nan, 1e10]}
    )  # fmt: skip
    models = pd.DataFrame({"version": ["GPT-1"], "parameters": [1.17e8]})
    made = foresight.sizes(brains, models)
    assert list(made["quantity"]) == ["neurons", "neurons", "synapses", "parameters"]
    assert tuple(made.loc[2, ["name", "low", "high"]]) == ("cat", 1e9, 1e10)
    assert foresight.sizes(brains.iloc[:0], models.iloc[:0]).empty


def test_a_path_compounds_and_is_labelled_at_its_end():
    rates = {"double": Given(1.0), "unknown": Given()}
    made = foresight.paths(Given(3.0), rates, range(2020, 2023), "{:.0f}")
    assert list(made["value"]) == [3, 6, 12]
    assert list(made["label"]) == ["", "", "12"]
    assert foresight.paths(Given(), rates, range(2020, 2023), "{:.0f}").empty


def said(number: float | None, text: str = "") -> SimpleNamespace:
    return SimpleNamespace(number=number, text=text)


def test_what_came_is_measured_by_what_was_told():
    """And not the other way round: twice as much as told is two, not a half."""
    told, came = said(100.0, "$100 billion"), said(200.0, "$200 billion")
    table = foresight.kept({"short": (came, told), "over": (told, came)})
    assert table["forecast"].tolist() == ["over", "short"]
    assert table["ratio"].tolist() == [2.0, 0.5]
    assert table.loc[0, ["told", "came"]].tolist() == ["$100 billion", "$200 billion"]


def test_a_forecast_without_an_outturn_is_not_scored():
    assert foresight.kept({"open": (said(100.0), said(None))}).empty
    assert list(foresight.kept({}).columns) == foresight.KEPT
