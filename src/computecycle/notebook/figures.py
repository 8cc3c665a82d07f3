"""Show a figure from a chapter: a chart with a permanent id, its words and the rows it rests on.

The picture in the notebook is a PNG; beside it goes the Vega-Lite specification, from which the
runner draws the static pictures of pages.
"""

import base64
import os
import re
from dataclasses import dataclass
from itertools import takewhile

import altair as alt
import pandas as pd
from IPython.display import display

from computecycle.charts import described, look, theme
from computecycle.evidence import data, words
from computecycle.evidence.errors import InputError
from computecycle.evidence.given import Own
from computecycle.notebook import following
from computecycle.notebook.claims import NO_DATA, Claim, Value, checked_id
from computecycle.notebook.said import DRAWN_LATER, MEDIA, Said

FIGURE = f"{MEDIA}figure"
PLACE = re.compile(r"\{[A-Za-z_]\w*\}")  # of a number, in a text that Python was to fill


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
    own: tuple[Own, ...] = ()

    def _repr_mimebundle_(self, **_):
        said = {"text/plain": f"{self.title}. {self.caption}"}
        if DRAWN_LATER not in os.environ:
            spec = theme.fit(self.spec, theme.WIDE) if self.empty else self.spec
            said["image/png"] = base64.b64encode(theme.png(spec, scale=1)).decode()
        return said | {FIGURE: self.record()}


def recalled_note(rows: list[dict]) -> str:
    """Return the sentence that marks recalled data, or an empty text."""
    tables = sorted({row["table"] for row in rows if row["confidence"] == "recalled"})
    return f"Some rows of {', '.join(tables)} are recalled, not read." if tables else ""


def direction(
    first: Value, last: Value, rose: str = "rose", fell: str = "fell", flat: str = "hardly moved"
) -> str:
    """Return the verb of a title that fits two values: within "about" of each other they did not
    move. Where one is unknown the title is not told, and the verb is that of standing still."""
    if (
        first.number is None
        or last.number is None
        or words.known()["about"](last.number, first.number)
    ):
        return flat
    return rose if last.number > first.number else fell


def filled(id: str, *texts: str) -> None:
    """Raise InputError where a text of a figure still holds the name of what it should say."""
    found = next((place for text in texts for place in PLACE.findall(text)), "")
    if found:
        raise InputError(f'Figure "{id}" prints "{found}" as it stands; write f before the text.')


def told(text: str) -> str:
    """Return a text without the sentences in which a number is not known; of one with semicolons
    the parts before that number stay."""
    sentences = [_told_parts(each) for each in re.split(r"(?<=[a-z0-9)%]\.)\s+", text.strip())]
    return " ".join(each for each in sentences if each)


def _told_parts(sentence: str) -> str:
    parts = re.split(r"(?<=[a-z0-9)%]);\s+", sentence)
    known = list(takewhile(lambda part: NO_DATA not in part, parts))
    return "; ".join(known) + "." * (0 < len(known) < len(parts))


def if_told(one: Claim | Value, text: str) -> str:
    """Return a text that can be told only where a claim or a value can; elsewhere an empty one."""
    known = one.holds if isinstance(one, Claim) else one.number
    return "" if known is None else text


def own_note(records: list[dict], own: tuple[Own, ...]) -> str:
    """Return the sentence that names what of a figure is the reader's, or an empty text."""
    tables = sorted({row["table"] for row in records if row["confidence"] == data.OWN})
    names = [each.parameter for each in own] + [f"rows of {table}" for table in tables]
    return f"The reader's own here: {', '.join(names)}." if names else ""


def headline(title: str, because: list[Claim], otherwise: str) -> str:
    """Return a figure's title; the neutral one where a claim that it sums up does not hold or
    cannot be told."""
    return title if all(claim.holds is True for claim in because) else otherwise


def show(
    chart: alt.TopLevelMixin,
    id: str,
    title: str,
    because: list[Claim],
    caption: str,
    rows: list[pd.DataFrame],
    note: str = "",
    *,
    otherwise: str,
) -> Figure:
    """Show a chart.

    id : permanent within the report. title : what the figure finds, in a few words.
    because : the claims that the title sums up. otherwise : a title that finds nothing and is
        always true ("Price of cells by year"), shown when one of them does not hold or cannot be
        told.
    caption : what is drawn, in which unit; with the title and the chart's ends and extremes it is
        the picture's alternative text. Where nothing is drawn, neither it nor the note is told.
    rows : loaded rows that the chart rests on; sources and dates are read from them.

    Raises InputError for a text that was not filled, see `filled`.
    """
    filled(id, title, otherwise, caption, note)
    spec = look.specification(chart, validate=False)  # the tests do, which takes most of the time
    empty = not any(spec.get("datasets", {}).values())
    title = headline(title, because, otherwise)
    caption, note = ("", "") if empty else (told(caption), told(note))
    records, own = data.trace(rows), following.here(given=True)
    parts = (note, recalled_note(records), own_note(records, own))
    notes = " ".join(part for part in parts if part)
    shape = described.described(spec)
    spec["description"] = " ".join(part for part in (f"{title}. {caption}", shape) if part)
    figure = Figure(checked_id(id), title, caption, notes, empty, records, spec, own)
    display(figure)
    return figure
