"""Each chart from CPU to GPU: draws from its columns only, at both widths, also without rows."""

import re

import pandas as pd
import pytest
from test_charts import table, views

from computecycle import theme
from computecycle.charts import cpu_to_gpu as charts


def dated(columns: str, *rows: tuple) -> pd.DataFrame:
    found = table(columns, *rows)
    days = [name for name in ("day", "launch", "due") if name in found]
    return found.assign(**{name: pd.to_datetime(found[name]) for name in days})


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
MATCHES = table(
    "match expected scored games",
    ("AlphaZero against Zero", 0.28, 0.6, 100.0),
    ("Zero against the Lee Sedol version", 0.9998, 1.0, 100.0),
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
    charts.penetration: (CURVES,),
    charts.additions: (BELLS,),
    charts.tick_tock: (SLIPS,),
    charts.single_core: (SINGLE, PERIODS),
    charts.trends: (TREND, HALVES),
    charts.rating_by_hardware: (POINTS,),
    charts.scores: (MATCHES,),
    charts.cores: (CORES,),
    charts.chips: (CHIPS, CHIP_LINES),
    charts.power: (BOARDS,),
    charts.laws: (LADDER,),
    charts.parts: (PARTS,),
    charts.cost: (PLATFORMS, WINDOW, NEWER),
    charts.windows: (FOUND,),
}
MORE = {charts.penetration: (50.0,)}
each_chart = pytest.mark.parametrize("chart", FIGURES, ids=lambda chart: chart.__name__)
each_width = pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])
MADE_OF_LISTS = {
    "at",
    "low",
    "high",
    "middle",
    "order",
}  # of aggregates, which views() does not see


def spec_of(chart, rows: slice = slice(None)) -> dict:
    return chart(*(each.iloc[rows] for each in FIGURES[chart]), *MORE.get(chart, ())).to_dict()


def drawn(chart, width: int = theme.WIDE, rows: slice = slice(None)) -> str:
    return theme.svg(theme.fit(spec_of(chart, rows), width))


def single(spec: dict):
    """The single views of a spec, those of its panels each with the panel's transforms."""
    for panel in spec.get("concat", [spec]):
        yield from views(panel, data=spec.get("data", {}).get("name", ""))


@each_chart
@each_width
def test_a_chart_draws_within_the_width_in_our_tones(chart, width):
    drawing = drawn(chart, width)
    tones = {light for light, _ in theme.TOKENS.values()}
    assert 0.85 * width < theme.drawn_width(drawing) <= width
    assert set(re.findall(r'(?:fill|stroke)="(#?\w+)"', drawing)) <= tones | {"none", "transparent"}
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)) >= 11


@each_chart
def test_a_chart_uses_only_columns_that_its_table_has(chart):
    spec = spec_of(chart)
    for view in single(spec):
        rows = spec["datasets"][view["data"]]
        known = {column for row in rows for column in row} | view["made"] | MADE_OF_LISTS
        used = {part["field"] for part in view["encoding"].values() if "field" in part}
        assert used <= known


@each_chart
def test_every_axis_says_what_it_shows_and_where_it_is_a_log(chart):
    for direction in ("x", "y"):
        axes = [view["encoding"][direction] for view in single(spec_of(chart))
                if direction in view["encoding"]]  # fmt: skip
        shown = [axis for axis in axes if "field" in axis and axis.get("axis", {}) is not None]
        assert not shown or any(axis.get("title") for axis in shown)
        for axis in shown:
            if axis.get("scale", {}).get("type") == "log":
                assert "log scale" in axis["title"]


@each_chart
def test_bars_include_zero(chart):
    for view in single(spec_of(chart)):
        if view["mark"].get("type") == "bar":
            scales = [view["encoding"][axis].get("scale", {}) for axis in ("x", "y")]
            assert all(scale.get("zero", True) and "domainMin" not in scale for scale in scales)
            assert not any(scale.get("type") == "log" for scale in scales)


@each_chart
@each_width
@pytest.mark.parametrize("rows", [slice(0), slice(1)], ids=["none", "one"])
def test_a_chart_draws_from_little(chart, width, rows):
    drawing = theme.themed_svg(drawn(chart, width, rows))
    assert 0.4 * width < theme.drawn_width(drawing) <= width
    assert "NaN" not in drawing and "Infinity" not in drawing


@each_chart
def test_a_chart_leaves_its_tables_alone(chart):
    before = [rows.copy(deep=True) for rows in FIGURES[chart]]
    spec_of(chart)
    for rows, copy in zip(FIGURES[chart], before, strict=True):
        pd.testing.assert_frame_equal(rows, copy)


def texts(chart, width: int = theme.WIDE) -> str:
    return " | ".join(re.findall(r"<text [^>]*>([^<]*)</text>", drawn(chart, width)))


def test_a_fit_is_drawn_as_a_line_and_what_was_told_as_points():
    marks = [view["mark"]["type"] for view in single(spec_of(charts.penetration))]
    assert marks == ["rule", "text", "line", "point"]


def test_each_panel_has_an_axis_of_its_own():
    shown = texts(charts.trends)
    assert "Clock frequency (MHz, log scale)" in shown and "Hardware threads (log scale)" in shown


def test_a_launch_without_a_process_has_no_name_of_one():
    assert "null nm" not in texts(charts.tick_tock)
    assert "14 nm" in texts(charts.tick_tock)


def test_the_multiple_of_a_law_is_said_beside_its_bar():
    shown = texts(charts.laws)
    assert "x 1,024" in shown and "x 2.1" in shown and "x 0.6" in shown


def test_a_power_of_ten_is_a_number_while_it_is_short():
    shown = texts(charts.cost)
    assert "10⁸" in shown and "10¹⁶" in shown and "0.01" in shown and "10,000" in shown


def test_every_processor_is_named_with_its_year_oldest_first():
    shown = texts(charts.cores)
    assert shown.index("GTX 280, 2008") < shown.index("H100, 2022") and "18,432" in shown
