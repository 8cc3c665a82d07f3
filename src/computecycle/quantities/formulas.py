"""The formulas of the calculators in symbolic form: one definition for Python and for JavaScript.

    capex_gap   R = N k / ((1 - m_e)(1 - m_c))    what a year's purchases ask for, undiscounted
                flow = R L c                      c = r / (1 - (1 + r)^-L), or 1 / L
                stock = R c (1 - q^L) / (1 - q)   q = 1 / (1 + g): vintages that are still alive
    size        t = t0 + ln(N* / N0) / (a ln g)   g: growth of compute a year, a: the part of it
                                                  that goes into size; endless if it does not grow,
                                                  undefined where N* is no more than N0
    cost        fall = 1 - (last / first)^(1/y)   y: years between the two; all undefined where the
                                                  end is no later than the beginning
    mining      income = 144 s P / H              USD per TH/s a day; s: coins of a block, fees in
                                                  them; H: hash rate of the network in TH/s

Each is a set of expressions over symbols that bear the names of the chapters' parameters.
`evaluate` gives their numbers, `javascript` the same expressions as a script. `verdict` is the
place of the sentence that a scenario earns. Shares and rates are fractions; money in USD billion
for `capex_gap`, USD elsewhere.
"""

from functools import cache

import numpy as np
import sympy
from sympy import Eq, Integer, Max, Min, Piecewise, log, nan, oo
from sympy.codegen.cfunctions import expm1, log1p
from sympy.printing.jscode import JavascriptCodePrinter

MONTHS = Integer(12)
DAYS_A_YEAR, HOURS_A_DAY = Integer(365), Integer(24)
BLOCKS_A_DAY = Integer(144)  # one each ten minutes, whatever the hash rate
WATTS_PER_KILOWATT = Integer(1000)
NAMES = {"log1p": "Math.log1p", "expm1": "Math.expm1"}  # exact near 0, where 1 + x is not
Expressions = dict[str, sympy.Expr]


def symbols(names: str) -> tuple[sympy.Symbol, ...]:
    """Return real symbols of some names."""
    return sympy.symbols(names, real=True)


def recovery(rate: sympy.Expr, years: sympy.Expr) -> sympy.Expr:
    """Return the yearly part of a dollar that pays it back with a return: r / (1 - (1 + r)^-L)."""
    paid = rate / -expm1(-years * log1p(rate))
    return Piecewise((1 / years, Eq(rate, 0)), (paid, True))


def vintages(growth: sympy.Expr, life: sympy.Expr) -> sympy.Expr:
    """Return 1 + q + q^2 + ..., as many terms as a life has years; q = 1 / (1 + growth)."""
    stacked = expm1(-life * log1p(growth)) / expm1(-log1p(growth))
    return Piecewise((life, Eq(growth, 0)), (stacked, True))


def capex_gap() -> Expressions:
    """Return the chain of required revenue, its two answers and what is earned of each."""
    chips, multiple, user, margin, life, growth, earned, rate = symbols(
        "gpu_run_rate datacenter_cost_multiple end_user_margin cloud_margin"
        " useful_life purchase_growth ai_revenue discount_rate"
    )
    centre, cloud, required, paid, flow, stock = symbols(
        "centre cloud required recovery flow stock"
    )
    return {
        "centre": chips * multiple,
        "cloud": centre / (1 - margin),
        "required": cloud / (1 - user),
        "recovery": recovery(rate, life),
        "flow": required * life * paid,
        "stock": required * vintages(growth, life) * paid,
        "flow_share": earned / flow,
        "stock_share": earned / stock,
        "verdict": Piecewise((2, earned >= flow), (0, True))
        + Piecewise((1, earned >= stock), (0, True)),
    }


def size() -> Expressions:
    """Return the years in which a size is reached: by a growth and by the ends of its interval."""
    start, year, growth, low, high, share, target, slowest, fastest = symbols(
        "start_size start_year growth growth_low growth_high size_share target_size slowest fastest"
    )

    def reached(factor: sympy.Expr) -> sympy.Expr:
        return Piecewise(
            (nan, target <= start),
            (oo, factor <= 1),
            (year + log(target / start) / (share * log(factor)), True),
        )

    return {
        "slowest": Min(low, growth, high),
        "fastest": Max(low, growth, high),
        "reached": reached(growth),
        "earliest": reached(fastest),
        "latest": reached(slowest),
        "doubling": Piecewise((MONTHS * log(2) / (share * log(growth)), growth > 1), (oo, True)),
        "verdict": Piecewise(
            (4, target <= start), (0, slowest > 1), (1, growth > 1), (2, fastest > 1), (3, True)
        ),
    }


