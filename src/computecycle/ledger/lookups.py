"""Cells of the tables by key, as an expression of the ledger asks for them.

Cells are looked up by key, so a number is written once, in its table.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from computecycle.evidence import data
from computecycle.evidence.errors import InputError, NoRow, did_you_mean

LOOKUPS = ("cell", "total", "count", "most", "least")


@dataclass(frozen=True)
class Tables:
    """Cells of the tables by key, as an expression asks for them; remembers the rows it gave."""

    package: data.Package
    loaded: dict
    given: list

    def rows(self, table: str, keys: dict) -> pd.DataFrame:
        """Return the rows of a table whose columns hold the given values."""
        if table not in self.loaded:
            self.loaded[table] = self.package.load(table)
        whole = self.loaded[table]
        wanted = np.ones(len(whole), dtype=bool)
        for column, value in keys.items():
            wanted &= self.cells(table, column) == value
        rows = whole[wanted]
        if rows.empty:
            raise NoRow(f"table {table} has no row with {keys}")
        self.given.append(rows)
        return rows

    def cells(self, table: str, column: str) -> np.ndarray:
        """Return a whole column to compare with, dates as text; kept, for it is asked often."""
        whole = self.loaded[table]
        if column not in whole.columns:
            hint = did_you_mean(column, list(whole.columns))
            raise InputError(f'table {table} has no column "{column}".{hint}')
        if (table, column) not in self.loaded:
            cells = whole[column]
            if pd.api.types.is_datetime64_any_dtype(cells):
                cells = cells.dt.strftime("%Y-%m-%d")
            self.loaded[table, column] = cells.to_numpy(dtype=object, na_value=None)
        return self.loaded[table, column]

    def column(self, table: str, column: str, keys: dict) -> pd.Series:
        """Return a column of the rows with these keys; numbers only, and none missing."""
        rows = self.rows(table, keys)
        self.cells(table, column)  # there is such a column, or it says so
        if rows[column].isna().any():
            raise InputError(f"table {table}, {keys}: {column} is empty")
        return rows[column]

    def cell(self, table: str, column: str = "value", **keys) -> float | str:
        """Return the one cell with these keys: a number, or a date as text."""
        cells = self.column(table, column, keys)
        if len(cells) > 1:
            raise InputError(f"table {table} has {len(cells)} rows with {keys}; name one")
        one = cells.iloc[0]
        if isinstance(one, pd.Timestamp):
            return f"{one:%Y-%m-%d}"
        return one if isinstance(one, str) else float(one)

    def total(self, table: str, column: str = "value", **keys) -> float:
        """Return the sum of a column over the rows with these keys."""
        return float(self.column(table, column, keys).sum())

    def count(self, table: str, **keys) -> int:
        """Return how many rows have these keys."""
        return len(self.rows(table, keys))

    def most(self, table: str, column: str = "value", **keys) -> float:
        """Return the greatest of a column over the rows with these keys."""
        return float(self.column(table, column, keys).max())

    def least(self, table: str, column: str = "value", **keys) -> float:
        """Return the least of a column over the rows with these keys."""
        return float(self.column(table, column, keys).min())
