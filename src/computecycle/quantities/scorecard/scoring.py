"""Forecasts against what came: errors with a size and a side, counted by event.

    error     e = (came - high) / high    where it came above what was told
              e = (came - low) / low      where it came below
              e = 0                       inside a range that was told, or above a floor
    state     near where |e| <= tolerance, else above or below
    beaten    |came - told| < |came - guess|
    guess     last, the value last known before, or last^2 / before, the same growth once more

The error is a share of the forecast, as a reader of the forecast needs it: by how much must it be
raised or cut? A wait has an error as money has: twice the time told is an error of one. Tables in
(as loaded), tables or numbers out.
"""

import math

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, rows_of
from computecycle.quantities import choices
from computecycle.quantities.scorecard.reading import NUMBERS

NEAR, ABOVE, BELOW = "near", "above", "below"
MET = "floor met"  # a floor that was told and that what came does not fall short of
STATES = [NEAR, MET, ABOVE, BELOW]
DAYS_A_MONTH = 365.25 / 12
NORMAL = 1.959964  # half of the width of 95% of a normal distribution
FEWEST = 5  # events of which a count says anything
OWN_COUNT = ["openai-2025", "cloud-2024", "meta-users"]  # outcomes that the forecaster told
UNKNOWN = float("nan")


def last_day(as_of: str, *tables: pd.DataFrame) -> pd.Timestamp:
    """Return the day up to which forecasts fall due: that of the run, or of the newest row."""
    newest = pd.Series([table["known_from"].max() for table in tables], dtype="datetime64[ns]")
    return pd.Timestamp(as_of) if as_of else newest.max()


def gathered(forecasts: pd.DataFrame, readings: dict[str, dict[str, Given]]) -> pd.DataFrame:
    """Return the forecasts with numbers in place of their expressions, unknown where nothing is.

    readings : by column of `NUMBERS` and forecast, what its expression gives, with its rows.
    """
    numbers = {
        column: [readings[column].get(name, Given()).number for name in forecasts["forecast"]]
        for column in NUMBERS
    }
    table = forecasts.assign(
        **{name: pd.Series(numbers[name], forecasts.index) for name in NUMBERS}
    )
    return table.assign(told_high=table["told_high"].fillna(table["told"]))


def given(
    table: pd.DataFrame, readings: dict, names: list[str], number: float, besides: list[str] = ()
) -> Given:
    """Return a number that rests on some forecasts and on all that their expressions read.

    besides : forecasts that were looked at and whose outcome does not count in the number.
    """
    read = rows_of([readings[column].get(name, Given()) for column in NUMBERS for name in names])
    own = table[table["forecast"].isin([*names, *besides])]
    return Given(float(number), [own, *read]) if len(own) else Given()


def number(table: pd.DataFrame, readings: dict, name: str, column: str) -> Given:
    """Return one number of one forecast with the rows it rests on; unknown where there is none."""
    own = table[table["forecast"] == name]
    found = readings[column].get(name, Given())
    return Given(found.number, [own, *found.rows]) if found.known else Given()


def scored(table: pd.DataFrame, day: pd.Timestamp, tolerance: float) -> pd.DataFrame:
    """Return the tellings that are due and whose outturn is known, the largest error first.

    A lower bound below what was told is no outturn: what was told may still come.

    Adds error, state, lead (months from said to due), floor (whether a floor was told), over (what
    came over what was told), missed, idle and ruled (distances of the forecast, of the last value
    and of its growth repeated from what came, as shares of what was told). The high end of a floor
    is empty; for over and missed it is read as a sum.
    """
    known = table["told"].notna() & table["outturn"].notna() & (table["reason"] == "")
    early = table["least"].astype(bool) & (table["outturn"] < table["told"])
    rows = table[known & ~early & (table["due"] <= day)]
    low, high, came = rows["told"], rows["told_high"], rows["outturn"]
    above, below = (came - high) / high, (came - low) / low
    error = above.where(came > high, below.where(came < low, 0.0))
    floor = high == np.inf
    size = error.abs().mask(floor, (came - low).abs() / low)
    told = high.mask(floor | (came < low), low)
    rows = rows.assign(
        error=error,
        state=state_of(error, tolerance),
        lead=(rows["due"] - rows["made"]).dt.days / DAYS_A_MONTH,
        told_high=high.mask(floor),
        floor=floor,
        over=1 + error.mask(floor, (came - low) / low),
        missed=size,
        idle=(came - rows["naive"]).abs() / told,
        ruled=(came - rows["naive"] ** 2 / rows["before"]).abs() / told,
    )
    return rows.sort_values("error", ascending=False, kind="stable")


