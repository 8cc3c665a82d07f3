"""Figures of a sweep: how a number fans out along an assumption, and what moves it most."""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

PARTS = {"nine tenths of the points": 0.2, "half of them": 0.42}


def fan(bands: pd.DataFrame, medians: pd.DataFrame, base: pd.DataFrame) -> alt.LayerChart:
    """How a number spreads along one assumption while all others vary.

    bands: at, part (of `PARTS`), low, high. medians: at, number, name, value (titles of the two
    axes), form (of the number). base: at, number, label; one row, or none where it lies outside.
    """
    along, number, form = (
        medians[name].iloc[0] if len(medians) else "" for name in ("name", "value", "form")
    )
    x = alt.X("at:Q").title(along).scale(zero=False, nice=False)
    axis = {"format": form} if form else {}
    parts = alt.Opacity("part:N").scale(domain=list(PARTS), range=list(PARTS.values()))
    area = (
        alt.Chart(bands)
        .mark_area(color=theme.BLUE)
        .encode(
            x=x,
            y=alt.Y("low:Q").title(number).axis(**axis).scale(zero=True),
            y2="high:Q",
            opacity=parts.legend(symbolFillColor=theme.BLUE),
        )
    )
    y = alt.Y("number:Q").title(number)
    line = alt.Chart(medians).mark_line().encode(x=x, y=y)
    end = line.transform_window(place="row_number()").transform_filter("datum.place == 3")
    median = end.mark_text(align="left", dy=-9, color=theme.BLUE, fontWeight="bold").encode(
        text=alt.value("median")
    )
    point = alt.Chart(base).encode(x=x, y=y)
    mark = point.mark_point(color=theme.ORANGE, size=70)
    word = point.mark_text(color=theme.ORANGE, dy=14, fontWeight="bold").encode(text="label:N")
    return area + line + median + mark + word


def tornado(ends: pd.DataFrame) -> alt.LayerChart:
    """A number at either end of each assumption's range, the others at the base.

    ends: label, bound ("low", "high"), setting (text), number, base, swing, value (title of the
    axis), form (of the number); the widest swing is drawn on top.
    """
    title, form = (ends[name].iloc[0] if len(ends) else "" for name in ("value", "form"))
    axis = {"orient": "top"} | ({"format": form} if form else {})
    x = alt.X("number:Q").title(title).scale(zero=True).axis(**axis)
    return rows.swings(ends, x, ("label", "setting", "number", "base"), form or ",.4~g")
