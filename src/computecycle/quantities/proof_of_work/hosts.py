"""Miners as hosts: what some of them sell, and what leases for AI promise a year.

Money is in USD million. A lease is a promise over years, not revenue; contracts in which the host
buys the chips are left out, for their sums pay for chips. Tables in (as loaded), tables and
numbers out.
"""

import math

import pandas as pd

from computecycle.evidence.given import Given, computed

LEASE = "colocation lease"
OF_MACHINES = "critical IT load"  # basis of a capacity
QUARTERS = 4  # in a year
FEWEST = 3  # miners that can be set side by side
HOST = "Core Scientific"  # the miner whose accounts tell the turn
BEFORE, TURNED = "2024Q2", "2026Q1"  # its quarter before its first lease, and that of the turn
ALL_TURNED = "2026Q2"  # the quarter in which all that can be set side by side had turned
LEASED = "2026-08-10"  # day of the lease with which they promise more than mining leaves
CLOUDS = ["CoreWeave", "Fluidstack"]  # clouds that rent; Google stands surety for the second
UNNAMED = "not disclosed"
UNSUMMED = "Core42"  # pays rent by a lease of which no sum is known
TELLING = ["Core Scientific", "TeraWulf"]  # hosts with leases that tell what AI brings
LANDLORD = "Applied Digital"  # housed miners; Galaxy mined as well
BEHIND = {"HIVE": "2025Q3", "Riot": "2026Q1"}  # miners of coins first, and the quarter found
METAVERSE = ("2023", "2024")  # the last whole year before the study, and the first since
MINED, EARNED = "mining_revenue", "ai_hosting_revenue"
PARTS = {
    EARNED: "computers for AI",
    MINED: "own coins",
    "hosted_mining_revenue": "machines of other miners",
    "undivided_revenue": "coins and other work together",
}


