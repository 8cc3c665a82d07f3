"""The charts on adoption and markets: drawn from their columns, at both widths, without rows."""

import re

import pandas as pd
import pytest
from test_charts import table, views

from computecycle import theme
from computecycle.charts import adoption_and_markets as charts


def dated(columns: str, *rows: tuple) -> pd.DataFrame:
    made = table(columns, *rows)
    days = [column for column in ("date", "start", "low", "high", "newest") if column in made]
    return made.assign(**{column: pd.to_datetime(made[column]) for column in days})


SPEND = dated(
    "date series value",
    ("2024-06-30", "four companies' capital expenditure", 52.9),
    ("2024-09-30", "four companies' capital expenditure", 58.9),
    ("2024-07-28", "NVIDIA's data-centre revenue", 26.3),
    ("2024-10-27", "NVIDIA's data-centre revenue", 30.8),
)
DAY = dated("date label", ("2024-09-03", "the document"))
MULTIPLES = table(
    "panel label value kind",
    ("Ratio over the market's", "2024", 1.8, "told"),
    ("Ratio over the market's", "internet era", 6.0, "earlier peak"),
    ("Price over earnings", "AI fund, 2024", 28.0, "told"),
)
SURVEYS = table(
    "label share kind",
    ("of chief executives: AI is a priority", 0.7, "plan"),
    ("of cost saved at most, most respondents of one survey", 0.1, "effect"),
)
COSTS = table(
    "product low high basis",
    ("Intel Gaudi 3", 0.4, 0.7, "price"),
    ("Google TPU v5p", 0.333, 0.333, "running cost"),
)
RATIOS = table("measure low high", ("Chips needed", 0.25, 0.25), ("Price of one chip", 1.4, 1.6))
CLOCKS = dated(
    "clock start low high newest state",
    ("Inference must grow", "2024-09-03", "2025-09-03", "2026-03-03", "2026-06-30", "over"),
    ("Firms must adopt", "2024-09-03", "2026-09-03", "2026-09-03", "2026-06-30", "not due"),
)

FIGURES = {
    charts.spending_and_sales: (SPEND, DAY),
    charts.multiples: (MULTIPLES,),
    charts.surveys: (SURVEYS,),
    charts.cost_claims: (COSTS,),
    charts.replacement: (RATIOS,),
    charts.clocks: (CLOCKS,),
}
each_chart = pytest.mark.parametrize("chart", FIGURES, ids=lambda chart: chart.__name__)
each_width = pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])


def spec_of(chart) -> dict:
    return chart(*FIGURES[chart]).to_dict()


def texts(chart) -> list[str]:
    drawing = theme.svg(theme.fit(spec_of(chart), theme.WIDE))
    return re.findall(r"<text [^>]*>([^<]*)</text>", drawing)


@each_chart
@each_width
def test_a_chart_draws_within_the_width_in_our_tones(chart, width):
    drawing = theme.svg(theme.fit(spec_of(chart), width))
    tones = {light for light, _ in theme.TOKENS.values()}
    assert 0.9 * width < theme.drawn_width(drawing) <= width
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)) >= 11
    assert set(re.findall(r'(?:fill|stroke)="(#?\w+)"', drawing)) <= tones | {"none", "transparent"}


@each_chart
def test_a_chart_uses_only_columns_that_its_table_has(chart):
    spec = spec_of(chart)
    for view in views(spec):
        rows = spec["datasets"][view["data"]]
        known = {column for row in rows for column in row} | view["made"]
        assert {part["field"] for part in view["encoding"].values() if "field" in part} <= known


@each_chart
def test_every_axis_says_what_it_shows(chart):
    for direction in ("x", "y"):
        axes = [each["encoding"].get(direction, {}) for each in views(spec_of(chart))]
        shown = [axis for axis in axes if "field" in axis and axis.get("axis", {}) is not None]
        assert not shown or any(axis.get("title") for axis in shown)


@each_chart
def test_bars_start_at_zero(chart):
    for view in views(spec_of(chart)):
        if view["mark"].get("type") == "bar":
            scales = [view["encoding"].get(axis, {}).get("scale", {}) for axis in ("x", "y")]
            assert all(scale.get("zero", True) and "domainMin" not in scale for scale in scales)
            assert not any(scale.get("type") == "log" for scale in scales)


@each_chart
@each_width
def test_a_chart_without_rows_draws_an_empty_frame(chart, width):
    spec = chart(*(rows.iloc[:0] for rows in FIGURES[chart])).to_dict()
    drawing = theme.themed_svg(theme.svg(theme.fit(spec, width)))
    assert 0.5 * width < theme.drawn_width(drawing) <= width
    assert "NaN" not in drawing and "Infinity" not in drawing


@each_chart
def test_a_chart_draws_from_one_row(chart):
    spec = chart(*(rows.iloc[:1] for rows in FIGURES[chart])).to_dict()
    assert "NaN" not in theme.themed_svg(theme.svg(theme.fit(spec, theme.NARROW)))


@each_chart
def test_a_chart_leaves_its_tables_alone(chart):
    before = [rows.copy(deep=True) for rows in FIGURES[chart]]
    chart(*FIGURES[chart])
    for rows, copy in zip(FIGURES[chart], before, strict=True):
        pd.testing.assert_frame_equal(rows, copy)


def test_a_range_is_said_with_both_ends():
    assert {"0.4 to 0.7", "0.33"} <= set(texts(charts.cost_claims))
    assert {"0.25", "1.4 to 1.6"} <= set(texts(charts.replacement))


def test_a_clock_says_when_it_falls_due():
    said = set(texts(charts.clocks))
    assert {"Inference must grow: Sep 2025 to Mar 2026", "Firms must adopt: Sep 2026"} <= said
    assert "newest row: Jun 2026" in said
