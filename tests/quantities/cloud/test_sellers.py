"""Who sells the cloud: growth, margins, the part that is AI, from literal rows."""

import pandas as pd
from selling import FILED, close, filings, named

from computecycle.evidence.given import Given
from computecycle.quantities.cloud import sellers


def test_growth_is_not_computed_across_two_definitions():
    assert sellers.growth_into(FILED, "Intelligent Cloud", "FY2024").number == close(0.25)
    assert sellers.growth_into(FILED, "Intelligent Cloud", "FY2023").number == close(0.20)
    assert not sellers.growth_into(FILED, "Intelligent Cloud", "FY2024", years=2).known


def test_a_quarter_grows_on_the_quarter_of_the_year_before():
    assert sellers.year_before("FY2026Q3") == "FY2025Q3"
    assert sellers.year_before("2024", 2) == "2022" and sellers.year_before("") == ""
    assert sellers.growth_into(FILED, "AWS", "2025Q1").number == close(0.40)


def test_quarters_are_set_side_by_side_by_the_calendar():
    rows = filings(
        ("AWS", "revenue", "2024Q1", "one", 25.0),
        ("AWS", "revenue", "2025Q1", "one", 35.0),
        ("Oracle Cloud Infrastructure", "revenue", "FY2025Q4", "one", 3.0),
    )
    rows.loc[rows["period"] == "FY2025Q4", "period_end"] = pd.Timestamp("2025-05-31")
    assert sellers.by_quarter(rows, "Oracle Cloud Infrastructure") == {"2025Q2": "FY2025Q4"}
    (found,) = sellers.growth_by_quarter(rows, "AWS").items()
    assert (found[0], found[1].number) == ("2025Q1", close(0.40))


def test_a_year_that_is_printed_rests_on_the_rows_of_what_is_said_of_it():
    rate = sellers.growth_into(FILED, "AWS", "2024")
    assert sellers.as_number("2024", rate).number == 2024.0
    assert sellers.as_number("FY2024", rate).rows == rate.rows
    assert not sellers.as_number("", rate).known and not sellers.as_number("2024", Given()).known


def test_the_quarter_before_the_first_of_a_year_is_the_last_of_another():
    assert sellers.quarter_before("2026Q1") == "2025Q4"
    assert sellers.quarter_before("2025Q2") == "2025Q1" and sellers.quarter_before("") == ""


def test_growth_since_takes_as_many_years_as_are_filed():
    assert sellers.growth_since(FILED, "AWS", "2022", 1).number == close(0.10)
    assert sellers.growth_since(FILED, "AWS", "2022", 5).number == close((110 / 80) ** 0.5 - 1)
    assert not sellers.growth_since(FILED, "AWS", "2024", 5).known


def test_growth_by_year_ends_with_the_newest_quarter():
    table = sellers.growth_by_year(FILED, first=2023, turn=2023)
    aws = table[table["segment"] == "AWS"]
    assert list(aws["growth"].dropna()) == close([0.10, 0.25, 0.40])
    assert list(aws["when"]) == ["up to 2023", "after 2023", *["newest quarter"] * 2]
    assert list(aws["label"]) == ["’23", "’24", " ", "Mar ’25"]
    fiscal = table[table["segment"] == "Intelligent Cloud"]
    assert list(fiscal["label"])[0] == "FY23"


def test_a_quarter_that_ends_with_the_last_year_stands_beside_it():
    rows = filings(
        ("AWS", "revenue", "2023", "one", 80.0),
        ("AWS", "revenue", "2024", "one", 100.0),
        ("AWS", "revenue", "2023Q4", "one", 20.0),
        ("AWS", "revenue", "2024Q4", "one", 30.0),
    )
    labels = list(sellers.growth_by_year(rows, 2023, 2023)["label"])
    assert labels == ["’24", " ", "Dec ’24"]
    alone = rows[rows["period"] != "2023Q4"]  # nothing to set the quarter against
    assert list(sellers.growth_by_year(alone, 2023, 2023)["label"]) == ["’24"]


def test_a_year_after_a_change_of_definition_stands_without_growth():
    redrawn = filings(
        ("AWS", "revenue", "2022", "old", 80.0),
        ("AWS", "revenue", "2023", "old", 88.0),
        ("AWS", "revenue", "2024", "new", 110.0),
        ("AWS", "revenue", "2025", "new", 132.0),
    )
    table = sellers.growth_by_year(redrawn, first=2022, turn=2023)
    assert list(table["label"]) == ["’23", "’24", "’25"]  # nothing stands before the first growth
    assert list(table["growth"].isna()) == [False, True, False]


