"""Forecasts by the document that foresaw them, counted by hand."""

import pandas as pd
import pytest

from computecycle.quantities.scorecard import scoring, standing

DAY = pd.Timestamp("2026-01-01")
FORESEEN = pd.DataFrame(
    [
        ("own", "sequoia2023", "2024-01-28"),
        ("retold", "bytelab2024", "2025-01-26"),
        ("speed", "guosen2024", "2025-12-31"),
        ("later", "guosen2024", "2030-12-31"),
        ("vague", "jpm2024", "2024-12-31"),
        ("undated", "jpm2024", None),
        ("added", "another", "2030-12-31"),
    ],
    columns=["forecast", "source", "due"],
).astype({"due": "datetime64[ns]"})
SCORED = FORESEEN[:3].assign(
    short=["first", "second", "chip"], state=["above", "near", "below"], floor=[False, True, False]
)


def test_a_document_is_counted_and_its_scored_forecasts_stand_below_it():
    found = standing.by_document(FORESEEN, SCORED, DAY)
    counts = found[["document", "foreseen", "due", "scored"]]
    assert counts.drop_duplicates().to_numpy().tolist() == [
        ["Cahn of Sequoia", 2, 2, 2],
        ["Wang of Guosen", 2, 1, 1],
        ["Cembalest of J.P. Morgan", 2, 1, 0],
        ["another", 1, 0, 0],
    ]
    assert found[["short", "state", "floor"]].to_numpy().tolist() == [
        ["first", "above", False],
        ["second", "near", True],
        ["chip", "below", False],
        ["", "", False],
        ["", "", False],
    ]


def test_the_width_of_a_range_is_that_of_the_document():
    width = standing.by_document(FORESEEN, SCORED, DAY).groupby("document")["width"].first()
    for name, near, of in (("Cahn of Sequoia", 1, 2), ("Wang of Guosen", 0, 1)):
        low, high = scoring.share_range(near, of)
        assert width[name] == pytest.approx(high - low)
    assert pd.isna(width["Cembalest of J.P. Morgan"])


def test_nothing_foreseen_gives_no_document():
    assert standing.by_document(FORESEEN[:0], SCORED[:0], DAY).empty
