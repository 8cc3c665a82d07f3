"""Formats: one rate for each chip, format and source; series, records, what is drawn."""

import pandas as pd

from computecycle.quantities.cpu_to_gpu import formats

COLUMNS = ["chip", "vendor", "released", "number_format", "engine", "sparsity", "tflops", "source"]


def rates(*rows: tuple) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.assign(released=pd.to_datetime(table["released"]))


TABLE = rates(
    ("H100 SXM", "NVIDIA", "2022-09-20", "FP32", "vector", "dense", 60.0, "other"),
    ("H100 SXM", "NVIDIA", "2022-09-20", "FP32", "vector", "dense", 66.0, "epoch_ml_hardware"),
    ("H100 SXM", "NVIDIA", "2022-09-20", "INT8", "matrix", "dense", 1900.0, "epoch_ml_hardware"),
    ("H100 SXM", "NVIDIA", "2022-09-20", "FP8", "matrix", "dense", 1950.0, "other"),
    ("H100 SXM", "NVIDIA", "2022-09-20", "FP8", "matrix", "sparse", 3900.0, "other"),
    ("K20X", "NVIDIA", "2012-11-12", "FP32", "vector", "dense", 4.0, "epoch_ml_hardware"),
    ("H20", "NVIDIA", "2023-11-09", "FP32", "vector", "dense", 44.0, "epoch_ml_hardware"),
    ("Rubin", "NVIDIA", None, "FP4", "matrix", "dense", 50000.0, "other"),
    ("MI1", "AMD", "2020-01-01", "FP32", "vector", "dense", 23.0, "epoch_ml_hardware"),
)
MAKER = formats.of_maker(TABLE, "NVIDIA", "H20")


def test_a_makers_rates_are_dense_released_and_of_one_source():
    full = formats.series(MAKER, 32, "vector")
    assert list(full["chip"]) == ["K20X", "H100 SXM"] and list(full["tflops"]) == [4, 66]
    assert set(formats.of_maker(TABLE, "NVIDIA")["chip"]) == {"K20X", "H100 SXM", "H20"}
    assert formats.of_maker(TABLE[:0], "NVIDIA").empty


def test_a_rate_that_the_maker_set_anew_goes_before_the_older():
    anew = TABLE[1:2].assign(source="nvidia_blackwell_brief", tflops=61.0)
    both = formats.of_maker(pd.concat([TABLE, anew], ignore_index=True), "NVIDIA", "H20")
    assert list(formats.series(both, 32, "vector")["tflops"]) == [4, 61]


def test_of_two_formats_of_a_length_the_faster_counts():
    assert list(formats.series(MAKER, 8, "matrix")["tflops"]) == [1950]
    assert list(formats.fastest(MAKER)["tflops"]) == [4, 1950]


def test_makers_stand_in_one_table_by_release():
    both = formats.of_makers(TABLE, ["NVIDIA", "AMD"], 32, "vector")
    assert list(both["chip"]) == ["K20X", "MI1", "H100 SXM", "H20"]


def test_of_a_generation_the_first_chip_counts_and_of_one_day_the_fastest():
    names = ["H100 PCIe", "H100 SXM", "GH200", "B200 SXM", "GB200 (one GPU)", "Tesla M40"]
    days = ["2022-09-20", "2022-09-20", "2023-05-01", "2024-11-15", "2025-02-15", "2015-11-10"]
    table = pd.DataFrame({"chip": names, "released": pd.to_datetime(days), "tflops": range(6)})
    assert list(formats.first_of_generations(table)["chip"]) == [
        "H100 SXM",
        "B200 SXM",
        "Tesla M40",
    ]


def test_a_rate_a_watt_asks_for_the_power():
    table = pd.DataFrame({"tflops": [10.0, 3.0], "power_w": [200, None]})
    assert list(formats.per_watt(table)["value"]) == [0.05]


