"""What was spent, charged and planned: literal rows, and sums by hand."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.capex_gap import spending

OWN, BOTH = "depreciation_of_property_and_equipment", "depreciation_and_amortization"
LEASED = "capex_with_finance_leases"
FOUR = ["Amazon", "Microsoft", "Alphabet", "Meta"]


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=columns.split())
    return found.set_axis([f"row:{line}" for line in range(2, len(found) + 2)])


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def years(metric: str, *amounts: tuple) -> list[tuple]:
    """Rows of each of the four: year and what all of them file."""
    return [
        (company, metric, f"FY{year}" if company == "Microsoft" else str(year), "year", amount)
        for year, amount in amounts
        for company in FOUR
    ]


FILED = table(
    "company metric period period_type value",
    *years("capex", (2021, 10_000.0), (2022, 14_000.0), (2023, 14_000.0), (2024, 28_000.0)),
    ("Amazon", "capex", "2025", "year", 50_000.0),
    *(("Microsoft", name, f"2024Q{n}", "quarter", 7_000.0)
      for n in (1, 2, 3, 4) for name in ("capex", "net_income")),
    *years("net_income", (2024, 28_000.0)),
    ("Meta", LEASED, "2024", "year", 28_000.0),
    *(("Microsoft", LEASED, f"2024Q{n}", "quarter", 7_000.0) for n in (1, 2, 3, 4)),
)  # fmt: skip


CHARGED = table(
    "company period period_type period_end measure value known_from",
    *((c, "2024", "year", "2024-12-31", BOTH, 9_000.0, "2025-02-01")
      for c in FOUR[1:]),
    ("Amazon", "2024", "year", "2024-12-31", BOTH, 20_000.0, "2025-02-02"),
    ("Amazon", "2024", "year", "2024-12-31", OWN, 4_000.0, "2025-02-01"),
    ("Amazon", "2025Q1", "quarter", "2025-03-31", BOTH, 1.0, "2025-05-01"),
)  # fmt: skip


PLANS = table(
    "company for_year period_type low high known_from",
    ("Amazon", 2025, "calendar_year", 40_000.0, 42_000.0, "2025-02-01"),
    ("Alphabet", 2025, "calendar_year", 30_000.0, 30_000.0, "2025-02-01"),
    ("Meta", 2025, "calendar_year", 1.0, 1.0, "2025-02-01"),
    ("Meta", 2025, "calendar_year", 35_000.0, 37_000.0, "2025-05-01"),
    ("Microsoft", 2025, "fiscal_year", 80_000.0, 80_000.0, "2025-01-01"),
    ("Microsoft", 2025, "calendar_year", 40_000.0, 40_000.0, "2025-01-01"),
)


def test_an_item_is_the_sum_of_its_buyers():
    spend = table(
        "buyer item value total",
        ("A", "x", 2.0, False),
        ("B", "x", 3.0, False),
        ("T", "x", 6.0, True),
    )
    assert spending.item(spend, "x").number == close(5)
    assert not spending.item(spend, "y").known


def test_growth_needs_all_four_in_both_years():
    grown = spending.growth(FILED)
    assert grown["year"].tolist() == [2022, 2023, 2024]
    assert grown["growth"].tolist() == close([0.4, 0.0, 1.0])
    assert grown["spent"].tolist() == close([56.0, 56.0, 112.0])
    assert spending.newest(grown) == 2024 and spending.newest(grown.iloc[:0]) == 0


def test_runs_of_years_above_a_threshold():
    grown = pd.DataFrame({"year": [2014, 2015, 2016, 2018], "growth": [0.4, 0.5, 0.1, 0.6]})
    found = spending.runs(grown, 0.3)
    assert found == [[2014, 2015], [2018]] and spending.longest_run(found) == 2
    assert np.isnan(spending.longest_run(spending.runs(grown, 0.9)))


def test_a_plan_prolongs_the_last_run_or_finishes_it():
    grown = pd.DataFrame({"year": [2014, 2015, 2016, 2017], "growth": [0.4, 0.5, 0.1, 0.6]})
    assert spending.with_plan(grown, 0.3, 0.4) == ([[2014, 2015]], 2.0)
    finished, going_on = spending.with_plan(grown, 0.3, 0.2)
    assert finished == [[2014, 2015], [2017]] and np.isnan(going_on)


def test_plans_grow_over_what_was_filed_the_year_before():
    assert spending.plan_growth(PLANS, FILED, 2025, "low").number == close(145 / 112 - 1)
    assert spending.plan_growth(PLANS, FILED, 2025, "high").number == close(149 / 112 - 1)
    assert not spending.plan_growth(PLANS.iloc[:1], FILED, 2025, "low").known


def test_depreciation_of_property_counts_before_the_wider_line():
    rows = spending.depreciation_rows(CHARGED).set_index("company")["value"]
    assert rows["Amazon"] == 4_000.0 and rows["Meta"] == 9_000.0 and len(rows) == 4
    assert spending.charged_in(CHARGED, 2024).number == close(31.0)
    assert not spending.charged_in(CHARGED.iloc[:2], 2024).known


def test_the_sum_of_what_is_printed_needs_all_four():
    told = table(
        "source entity variable bound value",
        *(("x", {"Alphabet": "Google"}.get(name, name), "y", "value", 2.0) for name in FOUR),
    )
    assert spending.sum_printed(told, "y", "x").number == close(8)
    assert not spending.sum_printed(told.iloc[:3], "y", "x").known


def test_lives_of_servers_before_the_first_and_after_the_last_change():
    changes = table(
        "company asset years_before years_after effective_from",
        ("Amazon", "servers", 3.0, 4.0, "2020-01-01"),
        ("Amazon", "servers", 3.0, 4.0, "2020-01-01"),
        ("Amazon", "subset of servers", 6.0, 5.0, "2025-01-01"),
        ("Meta", "networking equipment", 2.0, 9.0, "2025-01-01"),
        ("Oracle", "servers", 4.0, 5.0, "2022-06-01"),
        ("Alphabet", "servers", 3.0, 6.0, "2021-01-01"),
    )
    lives = spending.server_lives(changes)
    assert spending.cut_again(lives, "Amazon") == (6.0, 5.0)
    assert np.isnan(spending.cut_again(lives, "Alphabet")).all()
    first, last = (spending.lives_at(lives, end) for end in ("first", "last"))
    assert first.to_dict() == {"Alphabet": 3.0, "Amazon": 3.0}
    assert last.to_dict() == {"Alphabet": 6.0, "Amazon": 5.0}
    assert spending.bands({"now": last, "never": last.iloc[:0]}).values.tolist() == [["now", 5, 6]]


def test_bars_of_growth_with_plans_and_waves():
    grown = pd.DataFrame({"year": [2023, 2024], "growth": [-0.1, 0.5]})
    bars = spending.growth_shown(grown, 0.3, 2025, 250.0, {"low": 0.6, "high": 0.7})
    assert bars["kind"].tolist() == ["below", "above", "leased", "planned"]
    assert bars.loc[bars["kind"] == "leased", ["year", "most"]].to_numpy().tolist() == [[2024, 250]]
    assert set(bars["threshold"]) == {0.3}
    assert len(spending.growth_shown(grown, 0.3, 2025, 250.0, {"low": np.nan, "high": 0.7})) == 2
    starts = {"AI": Given(2023.0), "later": Given(2030.0), "none": Given()}
    assert spending.waves(starts, [[2023], [2024]], grown).values.tolist() == [
        ["1 AI", 2023, -0.1],
        ["2 later", 2024, 0.5],
    ]
    assert spending.waves(starts, [[2023, 2024]], grown).empty


def test_spending_over_the_cash_of_the_business():
    quarters = [*spending.quarters_of(2025), "2026Q1"]
    base = pd.DataFrame(
        [(name, each, "quarter") for name in FOUR for each in quarters],
        columns=["company", "period", "period_type"],
    )
    spent = base.assign(metric="capex", value=60.0)
    spent.loc[spent["company"] == "Amazon", "value"] = 120.0
    cash = base.assign(measure="operating_cash_flow", value=100.0)
    year = quarters[:4]
    assert spending.over_cash(spent, cash, year).number == close(0.75)
    assert spending.over_cash(spent, cash, ["2026Q1"], ["Amazon"]).number == close(1.2)
    assert not spending.over_cash(spent, cash.iloc[1:], year).known
    assert spending.last_told(spent, cash) == (2025, "2026Q1")
    assert spending.last_told(spent, cash[cash["period"] != "2025Q2"]) == (0, "2026Q1")
    assert spending.last_told(spent, cash.iloc[:0]) == (0, "")


def test_spending_of_a_year_is_told_on_three_bases():
    quarter = ("Microsoft", "capex", "2024Q4", "quarter", 9_000.0)
    filed = pd.concat(
        [
            FILED[FILED["period"] != "2024Q4"],
            table(
                "company metric period period_type value",
                quarter,
                ("Microsoft", LEASED, "2024Q4", "quarter", 8_000.0),
            ),
        ]
    )
    told = spending.bases(filed, spending.growth(filed))
    assert "2024" in told and "$112 billion as drawn" in told
    assert "$114 billion in cash" in told and "$113 billion with the leases" in told
    assert spending.bases(FILED[FILED["metric"] != LEASED], spending.growth(FILED)) == ""


def test_a_quarter_is_compared_with_that_of_a_year_before():
    assert spending.year_before("2026Q2") == "2025Q2"
    assert spending.year_before("") == ""
