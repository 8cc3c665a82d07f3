"""Which numbers of a chapter rest on what its reader set."""

import functools

import pytest
import running

from computecycle.evidence.given import Given, Own
from computecycle.notebook import claims, following

RATE = Own("rate", 200.0, 301.0, travels=True)
LIFE = Own("life", 4.0, 5.0)


def cells(*sources: str, own: list[Own] = (RATE, LIFE)) -> dict:
    """The names of a chapter after some of its cells have run, with `here()`."""
    space = {"In": [], "Given": Given, "here": following.here, "asked": Given(200.0, [], (RATE,))}
    space |= {"life": 4.0, "rate": 200.0, "filed": Given(3.0)}
    following.begin(space, list(own))
    for source in sources:
        space["In"].append(source)
        exec(compile(source, "cell", "exec"), space)
    return space


def names(own: tuple[Own, ...]) -> list[str]:
    return [each.parameter for each in own]


YES = ["life"]
STATEMENTS = {
    "a parameter": ("x = here() if life else 0", ["life"]),
    "what is computed": ("short = 12 / life\nx = here() if short else 0", ["life"]),
    "over two cells": ("short = 12 / life", "long = short * 2", "x = here() if long else 0", YES),
    "nothing of it": ("short = 12 / life\nlong = 5\nx = here() if long else 0", []),
    "assigned beside it": ("a, b = 1 / life, 2\nx = here() if b else 0", []),
    "added to it": ("a = 1\na += life\nx = here() if a else 0", ["life"]),
    "in a comprehension": ("each = [one for one in (life, 1)]", "x = here() if each else 0", YES),
    "no more": ("a = life\na = 2", "x = here() if a else 0", []),
    "a number carries its own": ("need = asked * 2\nx = here() if need.known else 0", []),
    "the whole statement": ("need = asked * 2\nx = here(True) if need.known else 0", ["rate"]),
    "one entry of a list": ("pair = [asked, filed]", "x = here(True) if pair[1] else 0", []),
    "the number taken out": ("bare = (asked * 2).number", "x = here() if bare else 0", ["rate"]),
}  # fmt: skip


@pytest.mark.parametrize("case", STATEMENTS.values(), ids=STATEMENTS)
def test_a_statement_rests_on_what_reaches_it(case):
    *sources, expected = case
    assert names(cells(*sources)["x"]) == expected


def test_where_nothing_was_set_nothing_is_followed():
    assert cells("x = here() if life else 0", own=[])["x"] == ()


@functools.cache
def said(kind: type, **given) -> dict:
    """The values or the claims of the capex gap with some parameters set, by id."""
    found, failure = running.run("capex_gap", given)
    assert not failure
    return {each.id: each for each in found if isinstance(each, kind)}


def test_what_a_parameter_leaves_alone_is_not_said_to_rest_on_it():
    found = said(claims.Value, gpu_run_rate=200.0)
    assert names(found["need-year"].own) == ["gpu_run_rate"]
    assert found["need-year"].own[0].published > 200
    for id in ("need-stock", "rent-peak", "charge-filed", "asked-most"):
        assert found[id].own == (), id


def test_a_sentence_about_filings_is_not_told_of_a_readers_run_rate():
    assert said(claims.Claim, gpu_run_rate=200.0)["race"].holds is None
    assert said(claims.Claim, useful_life_years=4.0)["race"].holds is True
