"""The charts on the scaling of language models: their tables, and what each must show besides."""

from charting import dated, spec_of, table, texts, views

from computecycle.charts import llm_scaling as charts
from computecycle.charts import theme

PROGRAMS = table("name year", ("ELIZA", 1966), ("ChatGPT", 2022))
POINTS = dated(
    "day value label sure",
    ("2012-09-30", 4.7e17, "AlexNet", "known with confidence"),
    ("2019-09-30", 9e21, "", "estimated"),
    ("2023-03-15", 2.1e25, "GPT-4", "estimated"),
)
LINES = dated(
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
COSTS = dated(
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
PRICES = dated(
    "day value vendor label",
    ("2021-11-18", 60.0, "OpenAI", "GPT-3 davinci"),
    ("2024-11-12", 0.06, "Together AI", ""),
)
FALL = dated(
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
DATES = dated(
    "what place start end",
    ("BERT", "chronology", "2020-01-01", "2020-12-31"),
    ("BERT", "text", "2018-10-01", "2018-10-31"),
)

FIGURES = {
    charts.chatbots: (PROGRAMS,),
    charts.parameters: (POINTS, POINTS, LINES),
    charts.training_compute: (POINTS, LINES),
    charts.growth_by_rule: (RULES,),
    charts.training_cost: (COSTS,),
    charts.bills: (AMOUNTS, "USD million"),
    charts.test_scores: (SCORES,),
    charts.sizes: (SIZES,),
    charts.foreseen: (YEARS, 2060),
    charts.token_prices: (PRICES, FALL),
    charts.agent_market: (MARKET,),
    charts.dates_apart: (DATES,),
}


def test_a_year_beyond_the_axis_is_written_out():
    shown = texts(spec_of(charts.foreseen, YEARS, 2060))
    assert {"2025 to 2029", "→ 2049 to 2064", "→ never"} <= set(shown)


def test_money_starts_at_zero():
    for view in views(spec_of(charts.bills, AMOUNTS, "USD million")):
        scale = view["encoding"].get("x", {}).get("scale", {})
        assert scale.get("zero", True) is True


def test_a_legend_names_every_method():
    shown = texts(spec_of(charts.training_cost, COSTS))
    assert {"cloud rental", "amortised hardware and energy"} <= set(shown)


def test_a_power_of_ten_is_written_as_one():
    assert {"10²⁴", "10¹⁸"} <= set(texts(spec_of(charts.training_compute, POINTS, LINES)))
    assert {"10⁸", "10¹²"} <= set(texts(spec_of(charts.sizes, SIZES)))


def test_what_a_document_says_has_one_tone_and_what_is_computed_another():
    tones = {}
    for chart in (charts.bills, charts.foreseen, charts.test_scores):
        for view in views(spec_of(chart, *FIGURES[chart])):
            scale = view["encoding"].get("color", {}).get("scale")
            tones |= dict(zip(scale["domain"], scale["range"], strict=True)) if scale else {}
    assert tones["printed"] == tones["said"] == theme.ORANGE
    assert tones["recomputed"] == tones["computed"] == theme.BLUE
