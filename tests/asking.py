"""The question of the capex gap in a few literal rows, for the tests of several rooms."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given

NAMES = ["gpu_run_rate", "datacenter_cost_multiple", "end_user_margin", "cloud_margin"]


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


def given_chain(*values: float) -> dict[str, Given]:
    return dict(zip([*NAMES, "ai_revenue"], map(Given, values), strict=True))
