"""Cells of the tables by key, as an expression of the ledger asks for them.

Cells are looked up by key, so a number is written once, in its table. A number comes as what its
text stands for (`precision`), under a name of its own; the same cell has the same name, so that an
expression that asks twice for it moves it once. Dates come as text.
"""

import ast
import csv
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from computecycle.evidence import data
from computecycle.evidence.errors import InputError, NoRow, did_you_mean
from computecycle.evidence.place import OVERLAID
from computecycle.ledger.precision import Interval, interval

LOOKUPS = ("cell", "total", "count", "most", "least")
EXACT = ("integer", "year")
OTHER_END = {"low": "high", "high": "low"}


@dataclass(frozen=True)
class Tables:
    """Cells of the tables by key, as an expression asks for them.

    loaded : what was read before, kept for the next expression. given : the rows asked for.
    inputs : the numbers asked for, by name.
    """

    package: data.Package
    loaded: dict
    given: list = field(default_factory=list)
    inputs: dict[str, Interval] = field(default_factory=dict)

    def rows(self, table: str, keys: dict) -> pd.DataFrame:
        """Return the rows of a table whose columns hold the given values."""
        asked = (table, *sorted(keys.items()))
        if asked not in self.loaded:  # half of all lookups ask for rows that were asked for before
            self.loaded[asked] = self.found(table, keys)
        self.given.append(self.loaded[asked])
        return self.loaded[asked]

    def found(self, table: str, keys: dict) -> pd.DataFrame:
        """Return the rows that `rows` is asked for; NoRow where there are none."""
        if table not in self.loaded:
            self.loaded[table] = self.package.load(table)
        whole = self.loaded[table]
        wanted = np.ones(len(whole), dtype=bool)
        for column, value in keys.items():
            wanted &= self.cells(table, column) == value
        rows = whole[wanted]
        if rows.empty:
            raise NoRow(f"table {table} has no row with {keys}")
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

    def column(self, table: str, column: str, keys: dict) -> pd.DataFrame:
        """Return the rows with these keys, none of which misses the column."""
        rows = self.rows(table, keys)
        self.cells(table, column)  # there is such a column, or it says so
        if rows[column].isna().any():
            raise InputError(f"table {table}, {keys}: {column} is empty")
        return rows

    def fields(self, table: str) -> dict[str, dict]:
        """Return the descriptions of a table's columns by name."""
        if ("fields", table) not in self.loaded:
            described = data.resource(table)["schema"]["fields"]
            self.loaded["fields", table] = {each["name"]: each for each in described}
        return self.loaded["fields", table]

    def texts(self, table: str, row: str) -> dict[str, str]:
        """Return a row as it is written; its name is `folder/file:line`, the header being 1."""
        label, _, line = row.rpartition(":")
        if label not in self.loaded:
            own = label.startswith(OVERLAID)
            folder = Path(self.package.folder) if own else data.FOLDER
            path = folder / data.resource(table)["path"]
            with path.open(encoding="utf-8", newline="") as file:
                self.loaded[label] = list(csv.DictReader(file))
        return self.loaded[label][int(line) - 2]

    def numbers(self, table: str, column: str, rows: pd.DataFrame) -> list[ast.expr]:
        """Return the numbers of some rows, each as a name of the inputs, or itself where exact."""
        described = self.fields(table)[column]
        if described["type"] in EXACT:
            return [ast.Constant(float(each)) for each in rows[column]]
        return [self.named(table, column, row) for row in rows.index]

    def named(self, table: str, column: str, row: str) -> ast.expr:
        """Return one number as a name of the inputs, or itself where it is exact."""
        written, described = self.texts(table, row), self.fields(table)[column]
        unit = described.get("unit") or written.get(described.get("unitColumn", ""), "")
        word = written.get("qualifier") or described.get("qualifier", "")
        stands_for = interval(
            written[column],
            unit or written.get("unit", ""),
            "" if self.ends_a_range(table, written) else word,
            written.get("variable", ""),
        )
        if stands_for.low == stands_for.high:
            return ast.Constant(stands_for.value)
        return self.input(f"{table}_{row.rpartition(':')[2]}_{column}_{row[0]}", stands_for)

    def input(self, name: str, stands_for: Interval) -> ast.Name:
        """Return a number of the inputs by its name."""
        self.inputs[name] = stands_for
        return ast.Name(name, ast.Load())

    def ends_a_range(self, table: str, written: dict[str, str]) -> bool:
        """Whether a row is one end of a range whose other end is printed too."""
        other = OTHER_END.get(written.get("bound", ""))
        if not other:
            return False
        keys = {name: written[name] for name in data.resource(table)["key"]} | {"bound": other}
        try:
            self.found(table, keys)
        except NoRow:
            return False
        return True

    def cell(self, table: str, column: str = "value", **keys) -> ast.expr:
        """Return the one cell with these keys: a number, or a date or a word as text."""
        rows = self.column(table, column, keys)
        if len(rows) > 1:
            raise InputError(f"table {table} has {len(rows)} rows with {keys}; name one")
        one = rows[column].iloc[0]
        if isinstance(one, pd.Timestamp):
            return ast.Constant(f"{one:%Y-%m-%d}")
        return ast.Constant(one) if isinstance(one, str) else self.numbers(table, column, rows)[0]

    def total(self, table: str, column: str = "value", **keys) -> ast.expr:
        """Return the sum of a column over the rows with these keys."""
        first, *others = self.numbers(table, column, self.column(table, column, keys))
        for each in others:
            first = ast.BinOp(first, ast.Add(), each)
        return first

    def count(self, table: str, **keys) -> ast.expr:
        """Return how many rows have these keys."""
        return ast.Constant(float(len(self.rows(table, keys))))

    def most(self, table: str, column: str = "value", **keys) -> ast.expr:
        """Return the greatest of a column over the rows with these keys."""
        return self.chosen("max", table, column, keys)

    def least(self, table: str, column: str = "value", **keys) -> ast.expr:
        """Return the least of a column over the rows with these keys."""
        return self.chosen("min", table, column, keys)

    def chosen(self, function: str, table: str, column: str, keys: dict) -> ast.expr:
        """Return the call of a function on a column over the rows with these keys."""
        numbers = self.numbers(table, column, self.column(table, column, keys))
        if len(numbers) == 1:
            return numbers[0]
        return ast.Call(ast.Name(function, ast.Load()), numbers, [])
