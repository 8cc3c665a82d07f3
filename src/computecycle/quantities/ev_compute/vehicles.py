"""The car as a computer: what its chips do, where their pace leads, what they take from the range.

Rows of the loaded tables in, tables and small results out. Two things are kept apart on purpose:

- Number formats. An operation at FP32, FP8, INT8 or FP4 is not the same work, and a sparse peak
  counts operations that are skipped. `EIGHT_BIT` names what may stand in one fit.
- Chips and boards. A board holds two chips or four; only single chips make a trend of chips.

The growth itself is `growth`; batteries are `batteries`, who buys and sells cars `car_sales`.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, rows_of
from computecycle.quantities import growth

KINDS = {  # number format as told: what a chart calls it
    "FP32": "FP32 or FP16",
    "FP16": "FP32 or FP16",
    "INT8": "INT8",
    "INT8 sparse": "sparse",
    "sparse": "sparse",
    "FP8": "FP8",
    "FP4": "FP4",
    "not stated": "not stated",
}
WATTS = 1000  # in a kilowatt
EIGHT_BIT = ["INT8", "FP8", "not stated"]
LABELS = {  # name: what a chart writes beside the point
    "Drive PX Xavier": "Xavier",
    "Drive AGX Orin": "Orin",
    "Drive AGX Pegasus OA": "Pegasus OA",
    "Drive Atlan": "Atlan",
    "Drive Thor": "Thor",
    "Mobileye EyeQ3": "EyeQ3",
    "NVIDIA Xavier": "Xavier",
    "Tesla HW4": "HW4",
    "NVIDIA Thor": "Thor",
}
CHIPS = ["name", "year", "rate", "watts", "format", "state", "form", "recalled"]
DELIVERED = {True: "cancelled", False: "announced"}


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


# Chips


def printed_chips(chips: pd.DataFrame) -> pd.DataFrame:
    """Return the chips of the document's table, one a row, columns `CHIPS`.

    rate : TOPS, or TFLOPS at FP32; not a number where none is printed. watts : TDP.
    year : of the announcement, with the fraction of its month. form : "chip or board".
    """
    wide = chips.pivot(index="product", columns="metric", values="value")
    wide = wide.reindex(columns=["compute", "power"])
    told = chips[chips["metric"] == "compute"].set_index("product")
    delivered = told["delivery_year"].notna()
    table = pd.DataFrame(
        {
            "name": told.index,
            "year": growth.in_years(pd.to_datetime(told["announced"], format="%Y-%m")),
            "rate": wide["compute"].reindex(told.index),
            "watts": wide["power"].reindex(told.index),
            "format": told["number_format"].map(KINDS),
            "state": told["cancelled"].astype(bool).map(DELIVERED).mask(delivered, "launched"),
            "form": "chip or board",
            "recalled": False,
        }
    )
    return table.sort_values("year", ignore_index=True)[CHIPS]


def public_chips(chips: pd.DataFrame) -> pd.DataFrame:
    """Return the chips of the public figures, one a row, columns `CHIPS`.

    form : "chip" or "board or platform". watts : not a number where none is known.
    """
    told = chips[chips["metric"] == "peak_performance"]
    watts = chips[chips["metric"] == "power"].set_index(["vendor", "product", "status"])["value"]
    keys = pd.MultiIndex.from_frame(told[["vendor", "product", "status"]])
    table = pd.DataFrame(
        {
            "name": told["vendor"] + " " + told["product"],
            "year": told["year"].astype(float),
            "rate": told["value"],
            "watts": watts.reindex(keys).to_numpy(),
            "format": told["number_format"].map(KINDS),
            "state": told["status"],
            "form": np.where(told["form"] == "chip", "chip", "board or platform"),
            "recalled": told["confidence"] == "recalled",
        }
    )
    return table.sort_values(["year", "name"], ignore_index=True)[CHIPS]


def per_watt(chips: pd.DataFrame) -> pd.DataFrame:
    """Return the chips whose compute and power are known, with `per_watt`, the newest last."""
    known = chips[chips["rate"].notna() & chips["watts"].notna()]
    return known.assign(per_watt=known["rate"] / known["watts"])


def watt_rate(chips: pd.DataFrame, product: str) -> Given:
    """Return the operations a second and watt of one chip of the document's table (TOPS per W)."""
    rows = of(chips, product=product, metric=["compute", "power"])
    rate, watts = (number(rows, metric=metric) for metric in ("compute", "power"))
    return rate / watts


