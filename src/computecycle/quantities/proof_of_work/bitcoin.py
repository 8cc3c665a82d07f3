"""The Bitcoin network as observed: hash rate, price, and what they make mining pay.

Tables in (as loaded), tables and small results out. Hash rate comes out in hashes a second (H/s),
money in USD. Hash rates are estimates from the blocks found; a December is the mean of its days.
"""

import math

import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import growth
from computecycle.quantities.proof_of_work import mining

HASHES = {"MH/s": 1e6, "TH/s": 1e12, "EH/s": 1e18}  # hashes a second in a unit
MONTHS = 12
DECEMBER, YEARLY = "hash_rate_december_mean", "hash_rate_annual_mean"
PRICE = "price_year_end"


def observed(bitcoin: pd.DataFrame, metric: str, period: str = "") -> Given:
    """Return a metric in a period, or in the newest; hash rates in H/s."""
    rows = bitcoin[bitcoin["metric"] == metric].sort_values("period_end", kind="stable")
    rows = rows[rows["period"] == period] if period else rows.tail(1)
    if rows.empty:
        return Given()
    return Given(float(rows["value"].iloc[0]) * HASHES.get(rows["unit"].iloc[0], 1), [rows])


def newest_year(bitcoin: pd.DataFrame) -> str:
    """Return the newest year with a hash rate and a price; empty where there is none."""
    years = [set(bitcoin[bitcoin["metric"] == metric]["period"]) for metric in (DECEMBER, PRICE)]
    return max(years[0] & years[1], default="")


def year_before(period: str, years: int) -> str:
    """Return the period so many years earlier; empty where there is none."""
    return str(int(period) - years) if period else ""


def december(year: str) -> pd.Timestamp:
    """Return the last day of a year; not a time (NaT) where there is none."""
    return pd.Timestamp(f"{year}-12-31") if year else pd.NaT


def hash_rates(bitcoin: pd.DataFrame) -> pd.DataFrame:
    """Return the hash rate of each December: date, year, value (H/s)."""
    rows = bitcoin[bitcoin["metric"] == DECEMBER].sort_values("period_end")
    return pd.DataFrame(
        {
            "date": rows["period_end"],
            "year": rows["period"].astype(int),
            "value": rows["value"] * HASHES["TH/s"],
        }
    ).reset_index(drop=True)


def in_window(bitcoin: pd.DataFrame, years: int) -> pd.DataFrame:
    """Return the rows of the Decembers of the last so many years, both ends included."""
    rows = bitcoin[bitcoin["metric"] == DECEMBER]
    return rows[rows["period"].astype(int) >= rows["period"].astype(int).max() - years]


def fitted(bitcoin: pd.DataFrame, years: int) -> growth.Growth:
    """Return the exponential through the Decembers of the last so many years (H/s)."""
    table = hash_rates(in_window(bitcoin, years))
    return growth.fit_exponential(table["date"], table["value"])


def doubling_months(bitcoin: pd.DataFrame, years: int) -> Given:
    """Return the months in which the hash rate doubled over the last so many years, as fitted."""
    months = fitted(bitcoin, years).doubling_time * MONTHS
    return Given(months, [in_window(bitcoin, years)])


def trend(bitcoin: pd.DataFrame, years: int) -> pd.DataFrame:
    """Return the fitted line over its own window: date, value (H/s)."""
    dates = hash_rates(in_window(bitcoin, years))["date"]
    return pd.DataFrame({"date": dates, "value": fitted(bitcoin, years).predict(dates)})


def doublings(bitcoin: pd.DataFrame, years: int) -> pd.DataFrame:
    """Return the doubling time over the so many years before each December: year, months.

    Only whole windows count.
    """
    table = hash_rates(bitcoin)
    rows = []
    for last in table["year"]:
        window = table[table["year"].between(last - years, last)]
        if len(window) == years + 1:
            fit = growth.fit_exponential(window["date"], window["value"])
            rows.append({"year": last, "months": fit.doubling_time * MONTHS})
    return pd.DataFrame(rows, columns=["year", "months"])


