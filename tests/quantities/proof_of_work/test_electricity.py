"""Electricity of countries and of the Bitcoin network: literal rows, scopes kept apart."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.proof_of_work import electricity

CAMBRIDGE = electricity.CAMBRIDGE
NETWORK = pd.DataFrame(
    [
        ("electricity_consumption", CAMBRIDGE, "2021", "2021-12-31", 90.0, "TWh"),
        ("electricity_consumption", CAMBRIDGE, "2022", "2022-12-31", 100.0, "TWh"),
        ("electricity_annualised", electricity.SURVEYED, "2024", "2024-06-30", 130.0, ""),
        (
            "electricity_consumption",
            "Cambridge, model before August 2023",
            "2022",
            "2022-12-31",
            110.0,
            "",
        ),
        ("electricity_annualised", "Digiconomist", "2022-05", "2022-05-01", 204.0, ""),
        ("hash_rate_annual_mean", "", "2022", "2022-12-31", 1e8, "TH/s"),
        ("hash_rate_december_mean", "", "2022", "2022-12-31", 2e8, "TH/s"),
        ("price_year_end", "", "2022", "2022-12-31", 20_000.0, "USD"),
        ("fleet_efficiency", "survey", "2024", "2024-06-30", 40.0, "J/TH"),
    ],
    columns=["metric", "scope", "period", "period_end", "value", "unit"],
).assign(period_end=lambda rows: pd.to_datetime(rows["period_end"]))
READING = pd.DataFrame(
    [
        ("electricity_annualised", scope, "2023-01", "2023-01-15", value, "")
        for scope, value in zip(
            (electricity.FLOOR, electricity.GUESS, electricity.CEILING),
            (70.0, 140.0, 240.0),
            strict=True,
        )
    ],
    columns=["metric", "scope", "period", "period_end", "value", "unit"],
).assign(period_end=lambda rows: pd.to_datetime(rows["period_end"]))
COUNTRIES = pd.DataFrame(
    [
        ("World", "2022", 24000.0),
        ("China", "2022", 7200.0),
        ("Indonesia", "2022", 308.0),
        ("South Africa", "2022", 233.0),
        ("China", "2021", 7000.0),
    ],
    columns=["country", "period", "value"],
)
LISTED = pd.DataFrame(
    [("World", None, 24398.0, 7960.0), ("China", 1, 7214.0, 1443.0), ("Spain", 2, 246.0, 46.8)],
    columns=["country", "rank", "electricity", "population"],
).astype({"rank": "Int64"})


def joules(twh: float, terahashes: float) -> float:
    return twh * 3.6e15 / (terahashes * 365 * 86400)


def test_two_makers_are_kept_apart_and_a_missing_year_ends_a_run():
    table = electricity.estimates(NETWORK)
    assert table.groupby("maker")["value"].agg(list).to_dict() == {
        "Cambridge": [90, 100, 130],
        "Digiconomist": [204],
    }
    assert table[table["maker"] == "Cambridge"]["run"].tolist() == ["0", "0", "1"]
    assert table[table["survey"]]["value"].tolist() == [130], "firms were asked in 2024"


def test_a_year_stands_at_its_middle_and_a_reading_on_its_day():
    dates = electricity.estimates(NETWORK).set_index("value")["date"]
    assert dates[100].month == 7
    assert dates[204] == pd.Timestamp("2022-05-01")


def test_what_a_maker_says_of_a_year_stands_among_its_readings():
    """Digiconomist's mean of 2022 is drawn beside its day, at the middle of the year."""
    year = ("electricity_consumption", electricity.OF_A_YEAR, "2022", "2022-12-31", 161.0, "")
    told = pd.DataFrame([year], columns=NETWORK.columns).assign(
        period_end=lambda rows: pd.to_datetime(rows["period_end"])
    )
    table = electricity.estimates(pd.concat([NETWORK, told], ignore_index=True))
    own = table[table["maker"] == "Digiconomist"].set_index("value")["date"]
    assert set(own.index) == {204, 161} and own[161] == pd.Timestamp("2022-07-01")


def test_an_estimate_is_of_one_scope_and_period():
    assert electricity.estimate(NETWORK, CAMBRIDGE, "2021").number == 90
    assert not electricity.estimate(NETWORK, CAMBRIDGE, "2020").known
    last = electricity.estimate(NETWORK, CAMBRIDGE, "2022")
    assert electricity.day_of(last) == pd.Timestamp("2022-12-31")
    assert pd.isna(electricity.day_of(Given()))


def test_the_newest_reading_is_that_of_all_three():
    later = READING[READING["scope"] != electricity.CEILING].assign(period="2023-02")
    assert electricity.newest_reading(pd.concat([READING, later])) == "2023-01"
    assert electricity.newest_reading(NETWORK) == ""


def test_a_survey_stands_beside_a_whole_list_of_its_year():
    listed = COUNTRIES.assign(period="2024")
    assert electricity.newest_survey(NETWORK, listed) == "2024"
    assert electricity.newest_survey(NETWORK, COUNTRIES) == ""
    assert electricity.newest_survey(NETWORK, listed[listed["country"] != "World"]) == ""


def test_a_survey_tells_a_pace_and_machines_not_the_use_of_its_year():
    """40 J/TH at the mean rate of 2022 are another use than 130 at the pace of mid-2024."""
    assert electricity.estimate(NETWORK, electricity.SURVEYED, "2024").number == 130
    machine = electricity.surveyed(NETWORK)
    use = electricity.at_mean_rate(machine, NETWORK, "2022")
    assert joules(use.number, 1e8) == pytest.approx(40)
    assert not electricity.at_mean_rate(machine, NETWORK, "2024").known
    assert not electricity.at_mean_rate(machine, NETWORK, "").known


