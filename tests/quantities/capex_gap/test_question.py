"""The question as it stood on a date: literal rows in, the chain of the articles out."""

import pandas as pd
import pytest
from asking import (
    ARTICLES,
    EARNED,
    FILED,
    FIRST,
    KNOWN,
    NOTHING,
    SECOND,
    close,
    given_chain,
    nvidia,
    revenue,
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


def test_run_rates_are_told_and_filed_in_order_of_publication():
    rates = question.run_rates(question.original(ARTICLES), FILED)
    assert rates.to_dict("list") == {
        "date": [pd.Timestamp(day) for day in (FIRST, "2023-11-21", SECOND, "2024-08-28")],
        "kind": ["told", "filed", "told", "filed"],
        "row": ["statements:2", "nvidia:2", "statements:7", "nvidia:3"],
        "value": close([50, 58, 150, 105.2]),
    }


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
    assert given["gpu_run_rate"] == Given(10.0) and given["ai_revenue"] == Given(0.0)
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


def test_the_path_moves_whenever_something_is_published():
    path = question.path(*KNOWN)
    ours = path[path["note"] == ""].pivot(index="date", columns="series", values="value")
    assert [str(date.date()) for date in ours.index] == [
        "2023-09-20", "2023-11-21", "2024-06-20", "2024-08-28", "2025-01-15",
    ][1:]  # fmt: skip
    assert ours["required"].tolist() == close([232, 290, 526, 526])
    assert ours["actual"].tolist() == close([11, 13.4, 13.4, 13.4])


def test_the_points_of_the_articles_stand_beside_the_path():
    path = question.path(*KNOWN)
    said = path[path["series"] == "required as the sources said"]
    assert said[["value", "note"]].to_dict("list") == {"value": [200, 600], "note": ["200", "600"]}


def test_a_path_of_nothing_is_empty():
    path = question.path(*NOTHING)
    assert path.empty and list(path) == ["date", "series", "value", "note"]


def test_by_the_filings_no_forecast_counts():
    assert not question.by_filings(*KNOWN, pd.Timestamp(FIRST))["gpu_run_rate"].known
    on_the_second = question.by_filings(*KNOWN, pd.Timestamp(SECOND))
    assert on_the_second["gpu_run_rate"].number == close(58)
    assert on_the_second["datacenter_cost_multiple"].number == close(2.5)
    assert on_the_second["ai_revenue"].number == close(13.4)


def test_the_day_of_the_last_news():
    assert question.newest_day(*KNOWN[1:]) == pd.Timestamp("2025-01-15")
    assert question.year_before(pd.Timestamp("2025-01-15")) == pd.Timestamp("2024-01-15")
    assert question.newest_day(QUARTERS, EARNED) == pd.Timestamp("2025-05-28")


def test_what_was_disclosed_by_a_day():
    assert question.disclosed(EARNED, pd.Timestamp(FIRST)).number == close(1.0)
    assert question.disclosed(EARNED, pd.Timestamp(SECOND)).number == close(3.4)
    assert not question.disclosed(EARNED, pd.NaT).known


def test_what_a_year_brought_and_the_rate_at_its_end():
    earned = revenue(
        ("OpenAI", "annual_revenue", "2024-12-31", 3.7, "2025-01-15"),
        ("OpenAI", "run_rate", "2024-12-31", 5.5, "2025-01-15"),
        ("OpenAI", "run_rate", "2025-06-30", 10.0, "2025-06-30"),
    )
    earned["date"] = pd.to_datetime(earned["date"])
    earned["unit"] = "USD billion"
    brought, rate, day = question.recognised(earned, "OpenAI")
    assert (brought.number, rate.number) == (3.7, 5.5) and day == pd.Timestamp("2024-12-31")
    brought, rate, day = question.recognised(earned, "Anthropic")
    assert not brought.known and not rate.known and pd.isna(day)


def test_the_days_on_which_revenue_was_short():
    path = question.path(*KNOWN)
    assert question.short_days(path).tolist() == [True] * 4
    path.loc[(path["series"] == "actual") & (path["date"] == "2024-08-28"), "value"] = 526.0
    assert question.short_days(path).tolist() == [True, True, False, True]
    assert question.short_days(path.iloc[:0]).empty


def test_networking_within_the_data_centre_of_its_quarter():
    part = QUARTERS.iloc[[7]].assign(metric="networking_revenue", value=1000)
    both = pd.concat([QUARTERS, part.set_axis(["nvidia:99"])])
    both = both.assign(period_end=both["known_from"], unit="USD million")
    found = [each.number for each in question.networking(both)]
    assert found == close([4.0, 20.0])
    assert not question.networking(QUARTERS.assign(period_end=pd.NaT))[0].known


def test_the_rows_of_some_cases():
    rows = question.rows_of({"a": Given(1.0, [ARTICLES])}, {"b": Given(2.0, [FILED]), "c": Given()})
    assert rows[0] is ARTICLES and rows[1] is FILED and len(rows) == 2


QUARTERS = nvidia(
    *((f"FY2024Q{number}", 2500, "2024-02-21") for number in (1, 2, 3, 4)),
    *((f"FY2025Q{number}", 5000, "2025-02-26") for number in (1, 2, 3, 4)),
    ("FY2026Q1", 9000, "2025-05-28"),
    ("FY2025", 999999, "2025-02-26"),
)


CHAIN = given_chain(1.0, 2.0, 0.5, 0.0, 1.0)  # a dollar of GPU requires four


def test_purchases_of_full_years_only():
    assert question.purchases(QUARTERS, 4.0).to_dict("list") == {
        "year": [2024, 2025],
        "required": close([40, 80]),
    }


def test_the_quarters_of_the_last_full_year():
    assert set(question.last_year(QUARTERS)["period"]) == {f"FY2025Q{n}" for n in (1, 2, 3, 4)}
    assert len(question.full_years(QUARTERS)) == 8
    assert question.last_year(QUARTERS.iloc[:3]).empty


NEEDS = {
    "both-vintages-earn": (5.0, "purchase", 40 / 5 + 80 / 5),
    "the-new-one-waits": (5.0, "next", 40 / 5),
    "the-old-one-is-done": (1.0, "purchase", 80.0),
    "half-a-year-is-left": (1.5, "purchase", 40 * (0.5 / 1.5) + 80 * (1 / 1.5)),
}


@pytest.mark.parametrize(("life", "first_charge", "expected"), NEEDS.values(), ids=NEEDS)
def test_the_need_of_the_last_full_year(life, first_charge, expected):
    found = question.need(QUARTERS, CHAIN, life, first_charge)
    assert found.number == close(expected)
    assert list(found.rows[0]["period_type"].unique()) == ["fiscal_quarter"]


def test_without_a_full_year_no_need_is_known():
    assert not question.need(QUARTERS.iloc[:3], CHAIN, 5.0, "purchase").known
    assert not question.need(QUARTERS, CHAIN | {"end_user_margin": Given()}, 5.0, "next").known


def test_the_growth_of_purchases():
    assert question.purchase_growth(QUARTERS).number == close(1.0)
    assert not question.purchase_growth(QUARTERS.iloc[:6]).known
    assert question.purchases(NOTHING[1], 4.0).empty


def test_only_the_articles_themselves_put_the_question():
    found = set(question.original(ARTICLES)["source"])
    assert found == {"sequoia2023", "sequoia2024"}
    assert not question.last_of(ARTICLES, "cloud_margin").known
    assert question.last_of(ARTICLES, "datacenter_cost_multiple").number == 2.5
