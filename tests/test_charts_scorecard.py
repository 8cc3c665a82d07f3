"""The chart of the forecasts: drawn from its columns, at both widths, also without rows."""

import re

import pytest
from test_charts import table, views

from computecycle import theme
from computecycle.charts import scorecard as charts

KEPT = table(
    "forecast ratio told came",
    ("Capital expenditure of the four companies together", 1.18, "$320 billion", "$376 billion"),
    ("Run rate of GPU sales", 0.95, "$150 billion", "$142 billion"),
)
each_width = pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])


def drawn(rows: slice = slice(None), width: int = theme.WIDE) -> str:
    return theme.svg(theme.fit(charts.outturns(KEPT.iloc[rows]).to_dict(), width))


@each_width
@pytest.mark.parametrize("rows", [slice(0), slice(1), slice(None)], ids=["none", "one", "all"])
def test_the_chart_draws_within_the_width_in_our_tones(rows, width):
    drawing = drawn(rows, width)
    tones = {light for light, _ in theme.TOKENS.values()}
    assert 0.4 * width < theme.drawn_width(drawing) <= width
    assert set(re.findall(r'(?:fill|stroke)="(#?\w+)"', drawing)) <= tones | {"none", "transparent"}
    assert min(map(float, re.findall(r'font-size="([\d.]+)px"', drawing)), default=11) >= 11
    assert "NaN" not in theme.themed_svg(drawing)


def test_bars_begin_at_zero_and_the_axis_says_what_they_show():
    bars = [
        view for view in views(charts.outturns(KEPT).to_dict()) if view["mark"].get("type") == "bar"
    ]
    assert [view["encoding"]["x"]["scale"]["zero"] for view in bars] == [True]
    assert [view["encoding"]["x"]["title"] for view in bars] == [
        "Outturn (percent of the forecast)"
    ]


def test_both_numbers_are_said_and_a_shortfall_has_its_own_tone():
    assert "$142 bn for $150 bn" in drawn()
    tones = [
        set(re.findall(r'aria-roledescription="bar"[^>]*fill="(#\w+)"', drawn(rows)))
        for rows in (slice(0, 1), slice(1, 2))
    ]
    assert tones == [{theme.BLUE}, {theme.ORANGE}]


def test_the_chart_leaves_its_table_alone():
    before = KEPT.copy(deep=True)
    charts.outturns(KEPT)
    assert KEPT.equals(before)
