"""How a condition prints its numbers: years, days, ends of ranges, and enough digits to check."""

import pandas as pd
import pytest

from computecycle.notebook import conditions, texts
from computecycle.notebook.texts import Shown
from computecycle.quantities import growth

WRITTEN = {
    "thousands": (1203.4, "1,203"),
    "thousands-that-could-be-a-year": (2002.0, "2,002"),
    "millions": (12345678.0, "12,345,678"),
    "fraction": (0.155432, "0.1554"),
    "tiny": (1.2e-7, "1.2e-07"),
    "huge": (3.25e25, "3.25e+25"),
    "count": (3.0, "3"),
    "minus": (-2.5, "−2.5"),
}


@pytest.mark.parametrize(("number", "text"), WRITTEN.values(), ids=WRITTEN)
def test_a_number_of_a_condition_is_written_with_four_digits(number, text):
    assert texts.digits_of(number) == text


def told(condition: str, **shown) -> str:
    """A condition with its numbers: bare ones, or values with their text and unit."""
    tree = conditions.read(condition)
    each = {name: one if isinstance(one, Shown) else Shown(one) for name, one in shown.items()}
    return conditions.told(tree, texts.texts(tree, each))


DAY = growth.decimal_year(pd.Timestamp("2025-07-09"))
MONTH = Shown(growth.decimal_year(pd.Timestamp("2025-02-27")), "February 2025", "date")
LATER = Shown(growth.decimal_year(pd.Timestamp("2025-02-28")), "February 2025", "date")
YEAR = Shown(2030.0, "2030", "year")
DATED = {
    "beside-a-date": ("a > b", {"a": DAY, "b": MONTH}, "9 July 2025 > February 2025"),
    "beside-a-year": ("a < b", {"a": DAY, "b": YEAR}, "9 July 2025 < 2030"),
    "span": ("a - b < c", {"a": DAY, "b": MONTH, "c": 1.0}, "9 July 2025 − February 2025 < 1"),
    "power": (
        "c ** (a - b) > d",
        {"a": DAY, "b": MONTH, "c": 5.0, "d": 1.5},
        "5 ** (9 July 2025 − February 2025) > 1.5",
    ),
    "whole-years": ("a + c < b", {"a": 2002.0, "b": 2012.0, "c": 5.0}, "2002 + 5 < 2012"),
    "same-month": ("a < b", {"a": MONTH, "b": LATER}, "27 February 2025 < 28 February 2025"),
    "factor": ("a / k > b", {"a": 1800.0, "k": 1000.0, "b": 1.6}, "1,800 / 1,000 > 1.6"),
    "beside-what-is-no-year": (
        "half(a, b) and about(c, b)",
        {"a": 1000.0, "b": 2000.0, "c": 2000.0},
        "1,000 is about half of 2,000 and 2,000 is about 2,000",
    ),
    "fraction-beside-no-date": ("a > b", {"a": 1985.3, "b": 1900.4}, "1,985 > 1,900"),
}


@pytest.mark.parametrize(("condition", "shown", "text"), DATED.values(), ids=DATED)
def test_a_day_is_told_as_a_day_and_a_year_as_a_year(condition, shown, text):
    assert told(condition, **shown) == text


@pytest.mark.parametrize("day", ["2023-01-01", "2024-02-29", "2024-12-31", "2026-12-31"])
def test_a_day_is_told_back_from_its_year(day):
    day = pd.Timestamp(day)
    assert texts.day_of(growth.decimal_year(day)) == f"{day:%-d %B %Y}"


ENDS = {
    "share": (0.92, "48% to 92%", "92%"),
    "currency-once": (216.8, "$181 to $217 billion", "$217 billion"),
    "currency-before-the-first": (44.6, "$43 to 45 billion", "$45 billion"),
    "unit-twice": (8.57, "$0.3 billion to $8.6 billion", "$8.6 billion"),
}


@pytest.mark.parametrize(("number", "text", "end"), ENDS.values(), ids=ENDS)
def test_of_a_range_the_end_that_is_tested_is_told(number, text, end):
    assert told("a > b", a=Shown(number, text), b=-500.0) == f"{end} > −500"


SAME = "same(share, paid / need)"
FINER = {
    "rounded-share": (
        SAME,
        {"share": Shown(0.14595, "15%"), "paid": Shown(167.0, "$167 billion"), "need": 1144.2},
        "14.6% is the same as $167 billion / 1,144",
    ),
    "rounded-until-false": (
        "a - b < c",
        {"a": Shown(3.44, "3"), "b": Shown(2.51, "3"), "c": -0.0},
        "3.44 − 2.51 < 0",
    ),
    "years-too-coarse": (
        "about(a - b, c)",
        {"a": 2025.517, "b": 2020.402, "c": 5.0},
        "2,025.5 − 2,020.4 is about 5",
    ),
    "part-that-is-right-as-printed": (
        "a > b and c > d",
        {"a": Shown(2.4, "2"), "b": 1.0, "c": Shown(0.4, "0"), "d": 0.1},
        "2 > 1 and 0.4 > 0.1",
    ),
    "divides-by-what-rounds-away": ("b / a > b", {"a": Shown(0.4, "0"), "b": 1.0}, "1 / 0.4 > 1"),
    "false-and-printed-so": ("a > b", {"a": 1.0, "b": 2.0}, "1 > 2"),
    "share-added-to-a-percentage": (
        "a + b < c",
        {"a": Shown(0.393, "39%"), "b": 0.0692, "c": 0.5},
        "39% + 6.92% < 50%",
    ),
}


@pytest.mark.parametrize(("condition", "shown", "text"), FINER.values(), ids=FINER)
def test_what_is_printed_gives_the_verdict_of_the_numbers(condition, shown, text):
    assert told(condition, **shown) == text


def test_where_a_number_is_missing_the_others_are_told_as_they_are():
    assert told("a < b", a=Shown(None, "no data"), b=2.0) == "no data < 2"


def test_a_range_whose_last_end_is_negative_has_its_sign_there():
    assert texts.printed(-2.4, "−$35.5 billion to ${:,.1f} billion") == (
        "−$35.5 billion to −$2.4 billion"
    )
    assert texts.printed(-2.4, "${:,.1f} billion") == "−$2.4 billion"
    assert texts.printed(-0.01, "1 to {:.0f}") == "1 to 0"
