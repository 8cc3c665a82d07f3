"""What a billion operations a second cost: windows of decline, day counts, rounding.

    annual decline   d = 1 - (last / first) ** (1 / years)            see `growth`
    day of a date    a printed month or bare year names many days; which one is a convention
    rounding         a number printed to a unit u stands for anything from - u / 2 to + u / 2,
                     u being the place of its last digit that is not a trailing zero

The unit of compute is 1 GFLOPS of peak rate in the prices of one year; it counts neither power nor
programming nor the years of service. Tables in (as loaded: platform, date, cost_2022, printed),
tables or `Given` numbers out.
"""

import re
from decimal import Decimal

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import growth

DAY_COUNT = "actual/365"  # with it and the days below the printed windows come out
WINDOWS = ["start", "rate", "low", "high", "printed"]
STEPS = ["day", "platform", "cost", "low", "high"]


def day(date: str) -> pd.Timestamp:
    """Return the day that a printed date names: the last of a year, the first of a month."""
    return pd.Timestamp(f"{date}-12-31" if len(date) == 4 else f"{date}-01")


def dated(costs: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the day that their date names, as column `day`, by that day."""
    days = [day(date) for date in costs["date"].astype(str)]
    rows = costs.assign(day=pd.to_datetime(pd.Series(days, index=costs.index, dtype="object")))
    return rows.sort_values("day", kind="stable")


def half_unit(printed: str) -> float:
    """Return half of the last place of a number as printed ("2E+15", "$0.10", "$1,000")."""
    number = re.search(r"[\d,]*\.?\d+(?:E[+-]?\d+)?", printed)
    if not number:
        return float("nan")
    value = Decimal(number[0].replace(",", ""))
    if value == value.to_integral() and "." not in number[0]:
        value = value.normalize()  # trailing zeros of an integer fill places, they say nothing
    return 0.5 * 10.0 ** value.as_tuple().exponent


def window(dated_costs: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the first row dated in a year and the last row of all; empty unless two days."""
    at = [place for place, date in enumerate(dated_costs["date"]) if str(date)[:4] == str(year)]
    pair = dated_costs.iloc[[at[0], -1]] if at else dated_costs.iloc[:0]
    return pair if pair["day"].nunique() == 2 else pair.iloc[:0]


def ranges(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what the rounding of each price allows: low, high."""
    slack = np.array([half_unit(text) for text in rows["printed"]])
    slack = np.minimum(slack, rows["cost_2022"] / 2)
    return pd.DataFrame({"low": rows["cost_2022"] - slack, "high": rows["cost_2022"] + slack})


def windows(costs: pd.DataFrame, declines: pd.DataFrame) -> pd.DataFrame:
    """Return the printed windows, recomputed: start, rate, low, high, printed.

    Rates are fractions a year. low, high : what the rounding of the prices at both ends allows.
    """
    rows, told = dated(costs), []
    for line in declines.sort_values("window_start", kind="stable").itertuples():
        pair = window(rows, line.window_start)
        if len(pair):
            years = growth.years_between(pair["day"].iloc[0], pair["day"].iloc[-1], DAY_COUNT)
            ends = ranges(pair)
            low = growth.annual_decline(ends["low"].iloc[0], ends["high"].iloc[-1], years)
            high = growth.annual_decline(ends["high"].iloc[0], ends["low"].iloc[-1], years)
            rate = growth.annual_decline(*pair["cost_2022"], years)
            told.append((line.window_start, rate, low, high, line.annual_decline / 100))
    return pd.DataFrame(told, columns=WINDOWS)


def of_window(found: pd.DataFrame, column: str, year: int, rows: list[pd.DataFrame]) -> Given:
    """Return a column of the window that begins in a year, with the rows; unknown without it."""
    chosen = found[found["start"] == year]
    return Given(float(chosen[column].iloc[0]), rows) if len(chosen) else Given()


def least(found: pd.DataFrame, column: str, before: int, rows: list[pd.DataFrame]) -> Given:
    """Return the lowest number of a column among the windows that begin before a year."""
    chosen = found[found["start"] < before]
    return Given(float(chosen[column].min()), rows) if len(chosen) else Given()


def steps(costs: pd.DataFrame) -> pd.DataFrame:
    """Return the platforms that were the cheapest of their day: day, platform, cost, low, high.

    low, high : what the rounding of the price allows.
    """
    rows = dated(costs)
    rows = rows[rows["cost_2022"] <= rows["cost_2022"].cummin()]
    table = pd.DataFrame(
        {"day": rows["day"], "platform": rows["platform"], "cost": rows["cost_2022"]}
    )
    return pd.concat([table, ranges(rows)], axis=1).reset_index(drop=True)[STEPS]


def halving(months: Given | float) -> Given:
    """Return the yearly fall (fraction) of a price that halves in so many months."""
    return derive(lambda time: 1 - 0.5 ** (12 / time), months)


def overstated(line: pd.DataFrame, cost: Given, time: Given) -> Given:
    """Return how many times a printed price of a GFLOPS is that of its machine.

    line : its row, with `original_cost` (USD). cost : USD million. time : of an operation, in
    microseconds.
    """
    if line.empty:
        return Given()
    printed = Given(float(line["original_cost"].iloc[0]), [line])
    return derive(lambda told, each, wait: told / (each * 1e6 * wait * 1e3), printed, cost, time)


def repriced(fall: Given, times: Given, years: Given) -> Given:
    """Return the yearly fall (fraction) over some years if the first price was so many times too
    high."""
    return derive(lambda rate, over, span: 1 - (1 - rate) * over ** (1 / span), fall, times, years)
