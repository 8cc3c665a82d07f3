"""Shares of one release and their S-curves; makers by year, a lead that lasts."""

import numpy as np
import pandas as pd
import pytest

from computecycle.quantities import growth
from computecycle.quantities.ev_compute import car_sales


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split()).rename(index="rows:{}".format)


CURVE = growth.Logistic(1.0, 2025.0, 1.0)
FITTED = {year: 100 * CURVE.predict(float(year)) for year in range(2020, 2025)}
REGIONS = table(
    "region metric powertrain period vintage value unit",
    *(
        ("World", "share", "BEV and PHEV", str(year), "IEA 2026", share, "percent")
        for year, share in FITTED.items()
    ),
    ("World", "share", "BEV and PHEV", "2025", "IEA 2026", 30.0, "percent"),
    ("World", "share", "BEV and PHEV", "2024", "IEA 2025", 99.0, "percent"),
    ("World", "share", "BEV", "2025", "ACEA 2027", 17.0, "percent"),
    ("World", "sales", "BEV", "2025", "IEA 2026", 5.0, "vehicles"),
)  # fmt: skip
SALES = table(
    "entity entity_type metric powertrain period period_type value unit",
    ("Tesla", "maker", "sales", "BEV", "2021", "calendar_year", 1e6, "vehicles"),
    ("Tesla", "maker", "sales", "BEV", "2022", "calendar_year", 2e6, "vehicles"),
    ("Tesla", "maker", "sales", "BEV", "2023", "calendar_year", 1e6, "vehicles"),
    *(
        ("BYD", "maker", "sales", "BEV", f"2022Q{quarter}", "quarter", 1e6, "vehicles")
        for quarter in (1, 2, 3, 4)
    ),
    ("BYD", "maker", "sales", "BEV", "2023Q1", "quarter", 9e6, "vehicles"),
    ("BYD", "maker", "sales", "BEV and PHEV", "2021", "calendar_year", 2e6, "vehicles"),
    ("BYD", "maker", "sales", "BEV and PHEV", "2022", "calendar_year", 1.5e6, "vehicles"),
    ("BYD", "maker", "sales", "BEV and PHEV", "2023", "calendar_year", 3e6, "vehicles"),
    ("BYD", "maker", "sales", "BEV and PHEV", "2022Q2", "quarter", 4e5, "vehicles"),
    ("BYD", "maker", "sales", "BEV and PHEV", "2022Q3", "quarter", 4e5, "vehicles"),
    ("BYD", "maker", "sales", "BEV and PHEV", "2022Q4", "quarter", 4e5, "vehicles"),
)


def test_the_agencys_newest_release_counts_alone():
    shares = car_sales.shares(REGIONS)
    assert set(shares["vintage"]) == {"IEA 2026"} and shares["year"].tolist() == [
        *range(2020, 2026)
    ]
    assert car_sales.share(shares, "World", 2025).number == pytest.approx(0.3)
    assert not car_sales.share(shares, "Moon", 2025).known
    assert car_sales.shares(REGIONS.iloc[:0]).empty


def test_the_newest_year_is_one_that_all_regions_have():
    shares = car_sales.shares(REGIONS)
    assert car_sales.newest_year(shares, ["World"]).number == 2025
    both = pd.concat([shares, shares[shares["year"] < 2025].assign(region="China")])
    assert car_sales.newest_year(both, ["World", "China"]).number == 2024
    assert not car_sales.newest_year(both, ["World", "China"], since=2025).known
    assert not car_sales.newest_year(shares, ["World", "Moon"]).known


def test_a_total_in_whole_tenths_of_a_million_is_a_rounded_one():
    told = SALES.assign(value=SALES["value"].where(SALES["period"] != "2022", 1_234_567.0))
    assert car_sales.rounded(told[told["entity"] == "Tesla"]) == ["2021", "2023"]


def test_the_curve_goes_through_the_years_that_it_is_given():
    shares = car_sales.shares(REGIONS)
    before = car_sales.until(shares, "World", 2024)
    assert car_sales.least_expected(before, 2025, 1.0).number == pytest.approx(0.5, abs=1e-6)
    assert not car_sales.least_expected(before, 2025, 0.2).known
    assert not car_sales.least_expected(before.iloc[:0], 2025, 1.0).known


def test_later_years_are_told_apart_from_those_that_were_fitted():
    lines = car_sales.share_lines(car_sales.shares(REGIONS), ["World", "Moon"], 2024, 1.0, 2026)
    counts = lines["kind"].value_counts()
    assert counts["before"] == 5 and counts["after"] == 1
    assert set(lines["region"]) == {"World"}
    fitted = lines[lines["kind"] == "fitted"].set_index("year")["share"]
    assert fitted[2025.0] == pytest.approx(0.5, abs=1e-6)


def test_a_year_is_told_or_the_sum_of_its_four_quarters():
    yearly = car_sales.yearly(SALES).set_index(["line", "year"])["cars"]
    assert yearly["BYD, battery cars", 2022] == pytest.approx(4)
    assert ("BYD, battery cars", 2023) not in yearly.index
    assert yearly["BYD, with hybrids", 2022] == pytest.approx(1.5)


def test_a_lead_counts_from_the_year_since_which_it_lasts():
    yearly = car_sales.yearly(SALES)
    tesla = "Tesla, battery cars"
    with_hybrids = car_sales.ahead_since(yearly, "BYD, with hybrids", tesla, SALES)
    assert with_hybrids.number == 2023  # ahead in 2021 as well, but not in 2022
    assert car_sales.ahead_since(yearly, "BYD, battery cars", tesla, SALES).number == 2022
    assert not car_sales.ahead_since(yearly, tesla, "BYD, with hybrids", SALES).known
    assert not car_sales.ahead_since(yearly.iloc[:0], tesla, "BYD, with hybrids", SALES).known


def test_a_missing_quarter_is_its_year_less_the_others():
    assert car_sales.sold(SALES, "BYD", "BEV and PHEV", "2022Q2").number == 4e5
    assert car_sales.sold(SALES, "BYD", "BEV and PHEV", "2022Q1").number == pytest.approx(3e5)
    assert not car_sales.sold(SALES, "BYD", "BEV and PHEV", "2021Q1").known


def test_other_choices_lead_the_curve_elsewhere():
    shares = car_sales.shares(REGIONS)
    points = pd.DataFrame({"last_fitted": [2023.0, 2024.0], "share_ceiling": [1.0, 0.9]})
    found = car_sales.missed_at(shares, {"least_world": "World"}, 2025, points)
    assert found["fitted-year"].tolist() == [2023, 2024]
    assert found["least_world"].tolist()[0] == pytest.approx(CURVE.predict(2025.0))
    band = car_sales.share_lines(shares, ["World"], 2024, 0.9, 2026)
    band = band[band["kind"] == "interval"]
    assert (band["low"] < band["high"]).all() and band["year"].min() == 2024


def test_a_share_lies_below_its_curve_in_a_part_of_the_choices():
    missed = pd.DataFrame({"least_world": [0.3, 0.3], "least_china": [0.6, 0.4]})
    came = {"least_world": 0.25, "least_china": 0.5}
    world, china, both = car_sales.below_curves(missed, came, [missed])
    assert (world.number, china.number, both.number) == (1.0, 0.5, 0.5)
    unknown = car_sales.below_curves(missed, came | {"least_china": np.nan}, [missed])
    assert not any(each.known for each in unknown) and len(unknown) == 3
