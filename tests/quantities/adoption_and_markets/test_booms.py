"""Spending over output: closed forms on literal rows."""

import pandas as pd
import planning
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities import filings
from computecycle.quantities.adoption_and_markets import booms
from computecycle.quantities.filings import COMPANIES

AMERICAN = "Railways, United States: their spending, a floor"


def rows(name: str, columns: str, *cells: tuple) -> pd.DataFrame:
    made = pd.DataFrame(cells, columns=columns.split())
    for column in ("known_from", "period_end"):
        if column in made:
            made[column] = pd.to_datetime(made[column])
    made.index = [f"data/{name}.csv:{line}" for line in range(2, len(made) + 2)]
    made = made.assign(source="s", locator="x", confidence="single_source")
    made.attrs = {"table": name}
    return made


def past() -> pd.DataFrame:
    _, country, measure, _ = booms.PEAKS[AMERICAN]
    columns = "boom country year measure investment unit gdp gdp_unit stated_share known_from"
    mill, day = "USD million", "2026-09-27"
    return rows(
        "investment_booms",
        columns,
        ("railways", country, 1870, measure, 380.0, mill, 7600.0, mill, 4.8, day),
        ("railways", country, 1871, measure, 420.0, mill, 7000.0, mill, 5.4, day),
        ("railways", country, 1910, measure, 900.0, mill, 9000.0, mill, 10.0, day),
        ("AI", country, 2025, booms.TOLD, None, None, None, None, 1.3, day),
    )


def test_software_is_a_part_of_what_it_is_counted_in():
    columns = "boom country year measure investment known_from"
    told = rows(
        "investment_booms",
        columns,
        ("computers", "United States", 2024, booms.CODE, 20.0, "2026-05-15"),
        ("computers", "United States", 2025, booms.CODE, 30.0, "2026-05-15"),
        ("computers", "United States", 2025, booms.SOFTWARE, 60.0, "2026-05-15"),
    )
    assert booms.software_part(told, told.tail(1)).number == 0.5
    assert not booms.software_part(told, told.iloc[:0]).known


def quarterly(company: str, metric: str, year: int, each: float) -> list[tuple]:
    ends = ("03-31", "06-30", "09-30", "12-31")
    return [
        (company, metric, f"{year}Q{n}", "quarter", f"{year}-{end}", each, "2026-02-05")
        for n, end in enumerate(ends, 1)
    ]


def financials() -> pd.DataFrame:
    spent = [
        row
        for company in COMPANIES
        for metric in ("capex", "capex_with_finance_leases")
        for row in quarterly(company, metric, 2025, 10_000.0)
    ]
    worn = [
        (who, "depreciation", "2025", "calendar_year", "2025-12-31", 12_000.0, "2026-02-05")
        for who in COMPANIES[:3]
    ]
    columns = "company metric period period_type period_end value known_from"
    return rows("company_financials", columns, *spent, *worn)


GUIDANCE = rows("capex_guidance", planning.COLUMNS, *planning.PLANS)


def test_a_share_is_computed_where_it_can_be_and_else_as_stated():
    assert booms.shares(past()).tolist() == pytest.approx([0.05, 0.06, 0.10, 0.013])


def test_a_peak_is_sought_in_its_own_time():
    row = booms.peak(past(), AMERICAN)
    assert list(row["year"]) == [1871] and booms.number(row).number == pytest.approx(0.06)
    assert booms.number(booms.newest(past(), booms.TOLD)).number == pytest.approx(0.013)
    assert not booms.number(booms.peak(past().iloc[:0], AMERICAN)).known


def test_output_is_of_the_newest_vintage():
    gdp = rows(
        "us_gdp",
        "year vintage value known_from",
        (2023, "2025-02", 27_000.0, "2025-02-01"),
        (2023, "2026-05", 28_000.0, "2026-05-15"),
    )
    gdp["known_from"] = pd.to_datetime(gdp["known_from"])
    assert booms.output(gdp, 2023).number == 28_000.0
    assert not booms.output(gdp, 2024).known


