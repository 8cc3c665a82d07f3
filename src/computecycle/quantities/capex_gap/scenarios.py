"""The capex gap under other assumptions: one formula for tornado, Monte Carlo and objections.

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
is assumed, that spending x the share won x the share open to AI. The letters are in `ASSUMPTIONS`.

By construction, and to be said beside every result:
- With every neutral default this is the plain chain R - A of `capex`.
- In a steady state (g = 0) and without discounting, the useful life and the doubling time move
  nothing: as many vintages overlap as each has years. They act through growth, F, S and energy.
- Compute demand M moves the requirement and not the revenue; assume `revenue_growth` for that.
- Revenue `years_ahead` is set against the purchases of today.
- A write-off raises what the survivors must earn by 1 / (1 - w l), as in the pricing of loans.
- Factors multiply, so the effects of two assumptions do not add up.

Objections without a sound formula for the gap are not assumptions: who gains when compute gets
cheaper (that splits a gap), profits being ample (`capex.charge_to_profit` with stacked vintages),
and price falling to marginal cost as such (a fall per year, or a mark-up turned into a margin by
`capex.margin_from_markup`, is one). Money is in USD billion a year unless the unit says otherwise.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from computecycle.evidence.errors import did_you_mean
from computecycle.quantities import bounds
from computecycle.quantities.capex_gap import breakeven, chain, demand

UP_TO_INFINITY = pd.Interval(0, np.inf, closed="right")
UP_TO_ONE = pd.Interval(0, 1, closed="right")


@dataclass(frozen=True)
class Assumption:
    """One number of the model: its neutral default is not a number (nan) where none exists."""

    name: str
    default: float
    unit: str
    allowed: pd.Interval
    meaning: str


USD = "USD billion per year"
_ASSUMPTIONS = (
    # what every scenario is told
    Assumption("gpu_run_rate", np.nan, USD, bounds.POSITIVE, "N: yearly purchases of GPUs"),
    Assumption(
        "datacenter_cost_multiple",
        np.nan,
        "x",
        bounds.MULTIPLE,
        "k_told: data-centre cost per dollar of GPU, the GPU included",
    ),
    Assumption(
        "end_user_margin",
        np.nan,
        "fraction",
        bounds.MARGIN,
        "m_e: gross margin of the end user of the GPU",
    ),
    Assumption("ai_revenue", np.nan, USD, bounds.NOT_NEGATIVE, "A: actual AI revenue"),
    # the chain
    Assumption("cloud_margin", 0.0, "fraction", bounds.MARGIN, "m_c: gross margin of the cloud"),
    # lives and timing
    Assumption(
        "useful_life",
        5.0,
        "years",
        bounds.POSITIVE,
        "L: years in which a chip earns (caijing2025: 5)",
    ),
    Assumption(
        "purchase_growth",
        0.0,
        "fraction per year",
        bounds.GROWTH,
        "g: growth of purchases up to now; 0 is the steady state",
    ),
    Assumption(
        "doubling_years",
        np.inf,
        "years",
        UP_TO_INFINITY,
        "p: years in which performance per dollar doubles; infinite: level earnings",
    ),
    Assumption(
        "short_lived_share",
        1.0,
        "fraction",
        bounds.ANY_SHARE,
        "s: share of the cost that is gone when the chips are",
    ),
    Assumption(
        "long_life",
        15.0,
        "years",
        bounds.POSITIVE,
        "L_long: life of the rest: shells, power (caijing2025: 15)",
    ),
    Assumption(
        "discount_rate",
        0.0,
        "fraction per year",
        bounds.MARGIN,
        "r: price of time; each year's earnings come at its end",
    ),
    # capital lost, capital not meant to earn
    Assumption(
        "write_off_probability",
        0.0,
        "fraction",
        bounds.MARGIN,
        "w: share of a vintage's capital that is written off",
    ),
    Assumption("write_off_loss", 1.0, "fraction", bounds.ANY_SHARE, "l: loss given write-off"),
    Assumption(
        "option_value_share",
        0.0,
        "fraction",
        bounds.MARGIN,
        "v: share of data-centre spending that only buys not being left out",
    ),
    # what a data centre costs: electricity counts only if all four are given
    Assumption(
        "other_cost_multiple",
        0.0,
        "x",
        bounds.NOT_NEGATIVE,
        "o: cost added per dollar of GPU: buildings, network, staff",
    ),
    Assumption(
        "kw_per_gpu",
        np.nan,
        "kW",
        bounds.POSITIVE,
        "rated power of a GPU with its share of the server",
    ),
    Assumption("usd_per_kwh", np.nan, "USD per kWh", bounds.NOT_NEGATIVE, "price of electricity"),
    Assumption("load_factor", np.nan, "fraction", UP_TO_ONE, "mean power over rated power"),
    Assumption(
        "power_usage_effectiveness",
        np.nan,
        "x",
        bounds.MULTIPLE,
        "power of the site over power of the computers",
    ),
    Assumption(
        "gpu_price",
        25_000.0,
        "USD per chip",
        bounds.POSITIVE,
        "price that the energy is compared with (jpm2024: 25,000 for an H100)",
    ),
    # demand for compute
    Assumption(
        "inference_share",
        12 / 39,
        "fraction",
        bounds.ANY_SHARE,
        "i: inference's share of compute (jpm2024: 12 of 39 billion of operating cost)",
    ),
    Assumption("training_growth", 1.0, "x", bounds.POSITIVE, "g_T: multiple of training work"),
    Assumption(
        "training_efficiency",
        1.0,
        "x",
        bounds.POSITIVE,
        "eta_T: fall in compute per unit of training work",
    ),
    Assumption(
        "inference_growth",
        1.0,
        "x",
        bounds.POSITIVE,
        "g_I: multiple of inference work, before any response to price",
    ),
    Assumption(
        "inference_efficiency",
        1.0,
        "x",
        bounds.POSITIVE,
        "eta_I: fall in compute per unit of inference work",
    ),
    Assumption(
        "demand_elasticity",
        0.0,
        "x",
        bounds.NOT_NEGATIVE,
        "e: inference work grows by eta_I ** e as it gets cheaper; above 1 spending grows",
    ),
    Assumption(
        "cheaper_chip_share",
        0.0,
        "fraction",
        bounds.ANY_SHARE,
        "c: share of inference that moves to CPUs or cheaper chips",
    ),
    Assumption(
        "cheaper_chip_cost",
        1.0,
        "x",
        bounds.POSITIVE,
        "c_r: cost of that inference there over its cost on GPUs",
    ),
    # revenue: the addressable spending replaces A only if both are given
    Assumption("revenue_growth", 0.0, "fraction per year", bounds.GROWTH, "h: growth of A"),
    Assumption(
        "rental_price_fall",
        0.0,
        "fraction per year",
        bounds.MARGIN,
        "f: fall in the price that GPU users pay for the same use",
    ),
    Assumption(
        "years_ahead",
        1.0,
        "years",
        bounds.NOT_NEGATIVE,
        "t: years over which revenue grows and price falls",
    ),
    Assumption(
        "use_multiple",
        1.0,
        "x",
        bounds.POSITIVE,
        "u: paid use over today's paid use, at the same price",
    ),
    Assumption(
        "overlap_share",
        0.0,
        "fraction",
        bounds.MARGIN,
        "d: share of A counted twice (one company's revenue is paid by another's)",
    ),
    Assumption(
        "indirect_multiplier",
        1.0,
        "x",
        bounds.POSITIVE,
        "x: revenue with the other cloud sales that AI pulls through",
    ),
    Assumption(
        "indirect_benefit",
        0.0,
        USD,
        bounds.NOT_NEGATIVE,
        "b: revenue that AI adds elsewhere, as in advertising",
    ),
    Assumption(
        "addressable_spend",
        np.nan,
        USD,
        bounds.NOT_NEGATIVE,
        "spending that AI could replace: software, labour",
    ),
    Assumption(
        "addressable_share",
        np.nan,
        "fraction",
        bounds.ANY_SHARE,
        "share of the addressable spending that AI wins",
    ),
    Assumption(
        "automatable_share",
        1.0,
        "fraction",
        bounds.ANY_SHARE,
        "share of addressable work open to AI: Amdahl's limit to what it can save",
    ),
)
ASSUMPTIONS = {assumption.name: assumption for assumption in _ASSUMPTIONS}
TOLD = ("gpu_run_rate", "datacenter_cost_multiple", "end_user_margin", "ai_revenue")
ELECTRICITY = ("kw_per_gpu", "usd_per_kwh", "load_factor", "power_usage_effectiveness")
ADDRESSABLE = ("addressable_spend", "addressable_share")


def scenarios(**assumptions: float | np.ndarray) -> pd.DataFrame:
    """required, actual, gap, coverage: a row for each scenario.

    Assumptions are numbers or equally long arrays; those in `TOLD` are needed, the others default
    to neutral. ValueError, in a sentence, for an unknown name or a number that is not allowed.
    """
    values = _complete(assumptions)
    required, actual = np.broadcast_arrays(_required(values), _actual(values))
    size = max(map(np.size, values.values()))
    required, actual = np.full(size, required), np.full(size, actual)
    gap, coverage = chain.gap(required, actual), chain.coverage(required, actual)
    table = {"required": required, "actual": actual, "gap": gap, "coverage": coverage}
    return pd.DataFrame(table)


def tornado(base: dict, ranges: pd.DataFrame) -> pd.DataFrame:
    """The gap as one assumption at a time goes to either end of its range.

    `ranges` has assumption, low, high; the result has two rows (bound "low" and "high") for each:
    assumption, bound, value, gap, and swing, the distance between its two gaps; widest first.
    """
    bounds.need_columns("ranges", ranges, ["assumption", "low", "high"])
    bounds.need_unique("ranges", ranges, ["assumption"])
    for row in ranges.itertuples():
        _rising(row.assumption, low=row.low, high=row.high)
    table = pd.DataFrame(
        {
            "assumption": np.repeat(ranges["assumption"].to_numpy(), 2),
            "bound": ["low", "high"] * len(ranges),
            "value": ranges[["low", "high"]].to_numpy(dtype=float).ravel(),
        }
    )
    changes = [{row.assumption: row.value} for row in table.itertuples()]
    table["gap"] = _changed(base, changes)
    gaps = table["gap"].to_numpy().reshape(-1, 2)
    table["swing"] = np.repeat(np.abs(gaps[:, 1] - gaps[:, 0]), 2)
    return table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def objections_gap(base: dict, objections: pd.DataFrame) -> pd.DataFrame:
    """The gap if an objection is granted, mildly (low) and fully (high).

    `objections` has objection, assumption, low, high. The rows of one objection act together, all
    lows or all highs, so low may exceed high. The result adds gap_low, gap_high and moves, the
    larger of the two changes of the gap (negative: the objection closes it), in the given order.
    """
    bounds.need_columns("objections", objections, ["objection", "assumption", "low", "high"])
    table = objections[["objection", "assumption", "low", "high"]].copy()
    bounds.need_unique("objections", table, ["objection", "assumption"])
    told = dict(list(table.groupby("objection", sort=False)))
    for bound in ("low", "high"):
        changes = [rows.set_index("assumption")[bound].to_dict() for rows in told.values()]
        gaps = pd.Series(_changed(base, changes), index=list(told))
        table[f"gap_{bound}"] = table["objection"].map(gaps)
    change = table[["gap_low", "gap_high"]].to_numpy() - scenarios(**base)["gap"].iloc[0]
    larger = np.abs(change).argmax(axis=1)
    return table.assign(moves=change[np.arange(len(table)), larger])


def monte_carlo(
    base: dict, distributions: pd.DataFrame, draws: int, seed: int, correlation: float = 0.0
) -> pd.DataFrame:
    """Random scenarios: the drawn assumptions, then required, actual, gap, coverage.

    `distributions` has assumption, distribution ("triangular" or "uniform"), low, mode, high; mode
    is ignored for uniform. Assumptions are independent, except that `correlation` (-1 to 1) joins
    gpu_run_rate and ai_revenue by a Gaussian copula. A row's draws depend on the seed and the
    rows before it only. What comes out is what the distributions put in: they are declared, not
    measured.
    """
    columns = ["assumption", "distribution", "low", "mode", "high"]
    bounds.need_columns("distributions", distributions, columns)
    bounds.need_unique("distributions", distributions, ["assumption"])
    bounds.within("draws", draws, pd.Interval(1, np.inf, closed="left"))
    _known(distributions["assumption"])
    rng = np.random.default_rng(seed)
    normal = {name: rng.standard_normal(draws) for name in distributions["assumption"]}
    _correlate(normal, correlation)
    rows = distributions[columns].itertuples(index=False)
    sampled = {row.assumption: _quantile(row, _normal_cdf(normal[row.assumption])) for row in rows}
    return pd.DataFrame(sampled).join(scenarios(**{**base, **sampled}))


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
    life, left = v["useful_life"], 0.5 ** (1 / v["doubling_years"])
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


def _complete(assumptions: dict) -> dict:
    """Every assumption as a number or a one-dimensional array of the common length."""
    _known(assumptions)
    missing = [name for name in TOLD if name not in assumptions]
    if missing:
        raise ValueError(f"{', '.join(missing)} not given; a scenario needs {', '.join(TOLD)}.")
    values = {name: each.default for name, each in ASSUMPTIONS.items()}
    values |= {name: _checked(name, value) for name, value in assumptions.items()}
    sizes = {name: np.size(value) for name, value in values.items() if np.ndim(value)}
    if len(set(sizes.values())) > 1:
        raise ValueError(f"The arrays differ in length: {sizes}; they must be equally long.")
    return values


def _checked(name: str, value: float | np.ndarray) -> np.ndarray:
    assumption = ASSUMPTIONS[name]
    if np.ndim(value) > 1:
        raise ValueError(f"{name} has {np.ndim(value)} dimensions; it must be a number or a row.")
    numbers = np.asarray(value)
    if np.isnan(assumption.default) and name not in TOLD:  # nan says: not assumed
        numbers = numbers[np.logical_not(pd.isna(numbers))]
    bounds.within(name, numbers, assumption.allowed)
    return np.asarray(value, dtype=float)


def _known(names: Iterable[str]) -> None:
    for name in names:
        if name not in ASSUMPTIONS:
            hint = did_you_mean(str(name), list(ASSUMPTIONS))
            hint = hint or f" Known are {', '.join(ASSUMPTIONS)}."
            raise ValueError(f'There is no assumption "{name}".{hint}')


def _changed(base: dict, changes: list[dict]) -> np.ndarray:
    """The gap of `base` with each of `changes`, all in one call."""
    names = list(dict.fromkeys(name for change in changes for name in change))
    _known([*base, *names])
    many = [name for name, value in base.items() if np.ndim(value)]
    if many:
        raise ValueError(f"{', '.join(many)} in base has many values; base holds one number each.")
    columns = {}
    for name in names:
        told = base.get(name, ASSUMPTIONS[name].default)
        columns[name] = np.array([change.get(name, told) for change in changes])
    return scenarios(**{**base, **columns})["gap"].to_numpy()


def _rising(name: str, **ends: float) -> None:
    """Raise ValueError unless the numbers rise, or stay, from one to the next."""
    numbers = list(ends.values())
    if not np.all(np.diff(np.asarray(numbers, dtype=float)) >= 0):
        told = ", ".join(f"{end} {number}" for end, number in ends.items())
        raise ValueError(f"The distribution or range of {name} has {told}; they must not fall.")


def _correlate(normal: dict, correlation: float) -> None:
    bounds.within("correlation", correlation, pd.Interval(-1, 1, closed="both"))
    if correlation == 0:
        return
    pair = ("gpu_run_rate", "ai_revenue")
    missing = [name for name in pair if name not in normal]
    if missing:
        raise ValueError(f"correlation needs a distribution of {missing[0]}, which has none.")
    cause, effect = (normal[name] for name in pair)
    normal["ai_revenue"] = correlation * cause + math.sqrt(1 - correlation**2) * effect


def _normal_cdf(normal: np.ndarray) -> np.ndarray:
    erf = np.fromiter(map(math.erf, normal / math.sqrt(2)), dtype=float, count=len(normal))
    return (1 + erf) / 2


def _quantile(row: tuple, share: np.ndarray) -> np.ndarray:
    """The numbers below which `share` of the row's distribution lies."""
    if row.distribution not in ("triangular", "uniform"):
        raise ValueError(
            f'The distribution of {row.assumption} is "{row.distribution}"; '
            'it must be "triangular" or "uniform".'
        )
    width = row.high - row.low
    if row.distribution == "uniform":
        _rising(row.assumption, low=row.low, high=row.high)
        return row.low + share * width
    _rising(row.assumption, low=row.low, mode=row.mode, high=row.high)
    below = row.low + np.sqrt(share * width * (row.mode - row.low))
    above = row.high - np.sqrt((1 - share) * width * (row.high - row.mode))
    return np.where(share * width < row.mode - row.low, below, above)
