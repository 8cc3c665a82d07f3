"""The Bitcoin network as observed: literal rows in, numbers that can be checked by hand out."""

import pandas as pd
import pytest

from computecycle.quantities.proof_of_work import bitcoin

NETWORK = pd.DataFrame(
    [
        ("hash_rate_december_mean", "2020", "2020-12-31", 50.0, "TH/s"),
        ("hash_rate_december_mean", "2021", "2021-12-31", 100.0, "TH/s"),
        ("hash_rate_december_mean", "2022", "2022-12-31", 200.0, "TH/s"),
        ("hash_rate_december_mean", "2023", "2023-12-31", 200.0, "TH/s"),
        ("hash_rate_month_mean", "2024-01", "2024-01-31", 250.0, "TH/s"),
        ("price_year_end", "2021", "2021-12-31", 1000.0, "USD"),
        ("price_year_end", "2022", "2022-12-31", 500.0, "USD"),
        ("price_year_end", "2023", "2023-12-31", 800.0, "USD"),
        ("price_month_end", "2024-01", "2024-01-31", 700.0, "USD"),
        ("market_value_year_end", "2021", "2021-12-31", 2e9, "USD"),
        ("market_value_year_end", "2022", "2022-12-31", 1e9, "USD"),
        ("market_value_month_end", "2024-01", "2024-01-31", 1.4e9, "USD"),
        ("fees_year", "2021", "2021-12-31", 10.0, "BTC"),
        ("issuance_year", "2021", "2021-12-31", 100.0, "BTC"),
        ("fees_year", "2022", "2022-12-31", 50.0, "BTC"),
        ("issuance_year", "2022", "2022-12-31", 100.0, "BTC"),
    ],
    columns=["metric", "period", "period_end", "value", "unit"],
).assign(period_end=lambda rows: pd.to_datetime(rows["period_end"]))
DECEMBERS = [pd.Timestamp(f"{year}-12-31") for year in range(2020, 2024)]


def test_hash_rates_come_in_hashes_a_second_oldest_first():
    table = bitcoin.rates(NETWORK.iloc[::-1], [bitcoin.DECEMBER])
    assert table["value"].tolist() == [5e13, 1e14, 2e14, 2e14]
    assert bitcoin.observed(NETWORK, bitcoin.RATES, DECEMBERS[0]).number == 5e13
    assert not bitcoin.observed(NETWORK, bitcoin.PRICES, DECEMBERS[0]).known


def test_a_moment_needs_hash_rate_and_price():
    assert bitcoin.newest(NETWORK) == pd.Timestamp("2024-01-31")
    assert bitcoin.newest(NETWORK, months=False) == DECEMBERS[3]
    assert bitcoin.newest_since(NETWORK, DECEMBERS[3]) == pd.Timestamp("2024-01-31")
    assert pd.isna(bitcoin.newest_since(NETWORK, pd.Timestamp("2024-02-29")))
    assert bitcoin.years_before(DECEMBERS[3], 2) == DECEMBERS[1]


def test_a_unit_earns_coins_and_fees_over_the_hash_rate():
    """December 2021: 6.25 coins and a tenth in fees, 144 blocks, 1,000 USD, over 100 TH/s."""
    then = bitcoin.moment(NETWORK, DECEMBERS[1])
    assert then.earned.number == pytest.approx(6.25 * 1.1 * 144 * 1000 / 100)
    assert then.earned_by_all.number == pytest.approx(6.25 * 1.1 * 144 * 1000 * 365)
    assert len(then.earned.rows) == 3


def test_a_year_of_pay_is_a_share_of_the_value():
    """December 2021: 6.25 coins and a tenth in fees, 144 times a day."""
    then = bitcoin.moment(NETWORK, DECEMBERS[1])
    assert then.paid_of_value.number == pytest.approx(6.25 * 1.1 * 144 * 365 * 1000 / 2e9)
    assert bitcoin.moment(NETWORK, pd.Timestamp("2024-01-31")).value.number == 1.4e9
    assert not bitcoin.moment(NETWORK, DECEMBERS[3]).paid_of_value.known


def test_the_price_cancels_in_the_share_of_pay():
    """Half the price and half the value, with fees of a half for a tenth; then no value."""
    table = bitcoin.pay(NETWORK, DECEMBERS[1], DECEMBERS[3])
    assert table["date"].tolist() == DECEMBERS[1:3]
    assert table["value"].iloc[1] / table["value"].iloc[0] == pytest.approx(1.5 / 1.1)


def test_a_halving_leaves_the_fees():
    """December 2023: 6.25 coins and 3.125 in fees; then half of them, the same fees."""
    then = bitcoin.moment(NETWORK, DECEMBERS[3])
    assert then.halved.coins == 3.125
    assert then.halved.earned.number == pytest.approx((3.125 + 3.125) * 144 * 800 / 200)
    assert then.halved.earned_by_all.number > then.earned_by_all.number / 2
    assert not bitcoin.Moment().halved.earned.known


