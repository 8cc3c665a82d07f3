"""What markets pay and surveys say: years of quarters, multiples, claims of saving, clocks.

    speed-up of work    1 / (1 - c + c / f)     a share c of the work gets f times as fast (Amdahl)
    earnings in a price E = V / P               market value over the price-earnings ratio
    work per dollar     1 / share               what does the same for a share of the money

A year here is four quarters in a row, as filed by a day; a quarter of several companies counts
once all of them have filed. A clock is a time that a document gives for something to happen; it
runs from a day and is over once its far end has passed. Tables in (as loaded), tables or numbers
out; money in USD billion.
"""

from datetime import date

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import ai_sales, documents, filings
from computecycle.quantities.documents import stated
from computecycle.quantities.filings import MILLIONS, QUARTERS

MONTHS = {"months": 1.0, "years": 12.0}  # in a unit of a clock
DAYS_A_MONTH = 30.4375
LONGEST_YEAR = 300  # days between the ends of the first and the last of four quarters in a row
MARKET = "Ratio over the market's"
EARNINGS = "Price over earnings"
MULTIPLES = [  # entity, variable, period, panel, label, kind
    ("technology leaders", "price_to_earnings_against_market", MARKET, "2024", "told"),
    (
        "technology leaders, personal-computer era",
        "price_to_earnings_against_market",
        MARKET,
        "1983, personal computers",
        "earlier peak",
    ),
    (
        "technology leaders, mainframe era",
        "price_to_earnings_against_market",
        MARKET,
        "1969, mainframes",
        "earlier peak",
    ),
    (
        "technology leaders, internet era",
        "price_to_earnings_against_market",
        MARKET,
        "internet era",
        "earlier peak",
    ),
    ("indicative generative-AI fund", "price_to_earnings", EARNINGS, "AI fund, 2024", "told"),
    (
        "indicative generative-AI fund",
        "price_to_earnings",
        EARNINGS,
        "AI fund, 2022",
        "earlier peak",
    ),
    ("NVIDIA", "price_to_earnings", EARNINGS, "NVIDIA, 2024", "told"),
]
PEAK_YEAR = "2022"  # of the fund's multiple
SURVEYS = [  # entity, variable, what the percent is of
    ("chief executives", "share_with_ai_as_priority", "of chief executives: AI is a priority"),
    (
        "chief executives",
        "share_hiring_for_new_ai_jobs",
        "of chief executives: hiring for jobs that are new",
    ),
    (
        "chief executives",
        "share_raising_ai_spending",
        "of chief executives: will raise AI spending next year",
    ),
]
CLOCKS = {  # label: the variable that tells it
    "Training outweighs inference": "training_heavy_period",
    "Inference must grow": "inference_growth_window",
    "Firms must adopt": "adoption_window",
    "Day of reckoning": "day_of_reckoning",
}


def quarters(table: pd.DataFrame, metric: str, companies: list[str] | None = None) -> pd.DataFrame:
    """Return the quarterly rows of a metric with `ready`, the day by which all had filed.

    companies : those whose quarters count together; quarters that one of them lacks are left out.
    """
    rows = table[(table["metric"] == metric) & table["period_type"].str.endswith("quarter")]
    if companies is not None:
        rows = rows[rows["company"].isin(companies)]
    filed = rows.groupby("period_end")["known_from"]
    rows = rows.assign(ready=filed.transform("max"))
    return rows[filed.transform("size") == len(companies or [""])].sort_values("period_end")


