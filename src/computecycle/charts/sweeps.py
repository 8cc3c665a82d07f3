"""Figures of a sweep: how a number fans out along an assumption, and what moves it most."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

PARTS = {"nine tenths of the points": 0.2, "half of them": 0.42}


@dataclass(frozen=True)
class Axis:
    """An axis: its title in lines, the form of its numbers (empty: the theme's) and, of the
    assumption, its ends."""

    title: list[str]
    form: str = ""
    ends: tuple[float, float] = (0, 1)

    def given(self) -> dict:
        """Return what Altair takes for the axis."""
        return {"format": self.form} if self.form else {}


def fan(
    bands: pd.DataFrame, medians: pd.DataFrame, base: pd.DataFrame, along: Axis, number: Axis
) -> alt.LayerChart:
    """How a number spreads along one assumption while all others vary.

    bands: at, part (of `PARTS`), low, high. medians: at, number. base: at, number, label; one row,
    or none where it lies outside.
    """
    x = alt.X("at:Q").title(along.title).axis(**along.given())
    x = x.scale(domain=list(along.ends), nice=False)
    above = theme.TITLE_Y - rows.LEADING * (len(number.title) - 1)  # its first line stands there
    parts = alt.Opacity("part:N").scale(domain=list(PARTS), range=list(PARTS.values()))
    area = (
        alt.Chart(bands)
        .mark_area(color=theme.BLUE)
        .encode(
            x,
            alt.Y("low:Q")
            .title(number.title)
            .axis(titleY=above, **number.given())
            .scale(zero=True),
            alt.Y2("high:Q"),
            parts.legend(symbolFillColor=theme.BLUE, offset=20 - above),
        )
    )
    y = alt.Y("number:Q").title(number.title)
    line = alt.Chart(medians).mark_line().encode(x=x, y=y)
    end = line.transform_window(place="row_number()").transform_filter("datum.place == 3")
    median = end.mark_text(align="left", dy=-14, fontWeight="bold").encode(alt.TextValue("median"))
    point = alt.Chart(base).encode(x=x, y=y)
    mark = point.mark_point(color=theme.ORANGE, size=70)
    left = f"datum.at < {sum(along.ends) / 2}"
    word = point.mark_text(
        color=theme.ORANGE,
        align=alt.expr(f"{left} ? 'left' : 'right'"),
        dx=alt.expr(f"{left} ? 9 : -9"),
        fontWeight="bold",
    ).encode(alt.Text("label:N"))
    return area + line + median + mark + word


def tornado(ends: pd.DataFrame, number: Axis) -> alt.LayerChart:
    """A number at either end of each assumption's range, the others at the base.

    ends: label, bound ("low", "high"), setting (text), number, base, swing; the widest swing is
    drawn on top.
    """
    x = alt.X("number:Q").title(number.title).scale(zero=True)
    x = x.axis(orient="top", **number.given())
    return rows.swings(ends, x, ("label", "setting", "number", "base"), number.form or ",.4~g")
