"""Draws over the ranges that a chapter declares, and what is asked at each."""

import pandas as pd
import pytest
from house import REPOSITORY

from computecycle.evidence import data
from computecycle.notebook import notebooks, parameters
from computecycle.quantities import choices

DECLARED = data.load("choices")


@pytest.mark.parametrize("row", list(DECLARED.itertuples()), ids=lambda row: row.assumption)
def test_a_declared_range_is_of_a_parameter_and_holds_what_the_chapter_chooses(row):
    assert row.chapter in notebooks.names(REPOSITORY)
    known = {each.name: each for each in parameters.of(REPOSITORY, row.chapter)}
    own = known[row.assumption]
    assert row.low < row.high and own.low <= row.low <= row.mode <= row.high <= own.high
    assert own.default is None or own.default == row.mode
    drawn = choices.drawn(DECLARED, row.chapter)[row.assumption]
    assert len(drawn) == choices.DRAWS and drawn.between(row.low, row.high).all()
    assert not row.whole or (drawn % 1 == 0).all()


def test_each_point_is_asked_once_and_answered_in_its_place():
    asked = []

    def ask(size: float) -> dict[str, float]:
        asked.append(size)
        return {"size": -size, "twice": 2 * size}

    found = choices.answered(pd.DataFrame({"size": [3.0, 1.0, 3.0]}), ask)
    assert (asked, found["twice"].tolist()) == ([3.0, 1.0], [6.0, 2.0, 6.0])


def test_without_a_declared_range_nothing_is_asked():
    assert choices.answered(choices.drawn(DECLARED.iloc[:0], "cloud"), None).empty
