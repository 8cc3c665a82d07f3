"""A figure as a chapter shows it: picture, words and specification in one cell output."""

import base64
import json

import altair as alt
import pandas as pd
import pytest

from computecycle.evidence.errors import InputError
from computecycle.notebook import figures
from computecycle.notebook.claims import Claim, Value

TABLE = pd.DataFrame({"item": ["a", "b"], "value": [1.0, 2.0]})
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def shown(monkeypatch) -> list:
    """What was displayed, in order."""
    displayed = []
    monkeypatch.setattr(figures, "display", displayed.append)
    return displayed


def chart(table: pd.DataFrame = TABLE) -> alt.Chart:
    return alt.Chart(table).mark_bar().encode(x="value:Q", y="item:N")


def rows(*confidences: str, table: str = "chips") -> pd.DataFrame:
    """Rows of a loaded table, one for each confidence."""
    found = pd.DataFrame(
        {
            "source": "maker",
            "locator": "page 1",
            "known_from": pd.Timestamp("2024-06-20"),
            "confidence": confidences,
        },
        index=[f"data/{table}.csv:{number + 2}" for number in range(len(confidences))],
    )
    found.attrs = {"table": table}
    return found


def claim(holds: bool | None) -> Claim:
    return Claim("c", "It is so.", "It is so.", holds, "a > b", "2 > 1", {}, [], [])


def show(**changes):
    words = {
        "chart": chart(),
        "id": "chip-prices",
        "title": "Prices fell",
        "because": [],
        "caption": "Prices in USD.",
        "rows": [rows("printed")],
        "otherwise": "Prices",
    }
    return figures.show(**(words | changes))


def test_a_day_in_a_figure_is_a_day_in_every_zone(shown):
    days = TABLE.assign(day=pd.to_datetime(["2020-01-01", "2022-12-31"]))
    spec = show(chart=alt.Chart(days).mark_point().encode(x="day:T", y="value:Q")).spec
    assert spec["encoding"]["x"]["scale"] == {"type": "utc"}
    (rows,) = spec["datasets"].values()
    assert [row["day"] for row in rows] == ["2020-01-01", "2022-12-31"]


@pytest.mark.parametrize("part", ["title", "otherwise", "caption", "note"])
def test_a_text_that_was_not_filled_is_refused(shown, part):
    told = 'Figure "chip-prices" prints "{price}" as it stands; write f before the text.'
    with pytest.raises(InputError) as refused:
        show(**{part: "Prices of {price}."})
    assert str(refused.value) == told and not shown


def test_a_figure_is_a_picture_words_and_a_specification(shown):
    figure = show(note="Without tax.")
    assert shown == [figure]
    bundle = figure._repr_mimebundle_()
    assert list(bundle) == ["text/plain", "image/png", figures.FIGURE]
    assert bundle["text/plain"] == "Prices fell. Prices in USD."
    assert base64.b64decode(bundle["image/png"]).startswith(PNG)
    said = json.loads(bundle[figures.FIGURE])
    spec, records = said.pop("spec"), said.pop("rows")
    assert said == {
        "id": "chip-prices",
        "title": "Prices fell",
        "caption": "Prices in USD.",
        "note": "Without tax.",
        "empty": False,
        "own": [],
    }
    assert spec["description"] == "Prices fell. Prices in USD. Highest 2 (b), lowest 1 (a)."
    assert list(spec["datasets"].values()) == [TABLE.to_dict("records")]
    assert [record["rows"] for record in records] == [["data/chips.csv:2"]]


NEUTRAL = "Price by year"
HEADLINES = {
    "no-claims": ([], "Prices fell"),
    "all-hold": ([True, True], "Prices fell"),
    "one-does-not-hold": ([True, False], NEUTRAL),
    "one-cannot-be-told": ([True, None], NEUTRAL),
    "none-can-be-told": ([None, False], NEUTRAL),
}


