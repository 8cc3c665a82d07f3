"""Miners as hosts: what three of them sell, and what leases for AI promise a year.

Money is in USD million. A lease is a promise over years, not revenue; contracts in which the host
buys the chips are left out, for their sums pay for chips. Tables in (as loaded), tables and
numbers out.
"""

import pandas as pd

from computecycle.evidence.given import Given, computed

LEASE = "colocation lease"
FEWEST = 3  # miners that can be set side by side
MINED, EARNED = "mining_revenue", "ai_hosting_revenue"
PARTS = {
    MINED: "own coins",
    "hosted_mining_revenue": "machines of other miners",
    EARNED: "computers for AI",
}


def sales(accounts: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of miners' sales: quarter, part, start, end, share; in time.

    The parts of a quarter lie end to end, in the order of `PARTS`."""
    rows = accounts[accounts["metric"].isin(PARTS)]
    rows = rows.assign(part=rows["metric"].map(PARTS), place=rows["metric"].map([*PARTS].index))
    rows = rows.sort_values(["company", "period_end", "place"], kind="stable")
    quarter = (
        rows["company"] + ", quarter " + rows["period"].str[-1] + " of " + rows["period"].str[:4]
    )
    table = pd.DataFrame({"quarter": quarter, "part": rows["part"], "value": rows["value"]})
    each = table.groupby("quarter")["value"]
    table = table.assign(end=each.cumsum(), share=table["value"] / each.transform("sum"))
    table = table.assign(start=table["end"] - table["value"]).drop(columns="value")
    return table.reset_index(drop=True)


def sold(accounts: pd.DataFrame, company: str, metric: str, period: str = "") -> Given:
    """Return a number of a company in a period, the newest where none is given."""
    rows = accounts[(accounts["company"] == company) & (accounts["metric"] == metric)]
    rows = rows.sort_values("period_end")
    rows = rows[rows["period"] == period] if period else rows.tail(1)
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()


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


def turned(accounts: pd.DataFrame, period: str) -> Given:
    """Return how many of them earned more from AI than from own coins."""
    rows = told_in(accounts, period)
    wide = rows.pivot(index="company", columns="metric", values="value")
    return computed((wide[EARNED] > wide[MINED]).sum(), rows) if len(rows) else Given()


def leases(contracts: pd.DataFrame) -> pd.DataFrame:
    """Return the leases with a sum and a term."""
    rows = contracts[contracts["kind"] == LEASE]
    return rows[rows["contract_value"].notna() & rows["term_years"].notna()]


def beside_mining(contracts: pd.DataFrame, mined: Given) -> pd.DataFrame:
    """Return what leases promise a year, by host and in all, and the income of all miners.

    mined : USD million a year. Columns: name, value (USD billion), kind; hosts by size.
    """
    rows = leases(contracts)
    yearly = (rows["contract_value"] / rows["term_years"] / 1000).groupby(rows["host"]).sum()
    yearly = yearly.sort_values(ascending=False, kind="stable")
    found = [{"name": host, "value": value, "kind": "host"} for host, value in yearly.items()]
    if found and mined.known:
        found += [
            {"name": "all these hosts", "value": yearly.sum(), "kind": "all hosts"},
            {
                "name": "all bitcoin miners, from coins",
                "value": mined.number / 1000,
                "kind": "mining",
            },
        ]
    return pd.DataFrame(found, columns=["name", "value", "kind"])


def promised(contracts: pd.DataFrame) -> Given:
    """Return what all of the leases promise a year, each over its own term (USD million)."""
    rows = leases(contracts)
    return computed((rows["contract_value"] / rows["term_years"]).sum(), rows)
