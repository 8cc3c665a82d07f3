"""Each chart: draws, from its table's columns only, honestly, at both widths, also without rows."""

import functools
import re

import pandas as pd
import pytest

from computecycle import theme
from computecycle.charts import capex_gap as charts


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


CHAIN = table(
    "date date_label layer start end revenue label",
    ("2024-06-20", "June 2024", "GPUs", 0, 150, 150, "150"),
    ("2024-06-20", "June 2024", "data centre", 150, 300, 300, "300"),
    ("2024-06-20", "June 2024", "end user", 300, 600, 600, "600"),
    ("2024-06-20", "June 2024", "actual AI revenue", 0, 73, 73, "73"),
    ("2023-09-20", "September 2023", "GPUs", 0, 50, 50, "50"),
)
PATH = table(
    "date series value note",
    ("2023-09-20", "required", 200, ""),
    ("2023-09-20", "actual", 71, ""),
    ("2024-06-20", "required", 600, ""),
    ("2024-06-20", "actual", 73, ""),
    ("2024-06-20", "required as the sources said", 600, "600"),
).assign(date=lambda rows: pd.to_datetime(rows["date"]))
COMPANIES = table(
    "company metric value",
    ("Google", "assumed", 10.0),
    ("OpenAI", "run_rate", 25.0),
    ("Anthropic", "run_rate", 50.0),
)
TELLINGS = table(
    "variable telling value unit_text differs",
    ("Gross margin of the end user", "ByteAILab", "50%", "of revenue", True),
    ("Gross margin of the end user", "J.P. Morgan", "0", "not applied", True),
    ("Required revenue", "ByteAILab", "600", "USD billion", False),
    ("Required revenue", "J.P. Morgan", "600", "USD billion", False),
)
COST = table(
    "buyer item value order ratio_label",
    ("Enterprises and government", "training and R&D", 8, 1, "4 to 1"),
    ("Enterprises and government", "inference", 2, 2, "4 to 1"),
    ("Amazon", "training and R&D", 2, 1, "2 to 1"),
    ("Amazon", "inference", 1, 2, "2 to 1"),
)
CAPEX = table(
    "company year capex kind",
    ("Microsoft", 2024, 75.6, "printed"),
    ("Microsoft", 2024, 55.6, "filed"),
    ("Microsoft", 2025, 80, "planned low"),
    ("Microsoft", 2025, 80, "planned high"),
    ("Amazon", 2025, 131.8, "filed"),
    ("Amazon", 2025, 100, "planned low"),
    ("Amazon", 2025, 105, "planned high"),
)
CHARGES = table(
    "company year vintage charge",
    ("Microsoft", 2025, 2024, 15.1),
    ("Microsoft", 2026, 2024, 15.1),
    ("Microsoft", 2026, 2025, 16.0),
)
INCOME = table("company year net_income", ("Microsoft", 2025, 92.8), ("Meta", 2025, 62.4))
CURVES = table(
    "age curve share kind",
    (0.0, "book, 5 years", 1.0, "book"),
    (5.0, "book, 5 years", 0.0, "book"),
    (0.0, "economic, doubling every 2 years", 1.0, "economic"),
    (2.0, "economic, doubling every 2 years", 0.5, "economic"),
)
CASES = table(
    "case component multiple total printed",
    ("The text's own product of the two effects", "training", 0.0, 10.0, 10),
    ("The text's own product of the two effects", "inference", 10.0, 10.0, 10),
    ("The inference share that would make the printed ten times true", "training", 0.1, 10.0, 10),
    ("The inference share that would make the printed ten times true", "inference", 9.9, 10.0, 10),
)
TORNADO = table(
    "assumption_label bound value_label gap base_gap swing",
    ("AI revenue today", "low", "150", 450, 527, 113),
    ("AI revenue today", "high", "37", 563, 527, 113),
    ("Gross margin of the end user", "low", "30%", -20, 527, 947),
    ("Gross margin of the end user", "high", "70%", 927, 527, 947),
)
BINS = table("gap_low gap_high share", (-100, 0, 0.1), (0, 100, 0.5), (100, 200, 0.4))
MARKS = table("label gap", ("5%", -20.0), ("median", 75.0))
GAPS = table(
    "objection gap_low gap_high base_gap limit",
    ("Spending pays through cloud growth and the sales it pulls along", -20, 527, 527, 768),
    ("Electricity is treated unreasonably", 640, 427, 527, 768),
    ("Concepts are confused", 450, 2400, 527, 768),
)
CLOSING = table(
    "growth years label",
    (0.1, float("inf"), ""),
    (0.3, 8.0, "30% a year: 8.0 years"),
    (1.75, 2.1, "175% a year: 2.1 years"),
)

