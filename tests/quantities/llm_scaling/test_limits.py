"""Limits of a training run: ranges as told, and what money buys."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.llm_scaling import limits

TOLD = pd.DataFrame(
    [
        ("chips", "chips that can be made", 1e29, 9e29, 5e30),
        ("power", "one campus of data centres", 1e28, None, 3e29),
        ("power", "network of campuses in the United States", 2e28, None, 2e30),
        ("together", "likely feasible", None, 2e29, None),
    ],
    columns=["limit", "case", "low", "value", "high"],
)
RUNS = pd.DataFrame(
    [
        (name, day, metric, method, value)
        for name, day, compute, cost in (
            ("A", "2025-01-01", 1e26, 1e8),
            ("B", "2025-06-01", 4e26, 2e8),
            ("C", "2025-09-01", 3e26, 1e8),
            ("old", "2023-01-01", 1e25, 1e8),
        )
        for metric, method, value in (
            ("training_compute", "estimate", compute),
            ("training_cost", limits.AMORTISED, cost),
            ("training_cost", "cloud rental", cost * 3),
        )
    ],
    columns=["model", "published", "metric", "method", "value"],
).assign(published=lambda rows: pd.to_datetime(rows["published"]))


def test_a_limit_with_two_cases_has_the_lower_end_unless_one_is_named():
    assert limits.end(TOLD, "power", "low").number == 1e28
    case = "network of campuses in the United States"
    assert limits.end(TOLD, "power", "high", case).number == 2e30
    assert limits.end(TOLD, "together", "value").number == 2e29
    assert not limits.end(TOLD, "together", "low").known


def test_a_dollar_buys_between_the_dearest_and_the_cheapest_recent_run():
    low, high = limits.per_dollar(RUNS, 2025)
    assert (low.number, high.number) == (1e18, 3e18)
    assert not limits.per_dollar(RUNS, 2026)[0].known
    assert not limits.per_dollar(RUNS[RUNS["model"] != "A"], 2025)[0].known  # two are no range


def test_bars_begin_with_the_lowest():
    made = limits.bars(TOLD)
    assert list(made["item"]) == ["Power, one campus", "Power, US campuses joined", "Chips"]
    assert limits.bars(TOLD.iloc[:0]).empty


def test_only_what_is_known_is_marked():
    assert limits.marks({"run": Given(5e26), "other": Given()}).to_dict("list") == {
        "at": [pytest.approx(5e26)], "name": ["run"],
    }  # fmt: skip
