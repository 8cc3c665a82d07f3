"""The charts from CPU to GPU: their tables, and what each must show besides."""

from charting import dated, spec_of, table, texts, views

from computecycle.charts import cpu_to_gpu as charts

CURVES = table(
    "series kind year value",
    ("Land, users", "told", 2000.0, 40.0),
    ("Land, users", "told", 2001.0, 55.0),
    ("Land, users", "fitted", 2000.0, 41.0),
    ("Land, users", "fitted", 2001.0, 54.0),
    ("World, users", "told", 2001.0, 20.0),
)
BELLS = table(
    "series kind share added",
    ("Land", "told", 30.0, 4.0),
    ("Land", "fitted", 0.0, 0.0),
    ("Land", "fitted", 50.0, 5.0),
    ("Land", "fitted", 100.0, 0.0),
)
SLIPS = dated(
    "name step process launch due",
    ("Penryn", "tick", 45.0, "2007-11-11", "2007-11-11"),
    ("Nehalem", "tock", 45.0, "2008-11-17", "2008-11-10"),
    ("Cascade Lake again", "optimization", 14.0, "2020-02-24", None),
    ("next tick, due", "tick", None, None, "2015-11-11"),
)
SINGLE = table("year value", (2000, 100.0), (2005, 900.0), (2010, 1500.0))
PERIODS = table(
    "period year value label",
    ("2000 to 2005", 2000.0, 110.0, "50% a year|told 52%"),
    ("2000 to 2005", 2005.0, 800.0, "50% a year|told 52%"),
    ("2005 to 2010", 2005.0, 900.0, "11% a year|told 7%"),
    ("2005 to 2010", 2010.0, 1500.0, "11% a year|told 7%"),
)
TREND = table(
    "measure year value",
    ("Clock frequency (MHz)", 1971, 0.7),
    ("Clock frequency (MHz)", 2021, 3200.0),
    ("Hardware threads", 1971, 1.0),
    ("Hardware threads", 2021, 200.0),
)
HALVES = table(
    "measure period year value",
    ("Clock frequency (MHz)", "1971 to 2021", 1971.0, 0.6),
    ("Clock frequency (MHz)", "1971 to 2021", 2021.0, 3000.0),
)
POINTS = table(
    "list name kind chips elo",
    ("one program", "1 GPU", "GPU", 1.0, 2181.0),
    ("one program", "280 GPUs", "GPU", 280.0, 3168.0),
    ("versions", "AlphaGo (Lee Sedol)", "TPU", 48.0, 3739.0),
)
CORES = dated("model day cores", ("GTX 280", "2008-06-01", 240.0), ("H100", "2022-03-01", 18432.0))
CHIPS = dated(
    "measure kind day value",
    ("Power (W)", "gpu", "2006-11-08", 155.0),
    ("Power (W)", "cpu", "2024-10-10", 500.0),
    ("Speed per dollar (TFLOPS/USD)", "gpu", "2006-11-08", 0.0006),
)
CHIP_LINES = dated(
    "measure kind day value",
    ("Power (W)", "gpu", "2006-11-08", 150.0),
    ("Power (W)", "gpu", "2025-01-30", 480.0),
)
BOARDS = table(
    "name printed listed", ("Tesla, A", 175.0, 155.0), ("Maxwell, GeForce GTX 980 Ti", 250.0, None)
)
LADDER = table(
    "law kind rate multiple years",
    ("Moore's law", "told", 1.0, 1024.0, 10.0),
    ("Single core", "measured", 0.08, 2.1, 10.0),
    ("Falling", "measured", -0.05, 0.6, 10.0),
)
PARTS = table(
    "part multiple doublings share", ("number formats", 16.0, 4.0, 0.8), ("sparsity", 2.0, 1.0, 0.2)
)
PLATFORMS = dated(
    "day platform cost lowest label",
    ("1945-12-31", "ENIAC", 2e15, True, "ENIAC"),
    ("2020-11-01", "console", 0.04, False, ""),
    ("2023-05-01", "board", 0.01, True, "board"),
)
WINDOW = dated("day cost", ("2013-06-01", 0.3), ("2023-05-01", 0.01))
NEWER = dated("day platform cost", ("2025-01-30", "RTX 5090", 0.019))
FOUND = table(
    "window rate low high printed",
    ("since 1945", 0.4024, 0.3992, 0.4077, 0.4024),
    ("since 2015", 0.2414, 0.2036, 0.3019, 0.2414),
)
FIGURES = {
    charts.penetration: (CURVES, 50.0),
    charts.additions: (BELLS,),
    charts.tick_tock: (SLIPS,),
    charts.single_core: (SINGLE, PERIODS),
    charts.trends: (TREND, HALVES),
    charts.rating_by_hardware: (POINTS,),
    charts.cores: (CORES,),
    charts.chips: (CHIPS, CHIP_LINES),
    charts.power: (BOARDS,),
    charts.laws: (LADDER,),
    charts.parts: (PARTS,),
    charts.cost: (PLATFORMS, WINDOW, NEWER),
    charts.windows: (FOUND,),
}


def test_a_fit_is_drawn_as_a_line_and_what_was_told_as_points():
    marks = [view["mark"]["type"] for view in views(spec_of(charts.penetration, CURVES, 50.0))]
    assert marks == ["rule", "text", "line", "point"]


def test_each_panel_has_an_axis_of_its_own():
    shown = texts(spec_of(charts.trends, TREND, HALVES))
    assert "Clock frequency (MHz, log scale)" in shown and "Hardware threads (log scale)" in shown


def test_a_launch_without_a_process_has_no_name_of_one():
    shown = texts(spec_of(charts.tick_tock, SLIPS))
    assert "14 nm" in shown and not any("null nm" in words for words in shown)


def test_the_multiple_of_a_law_is_said_beside_its_bar():
    shown = texts(spec_of(charts.laws, LADDER))
    assert "x 1,024" in shown and "x 2.1" in shown and "x 0.6" in shown


def test_a_power_of_ten_is_a_number_while_it_is_short():
    shown = texts(spec_of(charts.cost, PLATFORMS, WINDOW, NEWER))
    assert "10⁸" in shown and "10¹⁶" in shown and "0.01" in shown and "10,000" in shown


def test_every_processor_is_named_with_its_year_oldest_first():
    shown = texts(spec_of(charts.cores, CORES))
    assert shown.index("GTX 280, 2008") < shown.index("H100, 2022") and "18,432" in shown
