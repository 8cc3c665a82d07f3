"""What a document prints of one thing: the number in one row of a table.

A row is named by cells of its columns. Without such a row a number is unknown, so a chapter reads
the same before and after a document was published.
"""

import pandas as pd

from computecycle.evidence.given import Given


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
