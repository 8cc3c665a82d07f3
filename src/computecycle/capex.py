"""What AI hardware must earn, what it is charged, and what its work is worth.

The chain (sequoia2023), by layers, each a level of yearly money:

    GPUs            N
    data centre     D = N k                      k: data-centre cost per dollar of GPU
    cloud           D / (1 - m_c)                m_c: gross margin of the cloud
    end user        R = D / ((1 - m_e)(1 - m_c)) m_e: gross margin of the end user

A gross margin divides: a margin of 50% doubles, a mark-up of 50% multiplies by 1.5 only.
Gap G = R - A and coverage A / R, with A the actual AI revenue of a year.

Units. R is the LIFETIME revenue for ONE YEAR of purchases; A is revenue PER YEAR. R - A is a
yearly gap only in a steady state: the same N bought every year, so that L vintages overlap and
need L (R / L) = R a year. Elsewhere each vintage v needs R_v / L in each of its L years and the
need of year t is the sum over the vintages alive in t (`vintage_need`).

    straight line      charge in the (a+1)th year of life: min(1, L - a) / L while a < L
    economic value     0.5 ** (age / p), p: years in which performance per dollar doubles
    demand multiple    M = w_T g_T / eta_T + w_I g_I / eta_I: effects on the two parts ADD
    elasticity         g = eta ** e: spending grows with efficiency only if e > 1
    years to close     ln(R / A) / ln((1 + g) / (1 + h)), h: growth of the requirement

Money is in the unit handed in. Rates, shares and margins are fractions: 175% is 1.75. Functions of
numbers take floats and arrays alike; a number that is not allowed raises ValueError in a sentence.
Here belong quantities of tables and numbers; combining them into scenarios is `scenarios`, and
nothing here reads a file or draws.
"""

import numpy as np
import pandas as pd

HOURS_PER_YEAR = 365 * 24
DAYS_PER_YEAR = 365
MONTHS_PER_YEAR = 12

ANY_SHARE = pd.Interval(0, 1, closed="both")
MARGIN = pd.Interval(0, 1, closed="left")
OPEN_SHARE = pd.Interval(0, 1, closed="neither")
POSITIVE = pd.Interval(0, np.inf, closed="neither")
NOT_NEGATIVE = pd.Interval(0, np.inf, closed="left")
MULTIPLE = pd.Interval(1, np.inf, closed="left")  # a cost multiple contains the GPU itself
GROWTH = pd.Interval(-1, 20, closed="right")  # 20 = 2,000% a year: beyond it a percentage is meant
DELAY = {"purchase": 0, "next": 1}  # years from the purchase to the first charge

Number = float | np.ndarray


def within(name: str, value: Number, allowed: pd.Interval) -> None:
    """Raise ValueError, in a sentence, unless every number of `value` lies in `allowed`.

    A column of a table (a Series) is reported with the label of its row.
    """
    try:
        numbers = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {value!r}; it must be a number in {allowed}.") from None
    above = numbers >= allowed.left if allowed.closed_left else numbers > allowed.left
    below = numbers <= allowed.right if allowed.closed_right else numbers < allowed.right
    wrong = ~(above & below)
    if not wrong.any():
        return
    first, row = numbers[wrong][0], ""
    if isinstance(value, pd.Series):
        row = f" in row {value.index[wrong][0]}"
    message = f"{name} is {first:g}{row}; it must lie in {allowed}."
    if 1 < first < np.inf and first / 100 in allowed and allowed.right < np.inf:
        message += f" If {first:g}% is meant, write {first / 100:g}."
    raise ValueError(message)


def need_columns(name: str, table: pd.DataFrame, columns: list[str]) -> None:
    """Raise ValueError unless `table` has every one of `columns`, and a row."""
    missing = [column for column in columns if column not in table]
    if missing:
        raise ValueError(f"{name} has no column {missing}; it has {list(table)}.")
    if table.empty:
        raise ValueError(f"{name} has no rows; it needs at least one.")


def need_unique(name: str, table: pd.DataFrame, key: list[str]) -> None:
    """Raise ValueError if two rows of `table` have the same `key`."""
    twice = table[table.duplicated(key)]
    if len(twice):
        found = ", ".join(f"{column} {twice[column].iloc[0]}" for column in key)
        raise ValueError(f"{name} has more than one row for {found}; it must have one.")


