"""Forecasts scored by hand: errors, counts, ties, readings, plans, standings."""

import math

import pandas as pd
import pytest

from computecycle.evidence import expressions
from computecycle.evidence.errors import InputError
from computecycle.quantities.scorecard import plans, printed, reading, scoring, standing

DAY = pd.Timestamp("2026-01-01")


def rows(*made: tuple) -> pd.DataFrame:
    """Forecasts with numbers: forecast, told, told_high, outturn, naive; grown by half before."""
    table = pd.DataFrame(made, columns=["forecast", "told", "told_high", "outturn", "naive"])
    return table.assign(
        before=table["naive"] / 1.5,
        made=pd.Timestamp("2025-01-01"),
        due=pd.Timestamp("2025-12-31"),
        reason="",
        counts=True,
        least=False,
        topic="money",
        earlier="none",
    )


FIVE = rows(
    ("high", 100.0, 100.0, 150.0, 50.0),
    ("range", 60.0, 65.0, 62.0, 40.0),
    ("over", 60.0, 65.0, 72.0, 40.0),
    ("low", 2000.0, 2000.0, 1000.0, 900.0),
    ("close", 100.0, 100.0, 95.0, 100.0),
)


def scored(tolerance: float = 0.1) -> pd.DataFrame:
    return scoring.scored(FIVE, DAY, tolerance).set_index("forecast", drop=False)


def test_an_error_is_a_share_of_the_nearest_end_of_what_was_told():
    error = scored()["error"]
    assert error.to_dict() == pytest.approx(
        {"high": 0.5, "over": 7 / 65, "range": 0.0, "close": -0.05, "low": -0.5}
    )
    assert list(error) == sorted(error, reverse=True)


def test_the_state_is_that_of_the_tolerance():
    assert scored()["state"].to_dict() == {
        "high": "above",
        "over": "above",
        "range": "near",
        "close": "near",
        "low": "below",
    }
    assert scored(0.2)["state"]["over"] == "near"


def test_both_distances_are_shares_of_what_was_told():
    assert scored()["missed"]["high"] == pytest.approx(50 / 100)
    assert scored()["idle"]["high"] == pytest.approx(100 / 100)
    assert scored()["idle"]["low"] == pytest.approx(100 / 2000)
    assert list(scoring.beaten(scored(), "idle")["forecast"]) == ["high", "over", "range"]


def test_the_last_growth_repeated_is_a_guess_too():
    assert scored()["ruled"]["high"] == pytest.approx((150 - 50 * 1.5) / 100)
    assert scored()["ruled"]["low"] == pytest.approx((900 * 1.5 - 1000) / 2000)
    untold = scoring.scored(FIVE.assign(before=math.nan), DAY, 0.1)
    assert scoring.beaten(untold, "ruled").empty
    assert list(scoring.beaten(scored(), "ruled")["forecast"]) == ["high", "over", "range", "close"]


def test_what_beat_growth_repeated_missed_tied_or_won_clearly():
    won = scoring.won(scoring.beaten(scored(), "ruled"), 0.1)
    assert won == {"missed": ["high", "over"], "tied": ["range"], "clear": ["close"]}


def test_a_floor_is_met_by_more_and_missed_by_less():
    told = read(told='cell("facts", who="b")', told_high=reading.NO_END)
    table = pd.DataFrame([{"forecast": "x", **dict.fromkeys(reading.NUMBERS, "")}])
    (floor,) = scoring.gathered(table, told)["told_high"]
    both = rows(("met", 100.0, floor, 150.0, 50.0), ("missed", 100.0, floor, 80.0, 50.0))
    found = printed.with_texts(scoring.scored(both, DAY, 0.1).assign(unit="percent", least=False))
    found = found.set_index("forecast")
    assert found["error"].to_dict() == pytest.approx({"met": 0.0, "missed": -0.2})
    assert found["missed"].to_dict() == pytest.approx({"met": 0.5, "missed": 0.2})
    assert found["over"].to_dict() == pytest.approx({"met": 1.5, "missed": 0.8})
    assert scoring.within(found.reset_index(), 0.1) == ["met"]
    assert scoring.strictly(found.reset_index(), 0.1) == []
    counts = scoring.by_tolerance(found.reset_index(), [0.1]).set_index("state")["number"]
    assert counts.to_dict() == {"above": 0, "floor met": 1, "near": 0, "below": 1}
    assert found.loc["met", "said_told"] == "over 100%" and found["told_high"].isna().all()


