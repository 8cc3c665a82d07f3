"""Two states beside each other: what moved, what flipped, what is not there."""

import pytest

from computecycle.runs import comparison, receipt_page, telling


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


UNTOLD = state(None, None)


@pytest.mark.parametrize(
    ("before", "after", "claims", "numbers"),
    [
        (state(2, True), UNTOLD, "cannot be told any more, for want of data", "cannot be told any"),
        (UNTOLD, state(2, False), "can be told now", "can be told now"),
        ({}, state(2, True), "new", "new"),
        (state(2, True), {"trial": {}}, "gone", "gone"),
    ],
    ids=["untold", "told", "new", "gone"],
)
def test_what_did_not_flip_or_move_is_counted_by_chapter(before, after, claims, numbers):
    told = telling.lines(comparison.between(before, after))
    assert told[:3] == ["No claim flipped.", f"1 claim {claims}:", "  trial: 1 (rose)"]
    assert told[3] == "No number moved."
    assert told[4].startswith(f"1 number {numbers}")
    assert told[5] == "  trial: 1 (price)"
    assert "no data" not in "".join(told)


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


def test_an_edition_keeps_parameters_by_name():
    edition = state(2, True)
    edition["trial"] |= {"parameters": {"factor": 1}}
    (differing,) = comparison.between(edition, state(2, True))["parameters"]
    assert (differing["before"], differing["after"]) == (1, 2)


def two(*values: tuple) -> tuple[dict, dict]:
    """The results of a chapter before and after, with values of which id, number after and more is
    given; the reader laid a table over it."""
    old, new = ({"trial": {"values": [], "inputs": {"tables": {"prices": at}}}} for at in "ab")
    for id, number, more in values:
        old["trial"]["values"] += state(1, True, id=id)["trial"]["values"]
        new["trial"]["values"] += state(number, True, id=id, **more)["trial"]["values"]
    return old, new


RATE, LIFE = ([{"parameter": name, "set": 2}] for name in ("rate", "life"))
OWN_ROW = [{"rows": ["overlay/prices.csv:2"]}]


def test_numbers_are_told_by_what_moves_them_the_printed_first_and_the_rest_has_a_place():
    old, new = two(
        ("both", 90, {"own": LIFE + RATE}),
        ("much", 9, {"own": RATE}),
        ("in-a-sentence", 2, {"own": RATE}),
        ("of-a-row", 3, {"own": [], "rows": OWN_ROW}),
        ("echo", 4, {"own": []}),
    )
    new["trial"]["claims"] = [
        state(1, True)["trial"]["claims"][0] | {"values": {"it": "in-a-sentence"}}
    ]
    moves = comparison.between(old, new)["values"]
    told = telling.lines(comparison.between({}, {}) | {"values": moves}, 4, "elsewhere")
    assert [line.split("  ")[1] for line in told[2:]] == [
        "by rate:",
        "trial.in-a-sentence",
        "by the reader's rows:",
        "trial.of-a-row",
        "by life and rate:",
        "trial.both",
        "by something else:",
        "trial.echo",
        "... and 1 more: elsewhere",
    ]


def test_only_what_differs_between_two_studies_moves_a_number():
    row = OWN_ROW[0] | {"table": "prices"}
    (chapter,) = state(1, True, own=RATE, rows=[row]).values()
    (other,) = state(2, True, own=RATE + LIFE, rows=[row]).values()
    (moved,) = comparison.between({"trial": chapter}, {"trial": other})["values"]
    assert moved["by"] == ["life"]  # the rate and the rows are the same in both
    (moved,) = comparison.between({"trial": other}, {"trial": chapter})["values"]
    assert moved["by"] == ["life"]  # which was set before and is not any more
    chapter["parameters"] = [{"name": "as_of", "value": "2024-06-30"}]
    (moved,) = comparison.between({"trial": other}, {"trial": chapter})["values"]
    assert moved["by"] == ["life", "the day"]
    bare = {"trial": state(3, True)["trial"] | {"parameters": chapter["parameters"]}}
    (moved,) = comparison.between(state(2, True), bare)["values"]
    assert moved["by"] == ["the day"]  # of which no row tells


def test_what_a_readers_rows_move_from_behind_is_told_so():
    (old,), (new,) = state(1, True).values(), state(2, True).values()
    new["parameters"] = [{"name": "data_dir", "value": "overlay"}]
    for results, digest in ((old, "a"), (new, "b")):
        results["inputs"] = {"tables": {"prices": digest}}
    (moved,) = comparison.between({"trial": old}, {"trial": new})["values"]
    assert moved["by"] == [comparison.BEHIND]
    new["parameters"] = []  # an edition on newer data has no reader
    (moved,) = comparison.between({"trial": old}, {"trial": new})["values"]
    assert moved["by"] == []


def test_a_receipt_tells_what_moves_a_number_and_what_is_not_told_of_a_readers():
    own = {"why": 'it says "known", and a number of it is the reader\'s own'}
    before, after = state(2, True), state(4, None, own=RATE)
    after["trial"]["claims"][0] |= own
    moved = receipt_page.values(comparison.between(before, after)["values"])
    assert "+100%<small>by rate</small>" in moved
    told = receipt_page.others(comparison.between(before, after)["claims"])
    assert "It rose." in told and "a number of it is the reader&#x27;s own" in told
    assert "It rose." not in receipt_page.others(comparison.between(before, UNTOLD)["claims"])
    told = receipt_page.values(comparison.between(before, UNTOLD)["values"])
    assert told == "<p>None.</p><p>1 number cannot be told any more:</p><p>  trial: 1 (price)</p>"
    lost = receipt_page.keys([("Trial", "the price", "$2", "no data")])
    assert lost == '<p class="note">Not known here: the price.</p>'


def test_a_fraction_printed_in_percent_moves_by_points_and_a_hidden_digit_is_told():
    old, new = two(("share", 0.5, {"text": "50%"}), ("price", 1.2, {"text": "1"}))
    share, price = comparison.between(old, new)["values"]
    assert share["change"] == "\N{MINUS SIGN}50 points"
    assert price["change"] == "less than is printed"
