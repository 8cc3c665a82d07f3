"""Vague words: one meaning each, read from the table."""

import re

import pytest

from computecycle.evidence import data, words
from computecycle.evidence.errors import InputError

TABLE = data.load("words")
MEANT = {  # word: numbers it may be said of, and numbers it may not
    "about": [((95, 100), True), ((89, 100), False), ((-95, -100), True)],
    "same": [((99.6, 100), True), ((99.4, 100), False)],
    "nearly": [((80, 100), True), ((79, 100), False), ((101, 100), False)],
    "over": [((125, 100), True), ((126, 100), False), ((99, 100), False)],
    "half": [((52, 100), True), ((56, 100), False)],
    "double": [((190, 100), True), ((170, 100), False)],
    "tenfold": [((950, 100), True), ((890, 100), False)],
    "most": [((0.51,), True), ((0.5,), False)],
    "hardly_any": [((0.1,), True), ((0.11,), False)],
    "none": [((0,), True), ((1,), False)],
    "clearly_more": [((1.2, 1), True), ((1.05, 1), False), ((-1, -2), True)],
    "far_more": [((3, 1), True), ((2.9, 1), False)],
    "order_of": [((9.9, 1), True), ((10, 1), False)],
}
CASES = [(word, *case) for word, cases in MEANT.items() for case in cases]


@pytest.mark.parametrize(("word", "numbers", "may"), CASES)
def test_a_word_reaches_as_far_as_its_row_says(word, numbers, may):
    assert words.known()[word](*map(float, numbers)) is may


def test_every_word_is_told_with_all_its_numbers():
    for row in TABLE.itertuples():
        assert re.findall(r"\{(\w)\}", row.reads) == row.numbers.split(), row.Index


def test_a_word_that_defines_nothing_is_told_with_its_row(monkeypatch):
    broken = TABLE.iloc[:1].assign(condition="a >")
    monkeypatch.setattr(data, "load", lambda name: broken)
    words.known.cache_clear()
    try:
        with pytest.raises(InputError) as told:
            words.known()
    finally:
        words.known.cache_clear()
    assert str(told.value).startswith("data/words.csv:2, about: its condition cannot be read")


def test_the_wrong_count_of_numbers_is_told():
    with pytest.raises(InputError, match="gives most 2 numbers"):
        words.known()["most"](1.0, 2.0)
