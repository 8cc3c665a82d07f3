"""Vintages of purchases: what each is charged, straight line, in each year of its life.

charge in the (a+1)th year of life: min(1, L - a) / L while a < L
"""

import numpy as np
import pandas as pd

from computecycle.quantities.bounds import (
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


def depreciation(capex: pd.DataFrame, useful_life: float, first_charge: str) -> pd.DataFrame:
    """Straight-line charges: one row for each company, vintage and year.

    `capex` has company, year, capex. The result has company, vintage, year, charge, in the unit of
    capex, until the last purchase is written down. Sum over vintages: they overlap.
    `first_charge` is "purchase" (from the year it is bought) or "next" (from the year after).
    """
    need_columns("capex", capex, ["company", "year", "capex"])
    need_unique("capex", capex, ["company", "year"])
    within("capex", capex["capex"], NOT_NEGATIVE)
    within("useful_life", useful_life, POSITIVE)
    life = pd.DataFrame({"age": np.arange(np.ceil(useful_life), dtype=int)})
    rows = capex[["company", "year", "capex"]].rename(columns={"year": "vintage"})
    rows = rows.astype({"vintage": int}).merge(life, how="cross")
    charge = rows["capex"] * charge_share(rows["age"], useful_life)
    rows = rows.assign(year=rows["vintage"] + rows["age"] + _delay(first_charge), charge=charge)
    return rows[["company", "vintage", "year", "charge"]].reset_index(drop=True)


def _delay(first_charge: str) -> int:
    if first_charge not in DELAY:
        raise ValueError(f'first_charge is "{first_charge}"; it must be "purchase" or "next".')
    return DELAY[first_charge]
