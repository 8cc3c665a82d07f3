"""The charts of the chapter on scaling: they draw, at both widths, from columns that exist."""

import re

import pandas as pd
import pytest
from test_charts import views

from computecycle import theme
from computecycle.charts import llm_scaling as charts


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=columns.split())
    dates = [name for name in ("day", "start", "end") if name in made]
    return made.assign(**{name: pd.to_datetime(made[name]) for name in dates})


PROGRAMS = table("name year", ("ELIZA", 1966), ("ChatGPT", 2022))
POINTS = table(
    "day value label sure",
    ("2012-09-30", 4.7e17, "AlexNet", "known with confidence"),
    ("2019-09-30", 9e21, "", "estimated"),
    ("2023-03-15", 2.1e25, "GPT-4", "estimated"),
)
LINES = table(
    "rule day value",
    ("every model", "2012-09-30", 2e17),
    ("every model", "2023-03-15", 1e25),
    ("larger than all before", "2012-09-30", 5e17),
    ("larger than all before", "2023-03-15", 4e25),
)
RULES = table(
    "rule metric growth low high",
    ("every model", "training compute", 4.7, 4.5, 5.0),
    ("every model", "parameters", 2.5, 2.4, 2.7),
    ("published 2018 to 2021", "training compute", 11.6, 8.0, 14.0),
)
COSTS = table(
    "day value method label",
    ("2017-06-12", 0.0009, "cloud rental", "Transformer"),
    ("2023-03-15", 78.4, "cloud rental", "GPT-4"),
    ("2023-03-15", 40.6, "amortised hardware and energy", ""),
)
AMOUNTS = table(
    "item low high kind label",
    ("As printed", 400.0, 400.0, "printed", "400"),
    ("All cards, both prices", 250.0, 500.0, "recomputed", "250 to 500"),
)
SCORES = table(
    "item low high kind label",
    ("Doctorate in the field", 0.65, 0.65, "people", "65%"),
    ("Most models", 0.3, 0.4, "models", "30% to 40%"),
)
SIZES = table(
    "name quantity low high",
    ("cat", "neurons", 2.5e8, 2.5e8),
    ("cat", "synapses", 1e9, 1e10),
    ("GPT-4", "parameters", 1.76e12, 1.76e12),
)
YEARS = table(
    "who low high kind",
    ("Experts", 2025.0, 2029.0, "said"),
    ("Size grows as published", 2049.0, 2064.0, "computed"),
    ("Size stands still", float("inf"), float("inf"), "computed"),
)
PRICES = table(
    "day value vendor label",
    ("2021-11-18", 60.0, "OpenAI", "GPT-3 davinci"),
    ("2024-11-12", 0.06, "Together AI", ""),
)
FALL = table(
    "rule day value",
    ("the same test score", "2021-11-18", 60.0),
    ("the same test score", "2024-11-12", 0.06),
)
MARKET = table(
    "year value rule label",
    (2022, 4.2, "between the ends", ""),
    (2032, 88.1, "between the ends", "88"),
    (2022, 4.2, "as printed", ""),
    (2032, 94.3, "as printed", "94"),
)
DATES = table(
    "what place start end",
    ("BERT", "chronology", "2020-01-01", "2020-12-31"),
    ("BERT", "text", "2018-10-01", "2018-10-31"),
)

FIGURES = {
    "chatbots": (charts.chatbots, (PROGRAMS,)),
    "parameters": (charts.parameters, (POINTS, POINTS, LINES)),
    "training_compute": (charts.training_compute, (POINTS, LINES)),
    "growth_by_rule": (charts.growth_by_rule, (RULES,)),
    "training_cost": (charts.training_cost, (COSTS,)),
    "bills": (lambda rows: charts.bills(rows, "USD million"), (AMOUNTS,)),
    "test_scores": (charts.test_scores, (SCORES,)),
    "sizes": (charts.sizes, (SIZES,)),
    "foreseen": (lambda rows: charts.foreseen(rows, 2060), (YEARS,)),
    "token_prices": (charts.token_prices, (PRICES, FALL)),
    "agent_market": (charts.agent_market, (MARKET,)),
    "dates_apart": (charts.dates_apart, (DATES,)),
}
MADE = {"first", "last", "copy", "lines"}  # by the charts themselves
each_chart = pytest.mark.parametrize("name", FIGURES)
each_width = pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])


