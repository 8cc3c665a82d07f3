"""Markets: closed forms on literal rows, and one test for each tempting mistake."""

from datetime import date

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.adoption_and_markets import markets

ENDS = ["2023-10-29", "2024-01-28", "2024-04-28", "2024-07-28", "2024-10-27", "2025-01-26"]
FILED = ["2023-11-21", "2024-02-21", "2024-05-22", "2024-08-28", "2024-11-20", "2025-02-26"]
DAY = pd.Timestamp("2024-09-03")


def table(name: str, columns: str, *rows: tuple) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=columns.split())
    for column in ("known_from", "period_end"):
        if column in made:
            made[column] = pd.to_datetime(made[column])
    made.index = [f"data/{name}.csv:{line}" for line in range(2, len(made) + 2)]
    made = made.assign(source="s", locator="page 8, top", confidence="printed")
    made.attrs = {"table": name}
    return made


def quarter(metric: str, values: list[float]) -> list[tuple]:
    dated = zip(ENDS, FILED, values, strict=True)
    return [(metric, end, "fiscal_quarter", end, value, filed) for end, filed, value in dated]


def nvidia() -> pd.DataFrame:
    return table(
        "nvidia_results",
        "metric period period_type period_end value known_from",
        *quarter("revenue", [1000.0, 2000.0, 3000.0, 4000.0, 5000.0, 6000.0]),
        *quarter("gross_margin", [50.0, 60.0, 70.0, 80.0, 50.0, 50.0]),
        ("revenue", "FY2024", "fiscal_year", "2024-01-28", 9000.0, "2024-02-21"),
    )


def capex(*rows: tuple) -> pd.DataFrame:
    return table(
        "company_financials",
        "company metric period period_type period_end value known_from",
        *[(who, "capex", end, "quarter", end, value, filed) for who, end, value, filed in rows],
    )


def test_a_year_to_a_day_is_the_last_four_quarters_filed_by_it():
    rows = markets.quarters(nvidia(), "revenue")
    assert markets.total(markets.year_to(rows, DAY)).number == 10.0


def test_a_quarter_that_had_ended_but_was_not_filed_does_not_count():
    rows = markets.quarters(nvidia(), "revenue")
    assert not markets.total(markets.year_to(rows, pd.Timestamp("2024-08-27"))).known


def test_the_year_after_needs_four_quarters():
    rows = markets.quarters(nvidia(), "revenue")
    assert markets.total(markets.year_after(rows, pd.Timestamp("2024-02-01"))).number == 14.0
    assert not markets.total(markets.year_after(rows, DAY)).known


def test_four_quarters_with_a_gap_are_no_year():
    rows = markets.quarters(nvidia(), "revenue")
    gap = rows[rows["period_end"] != pd.Timestamp("2024-04-28")]
    assert not markets.total(markets.year_to(gap, pd.Timestamp("2024-12-01"))).known


def test_full_years_are_not_summed_with_quarters():
    assert set(markets.quarters(nvidia(), "revenue")["period_type"]) == {"fiscal_quarter"}


def test_a_quarter_counts_once_all_companies_have_filed():
    rows = capex(
        ("A", "2024-03-31", 1.0, "2024-04-20"),
        ("B", "2024-03-31", 2.0, "2024-05-10"),
        ("A", "2024-06-30", 3.0, "2024-07-20"),
    )
    both = markets.quarters(rows, "capex", ["A", "B"])
    assert list(both["value"]) == [1.0, 2.0]
    assert set(both["ready"]) == {pd.Timestamp("2024-05-10")}


def test_the_gross_margin_weighs_each_quarter_by_its_revenue():
    """0.7 of 3, 0.8 of 4, half of 5 and of 6; the plain mean of the margins is 62.5%."""
    assert markets.gross_margin(nvidia()).number == pytest.approx(10.8 / 18)


def test_the_gross_margin_is_of_the_last_year_whose_margins_are_known():
    rows = nvidia()
    newest = rows["period_end"].max()
    early = rows[(rows["metric"] == "revenue") | (rows["period_end"] < newest)]
    assert markets.gross_margin(early).number == pytest.approx((1.2 + 2.1 + 3.2 + 2.5) / 14)


def test_the_gross_margin_is_unknown_without_all_margins():
    rows = nvidia()
    fewer = rows[(rows["metric"] == "revenue") | (rows["value"] != 80.0)]
    assert not markets.gross_margin(fewer).known


def test_a_deadline_counts_calendar_months():
    assert markets.deadline(DAY, 18, "months") == pd.Timestamp("2026-03-03")
    assert markets.deadline(DAY, 2, "years") == pd.Timestamp("2026-09-03")
    assert markets.deadline(DAY, 1.5, "months") == pd.Timestamp("2024-10-18")
    assert pd.isna(markets.deadline(pd.NaT, 2, "years"))


