"""The charts on the scaling of language models: their tables, and what each must show besides."""

from charting import dated, spec_of, table, texts, views

from computecycle.charts import llm_scaling as charts
from computecycle.charts import theme

CURVES = table(
    "law compute loss within",
    *(("first", 10.0**power, 0.7 ** (power - 18), power < 23) for power in range(18, 28)),
    *(("second", 10.0**power, 0.6 ** (power - 18), power < 23) for power in range(18, 28)),
)
POINTS = dated(
    "day value label side sure leads",
    ("2012-09-30", 4.7e17, "AlexNet", "right", "known with confidence", True),
    ("2019-09-30", 9e21, "", "", "estimated", False),
    ("2023-03-15", 2.1e25, "GPT-4", "left", "estimated", True),
)
LINES = dated(
    "rule day value",
    ("frontier", "2012-09-30", 2e17),
    ("frontier", "2023-03-15", 1e25),
)
RULES = table(
    "rule kind growth low high",
    ("Every model", "published", 4.7, 4.3, 5.2),
    ("Every model", "ours", 3.7, 3.1, 4.4),
    ("Top 5 in compute at their time", "ours", 5.7, 5.0, 6.6),
)
READ = dated(
    "day model value kind label side",
    ("2020-05-28", "GPT-3", 1.7, "dense", "GPT-3", "right"),
    ("2022-03-29", "Chinchilla", 20.0, "dense", "", ""),
    ("2024-12-24", "V3", 400.0, "sparse, parameters at work", "DeepSeek-V3", "left"),
    ("2024-12-24", "V3", 22.0, "sparse, parameters in all", "", ""),
)
SIZES = dated(
    "day value label side",
    ("2018-06-01", 0.117, "GPT-1", "right"),
    ("2022-04-04", 540.0, "", ""),
)
TOLD = dated("day value label", ("2018-06-01", 0.117, "GPT-1"), ("2023-03-01", 1760.0, "GPT-4"))
FORESEEN = dated("start end value label", ("2025-01-01", "2026-12-31", 10000.0, "10 trillion"))
BARS = table(
    "item low high",
    ("Power, one campus", 1e28, 3e29),
    ("Chips", 1e29, 5e30),
)
MARKS = table("at name", (5e26, "largest known run"), (2e29, "likely feasible"))
TAUGHT = dated(
    "model compute score day kind label side",
    ("GPT-4", 2e25, 36.0, "2023-03-15", "answers at once", "GPT-4", "right"),
    ("GPT-4.5", 4e26, 69.0, "2025-02-27", "answers at once", "GPT-4.5", "left"),
    ("R1", 3.5e24, 69.2, "2025-01-20", "thinks before it answers", "", ""),
)
PAIRS = table("compute score compute_then score_then", (3.5e24, 69.2, 3.4e24, 56.5))
SCORES = dated(
    "test day score model",
    ("GPQA", "2023-03-14", 36.0, "a"),
    ("GPQA", "2026-03-05", 95.0, "b"),
    ("HLE", "2024-09-24", 5.0, "c"),
    ("HLE", "2025-11-18", 38.0, "d"),
)
BY_MAKERS = dated(
    "test day score model label", ("HLE", "2026-04-07", 57.0, "e", "HLE, as its maker reports")
)
YEARS = table(
    "who low high kind",
    ("Musk", 2025.0, 2025.0, "in the study"),
    ("Experts", 2025.0, 2029.0, "in the study"),
    ("Musk", 2026.0, 2027.0, "said since"),
)

FIGURES = {
    charts.law: (CURVES,),
    charts.training_compute: (POINTS, LINES),
    charts.growth_by_rule: (RULES,),
    charts.tokens_per_parameter: (READ, 20.0, "best"),
    charts.parameters: (SIZES, TOLD, FORESEEN),
    charts.limits: (BARS, MARKS),
    charts.score_and_compute: (TAUGHT, PAIRS, 69.0, "best at once"),
    charts.best_scores: (SCORES, BY_MAKERS, 25.0, "chance"),
    charts.foreseen: (YEARS,),
}


def test_the_soonest_of_each_kind_says_what_it_is():
    shown = texts(spec_of(charts.foreseen, YEARS))
    assert {"2025, in the study", "2026 to 2027, said since"} <= set(shown)


def test_a_power_of_ten_is_written_as_one():
    assert {"10²⁴", "10¹⁸"} <= set(texts(spec_of(charts.training_compute, POINTS, LINES)))
    assert {"10²⁷", "10²⁹"} <= set(texts(spec_of(charts.limits, BARS, MARKS)))


def test_each_law_and_each_test_is_named_once_beside_its_line():
    for chart, names in ((charts.law, ["first", "second"]), (charts.best_scores, ["GPQA", "HLE"])):
        shown = texts(spec_of(chart, *FIGURES[chart]))
        assert [shown.count(name) for name in names] == [1, 1]


def test_what_others_publish_stands_above_what_is_ours_in_another_tone():
    tones = {}
    for view in views(spec_of(charts.growth_by_rule, RULES)):
        mark = view["mark"]
        if mark["type"] == "rule":
            tones.setdefault(mark["color"], set()).add(mark["yOffset"])
    assert set(tones) == {theme.ORANGE, theme.BLUE}
    assert min(tones[theme.ORANGE]) < 0 < max(tones[theme.BLUE]), "in one row, one above the other"


def test_a_label_stands_on_the_side_that_it_is_given():
    unlabelled = TAUGHT.assign(side="")
    assert "GPT-4" in texts(spec_of(charts.score_and_compute, TAUGHT, PAIRS, 69.0, "best at once"))
    assert "GPT-4" not in texts(
        spec_of(charts.score_and_compute, unlabelled, PAIRS, 69.0, "best at once")
    )


def test_a_height_is_marked_once_where_it_is_known():
    for chart, word in ((charts.best_scores, "chance"), (charts.score_and_compute, "best at once")):
        table, other, height, _ = FIGURES[chart]
        assert texts(spec_of(chart, table, other, height, word)).count(word) == 1
        assert word not in texts(spec_of(chart, table, other, float("nan"), word))
        assert word not in texts(spec_of(chart, table.iloc[:0], other, height, word))
