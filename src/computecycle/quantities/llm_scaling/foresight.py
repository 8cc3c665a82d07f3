"""Where extrapolation leads, and the years that people give, then and since.

    reached     t = t0 + log10(C* / C0) / w      from the run C0 at t0 to the run C*
                                                 w: orders of magnitude a year
    on a line   N = N0 g^(a (t - t0))            from the size N0 at t0; g: growth of compute a
                                                 year, a: the part of it that goes into size

An extrapolation says what follows from its growth; it does not say that the growth lasts. Tables
in (as loaded), tables or numbers out.
"""

import numpy as np
import pandas as pd

WHO = ["who", "low", "high", "kind"]
THEN, SINCE = "in the study", "said since"
ALL_SAID = pd.Timestamp("2026-04-02")  # when the last of those whom we chose gave years anew
ASKED = {  # whose date: the entity and the variable of the statement
    "Musk, any one person": ("Musk", "ai_smarter_than_any_one_human"),
    "Musk, all people": ("Musk", "ai_smarter_than_all_humans"),
    "Huang": ("Huang", "time_to_agi_by_human_tests"),
    "Aschenbrenner": ("Aschenbrenner", "agi_year"),
    "Unnamed experts": ("experts", "agi_year"),
    "The study’s sum": ("report", "year_of_1e14_parameters"),
}
AGAIN = {  # who and what, in the table of later statements
    ("Musk", "smarter than any one person"): "Musk, any one person",
    ("Musk", "smarter than all people together"): "Musk, all people",
}


def year_reached(start: float, start_year: float, orders: float, target: float) -> float:
    """Return the year in which a size reaches a target; endless where it does not grow."""
    away = np.log10(target / start)
    if away == 0:
        return start_year
    if away > 0 and orders <= 0:
        return np.inf
    return start_year + away / orders if orders else -np.inf


def calendar_year(start: float, start_year: float, orders: float, target: float) -> float:
    """Return the calendar year in which a size reaches a target, a whole number."""
    return np.floor(year_reached(start, start_year, orders, target))


def size_on_line(
    start: float, start_year: float, factor: float, share: float, year: float
) -> float:
    """Return the size in a year where a part of the growth of compute goes into size."""
    return start * factor ** (share * (year - start_year))


def orders(factor: float) -> float:
    """Return the orders of magnitude a year of a growth by so large a factor a year."""
    return np.log10(factor)


def factor(orders: float) -> float:
    """Return the factor a year of a growth by so many orders of magnitude a year."""
    return 10.0**orders


def said(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the years that people are quoted with by the study: columns `WHO`.

    A time from now is counted from the year in which the statement became known.
    """
    made = []
    for who, (entity, variable) in ASKED.items():
        rows = statements[(statements["entity"] == entity) & (statements["variable"] == variable)]
        years = rows["value"] + np.where(rows["unit"] == "years", rows["known_from"].dt.year, 0)
        made += [(who, years.min(), years.max(), THEN)] if len(rows) else []
    return pd.DataFrame(made, columns=WHO)


def said_rows(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that `said` reads."""
    asked = pd.MultiIndex.from_frame(statements[["entity", "variable"]])
    return statements[asked.isin(list(ASKED.values()))]


def newest(dates: pd.DataFrame) -> pd.DataFrame:
    """Return the last years that each gave for an event, in the order of the days."""
    in_order = dates.sort_values("date", kind="stable")
    return in_order.drop_duplicates(["who", "event"], keep="last")


def said_since(dates: pd.DataFrame) -> pd.DataFrame:
    """Return the years that people gave later: columns `WHO`, under the names of `ASKED`."""
    made = [
        (AGAIN.get((row.who, row.event), row.who), float(row.low), float(row.high), SINCE)
        for row in dates.itertuples()
    ]
    return pd.DataFrame(made, columns=WHO)


def together(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return tables of the same columns below each other."""
    full = [table for table in tables if len(table)]
    return pd.concat(full, ignore_index=True) if full else tables[0]
