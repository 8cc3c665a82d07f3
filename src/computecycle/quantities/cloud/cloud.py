"""The market for the cloud: how large by whose count, and how fast. Tables in, tables out.

Gartner restates the past with every release (a vintage) and often the definition (`scope`), so a
level is compared within one of them only. Growth over years is linked: each year's growth is taken
inside the newest vintage, or else inside the newest definition by its latest counts, that holds
both years, and the yearly factors are multiplied.

    linked growth    g = (product over y of v(y) / v(y - 1)) ** (1 / n) - 1

A publisher of quarters is taken alone, each quarter as first counted; growth is on the quarter of
the year before. Money comes out in USD billion, shares and growth as fractions.
"""

import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import growth
from computecycle.quantities.filings import MILLIONS

BOOK = "guosen2024"
SCALES = {"percent": 0.01, "percent per year": 0.01, "USD trillion": 1_000.0}  # to share, billion
QUARTER = r"\d{4}Q\d"
SEEN = 4  # quarters that must have followed before a quarter is called the low
REDRAWN = {"Microsoft Azure": pd.Timestamp("2024-08-21")}  # the day Microsoft redrew its segments


def told(statements: pd.DataFrame, entity: str, variable: str, **where: str) -> Given:
    """Return the one number that the study prints; a percentage as a fraction, money in billion.

    where : further cells, such as period, item or bound ("value" unless given).
    """
    rows = statements[statements["source"] == BOOK]
    cells = {"entity": entity, "variable": variable, "bound": "value"} | where
    for column, cell in cells.items():
        rows = rows[rows[column] == cell]
    if len(rows) > 1:
        raise ValueError(f"{cells} names {len(rows)} statements ({', '.join(rows.index)})")
    if rows.empty:
        return Given()
    return Given(float(rows["value"].iloc[0]) * SCALES.get(rows["unit"].iloc[0], 1.0), [rows])


# Releases of one publisher, by year


def sizes(market: pd.DataFrame) -> pd.DataFrame:
    """Return the market by vintage and year: year, vintage, published, value, scope."""
    rows = market[(market["metric"] == "end_user_spending") & (market["segment"] == "total")]
    return pd.DataFrame(
        {
            "year": rows["period"].astype(int),
            "vintage": rows["vintage"],
            "published": rows["known_from"],
            "value": rows["value"] / MILLIONS,
            "scope": rows["scope"],
        }
    ).sort_values(["published", "year"], kind="stable")


def links(market: pd.DataFrame, within: str) -> pd.DataFrame:
    """Return the growth into each year from the newest vintage that holds it and the year before.

    within : "vintage"; or "scope", then the last counts of both years under the newest definition
    that holds them, from one vintage or two.
    Columns: year, growth (fraction), row, row_before (labels of the rows used).
    """
    rows = sizes(market).rename_axis("row").reset_index()
    rows = rows.drop_duplicates([within, "year"], keep="last")
    before = rows[[within, "year", "value", "row"]].assign(year=rows["year"] + 1)
    pairs = rows.merge(before, on=[within, "year"], suffixes=("", "_before"))
    pairs = pairs.assign(growth=pairs["value"] / pairs["value_before"] - 1)
    newest = pairs.sort_values("published", kind="stable").drop_duplicates("year", keep="last")
    columns = ["year", "growth", "row", "row_before"]
    return newest.sort_values("year", ignore_index=True, kind="stable")[columns]


def definitions_of(market: pd.DataFrame, first: int, last: int) -> Given:
    """Return how many definitions hold counts of both years; unknown where a year has none."""
    rows = market[(market["metric"] == "end_user_spending") & (market["segment"] == "total")]
    scopes = [set(rows[rows["period"] == str(year)]["scope"]) for year in (first, last)]
    if not all(scopes):
        return Given()
    used = rows[rows["period"].isin([str(first), str(last)])]
    return Given(float(len(scopes[0] & scopes[1])), [used])