def state_of(error: pd.Series, tolerance: float) -> pd.Series:
    """Return whether errors are near, above or below by a tolerance."""
    side = pd.Series(np.where(error > 0, ABOVE, BELOW), index=error.index, dtype=object)
    return side.where(error.abs() > tolerance, NEAR)


def events(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the tellings that stand for their events."""
    return rows[rows["counts"].astype(bool)]


def names_in(rows: pd.DataFrame, state: str = "", topic: str = "") -> list[str]:
    """Return the forecasts of some rows, or those in one state, or of one topic."""
    kept = (rows["state"] == (state or rows["state"])) & (rows["topic"] == (topic or rows["topic"]))
    return list(rows.loc[kept, "forecast"])


def middle_of(rows: pd.DataFrame) -> list[str]:
    """Return the forecast, or the two, whose error is in the middle by size."""
    order = list(rows.loc[rows["error"].abs().sort_values(kind="stable").index, "forecast"])
    return order[(len(order) - 1) // 2 : len(order) // 2 + 1]


def within(rows: pd.DataFrame, tolerance: float) -> list[str]:
    """Return the forecasts that come near at a tolerance."""
    return list(rows.loc[rows["error"].abs() <= tolerance, "forecast"])


def strictly(rows: pd.DataFrame, tolerance: float) -> list[str]:
    """Return the forecasts that come near if a floor is read as a sum."""
    return list(rows.loc[rows["missed"] <= tolerance, "forecast"])


def by_tolerance(rows: pd.DataFrame, tolerances: list[float]) -> pd.DataFrame:
    """Return how many are near, above and below at each tolerance, floors that were met apart:
    tolerance, state, number."""
    met = rows["floor"].astype(bool) & (rows["error"] == 0)
    made = [
        (tolerance, state, int((state_of(rows["error"], tolerance).mask(met, MET) == state).sum()))
        for tolerance in tolerances
        for state in STATES
        if len(rows)
    ]
    table = pd.DataFrame(made, columns=["tolerance", "state", "number"])
    return table.astype({"tolerance": float, "number": int})


def beaten(rows: pd.DataFrame, guess: str) -> pd.DataFrame:
    """Return the forecasts that came nearer than a guess, the last value (idle)
    or its growth repeated (ruled)."""
    return rows[rows["missed"] < rows[guess]]


def won(rows: pd.DataFrame, tolerance: float) -> dict[str, list[str]]:
    """Return the forecasts that came nearer than growth repeated: those that missed all the same,
    those that won by at most half a tolerance (tied), and the rest (clear)."""
    missed = rows["missed"] > tolerance
    tied = ~missed & (rows["ruled"] - rows["missed"] <= tolerance / 2)
    kinds = {"missed": missed, "tied": tied, "clear": ~missed & ~tied}
    return {name: list(rows.loc[kept, "forecast"]) for name, kept in kinds.items()}


def share_range(number: float, of: float) -> tuple[float, float]:
    """Return the ends of the 95% interval of a share, as Wilson gives it; unknown for none.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference",
    J. Am. Stat. Assoc. 22, 209-212.
    """
    if not of > 0:
        return UNKNOWN, UNKNOWN
    share, square = number / of, NORMAL**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = NORMAL * math.sqrt(share * (1 - share) / of + square / (4 * of**2)) / (1 + square / of)
    return middle - reach, middle + reach


def enough(rows: pd.DataFrame, number: float) -> float:
    """Return a number that speaks of all the events of some rows; unknown for fewer than five."""
    return number if len(rows) >= FEWEST else UNKNOWN


def middle_error(rows: pd.DataFrame) -> float:
    """Return the median size of an error; unknown for none."""
    return float(rows["error"].abs().median()) if len(rows) else UNKNOWN


def near_at(rows: pd.DataFrame, foreseen: float, points: pd.DataFrame) -> pd.DataFrame:
    """Return how many come near (`scored-near`) of how many of all (`scored`, `all-events`) at each
    `tolerance`."""
    counts = {"all-events": foreseen, "scored": float(len(rows))}
    sizes = rows["error"].abs().to_numpy()

    def ask(tolerance: float) -> dict[str, float]:
        return counts | {"scored-near": float((sizes <= tolerance).sum())}

    return choices.answered(points, ask)
