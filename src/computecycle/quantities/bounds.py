"""What a number or a table must be before it is computed with; the rest is told in a sentence."""

import numpy as np
import pandas as pd

ANY_SHARE = pd.Interval(0, 1, closed="both")
MARGIN = pd.Interval(0, 1, closed="left")
POSITIVE = pd.Interval(0, np.inf, closed="neither")
NOT_NEGATIVE = pd.Interval(0, np.inf, closed="left")
MULTIPLE = pd.Interval(1, np.inf, closed="left")  # a cost multiple contains the GPU itself
GROWTH = pd.Interval(-1, 20, closed="right")  # 20 = 2,000% a year: beyond it a percentage is meant
Number = float | np.ndarray


def within(name: str, value: Number, allowed: pd.Interval) -> None:
    """Raise ValueError, in a sentence, unless every number of `value` lies in `allowed`.

    A column of a table (a Series) is reported with the label of its row.
    """
    try:
        numbers = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {value!r}; it must be a number in {allowed}.") from None
    above = numbers >= allowed.left if allowed.closed_left else numbers > allowed.left
    below = numbers <= allowed.right if allowed.closed_right else numbers < allowed.right
    wrong = ~(above & below)
    if not wrong.any():
        return
    first, row = numbers[wrong][0], ""
    if isinstance(value, pd.Series):
        row = f" in row {value.index[wrong][0]}"
    message = f"{name} is {first:g}{row}; it must lie in {allowed}."
    if 1 < first < np.inf and first / 100 in allowed and allowed.right < np.inf:
        message += f" If {first:g}% is meant, write {first / 100:g}."
    raise ValueError(message)


def need_columns(name: str, table: pd.DataFrame, columns: list[str]) -> None:
    """Raise ValueError unless `table` has every one of `columns`, and a row."""
    missing = [column for column in columns if column not in table]
    if missing:
        raise ValueError(f"{name} has no column {missing}; it has {list(table)}.")
    if table.empty:
        raise ValueError(f"{name} has no rows; it needs at least one.")


def need_unique(name: str, table: pd.DataFrame, key: list[str]) -> None:
    """Raise ValueError if two rows of `table` have the same `key`."""
    twice = table[table.duplicated(key)]
    if len(twice):
        found = ", ".join(f"{column} {twice[column].iloc[0]}" for column in key)
        raise ValueError(f"{name} has more than one row for {found}; it must have one.")


def need_rising(name: str, **ends: float) -> None:
    """Raise ValueError unless the numbers rise, or stay, from one to the next."""
    numbers = list(ends.values())
    if not np.all(np.diff(np.asarray(numbers, dtype=float)) >= 0):
        told = ", ".join(f"{end} {number}" for end, number in ends.items())
        raise ValueError(f"The distribution or range of {name} has {told}; they must not fall.")