@pytest.mark.parametrize(("verdicts", "headline"), HEADLINES.values(), ids=HEADLINES)
def test_a_title_gives_way_to_a_neutral_one_unless_all_behind_it_holds(shown, verdicts, headline):
    figure = show(because=[claim(holds) for holds in verdicts], otherwise=NEUTRAL)
    assert figure.title == headline
    assert figure.spec["description"].startswith(f"{headline}. Prices in USD. ")


def value(number: float | None) -> Value:
    return Value("v", "a number", number, "x", "")


DIRECTIONS = {
    "rose": (10, 12, "rose"),
    "fell": (10, 8, "fell"),
    "within about": (10, 10.9, "hardly moved"),
    "no first": (None, 10, "hardly moved"),
    "no last": (10, None, "hardly moved"),
}


@pytest.mark.parametrize(("first", "last", "verb"), DIRECTIONS.values(), ids=DIRECTIONS)
def test_the_verb_of_a_title_is_chosen_by_the_data(first, last, verb):
    assert figures.direction(value(first), value(last)) == verb
    assert figures.direction(value(first), value(last), flat="stood still") == verb.replace(
        "hardly moved", "stood still"
    )


NOTES = {
    "all-read": ([rows("printed", "verified")], "Without tax."),
    "one-recalled": (
        [rows("printed", "recalled")],
        "Without tax. Some rows of chips are recalled, not read.",
    ),
    "two-tables": (
        [rows("recalled", table="prices"), rows("recalled"), rows("printed", table="others")],
        "Without tax. Some rows of chips, prices are recalled, not read.",
    ),
}


@pytest.mark.parametrize(("given", "note"), NOTES.values(), ids=NOTES)
def test_recalled_rows_are_marked_in_the_note(shown, given, note):
    assert show(rows=given, note="Without tax.").note == note


def test_a_mark_of_recalled_rows_stands_alone_without_a_note(shown):
    assert show(rows=[rows("recalled")]).note == "Some rows of chips are recalled, not read."
    assert show().note == ""


def test_a_chart_without_rows_says_that_it_is_empty(shown):
    assert show(chart=chart(TABLE.iloc[:0])).empty


def test_one_table_with_rows_is_not_empty(shown):
    assert not show(chart=chart(TABLE.iloc[:0]) + chart()).empty


@pytest.mark.parametrize("id", ["Chip", "chip_prices", "../chips", "a b", ""])
def test_an_id_that_is_no_file_name_is_refused(shown, id):
    with pytest.raises(ValueError, match="is not an id; use lower-case words joined by hyphens"):
        show(id=id)
    assert shown == []


def test_rows_that_were_computed_are_refused(shown):
    with pytest.raises(ValueError, match="takes rows of loaded tables"):
        show(rows=[TABLE])
    assert shown == []


def test_a_chart_is_left_as_it_was(shown):
    drawn = chart()
    before = drawn.to_dict()
    show(chart=drawn)
    assert drawn.to_dict() == before


# Words that cannot be told as of a date


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("It is 5. It was no data. So it is.", "It is 5. So it is."),
        ("It is of May; it was no data; so it was.", "It is of May."),
        ("It was no data; so it was.", ""),
        (" It is 5.", "It is 5."),
    ],
)
def test_a_sentence_is_told_up_to_a_number_that_is_not_known(words, told):
    assert figures.told(words) == told


def test_words_that_lean_on_a_claim_or_a_value_go_with_it():
    known = Value("v", "a day", 2024.6, "date", "August 2024")
    unknown = Value("v", "a day", None, "date", "no data")
    assert figures.if_told(known, "Then it rose.") == "Then it rose."
    assert figures.if_told(unknown, "Then it rose.") == ""
    assert figures.if_told(claim(False), "It rose.") == "It rose."
    assert figures.if_told(claim(None), "It rose.") == ""


def test_of_a_figure_without_data_nothing_is_told(shown):
    figure = show(chart=chart(TABLE.iloc[:0]), note="They are in USD.")
    assert (figure.empty, figure.caption, figure.note) == (True, "", "")
    assert show(note="They are in USD.").note == "They are in USD."
