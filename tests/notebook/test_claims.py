"""Values and claims: what a chapter says as cell outputs, and what it may not say."""

import json
import math
import re

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given, Own
from computecycle.notebook import claims


@pytest.fixture
def said(monkeypatch) -> list:
    """What was displayed, in order."""
    displayed = []
    monkeypatch.setattr(claims, "display", displayed.append)
    return displayed


def rows(*confidences: str) -> pd.DataFrame:
    """Rows of a loaded table, one for each confidence."""
    table = pd.DataFrame(
        {
            "source": "maker",
            "locator": [f"page {number}" for number in range(len(confidences))],
            "known_from": pd.Timestamp("2024-06-20"),
            "confidence": confidences,
        },
        index=[f"data/chips.csv:{number + 2}" for number in range(len(confidences))],
    )
    table.attrs = {"table": "chips"}
    return table


def value(number: float = 1.0, *confidences: str, id: str = "price", form: str = "{:,.0f}"):
    given = Given(number, [rows(*confidences)] if confidences else [])
    return claims.value(id, "price of a chip", given, "USD", form)


# Values


def test_a_value_is_a_cell_output_of_its_own_type(said):
    price = value(12345.6, "printed", form="${:,.0f}")
    assert said == [price]
    bundle = price._repr_mimebundle_()
    assert list(bundle) == ["text/plain", "application/vnd.computecycle.value"]
    assert bundle["text/plain"] == "price of a chip: $12,346"
    assert json.loads(bundle[claims.VALUE]) == {
        "id": "price",
        "name": "price of a chip",
        "number": 12345.6,
        "unit": "USD",
        "text": "$12,346",
        "rows": [
            {
                "table": "chips",
                "source": "maker",
                "locator": "page 0",
                "known_from": "2024-06-20",
                "confidence": "printed",
                "rows": ["data/chips.csv:2"],
            }
        ],
        "own": [],
    }


def test_a_number_is_said_with_the_digits_that_every_processor_gives(said):
    assert value(0.1 + 0.2).number == value(0.3).number == 0.3
    assert value(2 / 3 * 1e12).number == 666666666700
    claim = claims.claim("same", "It is {a}.", "a >= b", a=value(0.3), b=0.1 + 0.2)
    assert claim.holds is True


def test_a_bare_number_rests_on_the_parameters_alone(said):
    life = claims.value("life", "useful life", 5, "years", "{:.0f} years")
    assert (life.number, life.text, life.rows, str(life)) == (5.0, "5 years", [], "5 years")


PRINTED = {
    "thousands": (1234567.0, "{:,.0f}", "1,234,567"),
    "money": (12.5, "${:,.1f} billion", "$12.5 billion"),
    "share": (0.125, "{:.1%}", "12.5%"),
    "true-minus": (-1234.4, "{:,.0f}", "−1,234"),
    "minus-before-the-currency": (-3.0, "${:,.0f} billion", "−$3 billion"),
    "zero": (0.0, "{:,.0f}", "0"),
    "no-minus-before-zero": (-0.04, "{:,.1f}", "0.0"),
    "minus-of-what-rounds-away-from-zero": (-0.06, "{:,.1f}", "−0.1"),
    "minus-zero": (-0.0, "{:,.0f}", "0"),
    "nothing": (None, "{:,.0f}", "no data"),
    "range": (0.15, "5% to {:.0%}", "5% to 15%"),
    "range-whose-ends-print-alike": (0.052, "5% to {:.0%}", "5%"),
    "such-a-range-with-its-unit": (21.2, "$21 to ${:,.0f} billion", "$21 billion"),
}


@pytest.mark.parametrize(("number", "form", "text"), PRINTED.values(), ids=PRINTED)
def test_the_printed_form(number, form, text):
    assert claims.printed(number, form) == text


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_said_as_no_data(said, number):
    missing = value(number, "printed", form="${:,.0f} billion")
    assert missing.number is None and missing.text == "no data"


IDS = ["Price", "price_of_chip", "9lives", "-a", "a-", "a--b", "a b", "", "größe", "a.b", 'a"<b>']


