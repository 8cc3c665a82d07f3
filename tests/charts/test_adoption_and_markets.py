"""The charts on adoption and markets: their tables, and what each must show besides."""

from charting import dated, spec_of, table, texts

from computecycle.charts import adoption_and_markets as charts

STEPS = dated(
    "date size wording share bottom top",
    ("2025-08-25", "250 or more employees", "narrow", 0.12, 0.10, 0.14),
    ("2025-09-08", "250 or more employees", "narrow", 0.13, 0.11, 0.15),
    ("2025-11-03", "250 or more employees", "wide", 0.30, 0.25, 0.35),
    ("2026-06-15", "250 or more employees", "wide", 0.39, 0.36, 0.42),
    ("2025-09-08", "All firms", "narrow", 0.10, 0.097, 0.103),
    ("2025-11-03", "All firms", "wide", 0.17, 0.167, 0.173),
    ("2026-07-13", "All firms", "wide", 0.22, 0.213, 0.227),
)
ANSWERS = table(
    "label share",
    ("US firms: used it in any function, last two weeks, Jul 2026", 0.22),
    ("Managers, of their organisation: used regularly somewhere in it, 2025", 0.88),
)
USERS = dated("date value", ("2023-11-06", 100.0), ("2026-02-27", 900.0))
SALES = dated("date value", ("2023-10-15", 1.3), ("2026-02-28", 25.0))
LOSS = dated("date value", ("2024-12-31", 8.78), ("2025-12-31", 20.9))
SHARES = table(
    "label share kind",
    ("Railways, United States, 1871", 0.054, "for comparison"),
    ("AI: four companies, 2025", 0.012, "AI, measured"),
    ("AI: their plans for 2026", 0.024, "AI, told or planned"),
)
FIRMS = table(
    "company year low high kind",
    ("Amazon", 2024, 83.0, 83.0, "filed"),
    ("Amazon", 2025, 131.8, 131.8, "filed"),
    ("Amazon", 2026, 200.0, 200.0, "plan"),
    ("Meta", 2024, 37.3, 37.3, "filed"),
    ("Meta", 2026, 125.0, 145.0, "plan"),
)
DAY = dated("date label", ("2024-09-03", "J.P. Morgan"))
MULTIPLES = table(
    "panel label value kind",
    ("Leaders", "Technology leaders, 2024", 1.8, "told"),
    ("Leaders", "Internet era", 6.0, "earlier peak"),
    ("Price over earnings", "NVIDIA, 2024", 38.0, "told"),
)
PRICES = table("entity value", ("Intel", 27.0), ("Microsoft", 54.2))
COSTS = table(
    "product low high basis",
    ("Intel Gaudi 3", 0.4, 0.7, "price"),
    ("Google TPU v5p", 0.333, 0.333, "running cost"),
)
CHIPS = table(
    "label value bound",
    ("Intel Gaudi, 2024", 0.5, "less than"),
    ("NVIDIA, fiscal 2026", 193.7, ""),
)
CLOCKS = dated(
    "clock start low high newest state",
    ("Inference must grow", "2024-09-03", "2025-09-03", "2026-03-03", "2026-06-30", "over"),
    ("Firms must adopt", "2024-09-03", "2026-09-03", "2026-09-03", "2026-06-30", "not due"),
)
PATHS = dated(
    "date series value",
    ("2024-02-09", "Tokens", 1.0),
    ("2025-10-06", "Tokens", 65.0),
    ("2024-02-09", "Sales per token", 1.0),
    ("2025-10-06", "Sales per token", 0.092),
)

FIGURES = {
    charts.use: (STEPS,),
    charts.answers: (ANSWERS,),
    charts.curves: (USERS, SALES, LOSS),
    charts.booms: (SHARES,),
    charts.spending: (FIRMS, DAY),
    charts.multiples: (MULTIPLES,),
    charts.leaders: (PRICES,),
    charts.rivals: (COSTS, CHIPS),
    charts.clocks: (CLOCKS,),
    charts.paths: (PATHS,),
}


def test_the_break_of_the_question_is_named_and_each_line_has_its_last_value():
    said = texts(spec_of(charts.use, STEPS))
    assert {"question widened", "250 or more employees 39%", "All firms 22%"} <= set(said)


def test_a_bound_says_on_which_side_it_lies():
    assert {"0.4 to 0.7", "less than 0.5", "194"} <= set(
        texts(spec_of(charts.rivals, COSTS, CHIPS))
    )


def test_the_study_is_named_once():
    assert texts(spec_of(charts.spending, FIRMS, DAY)).count("J.P. Morgan") == 1


def test_a_clock_says_when_it_falls_due():
    said = set(texts(spec_of(charts.clocks, CLOCKS)))
    assert {"Inference must grow: Sep 2025 to Mar 2026", "Firms must adopt: Sep 2026"} <= said
    assert "newest row: Jun 2026" in said


def test_a_path_says_how_far_it_came():
    said = set(texts(spec_of(charts.paths, PATHS)))
    assert {"Tokens: 65 times", "Sales per token: 0.09 times"} <= said
