"""Processors: the clock, fits by period, and what follows from speed, power and price."""

import math

import numpy as np
import pandas as pd
import pytest

from computecycle.quantities.cpu_to_gpu import processors


def launches(*rows: tuple) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["step", "process", "architecture", "launch_date"])
    return table.assign(launch_date=pd.to_datetime(table["launch_date"]))


LAUNCHES = launches(
    ("tock", 45, "Nehalem", "2009-01-01"),
    ("tick", 45, "Penryn", "2008-01-01"),
    ("tick", 32, "Westmere", "2010-07-02"),
    ("optimization", 32, "Nehalem", "2011-01-01"),
)


def test_the_clock_counts_half_a_cycle_for_each_step_from_the_first():
    slips = processors.clock(LAUNCHES, 2.0)
    assert list(slips["name"]) == [
        "Penryn",
        "Nehalem",
        "Westmere",
        "Nehalem again",
        "next tick, due",
    ]
    assert slips["slip"].iloc[:3].to_numpy() == pytest.approx([0, 0, 0.5], abs=0.005)
    assert slips["due"].iloc[-1].year == 2010 and pd.isna(slips["launch"].iloc[-1])
    assert pd.isna(slips["due"].iloc[3])


def test_a_slower_clock_is_less_late():
    assert processors.clock(LAUNCHES, 3.0)["slip"].iloc[2] < 0
    assert processors.last_slip(processors.clock(LAUNCHES, 2.0), LAUNCHES).number > 0


def test_the_time_between_processes_is_from_tick_to_tick():
    assert processors.between_ticks(LAUNCHES) == pytest.approx([2.5], abs=0.01)
    assert processors.time_on(LAUNCHES, 45).number == pytest.approx(1, abs=0.01)
    assert not processors.time_on(LAUNCHES, 10).known


def trend(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["metric", "year", "value"])


TREND = trend(
    *(("clock_frequency", year, 2.0 ** (year - 2000)) for year in range(2000, 2005)),
    *(("clock_frequency", year, 16.0) for year in range(2005, 2009)),
)


def test_a_rate_is_fitted_within_its_period_only():
    assert processors.rate(processors.of(TREND, "clock_frequency", 2000, 2004)).number == (
        pytest.approx(1)
    )
    assert processors.rate(processors.of(TREND, "clock_frequency", 2005, 2100)).number == (
        pytest.approx(0)
    )
    assert not processors.rate(TREND.iloc[:1]).known


def test_lines_end_where_their_data_end():
    periods = pd.DataFrame(
        [("clock_frequency", 1990, 2004, 0.9), ("clock_frequency", 2050, 2060, 0.1)],
        columns=["metric", "start", "end", "rate"],
    )
    lines = processors.lines(TREND, periods)
    assert list(lines["year"]) == [2000, 2004]
    assert list(lines["value"]) == pytest.approx([1, 16])
    assert set(lines["label"]) == {"100% a year|told 90%"}
    points, halves = processors.measures(TREND, 2004)
    assert set(points["measure"]) == {"Clock frequency (MHz)"}
    assert len(halves) == 4


def test_told_periods_are_read_from_their_interval():
    told = pd.DataFrame({"period": ["2003/2011", "1986/2003", "2024"], "value": [23.0, 52.0, 7.0]})
    table = processors.told_periods(told)
    assert list(table["start"]) == [1986, 2003]
    assert list(table["rate"]) == [0.52, 0.23]


def chips(*rows: tuple) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["product", "kind", "released", "metric", "value"])
    return table.assign(released=pd.to_datetime(table["released"]))


CHIPS = chips(
    ("A", "gpu", "2010-01-01", "fp32_peak", 1.0),
    ("A", "gpu", "2010-01-01", "tdp", 100.0),
    ("A", "gpu", "2010-01-01", "launch_price", 500.0),
    ("B", "gpu", "2012-01-01", "fp32_peak", 8.0),
    ("B", "gpu", "2012-01-01", "tdp", 200.0),
    ("C", "cpu", "2012-01-01", "fp32_peak", 2.0),
)


def test_speed_grows_by_efficiency_times_power():
    table = processors.catalogue(CHIPS, "gpu", 2000, 2030)
    assert list(table["efficiency"]) == [0.01, 0.04]
    rates = [
        processors.chip_rate(CHIPS, table, column, ["fp32_peak", "tdp"]).number
        for column in ("fp32_peak", "efficiency", "tdp")
    ]
    speed, thrift, power = (rate + 1 for rate in rates)
    assert speed == pytest.approx(thrift * power)
    assert speed - 1 != pytest.approx(thrift - 1 + power - 1, rel=0.05)


def test_a_chip_without_a_price_has_no_price_performance():
    table = processors.catalogue(CHIPS, "gpu", 2000, 2030)
    assert table["price_performance"].notna().tolist() == [True, False]
    assert not processors.chip_rate(CHIPS, table, "price_performance", ["launch_price"]).known


