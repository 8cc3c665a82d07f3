"""The question as it stood on a date: literal rows in, the chain of the articles out."""

import pandas as pd
import pytest
from asking import (
    ARTICLES,
    EARNED,
    FIRST,
    KNOWN,
    NOTHING,
    SECOND,
    close,
    given_chain,
)

from computecycle.evidence import data
from computecycle.evidence.errors import InputError
from computecycle.evidence.given import Given
from computecycle.quantities import documents
from computecycle.quantities.capex_gap import question


def as_of(date: str) -> list[pd.DataFrame]:
    return documents.known(list(KNOWN), pd.Timestamp(date))


def numbers(given: dict[str, Given]) -> dict[str, float]:
    return {name: each.number for name, each in given.items()}


RATES = {
    "article": ("2023-09-30", 50, "statements:2"),
    "filing": ("2024-06-19", 58, "nvidia:2"),
    "forecast-of-the-second-article": ("2024-06-20", 150, "statements:7"),
    "filing-again": ("2024-08-28", 105.2, "nvidia:3"),
    "neither-a-retelling-nor-a-whole-year": ("2025-12-31", 105.2, "nvidia:3"),
}


@pytest.mark.parametrize(("date", "number", "row"), RATES.values(), ids=RATES)
def test_what_was_published_last_is_the_run_rate(date, number, row):
    articles, filed, _ = as_of(date)
    found = question.run_rate(articles, filed)
    assert found.number == close(number) and list(found.rows[0].index) == [row]


def test_the_inputs_stand_as_the_sources_told_them():
    assert numbers(question.inputs(*KNOWN)) == close(
        {
            "gpu_run_rate": 105.2,
            "datacenter_cost_multiple": 2.5,
            "end_user_margin": 0.5,
            "cloud_margin": 0.0,
            "ai_revenue": 13.4,
        }
    )


def test_the_readers_numbers_take_the_place_of_the_sources():
    own = {"gpu_run_rate": 10, "cloud_margin": 0.2, "ai_revenue": 0.0, "end_user_margin": None}
    given = question.inputs(*KNOWN, **own)
    assert [given[name].number for name in ("gpu_run_rate", "ai_revenue")] == [10.0, 0.0]
    told = [(each.parameter, each.set) for each in question.required(given).own]
    assert told == [("gpu_run_rate", 10.0), ("cloud_margin", 0.2)]
    assert question.per_dollar(given).own == given["cloud_margin"].own
    assert given["end_user_margin"].number == close(0.5)
    assert question.required(given).number == close(10 * 2.5 / (0.5 * 0.8))
    own_row = {row for rows in question.required(given).rows for row in rows.index}
    assert own_row == {"statements:8", "statements:4"}


@pytest.mark.parametrize(
    ("source", "rate", "multiple", "required", "earned"),
    [("sequoia2023", 50, 2, 200, 11.0), ("sequoia2024", 150, 2.5, 750, 13.4)],
)
def test_the_inputs_on_the_day_of_a_source(source, rate, multiple, required, earned):
    given = question.told(*KNOWN, source)
    assert given["gpu_run_rate"].number == rate
    assert given["datacenter_cost_multiple"].number == multiple
    assert given["ai_revenue"].number == close(earned)
    assert question.required(given).number == close(required)


def test_before_a_source_was_published_nothing_is_told():
    given = question.told(*as_of("2023-10-01"), "sequoia2024")
    assert not any(given[name].known for name in ("gpu_run_rate", "end_user_margin", "ai_revenue"))
    assert not question.required(given).known


def test_a_question_that_was_not_put_yet_is_a_sentence():
    with pytest.raises(InputError) as wrong:
        question.asked(question.inputs(*NOTHING, gpu_run_rate=50.0))
    assert str(wrong.value) == (
        "As of this date nothing is known of datacenter_cost_multiple, end_user_margin, "
        "ai_revenue; choose as_of 2023-09-20 or later, or set these parameters."
    )


def test_a_question_that_was_put_is_handed_on():
    given = question.inputs(*KNOWN)
    assert question.asked(given) is given


ON_DATES = {
    "first-article": ("2023-09-30", 50, 200),
    "second-article": ("2024-06-30", 150, 600),
    "filing-of-autumn": ("2024-12-31", 4 * 30.771, 4 * 30.771 * 4),
    "filing-of-winter": ("2025-03-31", 4 * 35.58, 4 * 35.58 * 4),
}


@pytest.mark.parametrize(("date", "rate", "required"), ON_DATES.values(), ids=ON_DATES)
def test_the_reports_own_tables_give_the_number_of_each_date(date, rate, required):
    package = data.Package(date)
    known = [package.load(name) for name in ("statements", "nvidia_results", "ai_revenue")]
    given = question.asked(question.inputs(*known))
    assert given["gpu_run_rate"].number == close(rate)
    assert question.required(given).number == close(required)


def test_the_newest_requirement_is_four_times_the_last_filed_run_rate():
    known = [data.load(name) for name in ("statements", "nvidia_results", "ai_revenue")]
    filed = known[1][known[1]["metric"] == "data_center_revenue"]
    quarter = filed[filed["period_type"] == "fiscal_quarter"].sort_values("known_from").iloc[-1]
    run_rate = quarter["value"] * 4 / 1000
    given = question.asked(question.inputs(*known))
    assert given["gpu_run_rate"].number == close(run_rate)
    assert question.required(given).number == close(4 * run_rate)


def test_what_was_disclosed_and_what_was_counted_by_a_day():
    assert question.disclosed(EARNED, pd.Timestamp(FIRST)).number == close(1.0)
    assert question.disclosed(EARNED, pd.Timestamp(SECOND)).number == close(3.4)
    assert question.counted(EARNED, pd.Timestamp(SECOND)).number == close(13.4)
    assert not question.disclosed(EARNED, pd.NaT).known
    assert not question.counted(EARNED, pd.NaT).known


def test_what_a_dollar_of_chips_asks_for():
    assert question.per_dollar(given_chain(99, 2.5, 0.5, 0.2, 0)).number == close(2.5 / (0.5 * 0.8))


def test_only_the_articles_themselves_put_the_question():
    found = set(question.original(ARTICLES)["source"])
    assert found == {"sequoia2023", "sequoia2024"}
    assert not question.last_of(ARTICLES, "cloud_margin").known
    assert question.last_of(ARTICLES, "datacenter_cost_multiple").number == 2.5
    assert not question.run_rate(*NOTHING[:2]).known
