"""The rent of an hour of a chip: an index on demand, and contracts, by month."""

import pandas as pd

from computecycle.evidence.given import Given, computed

CHIP = "H100"
SERIES = {  # provider, kind, term: how the figure calls it
    ("henryzhangpku index", "index", "on_demand"): "on demand",
    ("henryzhangpku index", "median_of_lists", "reserved_mixed"): "reserved",
    ("SemiAnalysis", "survey", "contract_1y"): "contract of a year",
}


def rows_of(rentals: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the series that are followed, each with its name."""
    keys = list(zip(rentals["provider"], rentals["kind"], rentals["term"], strict=True))
    named = rentals.assign(series=[SERIES.get(key) for key in keys])
    return named[named["series"].notna() & (named["gpu"] == CHIP)]


def series(rentals: pd.DataFrame) -> pd.DataFrame:
    """Return prices by month: date, series, price (USD an hour), on demand first."""
    rows = rows_of(rentals)
    table = rows.assign(date=pd.to_datetime(rows["period"], format="%Y-%m"))
    line = table[table["series"] == "on demand"].set_index("date")["price"]
    silent = pd.DataFrame({"date": line.asfreq("MS").index.difference(line.index)})
    table = pd.concat([table, silent.assign(series="on demand")])  # no price, so that a line breaks
    table = table.sort_values(["series", "date"], key=_ordered, kind="stable")
    return table[["date", "series", "price"]].reset_index(drop=True)


def _ordered(column: pd.Series) -> pd.Series:
    order = {name: place for place, name in enumerate(SERIES.values())}
    return column.map(order) if column.name == "series" else column


def turns(rentals: pd.DataFrame) -> dict[str, Given]:
    """Return the peak of the index on demand, the low after it, and the newest price.

    Unknown while nothing comes after the peak.
    """
    rows = rows_of(rentals)
    rows = rows[rows["series"] == "on demand"].sort_values("period")
    if rows.empty:
        return {name: Given() for name in ("peak", "low", "last")}
    peak = rows.loc[[rows["price"].idxmax()]]
    later = rows[rows["period"] > peak["period"].iloc[0]]
    found = {"peak": peak}
    found |= {"low": later.nsmallest(1, "price"), "last": later.tail(1)}
    return {name: computed(each["price"].sum(), each) for name, each in found.items()}


def month(given: Given) -> pd.Timestamp:
    """Return the month of a price; not a time (NaT) where it is unknown."""
    return pd.Timestamp(given.rows[0]["period"].iloc[0]) if given.known else pd.NaT


def of(rentals: pd.DataFrame, name: str) -> tuple[Given, Given]:
    """Return the first and the last price of one series, named as in the figure."""
    rows = rows_of(rentals)
    rows = rows[rows["series"] == name].sort_values("period")
    ends = (rows.head(1), rows.tail(1)) if len(rows) > 1 else (rows.iloc[:0],) * 2
    return tuple(computed(each["price"].sum(), each) for each in ends)
