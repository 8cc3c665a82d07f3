"""Who uses it and who pays: shares by survey, their errors, and one seller's three curves.

    mean of n cycles    m = sum(x) / n          each cycle counts alike
    its error           e = sqrt(sum(s^2)) / n  cycles are drawn apart from each other
    a share or more     per token = spending / tokens

A line is never drawn from one question to another. Tables in (as loaded), tables or numbers out.
"""

import math

import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import documents

CENSUS = "US Census BTOS"
NARROW, WIDE = "in producing goods or services", "in any business function"
CYCLE = r"\d{6}"  # the name of a cycle of the Census: its year and number
NORMAL = 1.96  # standard errors to either side that hold 95 percent of a normal distribution
SIZES = {  # as the Census names them: in a chart
    "firms with 250 or more employees": "250 or more",
    "all firms": "All firms",
}
ASKED = {  # definition: the question in a chart
    WIDE: "use in two weeks",
    "at least one of the listed AI technologies": "a listed technology",
    "as the national ICT surveys ask": "as each country asks",
    "pays for AI": "paid an AI seller",
    "regularly in at least one business function": "in their organisation",
    "generative AI for work in the last week": "generative AI at work, one week",
    "at work a few times a week or more": "a few times a week",
}
WHO = {  # population: in a chart
    "all firms": "US firms",
    "firms with 1 to 4 employees": "US firms of 1 to 4",
    "firms with 250 or more employees": "US firms of 250 or more",
    "EU enterprises with 10 or more persons": "EU firms of 10 or more",
    "EU enterprises with 250 or more persons": "EU firms of 250 or more",
    "OECD firms": "OECD firms",
    "OECD large firms": "Large OECD firms",
    "US businesses that pay through Ramp": "Customers of Ramp",
    "organisations of those who answer": "Persons asked by McKinsey",
    "all firms, by the people they employ": "US firms, by workers",
    "employed persons of 18 to 64": "US workers",
    "employees": "US employees, Gallup",
}
MCKINSEY = "McKinsey Global Survey on AI"
RAMP = "Ramp AI Index"
SUPPLEMENT = "supplement"  # the name of a supplement of the Census begins so
WEIGHTED = ["all firms, by the people they employ", "all firms"]  # populations of a supplement
MINUTES_A_DAY = 60 * 24
PERIODS = {"day": 1, "minute": MINUTES_A_DAY}  # of which a day has so many


def cycles(adoption: pd.DataFrame, population: str, definition: str) -> pd.DataFrame:
    """Return the cycles of the Census for some firms under one wording, in order.

    A cycle whose error was not read is given the largest of the others.
    """
    rows = adoption[
        (adoption["survey"] == CENSUS)
        & (adoption["population"] == population)
        & (adoption["definition"] == definition)
        & (adoption["measure"] == "using now")
        & adoption["period"].str.fullmatch(CYCLE)
    ]
    errors = rows["standard_error"]
    return rows.assign(standard_error=errors.fillna(errors.max())).sort_values(
        "period_start", kind="stable"
    )


def ends(rows: pd.DataFrame, count: int = 1) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the first and the last so many rows; none where they would overlap."""
    used = rows if len(rows) >= 2 * count else rows.iloc[:0]
    return used.head(count), used.tail(count)


def share(rows: pd.DataFrame) -> Given:
    """Return the mean share of some cycles (fraction)."""
    return Given(float(rows["value"].mean()) / 100, [rows]) if len(rows) else Given()


def error(rows: pd.DataFrame) -> Given:
    """Return the standard error of that mean (fraction)."""
    if rows.empty:
        return Given()
    squares = (rows["standard_error"] ** 2).sum(skipna=False)
    return Given(math.sqrt(float(squares)) / len(rows) / 100, [rows])


def apart(first: pd.DataFrame, second: pd.DataFrame) -> Given:
    """Return by how much two means must differ to be told apart (fraction), 95 times of 100."""
    return derive(lambda one, other: NORMAL * math.hypot(one, other), error(first), error(second))


def steps(adoption: pd.DataFrame) -> pd.DataFrame:
    """Return the series of the Census: date, size, wording, share, bottom, top (fractions)."""
    tables = [
        pd.DataFrame(
            {
                "date": rows["period_start"],
                "size": label,
                "wording": wording,
                "share": rows["value"] / 100,
                "bottom": (rows["value"] - NORMAL * rows["standard_error"]) / 100,
                "top": (rows["value"] + NORMAL * rows["standard_error"]) / 100,
            }
        )
        for population, label in SIZES.items()
        for wording in (NARROW, WIDE)
        for rows in [cycles(adoption, population, wording)]
    ]
    return pd.concat(tables, ignore_index=True)


def newest(adoption: pd.DataFrame) -> pd.DataFrame:
    """Return the newest row of each question and population that stand in a chart together."""
    used = adoption["measure"].isin(["using now", "workers using now"])
    rows = adoption[used & adoption["definition"].isin(ASKED) & adoption["population"].isin(WHO)]
    extra = rows["period"].str.startswith(SUPPLEMENT) & (rows["measure"] == "using now")
    rows = rows[~extra]
    rows = rows.sort_values(["period_start", "known_from"], kind="stable")
    return (
        rows.groupby(["survey", "definition", "population"])
        .tail(1)
        .sort_values("value", kind="stable")
    )


def supplement(adoption: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the row of each population of `WEIGHTED` in the newest supplement of the Census that
    has both; empty ones where there is none."""
    rows = adoption[adoption["period"].str.startswith(SUPPLEMENT)].sort_values(
        "period_start", kind="stable"
    )
    each = [rows[rows["population"] == population] for population in WEIGHTED]
    both = each[0][each[0]["period"].isin(each[1]["period"])]["period"].tail(1)
    return [part[part["period"].isin(both)].tail(1) for part in each]


