"""The charts of the capex gap: their tables, and what each must show besides."""

import re

from charting import dated, drawing, spec_of, table, texts, views

from computecycle.charts import capex_gap as charts
from computecycle.charts import theme

CHAIN = table(
    "date date_label layer start end revenue label",
    ("2024-06-20", "June 2024", "GPUs", 0, 150, 150, "150"),
    ("2024-06-20", "June 2024", "data centre", 150, 300, 300, "300"),
    ("2024-06-20", "June 2024", "end user", 300, 600, 600, "600"),
    ("2024-06-20", "June 2024", "actual AI revenue", 0, 73, 73, "73"),
    ("2023-09-20", "September 2023", "GPUs", 0, 50, 50, "50"),
)
PATH = dated(
    "date series value note",
    ("2023-09-20", "required", 200, ""),
    ("2023-09-20", "actual", 71, ""),
    ("2024-06-20", "required", 600, ""),
    ("2024-06-20", "actual", 73, ""),
    ("2024-06-20", "required as the sources said", 600, "600"),
)
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
FILED = table(
    "company year what amount",
    ("Microsoft", 2025, "net income", 92.8),
    ("Microsoft", 2025, "depreciation as filed", 34.2),
    ("Meta", 2025, "net income", 62.4),
)
CURVES = table(
    "age curve share",
    (0.0, "book, 5 years", 1.0),
    (5.0, "book, 5 years", 0.0),
    (0.0, "economic, doubling every 2 years", 1.0),
    (2.0, "economic, doubling every 2 years", 0.5),
)
DOUBTED = table("low high", (3.0, 4.0))
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
    charts.depreciation_by_vintage: (CHARGES, FILED),
    charts.book_and_economic_value: (CURVES, DOUBTED),
    charts.demand_multiples: (CASES,),
    charts.gap_tornado: (TORNADO,),
    charts.gap_distribution: (BINS, MARKS),
    charts.objections: (GAPS,),
    charts.years_to_close: (CLOSING,),
}


def test_panels_stand_in_the_order_of_the_table():
    shown = texts(spec_of(charts.required_revenue_chain, CHAIN))
    assert shown.index("June 2024") < shown.index("September 2023")


def test_the_widest_swing_is_on_top():
    drawn = drawing(spec_of(charts.gap_tornado, TORNADO))
    height = {
        name: float(re.search(rf"translate\([\d.]+,([\d.]+)\)[^>]*>{name}<", drawn)[1])
        for name in ("Gross margin of the end user", "AI revenue today")
    }
    assert height["Gross margin of the end user"] < height["AI revenue today"]


def test_the_last_values_of_the_path_are_said():
    shown = texts(spec_of(charts.required_against_actual, PATH))
    assert {"required 600", "actual 73", "asked: 600"} <= set(shown)


def test_revenue_moves_in_steps():
    """Between two publications nothing new is known, so no line may rise on the way."""
    marks = [
        view["mark"]
        for view in views(spec_of(charts.required_against_actual, PATH))
        if view["mark"].get("type") in ("line", "area")
    ]
    assert len(marks) == 2 and {mark["interpolate"] for mark in marks} == {"step-after"}


def test_a_bar_beyond_the_axis_stops_at_its_end_and_says_how_far_it_goes():
    spec = spec_of(charts.objections, GAPS)
    scales = [
        view["encoding"]["x"]["scale"] for view in views(spec) if view["mark"].get("type") == "bar"
    ]
    assert scales == [{"zero": True, "clamp": True, "domainMax": 768}]
    assert "2,400" in texts(spec)


def test_what_is_known_of_revenue_stands_above_what_is_assumed():
    shown = texts(spec_of(charts.revenue_by_company, COMPANIES))
    names = [name for name in shown if name in set(COMPANIES["company"])]
    assert names == ["Anthropic", "OpenAI", "Google"]
    assert {"disclosed or reported", "assumed by the articles"} <= set(shown)


def test_only_marked_growths_have_a_label():
    shown = texts(spec_of(charts.years_to_close, CLOSING))
    assert {"30% a year: 8.0 years", "175% a year: 2.1 years"} <= set(shown)
    assert len([words for words in shown if "a year:" in words]) == 2


def test_an_objection_that_only_lowers_the_gap_has_one_number():
    shown = texts(spec_of(charts.objections, GAPS))
    assert "−20" in shown and "base 527" in shown and "527" not in shown


def test_a_long_name_is_broken_into_lines_not_cut():
    drawn = drawing(spec_of(charts.objections, GAPS), theme.NARROW)
    assert "…" not in drawn
    assert "Spending pays through cloud growth and the sales it" in drawn
