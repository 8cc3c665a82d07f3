"""What only looks a number up a second time, and what computes."""

import pytest

from computecycle.evidence import expressions
from computecycle.ledger.repeats import only_repeats


@pytest.mark.parametrize(
    "text",
    [
        'cell("t", buyer="a")',
        '1 * cell("t")',
        'cell("t") / 1000',
        '100 * cell("t")',
        'cell("t") * 12',
        '1 + cell("t") / 100',
        'cell("t") - 1',
        'year_of(cell("t", "date"))',
        'most("t", "year")',
        'min(cell("t", buyer="a"), cell("t", buyer="b") / 1000)',
        'max(least("t"), cell("u"))',
    ],
)
def test_one_cell_in_another_unit_or_found_among_several_is_a_repetition(text):
    assert only_repeats(expressions.parsed(text))


@pytest.mark.parametrize(
    "text",
    [
        "1",
        'cell("t") + cell("u")',
        '2 * cell("t")',
        '1.609344 * cell("t")',
        '1 / cell("t")',
        '2016 - cell("t")',
        'total("t")',
        'count("t")',
        'max(cell("t"), 2 * cell("u"))',
        'min(cell("t"), 3)',
        '2 * most("t")',
        'log(cell("t"))',
        '-cell("t")',
    ],
)
def test_what_makes_another_number_is_a_computation(text):
    assert not only_repeats(expressions.parsed(text))