@pytest.mark.parametrize("id", IDS)
def test_an_id_that_is_no_anchor_is_refused(said, id):
    with pytest.raises(ValueError) as told:
        value(id=id)
    assert str(told.value) == f'"{id}" is not an id; use lower-case words joined by hyphens'
    with pytest.raises(ValueError):
        claims.claim(id, "A sentence.", "a > b")
    assert said == []


@pytest.mark.parametrize("id", ["price", "price-2024", "a-b-c", "h100"])
def test_an_id_of_words_and_digits_is_taken(said, id):
    assert value(id=id).id == id


# Dates


def test_a_date_is_a_value(said):
    day = claims.date("asked", "first asked", pd.Timestamp("2024-07-01"))
    assert said == [day]
    assert (day.text, day.unit, day.rows) == ("July 2024", "date", [])
    assert day.number == pytest.approx(2024 + 182 / 366)


def test_the_last_day_of_a_leap_year_is_still_in_it(said):
    assert 2024.99 < claims.date("d", "day", pd.Timestamp("2024-12-31")).number < 2025


def test_a_date_that_is_not_known(said):
    day = claims.date("asked", "first asked", pd.NaT)
    assert (day.text, day.number) == ("no data", None)
    assert claims.claim("c", "Asked in {day}.", "day > other", day=day, other=1.0).holds is None


# Claims


def test_a_claim_is_a_cell_output_of_its_own_type(said):
    price, other = value(2.0, "printed"), value(1.0, "printed", id="other")
    claim = claims.claim("rose", "From {a} to {b}.", "b > a", a=other, b=price)
    assert said == [price, other, claim]
    bundle = claim._repr_mimebundle_()
    assert list(bundle) == ["text/plain", "application/vnd.computecycle.claim"]
    assert bundle["text/plain"] == "[holds] From 1 to 2. (2 > 1)"
    assert json.loads(bundle[claims.CLAIM]) == {
        "id": "rose",
        "sentence": "From {a} to {b}.",
        "text": "From 1 to 2.",
        "holds": True,
        "condition": "b > a",
        "told": "2 > 1",
        "values": {"a": "other", "b": "price"},
        "others": [],
        "mentioned": [],
        "own": [],
        "why": "",
        "tested": True,
    }


VERDICTS = {
    "true": (1.0, True, "[holds] It is 1. (1 > 0.5)"),
    "false": (0.0, False, "[does not hold] It is 0. (0 > 0.5)"),
    "unknown": (math.nan, None, "[cannot be told] It is no data. (no data > 0.5)"),
}


@pytest.mark.parametrize(("number", "holds", "words"), VERDICTS.values(), ids=VERDICTS)
def test_the_verdict(said, number, holds, words):
    claim = claims.claim("c", "It is {a}.", "a > b", a=value(number, "printed"), b=0.5)
    assert claim.holds is holds
    assert claim._repr_mimebundle_()["text/plain"] == words


def test_what_only_the_condition_needs_is_shown_with_its_rows(said):
    limit = Given(0.25, [rows("printed")])
    claim = claims.claim("c", "It is {a}.", "a > limit", a=value(1.0), limit=limit)
    (other,) = claim.others
    assert (other["name"], other["number"], other["text"]) == ("limit", 0.25, "0.25")
    assert other["rows"][0]["rows"] == ["data/chips.csv:2"]
    assert claim.told == "1 > 0.25"


def test_a_number_that_only_the_condition_needs_may_be_unknown(said):
    claim = claims.claim("c", "It is {a}.", "a > limit", a=value(1.0), limit=Given())
    assert claim.holds is None and claim.told == "1 > no data"


def test_numbers_that_look_the_same_and_differ_are_told_with_more_digits(said):
    a, b = value(10.4, id="a"), value(10.1, id="b")
    assert claims.claim("c", "From {b} to {a}.", "a > b", a=a, b=b).told == "10.4 > 10.1"


