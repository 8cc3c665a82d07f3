"""The cloud: how large by whose count, and whose revenue. Tables in, tables out.

Every release of a market researcher (a vintage) restates the past and often the definition, so a
level is compared within one vintage only. Growth over years is linked: each year's growth is taken
inside the newest vintage that holds both years, and the yearly factors are multiplied. Linked
within a definition (`scope`) instead, a year's growth also takes in how later vintages of that
definition moved the year.

    linked growth    g = (product over y of v(y) / v(y - 1)) ** (1 / n) - 1

Money comes out in billions of the unit of the row. A company's growth is computed within one
definition (`scope`) of its segment, never across two.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, derive, rows_of
from computecycle.quantities import filings, growth

BOOK = "guosen2024"
MILLIONS = 1_000  # USD million in a USD billion
SCALES = {"percent": 0.01, "percent per year": 0.01, "USD trillion": 1_000.0}  # to share, billion
SEGMENTS = ["SaaS", "PaaS", "IaaS", "BPaaS"]
COMPANIES = {  # company: its cloud, and the currency of its filings
    "Amazon": ("AWS", "USD"),
    "Microsoft": ("Intelligent Cloud", "USD"),
    "Alphabet": ("Google Cloud", "USD"),
    "Alibaba": ("Alibaba Cloud", "CNY"),
}
SPENDERS = {"Amazon": "", "Microsoft": "FY", "Alphabet": ""}  # and how their years are written


def told(statements: pd.DataFrame, entity: str, variable: str, **where: str) -> Given:
    """Return the one number that the report prints; a percentage as a fraction, money in billion.

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


# The market


def sizes(market: pd.DataFrame, segment: str) -> pd.DataFrame:
    """Return a segment's spending by vintage: year, vintage, published, value, scope, status."""
    rows = market[(market["metric"] == "end_user_spending") & (market["segment"] == segment)]
    return pd.DataFrame(
        {
            "segment": segment,
            "year": rows["period"].astype(int),
            "vintage": rows["vintage"],
            "published": rows["known_from"],
            "value": rows["value"] / MILLIONS,
            "scope": rows["scope"],
            "status": rows["status"],
        }
    ).sort_values(["published", "year"], kind="stable")


def all_sizes(market: pd.DataFrame, segments: list[str]) -> pd.DataFrame:
    """Return `sizes` of several segments below each other."""
    return pd.concat([sizes(market, segment) for segment in segments], ignore_index=True)


def size(market: pd.DataFrame, segment: str, year: int, vintage: str = "") -> Given:
    """Return a segment's spending in a year by one vintage, the newest unless named."""
    rows = sizes(market, segment)
    rows = rows[(rows["year"] == year) & (rows["vintage"].eq(vintage) | (not vintage))]
    if rows.empty:
        return Given()
    return Given(float(rows["value"].iloc[-1]), [market.loc[[rows.index[-1]]]])


def links(market: pd.DataFrame, segment: str, within: str = "vintage") -> pd.DataFrame:
    """Return the growth into each year from the newest vintage that holds it and the year before.

    within : "vintage"; or "scope", then the last counts of both years under the newest definition
    that holds them, from one vintage or two.
    Columns: year, growth (fraction), vintage, scope, row, row_before (labels of the rows used).
    """
    rows = sizes(market, segment).rename_axis("row").reset_index()
    rows = rows.drop_duplicates([within, "year"], keep="last")
    before = rows[[within, "year", "value", "row"]].assign(year=rows["year"] + 1)
    pairs = rows.merge(before, on=[within, "year"], suffixes=("", "_before"))
    pairs = pairs.assign(growth=pairs["value"] / pairs["value_before"] - 1)
    newest = pairs.sort_values("published", kind="stable").drop_duplicates("year", keep="last")
    columns = ["year", "growth", "vintage", "scope", "row", "row_before"]
    return newest.sort_values("year", ignore_index=True)[columns]