CLOCKS = table(
    "statements",
    "entity variable value unit known_from",
    ("x", "inference_growth_window", 12.0, "months", "2024-09-03"),
    ("x", "inference_growth_window", 18.0, "months", "2024-09-03"),
    ("x", "day_of_reckoning", 2.0, "years", "2024-09-03"),
    ("x", "day_of_reckoning", 3.0, "years", "2024-09-03"),
)


def test_a_clock_is_over_only_after_its_far_end():
    clocks = markets.clocks(CLOCKS, DAY)
    states = [
        list(markets.with_state(clocks, pd.Timestamp(day))["state"])
        for day in ("2025-01-01", "2025-12-01", "2026-03-03", "2026-03-04")
    ]
    assert [first for first, _ in states] == ["not due", "falling due", "falling due", "over"]
    assert {second for _, second in states} == {"not due"}


def test_clocks_without_a_start_or_rows_are_none():
    assert markets.clocks(CLOCKS, pd.NaT).empty
    assert markets.clocks(CLOCKS.iloc[:0], DAY).empty
    assert pd.isna(markets.end_of(markets.clocks(CLOCKS, pd.NaT), "Day of reckoning", "low"))


def test_a_discount_leaves_its_complement():
    rows = table(
        "accelerators",
        "vendor product price_discount_low price_discount_high running_cost_vs_nvidia"
        " speed_vs_h100 compute_vs_h100 known_from",
        ("I", "a", 30.0, 60.0, None, 1.5, None, "2024-09-03"),
        ("G", "b", None, None, 0.5, None, None, "2024-09-03"),
        ("C", "c", None, None, None, None, 50.0, "2024-09-03"),
        ("M", "d", None, None, None, None, None, "2024-09-03"),
    )
    claims = markets.cost_claims(rows)
    assert claims[["product", "low", "high"]].values.tolist() == [
        ["I a", 0.4, 0.7],
        ["G b", 0.5, 0.5],
    ]


REVENUE = table(
    "ai_revenue",
    "company metric date value known_from",
    ("O", "run_rate", "2024-06-01", 3.0, "2024-06-12"),
    ("M", "run_rate", "2025-01-01", 13.0, "2025-02-12"),
)


def test_the_newest_rows_are_those_of_the_newest_day():
    (rows,) = markets.newest_rows(REVENUE, nvidia().iloc[:2])
    assert list(rows["company"]) == ["M"]
    assert markets.newest_rows(REVENUE.iloc[:0]) == []


def test_a_clock_runs_from_the_reader_s_day_only_once_it_is_set():
    own = date(2024, 8, 16)
    assert markets.begin(DAY, own) == pd.Timestamp("2024-08-16")
    assert markets.begin(DAY, None) == DAY
    assert pd.isna(markets.begin(pd.NaT, own))
    assert markets.marked(pd.NaT, "x").empty and len(markets.marked(DAY, "x")) == 1


def facts(*rows: tuple) -> pd.DataFrame:
    return table("public_facts", "entity quantity date value known_from", *rows)


FACTS = facts(
    ("Ten", "share_of_index", "2025-06-30", 37.0, "2026-11-28"),
    ("Ten", "share_of_index", "2000", 27.0, "2026-11-28"),
    ("Intel", "share_price_against_peak", "2007-03-27", 27.0, "2007-03-27"),
    ("Cisco", "share_price_against_peak", "2007-03-27", 32.9, "2007-03-27"),
)


def test_leaders_stand_by_what_is_left_of_their_price():
    assert list(markets.leaders(FACTS)["entity"]) == ["Intel", "Cisco"]


def test_a_fiscal_year_ends_in_the_january_after_the_year():
    own = nvidia().assign(metric="data_center_revenue")
    assert markets.fiscal_year(own, Given(2023.0)).number == 9.0
    assert not markets.fiscal_year(own, Given(2024.0)).known
    assert not markets.fiscal_year(own, Given()).known


def test_clocks_are_read_on_the_day_of_the_run_or_of_the_newest_row():
    assert markets.day_of_run("2025-01-01", FACTS) == pd.Timestamp("2025-01-01")
    assert markets.day_of_run("", FACTS) == pd.Timestamp("2026-11-28")


def test_americans_online_are_found_by_year():
    rows = table(
        "internet_use",
        "entity metric year value known_from",
        ("United States", "internet_users", 2000, 43.1, "2024-05-20"),
        ("World", "internet_users", 2000, 6.7, "2024-05-20"),
        ("United States", "internet_users", 2007, 75.0, "2024-05-20"),
    )
    assert [list(each["value"]) for each in markets.online(rows, [2000, 2007])] == [[43.1], [75.0]]


def test_empty_tables_give_nothing():
    empty = nvidia().iloc[:0]
    rows = markets.quarters(empty, "revenue")
    assert not markets.total(markets.year_to(rows, DAY)).known
    assert pd.isna(markets.newest(empty, empty))
