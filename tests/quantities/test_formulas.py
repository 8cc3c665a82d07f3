"""The formulas of the calculators: the same numbers as the chapters', in Python and in Chromium."""

import json

import numpy as np
import pytest
from browsing import window

from computecycle.evidence import data
from computecycle.quantities import formulas, growth
from computecycle.quantities.capex_gap import assumptions, breakeven, chain, need, scenarios
from computecycle.quantities.cpu_to_gpu import gflops
from computecycle.quantities.llm_scaling import foresight
from computecycle.quantities.proof_of_work import mining

SCENARIOS = 10_000
LOG, EVEN = "log", "even"
SPANS = {  # how each input is drawn: on what scale, from where to where
    "capex_gap": {
        "gpu_run_rate": (LOG, 1, 5000), "datacenter_cost_multiple": (EVEN, 1, 10),
        "end_user_margin": (EVEN, 0, 0.95), "cloud_margin": (EVEN, 0, 0.95),
        "useful_life": (EVEN, 1, 20), "purchase_growth": (EVEN, -0.9, 10),
        "ai_revenue": (LOG, 0.01, 20000), "discount_rate": (EVEN, 0, 0.5),
    },
    "size": {
        "start_size": (LOG, 1e6, 1e18), "start_year": (EVEN, 1950, 2100),
        "growth": (LOG, 0.1, 1000), "growth_low": (LOG, 0.1, 1000),
        "growth_high": (LOG, 0.1, 1000), "size_share": (EVEN, 0.01, 1),
        "target_size": (LOG, 1e6, 1e18),
    },
    "cost": {
        "first_cost": (LOG, 1e-9, 1e18), "last_cost": (LOG, 1e-9, 1e18),
        "first_year": (EVEN, 1900, 2000), "last_year": (EVEN, 2000.5, 2100),
    },
    "mining": {
        "coin_price": (LOG, 0.01, 1e8), "hash_rate": (LOG, 1, 1e15),
        "efficiency": (LOG, 0.1, 1e6), "electricity_price": (LOG, 0.005, 1),
        "reward": (LOG, 1e-4, 60),
    },
}  # fmt: skip
EDGES = {  # inputs at which a formula changes its form
    "discount_rate": 0.0, "purchase_growth": 0.0, "growth": 1.0, "growth_low": 1.0,
    "target_size": 1e12, "start_size": 1e12, "first_cost": 1.0, "last_cost": 1.0,
}  # fmt: skip
each_set = pytest.mark.parametrize("name", formulas.FORMULAS)


def drawn(name: str, count: int = SCENARIOS, seed: int = 7) -> dict[str, np.ndarray]:
    """Random scenarios by input; the last fiftieth of them lies on every edge at once."""
    random, values = np.random.default_rng(seed), {}
    for key, (scale, low, high) in SPANS[name].items():
        ends = np.log([low, high]) if scale == LOG else [low, high]
        values[key] = random.uniform(*ends, count)
        values[key] = np.exp(values[key]) if scale == LOG else values[key]
        if key in EDGES:
            values[key][-count // 50 :] = EDGES[key]
    return values


def same(ours, theirs) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9)


@each_set
def test_javascript_gives_the_numbers_of_python(browser, name):
    values = drawn(name)
    ours = formulas.evaluate(name, **values)
    rows = np.column_stack(list(values.values())).tolist()
    with window(browser) as page:
        page.add_script_tag(content=formulas.javascript())
        told = page.evaluate(  # as text: what is handed over as objects takes ten times as long
            """([name, keys, rows]) => {
              const named = (row) => Object.fromEntries(keys.map((key, at) => [key, row[at]]));
              const made = (row) => Object.values(computecycleFormulas[name](named(row)));
              return JSON.stringify(JSON.parse(rows).map((row) => made(row).map(String)));
            }""",
            [name, list(values), json.dumps(rows)],
        )
    numbers = {"Infinity": np.inf, "-Infinity": -np.inf, "NaN": np.nan}
    theirs = [[numbers.get(cell) or float(cell) for cell in row] for row in json.loads(told)]
    assert len(theirs) == SCENARIOS
    for place, (key, each) in enumerate(ours.items()):
        column = np.array([row[place] for row in theirs])
        np.testing.assert_allclose(column, each, rtol=1e-9, err_msg=f"{name}: {key}")


@each_set
def test_every_input_moves_something_and_one_scenario_is_as_many(name):
    values = drawn(name, 200)
    found = formulas.evaluate(name, **values)
    for key in SPANS[name]:
        other = formulas.evaluate(name, **values | {key: values[key] * 1.07})
        assert any(np.any(other[each] != found[each]) for each in found), key
    one = formulas.evaluate(name, **{key: column[3] for key, column in values.items()})
    for key, number in one.items():
        np.testing.assert_allclose(number, found[key][3], rtol=1e-12)
    assert set(SPANS[name]) == set(formulas.inputs(name))


@pytest.fixture(scope="module")
def capex() -> tuple[dict, dict]:
    values = drawn("capex_gap")
    return values, formulas.evaluate("capex_gap", **values)


def test_the_chain_is_that_of_the_chapter(capex):
    values, found = capex
    links = ("gpu_run_rate", "datacenter_cost_multiple", "end_user_margin", "cloud_margin")
    same(found["required"], chain.required_revenue(*(values[each] for each in links)))
    steps = chain.layers(*(float(values[each][0]) for each in links))
    ours = [values["gpu_run_rate"][0], *(found[key][0] for key in ("centre", "cloud", "required"))]
    same(ours, steps["revenue"])


