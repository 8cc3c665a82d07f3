"""What companies filed: years, quarters, the four together."""

import pandas as pd
import planning
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities import filings


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=columns.split())
    return found.set_axis([f"row:{line}" for line in range(2, len(found) + 2)])


FILED = table(
    "company metric period period_type value",
    ("Meta", "capex", "2024", "calendar_year", 37000.0),
    ("Amazon", "capex", "2024", "calendar_year", 80000.0),
    ("Microsoft", "capex", "FY2024", "fiscal_year", 44000.0),
    ("Alphabet", "capex", "2024", "calendar_year", 52000.0),
    *(("Microsoft", "capex", f"2024Q{n}", "quarter", 10000.0 + n) for n in (1, 2, 3, 4)),
    ("Amazon", "capex", "2023", "calendar_year", 50000.0),
    ("Microsoft", "capex", "2023Q1", "quarter", 6000.0),
    ("Amazon", "net_income", "2024", "calendar_year", 59000.0),
    ("Meta", "net_income", "2024", "calendar_year", 62000.0),
    ("Meta", "net_income", "2021", "calendar_year", 39000.0),
)  # fmt: skip


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def records(found: pd.DataFrame) -> list[tuple]:
    return [tuple(row) for row in found.itertuples(index=False)]


def test_the_newest_period_is_the_one_that_all_have():
    one, other = ["2025Q4", "2026Q1", "2026Q2"], {"2026Q1": 1, "2025Q4": 2}
    assert filings.last_of_all(one) == "2026Q2"
    assert filings.last_of_all(one, other) == "2026Q1"
    assert filings.last_of_all(one, other, since="2026Q1") == "2026Q1"
    assert filings.last_of_all(one, other, since="2026Q2") == ""
    assert filings.last_of_all(one, []) == filings.last_of_all([], since="2026Q1") == ""


def test_a_fiscal_quarter_is_that_of_the_calendar_in_which_it_ends():
    ends = pd.Series(pd.to_datetime(["2026-06-30", "2026-05-31"]))
    assert list(filings.calendar_quarters(ends)) == ["2026Q2", "2026Q2"]


def test_years_as_filed_are_in_billions_in_the_order_of_the_companies():
    assert records(filings.yearly(FILED, "capex")) == [
        ("Amazon", 2023, 50),
        ("Amazon", 2024, 80),
        ("Microsoft", 2024, 44),
        ("Alphabet", 2024, 52),
        ("Meta", 2024, 37),
    ]


CALENDAR = {
    "whole-year": ("Amazon", 2024, 80.0, 1),
    "four-quarters": ("Microsoft", 2024, 40.01, 4),
}


@pytest.mark.parametrize(("company", "year", "value", "count"), CALENDAR.values(), ids=CALENDAR)
def test_a_calendar_year(company, year, value, count):
    found = filings.calendar_year(FILED, company, "capex", year)
    assert found.number == close(value) and len(found.rows[0]) == count


@pytest.mark.parametrize(("company", "year"), [("Microsoft", 2023), ("Meta", 2023)])
def test_a_year_that_was_not_filed_in_full_is_unknown(company, year):
    assert not filings.calendar_year(FILED, company, "capex", year).known


def test_the_four_together_use_calendar_quarters_of_microsoft():
    found = filings.together(FILED, "capex", 2024)
    assert found.number == close(80 + 40.01 + 52 + 37)
    assert len(found.rows) == 4


def test_the_four_together_are_unknown_when_one_is_missing():
    assert not filings.together(FILED, "capex", 2023).known


def test_the_last_year_is_one_of_which_all_have_filed_all():
    dated = FILED.assign(period_end=pd.to_datetime(FILED["period"].str[-6:-2].where(
        FILED["period"].str.contains("Q"), FILED["period"].str[-4:])))  # fmt: skip
    assert filings.last_year(dated, "capex") == 2024
    assert filings.last_year(dated, "capex", among=[2023]) == 0
    assert filings.last_year(dated, "capex", "net_income") == 0, "not filed by all"
    assert filings.last_year(dated.iloc[:0], "capex") == 0


PLANS = table(planning.COLUMNS, *planning.PLANS)


def test_the_newest_plan_of_each_counts_once():
    plans = filings.plans(PLANS, 2026)
    assert filings.planned(plans, "low").number == 290.0
    assert filings.planned(plans, "high").number == 320.0
    assert not filings.planned(plans[plans["company"] != "Meta"], "low").known


def test_spending_is_counted_as_plans_are():
    leased = [(who, "capex_with_finance_leases", "2024", "year", 50_000.0)
              for who in ("Microsoft", "Meta")]  # fmt: skip
    both = pd.concat([FILED, table("company metric period period_type value", *leased)])
    assert filings.as_planned(both, 2024).number == close(80 + 50 + 52 + 50)
    assert not filings.as_planned(FILED, 2024).known


def test_a_turn_is_told_from_its_day_on():
    day = pd.Timestamp("2026-05-20")
    assert filings.since(Given(1.0), day, "2026-05-20").known
    assert not filings.since(Given(1.0), day, "2026-05-21").known
    assert not filings.since(Given(1.0), pd.NaT, "2026-05-20").known


def nvidia(*rows: tuple) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=["period", "value"])
    found.index = pd.Index([f"nvidia:{line}" for line in range(2, len(found) + 2)], name="row")
    kind = found["period"].str.contains("Q").map({True: "fiscal_quarter", False: "fiscal_year"})
    return found.assign(metric="data_center_revenue", period_type=kind)


DATA_CENTRE = nvidia(("FY2024Q3", 14500), ("FY2025Q2", 26300), ("FY2025", 115200))


def test_a_filed_quarter_is_multiplied_by_four():
    found = filings.filed_run_rate(DATA_CENTRE, "FY2025Q2")
    assert found.number == close(105.2) and list(found.rows[0].index) == ["nvidia:3"]


@pytest.mark.parametrize("period", ["FY2025Q3", "FY2025"], ids=["not-filed", "a-whole-year"])
def test_only_a_filed_quarter_has_a_run_rate(period):
    assert not filings.filed_run_rate(DATA_CENTRE, period).known


def test_a_quarter_ends_with_its_last_day():
    assert filings.end_of("2026Q2") == pd.Timestamp("2026-06-30")
    assert pd.isna(filings.end_of(""))
