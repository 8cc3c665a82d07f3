"""Expressions: what they give, what they may not hold, and that hostile text costs nothing."""

import math
import time
import warnings

import pytest

from computecycle.evidence import expressions
from computecycle.evidence.errors import InputError

NUMBERS = {"a": 1.0, "b": 2.0, "c": 3.0}
FUNCTIONS = {"max": max, "length": len, "sqrt": math.sqrt}


def value(text: str) -> float | bool:
    return expressions.value(expressions.parsed(text), NUMBERS, FUNCTIONS)


GIVEN = {
    "sum": ("a + b * c", 7.0),
    "power": ("b ** c", 8.0),
    "rest": ("c % b", 1.0),
    "minus": ("-a - b", -3.0),
    "call": ("max(a, b) * 2", 4.0),
    "text-in-a-call": ("length('abc')", 3.0),
    "choice": ("a if b > c else 9", 9.0),
    "chain": ("c > b > a", True),
    "joined": ("a > b or not (b > c)", True),
    "white-space": ("  a + b ", 3.0),
}


@pytest.mark.parametrize(("text", "found"), GIVEN.values(), ids=GIVEN)
def test_what_an_expression_gives(text, found):
    assert value(text) == found and type(value(text)) is type(found)


REFUSED = {
    "attribute": ("a.real", "may not hold `a.real`"),
    "class": ("().__class__.__bases__", "may not hold"),
    "import": ("__import__('os')", 'names "__import__", which is not given'),
    "call-of-a-call": ("max(a)(b)", "may not hold"),
    "index": ("a[0]", "may not hold `a[0]`"),
    "list": ("[a] * 9", "may not hold `[a]`"),
    "lambda": ("(lambda: a)()", "may not hold"),
    "comprehension": ("max(x for x in a)", "may not hold"),
    "walrus": ("(z := a)", "may not hold"),
    "starred": ("max(*a)", "may not hold"),
    "keywords": ("max(**a)", "may not hold"),
    "text": ("'a'", "may not hold 'a' here"),
    "repeated-text": ("'a' * 1000000000", "may not hold 'a' here"),
    "text-in-a-sum-in-a-call": ("length('a' + 'b')", "may not hold 'a' here"),
    "huge-power": ("9 ** 9 ** 9 ** 9", "cannot be evaluated"),
    "power-tower": ("10 ** 400", "cannot be evaluated"),
    "overflow": ("1e308 * 10", "gives no finite number"),
    "root-of-a-minus": ("(-8) ** 0.5", "gives no finite number"),
    "by-zero": ("a / (b - b)", "divides by zero"),
    "wrong-call": ("sqrt(-1)", "cannot be evaluated"),
    "missing-name": ("a + bb", 'names "bb", which is not given.'),
    "misspelt-function": ("sqr(a)", 'names "sqr", which is not given. Did you mean "sqrt"?'),
    "truth-of-a-number": ("a and b", "joins by `and` or `or` what is no comparison"),
    "half-written": ("a +", "cannot be read: invalid syntax"),
    "empty": ("", "cannot be read: invalid syntax"),
    "null": ("a\0", "cannot be read"),
    "brackets": ("(" * 300 + "a" + ")" * 300, "cannot be read"),
    "signs": ("-" * 150 + "a", "is nested more than 100 deep"),
    "nested-calls": ("max(" * 120 + "a" + ")" * 120, ""),
    "long": ("a + " * 2000 + "a", "letters long; at most 4,000 are read"),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_an_expression_may_not_hold(text, reason):
    with pytest.raises(InputError) as told:
        value(text)
    assert reason in str(told.value)


def test_what_python_would_only_warn_of_is_refused():
    with warnings.catch_warnings(action="ignore"), pytest.raises(InputError, match="decimal"):
        expressions.parsed("1and a")


def test_a_condition_is_no_number():
    tree = expressions.parsed("a + b")
    with pytest.raises(InputError, match="is no condition"):
        expressions.truth(tree, NUMBERS, FUNCTIONS)


def test_names_and_functions_in_their_order():
    tree = expressions.parsed("max(c, a) > a + length('x') * b")
    assert expressions.names(tree) == ("c", "a", "b")
    assert expressions.functions(tree) == ("length", "max")
    assert expressions.has_digits(expressions.parsed("a + 1"))
    assert not expressions.has_digits(tree)


def test_hostile_text_costs_no_time():
    """All of it together, with room for a busy machine: each alone takes milliseconds."""
    texts = [text for text, _ in REFUSED.values()]
    texts += ["9**" * 1000 + "9", "(" * 4000, "a>" * 1999 + "a", "max(a," * 90 + "a" + ")" * 90]
    start = time.process_time()
    for text in texts:
        try:
            value(text)
        except InputError:
            continue
    assert time.process_time() - start < 0.1 * len(texts)
