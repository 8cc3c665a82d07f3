"""Growth: data made from a known law give the law back; each tempting mistake gives another."""

import math

import numpy as np
import pandas as pd
import pytest

from computecycle.quantities import growth

YEARS = np.arange(2000.0, 2011.0)


def test_an_exact_exponential_is_found_again():
    fit = growth.fit_exponential(YEARS, 3 * 1.7 ** (YEARS - 2000))
    assert fit.growth == pytest.approx(1.7)
    assert fit.annual_rate == pytest.approx(0.7)
    assert fit.doubling_time == pytest.approx(math.log(2) / math.log(1.7))
    assert fit.r_squared == pytest.approx(1)
    assert fit.predict(2000) == pytest.approx(3)
    assert fit.predict([2001, 2002]) == pytest.approx([5.1, 8.67])
    assert fit.points == 11


def test_a_falling_cost_doubles_before_and_halves_after():
    fit = growth.fit_exponential(YEARS, 0.5 ** ((YEARS - 2000) / 1.25))
    assert fit.annual_rate < 0
    assert fit.doubling_time == pytest.approx(-1.25)


def test_growth_is_fitted_to_logarithms_not_to_values():
    """One value that is double: in logs it counts as a share, in values the last points rule."""
    value = 2.0 ** (YEARS - 2000)
    value[-1] *= 2
    slope = np.polyfit(YEARS, np.log(value), 1)[0]
    linear, level = np.polyfit(YEARS - 2005, value, 1)
    assert growth.fit_exponential(YEARS, value).growth == pytest.approx(math.exp(slope))
    assert linear / level + 1 != pytest.approx(math.exp(slope), rel=0.2)


def test_the_unit_of_the_values_does_not_change_the_growth():
    value = np.array([1, 3, 4, 9, 20.0])
    small = growth.fit_exponential(YEARS[:5], value)
    large = growth.fit_exponential(YEARS[:5], value * 1e9)
    assert small.growth == pytest.approx(large.growth)
    assert small.r_squared == pytest.approx(large.r_squared)
    assert small.r_squared < 1


