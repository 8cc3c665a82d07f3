"""Numbers in words: units as a reader says them, values with what they are told per."""

import pytest

from computecycle.citing import numbers


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("USD billion per year", "billion US dollars per year"),
        ("USD per kWh", "US dollars per kilowatt-hour"),
        ("x", "times (a ratio)"),
        ("million cards", "million cards"),
    ],
)
def test_a_unit_is_said_in_words(unit, words):
    assert numbers.in_words(unit) == words


@pytest.mark.parametrize(
    ("unit", "text", "said"),
    [
        ("USD billion per year", "$357 billion", "Sales: $357 billion per year"),
        ("USD billion per year", "$357 billion a year", "Sales: $357 billion a year"),
        ("fraction", "44%", "Sales: 44%"),
        ("USD per USD", "$1.60", "Sales: $1.60"),
        ("factor per year", "5.2", "Sales: 5.2 times a year"),
        ("factor per year", "5.2 a year", "Sales: 5.2 a year"),
        ("x", "−1,000", "Sales: −1,000 times"),
        ("percentage points", "8", "Sales: 8 percentage points"),
        ("sales", "8", "Sales: 8"),
        ("year", "2025", "Sales: 2025"),
    ],
)
def test_a_number_is_said_with_what_it_is_told_per(unit, text, said):
    assert numbers.said({"name": "sales", "text": text, "unit": unit}) == said
