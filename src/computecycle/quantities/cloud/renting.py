"""What a rented machine earns, and what a buyer of a cloud may pay. Numbers in, numbers out.

margin        k = 1 - (1 / L + c) / (s u)           s: rent of a year when never idle, c: power,
                                                    space and staff of a year, both for a
                                                    dollar of its price; L: life in years,
                                                    u: part of the time that is rented
break-even    m_n = m ((1 + r) / (1 + g)) ** n      the multiple of sales at which a buyer at m
                                                    may sell after n years of growth g and has
                                                    earned r a year
"""

import numpy as np
import pandas as pd

from computecycle.quantities import growth

LEAST, FULL = 0.4, 1.0  # parts of the time that a curve spans
STEPS = 31  # of a curve


def margin(used, life: float, rent: float, upkeep: float):
    """Return what is left of a dollar of rent; negative where the machine loses money."""
    return 1 - (1 / life + upkeep) / (rent * np.asarray(used))


def curves(lives: list[float], rent: float, upkeep: float) -> pd.DataFrame:
    """Return `margin` over the part of the time that is rented, a curve for each life:
    life (years), used, margin (fractions)."""
    used = np.linspace(LEAST, FULL, STEPS)
    life, used = np.repeat(lives, STEPS), np.tile(used, len(lives))
    table = pd.DataFrame({"life": life, "used": used})
    return table.assign(margin=margin(used, life, rent, upkeep))


def break_even_multiple(multiple, rate, discount, years):
    """Return the multiple of sales at which a buyer may sell and has earned `discount` a year.

    rate : growth of revenue a year, above -1. Numbers or arrays.
    """
    return multiple * growth.multiple((1 + discount) / (1 + np.asarray(rate)) - 1, years)
