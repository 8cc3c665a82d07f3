"""The charts of the forecasts: their tables, and what they must show besides."""

import re

from charting import dated, drawing, spec_of, table, texts, views

from computecycle.charts import scorecard as charts
from computecycle.charts import theme

SCORED = table(
    "label error state said_told said_came missed idle ruled",
    ("Spending of four", 0.18, "above", "$320 bn", "$376 bn", 0.15, 0.4, 0.3),
    ("Sales of GPUs", -0.05, "near", "$150 bn", "$142 bn", 0.05, 0.5, 0.2),
    ("Wait for compute", 2.1, "above", "5 months", "at least 15 months", 0.7, 0.9, 0.8),
    ("Speed of a chip", -0.5, "below", "2,000", "1,000", 1.0, 0.7, 0.6),
).assign(
    floor=False,
    over=lambda rows: 1 + rows["error"],
    unit=["USD billion", "USD billion per year", "years", "TOPS"],
)
PLANS = table(
    "company said low high spent",
    ("Meta", "2025-01-29", 60.0, 65.0, 72.0),
    ("Meta", "2025-10-29", 70.0, 72.0, 72.0),
    ("CoreWeave", "2025-05-14", 20.0, 23.0, 14.9),
    ("CoreWeave", "2025-11-10", 12.0, 14.0, 14.9),
)
COUNTS = table(
    "tolerance state number",
    *((0.05, "above", 3), (0.05, "floor met", 1), (0.05, "near", 3), (0.05, "below", 2)),
    *((0.1, "above", 3), (0.1, "floor met", 1), (0.1, "near", 4), (0.1, "below", 1)),
)
WAITING = table("label settles", ("A large model", "its size"), ("A price", "a survey")).join(
    dated("low due", ("2024-12-08", "2026-12-31"), ("2025-03-05", "2030-12-31")).rename(
        columns={"low": "made"}
    )
)
TODAY = dated("day", ("2026-08-23",))
DOCUMENTS = table(
    "document foreseen due scored short state floor",
    ("Caijing", 6, 3, 3, "a wait", "above", False),
    ("Caijing", 6, 3, 3, "four firms", "near", True),
    ("Caijing", 6, 3, 3, "users", "near", False),
    ("Cembalest", 12, 5, 0, "", "", False),
    ("Wang", 11, 4, 1, "a chip", "below", False),
)
WHYS = table("reason number", ("no measure", 9), ("no date", 4))
FIGURES = {
    charts.outturns: (SCORED, 0.1),
    charts.plans_by_day: (PLANS.assign(said=PLANS["said"].astype("datetime64[ns]")),),
    charts.against_the_guess: (SCORED,),
    charts.by_tolerance: (COUNTS,),
    charts.calendar: (WAITING, TODAY),
    charts.reasons: (WHYS,),
    charts.by_document: (DOCUMENTS,),
}


def test_both_numbers_are_said_and_each_verdict_has_its_own_tone():
    drawn = drawing(spec_of(charts.outturns, SCORED, 0.1))
    assert "$376 bn, forecast $320 bn" in drawn
    tones = [
        set(re.findall(r'aria-roledescription="point"[^>]*fill="(#\w+)"', drawing(spec)))
        for spec in (spec_of(charts.outturns, SCORED[row : row + 1], 0.1) for row in (0, 1, 3))
    ]
    assert tones == [{theme.BLUE}, {theme.MUTED}, {theme.ORANGE}]


def test_a_floor_that_was_passed_is_hollow_where_it_lies():
    floor = SCORED[:1].assign(floor=True, state="near", error=0.0)
    assert "Floor met (+18%): $376 bn, forecast $320 bn" in drawing(
        spec_of(charts.outturns, floor, 0.1)
    )


def test_a_wait_is_said_and_not_drawn_as_a_percentage():
    spec = spec_of(charts.outturns, SCORED, 0.1)
    said = texts(spec)
    assert "a wait: not on this axis" in said
    assert "Longer: at least 15 months, forecast 5 months" in drawing(spec)
    placed = [rows for rows in spec["datasets"].values() if {"years"} < {r["unit"] for r in rows}]
    marked = [view for view in views(spec) if view["mark"]["type"] == "point"]
    assert len(placed) == 1 and len(marked) == 2


def test_the_band_is_as_wide_as_the_tolerance():
    spec = spec_of(charts.outturns, SCORED, 0.2)
    band = next(view for view in views(spec) if view["mark"].get("strokeWidth") == 16)
    rows = [each for each in spec["datasets"].values() if "high" in each[0]]
    assert band["encoding"]["x"]["field"] == "low"
    assert {(each[0]["low"], each[0]["high"]) for each in rows} == {(-0.2, 0.2)}


def test_every_plan_says_what_was_spent_and_what_was_first_planned():
    said = texts(spec_of(charts.plans_by_day, *FIGURES[charts.plans_by_day]))
    assert {"spent 72", "60 to 65", "spent 15", "20 to 23"} <= set(said)


def test_all_three_guesses_are_named():
    said = texts(spec_of(charts.against_the_guess, SCORED))
    assert {"forecast", "last known value", "the ruler"} <= set(said)


def test_a_reason_is_explained():
    assert "No measure: nothing says what would count" in texts(spec_of(charts.reasons, WHYS))


def test_a_document_without_a_scored_forecast_keeps_its_counts():
    spec = spec_of(charts.by_document, DOCUMENTS)
    said = texts(spec)
    assert said.count("Cembalest: 12 foreseen, 5 due, 0 scored") == 1
    assert said.count("Caijing: 6 foreseen, 3 due, 3 scored") == 1
    assert len(re.findall(r'aria-roledescription="point"', drawing(spec))) == 4


def test_forecasts_that_came_alike_stand_below_each_other():
    (rows,) = spec_of(charts.by_document, DOCUMENTS)["datasets"].values()
    lines = {row["short"]: (row["head"], row["line"]) for row in rows}
    assert lines == {
        "a wait": (0, 1),
        "four firms": (0, 1),
        "users": (0, 2),
        "": (3, 3),
        "a chip": (4, 5),
    }
    assert {row["short"]: row["came"] for row in rows}["a chip"] == "forecast too high"
