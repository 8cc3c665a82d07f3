"""How fast the four large buyers' spending grows, quarter by quarter, against a year before."""

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import filings

COLUMNS = ["period", "end", "growth", "before"]


def rows_of(financials: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of capital spending in the calendar quarters that all four have filed."""
    rows = filings.spent_by_quarter(financials)
    return rows[rows.groupby("period")["company"].transform("nunique") == len(filings.COMPANIES)]


def by_quarter(financials: pd.DataFrame) -> pd.DataFrame:
    """Return the growth of their spending together over the quarter a year before, and what that
    growth was a year before: period, end, growth, before; quarters without either are left out."""
    rows = rows_of(financials)
    spent = rows.groupby("period").agg(end=("period_end", "max"), value=("value", "sum"))
    spent.index = pd.PeriodIndex(spent.index, freq="Q")
    growth = spent["value"] / spent["value"].shift(filings.QUARTERS, freq="Q") - 1
    table = spent.assign(growth=growth, before=growth.shift(filings.QUARTERS, freq="Q"))
    return table.dropna().rename_axis("period").reset_index()[COLUMNS]


def last_slower(financials: pd.DataFrame) -> tuple[pd.Timestamp, dict[str, Given]]:
    """Return the end of the last quarter that grew more slowly than a year before, NaT where none
    did, and of it growth and before; besides the quarters since (later) and, of them, those that
    grew faster than a year before (faster)."""
    table, rows = by_quarter(financials), rows_of(financials)
    slower = table[table["growth"] < table["before"]].tail(1)
    later = table[table["end"] > slower["end"].max()]
    numbers = {
        "growth": slower["growth"].sum(),
        "before": slower["before"].sum(),
        "later": len(later),
        "faster": (later["growth"] > later["before"]).sum(),
    }
    known = {
        n: Given(float(each), [rows]) if len(slower) else Given() for n, each in numbers.items()
    }
    return slower["end"].max(), known