def linked_growth(market: pd.DataFrame, first: int, last: int, within: str) -> Given:
    """Return the yearly growth from first to last, linked; unknown where a year has no link."""
    used = links(market, within)
    used = used[(used["year"] > first) & (used["year"] <= last)]
    if len(used) != last - first or used.empty:
        return Given()
    factor = float((1 + used["growth"]).prod())
    rows = market.loc[[*used["row"], *used["row_before"]]]
    return Given(growth.annual_growth(1.0, factor, last - first), [rows])


def linked_path(market: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return the market by year, run back from the newest count of the last year by growth linked
    within definitions: year, value (USD billion). Empty where a year has no link."""
    used = links(market, "scope")
    used = used[(used["year"] > first) & (used["year"] <= last)]
    counts = sizes(market).query("year == @last")
    if len(used) != last - first or counts.empty:
        return pd.DataFrame(columns=["year", "value"])
    factors = (1 + used["growth"].iloc[::-1]).cumprod()
    value = counts["value"].iloc[-1] / pd.concat([pd.Series([1.0]), factors])
    return pd.DataFrame({"year": range(last, first - 1, -1), "value": value.to_numpy()})[::-1]


def sizes_told(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the market as the study prints it: year, value (USD billion)."""
    rows = statements[(statements["source"] == BOOK) & (statements["entity"] == "cloud market")]
    rows = rows[rows["variable"] == "market_size"].sort_values("period", kind="stable")
    return pd.DataFrame({"year": rows["period"].astype(int), "value": rows["value"]})


# One publisher's quarters


def series(
    shares: pd.DataFrame, publisher: str, measure: str, provider: str = "all providers"
) -> pd.DataFrame:
    """Return the rows of a publisher's quarters, each as first counted, the oldest first."""
    own = (shares["publisher"] == publisher) & (shares["provider"] == provider)
    rows = shares[own & (shares["measure"] == measure)]
    rows = rows[rows["period"].str.fullmatch(QUARTER)]
    rows = rows.sort_values(["period_end", "release"], kind="stable")
    return rows.drop_duplicates("period", keep="first")


def grown(shares: pd.DataFrame, publisher: str) -> pd.DataFrame:
    """Return the market by quarter: period, quarter (its last day), value, added, growth (on the
    quarter of the year before; missing where that one is), row, row_before."""
    rows = series(shares, publisher, "market_size").rename_axis("row").reset_index()
    table = rows[["period", "period_end", "value", "row"]].rename(columns={"period_end": "quarter"})
    before = table[["period", "value", "row"]]
    later = before["period"].map(lambda name: f"{int(name[:4]) + 1}{name[4:]}")
    both = table.merge(before.assign(period=later), "left", "period", suffixes=("", "_before"))
    added = both["value"] - both["value_before"]
    return both.assign(added=added, growth=added / both["value_before"])


def in_quarter(shares: pd.DataFrame, publisher: str, column: str, period: str) -> Given:
    """Return one number of `grown` with its rows: a value, what was added, or the growth."""
    found = grown(shares, publisher)
    found = found[found["period"] == period].dropna(subset=column)
    if found.empty:
        return Given()
    used = [found["row"].iloc[0]] + ([] if column == "value" else [found["row_before"].iloc[0]])
    return Given(float(found[column].iloc[0]), [shares.loc[used]])


def growth_told(shares: pd.DataFrame, publisher: str, period: str) -> Given:
    """Return the growth of a quarter on the year before as the publisher told it with the quarter,
    the year before counted again; unknown where no such count was found."""
    own = (shares["publisher"] == publisher) & (shares["provider"] == "all providers")
    rows = shares[own & (shares["measure"] == "market_size") & (shares["release"] == period)]
    earlier = f"{int(period[:4]) - 1}{period[4:]}" if period else ""
    now, before = (rows[rows["period"] == each] for each in (period, earlier))
    if now.empty or before.empty:
        return Given()
    return Given(float(now["value"].iloc[0] / before["value"].iloc[0]) - 1, [now, before])


def added_told(shares: pd.DataFrame, publisher: str, period: str) -> Given:
    """Return what was added over the year as `growth_told` has it (USD billion)."""
    rate = growth_told(shares, publisher, period)
    size = in_quarter(shares, publisher, "value", period)
    return size - size / (rate + 1.0)


def put_down_to_ai(shares: pd.DataFrame, publisher: str, year: int) -> Given:
    """Return the least part of what the market added in two years to the end of one that its
    publisher puts down to AI (fraction)."""
    rows = shares[(shares["publisher"] == publisher) & (shares["measure"] == "increase_from_ai")]
    rows = rows[rows["period"] == str(year)]
    return Given(float(rows["value"].iloc[0]) * SCALES["percent"], [rows]) if len(rows) else Given()


def growth_without(shares: pd.DataFrame, publisher: str, first: int, last: int) -> Given:
    """Return the yearly growth of the market between two years without what is `put_down_to_ai`."""
    own = shares[(shares["publisher"] == publisher) & (shares["measure"] == "market_size")]
    rows = [own[own["period"] == str(year)].tail(1) for year in (first, last)]
    if any(each.empty for each in rows):
        return Given()
    then, now = (Given(float(each["value"].iloc[0]), [each]) for each in rows)
    rest = now - (now - then) * put_down_to_ai(shares, publisher, last)
    return derive(growth.annual_growth, then, rest, float(last - first))


def newest(shares: pd.DataFrame, publisher: str) -> str:
    """Return the newest quarter whose growth is known; empty where none is."""
    found = grown(shares, publisher).dropna(subset="growth")
    return str(found["period"].iloc[-1]) if len(found) else ""


def low(shares: pd.DataFrame, publisher: str, since: str) -> str:
    """Return the quarter of the slowest growth since a quarter; empty until a year has followed."""
    found = grown(shares, publisher).dropna(subset="growth")
    found = found[found["period"] >= since].reset_index(drop=True)
    if found.empty or found["growth"].idxmin() + SEEN >= len(found):
        return ""
    return str(found["period"][found["growth"].idxmin()])


def share(shares: pd.DataFrame, publisher: str, providers: list[str], period: str) -> Given:
    """Return the share of some providers together in a quarter (fraction)."""
    rows = [series(shares, publisher, "market_share", each) for each in providers]
    used = pd.concat([each[each["period"] == period] for each in rows])
    if len(used) != len(providers):
        return Given()
    return Given(float(used["value"].sum()) * SCALES["percent"], [shares.loc[used.index]])


def extremes(
    shares: pd.DataFrame, publisher: str, provider: str, first: str, last: str
) -> tuple[Given, Given]:
    """Return the smallest and the largest share of a provider from one quarter to another
    (fractions); unknown where one of the two is missing."""
    rows = series(shares, publisher, "market_share", provider)
    rows = rows[rows["period"].between(first, last)]
    if not {first, last} <= set(rows["period"]):
        return Given(), Given()
    ends = rows["value"].min(), rows["value"].max()
    return tuple(Given(float(each) * SCALES["percent"], [shares.loc[rows.index]]) for each in ends)


def share_lines(shares: pd.DataFrame, publisher: str, providers: list[str]) -> pd.DataFrame:
    """Return shares by quarter: provider, quarter, share (fraction), definition (1 once the
    provider has redrawn what it sells as cloud, else 0)."""
    tables = [series(shares, publisher, "market_share", each) for each in providers]
    rows = pd.concat(tables)
    redrawn = rows["provider"].map(REDRAWN)
    return pd.DataFrame(
        {
            "provider": rows["provider"],
            "quarter": rows["period_end"],
            "share": rows["value"] * SCALES["percent"],
            "definition": (rows["period_end"] > redrawn).astype(int),
        }
    )


def largest_gain(shares: pd.DataFrame, publisher: str, day: pd.Timestamp, later: bool) -> Given:
    """Return the largest gain over a year of a quarter that ended up to a day, or after it."""
    found = grown(shares, publisher).dropna(subset="added")
    found = found[(found["quarter"] > day) == later] if not pd.isna(day) else found.iloc[:0]
    if found.empty:
        return Given()
    best = found.loc[found["added"].idxmax()]
    return Given(float(best["added"]), [shares.loc[[best["row"], best["row_before"]]]])
