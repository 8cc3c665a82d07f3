"""Mining: closed forms, and one test for each tempting mistake."""

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


def test_at_the_break_even_power_takes_all():
    """0.036 USD a day at 6 cents are 0.6 kWh a day, 25 W."""
    machine = mining.break_even(0.036, 0.06)
    assert machine == pytest.approx(25)
    assert mining.power_cost(machine, 0.06) == pytest.approx(0.036)


def test_the_next_halving_is_the_one_after_the_day():
    """The fifth is expected 1,458 days and a third after the fourth, so on the day that follows."""
    assert mining.next_halving(pd.Timestamp("2016-01-01")) == pd.Timestamp("2016-07-09")
    after = mining.next_halving(pd.Timestamp("2026-05-31"))
    assert after == pd.Timestamp("2028-04-18")
    assert mining.new_coins(after) == 1.5625
    assert mining.next_halving(pd.Timestamp("2029-01-01")).year == 2032
    assert pd.isna(mining.next_halving(pd.NaT))


def test_the_implied_machine_gives_its_electricity_back():
    """1e9 TH/s at 25 J/TH are 25 GW, 219 TWh a year."""
    assert mining.implied_efficiency(219, 1e9) == pytest.approx(25)
    assert mining.electricity(25, 1e9) == pytest.approx(219)
