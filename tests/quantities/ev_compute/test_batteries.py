"""Battery prices: one series of one vintage at a time, gaps left open, rates from logarithms."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.ev_compute import batteries


def rows(*cells: tuple) -> pd.DataFrame:
    columns = "metric product series vintage period value unit confidence"
    return pd.DataFrame(cells, columns=columns.split()).rename(index="prices:{}".format)


PRICES = rows(
    ("price", "pack", "Survey", "2023", "2013", 800.0, "USD per kWh", "recalled"),
    ("price", "pack", "Survey", "2023", "2014", 400.0, "USD per kWh", "verified"),
    ("price", "pack", "Survey", "2025", "2010", 1600.0, "USD per kWh", "verified"),
    ("price", "pack", "Survey", "2025", "2014", 500.0, "USD per kWh", "verified"),
    ("price", "pack", "Survey", "2025", "2012", 900.0, "USD per kWh", "verified"),
    ("price", "cell", "Survey", "2025", "2014", 300.0, "USD per kWh", "verified"),
    ("price_decline", "cell", "Study", "2021", "1992-2016", 13.0, "percent per year", "verified"),
)


def test_the_newest_vintage_counts_and_no_other_is_mixed_in():
    newest = batteries.prices(PRICES, "pack", "Survey")
    assert newest["year"].tolist() == [2010, 2012, 2014]
    assert set(newest["vintage"]) == {"2025"} and set(newest["product"]) == {"pack"}
    assert batteries.prices(PRICES, "pack", "Survey", "2023")["value"].tolist() == [800, 400]


def test_a_price_of_a_year_is_of_that_series():
    newest = batteries.prices(PRICES, "pack", "Survey")
    assert batteries.price(newest, 2012).number == 900
    assert not batteries.price(newest, 2013).known
    assert batteries.last_price(newest).number == 500


def test_a_price_that_halves_every_year_falls_by_half():
    older = batteries.prices(PRICES, "pack", "Survey", "2023")
    assert batteries.fall_a_year(older).number == pytest.approx(0.5)
    assert batteries.trend(older)["value"].tolist() == pytest.approx([800, 400])


def test_prices_that_halve_steadily_lie_on_a_line_and_a_dent_leaves_it():
    steady = pd.DataFrame({"year": [2010, 2011, 2012], "value": [400.0, 200.0, 100.0]})
    assert batteries.straightness(steady).number == pytest.approx(1)
    dented = steady.assign(value=[400.0, 100.0, 300.0])
    assert 0 < batteries.straightness(dented).number < 0.9
    assert not batteries.straightness(steady.iloc[:1]).known


def test_the_first_rise_after_a_year_is_found():
    prices = pd.DataFrame(
        {"year": [2010, 2011, 2012, 2013, 2014], "value": [4.0, 5.0, 3.0, 2.0, 6.0]}
    )
    assert batteries.first_rise(prices, 2010).number == 2011
    assert batteries.first_rise(prices, 2011).number == 2014  # not 2011, which has none before
    assert not batteries.first_rise(prices.iloc[2:4], 2010).known
    assert not batteries.first_rise(prices, np.nan).known


def test_a_splice_of_two_vintages_would_fall_less():
    """The tempting mistake: the first price of one survey over the last of another."""
    spliced = 1 - (500 / 800) ** (1 / 1)
    within = batteries.fall_a_year(batteries.prices(PRICES, "pack", "Survey", "2023")).number
    assert spliced == pytest.approx(0.375) and within == pytest.approx(0.5)


def test_restatements_of_a_year_stand_in_order():
    assert batteries.restated(PRICES, "pack", "Survey", 2014)["value"].tolist() == [400, 500]


def test_a_missing_year_breaks_the_line_of_its_survey():
    shown = batteries.surveys(PRICES, "pack", "Survey")
    newest = shown[shown["vintage"] == "survey of 2025"]
    assert newest["year"].tolist() == [2010, 2011, 2012, 2013, 2014]
    assert newest["value"].isna().tolist() == [False, True, False, True, False]
    assert shown["recalled"].sum() == 1


@pytest.mark.parametrize("period", ["1992-2016", "1992/2016"])
def test_years_spanned_are_differences(period):
    study = PRICES[PRICES["metric"] == "price_decline"].assign(period=period)
    assert batteries.years_spanned(study).number == 24
    assert not batteries.years_spanned(study.iloc[:0]).known


def test_marks_and_bills_leave_out_what_is_unknown():
    marks = batteries.price_marks({1997.5: (Given(3000), Given(4000)), 2002: (Given(), Given())})
    assert marks["label"].tolist() == ["3,000\N{EN DASH}4,000"]
    assert batteries.price_marks({2002: (Given(1000), Given(1000))})["label"].tolist() == ["1,000"]
    cases = {
        "known": (Given(2.0), Given(1.0), "computed"),
        "half known": (Given(2.0), Given(), "computed"),
    }
    bills = batteries.bills(cases)
    assert bills.to_dict("records") == [
        {"case": "known", "low": 1.0, "high": 2.0, "kind": "computed"}
    ]


def test_everything_takes_tables_without_rows():
    none = batteries.prices(PRICES.iloc[:0], "pack", "Survey")
    assert none.empty and batteries.trend(none).empty
    assert np.isnan(batteries.fall_a_year(none).number)
    assert not batteries.last_price(none).known and not batteries.price(none, 2010).known
    assert batteries.surveys(PRICES.iloc[:0], "pack", "Survey").empty
    assert batteries.restated(PRICES.iloc[:0], "pack", "Survey", 2010).empty
    assert batteries.price_marks({}).empty and batteries.bills({}).empty
