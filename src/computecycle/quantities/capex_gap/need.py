"""Two needs on one day: what a year's purchases must earn, what the chips at work must earn now.

    flow     4 q0 R                     q0: the chips sold in the newest quarter
    stock    sum of w_a q_a R / L       q_a: those sold a quarters before, w_a: 1 while they live

R is the sales that a dollar of chips asks for, L the life in years. Were purchases level the two
would be equal. Chips are NVIDIA's data-centre revenue: less its networking where the cost of a data
centre per dollar of chips is taken to pay for the network (`chips`), or whole, as the articles
count (`whole`). Money is in USD billion.
"""

import math

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import ai_sales, filings
from computecycle.quantities.bounds import POSITIVE, within
from computecycle.quantities.capex_gap import question

FASTEST = 10.0  # growth a year, beyond which a history is too short to tell
YEAR = pd.DateOffset(years=1)
DAY = pd.Timedelta(days=1)
QUARTER = pd.DateOffset(months=3)
MONTH = pd.DateOffset(months=1)
NEVER = pd.NaT
TOLD_FROM = 5.0  # years of sales on file from which the need of the chips at work is told
RATE = ["known_from", "company", "date", "metric", "value"]
PAID = ["disclosed", "with assumed"]
COUNTS = ["chips", "whole"]  # without networking and with it
LABELS = {"flow": "a year's purchases", "stock": "chips at work"}


