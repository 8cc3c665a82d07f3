"""Who sells the cloud: revenue, growth, margin, and the part that is told to be AI.

Money comes out in billions of the unit of the row, rates as fractions. A company's growth is
computed within one definition (`scope`) of its segment, never across two. Quarters are named as
filed ("FY2026Q4"), or by the calendar quarter in which they end ("2026Q2") where sellers are set
side by side.

    margin             operating income over revenue
"""

import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import choices, filings, growth
from computecycle.quantities.filings import MILLIONS

PERCENT = 0.01
COMPANIES = {  # company: its cloud
    "Amazon": "AWS",
    "Microsoft": "Intelligent Cloud",
    "Alphabet": "Google Cloud",
    "Alibaba": "Alibaba Cloud",
}
YEARS = ["calendar_year", "fiscal_year"]
QUARTERS = ["quarter", "fiscal_quarter"]
SHORT = "\N{RIGHT SINGLE QUOTATION MARK}"  # before the last two digits of a year
APART = " "  # the empty place between the years and the newest quarter


def periods(
    filed: pd.DataFrame, segment: str, metric: str = "revenue", types: list[str] = YEARS
) -> pd.DataFrame:
    """Return a segment's rows of a metric by year or quarter, oldest first, a later scope last."""
    own = (filed["metric"] == metric) & (filed["segment"] == segment)
    rows = filed[own & filed["period_type"].isin(types)]
    return rows.sort_values(["period_end", "known_from"], kind="stable")


def revenue(filed: pd.DataFrame, segment: str, period: str, metric: str = "revenue") -> Given:
    """Return a segment's revenue in a year or quarter by its newest definition (billion)."""
    rows = periods(filed, segment, metric, YEARS + QUARTERS)
    rows = rows[rows["period"] == period].tail(1)
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def counts_in(filed: pd.DataFrame, segment: str, period: str, what: str) -> Given:
    """Return 1 where the definition of a segment's revenue in a year or quarter names something
    ("chips sold"), else 0; unknown without revenue."""
    sold = revenue(filed, segment, period)
    named = [what in scope for rows in sold.rows for scope in rows["scope"]]
    return Given(float(named[0]), sold.rows) if named else Given()


def rate_told(filed: pd.DataFrame, segment: str, metric: str, period: str) -> Given:
    """Return a growth, or a part of it, that a company told of a year or quarter (fraction)."""
    rows = periods(filed, segment, metric, YEARS + QUARTERS)
    rows = rows[rows["period"] == period].tail(1)
    return Given(float(rows["value"].iloc[0]) * PERCENT, [rows]) if len(rows) else Given()


def fastest_steady(filed: pd.DataFrame, segment: str, after: str) -> Given:
    """Return the highest growth at steady exchange rates that was told of a year after one
    (fraction); unknown where none was."""
    rows = periods(filed, segment, "revenue_growth_constant_currency")
    rows = rows[rows["period"] > after]
    return Given(float(rows["value"].max()) * PERCENT, [rows]) if len(rows) else Given()


def pair(filed: pd.DataFrame, segment: str, first: str, last: str) -> tuple[Given, Given]:
    """Return revenue in two periods within one definition, the newest that has both (billion)."""
    return _pair(periods(filed, segment, types=YEARS + QUARTERS), first, last)


def _pair(rows: pd.DataFrame, first: str, last: str) -> tuple[Given, Given]:
    """What `pair` returns, from the rows of a segment."""
    told = list(zip(rows["scope"], rows["period"], strict=True))
    scopes = [
        each for each in dict.fromkeys(rows["scope"]) if {(each, first), (each, last)} <= {*told}
    ]
    if not scopes:
        return Given(), Given()
    both = (rows.iloc[[told.index((scopes[-1], each))]] for each in (first, last))
    start, end = (Given(float(each["value"].iloc[0]) / MILLIONS, [each]) for each in both)
    return start, end


