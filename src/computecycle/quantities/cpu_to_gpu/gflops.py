"""What a billion operations a second cost: windows of decline, day counts, rounding.

    annual decline   d = 1 - (last / first) ** (1 / years)            see `growth`
    day of a date    a printed month or bare year names many days; which one is a convention
    rounding         a number printed to a unit u stands for anything from - u / 2 to + u / 2,
                     u being the place of its last digit that is not a trailing zero

The unit of compute is 1 GFLOPS of peak rate, in the prices of one year or as paid at the time;
neither counts power, programming or the years of service. Tables in (as loaded: platform,
date, cost_2022, printed, original_cost, original_cost_printed), tables or `Given` numbers out.
"""

import re
from decimal import Decimal

import numpy as np
import pandas as pd

from computecycle.evidence.errors import in_order
from computecycle.evidence.given import Given
from computecycle.quantities import growth

YEAR_DAYS = {"start": "01-01", "middle": "07-01", "end": "12-31"}  # of a bare year
MONTH_DAYS = {"first": 1, "middle": 15, "last": 31}  # of a bare month
FOUND = {"bare_year": "end", "month_day": "first", "day_count": "actual/365"}
PRINTED = {"cost_2022": "printed", "original_cost": "original_cost_printed"}
TENS = {"万亿": 12, "亿": 8, "万": 4}  # powers of ten in Chinese numerals
CONVENTIONS = ["bare_year", "month_day", "day_count", "windows"]
WINDOWS = ["window", "years", "rate", "low", "high", "printed", "printed_years", "start"]


def day(date: str, bare_year: str, month_day: str) -> pd.Timestamp:
    """Return the day that a printed date (2007 or 2007-08) names by a convention."""
    if len(date) == 4:
        return pd.Timestamp(f"{date}-{YEAR_DAYS[bare_year]}")
    month = pd.Timestamp(f"{date}-01")
    return month.replace(day=min(MONTH_DAYS[month_day], month.days_in_month))


def dated(costs: pd.DataFrame, bare_year: str = "end", month_day: str = "first") -> pd.DataFrame:
    """Return the rows with the day that their date names, as column `day`, by that day."""
    days = [day(date, bare_year, month_day) for date in costs["date"].astype(str)]
    rows = costs.assign(day=pd.to_datetime(pd.Series(days, index=costs.index, dtype="object")))
    return rows.sort_values("day", kind="stable")


def half_unit(printed: str) -> float:
    """Return half of the last place of a number as printed ("2E+15", "$0.10", "200 亿美元")."""
    number = re.search(r"[\d,]*\.?\d+(?:E[+-]?\d+)?", printed)
    if not number:
        return float("nan")
    value = Decimal(number[0].replace(",", ""))
    if value == value.to_integral() and "." not in number[0]:
        value = value.normalize()  # trailing zeros of an integer fill places, they say nothing
    ten = next((power for word, power in TENS.items() if word in printed), 0)
    return 0.5 * 10.0 ** (value.as_tuple().exponent + ten)


