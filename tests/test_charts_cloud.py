"""The charts of the cloud: they draw, from their columns only, honestly, also without rows."""

import pandas as pd
import pytest
from test_charts import table, views

from computecycle import theme
from computecycle.charts import cloud as charts

STARTS = table("company start_year", ("Amazon Web Services", 2006), ("Oracle Cloud", 2016))
MARKET = table(
    "segment year vintage value scope",
    ("SaaS", 2016, "2017-10", 219.4, "with advertising"),
    ("SaaS", 2017, "2017-10", 260.0, "with advertising"),
    ("PaaS", 2017, "2018-04", 153.5, "without advertising"),
)
PRINTED = table("year value label", (2010, 41.0, "41"), (2024, 676.0, "676"))
MOVED = table(
    "year vintage change kind",
    (2017, "2018-04", -0.41, "another definition"),
    (2022, "2022-10", -0.01, "same definition"),
)
GROWTH = table("segment printed linked", ("PaaS", 0.49, 0.23), ("total", None, 0.18))
CLOUDS = table(
    "segment panel year definition revenue growth share",
    ("AWS", "AWS (USD billion)", 2016, 0, 12.2, 0.55, 0.09),
    ("Alibaba Cloud", "Alibaba Cloud (CNY billion)", 2023, 1, 77.2, 0.04, 0.09),
    ("Alibaba Cloud", "Alibaba Cloud (CNY billion)", 2024, 2, 106.4, None, 0.11),
)
SHARES = table("provider share earlier", ("AWS", 0.31, 0.33), ("Huawei Cloud", 0.02, None))
CURVES = table(
    "paid growth multiple marked",
    (10.0, 0.0, 16.1, False),
    (10.0, 0.385, 3.2, True),
    (15.0, 0.0, 24.2, False),
    (15.0, 0.385, 4.7, True),
)
RETURNS = table(
    "company reading annual_return printed",
    ("Amazon", "as a multiple", 0.385, 0.39),
    ("Amazon", "as an increase", 0.436, 0.39),
    ("Microsoft", "as a multiple", 0.294, None),
)
BY_YEAR = table(
    "segment year growth when",
    ("AWS", 2023, 0.13, "up to 2023"),
    ("AWS", 2024, 0.19, "after 2023"),
    ("Google Cloud", 2023, 0.26, "up to 2023"),
)
FIGURES = {
    charts.starts: (STARTS,),
    charts.market_by_vintage: (MARKET, PRINTED),
    charts.revisions: (MOVED,),
    charts.segments_by_vintage: (MARKET,),
    charts.growth_printed_and_linked: (GROWTH,),
    charts.revenue_by_definition: (CLOUDS,),
    charts.growth_and_share: (CLOUDS,),
    charts.market_shares: (SHARES,),
    charts.break_even: (CURVES,),
    charts.returns_by_reading: (RETURNS,),
    charts.growth_since: (BY_YEAR,),
}
each_chart = pytest.mark.parametrize("chart", FIGURES, ids=lambda chart: chart.__name__)
each_width = pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])


def spec_of(chart, rows: slice = slice(None)) -> dict:
    return chart(*(each.iloc[rows] for each in FIGURES[chart])).to_dict()


def drawn(spec: dict, width: int) -> str:
    return theme.svg(theme.fit(spec, width))


@each_chart
@each_width
def test_a_chart_draws_within_the_width(chart, width):
    assert 0.9 * width < theme.drawn_width(drawn(spec_of(chart), width)) <= width


@each_chart
@each_width
def test_a_chart_without_rows_draws_an_empty_frame(chart, width):
    drawing = theme.themed_svg(drawn(spec_of(chart, slice(0)), width))
    assert 0.5 * width < theme.drawn_width(drawing) <= width
    assert "NaN" not in drawing and "Infinity" not in drawing


@each_chart
def test_a_chart_draws_from_one_row(chart):
    assert "NaN" not in theme.themed_svg(drawn(spec_of(chart, slice(1)), theme.NARROW))


@each_chart
def test_a_chart_uses_only_columns_that_its_table_has(chart):
    spec = spec_of(chart)
    for view in views(spec):
        known = {column for row in spec["datasets"][view["data"]] for column in row}
        used = {part["field"] for part in view["encoding"].values() if "field" in part}
        assert used <= known | view["made"]


@each_chart
def test_axes_have_titles_and_bars_begin_at_zero(chart):
    for direction in ("x", "y"):
        encodings = [view["encoding"] for view in views(spec_of(chart))]
        axes = [each[direction] for each in encodings if "field" in each.get(direction, {})]
        assert not axes or any(axis.get("title") for axis in axes)
    for view in views(spec_of(chart)):
        if view["mark"].get("type") == "bar":
            scales = [view["encoding"][axis].get("scale", {}) for axis in ("x", "y")]
            assert all(scale.get("zero", True) and "domainMin" not in scale for scale in scales)


@each_chart
def test_a_chart_leaves_its_tables_alone(chart):
    before = [rows.copy(deep=True) for rows in FIGURES[chart]]
    chart(*FIGURES[chart])
    for rows, copy in zip(FIGURES[chart], before, strict=True):
        pd.testing.assert_frame_equal(rows, copy)


def test_no_line_crosses_a_release_or_a_definition():
    by_release = [
        view["encoding"].get("detail") for view in views(spec_of(charts.market_by_vintage))
    ]
    assert {"field": "vintage", "type": "nominal"} in by_release
    by_definition = [view["encoding"] for view in views(spec_of(charts.growth_and_share))]
    lines = [each for each in by_definition if "y" in each]
    assert all(each["detail"]["field"] == "definition" for each in lines)


def test_a_share_says_what_it_was():
    drawing = theme.svg(theme.fit(spec_of(charts.market_shares), theme.WIDE))
    assert ">31%, was 33%<" in drawing
    assert ">2%<" in drawing
