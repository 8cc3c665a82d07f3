"""Extrapolation: the date follows from start, growth and target, and from nothing else."""

import numpy as np
import pandas as pd
import pytest

from computecycle.quantities.llm_scaling import foresight

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
    assert foresight.factor(0.5) == pytest.approx(10**0.5)
    wrong = foresight.year_reached(1e12, 2020, foresight.orders(1.5), 1e14)
    assert wrong == pytest.approx(2020 + 2 / np.log10(1.5))
    assert wrong > 2030


def test_half_the_growth_takes_twice_as_long():
    years = [foresight.year_reached(1e12, 2020, 0.5 * share, 1e14) - 2020 for share in (1, 0.5)]
    assert years[1] == pytest.approx(2 * years[0])


def test_a_size_on_a_line_takes_its_part_of_the_growth():
    """A hundredfold compute a year, half of it in size: tenfold a year."""
    assert foresight.size_on_line(1e9, 2020, 100.0, 0.5, 2022) == pytest.approx(1e11)
    assert foresight.size_on_line(1e9, 2020, 100.0, 0.5, 2020) == 1e9


def test_what_stands_still_never_arrives_and_what_is_there_has_arrived():
    assert foresight.year_reached(1e12, 2020, 0.0, 1e14) == np.inf
    assert foresight.year_reached(1e12, 2020, -0.1, 1e14) == np.inf
    assert foresight.year_reached(1e14, 2020, 0.0, 1e14) == 2020
    assert foresight.year_reached(1e15, 2020, 0.5, 1e14) == pytest.approx(2018)


def test_a_time_from_now_is_added_to_the_year_of_the_statement():
    said = foresight.said(STATEMENTS).set_index("who")
    assert said.loc["Huang", "low"] == 2029
    assert tuple(said.loc["Unnamed experts", ["low", "high"]]) == (2025, 2029)


def test_only_what_was_asked_is_cited():
    assert len(foresight.said_rows(STATEMENTS)) == 3
    assert foresight.said(STATEMENTS.iloc[:0]).empty


def test_what_was_said_since_stands_under_the_name_of_what_was_said_then():
    dates = pd.DataFrame(
        [("Musk", "smarter than any one person", 2026, 2027), ("Hassabis", "general", 2031, 2034)],
        columns=["who", "event", "low", "high"],
    )
    made = foresight.said_since(dates)
    assert list(made["who"]) == ["Musk, any one person", "Hassabis"]
    assert tuple(made.loc[0, ["low", "high", "kind"]]) == (2026, 2027, foresight.SINCE)
    assert foresight.said_since(dates.iloc[:0]).empty


def test_of_each_the_last_word_for_an_event_counts():
    dates = pd.DataFrame(
        [("A", "one", "2026-03-01", 2028), ("B", "one", "2026-02-01", 2031),
         ("A", "two", "2026-01-01", 2040), ("A", "one", "2025-12-31", 2030)],
        columns=["who", "event", "date", "low"],
    )  # fmt: skip
    assert list(foresight.newest(dates)["low"]) == [2040, 2031, 2028]
    assert foresight.newest(dates.iloc[:0]).empty


def test_tables_are_put_below_each_other():
    said = foresight.said(STATEMENTS)
    assert len(foresight.together(said, said.iloc[:0], said)) == 2 * len(said)
    assert foresight.together(said.iloc[:0], said.iloc[:0]).empty
