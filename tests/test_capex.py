"""The quantities of the capex gap: closed forms, and the mistakes that are easy to make."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from computecycle import capex

CAPEX_2024 = pd.DataFrame(
    {
        "company": ["Microsoft", "Amazon", "Alphabet", "Meta"],
        "year": 2024,
        "capex": [75.6, 77.7, 52.5, 37.3],
    }
)
NET_INCOME_2024 = np.array([92.8, 59.2, 100.1, 62.4])
ONE_CLASS = pd.DataFrame({"asset_class": ["all"], "share": [1.0], "useful_life": [5]})
TWO_CLASSES = pd.DataFrame(
    {
        "asset_class": ["servers", "shells"],
        "share": [0.4, 0.6],
        "useful_life": [5, 15],
    }
)
H100 = {
    "kw_per_gpu": 1.875,
    "load_factor": 1.0,
    "power_usage_effectiveness": 1.0,
    "useful_life": 5,
    "gpu_price": 25_000,
}

exact = settings(derandomize=True, deadline=None, database=None, max_examples=50)
shares = st.floats(0, 1)
margins = st.floats(0, 0.95)
lives = st.integers(1, 20)
money = st.floats(0.1, 1000)
multiples = st.floats(0.1, 200)
conventions = st.sampled_from(["purchase", "next"])


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


# The chain


@pytest.mark.parametrize(("run_rate", "required"), [(50, 200), (150, 600)])
def test_the_requirement_of_2023_and_of_2024(run_rate, required):
    assert capex.required_revenue(run_rate, 2, 0.5, 0) == close(required)


@pytest.mark.parametrize(("run_rate", "as_markup"), [(50, 150), (150, 450)])
def test_a_margin_is_not_a_markup(run_rate, as_markup):
    assert run_rate * 2 * (1 + 0.5) == as_markup  # the tempting mistake
    assert capex.required_revenue(run_rate, 2, 0.5) == close(as_markup * 4 / 3)
    margin = capex.margin_from_markup(0.5)
    assert margin == close(1 / 3)
    assert capex.required_revenue(run_rate, 2, margin) == close(as_markup)


def test_a_cloud_margin_raises_the_requirement():
    assert capex.required_revenue(150, 2, 0.5, 0.5) == close(1200)


def test_the_chain_takes_arrays():
    required = capex.required_revenue(np.array([50, 150]), 2, 0.5, 0.0)
    assert required.tolist() == [200, 600]


def test_layers_of_2024():
    table = capex.layers(150, 2, 0.5, 0.25)
    assert table["layer"].tolist() == ["GPUs", "data centre", "cloud", "end user"]
    assert table["revenue"].tolist() == close([150, 300, 400, 800])
    assert table["added"].tolist() == close([150, 150, 100, 400])


@exact
@given(money, st.floats(1, 5), margins, margins)
def test_the_steps_of_the_layers_sum_to_the_requirement(run_rate, multiple, user, cloud):
    table = capex.layers(run_rate, multiple, user, cloud)
    required = capex.required_revenue(run_rate, multiple, user, cloud)
    assert table["added"].sum() == close(required)
    assert table["revenue"].iloc[-1] == close(required)
    assert (table["added"] >= 0).all()


def test_gap_and_coverage():
    assert capex.gap(600, 100) == 500
    assert capex.gap(200, 71) == 129
    assert capex.coverage(600, 100) == close(1 / 6)


def test_coverage_is_actual_over_required():
    assert 600 / 100 == 6  # the tempting mistake: required over actual
    assert capex.coverage(600, 100) < 1


@pytest.mark.parametrize("margin", [-0.1, 1.0, 1.5, math.nan, "half"])
def test_a_margin_must_lie_in_its_range(margin):
    with pytest.raises(ValueError, match=r"end_user_margin is .*\[0, 1\)"):
        capex.required_revenue(150, 2, margin)
    with pytest.raises(ValueError, match=r"cloud_margin is .*\[0, 1\)"):
        capex.required_revenue(150, 2, 0.5, margin)


def test_a_percentage_is_recognised():
    with pytest.raises(ValueError, match="If 50% is meant, write 0.5"):
        capex.required_revenue(150, 2, 50)


def test_a_cost_multiple_contains_the_gpu():
    with pytest.raises(ValueError, match="datacenter_cost_multiple is 0.5"):
        capex.required_revenue(150, 0.5, 0.5)


def test_an_error_in_a_table_names_the_row():
    column = pd.Series([0.5, 1.5], index=["data/x.csv:2", "data/x.csv:3"])
    with pytest.raises(ValueError, match="share is 1.5 in row data/x.csv:3; it must lie in"):
        capex.within("share", column, capex.MARGIN)


# Vintages


def vintages(years, required):
    return pd.DataFrame({"year": years, "required": required})


@exact
@given(money, lives, conventions, st.integers(0, 10))
def test_in_a_steady_state_the_yearly_need_is_the_lifetime_revenue(required, life, first, more):
    years = np.arange(2000, 2000 + life + 1 + more)
    need = capex.vintage_need(vintages(years, required), life, first)
    delay = 1 if first == "next" else 0
    assert need["year"].tolist() == years.tolist()
    assert need["need"].to_numpy()[life - 1 + delay :] == close(required)


def test_in_a_ramp_the_yearly_need_is_below_the_lifetime_revenue():
    ramp = vintages([2023, 2024], [200, 600])
    need = capex.vintage_need(ramp, 5, "purchase").set_index("year")["need"]
    assert need.tolist() == close([40, 160])
    assert need[2024] != 600  # the tempting mistake: a lifetime against a year


def test_vintages_that_earn_from_the_next_year():
    need = capex.vintage_need(vintages([2023, 2024, 2025], [200, 600, 0]), 5, "next")
    assert need["need"].tolist() == close([0, 40, 160])


def test_a_vintage_stops_after_its_life_and_years_without_purchases_count():
    need = capex.vintage_need(vintages([2020, 2024], [100, 300]), 2, "purchase")
    assert need["year"].tolist() == [2020, 2021, 2022, 2023, 2024]
    assert need["need"].tolist() == close([50, 50, 0, 0, 150])


def test_a_life_between_whole_years():
    assert capex.charge_share(np.arange(-1, 4), 2.5).tolist() == close([0, 0.4, 0.4, 0.2, 0])


@pytest.mark.parametrize("life", [0, -3])
def test_a_life_must_be_positive(life):
    with pytest.raises(ValueError, match=f"useful_life is {life}; it must lie in"):
        capex.vintage_need(vintages([2024], [600]), life, "purchase")


def test_vintages_refuse_what_they_cannot_use():
    with pytest.raises(ValueError, match='first_charge is "later"; it must be "purchase" or'):
        capex.vintage_need(vintages([2024], [600]), 5, "later")
    with pytest.raises(ValueError, match="more than one row for year 2024"):
        capex.vintage_need(vintages([2024, 2024], [600, 1]), 5, "next")
    with pytest.raises(ValueError, match=r"purchases has no column \['required'\]"):
        capex.vintage_need(pd.DataFrame({"year": [2024]}), 5, "next")
    with pytest.raises(ValueError, match="purchases has no rows"):
        capex.vintage_need(vintages([], []), 5, "next")


# Depreciation


def test_five_year_charge_on_the_capex_of_2024():
    charges = capex.depreciation(CAPEX_2024, ONE_CLASS, "next")
    assert list(charges) == ["company", "vintage", "year", "asset_class", "charge"]
    first = charges[charges["year"] == 2025].set_index("company")["charge"]
    assert first["Microsoft"] == close(15.12)
    assert first.to_dict() == close(
        {"Microsoft": 15.12, "Amazon": 15.54, "Alphabet": 10.5, "Meta": 7.46}
    )
    assert CAPEX_2024["capex"].sum() == close(243.1)
    assert first.sum() == close(48.62)
    shares = capex.charge_to_profit(first.to_numpy(), NET_INCOME_2024)
    assert np.round(100 * shares).tolist() == [16, 26, 10, 12]


@pytest.mark.parametrize(("first", "years"), [("purchase", (2024, 2028)), ("next", (2025, 2029))])
def test_the_first_charge_is_in_the_year_that_was_asked_for(first, years):
    charges = capex.depreciation(CAPEX_2024, ONE_CLASS, first)
    assert (charges["year"].min(), charges["year"].max()) == years
    assert (2024 in set(charges["year"])) == (first == "purchase")


def test_vintages_overlap():
    microsoft = pd.DataFrame(
        {"company": "Microsoft", "year": [2023, 2024], "capex": [75.6 / 1.83, 75.6]}
    )
    charges = capex.depreciation(microsoft, ONE_CLASS, "next")
    in_2025 = charges.loc[charges["year"] == 2025, "charge"]
    assert in_2025.max() == close(15.12)  # the tempting mistake: the last vintage alone
    assert in_2025.sum() == close(15.12 + 15.12 / 1.83)


def test_asset_classes_have_their_own_lives():
    charges = capex.depreciation(CAPEX_2024.head(1), TWO_CLASSES, "purchase")
    by_class = charges.groupby("asset_class")["charge"].agg(["first", "size", "sum"])
    assert by_class.loc["servers"].tolist() == close([75.6 * 0.4 / 5, 5, 75.6 * 0.4])
    assert by_class.loc["shells"].tolist() == close([75.6 * 0.6 / 15, 15, 75.6 * 0.6])


def test_charges_stop_at_the_last_year():
    charges = capex.depreciation(CAPEX_2024, TWO_CLASSES, "next", last_year=2026)
    assert charges["year"].max() == 2026
    assert len(charges) == 4 * 2 * 2


@exact
@given(st.lists(money, min_size=1, max_size=4), shares, st.floats(0.5, 20), lives, conventions)
def test_the_charges_of_a_vintage_sum_to_its_capex(amounts, short, life, long_life, first):
    spent = pd.DataFrame(
        {"company": "any", "year": np.arange(2020, 2020 + len(amounts)), "capex": amounts}
    )
    classes = pd.DataFrame(
        {
            "asset_class": ["short", "long"],
            "share": [short, 1 - short],
            "useful_life": [life, long_life],
        }
    )
    charges = capex.depreciation(spent, classes, first)
    assert charges.groupby("vintage")["charge"].sum().tolist() == close(amounts)


def test_extra_columns_and_nullable_years_do_no_harm():
    spent = CAPEX_2024.astype({"year": "Int64"}).assign(source="caijing2025", charge=1.0)
    classes = ONE_CLASS.assign(source="x", year=1)
    expected = capex.depreciation(CAPEX_2024, ONE_CLASS, "next")
    pd.testing.assert_frame_equal(capex.depreciation(spent, classes, "next"), expected)
    need = capex.vintage_need(spent.iloc[:1].assign(required=5.0), 5, "purchase")
    assert need["need"].tolist() == close([1])


def test_depreciation_refuses_what_it_cannot_use():
    with pytest.raises(ValueError, match="shares in classes sum to 0.9; they must sum to 1"):
        capex.depreciation(CAPEX_2024, TWO_CLASSES.assign(share=[0.4, 0.5]), "next")
    with pytest.raises(ValueError, match="useful_life is 0 in row 1"):
        capex.depreciation(CAPEX_2024, TWO_CLASSES.assign(useful_life=[5, 0]), "next")
    twice = pd.concat([CAPEX_2024, CAPEX_2024.head(1)])
    with pytest.raises(ValueError, match="more than one row for company Microsoft, year 2024"):
        capex.depreciation(twice, ONE_CLASS, "next")


def test_tax_and_charges_already_borne_change_the_share_of_profit():
    assert capex.charge_to_profit(15.12, 92.8) == close(15.12 / 92.8)
    assert capex.charge_to_profit(15.12, 92.8, 0.2) == close(0.8 * 15.12 / 92.8)
    borne = capex.charge_to_profit(20, 80, 0.0, already_charged=20)
    assert borne == close(0.2)  # of the 100 before it, not of the 80 after it
    with pytest.raises(ValueError, match="net_income is -5"):
        capex.charge_to_profit(20, -5)


# Value


@exact
@given(st.integers(1, 20), st.data())
def test_book_value_and_the_charges_so_far_make_the_price(life, data):
    age = data.draw(st.integers(0, 25))
    charged = capex.charge_share(np.arange(age), life).sum()
    assert capex.book_value(age, life) + charged == close(1)


@pytest.mark.parametrize(("age", "years", "share"), [(0, 2, 1), (2, 2, 0.5), (4, 1, 1 / 16)])
def test_economic_value_halves_every_doubling(age, years, share):
    assert capex.economic_value(age, years) == close(share)


def test_value_curves_are_tidy():
    table = capex.value_curves(5, [1, 2], [0, 2, 5])
    assert list(table) == ["age", "curve", "share"]
    curves = {name: rows["share"].tolist() for name, rows in table.groupby("curve", sort=False)}
    assert curves == {
        "book, 5 years": close([1, 0.6, 0]),
        "economic, doubling every year": close([1, 0.25, 1 / 32]),
        "economic, doubling every 2 years": close([1, 0.5, 0.5**2.5]),
    }


def test_doubling_time_between_two_generations():
    assert capex.implied_doubling_years(2.5, 1.25, 2) == close(2)  # x2 per dollar in two years
    assert capex.implied_doubling_years(4, 1, 2) == close(1)
    assert capex.implied_doubling_years(1.25, 1.25, 2) == math.inf
    assert capex.implied_doubling_years(1, 2, 2) == math.inf


# Demand

CLAIM = (1, 10, 100, 1)  # training ten times cheaper, inference a hundred times heavier


def test_the_effects_on_training_and_inference_add():
    assert 100 / 10 == 10  # the tempting mistake, printed in nvidia2025: they multiply
    expected = 27 / 39 / 10 + 12 / 39 * 100
    assert capex.demand_multiple(12 / 39, *CLAIM) == close(expected)
    assert expected == pytest.approx(30.84, abs=0.005)


def test_the_inference_share_that_makes_ten_true():
    share = capex.inference_share_for(10, *CLAIM)
    assert share == close(9.9 / 99.9)
    assert capex.demand_multiple(share, *CLAIM) == close(10)


def test_a_multiple_that_no_share_gives_is_not_a_number():
    assert math.isnan(capex.inference_share_for(101, *CLAIM))
    assert math.isnan(capex.inference_share_for(0.05, *CLAIM))
    assert math.isnan(capex.inference_share_for(2, 1, 1, 1, 1))
    ends = capex.inference_share_for(np.array([0.1, 100]), *CLAIM)
    assert ends.tolist() == close([0, 1])


def test_falling_cost_of_inference_counts_too():
    assert capex.demand_multiple(12 / 39, 1, 10, 100, 30) == close(27 / 390 + 12 / 39 * 100 / 30)


@exact
@given(shares, st.tuples(multiples, multiples, multiples, multiples))
def test_the_demand_multiple_is_linear_in_the_share(share, effects):
    none, whole = (capex.demand_multiple(end, *effects) for end in (0, 1))
    mixed = (1 - share) * none + share * whole
    assert capex.demand_multiple(share, *effects) == close(mixed)


@exact
@given(st.floats(0.01, 0.99), st.floats(0.1, 5), st.floats(6, 200))
def test_the_share_and_the_multiple_are_inverse(share, training, inference):
    effects = (training, 1, inference, 1)
    multiple = capex.demand_multiple(share, *effects)
    assert capex.inference_share_for(multiple, *effects) == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize(("elasticity", "spending"), [(0.5, 1 / 3), (1, 1), (2, 9)])
def test_spending_grows_only_if_the_elasticity_exceeds_one(elasticity, spending):
    work = capex.elastic_growth(9, elasticity)  # 36 dollars become 4
    assert capex.demand_multiple(1, 1, 1, work, 9) == close(spending)


def test_elasticity_from_a_bill_that_came_back():
    assert capex.elasticity_bound(0.6) == close(1)
    assert capex.elasticity_bound(0.6, 2.5) == close(2)  # price x 0.4, so use x 6.25 = 2.5 ** 2
    with pytest.raises(ValueError, match="bill_cut is 60.*If 60% is meant, write 0.6"):
        capex.elasticity_bound(60)


@exact
@given(st.floats(0.05, 0.95), st.floats(0.2, 3))
def test_the_elasticity_is_recovered_from_what_it_does(bill_cut, elasticity):
    cheaper = 1 / (1 - bill_cut)
    spending = capex.elastic_growth(cheaper, elasticity) / cheaper
    assert capex.elasticity_bound(bill_cut, spending) == pytest.approx(elasticity, rel=1e-6)


# Break-evens


def test_payback():
    assert capex.payback_years(210, 100, 0.5) == close(4.2)
    assert capex.payback_years(210, 0, 0.5) == math.inf


def test_yardsticks_for_users_and_queries():
    assert capex.breakeven_per_user_month(600e9, 1e9) == close(50)
    queries = 12_000 * 200e6 * 1.25
    assert queries == 3e12
    assert capex.breakeven_per_thousand_queries(600e9, queries) == pytest.approx(0.548, abs=5e-4)
    assert capex.breakeven_per_thousand_queries(100e9, queries) == pytest.approx(0.0913, abs=5e-5)


def test_years_to_close():
    assert capex.years_to_close(600, 75, 1.0) == close(3)
    assert capex.years_to_close(600, 100, 1.75) == close(math.log(6) / math.log(2.75))
    assert capex.years_to_close(600, 600, 0.1) == 0
    assert capex.years_to_close(600, 700, -0.5) == 0
    assert capex.years_to_close(600, 100, 0.3, 0.3) == math.inf
    assert capex.years_to_close(600, 100, 0.3, 0.6) == math.inf
    assert capex.years_to_close(600, 0, 0.3) == math.inf
    assert capex.years_to_close(600, np.array([75, 600]), 1.0).tolist() == close([3, 0])


def test_growth_is_a_fraction():
    assert math.log(6) / math.log(1 + 175) < 0.35  # the tempting mistake closes it in 4 months
    with pytest.raises(ValueError, match="growth is 175; .* If 175% is meant, write 1.75"):
        capex.years_to_close(600, 100, 175)
    with pytest.raises(ValueError, match="required_growth is -1.5"):
        capex.years_to_close(600, 100, 0.5, -1.5)


@exact
@given(st.floats(10, 1000), st.floats(0.01, 0.99), st.floats(0.01, 3), st.floats(0, 0.99))
def test_after_the_years_to_close_the_two_are_equal(required, covered, growth, slower):
    actual, required_growth = required * covered, growth * slower
    years = capex.years_to_close(required, actual, growth, required_growth)
    earned = math.log(actual) + years * math.log1p(growth)
    needed = math.log(required) + years * math.log1p(required_growth)
    assert earned == pytest.approx(needed, rel=1e-6)


# Energy and use


def test_energy_of_an_h100_over_its_life():
    assert capex.energy_multiple(usd_per_kwh=0.1, **H100) == close(8212.5 / 25_000)
    assert H100["kw_per_gpu"] == 15_000 / 8_000


def test_the_power_price_of_a_dollar_of_energy_for_a_dollar_of_gpu():
    assert capex.power_price_for(1, **H100) == close(25_000 / 82_125)


@exact
@given(st.floats(0.01, 5), st.floats(0.1, 3), st.floats(0.1, 1), st.floats(1, 2), lives, money)
def test_power_price_and_energy_multiple_are_inverse(multiple, kw, load, pue, life, price):
    usd = capex.power_price_for(multiple, kw, load, pue, life, price)
    assert capex.energy_multiple(kw, usd, load, pue, life, price) == close(multiple)


def test_energy_refuses_what_it_cannot_use():
    with pytest.raises(ValueError, match="load_factor is 95.*write 0.95"):
        capex.power_price_for(1, **{**H100, "load_factor": 95})
    with pytest.raises(ValueError, match="power_usage_effectiveness is 0.9"):
        capex.power_price_for(1, **{**H100, "power_usage_effectiveness": 0.9})


@pytest.mark.parametrize(
    ("fall", "use"),
    [
        (0.0, 0.42),
        (0.2, 2.1 / 3.3616),
        (0.5, 2.1 / 1.9375),
    ],
)
def test_break_even_use_as_rental_prices_fall(fall, use):
    assert capex.breakeven_use(210, 100, 5, fall) == close(use)


@exact
@given(st.floats(0.01, 2), lives)
def test_geometric_sum(ratio, terms):
    expected = sum(ratio**k for k in range(terms))
    assert capex.geometric_sum(ratio, terms) == pytest.approx(expected, rel=1e-9)


def test_geometric_sum_is_smooth_where_the_ratio_is_one():
    ratios = np.array([1 - 1e-13, 1, 1 + 1e-9])
    assert capex.geometric_sum(ratios, 5) == pytest.approx(5, rel=1e-8)


def test_use_follows_the_logistic_curve_through_both_ends():
    years = np.array([0, 2.5, 5])
    assert capex.use_ramp(years, 0.1, 0.9, 5).tolist() == close([0.1, 0.5, 0.9])
    assert capex.use_ramp(0.0, 0.3, 0.9, 5) == close(0.3)


def test_amdahl():
    assert capex.productivity_ceiling(0.3) == close(1 / 0.7)
    with pytest.raises(ValueError, match="share is 1;"):
        capex.productivity_ceiling(1)
