"""Electricity: what countries use, and what the Bitcoin network is estimated to use.

The estimates differ in kind. Cambridge models the machines that can run at a profit and gives the
use of a year (its model was replaced in August 2023); Digiconomist gives the reading of a day as
if it held for a year. They are never joined. Tables in (as loaded), tables and numbers out, in TWh.
"""

import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities.proof_of_work import bitcoin as network
from computecycle.quantities.proof_of_work import mining

SCOPES = {
    "cambridge": "Cambridge, model since August 2023",
    "cambridge_before": "Cambridge, model before August 2023",
    "digiconomist": "Digiconomist",
}
READING = "electricity_annualised"
BACK = 2  # years over which the mean machine's improvement is looked at
KWH_PER_MWH = 1000


def estimates(bitcoin: pd.DataFrame) -> pd.DataFrame:
    """Return every estimate of the network's use: date, value (TWh a year), scope, recalled.

    A year's use stands at the middle of the year, a reading on its day.
    """
    rows = bitcoin[bitcoin["metric"].str.startswith("electricity_")].sort_values("period_end")
    middle = rows["period_end"] - pd.Timedelta(days=183)
    reading = rows["metric"] == READING
    return pd.DataFrame(
        {
            "date": rows["period_end"].where(reading, middle),
            "value": rows["value"],
            "scope": rows["scope"],
            "recalled": rows["confidence"] == "recalled",
        }
    ).reset_index(drop=True)


def estimate(bitcoin: pd.DataFrame, scope: str, period: str = "") -> Given:
    """Return an estimate in one scope (a key of `SCOPES`), the newest where no period is given."""
    rows = _of(bitcoin, scope)
    rows = rows[rows["period"] == period] if period else rows.tail(1)
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()


def efficiency(bitcoin: pd.DataFrame, scope: str, period: str = "") -> Given:
    """Return the J/TH that an estimate implies, with the hash rate of its own year or December.

    Without a period the newest estimate that has a hash rate beside it counts.
    """
    for row in reversed(_of(bitcoin, scope).to_dict("records")):
        if period not in ("", row["period"]):
            continue
        metric = network.DECEMBER if row["metric"] == READING else network.YEARLY
        if row["metric"] == READING and not row["period"].endswith("-12"):
            continue
        rate = network.observed(bitcoin, metric, row["period"][:4])
        if rate.known:
            use = estimate(bitcoin, scope, row["period"])
            return derive(mining.implied_efficiency, use, rate / network.HASHES["TH/s"])
    return Given()


def estimated_on(given: Given, otherwise: pd.Timestamp = pd.NaT) -> pd.Timestamp:
    """Return the end of the period of an estimate or of the machine that it implies; another day
    where there is no estimate, as for a reader's machine."""
    return given.rows[0]["period_end"].iloc[0] if given.rows else otherwise


def improved(bitcoin: pd.DataFrame, scope: str, year: str) -> Given:
    """Return the newest J/TH as it would be in a later December at the pace of the years before.

    The pace is that of the last two years with an estimate in the scope.
    """
    newest = efficiency(bitcoin, scope)
    if not (newest.known and year):
        return Given()
    period = str(newest.rows[0]["period"].iloc[0])
    later = int(year) - int(period[:4])
    if later <= 0:
        return newest
    before = efficiency(bitcoin, scope, network.year_before(period[:4], BACK) + period[4:])
    return derive(lambda now, then: now * (now / then) ** (later / BACK), newest, before)


def costs(bitcoin: pd.DataFrame, scope: str, price: float) -> pd.DataFrame:
    """Return what power for 1 TH/s cost in the periods of a scope: date, cost (USD a day)."""
    found = []
    for row in _of(bitcoin, scope).to_dict("records"):
        machine = efficiency(bitcoin, scope, row["period"])
        if machine.known:
            cost = float(mining.power_cost(machine.number, price))
            found.append({"date": row["period_end"], "cost": cost})
    return pd.DataFrame(found, columns=["date", "cost"])


def bounds(bitcoin: pd.DataFrame, price: float, fees: float = 0.0) -> pd.DataFrame:
    """Return what all of the revenue could buy each December: date, value (TWh a year)."""
    earned = network.earnings(bitcoin, fees)
    bound = mining.electricity_bound(earned["network_revenue"], price)
    return pd.DataFrame({"date": earned["date"], "value": bound})


def stated_peak(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the peak that a document prints: date (the middle of its year), value (TWh a year)."""
    rows = statements[statements["variable"] == "electricity_use_peak"]
    dates = pd.to_datetime(rows["period"].str.slice(0, 4) + "-07-01").astype("datetime64[ns]")
    return pd.DataFrame({"date": dates, "value": rows["value"]}).reset_index(drop=True)


def countries(table: pd.DataFrame) -> pd.DataFrame:
    """Return the ranked countries, largest first; without the world."""
    return table[table["rank"].notna()].sort_values("rank")


def used_by(table: pd.DataFrame, country: str, column: str = "electricity") -> Given:
    """Return a number of one row of the table of countries."""
    rows = table[table["country"] == country]
    return Given(float(rows[column].iloc[0]), [rows]) if len(rows) else Given()


def last_ranked(table: pd.DataFrame) -> Given:
    """Return the use of the last ranked country."""
    rows = countries(table).tail(1)
    return Given(float(rows["electricity"].iloc[0]), [rows]) if len(rows) else Given()


def listed(table: pd.DataFrame) -> Given:
    """Return the use of all ranked countries together."""
    rows = countries(table)
    return Given(float(rows["electricity"].sum()), [rows]) if len(rows) else Given()


def users_above(use: Given, table: pd.DataFrame) -> Given:
    """Return how many of the listed countries use more."""
    rows = countries(table)
    if rows.empty or not use.known:
        return Given()
    return Given(float((rows["electricity"] > use.number).sum()), [rows, *use.rows])


def per_person(table: pd.DataFrame) -> pd.DataFrame:
    """Return use per person: country, printed, computed (both MWh a year), differs.

    computed : TWh over million people, which is MWh for each. differs : by more than the rounding
    of the printed number.
    """
    computed = (table["electricity"] / table["population"]).astype(float)
    printed = table["use_per_person"].astype(float)
    return pd.DataFrame(
        {
            "country": table["country"],
            "printed": printed,
            "computed": computed,
            "differs": (computed - printed).abs() > 0.05 + 1e-9,
        }
    ).sort_values("computed", ascending=False, kind="stable", ignore_index=True)


def misprinted(table: pd.DataFrame) -> Given:
    """Return how many rows print a use per person that their own columns do not give."""
    return Given(float(per_person(table)["differs"].sum()), [table]) if len(table) else Given()


def beside(table: pd.DataFrame, uses: dict[str, Given], last: int) -> pd.DataFrame:
    """Return the last so many ranked countries and some other uses: name, value, kind, by size."""
    rows = countries(table).tail(last)
    named = [{"name": name, "value": use.number} for name, use in uses.items() if use.known]
    ranked = pd.DataFrame(
        {"name": rows["country"], "value": rows["electricity"], "kind": "country"}
    )
    network_uses = pd.DataFrame(named, columns=["name", "value"]).assign(kind="Bitcoin")
    return pd.concat([ranked, network_uses]).sort_values(
        "value", ascending=False, kind="stable", ignore_index=True
    )


def _of(bitcoin: pd.DataFrame, scope: str) -> pd.DataFrame:
    rows = bitcoin[bitcoin["scope"] == SCOPES[scope]]
    rows = rows[rows["metric"].str.startswith("electricity_")]
    return rows.sort_values("period_end", kind="stable")
