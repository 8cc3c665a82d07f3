"""The charts on adoption and markets: their tables, and what each must show besides."""

import pytest
import running
from charting import dated, spec_of, table, texts

from computecycle.charts import adoption_and_markets as charts
from computecycle.charts import rows
from computecycle.notebook.figures import Figure

STEPS = dated(
    "date size wording share bottom top",
    ("2025-08-25", "250 or more", "narrow", 0.12, 0.10, 0.14),
    ("2025-09-08", "250 or more", "narrow", 0.13, 0.11, 0.15),
    ("2025-11-03", "250 or more", "wide", 0.30, 0.25, 0.35),
    ("2026-06-15", "250 or more", "wide", 0.39, 0.36, 0.42),
    ("2025-09-08", "All firms", "narrow", 0.10, 0.097, 0.103),
    ("2025-11-03", "All firms", "wide", 0.17, 0.167, 0.173),
    ("2026-07-13", "All firms", "wide", 0.22, 0.213, 0.227),
)
ANSWERS = table(
    "label share asked",
    ("US firms: use in two weeks, Jul 2026", 0.22, "firms"),
    ("Persons asked by McKinsey: in their organisation, 2025", 0.88, "persons asked"),
)
USERS = dated("date value named", ("2023-11-06", 100.0, True), ("2026-02-27", 900.0, True))
SALES = dated(
    "date value named",
    ("2023-10-15", 1.3, True),
    ("2024-06-12", 3.4, False),
    ("2026-02-28", 25.0, True),
)
LOSS = dated(
    "start date value named",
    ("2024-01-01", "2024-12-31", 2.37, True),
    ("2025-01-01", "2025-12-31", 1.6, True),
    ("2026-01-01", "2026-03-31", 1.63, False),
    ("2026-04-01", "2026-06-30", 1.84, True),
)
SHARES = table(
    "label share kind",
    ("Railways, United States, 1871", 0.054, "past peak"),
    ("AI: four companies, 2025", 0.012, "measured"),
    ("AI: their plans for 2026", 0.024, "told or planned"),
)
FIRMS = table(
    "company year low high kind",
    ("Amazon", 2024, 83.0, 83.0, "filed"),
    ("Amazon", 2025, 131.8, 131.8, "filed"),
    ("Amazon", 2026, 200.0, 200.0, "plan"),
    ("Meta", 2024, 37.3, 37.3, "filed otherwise"),
    ("Meta", 2026, 125.0, 145.0, "plan"),
)
DAY = dated("date label", ("2024-09-03", "J.P. Morgan"))
PRICES = table("entity value", ("Intel", 27.0), ("Microsoft", 54.2))

FIGURES = {
    charts.use: (STEPS,),
    charts.answers: (ANSWERS,),
    charts.curves: (USERS, SALES, LOSS),
    charts.booms: (SHARES,),
    charts.spending: (FIRMS, DAY),
    charts.leaders: (PRICES,),
}


def test_the_break_of_the_question_is_named_and_each_size():
    said = texts(spec_of(charts.use, STEPS))
    assert {"question widened", "250 or more", "All firms"} <= set(said)


def test_only_named_values_are_printed():
    said = set(texts(spec_of(charts.curves, USERS, SALES, LOSS)))
    assert {"100", "900", "1.3", "25", "2.4", "1.8"} <= said and "3.4" not in said


def test_the_study_is_named_once():
    assert texts(spec_of(charts.spending, FIRMS, DAY)).count("J.P. Morgan") == 1


@pytest.mark.parametrize("id", ["markets-answers", "markets-booms"])
def test_each_name_above_a_bar_stands_in_one_line(id):
    """Their rows have no room for a second."""
    said = running.edition("adoption_and_markets")
    (figure,) = [each for each in said if isinstance(each, Figure) and each.id == id]
    (cells,) = figure.spec["datasets"].values()
    assert not [each["label"] for each in cells if len(each["label"]) > rows.LINE]