# The chain


def required_revenue(
    gpu_run_rate: Number,
    datacenter_cost_multiple: Number,
    end_user_margin: Number,
    cloud_margin: Number = 0.0,
) -> Number:
    """Lifetime revenue that one year of GPU purchases must earn: N k / ((1 - m_e)(1 - m_c))."""
    within("gpu_run_rate", gpu_run_rate, NOT_NEGATIVE)
    within("datacenter_cost_multiple", datacenter_cost_multiple, MULTIPLE)
    within("end_user_margin", end_user_margin, MARGIN)
    within("cloud_margin", cloud_margin, MARGIN)
    return gpu_run_rate * datacenter_cost_multiple / ((1 - end_user_margin) * (1 - cloud_margin))


def layers(
    gpu_run_rate: float,
    datacenter_cost_multiple: float,
    end_user_margin: float,
    cloud_margin: float = 0.0,
) -> pd.DataFrame:
    """The chain as steps: layer, revenue (level at that layer), added (its step; sums to R)."""
    chip = required_revenue(gpu_run_rate, 1.0, 0.0)
    datacenter = required_revenue(gpu_run_rate, datacenter_cost_multiple, 0.0)
    cloud = required_revenue(gpu_run_rate, datacenter_cost_multiple, 0.0, cloud_margin)
    user = required_revenue(gpu_run_rate, datacenter_cost_multiple, end_user_margin, cloud_margin)
    revenue = [chip, datacenter, cloud, user]
    names = ["GPUs", "data centre", "cloud", "end user"]
    added = np.diff(revenue, prepend=0.0)
    return pd.DataFrame({"layer": names, "revenue": revenue, "added": added})


def margin_from_markup(markup: Number) -> Number:
    """Gross margin (share of the price) of a mark-up (share of the cost): 50% gives a third."""
    within("markup", markup, NOT_NEGATIVE)
    return markup / (1 + markup)


def gap(required: Number, actual: Number) -> Number:
    """Revenue that is missing, R - A; negative where the actual revenue exceeds the need."""
    return required - actual


def coverage(required: Number, actual: Number) -> Number:
    """Share of the required revenue that is earned, A / R."""
    within("required", required, POSITIVE)
    return actual / required


# Vintages and depreciation


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


def charge_to_profit(
    charge: Number, net_income: Number, tax_rate: Number = 0.0, already_charged: Number = 0.0
) -> Number:
    """Depreciation as a share of the profit before it, both after tax.

    (1 - tax) charge / (net income + (1 - tax) already charged). Net income is after tax and already
    bears `already_charged`, the part of `charge` of that very year. With both at 0 it is the ratio
    printed in caijing2025, which compares a charge before tax with a profit after it.
    """
    within("net_income", net_income, POSITIVE)
    within("tax_rate", tax_rate, MARGIN)
    return (1 - tax_rate) * charge / (net_income + (1 - tax_rate) * already_charged)


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


# Book value and economic value


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


def value_curves(useful_life: float, doubling_years: list[float], ages: list) -> pd.DataFrame:
    """Book value and economic values at `ages` (years): age, curve, share; book first."""
    ages = np.asarray(ages, dtype=float)
    curves = {f"book, {useful_life:g} years": book_value(ages, useful_life)}
    for years in doubling_years:
        every = "year" if years == 1 else f"{years:g} years"
        curves[f"economic, doubling every {every}"] = economic_value(ages, years)
    tables = [pd.DataFrame({"age": ages, "curve": k, "share": v}) for k, v in curves.items()]
    return pd.concat(tables, ignore_index=True)


def implied_doubling_years(
    performance_ratio: Number, cost_ratio: Number, years_between: Number
) -> Number:
    """Years in which performance per dollar doubles, from one chip generation to the next.

    years_between ln 2 / ln(performance_ratio / cost_ratio); infinite where nothing is gained.
    """
    within("performance_ratio", performance_ratio, POSITIVE)
    within("cost_ratio", cost_ratio, POSITIVE)
    within("years_between", years_between, POSITIVE)
    ratio = np.asarray(performance_ratio) / cost_ratio
    with np.errstate(divide="ignore"):
        return np.where(ratio > 1, years_between * np.log(2) / np.log(ratio), np.inf)[()]


