"""What a document prints of one thing: the number, the text or the date in one row of a table.

A row is named by cells of its columns. Without such a row a number is unknown, a text is empty and
a day is not a time, so a chapter reads the same before and after a document was published.
"""

import pandas as pd

from computecycle.evidence.given import Given, computed
from computecycle.quantities import growth


def row(table: pd.DataFrame, **where: str) -> pd.DataFrame:
    """Return the one row with these cells, or none; ValueError when there are several."""
    rows = table
    for name, cell in where.items():
        rows = rows[rows[name] == cell]
    if len(rows) > 1:
        raise ValueError(f"{where} names {len(rows)} rows ({', '.join(rows.index)}); name one")
    return rows


def number(table: pd.DataFrame, column: str, **where: str) -> Given:
    """Return the number in a column of the one row with these cells."""
    rows = row(table, **where).dropna(subset=[column])
    return Given(float(rows[column].iloc[0]), [rows]) if len(rows) else Given()


def text(table: pd.DataFrame, column: str, **where: str) -> str:
    """Return the text in a column of the one row with these cells."""
    rows = row(table, **where)
    return str(rows[column].iloc[0]) if len(rows) else ""


def first_day(date: str) -> pd.Timestamp:
    """Return the first day of a date such as 2023-03; not a time (NaT) for an empty text."""
    return pd.Timestamp(date) if date else pd.NaT


def year(table: pd.DataFrame, column: str, **where: str) -> Given:
    """Return the date in a column of the one row with these cells in years: 2023-04 is 2023.25."""
    rows, first = row(table, **where), first_day(text(table, column, **where))
    return Given() if pd.isna(first) else Given(growth.decimal_year(first), [rows])


def count(table: pd.DataFrame) -> Given:
    """Return how many rows a table has; unknown for none."""
    return Given(float(len(table)), [table]) if len(table) else Given()


def most_crowded(table: pd.DataFrame, column: str) -> tuple[Given, Given]:
    """Return the number that most rows have in a column, and how many do."""
    if table.empty:
        return Given(), Given()
    often = table[column].value_counts()
    rows = table[table[column] == often.index[0]]
    return Given(float(often.index[0]), [rows]), Given(float(often.iloc[0]), [rows])


def next_crowded(table: pd.DataFrame, column: str) -> Given:
    """Return how many rows have the number in a column that is second in frequency, or ties."""
    often = table[column].value_counts()
    return computed(often.iloc[1], table) if len(often) > 1 else Given()


def spans(dates: dict[tuple[str, str], str]) -> pd.DataFrame:
    """Return dates (2023 or 2023-04) as spans: what, place, start, end; empty texts are left out.

    dates : the text, by what happened and by the place that prints it.
    """
    periods = [(*names, pd.Period(text)) for names, text in dates.items() if text]
    made = [(what, place, span.start_time, span.end_time) for what, place, span in periods]
    table = pd.DataFrame(made, columns=["what", "place", "start", "end"])
    return table.assign(start=pd.to_datetime(table["start"]), end=pd.to_datetime(table["end"]))
