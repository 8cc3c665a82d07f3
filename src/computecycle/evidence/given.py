"""A number that knows the rows it rests on. Arithmetic carries the rows along.

Where nothing is known the number is not a number (nan), and so is everything computed from it.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

DIGITS = 10  # significant ones of a number that is said: kinds of processors add up in orders of
# their own, so that the last of sixteen digits are one machine's and not another's


def steady(number: float) -> float:
    """Return a number with the digits that every machine gives alike."""
    return float(f"{number:.{DIGITS}g}")


def shortened(numbers: np.ndarray, digits: int = DIGITS) -> np.ndarray:
    """Return many numbers with so many significant digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        place = digits - 1 - np.floor(np.log10(np.abs(numbers)))
        least, scale = 10.0 ** np.maximum(-place, 0), 10.0 ** np.maximum(place, 0)
        short = np.round(numbers * scale / least) / scale * least
    return np.where(np.isfinite(short), short, numbers)


@dataclass(frozen=True)
class Own:
    """What a reader set: the parameter, its value, the published one, its unit.

    travels : whether it took the place of what sources gave and goes along with the number.
    """

    parameter: str
    set: object
    published: object = None
    unit: str = ""
    travels: bool = False


@dataclass(frozen=True)
class Given:
    """A number and the loaded rows that it rests on; a bare number rests on none.

    own : what a reader set in place of rows, and the number rests on.
    """

    number: float = math.nan
    rows: list[pd.DataFrame] = field(default_factory=list)
    own: tuple[Own, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return math.isfinite(self.number)

    def __add__(self, other):
        return derive(operator.add, self, other)

    def __sub__(self, other):
        return derive(operator.sub, self, other)

    def __rsub__(self, other):
        return derive(operator.sub, other, self)

    def __mul__(self, other):
        return derive(operator.mul, self, other)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return derive(operator.truediv, self, other)

    def __rtruediv__(self, other):
        return derive(operator.truediv, other, self)


def derive(function: Callable, *inputs: Given | float) -> Given:
    """Return a function of some numbers with all their rows; unknown where one of them is.

    Infinity is a number here, and what is divided by zero is unknown.
    """
    each = [one if isinstance(one, Given) else Given(float(one)) for one in inputs]
    if not all(math.isfinite(one.number) or one.number == math.inf for one in each):
        return Given()
    try:
        return Given(float(function(*(one.number for one in each))), rows_of(each), own_of(each))
    except ZeroDivisionError:
        return Given()


def rows_of(inputs: list[Given]) -> list[pd.DataFrame]:
    """Return all the rows that some numbers rest on."""
    return [rows for one in inputs for rows in one.rows]


def own_of(inputs: list[Given]) -> tuple[Own, ...]:
    """Return all that a reader set and some numbers rest on, each once."""
    return tuple(dict.fromkeys(own for one in inputs for own in one.own))


def or_own(name: str, own: float | None, given: Given) -> Given:
    """Return the reader's number where there is one, else what the sources gave.

    name : of the parameter that sets it.
    """
    if own is None:
        return given
    published = float(given.number) if given.known else None
    return Given(float(own), [], (Own(name, float(own), published, travels=True),))


def computed(number: float, rows: pd.DataFrame) -> Given:
    """Return a number that was computed from all of some rows; unknown where there are none."""
    return Given(float(number), [rows]) if len(rows) else Given()
