"""What a printed number stands for."""

import pytest

from computecycle.evidence import data, words
from computecycle.ledger import precision


def ends(*given) -> tuple[float, float]:
    found = precision.interval(*given)
    return pytest.approx((found.low, found.high))


@pytest.mark.parametrize(
    ("text", "unit", "word", "variable", "low", "high"),
    [
        ("36.5", "percent", "", "", 36.45, 36.55),
        ("0.01", "USD", "", "", 0.005, 0.015),
        ("-11", "percent", "", "", -11.5, -10.5),
        ("1.76e12", "parameters", "", "", 1.755e12, 1.765e12),
        ("30", "percent", "about", "", 27, 33),
        ("-30", "percent", "about", "", -33, -27),
        ("320", "USD billion", "over", "", 319.5, 400),
        ("5000", "USD", "nearly", "", 4000, 5000.5),
        ("3", "years", "at least", "", 2.5, 3.5),  # sets one end only
        ("2024", "year", "about", "", 2024, 2024),
        ("5", "nm", "", "", 5, 5),
        ("2048", "chips", "", "", 2048, 2048),
        ("25000", "GPUs", "about", "", 22500, 27500),
        ("20", "x", "", "", 20, 20),
        ("2.5", "x", "", "", 2.45, 2.55),
        ("5", "years", "", "useful_life", 5, 5),  # assumed
        ("5", "years", "", "duration", 4.5, 5.5),
    ],
)
def test_a_cell_stands_for_an_interval(text, unit, word, variable, low, high):
    assert ends(text, unit, word, variable) == (low, high)


def test_the_unit_of_a_print_is_that_of_its_last_digit():
    assert precision.unit_of("36.5") == pytest.approx(0.1)
    assert precision.unit_of("1.76e12") == pytest.approx(1e10)


@pytest.mark.parametrize("word", precision.SPREADS)
def test_a_word_reaches_as_far_as_the_table_of_words_has_it(word):
    means, (below, above) = words.known()[word], precision.SPREADS[word]
    low, high, hair = 1000 * (1 - below), 1000 * (1 + above), 1e-9
    assert means(low + hair * (below > 0), 1000) and means(high - hair * (above > 0), 1000)
    assert not means(low - 0.1, 1000) and not means(high + 0.1, 1000)


def test_every_exact_unit_and_variable_is_one_of_the_statements():
    statements = data.load("statements")
    known = {field["name"]: field for field in data.resource("statements")["schema"]["fields"]}
    units = set(known["unit"]["constraints"]["enum"]) | {"layers"}  # of table gpt_models
    assert units >= precision.NAMES | precision.COUNTS
    assert set(statements["variable"]) >= precision.SET
