"""The car as a computer: what its chips do, who drives it, what it takes from the range.

Rows of the loaded tables in, tables and small results out. Two things are kept apart on purpose:

- Number formats. An operation at four bits is not the work of one at eight or at thirty-two, and a
  sparse peak counts operations that are skipped. A peak and the path that it is held against are
  counted alike: both with these operations or both without.
- Chips and cars. A board holds two chips or four, and a car may hold two boards.

Batteries are `batteries`, who buys and sells cars `car_sales`, rides and forecasts `rides`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, computed, rows_of

WATTS = 1000  # in a kilowatt
ENGINES = ["combustion", "mild hybrid"]  # what moves the car is the engine
PIECED = {  # cars of which no one page tells all
    "Lexus RX hybrid",
    "Toyota Sienna",
    "7 Series 750e",
    "7 Series 740d",
}
NAMES = {"all models with HW3": "with HW3"}  # car: what a chart calls it
KINDS = {"private": "private car", "taxi": "taxi"}
UNTOLD = "count not told"  # of a peak of which nothing tells how it is counted
CLAIMED, WITHOUT = "as claimed", "without skipped operations"  # how a peak is counted
DRIVERS = {
    "2": "Driver watches",
    "2, hands off": "Driver watches",
    "3": "Driver may look away",
    "4": "Nobody",
}
MOVERS = {
    "combustion": "Engine or mild hybrid",
    "mild hybrid": "Engine or mild hybrid",
    "hybrid": "Hybrid, no plug",
    "plug-in hybrid": "Plug-in hybrid",
    "battery": "Battery",
}


def of(table: pd.DataFrame, **cells: str | list[str]) -> pd.DataFrame:
    """Return the rows whose columns hold these cells (one, or one of a list)."""
    wanted = np.ones(len(table), dtype=bool)
    for column, cell in cells.items():
        wanted &= table[column].isin(cell if isinstance(cell, list) else [cell]).to_numpy()
    return table[wanted]


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


def car_peaks(cars: pd.DataFrame, sparse_factor: float) -> pd.DataFrame:
    """Return the cars whose compute is told, the newest and strongest first: name, year, tops,
    most, least, kind, format.

    most, least : what the peak may be without skipped operations; they differ where nothing tells
    whether it counts them.
    """
    told = cars[cars["compute"].notna()]
    counts = told["number_format"].map({"not stated": UNTOLD}).fillna("counted")
    sparse = told["number_format"].str.startswith("sparse")
    maker = told["maker"].str.split("-").str[0]
    name = told["year"].astype(str) + " " + maker + " " + told["car"].replace(NAMES)
    less = told["compute"] / sparse_factor
    table = pd.DataFrame(
        {
            "name": name.mask(told["powertrain"].str.contains("hybrid"), name + " (hybrid)"),
            "year": told["year"],
            "tops": told["compute"],
            "most": told["compute"].mask(sparse, less),
            "least": told["compute"].mask(sparse | (counts == UNTOLD), less),
            "kind": told["use"].map(KINDS),
            "format": counts,
        }
    )
    return table.sort_values(["year", "tops"], ascending=False, kind="stable")


def stacked(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return tables of the same columns one after the other."""
    return pd.concat(tables, ignore_index=True)


def newest_year(cars: pd.DataFrame, least: int) -> Given:
    """Return the newest year in which so many private cars, or more, tell their peak."""
    rows = with_peak(cars)
    many = rows["year"].value_counts()
    years = many.index[many >= least]
    return computed(max(years), rows[rows["year"] == max(years)]) if len(years) else Given()