def test_what_is_not_due_or_has_a_reason_is_not_scored():
    assert scoring.scored(FIVE, pd.Timestamp("2025-06-30"), 0.1).empty
    assert scoring.scored(FIVE.assign(reason="no measure"), DAY, 0.1).empty


def test_counts_by_tolerance_add_up():
    counts = scoring.by_tolerance(scored(), [0.01, 0.1, 0.2])
    assert counts.groupby("tolerance")["number"].sum().to_list() == [5, 5, 5]
    near = counts[counts["state"] == "near"]["number"]
    assert near.to_list() == [1, 2, 3]


def test_the_middle_by_size():
    assert scoring.middle_error(scored()) == pytest.approx(7 / 65)
    assert scoring.middle_of(scored()) == ["over"]
    assert scoring.middle_of(scored()[:4]) == ["close", "over"]
    assert math.isnan(scoring.middle_error(scored()[:0]))


def test_sides_of_a_topic():
    assert scoring.names_in(scored(), "below", "money") == ["low"]
    assert scoring.within(scored(), 0.05) == ["range", "close"]


def test_few_events_say_nothing():
    assert scoring.enough(scored(), 3) == 3
    assert math.isnan(scoring.enough(scored()[:4], 3))


def test_the_interval_of_a_share():
    low, high = scoring.share_range(5, 9)  # Wilson's, by hand
    assert (low, high) == pytest.approx((0.2667, 0.8112), abs=1e-4)
    assert all(map(math.isnan, scoring.share_range(0, 0)))


def test_today_is_the_day_of_the_run_or_of_the_newest_row():
    known = pd.DataFrame({"known_from": pd.to_datetime(["2025-01-01", "2025-03-01"])})
    assert scoring.last_day("2024-06-30", known) == pd.Timestamp("2024-06-30")
    assert scoring.last_day("", known, known[:0]) == pd.Timestamp("2025-03-01")


def test_a_lower_bound_below_what_was_told_is_no_outturn():
    late, early = (FIVE.assign(least=True, outturn=FIVE["told"] * by) for by in (2.0, 0.5))
    assert len(scoring.scored(late, DAY, 0.1)) == 5 and scoring.scored(early, DAY, 0.1).empty


# Readings


def loaded() -> dict[str, pd.DataFrame]:
    facts = pd.DataFrame(
        {
            "who": ["a", "a", "b"],
            "day": pd.to_datetime(["2024-01-01", "2025-01-01", "2025-01-01"]),
            "value": [1.0, 3.0, 8.0],
        },
        index=["data/facts.csv:2", "data/facts.csv:3", "data/facts.csv:4"],
    )
    return {"facts": facts}


def read(**texts: str) -> dict:
    table = pd.DataFrame([{"forecast": "x", **dict.fromkeys(reading.NUMBERS, ""), **texts}])
    return reading.readings(table, loaded(), expressions.parsed, expressions.value)


def test_an_expression_gives_a_number_and_the_rows_that_it_asked_for():
    found = read(told='2 * cell("facts", who="b")', outturn='most("facts", who="a")')
    assert found["told"]["x"].number == 16
    assert [list(each.index) for each in found["told"]["x"].rows] == [["data/facts.csv:4"]]
    assert found["outturn"]["x"].number == 3
    assert not found["naive"]["x"].known


def test_a_day_is_found_by_its_iso_text_and_years_lie_between_two():
    found = read(told='years_between("2024-01-01", cell("facts", "day", who="b"))')
    assert found["told"]["x"].number == pytest.approx(366 / 365.25)
    assert read(told='cell("facts", who="a", day="2025-01-01")')["told"]["x"].number == 3


def test_the_newest_row_is_that_of_the_latest_time_and_of_two_the_last_told():
    facts = (
        loaded()["facts"].rename(columns={"day": "date"}).assign(known_from=["2025", "2025", ""])
    )
    tables = {"facts": pd.concat([facts, facts[1:2].assign(value=4.0, known_from="2026")])}
    lookups = reading.Lookups(tables)
    assert lookups.newest("facts", who="a") == 4.0
    assert lookups.newest("facts", "date", who="b") == "2025-01-01"
    assert [len(rows) for rows in lookups.asked] == [1, 1]


