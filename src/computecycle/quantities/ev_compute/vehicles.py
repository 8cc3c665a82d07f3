"""The car as a computer: what its chips do, who drives it, what it takes from the range.

Rows of the loaded tables in, tables and small results out. Two things are kept apart on purpose:

- Number formats. An operation at four bits is not the work of one at eight or at thirty-two, and a
  sparse peak counts operations that are skipped. A chart gives each a colour.
- Chips, boards and cars. A board holds two chips or four, and a car may hold two boards.

Batteries are `batteries`, who buys and sells cars `car_sales`, rides and forecasts `rides`.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, rows_of
from computecycle.quantities import growth

FORMATS = {  # number format as told: what a chart calls it
    "INT8": "8 bits, or not told",
    "not stated": "8 bits, or not told",
    "INT8 sparse": "Sparse",
    "sparse": "Sparse",
    "FP8": "Floating point",
    "FP4": "Floating point",
    "FP16": "Floating point",
    "FP32": "Floating point",
}
WATTS = 1000  # in a kilowatt
LABELS = {  # car: what a chart writes beside it
    "Tesla all models with HW3": "Tesla",
    "NIO EC7 and ES8": "NIO",
    "Baidu Apollo RT6": "taxi",
    "XPeng G7 Ultra": "XPeng, NIO",
    "Zeekr 9X": "Zeekr 9X",
    "Xiaomi YU7": "Xiaomi, Li Auto",
    "XPeng G7 Max": "XPeng G7 Max",
}
PEAKS = ["name", "year", "tops", "format", "form", "state"]
DRIVERS = {
    "2": "Driver watches",
    "2, hands off": "Driver watches",
    "3": "Driver may look away",
    "4": "Nobody",
}
MOVERS = {
    "combustion": "Engine alone",
    "hybrid": "Hybrid",
    "plug-in hybrid": "Hybrid",
    "battery": "Battery alone",
}


def of(table: pd.DataFrame, **cells: str | list[str]) -> pd.DataFrame:
    """Return the rows whose columns hold these cells (one, or one of a list)."""
    for column, cell in cells.items():
        table = table[table[column].isin(cell if isinstance(cell, list) else [cell])]
    return table


def number(rows: pd.DataFrame, **cells: str) -> Given:
    """Return the value of the one row with these cells, a percentage as a fraction.

    Unknown where there is none; ValueError where there are several.
    """
    rows = of(rows, **cells)
    if len(rows) > 1:
        raise ValueError(f"{cells} names {len(rows)} rows ({', '.join(rows.index)}); name one")
    if rows.empty or rows["value"].isna().any():
        return Given()
    share = 0.01 if rows["unit"].iloc[0].startswith("percent") else 1
    return Given(float(rows["value"].iloc[0]) * share, [rows])


def counted(rows: pd.DataFrame) -> Given:
    """Return how many rows there are; unknown, not zero, where none was found."""
    return Given(float(len(rows)), [rows]) if len(rows) else Given()


# Peaks


def printed_chips(chips: pd.DataFrame) -> pd.DataFrame:
    """Return the chips of the study's table whose compute it gives, columns `PEAKS`."""
    told = chips[(chips["metric"] == "compute") & chips["value"].notna()]
    state = np.where(told["delivery_year"].notna(), "launched", "announced")
    return pd.DataFrame(
        {
            "name": told["product"],
            "year": growth.in_years(pd.to_datetime(told["announced"], format="%Y-%m")),
            "tops": told["value"],
            "format": told["number_format"].map(FORMATS),
            "form": "Chips and boards",
            "state": np.where(told["cancelled"].astype(bool), "announced", state),
        }
    )


def public_chips(chips: pd.DataFrame) -> pd.DataFrame:
    """Return the chips and boards of public figures, columns `PEAKS`."""
    told = chips[chips["metric"] == "peak_performance"]
    return pd.DataFrame(
        {
            "name": told["product"],
            "year": told["year"].astype(float),
            "tops": told["value"],
            "format": told["number_format"].map(FORMATS),
            "form": "Chips and boards",
            "state": told["status"].replace("estimated", "announced"),
        }
    )


def car_peaks(cars: pd.DataFrame) -> pd.DataFrame:
    """Return the cars whose compute is told, columns `PEAKS`."""
    told = cars[cars["compute"].notna()]
    return pd.DataFrame(
        {
            "name": told["maker"] + " " + told["car"],
            "year": told["year"].astype(float),
            "tops": told["compute"],
            "format": told["number_format"].map(FORMATS),
            "form": "Cars",
            "state": "launched",
        }
    )


def peaks(chips: pd.DataFrame, public: pd.DataFrame, cars: pd.DataFrame) -> pd.DataFrame:
    """Return all that has a peak one after the other: `PEAKS`, label (empty: none)."""
    every = stacked(car_peaks(cars), printed_chips(chips), public_chips(public))
    return every.assign(label=every["name"].map(LABELS).fillna(""))