def with_peak(cars: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of private cars whose compute is told, the strongest last."""
    rows = of(cars, use="private")
    return rows[rows["compute"].notna()].sort_values("compute", kind="stable")


def of_year(cars: pd.DataFrame, year: float) -> pd.DataFrame:
    """Return the rows of private cars of a year whose compute is told, the strongest last."""
    rows = with_peak(cars)
    return rows[rows["year"] == year]


def strongest(rows: pd.DataFrame, place: int = 1) -> Given:
    """Return the peak of the strongest of some cars, the strongest last, or of the one in another
    place behind it (TOPS)."""
    return Given(float(rows["compute"].iloc[-place]), [rows]) if len(rows) >= place else Given()


def least_counted(cars: pd.DataFrame, sparse_factor: float, place: int = 1) -> Given:
    """Return the highest peak of some cars without skipped operations, or the one in another place
    behind it (TOPS): where nothing tells whether they are counted, as if they were."""
    least = car_peaks(cars, sparse_factor)["least"].sort_values(kind="stable")
    return Given(float(least.iloc[-place]), [cars]) if len(least) >= place else Given()


def fact(cars: pd.DataFrame, car: str, column: str) -> Given:
    """Return a number of one car: its `year`, the year it `ended`, its `compute` (TOPS)."""
    rows = of(cars, car=car)
    if rows.empty or pd.isna(rows[column].iloc[0]):
        return Given()
    return Given(float(rows[column].iloc[0]), [rows])


def on_path(start: float, year: float, target: float, target_year: float, when: float) -> float:
    """Return where a steady growth from a start to a target stands at some time."""
    return start * (target / start) ** ((when - year) / (target_year - year))


@dataclass(frozen=True)
class Path:
    """A steady growth from a year to that of a goal; the low and the high end of both (TOPS)."""

    starts: tuple[float, float]
    year: float
    goals: tuple[float, float]
    goal_year: float

    def ends(self, when: pd.Series) -> list[pd.Series]:
        """Return its low and its high end in some years; unknown before it begins."""
        return [
            on_path(start, self.year, goal, self.goal_year, when).where(when >= self.year)
            for start, goal in zip(self.starts, self.goals, strict=True)
        ]


def beside_paths(peaks: pd.DataFrame, paths: dict[str, Path]) -> pd.DataFrame:
    """Return peaks once for each way to count them, beside the path of their year that is counted
    alike: name, year, kind, format, count, most, least, low, high, nearest, goal.

    peaks : as `car_peaks` gives them. paths : by `CLAIMED` and `WITHOUT`. nearest, goal : the ends
    of the path's goal.
    """
    tables = []
    for count, path in paths.items():
        low, high = path.ends(peaks["year"])
        columns = ["tops", "tops"] if count == CLAIMED else ["most", "least"]
        most, least = (peaks[column] for column in columns)
        cells = {"count": count, "most": most, "least": least, "low": low, "high": high}
        near, goal = path.goals
        table = peaks[["name", "year", "kind", "format"]]
        tables.append(table.assign(**cells, nearest=near, goal=goal))
    return stacked(*tables)


# Who drives


def tiles(cars: pd.DataFrame) -> pd.DataFrame:
    """Return a tile for each level and powertrain of some cars: driver, mover, text, count, firm.

    text : the earliest car with its year, and how many others; "none in our list" if there is none.
    firm : whether one page or more tells all of one of them.
    """
    if cars.empty:
        return pd.DataFrame(columns=["driver", "mover", "text", "count", "firm"])
    driver, mover = cars["level"].map(DRIVERS), cars["powertrain"].map(MOVERS)
    tiles = []
    for row in dict.fromkeys(DRIVERS.values()):
        for column in dict.fromkeys(MOVERS.values()):
            found = cars[(driver == row) & (mover == column)].sort_values("year", kind="stable")
            more = f"\n+ {len(found) - 1} more" if len(found) > 1 else ""
            first = [
                f"{each['maker'].split('-')[0]}\n{each['year']:.0f}{more}"
                for _, each in found.iterrows()
            ]
            text = first[0] if first else "none in\nour list"
            firm = bool((~found["car"].isin(PIECED)).any())
            tile = {"driver": row, "mover": column, "text": text, "count": len(found), "firm": firm}
            tiles.append(tile)
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


def range_marks(
    loads: dict[str, tuple[Given, Given]], kwh: Given, km: Given, speeds: dict[str, float]
) -> pd.DataFrame:
    """Return what computers take at each speed: where, label, low, high (shares of the range);
    known ones, the least first.

    loads : the least and the most watts of each.
    """
    rows = [
        {
            "where": f"{where}, {speed:.0f} km an hour",
            "label": label,
            "low": range_taken(least.number, kwh.number, km.number, speed),
            "high": range_taken(most.number, kwh.number, km.number, speed),
        }
        for where, speed in speeds.items()
        for label, (least, most) in loads.items()
        if all(each.known for each in (least, most, kwh, km))
    ]
    table = pd.DataFrame(rows, columns=["where", "label", "low", "high"])
    most = table.groupby("label")["high"].transform("max")
    return table.assign(most=most).sort_values("most", kind="stable", ignore_index=True)[[*table]]
