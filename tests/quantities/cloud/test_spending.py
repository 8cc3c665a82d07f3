"""What the sellers of the cloud spend, from literal rows."""

import pandas as pd
from selling import FILED, close, filings, named

from computecycle.quantities.cloud import spending

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
    assert spending.spending(FILED, SPENT, "Amazon", "2024").number == close(0.5)
    assert not spending.spending(FILED, SPENT, "Alphabet", "2024").known
    added = filings(("AWS", "property_additions", "2024", "one", 44.0))
    both = pd.concat([FILED, added])
    assert spending.additions(both, "AWS", "2024").number == close(0.4)
    assert not spending.additions(FILED, "AWS", "2024").known
    assert spending.years_spent(FILED, SPENT, "Amazon") == ["2024"]
    assert spending.years_spent(FILED, SPENT, "Microsoft") == ["2024"]  # of its fiscal year
    assert spending.years_spent(FILED, SPENT, "Alphabet") == []
    ratios = spending.spending_by_year(both, SPENT, 2022).set_index("name")["ratio"]
    assert dict(ratios) == {"Amazon": close(0.5), "Microsoft": close(0.5), "AWS alone": close(0.4)}
    assert spending.spending_by_year(both, SPENT, 2025).empty
    assert spending.spending_by_year(FILED.iloc[:0], SPENT, 2016).empty


QUARTERS = named(
    [
        ("Amazon", "capex_with_finance_leases", f"2024Q{each}", "quarter", ends, 22_000.0)
        for each, ends in enumerate(["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"], 1)
    ],
    "company metric period period_type period_end value",
    "company_financials",
).assign(period_end=lambda table: pd.to_datetime(table["period_end"]))


def test_with_leases_a_year_is_its_four_quarters():
    assert spending.with_leases(FILED, QUARTERS, "Amazon", "2024").number == close(0.8)
    assert not spending.with_leases(FILED, QUARTERS.iloc[1:], "Amazon", "2024").known
    both = pd.concat([QUARTERS, SPENT])
    assert spending.last_leased(FILED, both, "Amazon") == "2024"
    assert spending.last_leased(FILED, both, "Microsoft") == ""
    assert not spending.with_leases(FILED, QUARTERS, "Alphabet", "2024").known


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
        ("Alphabet", "servers", 4.0, 6.0, "2023-01-01", "depreciation", "2023", -3900),
        ("Amazon", "subset of servers", 6.0, 5.0, "2025-01-01", "none_stated", "2025", None),
    ],
    "company asset years_before years_after effective_from effect_on effect_period value",
    "useful_lives",
).assign(effective_from=lambda table: pd.to_datetime(table["effective_from"]))


def test_lives_run_in_steps_and_a_part_stands_apart():
    table = spending.lives(CHANGES, "Amazon", 2014, 2025)
    assert list(table["year"]) == [2014, 2020, 2024, 2025, 2025]
    assert list(table["life"]) == [3.0, 4.0, 6.0, 5.0, 6.0]
    assert set(table["company"]) == {"Amazon"}
    assert list(table["part"]) == [False, False, False, True, False]
    assert spending.lives(CHANGES.iloc[:0], "Amazon", 2014, 2025).empty


def test_effects_of_a_longer_life():
    assert spending.effect_of_life(CHANGES, "Amazon", 2024).number == close(3.1)
    assert spending.smallest_cut(CHANGES, "Amazon").number == close(-2.7)
    assert not spending.smallest_cut(CHANGES.iloc[:0], "Amazon").known
    assert spending.cut(CHANGES, "Alphabet", 2023).number == close(3.9)
    assert not spending.cut(CHANGES, "Alphabet", 2024).known


FLOWS = named(
    [
        ("Amazon", "TTM2026Q2", "2026-06-30", "free_cash_flow", -7_000.0),
        ("Amazon", "2024", "2024-12-31", "free_cash_flow", 38_000.0),
        ("Amazon", "TTM2026Q3", "2026-09-30", "operating_cash_flow", 1.0),
    ],
    "company period period_end measure value",
    "cash_flows",
).assign(period_end=lambda table: pd.to_datetime(table["period_end"]))


def test_free_cash():
    assert spending.free_cash(FLOWS, "Amazon", "2024").number == close(38.0)
    assert not spending.free_cash(FLOWS, "Oracle", "2024").known


def test_the_newest_year_of_cash_may_be_twelve_months():
    assert spending.last_cash(FLOWS, "Amazon") == "TTM2026Q2"
    assert spending.last_cash(FLOWS, "Amazon", "2026Q2") == "TTM2026Q2"
    assert spending.last_cash(FLOWS, "Amazon", "2026Q3") == ""
    assert spending.last_cash(FLOWS, "Oracle") == ""


def test_cash_of_four_quarters():
    quarters = ["2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2"]
    rows = [
        ("Alphabet", each, pd.Period(each).end_time.normalize(), "free_cash_flow", value)
        for each, value in zip(quarters, (5e3, 24e3, 25e3, 10e3, -6e3), strict=True)
    ]
    rows.append(("Alphabet", "2025", pd.Timestamp("2025-12-31"), "free_cash_flow", 73_000.0))
    flows = named(rows, "company period period_end measure value", "cash_flows")
    assert spending.cash_of_quarters(flows, "Alphabet", "2026Q2").number == close(53.0)
    assert spending.cash_of_quarters(flows, "Alphabet", "2026Q1").number == close(64.0)
    assert not spending.cash_of_quarters(flows, "Alphabet", "2025Q4").known
    gap = flows[flows["period"] != "2025Q4"]
    assert not spending.cash_of_quarters(gap, "Alphabet", "2026Q2").known
    assert not spending.cash_of_quarters(flows, "Alphabet", "").known