# Demand for compute


def demand_multiple(
    inference_share: Number,
    training_growth: Number,
    training_efficiency: Number,
    inference_growth: Number,
    inference_efficiency: Number,
) -> Number:
    """Compute demanded as a multiple of today's: (1 - w) g_T / eta_T + w g_I / eta_I.

    w is inference's share of today's compute, g the multiple of work done, eta the fall in compute
    for one unit of work (10 = a tenth). The two effects add, weighted; they do not multiply.
    """
    within("inference_share", inference_share, ANY_SHARE)
    training = _part("training", training_growth, training_efficiency)
    inference = _part("inference", inference_growth, inference_efficiency)
    return (1 - inference_share) * training + inference_share * inference


def inference_share_for(
    multiple: Number,
    training_growth: Number,
    training_efficiency: Number,
    inference_growth: Number,
    inference_efficiency: Number,
) -> Number:
    """Inference's share of today's compute that makes the demand multiple `multiple`.

    Not a number where no share from 0 to 1 does, or where every share does.
    """
    training = _part("training", training_growth, training_efficiency)
    inference = _part("inference", inference_growth, inference_efficiency)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.divide(multiple - training, inference - training)
    possible = (share >= -1e-12) & (share <= 1 + 1e-12)  # rounding at either end is not "none"
    return np.where(possible, np.clip(share, 0, 1), np.nan)[()]


def _part(name: str, growth: Number, efficiency: Number) -> Number:
    within(f"{name}_growth", growth, NOT_NEGATIVE)
    within(f"{name}_efficiency", efficiency, POSITIVE)
    return growth / efficiency


def elastic_growth(efficiency: Number, elasticity: Number) -> Number:
    """Multiple of work done after work gets `efficiency` times cheaper: efficiency ** e (Jevons).

    Spending grows by efficiency ** (e - 1), so only if the elasticity e exceeds 1.
    """
    within("efficiency", efficiency, POSITIVE)
    return efficiency**elasticity


def elasticity_bound(bill_cut: Number, spending_ratio: Number = 1.0) -> Number:
    """Least price elasticity of use if the bill for the same work fell by `bill_cut` (0.6 = 60%)
    and spending then reached at least `spending_ratio` times the old bill.

    1 + ln(spending_ratio) / -ln(1 - bill_cut). Exactly 1 where spending only comes back.
    """
    within("bill_cut", bill_cut, OPEN_SHARE)
    within("spending_ratio", spending_ratio, POSITIVE)
    return 1 - np.log(spending_ratio) / np.log1p(-bill_cut)


# Break-evens


def payback_years(
    investment: Number, yearly_revenue: Number, contribution_margin: Number
) -> Number:
    """Years of constant revenue that pay the investment, undiscounted; infinite without revenue."""
    within("investment", investment, POSITIVE)
    within("yearly_revenue", yearly_revenue, NOT_NEGATIVE)
    within("contribution_margin", contribution_margin, pd.Interval(0, 1, closed="right"))
    with np.errstate(divide="ignore"):
        return np.divide(investment, yearly_revenue * contribution_margin)


def breakeven_per_user_month(required: Number, users: Number) -> Number:
    """Revenue from each user and month that earns `required` a year, in the unit of `required`."""
    within("users", users, POSITIVE)
    return required / (users * MONTHS_PER_YEAR)


def breakeven_per_thousand_queries(required: Number, queries_per_day: Number) -> Number:
    """Revenue from a thousand queries that earns `required` a year, in the unit of `required`."""
    within("queries_per_day", queries_per_day, POSITIVE)
    return 1000 * required / (queries_per_day * DAYS_PER_YEAR)


def years_to_close(
    required: Number, actual: Number, growth: Number, required_growth: Number = 0.0
) -> Number:
    """Years until revenue growing by `growth` a year meets a need growing by `required_growth`.

    ln(R / A) / ln((1 + g) / (1 + h)); 0 where already met, infinite where it never is.
    """
    within("required", required, NOT_NEGATIVE)
    within("actual", actual, NOT_NEGATIVE)
    within("growth", growth, GROWTH)
    within("required_growth", required_growth, GROWTH)
    with np.errstate(divide="ignore", invalid="ignore"):
        pace = np.log1p(growth) - np.log1p(required_growth)
        years = np.divide(np.log(np.divide(required, actual)), pace)
    met = np.asarray(actual) >= required
    return np.where(met, 0.0, np.where(pace > 0, years, np.inf))[()]


