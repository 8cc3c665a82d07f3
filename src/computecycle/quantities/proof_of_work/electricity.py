"""Electricity: what the Bitcoin network is estimated to use, what it costs, and what countries use.

The estimates differ in kind. Cambridge models the machines that can run at a profit, with a floor
and a ceiling (its model was replaced in August 2023), and asked firms in mid-2024 what theirs
take; Digiconomist starts from the miners' income.
A year's use and the reading of a day as if it held for a year are never joined. Tables in (as
loaded), tables and numbers out, in TWh.
"""

import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities.proof_of_work import bitcoin as network
from computecycle.quantities.proof_of_work import mining

CAMBRIDGE = "Cambridge, model since August 2023"
SURVEYED = "Cambridge, survey of firms"
DIGICONOMIST, OF_A_YEAR = "Digiconomist", "Digiconomist, of a year"
FLOOR, GUESS, CEILING = (
    f"Cambridge, {name}" for name in ("floor", "best guess of a day", "ceiling")
)
USE = ["electricity_consumption", "electricity_annualised"]
SURVEY, PRICE = "fleet_efficiency", "electricity_price"  # told by a survey of firms
COST, SHARE = "running_cost", "electricity_world_share"  # told by it, too
MODEL_PRICE = 5.0  # US cents a kWh: Cambridge counts the machines that pay at this price
MAKERS = {
    CAMBRIDGE: "Cambridge",
    SURVEYED: "Cambridge",
    DIGICONOMIST: "Digiconomist",
    OF_A_YEAR: "Digiconomist",
}
WORLD = "World"


def estimates(bitcoin: pd.DataFrame) -> pd.DataFrame:
    """Return the estimates of the two makers over time: date, value (TWh a year), maker, survey
    (whether firms were asked), run.

    A run ends where a year is missing. A year's use stands at the middle of the year, a reading
    on its day.
    """
    rows = bitcoin[bitcoin["metric"].isin(USE) & bitcoin["scope"].isin(MAKERS)]
    rows = rows.sort_values("period_end", kind="stable")
    middle = rows["period_end"] - pd.Timedelta(days=183)
    table = pd.DataFrame(
        {
            "date": middle.where(rows["metric"] == USE[0], rows["period_end"]),
            "value": rows["value"],
            "maker": rows["scope"].map(MAKERS),
            "survey": rows["scope"] == SURVEYED,
        }
    ).reset_index(drop=True)
    missing = table.groupby("maker")["date"].diff() > pd.Timedelta(days=550)
    return table.assign(run=missing.groupby(table["maker"]).cumsum().astype(str))


def estimate(bitcoin: pd.DataFrame, scope: str, period: str) -> Given:
    """Return an estimate in one scope for a year or a month."""
    rows = bitcoin[bitcoin["metric"].isin(USE) & (bitcoin["scope"] == scope)]
    rows = rows[rows["period"] == period]
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()


def _periods(bitcoin: pd.DataFrame, scope: str) -> set[str]:
    rows = bitcoin[bitcoin["metric"].isin(USE) & (bitcoin["scope"] == scope)]
    return set(rows["period"])


def newest_reading(bitcoin: pd.DataFrame) -> str:
    """Return the newest month with Cambridge's floor, best guess and ceiling; empty if none has."""
    each = [_periods(bitcoin, scope) for scope in (FLOOR, GUESS, CEILING)]
    return max(set.intersection(*each), default="")


def newest_survey(bitcoin: pd.DataFrame, countries: pd.DataFrame) -> str:
    """Return the newest year that can be set beside countries; empty where none can.

    Such a year has a survey by Cambridge and a list of countries with the world: a year without
    it is told of a part of them alone.
    """
    whole = set(countries[countries["country"] == WORLD]["period"].astype(str))
    return max(_periods(bitcoin, SURVEYED) & whole, default="")


def at_mean_rate(machine: Given, bitcoin: pd.DataFrame, year: str) -> Given:
    """Return the use of a year (TWh) if machines of so many J/TH made its mean hash rate."""
    day = pd.Timestamp(f"{year}-12-31") if year else pd.NaT
    rate = network.observed(bitcoin, [network.YEARLY], day)
    return derive(mining.electricity, machine, rate / network.HASHES["TH/s"])


def scaled(use: Given, bitcoin: pd.DataFrame, year: str) -> Given:
    """Return the use of a year (TWh) if that of a month had grown with the hash rate to the mean of
    the year."""
    day = pd.Timestamp(f"{year}-12-31") if year else pd.NaT
    mean = network.observed(bitcoin, [network.YEARLY], day)
    return use * mean / network.observed(bitcoin, network.RATES, day_of(use))


def ends(floor: Given, guess: Given, ceiling: Given) -> pd.DataFrame:
    """Return a reading with its bounds for a chart: date, low, value, high; empty if unknown."""
    if not all(each.known for each in (floor, guess, ceiling)):
        return pd.DataFrame(columns=["date", "low", "value", "high"])
    low, value, high = (each.number for each in (floor, guess, ceiling))
    return pd.DataFrame([{"date": day_of(guess), "low": low, "value": value, "high": high}])