def spec_of(name: str, rows: slice = slice(None)) -> dict:
    chart, tables = FIGURES[name]
    return chart(*(each.iloc[rows] for each in tables)).to_dict()


def texts(name: str) -> list[str]:
    drawing = theme.svg(theme.fit(spec_of(name), theme.WIDE))
    return re.findall(r"<text [^>]*>([^<]*)</text>", drawing)


@each_chart
@each_width
def test_a_chart_draws_within_the_width(name, width):
    drawing = theme.svg(theme.fit(spec_of(name), width))
    assert 0.9 * width < theme.drawn_width(drawing) <= width
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)) >= 11


@each_chart
@each_width
@pytest.mark.parametrize("rows", [slice(0), slice(1)], ids=["none", "one"])
def test_a_chart_of_no_or_one_row_draws_a_frame(name, width, rows):
    drawing = theme.themed_svg(theme.svg(theme.fit(spec_of(name, rows), width)))
    assert 0.5 * width < theme.drawn_width(drawing) <= width
    assert "NaN" not in drawing and "Infinity" not in drawing


@pytest.mark.parametrize("name", [name for name in FIGURES if len(FIGURES[name][1]) > 1])
def test_a_chart_draws_when_only_one_of_its_tables_has_rows(name):
    chart, tables = FIGURES[name]
    for full in range(len(tables)):
        given = [each if at == full else each.iloc[:0] for at, each in enumerate(tables)]
        drawing = theme.svg(theme.fit(chart(*given).to_dict(), theme.NARROW))
        assert "NaN" not in drawing and "Infinity" not in drawing


@each_chart
def test_a_chart_uses_only_columns_that_its_table_has(name):
    spec = spec_of(name)
    for view in views(spec):
        known = {column for row in spec["datasets"][view["data"]] for column in row}
        used = {part["field"] for part in view["encoding"].values() if "field" in part}
        assert used <= known | view["made"] | MADE


@each_chart
def test_axes_have_titles_and_a_logarithm_is_named(name):
    for direction in ("x", "y"):
        axes = [view["encoding"].get(direction, {}) for view in views(spec_of(name))]
        shown = [axis for axis in axes if "field" in axis and axis.get("axis", {}) is not None]
        titles = {axis["title"] for axis in shown if axis.get("title")}
        assert not shown or titles
        if any(axis.get("scale", {}).get("type") == "log" for axis in shown):
            assert all("log scale" in title for title in titles)


@each_chart
def test_a_chart_leaves_its_tables_alone(name):
    chart, tables = FIGURES[name]
    before = [rows.copy(deep=True) for rows in tables]
    chart(*tables)
    for rows, copy in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(rows, copy)


@each_chart
def test_colours_are_tokens(name):
    drawing = theme.svg(theme.fit(spec_of(name), theme.WIDE))
    tones = {light for light, _ in theme.TOKENS.values()}
    assert set(re.findall(r'(?:fill|stroke)="(#?\w+)"', drawing)) <= tones | {"none", "transparent"}


def test_a_year_beyond_the_axis_is_written_out():
    assert {"2025 to 2029", "→ 2049 to 2064", "→ never"} <= set(texts("foreseen"))


def test_money_starts_at_zero():
    for view in views(spec_of("bills")):
        scale = view["encoding"].get("x", {}).get("scale", {})
        assert scale.get("zero", True) is True


def test_a_legend_names_every_method():
    assert {"cloud rental", "amortised hardware and energy"} <= set(texts("training_cost"))


def test_a_power_of_ten_is_written_as_one():
    assert {"10²⁴", "10¹⁸"} <= set(texts("training_compute"))
    assert {"10⁸", "10¹²"} <= set(texts("sizes"))


def test_what_a_document_says_has_one_tone_and_what_is_computed_another():
    tones = {}
    for name in ("bills", "foreseen", "test_scores"):
        for view in views(spec_of(name)):
            scale = view["encoding"].get("color", {}).get("scale")
            tones |= dict(zip(scale["domain"], scale["range"], strict=True)) if scale else {}
    assert tones["printed"] == tones["said"] == theme.ORANGE
    assert tones["recomputed"] == tones["computed"] == theme.BLUE
