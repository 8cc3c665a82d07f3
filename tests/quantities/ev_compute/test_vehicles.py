"""Chips of cars: formats and forms kept apart, paces in closed form, what a computer draws."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.ev_compute import vehicles


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


PRINTED = table(
    "product metric value unit number_format announced year delivery_year cancelled",
    ("Drive", "compute", np.nan, "TOPS", "", "2015-01", 2015, pd.NA, False),
    ("Drive", "power", 20, "W", "", "2015-01", 2015, pd.NA, False),
    ("PX 2", "compute", 4, "TFLOPS", "FP32", "2016-10", 2016, pd.NA, False),
    ("PX 2", "power", 40, "W", "", "2016-10", 2016, pd.NA, False),
    ("Xavier", "compute", 20, "TOPS", "INT8", "2017-01", 2017, pd.NA, False),
    ("Xavier", "power", 30, "W", "", "2017-01", 2017, pd.NA, False),
    ("Orin", "compute", 400, "TOPS", "INT8", "2019-12", 2019, 2022, False),
    ("Orin", "power", 130, "W", "", "2019-12", 2019, 2022, False),
    ("Atlan", "compute", 1000, "TOPS", "FP8", "2021-04", 2021, pd.NA, True),
    ("Atlan", "power", np.nan, "W", "", "2021-04", 2021, pd.NA, True),
)
PUBLIC = table(
    "vendor product form metric status number_format year value unit confidence",
    ("A", "One", "chip", "peak_performance", "launched", "not stated", 2018, 30, "TOPS", "read"),
    ("A", "Low", "chip", "peak_performance", "launched", "not stated", 2020, 5, "TOPS", "read"),
    ("A", "Two", "chip", "peak_performance", "launched", "INT8", 2021, 60, "TOPS", "recalled"),
    ("A", "Pair", "a board", "peak_performance", "launched", "INT8", 2021, 900, "TOPS", "read"),
    ("A", "Sparse", "chip", "peak_performance", "launched", "sparse", 2022, 800, "TOPS", "read"),
    ("A", "Talk", "chip", "peak_performance", "announced", "INT8", 2022, 700, "TOPS", "read"),
    ("A", "Three", "chip", "peak_performance", "launched", "INT8", 2022, 120, "TOPS", "read"),
    ("A", "One", "chip", "power", "launched", "not applicable", 2018, 15, "W", "read"),
)  # fmt: skip


def test_a_chip_of_the_document_is_a_row_with_its_state():
    chips = vehicles.printed_chips(PRINTED).set_index("name")
    assert list(chips.index) == ["Drive", "PX 2", "Xavier", "Orin", "Atlan"]
    assert chips["state"].to_dict() == {
        "Drive": "announced",
        "PX 2": "announced",
        "Xavier": "announced",
        "Orin": "launched",
        "Atlan": "cancelled",
    }
    assert chips.loc["PX 2", "format"] == "FP32 or FP16"
    assert np.isnan(chips.loc["Drive", "rate"]) and np.isnan(chips.loc["Atlan", "watts"])


def test_a_public_chip_has_its_own_power_only():
    chips = vehicles.public_chips(PUBLIC).set_index("name")
    assert chips["watts"].dropna().to_dict() == {"A One": 15}
    assert chips.loc["A Pair", "form"] == "board or platform"
    assert chips["recalled"].sum() == 1


def test_compute_per_watt_leaves_out_what_has_no_power():
    rates = vehicles.per_watt(vehicles.printed_chips(PRINTED)).set_index("name")["per_watt"]
    assert rates.to_dict() == pytest.approx({"PX 2": 0.1, "Xavier": 2 / 3, "Orin": 400 / 130})


def test_the_best_of_a_format_is_not_the_best_of_another():
    assert vehicles.best_per_watt(PRINTED, "INT8").number == pytest.approx(400 / 130)
    assert vehicles.best_per_watt(PRINTED, "FP32").number == pytest.approx(0.1)
    assert not vehicles.best_per_watt(PRINTED, "FP8").known
    compared = pd.concat(vehicles.best_per_watt(PRINTED, "INT8").rows)
    assert set(compared["product"]) == {"Xavier", "Orin"}
    assert not vehicles.best_per_watt(PRINTED.iloc[:0], "INT8").known


def test_chips_are_counted_by_format():
    counts = {each: vehicles.counted(PRINTED, each).number for each in ("INT8", "FP8", "FP4")}
    assert counts == {"INT8": 2, "FP8": 1, "FP4": 0}
    assert not vehicles.counted(PRINTED.iloc[:0], "INT8").known


def test_a_board_a_sparse_peak_and_an_announcement_set_no_record():
    assert vehicles.record_setters(PUBLIC)["product"].tolist() == ["One", "Three"]
    assert vehicles.record_setters(PUBLIC, True)["product"].tolist() == ["One", "Two", "Three"]


def test_records_that_double_every_two_years_are_found_to():
    assert vehicles.doubling(vehicles.record_setters(PUBLIC)).number == pytest.approx(2)
    assert not vehicles.doubling(PUBLIC.iloc[:0]).known


def test_the_interval_of_a_doubling_time_widens_with_the_scatter():
    steady = pd.DataFrame({"year": [2020, 2021, 2022, 2023], "value": [10.0, 20.0, 40.0, 80.0]})
    assert [end.number for end in vehicles.doubling_ends(steady)] == pytest.approx([1, 1])
    fast, slow = vehicles.doubling_ends(steady.assign(value=[10.0, 22.0, 38.0, 80.0]))
    assert 0.8 < fast.number < 1 < slow.number < 1.3
    assert vehicles.doubling_ends(steady.assign(value=[10.0, 80.0, 10.0, 30.0]))[1].number == np.inf
    assert not any(end.known for end in vehicles.doubling_ends(steady.iloc[:2]))


def test_boards_beside_chips_would_double_faster():
    """The tempting mistake: the pair of 900 in one line with the chips."""
    mixed = vehicles.of(PUBLIC, metric="peak_performance", status="launched")
    best = mixed.sort_values("value").drop_duplicates("year", keep="last").sort_values("year")
    best = best[best["product"].isin(["One", "Pair"])]
    assert vehicles.doubling(best).number < 1


def test_the_road_doubles_in_its_doubling_time():
    path = vehicles.road({"low": Given(500), "none": Given()}, 2024, Given(2.0), 2028)
    assert path["start"].unique().tolist() == ["low"]
    assert path["tops"].tolist() == pytest.approx([500, 500 * 2**0.5, 1000, 1000 * 2**0.5, 2000])
    assert vehicles.road({"low": Given(500)}, 2024, Given(), 2028).empty


def test_a_target_is_reached_when_the_doublings_have_passed():
    assert vehicles.year_reached(625, 2024, 5000, 1.5) == pytest.approx(2028.5)
    assert vehicles.doubling_needed(625, 2024, 5000, 2030) == pytest.approx(2)
    assert vehicles.doubling_needed(5000, 2024, 5000, 2030) == np.inf
    assert vehicles.whole_year(2027.9) == 2027


def test_a_computer_takes_more_of_the_range_the_slower_the_car():
    """15 kWh for 100 km at 20 km/h are 3 kW: a computer of 3 kW takes half, not as much again."""
    assert vehicles.range_taken(3000, 15, 100, 20) == pytest.approx(0.5)
    assert vehicles.range_taken(3000, 15, 100, 60) == pytest.approx(0.25)
    assert vehicles.range_taken(0, 15, 100, 60) == 0


def test_a_percentage_is_read_as_a_fraction():
    rows = table("unit value", ("percent per year", 13.0), ("W", 5.0))
    assert vehicles.number(rows.iloc[:1]).number == pytest.approx(0.13)
    assert vehicles.number(rows, unit="W").number == 5
    assert not vehicles.number(rows, unit="nm").known
    with pytest.raises(ValueError, match="names 2 rows"):
        vehicles.number(rows.set_axis(["a:1", "a:2"]))


def test_the_two_lists_stay_two_lists():
    both = vehicles.listed(vehicles.printed_chips(PRINTED), vehicles.public_chips(PUBLIC))
    assert both["list"].unique().tolist() == ["the document's table", "public figures"]
    assert both["rate"].notna().all()
    assert (both["label"] == "").all()


def test_a_goal_that_is_unknown_is_not_drawn():
    assert vehicles.goal(Given(5000), 2030)["label"].tolist() == ["5,000 in 2030"]
    empty = vehicles.goal(Given(), 2030)
    assert empty.empty and list(empty) == ["year", "tops", "label"]


def test_everything_takes_tables_without_rows():
    printed = vehicles.printed_chips(PRINTED.iloc[:0])
    public = vehicles.public_chips(PUBLIC.iloc[:0])
    assert list(printed) == list(public) == vehicles.CHIPS
    assert vehicles.per_watt(printed).empty
    assert vehicles.listed(printed, public).empty
    assert vehicles.record_setters(PUBLIC.iloc[:0]).empty
