"""The Bitcoin network as observed: literal rows in, numbers that can be checked by hand out."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.proof_of_work import bitcoin

PLACE = {"source": "x", "locator": "p. 1", "confidence": "verified"}


def loaded(columns: str, *rows: tuple, name: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=columns.split()).assign(
        **PLACE, known_from=pd.Timestamp("2025-01-01")
    )
    table.attrs = {"table": name}
    return table


def observations(*rows: tuple) -> pd.DataFrame:
    table = loaded("metric period value unit scope", *rows, name="bitcoin")
    return table.assign(period_end=pd.to_datetime(table["period"] + "-12-31"))


NETWORK = observations(
    ("hash_rate_december_mean", "2021", 100.0, "TH/s", ""),
    ("hash_rate_december_mean", "2020", 50.0, "TH/s", ""),
    ("hash_rate_december_mean", "2022", 200.0, "TH/s", ""),
    ("hash_rate_december_mean", "2023", 200.0, "TH/s", ""),
    ("price_year_end", "2021", 1000.0, "USD", "close"),
    ("price_year_end", "2022", 500.0, "USD", "close"),
    ("price_year_end", "2023", 800.0, "USD", "close"),
)
STATED = loaded(
    "entity variable period value unit bound",
    ("Bitcoin network", "hash_rate", "2024-12", 751.0, "EH/s", "value"),
    ("Bitcoin network", "hash_rate", "2010-07", 172.0, "MH/s", "value"),
    ("Bitcoin", "price", "2012-12", 10.0, "USD", "value"),
    ("Bitcoin", "price", "2013-12", 1200.0, "USD", "value"),
    ("Bitcoin", "price_in_yuan", "2012-12", 10.0, "CNY", "value"),
    name="statements",
)


def test_hash_rates_come_in_hashes_a_second_oldest_first():
    table = bitcoin.hash_rates(NETWORK)
    assert table["year"].tolist() == [2020, 2021, 2022, 2023]
    assert table["value"].tolist() == [5e13, 1e14, 2e14, 2e14]
    assert bitcoin.observed(NETWORK, bitcoin.DECEMBER, "2020").number == 5e13
    assert bitcoin.observed(NETWORK, bitcoin.PRICE).number == 800


def test_a_period_without_an_observation_is_unknown():
    assert not bitcoin.observed(NETWORK, bitcoin.DECEMBER, "2019").known
    assert bitcoin.newest_year(NETWORK) == "2023"
    assert bitcoin.newest_year(NETWORK.iloc[:0]) == ""
    assert bitcoin.year_before("", 10) == ""


def test_a_yearly_doubling_is_twelve_months():
    months = bitcoin.doubling_months(NETWORK[NETWORK["period"] < "2023"], 2)
    assert months.number == pytest.approx(12, rel=1e-3)
    assert len(months.rows[0]) == 3


def test_the_window_ends_at_the_newest_december():
    assert bitcoin.hash_rates(bitcoin.in_window(NETWORK, 2))["year"].tolist() == [2021, 2022, 2023]


def test_only_whole_windows_have_a_doubling_time():
    table = bitcoin.doublings(NETWORK, 2)
    assert table["year"].tolist() == [2022, 2023]
    assert table["months"].iloc[0] == pytest.approx(12, rel=1e-3)
    first = bitcoin.first_doubling(NETWORK, 2)
    assert first.number == table["months"].iloc[0]
    assert first.rows[0]["period"].max() == "2022"
    assert not bitcoin.first_doubling(NETWORK, 9).known


def test_the_fitted_line_runs_over_its_window_only():
    line = bitcoin.trend(NETWORK[NETWORK["period"] < "2023"], 2)
    assert line["value"].tolist() == pytest.approx([5e13, 1e14, 2e14], rel=1e-3)


def test_printed_rates_are_read_with_their_prefixes():
    assert bitcoin.stated_rates(STATED)["value"].tolist() == [1.72e8, 7.51e20]
    assert bitcoin.stated_rate(STATED, last=False).number == 1.72e8
    assert bitcoin.stated_rate(STATED, last=True).number == 7.51e20
    assert bitcoin.stated_span(STATED).number == pytest.approx(14.42, abs=0.01)


def test_growth_is_one_less_than_the_factor():
    """Eightfold in a year is a growth of seven times."""
    rate = bitcoin.compound(Given(8.0), 1.0)
    assert rate.number == pytest.approx(7)
    assert bitcoin.months_to_double(rate).number == pytest.approx(4)
    assert bitcoin.years_for(Given(64.0), rate).number == pytest.approx(2)


def test_printed_prices_leave_the_yuan_out():
    table = bitcoin.stated_prices(STATED)
    assert table["label"].tolist() == ["10", "1,200"]
    assert table["date"].iloc[0] == pd.Timestamp("2012-12-31")
    assert bitcoin.stated_price(STATED, "2012-12").number == 10
    assert not bitcoin.stated_price(STATED, "2020-12").known


def test_earnings_need_hash_rate_and_price():
    """December 2021: 6.25 coins, 144 blocks, 1,000 USD over 100 TH/s."""
    table = bitcoin.earnings(NETWORK)
    assert table["year"].tolist() == [2021, 2022, 2023]
    assert table["revenue"].iloc[0] == pytest.approx(6.25 * 144 * 1000 / 100)
    assert table["network_revenue"].iloc[0] == pytest.approx(6.25 * 144 * 1000 * 365)
    assert bitcoin.earned(NETWORK, "2021", "revenue").number == pytest.approx(9000)
    assert not bitcoin.earned(NETWORK, "2020", "revenue").known


def test_the_change_of_earnings_is_that_of_the_next_december():
    """Half the price over twice the hash rate."""
    assert bitcoin.change_after(NETWORK, 2021).number == pytest.approx(0.25)
    assert not bitcoin.change_after(NETWORK, 2023).known


def test_a_machine_is_repaid_by_its_months():
    table = bitcoin.repaid(0.5, 0.25, 12)
    last = table[table["month"] == 12].set_index("case")["share"]
    assert last["if it stays"] == pytest.approx(2)
    assert last["as it changed"] < 2
    assert bitcoin.repaid(float("nan"), 0.25, 12).empty
    assert bitcoin.repaid(0.5, float("nan"), 12)["case"].unique().tolist() == ["if it stays"]


def test_years_are_compared_december_on_december():
    changes = bitcoin.yearly_changes(NETWORK)
    assert changes["hash_rate"].tolist() == [2, 2, 1]
    assert changes["price"].iloc[1:].tolist() == [0.5, 1.6]


def test_the_fastest_years_are_two_the_fastest_first():
    grown = NETWORK.assign(value=NETWORK["value"].where(NETWORK["value"] != 50, 20.0))
    found = [(when.year, factor.number) for when, factor in bitcoin.fastest_years(grown)]
    assert found == [(2021, 5), (2022, 2)]
    (when, _), (second, unknown) = bitcoin.fastest_years(NETWORK[NETWORK["period"] < "2022"])
    assert when.year == 2021 and pd.isna(second) and not unknown.known


def test_the_first_years_have_their_share_of_all_doublings():
    """50 to 100 is one doubling of the two to 200."""
    share = bitcoin.first_share(NETWORK, 1)
    assert share.number == pytest.approx(0.5)
    assert len(share.rows[0]) == 4
    assert bitcoin.first_share(NETWORK, 3).number == 1
    assert not bitcoin.first_share(NETWORK, 4).known


def test_a_year_with_an_unknown_price_is_not_one_of_falling_price():
    assert bitcoin.years_of_falling_price(NETWORK, and_rising_hash_rate=False).number == 1
    assert bitcoin.years_of_falling_price(NETWORK, and_rising_hash_rate=True).number == 1


def test_nothing_known_is_nothing_said():
    nothing, silent = NETWORK.iloc[:0], STATED.iloc[:0]
    assert bitcoin.hash_rates(nothing).empty and bitcoin.earnings(nothing).empty
    assert bitcoin.doublings(nothing, 5).empty and bitcoin.trend(nothing, 5).empty
    assert not bitcoin.doubling_months(nothing, 5).known
    assert pd.isna(bitcoin.fastest_years(nothing)[0][0]) and pd.isna(bitcoin.december(""))
    assert not bitcoin.first_share(nothing, 5).known
    assert bitcoin.stated_rates(silent).empty and bitcoin.stated_prices(silent).empty
    assert not bitcoin.stated_rate(silent, last=True).known
    assert not bitcoin.stated_span(silent).known
    assert not bitcoin.years_of_falling_price(nothing, and_rising_hash_rate=True).known
