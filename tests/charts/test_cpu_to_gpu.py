"""The charts from CPU to GPU: their tables, and what each must show besides."""

from charting import dated, spec_of, table, texts

from computecycle.charts import cpu_to_gpu as charts

TREND = table(
    "measure year value",
    ("Clock (MHz)", 1971, 0.7),
    ("Clock (MHz)", 2021, 3200.0),
    ("Power (W)", 1971, 1.0),
    ("Power (W)", 2021, 200.0),
)
HALVES = table(
    "measure period year value label",
    ("Clock (MHz)", "before", 1971.0, 0.6, "to 2004: +30% a year"),
    ("Clock (MHz)", "before", 2004.0, 3000.0, "to 2004: +30% a year"),
    ("Clock (MHz)", "after", 2004.0, 3000.0, "since: −1% a year"),
    ("Clock (MHz)", "after", 2021.0, 2900.0, "since: −1% a year"),
)
JOBS = table(
    "machine part start end speedup",
    ("One worker", "cannot be split", 0.0, 0.1, 1.0),
    ("One worker", "can be split", 0.1, 1.0, 1.0),
    ("144 workers, the cores of a server CPU", "cannot be split", 0.0, 0.1, 9.41),
    ("144 workers, the cores of a server CPU", "can be split", 0.1, 0.106, 9.41),
)
POINTS = dated(
    "series day value label",
    ("GPU, 16 bits, matrix", "2017-06-21", 125.0, "V100"),
    ("GPU, 16 bits, matrix", "2022-09-20", 989.0, ""),
    ("CPU, 32 bits", "2012-03-06", 0.37, ""),
    ("CPU, 32 bits", "2024-10-10", 27.6, ""),
)
FOREST = table(
    "group name rate low high points",
    ("core", "One CPU core", 0.07, 0.06, 0.08, 8),
    ("gpu", "GPU, 16 bits on matrix units", 0.45, 0.37, 0.53, 12),
)
FACTORS = table(
    "split part start end multiple share",
    ("As the study splits it", "Shorter numbers", 1.0, 16.0, 16.0, 0.8),
    ("As the study splits it", "Process", 16.0, 40.0, 2.5, 0.2),
    ("As the two chips show it", "More lanes", 1.0, 7.79, 7.79, 1.0),
)
LEADS = table(
    "group name low high listed",
    ("Desktop, 32 bits", "GTX 680, 2012, against Core i5-2400", 21.8, 63.5, True),
    ("Desktop, 32 bits", "TITAN V, 2017, against Core i3-8100", 2.3, 8.9, True),
    ("Server, 32 bits", "H100 SXM5, 2022, against EPYC 7282", 2.7, 3.1, False),
)
LINES = dated(
    "series day value",
    ("Sums, fastest format", "2012-11-12", 1.0),
    ("Sums, fastest format", "2025-08-22", 3812.0),
    ("Memory bandwidth", "2012-11-12", 1.0),
    ("Memory bandwidth", "2024-03-18", 30.8),
    ("Sums, 32 bits", "2012-11-12", 1.0),
    ("Sums, 32 bits", "2025-02-15", 22.9),
)
STEPS = dated(
    "day platform cost low_cost high_cost label",
    ("1945-12-31", "ENIAC", 2e15, 1.5e15, 2.5e15, "ENIAC"),
    ("2011-03-01", "cluster", 2.0, 1.5, 2.5, ""),
    ("2023-05-01", "card", 0.01, 0.005, 0.015, "card"),
).rename(columns={"low_cost": "low", "high_cost": "high"})
CURVES = table(
    "series year value",
    ("Land", 2000.0, 40.0),
    ("Land", 2001.0, 55.0),
    ("World", 2001.0, 20.0),
)
STATED = table("label value year", ("the study:|2016", 52.0, 2000.5))
FIGURES = {
    charts.trends: (TREND, HALVES),
    charts.splitting: (JOBS,),
    charts.formats: (POINTS,),
    charts.growth: (FOREST,),
    charts.cascade: (FACTORS,),
    charts.leads: (LEADS,),
    charts.memory: (LINES,),
    charts.cost: (STEPS, 2007),
    charts.penetration: (CURVES, STATED, 50.0),
}


def test_each_panel_has_an_axis_of_its_own_and_says_its_rates():
    shown = texts(spec_of(charts.trends, TREND, HALVES))
    assert "Clock (MHz, log scale)" in shown and "Power (W, log scale)" in shown
    assert "to 2004: +30% a year" in shown and "since: −1% a year" in shown


def test_a_machine_says_how_many_times_as_fast_it_is_unless_it_is_the_first():
    shown = texts(spec_of(charts.splitting, JOBS))
    assert "9.41 times as fast" in shown and "1 times as fast" not in shown


def test_a_line_is_named_once_at_its_end():
    shown = texts(spec_of(charts.formats, POINTS))
    assert shown.count("GPU, 16 bits, matrix") == 1 and "V100" in shown


def test_a_factor_stands_with_its_share_of_the_doublings():
    shown = texts(spec_of(charts.cascade, FACTORS))
    assert "× 2.5, 20%" in shown and "× 7.79, 100%" in shown


def test_names_of_lines_that_end_near_each_other_keep_apart():
    ends = charts._ends(LINES, apart=2.4).set_index("series")["at"]
    assert ends["Sums, 32 bits"] == 22.9
    assert ends["Memory bandwidth"] == 22.9 * 2.4
    assert ends["Sums, fastest format"] == 3812


def test_each_card_has_a_row_in_the_panel_of_its_class():
    shown = texts(spec_of(charts.leads, LEADS))
    assert (
        "Desktop, 32 bits (times, log scale)" in shown
        and "H100 SXM5, 2022, against EPYC 7282" in shown
    )


def test_a_power_of_ten_is_a_number_while_it_is_short():
    shown = texts(spec_of(charts.cost, STEPS, 2007))
    assert "10¹⁵" in shown and "0.01" in shown and "The same from 2007 (log scale)" in shown
