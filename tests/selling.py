"""Rows of the tables on sellers of the cloud, for tests of what is computed from them."""

import numpy as np
import pandas as pd
import pytest

PLACE = {"source": "x", "locator": "p. 1", "confidence": "verified"}


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def named(rows: list[tuple], columns: str, name: str) -> pd.DataFrame:
    """A table with the labels and attributes that loading gives."""
    table = pd.DataFrame(rows, columns=columns.split()).assign(**PLACE)
    table.index = pd.Index([f"data/{name}.csv:{line + 2}" for line in range(len(table))])
    table.attrs = {"table": name}
    return table


def filings(*rows: tuple) -> pd.DataFrame:
    """Rows of (segment, metric, period, scope, value in billion), published in their order."""
    table = named(list(rows), "segment metric period scope value", "cloud_revenue")
    fiscal, quarter = (table["period"].str.contains(each) for each in ("FY", "Q"))
    kinds = np.where(quarter, "quarter", "year")
    form = np.where(fiscal, "fiscal_", np.where(quarter, "", "calendar_"))
    calendar = table["period"].str.replace("FY", "")
    ends = [pd.Period(each, freq="Q" if "Q" in each else "Y").end_time for each in calendar]
    return table.assign(
        value=table["value"] * 1000.0,
        period_type=[a + b for a, b in zip(form, kinds, strict=True)],
        period_end=[end.normalize() for end in ends],
        known_from=pd.Timestamp("2020-01-01") + pd.to_timedelta(range(len(table)), unit="D"),
    )


FILED = filings(
    ("Intelligent Cloud", "revenue", "FY2022", "old", 75.0),
    ("Intelligent Cloud", "revenue", "FY2023", "old", 90.0),
    ("Intelligent Cloud", "revenue", "FY2023", "new", 72.0),
    ("Intelligent Cloud", "revenue", "FY2024", "new", 90.0),
    ("AWS", "revenue", "2022", "one", 80.0),
    ("AWS", "revenue", "2023", "one", 88.0),
    ("AWS", "revenue", "2024", "one", 110.0),
    ("AWS", "revenue", "2024Q1", "one", 25.0),
    ("AWS", "revenue", "2025Q1", "one", 35.0),
    ("AWS", "operating_income", "2022", "before", 30.0),
    ("AWS", "operating_income", "2023", "after", 22.0),
    ("AWS", "operating_income", "2024", "after", 44.0),
)