def cost() -> Expressions:
    """Return how a cost fell between two years: a year, in all, and the years to halve."""
    first, last, start, end, years, factor = symbols(
        "first_cost last_cost first_year last_year years factor"
    )

    def until(there: sympy.Expr, here: sympy.Expr) -> sympy.Expr:
        halved = years * log(2) / log(there / here)
        return Piecewise((nan, end <= start), (halved, there > here), (oo, True))

    return {
        "years": Piecewise((end - start, end > start), (nan, True)),
        "factor": (last / first) ** (1 / years),
        "fall": 1 - factor,
        "rise": factor - 1,
        "times": Piecewise((first / last, end > start), (nan, True)),
        "halving": until(first, last),
        "doubling": until(last, first),
        "verdict": Piecewise((3, end <= start), (0, last < first), (1, last > first), (2, True)),
    }


def mining() -> Expressions:
    """Return what a unit of hash rate earns and pays a day, and the prices at which it stops."""
    price, rate, machine, tariff, reward, everybody, income, energy, power = symbols(
        "coin_price hash_rate efficiency electricity_price reward everybody income energy power"
    )
    return {
        "everybody": reward * BLOCKS_A_DAY * price,
        "income": everybody / rate,
        "energy": machine * HOURS_A_DAY / WATTS_PER_KILOWATT,
        "power": energy * tariff,
        "share": power / income,
        "left": income - power,
        "break_even_price": income / energy,
        "break_even_efficiency": income * WATTS_PER_KILOWATT / (HOURS_A_DAY * tariff),
        "yearly": everybody * DAYS_A_YEAR,
        "verdict": Piecewise((0, power < income), (1, True)),
    }


FORMULAS = {"capex_gap": capex_gap, "size": size, "cost": cost, "mining": mining}


def inputs(name: str) -> list[str]:
    """Return the names that a set of formulas takes: its symbols that it does not define."""
    made = FORMULAS[name]()
    used = {symbol.name for each in made.values() for symbol in each.free_symbols}
    return sorted(used - set(made))


def evaluate(name: str, **values: float | np.ndarray) -> dict[str, float | np.ndarray]:
    """Return the numbers of a set of formulas; endless ones are inf, undefined ones nan."""
    given = [np.asarray(values[each], dtype=float)[()] for each in inputs(name)]
    with np.errstate(all="ignore"):
        found = compiled(name)(*given)
    return {key: np.asarray(each)[()] for key, each in zip(FORMULAS[name](), found, strict=True)}


@cache
def compiled(name: str):
    """Return a set of formulas as one numerical function of its inputs, line by line."""
    steps = [(sympy.Symbol(key, real=True), each) for key, each in FORMULAS[name]().items()]
    ends = [symbol for symbol, _ in steps]
    return sympy.lambdify(inputs(name), ends, modules="numpy", cse=lambda each: (steps, each))


def growth_behind(share: float, life: float) -> float:
    """Return the yearly growth of purchases at which the stock asks for this part of the flow."""
    growth, years = symbols("growth years")
    part = sympy.lambdify([growth, years], vintages(growth, years) / years, modules="numpy")
    low, high = 1e-9, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if float(part(middle, life)) > share else (low, middle)
    return low


def reward_behind(coins_a_year: float) -> float:
    """Return the coins of a block, fees included, of which the network earns so many a year."""
    return coins_a_year / float(BLOCKS_A_DAY * DAYS_A_YEAR)


class Printer(JavascriptCodePrinter):
    """Writes JavaScript; what is undefined too, which sympy's own refuses."""

    def _print_NaN(self, _) -> str:
        return "NaN"


def javascript() -> str:
    """Return all formulas as a script: functions of an object of numbers that give an object."""
    sets, printer = [], Printer({"user_functions": NAMES})
    for name, made in FORMULAS.items():
        written = {key: printer.doprint(each) for key, each in made().items()}
        lines = [f"const {key} = {' '.join(text.split())};" for key, text in written.items()]
        lines += [f"return {{ {', '.join(written)} }};"]
        sets.append(f"{name}({{ {', '.join(inputs(name))} }}) {{\n" + "\n".join(lines) + "\n}")
    return "window.computecycleFormulas = {\n" + ",\n".join(sets) + "\n};\n"
