"""What documents state: one number, the newest, the day."""

import pandas as pd
import pytest

from computecycle.quantities import documents


def table(name: str, columns: str, *rows: tuple) -> pd.DataFrame:
    """Rows of a loaded table."""
    found = pd.DataFrame(list(rows), columns=columns.split())
    found["known_from"] = pd.to_datetime(found["known_from"])
    found.index = pd.Index([f"{name}:{line}" for line in range(2, len(found) + 2)], name="row")
    return found


def statements(*rows: tuple) -> pd.DataFrame:
    columns = "source entity variable period bound value unit known_from"
    return table("statements", columns, *rows)


def nvidia(*rows: tuple) -> pd.DataFrame:
    found = table("nvidia", "period value known_from", *rows)
    kind = found["period"].str.contains("Q").map({True: "fiscal_quarter", False: "fiscal_year"})
    return found.assign(metric="data_center_revenue", period_type=kind)


def revenue(*rows: tuple) -> pd.DataFrame:
    return table("revenue", "company metric date value known_from", *rows)


def told(source: str, variable: str, value: float, unit: str, day: str, **more: str) -> tuple:
    entity, period = more.get("entity", "NVIDIA"), more.get("period", day[:7])
    return (source, entity, variable, period, more.get("bound", "value"), value, unit, day)


FIRST, SECOND = "2023-09-20", "2024-06-20"


ARTICLES = statements(
    told("sequoia2023", "gpu_run_rate", 50, "USD billion per year", FIRST),
    told("sequoia2023", "datacenter_cost_multiple", 2, "x", FIRST),
    told("sequoia2023", "end_user_margin", 50, "percent", FIRST),
    told("sequoia2023", "required_revenue", 200, "USD billion", FIRST),
    told("sequoia2024", "gpu_run_rate", 90, "USD billion per year", SECOND, period="2024-03"),
    told("sequoia2024", "gpu_run_rate", 150, "USD billion per year", SECOND, period="2024-12"),
    told("sequoia2024", "datacenter_cost_multiple", 2.5, "x", SECOND),
    told("sequoia2024", "required_revenue", 600, "USD billion", SECOND),
    told("jpm2024", "gpu_run_rate", 999, "USD billion per year", "2024-09-03"),
    told("jpm2024", "cloud_margin", 50, "percent", "2024-09-03"),
)


FILED = nvidia(
    ("FY2024Q3", 14500, "2023-11-21"),
    ("FY2025Q2", 26300, "2024-08-28"),
    ("FY2025", 115200, "2025-02-26"),
)


EARNED = revenue(
    ("OpenAI", "run_rate", "2023-09-01", 1.0, FIRST),
    ("Google", "assumed", FIRST, 10.0, FIRST),
    ("OpenAI", "run_rate", "2024-06-01", 3.4, SECOND),
    ("OpenAI", "annual_revenue", "2024-12-31", 3.7, "2025-01-15"),
)


KNOWN = (ARTICLES, FILED, EARNED)


NOTHING = tuple(each.iloc[:0] for each in KNOWN)


def close(expected):
    return pytest.approx(expected, rel=1e-9)


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
