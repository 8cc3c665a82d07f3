"""What proof-of-work mining pays: the income and the power of a unit of hash rate.

    new coins        s = 50 / 2 ** h                    BTC per block, h: halvings so far
    revenue          r = s (1 + f) b P / H              USD per TH/s a day
    power            w = e                              1 J/TH at 1 TH/s is 1 W
    cost of power    c = 24 e p / 1000                  USD per TH/s a day
    break-even       e = 1000 r / (24 p)                J/TH at which power takes all of r
    implied machine  e = E / (H t)                      J/TH of the mean machine
    its electricity  E = e H t                          TWh a year
    cards            n = H / h                          machines of hash rate h that make up H

f: fees over new coins, b: blocks a day, P: price of a coin, H: hash rate of the network, e: J/TH,
p: price of electricity, E: energy a year. The difficulty is set so that b stays at 144 whatever H
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
SECONDS_A_DAY = HOURS_A_DAY * 3600
SECONDS_A_YEAR = DAYS_A_YEAR * SECONDS_A_DAY
WATTS_PER_KILOWATT = 1000
JOULES_PER_TWH = 3.6e15
ERA = pd.Timedelta(minutes=MINUTES_PER_BLOCK * BLOCKS_PER_HALVING)

Number = float | np.ndarray


def new_coins(day) -> Number:
    """Return the new coins of a block (BTC) on some days.

    After the last halving that has happened the next ones are expected, at ten minutes a block.
    """
    days = pd.DatetimeIndex(np.atleast_1d(np.asarray(day, dtype="datetime64[ns]")))
    expected = ((days - HALVINGS[-1]) // ERA).to_numpy().clip(min=0)
    coins = FIRST_COINS / 2.0 ** (HALVINGS.searchsorted(days, side="right") + expected)
    return float(coins[0]) if np.ndim(day) == 0 else coins


def next_halving(day: pd.Timestamp) -> pd.Timestamp:
    """Return the day of the first halving after a day, expected where it has not happened yet."""
    if pd.isna(day):
        return pd.NaT
    later = HALVINGS[HALVINGS.searchsorted(day, side="right") :]
    past = max((day - HALVINGS[-1]) // ERA, 0) + 1
    return later[0] if len(later) else (HALVINGS[-1] + past * ERA).ceil("D")


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
    return efficiency * HOURS_A_DAY / WATTS_PER_KILOWATT * electricity_price


def break_even(revenue: Number, electricity_price: Number) -> Number:
    """Return the J/TH at which electricity takes all of what 1 TH/s earns a day (USD)."""
    return revenue * WATTS_PER_KILOWATT / HOURS_A_DAY / electricity_price


def implied_efficiency(electricity: Number, hash_rate: Number) -> Number:
    """Return the J/TH of the mean machine from the network's TWh a year and TH/s."""
    return electricity * JOULES_PER_TWH / (hash_rate * SECONDS_A_YEAR)


def electricity(efficiency: Number, hash_rate: Number) -> Number:
    """Return the TWh a year of a network of so many TH/s whose mean machine takes so many J/TH."""
    return efficiency * hash_rate * SECONDS_A_YEAR / JOULES_PER_TWH
