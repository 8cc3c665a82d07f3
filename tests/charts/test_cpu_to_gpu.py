"""The charts from CPU to GPU: their tables, and what each must show besides."""

from charting import dated, spec_of, table, texts, views

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
RACED = table(
    "worker share times",
    ("4 cores", 0.5, 1.6),
    ("4 cores", 0.00001, 4.0),
    ("100 lanes alone", 0.5, 0.2),
    ("100 lanes alone", 0.00001, 9.99),
    ("100 lanes and one core", 0.5, 1.8),
    ("100 lanes and one core", 0.000998990645732194, 9.91),
    ("100 lanes and one core", 0.00001, 10.0),
)
EVEN = table("share times", (0.0164, 3.81))
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
LEADS = dated(
    "group card name day low_lead high_lead listed label",
    ("Desktop", "GTX 680", "GTX 680, 2012, against i5", "2012-03-22", 5.7, 5.7, True, "GTX 680"),
    ("Desktop", "GTX TITAN", "GTX TITAN, 2013, against i5", "2013-02-21", 4.1, 4.1, True, ""),
    ("Server", "H100", "H100, 2022, against EPYC", "2022-09-20", 0.84, 1.16, False, "H100"),
    ("Server", "A100", "A100, 2020, against EPYC", "2020-05-14", 0.55, 0.55, False, "A100"),
).rename(columns={"low_lead": "low", "high_lead": "high"})
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
    charts.splitting: (RACED, EVEN),
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


def test_each_worker_is_named_once_and_the_point_at_which_two_are_even():
    shown = texts(spec_of(charts.splitting, RACED, EVEN))
    assert all(shown.count(worker) == 1 for worker in RACED["worker"].unique())
    assert "even at 1.6%" in shown


def test_work_that_splits_stands_to_the_right():
    drawn = spec_of(charts.splitting, RACED, EVEN)
    shares = [view["encoding"]["x"] for view in views(drawn) if "x" in view["encoding"]]
    assert shares and all(each["scale"]["reverse"] for each in shares)
    assert all(each["scale"]["domain"] == [0.00001, 0.5] for each in shares)


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


def test_each_class_has_a_panel_in_which_chosen_cards_are_named():
    shown = texts(spec_of(charts.leads, LEADS))
    assert {
        "Desktop, times the best rival (log scale)",
        "Server, times the best rival (log scale)",
    } <= set(shown)
    assert {"GTX 680", "H100", "A100"} <= set(shown) and "GTX TITAN" not in shown


def test_the_panels_of_classes_share_their_years_and_their_lead():
    domains = [
        [view["encoding"][way]["scale"]["domain"] for way in "xy" if way in view["encoding"]]
        for view in views(spec_of(charts.leads, LEADS))
        if view["mark"]["type"] == "point"
    ]
    assert len(domains) == 4 and all(each == domains[0] for each in domains)


def test_a_power_of_ten_is_a_number_while_it_is_short():
    shown = texts(spec_of(charts.cost, STEPS, 2007))
    assert "10¹⁵" in shown and "0.01" in shown and "The same from 2007 (log scale)" in shown
