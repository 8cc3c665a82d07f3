"""The capex gap under other assumptions: one formula for all of them.

    required = N M k F V S / ((1 - m_e)(1 - m_c)(1 - w l))
    actual   = A (1 + h)**t (1 - f)**t u (1 - d) x + b
    gap      = required - actual,  coverage = actual / required

    M = (1 - i) g_T / eta_T + i g_I eta_I**(e - 1) (1 - c (1 - c_r))   compute demanded, in money
    k = k_told + o, or 1 + energy + o where electricity is assumed     data-centre cost
    F = s + (1 - s) L / L_long          what shells and power are still worth is not charged
    V = 1 - v                           the part bought as an option need not be earned
    S = sum q**a (1 + g)**-a / sum q**a (1 + r)**-(a + 1)              this year's share of the need

with sums over the years a = 0 ... L - 1 of a vintage's life and q = 0.5**(1 / p), what is left of
the value of a chip's work after a year. S stacks the vintages still earning and divides by the
present value of their earnings; it is 1 if g = r = 0. A is told or, where an addressable spending
is assumed, that spending x the share won x the share open to AI. The letters are in the table
`assumptions`.

By construction, and to be said beside every result:
- With every neutral default this is the plain R - A of `chain`.
- In a steady state (g = 0) and without discounting, the useful life and the doubling time move
  nothing: as many vintages overlap as each has years. They act through growth, F, S and energy.
- Compute demand M moves the requirement and not the revenue; assume `revenue_growth` for that.
- Revenue `years_ahead` is set against the purchases of today.
- A write-off raises what the survivors must earn by 1 / (1 - w l), as in the pricing of loans.
- Factors multiply, so the effects of two assumptions do not add up.

Objections without a sound formula for the gap are not assumptions: who gains when compute gets
cheaper (that splits a gap), profits being ample, and price falling to marginal cost as such (a fall
per year is one, and so is a mark-up u, which is a margin of u / (1 + u)). Money is in USD billion a
year unless the unit says otherwise.
"""

import numpy as np
import pandas as pd

from computecycle.quantities.capex_gap import breakeven, chain, demand
from computecycle.quantities.capex_gap.assumptions import Declared, complete

ELECTRICITY = ("kw_per_gpu", "usd_per_kwh", "load_factor", "power_usage_effectiveness")
ADDRESSABLE = ("addressable_spend", "addressable_share")


def scenarios(known: Declared, **told: float | np.ndarray) -> pd.DataFrame:
    """required, actual, gap, coverage: a row for each scenario.

    known : the assumptions as declared. told : numbers or equally long arrays by name; what is not
    told has its default. ValueError, in a sentence, for an unknown name or a wrong number.
    """
    values = complete(known, told)
    required, actual = np.broadcast_arrays(_required(values), _actual(values))
    size = max(map(np.size, values.values()))
    required, actual = np.full(size, required), np.full(size, actual)
    gap, coverage = chain.gap(required, actual), chain.coverage(required, actual)
    table = {"required": required, "actual": actual, "gap": gap, "coverage": coverage}
    return pd.DataFrame(table)


def _required(v: dict) -> np.ndarray:
    earned = chain.required_revenue(
        v["gpu_run_rate"] * _demand(v), _cost_multiple(v), v["end_user_margin"], v["cloud_margin"]
    )
    shells = (1 - v["short_lived_share"]) * v["useful_life"] / v["long_life"]
    lost = v["write_off_probability"] * v["write_off_loss"]
    charged = (v["short_lived_share"] + shells) * (1 - v["option_value_share"]) / (1 - lost)
    return earned * charged * _timing(v)


def _demand(v: dict) -> np.ndarray:
    """M: the demand multiple, with the response to price and the cheaper chips in inference."""
    response = demand.elastic_growth(v["inference_efficiency"], v["demand_elasticity"])
    moved = 1 - v["cheaper_chip_share"] * (1 - v["cheaper_chip_cost"])
    return demand.demand_multiple(
        v["inference_share"],
        v["training_growth"],
        v["training_efficiency"],
        v["inference_growth"] * response * moved,
        v["inference_efficiency"],
    )


def _cost_multiple(v: dict) -> np.ndarray:
    """k: as told, or 1 + energy where electricity is assumed; other cost is added to both."""
    multiple = v["datacenter_cost_multiple"]
    given = _all_or_none(v, ELECTRICITY)
    if np.any(given):
        known = {name: np.where(given, v[name], 1.0) for name in ELECTRICITY}
        life, price = v["useful_life"], v["gpu_price"]
        energy = breakeven.energy_multiple(**known, useful_life=life, gpu_price=price)
        multiple = np.where(given, 1 + energy, multiple)
    return multiple + v["other_cost_multiple"]


def _timing(v: dict) -> np.ndarray:
    """S: this year's share of what the vintages still earning need, paid for waiting."""
    life, years = v["useful_life"], v["doubling_years"]
    left = np.where(np.isnan(years), 1.0, 0.5 ** (1 / years))  # not assumed: level earnings
    discount = 1 / (1 + v["discount_rate"])
    stacked = breakeven.geometric_sum(left / (1 + v["purchase_growth"]), life)
    return stacked / (discount * breakeven.geometric_sum(left * discount, life))


def _actual(v: dict) -> np.ndarray:
    given = _all_or_none(v, ADDRESSABLE)
    won = v["addressable_spend"] * v["addressable_share"] * v["automatable_share"]
    revenue = np.where(given, won, v["ai_revenue"])
    pace = (1 + v["revenue_growth"]) * (1 - v["rental_price_fall"])
    scale = v["use_multiple"] * (1 - v["overlap_share"]) * v["indirect_multiplier"]
    return revenue * pace ** v["years_ahead"] * scale + v["indirect_benefit"]


def _all_or_none(values: dict, names: tuple) -> np.ndarray:
    """Where all of `names` are given; ValueError where only some are."""
    given = np.broadcast_arrays(*(~np.isnan(values[name]) for name in names))
    every, some = np.all(given, axis=0), np.any(given, axis=0)
    missing = [name for name, has in zip(names, given, strict=True) if np.any(some & ~has)]
    if missing:
        together = ", ".join(names)
        raise ValueError(f"{', '.join(missing)} not given; {together} count only together.")
    return every