FIGURES = {
    charts.required_revenue_chain: (CHAIN,),
    charts.required_against_actual: (PATH,),
    charts.revenue_by_company: (COMPANIES,),
    charts.two_tellings: (TELLINGS,),
    charts.spending_by_buyer: (COST.drop(columns="ratio_label"),),
    charts.training_and_inference: (COST,),
    charts.capex_by_company: (CAPEX,),
    charts.depreciation_by_vintage: (CHARGES, INCOME),
    charts.book_and_economic_value: (CURVES,),
    charts.demand_multiples: (CASES,),
    charts.gap_tornado: (TORNADO,),
    charts.gap_distribution: (BINS, MARKS),
    charts.objections: (GAPS,),
    charts.years_to_close: (CLOSING,),
}
each_chart = pytest.mark.parametrize("chart", FIGURES, ids=lambda chart: chart.__name__)
each_width = pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])


def spec_of(chart) -> dict:
    return chart(*FIGURES[chart]).to_dict()


@functools.cache
def drawing_of(chart, width: int) -> str:
    return theme.svg(theme.fit(spec_of(chart), width))


def views(spec: dict, data: str = "", made: frozenset = frozenset(), above: dict | None = None):
    """Every single view of a spec: its mark, encoding, the name of its data, fields it makes."""
    data = spec.get("data", {}).get("name", data)
    made = made | {name for step in spec.get("transform", []) for name in outputs(step)}
    encoding = (above or {}) | spec.get("encoding", {})
    if "facet" in spec:
        yield {"mark": {}, "encoding": {"facet": spec["facet"]}, "data": data, "made": made}
    for inner in [*spec.get("layer", []), *([spec["spec"]] if "spec" in spec else [])]:
        yield from views(inner, data, made, encoding)
    if "mark" in spec:
        yield {"mark": spec["mark"], "encoding": encoding, "data": data, "made": made}


def outputs(step: dict) -> set:
    """The fields that one transform makes; of a pivot, those its chart uses."""
    if "pivot" in step:
        return {"required", "actual"}
    named = [
        step,
        *(part for key in ("window", "joinaggregate", "aggregate") for part in step.get(key, [])),
    ]
    return {part["as"] for part in named if "as" in part}


@each_chart
@each_width
def test_a_chart_draws_within_the_width(chart, width):
    drawing = drawing_of(chart, width)
    assert 0.9 * width < theme.drawn_width(drawing) <= width


@each_chart
def test_a_chart_uses_only_columns_that_its_table_has(chart):
    spec = spec_of(chart)
    for view in views(spec):
        rows = spec["datasets"][view["data"]]
        known = {column for row in rows for column in row} | view["made"]
        used = {part["field"] for part in view["encoding"].values() if "field" in part}
        assert used <= known


@each_chart
def test_every_axis_says_what_it_shows(chart):
    """Layers share an axis, so one title in each direction serves all of them."""
    for direction in ("x", "y"):
        axes = [
            view["encoding"][direction]
            for view in views(spec_of(chart))
            if direction in view["encoding"]
        ]
        shown = [axis for axis in axes if "field" in axis and axis.get("axis", {}) is not None]
        assert not shown or any(axis.get("title") for axis in shown)


