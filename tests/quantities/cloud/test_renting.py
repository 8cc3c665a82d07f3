"""What a rented machine earns and what a buyer may pay: closed forms."""

import pytest

from computecycle.quantities.cloud import renting


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def test_a_margin_worked_by_hand():
    """A dollar of machine over five years costs 20 cents a year and 15 to run; nine tenths of a
    rent of 60 cents are 54, so 19 of 54 are left."""
    assert renting.margin(0.9, 5, 0.6, 0.15) == close(19 / 54)
    assert renting.margin(0.5, 5, 0.6, 0.15) == close(-5 / 30)


def test_nothing_is_left_where_rent_meets_cost():
    assert renting.margin(0.35 / 0.6, 5, 0.6, 0.15) == pytest.approx(0.0, abs=1e-12)


def test_curves_rise_with_use_and_with_life():
    table = renting.curves([4, 6], 0.6, 0.15)
    short, long = (table[table["life"] == life]["margin"].to_numpy() for life in (4, 6))
    assert (short[1:] > short[:-1]).all() and (long > short).all()


@pytest.mark.parametrize("years", [1, 5, 20])
def test_a_buyer_who_sells_at_break_even_has_earned_the_return(years):
    sold = renting.break_even_multiple(10.0, 0.38, 0.10, years)
    assert sold * 1.38**years == close(10.0 * 1.10**years)


def test_growth_equal_to_the_return_keeps_the_multiple():
    assert renting.break_even_multiple(12.0, 0.10, 0.10, 7) == close(12.0)
