"""Show a figure from a chapter: a chart with a permanent id, its words and the rows it rests on.

The picture in the notebook is a PNG; beside it goes the Vega-Lite specification, from which the
runner draws the page's static pictures and the bundle.
"""

import base64
import os
from dataclasses import asdict, dataclass

import altair as alt
import pandas as pd
from IPython.display import display

from computecycle.charts import theme
from computecycle.evidence import data
from computecycle.notebook.claims import Claim, checked_id
from computecycle.notebook.said import Said

FIGURE = "application/vnd.computecycle.figure+json"
DRAWN_LATER = "COMPUTECYCLE_DRAWN_LATER"  # set by the runner, which draws the pictures itself


@dataclass(frozen=True)
class Figure(Said):
    """A chart as a chapter shows it; `rows` says where its data come from."""

    id: str
    title: str
    caption: str
    note: str
    empty: bool
    rows: list[dict]
    spec: dict

    def _repr_mimebundle_(self, **_):
        said = {"text/plain": f"{self.title}. {self.caption}"}
        if DRAWN_LATER not in os.environ:
            spec = theme.fit(self.spec, theme.WIDE) if self.empty else self.spec
            said["image/png"] = base64.b64encode(theme.png(spec, scale=1)).decode()
        return said | {FIGURE: asdict(self)}


def recalled_note(rows: list[dict]) -> str:
    """Return the sentence that marks recalled data, or an empty text."""
    tables = sorted({row["table"] for row in rows if row["confidence"] == "recalled"})
    return f"Some rows of {', '.join(tables)} are recalled, not read." if tables else ""


def headline(title: str, because: list[Claim]) -> str:
    """Return a figure's title, marked where one of the claims that it sums up does not hold."""
    if any(claim.holds is False for claim in because):
        return f"No longer holds: {title}"
    return f"Cannot be told: {title}" if any(claim.holds is None for claim in because) else title


def show(
    chart: alt.TopLevelMixin,
    id: str,
    title: str,
    because: list[Claim],
    caption: str,
    rows: list[pd.DataFrame],
    note: str = "",
) -> Figure:
    """Show a chart.

    id : permanent within the report. title : what the figure finds, in a few words.
    because : the claims that the title sums up; it is marked when one of them does not hold.
    caption : what is drawn, in which unit; also the picture's alternative text.
    rows : loaded rows that the chart rests on; sources and dates are read from them.
    """
    title = headline(title, because)
    records = data.trace(rows)
    words = " ".join(part for part in (note, recalled_note(records)) if part)
    spec = theme.specification(chart, validate=False)  # the tests do, which takes most of the time
    spec["description"] = f"{title}. {caption}"
    empty = not any(spec.get("datasets", {}).values())
    figure = Figure(checked_id(id), title, caption, words, empty, records, spec)
    display(figure)
    return figure