def stated_peak(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the peak that a document prints: date (the middle of its year), value (TWh a year)."""
    rows = statements[statements["variable"] == "electricity_use_peak"]
    dates = pd.to_datetime(rows["period"].str.slice(0, 4) + "-07-01").astype("datetime64[ns]")
    return pd.DataFrame({"date": dates, "value": rows["value"]}).reset_index(drop=True)


def day_of(given: Given) -> pd.Timestamp:
    """Return the end of the period of an observation; not a time (NaT) where there is none."""
    return given.rows[0]["period_end"].iloc[0] if given.rows else pd.NaT


def days(*readings: Given) -> Given:
    """Return on how many days some readings stand; unknown where one of them is."""
    if not all(each.known for each in readings):
        return Given()
    rows = [row for each in readings for row in each.rows]
    return Given(float(len({day_of(each) for each in readings})), rows)


def surveyed(bitcoin: pd.DataFrame, metric: str = SURVEY) -> Given:
    """Return the newest that firms told a survey: the J/TH of the machines that run, of `PRICE`
    and `COST` what they pay (USD a MWh), of `SHARE` their part of the world's electricity
    (percent)."""
    rows = bitcoin[bitcoin["metric"] == metric].sort_values("period_end", kind="stable").tail(1)
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()


def implied(bitcoin: pd.DataFrame, scope: str = GUESS) -> Given:
    """Return the J/TH that Cambridge's newest reading in a scope implies.

    The reading of a day stands against the hash rate of its month or the newest before; where
    there is none, the best guess of a year against the mean of its year.
    """
    reading = estimate(bitcoin, scope, newest_reading(bitcoin))
    if reading.known:
        by_then = bitcoin[bitcoin["period_end"] <= day_of(reading) + pd.offsets.MonthEnd(0)]
        return _machine(reading, network.moment(bitcoin, network.newest(by_then)).rate)
    if scope != GUESS:
        return Given()
    return energy(bitcoin, newest_energy(bitcoin))


def energy(bitcoin: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return the J/TH of the year that ends on a day, by Cambridge's use over its hash rate."""
    rows = bitcoin[(bitcoin["metric"] == USE[0]) & (bitcoin["scope"] == CAMBRIDGE)]
    use = rows[rows["period_end"] == day]
    rate = network.observed(bitcoin, [network.YEARLY], day)
    return _machine(Given(float(use["value"].iloc[0]), [use]), rate) if len(use) else Given()


def newest_energy(bitcoin: pd.DataFrame) -> pd.Timestamp:
    """Return the end of the newest year whose energy of a guess is known; no day without one."""
    years = bitcoin[(bitcoin["metric"] == USE[0]) & (bitcoin["scope"] == CAMBRIDGE)]
    rates = bitcoin[bitcoin["metric"] == network.YEARLY]
    return max(set(years["period_end"]) & set(rates["period_end"]), default=pd.NaT)


def _machine(use: Given, rate: Given) -> Given:
    return derive(mining.implied_efficiency, use, rate / network.HASHES["TH/s"])


def share(machine: Given, tariff: float, earned: Given) -> Given:
    """Return what part of the income of a unit its electricity takes."""
    return derive(mining.power_cost, machine, tariff) / earned


def shares(parts: dict[str, tuple[Given, Given]]) -> pd.DataFrame:
    """Return electricity over income now and after the next halving: name, now, after.

    parts : by name. Those of which one is not known are left out.
    """
    found = [
        {"name": name, "now": now.number, "after": after.number}
        for name, (now, after) in parts.items()
        if now.known and after.known
    ]
    return pd.DataFrame(found, columns=["name", "now", "after"])


def demand(countries: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return the countries' rows of a year, largest first, without the world."""
    rows = countries[(countries["period"].astype(str) == period) & (countries["country"] != WORLD)]
    return rows.sort_values("value", ascending=False, kind="stable")


def demand_of(countries: pd.DataFrame, period: str, country: str) -> Given:
    """Return the demand of a country, or of the `WORLD`, in a year."""
    rows = countries[countries["period"].astype(str) == period]
    rows = rows[rows["country"] == country]
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()


def users_above(use: Given, countries: pd.DataFrame, period: str) -> Given:
    """Return how many of the listed countries use more in a year."""
    rows = demand(countries, period)
    if rows.empty or not use.known:
        return Given()
    return Given(float((rows["value"] > use.number).sum()), [rows, *use.rows])


def beside(
    countries: pd.DataFrame, period: str, ends: tuple[Given, Given], last: int
) -> pd.DataFrame:
    """Return the last listed countries and the network: name, low, high, kind; by size.

    ends : the lower and the higher estimate of the network in that year. Empty where one is not
    known.
    """
    rows = demand(countries, period).tail(last)
    if rows.empty or not all(each.known for each in ends):
        return pd.DataFrame(columns=["name", "low", "high", "kind"])
    listed = pd.DataFrame({"name": rows["country"], "low": rows["value"], "high": rows["value"]})
    low, high = (each.number for each in ends)
    own = {"name": "Bitcoin", "low": low, "high": high, "kind": "Bitcoin"}
    both = pd.concat([listed.assign(kind="country"), pd.DataFrame([own])])
    return both.sort_values("low", ascending=False, kind="stable", ignore_index=True)


def stated_users_above(use: Given, table: pd.DataFrame) -> Given:
    """Return how many of the countries that a document ranks use more, by its own table."""
    rows = table[table["rank"].notna()]
    if rows.empty or not use.known:
        return Given()
    return Given(float((rows["electricity"] > use.number).sum()), [rows, *use.rows])


def people(table: pd.DataFrame) -> Given:
    """Return the people of the world in a document's table."""
    rows = table[table["country"] == WORLD]
    return Given(float(rows["population"].iloc[0]) * 1e6, [rows]) if len(rows) else Given()
