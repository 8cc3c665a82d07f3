"""What the expressions of the table of forecasts give: their number and the rows it rests on.

An expression asks for cells by key, as one of the ledger does, and may compute with them. It is
evaluated by the evaluator of the report, which is handed in; here are the functions it may call.
What a run does not know yet, as of its date, makes the whole number unknown.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from computecycle.evidence.errors import InputError
from computecycle.evidence.given import Given

NUMBERS = ["told", "told_high", "outturn", "naive", "before"]  # columns that hold expressions
NO_END = "no end"  # the high end of a floor: any larger amount meets it
DAYS_A_YEAR = 365.25


class Unknown(Exception):
    """A cell that no loaded row holds."""


@dataclass(frozen=True)
class Lookups:
    """Cells of loaded tables by key; keeps the rows that were asked for."""

    tables: dict[str, pd.DataFrame]
    asked: list[pd.DataFrame] = field(default_factory=list)

    def rows(self, table: str, keys: dict) -> pd.DataFrame:
        """Return the rows of a table whose columns hold the given values."""
        if table not in self.tables:
            raise InputError(f'names table "{table}", which this chapter does not load')
        whole = self.tables[table]
        wanted = np.ones(len(whole), dtype=bool)
        for column, value in keys.items():
            cells = whole[column]
            dated = pd.api.types.is_datetime64_any_dtype(cells)
            wanted &= (cells == (pd.Timestamp(value) if dated else value)).to_numpy(dtype=bool)
        if not wanted.any():
            raise Unknown(table)
        self.asked.append(whole[wanted])
        return whole[wanted]

    def cell(self, table: str, column: str = "value", **keys) -> float | str:
        """Return the one cell with these keys; a date as ISO text."""
        rows = self.rows(table, keys)
        if len(rows) > 1:
            raise InputError(f"table {table} has {len(rows)} rows with {keys}; name one")
        return _plain(rows[column].iloc[0])

    def newest(self, table: str, column: str = "value", **keys) -> float | str:
        """Return a cell of the row with these keys that speaks of the latest time; of two, of the
        one published last."""
        rows = self.rows(table, keys)
        time = "date" if "date" in rows else "period_end"
        self.asked[-1] = rows.sort_values([time, "known_from"], kind="stable").tail(1)
        return _plain(self.asked[-1][column].iloc[0])

    def most(self, table: str, **keys) -> float:
        """Return the greatest value among the rows with these keys."""
        return float(self.rows(table, keys)["value"].max())

    def functions(self) -> dict[str, Callable]:
        """Return what an expression may call."""
        found = {"cell": self.cell, "newest": self.newest, "most": self.most}
        return found | {"years_between": years_between}


def _plain(cell: object) -> float | str:
    """A cell as a number, or a date as ISO text."""
    return f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else float(cell)


def years_between(start: str, end: str) -> float:
    """Return the years from one day to another, both as ISO texts."""
    return (pd.Timestamp(end) - pd.Timestamp(start)).days / DAYS_A_YEAR


def readings(
    forecasts: pd.DataFrame, tables: dict[str, pd.DataFrame], read: Callable, value: Callable
) -> dict[str, dict[str, Given]]:
    """Return by column of `NUMBERS` and forecast what its expression gives.

    read, value : make a tree of a text, and a number of a tree, as `evidence.expressions` does.
    InputError names the forecast whose expression cannot be evaluated.
    """
    found = {column: {} for column in NUMBERS}
    for row in forecasts.itertuples():
        for column in NUMBERS:
            text, lookups = getattr(row, column), Lookups(tables)
            try:
                number = _number(text, lookups, read, value)
            except Unknown:
                continue
            except InputError as problem:
                raise InputError(f"{row.Index}, {row.forecast}: {column} {problem}.") from None
            found[column][row.forecast] = Given(number, lookups.asked)
    return found


def _number(text: str, lookups: Lookups, read: Callable, value: Callable) -> float:
    """Return what an expression gives: unknown for none, without end for the top of a floor."""
    if text in ("", NO_END):
        return np.inf if text else np.nan
    return value(read(text), {}, lookups.functions())
