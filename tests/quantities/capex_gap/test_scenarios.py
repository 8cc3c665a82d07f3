"""The scenario model: every assumption by hand, neutral defaults, tornado, Monte Carlo."""

import functools
import math
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from computecycle.evidence import data
from computecycle.quantities.capex_gap import assumptions, chain, draws, moves
from computecycle.quantities.capex_gap import scenarios as model

ASSUMPTIONS = assumptions.declared(data.load("assumptions"))
TOLD = [name for name, each in ASSUMPTIONS.items() if each.needed]
monte_carlo = functools.partial(draws.monte_carlo, ASSUMPTIONS)
scenarios = functools.partial(model.scenarios, ASSUMPTIONS)
tornado = functools.partial(moves.tornado, ASSUMPTIONS)

BASE = {
    "gpu_run_rate": 150.0,
    "datacenter_cost_multiple": 2.0,
    "end_user_margin": 0.5,
    "ai_revenue": 100.0,
}
POWER = {
    "kw_per_gpu": 1.875,
    "usd_per_kwh": 0.1,
    "load_factor": 1.0,
    "power_usage_effectiveness": 1.0,
}
LABOUR = {"addressable_spend": 4000.0, "addressable_share": 0.1}

exact = settings(derandomize=True, deadline=None, database=None, max_examples=50)


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-9)


def one(**changes):
    return scenarios(**{**BASE, **changes}).iloc[0]


def table(columns, *rows):
    return pd.DataFrame(list(rows), columns=columns.split())


# The plain chain


def test_neutral_defaults_give_the_plain_chain():
    assert one().to_dict() == close({"required": 600, "actual": 100, "gap": 500, "coverage": 1 / 6})
    told = {name: each.default for name, each in ASSUMPTIONS.items() if name not in TOLD}
    pd.testing.assert_frame_equal(scenarios(**{**told, **BASE}), scenarios(**BASE))


@exact
@given(st.floats(1, 500), st.floats(1, 4), st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0, 500))
def test_any_plain_scenario_is_the_plain_chain(run_rate, multiple, user, cloud, revenue):
    row = scenarios(
        gpu_run_rate=run_rate,
        datacenter_cost_multiple=multiple,
        end_user_margin=user,
        cloud_margin=cloud,
        ai_revenue=revenue,
    ).iloc[0]
    required = chain.required_revenue(run_rate, multiple, user, cloud)
    assert row["required"] == close(required)
    assert row["gap"] == close(chain.gap(required, revenue))
    assert row["coverage"] == close(chain.coverage(required, revenue))


def test_numbers_and_arrays_broadcast():
    run = scenarios(**{**BASE, "gpu_run_rate": [50, 150], "cloud_margin": np.array([0, 0.5])})
    assert run["required"].tolist() == close([200, 1200])
    assert run["actual"].tolist() == close([100, 100])


# Every assumption, by hand