def year_to(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows of the last four quarters that were filed by a day."""
    return _of_ends(rows[rows["ready"] <= day], slice(-QUARTERS, None))


def year_after(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows of the first four quarters that were filed after a day."""
    return _of_ends(rows[rows["ready"] > day], slice(0, QUARTERS))


def year_beside(rows: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the four quarters that end with another's year, or a month after it."""
    last = other["period_end"].max() + pd.Timedelta(days=DAYS_A_MONTH * 1.5)
    return _of_ends(rows[rows["period_end"] <= last], slice(-QUARTERS, None))


def _of_ends(rows: pd.DataFrame, which: slice) -> pd.DataFrame:
    ends = sorted(rows["period_end"].unique())[which]
    return rows[rows["period_end"].isin(ends)]


def total(year: pd.DataFrame) -> Given:
    """Return the sum of a year of quarters (USD billion); unknown unless four lie in a row."""
    ends = year["period_end"]
    if ends.nunique() != QUARTERS or (ends.max() - ends.min()).days > LONGEST_YEAR:
        return Given()
    return Given(float(year["value"].sum()) / MILLIONS, [year])


def last_quarter(rows: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return the sum of the last quarter that was filed by a day (USD billion)."""
    last = _of_ends(rows[rows["ready"] <= day], slice(-1, None))
    return Given(float(last["value"].sum()) / MILLIONS, [last]) if len(last) else Given()


def gross_profit(nvidia: pd.DataFrame, year: pd.DataFrame) -> Given:
    """Return the gross profit of a year of revenue (USD billion) by the margins filed."""
    margins = quarters(nvidia, "gross_margin")
    margins = margins[margins["period"].isin(year["period"])]
    if not total(year).known or len(margins) != QUARTERS:
        return Given()
    margin = margins.set_index("period")["value"].reindex(year["period"]).to_numpy() / 100
    return Given(float((year["value"] * margin).sum()) / MILLIONS, [year, margins])


def margin_of(rows: pd.DataFrame) -> Given:
    """Return the one margin of some rows (fraction); unknown unless there is one row."""
    return Given(float(rows["value"].iloc[0]) / 100, [rows]) if len(rows) == 1 else Given()


def spending_and_sales(financials: pd.DataFrame, nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return the four companies' capital expenditure and NVIDIA's sales to data centres.

    Columns: date (end of the quarter), series, value (USD billion a quarter).
    """
    series = {
        "four companies' capital expenditure": quarters(financials, "capex", filings.COMPANIES),
        "NVIDIA's data-centre revenue": quarters(nvidia, "data_center_revenue"),
    }
    tables = [
        (rows.groupby("period_end")["value"].sum() / MILLIONS)
        .rename_axis("date")
        .reset_index()
        .assign(series=name)
        for name, rows in series.items()
    ]
    return pd.concat(tables, ignore_index=True)[["date", "series", "value"]]


def multiples(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the price-earnings ratios told: panel, label, value, kind ("told", "earlier peak")."""
    told = []
    for entity, variable, panel, label, kind in MULTIPLES:
        rows = statements[(statements["entity"] == entity) & (statements["variable"] == variable)]
        if entity == "indicative generative-AI fund":
            rows = rows[(rows["period"] == PEAK_YEAR) == (kind == "earlier peak")]
        told += [(panel, label, value, kind) for value in rows["value"]]
    return pd.DataFrame(told, columns=["panel", "label", "value", "kind"])


def surveys(statements: pd.DataFrame, effects: dict[str, Given]) -> pd.DataFrame:
    """Return plans as surveyed and effects: label, share (fraction), kind ("plan", "effect").

    effects : share by label; what is unknown is left out.
    """
    plans = {
        label: stated(statements, entity=entity, variable=variable)
        for entity, variable, label in SURVEYS
    }
    kinds = {"plan": plans, "effect": effects}
    found = [
        (label, share.number, kind)
        for kind, shares in kinds.items()
        for label, share in shares.items()
        if share.known
    ]
    return pd.DataFrame(found, columns=["label", "share", "kind"])


def cost_claims(accelerators: pd.DataFrame) -> pd.DataFrame:
    """Return what challengers say to cost: product, low, high (NVIDIA = 1), basis.

    basis is "price" (paid once) or "running cost"; products without such a number are left out.
    """
    names = accelerators["vendor"] + " " + accelerators["product"]
    ends = {
        "price": (
            1 - accelerators["price_discount_high"] / 100,
            1 - accelerators["price_discount_low"] / 100,
        ),
        "running cost": (accelerators["running_cost_vs_nvidia"],) * 2,
    }
    tables = [
        pd.DataFrame({"product": names, "low": low, "high": high, "basis": basis}).dropna()
        for basis, (low, high) in ends.items()
    ]
    return pd.concat(tables, ignore_index=True)


def with_numbers(accelerators: pd.DataFrame) -> pd.DataFrame:
    """Return the products of which any claim of speed, price, cost or compute is a number."""
    claimed = [
        "speed_vs_h100",
        "price_discount_low",
        "running_cost_vs_nvidia",
        "compute_vs_h100",
    ]
    return accelerators[accelerators[claimed].notna().any(axis=1)]


def replacement(ratios: dict[str, tuple[Given, Given]]) -> pd.DataFrame:
    """Return new over old by measure: measure, low, high; unknown ones are left out."""
    known = [
        (measure, low.number, high.number)
        for measure, (low, high) in ratios.items()
        if low.known and high.known
    ]
    return pd.DataFrame(known, columns=["measure", "low", "high"])


def deadline(start: pd.Timestamp, number: float, unit: str) -> pd.Timestamp:
    """Return the day so many "months" or "years" after a day; no day where one is unknown."""
    if pd.isna(start) or pd.isna(number):
        return pd.NaT
    whole, part = divmod(number * MONTHS[unit], 1)
    return start + pd.DateOffset(months=int(whole)) + pd.Timedelta(days=round(part * DAYS_A_MONTH))


def begin(published: pd.Timestamp, own: date | None) -> pd.Timestamp:
    """Return the day from which clocks run: the reader's own, else that of publication.

    No day where the document is not known yet, for then it has set no clock.
    """
    return published if own is None or pd.isna(published) else pd.Timestamp(own)


def marked(day: pd.Timestamp, label: str) -> pd.DataFrame:
    """Return a day to be marked in a chart: date, label; empty where there is none."""
    return pd.DataFrame({"date": pd.to_datetime([day]), "label": [label]}).dropna()


def clocks(statements: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """Return the clocks that a document sets: clock, start, low, high (days).

    A clock with one number has both ends on one day.
    """
    found = []
    for label, variable in CLOCKS.items():
        rows = statements[statements["variable"] == variable]
        days = [
            deadline(start, value, unit)
            for value, unit in zip(rows["value"], rows["unit"], strict=True)
        ]
        if days and not pd.isna(start):
            found.append((label, start, min(days), max(days)))
    return pd.DataFrame(found, columns=["clock", "start", "low", "high"])


def end_of(clocks: pd.DataFrame, clock: str, end: str) -> pd.Timestamp:
    """Return the "low" or "high" end of one clock; no day where it is not told."""
    days = clocks[clocks["clock"] == clock][end]
    return days.iloc[0] if len(days) else pd.NaT


def with_state(clocks: pd.DataFrame, newest: pd.Timestamp) -> pd.DataFrame:
    """Return the clocks with `state` on a day: "not due", "falling due" or "over"."""
    state = [
        "over" if newest > high else "falling due" if newest >= low else "not due"
        for low, high in zip(clocks["low"], clocks["high"], strict=True)
    ]
    return clocks.assign(state=pd.Series(state, index=clocks.index, dtype=str), newest=newest)


def disclosed(ai_revenue: pd.DataFrame, day: pd.Timestamp, newest: pd.Timestamp) -> Given:
    """Return AI revenue as known on a day, what articles assume left out (USD billion a year).

    Unknown for a day after the newest row, of which nothing can be said yet.
    """
    if pd.isna(day) or pd.isna(newest) or day > newest:
        return Given()
    (known,) = documents.known([ai_revenue], day)
    return ai_sales.revenue(known) - ai_sales.assumed(known)


def companies_in(revenue: Given) -> Given:
    """Return the number of companies whose AI revenue is disclosed in a sum by `disclosed`."""
    if not revenue.known:
        return Given()
    rows = [rows[rows["metric"] != "assumed"] for rows in revenue.rows[:1]]
    return Given(float(rows[0]["company"].nunique()), rows)


def of_same_companies(later: Given, earlier: Given) -> Given:
    """Return the part of a sum by `disclosed` of the companies that an earlier one counts."""
    if not (later.known and earlier.known):
        return Given()
    then, now = (each.rows[0][each.rows[0]["metric"] != "assumed"] for each in (earlier, later))
    same = now[now["company"].isin(then["company"])]
    return Given(float(same["value"].sum()), [same, then])


def newest(*tables: pd.DataFrame) -> pd.Timestamp:
    """Return the day on which the newest row of some tables was published."""
    return pd.Series([table["known_from"].max() for table in tables], dtype="datetime64[ns]").max()


def newest_rows(*tables: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of some tables that were published on the newest day."""
    day = newest(*tables)
    found = [table[table["known_from"] == day] for table in tables]
    return [rows for rows in found if len(rows)]


def speed_up(share: float, faster: float) -> float:
    """Return how much faster all work gets when a share of it gets `faster` times as fast."""
    return 1 / (1 - share + share / faster)


def page(rows: pd.DataFrame) -> Given:
    """Return the page on which the first of some rows stands, by its locator."""
    pages = rows["locator"].str.extract(r"page (\d+)", expand=False).dropna().astype(float)
    return Given(float(pages.iloc[0]), [rows.loc[pages.index[:1]]]) if len(pages) else Given()
