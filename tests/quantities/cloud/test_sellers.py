"""Who sells the cloud: growth, margins, spending, promises, from literal rows."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.cloud import sellers

PLACE = {"source": "x", "locator": "p. 1", "confidence": "verified"}


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def named(rows: list[tuple], columns: str, name: str) -> pd.DataFrame:
    """A table with the labels and attributes that loading gives."""
    table = pd.DataFrame(rows, columns=columns.split()).assign(**PLACE)
    table.index = pd.Index([f"data/{name}.csv:{line + 2}" for line in range(len(table))])
    table.attrs = {"table": name}
    return table


def filings(*rows: tuple) -> pd.DataFrame:
    """Rows of (segment, metric, period, scope, value in billion), published in their order."""
    table = named(list(rows), "segment metric period scope value", "cloud_revenue")
    fiscal, quarter = (table["period"].str.contains(each) for each in ("FY", "Q"))
    kinds = np.where(quarter, "quarter", "year")
    form = np.where(fiscal, "fiscal_", np.where(quarter, "", "calendar_"))
    calendar = table["period"].str.replace("FY", "")
    ends = [pd.Period(each, freq="Q" if "Q" in each else "Y").end_time for each in calendar]
    return table.assign(
        value=table["value"] * 1000.0,
        period_type=[a + b for a, b in zip(form, kinds, strict=True)],
        period_end=[end.normalize() for end in ends],
        known_from=pd.Timestamp("2020-01-01") + pd.to_timedelta(range(len(table)), unit="D"),
    )


FILED = filings(
    ("Intelligent Cloud", "revenue", "FY2022", "old", 75.0),
    ("Intelligent Cloud", "revenue", "FY2023", "old", 90.0),
    ("Intelligent Cloud", "revenue", "FY2023", "new", 72.0),
    ("Intelligent Cloud", "revenue", "FY2024", "new", 90.0),
    ("AWS", "revenue", "2022", "one", 80.0),
    ("AWS", "revenue", "2023", "one", 88.0),
    ("AWS", "revenue", "2024", "one", 110.0),
    ("AWS", "revenue", "2024Q1", "one", 25.0),
    ("AWS", "revenue", "2025Q1", "one", 35.0),
    ("AWS", "operating_income", "2022", "before", 30.0),
    ("AWS", "operating_income", "2023", "after", 22.0),
    ("AWS", "operating_income", "2024", "after", 44.0),
)


def test_growth_is_not_computed_across_two_definitions():
    assert sellers.growth_into(FILED, "Intelligent Cloud", "FY2024").number == close(0.25)
    assert sellers.growth_into(FILED, "Intelligent Cloud", "FY2023").number == close(0.20)
    assert not sellers.growth_into(FILED, "Intelligent Cloud", "FY2024", years=2).known


def test_a_quarter_grows_on_the_quarter_of_the_year_before():
    assert sellers.year_before("FY2026Q3") == "FY2025Q3"
    assert sellers.year_before("2024", 2) == "2022"
    assert sellers.growth_into(FILED, "AWS", "2025Q1").number == close(0.40)


def test_growth_since_takes_as_many_years_as_are_filed():
    assert sellers.growth_since(FILED, "AWS", "2022", 1).number == close(0.10)
    assert sellers.growth_since(FILED, "AWS", "2022", 5).number == close((110 / 80) ** 0.5 - 1)
    assert not sellers.growth_since(FILED, "AWS", "2024", 5).known


def test_growth_by_year_ends_with_the_newest_quarter():
    table = sellers.growth_by_year(FILED, first=2023, turn=2023)
    aws = table[table["segment"] == "AWS"]
    assert list(aws["growth"].dropna()) == close([0.10, 0.25, 0.40])
    assert list(aws["when"]) == ["up to 2023", "after 2023", *["newest quarter"] * 2]
    assert list(aws["label"]) == ["’23", "’24", " ", "Q1 ’25"]
    fiscal = table[table["segment"] == "Intelligent Cloud"]
    assert list(fiscal["label"])[0] == "FY23"


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


def test_a_margin_is_income_over_revenue_by_the_newest_count():
    assert sellers.margin(FILED, "AWS", "2024").number == close(0.40)
    table = sellers.margins(FILED, ["AWS", "Google Cloud"], 2022)
    assert list(table["year"]) == [2023, 2024]  # income of 2022 was counted another way
    assert list(table["margin"]) == close([0.25, 0.40])


SPENT = named(
    [
        ("Amazon", "capex", "2024", "year", 55_000.0),
        ("Microsoft", "capex", "FY2024", "year", 45_000.0),
        ("Alphabet", "capex", "2024", "year", 50_000.0),
    ],
    "company metric period period_type value",
    "company_financials",
)


def test_spending_is_set_against_the_cloud():
    assert sellers.spending(FILED, SPENT, "Amazon", 2024).number == close(0.5)
    assert not sellers.spending(FILED, SPENT, "Alphabet", 2024).known
    added = filings(("AWS", "property_additions", "2024", "one", 44.0))
    both = pd.concat([FILED, added])
    assert sellers.additions(both, "AWS", 2024).number == close(0.4)
    assert not sellers.additions(FILED, "AWS", 2024).known
    ratios = sellers.spending_by_year(both, SPENT, 2022).set_index("name")["ratio"]
    assert dict(ratios) == {"Amazon": close(0.5), "Microsoft": close(0.5), "AWS alone": close(0.4)}
    assert sellers.spending_by_year(both, SPENT, 2025).empty


CHANGES = named(
    [
        (
            "Amazon",
            "servers",
            3.0,
            4.0,
            "2020-01-01",
            "depreciation_and_amortization",
            "2020",
            -2700,
        ),
        (
            "Amazon",
            "servers",
            5.0,
            6.0,
            "2024-01-01",
            "depreciation_and_amortization",
            "2024",
            -3200,
        ),
        ("Amazon", "servers", 5.0, 6.0, "2024-01-01", "operating_income_expected", "2024", 3100),
        ("Amazon", "subset of servers", 6.0, 5.0, "2025-01-01", "none_stated", "2025", None),
    ],
    "company asset years_before years_after effective_from effect_on effect_period value",
    "useful_lives",
).assign(effective_from=lambda table: pd.to_datetime(table["effective_from"]))


def test_lives_run_in_steps_and_a_part_stands_apart():
    table = sellers.lives(CHANGES, "Amazon", 2014, 2025)
    assert list(table["year"]) == [2014, 2020, 2024, 2025, 2025]
    assert list(table["life"]) == [3.0, 4.0, 6.0, 5.0, 6.0]
    assert list(table["part"]) == [False, False, False, True, False]
    assert sellers.lives(CHANGES.iloc[:0], "Amazon", 2014, 2025).empty


def test_effects_of_a_longer_life():
    assert sellers.effect_of_life(CHANGES, "Amazon", 2024).number == close(3.1)
    assert sellers.smallest_cut(CHANGES, "Amazon").number == close(-2.7)
    assert not sellers.smallest_cut(CHANGES.iloc[:0], "Amazon").known


FLOWS = named(
    [
        ("Amazon", "2024", "free_cash_flow", 38_000.0),
        ("Amazon", "2024", "operating_cash_flow", 1.0),
    ],
    "company period measure value",
    "cash_flows",
)


def test_free_cash():
    assert sellers.free_cash(FLOWS, "Amazon", "2024").number == close(38.0)
    assert not sellers.free_cash(FLOWS, "Oracle", "2024").known


PACES = named(
    [("Amazon", "run_rate", "2026-03-31", 14.0), ("Amazon", "assumed", "2026-03-31", 99.0)],
    "company metric date value",
    "ai_revenue",
).assign(date=lambda table: pd.to_datetime(table["date"]))


def test_ai_and_the_rest_make_the_whole():
    ai, whole = sellers.ai_pace(PACES, "Amazon", "2026-03-31"), sellers.pace(FILED, "AWS", "2025Q1")
    assert (ai.number, whole.number) == (14.0, 140.0)
    parts = sellers.ai_parts({"AWS": (whole, ai)})
    assert list(parts["value"]) == [14.0, 126.0] and list(parts["share"]) == close([0.1, 0.1])
    unknown = sellers.ai_pace(PACES, "Amazon", "2025-03-31")
    alone = sellers.ai_parts({"AWS": (whole, unknown)})
    assert list(alone["kind"]) == ["AI not told"] and list(alone["value"]) == [whole.number]
    assert sellers.ai_parts({"AWS": (unknown, unknown)}).empty


def test_growth_of_the_rest_depends_on_the_part_that_is_taken_out():
    """From 100 with 20 of AI to 200 with 100: the rest goes from 80 to 100, or from 90 to 150."""
    then, now = ((Given(whole), Given(ai)) for whole, ai in ((100.0, 20.0), (200.0, 100.0)))
    yearly = 1 / sellers.SPAN
    assert sellers.growth_of_rest(then, now, 1.0).number == close(1.25**yearly - 1)
    table = sellers.rests_at(then, now, pd.DataFrame({"ai_counted": [1.0, 0.5]}))
    assert list(table["microsoft-without-ai"]) == close(
        [1.25**yearly - 1, (150 / 90) ** yearly - 1]
    )
    assert not sellers.growth_of_rest(then, (Given(), Given()), 1.0).known


BACKLOG = named(
    [
        ("Oracle", "all", "remaining_performance_obligations", "2026Q1", 500_000.0),
        ("Oracle", "all", "contract_of_openai", "2026Q1", 300_000.0),
        ("Amazon", "AWS", "backlog", "2026Q1", 364_000.0),
        ("Amazon", "mostly AWS", "remaining_performance_obligations", "2026Q1", 1.0),
        ("Alphabet", "mostly Google Cloud", "obligations_of_a_year_or_less", "2026Q1", 7_300.0),
    ],
    "company business measure quarter value",
    "backlog",
)


def test_what_is_under_contract_and_whose():
    assert sellers.under_contract(BACKLOG, "Amazon", "2026Q1").number == close(364.0)
    assert sellers.of_customer(BACKLOG, "Oracle", "2026Q1").number == close(300.0)
    assert sellers.short_contracts(BACKLOG, "Alphabet", "2026Q1").number == close(7.3)
    assert not sellers.short_contracts(BACKLOG, "Alphabet", "2025Q4").known
    table = sellers.customers(BACKLOG, "2026Q1")
    assert set(table["company"]) == {"Oracle"}  # Amazon's customer is not told here
    assert list(table["value"]) == close([300.0, 200.0])
    assert list(table["known"]) == close([0.6, 0.6])


RENTERS = named(
    [
        ("CoreWeave", "revenue", "2026Q1", "quarter", "2026-03-31", 2_100.0),
        ("CoreWeave", "revenue", "2025", "calendar_year", "2025-12-31", 5_100.0),
        ("IREN", "revenue", "2026Q1", "quarter", "2026-03-31", 1.0),
    ],
    "company metric period period_type period_end value",
    "neoclouds",
).assign(period_end=lambda table: pd.to_datetime(table["period_end"]))


def test_the_small_stand_beside_oracle():
    oracle = filings(("Oracle Cloud Infrastructure", "revenue", "2026Q1", "one", 4.9))
    table = sellers.small(RENTERS, oracle)
    assert dict(zip(table["company"], table["revenue"], strict=True)) == {
        "Oracle infrastructure": 4.9,
        "CoreWeave": 2.1,
    }
    assert not table["beside"].any()  # Oracle has told no later quarter than CoreWeave
    later = filings(
        ("Oracle Cloud Infrastructure", "revenue", "2026Q1", "one", 4.9),
        ("Oracle Cloud Infrastructure", "revenue", "2026Q2", "one", 5.8),
    )
    table = sellers.small(RENTERS, later)
    assert list(table[table["beside"]]["revenue"]) == [4.9]
    assert sellers.small_in(RENTERS, "CoreWeave", "revenue", "2025").number == close(5.1)
    assert not sellers.small_in(RENTERS, "Nebius", "revenue", "2025").known


def test_nothing_is_known_from_an_empty_table():
    silent = FILED.iloc[:0]
    assert sellers.last_year(silent, "AWS") == ""
    assert sellers.growth_by_year(silent, 2018, 2023).empty
    assert sellers.margins(silent, ["AWS"], 2014).empty
    assert sellers.spending_by_year(silent, SPENT, 2016).empty
    assert sellers.customers(BACKLOG.iloc[:0], "2026Q1").empty