def by_quarter(filed: pd.DataFrame, segment: str) -> dict[str, str]:
    """Return the names of a segment's quarters by the calendar quarter in which each ended
    ("2026Q2": "FY2026Q4"), oldest first."""
    rows = periods(filed, segment, types=QUARTERS)
    return dict(zip(filings.calendar_quarters(rows["period_end"]), rows["period"], strict=True))


def year_before(period: str, years: int = 1) -> str:
    """Return the period so many years before, in the same form ("FY2020", "2026Q1"), if any."""
    if not period:
        return ""
    name, quarter = (period[:-2], period[-2:]) if period[-2] == "Q" else (period, "")
    return f"{name[:-4]}{int(name[-4:]) - years}{quarter}"


def quarter_before(quarter: str) -> str:
    """Return the calendar quarter before one ("2025Q4" before "2026Q1"), if any."""
    return str(pd.Period(quarter) - 1) if quarter else ""


def growth_into(filed: pd.DataFrame, segment: str, period: str, years: int = 1) -> Given:
    """Return a segment's yearly growth into a period, over one or more years (fraction)."""
    return _growth(periods(filed, segment, types=YEARS + QUARTERS), period, years)


def _growth(rows: pd.DataFrame, period: str, years: int = 1) -> Given:
    """What `growth_into` returns, from the rows of a segment."""
    first, last = _pair(rows, year_before(period, years), period)
    return derive(growth.annual_growth, first, last, float(years))


def last_year(filed: pd.DataFrame, segment: str) -> str:
    """Return the last year of a segment's revenue ("2024", "FY2024"); empty where none is known."""
    rows = periods(filed, segment)
    return str(rows["period"].iloc[-1]) if len(rows) else ""


def as_number(year: str, of: Given) -> Given:
    """Return a year as a number that rests on the rows of what is said of that year."""
    return Given(float(year[-4:]), of.rows) if year and of.known else Given()


def growth_since(filed: pd.DataFrame, segment: str, first: str, years: int) -> Given:
    """Return a segment's yearly growth since a year, over so many years or as many as are filed."""
    last = last_year(filed, segment)
    over = min(years, int(last[-4:]) - int(first[-4:])) if last else 0
    end = year_before(first, -over)
    return growth_into(filed, segment, end, over) if over > 0 else Given()


def growth_by_quarter(filed: pd.DataFrame, segment: str) -> dict[str, Given]:
    """Return a segment's growth on the year before by calendar quarter, where it is known."""
    names, rows = by_quarter(filed, segment), periods(filed, segment, types=YEARS + QUARTERS)
    found = {quarter: _growth(rows, name) for quarter, name in names.items()}
    return {quarter: rate for quarter, rate in found.items() if rate.known}


def growth_by_year(filed: pd.DataFrame, first: int, turn: int) -> pd.DataFrame:
    """Return the growth of each cloud by year since one, and into its newest quarter where that did
    not end before the last year: segment, label (short), growth (fraction; missing where a
    definition changed), when ("up to <turn>", "after <turn>", "newest quarter"). An empty place
    parts the quarter from the years."""
    found = []
    for segment in COMPANIES.values():
        years, rows = periods(filed, segment), periods(filed, segment, types=YEARS + QUARTERS)
        for name in dict.fromkeys(years["period"]):
            when = f"after {turn}" if int(name[-4:]) > turn else f"up to {turn}"
            if int(name[-4:]) >= first:
                rate = _growth(rows, name).number
                found.append((segment, f"{name[:-4] or SHORT}{name[-2:]}", rate, when))
        for quarter, rate in list(growth_by_quarter(filed, segment).items())[-1:]:
            if filings.end_of(quarter) >= years["period_end"].max():
                label = f"{filings.end_of(quarter):%b} {SHORT}{quarter[2:4]}"
                found.append((segment, APART, float("nan"), "newest quarter"))
                found.append((segment, label, rate.number, "newest quarter"))
    table = pd.DataFrame(found, columns=["segment", "label", "growth", "when"])
    known = table["growth"].notna().groupby(table["segment"]).cummax()  # from the first known on
    return table[known | (table["label"] == APART)]


