"""Who earns, by layer: a few rows by hand."""

import pandas as pd
from asking import close, revenue

from computecycle.evidence.given import Given, or_own
from computecycle.quantities.capex_gap import earning

EARNED = revenue(
    ("OpenAI", "run_rate", "2025-01-01", 24.0, "2025-01-02"),
    ("Microsoft", "run_rate", "2025-01-01", 37.0, "2025-01-02"),
    ("Amazon", "run_rate", "2025-01-01", 5.0, "2025-01-02"),
    ("Google", "assumed", "2023-09-20", 10.0, "2023-09-20"),
    ("X", "assumed", "2023-09-20", 5.0, "2023-09-20"),
    ("Amazon", "assumed", "2023-09-20", 3.0, "2023-09-20"),
)


def test_companies_by_layer_and_the_assumed_as_one_part():
    rows = earning.layers(EARNED)
    assert dict(zip(rows["company"], rows["layer"], strict=True)) == {
        "OpenAI": "model makers",
        "Microsoft": "clouds",
        "Amazon": "clouds",
        "Google": "assumed",
        "X": "assumed",
    }
    parts = earning.parts(rows)
    assert parts["text"].tolist() == ["OpenAI 24", "Microsoft 37", "Amazon 5", "2 companies 15"]
    assert parts["inside"].tolist() == [True, True, False, True]
    assert parts["order"].tolist() == [0, 1, 2, 3]
    assert earning.parts(rows[rows["layer"] == "clouds"])["value"].sum() == close(42)


def test_companies_of_which_something_was_known():
    found = earning.also_known(EARNED, pd.Timestamp("2025-01-02"))
    assert set(found["company"]) == {"OpenAI", "Microsoft", "Amazon"}
    assert earning.also_known(EARNED, pd.Timestamp("2024-01-02")).empty


def test_the_account_of_the_last_year_with_costs():
    rows = [
        ("OpenAI", "actual", "year", "2024", "revenue", 3.7),
        ("OpenAI", "actual", "year", "2025", "revenue", 13.0),
        ("OpenAI", "actual", "year", "2025", "total_costs", 34.0),
        ("OpenAI", "projected", "year", "2026", "revenue", 30.0),
    ]
    labs = pd.DataFrame(rows, columns=["lab", "status", "period_type", "period", "metric", "value"])
    assert earning.account(labs, "OpenAI", "revenue").number == close(13.0)
    assert earning.account(labs, "OpenAI", "total_costs").number == close(34.0)
    assert not earning.account(labs, "xAI", "revenue").known


def test_what_is_hoped_is_of_the_year_after_the_last_actual_one():
    columns = "lab metric period_type period_end known_from status value unit"
    labs = pd.DataFrame(
        [
            ("A", "gross_margin", "year", "2024-12-31", "2025-11-09", "actual", -94.0, "percent"),
            ("A", "gross_margin", "year", "2025-12-31", "2025-11-09", "projected", 50.0, "percent"),
            ("A", "gross_margin", "year", "2028-12-31", "2025-11-09", "projected", 77.0, "percent"),
        ],
        columns=columns.split(),
    ).assign(period_end=lambda rows: pd.to_datetime(rows["period_end"]))
    assert earning.hoped(labs, "A", "gross_margin").number == close(0.5)
    assert not earning.hoped(labs.iloc[1:], "A", "gross_margin").known
    assert not earning.hoped(labs, "B", "gross_margin").known


def test_the_months_of_what_was_told_are_named_the_largest_first():
    rows = pd.DataFrame(
        {
            "company": ["A", "B", "C"],
            "layer": ["clouds", "model makers", "assumed"],
            "value": [1.0, 2.0, 9.0],
            "date": pd.to_datetime(["2026-03-31", "2026-07-31", "2024-06-30"]),
        }
    )
    assert earning.told_of(rows) == "As reported: B for July 2026, A for March 2026."
    told = rows.assign(date=pd.Timestamp("2026-08-13")).head(1)
    assert earning.told_of(told) == "As reported: A in August 2026."
    assert earning.told_of(rows.iloc[2:]) == ""