def stacked(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return tables of the same columns one after the other."""
    return pd.concat(tables, ignore_index=True)


def of_year(cars: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the rows of private cars of a year whose compute is told, the strongest last."""
    rows = of(cars, use="private")
    rows = rows[(rows["year"] == year) & rows["compute"].notna()]
    return rows.sort_values("compute", kind="stable")


def strongest(cars: pd.DataFrame, year: int) -> Given:
    """Return the peak of the strongest private car of a year (TOPS)."""
    rows = of_year(cars, year)
    return Given(float(rows["compute"].iloc[-1]), [rows]) if len(rows) else Given()


def fact(cars: pd.DataFrame, car: str, column: str) -> Given:
    """Return a number of one car: its `year`, the year it `ended`, its `compute` (TOPS)."""
    rows = of(cars, car=car)
    if rows.empty or pd.isna(rows[column].iloc[0]):
        return Given()
    return Given(float(rows[column].iloc[0]), [rows])


def level_of(cars: pd.DataFrame, car: str) -> Given:
    """Return the level of automation of one car, hands off or on."""
    rows = of(cars, car=car)
    return Given(float(rows["level"].iloc[0][0]), [rows]) if len(rows) else Given()


def on_path(start: float, year: float, target: float, target_year: float, when: float) -> float:
    """Return where a steady growth from a start to a target stands at some time."""
    return start * (target / start) ** ((when - year) / (target_year - year))


def path(low: Given, high: Given, year: int, target: Given, target_year: int) -> pd.DataFrame:
    """Return the band between two steady growths to one target: year, low, high."""
    if not (low.known and high.known and target.known):
        return pd.DataFrame(columns=["year", "low", "high"])
    years = np.arange(year, target_year + 1).astype(float)
    ends = [
        on_path(one.number, year, target.number, target_year, years).round(1) for one in (low, high)
    ]
    return pd.DataFrame({"year": years, "low": ends[0], "high": ends[1]})


# Who drives


def tiles(cars: pd.DataFrame) -> pd.DataFrame:
    """Return a tile for each level and powertrain of some cars: driver, mover, text, count.

    text : the earliest car with its year, and how many others; "none found" where there is none.
    """
    if cars.empty:
        return pd.DataFrame(columns=["driver", "mover", "text", "count"])
    driver, mover = cars["level"].map(DRIVERS), cars["powertrain"].map(MOVERS)
    tiles = []
    for row in dict.fromkeys(DRIVERS.values()):
        for column in dict.fromkeys(MOVERS.values()):
            found = cars[(driver == row) & (mover == column)].sort_values("year", kind="stable")
            more = f"\nand {len(found) - 1} more" if len(found) > 1 else ""
            first = [
                f"{each['maker'].split('-')[0]}\n{each['year']:.0f}{more}"
                for _, each in found.iterrows()
            ]
            text = first[0] if first else "none\nfound"
            tiles.append({"driver": row, "mover": column, "text": text, "count": len(found)})
    return pd.DataFrame(tiles)


# Power


def watt_rate(chips: pd.DataFrame, product: str) -> Given:
    """Return the operations a second and watt of one chip of the study's table (TOPS per W)."""
    rows = of(chips, product=product, metric=["compute", "power"])
    rate, watts = (number(rows, metric=metric) for metric in ("compute", "power"))
    return rate / watts


def best_per_watt(chips: pd.DataFrame, number_format: str) -> Given:
    """Return the most operations a second and watt in the study's table at one format."""
    products = of(chips, metric="compute", number_format=number_format)["product"]
    rates = [rate for rate in (watt_rate(chips, name) for name in products) if rate.known]
    return Given(max((rate.number for rate in rates), default=np.nan), rows_of(rates))


def range_taken(watts: float, kwh: float, km: float, km_per_hour: float) -> float:
    """Return the share of its range that a car loses to a computer that draws so much power.

    kwh, km : a pack and the range it gives. km_per_hour : the mean speed; the slower, the more.
    """
    driving = kwh / km * km_per_hour * WATTS
    return watts / (watts + driving)


def range_curves(kwh: Given, km: Given, speeds: dict[str, float], most: float) -> pd.DataFrame:
    """Return the share of the range lost by power for each speed: where, watts, share."""
    watts = np.linspace(0, most, 81)
    rows = [
        pd.DataFrame(
            {
                "where": where,
                "watts": watts,
                "share": range_taken(watts, kwh.number, km.number, speed),
            }
        )
        for where, speed in speeds.items()
        if kwh.known and km.known
    ]
    return pd.concat([pd.DataFrame(columns=["where", "watts", "share"]), *rows], ignore_index=True)


def range_marks(loads: dict[str, Given], kwh: Given, km: Given, speed: float) -> pd.DataFrame:
    """Return what single computers take at one speed: label, watts, share; known ones alone."""
    rows = [
        {
            "label": label,
            "watts": load.number,
            "share": range_taken(load.number, kwh.number, km.number, speed),
        }
        for label, load in loads.items()
        if load.known and kwh.known and km.known
    ]
    return pd.DataFrame(rows, columns=["label", "watts", "share"])
