"""What a chart shows in words, told from its specification; each answer is known beforehand."""

import altair as alt
import pandas as pd
import pytest
from charting import table

from computecycle.charts import look
from computecycle.charts.described import LONGEST, described

PRICES = table("year price maker", (2020, 10, "A"), (2021, 4, "A"), (2022, 20, "A"), (2020, 7, "B"))
YEAR = alt.X("year:Q")


def told(chart) -> str:
    return described(look.specification(chart))


def test_a_line_has_its_ends_and_the_lowest_and_highest_between_them():
    chart = alt.Chart(PRICES).mark_line().encode(YEAR, y="price:Q", color="maker:N")
    assert told(chart) == "A: from 10 (2020) to 20 (2022), lowest 4 (2021). B: 7 (2020)."


def test_lines_are_told_in_the_order_of_time_whatever_the_order_of_rows():
    chart = alt.Chart(PRICES.iloc[[2, 0, 1]]).mark_line().encode(YEAR, y="price:Q")
    assert told(chart) == "From 10 (2020) to 20 (2022), lowest 4 (2021)."


def test_days_are_told_without_their_hour():
    days = pd.DataFrame({"day": pd.to_datetime(["2020-03-01", "2021-03-01"]), "price": [1, 2]})
    chart = alt.Chart(days).mark_line().encode(alt.X("day:T"), alt.Y("price:Q", title="USD"))
    assert told(chart) == "USD: from 1 (2020-03-01) to 2 (2021-03-01)."


def test_of_bars_the_highest_and_the_lowest_are_told():
    chart = alt.Chart(PRICES).mark_bar().encode(alt.X("price:Q"), alt.Y("year:O"), color="maker:N")
    assert told(chart) == "Highest 20 (2022, A), lowest 4 (2021, A)."


def test_a_range_is_told_by_its_two_ends():
    ranges = table("name low high", ("one", 1, 3), ("two", 2, 9))
    chart = alt.Chart(ranges).mark_rule().encode(alt.X("low:Q"), x2="high:Q", y="name:N")
    assert told(chart) == "Highest 9 (two), lowest 1 (one)."


def test_of_anything_else_the_number_of_marks_is_told():
    chart = alt.Chart(PRICES).mark_point().encode(alt.X("year:Q"), alt.Y("price:Q"))
    assert told(chart) == "4 marks."


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ("datum.price > 5", "From 10 (2020) to 20 (2022)."),
        ("datum.price < 5 || datum.year === 2022", "From 4 (2021) to 20 (2022)."),
        ("!(datum.year == 2022)", "From 10 (2020) to 4 (2021)."),
        ("isValid(datum.price) && datum['year'] != 2021", "From 10 (2020) to 20 (2022)."),
        ("sqrt(datum.price) > 2", ""),
    ],
)
def test_only_the_rows_that_a_view_chooses_are_told(condition, left):
    rows = PRICES[PRICES["maker"] == "A"]
    chart = alt.Chart(rows).mark_line().encode(YEAR, y="price:Q").transform_filter(condition)
    assert told(chart) == left


def test_a_column_that_is_computed_is_not_told_and_one_that_is_renamed_is():
    base = alt.Chart(PRICES.iloc[:3]).mark_line().encode(YEAR, alt.Y("cost:Q"))
    assert told(base.transform_calculate(cost="datum.price * 2")) == "3 marks."
    assert told(base.transform_calculate(cost="datum.price")).startswith("From 10 (2020)")


def test_panels_have_their_titles_and_facets_their_names():
    line = alt.Chart(PRICES.iloc[:3]).mark_line().encode(YEAR, alt.Y("price:Q", title="EUR"))
    both = (line.properties(title="Left") | line).resolve_scale(y="independent")
    ends = "from 10 (2020) to 20 (2022), lowest 4 (2021)."
    assert told(both) == f"Left: {ends} EUR: {ends}"
    assert told(line.facet("maker:N")) == f"EUR: A: {ends}"


def test_shares_are_told_as_percentages_and_no_scale_is_named():
    shares = table("year share", (2020, 0.0712), (2021, 0.5))
    axis = alt.Y("share:Q", title="Share (of all, log scale)", axis=alt.Axis(format=".0%"))
    chart = alt.Chart(shares).mark_line().encode(YEAR, axis)
    assert told(chart) == "Share (of all): from 7.1% (2020) to 50% (2021)."


def test_a_line_that_breaks_is_told_in_its_parts():
    chart = alt.Chart(PRICES.iloc[:3].assign(part=[0, 0, 1])).mark_line()
    chart = chart.encode(YEAR, y="price:Q", detail="part:N")
    assert told(chart) == "From 10 (2020) to 4 (2021). 20 (2022)."


def test_what_is_long_is_cut_and_what_is_empty_says_nothing():
    many = table("year price maker", *((2020, 1, f"M{number}") for number in range(LONGEST + 3)))
    chart = alt.Chart(many).mark_line().encode(YEAR, y="price:Q", color="maker:N")
    assert told(chart).endswith("M5: 1 (2020). And 3 more.")
    assert told(alt.Chart(PRICES[:0]).mark_line().encode(YEAR, y="price:Q")) == ""
