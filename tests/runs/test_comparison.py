"""Two states beside each other: what moved, what flipped, what is not there."""

import pytest

from computecycle.runs import comparison, telling


def state(number: float | None, holds: bool | None, tables: str = "a", **more) -> dict[str, dict]:
    """The results of one chapter with one value and one claim."""
    text = "no data" if number is None else f"{number:g}"
    value = {"id": "price", "name": "the price", "unit": "USD", "number": number, "text": text}
    claim = {"id": "rose", "text": "It rose.", "holds": holds, "condition": "a > b"}
    results = {
        "chapter": "trial",
        "values": [value | more],
        "claims": [claim | {"told": f"{text} > 1"}],
        "figures": [{"id": "prices", "title": "Prices rose" if holds else "Prices"}],
        "parameters": [{"name": "factor", "value": number}],
        "inputs": {"tables": {"prices": tables}},
    }
    return {"trial": results}


def test_the_same_state_has_no_difference():
    assert comparison.same(comparison.between(state(2, True), state(2, True)))
    assert telling.lines(comparison.between({}, {})) == ["No claim flipped.", "No number moved."]


def test_what_differs_is_told_with_before_after_and_condition():
    found = comparison.between(state(20, True), state(5, False, tables="b"))
    (claim,), (value,) = found["claims"], found["values"]
    assert (claim["before"], claim["after"], claim["told"]) == (True, False, "5 > 1")
    assert (value["before"], value["after"], value["change"]) == ("20", "5", "\N{MINUS SIGN}75%")
    assert found["parameters"] == [{"chapter": "trial", "name": "factor", "before": 20, "after": 5}]
    assert found["tables"] == [{"table": "prices", "chapters": ["trial"]}]
    assert found["figures"][0]["after"] == "Prices"
    told = "\n".join(telling.lines(found))
    assert told.index("no longer holds: It rose.") < told.index("trial.price")
    assert "tested: 5 > 1 (a > b)" in told


def test_a_claim_that_cannot_be_told_any_more_has_flipped():
    (claim,) = comparison.between(state(2, True), state(None, None))["claims"]
    assert claim["after"] is None
    assert "cannot be told: It rose." in telling.claim(claim)[0]


def test_what_one_state_lacks_is_not_there():
    found = comparison.between(state(2, True), {"trial": {}})
    assert found["claims"][0]["after"] == found["values"][0]["after"] == "is not there"
    assert comparison.between({}, state(2, True))["values"][0]["before"] == "is not there"


@pytest.mark.parametrize(
    ("old", "new", "unit", "change"),
    [
        (100, 150, "USD", "+50%"),
        (100, 1250, "USD", "+1,150%"),
        (-10, -20, "USD", "\N{MINUS SIGN}100%"),
        (-10, 20, "USD", "+30"),
        (0, 3, "x", "+3"),
        (10, 12.5, "percent", "+2.5 points"),
        (2020.5, 2021.0, "date", ""),
        (None, 3, "x", ""),
        (3, 3, "x", ""),
    ],
)
def test_a_change_is_told_as_its_unit_asks(old, new, unit, change):
    assert comparison.change(old, new, unit) == change


def test_numbers_that_moved_most_come_first_and_the_rest_is_counted():
    moves = [
        comparison.moved(
            "trial", id, *(state(number, True)["trial"]["values"][0] for number in pair)
        )
        for id, pair in (("little", (10, 11)), ("unknown", (1, None)), ("much", (1, 9)))
    ]
    found = comparison.between({}, {}) | {"values": moves}
    assert [each["id"] for each in comparison.largest(moves)] == ["unknown", "much", "little"]
    assert telling.lines(found, limit=1)[-1] == "  ... and 2 more"