def test_the_band_of_sales_runs_from_model_makers_to_all_and_a_readers_own_takes_its_place():
    first, day = pd.Timestamp("2023-09-20"), pd.Timestamp("2025-01-02")
    found = earning.band(EARNED, first, day, Given(66.0))
    assert found[["low", "high"]].values.tolist() == [[24.0, 66.0]]
    own = earning.band(EARNED, first, day, or_own("ai_revenue", 50.0, Given(66.0)))
    assert own[["low", "high"]].values.tolist() == [[50.0, 50.0]]


def test_the_band_of_sales_ends_on_its_last_day():
    first, day = pd.Timestamp("2025-01-02"), pd.Timestamp("2025-02-01")
    more = pd.concat([EARNED, revenue(("OpenAI", "run_rate", "2025-03-01", 30.0, "2025-03-02"))])
    found = earning.band(more, first, day, Given(66.0))
    assert found["date"].tolist() == [first, day]
    assert found[["low", "high"]].values.tolist() == [[24.0, 66.0], [24.0, 66.0]]


def test_what_was_told_since_a_day_is_named():
    dated = EARNED.assign(date=pd.to_datetime(EARNED["date"]))
    words = earning.since(dated, pd.Timestamp("2024-12-31"))
    assert "OpenAI 24 for January 2025" in words and "Google" not in words
    assert earning.since(dated, pd.Timestamp("2025-01-02")) == ""


def test_sales_a_year_before_take_what_was_told_later_of_that_year():
    day = pd.Timestamp("2025-08-27")
    rows = revenue(
        ("OpenAI", "run_rate", "2025-07-31", 12.0, "2025-07-31"),
        ("OpenAI", "run_rate", "2026-07-31", 40.0, "2026-08-13"),
        ("Microsoft", "run_rate", "2024-12-31", 13.0, "2025-01-29"),
        ("Microsoft", "run_rate_year_before", "2025-03-31", 16.6, "2026-04-29"),
        ("Amazon", "run_rate_year_before", "2025-06-30", 12.5, "2026-07-30"),
        ("Google", "assumed", "2023-09-20", 10.0, "2023-09-20"),
    ).assign(date=lambda table: pd.to_datetime(table["date"]))
    assert earning.a_year_before(rows, day).number == close(28.6), "nothing was known of Amazon"
    assert earning.a_year_before(rows.iloc[:3], day).number == close(25.0)
    assert not earning.a_year_before(rows.iloc[5:], day).known


def test_what_was_told_later_of_companies_of_which_nothing_was_known():
    rows = revenue(
        ("Microsoft", "run_rate", "2024-12-31", 13.0, "2025-01-29"),
        ("Microsoft", "run_rate_year_before", "2025-03-31", 16.6, "2026-04-29"),
        ("Amazon", "run_rate_year_before", "2025-06-30", 12.5, "2026-07-30"),
    ).assign(date=lambda table: pd.to_datetime(table["date"]))
    assert earning.told_later(rows, pd.Timestamp("2025-08-27")).number == close(12.5)
    assert not earning.told_later(rows, pd.Timestamp("2025-06-01")).known, "of a later day"


def test_sales_of_a_company_as_a_multiple_of_those_of_a_year_before():
    rows = revenue(
        ("OpenAI", "run_rate", "2025-07-31", 12.0, "2025-07-31"),
        ("OpenAI", "run_rate", "2026-07-31", 40.0, "2026-08-13"),
        ("OpenAI", "run_rate", "2026-09-30", 50.0, "2026-10-08"),
        ("Amazon", "run_rate", "2026-06-30", 25.0, "2026-07-30"),
        ("Amazon", "run_rate_year_before", "2025-06-30", 12.5, "2026-07-30"),
        ("Google", "assumed", "2023-09-20", 10.0, "2023-09-20"),
    ).assign(date=lambda table: pd.to_datetime(table["date"]))
    days = pd.Timestamp("2026-08-26"), pd.Timestamp("2025-08-27")
    assert earning.times(rows, *days, "OpenAI").number == close(40 / 12), "the 50 came later"
    assert earning.times(rows, *days, "Amazon").number == close(2.0), "told later of that year"
    assert not earning.times(rows, *days, "Google").known