def test_what_no_row_holds_is_unknown_and_what_is_wrong_is_named():
    assert read(told='cell("facts", who="c")')["told"] == {}
    with pytest.raises(InputError, match="x: told table facts has 2 rows"):
        read(told='cell("facts", who="a")')
    with pytest.raises(InputError, match='names table "others"'):
        read(told='cell("others", who="a")')


def test_numbers_take_the_place_of_expressions_and_carry_their_rows():
    table = pd.DataFrame([{"forecast": "x", **dict.fromkeys(reading.NUMBERS, "")}])
    found = read(told='cell("facts", who="b")')
    numbers = scoring.gathered(table, found)
    assert numbers["told"].to_list() == numbers["told_high"].to_list() == [8]
    assert scoring.number(numbers, found, "x", "told").number == 8
    assert not scoring.number(numbers, found, "x", "outturn").known
    rested = scoring.given(numbers, found, ["x"], 5)
    assert rested.number == 5 and len(rested.rows) == 2
    assert not scoring.given(numbers, found, ["y"], 5).known


# Standings


def test_where_a_forecast_stands_and_what_the_first_version_said():
    more = rows(("later", 1.0, 1.0, 0.5, 0.5), ("vague", *[float("nan")] * 4))
    more["due"] = pd.to_datetime(["2030-12-31", "2025-12-31"])
    more["reason"] = ["", "no measure"]
    table = pd.concat([FIVE, more], ignore_index=True)
    table["earlier"] = ["above", "none", "near", "none", "none", "open", "untold"]
    done = scoring.scored(table, DAY, 0.1)
    stands = standing.standing(table, done, DAY)
    assert stands.to_list() == ["scored"] * 5 + ["open", "unscored"]
    assert standing.calendar(table, stands)["forecast"].to_list() == ["later"]
    assert standing.reasons(table, stands).values.tolist() == [["no measure", 1]]
    own = standing.earlier(table, stands, done)
    assert own["now"].to_list() == ["above", "above", "open", "unscored"]
    assert own["stays"].to_list() == [True, False, True, True]


def test_a_verdict_whose_outcome_is_not_known_yet_is_left_out():
    table = FIVE.assign(earlier="near", outturn=float("nan"))
    done = scoring.scored(table, DAY, 0.1)
    assert standing.earlier(table, standing.standing(table, done, DAY), done).empty


# Plans


def guidance() -> pd.DataFrame:
    made = [
        ("Meta", 2025, 60_000.0, 65_000.0, "2025-01-29"),
        ("Meta", 2025, 70_000.0, 72_000.0, "2025-10-29"),
        ("Amazon", 2025, 100_000.0, 100_000.0, "2025-02-06"),
        ("Oracle", 2025, 16_000.0, 16_000.0, "2025-03-10"),
        ("Oracle", 2026, 25_000.0, 25_000.0, "2025-06-11"),
    ]
    table = pd.DataFrame(made, columns=["company", "for_year", "low", "high", "known_from"])
    days = pd.to_datetime(table["known_from"])
    return table.assign(known_from=days, period_type="calendar_year")


def accounts() -> list[pd.DataFrame]:
    made = [
        ("Meta", "capex_with_finance_leases", "2025", 72_000.0),
        ("Amazon", "operating_cash_flow", "2025", 140_000.0),
        ("Amazon", "free_cash_flow", "2025", 10_000.0),
        ("Oracle", "operating_cash_flow", "FY2025", 21_000.0),
        ("Oracle", "free_cash_flow", "FY2025", 0.0),
        ("Oracle", "operating_cash_flow", "FY2026", 32_000.0),
        ("Oracle", "free_cash_flow", "FY2026", -18_000.0),
    ]
    return [pd.DataFrame(made, columns=["company", "metric", "period", "value"])]


def who(plans: pd.DataFrame) -> list[tuple[str, int]]:
    """Whose plans they are, and for which years."""
    return list(zip(plans["company"], plans["year"], strict=True))