def test_the_stock_is_that_of_the_scenarios(capex):
    values, found = capex
    known = assumptions.declared(data.load("assumptions"))
    theirs = scenarios.scenarios(known, **values)
    same(found["stock"], theirs["required"])
    same(found["stock_share"], theirs["coverage"])
    level = scenarios.scenarios(known, **values | {"purchase_growth": 0.0})
    same(found["flow"], level["required"])


def test_recovery_and_the_growth_behind_a_stock_are_those_of_the_chapter(capex):
    values, found = capex
    rates, lives = values["discount_rate"][-300:], values["useful_life"][-300:]
    with_return = rates > 0
    pairs = zip(rates[with_return], found["recovery"][-300:][with_return], strict=True)
    same(lives[with_return], [breakeven.years_at(*pair) for pair in pairs])
    same(found["recovery"][-300:][~with_return], 1 / lives[~with_return])
    for share in (0.25, 0.4, 0.9):
        for life in (2.0, 5.0, 8.0):
            theirs = need.growth_behind(1.0, share, life)
            assert formulas.growth_behind(share, life) == pytest.approx(theirs, abs=1e-7)


def test_the_date_is_that_of_the_chapter():
    values = drawn("size", 2000)
    found = formulas.evaluate("size", **values)
    begin = (values["start_size"], values["start_year"])
    for place in range(2000):
        size, year = (float(each[place]) for each in begin)
        factor, target = float(values["growth"][place]), float(values["target_size"][place])
        orders = foresight.orders(factor) * float(values["size_share"][place])
        theirs = foresight.year_reached(size, year, orders, target) if target > size else np.nan
        assert found["reached"][place] == pytest.approx(theirs, rel=1e-9, nan_ok=True)
    rate = values["growth"] ** values["size_share"] - 1
    same(found["doubling"][rate > 0] / 12, growth.doubling_time(rate[rate > 0]))
    assert (found["doubling"][rate <= 0] == np.inf).all()


def test_the_interval_of_a_date_is_that_of_the_growth_and_never_where_it_does_not_grow():
    told = {"start_size": 1.0, "start_year": 2020.0, "growth": 10.0, "target_size": 100.0}
    told["size_share"] = 1.0
    wide = formulas.evaluate("size", **told, growth_low=1.0, growth_high=100.0)
    assert (wide["earliest"], wide["reached"], wide["latest"]) == (2021, 2022, np.inf)
    assert wide["verdict"] == 1
    falling = formulas.evaluate("size", **told | {"growth": 0.5}, growth_low=0.1, growth_high=0.9)
    assert falling["earliest"] == np.inf and falling["verdict"] == 3


def test_the_fall_of_a_cost_is_that_of_growth():
    values = drawn("cost")
    found = formulas.evaluate("cost", **values)
    years = values["last_year"] - values["first_year"]
    ends = (values["first_cost"], values["last_cost"])
    same(found["fall"], growth.annual_decline(*ends, years))
    rate = growth.annual_growth(*ends, years)
    for name, which, times in (("doubling", rate > 0, 1), ("halving", rate < 0, -1)):
        theirs = times * growth.doubling_time(rate[which])
        np.testing.assert_allclose(found[name][which], theirs, rtol=1e-6)
        assert (found[name][~which] == np.inf).all()
    halves = formulas.evaluate(
        "cost", first_cost=8.0, last_cost=1.0, first_year=2000.0, last_year=2004.5
    )
    assert halves["halving"] == pytest.approx(1.5)
    assert halves["fall"] == pytest.approx(gflops.halving(18.0).number)


UNDEFINED = {  # what has no answer: a window that ends before it begins, a size that is there
    "cost": {"first_cost": 8, "last_cost": 1, "first_year": 2020, "last_year": 2020},
    "size": {"start_size": 5, "target_size": 2, "start_year": 2020, "size_share": 0.5}
    | {"growth": 3, "growth_low": 2, "growth_high": 4},
}


@pytest.mark.parametrize("name", UNDEFINED)
def test_where_there_is_no_answer_there_is_no_number(name):
    found = formulas.evaluate(name, **UNDEFINED[name])
    asked = {"size": ["reached", "earliest", "latest"]}.get(name, set(found) - {"verdict"})
    assert np.isnan([found[key] for key in asked]).all()


def test_income_and_power_are_those_of_the_chapter():
    values = drawn("mining")
    found = formulas.evaluate("mining", **values)
    price, coins, machine = (values[key] for key in ("coin_price", "reward", "efficiency"))
    tariff, rtol = values["electricity_price"], 1e-12
    income = mining.revenue(values["hash_rate"], price, coins)
    for ours, theirs in {
        "income": income,
        "power": mining.power_cost(machine, tariff),
        "break_even_efficiency": mining.break_even(income, tariff),
        "yearly": mining.network_revenue(price, coins),
    }.items():
        np.testing.assert_allclose(found[ours], theirs, rtol=rtol, err_msg=ours)
    np.testing.assert_allclose(
        mining.power_cost(machine, found["break_even_price"]), income, rtol=rtol
    )
    assert formulas.reward_behind(mining.network_revenue(1.0, 3.125)) == pytest.approx(3.125)