def test_how_many_grew_faster_is_known_only_when_all_have_filed():
    assert not sellers.faster(FILED, 2023).known  # no Google, no Alibaba
    years = {"2022": 100.0, "2023": 110.0, "2024": 132.0}
    rows = [
        (segment, "revenue", form + year, "one", value)
        for segment, form in zip(sellers.COMPANIES.values(), ("", "FY", "", "FY"), strict=True)
        for year, value in years.items()
    ]
    assert sellers.faster(filings(*rows), 2023).number == 4.0
    assert not sellers.faster(filings(*rows), 2024).known


def test_a_cloud_is_redefined_when_its_growth_then_and_now_is_of_two_definitions():
    rows = filings(
        *(("AWS", "revenue", str(year), "one", 80.0 + year) for year in range(2022, 2026)),
        ("Alibaba Cloud", "revenue", "FY2022", "old", 10.0),
        ("Alibaba Cloud", "revenue", "FY2023", "old", 11.0),
        ("Alibaba Cloud", "revenue", "FY2024", "new", 9.0),
        ("Alibaba Cloud", "revenue", "FY2025", "new", 12.0),
    )
    assert sellers.redefined(rows, 2023, ["AWS", "Alibaba Cloud"]).number == 1.0
    assert sellers.redefined(rows, 2023, ["AWS"]).number == 0.0
    assert not sellers.redefined(rows, 2023, ["AWS", "Google Cloud"]).known


def test_what_a_definition_names_is_counted_in():
    rows = filings(
        ("Google Cloud", "revenue", "2025Q2", "one", 13.0),
        ("Google Cloud", "revenue", "2026Q2", "with chips sold", 24.0),
    )
    found = [
        sellers.counts_in(rows, "Google Cloud", quarter, "chips sold")
        for quarter in ("2025Q2", "2026Q2", "2026Q3")
    ]
    assert [each.number for each in found[:2]] == [0.0, 1.0] and not found[2].known


def test_a_margin_is_income_over_revenue_by_the_newest_count():
    assert sellers.margin(FILED, "AWS", "2024").number == close(0.40)
    assert sellers.years_of(FILED, "AWS", "operating_income") == ["2022", "2023", "2024"]
    assert sellers.years_of(FILED, "Google Cloud", "operating_income") == []
    table = sellers.margins(FILED, ["AWS", "Google Cloud"], 2022, "")
    assert list(table["year"]) == [2023, 2024]  # income of 2022 was counted another way
    assert list(table["margin"]) == close([0.25, 0.40]) and not table["now"].any()


def test_the_margin_of_a_quarter_stands_after_the_years_that_it_follows():
    quarter = filings(("AWS", "operating_income", "2025Q1", "after", 7.0))
    both = pd.concat([FILED, quarter])
    table = sellers.margins(both, ["AWS"], 2022, "2025Q1")
    now = table[table["now"]]
    assert list(now["margin"]) == close([0.2])
    assert list(now["year"]) == close([2025 + 1.5 / 12 - 0.5])  # 2024 has its middle at 2024
    assert not sellers.margins(both, ["AWS"], 2022, "2024Q1")["now"].any()  # a year has it


PACES = named(
    [
        ("Amazon", "run_rate", "2026-03-31", 14.0),
        ("Amazon", "run_rate", "2026-05-05", 17.0),
        ("Amazon", "assumed", "2026-03-31", 99.0),
    ],
    "company metric date value",
    "ai_revenue",
).assign(date=lambda table: pd.to_datetime(table["date"]))


def test_the_pace_of_ai_is_told_of_the_end_of_a_quarter():
    told = sellers.ai_paces(PACES, "Amazon")
    assert list(told) == ["2026Q1"]
    assert list(sellers.ai_paces(PACES, "Amazon", "assumed")) == ["2026Q1"]
    ai, whole = told["2026Q1"], sellers.pace(FILED, "AWS", "2025Q1")
    assert (ai.number, whole.number) == (14.0, 140.0)


STEADY = "revenue_growth_constant_currency"
AZURE = filings(  # percent, in thousands; AI's part is told under both definitions of one quarter
    ("Azure", "revenue_growth", "FY2024Q3", "old", 0.031),
    ("Azure", "growth_from_ai", "FY2024Q3", "old", 0.007),
    ("Azure", "revenue_growth", "FY2024Q4", "old", 0.029),
    ("Azure", "growth_from_ai", "FY2024Q4", "old", 0.008),
    ("Azure", "growth_from_ai", "FY2024Q4", "new", 0.011),
    ("Azure", "revenue_growth", "FY2025Q1", "new", 0.033),
    ("Azure", STEADY, "FY2025Q1", "new", 0.034),
    ("Azure", "growth_from_ai", "FY2025Q1", "new", 0.012),
)