@pytest.mark.parametrize(
    ("changes", "required"),
    [
        ({"gpu_run_rate": 50}, 200),
        ({"datacenter_cost_multiple": 3}, 900),
        ({"end_user_margin": 0.6}, 750),
        ({"cloud_margin": 0.5}, 1200),
        # a year ago half as much was bought, and half of that before: (1 + 1/2 + 1/4) / 3
        ({"purchase_growth": 1.0, "useful_life": 3}, 600 * 1.75 / 3),
        # earnings halve every year: weights 4/7, 2/7, 1/7 on purchases of 1, 1/2, 1/4
        ({"purchase_growth": 1.0, "useful_life": 3, "doubling_years": 1}, 600 * 5.25 / 7),
        # half the cost lasts 15 years and serves three generations of 5
        ({"short_lived_share": 0.5}, 600 * (0.5 + 0.5 / 3)),
        ({"short_lived_share": 0.5, "long_life": 10}, 600 * 0.75),
        # level earnings over two years at 10%: 2 / (1/1.1 + 1/1.21)
        ({"discount_rate": 0.1, "useful_life": 2}, 600 * 2 / (1 / 1.1 + 1 / 1.21)),
        (
            {"discount_rate": 0.1, "useful_life": 2, "doubling_years": 1},
            600 * 1.5 / (1 / 1.1 + 0.5 / 1.21),
        ),
        ({"write_off_probability": 0.2}, 750),
        ({"write_off_probability": 0.4, "write_off_loss": 0.5}, 750),
        ({"option_value_share": 0.3}, 420),
        ({"other_cost_multiple": 0.5}, 750),
        (POWER, 300 * (1 + 8212.5 / 25_000)),
        ({**POWER, "gpu_price": 50_000}, 300 * (1 + 8212.5 / 50_000)),
        ({**POWER, "useful_life": 10, "other_cost_multiple": 1}, 300 * (2 + 16_425 / 25_000)),
        ({"training_efficiency": 10, "inference_growth": 100}, 600 * (2.7 / 39 + 1200 / 39)),
        ({"inference_share": 0.5, "training_growth": 3}, 600 * 2),
        ({"inference_share": 0.5, "inference_efficiency": 10}, 600 * 0.55),
        ({"inference_share": 0.5, "inference_efficiency": 9, "demand_elasticity": 1.5}, 600 * 2),
        ({"inference_share": 0.5, "cheaper_chip_share": 0.6, "cheaper_chip_cost": 0.5}, 600 * 0.85),
    ],
)
def test_what_the_requirement_becomes(changes, required):
    assert one(**changes)["required"] == close(required)
    assert one(**changes)["actual"] == close(100)


@pytest.mark.parametrize(
    ("changes", "actual"),
    [
        ({"ai_revenue": 71}, 71),
        ({"revenue_growth": 1.75}, 275),
        ({"revenue_growth": 1.0, "years_ahead": 3}, 800),
        ({"rental_price_fall": 0.5}, 50),
        ({"rental_price_fall": 0.5, "years_ahead": 2, "use_multiple": 9}, 225),
        ({"overlap_share": 0.3}, 70),
        ({"indirect_multiplier": 2}, 200),
        ({"indirect_benefit": 20, "overlap_share": 0.5}, 70),
        (LABOUR, 400),
        ({**LABOUR, "automatable_share": 0.3}, 120),
    ],
)
def test_what_the_revenue_becomes(changes, actual):
    assert one(**changes)["actual"] == close(actual)
    assert one(**changes)["required"] == close(600)


def test_every_assumption_is_tested_by_hand():
    marks = [
        mark
        for test in (test_what_the_requirement_becomes, test_what_the_revenue_becomes)
        for mark in test.pytestmark
    ]
    tried = {name for mark in marks for changes, _ in mark.args[1] for name in changes}
    assert tried == set(ASSUMPTIONS)


@pytest.mark.parametrize("life", [1, 3, 4.5, 8])
def test_in_a_steady_state_the_useful_life_moves_nothing(life):
    assert one(useful_life=life)["gap"] == close(500)
    assert one(useful_life=life, doubling_years=2)["gap"] == close(500)


@exact
@given(st.integers(1, 12), st.floats(-0.4, 3))
def test_growth_stacks_vintages(life, growth):
    ages = np.arange(life)
    need = (600 * (1 + growth) ** -ages / life).sum()
    assert one(useful_life=life, purchase_growth=growth)["required"] == close(need)


def test_a_lifetime_is_not_a_year_during_a_ramp():
    ramp = one(purchase_growth=2.0)  # 50, then 150: the told 600 would overstate the need
    assert ramp["required"] == close(600 * (1 - 3**-5) / (5 * (1 - 1 / 3)))
    assert ramp["required"] < 0.31 * one()["required"]


def test_factors_multiply_so_effects_do_not_add():
    both = one(cloud_margin=0.5, write_off_probability=0.2)["gap"] - 500
    apart = one(cloud_margin=0.5)["gap"] + one(write_off_probability=0.2)["gap"] - 1000
    assert both == close(900)
    assert apart == close(750)