def faster(filed: pd.DataFrame, turn: int) -> Given:
    """Return at how many of the clouds growth into the last year filed is above that into a year;
    unknown where one has filed no later year or has no growth."""
    count = Given(0.0)
    for segment in COMPANIES.values():
        last = last_year(filed, segment)
        if not last or int(last[-4:]) <= turn:
            return Given()
        slow, late = (growth_into(filed, segment, each) for each in (f"{last[:-4]}{turn}", last))
        count += derive(lambda before, after: float(after > before), slow, late)
    return count


def redefined(filed: pd.DataFrame, turn: int, segments: list[str]) -> Given:
    """Return at how many of some clouds growth into a year and into the last year filed are of two
    definitions; unknown where one has no growth."""
    count = Given(0.0)
    for segment in segments:
        last = last_year(filed, segment)
        both = (f"{last[:-4]}{turn}", last)
        slow, late = (pair(filed, segment, year_before(each), each)[1] for each in both)
        if not (slow.known and late.known):
            return Given()
        changed = slow.rows[0]["scope"].iloc[0] != late.rows[0]["scope"].iloc[0]
        count += Given(float(changed), slow.rows + late.rows)
    return count


def years_of(filed: pd.DataFrame, segment: str, metric: str) -> list[str]:
    """Return the years for which a segment has filed a metric and revenue ("2025", "FY2025")."""
    both = (set(periods(filed, segment, each)["period"]) for each in (metric, "revenue"))
    return sorted(set.intersection(*both))


def margin(filed: pd.DataFrame, segment: str, period: str) -> Given:
    """Return a segment's operating income over its revenue in a year or quarter (fraction)."""
    income = revenue(filed, segment, period, "operating_income")
    return income / revenue(filed, segment, period)


def margins(filed: pd.DataFrame, segments: list[str], first: int, quarter: str) -> pd.DataFrame:
    """Return margins by year since one, as the newest way of counting the income has them, and in a
    calendar quarter where that is after the last year: segment, year, margin (fraction), now
    (whether of the quarter; its year is the middle of it where a whole year stands at its own)."""
    found, day = [], filings.end_of(quarter)
    for segment in segments:
        rows = periods(filed, segment, "operating_income")
        rows = rows[rows["scope"].isin(rows["scope"].tail(1))]
        for period, income in rows[["period", "value"]].itertuples(index=False):
            sales = revenue(filed, segment, period).number * MILLIONS
            found.append((segment, int(period[-4:]), income / sales, False))
        if quarter and len(rows) and day > rows["period_end"].max():
            name, middle = by_quarter(filed, segment).get(quarter, ""), (day.month - 1.5) / 12 - 0.5
            found.append((segment, day.year + middle, margin(filed, segment, name).number, True))
    table = pd.DataFrame(found, columns=["segment", "year", "margin", "now"])
    return table[table["year"] >= first].dropna(subset="margin")


# Where AI shows


def ai_paces(told: pd.DataFrame, company: str, metric: str = "run_rate") -> dict[str, Given]:
    """Return the yearly pace of AI revenue that a company told of the end of a quarter, by calendar
    quarter, the oldest first (USD billion a year).

    metric : "run_rate_year_before" for what a later pace and its growth give.
    """
    rows = told[(told["company"] == company) & (told["metric"] == metric)]
    rows = rows[rows["date"].dt.is_quarter_end].sort_values("date", kind="stable")
    quarters = filings.calendar_quarters(rows["date"])
    return {
        quarter: Given(float(rows["value"].loc[row]), [rows.loc[[row]]])
        for row, quarter in quarters.items()
    }


def pace(filed: pd.DataFrame, segment: str, period: str) -> Given:
    """Return four times the revenue of a quarter (billion a year)."""
    return revenue(filed, segment, period) * 4.0


def growth_of_rest(
    then: tuple[Given, Given], now: tuple[Given, Given], years: float, taken_out: float
) -> Given:
    """Return the yearly growth of a cloud without its AI: `then` and `now` are its pace and that
    of its AI (USD billion a year), so many years apart, `taken_out` the part of the AI that is
    left out."""
    rests = (whole - of_ai * taken_out for whole, of_ai in (then, now))
    return derive(growth.annual_growth, *rests, years)