def first_doubling(bitcoin: pd.DataFrame, years: int) -> Given:
    """Return the months to double in the first whole window of so many years."""
    table = doublings(bitcoin, years)
    if table.empty:
        return Given()
    last = int(table["year"].iloc[0])
    rows = bitcoin[bitcoin["metric"] == DECEMBER]
    rows = rows[rows["period"].astype(int) <= last]
    return Given(float(table["months"].iloc[0]), [rows])


def first_share(bitcoin: pd.DataFrame, years: int) -> Given:
    """Return the share of all doublings on record that fall into the first so many years."""
    table = hash_rates(bitcoin)
    first = table[table["year"] <= table["year"].min() + years]["value"]
    if len(first) <= years:
        return Given()
    doubled = math.log2(first.iloc[-1] / first.iloc[0])
    ever = math.log2(table["value"].iloc[-1] / table["value"].iloc[0])
    return Given(doubled / ever, [bitcoin[bitcoin["metric"] == DECEMBER]])


def stated_rates(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the hash rates that a document prints: date, value (H/s), oldest first."""
    rows = statements[statements["variable"] == "hash_rate"]
    values = rows["value"] * rows["unit"].map(HASHES)
    dates = pd.to_datetime(rows["period"]).astype("datetime64[ns]")
    table = pd.DataFrame({"date": dates, "value": values})
    return table.sort_values("date", ignore_index=True)


def stated_rate(statements: pd.DataFrame, last: bool) -> Given:
    """Return the last or the first hash rate that a document prints (H/s)."""
    rows = statements[statements["variable"] == "hash_rate"].sort_values("period")
    rows = rows.tail(1) if last else rows.head(1)
    if rows.empty:
        return Given()
    return Given(float(rows["value"].iloc[0]) * HASHES[rows["unit"].iloc[0]], [rows])


def compound(multiple: Given, years: Given | float) -> Given:
    """Return the annual growth (fraction) that makes a multiple in some years."""
    return derive(lambda ratio, span: growth.annual_growth(1.0, ratio, span), multiple, years)


def months_to_double(rate: Given) -> Given:
    """Return the months in which an annual growth (fraction) doubles."""
    return derive(lambda each: growth.doubling_time(each) * MONTHS, rate)


def years_for(multiple: Given, rate: Given) -> Given:
    """Return the years in which an annual growth (fraction) makes a multiple."""
    return derive(lambda ratio, each: growth.doubling_time(each) * math.log2(ratio), multiple, rate)


def stated_span(statements: pd.DataFrame) -> Given:
    """Return the years between the first and the last hash rate that a document prints."""
    rows = statements[statements["variable"] == "hash_rate"]
    dates = stated_rates(statements)["date"]
    if len(dates) < 2:
        return Given()
    return Given(float(growth.years_between(dates.iloc[0], dates.iloc[-1])), [rows])


def prices(bitcoin: pd.DataFrame) -> pd.DataFrame:
    """Return the price of a bitcoin at the end of each year: date, value (USD), series."""
    rows = bitcoin[bitcoin["metric"] == PRICE].sort_values("period_end")
    return pd.DataFrame(
        {"date": rows["period_end"], "value": rows["value"], "series": rows["scope"]}
    ).reset_index(drop=True)


def stated_prices(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the prices that a document prints with a month: date, value (USD), label."""
    rows = statements[
        (statements["entity"] == "Bitcoin")
        & (statements["variable"] == "price")
        & (statements["unit"] == "USD")
    ]
    dates = pd.to_datetime(rows["period"]).astype("datetime64[ns]")
    table = pd.DataFrame({"date": dates + pd.offsets.MonthEnd(0), "value": rows["value"]})
    table = table.assign(label=rows["value"].map("{:,.0f}".format))
    return table.sort_values("date", ignore_index=True)


def stated_price(statements: pd.DataFrame, period: str) -> Given:
    """Return the price that a document prints for a month (USD)."""
    rows = statements[
        (statements["entity"] == "Bitcoin")
        & (statements["variable"] == "price")
        & (statements["unit"] == "USD")
        & (statements["period"] == period)
    ]
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) == 1 else Given()


