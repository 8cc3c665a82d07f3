"""What documents state: one number, the newest, the day. Tables in (as loaded), numbers out."""

import pandas as pd

from computecycle.evidence.given import Given


def stated(statements: pd.DataFrame, **where: str) -> Given:
    """Return the one number that the rows with these cells state; ValueError when they are several.

    Of several rows the last published counts. A percentage is returned as a fraction.
    """
    rows = statements
    for column, cell in ({"bound": "value"} | where).items():
        rows = rows[rows[column] == cell]
    rows = rows[rows["known_from"] == rows["known_from"].max()]
    if len(rows) > 1:
        raise ValueError(
            f"{where} names {len(rows)} statements ({', '.join(rows.index)}); name one"
        )
    if rows.empty:
        return Given()
    share = 0.01 if rows["unit"].iloc[0] == "percent" else 1
    return Given(float(rows["value"].iloc[0]) * share, [rows])


def newest(table: pd.DataFrame, **where: str) -> Given:
    """Return the number of the row with these cells that speaks of the latest time; of two, the
    one published last. A percentage is returned as a fraction; dates are written as ISO."""
    rows = table
    for column, cell in where.items():
        rows = rows[rows[column] == (pd.Timestamp(cell) if column == "date" else cell)]
    time = "date" if "date" in rows.columns else "period_end"
    rows = rows.sort_values([time, "known_from"], kind="stable").tail(1)
    if rows.empty:
        return Given()
    share = 0.01 if rows["unit"].iloc[0] == "percent" else 1
    return Given(float(rows["value"].iloc[0]) * share, [rows])


def year_of(given: Given) -> Given:
    """Return the last year of the period that a stated number speaks of."""
    if not given.known:
        return given
    return Given(float(given.rows[0]["period"].iloc[-1][-4:]), given.rows)


def of_sources(table: pd.DataFrame, sources: list[str]) -> pd.DataFrame:
    """Return the rows of some sources."""
    return table[table["source"].isin(sources)]


def day_of(statements: pd.DataFrame, source: str) -> pd.Timestamp:
    """Return the day that a source was published; not a time (NaT) where it is not known yet."""
    return of_sources(statements, [source])["known_from"].min()


def known(tables: list[pd.DataFrame], date: pd.Timestamp) -> list[pd.DataFrame]:
    """Return the rows of tables that had been published by a date."""
    return [table[table["known_from"] <= date] for table in tables]


def last_day(facts: pd.DataFrame) -> pd.Timestamp:
    """Return the latest day, month or year that some public facts hold for; NaT without them."""
    return pd.to_datetime(facts["date"].astype(str), format="ISO8601").max()