def purchases(nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return what was sold in each quarter: period, period_end, known_from, whole, chips.

    A quarter whose networking is not on file takes the share of its year, or else that of the
    nearest quarter after or before it; none where no networking is on file at all.
    """
    rows = filings.quarters(nvidia).sort_values("period_end", ignore_index=True, kind="stable")
    network = by_period(networking(nvidia))
    sold = by_period(nvidia[nvidia["metric"] == "data_center_revenue"])  # of years too
    share = {period: network[period] / sold[period] for period in network.keys() & sold.keys()}
    told = [share.get(each, share.get(each[:6], np.nan)) for each in rows["period"]]
    whole = rows["value"] / filings.MILLIONS
    chips = whole * (1 - pd.Series(told, dtype=float).bfill().ffill().fillna(0.0))
    return rows[["period", "period_end", "known_from"]].assign(whole=whole, chips=chips)


def networking(nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of networking sales, of quarters or of years."""
    return nvidia[nvidia["metric"] == "networking_revenue"]


def stands_in(nvidia: pd.DataFrame) -> bool:
    """Return whether the newest quarter does not tell its networking apart, so that the share of
    another quarter stands in; False where no networking is on file at all."""
    told = set(networking(nvidia)["period"])
    last = filings.quarters(nvidia).sort_values("period_end", kind="stable")["period"].tail(1)
    return bool(told) and not any({each, each[:6]} & told for each in last)


def begin(nvidia: pd.DataFrame) -> str:
    """Return the month before which no purchase is on file, in words; empty where none is."""
    first = filings.quarters(nvidia)["period_end"].min() - QUARTER
    return "" if pd.isna(first) else f"{first + pd.offsets.MonthBegin():%B %Y}"


def by_period(rows: pd.DataFrame) -> dict[str, float]:
    """Return values by the name of their period, of a quarter or a year."""
    return dict(zip(rows["period"], rows["value"], strict=True))


def rows_of(nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the purchases rest on."""
    return nvidia[nvidia["metric"].isin(["data_center_revenue", "networking_revenue"])]


def yearly(chips: pd.Series, life: float) -> float:
    """Return the yearly part of the purchases still alive: sum of w_a q_a / L, the newest last."""
    within("life", life, POSITIVE)
    age = np.arange(len(chips))[::-1]
    alive = np.clip(life * filings.QUARTERS - age, 0, 1)
    return float((alive * chips.to_numpy()).sum() / life)


def yearly_of(chips: pd.Series, lives: np.ndarray) -> np.ndarray:
    """Return `yearly` for each of many lives."""
    within("life", lives, POSITIVE)
    age = np.arange(len(chips))[::-1]
    alive = np.clip(lives[:, None] * filings.QUARTERS - age, 0, 1)
    return alive @ chips.to_numpy() / lives


def flow(nvidia: pd.DataFrame, day: pd.Timestamp, column: str = "chips") -> Given:
    """Return the yearly run rate of the newest quarter filed by a day."""
    bought = purchases(nvidia)
    bought = bought[bought["known_from"] <= day]
    if bought.empty:
        return Given()
    return Given(float(bought[column].iloc[-1]) * filings.QUARTERS, [rows_of(nvidia)])


def day_before(nvidia: pd.DataFrame, day: pd.Timestamp) -> pd.Timestamp:
    """Return the day on which the quarter a year before the newest one was filed; NaT where
    none was. Between two filings sales grow and the need stands, so days of filing are compared."""
    days = [known for known in filing_days(nvidia) if known <= day]
    return days[-1 - filings.QUARTERS] if len(days) > filings.QUARTERS else NEVER


def filing_days(nvidia: pd.DataFrame) -> list[pd.Timestamp]:
    """Return the days on which quarters were filed: on others a share mixes new sales and a need
    of up to three months before."""
    return sorted(set(filings.quarters(nvidia)["known_from"]))


def stock(nvidia: pd.DataFrame, day: pd.Timestamp, life: float, column: str = "chips") -> Given:
    """Return the yearly part of what had been bought by a day and is still alive."""
    bought = purchases(nvidia)
    bought = bought[bought["known_from"] <= day]
    return Given(yearly(bought[column], life), [rows_of(nvidia)]) if len(bought) else Given()


def one_day(statements: pd.DataFrame, nvidia: pd.DataFrame) -> pd.Timestamp:
    """Return the one day of every comparison: that of the newest quarter filed or article."""
    days = [filings.quarters(nvidia)["known_from"], question.original(statements)["known_from"]]
    return pd.concat(days).max()


def growth_behind(flow_rate: float, stock_rate: float, life: float) -> float:
    """Return the yearly growth of purchases at which the stock needs this part of the flow.

    Bisection on sum of (1 + g)**-a / L over the ages a; 0 where the stock needs as much, `FASTEST`
    where the history is too short.
    """
    ages = np.arange(np.ceil(life))
    weights = np.clip(life - ages, 0, 1) / life

    def part(growth: float) -> float:
        return float((weights * (1 + growth) ** -ages).sum())

    low, high = 0.0, FASTEST
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if part(middle) > stock_rate / flow_rate else (low, middle)
    return low


def path(
    nvidia: pd.DataFrame,
    ai_revenue: pd.DataFrame,
    since: pd.Timestamp,
    per_dollar: float,
    life: float,
) -> pd.DataFrame:
    """Return needs and revenue on each day on which something was published.

    Columns: date, series ("a year's purchases", "chips at work", "disclosed", "with assumed"),
    value.
    """
    bought = purchases(nvidia)
    days = set(bought["known_from"]) | set(ai_revenue["known_from"]) | {since}
    days = sorted(day for day in days if day >= since)
    rows = []
    for day, paid in zip(days, earned(ai_revenue, days), strict=True):
        known = bought.loc[bought["known_from"] <= day, "chips"]
        if len(known):
            values = (
                known.iloc[-1] * filings.QUARTERS * per_dollar,
                yearly(known, life) * per_dollar,
            )
            names = zip((*LABELS.values(), *PAID), (*values, *paid), strict=True)
            rows += [{"date": day, "series": name, "value": value} for name, value in names]
    return pd.DataFrame(rows, columns=["date", "series", "value"]).dropna()


def shown(path: pd.DataFrame, history: Given) -> pd.DataFrame:
    """Return a path without the chips at work where too few years are on file to tell them."""
    return path if history.known else path[path["series"] != LABELS["stock"]]


def earned(ai_revenue: pd.DataFrame, days: list[pd.Timestamp]) -> list[tuple[float, float]]:
    """Return the AI revenue disclosed, and with what is assumed, as known on each of some days.

    As `question.disclosed` and `question.counted`, for rising days in one pass; nan before either.
    """
    rates = ai_revenue[ai_revenue["metric"].isin(ai_sales.COUNTED)]
    rates = rates.sort_values("known_from", kind="stable")
    news = list(zip(*(rates[name] for name in RATE), strict=True))
    newest, found, place = {}, [], 0
    for day in days:
        while place < len(news) and news[place][0] <= day:
            _, company, date, metric, value = news[place]
            if company not in newest or date >= newest[company][0]:
                newest[company] = (date, metric, value)
            place += 1
        known = [value for _, metric, value in newest.values() if metric != "assumed"]
        whole = math.fsum(value for *_, value in newest.values())
        found.append((math.fsum(known) if known else np.nan, whole if newest else np.nan))
    return found


def both(bought: pd.DataFrame, day: pd.Timestamp, life: float) -> list[float]:
    """Return the yearly part of what is still alive on a day, without networking and with it.

    bought : as `purchases` returns it.
    """
    sold = bought[bought["known_from"] <= day]
    return [yearly(sold[each], life) for each in COUNTS]


def by_life(
    nvidia: pd.DataFrame, day: pd.Timestamp, asked: dict[str, Given], lives: list[float]
) -> pd.DataFrame:
    """Return what the chips at work on a day must earn a year by their life: life, series, low
    (without networking), high (with it).

    asked : by series, what a dollar of chips asks for.
    """
    bought = purchases(nvidia)
    needs = [
        (life, name, *(each * one.number for each in both(bought, day, life)))
        for name, one in asked.items()
        for life in (lives if (bought["known_from"] <= day).any() else [])
    ]
    return pd.DataFrame(needs, columns=["life", "series", "low", "high"]).dropna()


def by_day(
    nvidia: pd.DataFrame, days: list[pd.Timestamp], life: float, asked: dict[str, Given]
) -> pd.DataFrame:
    """Return what the chips at work on some days asked for: date, series, low, high, as `by_life`
    does by life."""
    bought = purchases(nvidia)
    needs = [
        (day, name, *(each * one.number for each in both(bought, day, life)))
        for name, one in asked.items()
        for day in days
    ]
    return pd.DataFrame(needs, columns=["date", "series", "low", "high"]).dropna()


def enough_life(
    nvidia: pd.DataFrame,
    day: pd.Timestamp,
    per_dollar: Given,
    earned: Given,
    column: str = "chips",
) -> Given:
    """Return the life (years) at which what is earned meets the need of the chips at work."""
    bought = purchases(nvidia)
    chips = bought.loc[bought["known_from"] <= day, column]

    def life(per: float, earning: float) -> float:
        low, high = 0.25, 100.0
        for _ in range(50):
            middle = (low + high) / 2
            short = yearly(chips, middle) * per > earning
            low, high = (middle, high) if short else (low, middle)
        return low

    if chips.empty:
        return Given()
    found = derive(life, per_dollar, earned)
    rows = [rows_of(nvidia), *found.rows]
    return Given(found.number, rows, found.own) if found.known else found


def short_days(path: pd.DataFrame) -> pd.Series:
    """Return for each day of a path whether the chips at work need more than is disclosed."""
    wide = path.pivot(index="date", columns="series", values="value")
    wide = wide.reindex(columns=[LABELS["stock"], PAID[0]]).dropna()
    return wide[LABELS["stock"]] > wide[PAID[0]]


def events(days: dict[str, pd.Timestamp]) -> pd.DataFrame:
    """Return days to be marked in a figure: date, label with the month; unknown ones left out."""
    known = {name: day for name, day in days.items() if pd.notna(day)}
    labels = [f"{name}, {day:%b %Y}" for name, day in known.items()]
    return pd.DataFrame({"date": list(known.values()), "label": labels})


def prolonged(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return tables of steps as one, their last numbers up to one day, a month after the last step
    of them all, so that it can be seen."""
    ends = pd.concat([each["date"] for each in tables])
    day = ends.max() + MONTH if len(ends) else NEVER
    last = (each[each["date"] == each["date"].max()].assign(date=day) for each in tables)
    return pd.concat([*tables, *last], ignore_index=True)


def met_days(path: pd.DataFrame) -> pd.Series:
    """Return for each day of a path whether all sales counted meet what the chips at work need."""
    wide = path.pivot(index="date", columns="series", values="value")
    wide = wide.reindex(columns=[LABELS["stock"], PAID[1]]).dropna()
    return wide[LABELS["stock"]] <= wide[PAID[1]]


def met_until(path: pd.DataFrame) -> pd.Timestamp:
    """Return the first day on which the chips at work ask for more than all sales counted."""
    met = met_days(path)
    return met.index[~met].min() if not met.all() else NEVER


def days_met(path: pd.DataFrame, share: float) -> float:
    """Return for how many days up to the last of a path, that one left out, the sales disclosed met
    a share of what the chips at work need; 0 where they did not on the day before."""
    wide = path.pivot(index="date", columns="series", values="value")
    wide = wide.reindex(columns=[LABELS["stock"], PAID[0]]).dropna()
    if wide.empty:
        return float("nan")
    met = (wide[PAID[0]] >= share * wide[LABELS["stock"]]).iloc[:-1]
    short = met.index[~met]
    begun = met.index[met.index > short.max()] if len(short) else met.index
    return float((wide.index[-1] - begun.min()).days) if len(begun) else 0.0


def spans(amounts: dict[str, tuple[Given, Given]]) -> pd.DataFrame:
    """Return spans of amounts to be shaded in a figure: label, low, high; unknown ones left out."""
    rows = [(name, low.number, high.number) for name, (low, high) in amounts.items()]
    return pd.DataFrame(rows, columns=["label", "low", "high"]).dropna()


def chips(nvidia: pd.DataFrame, day: pd.Timestamp, column: str = "chips") -> pd.Series:
    """Return the chips sold in each quarter filed by a day; not a number where `whole` is unknown,
    so that nothing is summed of a part."""
    bought = purchases(nvidia)
    sold = bought.loc[bought["known_from"] <= day, column]
    return sold if history(nvidia, day).known else pd.Series([np.nan])


def whole(nvidia: pd.DataFrame, day: pd.Timestamp, part: Given) -> Given:
    """Return what the chips at work on a day give; unknown where those bought before the first
    filing are so many that the number would be of a part."""
    return part if history(nvidia, day).known else Given()


def history(nvidia: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return the years of sales on file by a day; unknown where they are too few to tell."""
    bought = purchases(nvidia)
    years = float((bought["known_from"] <= day).sum()) / filings.QUARTERS
    return Given(years, [rows_of(nvidia)]) if years >= TOLD_FROM else Given()
