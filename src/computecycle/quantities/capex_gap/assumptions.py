"""The assumptions of the scenario model, declared in the table `assumptions`.

What an assumption is called, its unit, default and range stand there and nowhere else. One without
a default is not assumed unless it is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from computecycle.evidence.errors import did_you_mean
from computecycle.quantities.bounds import need_columns, need_unique, within

COLUMNS = ["assumption", "needed", "default", "low", "high", "low_allowed", "high_allowed"]


@dataclass(frozen=True)
class Assumption:
    """One number of the model; its default is not a number (nan) where it has none."""

    name: str
    needed: bool
    default: float
    allowed: pd.Interval


Declared = dict[str, Assumption]


def declared(table: pd.DataFrame) -> Declared:
    """Return what the table `assumptions` declares, by name; an empty high is no limit."""
    need_columns("assumptions", table, COLUMNS)
    need_unique("assumptions", table, ["assumption"])
    return {row.assumption: _of(row) for row in table[COLUMNS].itertuples()}


def _of(row) -> Assumption:
    closed = {
        (True, True): "both",
        (True, False): "left",
        (False, True): "right",
        (False, False): "neither",
    }[bool(row.low_allowed), bool(row.high_allowed)]
    high = np.inf if pd.isna(row.high) else row.high
    low, high = (int(end) if float(end).is_integer() else end for end in (row.low, high))
    allowed = pd.Interval(low, high, closed=closed)
    return Assumption(row.assumption, bool(row.needed), float(row.default), allowed)


def need_known(known: Declared, names: Iterable[str]) -> None:
    """Raise ValueError, with the nearest name, for one that is not declared."""
    for name in names:
        if name not in known:
            hint = did_you_mean(str(name), list(known)) or f" Known are {', '.join(known)}."
            raise ValueError(f'There is no assumption "{name}".{hint}')


def complete(known: Declared, told: dict[str, float | np.ndarray]) -> dict[str, np.ndarray]:
    """Return every assumption as a number or a one-dimensional array of the common length.

    ValueError, in a sentence, for an unknown name, one that is needed and not told, a number that
    is not allowed, and arrays that differ in length.
    """
    need_known(known, told)
    needed = [name for name, each in known.items() if each.needed]
    missing = [name for name in needed if name not in told]
    if missing:
        raise ValueError(f"{', '.join(missing)} not given; a scenario needs {', '.join(needed)}.")
    values = {name: each.default for name, each in known.items()}
    values |= {name: _checked(known[name], value) for name, value in told.items()}
    sizes = {name: np.size(value) for name, value in values.items() if np.ndim(value)}
    if len(set(sizes.values())) > 1:
        raise ValueError(f"The arrays differ in length: {sizes}; they must be equally long.")
    return values


def _checked(assumption: Assumption, value: float | np.ndarray) -> np.ndarray:
    name = assumption.name
    if np.ndim(value) > 1:
        raise ValueError(f"{name} has {np.ndim(value)} dimensions; it must be a number or a row.")
    numbers = np.asarray(value)
    if np.isnan(assumption.default) and not assumption.needed:  # nan says: not assumed
        numbers = numbers[np.logical_not(pd.isna(numbers))]
    within(name, numbers, assumption.allowed)
    return np.asarray(value, dtype=float)
