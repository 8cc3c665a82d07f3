"""A test over many cases tries all of them and names each that fails."""

import inspect

import pytest
from cases import each


@each("number", [1, 2, 3, 4], "n{}".format)
@each("bound", [2, 3])
def below(number: int, bound: int, seen: list) -> None:
    seen.append((number, bound))
    assert number < bound


def test_all_cases_are_tried_and_each_that_fails_is_named_with_its_reason():
    seen = []
    with pytest.raises(AssertionError) as problem:
        below(seen=seen)
    assert seen == [(number, bound) for number in (1, 2, 3, 4) for bound in (2, 3)]
    lines = str(problem.value).splitlines()
    assert lines[0] == "number: 3 of 4 fail: n2, n3, n4"
    assert lines[1] == "n2: AssertionError: bound: 1 of 2 fail: 2"
    assert "n4: AssertionError: bound: 2 of 2 fail: 2, 3" in lines


def test_the_rest_of_what_a_test_takes_is_left_to_pytest():
    assert list(inspect.signature(below).parameters) == ["seen"]


def test_no_case_at_all_is_a_mistake():
    with pytest.raises(AssertionError, match="no number to try"):
        each("number", [])