def with_mean(rows: pd.DataFrame, mean: Given) -> pd.DataFrame:
    """Return newest rows, those of the Census for all firms with this mean of the last rounds."""
    counted = (rows["survey"] == CENSUS) & (rows["definition"] == WIDE)
    counted &= rows["population"] == list(SIZES)[-1]
    return rows.assign(value=rows["value"].mask(counted & mean.known, mean.number * 100))


def answers(rows: pd.DataFrame) -> pd.DataFrame:
    """Return newest rows as a chart names them: label, share (fraction), asked (whom their unit
    counts)."""
    when = (
        rows["period_start"]
        .dt.strftime("%b %Y")
        .where(rows["period"].str.len() > 4, rows["period"])
    )
    words = rows["population"].map(WHO) + ": " + rows["definition"].map(ASKED)
    asked = rows["unit"].str.removeprefix("percent of ")
    return pd.DataFrame(
        {"label": words + ", " + when, "share": rows["value"] / 100, "asked": asked}
    )


def seen(adoption: pd.DataFrame, measure: str, back: int = 1) -> Given:
    """Return the share of those asked who see an effect of one measure (fraction), in the newest
    round or, with `back` above 1, in so many rounds before."""
    rows = adoption[adoption["measure"] == measure].sort_values("period_start", kind="stable")
    return share(rows.tail(back).head(1) if len(rows) >= back else rows.iloc[:0])