def linked_growth(
    market: pd.DataFrame, segment: str, first: int, last: int, within: str = "vintage"
) -> Given:
    """Return the yearly growth from first to last, linked; unknown where a year has no link."""
    used = links(market, segment, within)
    used = used[(used["year"] > first) & (used["year"] <= last)]
    if len(used) != last - first or used.empty:
        return Given()
    factor = float((1 + used["growth"]).prod())
    rows = market.loc[[*used["row"], *used["row_before"]]]
    return Given(growth.annual_growth(1.0, factor, last - first), [rows])


def revisions(market: pd.DataFrame) -> pd.DataFrame:
    """Return how each release moved the total of a year that an earlier one had given.

    Columns: year, vintage, change (fraction), kind ("same definition", "another definition").
    """
    rows = sizes(market, "total").sort_values(["year", "published"], kind="stable")
    before = rows.groupby("year")[["value", "scope"]].shift()
    same = rows["scope"] == before["scope"]
    moved = rows.assign(
        change=rows["value"] / before["value"] - 1,
        kind=np.where(same, "same definition", "another definition"),
    )
    return moved.dropna(subset="change")[["year", "vintage", "change", "kind"]]


def revision(market: pd.DataFrame, kind: str, largest: bool) -> Given:
    """Return the largest or the middle size (absolute, a fraction) of one kind of revision."""
    moved = revisions(market)
    moved = moved[moved["kind"] == kind]
    if moved.empty:
        return Given()
    sizes_moved = moved["change"].abs()
    number = sizes_moved.max() if largest else sizes_moved.median()
    return Given(float(number), [market[market["segment"] == "total"]])


def closest_vintage(market: pd.DataFrame, year: int, printed: dict[str, Given]) -> tuple:
    """Return the vintage whose segments of a year lie closest to printed ones, and the distance.

    The distance is the largest difference of a segment (a number with its rows); vintages that
    lack a segment do not count. No such vintage: an empty text and an unknown number.
    """
    rows = all_sizes(market, list(printed))
    table = rows[rows["year"] == year].pivot(index="vintage", columns="segment", values="value")
    told_sizes = pd.Series({name: each.number for name, each in printed.items()})
    away = (table.reindex(columns=list(printed)) - told_sizes).abs()
    away = away.max(axis=1, skipna=False).dropna()
    if away.empty:
        return "", Given()
    vintage = str(away.idxmin())
    used = [row for name in printed for row in size(market, name, year, vintage).rows]
    return vintage, Given(float(away.min()), [*used, *rows_of(printed.values())])


