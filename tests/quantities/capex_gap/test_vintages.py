"""Vintages and their charges: closed forms, and the mistakes that are easy to make."""

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


exact = settings(derandomize=True, deadline=None, database=None, max_examples=50)


money = st.floats(0.1, 1000)


conventions = st.sampled_from(["purchase", "next"])


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_an_error_in_a_table_names_the_row():
    column = pd.Series([0.5, 1.5], index=["data/x.csv:2", "data/x.csv:3"])
    with pytest.raises(ValueError, match="share is 1.5 in row data/x.csv:3; it must lie in"):
        bounds.within("share", column, bounds.MARGIN)


def test_five_year_charge_on_the_capex_of_2024():
    charges = vintages.depreciation(CAPEX_2024, 5, "next")
    assert list(charges) == ["company", "vintage", "year", "charge"]
    first = charges[charges["year"] == 2025].set_index("company")["charge"]
    assert first["Microsoft"] == close(15.12)
    assert first.to_dict() == close(
        {"Microsoft": 15.12, "Amazon": 15.54, "Alphabet": 10.5, "Meta": 7.46}
    )
    assert CAPEX_2024["capex"].sum() == close(243.1)
    assert first.sum() == close(48.62)


@pytest.mark.parametrize(("first", "years"), [("purchase", (2024, 2028)), ("next", (2025, 2029))])
def test_the_first_charge_is_in_the_year_that_was_asked_for(first, years):
    charges = vintages.depreciation(CAPEX_2024, 5, first)
    assert (charges["year"].min(), charges["year"].max()) == years
    assert (2024 in set(charges["year"])) == (first == "purchase")


def test_vintages_overlap():
    microsoft = pd.DataFrame(
        {"company": "Microsoft", "year": [2023, 2024], "capex": [75.6 / 1.83, 75.6]}
    )
    charges = vintages.depreciation(microsoft, 5, "next")
    in_2025 = charges.loc[charges["year"] == 2025, "charge"]
    assert in_2025.max() == close(15.12)  # the tempting mistake: the last vintage alone
    assert in_2025.sum() == close(15.12 + 15.12 / 1.83)


@exact
@given(st.lists(money, min_size=1, max_size=4), st.floats(0.5, 20), conventions)
def test_the_charges_of_a_vintage_sum_to_its_capex(amounts, life, first):
    spent = pd.DataFrame(
        {"company": "any", "year": np.arange(2020, 2020 + len(amounts)), "capex": amounts}
    )
    charges = vintages.depreciation(spent, life, first)
    assert charges.groupby("vintage")["charge"].sum().tolist() == close(amounts)


def test_a_life_between_whole_years_ends_with_a_part():
    charges = vintages.depreciation(CAPEX_2024.head(1), 2.5, "purchase")["charge"]
    assert charges.tolist() == close([75.6 * 0.4, 75.6 * 0.4, 75.6 * 0.2])
    assert vintages.charge_share(-1, 5) == 0


def test_extra_columns_and_nullable_years_do_no_harm():
    spent = CAPEX_2024.astype({"year": "Int64"}).assign(source="caijing2025", charge=1.0)
    expected = vintages.depreciation(CAPEX_2024, 5, "next")
    pd.testing.assert_frame_equal(vintages.depreciation(spent, 5, "next"), expected)


def test_depreciation_refuses_what_it_cannot_use():
    with pytest.raises(ValueError, match="useful_life is 0"):
        vintages.depreciation(CAPEX_2024, 0, "next")
    twice = pd.concat([CAPEX_2024, CAPEX_2024.head(1)])
    with pytest.raises(ValueError, match="more than one row for company Microsoft, year 2024"):
        vintages.depreciation(twice, 5, "next")
    with pytest.raises(ValueError, match='first_charge is "later"'):
        vintages.depreciation(CAPEX_2024, 5, "later")
