"""The pace of the four buyers' spending: growth over a year against that of the year before."""

import pandas as pd
import pytest

from computecycle.quantities import filings
from computecycle.quantities.scorecard import pace


def filed(spent: list[float]) -> pd.DataFrame:
    """Quarters in a row from 2023Q1 on, each shared evenly by the four."""
    periods = pd.period_range("2023Q1", periods=len(spent), freq="Q")
    return pd.DataFrame(
        {
            "company": name,
            "metric": "capex",
            "period": str(period),
            "period_type": "quarter",
            "period_end": period.end_time.normalize(),
            "value": value / 4,
        }
        for name in filings.COMPANIES
        for period, value in zip(periods, spent, strict=True)
    )


RISING = filed([10.0] * 4 + [15.0] * 4 + [30.0, 18.0, 30.0, 45.0])


def test_growth_stands_beside_that_of_a_year_before():
    table = pace.by_quarter(RISING)
    assert list(table["period"].astype(str)) == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    assert list(table["growth"]) == pytest.approx([1.0, 0.2, 1.0, 2.0])
    assert list(table["before"]) == pytest.approx([0.5] * 4)


def test_the_last_slower_quarter_and_what_came_since():
    end, found = pace.last_slower(RISING)
    assert end == pd.Timestamp("2025-06-30")
    numbers = {name: each.number for name, each in found.items()}
    assert numbers == pytest.approx({"growth": 0.2, "before": 0.5, "later": 2, "faster": 2})


def test_a_quarter_that_one_has_not_filed_is_left_out():
    short = RISING.drop(RISING.index[-1])
    assert pace.by_quarter(short)["period"].astype(str).max() == "2025Q3"


def test_nothing_is_known_where_no_quarter_was_slower():
    end, found = pace.last_slower(filed([10.0] * 4 + [15.0] * 4 + [30.0] * 4))
    assert pd.isna(end)
    assert not any(each.known for each in found.values())