def alongside(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return those of some cycles that other cycles were asked in too."""
    return rows[rows["period"].isin(others["period"])]


def spent_each(facts: pd.DataFrame, who: str) -> pd.DataFrame:
    """Return what some customers of Ramp spend on AI per employee (USD a month), by month."""
    rows = facts[facts["quantity"] == "ai_spending_per_employee"]
    return rows[rows["entity"] == f"Customers of Ramp, {who}"].sort_values("date", kind="stable")


def curves(
    facts: pd.DataFrame, ai_revenue: pd.DataFrame, labs: pd.DataFrame, seller: str
) -> list[pd.DataFrame]:
    """Return the rows of one seller's users by the week, yearly rate of sales, and yearly loss."""
    users = facts[facts["quantity"] == "weekly_users"]
    users = users.assign(date=pd.to_datetime(users["date"]))
    rate = ai_revenue[(ai_revenue["company"] == seller) & (ai_revenue["metric"] == "run_rate")]
    loss = labs[
        (labs["lab"] == seller)
        & (labs["metric"] == "operating_loss")
        & (labs["status"] == "actual")
        & (labs["period_type"] == "year")
    ]
    return [
        users.sort_values("date", kind="stable"),
        rate.sort_values("date", kind="stable"),
        loss.sort_values("period_end", kind="stable"),
    ]


def for_a_dollar(labs: pd.DataFrame, loss: pd.DataFrame) -> Given:
    """Return a year's loss for a dollar of the same seller's sales of that year; unknown where
    either is. loss : one row, as `curves` returns them."""
    if loss.empty:
        return Given()
    return Given(float(loss["value"].sum()), [loss]) / _sales_beside(labs, loss)


def _sales_beside(labs: pd.DataFrame, loss: pd.DataFrame) -> Given:
    same = {name: loss[name].iloc[0] for name in ("lab", "status", "period_type", "period")}
    return documents.newest(labs, metric="revenue", **same)


def _losses(labs: pd.DataFrame, seller: str) -> pd.DataFrame:
    """Return the last word on each of a seller's operating losses, in the order of their ends."""
    rows = labs[(labs["lab"] == seller) & (labs["metric"] == "operating_loss")]
    rows = rows[rows["status"] == "actual"].sort_values(["period_end", "known_from"], kind="stable")
    return rows.drop_duplicates(["period_type", "period"], keep="last")


def newest_loss(labs: pd.DataFrame, seller: str, length: str = "quarter") -> pd.DataFrame:
    """Return the row of a seller's operating loss in the newest quarter, or other `length` of
    period, told."""
    rows = _losses(labs, seller)
    return rows[rows["period_type"] == length].tail(1)


def losses_for_a_dollar(labs: pd.DataFrame, seller: str) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Return a seller's loss for a dollar of its sales, and the rows: start, date (the first and
    the last day), value (dollars), named; for each year told and each quarter since, named are the
    years and the newest quarter."""
    rows = _losses(labs, seller)
    years = rows[rows["period_type"] == "year"]
    later = rows["period_end"] > years["period_end"].max()
    quarters = rows[(rows["period_type"] == "quarter") & later]
    found, used = [], []
    for of, months in ((years, 12), (quarters, 3)):
        for place in range(len(of)):
            row = of.iloc[[place]]
            each, end = for_a_dollar(labs, row), row["period_end"].iloc[0]
            if each.known:
                start = end - pd.offsets.MonthBegin(months)
                named = of is years or place == len(of) - 1
                found.append((start, end, each.number, named))
                used += each.rows
    return pd.DataFrame(found, columns=["start", "date", "value", "named"]), used


def panels(*curves: pd.DataFrame, named: list[pd.Timestamp] = ()) -> list[pd.DataFrame]:
    """Return curves of days for a chart: start and date (the same day), value, named (whether the
    value is printed).

    Named are the first and the last value; of a curve that is told for other days than `named`,
    the last that holds for each of them and the last of all.
    """
    tables = [
        pd.DataFrame({"start": days, "date": days, "value": rows["value"]})
        for rows in curves
        for days in [pd.to_datetime(rows["date"])]
    ]
    return [table.assign(named=_named(table["date"], named)) for table in tables]


def _named(days: pd.Series, compared: list[pd.Timestamp]) -> list[bool]:
    """Whether the value of each day, in order, is printed."""
    places = (
        [0] if not len(compared) else [max(int((days <= day).sum()) - 1, 0) for day in compared]
    )
    wanted = {*places, len(days) - 1}
    return [place in wanted for place in range(len(days))]


def tokens_a_day(tokens: pd.DataFrame, seller: str) -> pd.DataFrame:
    """Return what a seller's models read and write in a day, as told: with `daily` (trillion)."""
    rows = tokens[(tokens["provider"] == seller) & tokens["period_type"].isin(PERIODS)]
    daily = rows["value"] * rows["period_type"].map(PERIODS).astype(float)  # also for no row
    return rows.assign(daily=daily).sort_values("date", kind="stable")


def range_of_growth(
    ai_revenue: pd.DataFrame, seller: str, first: pd.Timestamp, last: pd.Timestamp
) -> list[Given]:
    """Return the least and the most that a seller's yearly rate of sales grew between two days, by
    what was told for the last day up to each and for the next after it (times); unknown where one
    of these is not told."""
    rows = ai_revenue[(ai_revenue["company"] == seller) & (ai_revenue["metric"] == "run_rate")]
    days = pd.to_datetime(rows["date"])
    sides = [
        rows[days == end]
        for day in (first, last)
        for end in (days[days <= day].max(), days[days > day].min())
    ]
    if any(side.empty for side in sides):
        return [Given(), Given()]
    one, other = (pd.concat([each["value"] for each in pair]) for pair in (sides[:2], sides[2:]))
    least, most = other.min() / one.max(), other.max() / one.min()
    return [Given(float(times), sides) for times in (least, most)]


def told_apart(least: Given, most: Given, other: Given) -> Given:
    """Return the least of a range of growth; unknown where another growth lies within the range.

    Inside the range the one cannot be told to be more, or less, than the other.
    """
    within = derive(lambda low, high, x: float(low <= x <= high), least, most, other)
    return least if within.known and not within.number else Given()


def tokens_by(tokens: pd.DataFrame, seller: str, scope: str, day: pd.Timestamp) -> Given:
    """Return the last count of a seller's tokens of a month that holds for a day (trillion)."""
    rows = tokens[(tokens["date"] <= day) & (tokens["scope"] == scope)]
    return documents.newest(rows, provider=seller, period_type="month")


def at_this_pace(first: pd.DataFrame, last: pd.DataFrame, year: int) -> Given:
    """Return the share by the end of a year if it rises on as from some cycles to others
    (fraction)."""
    if first.empty or last.empty:
        return Given()
    days = [rows["period_start"].mean() for rows in (first, last)]
    ahead = (pd.Timestamp(year=year, month=12, day=31) - days[1]) / (days[1] - days[0])
    return share(last) + (share(last) - share(first)) * ahead
