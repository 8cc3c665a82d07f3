"""Each chart of the chapter on cars: draws from its columns only, at both widths, without rows."""

import re

import pandas as pd
import pytest
from test_charts import table, views

from computecycle import theme
from computecycle.charts import ev_compute as charts

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
MAKERS = table(
    "line quarter cars how",
    ("Tesla, battery cars", "2024-03-31", 386.8, "read"),
    ("Tesla, battery cars", "2024-06-30", float("nan"), "none"),
    ("Tesla, battery cars", "2024-09-30", 462.9, "read"),
    ("BYD, with hybrids", "2024-09-30", 1134.9, "recalled"),
).assign(quarter=lambda rows: pd.to_datetime(rows["quarter"]))

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
each_chart = pytest.mark.parametrize("chart", FIGURES, ids=lambda chart: chart.__name__)
each_width = pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])


def spec_of(chart, rows: slice = slice(None)) -> dict:
    return chart(*(each.iloc[rows] for each in FIGURES[chart])).to_dict()


def drawn(chart, width: int = theme.WIDE, rows: slice = slice(None)) -> str:
    return theme.themed_svg(theme.svg(theme.fit(spec_of(chart, rows), width)))


@each_chart
@each_width
def test_a_chart_draws_within_the_width(chart, width):
    drawing = theme.svg(theme.fit(spec_of(chart), width))
    assert 0.9 * width < theme.drawn_width(drawing) <= width


@each_chart
def test_a_chart_uses_only_columns_that_its_table_has(chart):
    spec = spec_of(chart)
    for view in views(spec):
        known = {name for row in spec["datasets"][view["data"]] for name in row} | view["made"]
        used = {part["field"] for part in view["encoding"].values() if "field" in part}
        assert used <= known


@each_chart
def test_every_axis_says_what_it_shows_and_where_it_is_a_log(chart):
    for direction in ("x", "y"):
        axes = [
            view["encoding"][direction]
            for view in views(spec_of(chart))
            if "field" in view["encoding"].get(direction, {})
        ]
        titles = " ".join(axis.get("title") or "" for axis in axes)
        assert titles.strip() or all(axis.get("axis", "") is None for axis in axes)
        logs = [axis for axis in axes if axis.get("scale", {}).get("type") == "log"]
        assert not logs or "log scale" in titles


@each_chart
def test_bars_include_zero(chart):
    for view in views(spec_of(chart)):
        if view["mark"].get("type") == "bar":
            scales = [view["encoding"][axis].get("scale", {}) for axis in ("x", "y")]
            assert all(scale.get("zero", True) and "domainMin" not in scale for scale in scales)
            assert not any(scale.get("type") == "log" for scale in scales)


@each_chart
@each_width
@pytest.mark.parametrize("rows", [slice(0), slice(1)], ids=["no row", "one row"])
def test_a_chart_draws_from_little(chart, width, rows):
    drawing = drawn(chart, width, rows)
    assert 0.5 * width < theme.drawn_width(drawing) <= width
    assert "NaN" not in drawing and "Infinity" not in drawing


@each_chart
def test_a_chart_leaves_its_tables_alone(chart):
    before = [rows.copy(deep=True) for rows in FIGURES[chart]]
    chart(*FIGURES[chart])
    for rows, copy in zip(FIGURES[chart], before, strict=True):
        pd.testing.assert_frame_equal(rows, copy)


@each_chart
def test_text_is_at_least_eleven_pixels(chart):
    drawing = theme.svg(theme.fit(spec_of(chart), theme.NARROW))
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)) >= 11


@each_chart
def test_colours_are_tokens(chart):
    drawing = theme.svg(theme.fit(spec_of(chart), theme.WIDE))
    tones = {light for light, _ in theme.TOKENS.values()}
    assert set(re.findall(r'(?:fill|stroke)="(#?\w+)"', drawing)) <= tones | {"none", "transparent"}


def test_a_line_does_not_run_across_a_missing_quarter():
    lines = re.findall(r'class="mark-line[^>]*>(.*?)</g>', drawn(charts.makers_by_quarter))
    tesla = next(path for path in lines if "L" in path or path.count("M") > 1)
    assert tesla.count("M") == 2 and "L" not in tesla.split("d=")[1].split('"')[1].replace("ZM", "")


def test_each_number_format_has_one_colour_in_both_charts():
    tones = [
        view["encoding"]["color"]["scale"]
        for chart in (charts.chips_by_year, charts.compute_per_watt)
        for view in views(spec_of(chart))
        if view["encoding"].get("color", {}).get("field") == "format"
    ]
    pairs = {pair for tone in tones for pair in zip(tone["domain"], tone["range"], strict=True)}
    assert len(pairs) == len(dict(pairs)) == len({tone for _, tone in pairs})


def test_the_legend_names_only_formats_that_are_drawn():
    scales = [
        view["encoding"]["color"]["scale"]["domain"]
        for view in views(spec_of(charts.compute_per_watt))
        if view["encoding"].get("color", {}).get("field") == "format"
    ]
    assert scales == [["INT8", "not stated"]]