@pytest.mark.parametrize(
    "freedom, printed",
    [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_student_s_t_is_that_of_the_printed_tables(freedom, printed):
    assert growth.student(freedom) == pytest.approx(printed, abs=5e-4)
    assert growth.student(freedom) > 1.96  # the normal distribution would be too narrow


def test_the_interval_of_a_fit_is_that_of_least_squares():
    """Scatter of known size: slope, standard error and interval worked out by hand."""
    scatter = np.array([1, -2, 1.0])  # orthogonal to a line through three even years
    fit = growth.fit_exponential([2000, 2001, 2002], np.exp(np.array([0, 1, 2]) + scatter / 10))
    assert fit.growth == pytest.approx(math.e)
    assert fit.error == pytest.approx(math.sqrt(0.06 / 1 / 2))
    assert fit.interval == pytest.approx(
        tuple(math.exp(1 + side * 12.7062 * math.sqrt(0.03)) for side in (-1, 1)), rel=1e-4
    )


def test_an_interval_needs_three_points_and_scatter_to_be_wide():
    assert all(math.isnan(end) for end in growth.fit_exponential([1, 2], [1, 2]).interval)
    assert all(math.isnan(end) for end in growth.Growth().interval)
    assert growth.fit_exponential(YEARS, 1.7 ** (YEARS - 2000)).interval == pytest.approx(
        (1.7, 1.7)
    )


def test_an_interval_covers_the_law_as_often_as_it_says():
    rng = np.random.default_rng(7)
    fits = [
        growth.fit_exponential(YEARS, 2.0 ** (YEARS - 2000) * rng.lognormal(0, 0.5, 11))
        for _ in range(400)
    ]
    covered = np.mean([fit.interval[0] < 2 < fit.interval[1] for fit in fits])
    assert covered == pytest.approx(growth.LEVEL, abs=0.03)


def test_two_growths_may_differ_although_their_intervals_overlap():
    first, second = (growth.Growth(g, 1.0, 0.0, 0.9, 50, 0.1) for g in (2.0, 1.4))
    assert first.interval[0] < second.interval[1]
    low, high = growth.times_faster(first, second)
    assert 1 < low < 2 / 1.4 < high
    assert low * high == pytest.approx((2 / 1.4) ** 2)
    assert high == pytest.approx(2 / 1.4 * math.exp(growth.student(96) * 0.1 * math.sqrt(2)))


def test_how_many_times_is_unknown_where_one_growth_is_and_exact_without_scatter():
    exact = growth.fit_exponential(YEARS, 3.0 ** (YEARS - 2000))
    assert all(math.isnan(end) for end in growth.times_faster(exact, growth.Growth()))
    still = growth.fit_exponential(YEARS, np.full(11, 5.0))
    assert growth.times_faster(exact, still) == pytest.approx((3, 3))


def test_dates_count_as_years_with_their_fraction():
    dates = pd.Series(pd.to_datetime(["2000-01-01", "2000-07-02", "2001-01-01"]))
    fit = growth.fit_exponential(dates, [1.0, 2**0.5, 2.0])
    assert fit.growth == pytest.approx(2)
    assert fit.predict(pd.Timestamp("2002-01-01")) == pytest.approx(4)
    assert growth.decimal_year(pd.Timestamp("2023-07-02")) == pytest.approx(2023 + 182 / 365)


def test_pairs_with_a_gap_are_left_out():
    value = pd.Series([1.0, None, 4.0])
    assert growth.fit_exponential([2000, 2001, 2002], value).growth == pytest.approx(2)
    dates = pd.Series(pd.to_datetime(["2000-01-01", None, "2001-01-01"]))
    assert growth.fit_exponential(dates, [1, 9, 2]).points == 2


@pytest.mark.parametrize("time, value", [([], []), ([2000], [5.0]), ([2000, 2000], [1.0, 5.0])])
def test_fewer_than_two_times_leave_the_growth_unknown(time, value):
    fit = growth.fit_exponential(time, value)
    assert math.isnan(fit.growth) and math.isnan(fit.doubling_time)
    assert fit.points == len(time)
    assert math.isnan(growth.fit_logistic(time, value, 100).midpoint)


def test_a_value_that_cannot_grow_by_a_factor_is_refused():
    with pytest.raises(ValueError, match="value is 0; it must be above 0"):
        growth.fit_exponential([1, 2], [1, 0])
    with pytest.raises(ValueError, match="2 times and 1 values"):
        growth.fit_exponential([1, 2], [1])


def test_a_constant_neither_grows_nor_has_variance_to_explain():
    fit = growth.fit_exponential(YEARS, np.full(11, 5.0))
    assert fit.growth == pytest.approx(1)
    assert math.isnan(fit.r_squared)


def test_compound_growth_is_the_root_of_the_ratio_not_its_share():
    assert growth.annual_growth(100, 144, 2) == pytest.approx(0.2)
    assert growth.annual_growth(100, 144, 2) != pytest.approx(0.44 / 2)
    assert growth.annual_growth(np.array([1, 1]), 4, np.array([1, 2])) == pytest.approx([3, 1])
    with pytest.raises(ValueError, match="years is 0"):
        growth.annual_growth(1, 2, 0)
    with pytest.raises(ValueError, match="first is 0"):
        growth.annual_growth(0, 2, 1)


def test_a_decline_is_what_is_lost_each_year():
    assert growth.annual_decline(100, 25, 2) == pytest.approx(0.5)
    assert growth.annual_decline(100, 25, 2) != pytest.approx(0.75 / 2)
    assert growth.annual_decline(1, 2, 1) == pytest.approx(-1)


def test_a_factor_of_1_7_a_year_is_70_percent_and_over_12_years_not_12_times_70_percent():
    rate = growth.annual_growth(1, 1.7, 1)
    assert rate == pytest.approx(0.7)
    assert growth.multiple(rate, 12) == pytest.approx(1.7**12)
    assert growth.multiple(rate, 12) > 50 * (1 + 12 * 0.7)


def test_doubling_time_and_rate_are_each_other_s_inverse():
    assert growth.doubling_time(1.0) == 1
    assert growth.rate_of(2) == pytest.approx(math.sqrt(2) - 1)
    assert growth.rate_of(2) != pytest.approx(0.5)
    for rate in (-0.4, 0.01, 0.7, 5.4):
        assert growth.rate_of(growth.doubling_time(rate)) == pytest.approx(rate)
    assert growth.doubling_time(0.0) == math.inf
    assert growth.rate_of(math.inf) == 0
    with pytest.raises(ValueError, match="rate is -1"):
        growth.doubling_time(-1)
    with pytest.raises(ValueError, match="doubling_time is 0"):
        growth.rate_of(0)


@pytest.mark.parametrize(
    "day_count, years",
    [
        ("actual/365", 366 / 365),
        ("actual/365.25", 366 / 365.25),
        ("actual/360", 366 / 360),
        ("30E/360", 1.0),
        ("calendar", 1.0),
    ],
)
def test_each_day_count_has_its_own_length_of_a_leap_year(day_count, years):
    assert growth.years_between("2020-01-01", "2021-01-01", day_count) == pytest.approx(years)


def test_a_month_has_thirty_days_where_the_convention_says_so():
    assert growth.years_between("2023-01-31", "2023-05-01", "30E/360") == pytest.approx(91 / 360)
    dates = pd.Series(pd.to_datetime(["2023-01-01", "2022-01-01"]))
    assert growth.years_between(dates, pd.Timestamp("2024-01-01"), "actual/365") == pytest.approx(
        [1, 2]
    )
    with pytest.raises(ValueError, match='day_count is "days"'):
        growth.years_between("2023-01-01", "2024-01-01", "days")


def test_an_exact_logistic_is_found_again():
    curve = growth.Logistic(80, 2005, 0.4)
    fit = growth.fit_logistic(YEARS, curve.predict(YEARS), 80)
    assert fit.midpoint == pytest.approx(2005)
    assert fit.steepness == pytest.approx(0.4)
    assert fit.r_squared == pytest.approx(1)
    assert fit.reaches(40) == pytest.approx(2005)
    assert fit.predict(2005) == pytest.approx(40)
    assert fit.reaches(fit.predict(2008.5)) == pytest.approx(2008.5)


def test_the_ceiling_moves_the_midpoint():
    value = growth.Logistic(80, 2005, 0.4).predict(YEARS)
    assert growth.fit_logistic(YEARS, value, 100).midpoint > 2005.5


def test_a_logistic_s_interval_holds_the_curve_and_opens_with_scatter():
    curve = growth.Logistic(1.0, 2010.0, 0.5)
    exact, bent = curve.predict(YEARS), curve.predict(YEARS) * (1 + 0.05 * (-1.0) ** YEARS)
    still, loose = (growth.fit_logistic(YEARS, value, 1.0) for value in (exact, bent))
    assert still.interval(2012.0) == pytest.approx((curve.predict(2012.0),) * 2)
    ends = [loose.interval(year) for year in (2008.0, 2012.0)]
    assert all(
        low < loose.predict(year) < high < 1
        for year, (low, high) in zip((2008.0, 2012.0), ends, strict=True)
    )
    assert np.isnan(growth.fit_logistic([1, 2], [0.1, 0.2], 1.0).interval(3.0)).all()


def test_the_tails_of_a_logistic_do_not_rule_it():
    """An error of a tenth of a point at the foot is a large logit, but a small share."""
    value = growth.Logistic(100, 2010, 0.5).predict(np.arange(1995.0, 2020.0))
    value[0] += 0.5
    fit = growth.fit_logistic(np.arange(1995.0, 2020.0), value, 100)
    logit = np.log(value / (100 - value))
    slope = np.polyfit(np.arange(1995.0, 2020.0), logit, 1)[0]
    assert fit.steepness == pytest.approx(0.5, abs=0.001)
    assert slope != pytest.approx(0.5, abs=0.01)


def test_growth_of_a_logistic_s_increments_is_zero_at_half_its_ceiling():
    """The increments are largest at the midpoint: their growth, not the level's, is zero there."""
    curve = growth.Logistic(100, 2005, 0.4)
    added = np.diff(curve.predict(np.arange(1990.5, 2020.5)))
    assert np.arange(1991, 2020)[added.argmax()] == 2005
    assert (np.diff(curve.predict(np.arange(1990.0, 2020.0))) > 0).all()


def test_a_value_at_the_ceiling_is_refused():
    with pytest.raises(ValueError, match="below the ceiling, 100"):
        growth.fit_logistic([1, 2], [50, 100], 100)
