"""What differs between two editions: when a number counts as changed, and as whose."""

import pytest

from computecycle.citing import changes
from computecycle.evidence.errors import InputError


def edition(text: str = "3", number: float | None = 3.0, rows: str = "r", **figure) -> dict:
    value = {"id": "v", "text": text, "number": number, "unit": "USD", "rows_hash": rows}
    shown = {"id": "f", "title": "T", "data_hash": "d", "rows_hash": "r", **figure}
    run = {"values": [value], "claims": [], "figures": [shown]}
    return {"results": {"c": run}, "rows": {}}


def between(before: dict, now: dict, corrected: dict[str, str] = {}) -> list[dict]:  # noqa: B006
    places = {key: set() for key in changes.items(now)}
    return changes.between(before, now, places, corrected)


def test_the_noise_of_a_machine_is_no_change():
    assert not between(edition(), edition(number=3.0 * (1 + 1e-12)))


def test_another_number_under_the_same_print_is_one():
    (change,) = between(edition(), edition(number=3.01, rows="s"))
    assert change["what"] == "revision"


@pytest.mark.parametrize("numbers", [(None, 3.0), (3.0, None)])
def test_a_number_that_becomes_known_or_unknown_is_one(numbers):
    then, now = numbers
    (change,) = between(edition(number=then), edition(number=now, rows="s"))
    assert change["what"] == "revision" and "superseded or gone" in change["reason"]


def test_on_the_same_rows_a_reason_is_asked_for():
    with pytest.raises(InputError, match='value c.v, "3" then and "4" now'):
        between(edition(), edition("4", 4.0))
    for id in ("c.v", "c"):
        (change,) = between(edition(), edition("4", 4.0), {id: "we erred"})
        assert (change["what"], change["reason"]) == ("correction", "we erred")


def test_a_correction_that_comes_with_new_rows_is_ours_only_where_it_is_named_itself():
    (own,) = between(edition(), edition("4", 4.0, "s"), {"c.v": "we erred"})
    (wide,) = between(edition(), edition("4", 4.0, "s"), {"c": "we erred"})
    assert (own["what"], wide["what"]) == ("correction", "revision")


def test_a_figure_drawn_otherwise_needs_no_reason():
    (change,) = between(edition(), edition(data_hash="e"))
    assert change["what"] == "redrawn"