def sizes_told(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the market as the report prints it: year, value (USD billion), label."""
    rows = statements[(statements["source"] == BOOK) & (statements["entity"] == "cloud market")]
    rows = rows[rows["variable"] == "market_size"].sort_values("period")
    label = rows["value"].map("{:,.0f}".format)
    return pd.DataFrame(
        {"year": rows["period"].astype(int), "value": rows["value"], "label": label}
    )


def segments_told(statements: pd.DataFrame) -> dict[str, dict[str, Given]]:
    """Return what the report prints of each segment: its size in 2024, its yearly growth since
    2016, and the size in 2016 that the two imply. Its BPaaS is what is left of the total."""
    total = told(statements, "cloud market", "market_size", period="2024")
    size_told = {name: told(statements, name, "market_size") for name in SEGMENTS[:-1]}
    size_told[SEGMENTS[-1]] = total - sum(size_told.values(), Given(0.0))
    rates = {name: told(statements, name, "compound_growth") for name in SEGMENTS}
    return {
        name: {
            "size": size_told[name],
            "growth": rates[name],
            "start": size_told[name] / derive(growth.multiple, rates[name], 2024 - 2016),
        }
        for name in SEGMENTS
    }


def growth_compared(
    market: pd.DataFrame, statements: pd.DataFrame, first: int, last: int
) -> pd.DataFrame:
    """Return yearly growth as printed and as linked: segment, printed, linked (fractions)."""
    printed = {"total": told(statements, "cloud market", "compound_growth", period="2016/2024")}
    printed |= {name: each["growth"] for name, each in segments_told(statements).items()}
    table = pd.DataFrame(
        {
            "segment": list(printed),
            "printed": [each.number for each in printed.values()],
            "linked": [linked_growth(market, name, first, last).number for name in printed],
        }
    )
    return table.dropna(subset=["printed", "linked"], how="all")


def shares(market: pd.DataFrame, quarter: str, earlier: str) -> pd.DataFrame:
    """Return market shares in a quarter, largest first: provider, share, earlier (fractions)."""
    rows = market[market["metric"] == "market_share"]
    table = rows.pivot(index="provider", columns="period", values="value") * SCALES["percent"]
    table = table.reindex(columns=[quarter, earlier]).dropna(subset=quarter)
    table.columns = ["share", "earlier"]
    return table.sort_values("share", ascending=False, kind="stable").reset_index()


def share(market: pd.DataFrame, providers: list[str], quarter: str) -> Given:
    """Return the share of some providers together in a quarter (fraction)."""
    rows = market[(market["metric"] == "market_share") & (market["period"] == quarter)]
    rows = rows[rows["provider"].isin(providers)]
    if len(rows) != len(providers):
        return Given()
    return Given(float(rows["value"].sum()) * SCALES["percent"], [rows])


# The companies


def yearly(filed: pd.DataFrame, segment: str, company: str = "") -> pd.DataFrame:
    """Return the rows of a segment's revenue by year, oldest first, a later scope last."""
    rows = filed[(filed["metric"] == "revenue") & (filed["segment"] == segment)]
    rows = rows[rows["period_type"].isin(["calendar_year", "fiscal_year"])]
    rows = rows[rows["company"].eq(company) | (not company)]
    return rows.sort_values(["period_end", "known_from"], kind="stable")


def revenue(filed: pd.DataFrame, segment: str, period: str, company: str = "") -> Given:
    """Return a segment's revenue in a year as its first definition had it (billion)."""
    rows = yearly(filed, segment, company)
    rows = rows[rows["period"] == period].head(1)
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def pair(filed: pd.DataFrame, segment: str, first: str, last: str) -> tuple[Given, Given]:
    """Return revenue in two years within one definition, the newest that has both (billion)."""
    rows = yearly(filed, segment)
    for scope in reversed(list(dict.fromkeys(rows["scope"]))):
        both = [rows[(rows["scope"] == scope) & (rows["period"] == each)] for each in (first, last)]
        if all(len(each) for each in both):
            start, end = (Given(float(each["value"].iloc[0]) / MILLIONS, [each]) for each in both)
            return start, end
    return Given(), Given()


def year_before(period: str, years: int = 1) -> str:
    """Return the period that ended so many years before, in the same form ("FY2020")."""
    return f"{period[:-4]}{int(period[-4:]) - years}"


def growth_into(filed: pd.DataFrame, segment: str, period: str, years: int = 1) -> Given:
    """Return a segment's yearly growth into a year, over one or more years (fraction)."""
    first, last = pair(filed, segment, year_before(period, years), period)
    return derive(growth.annual_growth, first, last, float(years))


def share_of_company(filed: pd.DataFrame, segment: str, period: str) -> Given:
    """Return a segment's revenue over that of its company in the same year (fraction)."""
    company = next(name for name, (cloud, _) in COMPANIES.items() if cloud == segment)
    return revenue(filed, segment, period) / revenue(filed, "company total", period, company)


def recast(filed: pd.DataFrame, segment: str, period: str) -> Given:
    """Return by how much the newest definition moved a year against the first (fraction)."""
    rows = yearly(filed, segment)
    rows = rows[rows["period"] == period]
    if len(rows) < 2:
        return Given()
    return Given(float(rows["value"].iloc[-1] / rows["value"].iloc[0] - 1), [rows])


def operating_margin(filed: pd.DataFrame, segment: str, period: str) -> Given:
    """Return a segment's operating income over its revenue in a year (fraction)."""
    rows = filed[(filed["metric"] == "operating_income") & (filed["segment"] == segment)]
    rows = rows[rows["period"] == period].tail(1)
    income = Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()
    return income / revenue(filed, segment, period)


def last_year(filed: pd.DataFrame, segment: str) -> str:
    """Return the last year of a segment's revenue ("2024", "FY2024"); empty where none is known."""
    rows = yearly(filed, segment)
    return str(rows["period"].iloc[-1]) if len(rows) else ""


def histories(filed: pd.DataFrame) -> pd.DataFrame:
    """Return the four clouds by year, each value of a year that was redefined in its own row.

    Columns: segment, panel (segment and currency), period, year, definition (0 is the oldest),
    revenue (billion), growth (within the definition) and share of the company (fractions).
    """
    return pd.concat(
        [history(filed, company, *cloud) for company, cloud in COMPANIES.items()],
        ignore_index=True,
    )


def history(filed: pd.DataFrame, company: str, segment: str, currency: str) -> pd.DataFrame:
    """Return the rows of one cloud in `histories`."""
    rows = yearly(filed, segment)
    total = yearly(filed, "company total", company).drop_duplicates("period", keep="last")
    year = rows["period"].str[-4:].astype(int)
    value = rows["value"] / MILLIONS
    table = pd.DataFrame(
        {
            "segment": segment,
            "panel": f"{segment} ({currency} billion)",
            "period": rows["period"],
            "year": year,
            "definition": pd.factorize(rows["scope"])[0],
            "revenue": value,
            "share": rows["value"] / rows["period"].map(total.set_index("period")["value"]),
        }
    )
    before = table[["definition", "year", "revenue"]].assign(year=year + 1)
    both = table.merge(before, on=["definition", "year"], how="left", suffixes=("", "_before"))
    both["growth"] = both["revenue"] / both.pop("revenue_before") - 1
    return both


def growth_by_year(filed: pd.DataFrame, first: int, turn: int) -> pd.DataFrame:
    """Return the growth of each cloud since a year, by the newest definition that has it.

    Columns: segment, year, growth (fraction), when ("up to <turn>", "after <turn>").
    """
    table = histories(filed).dropna(subset="growth")
    table = table[table["year"] >= first].drop_duplicates(["segment", "period"], keep="last")
    when = np.where(table["year"] > turn, f"after {turn}", f"up to {turn}")
    return table.assign(when=when)[["segment", "year", "growth", "when"]]


def capex_per_new_dollar(
    filed: pd.DataFrame, financials: pd.DataFrame, first: int, last: int
) -> Given:
    """Return the capital expenditure of three companies over the years after `first`, for each
    dollar by which their clouds' yearly revenue rose from first to last. Not the cloud's alone."""
    spent = filings.yearly(financials, "capex")
    spent = spent[spent["company"].isin(SPENDERS) & spent["year"].between(first + 1, last)]
    ends = [
        pair(filed, COMPANIES[name][0], f"{form}{first}", f"{form}{last}")
        for name, form in SPENDERS.items()
    ]
    if len(spent) != len(SPENDERS) * (last - first) or not all(end.known for _, end in ends):
        return Given()
    rows = financials[(financials["metric"] == "capex") & financials["company"].isin(SPENDERS)]
    rows = rows[rows["period"].isin([f"{f}{y}" for f in SPENDERS.values() for y in spent["year"]])]
    added = sum(end.number - start.number for start, end in ends)
    used = rows_of([each for both in ends for each in both])
    return Given(float(spent["value"].sum()) / added, [rows, *used])
