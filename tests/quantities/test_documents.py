"""What documents state: one number, the newest, the day."""

import pandas as pd
import pytest
from asking import ARTICLES, FIRST, NOTHING, SECOND, close, statements, told

from computecycle.quantities import documents


def test_a_statement_is_found_with_its_row():
    found = documents.stated(ARTICLES, source="sequoia2023", variable="gpu_run_rate")
    assert found.number == 50 and list(found.rows[0].index) == ["statements:2"]


def test_a_percentage_becomes_a_fraction():
    found = documents.stated(ARTICLES, source="jpm2024", variable="cloud_margin")
    assert found.number == close(0.5)


def test_of_several_statements_the_last_published_counts():
    found = documents.stated(ARTICLES, variable="datacenter_cost_multiple")
    assert found.number == 2.5 and list(found.rows[0].index) == ["statements:8"]


def test_a_bound_is_asked_for_by_name():
    rows = statements(
        told("a", "price", 30, "USD", FIRST, bound="low"),
        told("a", "price", 40, "USD", FIRST, bound="high"),
    )
    assert documents.stated(rows, variable="price", bound="high").number == 40
    assert not documents.stated(rows, variable="price").known


def test_two_statements_of_one_day_are_ambiguous():
    with pytest.raises(ValueError) as wrong:
        documents.stated(ARTICLES, source="sequoia2024", variable="gpu_run_rate")
    assert str(wrong.value) == (
        "{'source': 'sequoia2024', 'variable': 'gpu_run_rate'} names 2 statements "
        "(statements:6, statements:7); name one"
    )


def test_what_nobody_stated_is_unknown():
    assert not documents.stated(ARTICLES, variable="end_user_margin", source="jpm2024").known
    assert not documents.stated(NOTHING[0], variable="gpu_run_rate").known


def test_the_day_of_a_source():
    assert documents.day_of(ARTICLES, "sequoia2024") == pd.Timestamp(SECOND)
    assert documents.day_of(ARTICLES, "nobody") is pd.NaT


def test_rows_of_sources():
    assert list(documents.of_sources(ARTICLES, ["jpm2024"]).index) == [
        "statements:10",
        "statements:11",
    ]


def test_the_day_of_public_facts_is_their_latest_whether_day_month_or_year():
    facts = pd.DataFrame({"date": ["2000", "2025-06-30", "2025-05"]})
    assert documents.last_day(facts) == pd.Timestamp("2025-06-30")
    assert documents.last_day(facts.iloc[::2]) == pd.Timestamp("2025-05-01")
    assert pd.isna(documents.last_day(facts.iloc[:0]))
