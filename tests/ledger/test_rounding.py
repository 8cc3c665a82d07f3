"""Rounding carried through expressions: in closed form, and against all corners."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from computecycle.evidence import expressions
from computecycle.evidence.errors import InputError
from computecycle.ledger import rounding
from computecycle.ledger.ledger import QUANTITIES
from computecycle.ledger.precision import Interval


def carried(text: str, **inputs: tuple[float, float]) -> tuple[float, float]:
    """The ends of an expression over inputs that are given by their ends."""
    boxes = {name: Interval((low + high) / 2, low, high) for name, (low, high) in inputs.items()}
    found = rounding.carried(expressions.parsed(text), boxes, QUANTITIES)
    assert found.low <= found.value <= found.high
    return found.low, found.high


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a + b", 12, 24),
        ("a - b", -18, -6),
        ("b - a", 6, 18),
        ("a * b", 20, 80),
        ("a / b", 2 / 20, 4 / 10),
        ("a / (a + b)", 2 / 22, 4 / 14),  # plain interval arithmetic gives 2 / 24 to 4 / 12
        ("a - a", 0, 0),
        ("100 * (b / a - 1)", 100 * (10 / 4 - 1), 100 * (20 / 2 - 1)),
        ("1 / a ** 2", 1 / 16, 1 / 4),
        ("log(b) / log(2)", math.log2(10), math.log2(20)),
        ("max(a, b)", 10, 20),
        ("annual_growth(a, b, 2)", (10 / 4) ** 0.5 - 1, (20 / 2) ** 0.5 - 1),
        ("required_revenue(b, 2, 50 / 100)", 40, 80),
        ("7", 7, 7),
    ],
)
def test_the_ends_are_those_of_the_closed_form(text, low, high):
    used = {"a": (2, 4), "b": (10, 20)}
    assert carried(text, **used) == pytest.approx((low, high))


POSITIVE = st.tuples(st.floats(1, 100), st.floats(0.01, 0.5)).map(
    lambda drawn: (drawn[0] * (1 - drawn[1]), drawn[0] * (1 + drawn[1]))
)
MONOTONE = [
    "a + b - c + d + e",
    "a * b / c / d * e",
    "a / (a + b + c + d + e)",
    "100 * (a + b + c) / (d + e)",
    "gap(a * b, c + d + e)",
    "a - log(b / c) + d * e",
]


def all_corners(text: str, boxes: dict[str, tuple[float, float]]) -> tuple[float, float]:
    """The ends of what an expression gives in the corners of a box."""
    tree = expressions.parsed(text)
    found = [
        expressions.value(tree, dict(zip(boxes, corner, strict=True)), QUANTITIES)
        for corner in itertools.product(*boxes.values())
    ]
    return pytest.approx((min(found), max(found)))


@given(st.sampled_from(MONOTONE), st.lists(POSITIVE, min_size=5, max_size=5))
@settings(max_examples=40, deadline=None)
def test_the_ends_of_many_inputs_are_those_of_all_corners(text, boxes):
    """Exact for what rises or falls with each input, whatever the others are."""
    boxes = dict(zip("abcde", boxes, strict=True))
    assert len(boxes) > rounding.FEW
    assert carried(text, **boxes) == all_corners(text, boxes)


@given(POSITIVE, POSITIVE, POSITIVE)
@settings(max_examples=40, deadline=None)
def test_a_direction_may_depend_on_the_other_inputs(a, b, c):
    """More years make growth less and a fall more."""
    boxes = {"a": a, "b": b, "c": c}
    assert carried("annual_growth(a, b, c)", **boxes) == all_corners(
        "annual_growth(a, b, c)", boxes
    )


@given(POSITIVE, POSITIVE)
@settings(max_examples=40, deadline=None)
def test_a_total_is_off_by_at_most_the_sum_of_what_its_parts_are(a, b):
    low, high = carried("a + b", a=a, b=b)
    assert high - low == pytest.approx(a[1] - a[0] + b[1] - b[0])


@pytest.mark.parametrize("text", ["1 / (a - 3)", "b % (a - 3)", "b / (a - a)"])
def test_a_divisor_that_may_be_zero_is_refused_with_its_bounds(text):
    with pytest.raises(InputError, match="within its rounding and may be zero; divide by another"):
        carried(text, a=(2, 4), b=(1, 2))
