"""Mining: closed forms, and one test for each tempting mistake."""

import math

import numpy as np
import pandas as pd
import pytest

from computecycle.quantities.proof_of_work import mining


def test_the_new_coins_halve_on_the_days_of_the_halvings():
    days = ["2009-01-03", "2012-11-27", "2012-11-28", "2016-07-09", "2020-05-11", "2024-04-20"]
    assert mining.new_coins(pd.DatetimeIndex(days)).tolist() == [50, 50, 25, 12.5, 6.25, 3.125]


def test_the_next_halving_is_expected_after_its_number_of_blocks():
    """210,000 blocks at ten minutes are 1,458 days and a third, not four years."""
    last = pd.Timestamp("2024-04-20")
    assert mining.new_coins(last + pd.Timedelta(days=1458)) == 3.125
    assert mining.new_coins(last + pd.Timedelta(days=1459)) == 1.5625
    assert mining.new_coins(last + pd.Timedelta(days=2917)) == 0.78125


def test_all_new_coins_together_are_twenty_one_million():
    coins = [mining.FIRST_COINS / 2**era * mining.BLOCKS_PER_HALVING for era in range(60)]
    assert sum(coins) == pytest.approx(21e6)


def test_a_unit_earns_its_part_of_what_the_network_earns():
    """3.125 coins, 144 blocks a day, 80,000 USD, 1e9 TH/s: 36 million over a billion."""
    assert mining.revenue(1e9, 80_000, 3.125) == pytest.approx(0.036)
    assert mining.network_revenue(80_000, 3.125) == pytest.approx(36e6 * 365)


def test_more_hash_rate_earns_no_more_coins():
    assert mining.revenue(2e9, 80_000, 3.125) == pytest.approx(0.018)
    assert mining.revenue(2e9, 80_000, 3.125) * 2e9 == mining.revenue(1e9, 80_000, 3.125) * 1e9


def test_fees_come_on_top_of_the_new_coins():
    assert mining.revenue(1e9, 80_000, 3.125, fees=0.5) == pytest.approx(0.054)


def test_a_joule_per_terahash_is_a_watt():
    """25 W for a day are 0.6 kWh."""
    assert mining.power_cost(25, 0.05) == pytest.approx(0.03)
    assert mining.power_cost(np.array([25, 50]), 0.05) == pytest.approx([0.03, 0.06])


def test_at_the_break_even_price_power_takes_all():
    price = mining.break_even(0.036, 25)
    assert price == pytest.approx(0.06)
    assert mining.power_cost(25, price) == pytest.approx(0.036)


def test_the_implied_machine_gives_its_electricity_back():
    """1e9 TH/s at 25 J/TH are 25 GW, 219 TWh a year."""
    assert mining.implied_efficiency(219, 1e9) == pytest.approx(25)


def test_at_the_bound_power_takes_all_of_the_revenue():
    revenue = mining.network_revenue(80_000, 3.125)
    bound = mining.electricity_bound(revenue, 0.06)
    machine = mining.implied_efficiency(bound, 1e9)
    assert bound == pytest.approx(219)
    assert mining.break_even(mining.revenue(1e9, 80_000, 3.125), machine) == pytest.approx(0.06)


def test_energy_for_a_transaction_is_energy_over_transactions():
    assert mining.per_transaction(31.536, 1.0) == pytest.approx(1000)


def test_a_steady_income_adds_up():
    assert mining.income(2.5) == 2.5
    assert mining.income(np.array([0.0, 1.0])) == pytest.approx([0, 1])


def test_a_changing_income_is_the_integral_of_its_path():
    """Halving every year: the first year brings (1 - 1/2) / ln 2 years of the first income."""
    assert mining.income(1.0, 0.5) == pytest.approx(0.5 / math.log(2))
    steps = (np.arange(100_000) + 0.5) / 100_000
    assert mining.income(1.0, 0.09) == pytest.approx((0.09**steps).mean(), rel=1e-6)
    assert mining.income(1.0, 3.0) > 1


def test_a_falling_income_is_not_halved_by_the_mean_of_its_ends():
    assert mining.income(1.0, 0.09) < (1 + 0.09) / 2


def test_payback_is_when_the_income_has_paid_for_the_machine():
    assert mining.payback(1 / 6) == pytest.approx(1 / 6)
    for change in (0.2, 0.9, 1.0, 4.0):
        years = mining.payback(0.5, change)
        assert mining.income(years, change) == pytest.approx(0.5)


def test_a_machine_whose_income_dries_up_first_is_never_paid():
    """Halving every year, all income ever is 1 / ln 2 = 1.44 years of the first."""
    assert mining.payback(1.4, 0.5) < math.inf
    assert mining.payback(1.45, 0.5) == math.inf


def test_two_months_are_six_times_the_price_and_five_times_the_stake():
    """The share that comes back in a year counts the machine itself; the return does not."""
    gross = mining.income(1.0) / (2 / 12)
    assert gross == pytest.approx(6)
    assert gross - 1 == pytest.approx(5)


def test_an_income_cannot_change_by_nothing():
    with pytest.raises(ValueError, match="above 0"):
        mining.income(1.0, 0.0)
    with pytest.raises(ValueError, match="above 0"):
        mining.payback(1.0, -1.0)