def test_growth_without_ai_is_told_within_one_definition():
    """31 less 7 to 29 less 8 under the old one; under the new one a quarter has no growth."""
    table = sellers.growth_from_ai(AZURE, "Azure")
    assert list(table["definition"]) == [0, 0, 1]
    assert list(table["rest"]) == close([0.24, 0.21, 0.21])
    first, last = sellers.rests_of_growth(AZURE, "Azure", 0)
    assert (first.number, last.number) == (close(0.24), close(0.21))
    assert list(last.rows[0]["metric"]) == ["revenue_growth", "growth_from_ai"]
    assert not sellers.rests_of_growth(AZURE, "Azure", 1)[0].known  # one quarter shows no change
    assert list(sellers.growth_from_ai(AZURE, "Azure", STEADY)["rest"]) == close([0.22])
    assert not sellers.rests_of_growth(AZURE, "Azure", 0, STEADY)[0].known


def test_the_points_of_a_quarter_make_its_growth():
    table = sellers.points_by_quarter(AZURE, "Azure", ["before", "since"])
    assert list(table.groupby("quarter", sort=False)["points"].sum()) == close([0.31, 0.29, 0.33])
    assert list(table["definition"].unique()) == ["before", "since"]
    assert set(table["kind"]) == {"from AI", "all else"}


def test_growth_of_the_rest_depends_on_the_part_that_is_taken_out():
    """From 100 with 20 of AI to 200 with 100: the rest goes from 80 to 100, or from 90 to 150."""
    then, now = ((Given(whole), Given(ai)) for whole, ai in ((100.0, 20.0), (200.0, 100.0)))
    years = 1.25
    yearly = 1 / years
    assert sellers.growth_of_rest(then, now, years, 1.0).number == close(1.25**yearly - 1)
    table = sellers.rests_at(then, now, years, pd.DataFrame({"ai_counted": [1.0, 0.5]}))
    assert list(table["microsoft-without-ai-year"]) == close(
        [1.25**yearly - 1, (150 / 90) ** yearly - 1]
    )
    assert not sellers.growth_of_rest(then, (Given(), Given()), years, 1.0).known


RENTERS = named(
    [
        ("CoreWeave", "revenue", "2026Q1", "quarter", "2026-03-31", 2_100.0),
        ("CoreWeave", "revenue", "2025", "calendar_year", "2025-12-31", 5_100.0),
        ("IREN", "revenue", "2026Q1", "quarter", "2026-03-31", 1.0),
    ],
    "company metric period period_type period_end value",
    "neoclouds",
).assign(period_end=lambda table: pd.to_datetime(table["period_end"]))


def test_a_growth_that_is_told_is_a_fraction_of_its_period():
    rows = filings(("Azure", "growth_from_ai", "FY2025Q3", "one", 0.016))  # 16 points
    assert sellers.rate_told(rows, "Azure", "growth_from_ai", "FY2025Q3").number == close(0.16)
    assert not sellers.rate_told(rows, "Azure", "growth_from_ai", "FY2025Q4").known
    assert not sellers.rate_told(rows, "Azure", "revenue_growth", "FY2025Q3").known


def test_the_fastest_year_at_steady_rates_is_a_later_one():
    steady = "revenue_growth_constant_currency"
    told = (("2023", 0.027), ("2025", 0.023), ("2026", 0.025))  # of percent, in thousands
    rows = filings(*(("AWS", steady, each, "one", rate) for each, rate in told))
    assert sellers.fastest_steady(rows, "AWS", "2023").number == close(0.25)
    assert not sellers.fastest_steady(rows, "AWS", "2026").known


def test_the_part_of_one_customer_is_a_fraction():
    row = {"metric": "revenue_from_microsoft", "period": "2024", "value": 62.0}
    paid = RENTERS[RENTERS["period"] == "2025"].assign(**row)
    part = sellers.part_from(paid, "CoreWeave", "revenue_from_microsoft", "2024")
    assert part.number == close(0.62)
    assert not sellers.part_from(paid, "CoreWeave", "revenue_from_microsoft", "2025").known


def test_a_renter_has_its_numbers_by_the_period_that_it_files():
    assert list(sellers.periods_of(RENTERS, "CoreWeave", "revenue", "quarter")) == ["2026Q1"]
    assert sellers.small_in(RENTERS, "CoreWeave", "revenue", "2025").number == close(5.1)
    assert not sellers.small_in(RENTERS, "Nebius", "revenue", "2025").known


def test_nothing_is_known_from_an_empty_table():
    silent = FILED.iloc[:0]
    assert sellers.last_year(silent, "AWS") == ""
    assert sellers.growth_by_year(silent, 2018, 2023).empty
    assert sellers.margins(silent, ["AWS"], 2014, "2025Q1").empty
    assert sellers.by_quarter(silent, "AWS") == sellers.growth_by_quarter(silent, "AWS") == {}
    assert sellers.ai_paces(PACES.iloc[:0], "Amazon") == {}
    assert sellers.points_by_quarter(silent, "Azure", []).empty
