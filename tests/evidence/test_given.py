"""A number that knows its rows: arithmetic carries them, what is unknown stays unknown."""

import math

import numpy as np
import pandas as pd
import pytest
from asking import ARTICLES, NOTHING

from computecycle.evidence.given import Given, Own, computed, derive, or_own, rows_of

LEFT, RIGHT = pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [2]})
SIX, TWO = Given(6.0, [LEFT]), Given(2.0, [RIGHT])

OPERATIONS = {
    "sum": (lambda: SIX + TWO, 8),
    "difference": (lambda: SIX - TWO, 4),
    "product": (lambda: SIX * TWO, 12),
    "quotient": (lambda: SIX / TWO, 3),
    "number-minus-given": (lambda: 10 - SIX, 4),
    "given-minus-number": (lambda: SIX - 10, -4),
    "number-times-given": (lambda: 3 * SIX, 18),
    "number-over-given": (lambda: 3 / SIX, 0.5),
    "given-over-number": (lambda: SIX / 3, 2),
    "given-plus-number": (lambda: SIX + 1, 7),
    "two-steps": (lambda: (SIX + TWO) / TWO - 1, 3),
}


def same_rows(found: list, expected: list) -> bool:
    return len(found) == len(expected) and all(
        each is other for each, other in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize(("operation", "number"), OPERATIONS.values(), ids=OPERATIONS)
def test_arithmetic(operation, number):
    assert operation().number == number


def test_arithmetic_carries_the_rows_of_both_sides_in_order():
    assert same_rows((SIX - TWO).rows, [LEFT, RIGHT])
    assert same_rows((TWO / SIX).rows, [RIGHT, LEFT])
    assert same_rows((1 - SIX).rows, [LEFT])
    assert same_rows(derive(max, SIX, 7, TWO).rows, [LEFT, RIGHT])


def test_a_bare_number_rests_on_no_rows():
    assert derive(pow, 9, 0.5) == Given(3.0, [])


def test_nothing_is_known_by_default():
    assert not Given().known and math.isnan(Given().number) and Given().rows == []


@pytest.mark.parametrize("operation", ["__add__", "__sub__", "__mul__", "__truediv__"])
@pytest.mark.parametrize("missing", [Given(), np.nan, -np.inf], ids=["given", "nan", "minus-inf"])
def test_what_is_computed_from_an_unknown_number_is_unknown(operation, missing):
    found = getattr(SIX, operation)(missing)
    assert not found.known and math.isnan(found.number) and found.rows == []


def test_a_function_is_not_called_without_its_numbers():
    assert not derive(lambda _: pytest.fail("was called"), np.nan).known


def test_infinity_goes_through_a_function_but_is_no_known_number():
    assert not Given(np.inf).known
    assert derive(lambda span: 1 / span, Given(np.inf, [LEFT])).number == 0
    never = derive(max, np.inf, SIX)
    assert never.number == np.inf and not never.known and same_rows(never.rows, [LEFT])
    assert not (Given(np.inf) - Given(np.inf)).known


def test_what_is_divided_by_zero_is_unknown():
    assert not (SIX / Given(0.0, [RIGHT])).known
    assert not (1 / Given(0.0)).known


def test_numbers_of_a_table_become_plain_floats():
    found = derive(np.add, pd.Series([1.5])[0], np.float64(2))
    assert type(found.number) is float and found.number == 3.5


def test_rows_of_some_numbers():
    assert same_rows(rows_of([SIX, Given(1.0), TWO, SIX]), [LEFT, RIGHT, LEFT])


def test_the_readers_number_or_the_sources():
    given = Given(3.0, [ARTICLES])
    assert or_own("price", None, given) is given
    assert or_own("price", 0.0, given) == Given(0.0, [], (Own("price", 0.0, 3.0, travels=True),))


def test_a_computed_number_rests_on_its_rows_or_on_nothing():
    assert computed(5, ARTICLES).rows[0] is ARTICLES
    assert not computed(5, NOTHING[0]).known
