"""What a reader set bears a mark of its own in every chart, by colour and by form."""

import copy

import altair as alt
import charting
import pandas as pd
import pytest
from charts.test_charts import FIGURES, arguments, each_chart

from computecycle.charts import own, theme

PLAIN = pd.DataFrame({"name": ["a", "b", "c"], "value": [1.0, 2.0, 3.0]})
CHANGED = PLAIN.assign(value=[1.0, 2.0, 9.0])


def specs(make, before=PLAIN, after=CHANGED) -> tuple[dict, dict]:
    """A chart of two tables, as published and as a rerun draws it."""
    return charting.spec_of(make, before), charting.spec_of(make, after)


def base(table: pd.DataFrame) -> alt.Chart:
    return alt.Chart(table).encode(x="value:Q", y="name:N")


def in_own(drawing: str) -> int:
    """How many parts of a drawing have the colour of what a reader set."""
    return drawing.count(f'fill="{theme.OWN}"')


@pytest.mark.parametrize("kind", ["bar", "point", "circle", "square", "tick", "rule", "text"])
def test_a_row_that_is_not_as_published_is_set_apart_and_no_other(kind):
    published, here = specs(lambda table: getattr(base(table), f"mark_{kind}")(color=theme.BLUE))
    made = own.marked(here, published)
    (rows,) = made["datasets"].values()
    assert [row[own.SET] for row in rows] == [False, False, True]
    drawn = charting.drawing(made)
    paint = "stroke" if kind == "rule" else "fill"
    assert drawn.count(f'{paint}="{theme.OWN}"') == 1 + (kind != "rule")  # and the words below
    assert drawn.count(f'{paint}="{theme.BLUE}"') == 2
    assert own.SET_HERE[0] in drawn and made["description"].endswith(f"{own.SET_HERE[0]}.")


def test_what_only_orders_or_places_marks_sets_no_row_apart():
    placed = PLAIN.assign(place=[1, 2, 3], inside=True, day="2026-01-01")
    here = CHANGED.assign(place=[3, 1, 2], inside=[True, False, False], day="2026-02-02")
    days = lambda table: alt.Chart(table[["day"]].head(1)).mark_rule().encode(x="day:T")  # noqa: E731
    make = lambda table: (  # noqa: E731
        alt.Chart(table)
        .transform_filter("datum.inside || datum['inside'] === false")
        .mark_bar()
        .encode(x="value:Q", y=alt.Y("name:N").sort(field="place"), order="place:Q")
        + days(table)
    )
    made = own.marked(*reversed(specs(make, placed, here)))
    by_size = sorted(made["datasets"].values(), key=len)
    assert [[row[own.SET] for row in rows] for rows in by_size] == [[True], [False, False, True]]


def test_a_label_on_a_bar_stays_to_be_read():
    make = lambda table: (  # noqa: E731
        base(table).mark_bar() + base(table).mark_text(color=theme.PAPER).encode(text="name:N")
    )
    drawn = charting.drawing(own.marked(*reversed(specs(make))))
    assert drawn.count(f'fill="{theme.PAPER}"') >= len(PLAIN)
    assert in_own(drawn) == 2  # the bar, and the words below


def test_points_become_diamonds_and_bars_get_an_outline():
    make = lambda table: base(table).mark_point(color=theme.BLUE)  # noqa: E731
    drawn = charting.drawing(own.marked(*reversed(specs(make))))
    assert (
        len([part for part in drawn.split("<path") if theme.OWN in part and "A" not in part]) == 1
    )
    drawn = charting.drawing(own.marked(*reversed(specs(lambda table: base(table).mark_bar()))))
    assert drawn.count(f'stroke="{theme.INK}"') == 1


def test_a_line_keeps_its_colour_and_bears_a_few_diamonds():
    long = pd.DataFrame({"name": range(200), "value": range(200)}).astype(float)
    make = lambda table: (  # noqa: E731
        alt.Chart(table).mark_line(color=theme.GREEN).encode(x="name:Q", y="value:Q")
    )
    published, here = specs(
        make, long, long.assign(value=long["value"].where(long["name"] < 100, 0))
    )
    drawn = charting.drawing(own.marked(here, published))
    assert f'stroke="{theme.GREEN}"' in drawn
    assert 2 < in_own(drawn) <= own.MOST + 1


def test_a_chart_of_which_nothing_is_as_published_keeps_its_colours_and_says_so():
    published, here = specs(lambda table: base(table).mark_bar(), after=PLAIN.assign(name="d"))
    drawn = charting.drawing(own.marked(here, published))
    assert f"All of it rests on {own.SET_HERE[1]}" in drawn and in_own(drawn) == 1


def test_what_is_as_published_or_was_never_published_stays():
    published, here = specs(lambda table: base(table).mark_bar())
    assert own.marked(published, copy.deepcopy(published)) is published
    assert own.marked(here, {}) is here


@each_chart
def test_every_chart_can_set_rows_apart_within_its_width(chart):
    """One row of each of its tables is another than the published one."""
    spec = charting.spec_of(chart, *arguments(chart))
    published = copy.deepcopy(spec)
    for rows in published["datasets"].values():
        rows[-1:] = []
    made = own.marked(spec, published)
    assert FIGURES and any(row[own.SET] for rows in made["datasets"].values() for row in rows)
    drawn = charting.drawing(made, theme.NARROW)
    assert theme.drawn_size(drawn)[0] <= theme.NARROW
    assert "NaN" not in drawn and own.SET_HERE[0] in drawn