def test_wear_is_taken_from_the_second_table_where_the_first_has_none():
    filed = rows(
        "filed_depreciation",
        "company measure period period_end value known_from",
        ("Meta", "depreciation_and_amortization", "2025", "2025-12-31", 18_000.0, "2026-02-02"),
    )
    assert booms.wear(financials(), filed, 2025).number == pytest.approx(3 * 12 + 18)
    assert not booms.wear(financials(), filed.iloc[:0], 2025).known


def test_the_least_rise_is_of_plans_over_what_was_spent():
    """Plans of 100, 60, 50 and 80 over 40 spent by each."""
    assert booms.raising(financials(), filings.plans(GUIDANCE, 2026), 2025).number == 1.25


def test_a_label_has_the_year_of_its_row():
    assert booms.dated("Told", booms.newest(past(), booms.TOLD)) == "Told, 2025"
    assert booms.dated("Told", past().iloc[:0]) == "Told"


def test_spending_by_firm_has_the_plan_last_and_names_what_counts_otherwise():
    leases = (financials()["company"] == "Microsoft") & financials()["metric"].str.endswith(
        "leases"
    )
    shown = booms.by_firm(financials()[~leases], filings.plans(GUIDANCE, 2026), 2025)
    assert shown[shown["company"] == "Alphabet"][
        ["year", "low", "high", "kind"]
    ].values.tolist() == [
        [2025, 40.0, 40.0, "filed"],
        [2026, 50.0, 70.0, "plan"],
    ]
    assert list(shown["kind"][shown["company"] == "Microsoft"]) == ["filed otherwise", "plan"]
    assert booms.lacking(shown, 2025, 2025) == ""
    assert booms.lacking(shown[1:], 2025, 2025) == "Amazon in 2025"


def flows(spent: float) -> pd.DataFrame:
    columns = "company period measure value known_from"
    return rows(
        "cash_flows",
        columns,
        ("Oracle", "FY2026", "operating_cash_flow", 30_000.0, "2026-06-22"),
        ("Oracle", "FY2026", "free_cash_flow", 30_000.0 - spent, "2026-06-22"),
    )


def test_a_fiscal_year_to_may_counts_by_its_months():
    """Five months of 60 a year and seven of 96: 25 and 56."""
    other = rows(
        "capex_guidance",
        planning.COLUMNS,
        ("Oracle", 2026, "fiscal_year", 50_000.0, 50_000.0, "2026-03-10"),
        ("Oracle", 2027, "fiscal_year", 90_000.0, 96_000.0, "2026-09-11"),
        ("CoreWeave", 2026, "calendar_year", 31_000.0, 35_000.0, "2026-05-07"),
        ("CoreWeave", 2026, "calendar_year", 35_000.0, 39_000.0, "2026-08-11"),
    )
    oracle, coreweave = booms.outside(other, flows(60_000.0), 2026)
    assert (oracle.number, coreweave.number) == (pytest.approx(81.0), 39.0)
    assert not booms.outside(other[other["for_year"] == 2026], flows(60_000.0), 2026)[0].known
    assert not booms.outside(other, flows(60_000.0).iloc[:1], 2026)[0].known


def test_bars_leave_out_what_is_unknown():
    now = {
        "a": (booms.number(booms.newest(past(), booms.TOLD)), "told or planned"),
        "b": (booms.number(past().iloc[:0]), "measured"),
    }
    shown = booms.bars({AMERICAN: booms.peak(past(), AMERICAN)}, now)
    assert shown["label"].tolist() == [f"{AMERICAN}, 1871", "a"]


def test_bars_stand_the_largest_first():
    now = {"more": (Given(0.07), "measured"), "less": (Given(0.01), "measured")}
    shown = booms.bars({AMERICAN: booms.peak(past(), AMERICAN)}, now)
    assert shown["label"].tolist() == ["more", f"{AMERICAN}, 1871", "less"]
