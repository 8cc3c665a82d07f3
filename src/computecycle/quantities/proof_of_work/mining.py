"""What proof-of-work mining pays: the income and the power of a unit of hash rate.

    new coins        s = 50 / 2 ** h                    BTC per block, h: halvings so far
    revenue          r = s (1 + f) b P / H              USD per TH/s a day
    power            w = e                              1 J/TH at 1 TH/s is 1 W
    cost of power    c = 24 e p / 1000                  USD per TH/s a day
    break-even       p = r / (24 e / 1000)              USD per kWh at which nothing is left
    implied machine  e = E / (H t)                      J/TH of the mean machine
    bound on use     E = R / p                          TWh that all revenue of a year can buy
    income so far    I(t) = (q ** t - 1) / ln q         years of today's income; t where q = 1
    payback          t = ln(1 + m ln q) / ln q          years; endless where 1 + m ln q <= 0

f: fees over new coins, b: blocks a day, P: price of a coin, H: hash rate of the network, e: J/TH,
p: price of electricity, E: energy a year, q: factor by which income changes each year, m: price of
the machine in years of today's income. The difficulty is set so that b stays at 144 whatever H
is: more hash rate finds no more coins, it divides the same ones.

The schedule of new coins is part of the protocol (Nakamoto 2008 and the reference software,
50 BTC at first, halved every 210,000 blocks); the days on which it halved are those of the blocks.
Hash rate is in TH/s, efficiency in J/TH, electricity in USD per kWh and TWh. Functions take floats
and arrays alike; nothing here reads a file or draws.
"""

import numpy as np
import pandas as pd

FIRST_COINS = 50.0  # BTC per block
BLOCKS_PER_HALVING = 210_000
HALVINGS = pd.DatetimeIndex(["2012-11-28", "2016-07-09", "2020-05-11", "2024-04-20"])
MINUTES_PER_BLOCK = 10
BLOCKS_A_DAY = 24 * 60 // MINUTES_PER_BLOCK
DAYS_A_YEAR = 365
HOURS_A_DAY = 24
SECONDS_A_YEAR = DAYS_A_YEAR * HOURS_A_DAY * 3600
WATTS_PER_KILOWATT = 1000
JOULES_PER_TWH = 3.6e15
KWH_PER_TWH = 1e9

Number = float | np.ndarray


def new_coins(day) -> Number:
    """Return the new coins of a block (BTC) on some days.

    After the last halving that has happened the next ones are expected, at ten minutes a block.
    """
    days = pd.DatetimeIndex(np.atleast_1d(np.asarray(day, dtype="datetime64[ns]")))
    era = pd.Timedelta(minutes=MINUTES_PER_BLOCK * BLOCKS_PER_HALVING)
    expected = ((days - HALVINGS[-1]) // era).to_numpy().clip(min=0)
    coins = FIRST_COINS / 2.0 ** (HALVINGS.searchsorted(days, side="right") + expected)
    return float(coins[0]) if np.ndim(day) == 0 else coins


def revenue(hash_rate: Number, price: Number, coins: Number, fees: Number = 0.0) -> Number:
    """Return what 1 TH/s earns a day (USD).

    hash_rate : of the network, TH/s. price : USD a coin. coins : new coins per block (BTC).
    fees : paid by the senders, as a share of the new coins.
    """
    return network_revenue(price, coins, fees) / DAYS_A_YEAR / hash_rate


def network_revenue(price: Number, coins: Number, fees: Number = 0.0) -> Number:
    """Return what the whole network earns a year (USD), whatever its hash rate."""
    return coins * (1 + fees) * BLOCKS_A_DAY * DAYS_A_YEAR * price


def power_cost(efficiency: Number, electricity_price: Number) -> Number:
    """Return what the electricity of 1 TH/s costs a day (USD); efficiency in J/TH."""
    return _kwh_a_day(efficiency) * electricity_price


def break_even(revenue: Number, efficiency: Number) -> Number:
    """Return the price of electricity (USD per kWh) at which power takes all of the revenue."""
    return revenue / _kwh_a_day(efficiency)


def implied_efficiency(electricity: Number, hash_rate: Number) -> Number:
    """Return the J/TH of the mean machine from the network's TWh a year and TH/s."""
    return electricity * JOULES_PER_TWH / (hash_rate * SECONDS_A_YEAR)


def electricity_bound(network_revenue: Number, electricity_price: Number) -> Number:
    """Return the TWh a year that the revenue (USD) buys: beyond it mining runs at a loss."""
    return network_revenue / electricity_price / KWH_PER_TWH


def per_transaction(electricity: Number, transactions_per_second: Number) -> Number:
    """Return kWh for each transaction, from TWh a year; a mean, not what one more would use."""
    return electricity * KWH_PER_TWH / (transactions_per_second * SECONDS_A_YEAR)


def income(years: Number, change: Number = 1.0) -> Number:
    """Return the income of some years, in years of today's income.

    change : factor by which the income changes each year, smoothly; above 0.
    """
    _above_zero(change)
    years, rate = np.asarray(years, dtype=float), np.log(np.asarray(change, dtype=float))
    with np.errstate(invalid="ignore", divide="ignore"):
        changing = np.expm1(rate * years) / rate
    return _plain(np.where(rate == 0, years, changing))


def payback(machine: Number, change: Number = 1.0) -> Number:
    """Return the years until a machine is paid; endless where its income dries up before.

    machine : its price in years of today's income. change : as in `income`.
    """
    _above_zero(change)
    machine, rate = np.asarray(machine, dtype=float), np.log(np.asarray(change, dtype=float))
    with np.errstate(invalid="ignore", divide="ignore"):
        years = np.where(rate == 0, machine, np.log1p(machine * rate) / rate)
    return _plain(np.where(machine * rate <= -1, np.inf, years))


def _kwh_a_day(efficiency: Number) -> Number:
    return efficiency * HOURS_A_DAY / WATTS_PER_KILOWATT


def _above_zero(change: Number) -> None:
    if np.any(np.asarray(change, dtype=float) <= 0):
        raise ValueError(f"change is {change}; a factor by which income changes is above 0.")


def _plain(numbers: np.ndarray) -> Number:
    return float(numbers) if np.ndim(numbers) == 0 else numbers