# What is refused


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"gpu_runrate": 1}, 'no assumption "gpu_runrate". Did you mean "gpu_run_rate"'),
        ({"zzz": 1}, 'no assumption "zzz". Known are gpu_run_rate, '),
        ({"end_user_margin": 1.0}, r"end_user_margin is 1; it must lie in \[0, 1\)"),
        ({"cloud_margin": -0.1}, "cloud_margin is -0.1"),
        ({"revenue_growth": 175}, "If 175% is meant, write 1.75"),
        ({"purchase_growth": -2}, "purchase_growth is -2"),
        ({"useful_life": 0}, "useful_life is 0"),
        ({"ai_revenue": math.nan}, "ai_revenue is nan"),
        ({"ai_revenue": "much"}, "ai_revenue is .*much"),
        ({"cloud_margin": [0.1, 1.2]}, "cloud_margin is 1.2"),
        ({"cloud_margin": [0.1, 0.2], "ai_revenue": [1, 2, 3]}, "arrays differ in length"),
        ({"cloud_margin": [[0.1, 0.2]]}, "cloud_margin has 2 dimensions"),
        ({"usd_per_kwh": 0.1}, "kw_per_gpu, load_factor, power_usage_effectiveness not given"),
        ({"addressable_share": 0.1}, "addressable_spend not given"),
    ],
)
def test_a_wrong_assumption_is_refused_in_a_sentence(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        one(**changes)


def test_a_scenario_needs_what_has_no_default():
    with pytest.raises(ValueError, match="ai_revenue not given; a scenario needs gpu_run_rate, "):
        scenarios(gpu_run_rate=1, datacenter_cost_multiple=2, end_user_margin=0.5)


def test_electricity_can_be_assumed_in_some_scenarios_only():
    rows = {name: [value, math.nan] for name, value in POWER.items()}
    required = scenarios(**BASE, **rows)["required"].tolist()
    assert required == close([300 * (1 + 8212.5 / 25_000), 600])


# Tornado


RANGES = table(
    "assumption low high",
    ("end_user_margin", 0.4, 0.6),
    ("ai_revenue", 70, 120),
    ("gpu_run_rate", 100, 200),
)


def test_tornado_by_hand():
    bars = tornado(BASE, RANGES)
    assert list(bars) == ["assumption", "bound", "value", "gap", "swing"]
    assert bars.values.tolist() == [
        ["gpu_run_rate", "low", 100, close(300), close(400)],
        ["gpu_run_rate", "high", 200, close(700), close(400)],
        ["end_user_margin", "low", 0.4, close(400), close(250)],
        ["end_user_margin", "high", 0.6, close(650), close(250)],
        ["ai_revenue", "low", 70, close(530), close(50)],
        ["ai_revenue", "high", 120, close(480), close(50)],
    ]


@exact
@given(st.floats(0, 0.5), st.floats(0.5, 0.9), st.floats(0, 100), st.floats(100, 900))
def test_the_base_lies_inside_every_bar(low_margin, high_margin, low_revenue, high_revenue):
    ranges = table(
        "assumption low high",
        ("end_user_margin", low_margin, high_margin),
        ("ai_revenue", low_revenue, high_revenue),
    )
    for _, bar in tornado(BASE, ranges).groupby("assumption"):
        assert bar["gap"].min() - 1e-9 <= 500 <= bar["gap"].max() + 1e-9
        assert bar["swing"].iloc[0] == close(bar["gap"].max() - bar["gap"].min())


def test_a_range_around_a_default_needs_no_base_value():
    bars = tornado(BASE, table("assumption low high", ("cloud_margin", 0.0, 0.5)))
    assert bars["gap"].tolist() == close([500, 1100])


def test_tornado_refuses_what_it_cannot_use():
    with pytest.raises(ValueError, match="range of ai_revenue has low 9, high 1"):
        tornado(BASE, table("assumption low high", ("ai_revenue", 9, 1)))
    with pytest.raises(ValueError, match='Did you mean "ai_revenue"'):
        tornado(BASE, table("assumption low high", ("ai_revenu", 1, 9)))
    with pytest.raises(ValueError, match="ai_revenue in base has many values"):
        tornado({**BASE, "ai_revenue": [1, 2]}, RANGES)
    with pytest.raises(ValueError, match="more than one row for assumption ai_revenue"):
        tornado(BASE, pd.concat([RANGES, RANGES.iloc[[1]]]))


# Monte Carlo


DRAWN = table(
    "assumption distribution low mode high",
    ("gpu_run_rate", "triangular", 100, 150, 180),
    ("ai_revenue", "uniform", 50, math.nan, 150),
    ("end_user_margin", "triangular", 0.3, 0.3, 0.6),
)


def test_the_same_seed_gives_the_same_draws():
    first, again = (monte_carlo(BASE, DRAWN, 500, seed=7) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(monte_carlo(BASE, DRAWN, 500, seed=8))


def test_draws_are_scenarios():
    drawn = monte_carlo(BASE, DRAWN, 500, seed=7)
    names = DRAWN["assumption"].tolist()
    results = ["required", "actual", "gap", "coverage"]
    assert list(drawn) == names + results
    again = scenarios(**{**BASE, **{name: drawn[name] for name in names}})
    pd.testing.assert_frame_equal(again, drawn[results])


def test_draws_stay_inside_their_bounds_and_have_their_means():
    drawn = monte_carlo(BASE, DRAWN, 20_000, seed=1)
    means = {"gpu_run_rate": 430 / 3, "ai_revenue": 100, "end_user_margin": 0.4}
    for row in DRAWN.itertuples():
        assert drawn[row.assumption].between(row.low, row.high).all()
        assert drawn[row.assumption].mean() == pytest.approx(means[row.assumption], rel=0.01)


def test_a_triangle_has_its_quantiles():
    drawn = monte_carlo(BASE, DRAWN, 20_000, seed=1)
    below_mode = (drawn["gpu_run_rate"] < 150).mean()
    assert below_mode == pytest.approx(50 / 80, abs=0.01)
    assert drawn["end_user_margin"].median() == pytest.approx(0.6 - 0.3 * 0.5**0.5, abs=0.005)


def test_a_range_without_width_is_a_constant():
    still = DRAWN.assign(low=[150, 100, 0.5], mode=[150, 100, 0.5], high=[150, 100, 0.5])
    assert monte_carlo(BASE, still, 10, seed=1)["gap"].tolist() == close([500] * 10)


def test_a_later_row_leaves_the_draws_of_the_earlier_ones():
    few, many = (monte_carlo(BASE, DRAWN.head(n), 100, seed=5) for n in (2, 3))
    pd.testing.assert_series_equal(few["ai_revenue"], many["ai_revenue"])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"distribution": ["normal"] * 3}, 'gpu_run_rate is "normal"; it must be "triangular" or'),
        ({"mode": [99, 0, 0.3]}, "gpu_run_rate has low 100.*mode 99.*they must not fall"),
        ({"mode": [math.nan] * 3}, "gpu_run_rate has low 100.*mode nan"),
        (
            {"assumption": ["gpu_rate", "ai_revenue", "end_user_margin"]},
            'Did you mean "gpu_run_rate"',
        ),
        ({"high": [180, 150, 1.5]}, "end_user_margin is 1"),
    ],
)
def test_a_wrong_distribution_is_refused_in_a_sentence(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        monte_carlo(BASE, DRAWN.assign(**changes), 1000, seed=1)


def test_monte_carlo_refuses_what_it_cannot_use():
    with pytest.raises(ValueError, match="draws is 0"):
        monte_carlo(BASE, DRAWN, 0, seed=1)


def test_ten_thousand_scenarios_take_less_than_a_second():
    start = time.perf_counter()
    assert len(monte_carlo(BASE, DRAWN, 10_000, seed=1)) == 10_000
    assert time.perf_counter() - start < 1


# The assumptions themselves
