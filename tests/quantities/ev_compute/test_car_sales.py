"""Shares and makers: one vintage in a fit, calendar years, quarters that are missing."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.ev_compute import car_sales

YEARS = range(2010, 2024)


def shares_of(curve, scope: str, years, region: str = "World") -> pd.DataFrame:
    cells = [
        (region, "region", "share", "BEV and PHEV", str(year), "calendar_year",
         pd.Timestamp(year, 12, 31), scope, 100 * curve(year), "percent", "verified")
        for year in years
    ]  # fmt: skip
    columns = (
        "entity entity_type metric powertrain period period_type period_end scope value unit "
        "confidence"
    )
    return pd.DataFrame(cells, columns=columns.split()).rename(index=f"{scope}:{{}}".format)


def logistic(year: float, midpoint: float = 2026.2, steepness: float = 0.45) -> float:
    return 1 / (1 + np.exp(-steepness * (year - midpoint)))


TOLD = shares_of(logistic, "vintage 2024", YEARS)
LATER = shares_of(lambda year: 0.25, "vintage 2026", [2024, 2025])
SHARES = car_sales.shares(pd.concat([TOLD, LATER]))


def maker(who: str, power: str, period: str, value: float, confidence: str = "verified") -> tuple:
    kind = "quarter" if "Q" in period else "calendar_year"
    end = pd.Period(period, freq="Q" if "Q" in period else "Y").end_time.normalize()
    scope = "any"
    return (who, "maker", "sales", power, period, kind, end, scope, value, "vehicles", confidence)


MAKERS = pd.DataFrame(
    [
        maker("BYD", "BEV and PHEV", "2022", 1000e3),
        maker("BYD", "BEV and PHEV", "2022Q2", 200e3),
        maker("BYD", "BEV and PHEV", "2022Q3", 300e3),
        maker("BYD", "BEV and PHEV", "2022Q4", 400e3, "recalled"),
        maker("Tesla", "BEV", "2022Q1", 310e3),
        maker("Tesla", "BEV", "2022Q3", 340e3),
        maker("BYD", "BEV", "2022Q1", 140e3),
        maker("BYD", "BEV", "2022Q3", 260e3, "recalled"),
    ],
    columns=list(TOLD),
).rename(index="makers:{}".format)


def test_the_s_curve_is_found_again_and_half_is_a_full_year():
    rows = car_sales.one_vintage(SHARES, "World")
    curve = car_sales.s_curve(rows, 1.0)
    assert curve.midpoint == pytest.approx(2026.2)
    assert car_sales.full_year(rows, 0.5, 1.0).number == 2027
    assert car_sales.expected(rows, 2025, 1.0).number == pytest.approx(logistic(2025))


def test_a_vintage_is_joined_only_by_name():
    assert car_sales.one_vintage(SHARES, "World")["scope"].unique().tolist() == ["vintage 2024"]
    joined = car_sales.one_vintage(SHARES, "World", joined=True)
    assert joined["year"].tolist() == list(range(2010, 2026))
    assert car_sales.full_year(joined, 0.5, 1.0).number > 2027


def test_what_came_later_is_no_part_of_the_fit():
    assert car_sales.later(SHARES, "World")["year"].tolist() == [2025]
    assert car_sales.later(car_sales.shares(TOLD), "World").empty
    assert car_sales.later(SHARES, "China").empty


def test_a_ceiling_below_the_shares_or_the_share_asked_makes_no_year():
    rows = car_sales.one_vintage(SHARES, "World")
    assert not car_sales.full_year(rows, 0.5, 0.1).known
    assert not car_sales.full_year(rows, 0.5, 0.5).known
    assert car_sales.full_year(rows, 0.5, 0.8).number >= 2027


def test_lines_hold_each_vintage_and_one_curve():
    lines = car_sales.share_lines(SHARES, ["World", "China"], 1.0, False, 2030)
    assert set(lines["kind"]) == {"vintage 2024", "vintage 2026", "fitted"}
    fitted = lines[lines["kind"] == "fitted"]
    assert fitted["year"].iloc[[0, -1]].tolist() == [2010, 2030]
    assert (lines["region"] == "World").all()


def test_cars_before_the_table_are_their_shares_of_its_first_year():
    sold = TOLD.iloc[-2:].assign(metric="sales", value=[2e6, 3e6], unit="vehicles")
    sales = pd.concat([shares_of(lambda year: 0.01, "vintage 2024", YEARS), sold])
    assert car_sales.cars(sales)["cars"].tolist() == [2, 3]
    every = 2 / 0.01  # million cars of every kind in the first year with a number
    assert car_sales.cars_before(sales).number == pytest.approx(12 * 0.01 * every)
    assert not car_sales.cars_before(TOLD).known


def test_cars_before_the_table_rest_on_the_shares_and_on_the_cars_of_its_first_year():
    sold = TOLD.iloc[-2:].assign(metric="sales", value=[2e6, 3e6], unit="vehicles")
    sales = pd.concat([shares_of(lambda year: 0.01, "vintage 2024", YEARS), sold])
    rows = pd.concat(car_sales.cars_before(sales).rows)
    assert rows[rows["metric"] == "sales"]["value"].tolist() == [2e6]


def test_a_missing_quarter_is_the_year_less_the_others():
    table = car_sales.makers(MAKERS).set_index(["line", "quarter"])
    first = table.loc[("BYD, with hybrids", pd.Timestamp("2022-03-31"))]
    assert (first["cars"], first["how"]) == (100, "computed")
    assert car_sales.sold(MAKERS, "BYD", "BEV and PHEV", "2022Q1").number == 100
    assert car_sales.sold(MAKERS, "BYD", "BEV and PHEV", "2022Q3").number == 300


def test_a_quarter_that_cannot_be_computed_breaks_the_line():
    table = car_sales.makers(MAKERS)
    tesla = table[table["line"] == "Tesla, battery cars"]
    assert tesla["how"].tolist() == ["read", "none", "read"]
    assert np.isnan(tesla["cars"].iloc[1])
    assert not car_sales.sold(MAKERS, "Tesla", "BEV", "2022Q2").known


def test_the_last_quarter_read_is_one_that_neither_recalls():
    assert car_sales.last_read(MAKERS, "BEV", "Tesla", "BYD") == "2022Q1"
    assert car_sales.last_read(MAKERS.iloc[:0], "BEV", "Tesla", "BYD") == ""
    assert car_sales.quarter_end("2022Q1") == pd.Timestamp("2022-03-31")
    assert pd.isna(car_sales.quarter_end(""))


def test_told_shares_leave_out_what_is_unknown():
    told = car_sales.told_shares("China", "yearbook", {2023: Given(0.314), 2024: Given()})
    assert told["share"].tolist() == [0.314]


def test_everything_takes_tables_without_rows():
    none = car_sales.shares(TOLD.iloc[:0])
    assert car_sales.one_vintage(none, "World").empty and car_sales.later(none, "World").empty
    assert not car_sales.full_year(none, 0.5, 1.0).known
    assert not car_sales.expected(none, 2025, 1.0).known
    assert car_sales.share_lines(none, ["World"], 1.0, True, 2030).empty
    assert car_sales.cars(MAKERS.iloc[:0]).empty and not car_sales.cars_before(TOLD.iloc[:0]).known
    assert car_sales.makers(MAKERS.iloc[:0]).empty
    assert not car_sales.sold(MAKERS.iloc[:0], "BYD", "BEV", "2022Q1").known
