"""Bars in rows, one row a name: names, values at the ends of bars, reference marks.

Rows stand in the order of the table. `named_above` puts long names above their bars, so that a
chart has the same form on a phone; its bars then stand `BELOW` the middle of their rows.
"""

import altair as alt
import pandas as pd

from computecycle.charts import theme

BELOW = 13  # px
HEIGHT = 12  # px, of a bar under its name: a taller one would cut the name off at the foot
LEADING = 14  # px, from line to line
LINE = 54  # characters of a name that fit beside each other at the narrow width


def named_beside(table: pd.DataFrame, column: str, title: str, characters: int = 40) -> alt.Y:
    """Rows with their names to the left, wrapped after so many characters."""
    rows = alt.Y(f"{column}:N").scale(domain=list(table[column].unique())).title(title)
    lines = wrapped("datum.label", characters)
    raised = alt.condition(f"length({lines}) > 1", alt.value(-LEADING / 2), alt.value(0))
    return rows.axis(labelExpr=lines, labelOffset=raised)  # two lines stand beside the middle


def named_above(table: pd.DataFrame, column: str) -> alt.Y:
    """Rows with room for `names` above the bars."""
    return alt.Y(f"{column}:N").scale(domain=list(table[column].unique())).axis(None)


def names(base: alt.Chart, column: str) -> alt.Chart:
    """The name of each row, once, in up to two lines above its bar."""
    return (
        base.transform_window(copy="row_number()", groupby=[column])
        .transform_filter("datum.copy == 1")
        .transform_calculate(lines=wrapped(f"datum.{column}", LINE))
        .mark_text(align="left", dy=alt.expr("-14 * length(datum.lines) + 11"))
        .encode(alt.XValue(0), alt.Text("lines:N"))
    )


def at_ends(left: alt.Chart, right: alt.Chart) -> alt.LayerChart:
    """The texts of two charts, outside the left and outside the right ends of bars."""
    before = left.mark_text(align="right", dx=-5, dy=BELOW)
    return before + right.mark_text(align="left", dx=5, dy=BELOW)


def swings(
    table: pd.DataFrame,
    x: alt.X,
    columns: tuple[str, str, str, str],
    form: str = ",.0f",
    tone: alt.Color | None = None,
) -> alt.LayerChart:
    """Bars from a base to a number at either end of a range, the widest swing on top.

    columns: of the label of a row, the text at an end, the number and the base; besides them the
    table has bound ("low", "high") and swing. form: of the number at the base. tone: of a bar;
    where none is given, by the end of the range. Asked, a bar says its end of the range.
    """
    label, text, number, at_rest = columns
    table = table.sort_values("swing", ascending=False, kind="stable")
    base = alt.Chart().encode(y=named_above(table, label))
    bound = alt.Color("bound:N").scale(domain=["low", "high"], range=[theme.ORANGE, theme.BLUE])
    bars = (
        base.transform_calculate(at=f"datum.bound + ' end of the range, ' + datum.{text}")
        .mark_bar(height=10, yOffset=BELOW)
        .encode(
            x,
            alt.X2(f"{at_rest}:Q"),
            color=tone or bound.legend(labelExpr="datum.label + ' end of the range'"),
            detail="at:N",
        )
    )
    ends = (
        base.transform_joinaggregate(middle=f"mean({number})", groupby=[label])
        .transform_calculate(
            left=f"datum.{number} - datum.middle < (datum.bound == 'low' ? 1e-9 : 0)"
        )
        .transform_calculate(
            end=f"datum.left ? min(datum.{number}, datum.{at_rest})"
            f" : max(datum.{number}, datum.{at_rest})"
        )
        .encode(alt.X("end:Q"), alt.Text(f"{text}:N"))
    )
    values = at_ends(ends.transform_filter("datum.left"), ends.transform_filter("!datum.left"))
    parts = bars, reference(base, at_rest, "base", form), values, names(base, label)
    return alt.layer(*parts, data=table, height=theme.LABELLED_ROW)


def reference(base: alt.Chart, column: str, word: str, form: str = ",.0f") -> alt.LayerChart:
    """A mark beside each bar at the one value of a column, named below the last row."""
    mark = base.mark_tick(orient="vertical", size=18, yOffset=BELOW, thickness=2, strokeWidth=0)
    name = (
        base.transform_aggregate(at=f"mean({column})")
        .transform_filter("isValid(datum.at)")
        .transform_calculate(name=f"'{word} ' + format(datum.at, '{form}')")
        .mark_text(dy=10, fontWeight="bold")
        .encode(alt.X("at:Q"), alt.YValue("height"), alt.Text("name:N"))
    )
    return mark.encode(alt.X(f"{column}:Q")) + name


def wrapped(text: str, characters: int) -> str:
    """The Vega expression that breaks a text into lines of at most so many characters."""
    pattern = f"(.{{1,{characters}}})( +|$)"
    return f"split(trim(replace({text}, regexp('{pattern}', 'g'), '$1\\n')), '\\n')"
