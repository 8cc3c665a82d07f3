"""AI revenue: the sum over companies of what was last known of each, a yearly rate disclosed or
reported, or the round number that the articles assume. Tables in (as loaded), numbers out.
"""

import pandas as pd

from computecycle.evidence.given import Given, computed

COUNTED = ["assumed", "run_rate"]  # yearly rates; recognised revenue of a past year is not one


def companies(ai_revenue: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that make up actual AI revenue: the newest date of each company.

    Of several rows of that date the one told last counts.
    """
    rates = ai_revenue[ai_revenue["metric"].isin(COUNTED)]
    return rates.sort_values(["date", "known_from"], kind="stable").drop_duplicates(
        "company", keep="last"
    )


def revenue(ai_revenue: pd.DataFrame) -> Given:
    """Return actual AI revenue, a year (USD billion): the sum over `companies`."""
    rows = companies(ai_revenue)
    return Given(float(rows["value"].sum()), [rows]) if len(rows) else Given()


def assumed(ai_revenue: pd.DataFrame) -> Given:
    """Return the part of actual AI revenue that is assumed, not disclosed or reported."""
    counted = companies(ai_revenue)
    rows = counted[counted["metric"] == "assumed"]
    return Given(float(rows["value"].sum()), [rows]) if len(counted) else Given()


def told(ai_revenue: pd.DataFrame, day: pd.Timestamp) -> int:
    """Return the number of companies whose AI sales were disclosed or reported by a day."""
    rows = companies(ai_revenue[ai_revenue["known_from"] <= day])
    return int((rows["metric"] != "assumed").sum())


def both_counts(ai_revenue: pd.DataFrame, company: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows in which a company's yearly rate of one month was last told with what its
    partners take, and net of that; no row of either unless both were told."""
    rows = ai_revenue[ai_revenue["company"] == company]
    gross = rows[rows["metric"] == "run_rate_gross"].sort_values("date", kind="stable").tail(1)
    net = rows[(rows["metric"] == "run_rate") & (rows["counting"] == "net")]
    net = net[net["date"].dt.to_period("M").isin(gross["date"].dt.to_period("M"))].tail(1)
    return (gross, net) if len(net) else (gross.iloc[:0], net)


def counted_net(ai_revenue: pd.DataFrame, company: str) -> Given:
    """Return how many of a company's yearly rates were told as net of what partners take."""
    rows = ai_revenue[ai_revenue["company"] == company]
    rows = rows[(rows["metric"] == "run_rate") & (rows["counting"] == "net")]
    return computed(float(len(rows)), rows)


def counting_unsaid(counted: pd.DataFrame, company: str) -> Given:
    """Return what is counted of a company without word whether it is gross or net.

    counted : rows as `companies` returns them.
    """
    rows = counted[counted["company"] == company]
    return computed(rows.loc[~rows["counting"].isin(["gross", "net"]), "value"].sum(), rows)