def test_fees_are_those_of_the_last_whole_year():
    assert bitcoin.fee_share(NETWORK, pd.Timestamp("2024-01-31")).number == 0.5
    assert bitcoin.fee_share(NETWORK, pd.Timestamp("2022-06-30")).number == 0.1
    assert not bitcoin.fee_share(NETWORK, pd.Timestamp("2020-06-30")).known


def test_a_yearly_doubling_is_twelve_months_without_scatter():
    months = bitcoin.doubling(NETWORK, 2, first=True)
    assert [each.number for each in months] == pytest.approx([12, 12, 12], rel=0.01)
    assert len(months[1].rows[0]) == 3


def test_the_interval_of_the_doubling_runs_from_fast_to_slow():
    low, best, high = bitcoin.doubling(NETWORK, 3)
    assert low.number < best.number
    assert not 0 < high.number < best.number  # slower, or no doubling at all


def test_a_window_that_is_not_whole_has_no_doubling_and_no_line():
    assert not bitcoin.doubling(NETWORK, 4)[1].known
    assert not bitcoin.expected(NETWORK, 4, DECEMBERS[3]).known


def test_the_line_goes_on_at_its_pace():
    doubled = NETWORK[NETWORK["period"] < "2023"]
    assert bitcoin.expected(doubled, 2, DECEMBERS[3]).number == pytest.approx(4e14, rel=0.01)
    assert bitcoin.expected(NETWORK, 2, DECEMBERS[3]).number == pytest.approx(4e14, rel=0.01), (
        "a December is not in the line that it is set against"
    )
    assert not bitcoin.expected(doubled, 2, pd.NaT).known
    lines = bitcoin.trends(doubled, 1, DECEMBERS[3]).groupby("window")["date"].agg(["min", "max"])
    assert lines.loc["first"].tolist() == DECEMBERS[:2]
    assert lines.loc["last"].tolist() == [DECEMBERS[1], DECEMBERS[3]]


def test_the_race_starts_at_one():
    """Half the price over twice the hash rate, with more fees: 0.25 times 1.5 over 1.1."""
    table = bitcoin.race(NETWORK, DECEMBERS[1], DECEMBERS[2]).pivot(
        index="date", columns="series", values="value"
    )
    assert table.iloc[0].tolist() == pytest.approx([1, 1, 1, 1])
    last = table.iloc[1]
    assert last["hash rate"] == 2 and last["price of a coin"] == 0.5
    assert last["coins of a block"] == 1
    assert last["income of a unit"] == pytest.approx(0.25 * 1.5 / 1.1)


def test_a_fall_is_counted_from_its_peak_to_the_month_that_passes_it():
    """100 TH/s in December 2021, less for a month, 200 a year after."""
    fall = ("hash_rate_month_mean", "2022-01", "2022-01-31", 75.0, "TH/s")
    rows = pd.DataFrame([fall], columns=NETWORK.columns[:5])
    low = pd.Timestamp("2022-01-31")
    network = pd.concat([NETWORK, rows.assign(period_end=low)])
    assert bitcoin.fallen(network, DECEMBERS[1], low).number == 0.25
    assert bitcoin.months_below(network, DECEMBERS[1], DECEMBERS[3]).number == 12
    assert bitcoin.months_below(network, DECEMBERS[1], low).number == 1
    assert bitcoin.greatest(network, low) == DECEMBERS[1]
    assert bitcoin.lowest(network, DECEMBERS[1], low) == low
    assert not bitcoin.months_below(network, pd.NaT, pd.NaT).known
    assert pd.isna(bitcoin.greatest(network, pd.NaT))
    assert pd.isna(bitcoin.lowest(network, pd.NaT, pd.NaT))


def test_nothing_known_is_nothing_said():
    nothing = NETWORK.iloc[:0]
    assert pd.isna(bitcoin.newest(nothing)) and pd.isna(bitcoin.newest_since(nothing, DECEMBERS[0]))
    assert pd.isna(bitcoin.years_before(pd.NaT, 1))
    unknown = bitcoin.moment(nothing, pd.NaT)
    assert not unknown.earned.known and not unknown.earned_by_all.known
    assert not bitcoin.doubling(nothing, 5)[1].known
    assert not unknown.paid_of_value.known
    assert bitcoin.race(nothing, pd.NaT, pd.NaT).empty
    assert bitcoin.pay(nothing, pd.NaT, pd.NaT).empty
    assert bitcoin.trends(nothing, 5, pd.NaT).empty
    assert not bitcoin.fallen(nothing, *bitcoin.FALLS[0]).known