def test_a_chip_well_ahead_of_all_before_it_is_named():
    named = {"32": formats.series(MAKER, 32, "vector"), "8": formats.series(MAKER, 8, "matrix")}
    cpu = pd.DataFrame({"product": ["Xeon"], "released": ["2012-01-01"], "tflops": [0.4]})
    points = formats.points(named | {"cpu": cpu})
    assert list(points["label"]) == ["", "", "H100", ""]
    assert formats.points({"32": named["32"][:0], "cpu": cpu[:0]}).empty


def test_a_record_is_above_all_before_it():
    full = formats.series(formats.of_maker(TABLE, "NVIDIA"), 32, "vector")
    records = formats.records(full, "tflops")
    assert list(records["chip"]) == ["K20X", "H100 SXM"]
    assert formats.multiple(records, "tflops").number == 16.5
    assert not formats.multiple(records[:1], "tflops").known
    assert list(formats.indexed({"32": records, "none": records[:0]})["value"]) == [1, 16.5]


def test_years_are_those_of_releases():
    assert formats.first_year(MAKER).number == 2012
    assert formats.newest_year(MAKER).number == 2022
    assert not formats.newest_year(MAKER[:0]).known
    assert formats.span(MAKER) == "2012 to 2022"


def test_a_board_of_two_chips_is_no_single_chip():
    both = TABLE.assign(chip=["A (board of two)"] + list(TABLE["chip"][1:]))
    assert "A (board of two)" not in set(formats.single(both)["chip"])
    assert len(formats.single(both)) == len(TABLE) - 1


def test_a_bandwidth_that_the_rates_leave_open_is_filled_from_the_catalogue():
    full = formats.series(MAKER, 32, "vector").assign(memory_bandwidth=[None, 3350.0])
    catalogue = pd.DataFrame(
        {
            "product": ["K20X", "K20X", "H100 SXM"],
            "metric": ["memory_bandwidth", "tdp", "memory_bandwidth"],
            "value": [250.0, 235.0, 3360.0],
        }
    )
    fed, filled = formats.fed(full, catalogue)
    assert list(fed["value"]) == [250, 3350]
    assert list(filled.index) == [0]
    fed, filled = formats.fed(full, catalogue[:0])
    assert list(fed["value"]) == [3350] and filled.empty


def test_a_lead_is_record_over_record_at_the_start_and_at_the_end():
    full = formats.series(MAKER, 32, "vector")
    rivals = pd.DataFrame({"released": pd.to_datetime(["2012-03-06", "2021-01-01", "2022-01-01"])})
    rivals = rivals.assign(value=[0.4, 6.6, 3.0])
    assert formats.ahead(full, rivals, 0).number == 10
    assert formats.ahead(full, rivals, -1).number == 10
    assert not formats.ahead(full, rivals[:0], 0).known


def test_a_lead_on_a_day_is_over_the_rivals_of_that_day():
    full = formats.series(MAKER, 32, "vector")
    rivals = pd.DataFrame({"released": pd.to_datetime(["2012-03-06", "2021-01-01", "2023-01-10"])})
    rivals = rivals.assign(value=[0.4, 6.6, 33.0])
    leads = [
        formats.ahead_on(full, rivals, pd.Timestamp(day)).number
        for day in ("2012-12-01", "2022-12-31", "2023-01-10")
    ]
    assert leads == [10, 10, 2]
    assert not formats.ahead_on(full, rivals, pd.Timestamp("2012-01-01")).known
    assert not formats.ahead_on(full, rivals, pd.NaT).known


def test_a_rate_in_bits_is_times_the_length_of_its_numbers():
    table = rates(
        ("K20X", "NVIDIA", "2012-11-12", "FP32", "vector", "dense", 4.0, "other"),
        ("B200", "NVIDIA", "2024-11-15", "FP4", "matrix", "dense", 9000.0, "other"),
        ("A100", "NVIDIA", "2020-05-14", "TF32", "matrix", "dense", 156.0, "other"),
    )
    bits = formats.in_bits(table)["value"]
    assert list(bits[:2]) == [128, 36000] and bits.isna()[2]