@each_chart
def test_bars_include_zero(chart):
    for view in views(spec_of(chart)):
        if view["mark"].get("type") == "bar":
            scales = [view["encoding"][axis].get("scale", {}) for axis in ("x", "y")]
            assert all(scale.get("zero", True) and "domainMin" not in scale for scale in scales)
            assert not any(scale.get("type") == "log" for scale in scales)


@each_chart
@each_width
def test_a_chart_without_rows_draws_an_empty_frame(chart, width):
    spec = chart(*(rows.iloc[:0] for rows in FIGURES[chart])).to_dict()
    drawing = theme.themed_svg(theme.svg(theme.fit(spec, width)))
    assert 0.5 * width < theme.drawn_width(drawing) <= width
    assert "NaN" not in drawing and "Infinity" not in drawing
    titles = {
        axis["title"]
        for view in views(spec)
        for axis in view["encoding"].values()
        if axis.get("title")
    }
    assert any(title in drawing for title in titles)


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


@each_chart
def test_text_is_at_least_eleven_pixels(chart):
    drawing = drawing_of(chart, theme.NARROW)
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)) >= 11


@each_chart
def test_colours_are_tokens(chart):
    drawing = drawing_of(chart, theme.WIDE)
    tones = {light for light, _ in theme.TOKENS.values()}
    assert set(re.findall(r'(?:fill|stroke)="(#?\w+)"', drawing)) <= tones | {"none", "transparent"}


def texts(chart, width: int = theme.WIDE) -> list[str]:
    drawing = drawing_of(chart, width)
    return re.findall(r"<text [^>]*>([^<]*)</text>", drawing)


def test_panels_stand_in_the_order_of_the_table():
    shown = texts(charts.required_revenue_chain)
    assert shown.index("June 2024") < shown.index("September 2023")


def test_the_widest_swing_is_on_top():
    drawing = drawing_of(charts.gap_tornado, theme.WIDE)
    height = {
        name: float(re.search(rf"translate\([\d.]+,([\d.]+)\)[^>]*>{name}<", drawing)[1])
        for name in ("Gross margin of the end user", "AI revenue today")
    }
    assert height["Gross margin of the end user"] < height["AI revenue today"]


def test_the_last_values_of_the_path_are_said():
    assert {"required 600", "actual 73", "asked: 600"} <= set(texts(charts.required_against_actual))


def test_revenue_moves_in_steps():
    """Between two publications nothing new is known, so no line may rise on the way."""
    marks = [
        view["mark"]
        for view in views(spec_of(charts.required_against_actual))
        if view["mark"].get("type") in ("line", "area")
    ]
    assert len(marks) == 2 and {mark["interpolate"] for mark in marks} == {"step-after"}


def test_a_bar_beyond_the_axis_stops_at_its_end_and_says_how_far_it_goes():
    spec = spec_of(charts.objections)
    scales = [
        view["encoding"]["x"]["scale"] for view in views(spec) if view["mark"].get("type") == "bar"
    ]
    assert scales == [{"zero": True, "clamp": True, "domainMax": 768}]
    assert "2,400" in texts(charts.objections)


def test_what_is_known_of_revenue_stands_above_what_is_assumed():
    shown = texts(charts.revenue_by_company)
    names = [name for name in shown if name in set(COMPANIES["company"])]
    assert names == ["Anthropic", "OpenAI", "Google"]
    assert {"disclosed or reported", "assumed by the articles"} <= set(shown)


def test_only_marked_growths_have_a_label():
    shown = texts(charts.years_to_close)
    assert {"30% a year: 8.0 years", "175% a year: 2.1 years"} <= set(shown)
    assert len([words for words in shown if "a year:" in words]) == 2


def test_an_objection_that_only_lowers_the_gap_has_one_number():
    shown = texts(charts.objections)
    assert "−20" in shown and "base 527" in shown and "527" not in shown


def test_a_long_name_is_broken_into_lines_not_cut():
    drawing = drawing_of(charts.objections, theme.NARROW)
    assert "…" not in drawing
    assert "Spending pays through cloud growth and the sales it" in drawing
