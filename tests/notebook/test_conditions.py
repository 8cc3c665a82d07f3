"""Conditions: read, held against numbers, moved until they turn, told with their numbers."""

import contextlib
import itertools

import numpy as np
import pytest

from computecycle.evidence import words
from computecycle.evidence.errors import InputError
from computecycle.notebook import conditions


def turning(text: str, **numbers: float) -> dict[str, bool]:
    found = dict(conditions.turning(conditions.read(text), numbers))
    return {name: move is not None for name, move in found.items()}


def test_a_number_turns_what_it_decides():
    assert turning("a > b", a=3.0, b=2.0) == {"a": True, "b": True}
    assert turning("a > b > c", a=3.0, b=2.0, c=1.0) == {"a": True, "b": True, "c": True}


def test_a_number_that_cannot_turn_the_verdict_is_found():
    assert turning("a > b or c > b", a=9.0, b=1.0, c=9.0) == {"a": False, "b": True, "c": False}
    assert turning("a + b > b", a=1.0, b=7.0) == {"a": True, "b": False}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("about(a, b)", {"a": 100.0, "b": 101.0}),
        ("same(a, b)", {"a": 1e12, "b": 1e12}),
        ("none(a)", {"a": 0.0}),
        ("all_of(a, b)", {"a": 7.0, "b": 7.0}),
        ("most(a)", {"a": 0.99}),
        ("hardly_any(a)", {"a": 0.001}),
        ("double(a, b)", {"a": 20.0, "b": 10.0}),
        ("negative(a)", {"a": -3.0}),
        ("clearly_more(a, b)", {"a": 1e9, "b": 1.0}),
        ("a > b", {"a": 2024.5, "b": 1990.0}),
    ],
)
def test_every_number_of_a_word_can_turn_it(text, numbers):
    assert conditions.holds(conditions.read(text), numbers)
    assert all(turning(text, **numbers).values())


def test_a_move_that_gives_no_verdict_turns_nothing():
    assert turning("a / b > a", a=1.0, b=0.5)["b"] is True


TOLD = {
    "chain": ("a > b > c", "1,203 > 600 > 200"),
    "word": ("about(a, b)", "1,203 is about 600"),
    "joined": ("a > b and not most(c)", "1,203 > 600 and (not 200 is most)"),
    "arithmetic": ("a * b <= c - a / b", "1,203 × 600 ≤ 200 − 1,203 / 600"),
    "brackets": ("(a + b) * c != a", "(1,203 + 600) × 200 ≠ 1,203"),
    "greatest": ("a >= max(b, c)", "1,203 ≥ max(600, 200)"),
}


@pytest.mark.parametrize(("text", "told"), TOLD.values(), ids=TOLD)
def test_a_condition_is_told_with_its_numbers(text, told):
    texts = {"a": "1,203", "b": "600", "c": "200"}
    assert conditions.told(conditions.read(text), texts) == told


@pytest.mark.parametrize("text", [True, 1.0, None])
def test_a_truth_value_of_python_is_no_condition(text):
    with pytest.raises(InputError, match="write it as a text"):
        conditions.read(text)


@pytest.mark.parametrize("text", ["a > 5", "a > 0", "about(a, 10)", "a > -1"])
def test_a_condition_holds_no_number_of_its_own(text):
    with pytest.raises(InputError, match="holds a number of its own"):
        conditions.read(text)


SHARES = [0.0, 0.05, 0.4, 0.5, 0.9, 1.0, 1.04, 2.0, 10.0, -1.0]


@pytest.mark.parametrize("word", words.known().values(), ids=lambda word: word.name)
def test_a_word_means_for_many_numbers_what_it_means_for_each(word):
    pairs = np.array([*itertools.product(SHARES, repeat=2)])
    sides = [*pairs.T, *[np.full(len(pairs), 0.3)] * len(word.letters)][: len(word.letters)]
    columns = dict(zip(word.letters, sides, strict=True)) | {"zero": np.zeros(len(pairs))}
    first, given = word.letters[0], ", ".join(word.letters)
    tree = conditions.read(f"{word.name}({given}) or not {first} > zero")
    for row, verdict in enumerate(conditions.held(tree, columns)):
        numbers = {name: float(each[row]) for name, each in columns.items()}
        with contextlib.suppress(InputError):  # divides by zero
            assert verdict is conditions.holds(tree, numbers), numbers


def test_where_a_number_is_missing_nothing_is_told():
    tree = conditions.read("a > b")
    told = conditions.held(tree, {"a": np.array([1.0, np.nan]), "b": np.float64(0)})
    assert told.tolist() == [True, None]
