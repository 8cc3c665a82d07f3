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
    "count name most least kind format low high nearest goal",
    ("claimed", "2025 XPeng G7", 2200.0, 2200.0, "private car", "counted", 734, 1308, 5000, 5000),
    ("claimed", "2024 Baidu", 1200.0, 1200.0, "taxi", "count not told", 500, 1000, 5000, 5000),
    ("claimed", "2019 Tesla", 144.0, 144.0, "private car", "counted", None, None, 5000, 5000),
    ("without", "2025 XPeng G7", 1100.0, 1100.0, "private car", "counted", 367, 734, 2500, 5000),
    ("without", "2024 Baidu", 1200.0, 600.0, "taxi", "count not told", 250, 500, 2500, 5000),
)
LOST = table(
    "where label low high",
    ("town, 25 km an hour", "Tesla 2019", 0.02, 0.02),
    ("motorway, 110 km an hour", "Tesla 2019", 0.004, 0.004),
    ("town, 25 km an hour", "the study's goal", 0.14, 0.29),
    ("motorway, 110 km an hour", "the study's goal", 0.03, 0.09),
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
PACKS = table(
    "year survey value kind",
    (2016, "2025", 365.0, "newest"),
    (2025, "2025", 108.0, "newest"),
    (2023, "2023", 147.0, "older"),
)
EXPECTED = table("year price label", (2025, 108.0, "$108"), (2030, 80.0, "$80"))
SHARES = table(
    "region year share kind low high",
    ("World", 2023.0, 0.18, "before", None, None),
    ("World", 2025.0, 0.25, "after", None, None),
    ("World", 2025.0, 0.37, "fitted", None, None),
    ("World", 2025.0, None, "interval", 0.32, 0.42),
    ("China", 2023.0, 0.38, "before", None, None),
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
    charts.peaks: (PEAKS,),
    charts.range_lost: (LOST,),
    charts.cell_price: (CELLS, CELLS, MARKS),
    charts.experience: (POINTS,),
    charts.pack_price: (PACKS, EXPECTED),
    charts.shares_by_region: (SHARES,),
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


def test_a_pieced_tile_is_neither_a_firm_one_nor_an_empty_one():
    drawn = drawing(spec_of(charts.levels, TILES))
    assert drawn.count('stroke-dasharray="4,3"') == 1
    assert drawn.count('fill-opacity="0.2"') == 1


def test_each_way_to_count_has_its_panel_with_a_path_and_a_goal():
    drawn = written(charts.peaks)
    assert "Claimed" in drawn and "Without" in drawn
    assert drawn.count("path") == drawn.count("goal") == 2  # in each panel


def test_a_path_stands_beside_the_cars_of_its_years_alone():
    drawn = drawing(spec_of(charts.peaks, PEAKS))
    assert drawn.count('stroke-width="25"') == PEAKS["low"].notna().sum()


def test_a_peak_that_may_be_either_leads_to_both():
    drawn = drawing(spec_of(charts.peaks, PEAKS))
    lines = re.findall(r'x2="(-?[\d.]+)"[^>]*stroke-dasharray="3,2"', drawn)
    assert len(lines) == 1 and float(lines[0]) != 0


def test_only_prices_of_one_survey_are_joined():
    drawn = drawing(spec_of(charts.pack_price, PACKS, EXPECTED))
    lines = re.findall(r'class="mark-line[^>]*>(.*?)</g>', drawn)
    assert [line.count("L") for line in lines] == [1, 1]  # the study's path and the newest survey
    assert "$80" in written(charts.pack_price)


def test_a_curve_tells_where_it_stands_in_the_newest_year():
    assert "37%" in written(charts.shares_by_region)


def test_a_computer_is_named_once_with_what_it_takes_in_town():
    drawn = written(charts.range_lost)
    assert drawn.count("the study’s goal") == 1
    assert "14% to 29%" in drawn and "2%" in drawn and "3% to" not in drawn
    assert "town, 25 km an hour" in drawn and "motorway, 110 km an hour" in drawn


def test_lines_are_named_at_their_ends():
    for chart, names in (
        (charts.makers, list(charts.LINES)),
        (charts.rides, list(charts.SERVICES)),
    ):
        assert all(name in written(chart) for name in names)