def best_per_watt(chips: pd.DataFrame, number_format: str) -> Given:
    """Return the most operations a second and watt in the document's table at one format."""
    products = of(chips, metric="compute", number_format=number_format)["product"]
    rates = [rate for rate in (watt_rate(chips, name) for name in products) if rate.known]
    return Given(max((rate.number for rate in rates), default=np.nan), rows_of(rates))


def counted(chips: pd.DataFrame, number_format: str) -> Given:
    """Return how many chips of the document's table state their compute at one format."""
    rows = of(chips, metric="compute", number_format=number_format)
    return Given(float(len(rows)), [rows]) if len(chips) else Given()


def listed(printed: pd.DataFrame, public: pd.DataFrame) -> pd.DataFrame:
    """Return both lists of chips one after the other: `CHIPS`, list, label (empty: none)."""
    lists = {"the document's table": printed, "public figures": public}
    tables = [table.assign(list=name) for name, table in lists.items()]
    both = pd.concat(tables, ignore_index=True)
    both = both[both["rate"].notna()].reset_index(drop=True)
    return both.assign(label=both["name"].map(LABELS).fillna(""))


def record_setters(chips: pd.DataFrame, with_recalled: bool = False) -> pd.DataFrame:
    """Return the rows of launched single chips of `EIGHT_BIT` that beat all launched before.

    with_recalled : whether chips count whose number is remembered rather than read.
    """
    rows = of(chips, metric="peak_performance", status="launched", form="chip")
    rows = of(rows, number_format=EIGHT_BIT)
    if not with_recalled:
        rows = rows[rows["confidence"] != "recalled"]
    rows = rows.sort_values(["year", "value"]).drop_duplicates("year", keep="last")
    return rows[rows["value"] > rows["value"].cummax().shift(fill_value=0.0)]


def doubling(rows: pd.DataFrame) -> Given:
    """Return the years in which the values of rows double, by an exponential through them."""
    fit = growth.fit_exponential(rows["year"], rows["value"])
    return Given(fit.doubling_time, [rows])


def doubling_ends(rows: pd.DataFrame) -> tuple[Given, Given]:
    """Return the fast and the slow end of the interval of that doubling time.

    The slow one is endless where the values may not grow; both are unknown below three rows.
    """
    low, high = growth.fit_exponential(rows["year"], rows["value"]).interval
    fast, slow = (growth.doubling_time(np.maximum(end, 1.0) - 1) for end in (high, low))
    return Given(fast, [rows]), Given(slow, [rows])


def year_reached(start: float, year: float, target: float, doubling_years: float) -> float:
    """Return the year in which something that doubles at a pace reaches a target."""
    return year + doubling_years * np.log2(target / start)


def doubling_needed(start: float, year: float, target: float, target_year: float) -> float:
    """Return the years to double that lead from a start to a target; endless if it is met."""
    gained = np.log2(target / start)
    return (target_year - year) / gained if gained > 0 else np.inf


def whole_year(moment: float) -> float:
    """Return the calendar year of a moment: 2027.2 lies in 2027."""
    return float(np.floor(moment))


def range_taken(watts: float, kwh: float, km: float, km_per_hour: float) -> float:
    """Return the share of its range that a car loses to a computer that draws so much power.

    kwh, km : a pack and the range it gives. km_per_hour : the mean speed; the slower, the more.
    """
    driving = kwh / km * km_per_hour * WATTS
    return watts / (watts + driving)


def road(starts: dict[str, Given], year: int, doubling_years: Given, end: int) -> pd.DataFrame:
    """Return compute by year for each start: start (its label), year, tops.

    Empty where the pace is unknown; starts that are unknown are left out.
    """
    years = np.arange(year, end + 1)
    pace = growth.rate_of(doubling_years.number) if doubling_years.known else np.nan
    rows = [
        pd.DataFrame(
            {"start": label, "year": years, "tops": one.number * (1 + pace) ** (years - year)}
        )
        for label, one in starts.items()
        if one.known and np.isfinite(pace)
    ]
    return pd.concat([pd.DataFrame(columns=["start", "year", "tops"]), *rows], ignore_index=True)


def goal(target: Given, year: int) -> pd.DataFrame:
    """Return a target for a chart: year, tops, label; empty where it is unknown."""
    row = {"year": year, "tops": target.number, "label": f"{target.number:,.0f} in {year}"}
    return pd.DataFrame([row] if target.known else [], columns=list(row))


def stacked(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return tables of the same columns one after the other."""
    return pd.concat(tables, ignore_index=True)
