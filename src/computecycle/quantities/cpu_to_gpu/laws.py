"""Laws of growth on one axis: how fast each says that computing grows, and over how many years.

    annual rate    r = 2 ** (1 / T) - 1 for a doubling in T years, m ** (1 / n) - 1 for m in n
    multiple       (1 + r) ** n over n years
    fall of cost   a price that falls by d a year is a gain of 1 / (1 - d) - 1 a year for the same
                   money: 50% less is twice as much
    doublings      log2 of a multiple; where factors multiply to a whole, their doublings add to it

A law of density, of speed, of speed for a price and of speed in another number format are laws of
different things; one axis shows that their paces differ, not which of them is right. The functions
take `Given` rates and return tables.
"""

import math

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import growth

LADDER = ["law", "kind", "rate", "doubling_time", "multiple", "years"]
PARTS = ["part", "multiple", "doublings", "share"]


def gain(decline: Given) -> Given:
    """Return the yearly gain for the same money (fraction) when its price falls so much a year."""
    return derive(lambda fall: 1 / (1 - fall) - 1, decline)


def fall(rate: Given) -> Given:
    """Return the yearly fall in price (fraction) that a yearly gain for the same money means."""
    return derive(lambda more: 1 - 1 / (1 + more), rate)


def over(rate: Given, years: float) -> Given:
    """Return by how much a yearly rate multiplies over some years."""
    return derive(growth.multiple, rate, years)


def ladder(laws: dict[str, dict[str, Given]], years: float) -> pd.DataFrame:
    """Return laws by their rate, fastest first; those that are not known are left out.

    laws : kind ("told", "measured") to law to its annual rate. Columns: law, kind, rate (fraction a
    year), doubling_time (years), multiple over the years, years.
    """
    rows = [
        {"law": law, "kind": kind, "rate": rate.number, "years": float(years)}
        for kind, group in laws.items()
        for law, rate in group.items()
        if rate.known
    ]
    if not rows:
        return pd.DataFrame(columns=LADDER)
    table = pd.DataFrame(rows).sort_values("rate", ascending=False, kind="stable")
    table["doubling_time"] = growth.doubling_time(table["rate"].to_numpy())
    table["multiple"] = growth.multiple(table["rate"].to_numpy(), years)
    return table[LADDER].reset_index(drop=True)


def share(factors: dict[str, Given], *chosen: str) -> Given:
    """Return the share of some factors in all doublings (fraction); unknown where a factor is."""

    def doublings(*multiples: float) -> float:
        return sum(map(math.log2, multiples[: len(chosen)])) / sum(map(math.log2, multiples))

    others = [part for part in factors if part not in chosen]
    return derive(doublings, *(factors[part] for part in (*chosen, *others)))


def parts(factors: dict[str, Given]) -> pd.DataFrame:
    """Return factors of a multiple with their doublings and share of all doublings, largest first.

    Columns: part, multiple, doublings, share (fraction). Unknown factors are left out.
    """
    known = {part: each.number for part, each in factors.items() if each.known}
    table = pd.DataFrame({"part": list(known), "multiple": list(known.values())}, dtype=object)
    table["multiple"] = table["multiple"].astype(float)
    table["doublings"] = np.log2(table["multiple"])
    table["share"] = table["doublings"] / table["doublings"].sum()
    return table.sort_values("doublings", ascending=False, ignore_index=True)[PARTS]
