"""The charts on proof of work: drawn from their columns, at both widths, also without rows."""

import re

import pandas as pd
import pytest
from test_charts import table, views

from computecycle import theme
from computecycle.charts import proof_of_work as charts


def dated(columns: str, *rows: tuple) -> pd.DataFrame:
    return table(columns, *rows).assign(date=lambda each: pd.to_datetime(each["date"]))


RATES = dated("date value", ("2010-12-31", 1e11), ("2024-12-31", 7.8e20), ("2025-12-31", 1e21))
FIT = dated("date value label", ("2024-12-31", 7e20, "19"), ("2025-12-31", 1.1e21, "19"))
TOLD = dated("date value label", ("2010-07-01", 1.72e8, "4.1"), ("2024-12-01", 7.51e20, "4.1"))
DOUBLINGS = table("year months printed", (2015, 2.5, 4.1), (2016, 3.0, 4.1), (2025, 18.9, 4.1))
PRICES = dated(
    "date value series",
    ("2013-12-31", 732.0, "three-day series"),
    ("2014-12-29", 313.4, "three-day series"),
    ("2015-12-31", 430.6, "close"),
    ("2024-12-31", 93429.2, "close"),
)
PRINTED = dated(
    "date value label",
    ("2013-12-31", 1200.0, "1,200"),
    ("2022-12-31", 14000.0, "14,000"),
    ("2023-12-31", 4000.0, "4,000"),
)
EARNED = dated("date revenue", ("2010-12-31", 21050.0), ("2025-12-31", 0.0376))
COSTS = dated("date cost", ("2017-12-31", 0.44), ("2024-12-31", 0.03))
REPAID = table(
    "month share case",
    (0.0, 0.0, "if it stays"),
    (12.0, 6.0, "if it stays"),
    (0.0, 0.0, "as it changed"),
    (12.0, 2.3, "as it changed"),
)
ESTIMATES = dated(
    "date value scope recalled",
    ("2021-07-01", 104.0, "Cambridge, model before August 2023", False),
    ("2022-07-01", 95.5, "Cambridge, model since August 2023", False),
    ("2021-12-31", 200.0, "Digiconomist", True),
    ("2022-12-31", 112.0, "Digiconomist", True),
)
BOUNDS = dated("date value", ("2021-12-31", 304.0), ("2022-12-31", 109.0))
PEAK = dated("date value", ("2022-07-01", 204.0))
USES = table("name value kind", ("Spain", 246.0, "country"), ("Bitcoin, peak", 204.0, "Bitcoin"))
PEOPLE = table(
    "country printed computed differs", ("Canada", 15.6, 15.6, False), ("Indonesia", 1.2, 1.1, True)
)
VALUES = table(
    "name value mechanism",
    ("Bitcoin (BTC)", 1970.0, "proof of work"),
    ("Tether (USDT)", 138.0, "another mechanism"),
)
PACE = table(
    "name low high mechanism",
    ("Bitcoin", 3.0, 7.0, "proof of work"),
    ("Alibaba", 583000.0, 583000.0, "one operator"),
)
TRADE = table(
    "tracker year value",
    ("DappRadar", 2021, 24.9),
    ("DappRadar", 2022, 24.0),
    ("CryptoSlam", 2021, 18.3),
    ("the document", 2021, 17.0),
)

FIGURES = {
    charts.hash_rate: (RATES, FIT, TOLD),
    charts.hash_rate_doubling: (DOUBLINGS,),
    charts.bitcoin_price: (PRICES, PRINTED),
    charts.mining_revenue: (EARNED, COSTS),
    charts.machine_repaid: (REPAID,),
    charts.electricity_estimates: (ESTIMATES, BOUNDS, PEAK),
    charts.electricity_ranks: (USES,),
    charts.electricity_per_person: (PEOPLE,),
    charts.network_values: (VALUES,),
    charts.transactions: (PACE,),
    charts.nft_trade: (TRADE,),
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
def test_bars_start_at_zero_and_a_log_scale_is_named(chart):
    for view in views(spec_of(chart)):
        axes = [view["encoding"].get(axis, {}) for axis in ("x", "y")]
        log = [axis for axis in axes if (axis.get("scale") or {}).get("type") == "log"]
        assert not (log and view["mark"].get("type") == "bar")
        assert all("log scale" in axis["title"] for axis in log)
        assert all((axis.get("scale") or {}).get("zero", True) for axis in axes)


@each_chart
@each_width
def test_a_chart_without_rows_draws_an_empty_frame(chart, width):
    spec = chart(*(rows.iloc[:0] for rows in FIGURES[chart])).to_dict()
    assert not any(spec["datasets"].values())
    drawing = theme.themed_svg(theme.svg(theme.fit(spec, width)))
    assert 0.5 * width < theme.drawn_width(drawing) <= width
    assert "NaN" not in drawing and "Infinity" not in drawing


@each_chart
def test_a_chart_draws_from_one_row_and_leaves_its_tables_alone(chart):
    before = [rows.copy(deep=True) for rows in FIGURES[chart]]
    spec = chart(*(rows.iloc[:1] for rows in FIGURES[chart])).to_dict()
    assert "NaN" not in theme.svg(theme.fit(spec, theme.NARROW))
    for rows, copy in zip(FIGURES[chart], before, strict=True):
        pd.testing.assert_frame_equal(rows, copy)


def test_series_are_lines_of_their_own():
    for chart, column in (
        (charts.bitcoin_price, "series"),
        (charts.electricity_estimates, "scope"),
    ):
        lines = [view for view in views(spec_of(chart)) if view["mark"].get("type") == "line"]
        assert any(view["encoding"].get("color", {}).get("field") == column for view in lines)


def test_a_printed_trough_is_labelled_below_and_a_peak_above():
    drawing = theme.svg(theme.fit(spec_of(charts.bitcoin_price), theme.WIDE))
    anchors = {
        words: anchor
        for anchor, words in re.findall(r'text-anchor="(\w+)"[^>]*>([\d,]+)</text>', drawing)
    }
    assert anchors["14,000"] == "end" and anchors["4,000"] == "start"


def test_the_misprinted_row_says_both_numbers():
    assert "1.1, printed 1.2" in texts(charts.electricity_per_person)


def test_a_single_pace_is_one_number():
    shown = texts(charts.transactions)
    assert "3 to 7" in shown and "583,000" in shown
