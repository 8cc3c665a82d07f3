"""Processors: fits before and after a year, the catalogue and what follows from it."""

import pandas as pd
import pytest

from computecycle.quantities.cpu_to_gpu import processors


def trend(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["metric", "year", "value"])


TREND = trend(
    *(("clock_frequency", year, 2.0 ** (year - 2000)) for year in range(2000, 2005)),
    *(("clock_frequency", year, 2.0 ** (2008 - year)) for year in range(2005, 2009)),
)
GENERATIONS = pd.DataFrame(
    [
        ("cuda_cores", "X", "2008-06", 240.0, None),
        ("cuda_cores", "Y", "2010-06", 960.0, None),
        ("architectures", "A", "2006", None, 150.0),
        ("architectures", "B", "2010-03", None, 900.0),
    ],
    columns=["listing", "model", "release", "cuda_cores", "power"],
)


def test_the_years_of_a_metric_are_taken_with_both_ends():
    assert list(processors.of(TREND, "clock_frequency", 2002, 2004)["year"]) == [2002, 2003, 2004]
    assert processors.of(TREND, "typical_power", 0, 3000).empty


def test_a_measure_is_fitted_up_to_the_split_and_from_it():
    points, lines = processors.measures(TREND, GENERATIONS, 2004)
    assert set(points["measure"]) == {"Clock (MHz)", processors.CORES}
    clock = lines[lines["measure"] == "Clock (MHz)"]
    assert list(clock["label"].unique()) == [
        "to 2004: +100% a year (100 to 100)",
        "since: \N{MINUS SIGN}50% a year (\N{MINUS SIGN}50 to \N{MINUS SIGN}50)",
    ]
    assert list(clock["year"]) == [2000, 2004, 2004, 2008]
    assert list(clock["value"]) == pytest.approx([1, 16, 16, 1])


def test_a_fitted_rate_is_told_with_its_interval_and_bare_where_two_years_make_it():
    years = trend(
        *(("typical_power", 2000 + each, value) for each, value in enumerate((1, 4, 2, 8)))
    )
    (told,) = processors.measures(years, GENERATIONS[:0], 2004)[1]["label"].unique()
    assert told == "to 2004: +74% a year (\N{MINUS SIGN}51 to 517)"
    (told,) = processors.measures(years[:2], GENERATIONS[:0], 2004)[1]["label"].unique()
    assert told == "to 2004: +300% a year"


def test_no_line_is_drawn_where_a_measure_stands_still():
    still = trend(*(("typical_power", year, 1.0 + (year == 2004)) for year in range(2000, 2005)))
    points, lines = processors.measures(still, GENERATIONS[:0], 2004)
    assert len(points) == 5 and lines.empty


def test_cores_are_counted_where_they_are_known_and_their_line_says_where_it_begins():
    counts = processors.counted(GENERATIONS)
    assert list(counts["year"]) == [2008, 2010] and list(counts["value"]) == [240, 960]
    lines = processors.measures(TREND, GENERATIONS, 2004)[1]
    assert set(lines[lines["measure"] == processors.CORES]["label"]) == {"from 2008: +100% a year"}


def test_without_rows_there_are_neither_points_nor_lines():
    assert all(t.empty for t in processors.measures(TREND[:0], GENERATIONS[:0], 2004))


def test_a_launch_below_the_last_process_is_counted():
    launches = pd.DataFrame({"process": [22, 14, 14, 10]})
    assert processors.launched_below(launches, launches.iloc[[1]]).number == 1
    assert processors.launched_below(launches, launches.iloc[[3]]).number == 0
    assert not processors.launched_below(launches, launches[:0]).known


def chips(*rows: tuple) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["product", "kind", "use", "released", "metric", "value"])
    return table.assign(released=pd.to_datetime(table["released"]))


CHIPS = chips(
    ("A", "gpu", "server", "2010-01-01", "fp32_peak", 1.0),
    ("A", "gpu", "server", "2010-01-01", "tdp", 100.0),
    ("A", "gpu", "server", "2010-01-01", "launch_price", 500.0),
    ("B", "gpu", "server", "2012-01-01", "fp32_peak", 8.0),
    ("B", "gpu", "server", "2012-01-01", "tdp", 200.0),
    ("C", "cpu", "desktop", "2012-01-01", "fp32_peak", 2.0),
)


def test_efficiency_is_speed_over_power():
    table = processors.catalogue(CHIPS, "gpu", 2000, 2030)
    assert list(table["efficiency"]) == [0.01, 0.04]


def test_a_chip_without_a_price_has_no_price_performance():
    table = processors.catalogue(CHIPS, "gpu", 2000, 2030)
    assert table["price_performance"].notna().tolist() == [True, False]


def test_a_catalogue_holds_the_years_asked_for_and_its_columns_without_chips():
    assert list(processors.catalogue(CHIPS, "gpu", 2011, 2030)["product"]) == ["B"]
    none = processors.catalogue(CHIPS.iloc[:0], "gpu", 2000, 2030)
    assert none.empty and "price_performance" in none


def test_rows_are_asked_for_by_kind_and_use():
    assert list(processors.listed(CHIPS, "gpu", "server", "tdp")["product"]) == ["A", "B"]
    assert processors.listed(CHIPS, "gpu", "desktop", "tdp").empty
    assert list(processors.of_cpus(CHIPS, ["fp32_peak", "tdp"])["product"]) == ["C"]


def test_the_quickest_rate_of_a_product_is_taken_in_any_format_and_no_price_counts():
    more = chips(
        ("A", "gpu", "server", "2010-01-01", "int8_tensor_dense", 4.0),
        ("A", "gpu", "server", "2010-01-01", "fp16_tensor_dense", 2.0),
    )
    best = processors.quickest(pd.concat([more, CHIPS], ignore_index=True), "gpu", "server")
    assert list(best["product"]) == ["A", "B"] and list(best["value"]) == [4, 8]
    assert processors.quickest(CHIPS, "cpu", "server").empty


def test_a_name_of_two_rows_is_refused():
    with pytest.raises(ValueError, match="names 2 rows"):
        processors.row(GENERATIONS.rename(index=str), "power", listing="architectures")
    assert not processors.row(GENERATIONS, "power", model="X").known
    assert not processors.row(GENERATIONS, "power", model="none").known


def test_a_rate_of_one_core_is_the_rate_over_the_cores():
    rows = pd.DataFrame(
        [("A", "cores", 8.0), ("A", "fp32_peak", 4.0), ("B", "fp32_peak", 6.0)],
        columns=["product", "metric", "value"],
    )
    rates, cores = processors.per_core(rows, rows[rows["metric"] == "fp32_peak"])
    assert list(rates["product"]) == ["A"] and list(rates["value"]) == [0.5]
    assert list(cores["metric"]) == ["cores"]


def test_a_class_holds_its_cheap_processors():
    rows = pd.DataFrame(
        {"product": ["A", "B", "C"], "use": ["server", "server_bargain", "desktop"]}
    )
    assert list(processors.sold_for(rows, "server")["product"]) == ["A", "B"]
