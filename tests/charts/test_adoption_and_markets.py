"""The charts on adoption and markets: their tables, and what each must show besides."""

from charting import dated, spec_of, table, texts

from computecycle.charts import adoption_and_markets as charts

SPEND = dated(
    "date series value",
    ("2024-06-30", "four companies' capital expenditure", 52.9),
    ("2024-09-30", "four companies' capital expenditure", 58.9),
    ("2024-07-28", "NVIDIA's data-centre revenue", 26.3),
    ("2024-10-27", "NVIDIA's data-centre revenue", 30.8),
)
DAY = dated("date label", ("2024-09-03", "the document"))
MULTIPLES = table(
    "panel label value kind",
    ("Ratio over the market's", "2024", 1.8, "told"),
    ("Ratio over the market's", "internet era", 6.0, "earlier peak"),
    ("Price over earnings", "AI fund, 2024", 28.0, "told"),
)
SURVEYS = table(
    "label share kind",
    ("of chief executives: AI is a priority", 0.7, "plan"),
    ("of cost saved at most, most respondents of one survey", 0.1, "effect"),
)
COSTS = table(
    "product low high basis",
    ("Intel Gaudi 3", 0.4, 0.7, "price"),
    ("Google TPU v5p", 0.333, 0.333, "running cost"),
)
RATIOS = table("measure low high", ("Chips needed", 0.25, 0.25), ("Price of one chip", 1.4, 1.6))
CLOCKS = dated(
    "clock start low high newest state",
    ("Inference must grow", "2024-09-03", "2025-09-03", "2026-03-03", "2026-06-30", "over"),
    ("Firms must adopt", "2024-09-03", "2026-09-03", "2026-09-03", "2026-06-30", "not due"),
)

FIGURES = {
    charts.spending_and_sales: (SPEND, DAY),
    charts.multiples: (MULTIPLES,),
    charts.surveys: (SURVEYS,),
    charts.cost_claims: (COSTS,),
    charts.replacement: (RATIOS,),
    charts.clocks: (CLOCKS,),
}


def test_a_range_is_said_with_both_ends():
    assert {"0.4 to 0.7", "0.33"} <= set(texts(spec_of(charts.cost_claims, COSTS)))
    assert {"0.25", "1.4 to 1.6"} <= set(texts(spec_of(charts.replacement, RATIOS)))


def test_a_clock_says_when_it_falls_due():
    said = set(texts(spec_of(charts.clocks, CLOCKS)))
    assert {"Inference must grow: Sep 2025 to Mar 2026", "Firms must adopt: Sep 2026"} <= said
    assert "newest row: Jun 2026" in said