def sales(accounts: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of each miner's sales in its newest quarter: quarter, part, start, end,
    share; the miner that sells most of AI first.

    The parts of a quarter lie end to end, in the order of `PARTS`."""
    rows = accounts[accounts["metric"].isin(PARTS)]
    rows = rows[rows["period"] == rows.groupby("company")["period"].transform("max")]
    of_ai = rows["value"].where(rows["metric"] == EARNED).groupby(rows["company"]).sum()
    of_all = rows.groupby("company")["value"].sum()
    rows = rows.assign(part=rows["metric"].map(PARTS), place=rows["metric"].map([*PARTS].index))
    rows = rows.assign(less=-rows["company"].map(of_ai / of_all))
    rows = rows.sort_values(["less", "company", "place"], kind="stable")
    quarter = (
        rows["company"] + ", quarter " + rows["period"].str[-1] + " of " + rows["period"].str[:4]
    )
    table = pd.DataFrame({"quarter": quarter, "part": rows["part"], "value": rows["value"]})
    each = table.groupby("quarter", sort=False)["value"]
    table = table.assign(end=each.cumsum(), share=table["value"] / each.transform("sum"))
    table = table.assign(start=table["end"] - table["value"]).drop(columns="value")
    return table.reset_index(drop=True)


def sold(accounts: pd.DataFrame, company: str, metric: str, period: str) -> Given:
    """Return a number of a company in a period."""
    rows = accounts[(accounts["company"] == company) & (accounts["metric"] == metric)]
    rows = rows[rows["period"] == period]
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()


def newest(accounts: pd.DataFrame, company: str, metrics: list[str], since: str) -> str:
    """Return the newest period for which a company tells all of some metrics.

    since : a quarter or a year, before which none counts; of its kind are those that do. Empty
    where there is none.
    """
    rows = accounts[(accounts["company"] == company) & accounts["metric"].isin(metrics)]
    rows = rows[(rows["period"].str.len() == len(since)) & (rows["period"] >= since)]
    told = rows.groupby("period")["metric"].nunique()
    return max(told.index[told == len(metrics)], default="")


def before_and_now(accounts: pd.DataFrame) -> list[list[Given]]:
    """Return sales of AI and of all of `HOST`: in the newest quarter since its turn, and before."""
    metrics = [EARNED, "revenue"]
    now = newest(accounts, HOST, metrics, since=TURNED)
    return [[sold(accounts, HOST, each, when) for each in metrics] for when in (now, BEFORE)]


def behind(accounts: pd.DataFrame, company: str, metric: str) -> list[Given]:
    """Return a part of a miner's sales and all of them, in the newest quarter since that of
    `BEHIND` in which both and AI are told."""
    when = newest(accounts, company, list({metric, EARNED, "revenue"}), BEHIND[company])
    return [sold(accounts, company, each, when) for each in (metric, "revenue")]


def metaverse(accounts: pd.DataFrame) -> list[Given]:
    """Return sales and loss of Meta's division in the newest year since the study, and the loss of
    the last year before it."""
    before, after = METAVERSE
    last = newest(accounts, "Meta", ["metaverse_revenue", "metaverse_loss"], since=after)
    asked = ("metaverse_revenue", last), ("metaverse_loss", last), ("metaverse_loss", before)
    return [sold(accounts, "Meta", metric, period) for metric, period in asked]


def cash_of_meta(flows: pd.DataFrame, accounts: pd.DataFrame) -> list[Given]:
    """Return Meta's cash from operations in the same newest year and in the last before the study.

    flows : the table of cash flows."""
    before, after = METAVERSE
    last = newest(accounts, "Meta", ["metaverse_revenue", "metaverse_loss"], since=after)
    rows = flows[(flows["company"] == "Meta") & (flows["measure"] == "operating_cash_flow")]
    found = [rows[rows["period"] == year] for year in (last, before)]
    return [computed(each["value"].sum(), each) for each in found]


def newest_beside(accounts: pd.DataFrame, since: str = ALL_TURNED) -> str:
    """Return the newest quarter in which miners can be set side by side, if not before another;
    empty where none is."""
    quarters = [each for each in accounts["period"].unique() if each >= since]
    return max((each for each in quarters if len(told_in(accounts, each))), default="")


def told_in(accounts: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return the rows on AI and own coins in a quarter, of miners of which both are told; none
    where these are fewer than `FEWEST`."""
    rows = accounts[accounts["metric"].isin([EARNED, MINED]) & (accounts["period"] == period)]
    both = rows.groupby("company")["metric"].transform("nunique") == 2
    rows = rows[both]
    return rows if rows["company"].nunique() >= FEWEST else rows.iloc[:0]


def counted(accounts: pd.DataFrame, period: str) -> Given:
    """Return how many miners can be set side by side in a quarter; unknown below `FEWEST`."""
    rows = told_in(accounts, period)
    return computed(rows["company"].nunique(), rows)


def least_of_ai(accounts: pd.DataFrame, period: str) -> Given:
    """Return the smallest share that AI has in the sales of one of them; unknown below `FEWEST`."""
    of_them = accounts["company"].isin(told_in(accounts, period)["company"])
    rows = accounts[of_them & accounts["metric"].isin(PARTS) & (accounts["period"] == period)]
    of_ai = rows["value"].where(rows["metric"] == EARNED).groupby(rows["company"]).sum()
    shares = of_ai / rows.groupby("company")["value"].sum()
    return computed(shares.min(), rows)


def since_leased(contracts: pd.DataFrame) -> pd.DataFrame:
    """Return the contracts, if one of `LEASED` or later is among them; else none."""
    return contracts if (contracts["announced"] >= LEASED).any() else contracts.iloc[:0]


def leases(contracts: pd.DataFrame) -> pd.DataFrame:
    """Return the leases with a sum and a term."""
    rows = contracts[contracts["kind"] == LEASE]
    return rows[rows["contract_value"].notna() & rows["term_years"].notna()]


def signed_by(contracts: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the contracts that had been announced by a day; of no day (NaT) none."""
    return contracts[_announced(contracts) <= day]


def last_signed(contracts: pd.DataFrame) -> pd.Timestamp:
    """Return the day of the newest of the leases; not a time (NaT) where there is none."""
    return _announced(leases(contracts)).max()


def _announced(contracts: pd.DataFrame) -> pd.Series:
    return pd.to_datetime(contracts["announced"], format="ISO8601")


def ranges(told: dict[str, tuple[str, *tuple[Given, ...]]]) -> pd.DataFrame:
    """Return sums a year for a chart: name, low, value, high (USD billion), kind.

    told : by name, its kind and USD million: one number, or low end, best guess and high end. Where
    one is not known there is no row.
    """
    found = []
    for name, (kind, *each) in told.items():
        if all(one.known for one in each):
            low, value, high = (each[place].number / 1000 for place in (0, len(each) // 2, -1))
            found.append({"name": name, "low": low, "value": value, "high": high, "kind": kind})
    return pd.DataFrame(found, columns=["name", "low", "value", "high", "kind"])


def promised(contracts: pd.DataFrame) -> Given:
    """Return what all of the leases promise a year, each over its own term (USD million)."""
    rows = leases(contracts)
    return computed((rows["contract_value"] / rows["term_years"]).sum(), rows)


def rise(contracts: pd.DataFrame) -> Given:
    """Return by what part rents rise a year, where leases state it: the greatest of them."""
    rows = leases(contracts)
    rows = rows[rows["escalator"].notna()]
    return computed(rows["escalator"].max() / 100, rows)


def at_first(contracts: pd.DataFrame, rising: Given) -> Given:
    """Return what the leases pay in their first year if each rent rises at one rate (USD million):
    the sum of a lease is then its first rent times ((1 + r)^n - 1) / r."""
    rows = leases(contracts)
    if rows.empty or not rising.known:
        return Given()
    rate = rising.number
    years = ((1 + rate) ** rows["term_years"] - 1) / rate
    return Given(float((rows["contract_value"] / years).sum()), [rows, *rising.rows])


def housed(contracts: pd.DataFrame) -> Given:
    """Return the power of the machines of these leases (GW), where it is told as such."""
    rows = leases(contracts)
    rows = rows[rows["capacity_basis"] == OF_MACHINES]
    return computed(rows["capacity_mw"].sum() / 1000, rows)


def paid(accounts: pd.DataFrame, period: str, hosts: list[str]) -> Given:
    """Return what AI brings some hosts a year at the pace of a quarter (USD million); unknown where
    one does not tell."""
    each = [sold(accounts, host, EARNED, period) for host in hosts]
    rows = [row for one in each for row in one.rows]
    known = all(one.known for one in each)
    return Given(math.fsum(one.number for one in each) * QUARTERS, rows) if known else Given()
