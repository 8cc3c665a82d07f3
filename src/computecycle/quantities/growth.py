"""How fast something grows: rates, doubling times, fitted exponentials and logistics.

    growth factor       g = (last / first) ** (1 / years)             per year
    annual rate         r = g - 1                 a factor of 1.7 a year is 70% a year
    annual decline      d = 1 - g                 a cost that falls to g of itself each year
    doubling time       T = ln 2 / ln(1 + r)      in years; negative where the value falls
    exponential fit     ln y = a + t ln g         least squares on the logarithms
    interval            g exp(-q e) to g exp(q e)    e: standard error of ln g, q: Student's t
    logistic            y = K / (1 + exp(-k (t - m)))   K: ceiling, m: midpoint, k: steepness

A rate compounds: r over n years multiplies by (1 + r) ** n, it does not add up to 1 + n r. The
exponential is fitted to logarithms because growth errs by a share, not by an amount; a straight
line through the values themselves answers another question and is ruled by the largest of them.

The interval is that of ordinary least squares: it takes the points as independent and their
scatter as equal throughout. How many times one growth is another has an interval of its own, with
the degrees of freedom of Welch (1947), "The generalization of Student's problem", Biometrika 34,
28-35: two intervals may overlap although the growths differ.

The logistic is fitted as a line, ln(p / (1 - p)) = k (t - m) with p = y / K, each point weighted
by (p (1 - p)) squared. The weight turns an error of the logit into an error of the share (delta
method), so that shares are matched equally well everywhere and the tails do not rule; Berkson
(1944), "Application of the logistic function to bio-assay", J. Am. Stat. Assoc. 39, 357-365,
has the line and later weights of this kind. The ceiling is given, not fitted.

Day counts are those of finance (ISDA Definitions 2006, section 4.16): days over a fixed year
("actual/365", "actual/365.25", "actual/360"), months of thirty days ("30E/360"), and "calendar",
the difference of decimal years, in which every year has length one.

Rates and shares are fractions: 70% is 0.7. Time is in years, as numbers or as dates. Functions of
numbers take floats and arrays alike. Here belongs growth of any quantity; nothing here knows what
grows, reads a file or draws.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

Number = float | np.ndarray
DAYS_A_YEAR = {"actual/365": 365.0, "actual/365.25": 365.25, "actual/360": 360.0}
DAY_COUNTS = [*DAYS_A_YEAR, "30E/360", "calendar"]
UNKNOWN = float("nan")
LEVEL = 0.95  # of an interval


@dataclass(frozen=True)
class Growth:
    """An exponential through data; all numbers are nan where there were fewer than two times.

    growth : factor a year. level : fitted value at `origin`. origin : a time, in years.
    r_squared : share of the variance of the logarithms that the fit explains. points : fitted.
    error : standard error of ln(growth), unknown for fewer than three points.
    """

    growth: float = UNKNOWN
    level: float = UNKNOWN
    origin: float = UNKNOWN
    r_squared: float = UNKNOWN
    points: int = 0
    error: float = UNKNOWN

    @property
    def annual_rate(self) -> float:
        """Growth a year as a fraction: a factor of 1.7 is 0.7; negative where the value falls."""
        return self.growth - 1

    @property
    def doubling_time(self) -> float:
        """Years to double; negative where the value falls, endless where it stands still."""
        return doubling_time(self.annual_rate)

    @property
    def interval(self) -> tuple[float, float]:
        """The ends of the interval of the growth, at `LEVEL`; nan for fewer than three points."""
        return _interval(self.growth, self.error, self.points - 2)

    def predict(self, time) -> Number:
        """Return the fitted value at some times (years or dates)."""
        return self.level * self.growth ** (in_years(time) - self.origin)


@dataclass(frozen=True)
class Logistic:
    """An S-curve through data; all numbers but the ceiling are nan where it could not be fitted.

    ceiling : where it ends. midpoint : time at which half of it is reached. steepness : per year.
    r_squared : share of the variance of the values that the fit explains. points : fitted.
    scatter : of the values about it, as a share of the ceiling. spread : of steepness and level
    (2 by 2, for a scatter of one). origin : time at which the level is taken.
    """

    ceiling: float
    midpoint: float = UNKNOWN
    steepness: float = UNKNOWN
    r_squared: float = UNKNOWN
    points: int = 0
    scatter: float = UNKNOWN
    spread: tuple = ((UNKNOWN, UNKNOWN), (UNKNOWN, UNKNOWN))
    origin: float = UNKNOWN

    def predict(self, time) -> Number:
        """Return the fitted value at some times (years or dates)."""
        return self.ceiling / (1 + np.exp(-self.steepness * (in_years(time) - self.midpoint)))

    def interval(self, time) -> tuple[Number, Number]:
        """Return the ends of the interval, at `LEVEL`, of a value at some times (years or dates).

        Of what may lie there, not of the curve alone: the scatter about it is in. The years are
        taken as independent and the ceiling as known.
        """
        away, share = in_years(time) - self.origin, self.predict(time) / self.ceiling
        (steep, both), (_, level) = self.spread
        of_curve = steep * away**2 + 2 * both * away + level
        freedom = self.points - 2
        if freedom < 1:
            return away * UNKNOWN, away * UNKNOWN
        reach = student(freedom) * self.scatter
        reach = reach * np.sqrt(of_curve + 1 / (share * (1 - share)) ** 2)
        odds = share / (1 - share)
        low, high = odds * np.exp(-reach), odds * np.exp(reach)
        return self.ceiling * low / (1 + low), self.ceiling * high / (1 + high)

    def reaches(self, value: Number) -> Number:
        """Return the time (years) at which the curve passes a value between 0 and the ceiling."""
        share = np.asarray(value, dtype=float) / self.ceiling
        return _plain(self.midpoint + np.log(share / (1 - share)) / self.steepness)


def fit_exponential(time, value) -> Growth:
    """Return the exponential through (time, value): least squares on ln(value).

    time : years or dates. value : positive numbers. Pairs with a gap are left out.
    """
    times, values = _pairs(time, value)
    _positive("value", values)
    if len(np.unique(times)) < 2:
        return Growth(points=len(times))
    origin = float(times.mean())
    logs = np.log(values)
    slope, level = np.polyfit(times - origin, logs, 1)
    fitted = level + slope * (times - origin)
    return Growth(
        growth=float(np.exp(slope)),
        level=float(np.exp(level)),
        origin=origin,
        r_squared=_r_squared(logs, fitted),
        points=len(times),
        error=_error(times, logs - fitted),
    )


def times_faster(first: Growth, second: Growth) -> tuple[float, float]:
    """Return the ends of the interval, at `LEVEL`, of how many times one growth is another."""
    parts = [(fit.error**2, fit.points - 2) for fit in (first, second)]
    spread = math.fsum(part for part, _ in parts)
    if not spread > 0:  # unknown, or no scatter in either
        return _interval(first.growth / second.growth, spread, 1)
    freedom = spread**2 / math.fsum(part**2 / own for part, own in parts)
    return _interval(first.growth / second.growth, math.sqrt(spread), int(freedom))


def student(freedom: int, share: float = LEVEL) -> float:
    """Return how far Student's t strays from 0, to either side, with a probability (a share).

    The probability is the finite series of Abramowitz and Stegun, 26.7.3 and 26.7.4, for whole
    degrees of freedom; it is inverted by halving the angle that holds it.
    """
    low, high = 0.0, math.pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < share else (low, middle)
    return math.tan(low) * math.sqrt(freedom)


def _within(angle: float, freedom: int) -> float:
    """Return the probability that t lies within plus and minus tan(angle) sqrt(freedom)."""
    cosine, odd = math.cos(angle), freedom % 2
    term, total = (cosine, 0.0) if odd else (1.0, 0.0)
    for power in range(odd, freedom - 1, 2):
        total += term
        term *= cosine**2 * (power + 1) / (power + 2)
    whole = math.sin(angle) * total
    return (angle + whole) * 2 / math.pi if odd else whole


def _interval(factor: float, error: float, freedom: int) -> tuple[float, float]:
    """Return the ends of the interval of a factor whose logarithm has a standard error."""
    if not np.isfinite(error):
        return UNKNOWN, UNKNOWN
    reach = student(freedom) * error
    with np.errstate(over="ignore"):
        return float(factor * np.exp(-reach)), float(factor * np.exp(reach))


def _error(times: np.ndarray, residuals: np.ndarray) -> float:
    """Return the standard error of a slope, from what the line leaves unexplained."""
    freedom = len(times) - 2
    if freedom < 1:
        return UNKNOWN
    spread = ((times - times.mean()) ** 2).sum()
    return math.sqrt(float((residuals**2).sum()) / freedom / float(spread))


def fit_logistic(time, value, ceiling: float) -> Logistic:
    """Return the logistic with a given ceiling through (time, value).

    time : years or dates. value : numbers strictly between 0 and the ceiling, in its unit.
    """
    times, values = _pairs(time, value)
    _positive("value", values)
    if (values >= ceiling).any():
        raise ValueError(f"value is {values.max():g}; it must lie below the ceiling, {ceiling:g}.")
    if len(np.unique(times)) < 2:
        return Logistic(ceiling, points=len(times))
    share = values / ceiling
    origin = times.mean()
    logit = np.log(share / (1 - share))
    weight = share * (1 - share)
    (steepness, level), spread = np.polyfit(times - origin, logit, 1, w=weight, cov="unscaled")
    if steepness == 0:
        return Logistic(ceiling, points=len(times))
    curve = Logistic(ceiling, float(origin - level / steepness), float(steepness))
    left = weight * (logit - level - steepness * (times - origin))
    scatter = math.sqrt(float((left**2).sum()) / (len(times) - 2)) if len(times) > 2 else UNKNOWN
    return replace(
        curve,
        r_squared=_r_squared(values, curve.predict(times)),
        points=len(times),
        scatter=scatter,
        spread=tuple(map(tuple, spread.tolist())),
        origin=float(origin),
    )


def annual_growth(first: Number, last: Number, years: Number) -> Number:
    """Return the compound annual growth rate from first to last: (last / first) ** (1/years) - 1.

    first, last : positive, in one unit. years : not zero.
    """
    _positive("first", first)
    _positive("last", last)
    if (np.asarray(years, dtype=float) == 0).any():
        raise ValueError("years is 0; a rate needs two different times.")
    ratio = np.asarray(last, dtype=float) / np.asarray(first, dtype=float)
    return _plain(ratio ** (1 / np.asarray(years, dtype=float)) - 1)


def annual_decline(first: Number, last: Number, years: Number) -> Number:
    """Return the compound annual decline, 1 - (last / first) ** (1/years): positive for a fall."""
    return _plain(-np.asarray(annual_growth(first, last, years)))


def doubling_time(rate: Number) -> Number:
    """Return the years in which an annual rate (above -1) doubles: ln 2 / ln(1 + rate)."""
    rate = np.asarray(rate, dtype=float)
    if np.any(rate <= -1):
        raise ValueError(f"rate is {rate.min():g}; nothing falls by its whole every year.")
    with np.errstate(divide="ignore"):
        return _plain(np.log(2) / np.log1p(rate))


def rate_of(doubling_time: Number) -> Number:
    """Return the annual rate that doubles in so many years: 2 ** (1 / doubling_time) - 1."""
    time = np.asarray(doubling_time, dtype=float)
    if np.any(time == 0):
        raise ValueError("doubling_time is 0; nothing doubles in no time.")
    return _plain(np.expm1(np.log(2) / time))


def multiple(rate: Number, years: Number) -> Number:
    """Return by how much an annual rate multiplies over some years: (1 + rate) ** years."""
    return _plain((1 + np.asarray(rate, dtype=float)) ** np.asarray(years, dtype=float))


def decimal_year(dates) -> Number:
    """Return dates as years with their fraction: 2 July 2023 is about 2023.5."""
    dates = np.asarray(dates, dtype="datetime64[D]")
    year = dates.astype("datetime64[Y]")
    start, end = year.astype("datetime64[D]"), (year + 1).astype("datetime64[D]")
    share = (dates - start) / (end - start)
    return _plain(year.astype(float) + 1970 + share)


def years_between(start, end, day_count: str = "actual/365.25") -> Number:
    """Return the years from start to end (dates) by a day count, one of `DAY_COUNTS`."""
    if day_count not in DAY_COUNTS:
        raise ValueError(f'day_count is "{day_count}"; it is one of {", ".join(DAY_COUNTS)}.')
    if day_count == "calendar":
        return _plain(np.asarray(decimal_year(end)) - np.asarray(decimal_year(start)))
    start, end = (np.asarray(dates, dtype="datetime64[D]") for dates in (start, end))
    if day_count in DAYS_A_YEAR:
        return _plain((end - start) / np.timedelta64(1, "D") / DAYS_A_YEAR[day_count])
    return _plain((_days_of_thirty(end) - _days_of_thirty(start)) / 360)


def in_years(time) -> Number:
    """Return times as years: dates by `decimal_year`, numbers as they are."""
    if isinstance(time, pd.Series | pd.Index):
        time = time.to_numpy(dtype=None if _dated(time) else float, na_value=_gap(time))
    if _dated(np.asarray(time)) or isinstance(time, pd.Timestamp):
        return decimal_year(time)
    return _plain(np.asarray(time, dtype=float))


def _dated(values) -> bool:
    return pd.api.types.is_datetime64_any_dtype(values)


def _gap(values):
    return pd.NaT if _dated(values) else np.nan


def _days_of_thirty(dates: np.ndarray) -> np.ndarray:
    months = dates.astype("datetime64[M]")
    day = (dates - months.astype("datetime64[D]")) / np.timedelta64(1, "D") + 1
    return months.astype(float) * 30 + np.minimum(day, 30)


def _pairs(time, value) -> tuple[np.ndarray, np.ndarray]:
    """Times in years and values, without the pairs in which one of them is missing."""
    times, values = np.atleast_1d(in_years(time)), np.atleast_1d(in_years(value))
    if times.shape != values.shape:
        raise ValueError(f"there are {len(times)} times and {len(values)} values; give pairs.")
    known = np.isfinite(times) & np.isfinite(values)
    return times[known], values[known]


def _positive(name: str, value: Number) -> None:
    values = np.asarray(value, dtype=float)
    if (values <= 0).any():
        raise ValueError(f"{name} is {values.min():g}; it must be above 0 to grow by a factor.")


def _r_squared(values: np.ndarray, fitted: np.ndarray) -> float:
    spread = float(((values - values.mean()) ** 2).sum())
    return 1 - float(((values - fitted) ** 2).sum()) / spread if spread else UNKNOWN


def _plain(numbers: np.ndarray) -> Number:
    """A float for a single number, else the array."""
    return float(numbers) if np.ndim(numbers) == 0 else numbers
