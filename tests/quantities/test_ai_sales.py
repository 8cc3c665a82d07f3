"""AI revenue: what was last known of each company."""

import pandas as pd
import pytest
from asking import EARNED, NOTHING, SECOND, close, revenue

from computecycle.quantities import ai_sales, documents

REVENUES = {
    "first": ("2023-12-31", 11.0, {"OpenAI": 1.0, "Google": 10.0}),
    "newer-rate": ("2024-12-31", 13.4, {"OpenAI": 3.4, "Google": 10.0}),
    "a-past-year-is-no-rate": ("2025-12-31", 13.4, {"OpenAI": 3.4, "Google": 10.0}),
}


@pytest.mark.parametrize(("date", "total", "each"), REVENUES.values(), ids=REVENUES)
def test_actual_revenue_is_what_was_last_known_of_each_company(date, total, each):
    (rows,) = documents.known([EARNED], pd.Timestamp(date))
    assert ai_sales.revenue(rows).number == close(total)
    assert ai_sales.companies(rows).set_index("company")["value"].to_dict() == each
    assert ai_sales.assumed(rows).number == 10


def test_of_two_rates_published_on_one_day_the_later_dated_counts():
    rows = revenue(
        ("OpenAI", "run_rate", "2024-05-01", 5.0, SECOND),
        ("OpenAI", "run_rate", "2024-03-01", 3.0, SECOND),
    )
    assert ai_sales.revenue(rows).number == 5


def test_a_rate_told_late_of_an_old_date_does_not_replace_a_newer_one():
    rows = revenue(
        ("OpenAI", "run_rate", "2025-12-31", 20.0, "2026-01-18"),
        ("OpenAI", "run_rate", "2024-12-31", 6.0, "2026-02-18"),
    )
    assert ai_sales.revenue(rows).number == 20


def test_of_two_rates_of_one_date_the_later_told_counts():
    rows = revenue(
        ("OpenAI", "run_rate", "2025-12-31", 20.0, "2026-02-18"),
        ("OpenAI", "run_rate", "2025-12-31", 19.0, "2026-01-18"),
    )
    assert ai_sales.revenue(rows).number == 20


def test_where_every_company_discloses_nothing_is_assumed():
    disclosed = ai_sales.assumed(EARNED[EARNED["company"] == "OpenAI"])
    assert disclosed.number == 0 and disclosed.known


def test_no_company_no_revenue():
    assert not ai_sales.revenue(NOTHING[2]).known
    assert not ai_sales.assumed(NOTHING[2]).known


def test_companies_that_had_told_their_sales_by_a_day():
    assert ai_sales.told(EARNED, pd.Timestamp("2023-12-31")) == 1
    assert ai_sales.told(NOTHING[2], pd.Timestamp("2023-12-31")) == 0


def test_one_rate_with_what_partners_take_and_net_of_it():
    rows = revenue(
        ("OpenAI", "run_rate", "2026-08-13", 40.0, "2026-08-13"),
        ("OpenAI", "run_rate_gross", "2026-09-29", 68.0, "2026-09-29"),
        ("OpenAI", "run_rate", "2026-09-30", 50.0, "2026-10-08"),
    ).assign(counting=["", "gross", "net"])
    rows["date"] = pd.to_datetime(rows["date"])
    gross, net = ai_sales.both_counts(rows, "OpenAI")
    assert (gross["value"].tolist(), net["value"].tolist()) == ([68.0], [50.0])
    assert not any(map(len, ai_sales.both_counts(rows.iloc[:2], "OpenAI")))
    assert not any(map(len, ai_sales.both_counts(rows, "Anthropic")))
