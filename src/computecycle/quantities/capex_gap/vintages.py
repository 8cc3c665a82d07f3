"""Vintages of purchases: what each must earn, what it is charged, what its work is still worth.

    straight line      charge in the (a+1)th year of life: min(1, L - a) / L while a < L
    economic value     0.5 ** (age / p), p: years in which performance per dollar doubles

Each vintage v needs R_v / L in each of its L years; the need of a year is the sum over the vintages
alive in it. Money is in the unit handed in; rates and shares are fractions.
"""

import numpy as np
import pandas as pd

from computecycle.quantities.bounds import (
    ANY_SHARE,
    NOT_NEGATIVE,
    POSITIVE,
    Number,
    need_columns,
    need_unique,
    within,
)

DELAY = {"purchase": 0, "next": 1}  # years from the purchase to the first charge


def charge_share(age: Number, useful_life: Number) -> Number:
    """Share of a purchase charged straight line in the year that begins `age` years into its life.

    A life of 2.5 years charges 0.4, 0.4 and 0.2. Zero before the life begins and after it ends.
    """
    within("useful_life", useful_life, POSITIVE)
    return np.where(np.asarray(age) < 0, 0.0, np.clip(useful_life - age, 0, 1) / useful_life)


def vintage_need(purchases: pd.DataFrame, useful_life: float, first_charge: str) -> pd.DataFrame:
    """Need of each year when every vintage must earn its requirement evenly over its life.

    `purchases` has year, required (lifetime revenue for that year's purchases); the result has
    year, need, from the first to the last year of purchase. `first_charge` is "purchase" (a
    vintage earns from the year it is bought) or "next" (from the year after).
    """
    need_columns("purchases", purchases, ["year", "required"])
    need_unique("purchases", purchases, ["year"])
    within("required", purchases["required"], NOT_NEGATIVE)
    years = np.arange(int(purchases["year"].min()), int(purchases["year"].max()) + 1)
    age = years[:, None] - purchases["year"].to_numpy(dtype=int) - _delay(first_charge)
    need = charge_share(age, useful_life) @ purchases["required"].to_numpy(dtype=float)
    return pd.DataFrame({"year": years, "need": need})


def depreciation(
    capex: pd.DataFrame, classes: pd.DataFrame, first_charge: str, last_year: int | None = None
) -> pd.DataFrame:
    """Straight-line charges: one row for each company, vintage, year and asset class.

    `capex` has company, year, capex; `classes` has asset_class, share (summing to 1), useful_life
    (years). The result has company, vintage, year, asset_class, charge, in the unit of capex, until
    the last asset is written down or until `last_year`. Sum over vintages: they overlap.
    """
    need_columns("capex", capex, ["company", "year", "capex"])
    need_unique("capex", capex, ["company", "year"])
    within("capex", capex["capex"], NOT_NEGATIVE)
    classes = _whole("classes", classes)
    life = pd.DataFrame({"age": np.arange(np.ceil(classes["useful_life"].max()), dtype=int)})
    rows = capex[["company", "year", "capex"]].rename(columns={"year": "vintage"})
    rows = rows.astype({"vintage": int}).merge(classes, how="cross").merge(life, how="cross")
    rows = rows[rows["age"] < rows["useful_life"]]
    charge = rows["capex"] * rows["share"] * charge_share(rows["age"], rows["useful_life"])
    rows = rows.assign(year=rows["vintage"] + rows["age"] + _delay(first_charge), charge=charge)
    rows = rows[rows["year"] <= (np.inf if last_year is None else last_year)]
    return rows[["company", "vintage", "year", "asset_class", "charge"]].reset_index(drop=True)


def _delay(first_charge: str) -> int:
    if first_charge not in DELAY:
        raise ValueError(f'first_charge is "{first_charge}"; it must be "purchase" or "next".')
    return DELAY[first_charge]


def _whole(name: str, classes: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that describe asset classes, whose shares must make up the whole."""
    columns = ["asset_class", "share", "useful_life"]
    need_columns(name, classes, columns)
    within("share", classes["share"], ANY_SHARE)
    within("useful_life", classes["useful_life"], POSITIVE)
    total = classes["share"].sum()
    if not np.isclose(total, 1.0, rtol=0, atol=1e-9):
        raise ValueError(f"The shares in {name} sum to {total:g}; they must sum to 1.")
    return classes[columns]


def book_value(age: Number, useful_life: Number) -> Number:
    """Share of the price still in the books at `age` years, straight line."""
    within("age", age, NOT_NEGATIVE)
    within("useful_life", useful_life, POSITIVE)
    return np.clip(1 - age / useful_life, 0, 1)


def economic_value(age: Number, doubling_years: Number) -> Number:
    """Share of its price that a used chip is worth: 0.5 ** (age / doubling_years).

    Its work sells at the price of the newest chip's, whose performance per dollar doubles so fast.
    """
    within("age", age, NOT_NEGATIVE)
    within("doubling_years", doubling_years, POSITIVE)
    return 0.5 ** (age / doubling_years)


def crossing(useful_life: float, doubling_years: float) -> float:
    """Return the age (years) up to which the books exceed the economic value, and after which they
    fall short of it; not a number where they fall short from the first day on."""
    pace = np.log(2) / doubling_years
    if pace * useful_life <= 1:
        return np.nan
    low, high = np.log(pace * useful_life) / pace, useful_life  # where the excess is greatest
    for _ in range(60):
        middle = (low + high) / 2
        above = book_value(middle, useful_life) > economic_value(middle, doubling_years)
        low, high = (middle, high) if above else (low, middle)
    return low


def value_curves(useful_life: float, doubling_years: list[float], ages: list) -> pd.DataFrame:
    """Book value and economic values at `ages` (years): age, curve, share; book first."""
    ages = np.asarray(ages, dtype=float)
    curves = {f"book, {useful_life:g} years": book_value(ages, useful_life)}
    for years in doubling_years:
        every = "year" if years == 1 else f"{years:g} years"
        curves[f"economic, doubling every {every}"] = economic_value(ages, years)
    tables = [pd.DataFrame({"age": ages, "curve": k, "share": v}) for k, v in curves.items()]
    return pd.concat(tables, ignore_index=True)


def span(low: float, high: float) -> pd.DataFrame:
    """Return an interval of ages as a table: low, high; empty where an end is not known."""
    return pd.DataFrame({"low": [low], "high": [high]}).dropna()
