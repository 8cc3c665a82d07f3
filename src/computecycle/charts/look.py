"""The look of every chart as a theme of Altair, and a chart as a specification of Vega-Lite.

Importing this module registers and enables the theme. What draws a specification is `theme`, which
needs no Altair.

`specification` makes the spec of a chart, in which a day is that day in every time zone: a program
that draws Vega-Lite takes a date without a zone for a moment of its own machine's zone, and writes
moments in that zone, unless it is told otherwise at each place.
"""

import math
import re

import altair as alt
import pandas as pd

from computecycle.charts import asked, theme
from computecycle.evidence.given import steady

MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)")  # without a zone
MIDNIGHT = re.compile(r"00:00(:00(\.0+)?)?")
DATE_PARTS = {"year", "quarter", "month", "date", "day", "hours", "minutes", "seconds"}
DATE_PARTS |= {"milliseconds"}
CLOCKS = {name: f"utc{name}" for name in (*DATE_PARTS, "week", "dayofyear")}  # what Vega calls them
CLOCKS |= {f"time{name}": f"utc{name}" for name in ("Format", "Parse", "Offset", "Sequence")}
CLOCKS |= {"datetime": "utc"}
QUOTED = r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\""""
CLOCK = re.compile(rf"{QUOTED}|\b(?:{'|'.join(CLOCKS)})(?=\()")  # in an expression of Vega
APOSTROPHE, OPENING = re.compile(r"(?<=\w)'"), re.compile(r"(?<!\w)'")
EXPRESSIONS = {"calculate", "expr", "filter", "labelExpr", "signal", "test"}
SCALED = {"x", "y", "theta", "radius", "color", "fill", "stroke", "size", "strokeWidth", "angle"}
SCALED |= {"opacity", "fillOpacity", "strokeOpacity"}
PLAIN = ("Date", "Limit", "Month", "Quarter", "Who", "Year")  # titles that say what ticks show
LABEL = {"labelFontSize": 12, "labelColor": theme.MUTED, "labelFontWeight": "normal"}
TITLE = {"titleFontSize": 12, "titleColor": theme.MUTED, "titleFontWeight": "normal"}
CONFIG = {  # quiet grid, horizontal titles above the axes, legends on top
    "background": theme.PAPER,
    "font": theme.FONT,
    "padding": {"left": 2, "right": 6, "top": 4, "bottom": 4},
    "lineBreak": "\n",
    "view": {"stroke": None, "continuousHeight": 300, "discreteHeight": {"step": 26}},
    "scale": {"barBandPaddingInner": 0.25},
    "axis": {
        **LABEL,
        **TITLE,
        "domain": False,
        "ticks": False,
        "grid": False,
        "gridColor": theme.GRID,
        "domainColor": theme.NEUTRAL,
        "tickColor": theme.NEUTRAL,
        "labelLimit": 0,
        "titleLimit": 0,
        "labelPadding": 6,
    },
    "axisX": {"titleAnchor": "start", "titleAlign": "left", "titlePadding": 8},
    "axisY": {
        "titleAngle": 0,
        "titleAlign": "left",
        "titleBaseline": "bottom",
        "titleX": 0,
        "titleY": theme.TITLE_Y,
        "labelLineHeight": 14,
    },
    "axisXBand": {"domain": True},
    "axisYBand": {"domain": True, "titleAlign": "right", "titleX": -6, "titleY": -6},
    "axisQuantitative": {"grid": True, "format": ",~f"},
    "axisYQuantitative": {"tickCount": 6},
    "axisXTemporal": {"ticks": True, "domain": True, "format": "%b %Y"},
    "legend": {
        **LABEL,
        **TITLE,
        "orient": "top",
        "title": None,
        "symbolType": "square",
        "symbolStrokeWidth": 0,
        "labelLimit": 0,
        "columnPadding": 16,
        "offset": 10,
    },
    "header": {
        "labelFontSize": 13,
        "labelFontWeight": theme.BOLD,
        "labelColor": theme.INK,
        "title": None,
        "labelAnchor": "start",
        "labelPadding": 24,
    },
    "facet": {"spacing": 28},
    "text": {"fontSize": 12, "color": theme.INK, "lineHeight": 14},
    "bar": {"color": theme.BLUE},
    "line": {"strokeWidth": 2, "color": theme.BLUE},
    "point": {"filled": True, "size": 44, "opacity": 1},
    "rule": {"color": theme.INK},
    "tick": {
        "color": theme.INK,
        "opacity": 1,
        "thickness": 4,
        "stroke": theme.PAPER,
        "strokeWidth": 1,
    },
}


@alt.theme.register("computecycle", enable=True)
def report_theme() -> alt.theme.ThemeConfig:
    """The Altair theme of the report."""
    return {"config": CONFIG}


def _steady(rows: object) -> object:
    """Rows for Altair, their numbers as every machine gives them: their hash names them there."""
    if isinstance(rows, pd.DataFrame):
        numbers = rows.select_dtypes("float")
        plain = {name: each.to_numpy(float, na_value=math.nan) for name, each in numbers.items()}
        same = {name: list(map(steady, cells)) for name, cells in plain.items()}
        rows = rows.assign(**same).astype(numbers.dtypes)
    return alt.default_data_transformer(rows)


alt.data_transformers.register("computecycle", _steady)
alt.data_transformers.enable("computecycle")


def specification(chart: alt.TopLevelMixin, validate: bool = True) -> dict:
    """The Vega-Lite specification of an Altair chart, in which no date depends on a time zone and
    no axis bears a title that its ticks repeat."""
    spec = chart.to_dict(validate=validate)
    tables = {name: _written(rows) for name, rows in spec.pop("datasets", {}).items()}
    return asked.answering(_in_utc(_untitled(spec))) | {"datasets": tables}


def _untitled(node: object, key: str = "") -> object:
    """A part of a spec, all but its data, whose axes have no title of `PLAIN`; marks keep it for
    what they say when they are asked."""
    if isinstance(node, list):
        return [_untitled(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {name: _untitled(below, name) for name, below in node.items()}
    axis = made.get("axis", {})
    plain = key in ("x", "y") and axis is not None and made.get("title") in PLAIN
    return made | {"axis": axis | {"title": None}} if plain else made


def _written(node: object) -> object:
    """Texts as they are printed: moments are days (2024-06-20, UTC for every program) or say that
    they are UTC, apostrophes are curved where no word stands between quotes."""
    if isinstance(node, dict):
        return {key: _written(below) for key, below in node.items()}
    if isinstance(node, list):
        return [_written(each) for each in node]
    found = MOMENT.fullmatch(node) if isinstance(node, str) else None
    if not found:
        words = isinstance(node, str) and not OPENING.search(node)
        return APOSTROPHE.sub("’", node) if words else node
    return found[1] if MIDNIGHT.fullmatch(found[2]) else f"{node}Z"


def _in_utc(node: object, key: str = "") -> object:
    """A part of a spec, all but its data, with its dates, units, scales and expressions in UTC, its
    numbers as every machine gives them."""
    if isinstance(node, list):
        return [_in_utc(each, key) for each in node]
    if isinstance(node, float):
        return steady(node)
    if isinstance(node, str):
        if key == "timeUnit":
            return re.sub("^(binned)?(utc)?", r"\1utc", node)
        if key in EXPRESSIONS:
            return CLOCK.sub(lambda found: CLOCKS.get(found[0], found[0]), node)
        return _written(node)
    if not isinstance(node, dict):
        return node
    made = {name: _in_utc(below, name) for name, below in node.items()}
    if key == "encoding":
        return {channel: _channel(channel, each, made) for channel, each in made.items()}
    numbers = all(isinstance(each, int | float) for each in made.values())
    is_date = numbers and made and made.keys() <= DATE_PARTS | {"utc"}
    return made | {"utc": True} if is_date or (key == "timeUnit" and "unit" in made) else made


def _channel(channel: str, given: object, encoding: dict) -> object:
    """A channel's definition, read in UTC; one that prints a date without a scale prints a day."""
    if isinstance(given, list):
        return [_channel(channel, each, encoding) for each in given]
    if not isinstance(given, dict):
        return given
    if "condition" in given:
        given = given | {"condition": _channel(channel, given["condition"], encoding)}
    kind = encoding.get(channel.removesuffix("2")) if channel.endswith("2") else given
    if not _is_temporal(kind):
        return given
    if channel in SCALED:
        scale = given.get("scale", {})
        local = scale is not None and scale.get("type", "time") == "time"
        return given | {"scale": scale | {"type": "utc"}} if local else given
    if "field" not in given or "timeUnit" in given:
        return given
    name = {"title": given["field"]} if channel == "tooltip" else {}  # else "day (year-month-date)"
    return name | given | {"timeUnit": "utcyearmonthdate"}


def _is_temporal(given: object) -> bool:
    """Whether a channel shows dates: a column of them, or one that is named."""
    if not isinstance(given, dict):
        return False
    named = given.get("datum")
    return given.get("type") == "temporal" or (isinstance(named, dict) and "utc" in named)