def test_a_word_of_the_report_is_told_as_a_reader_says_it(said):
    a, b = value(10.4, id="a"), value(10.0, id="b")
    told = claims.claim("c", "{a} is about {b}.", "about(a, b) and a > b", a=a, b=b).told
    assert told == "10.4 is about 10 and 10.4 > 10"


SHARES = {
    "compared": ("a > b > c", "41.2% > 2.58% > 0.1%"),
    "word": ("clearly_more(a, b)", "41.2% is clearly more than 2.58%"),
    "factor": ("d * b < a", "2 × 2.58% < 41.2%"),
    "factor-of-a-percentage": ("a * g < e * b", "41.2% × 0.1 < 3 × 2.58%"),
    "count": ("a < e", "41.2% < 3"),
    "apart": ("a > c and e > b", "41.2% > 0.1% and 3 > 0.0258"),
    "chain": ("b > c and b < a", "2.58% > 0.1% and 2.58% < 41.2%"),
    "negative": ("a > -f", "41.2% > 25%"),
}


@pytest.mark.parametrize(("condition", "told"), SHARES.values(), ids=SHARES)
def test_a_share_beside_a_percentage_is_told_as_one(said, condition, told):
    shown = value(0.412, "shown", form="{:.1%}")
    others = {"b": 0.0258, "c": 0.001, "d": 2.0, "e": 3.0, "f": -0.25, "g": 0.1}
    named = {name: others[name] for name in re.findall(r"\b[b-g]\b", condition)}
    assert claims.claim("c", "It is {a}.", condition, a=shown, **named).told == told


def test_a_claim_of_recalled_data_alone_cannot_be_told(said):
    told = claims.claim("c", "It is {a}.", "a > b", a=value(1.0, "recalled", "recalled"), b=0.5)
    assert told.holds is None and told.why == "it rests on recalled data alone"


def test_a_parameter_is_no_source_that_was_read(said):
    recalled, life = value(1.0, "recalled"), value(5.0, id="life")
    assert claims.claim("c", "{a} over {life}.", "life > a", a=recalled, life=life).holds is None


def test_a_sentence_that_says_who_filed_a_number_tells_nothing_of_the_readers(said):
    set_here = Given(2.0, [], (Own("rate", 2.0, 1.0, travels=True),))
    mine = claims.value("mine", "a rate", set_here, "x")
    assert mine.own == set_here.own
    for whose in ("filed", "assumed", "study's"):
        told = claims.claim("c", f"The {whose} rate is {{a}}.", "a > b", a=mine, b=1)
        assert told.holds is None and told.why.startswith(f'it says "{whose}"')
    assert claims.claim("d", "The rate is {a}.", "a > b", a=mine, b=1).holds is True
    row = value(2.0, "own", id="row")
    assert claims.claim("e", "The rate filed is {a}.", "a > b", a=row, b=1).holds is None


def test_recalled_data_may_stand_beside_what_was_read_in_the_sentence(said):
    both = value(1.0, "recalled", "printed")
    assert claims.claim("c", "It is {a}.", "a > b", a=both, b=0.5).holds
    beside = {"a": value(1.0, "recalled"), "b": value(2.0, "verified", id="other")}
    assert claims.claim("c", "It is {a}, not {b}.", "b > a", **beside).holds


def test_recalled_data_may_stand_beside_what_was_read_in_the_condition(said):
    read = Given(2.0, [rows("verified")])
    assert claims.claim("c", "It is {a}.", "limit > a", a=value(1.0, "recalled"), limit=read).holds


def test_a_claim_of_parameters_alone_rests_on_no_data(said):
    assert claims.claim("c", "It is {a}.", "a > b", a=value(1.0), b=0.5).holds