def test_plans_by_day_beside_what_was_spent_as_the_firm_counts():
    fan = plans.fan(guidance(), accounts(), 2025)
    assert fan["company"].to_list() == ["Amazon", "Meta", "Meta"]
    assert fan["error"].to_list() == pytest.approx([0.3, 7 / 65, 0])
    assert plans.first(fan)["low"].to_list() == [100, 60]
    assert plans.last(fan)["low"].to_list() == [100, 70]
    assert plans.fan(guidance(), accounts(), 2024).empty
    assert [len(each) for each in plans.rows_of(guidance(), accounts(), 2025, ["Meta"])] == [2, 1]


def test_a_floor_that_was_told_is_met_by_any_sum_above_it():
    floors = guidance().assign(high=guidance()["high"].mask(guidance()["for_year"] == 2026))
    assert plans.fan(floors, accounts(), 2026, ["Oracle"])["error"].to_list() == [0]
    floors["low"] *= 4
    assert plans.fan(floors, accounts(), 2026, ["Oracle"])["error"].to_list() == [-0.5]


def test_first_plans_of_every_year():
    again = accounts()[0].replace({"2025": "2024", "FY2025": "FY2024", "FY2026": "FY2025"})
    thrifty = again.assign(value=[30_000.0, 70_000.0, 10_000.0, 9e3, 0.0, 9e3, 0.0])
    early = guidance()["known_from"] - pd.DateOffset(years=1)
    earlier = guidance().assign(for_year=guidance()["for_year"] - 1, known_from=early)
    both = [pd.concat([*accounts(), thrifty], ignore_index=True)]
    found = plans.firsts(pd.concat([earlier, guidance()]), both)
    named = [("Oracle", 2026), ("Amazon", 2025), ("Meta", 2025), ("Oracle", 2025)]
    assert who(found) == [*named, ("Amazon", 2024), ("Meta", 2024)]
    assert plans.year_below(found, "Meta", 0.1) == 2024
    assert plans.year_below(found, "Nobody", 0.1) == 0
    assert plans.firsts(guidance().iloc[:0], accounts()).empty


def test_a_plan_told_when_half_of_its_year_is_over_is_no_first_plan():
    found = plans.firsts(guidance(), accounts())
    assert who(found) == [("Oracle", 2026), ("Amazon", 2025), ("Meta", 2025)]
    said = guidance().assign(known_from=pd.Timestamp("2025-07-02"))
    assert who(plans.firsts(said, accounts())) == [("Oracle", 2026)]


def test_the_last_year_of_plans_is_one_that_all_have_spent():
    assert plans.last_year(guidance(), accounts()) == 0, "two firms have no plan"
    names = {"Alphabet": "capex", "CoreWeave": "capital_expenditure"}
    more = [guidance()[:1].assign(company=name) for name in names]
    spent = pd.DataFrame(
        [(name, metric, "2025", 1.0) for name, metric in names.items()],
        columns=["company", "metric", "period", "value"],
    )
    assert plans.last_year(pd.concat([guidance(), *more]), [*accounts(), spent]) == 2025


def test_the_ends_of_months_up_to_the_day_of_a_run():
    assert plans.days("2024-02-10", DAY) == ["2023-12-31", "2024-01-31", "2024-02-10"]
    assert plans.days("", pd.Timestamp("2024-01-15")) == ["2023-12-31", "2024-01-15"]
    twice = plans.every([guidance()[:2], guidance()])
    assert len(twice) == len(guidance())


# Texts


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (376.05, "USD billion", "$376 bn"),
        (73.616, "USD billion per year", "$73.6 bn"),
        (50, "USD billion", "$50 bn"),
        (71.1, "percent", "71.1%"),
        (1.0, "billion people", "1 bn people"),
        (0.385, "years", "4.6 months"),
        (2000, "TOPS", "2,000 TOPS"),
    ],
)
def test_a_number_is_said_with_its_unit(number, unit, text):
    assert printed.spoken(number, unit) == text


def test_a_range_and_a_lower_bound_are_said():
    made = scored().assign(unit="USD billion", least=[True, False, False, False, False])
    said = printed.with_texts(made)
    assert said["said_told"]["range"] == "$60 bn to $65 bn"
    assert said["said_came"]["high"] == "at least $150 bn"
