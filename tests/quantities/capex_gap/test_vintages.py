"""Vintages, charges and values: closed forms, and the mistakes that are easy to make."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from computecycle.quantities import bounds
from computecycle.quantities.capex_gap import vintages

CAPEX_2024 = pd.DataFrame(
    {
        "company": ["Microsoft", "Amazon", "Alphabet", "Meta"],
        "year": 2024,
        "capex": [75.6, 77.7, 52.5, 37.3],
    }
)


ONE_CLASS = pd.DataFrame({"asset_class": ["all"], "share": [1.0], "useful_life": [5]})


TWO_CLASSES = pd.DataFrame(
    {
        "asset_class": ["servers", "shells"],
        "share": [0.4, 0.6],
        "useful_life": [5, 15],
    }
)


exact = settings(derandomize=True, deadline=None, database=None, max_examples=50)


shares = st.floats(0, 1)


lives = st.integers(1, 20)


money = st.floats(0.1, 1000)


conventions = st.sampled_from(["purchase", "next"])


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_an_error_in_a_table_names_the_row():
    column = pd.Series([0.5, 1.5], index=["data/x.csv:2", "data/x.csv:3"])
    with pytest.raises(ValueError, match="share is 1.5 in row data/x.csv:3; it must lie in"):
        bounds.within("share", column, bounds.MARGIN)


def bought(years, required):
    return pd.DataFrame({"year": years, "required": required})


@exact
@given(money, lives, conventions, st.integers(0, 10))
def test_in_a_steady_state_the_yearly_need_is_the_lifetime_revenue(required, life, first, more):
    years = np.arange(2000, 2000 + life + 1 + more)
    need = vintages.vintage_need(bought(years, required), life, first)
    delay = 1 if first == "next" else 0
    assert need["year"].tolist() == years.tolist()
    assert need["need"].to_numpy()[life - 1 + delay :] == close(required)


def test_in_a_ramp_the_yearly_need_is_below_the_lifetime_revenue():
    ramp = bought([2023, 2024], [200, 600])
    need = vintages.vintage_need(ramp, 5, "purchase").set_index("year")["need"]
    assert need.tolist() == close([40, 160])
    assert need[2024] != 600  # the tempting mistake: a lifetime against a year


def test_vintages_that_earn_from_the_next_year():
    need = vintages.vintage_need(bought([2023, 2024, 2025], [200, 600, 0]), 5, "next")
    assert need["need"].tolist() == close([0, 40, 160])


def test_a_vintage_stops_after_its_life_and_years_without_purchases_count():
    need = vintages.vintage_need(bought([2020, 2024], [100, 300]), 2, "purchase")
    assert need["year"].tolist() == [2020, 2021, 2022, 2023, 2024]
    assert need["need"].tolist() == close([50, 50, 0, 0, 150])


def test_a_life_between_whole_years():
    assert vintages.charge_share(np.arange(-1, 4), 2.5).tolist() == close([0, 0.4, 0.4, 0.2, 0])


@pytest.mark.parametrize("life", [0, -3])
def test_a_life_must_be_positive(life):
    with pytest.raises(ValueError, match=f"useful_life is {life}; it must lie in"):
        vintages.vintage_need(bought([2024], [600]), life, "purchase")


def test_vintages_refuse_what_they_cannot_use():
    with pytest.raises(ValueError, match='first_charge is "later"; it must be "purchase" or'):
        vintages.vintage_need(bought([2024], [600]), 5, "later")
    with pytest.raises(ValueError, match="more than one row for year 2024"):
        vintages.vintage_need(bought([2024, 2024], [600, 1]), 5, "next")
    with pytest.raises(ValueError, match=r"purchases has no column \['required'\]"):
        vintages.vintage_need(pd.DataFrame({"year": [2024]}), 5, "next")
    with pytest.raises(ValueError, match="purchases has no rows"):
        vintages.vintage_need(bought([], []), 5, "next")


def test_five_year_charge_on_the_capex_of_2024():
    charges = vintages.depreciation(CAPEX_2024, ONE_CLASS, "next")
    assert list(charges) == ["company", "vintage", "year", "asset_class", "charge"]
    first = charges[charges["year"] == 2025].set_index("company")["charge"]
    assert first["Microsoft"] == close(15.12)
    assert first.to_dict() == close(
        {"Microsoft": 15.12, "Amazon": 15.54, "Alphabet": 10.5, "Meta": 7.46}
    )
    assert CAPEX_2024["capex"].sum() == close(243.1)
    assert first.sum() == close(48.62)


@pytest.mark.parametrize(("first", "years"), [("purchase", (2024, 2028)), ("next", (2025, 2029))])
def test_the_first_charge_is_in_the_year_that_was_asked_for(first, years):
    charges = vintages.depreciation(CAPEX_2024, ONE_CLASS, first)
    assert (charges["year"].min(), charges["year"].max()) == years
    assert (2024 in set(charges["year"])) == (first == "purchase")


def test_vintages_overlap():
    microsoft = pd.DataFrame(
        {"company": "Microsoft", "year": [2023, 2024], "capex": [75.6 / 1.83, 75.6]}
    )
    charges = vintages.depreciation(microsoft, ONE_CLASS, "next")
    in_2025 = charges.loc[charges["year"] == 2025, "charge"]
    assert in_2025.max() == close(15.12)  # the tempting mistake: the last vintage alone
    assert in_2025.sum() == close(15.12 + 15.12 / 1.83)


def test_asset_classes_have_their_own_lives():
    charges = vintages.depreciation(CAPEX_2024.head(1), TWO_CLASSES, "purchase")
    by_class = charges.groupby("asset_class")["charge"].agg(["first", "size", "sum"])
    assert by_class.loc["servers"].tolist() == close([75.6 * 0.4 / 5, 5, 75.6 * 0.4])
    assert by_class.loc["shells"].tolist() == close([75.6 * 0.6 / 15, 15, 75.6 * 0.6])


def test_charges_stop_at_the_last_year():
    charges = vintages.depreciation(CAPEX_2024, TWO_CLASSES, "next", last_year=2026)
    assert charges["year"].max() == 2026
    assert len(charges) == 4 * 2 * 2


@exact
@given(st.lists(money, min_size=1, max_size=4), shares, st.floats(0.5, 20), lives, conventions)
def test_the_charges_of_a_vintage_sum_to_its_capex(amounts, short, life, long_life, first):
    spent = pd.DataFrame(
        {"company": "any", "year": np.arange(2020, 2020 + len(amounts)), "capex": amounts}
    )
    classes = pd.DataFrame(
        {
            "asset_class": ["short", "long"],
            "share": [short, 1 - short],
            "useful_life": [life, long_life],
        }
    )
    charges = vintages.depreciation(spent, classes, first)
    assert charges.groupby("vintage")["charge"].sum().tolist() == close(amounts)


def test_extra_columns_and_nullable_years_do_no_harm():
    spent = CAPEX_2024.astype({"year": "Int64"}).assign(source="caijing2025", charge=1.0)
    classes = ONE_CLASS.assign(source="x", year=1)
    expected = vintages.depreciation(CAPEX_2024, ONE_CLASS, "next")
    pd.testing.assert_frame_equal(vintages.depreciation(spent, classes, "next"), expected)
    need = vintages.vintage_need(spent.iloc[:1].assign(required=5.0), 5, "purchase")
    assert need["need"].tolist() == close([1])


def test_depreciation_refuses_what_it_cannot_use():
    with pytest.raises(ValueError, match="shares in classes sum to 0.9; they must sum to 1"):
        vintages.depreciation(CAPEX_2024, TWO_CLASSES.assign(share=[0.4, 0.5]), "next")
    with pytest.raises(ValueError, match="useful_life is 0 in row 1"):
        vintages.depreciation(CAPEX_2024, TWO_CLASSES.assign(useful_life=[5, 0]), "next")
    twice = pd.concat([CAPEX_2024, CAPEX_2024.head(1)])
    with pytest.raises(ValueError, match="more than one row for company Microsoft, year 2024"):
        vintages.depreciation(twice, ONE_CLASS, "next")


@exact
@given(st.integers(1, 20), st.data())
def test_book_value_and_the_charges_so_far_make_the_price(life, data):
    age = data.draw(st.integers(0, 25))
    charged = vintages.charge_share(np.arange(age), life).sum()
    assert vintages.book_value(age, life) + charged == close(1)


@pytest.mark.parametrize(("age", "years", "share"), [(0, 2, 1), (2, 2, 0.5), (4, 1, 1 / 16)])
def test_economic_value_halves_every_doubling(age, years, share):
    assert vintages.economic_value(age, years) == close(share)


@pytest.mark.parametrize(("life", "years"), [(5, 1), (5, 2), (5, 3), (2.5, 0.5)])
def test_the_books_cross_the_value_once(life, years):
    age = vintages.crossing(life, years)
    assert vintages.book_value(age, life) == pytest.approx(vintages.economic_value(age, years))
    for other, sign in ((age * 0.9, 1), (min(age * 1.05, life), -1)):
        excess = vintages.book_value(other, life) - vintages.economic_value(other, years)
        assert excess * sign > 0


def test_books_that_fall_short_from_the_first_day_cross_nothing():
    assert np.isnan(vintages.crossing(5, 4))  # the books lose 20% in the first year, the chip 16%


def test_value_curves_are_tidy():
    table = vintages.value_curves(5, [1, 2], [0, 2, 5])
    assert list(table) == ["age", "curve", "share"]
    curves = {name: rows["share"].tolist() for name, rows in table.groupby("curve", sort=False)}
    assert curves == {
        "book, 5 years": close([1, 0.6, 0]),
        "economic, doubling every year": close([1, 0.25, 1 / 32]),
        "economic, doubling every 2 years": close([1, 0.5, 0.5**2.5]),
    }


def test_an_interval_of_ages_is_a_row_where_both_ends_are_known():
    assert vintages.span(3, 4).to_dict("list") == {"low": [3], "high": [4]}
    assert vintages.span(3, np.nan).empty
