"""The Bitcoin network as observed: hash rate, price, and what they make mining pay.

Tables in (as loaded), tables and small results out. Hash rate comes out in hashes a second (H/s),
money in USD. Hash rates are estimates from the blocks found; a December is the mean of its days.
"""

from dataclasses import dataclass, replace

import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import growth
from computecycle.quantities.proof_of_work import mining

HASHES = {"TH/s": 1e12}  # hashes a second in a unit
MONTHS = 12
DECEMBER, YEARLY = "hash_rate_december_mean", "hash_rate_annual_mean"
MONTHLY = "hash_rate_month_mean"
PRICES = ["price_year_end", "price_month_end"]
RATES = [DECEMBER, MONTHLY]
PAID = ["fees_year", "issuance_year"]
VALUES = ["market_value_year_end", "market_value_month_end"]
BOOM = pd.Timestamp("2017-12-31")  # the December of the boom that the study takes as its example
FALLS = tuple(  # the month of the peak and the lowest month after it, of the two large falls
    tuple(pd.Timestamp(day) for day in days)
    for days in (("2018-09-30", "2018-12-31"), ("2021-05-31", "2021-07-31"))
)
PAUSE = pd.Timestamp("2026-01-31")  # the month in which the fall from the last record was seen
LATE = pd.Timestamp("2018-01-31")  # the first month drawn one by one


@dataclass(frozen=True)
class Moment:
    """A month with a hash rate (H/s) and, at its end, a price (USD): day, rate, price, fees, value.

    fees : share of the new coins, of the last whole year. value : of all coins at that price (USD).
    coins : new ones in a block.
    """

    day: pd.Timestamp = pd.NaT
    rate: Given = Given()
    price: Given = Given()
    fees: Given = Given()
    value: Given = Given()

    @property
    def coins(self) -> float:
        """New coins of a block on the day; unknown where there is no day."""
        return float("nan") if pd.isna(self.day) else mining.new_coins(self.day)

    @property
    def earned(self) -> Given:
        """What 1 TH/s earns a day (USD)."""
        terahashes = self.rate / HASHES["TH/s"]
        return derive(mining.revenue, terahashes, self.price, self.coins, self.fees)

    @property
    def earned_by_all(self) -> Given:
        """What the whole network earns a year (USD) at this price."""
        return derive(mining.network_revenue, self.price, self.coins, self.fees)

    @property
    def paid_of_value(self) -> Given:
        """A year of all miners' pay at this price as a share of the value of all coins."""
        return self.earned_by_all / self.value

    @property
    def halved(self) -> "Moment":
        """The same network after the next halving: price, hash rate and fees as on the day."""
        after = mining.next_halving(self.day)
        coins = float("nan") if pd.isna(after) else mining.new_coins(after)
        return replace(self, day=after, fees=self.fees * (self.coins / coins))


def observed(bitcoin: pd.DataFrame, metrics: list[str], day: pd.Timestamp) -> Given:
    """Return what one of some metrics was in the period that ends on a day; hash rates in H/s."""
    rows = bitcoin[bitcoin["metric"].isin(metrics) & (bitcoin["period_end"] == day)].tail(1)
    if rows.empty:
        return Given()
    return Given(float(rows["value"].iloc[0]) * HASHES.get(rows["unit"].iloc[0], 1), [rows])


def moment(bitcoin: pd.DataFrame, day: pd.Timestamp) -> Moment:
    """Return the network in the month that ends on a day; unknown where it was not observed."""
    if pd.isna(day):
        return Moment()
    rate, price, value = (observed(bitcoin, metrics, day) for metrics in (RATES, PRICES, VALUES))
    return Moment(day, rate, price, fee_share(bitcoin, day), value)


def newest(bitcoin: pd.DataFrame, months: bool = True) -> pd.Timestamp:
    """Return the end of the newest month with a hash rate and a price, or of such a December."""
    rates = RATES if months else [DECEMBER]
    days = [
        set(bitcoin[bitcoin["metric"].isin(metrics)]["period_end"]) for metrics in (rates, PRICES)
    ]
    return max(days[0] & days[1], default=pd.NaT)


def newest_since(bitcoin: pd.DataFrame, first: pd.Timestamp) -> pd.Timestamp:
    """Return the end of the newest month, if not before a day on which a turn had come."""
    day = newest(bitcoin)
    return day if pd.notna(day) and day >= first else pd.NaT


def years_before(day: pd.Timestamp, years: int) -> pd.Timestamp:
    """Return the same day so many years earlier."""
    return day - pd.DateOffset(years=years) if pd.notna(day) else day