def earnings(bitcoin: pd.DataFrame, fees: float = 0.0) -> pd.DataFrame:
    """Return what mining earned each December, at the mean hash rate and the price at its end.

    Columns: date, year, revenue (USD per TH/s a day), network_revenue (USD a year).
    """
    rates = hash_rates(bitcoin).set_index("year")
    price = bitcoin[bitcoin["metric"] == PRICE]
    price = pd.Series(price["value"].to_numpy(), index=price["period"].astype(int))
    both = rates.assign(price=price.reindex(rates.index)).dropna().reset_index()
    coins = mining.new_coins(both["date"])
    terahashes = both["value"] / HASHES["TH/s"]
    return both[["date", "year"]].assign(
        revenue=mining.revenue(terahashes, both["price"], coins, fees),
        network_revenue=mining.network_revenue(both["price"], coins, fees),
    )


def earned(bitcoin: pd.DataFrame, year: str, column: str, fees: float = 0.0) -> Given:
    """Return one number of `earnings` in a year, with the rows of hash rate and price."""
    rows = bitcoin[bitcoin["metric"].isin([DECEMBER, PRICE]) & (bitcoin["period"] == year)]
    table = earnings(rows, fees)
    return Given(float(table[column].iloc[0]), [rows]) if len(table) == 1 else Given()


def change_after(bitcoin: pd.DataFrame, year: int, fees: float = 0.0) -> Given:
    """Return the factor by which the earnings of 1 TH/s changed in the year after a December."""
    before, after = (earned(bitcoin, str(each), "revenue", fees) for each in (year, year + 1))
    return after / before


def repaid(machine: float, change: float, months: int) -> pd.DataFrame:
    """Return the income so far over the price of a machine: month, share, case.

    machine : price in years of its first income. change : factor a year, as in `mining.income`.
    Empty where one of them is not known.
    """
    cases = {"if it stays": 1.0, "as it changed": change}
    months = pd.Series(range(months + 1), dtype=float)
    tables = [
        pd.DataFrame(
            {"month": months, "share": mining.income(months / MONTHS, each) / machine, "case": name}
        )
        for name, each in cases.items()
        if machine == machine and each == each
    ]
    return pd.concat(tables) if tables else pd.DataFrame(columns=["month", "share", "case"])


def yearly_changes(bitcoin: pd.DataFrame) -> pd.DataFrame:
    """Return what each year did, December on December: date, hash_rate, price (factors).

    A year whose price was not observed has none.
    """
    rates = hash_rates(bitcoin).set_index("year")
    table = bitcoin[bitcoin["metric"] == PRICE]
    price = pd.Series(table["value"].to_numpy(), index=table["period"].astype(int))
    price = price.reindex(rates.index)
    changes = {"hash_rate": rates["value"] / rates["value"].shift(), "price": price / price.shift()}
    return pd.DataFrame({"date": rates["date"], **changes}).iloc[1:].reset_index(drop=True)


def fastest_years(bitcoin: pd.DataFrame) -> list[tuple[pd.Timestamp, Given]]:
    """Return the Decembers of the two years in which the hash rate grew most, and their factors."""
    fastest = yearly_changes(bitcoin).nlargest(2, "hash_rate")
    rows = bitcoin[bitcoin["metric"] == DECEMBER]
    found = [(year.date, Given(float(year.hash_rate), [rows])) for year in fastest.itertuples()]
    return (found + 2 * [(pd.NaT, Given())])[:2]


def years_of_falling_price(bitcoin: pd.DataFrame, and_rising_hash_rate: bool) -> Given:
    """Return in how many years the price fell, or fell while the hash rate rose."""
    changes = yearly_changes(bitcoin)
    found = changes["price"] < 1
    if and_rising_hash_rate:
        found &= changes["hash_rate"] > 1
    rows = bitcoin[bitcoin["metric"].isin([DECEMBER, PRICE])]
    return Given(float(found.sum()), [rows]) if len(changes) else Given()