def window(dated_costs: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the first row dated in a year and the last row of all; empty unless two days."""
    at = [place for place, date in enumerate(dated_costs["date"]) if str(date)[:4] == str(year)]
    pair = dated_costs.iloc[[at[0], -1]] if at else dated_costs.iloc[:0]
    return pair if pair["day"].nunique() == 2 else pair.iloc[:0]


def decline(pair: pd.DataFrame, day_count: str, column: str = "cost_2022") -> Given:
    """Return the annual decline (fraction) from the first row of a pair to its last."""
    if len(pair) < 2:
        return Given()
    first, last = pair[column].iloc[0], pair[column].iloc[-1]
    return Given(growth.annual_decline(first, last, length(pair, day_count)), [loaded(pair)])


def length(pair: pd.DataFrame, day_count: str) -> float:
    """Return the years from the first row of a pair to its last."""
    return growth.years_between(pair["day"].iloc[0], pair["day"].iloc[-1], day_count)


def loaded(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows without the column that `dated` gave them."""
    return rows.drop(columns="day")


def rounded(
    pair: pd.DataFrame, day_count: str, column: str = "cost_2022", ends: str = "last"
) -> tuple[float, float]:
    """Return the lowest and highest decline that the rounding of a pair's prices allows.

    ends : which prices are taken as rounded, "last" or "both".
    """
    if len(pair) < 2:
        return np.nan, np.nan
    prices = pair[column].iloc[[0, -1]].to_numpy()
    slack = np.array([half_unit(text) for text in pair[PRINTED[column]].iloc[[0, -1]]])
    slack = np.minimum(slack, prices / 2) * [ends == "both", True]
    (first_low, last_low), (first_high, last_high) = prices - slack, prices + slack
    years = length(pair, day_count)
    low = growth.annual_decline(first_low, last_high, years)
    return low, growth.annual_decline(first_high, last_low, years)


def windows(
    costs: pd.DataFrame, declines: pd.DataFrame, convention: dict = FOUND, ends: str = "last"
) -> pd.DataFrame:
    """Return the printed windows, recomputed: window, years, rate, low, high, printed, start.

    Rates are fractions a year. low, high : what the rounding of the prices at the ends allows.
    """
    rows = dated(costs, convention["bare_year"], convention["month_day"])
    told = []
    for line in declines.sort_values("window_start").itertuples():
        pair = window(rows, line.window_start)
        if len(pair):
            low, high = rounded(pair, convention["day_count"], ends=ends)
            years = length(pair, convention["day_count"])
            told.append(
                {
                    "window": f"since {line.window_start}",
                    "years": years,
                    "rate": growth.annual_decline(*pair["cost_2022"], years),
                    "low": low,
                    "high": high,
                    "printed": line.annual_decline / 100,
                    "printed_years": line.window_length,
                    "start": line.window_start,
                }
            )
    return pd.DataFrame(told, columns=WINDOWS)


def reproduced(found: pd.DataFrame) -> int:
    """Return how many windows come out with rate (2 decimals of a percent) and length (1)."""
    rates = (found["rate"] * 100).round(2) == (found["printed"] * 100).round(2)
    return int((rates & (found["years"].round(1) == found["printed_years"])).sum())


def of_window(found: pd.DataFrame, column: str, year: int, rows: list[pd.DataFrame]) -> Given:
    """Return a column of the window that begins in a year, with the rows; unknown without it."""
    chosen = found[found["start"] == year]
    return Given(float(chosen[column].iloc[0]), rows) if len(chosen) else Given()


def of_windows(windows: pd.Series, function: str, rows: list[pd.DataFrame]) -> Given:
    """Return the "min", "max" or "count" of a column of windows, with the rows."""
    return Given(float(windows.agg(function)), rows) if len(windows) else Given()


def conventions(costs: pd.DataFrame, declines: pd.DataFrame) -> pd.DataFrame:
    """Return every convention tried and how many printed windows it reproduces."""
    tried = []
    for bare_year in YEAR_DAYS:
        for month_day in MONTH_DAYS:
            for day_count in growth.DAY_COUNTS:
                convention = dict(zip(FOUND, (bare_year, month_day, day_count), strict=True))
                right = reproduced(windows(costs, declines, convention))
                tried.append(convention | {"windows": right})
    return pd.DataFrame(tried, columns=CONVENTIONS)


def free_window(dated_costs: pd.DataFrame, first_year: int, last_year: int) -> pd.DataFrame:
    """Return the first row dated in or after one year and the last dated in or before another.

    InputError unless the years rise.
    """
    in_order(first_year=first_year, last_year=last_year)
    years = dated_costs["date"].astype(str).str.slice(0, 4).astype(int)
    rows = dated_costs[years.between(first_year, last_year)]
    pair = pd.concat([rows.iloc[:1], rows.iloc[-1:]])
    return pair if pair["day"].nunique() == 2 else pair.iloc[:0]


def ends(pair: pd.DataFrame, column: str = "cost_2022") -> pd.DataFrame:
    """Return both ends of a window to draw: day, cost."""
    return pd.DataFrame({"day": pair["day"], "cost": pair[column]}).reset_index(drop=True)


def cheapest(dated_costs: pd.DataFrame, column: str = "cost_2022") -> pd.DataFrame:
    """Return the rows with `lowest`: whether none up to the same day costs less."""
    best = dated_costs.groupby("day")[column].transform("min")
    so_far = best.where(dated_costs[column] == best).ffill().cummin()
    return dated_costs.assign(lowest=dated_costs[column] <= np.minimum(so_far, best))


def boards(chips: pd.DataFrame) -> pd.DataFrame:
    """Return the price of a GFLOPS of FP32 on the boards of a catalogue: platform, day, cost.

    The price is that of the board at its launch, without the computer around it, in money of the
    day.
    """
    known = chips.dropna(subset=["price_performance"])
    return pd.DataFrame(
        {
            "platform": known["product"],
            "day": known["released"],
            "cost": 1 / (known["price_performance"] * 1000),
        }
    ).reset_index(drop=True)


def drawn(dated_costs: pd.DataFrame, column: str, named: list[str]) -> pd.DataFrame:
    """Return the platforms to draw: day, platform, cost, lowest, label (only of those named)."""
    rows = cheapest(dated_costs, column)
    label = rows["platform"].where(rows["platform"].isin(named), "")
    return pd.DataFrame(
        {
            "day": rows["day"],
            "platform": rows["platform"],
            "cost": rows[column],
            "lowest": rows["lowest"],
            "label": label,
        }
    ).reset_index(drop=True)


def since(table: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the rows of a drawn table from the start of a year."""
    return table[table["day"].dt.year >= year]


def straight(dated_costs: pd.DataFrame, column: str = "cost_2022") -> growth.Growth:
    """Return the exponential through all platforms, that is a straight line on a log axis."""
    return growth.fit_exponential(dated_costs["day"], dated_costs[column])


def dearer(costs: pd.DataFrame) -> Given:
    """Return how many rows are not the cheapest of their own date, with the rows of that date."""
    best = costs.groupby("date")["cost_2022"].transform("min")
    rows = costs[costs["cost_2022"] > best]
    same = costs[costs["date"].isin(rows["date"])]
    return Given(float(len(rows)), [same]) if len(costs) else Given()
