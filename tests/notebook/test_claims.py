"""Values and claims: what a chapter says as cell outputs, and what it may not say."""

import math

import pandas as pd
import pytest

from computecycle.evidence.given import Given
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
    assert price._repr_mimebundle_() == {
        "text/plain": "price of a chip: $12,346",
        "application/vnd.computecycle.value+json": {
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
        },
    }


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
        claims.claim(id, "A sentence.", True)
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
    assert claims.claim("c", "Asked in {day}.", True, day=day).holds is None


# Claims


def test_a_claim_is_a_cell_output_of_its_own_type(said):
    price, other = value(2.0, "printed"), value(1.0, "printed", id="other")
    claim = claims.claim("rose", "From {a} to {b}.", price.number > other.number, a=other, b=price)
    assert said == [price, other, claim]
    assert claim._repr_mimebundle_() == {
        "text/plain": "[holds] From 1 to 2.",
        "application/vnd.computecycle.claim+json": {
            "id": "rose",
            "sentence": "From {a} to {b}.",
            "text": "From 1 to 2.",
            "holds": True,
            "values": {"a": "other", "b": "price"},
        },
    }


VERDICTS = {
    "true": (True, True, "[holds]"),
    "false": (False, False, "[does not hold]"),
    "unknown": (None, None, "[cannot be told]"),
    "of-an-array": (pd.Series([1.0]).gt(0)[0], True, "[holds]"),
}


@pytest.mark.parametrize(("condition", "holds", "words"), VERDICTS.values(), ids=VERDICTS)
def test_the_verdict(said, condition, holds, words):
    claim = claims.claim("c", "It is {a}.", condition, a=value(1.0, "printed"))
    assert claim.holds is holds
    assert claim._repr_mimebundle_()["text/plain"] == f"{words} It is 1."


@pytest.mark.parametrize("condition", [True, False])
def test_without_a_number_nothing_can_be_told(said, condition):
    claim = claims.claim("c", "It is {a}.", condition, a=value(math.nan))
    assert claim.holds is None and claim.text == "It is no data."


def test_a_claim_of_recalled_data_alone_is_refused(said):
    with pytest.raises(ValueError) as told:
        claims.claim("c", "It is {a}.", True, a=value(1.0, "recalled", "recalled"))
    assert str(told.value) == (
        'claim "c" rests on recalled data alone; give it a source that was read'
    )


def test_a_parameter_is_no_source_that_was_read(said):
    recalled, life = value(1.0, "recalled"), value(5.0, id="life")
    with pytest.raises(ValueError, match="rests on recalled data alone"):
        claims.claim("c", "{a} over {life}.", True, a=recalled, life=life)


@pytest.mark.parametrize("beside", ["same-value", "other-value"])
def test_recalled_data_may_stand_beside_what_was_read(said, beside):
    given = value(1.0, "recalled", *(["printed"] if beside == "same-value" else []))
    others = {"b": value(2.0, "verified", id="other")} if beside == "other-value" else {}
    sentence = "It is {a}." + " Not {b}." * len(others)
    assert claims.claim("c", sentence, True, a=given, **others).holds


def test_a_claim_of_parameters_alone_rests_on_no_data(said):
    assert claims.claim("c", "It is {a}.", True, a=value(1.0)).holds


MISMATCHES = {
    "not-given": ("{a} and {b}", ["a"], "names ['a', 'b'] but is given ['a']"),
    "not-named": ("{a}", ["a", "b"], "names ['a'] but is given ['a', 'b']"),
    "misspelt": ("{aa}", ["a"], "names ['aa'] but is given ['a']"),
    "attribute": ("{a.number}", ["a"], "names ['a.number'] but is given ['a']"),
    "position": ("{}", ["a"], "names [''] but is given ['a']"),
}


@pytest.mark.parametrize(("sentence", "names", "words"), MISMATCHES.values(), ids=MISMATCHES)
def test_placeholders_and_values_must_match(said, sentence, names, words):
    given = {name: value(1.0, "printed", id=name) for name in names}
    said.clear()
    with pytest.raises(ValueError) as told:
        claims.claim("c", sentence, True, **given)
    assert str(told.value) == f'claim "c" {words}'
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
        claims.claim("c", sentence, True, a=value(1.0, "printed"))
    assert str(told.value) == f'claim "c" prints {digits}; make it a value'


@pytest.mark.parametrize("name", ["H100", "GPT-4", "GPT-3.5", "(A100)", "S&P500"])
def test_a_name_may_have_digits(said, name):
    assert claims.claim("c", f"One {name} costs {{a}}.", True, a=value(1.0, "printed")).holds


def test_words_from_data_do_not_become_placeholders(said):
    claim = claims.claim("c", "It is {a}.", True, a=value(1.0, "printed", form="{{x}} {:.0f}"))
    assert claim.text == "It is {x} 1."
