"""Cars and their chips: formats told apart, a path in closed form, what a computer draws."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.ev_compute import vehicles


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split()).rename(index="rows:{}".format)


PRINTED = table(
    "product metric value unit number_format announced delivery_year cancelled",
    ("Drive", "compute", np.nan, "TOPS", "", "2015-01", pd.NA, False),
    ("PX 2", "compute", 4, "TFLOPS", "FP32", "2016-10", pd.NA, False),
    ("Xavier", "compute", 20, "TOPS", "INT8", "2017-01", pd.NA, False),
    ("Xavier", "power", 30, "W", "", "2017-01", pd.NA, False),
    ("Orin", "compute", 400, "TOPS", "INT8", "2019-12", 2022, False),
    ("Orin", "power", 100, "W", "", "2019-12", 2022, False),
    ("Atlan", "compute", 1000, "TOPS", "FP8", "2021-04", pd.NA, True),
)
PUBLIC = table(
    "product metric status number_format year value unit",
    ("Three", "peak_performance", "launched", "INT8 sparse", 2022, 254, "TOPS"),
    ("Later", "peak_performance", "estimated", "not stated", 2027, 2000, "TOPS"),
    ("Three", "power", "launched", "not applicable", 2022, 45, "W"),
)
CARS = table(
    "maker car powertrain level use year ended compute number_format",
    ("Cadillac", "CT6", "combustion", "2, hands off", "private", 2017, np.nan, np.nan, "not told"),
    ("Tesla", "all models with HW3", "battery", "2", "private", 2019, np.nan, 144, "not stated"),
    ("Waymo", "Van", "plug-in hybrid", "4", "taxi", 2020, 2023, np.nan, "not told"),
    ("Benz-Mercedes", "S", "combustion", "3", "private", 2022, 2026, np.nan, "not told"),
    ("Big", "One", "battery", "2", "private", 2025, np.nan, 2200, "sparse"),
    ("Mid", "Two", "plug-in hybrid", "2", "private", 2025, np.nan, 1400, "not stated"),
    ("Cab", "Three", "battery", "4", "taxi", 2025, np.nan, 9000, "not stated"),
)


def test_a_number_is_that_of_one_row_and_a_percentage_a_fraction():
    rows = table("name value unit", ("a", 5.0, "percent"), ("b", 7.0, "W"))
    assert vehicles.number(rows, name="a").number == pytest.approx(0.05)
    assert not vehicles.number(rows, name="c").known
    with pytest.raises(ValueError, match="names 2 rows"):
        vehicles.number(rows)


def test_none_found_is_unknown_and_not_zero():
    assert vehicles.counted(CARS).number == 7
    assert not vehicles.counted(CARS.iloc[:0]).known


def test_peaks_tell_formats_forms_and_what_was_announced_apart():
    peaks = vehicles.peaks(PRINTED, PUBLIC, CARS).set_index("name")
    assert "Drive" not in peaks.index and "Cadillac CT6" not in peaks.index
    assert peaks.loc["Orin", "state"] == "launched" and peaks.loc["Atlan", "state"] == "announced"
    assert peaks.loc["Later", "state"] == "announced"
    assert peaks.loc["PX 2", "format"] == "Floating point" == peaks.loc["Atlan", "format"]
    assert peaks.loc["Three", "format"] == "Sparse" == peaks.loc["Big One", "format"]
    assert peaks.loc["Xavier", "format"] == peaks.loc["Tesla all models with HW3", "format"]
    assert set(peaks["form"]) == {"Cars", "Chips and boards"}
    assert peaks.loc["Tesla all models with HW3", "label"] == "Tesla"


def test_the_strongest_of_a_year_is_a_private_car():
    assert vehicles.strongest(CARS, 2025).number == 2200
    assert vehicles.of_year(CARS, 2025)["compute"].tolist() == [1400, 2200]
    assert not vehicles.strongest(CARS, 2022).known


def test_facts_of_one_car():
    assert vehicles.level_of(CARS, "CT6").number == 2
    assert vehicles.fact(CARS, "Van", "year").number == 2020
    assert vehicles.fact(CARS, "S", "ended").number == 2026
    assert not vehicles.fact(CARS, "One", "ended").known
    untold = CARS.assign(ended=pd.array([pd.NA] * len(CARS), dtype="Int64"))
    assert not vehicles.fact(untold, "S", "ended").known
    assert vehicles.fact(CARS, "Two", "compute").number == 1400
    assert not vehicles.fact(CARS, "Nothing", "compute").known


def test_a_path_grows_by_one_factor_a_year():
    assert vehicles.on_path(500, 2024, 4000, 2027, 2025) == pytest.approx(1000)
    band = vehicles.path(Given(500), Given(1000), 2024, Given(4000), 2027)
    assert band["low"].tolist() == [500, 1000, 2000, 4000]
    assert band["high"].tolist()[::3] == [1000, 4000]
    assert vehicles.path(Given(), Given(1000), 2024, Given(4000), 2027).empty


def test_a_tile_names_its_earliest_car_and_counts_the_others():
    tiles = vehicles.tiles(CARS).set_index(["driver", "mover"])
    assert len(tiles) == 9
    assert tiles.loc[("Nobody", "Hybrid"), "text"] == "Waymo\n2020"
    assert tiles.loc[("Nobody", "Engine alone"), "text"] == "none\nfound"
    assert tiles.loc[("Driver watches", "Battery alone"), "text"] == "Tesla\n2019\nand 1 more"
    assert tiles.loc[("Driver may look away", "Engine alone"), "text"] == "Benz\n2022"
    assert vehicles.tiles(CARS.iloc[:0]).empty


def test_the_best_for_a_watt_is_taken_within_one_format():
    assert vehicles.watt_rate(PRINTED, "Xavier").number == pytest.approx(2 / 3)
    assert vehicles.best_per_watt(PRINTED, "INT8").number == pytest.approx(4)
    assert not vehicles.best_per_watt(PRINTED, "FP8").known


def test_the_slower_the_car_the_more_range_a_computer_takes():
    # 100 kWh for 500 km are 200 Wh a km: 10 kW at 50 km an hour, 20 kW at 100
    assert vehicles.range_taken(2500, 100, 500, 50) == pytest.approx(0.2)
    assert vehicles.range_taken(5000, 100, 500, 100) == pytest.approx(0.2)
    assert vehicles.range_taken(0, 100, 500, 50) == 0


def test_curves_and_marks_of_the_range():
    speeds = {"town": 50.0, "motorway": 100.0}
    curves = vehicles.range_curves(Given(100), Given(500), speeds, 2500)
    last = curves[curves["watts"] == 2500].set_index("where")["share"]
    assert last["town"] == pytest.approx(0.2)
    assert last["motorway"] == pytest.approx(1 / 9)
    assert vehicles.range_curves(Given(), Given(500), speeds, 2500).empty
    loads = {"small": Given(2500), "unknown": Given()}
    marks = vehicles.range_marks(loads, Given(100), Given(500), 50)
    assert marks["label"].tolist() == ["small"] and marks["share"].tolist() == [0.2]
