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
    bars = alt.Chart(PRICES[:3]).mark_bar().encode(alt.X("price:Q"), alt.Y("year:O"))
    assert told(bars) == "Highest 20 (2022), lowest 4 (2021)."
    assert told(bars.encode(color="maker:N")) == "Highest 20 (2022, A), lowest 4 (2021, A)."


def test_of_bars_in_parts_the_whole_and_each_part_are_told():
    chart = alt.Chart(PRICES).mark_bar().encode(alt.X("price:Q"), alt.Y("year:O"), color="maker:N")
    parts = "A: highest 20 (2022), lowest 4 (2021). B: 7 (2020)."
    assert told(chart) == f"All parts together: highest 20 (2022), lowest 4 (2021). {parts}"


def test_a_part_is_told_by_its_length_and_not_by_where_it_begins():
    parts = table("name part start end", ("one", "A", 0, 3), ("one", "B", 3, 8), ("two", "A", 0, 4))
    chart = alt.Chart(parts).mark_bar().encode(alt.X("start:Q"), x2="end:Q", y="name:N")
    lengths = "A: highest 4 (two), lowest 3 (one). B: 5 (one)."
    assert told(chart.encode(color="part:N")) == (
        f"All parts together: highest 8 (one), lowest 4 (two). {lengths}"
    )


def test_a_part_of_a_product_is_told_by_its_factor():
    parts = table("name start end", ("one", 1, 16), ("two", 16, 128))
    x = alt.X("start:Q").scale(type="log")
    chart = alt.Chart(parts).mark_rule().encode(x, x2="end:Q", y="name:N")
    assert told(chart) == "Highest 16 (one), lowest 8 (two)."


def test_a_range_is_told_by_its_two_ends_and_one_from_a_fixed_value_by_its_other():
    ranges = table("name low high base", ("one", 1, 3, 2), ("two", 2, 9, 2))
    chart = alt.Chart(ranges).mark_rule().encode(alt.X("low:Q"), x2="high:Q", y="name:N")
    assert told(chart) == "Highest 2 to 9 (two), lowest 1 to 3 (one)."
    assert told(chart.encode(x2="base:Q")) == "Highest 2 (two), lowest 1 (one)."


def test_points_come_before_bands_and_a_band_with_a_name_is_told_too():
    rows = table("name low value high", ("one", 1, 2, 3), ("two", 2, 4, 9))
    base = alt.Chart(rows).encode(y="name:N")
    band = base.mark_rule().encode(alt.X("low:Q"), x2="high:Q")
    points = base.mark_point().encode(alt.X("value:Q"))
    assert told(band + points) == "Highest 4 (two), lowest 2 (one)."
    named = band.properties(description="between the bounds") + points
    assert told(named).endswith("Between the bounds: highest 2 to 9 (two), lowest 1 to 3 (one).")


def test_points_on_a_line_are_told_once_and_others_beside_it():
    line = alt.Chart(PRICES[:3]).mark_line().encode(YEAR, y="price:Q")
    ends = "From 10 (2020) to 20 (2022), lowest 4 (2021)."
    assert told(line + line.mark_point()) == ends
    other = alt.Chart(PRICES[3:]).mark_point().encode(YEAR, y="price:Q")
    assert told(line + other.properties(description="another")) == f"{ends} Another: 7 (2020)."


def test_where_no_axis_shows_a_quantity_the_texts_are_told_in_their_places():
    cells = table("who how text", ("one", "fast", "1 car"), ("two", "slow", "2\ncars"))
    chart = alt.Chart(cells).mark_text().encode(x="how:N", y="who:N", text="text:N")
    assert told(chart) == "1 car (fast, one); 2 cars (slow, two)."


def test_of_anything_else_the_number_of_marks_is_told():
    chart = alt.Chart(PRICES).mark_bar().encode(alt.X("price:Q").bin(), alt.Y("count()"))
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


def test_what_is_computed_row_by_row_is_told_as_far_as_it_can_be_followed():
    base = alt.Chart(PRICES.iloc[:3]).mark_line().encode(YEAR, alt.Y("cost:Q"))
    assert told(base.transform_calculate(cost="sqrt(datum.price)")) == "3 marks."
    assert told(base.transform_calculate(cost="datum.price * 2")).startswith("From 20 (2020)")
    day = "utcOffset('day', toDate(datum.day), -45)"
    days = pd.DataFrame({"day": ["2020-03-31", "2021-03-31"], "cost": [1, 2]})
    line = alt.Chart(days).mark_line().encode(alt.X("at:T"), alt.Y("cost:Q"))
    assert told(line.transform_calculate(at=day)) == "From 1 (2020-02-15) to 2 (2021-02-14)."


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
    signed = alt.Axis(labelExpr="datum.value ? format(datum.value, '+.0%') : '0%'")
    chart = alt.Chart(shares).mark_bar().encode(alt.X("share:Q", axis=signed), alt.Y("year:O"))
    assert told(chart) == "Highest 50% (2021), lowest 7.1% (2020)."


def test_a_line_that_breaks_is_told_in_its_parts():
    chart = alt.Chart(PRICES.iloc[:3].assign(part=[0, 0, 1])).mark_line()
    chart = chart.encode(YEAR, y="price:Q", detail="part:N")
    assert told(chart) == "From 10 (2020) to 4 (2021). 20 (2022)."


def test_what_is_long_is_cut_and_what_is_empty_says_nothing():
    many = table("year price maker", *((2020, at, f"M{at}") for at in range(LONGEST + 3)))
    chart = alt.Chart(many).mark_point().encode(YEAR, y="price:Q", color="maker:N")
    assert told(chart).endswith(f"M{LONGEST - 1}: {LONGEST - 1} (2020). And 3 more.")
    lines = told(chart.mark_line())
    assert lines == f"Highest {LONGEST + 2} (2020, M{LONGEST + 2}), lowest 0 (2020, M0)."
    assert told(alt.Chart(PRICES[:0]).mark_line().encode(YEAR, y="price:Q")) == ""