def rests_at(
    then: tuple[Given, Given], now: tuple[Given, Given], years: float, points: pd.DataFrame
) -> pd.DataFrame:
    """Return `growth_of_rest` (`microsoft-without-ai-year`) at each part that is taken out
    (`ai_counted`), to a thousandth."""

    def ask(ai_counted: float) -> dict[str, float]:
        return {"microsoft-without-ai-year": growth_of_rest(then, now, years, ai_counted).number}

    return choices.answered(points.round({"ai_counted": 3}), ask)


def growth_from_ai(
    filed: pd.DataFrame, segment: str, metric: str = "revenue_growth"
) -> pd.DataFrame:
    """Return the growth of the quarters for which a company told the part of AI in it, the oldest
    first: quarter (its last day), definition (0 is the oldest), ai and rest (fractions), row and
    row_ai (labels of the rows used).

    metric : the growth, in dollars unless at steady exchange rates.
    """
    told = (periods(filed, segment, each, QUARTERS) for each in (metric, "growth_from_ai"))
    whole, part = (each.rename_axis("row").reset_index() for each in told)
    both = whole.merge(part, on=["period", "period_end", "scope"], suffixes=("", "_ai"))
    both = both.sort_values("period_end", kind="stable", ignore_index=True)
    return pd.DataFrame(
        {
            "quarter": both["period_end"],
            "definition": pd.factorize(both["scope"])[0],
            "ai": both["value_ai"] * PERCENT,
            "rest": (both["value"] - both["value_ai"]) * PERCENT,
            "row": both["row"],
            "row_ai": both["row_ai"],
        }
    )


def rests_of_growth(
    filed: pd.DataFrame, segment: str, definition: int, metric: str = "revenue_growth"
) -> tuple[Given, Given]:
    """Return what is left of `growth_from_ai` without AI in the first and in the last quarter of a
    definition (fractions); unknown where it has fewer than two."""
    table = growth_from_ai(filed, segment, metric)
    table = table[table["definition"] == definition]
    if len(table) < 2:
        return Given(), Given()
    ends = (table.iloc[place] for place in (0, -1))
    return tuple(Given(float(e["rest"]), [filed.loc[[e["row"], e["row_ai"]]]]) for e in ends)


def points_by_quarter(filed: pd.DataFrame, segment: str, names: list[str]) -> pd.DataFrame:
    """Return `growth_from_ai` as parts of columns: definition (by name), quarter (label), kind
    ("from AI" or "all else"), points (fraction).

    names : of the definitions, the oldest first.
    """
    table = growth_from_ai(filed, segment)
    found = [
        (names[row.definition], f"{row.quarter:%b} {SHORT}{row.quarter:%y}", kind, points)
        for row in table.itertuples()
        for kind, points in (("all else", row.rest), ("from AI", row.ai))
    ]
    return pd.DataFrame(found, columns=["definition", "quarter", "kind", "points"])


# The small


def periods_of(neoclouds: pd.DataFrame, company: str, metric: str, type: str) -> pd.Series:
    """Return the periods of one type, "quarter" or "calendar_year", of a number of a renter."""
    rows = neoclouds[(neoclouds["company"] == company) & (neoclouds["metric"] == metric)]
    return rows.loc[rows["period_type"] == type, "period"]


def small_in(neoclouds: pd.DataFrame, company: str, metric: str, period: str) -> Given:
    """Return one number of a renter of GPUs (USD billion)."""
    rows = neoclouds[(neoclouds["company"] == company) & (neoclouds["metric"] == metric)]
    rows = rows[rows["period"] == period]
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def part_from(neoclouds: pd.DataFrame, company: str, metric: str, period: str) -> Given:
    """Return the part of a renter's revenue that one customer pays (fraction)."""
    return small_in(neoclouds, company, metric, period) * (MILLIONS * PERCENT)
