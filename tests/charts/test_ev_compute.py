"""The charts of the cars: their tables, and what each must show besides."""

import re

from charting import dated, drawing, spec_of, table, views

from computecycle.charts import ev_compute as charts
from computecycle.charts import theme

CHIPS = table(
    "list year rate format state label",
    ("the document's table", 2016.7, 4.0, "FP32 or FP16", "announced", ""),
    ("the document's table", 2019.9, 400.0, "INT8", "launched", "Orin"),
    ("public figures", 2014.0, 0.256, "not stated", "launched", "EyeQ3"),
    ("public figures", 2022.0, 2000.0, "FP4", "announced", "Thor"),
)
RATES = table(
    "list name per_watt format",
    ("the document's table", "Drive AGX Pegasus OA", 2.67, "INT8"),
    ("public figures", "Horizon Robotics Journey 5", 4.27, "not stated"),
)
PATH = table(
    "start year tops",
    ("from 500", 2024, 500.0),
    ("from 500", 2025, 1000.0),
    ("from 1,000", 2024, 1000.0),
    ("from 1,000", 2025, 2000.0),
)
GOAL = table("year tops label", (2030, 5000.0, "5,000 in 2030"))
CELLS = table("year value", (1991, 9210.2), (2002, 1345.5), (2024, 78.0))
MARKS = table(
    "year low high label", (1997.5, 3000.0, 4000.0, "3,000-4,000"), (2016, 244.0, 244.0, "244")
)
SURVEYS = table(
    "vintage year value recalled",
    ("survey of 2020", 2010, 1191.0, False),
    ("survey of 2020", 2011, 924.0, True),
    ("survey of 2025", 2010, 1474.0, False),
    ("survey of 2025", 2011, float("nan"), False),
    ("survey of 2025", 2025, 108.0, False),
)
POINTS = table(
    "cumulative value fitted label", (1.3, 331.9, 270.0, "2015"), (41.0, 111.0, 96.0, "2023")
)
CURVE = POINTS[["cumulative", "value"]]
BILLS = table(
    "case low high kind",
    ("40 kWh in the late nineties, as printed", 120000.0, 150000.0, "printed"),
    ("40 kWh of cells", 3120.0, 3120.0, "computed"),
)
SHARES = table(
    "region year share kind",
    ("World", 2023.0, 0.18, "IEA vintage 2024"),
    ("World", 2025.0, 0.25, "IEA vintage 2026"),
    ("World", 2025.0, 0.37, "fitted"),
    ("China", 2023.0, 0.38, "IEA vintage 2024"),
)
MAKERS = dated(
    "line quarter cars how",
    ("Tesla, battery cars", "2024-03-31", 386.8, "read"),
    ("Tesla, battery cars", "2024-06-30", float("nan"), "none"),
    ("Tesla, battery cars", "2024-09-30", 462.9, "read"),
    ("BYD, with hybrids", "2024-09-30", 1134.9, "recalled"),
)

FIGURES = {
    charts.chips_by_year: (CHIPS,),
    charts.compute_per_watt: (RATES,),
    charts.road: (PATH, GOAL),
    charts.cell_price: (CELLS, CELLS, MARKS),
    charts.pack_price: (SURVEYS, MARKS),
    charts.experience: (POINTS, CURVE),
    charts.battery_bills: (BILLS,),
    charts.shares_by_region: (SHARES,),
    charts.makers_by_quarter: (MAKERS,),
}


def test_a_line_does_not_run_across_a_missing_quarter():
    drawn = theme.themed_svg(drawing(spec_of(charts.makers_by_quarter, MAKERS)))
    lines = re.findall(r'class="mark-line[^>]*>(.*?)</g>', drawn)
    tesla = next(path for path in lines if "L" in path or path.count("M") > 1)
    assert tesla.count("M") == 2 and "L" not in tesla.split("d=")[1].split('"')[1].replace("ZM", "")


def test_each_number_format_has_one_colour_in_both_charts():
    tones = [
        view["encoding"]["color"]["scale"]
        for chart in (charts.chips_by_year, charts.compute_per_watt)
        for view in views(spec_of(chart, *FIGURES[chart]))
        if view["encoding"].get("color", {}).get("field") == "format"
    ]
    pairs = {pair for tone in tones for pair in zip(tone["domain"], tone["range"], strict=True)}
    assert len(pairs) == len(dict(pairs)) == len({tone for _, tone in pairs})


def test_the_legend_names_only_formats_that_are_drawn():
    scales = [
        view["encoding"]["color"]["scale"]["domain"]
        for view in views(spec_of(charts.compute_per_watt, RATES))
        if view["encoding"].get("color", {}).get("field") == "format"
    ]
    assert scales == [["INT8", "not stated"]]
