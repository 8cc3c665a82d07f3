"""The chart of the forecasts: its table, and what it must show besides."""

import re

from charting import drawing, spec_of, table, views

from computecycle.charts import scorecard as charts
from computecycle.charts import theme

KEPT = table(
    "forecast ratio told came state",
    ("Capital spending of the four together", 1.18, "$320 billion", "$376 billion", "above"),
    ("Run rate of GPU sales", 0.95, "$150 billion", "$142 billion", "near"),
    ("Microsoft's capital expenditure", 0.81, "$80 billion", "$65 billion", "below"),
)
FIGURES = {charts.outturns: (KEPT,)}


def test_bars_begin_at_zero_and_the_axis_says_what_they_show():
    spec = spec_of(charts.outturns, KEPT)
    bars = [view for view in views(spec) if view["mark"].get("type") == "bar"]
    assert [view["encoding"]["x"]["scale"]["zero"] for view in bars] == [True]
    assert [view["encoding"]["x"]["title"] for view in bars] == [
        "Outturn (percent of the forecast)"
    ]


def test_both_numbers_are_said_and_each_verdict_has_its_own_tone():
    assert "$142 bn for $150 bn" in drawing(spec_of(charts.outturns, KEPT))
    tones = [
        set(re.findall(r'aria-roledescription="bar"[^>]*fill="(#\w+)"', drawing(spec)))
        for spec in (spec_of(charts.outturns, KEPT[row : row + 1]) for row in range(len(KEPT)))
    ]
    assert tones == [{theme.BLUE}, {theme.NEUTRAL}, {theme.ORANGE}]
