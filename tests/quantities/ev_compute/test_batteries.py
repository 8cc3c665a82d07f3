"""Battery prices: one series of one vintage at a time; rates by year and by volume."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.ev_compute import batteries


def rows(*cells: tuple) -> pd.DataFrame:
    columns = "metric product series vintage period value unit"
    return pd.DataFrame(cells, columns=columns.split()).rename(index="prices:{}".format)


PRICES = rows(
    ("price", "pack", "Survey", "2023", "2010", 1200.0, "USD per kWh"),
    ("price", "pack", "Survey", "2023", "2023", 400.0, "USD per kWh"),
    ("price", "pack", "Survey", "2025", "2010", 1600.0, "USD per kWh"),
    ("price", "pack", "Survey", "2025", "2025", 300.0, "USD per kWh"),
    ("price", "cell", "Series", "2025", "2010", 800.0, "USD per kWh"),
    ("price", "cell", "Series", "2025", "2011", 400.0, "USD per kWh"),
    ("price", "cell", "Series", "2025", "2012", 200.0, "USD per kWh"),
)
VOLUME = pd.DataFrame(
    [
        ("IEA", "2025", "demand", "electric cars", "2010", 1.0),
        ("IEA", "2025", "demand", "electric cars", "2011", 1.0),
        ("IEA", "2025", "demand", "electric buses", "2012", 2.0),
        ("IEA", "2024", "demand", "electric cars", "2012", 9.0),
        ("IEA", "2025", "demand", "electric vehicles", "2012", 50.0),
        ("Other", "2025", "demand", "electric cars", "2012", 70.0),
    ],
    columns=["publisher", "vintage", "metric", "coverage", "period", "value"],
).rename(index="volume:{}".format)
CELLS = batteries.prices(PRICES, "cell", "Series")


def test_the_newest_vintage_counts_and_no_other_is_mixed_in():
    newest = batteries.prices(PRICES, "pack", "Survey")
    assert newest["year"].tolist() == [2010, 2025] and set(newest["vintage"]) == {"2025"}
    assert batteries.price(newest, 2010).number == 1600
    assert batteries.last_price(newest).number == 300
    assert batteries.prices(PRICES, "pack", "Survey", "2023")["value"].tolist() == [1200, 400]
    assert batteries.prices(PRICES, "pack", "Nobody").empty


def test_a_steady_halving_has_one_rate():
    low, high = batteries.falls_a_year(CELLS)
    assert low.number == pytest.approx(0.5) and high.number == pytest.approx(0.5)
    assert batteries.trend(CELLS)["value"].tolist() == pytest.approx([800, 400, 200])
    assert batteries.trend(CELLS.iloc[:0]).empty


def test_two_paces_are_told_apart_by_the_interval_of_their_ratio():
    years, wobble = range(2000, 2011), [1.02, 0.98, 1.01] * 4
    prices = [1000 * 0.9 ** (year - 2000) * off for year, off in zip(years, wobble, strict=False)]
    alike = pd.DataFrame({"year": years, "value": prices}).rename(index="prices:{}".format)
    low, high = batteries.paces_apart(alike, 2000, 2005)
    assert low.number < 1 < high.number
    bent = alike.assign(value=[*prices[:6], *(prices[5] * 0.5**step for step in range(1, 6))])
    low, high = batteries.paces_apart(bent, 2000, 2005)
    assert 1 < low.number < 0.9 / 0.5 < high.number


def test_the_ends_of_a_fall_stand_in_order_and_need_three_years():
    bent = CELLS.assign(value=[800.0, 500.0, 200.0])
    low, high = batteries.falls_a_year(bent)
    assert low.number < 0.5 < high.number
    assert not batteries.falls_a_year(CELLS, 2011, 2012)[0].known


def test_marks_leave_out_what_is_unknown():
    marks = batteries.price_marks({1997.5: (Given(3000), Given(4000)), 2002: (Given(), Given())})
    assert marks["label"].tolist() == ["3,000\N{EN DASH}4,000"]
    assert batteries.span(Given(244), Given(244)) == "244"


def test_kinds_of_one_release_are_added_and_totals_are_not():
    kept = batteries.volume_rows(VOLUME)
    assert kept["value"].tolist() == [1, 1, 2]
    made = batteries.made(kept)
    assert made["cumulative"].tolist() == [1, 2, 4]
    assert batteries.made(kept, 3.0)["cumulative"].tolist() == [4, 8, 13]
    assert batteries.made(kept, np.nan).empty


def test_a_price_that_halves_with_each_doubling_has_learned_a_half():
    pairs = batteries.pairs(batteries.made(batteries.volume_rows(VOLUME)), CELLS)
    rate, low, high = batteries.learned(pairs, [CELLS], Given(0.0))
    assert rate.number == pytest.approx(0.5)
    assert low.number == pytest.approx(0.5) and high.number == pytest.approx(0.5)
    curve = batteries.curve(pairs, "cars")
    assert curve["fitted"].tolist() == pytest.approx([800, 400, 200])
    assert set(curve["name"]) == {"cars"}


def test_the_ends_of_learning_stand_in_order():
    pairs = pd.DataFrame({"cumulative": [1.0, 2.0, 4.0], "value": [800.0, 500.0, 200.0]})
    rate, low, high = batteries.learned(pairs, [CELLS], Given(0.0))
    assert low.number < rate.number < high.number
    assert not batteries.learned(pairs.iloc[:0], [CELLS], Given())[0].known


def test_prices_of_all_surveys_stand_in_dollars_of_the_newest():
    index = [("consumer_price_index", "2023", 100.0), ("consumer_price_index", "2025", 125.0)]
    facts = pd.DataFrame(index, columns=["quantity", "date", "value"])
    found = batteries.in_newest_dollars(PRICES, "pack", "Survey", facts)
    assert found["year"].tolist() == [2010, 2010, 2023, 2025]
    assert found["value"].tolist() == [1500.0, 1600.0, 500.0, 300.0]
    assert found["kind"].tolist() == ["older", "newest", "older", "newest"]
    unknown = batteries.in_newest_dollars(PRICES, "pack", "Survey", facts.iloc[:1])
    assert set(unknown["kind"]) == {"newest"}  # what cannot be moved is left out
    assert batteries.in_newest_dollars(PRICES, "pack", "Nobody", facts).empty


def test_a_price_of_one_year_stands_in_dollars_of_a_later_one():
    price = rows(("price_forecast", "pack", "Survey", "2023", "2030", 80.0, "USD per kWh"))
    index = pd.DataFrame({"date": ["2023", "2025"], "value": [100.0, 125.0], "unit": "1982 = 100"})
    price = price.assign(price_year=2023)
    assert batteries.in_later_dollars(price, Given(2025.0), index).number == pytest.approx(100)
    assert not batteries.in_later_dollars(price, Given(2026.0), index).known
    assert not batteries.in_later_dollars(price.iloc[:0], Given(2025.0), index).known


def test_what_is_expected_of_a_price_has_two_ends_or_none():
    ends = batteries.expected(Given(108.0), Given(2025.0), Given(80.0), Given(2030.0))
    assert ends["label"].tolist() == ["$108", "$80"] and ends["year"].tolist() == [2025, 2030]
    assert batteries.expected(Given(108.0), Given(2025.0), Given(), Given(2030.0)).empty