def test_the_last_quarter_of_some_labs_is_one_that_all_have_told():
    columns = "lab metric period_type period status value known_from"
    rows = [("A", 1.0, "2026Q1"), ("A", 2.0, "2026Q2"), ("B", 3.0, "2026Q1")]
    labs = pd.DataFrame(
        [(lab, "revenue", "quarter", when, "actual", n, "2026-09-01") for lab, n, when in rows],
        columns=columns.split(),
    )
    ends = {"2026Q1": "2026-03-31", "2026Q2": "2026-06-30"}
    labs["period_end"] = pd.to_datetime(labs["period"].map(ends))
    found = earning.by_quarter(labs, ["A", "B"])
    assert found.number == close(16.0) and earning.ended(found) == pd.Timestamp("2026-03-31")
    assert pd.isna(earning.ended(Given()))
    assert not earning.by_quarter(labs, ["A", "C"]).known


def test_sales_are_carried_on_at_the_pace_of_their_last_year():
    """Microsoft's doubled in a year and double again; OpenAI's stand, Amazon's are of later."""
    rows = revenue(
        ("OpenAI", "run_rate", "2026-01-31", 10.0, "2026-02-01"),
        ("Microsoft", "run_rate", "2025-03-31", 20.0, "2025-04-30"),
        ("Microsoft", "run_rate_year_before", "2024-03-31", 10.0, "2025-04-30"),
        ("Amazon", "run_rate", "2026-06-30", 25.0, "2026-07-30"),
        ("Amazon", "run_rate_year_before", "2025-06-30", 12.5, "2026-07-30"),
        ("Google", "assumed", "2023-09-20", 10.0, "2023-09-20"),
    ).assign(date=lambda table: pd.to_datetime(table["date"]))
    day = pd.Timestamp("2026-03-31")
    assert earning.carried_on(rows, day).number == close(10 + 40 + 25)
    assert earning.carried_on(rows.iloc[:1], day).number == close(10)
    assert not earning.carried_on(rows.iloc[5:], day).known


def test_the_parts_of_the_last_plan_for_computing():
    base = {"lab": "OpenAI", "period_type": "year", "status": "projected"}
    rows = pd.DataFrame(
        [
            ("inference_compute_spend", "2024", 2.0),
            ("research_compute_spend", "2024", 2.0),
            ("inference_compute_spend", "2025", 7.0),
            ("research_compute_spend", "2025", 9.0),
            ("research_compute_spend", "2026", 9.0),
        ],
        columns=["metric", "period", "value"],
    ).assign(**base, unit="USD billion", known_from=pd.Timestamp("2026-01-01"))
    rows["period_end"] = pd.to_datetime(rows["period"] + "-12-31")
    year, part = earning.planned_split(rows, "OpenAI")
    assert (year, part.number) == (2025, close(7 / 16))
    year, part = earning.planned_split(rows.iloc[:0], "OpenAI")
    assert year == 0 and not part.known


def test_months_in_which_a_company_was_first_told():
    rows = revenue(
        ("OpenAI", "run_rate", "2023-01-01", 1.0, "2023-01-02"),
        ("OpenAI", "run_rate", "2025-01-01", 2.0, "2025-01-02"),
        ("Microsoft", "run_rate", "2024-12-31", 13.0, "2025-02-12"),
        ("Amazon", "assumed", "2023-09-20", 3.0, "2023-09-20"),
        ("Amazon", "run_rate", "2026-03-31", 15.0, "2026-04-09"),
    )
    first, last = pd.Timestamp("2023-09-20"), pd.Timestamp("2026-04-01")
    assert earning.first_told(rows, first, last) == "Microsoft in February 2025"
    assert earning.first_told(rows, last, last) == ""


def test_the_years_of_a_number_of_several_years():
    row = pd.DataFrame({"period": ["2026-2030"]})
    assert earning.years_of(Given(1.0, [row])).number == 5
    assert not earning.years_of(Given()).known