def fee_share(bitcoin: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return fees over new coins in the last whole year up to a day."""
    rows = bitcoin[bitcoin["metric"].isin(PAID) & (bitcoin["period_end"] <= day)]
    rows = rows[rows["period_end"] == rows["period_end"].max()]
    if len(rows) < len(PAID):
        return Given()
    fees, coins = (rows[rows["metric"] == metric]["value"].iloc[0] for metric in PAID)
    return Given(float(fees / coins), [rows])


def rates(bitcoin: pd.DataFrame, metrics: list[str]) -> pd.DataFrame:
    """Return the hash rate of some metrics over time: date, value (H/s)."""
    rows = bitcoin[bitcoin["metric"].isin(metrics)].sort_values("period_end", kind="stable")
    values = rows["value"] * HASHES["TH/s"]
    return pd.DataFrame({"date": rows["period_end"], "value": values}).reset_index(drop=True)


def window(bitcoin: pd.DataFrame, years: int, first: bool = False) -> pd.DataFrame:
    """Return the rows of the Decembers of the last (or first) so many years, both ends in."""
    rows = bitcoin[bitcoin["metric"] == DECEMBER]
    year = rows["period"].astype(int)
    chosen = year <= year.min() + years if first else year >= year.max() - years
    return rows[chosen]


def fitted(bitcoin: pd.DataFrame, years: int, first: bool = False) -> growth.Growth:
    """Return the exponential through the Decembers of a window (H/s)."""
    table = rates(window(bitcoin, years, first), [DECEMBER])
    return growth.fit_exponential(table["date"], table["value"])


def doubling(bitcoin: pd.DataFrame, years: int, first: bool = False) -> tuple[Given, Given, Given]:
    """Return the months in which the hash rate doubled in a window, as fitted: the ends of the
    interval before and after the best estimate. A window that is not whole is unknown."""
    rows = window(bitcoin, years, first)
    if len(rows) <= years:
        return Given(), Given(), Given()
    fit = fitted(bitcoin, years, first)
    low, high = fit.interval
    factors = high, fit.growth, low  # the faster growth doubles sooner
    months = [growth.doubling_time(each - 1) * MONTHS for each in factors]
    return tuple(Given(each, [rows]) for each in months)


def expected(bitcoin: pd.DataFrame, years: int, day: pd.Timestamp) -> Given:
    """Return the hash rate to which the line fitted to the years before points on a day (H/s)."""
    before = bitcoin[bitcoin["period_end"] < day]
    rows = window(before, years)
    if len(rows) <= years:
        return Given()
    value = fitted(before, years).predict(pd.Series([day]))
    return Given(float(value[0]), [rows])


def trends(bitcoin: pd.DataFrame, years: int, until: pd.Timestamp) -> pd.DataFrame:
    """Return the lines fitted to the first and the last years: date, value (H/s), window.

    The last one is carried on to a day.
    """
    lines = []
    for first in (True, False):
        days = window(bitcoin, years, first)["period_end"].sort_values(kind="stable")
        days = days if first else pd.concat([days, pd.Series([until])]).dropna()
        fit = fitted(bitcoin, years, first)
        name = "first" if first else "last"
        lines.append(pd.DataFrame({"date": days, "value": fit.predict(days), "window": name}))
    return pd.concat(lines, ignore_index=True)


def race(bitcoin: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Return what happened to the prize and the race since a December: date, value, series.

    Each series is 1 in that December. Where it was not observed there is none.
    """
    start = moment(bitcoin, first)
    found = []
    for day in pd.date_range(first, last, freq="YE") if pd.notna(first) else []:
        now = moment(bitcoin, day)
        pairs = {
            "price of a coin": (now.price, start.price),
            "hash rate": (now.rate, start.rate),
            "coins of a block": (Given(now.coins), Given(start.coins)),
            "income of a unit": (now.earned, start.earned),
        }
        found += [
            {"date": day, "value": (one / other).number, "series": name}
            for name, (one, other) in pairs.items()
        ]
    return pd.DataFrame(found, columns=["date", "value", "series"]).dropna()


def pay(bitcoin: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Return a year of all miners' pay over the value of all coins, by December: date, value.

    Where it was not observed there is none.
    """
    days = pd.date_range(first, last, freq="YE") if pd.notna(first) else []
    shares = [moment(bitcoin, day).paid_of_value.number for day in days]
    return pd.DataFrame({"date": days, "value": shares}).dropna()


def fallen(bitcoin: pd.DataFrame, peak: pd.Timestamp, low: pd.Timestamp) -> Given:
    """Return what part of the hash rate of a month was gone in a later one; ends of the months."""
    return 1 - observed(bitcoin, RATES, low) / observed(bitcoin, RATES, peak)


def greatest(bitcoin: pd.DataFrame, until: pd.Timestamp) -> pd.Timestamp:
    """Return the end of the month with the greatest hash rate up to a day; no day without one."""
    rows = bitcoin[bitcoin["metric"].isin(RATES) & (bitcoin["period_end"] <= until)]
    return rows.sort_values("value", kind="stable")["period_end"].iloc[-1] if len(rows) else pd.NaT


def lowest(bitcoin: pd.DataFrame, since: pd.Timestamp, until: pd.Timestamp) -> pd.Timestamp:
    """Return the end of the month with the lowest hash rate from a day to another; no day without
    one."""
    rows = bitcoin[bitcoin["metric"].isin(RATES) & bitcoin["period_end"].between(since, until)]
    return rows.sort_values("value", kind="stable")["period_end"].iloc[0] if len(rows) else pd.NaT


def months_below(bitcoin: pd.DataFrame, peak: pd.Timestamp, until: pd.Timestamp) -> Given:
    """Return for how many months the hash rate was not above that of a month: up to the first
    month that passed it, or up to a day."""
    rows = bitcoin[bitcoin["metric"].isin(RATES) & (bitcoin["period_end"] >= peak)]
    rows = rows[rows["period_end"] <= until].sort_values("period_end", kind="stable")
    if rows.empty or pd.isna(peak):
        return Given()
    above = rows[rows["value"] > rows["value"].iloc[0]]
    last = (above if len(above) else rows.tail(1))["period_end"].iloc[0]
    return Given(float((last.to_period("M") - peak.to_period("M")).n), [rows])
