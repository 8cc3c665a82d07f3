"""The charts of the capex gap: their tables, and what each must show besides."""

import re

from charting import dated, drawing, spec_of, table, texts, views

from computecycle.charts import capex_gap as charts
from computecycle.charts import theme

STEPS = table(
    "label start end low high",
    ("The chip: $1.00", 0.0, 1.0, 1.0, 1.0),
    ("The centre and its electricity: $2.00", 1.0, 2.0, 1.5, 2.5),
    ("The margin of the seller to users: $4.00", 2.0, 4.0, 2.14, 6.25),
)
NAMES = ("with the margin", "bare cost", "AI sales")
BANDS = dated(
    "date series", *((day, name) for day in ("2023-09-20", "2026-05-20") for name in NAMES)
).assign(low=[20.0, 10.0, 1.0, 300.0, 150.0, 70.0], high=[20.0, 10.0, 1.0, 360.0, 180.0, 106.0])
EVENTS = dated("date label", ("2023-09-20", "Cahn asks"))
PARTS = table(
    "layer company value text inside kind order",
    ("Model makers, from their users", "OpenAI", 24.0, "OpenAI 24", True, "disclosed", 0),
    ("Clouds, in part from model makers", "Microsoft", 37.0, "Microsoft 37", True, "disclosed", 1),
    ("Clouds, in part from model makers", "Amazon", 5.0, "Amazon 5", False, "disclosed", 2),
    ("Assumed in the articles", "9 companies", 60.0, "9 companies 60", True, "assumed", 3),
)
CURVE = table(
    "life series low high",
    *((2 + step / 4, "with the margin", 600 / (1 + step), 720 / (1 + step)) for step in range(30)),
    *((2 + step / 4, "bare cost", 300 / (1 + step), 360 / (1 + step)) for step in range(30)),
)
LIVES = table("label low high", ("servers' lives", 5.0, 6.0))
SOLD = table("label low high", ("AI sales", 70.0, 106.0))
FILED = table(
    "year filed low high alike",
    (2021, 50.0, 56.0, 65.0, True),
    (2022, 60.0, 72.0, 81.0, True),
    (2023, 85.0, 88.0, 100.0, False),
)
RENT = dated(
    "date series price",
    ("2024-02-01", "H100 on demand", 4.8),
    ("2024-03-01", "H100 on demand", None),
    ("2024-04-01", "H100 on demand", 4.6),
    ("2024-02-01", "A100 on demand", 2.3),
    ("2024-04-01", "A100 on demand", 2.1),
    ("2024-02-01", "H100 reserved", 2.2),
)
ANSWERS = table(
    "label low value high kind",
    ("Bain, for 2030", 2000.0, 2000.0, 2000.0, "told"),
    ("Here: all assumptions drawn", 257.0, 460.0, 874.0, "ours"),
)
GROWTH = table(
    "year growth spent low high least most kind threshold",
    (2023, -0.07, 140.0, None, None, None, None, "below", 0.3),
    (2024, 0.55, 217.0, None, None, None, None, "above", 0.3),
    (2024, None, None, None, None, None, 240.0, "leased", 0.3),
    (2025, None, None, 0.72, 0.83, 370.0, 390.0, "planned", 0.3),
)
WAVES = table("label year top", ("3 AI", 2024, 0.55))
TORNADO = table(
    "assumption_label bound value_label gap base_gap swing",
    ("AI revenue today", "low", "150", 450, 527, 113),
    ("AI revenue today", "high", "37", 563, 527, 113),
    ("Gross margin of the end user", "low", "30%", -20, 527, 947),
    ("Gross margin of the end user", "high", "70%", 927, 527, 947),
)

FIGURES = {
    charts.one_dollar: (STEPS,),
    charts.needs_and_revenue: (BANDS, EVENTS),
    charts.revenue_by_layer: (PARTS,),
    charts.need_by_life: (CURVE, LIVES, SOLD, 5.0),
    charts.depreciation: (FILED,),
    charts.rent: (RENT,),
    charts.answers: (ANSWERS,),
    charts.capex_growth: (GROWTH, WAVES),
    charts.gap_tornado: (TORNADO,),
}


def test_the_widest_swing_is_on_top():
    drawn = drawing(spec_of(charts.gap_tornado, TORNADO))
    height = {
        name: float(re.search(rf"translate\([\d.]+,([\d.]+)\)[^>]*>{name}<", drawn)[1])
        for name in ("Gross margin of the end user", "AI revenue today")
    }
    assert height["Gross margin of the end user"] < height["AI revenue today"]


def test_a_bar_says_which_end_of_the_range_it_is():
    labels = theme.mark_labels(drawing(spec_of(charts.gap_tornado, TORNADO)))
    assert any("450 to 527; AI revenue today" in each for each in labels)
    assert any(each.endswith("low end of the range, 150") for each in labels)


def test_the_last_needs_of_the_path_are_said():
    shown = texts(spec_of(charts.needs_and_revenue, BANDS, EVENTS))
    said = {"with the margin", "300", "360", "bare cost", "150", "180", "AI sales", "70", "106"}
    assert said | {"Cahn asks"} <= set(shown)


def test_the_line_of_an_event_begins_below_the_words_of_the_one_before():
    (rule,) = [
        view["mark"]
        for view in views(spec_of(charts.needs_and_revenue, BANDS, EVENTS))
        if view["mark"].get("type") == "rule"
    ]
    assert rule["y"] == {"expr": "datum.place * 14 - 14"} and rule["y2"] == {"expr": "height"}


def test_needs_and_revenue_move_in_steps():
    """Between two publications nothing new is known, so no line may rise on the way."""
    marks = [
        view["mark"]
        for view in views(spec_of(charts.needs_and_revenue, BANDS, EVENTS))
        if view["mark"].get("type") in ("line", "area")
    ]
    assert len(marks) == 3 and {mark["interpolate"] for mark in marks} == {"step-after"}


def test_needs_and_sales_by_life_say_their_ends_where_they_are_compared():
    shown = texts(spec_of(charts.need_by_life, CURVE, LIVES, SOLD, 5.0))
    assert {"AI sales 70 to 106", "46 to 55", "23 to 28", "bare cost", "with the margin"} <= {
        *shown
    }


def test_years_with_a_wider_line_are_dashed_only():
    lines = [
        v for v in views(spec_of(charts.depreciation, FILED)) if v["mark"].get("type") == "line"
    ]
    assert [bool(line["mark"].get("strokeDash")) for line in lines] == [True, False]
    assert {"filed", "straight line", "with amortization"} <= set(
        texts(spec_of(charts.depreciation, FILED))
    )
    assert "with amortization" not in texts(spec_of(charts.depreciation, FILED[FILED["alike"]]))


def test_a_range_says_both_its_ends_and_a_point_its_number():
    shown = texts(spec_of(charts.answers, ANSWERS))
    assert "257 to 874" in shown and "2,000" in shown


def test_a_month_without_a_price_parts_the_line():
    drawn = drawing(spec_of(charts.rent, RENT), theme.NARROW)
    assert "H100 on demand 4.60" in drawn and "H100 reserved 2.20" in drawn and "2.10" in drawn


def test_a_link_without_a_range_has_no_end():
    shown = texts(spec_of(charts.one_dollar, STEPS))
    assert [words for words in shown if " to $" in words] == ["$1.50 to $2.50", "$2.14 to $6.25"]


def test_plans_are_named_apart_from_what_was_filed():
    assert {"planned 370 to 390", "217", "30%", "3 AI"} <= set(
        texts(spec_of(charts.capex_growth, GROWTH, WAVES))
    )
