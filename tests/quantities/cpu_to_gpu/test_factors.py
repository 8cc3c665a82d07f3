"""Factors of a multiple: their product, their shares, their cascade."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.cpu_to_gpu import factors

ROWS = pd.DataFrame({"value": [1.0]})
PARTS = {"long": Given(8.0, [ROWS]), "short": Given(2.0)}


def test_doublings_add_where_factors_multiply():
    assert factors.product(PARTS).number == 16
    assert factors.share(PARTS, "long").number == pytest.approx(0.75)
    assert factors.share(PARTS, "long", "short").number == pytest.approx(1)
    assert not factors.share(PARTS | {"lost": Given()}, "long").known
    assert factors.rows(PARTS) == [ROWS]


def test_each_factor_begins_where_the_one_before_ended():
    table = factors.cascade({"whole": PARTS, "lost": {"part": Given()}})
    assert list(table["split"]) == ["whole", "whole"]
    assert list(table["start"]) == [1, 8] and list(table["end"]) == [8, 16]
    assert list(table["share"]) == pytest.approx([0.75, 0.25])
    assert list(factors.cascade({}).columns) == factors.CASCADE


def test_numbers_that_are_known_are_named():
    table = factors.named({"a": Given(2.0), "b": Given()}, "label", "value")
    assert table.to_dict("records") == [{"label": "a", "value": 2.0}]
    assert factors.named({}, "label", "value").empty
