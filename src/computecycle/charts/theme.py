"""The look of every figure: colours by name, type, the two widths, and the drawing itself.

A chart names a colour by its token (`theme.BLUE`) and is specified with the light hex. `themed_svg`
turns each light hex into a CSS custom property, so one inline SVG follows the page into the dark.
Importing this module registers and enables the Altair theme.

`specification` makes the spec of a chart, in which a day is that day in every time zone: a program
that draws Vega-Lite takes a date without a zone for a moment of its own machine's zone, and writes
moments in that zone, unless it is told otherwise at each place.

Text is measured with Source Sans, which comes as a package and of which each page carries a subset,
so a label has the width for every reader that it had when it was drawn.
"""

import copy
import functools
import hashlib
import html
import itertools
import json
import math
import re

import altair as alt
import font_source_sans_pro
import vl_convert

from computecycle.charts import tokens

vl_convert.register_font_directory(font_source_sans_pro.font_directory)

NARROW, WIDE = tokens.NARROW, tokens.WIDE
VEGA_LITE = "6.4"  # the grammar of Altair 6.3 that vl-convert 1.9 carries
ID = r'( id="|url\(#| href="#| xlink:href="#)([^")]+)'  # where it is given, and where it is used
FONT = "Source Sans Pro, Arial, Helvetica, sans-serif"
BOLD = 600  # the heavier of the two weights that pages carry

MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)")  # without a zone
MIDNIGHT = re.compile(r"00:00(:00(\.0+)?)?")
DATE_PARTS = {"year", "quarter", "month", "date", "day", "hours", "minutes", "seconds"}
DATE_PARTS |= {"milliseconds"}
CLOCKS = {name: f"utc{name}" for name in (*DATE_PARTS, "week", "dayofyear")}  # what Vega calls them
CLOCKS |= {f"time{name}": f"utc{name}" for name in ("Format", "Parse", "Offset", "Sequence")}
CLOCKS |= {"datetime": "utc"}
QUOTED = r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\""""
CLOCK = re.compile(rf"{QUOTED}|\b(?:{'|'.join(CLOCKS)})(?=\()")  # in an expression of Vega
EXPRESSIONS = {"calculate", "expr", "filter", "labelExpr", "signal", "test"}
SCALED = {"x", "y", "theta", "radius", "color", "fill", "stroke", "size", "strokeWidth", "angle"}
SCALED |= {"opacity", "fillOpacity", "strokeOpacity"}

INK, MUTED, GRID, PAPER, BLUE, ORANGE, GREEN, PURPLE, RED, GOLD, NEUTRAL = (
    light for light, _ in tokens.COLOURS.values()
)

ROW = alt.Step(34)  # px, a bar whose label of up to two lines stands to its left
LABELLED_ROW = alt.Step(50)  # px, a bar with a label of up to two lines above it
TITLE_Y = -10  # px, where the title of a vertical axis stands above it
PANEL = 150  # px, the height of one of several small panels


@alt.theme.register("computecycle", enable=True)
def report_theme() -> alt.theme.ThemeConfig:
    """The Altair theme: quiet grid, horizontal titles above the axes, legends on top."""
    label = {"labelFontSize": 12, "labelColor": MUTED, "labelFontWeight": "normal"}
    title = {"titleFontSize": 12, "titleColor": MUTED, "titleFontWeight": "normal"}
    return {
        "config": {
            "background": PAPER,
            "font": FONT,
            "padding": {"left": 2, "right": 6, "top": 4, "bottom": 4},
            "lineBreak": "\n",
            "view": {"stroke": None, "continuousHeight": 300, "discreteHeight": {"step": 26}},
            "scale": {"barBandPaddingInner": 0.25},
            "axis": {
                **label,
                **title,
                "domain": False,
                "ticks": False,
                "grid": False,
                "gridColor": GRID,
                "domainColor": NEUTRAL,
                "tickColor": NEUTRAL,
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
                "titleY": TITLE_Y,
                "labelLineHeight": 14,
            },
            "axisXBand": {"domain": True},
            "axisYBand": {"domain": True, "titleAlign": "right", "titleX": -6, "titleY": -6},
            "axisQuantitative": {"grid": True, "format": ",~f"},
            "axisYQuantitative": {"tickCount": 6},
            "axisXTemporal": {"ticks": True, "domain": True, "format": "%b %Y"},
            "legend": {
                **label,
                **title,
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
                "labelFontWeight": BOLD,
                "labelColor": INK,
                "title": None,
                "labelAnchor": "start",
                "labelPadding": 24,
            },
            "facet": {"spacing": {"row": 26, "column": 28}},
            "text": {"fontSize": 12, "color": INK, "lineHeight": 14},
            "bar": {"color": BLUE},
            "line": {"strokeWidth": 2, "color": BLUE},
            "point": {"filled": True, "size": 44, "opacity": 1},
            "rule": {"color": INK},
            "tick": {"color": INK, "opacity": 1, "thickness": 4, "stroke": PAPER, "strokeWidth": 1},
        }
    }


def specification(chart: alt.TopLevelMixin, validate: bool = True) -> dict:
    """The Vega-Lite specification of a chart, in which no date depends on a time zone."""
    spec = chart.to_dict(validate=validate)
    tables = {name: _dated(rows) for name, rows in spec.pop("datasets", {}).items()}
    return _in_utc(spec) | {"datasets": tables}


def _dated(node: object) -> object:
    """Data whose moments are days (2024-06-20, UTC for every program) or say that they are UTC."""
    if isinstance(node, dict):
        return {key: _dated(below) for key, below in node.items()}
    if isinstance(node, list):
        return [_dated(each) for each in node]
    found = MOMENT.fullmatch(node) if isinstance(node, str) else None
    if not found:
        return node
    return found[1] if MIDNIGHT.fullmatch(found[2]) else f"{node}Z"


def _in_utc(node: object, key: str = "") -> object:
    """A part of a spec, all but its data, with its dates, units, scales and expressions in UTC."""
    if isinstance(node, list):
        return [_in_utc(each, key) for each in node]
    if isinstance(node, str):
        if key == "timeUnit":
            return re.sub("^(binned)?(utc)?", r"\1utc", node)
        if key in EXPRESSIONS:
            return CLOCK.sub(lambda found: CLOCKS.get(found[0], found[0]), node)
        return _dated(node)
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


def fit(spec: dict, width: int) -> dict:
    """A copy of a Vega-Lite spec laid out for `width` pixels in all (`NARROW` or `WIDE`).

    Vega adds axes and overflowing labels to the width of a view, so the spec is drawn and its
    views corrected until the whole fits. Narrow, facets and legends get half the columns, and
    `hconcat` becomes `vconcat`; views of at most `NARROW` px get fewer ticks.
    """
    spec = copy.deepcopy(spec)
    tables = spec.get("datasets", {})
    empty = {name for name, rows in tables.items() if not rows}
    _drop_legends(spec, empty | {""} if tables and empty == set(tables) else empty)
    chart = hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).digest()
    if width <= NARROW:
        _halve_columns(spec)
    columns = spec.get("columns") or len(spec.get("hconcat", [0]))
    _set_ticks(spec, 4 if width // columns <= NARROW else 7)
    each = width // columns - _axes.get(chart, 0)
    for _ in range(8):
        _set_widths(spec, each)
        spare = width - drawn_width(svg(spec))
        if 0 <= spare < columns + 1:
            break
        each = max(each + math.floor(spare / columns), width // columns // 3)
    _axes[chart] = width // columns - each
    return spec


_axes: dict[bytes, int] = {}  # by chart, what its axes and labels took from a view when it was last
# fitted: the first guess for its other width, which is then drawn once and not twice


def _halve_columns(spec: dict) -> None:
    """Half the columns of every facet and legend; below each other what stood in a row."""
    for part in _parts(spec):
        if "columns" in part:
            part["columns"] = max(1, part["columns"] // 2)
        if "hconcat" in part:
            part["vconcat"] = part.pop("hconcat")


def _drop_legends(part: dict, empty: set[str], table: str = "") -> None:
    """No legends of empty tables: Vega draws one without entries or title infinitely wide."""
    table = part.get("data", {}).get("name", table)
    for channel, encoded in part.get("encoding", {}).items():
        if table in empty and channel in ("color", "opacity", "strokeDash") and "field" in encoded:
            encoded["legend"] = None
    for inner in [*part.get("layer", []), *_views(part)]:
        _drop_legends(inner, empty, table)


def _parts(node: object) -> list[dict]:
    """Every JSON object of a spec but its data, the spec first."""
    if isinstance(node, dict):
        inner = [_parts(below) for key, below in node.items() if key != "datasets"]
        return [node, *itertools.chain.from_iterable(inner)]
    below = node if isinstance(node, list) else []
    return [part for each in below for part in _parts(each)]


def _set_ticks(spec: dict, count: int) -> None:
    config = spec.setdefault("config", {})
    for axis in ("axisXQuantitative", "axisXTemporal"):
        config[axis] = config.get(axis, {}) | {"tickCount": count}


def _views(spec: dict) -> list[dict]:
    """The panels of a composed spec; none for a single or layered view."""
    rows = [view for kind in ("hconcat", "vconcat", "concat") for view in spec.get(kind, [])]
    return rows + ([spec["spec"]] if "spec" in spec else [])


def _set_widths(spec: dict, width: int) -> None:
    for view in _views(spec):
        _set_widths(view, width)
    if not _views(spec):
        spec["width"] = width


def drawn_width(drawing: str) -> float:
    """The width in pixels that an SVG declares."""
    return float(re.search(r'<svg[^>]* width="([\d.]+)"', drawing)[1])


MARK = re.compile(  # of one datum; a line or an area has a label of its first
    r' aria-label="([^"]*)" role="graphics-symbol"'
    r' aria-roledescription="(?:point|circle|bar|rect|square)"'
)
DROPPED = re.compile(
    r' (?:aria-[a-z]+|role|font-family|class|text-rendering|version|stroke-miterlimit)="[^"]*"'
    r'| (?:font-weight="normal"|fill-opacity="1"|stroke-opacity="1"|opacity="1"|stroke-width="0"'
    r'|stroke-width="1"|pointer-events="none"|stroke-dasharray="")'
)
NOTHING = re.compile(r'<path d="(?:|M0,0h0v0h0Z)"[^>]*/>|<path d="M0,0h[\d.]+v[\d.]+h-[\d.]+Z"/>')
PLACES = re.compile(r' (?:d|transform|x2|y2|x|y|width|height)="[^"]*"')
LONG = re.compile(r"-?\d+\.\d\d+")


def svg(spec: dict) -> str:
    """The spec drawn as SVG, in the light tones, on paper; the same bytes each time."""
    drawing = _drawn(json.dumps(spec))
    ids = {}  # the program counts ids through all drawings of a process; count within this one
    return re.sub(ID, lambda found: found[1] + ids.setdefault(found[2], f"part{len(ids)}"), drawing)


@functools.lru_cache(maxsize=16)  # `fit` has drawn what is asked for next
def _drawn(spec: str) -> str:
    return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)


def png(spec: dict, scale: float = 2) -> bytes:
    """The spec drawn as PNG, in the light tones, on paper; `scale` = pixels per px."""
    return vl_convert.svg_to_png(_drawn(json.dumps(spec)), scale=scale)


def mark_labels(drawing: str) -> list[str]:
    """What the points and bars of an SVG of `svg` say when they are asked, in their order."""
    return [html.unescape(found[1]) for found in MARK.finditer(drawing)]


def _tenth(found: re.Match) -> str:
    return f"{float(found[0]):.1f}".removesuffix(".0")


def themed_svg(drawing: str) -> str:
    """An SVG of `svg` made ready to stand in a page: its colours are the page's properties.

    The background goes, ids get a prefix made from the content so that figures cannot share one,
    and so do the roles and labels of single marks: the page describes the figure as one image.
    What `mark_labels` tells of keeps `data-m`, and all text takes the page's own face.
    """
    prefix = "cc" + hashlib.sha256(drawing.encode()).hexdigest()[:8] + "-"
    drawing = re.sub(r"<svg([^>]*>)<rect [^>]*/>", r'<svg overflow="visible"\1', drawing, count=1)
    drawing = re.sub(r'<text [^>]*opacity="0"[^>]*>[^<]*</text>', "", drawing)
    drawing = MARK.sub(" data-m", drawing)
    drawing = NOTHING.sub("", DROPPED.sub("", drawing))
    drawing = PLACES.sub(lambda found: LONG.sub(_tenth, found[0]), drawing)
    drawing = re.sub(ID, rf"\g<1>{prefix}\g<2>", drawing)
    for token, (light, _) in tokens.COLOURS.items():
        drawing = drawing.replace(light, f"var(--cc-{token})")
    return drawing