def test_a_pace_grows_with_the_hash_rate():
    """130 TWh at the rate of December are half at a mean of half of it."""
    use = Given(130.0, [NETWORK[NETWORK["metric"] == "hash_rate_december_mean"]])
    assert electricity.scaled(use, NETWORK, "2022").number == 65
    assert not electricity.scaled(use, NETWORK, "").known
    survey = electricity.estimate(NETWORK, electricity.SURVEYED, "2024")
    assert not electricity.scaled(survey, NETWORK, "2022").known, "no rate of its month"
    assert not electricity.scaled(Given(), NETWORK, "2022").known


def test_a_year_is_set_against_the_mean_of_its_year():
    assert electricity.implied(NETWORK).number == pytest.approx(joules(100, 1e8))
    assert not electricity.implied(NETWORK, electricity.FLOOR).known, "a floor is of a day"


def test_the_energy_of_a_guess_is_that_of_a_year_with_a_mean_rate():
    """2021 has no mean rate, so 2022 is the newest and the only year."""
    assert electricity.newest_energy(NETWORK) == pd.Timestamp("2022-12-31")
    day = pd.Timestamp("2022-12-31")
    assert electricity.energy(NETWORK, day).number == pytest.approx(joules(100, 1e8))
    assert not electricity.energy(NETWORK, pd.Timestamp("2021-12-31")).known


def test_a_reading_is_set_against_its_month_or_the_newest_before():
    both = pd.concat([NETWORK, READING])
    assert electricity.implied(both).number == pytest.approx(joules(140, 2e8))
    late = NETWORK[NETWORK["metric"].isin(["hash_rate_december_mean", "price_year_end"])]
    late = late.assign(period="2023", period_end=pd.Timestamp("2023-12-31"), value=9e8)
    assert electricity.implied(pd.concat([both, late])).number == pytest.approx(joules(140, 2e8))


def test_the_share_of_the_income_is_the_cost_of_power_over_it():
    """40 J/TH at 5 cents cost 4.8 cents a day."""
    machine = electricity.surveyed(NETWORK)
    assert not electricity.surveyed(NETWORK, electricity.PRICE).known, "no firm told it"
    assert electricity.share(machine, 0.05, Given(0.096)).number == pytest.approx(0.5)
    table = electricity.shares({"a": (Given(0.5), Given(0.9)), "b": (Given(0.5), Given())})
    assert table.to_numpy().tolist() == [["a", 0.5, 0.9]]


def test_a_range_has_both_ends_or_is_empty():
    ends = [
        electricity.estimate(READING, f"Cambridge, {name}", "2023-01")
        for name in ("floor", "best guess of a day", "ceiling")
    ]
    table = electricity.ends(*ends)
    assert table.loc[0, ["low", "value", "high"]].tolist() == [70, 140, 240]
    assert electricity.ends(Given(), *ends[1:]).empty
    low, _, high = ends
    beside = electricity.beside(COUNTRIES, "2022", (low, high), 2)
    assert beside["name"].tolist() == ["Indonesia", "South Africa", "Bitcoin"]
    assert beside["high"].tolist() == [308, 233, 240]
    assert electricity.beside(COUNTRIES, "2022", (Given(), high), 2).empty


def test_countries_are_ranked_without_the_world():
    assert electricity.demand(COUNTRIES, "2022")["country"].tolist() == [
        "China",
        "Indonesia",
        "South Africa",
    ]
    assert electricity.demand_of(COUNTRIES, "2022", electricity.WORLD).number == 24000
    assert electricity.demand_of(COUNTRIES, "2022", "South Africa").number == 233
    assert electricity.users_above(Given(250.0), COUNTRIES, "2022").number == 2
    assert not electricity.users_above(Given(), COUNTRIES, "2022").known
    assert not electricity.demand_of(COUNTRIES, "2019", electricity.WORLD).known
    assert not electricity.demand_of(COUNTRIES, "2022", "Spain").known


def test_a_documents_table_counts_its_own_countries_and_people():
    assert electricity.stated_users_above(Given(204.0), LISTED).number == 2
    assert not electricity.stated_users_above(Given(), LISTED).known
    assert electricity.people(LISTED).number == 7.96e9
    assert not electricity.people(LISTED.iloc[1:]).known


def test_the_printed_peak_stands_at_the_middle_of_its_year():
    statements = pd.DataFrame(
        {"variable": ["electricity_use_peak"], "period": ["2022"], "value": [204.0]}
    )
    assert electricity.stated_peak(statements).loc[0].tolist() == [pd.Timestamp("2022-07-01"), 204]


def test_nothing_known_is_nothing_said():
    nothing = NETWORK.iloc[:0]
    assert electricity.estimates(nothing).empty
    assert not electricity.implied(nothing).known and not electricity.surveyed(nothing).known


def test_readings_of_one_day_are_told_from_those_of_two():
    floor, guess = (
        electricity.estimate(READING, s, "2023-01") for s in (electricity.FLOOR, electricity.GUESS)
    )
    other = electricity.estimate(NETWORK, electricity.DIGICONOMIST, "2022-05")
    assert electricity.days(floor, guess).number == 1
    assert electricity.days(floor, guess, other).number == 2
    assert not electricity.days(floor, Given()).known