REFUSED = {  # sentence, condition, mentioned, the end of what is told
    "not-given": ("{a}, {b}", "a > x", "", "prints {b}; give a value of that name"),
    "attribute": ("{a.number}", "a > x", "", "prints {a.number}; give a value of that name"),
    "position": ("{}", "a > x", "", "prints {}; give a value of that name"),
    "bare-number": ("{a} of {x}", "a > x", "", "prints {x}; give a value of that name"),
    "untested": ("{a}", "x > y", "", 'does not test "a"; test it, or declare it as mentioned'),
    "idle": ("{a}", "a > x", "", 'does not test "y"; leave it out'),
    "both": ("{a}", "a > x and x > y", "a", 'tests "a", which is declared as mentioned only'),
    "mentioned-not-printed": ("{a}", "a > x", "y", 'has "y" as mentioned, which the sentence'),
    "unknown": ("{a}", "a > z", "", 'names "z", which is not given'),
    "own-number": ("{a}", "a > 0.5", "", "holds a number of its own"),
    "python": ("{a}", True, "", "is True; write it as a text over the claim's own numbers"),
    "no-truth": ("{a}", "a - x + y", "", "is no condition; compare something"),
    "by-zero": ("{a}", "a / (x - x) > y", "", "divides by zero"),
    "tautology": ("{a}", "a + x > a and x > y", "", ""),
    "always": ("{a}", "a > a - y / y - abs(x)", "", "is true whatever its numbers are"),
    "hostile": ("{a}", "a.__class__ > x", "", "may not hold `a.__class__`"),
    "unknown-word": (
        "{a}",
        "abuot(a, x) and a > y",
        "",
        'names "abuot", which is not given. Did you mean',
    ),
    "too-many": ("{a}", "most(a, x) and a > y", "", "gives most 2 numbers; it takes"),
    "too-long": ("{a}", "a > x and " * 999 + "a > y", "", "letters long"),
    "too-deep": ("{a}", "-" * 150 + "a > x", "", "is nested more than"),
}


@pytest.mark.parametrize(("sentence", "holds", "mentioned", "told"), REFUSED.values(), ids=REFUSED)
def test_a_condition_that_does_not_test_its_sentence_is_refused(
    said, sentence, holds, mentioned, told
):
    given = {"a": value(1.0), "x": 0.5, "y": 0.25}
    if not told:  # one part can never fail, the other can
        assert claims.claim("c", sentence, holds, mentioned, **given).holds
        return
    said.clear()
    with pytest.raises(ValueError) as found:
        claims.claim("c", sentence, holds, mentioned, **given)
    assert str(found.value).startswith('claim "c"') and told in str(found.value)
    assert said == []


DIGITS = {
    "year": ("In 2024 it was {a}.", "2024"),
    "money": ("It was $5 or {a}.", "$5"),
    "after-a-value": ("It was {a}0.", "0."),
    "decimal": ("About 1.5 times {a}.", "1.5"),
    "minus": ("It fell by -3 to {a}.", "-3"),
    "bracket": ("It was {a} (12%).", "12%"),
    "fraction": ("It was {a}/10.", "10."),
}


@pytest.mark.parametrize(("sentence", "digits"), DIGITS.values(), ids=DIGITS)
def test_a_digit_that_is_no_value_is_refused(said, sentence, digits):
    with pytest.raises(ValueError) as told:
        claims.claim("c", sentence, "a > b", a=value(1.0, "printed"), b=0.5)
    assert str(told.value) == f'claim "c" prints {digits}; make it a value'


@pytest.mark.parametrize("name", ["H100", "GPT-4", "GPT-3.5", "(A100)", "S&P500"])
def test_a_name_may_have_digits(said, name):
    sentence = f"One {name} costs {{a}}."
    assert claims.claim("c", sentence, "a > b", a=value(1.0, "printed"), b=0.5).holds


def test_numbers_of_numpy_are_numbers(said):
    one, two = value(np.float64(1.0), "printed"), Given(np.float64(2.0))
    claim = claims.claim("c", "It is {a}.", "b > a", a=one, b=two)
    assert claim.holds is True and type(one.number) is float


def test_words_from_data_do_not_become_placeholders(said):
    price = value(1.0, "printed", form="{{x}} {:.0f}")
    claim = claims.claim("c", "It is {a}.", "a > b", a=price, b=0.5)
    assert claim.text == "It is {x} 1."
