"""Every figure: colours by name, type, the two widths, and the drawing itself.

A chart names a colour by its token (`theme.BLUE`) and is specified with the light hex. `themed_svg`
turns each light hex into a CSS custom property, so one inline SVG follows the page into the dark.

Text is measured with Source Sans, which comes as a package and of which each page carries a subset,
so a label has the width for every reader that it had when it was drawn.
"""

import copy
import functools
import hashlib
import html
import itertools
import json
import logging
import math
import re
import sys

import font_source_sans_pro

from computecycle.charts import tokens

NARROW, WIDE = tokens.NARROW, tokens.WIDE
VEGA_LITE = "6.4"  # the grammar of Altair 6.3 that vl-convert 2.0 carries
ANY_WIDTH = 98765.4321  # px, for which a chart is compiled before its width is known
ID = r'( id="|url\(#| href="#| xlink:href="#)([^")]+)'  # where it is given, and where it is used
FONT = "Source Sans Pro, Arial, Helvetica, sans-serif"
BOLD = 600  # the heavier of the two weights that pages carry

INK, MUTED, GRID, PAPER, BLUE, ORANGE, GREEN, PURPLE, RED, GOLD, OWN, NEUTRAL = (
    light for light, _ in tokens.COLOURS.values()
)

ROW = {"step": 34}  # px, a bar whose label of up to two lines stands to its left
LABELLED_ROW = {"step": 54}  # px, a bar with a label of up to two lines above it
TITLE_Y = -10  # px, where the title of a vertical axis stands above it
PANEL = 150  # px, the height of one of several small panels


def fit(spec: dict, width: int) -> dict:
    """A copy of a Vega-Lite spec laid out for `width` pixels in all (`NARROW` or `WIDE`).

    Narrow, facets and legends get half the columns, and `hconcat` becomes `vconcat`; views of at
    most `NARROW` px get fewer ticks.
    """
    return copy.deepcopy(_laid_out(json.dumps(spec), width)[0])


@functools.lru_cache(maxsize=8)
def _laid_out(chart: str, width: int) -> tuple[dict, int]:
    """A spec, as JSON, laid out for a width, and what its axes and labels take from each view.

    Vega adds axes and overflowing labels to the width of a view, so the spec is drawn and its
    views corrected until the whole fits. What they took when it was wide is the first guess for
    when it is narrow, which then is mostly drawn once.
    """
    spec = json.loads(chart)
    tables = spec.get("datasets", {})
    empty = {name for name, rows in tables.items() if not rows}
    _drop_legends(spec, empty | {""} if tables and empty == set(tables) else empty)
    if width <= NARROW:
        _halve_columns(spec)
    columns = spec.get("columns") or len(spec.get("hconcat", [0]))
    _set_ticks(spec, 4 if width // columns <= NARROW else 7)
    whole, tries = width // columns, []
    each = whole - (_laid_out(chart, WIDE)[1] if width < WIDE else 0)
    for _ in range(8):
        _set_widths(spec, each)
        tries.append((each, drawn_size(svg(spec))[0]))
        spare = width - tries[-1][1]
        if 0 <= spare <= columns + 1:
            break
        each = max(each + math.floor((spare - 1) / _gain(tries, columns)), whole // 3)
    return spec, whole - each


def _gain(tries: list[tuple[int, float]], columns: int) -> float:
    """By how many pixels a drawing grows with each of a view: mostly one a column; less where
    labels beside the last mark stand farther out in a wider view."""
    if len(tries) < 2 or tries[-1][0] == tries[-2][0]:
        return columns
    (one, narrow), (other, wide) = sorted(tries[-2:])
    return min(max((wide - narrow) / (other - one), columns / 8), columns)


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


def drawn_size(drawing: str) -> tuple[float, float]:
    """The width and height in pixels that an SVG declares."""
    head = re.search("<svg[^>]*>", drawing)[0]
    width, height = (re.search(rf' {name}="([\d.]+)"', head)[1] for name in ("width", "height"))
    return float(width), float(height)


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


@functools.cache
def program():
    """The program that draws. It measures text with the report's own face, fetches nothing, and is
    silent about scales without data and lines without length."""
    import vl_convert

    for room in (vl_convert.__name__, "tiny_skia"):
        logging.getLogger(room).setLevel(logging.ERROR)
    vl_convert.configure(base_url=False, allowed_base_urls=[])
    vl_convert.register_font_directory(font_source_sans_pro.font_directory)
    return vl_convert


def has_drawn() -> bool:
    """Whether a program that draws or prints may have run in this process: the one begins threads
    as soon as it is imported, the other with its first page."""
    return bool({"vl_convert", "typst"} & {*sys.modules})


def svg(spec: dict) -> str:
    """The spec drawn as SVG, in the light tones, on paper; the same bytes each time."""
    return numbered(_drawn(json.dumps(spec)))


def numbered(drawing: str) -> str:
    """A drawing whose ids are counted within it; the program counts them through all drawings of a
    process."""
    ids = {}
    return re.sub(ID, lambda found: found[1] + ids.setdefault(found[2], f"part{len(ids)}"), drawing)


@functools.lru_cache(maxsize=16)  # `fit` has drawn what is asked for next
def _drawn(chart: str) -> str:
    """A spec, as JSON, drawn; compiled once for all its widths, which takes as long as drawing."""
    spec = json.loads(chart)
    width = _width(spec)
    if width is None:
        return program().vega_to_svg(_compiled(chart))
    _set_widths(spec, ANY_WIDTH)
    vega = _compiled(json.dumps(spec))
    told = [
        each | ({"value": width} if each.get("value") == ANY_WIDTH else {})
        for each in vega.get("signals", [])
    ]
    own = {"width": width} if vega.get("width") == ANY_WIDTH else {}
    return program().vega_to_svg(json.dumps({**vega, **own, "signals": told}))


@functools.lru_cache(maxsize=4)
def _compiled(chart: str) -> dict:
    return program().vegalite_to_vega(chart, vl_version=VEGA_LITE)


def _width(spec: dict) -> float | None:
    """The width of each view in pixels; none where they differ, or Vega-Lite chooses it."""
    widths = {_width(view) for view in _views(spec)} or {spec.get("width")}
    width = widths.pop()
    return width if not widths and isinstance(width, int | float) else None


def png(spec: dict, scale: float = 2) -> bytes:
    """The spec drawn as PNG, in the light tones, on paper; `scale` = pixels per px."""
    return program().svg_to_png(_drawn(json.dumps(spec)), scale=scale)


def mark_labels(drawing: str) -> list[str]:
    """What the points and bars of an SVG of `svg` say when they are asked, in their order."""
    return [html.unescape(found[1]) for found in MARK.finditer(drawing)]


def _tenth(found: re.Match) -> str:
    return f"{float(found[0]):.1f}".removesuffix(".0")


def _unwrapped(drawing: str) -> str:
    """An SVG without the groups that say nothing, of which the program writes one for each step:
    what they hold stands where they stood."""
    said = []  # whether each group that is open says something

    def tag(found: re.Match) -> str:
        if found[0].endswith("/>"):
            return found[0] * (found[0] != "<g/>")
        if found[0] == "</g>":
            return "</g>" * said.pop()
        said.append(found[0] not in ("<g>", '<g transform="translate(0,0)">'))
        return found[0] * said[-1]

    return re.sub(r"</?g\b[^>]*>", tag, drawing)


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
    drawing = _unwrapped(re.sub(ID, rf"\g<1>{prefix}\g<2>", drawing))
    for token, (light, _) in tokens.COLOURS.items():
        drawing = drawing.replace(light, f"var(--cc-{token})")
    return drawing
