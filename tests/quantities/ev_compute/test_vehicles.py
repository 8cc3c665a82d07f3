"""Cars and their chips: formats told apart, a path in closed form, what a computer draws."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.ev_compute import vehicles


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split()).rename(index="rows:{}".format)


PRINTED = table(
    "product metric value unit number_format year",
    ("Drive", "compute", np.nan, "TOPS", "", 2015),
    ("PX 2", "compute", 4, "TFLOPS", "FP32", 2016),
    ("Xavier", "compute", 20, "TOPS", "INT8", 2017),
    ("Xavier", "power", 30, "W", "", 2017),
    ("Orin", "compute", 400, "TOPS", "INT8", 2019),
    ("Orin", "power", 100, "W", "", 2019),
)
CARS = table(
    "maker car powertrain level use year ended compute number_format",
    ("Cadillac", "CT6", "combustion", "2, hands off", "private", 2017, np.nan, np.nan, "not told"),
    (
        "Tesla",
        "all models with HW3",
        "battery",
        "2",
        "private",
        2019,
        np.nan,
        144,
        "dense, by the chip",
    ),
    ("Waymo", "Van", "plug-in hybrid", "4", "taxi", 2020, 2023, np.nan, "not told"),
    ("Benz-Mercedes", "S", "mild hybrid", "3", "private", 2022, 2026, np.nan, "not told"),
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


def test_peaks_tell_what_they_may_be_without_skipped_operations():
    peaks = vehicles.car_peaks(CARS, 2.0).set_index("name")
    assert "2017 Cadillac CT6" not in peaks.index
    assert peaks.loc["2025 Big One", ["tops", "most", "least"]].tolist() == [2200, 1100, 1100]
    untold = peaks.loc["2025 Mid Two (hybrid)", ["tops", "most", "least", "format"]].tolist()
    assert untold == [1400, 1400, 700, vehicles.UNTOLD]
    assert peaks.loc["2019 Tesla with HW3", ["most", "least"]].tolist() == [144, 144]
    assert peaks.loc["2025 Cab Three", "kind"] == "taxi"
    assert peaks["tops"].tolist() == [9000, 2200, 1400, 144]  # the newest and strongest first


def test_the_strongest_of_a_year_is_a_private_car():
    of_2025 = vehicles.of_year(CARS, 2025)
    assert of_2025["compute"].tolist() == [1400, 2200]
    assert vehicles.strongest(of_2025).number == 2200
    assert vehicles.strongest(of_2025, 2).number == 1400
    assert not vehicles.strongest(of_2025, 3).known
    assert not vehicles.strongest(vehicles.of_year(CARS, 2022)).known
    assert vehicles.with_peak(CARS)["compute"].tolist() == [144, 1400, 2200]


def test_a_peak_of_which_nothing_is_told_counts_as_if_it_were_sparse():
    private = vehicles.of_year(CARS, 2025)
    assert vehicles.least_counted(private, 2.0).number == 1100
    assert vehicles.least_counted(private, 2.0, 2).number == 700
    assert not vehicles.least_counted(private, 2.0, 3).known
    assert vehicles.least_counted(vehicles.of_year(CARS, 2019), 2.0).number == 144


def test_the_newest_year_has_as_many_cars_as_are_compared():
    assert vehicles.newest_year(CARS, 2).number == 2025
    newer = pd.concat([CARS, CARS.iloc[[4]].assign(year=2026)])
    assert vehicles.newest_year(newer, 2).number == 2025
    assert vehicles.newest_year(newer, 1).number == 2026
    assert not vehicles.newest_year(CARS, 3).known


def test_facts_of_one_car():
    assert vehicles.fact(CARS, "Van", "year").number == 2020
    assert vehicles.fact(CARS, "S", "ended").number == 2026
    assert not vehicles.fact(CARS, "One", "ended").known
    untold = CARS.assign(ended=pd.array([pd.NA] * len(CARS), dtype="Int64"))
    assert not vehicles.fact(untold, "S", "ended").known
    assert vehicles.fact(CARS, "Two", "compute").number == 1400
    assert not vehicles.fact(CARS, "Nothing", "compute").known


def test_a_path_grows_by_one_factor_a_year():
    assert vehicles.on_path(500, 2024, 4000, 2027, 2025) == pytest.approx(1000)


def test_a_peak_stands_beside_the_path_that_is_counted_alike():
    paths = {
        vehicles.CLAIMED: vehicles.Path((500, 1000), 2024, (4000, 8000), 2027),
        vehicles.WITHOUT: vehicles.Path((250, 500), 2024, (2000, 4000), 2027),
    }
    beside = vehicles.beside_paths(vehicles.car_peaks(CARS, 2.0), paths)
    one = beside[beside["name"] == "2025 Big One"].set_index("count")
    columns = ["most", "least", "low", "high", "nearest", "goal"]
    claimed, without = (one.loc[count, columns].tolist() for count in paths)
    assert claimed == pytest.approx([2200, 2200, 1000, 2000, 4000, 8000])
    assert without == pytest.approx([1100, 1100, 500, 1000, 2000, 4000])
    assert beside[beside["year"] < 2024]["low"].isna().all()
    untold = beside[beside["format"] == vehicles.UNTOLD].set_index("count")
    assert (untold.loc[vehicles.CLAIMED, "least"] == untold.loc[vehicles.CLAIMED, "most"]).all()


def test_a_tile_names_its_earliest_car_and_counts_the_others():
    tiles = vehicles.tiles(CARS).set_index(["driver", "mover"])
    assert len(tiles) == 12
    assert tiles.loc[("Nobody", "Plug-in hybrid"), "text"] == "Waymo\n2020"
    assert tiles.loc[("Nobody", "Engine or mild hybrid"), "text"] == "none in\nour list"
    assert tiles.loc[("Driver watches", "Battery"), "text"] == "Tesla\n2019\n+ 1 more"
    assert tiles.loc[("Driver may look away", "Engine or mild hybrid"), "text"] == "Benz\n2022"
    assert tiles["firm"].sum() == (tiles["count"] > 0).sum()
    pieced = vehicles.tiles(CARS.replace({"Van": "Lexus RX hybrid"})).set_index(["driver", "mover"])
    assert not pieced.loc[("Nobody", "Plug-in hybrid"), "firm"]
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


def test_computers_stand_at_each_speed_the_least_first():
    speeds = {"motorway": 100.0, "town": 50.0}
    loads = {"large": (2500, 5000), "small": (2500, 2500), "unknown": (2500, np.nan)}
    loads = {name: tuple(map(Given, each)) for name, each in loads.items()}
    marks = vehicles.range_marks(loads, Given(100), Given(500), speeds)
    assert marks["label"].tolist() == ["small", "small", "large", "large"]
    assert set(marks["where"]) == {"town, 50 km an hour", "motorway, 100 km an hour"}
    assert marks["low"].tolist() == pytest.approx([1 / 9, 0.2, 1 / 9, 0.2])
    assert marks["high"].tolist() == pytest.approx([1 / 9, 0.2, 0.2, 1 / 3])
    assert vehicles.range_marks(loads, Given(), Given(500), speeds).empty
