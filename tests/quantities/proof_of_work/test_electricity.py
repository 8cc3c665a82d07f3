"""Electricity of countries and of the Bitcoin network: literal rows, scopes kept apart."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.proof_of_work import electricity

NEW, OLD = electricity.SCOPES["cambridge"], electricity.SCOPES["cambridge_before"]
COUNTRIES = pd.DataFrame(
    [
        ("World", None, 24398.0, 7960.0, 3.1),
        ("China", 1, 7214.0, 1443.0, 5.0),
        ("Indonesia", 2, 308.0, 276.0, 1.2),
        ("South Africa", 3, 233.0, 60.0, 3.9),
    ],
    columns=["country", "rank", "electricity", "population", "use_per_person"],
).astype({"rank": "Int64"})
NETWORK = pd.DataFrame(
    [
        ("electricity_consumption", NEW, "2022", "2022-12-31", 100.0, "TWh", "verified"),
        ("electricity_consumption", NEW, "2021", "2021-12-31", 90.0, "TWh", "verified"),
        ("electricity_consumption", OLD, "2022", "2022-12-31", 110.0, "TWh", "verified"),
        ("electricity_annualised", "Digiconomist", "2022-05", "2022-05-01", 204.0, "TWh", "x"),
        ("electricity_annualised", "Digiconomist", "2022-12", "2022-12-31", 112.0, "", "recalled"),
        ("hash_rate_annual_mean", "", "2022", "2022-12-31", 1e8, "TH/s", "verified"),
        ("hash_rate_december_mean", "", "2022", "2022-12-31", 2e8, "TH/s", "verified"),
        ("price_year_end", "", "2022", "2022-12-31", 20_000.0, "USD", "verified"),
    ],
    columns=["metric", "scope", "period", "period_end", "value", "unit", "confidence"],
).assign(period_end=lambda rows: pd.to_datetime(rows["period_end"]))


def test_scopes_are_never_joined():
    table = electricity.estimates(NETWORK)
    assert table.groupby("scope")["value"].agg(list).to_dict() == {
        NEW: [90, 100],
        OLD: [110],
        "Digiconomist": [204, 112],
    }


def test_a_year_stands_at_its_middle_and_a_reading_on_its_day():
    dates = electricity.estimates(NETWORK).set_index("value")["date"]
    assert dates[100].month == 7
    assert dates[204] == pd.Timestamp("2022-05-01")


def test_the_newest_estimate_of_a_scope_counts():
    assert electricity.estimate(NETWORK, "cambridge").number == 100
    assert electricity.estimate(NETWORK, "cambridge", "2021").number == 90
    assert not electricity.estimate(NETWORK, "cambridge_before", "2021").known


def test_a_year_is_set_against_the_mean_of_the_year_a_reading_against_its_month():
    year = electricity.efficiency(NETWORK, "cambridge")
    reading = electricity.efficiency(NETWORK, "digiconomist")
    assert year.number == pytest.approx(100 * 3.6e15 / (1e8 * 365 * 86400))
    assert reading.number == pytest.approx(112 * 3.6e15 / (2e8 * 365 * 86400))


def test_a_reading_of_another_month_has_no_hash_rate_beside_it():
    assert not electricity.efficiency(NETWORK, "digiconomist", "2022-05").known
    assert not electricity.efficiency(NETWORK, "cambridge", "2021").known


def test_a_machine_is_dated_by_its_estimate():
    otherwise = pd.Timestamp("2025-12-31")
    machine = electricity.efficiency(NETWORK, "cambridge")
    assert electricity.estimated_on(machine, otherwise) == pd.Timestamp("2022-12-31")
    assert electricity.estimated_on(Given(20.0), otherwise) == otherwise
    assert pd.isna(electricity.estimated_on(Given()))


def test_a_machine_goes_on_improving_at_the_pace_of_the_two_years_before():
    """From 400 TWh to 100 at one hash rate in two years: half a year; a year later a half more."""
    rows = [
        ("electricity_consumption", NEW, "2020", "2020-12-31", 400.0, "TWh", "verified"),
        ("hash_rate_annual_mean", "", "2020", "2020-12-31", 1e8, "TH/s", "verified"),
    ]
    before = pd.DataFrame(rows, columns=NETWORK.columns)
    table = pd.concat([NETWORK, before.assign(period_end=pd.to_datetime(before["period_end"]))])
    newest = electricity.efficiency(table, "cambridge").number
    later = electricity.improved(table, "cambridge", "2023")
    assert later.number == pytest.approx(newest / 2)
    assert len(later.rows) == 4
    assert electricity.improved(table, "cambridge", "2022").number == newest
    assert not electricity.improved(NETWORK, "cambridge", "2023").known
    assert not electricity.improved(table, "cambridge", "").known


def test_costs_are_those_of_the_periods_with_a_machine():
    table = electricity.costs(NETWORK, "cambridge", 0.05)
    machine = electricity.efficiency(NETWORK, "cambridge").number
    assert table["cost"].tolist() == pytest.approx([machine * 0.024 * 0.05])


def test_the_bound_is_all_revenue_spent_on_power():
    """6.25 coins, 144 blocks, 365 days at 20,000 USD over 0.05 USD."""
    value = electricity.bounds(NETWORK, 0.05)["value"]
    assert value.tolist() == pytest.approx([6.25 * 144 * 365 * 20_000 / 0.05 / 1e9])


def test_the_printed_numbers_per_person_are_megawatt_hours():
    table = electricity.per_person(COUNTRIES)
    world = table[table["country"] == "World"].iloc[0]
    assert world["computed"] == pytest.approx(3.065, abs=0.001)
    assert not world["differs"]


def test_only_the_row_that_does_not_follow_differs():
    table = electricity.per_person(COUNTRIES)
    assert table[table["differs"]]["country"].tolist() == ["Indonesia"]
    assert electricity.misprinted(COUNTRIES).number == 1
    assert table["country"].iloc[0] == "China"


def test_the_world_is_no_country():
    assert electricity.countries(COUNTRIES)["country"].iloc[0] == "China"
    assert electricity.listed(COUNTRIES).number == 7214 + 308 + 233
    assert electricity.users_above(Given(20000.0), COUNTRIES).number == 0


def test_a_use_below_the_list_ranks_behind_all_of_it():
    assert electricity.users_above(Given(204.0), COUNTRIES).number == 3
    assert electricity.last_ranked(COUNTRIES).number == 233
    assert not electricity.users_above(Given(), COUNTRIES).known


def test_the_network_stands_among_the_last_countries():
    uses = {"peak": Given(240.0), "unknown": Given()}
    table = electricity.beside(COUNTRIES, uses, last=2)
    assert table["name"].tolist() == ["Indonesia", "peak", "South Africa"]
    assert table["kind"].tolist() == ["country", "Bitcoin", "country"]


def test_nothing_known_is_nothing_said():
    nothing, nowhere = NETWORK.iloc[:0], COUNTRIES.iloc[:0]
    assert electricity.estimates(nothing).empty and electricity.bounds(nothing, 0.05).empty
    assert electricity.costs(nothing, "cambridge", 0.05).empty
    assert not electricity.efficiency(nothing, "digiconomist").known
    assert electricity.per_person(nowhere).empty and electricity.beside(nowhere, {}, 5).empty
    for given in (
        electricity.listed(nowhere),
        electricity.last_ranked(nowhere),
        electricity.misprinted(nowhere),
        electricity.used_by(nowhere, "World"),
        electricity.users_above(Given(1.0), nowhere),
    ):
        assert not given.known
