"""The rule of the verdicts, case by case."""

import pytest

from computecycle.ledger import rule
from computecycle.ledger.precision import Interval


def exactly(number: float) -> Interval:
    return Interval(number, number, number)


@pytest.mark.parametrize(
    ("printed", "computed", "word", "verdict"),
    [
        ("36.5", 36.54, "", "recomputed"),
        ("36.5", 36.56, "", "rounds"),  # cut instead of rounded
        ("36.5", 35.6, "", "disagrees"),
        ("36.5", 35.6, "over", "disagrees"),  # over needs at least the number itself
        ("36.5", 36.447, "", "rounds"),  # 36.45, then 36.5
        ("36.5", 36.58, "", "rounds"),
        ("36.5", 36.42, "", "disagrees"),  # neither cut nor rounded
        ("75", 74.26, "", "disagrees"),
        ("5", 5.8, "", "disagrees"),  # cut, but more than a tenth away
        ("10", 12.8, "", "disagrees"),
        ("200", 240.0, "", "disagrees"),
        ("3", 2.4, "at least", "disagrees"),
        ("320", 316.0, "over", "disagrees"),  # the word decides, not the zero
        ("210", 212.0, "", "rounds"),
        ("210", 212.0, "total", "disagrees"),
        ("1e11", 1.75e11, "order of", "rounds"),
        ("1e11", 1.75e12, "order of", "disagrees"),
        ("30", 31.6, "", "rounds"),  # ends in a zero, so it may be a number of tens
        ("30", 36.0, "", "disagrees"),
        ("500", 529.0, "", "rounds"),
        ("510", 529.0, "", "disagrees"),
        ("10", 30.8, "about", "disagrees"),
        ("100", 109.0, "about", "rounds"),
        ("125", 129.0, "over", "rounds"),
        ("125", 160.0, "over", "disagrees"),
        ("0.8", 0.79, "nearly", "recomputed"),
        ("100", 82.0, "nearly", "rounds"),
        ("7", 9.0, "at least", "rounds"),
        ("7", 9.0, "at most", "disagrees"),
        ("-11", -11.4, "", "recomputed"),
        ("1.76e12", 1.764e12, "", "recomputed"),
        ("1.76e12", 1.8e12, "", "disagrees"),
    ],
)
def test_the_verdict_follows_the_printed_precision_and_word(printed, computed, word, verdict):
    assert rule.judge(printed, exactly(computed), word) == verdict


@pytest.mark.parametrize(
    ("printed", "low", "high", "word", "verdict"),
    [
        ("105", 104, 110, "total", "recomputed"),  # the entries of a column, each rounded
        ("103", 104, 110, "total", "disagrees"),
        ("103.6", 104, 110, "", "disagrees"),
        ("104", 104.4, 110, "", "recomputed"),  # within half a unit of the end
        ("320", 309, 323, "over", "recomputed"),  # 243.1 and about 30 percent more
        ("125", 100, 120, "over", "disagrees"),
        ("125", 100, 126, "over", "recomputed"),
        ("9", 6, 8, "at least", "disagrees"),
        ("36.5", 36.56, 37, "", "rounds"),  # the nearest end is cut
    ],
)
def test_what_the_inputs_leave_open_is_open_to_the_print(printed, low, high, word, verdict):
    found = Interval((low + high) / 2, low, high)
    assert rule.judge(printed, found, word) == verdict


def test_the_zero_of_a_year_is_a_digit():
    assert rule.judge("2020", exactly(2018.0), "", "year") == "disagrees"
    assert rule.judge("2020", exactly(2018.0), "", "vehicles") == "rounds"


def test_the_coarse_unit_is_that_of_the_last_digit_that_is_not_zero():
    assert rule.coarse_unit("3500") == pytest.approx(100)
    assert rule.coarse_unit("36.5") == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("alone", "verdict"),
    [
        (["recomputed"], "recomputed"),
        (["rounds", "recomputed"], "rounds"),  # neither disagrees: the first reading
        (["printed twice", "rounds"], "printed twice"),
        (["disagrees", "disagrees"], "disagrees"),
        (["recomputed", "disagrees"], "ambiguous"),
        (["disagrees", "printed twice"], "ambiguous"),
    ],
)
def test_readings_are_ambiguous_only_where_one_disagrees_and_the_other_does_not(alone, verdict):
    assert rule.together(alone) == verdict


def test_each_verdict_has_a_paragraph_and_the_examples_hold():
    assert all(f"\n{word} " in rule.__doc__ for word in [*rule.VERDICTS, rule.NOT_YET])
    assert rule.judge("106", Interval(105, 103.5, 106.5)) == "recomputed"
    assert rule.judge("36.5", exactly(36.58)) == rule.judge("36.5", exactly(36.447)) == "rounds"
    assert rule.judge("500", exactly(529)) == rule.judge("125", exactly(129), "over") == "rounds"
