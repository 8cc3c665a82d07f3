"""The rent of an hour of a chip: an index on demand, and contracts, by month."""

import pandas as pd

from computecycle.evidence.given import Given, computed

CHIP = "H100"
OLDER = "A100 80 GB"
SERIES = {  # provider, kind, term, chip: how the figure calls it
    ("henryzhangpku index", "index", "on_demand", CHIP): "H100 on demand",
    ("henryzhangpku index", "index", "on_demand", OLDER): "A100 on demand",
    ("henryzhangpku index", "median_of_lists", "reserved_mixed", CHIP): "H100 reserved",
}
LINES = ["H100 on demand", "A100 on demand"]  # series of each month


def rows_of(rentals: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the series that are followed, each with its name."""
    columns = (rentals[name] for name in ("provider", "kind", "term", "gpu"))
    named = rentals.assign(series=[SERIES.get(key) for key in zip(*columns, strict=True)])
    return named[named["series"].notna()]


def series(rentals: pd.DataFrame) -> pd.DataFrame:
    """Return prices by month: date, series, price (USD an hour), on demand first."""
    rows = rows_of(rentals)
    table = rows.assign(date=pd.to_datetime(rows["period"], format="%Y-%m"))
    for name in LINES:  # no price in a month without one, so that a line breaks
        line = table[table["series"] == name].set_index("date")["price"]
        silent = pd.DataFrame({"date": line.asfreq("MS").index.difference(line.index)})
        table = pd.concat([table, silent.assign(series=name)])
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
    rows = rows[rows["series"] == LINES[0]].sort_values("period", kind="stable")
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
    return _ends(rows[rows["series"] == name])


def _ends(rows: pd.DataFrame) -> tuple[Given, Given]:
    rows = rows.sort_values("period", kind="stable")
    ends = (rows.head(1), rows.tail(1)) if len(rows) > 1 else (rows.iloc[:0],) * 2
    return tuple(computed(each["price"].sum(), each) for each in ends)


def of_lists(rentals: pd.DataFrame, chip: str) -> tuple[Given, Given]:
    """Return the first and the last middle of list prices on demand of a chip."""
    rows = rentals[(rentals["kind"] == "median_of_lists") & (rentals["term"] == "on_demand")]
    return _ends(rows[rows["gpu"] == chip])


def contracts(rentals: pd.DataFrame) -> tuple[Given, Given]:
    """Return the first and the last price of contracts of a year of the chip, by a survey."""
    rows = rentals[(rentals["kind"] == "survey") & (rentals["term"] == "contract_1y")]
    return _ends(rows[rows["gpu"] == CHIP])


def of_seller(rentals: pd.DataFrame, provider: str, since: pd.Timestamp) -> tuple[Given, Given]:
    """Return the first and the last list price on demand of the chip of one seller from a month on,
    in machines of eight."""
    rows = rentals[(rentals["provider"] == provider) & (rentals["gpu"] == CHIP)]
    rows = rows[(rows["kind"] == "list_price") & (rows["term"] == "on_demand")]
    rows = rows[(rows["form"] == "SXM") & (rows["gpus_per_instance"] == "8")]
    return _ends(rows[pd.to_datetime(rows["period"], format="ISO8601") >= since])


def launched(processors: pd.DataFrame) -> pd.Timestamp:
    """Return the day on which the older chip came out in any form; NaT where it is not on file."""
    family = processors["product"].str.startswith(OLDER.split()[0])
    return processors.loc[family, "released"].min()