# Energy and use


def energy_multiple(
    kw_per_gpu: Number,
    usd_per_kwh: Number,
    load_factor: Number,
    power_usage_effectiveness: Number,
    useful_life: Number,
    gpu_price: Number,
) -> Number:
    """Electricity over the life of a GPU, per dollar of its price (`gpu_price` in USD).

    kW x PUE x load factor x 8,760 h x years x USD/kWh / price. 1 is the "dollar of energy per
    dollar of GPU" of sequoia2023. If `kw_per_gpu` is measured at the site, PUE is 1.
    """
    within("usd_per_kwh", usd_per_kwh, NOT_NEGATIVE)
    hours = _energy(kw_per_gpu, load_factor, power_usage_effectiveness, useful_life)
    within("gpu_price", gpu_price, POSITIVE)
    return hours * usd_per_kwh / gpu_price


def power_price_for(
    multiple: Number,
    kw_per_gpu: Number,
    load_factor: Number,
    power_usage_effectiveness: Number,
    useful_life: Number,
    gpu_price: Number,
) -> Number:
    """Price of electricity (USD/kWh) at which `energy_multiple` is `multiple`."""
    within("multiple", multiple, NOT_NEGATIVE)
    within("gpu_price", gpu_price, POSITIVE)
    hours = _energy(kw_per_gpu, load_factor, power_usage_effectiveness, useful_life)
    return multiple * gpu_price / hours


def _energy(kw: Number, load_factor: Number, pue: Number, useful_life: Number) -> Number:
    """kWh that one GPU draws at the site over its life."""
    within("kw_per_gpu", kw, POSITIVE)
    within("load_factor", load_factor, pd.Interval(0, 1, closed="right"))
    within("power_usage_effectiveness", pue, MULTIPLE)
    within("useful_life", useful_life, POSITIVE)
    return kw * load_factor * pue * HOURS_PER_YEAR * useful_life


def geometric_sum(ratio: Number, terms: Number) -> Number:
    """1 + ratio + ratio**2 + ..., `terms` terms; (1 - ratio**n) / (1 - ratio) between whole n."""
    within("ratio", ratio, POSITIVE)
    within("terms", terms, POSITIVE)
    step = np.log(np.asarray(ratio, dtype=float))
    flat = np.abs(step) < 1e-12  # the quotient below is 0 / 0 there, and its limit is n
    step = np.where(flat, 1.0, step)
    return np.where(flat, terms, np.expm1(step * terms) / np.expm1(step))[()]


def breakeven_use(
    investment: Number, full_use_revenue: Number, useful_life: Number, price_fall: Number
) -> Number:
    """Constant share of full use whose revenue over the life equals the investment.

    Undiscounted, without running cost. `full_use_revenue` is that of the first year; the rental
    price falls by `price_fall` a year after it. Above 1: full use does not pay.
    """
    within("investment", investment, NOT_NEGATIVE)
    within("full_use_revenue", full_use_revenue, POSITIVE)
    within("price_fall", price_fall, MARGIN)
    return investment / (full_use_revenue * geometric_sum(1 - price_fall, useful_life))


def use_ramp(years: Number, start: Number, end: Number, ramp_years: Number) -> Number:
    """Share of capacity in use on the logistic curve from `start` now to `end` in `ramp_years`."""
    within("start", start, OPEN_SHARE)
    within("end", end, OPEN_SHARE)
    within("ramp_years", ramp_years, POSITIVE)
    odds, goal = start / (1 - start), end / (1 - end)
    odds = odds * (goal / odds) ** (years / ramp_years)
    return odds / (1 + odds)


def productivity_ceiling(share: Number) -> Number:
    """Most that work can speed up if only `share` of it is automated: 1 / (1 - share) (Amdahl)."""
    within("share", share, MARGIN)
    return 1 / (1 - share)