def test_a_catalogue_holds_the_years_asked_for_and_its_columns_without_chips():
    assert list(processors.catalogue(CHIPS, "gpu", 2011, 2030)["product"]) == ["B"]
    none = processors.catalogue(CHIPS.iloc[:0], "gpu", 2000, 2030)
    assert none.empty and "price_performance" in none


def test_chips_for_servers_begin_when_both_kinds_have_one():
    gpus = pd.DataFrame(
        {
            "product": ["Tesla C870", "Tesla K40m", "GeForce GTX 980"],
            "released": pd.to_datetime(["2007-05-02", "2013-11-22", "2014-09-19"]),
        }
    )
    cpus = pd.DataFrame(
        {
            "product": ["Intel Core i7-965 Extreme", "Intel Xeon E5-2690"],
            "released": pd.to_datetime(["2008-11-17", "2012-03-06"]),
        }
    )
    of_gpus, of_cpus = processors.for_servers(gpus, cpus)
    assert list(of_gpus["product"]) == ["Tesla K40m"]
    assert list(of_cpus["product"]) == ["Intel Xeon E5-2690"]
    assert all(chips.empty for chips in processors.for_servers(gpus, cpus.iloc[:1]))


def test_a_growth_rests_on_the_rows_of_its_chips_and_metrics():
    table = processors.catalogue(CHIPS, "gpu", 2000, 2030)
    rows = processors.chip_rate(CHIPS, table, "fp32_peak", ["fp32_peak"]).rows[0]
    assert list(rows["product"]) == ["A", "B"]
    assert set(rows["metric"]) == {"fp32_peak"}


def test_the_fastest_chip_is_that_of_its_day():
    assert processors.fastest(CHIPS, "gpu", "fp32_peak", 2011).number == 1
    assert processors.fastest(CHIPS, "gpu", "fp32_peak", 2012).number == 8
    assert not processors.fastest(CHIPS, "gpu", "fp32_peak", 2009).known
    assert processors.of_product(CHIPS, "C", "fp32_peak").number == 2


def test_quantities_are_fitted_by_kind():
    kinds = {kind: processors.catalogue(CHIPS, kind, 2000, 2030) for kind in ("gpu", "cpu")}
    points, lines = processors.quantities(kinds)
    assert len(points) == 3 + 2 + 2 + 1
    assert set(lines["kind"]) == {"gpu"}
    none = {"gpu": processors.catalogue(CHIPS.iloc[:0], "gpu", 2000, 2030)}
    assert all(table.empty for table in processors.quantities(none))
    assert processors.quantities({})[1]["day"].dtype.kind == "M"


GENERATIONS = pd.DataFrame(
    [
        ("cuda_cores", "X", None, "2008-06", 240.0, None),
        ("cuda_cores", "Y", None, "2010-06", 960.0, None),
        ("architectures", "A", "Tesla", "2006", None, 150.0),
        ("architectures", "GB200", "Blackwell", "2010-03", None, 900.0),
    ],
    columns=["listing", "model", "architecture", "release", "cuda_cores", "power"],
)


def test_a_pace_compounds_from_the_first_month_to_the_last():
    assert processors.pace(GENERATIONS, "release", "cuda_cores").number == pytest.approx(
        1, abs=0.01
    )
    assert not processors.pace(GENERATIONS.iloc[:1], "release", "cuda_cores").known


def test_architectures_are_counted_by_the_time_between_them():
    """Two architectures in four years are one step of four years, not two of two."""
    assert processors.years_per_architecture(GENERATIONS).number == 4
    assert not processors.years_per_architecture(GENERATIONS.iloc[:0]).known


def test_a_board_is_listed_under_its_product():
    table = processors.boards(GENERATIONS, chips(("B200", "gpu", "2024-01-01", "tdp", 1000.0)))
    assert list(table["name"]) == ["Tesla, A", "Blackwell, GB200"]
    assert math.isnan(table["listed"].iloc[0]) and table["listed"].iloc[1] == 1000
    counts = processors.counted(GENERATIONS)
    assert list(counts["cores"]) == [240, 960]
    assert processors.fewer(counts, GENERATIONS).number == 0
    assert processors.fewer(counts.iloc[::-1], GENERATIONS).number == 1
    assert not processors.fewer(counts.iloc[:0], GENERATIONS).known


def test_a_name_of_two_rows_is_refused():
    with pytest.raises(ValueError, match="names 2 rows"):
        processors.row(GENERATIONS.rename(index=str), "power", listing="architectures")
    assert not processors.row(GENERATIONS, "power", model="X").known
    assert not processors.row(GENERATIONS, "power", model="none").known


def test_without_launches_there_is_no_clock():
    none = processors.clock(LAUNCHES.iloc[:0], 2.0)
    assert none.empty and not processors.last_slip(none, LAUNCHES.iloc[:0]).known
    assert isinstance(processors.between_ticks(LAUNCHES.iloc[:0]), np.ndarray)
