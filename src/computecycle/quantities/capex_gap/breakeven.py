"""When spending pays: users, years and electricity that would earn what is required.

    years to close     ln(R / A) / ln((1 + g) / (1 + h)), h: growth of the requirement

Money is in the unit handed in; rates, shares and margins are fractions: 175% is 1.75.
"""

import numpy as np
import pandas as pd

from computecycle.quantities.bounds import (
    GROWTH,
    MULTIPLE,
    NOT_NEGATIVE,
    POSITIVE,
    Number,
    within,
)

HOURS_PER_YEAR = 365 * 24
MONTHS_PER_YEAR = 12


def payback_years(
    investment: Number, yearly_revenue: Number, contribution_margin: Number
) -> Number:
    """Years of constant revenue that pay the investment, undiscounted; infinite without revenue."""
    within("investment", investment, POSITIVE)
    within("yearly_revenue", yearly_revenue, NOT_NEGATIVE)
    within("contribution_margin", contribution_margin, pd.Interval(0, 1, closed="right"))
    with np.errstate(divide="ignore"):
        return np.divide(investment, yearly_revenue * contribution_margin)


def breakeven_per_user_month(required: Number, users: Number) -> Number:
    """Revenue from each user and month that earns `required` a year, in the unit of `required`."""
    within("users", users, POSITIVE)
    return required / (users * MONTHS_PER_YEAR)


def years_to_close(
    required: Number, actual: Number, growth: Number, required_growth: Number = 0.0
) -> Number:
    """Years until revenue growing by `growth` a year meets a need growing by `required_growth`.

    ln(R / A) / ln((1 + g) / (1 + h)); 0 where already met, infinite where it never is.
    """
    within("required", required, NOT_NEGATIVE)
    within("actual", actual, NOT_NEGATIVE)
    within("growth", growth, GROWTH)
    within("required_growth", required_growth, GROWTH)
    with np.errstate(divide="ignore", invalid="ignore"):
        pace = np.log1p(growth) - np.log1p(required_growth)
        years = np.divide(np.log(np.divide(required, actual)), pace)
    met = np.asarray(actual) >= required
    return np.where(met, 0.0, np.where(pace > 0, years, np.inf))[()]


def energy_multiple(
    kw_per_gpu: Number,
    usd_per_kwh: Number,
    load_factor: Number,
    power_usage_effectiveness: Number,
    useful_life: Number,
    gpu_price: Number,
) -> Number:
    """Electricity over the life of a GPU, per dollar of its price (`gpu_price` in USD).

    kW x PUE x load factor x 8,760 h x years x USD/kWh / price. 1 is the "dollar of energy per
    dollar of GPU" of sequoia2023. If `kw_per_gpu` is measured at the site, PUE is 1.
    """
    within("usd_per_kwh", usd_per_kwh, NOT_NEGATIVE)
    hours = _energy(kw_per_gpu, load_factor, power_usage_effectiveness, useful_life)
    within("gpu_price", gpu_price, POSITIVE)
    return hours * usd_per_kwh / gpu_price


def _energy(kw: Number, load_factor: Number, pue: Number, useful_life: Number) -> Number:
    """kWh that one GPU draws at the site over its life."""
    within("kw_per_gpu", kw, POSITIVE)
    within("load_factor", load_factor, pd.Interval(0, 1, closed="right"))
    within("power_usage_effectiveness", pue, MULTIPLE)
    within("useful_life", useful_life, POSITIVE)
    return kw * load_factor * pue * HOURS_PER_YEAR * useful_life


def geometric_sum(ratio: Number, terms: Number) -> Number:
    """1 + ratio + ratio**2 + ..., `terms` terms; (1 - ratio**n) / (1 - ratio) between whole n."""
    within("ratio", ratio, POSITIVE)
    within("terms", terms, POSITIVE)
    step = np.log(np.asarray(ratio, dtype=float))
    flat = np.abs(step) < 1e-12  # the quotient below is 0 / 0 there, and its limit is n
    step = np.where(flat, 1.0, step)
    return np.where(flat, terms, np.expm1(step * terms) / np.expm1(step))[()]


def years_at(rate: float, share: float) -> float:
    """Years in which a yearly share of a dollar pays it back with a return; nan where never."""
    within("rate", rate, POSITIVE)
    if share <= rate:
        return np.nan
    return float(-np.log1p(-rate / share) / np.log1p(rate))


def grown(amount: float, pace: float, years: float) -> float:
    """What an amount comes to that is so many times as large each year."""
    return amount * pace**years
