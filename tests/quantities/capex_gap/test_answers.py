"""What others answer, by hand."""

import numpy as np
import pandas as pd
from asking import close

from computecycle.evidence.given import Given
from computecycle.quantities.capex_gap import answers

OTHERS = pd.DataFrame(
    [
        (who, words, value)
        for (who, what), words, value in (
            (("Bain", "need"), answers.ASKED["Bain", "need"], 2000.0),
            (("J.P. Morgan", "need"), answers.ASKED["J.P. Morgan", "need"], 650.0),
            (("J.P. Morgan", "spending"), answers.ASKED["J.P. Morgan", "spending"], 5000.0),
        )
    ],
    columns=["who", "quantity", "value"],
)


def test_an_answer_is_found_by_who_and_what():
    assert answers.answer(OTHERS, "J.P. Morgan", "need").number == close(650.0)
    assert answers.answer(OTHERS, "J.P. Morgan", "spending").number == close(5000.0)
    assert not answers.answer(OTHERS, "Bain", "spending").known


def test_answers_stand_beside_ours_where_they_are_known():
    told = {"Bain": Given(2000.0), "Nobody": Given()}
    shown = answers.beside(told, {"Here": (1.0, 2.0, 3.0), "Empty": (np.nan,) * 3})
    assert shown["label"].tolist() == ["Bain", "Here"]
    assert shown["kind"].tolist() == ["told", "ours"]


def test_an_answer_is_named_by_who_when_and_of_what():
    row = pd.DataFrame({"known_from": pd.to_datetime(["2025-10-27"])})
    told = [("Cahn", "for a year's purchases", Given(840.0, [row])), ("Bain", "in 2030", Given())]
    assert list(answers.dated(told)) == ["Cahn, October 2025: for a year's purchases"]
    assert pd.isna(answers.since(Given()))
