"""The charts of the cars: their tables, and what each must show besides."""

import re

from charting import dated, drawing, spec_of, table

from computecycle.charts import ev_compute as charts

WEEKLY = dated(
    "service day rides kind",
    ("Waymo", "2020-03-31", 1.0, "range"),
    ("Waymo", "2020-03-31", 2.0, "range"),
    ("Waymo", "2024-05-09", 50.0, "told"),
    ("Waymo", "2025-12-31", 450.0, "estimated"),
    ("Waymo", "2026-03-27", 500.0, "told"),
    ("Apollo Go", "2024-06-30", 69.2, "told"),
    ("Apollo Go", "2025-09-30", 238.5, "told"),
)
NOTES = dated("day rides text", ("2020-03-31", 2.0, "hybrid minivans,\nmost with a driver"))
TILES = table(
    "driver mover text count firm",
    ("Nobody", "Engine or mild hybrid", "none in\nour list", 0, False),
    ("Nobody", "Hybrid, no plug", "Pony.ai\n2023", 1, False),
    ("Nobody", "Plug-in hybrid", "Waymo\n2020", 1, True),
    ("Driver watches", "Battery", "Tesla\n2019\nand 5 more", 6, True),
)
PEAKS = table(
    "form name tops without least kind format",
    ("Cars", "2025 XPeng G7 Ultra", 2200.0, 1100.0, 1100.0, "private car", "counted"),
    ("Cars", "2024 Baidu Apollo RT6", 1200.0, None, 1200.0, "taxi", "count not told"),
    ("Chips and boards", "2022 Drive Thor", 2000.0, None, 2000.0, "chip or board", "counted"),
)
MARKS_OF_PATH = table("low high middle goal", (734.0, 1308.0, 980.0, 5000.0))
LOST = table(
    "where label watts share",
    ("town", "town, 25 km an hour", 0.0, 0.0),
    ("town", "town, 25 km an hour", 2500.0, 0.39),
    ("motorway", "motorway, 110 km an hour", 0.0, 0.0),
    ("motorway", "motorway, 110 km an hour", 2500.0, 0.13),
)
LOADS = table(
    "where label watts share",
    ("town", "Tesla 2019", 72.0, 0.02),
    ("town", "the study's goal", 1625.0, 0.29),
    ("motorway", "the study's goal", 1625.0, 0.09),
)
CELLS = table(
    "year value fit", (1991, 9210.2, "fitted"), (2002, 1345.5, "fitted"), (2024, 78.0, "fitted")
)
MARKS = table(
    "year low high label", (1997.5, 3000.0, 4000.0, "3,000-4,000"), (2016, 244.0, 244.0, "244")
)
POINTS = table(
    "name cumulative value fitted fit",
    ("vehicles alone", 0.6, 550.7, 850.0, "fitted line"),
    ("vehicles alone", 3223.0, 78.0, 97.0, "fitted line"),
    ("with phones\nand laptops (assumed)", 45.6, 550.7, 780.0, "fitted line"),
    ("with phones\nand laptops (assumed)", 3898.0, 78.0, 81.0, "fitted line"),
)
RESTATED = table(
    "case first last moved",
    ("Price of 2010, surveys of 2019 and 2025", 1100.0, 1474.0, 1385.0),
    ("Price of 2022, surveys of 2022 and 2023", 151.0, 162.0, 157.0),
)
SHARES = table(
    "region year share kind low high",
    ("World", 2023.0, 0.18, "before", None, None),
    ("World", 2025.0, 0.25, "after", None, None),
    ("World", 2025.0, 0.37, "fitted", None, None),
    ("World", 2025.0, None, "interval", 0.32, 0.42),
    ("China", 2023.0, 0.38, "before", None, None),
)
JUDGED = table(
    "case expected came",
    ("World 2025, BloombergNEF in 2020", 0.10, 0.25),
    ("Europe 2025, BloombergNEF in 2022", 0.39, 0.28),
)
YEARLY = table(
    "line year cars",
    ("Tesla, battery cars", 2024, 1.79),
    ("Tesla, battery cars", 2025, 1.64),
    ("BYD, battery cars", 2024, 1.76),
    ("BYD, battery cars", 2025, 2.26),
    ("BYD, with hybrids", 2025, 4.6),
)

FIGURES = {
    charts.rides: (WEEKLY, NOTES),
    charts.levels: (TILES,),
    charts.peaks: (PEAKS, MARKS_OF_PATH),
    charts.range_lost: (LOST, LOADS),
    charts.cell_price: (CELLS, CELLS, MARKS),
    charts.experience: (POINTS,),
    charts.restated: (RESTATED,),
    charts.shares_by_region: (SHARES,),
    charts.forecasts: (JUDGED,),
    charts.makers: (YEARLY,),
}


def written(chart) -> str:
    """All that a chart writes."""
    return " ".join(
        re.findall(r">([^<>]+)</(?:text|tspan)>", drawing(spec_of(chart, *FIGURES[chart])))
    )


def test_a_line_of_rides_leaves_out_estimates_and_ranges():
    drawn = drawing(spec_of(charts.rides, WEEKLY, NOTES))
    lines = re.findall(r'class="mark-line[^>]*>(.*?)</g>', drawn)
    assert sum(line.count("L") for line in lines) == 2  # two services, two told numbers each
    assert drawn.count("mark-rule") >= 1


def test_a_tile_without_a_car_says_so():
    drawn = written(charts.levels)
    assert "none" in drawn and "Waymo" in drawn


def test_cars_stand_apart_from_chips_and_before_the_path():
    drawn = written(charts.peaks)
    assert "Cars" in drawn and "Chips and boards" in drawn
    assert drawn.count("path") == drawn.count("goal") == 2  # in each panel


def test_a_sparse_peak_stands_without_skipped_operations_too():
    drawn = drawing(spec_of(charts.peaks, PEAKS, MARKS_OF_PATH))
    ends = re.findall(r'x2="(-?[\d.]+)"[^>]*stroke-dasharray="3,2"', drawn)
    assert len(ends) == len(PEAKS) and sum(float(end) != 0 for end in ends) == 1


def test_a_restated_price_has_both_of_its_numbers():
    drawn = written(charts.restated)
    assert all(text in drawn for text in ("$1,100", "$1,474", "$151", "$162"))


def test_a_curve_tells_where_it_stands_in_the_newest_year():
    assert "37%" in written(charts.shares_by_region)


def test_a_computer_is_named_once_and_stands_on_each_line():
    assert written(charts.range_lost).count("the study's goal") == 1


def test_lines_are_named_at_their_ends():
    for chart, names in (
        (charts.makers, list(charts.LINES)),
        (charts.rides, list(charts.SERVICES)),
        (charts.range_lost, list(charts.PLACES)),
    ):
        assert all(name in written(chart) for name in names)


def test_a_forecast_has_both_of_its_numbers():
    drawn = written(charts.forecasts)
    assert all(text in drawn for text in ("10%", "25%", "39%", "28%"))
