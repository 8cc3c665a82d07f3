"""Every chart: draws, from its tables' columns only, honestly, at both widths, also from little.

A module `test_<chapter>` beside this has the tables of a chapter's charts as FIGURES, and the
tests of what single charts must show besides.
"""

import copy
import functools
import hashlib
import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys

import charting
import pandas as pd
from cases import each
from house import ON_PATH, REPOSITORY

from computecycle import charts
from computecycle.charts import look, theme, tokens

CHAPTERS = [path.stem for path in sorted((REPOSITORY / "notebooks").glob("*.ipynb"))]
PAIRS = [
    pair
    for name in [*CHAPTERS, "sweeps"]
    for pair in importlib.import_module(f"charts.test_{name}").FIGURES.items()
]
FIGURES = dict(PAIRS)
WITHOUT_ZERO = {  # titles of the axes that need not begin at zero: no year or rating counts from it
    "Year",
    "Year expected",
    "Year of announcement or launch",
    "Year of release",
    "Start (year)",
    "December of",
    "Elo rating",
}


def name_of(chart) -> str:
    """A chart's chapter and name."""
    return f"{chart.__module__.removeprefix(charts.__name__ + '.')}.{chart.__name__}"


each_chart = each("chart", FIGURES, name_of)
each_width = each("width", [theme.NARROW, theme.WIDE])
each_direction = each("direction", ["x", "y"])
each_count = each("count", [0, 1, None])


def arguments(chart, count: int | None = None) -> list:
    """What a chart is made from, with only the first rows of its tables."""
    return [each[:count] if isinstance(each, pd.DataFrame) else each for each in FIGURES[chart]]


def tables(chart) -> list[pd.DataFrame]:
    """The tables among what a chart is made from."""
    return [each for each in FIGURES[chart] if isinstance(each, pd.DataFrame)]


@functools.cache
def spec_of(chart, count: int | None = None) -> dict:
    return charting.spec_of(chart, *arguments(chart, count))


def drawing(chart, width: int, count: int | None) -> str:
    return charting.drawing(spec_of(chart, count), width)


def axes(panel: dict, direction: str) -> list[dict]:
    """The positions that the views of a panel give in a direction."""
    return [
        view["encoding"][direction]
        for view in charting.views(panel)
        if direction in view["encoding"]
    ]


def titles(encodings: list[dict]) -> set[str]:
    """The titles among encodings, those of several lines in one."""
    return {"\n".join(lines_of(each)) for each in encodings if each.get("title")}


def lines_of(encoding: dict) -> list[str]:
    """The lines of an encoding's title."""
    title = encoding["title"]
    return title if isinstance(title, list) else [title]


def scale_of(encoding: dict) -> dict:
    return encoding.get("scale") or {}


def test_each_chart_has_its_tables_in_one_chapter():
    names = {room.name for room in pkgutil.iter_modules(charts.__path__)} - {
        "logs",
        "tokens",
        "described",
        "specified",
        "asked",
        "own",
        "rows",
        "theme",
        "look",
    }  # of parts
    rooms = [importlib.import_module(f"{charts.__name__}.{name}") for name in names]
    public = [
        chart
        for room in rooms
        for name, chart in inspect.getmembers(room, inspect.isfunction)
        if not name.startswith("_") and chart.__module__ == room.__name__
    ]
    assert sorted(map(name_of, public)) == sorted(name_of(chart) for chart, _ in PAIRS)


@each_chart
@each_width
def test_a_chart_draws_within_the_width(chart, width):
    assert 0.9 * width < theme.drawn_size(drawing(chart, width, None))[0] <= width


@each_chart
@each_width
@each("count", [0, 1])
def test_a_chart_draws_a_frame_from_little(chart, width, count):
    drawn = drawing(chart, width, count)
    assert 0.5 * width < theme.drawn_size(drawn)[0] <= width
    views = charting.views(spec_of(chart, count))
    said = titles([part for view in views for part in view["encoding"].values()])
    lines = [line for title in said for line in title.split("\n")]
    assert any(line in theme.themed_svg(drawn) for line in lines)


@each_chart
@each_width
@each_count
def test_a_drawing_says_neither_nan_nor_infinity(chart, width, count):
    drawn = drawing(chart, width, count)
    if count == 0:  # the page's drawing is without the label in which Vega tells an axis's ends
        drawn = theme.themed_svg(drawn)
    assert "NaN" not in drawn and "Infinity" not in drawn


@each_chart
def test_a_chart_without_rows_makes_none(chart):
    assert not any(spec_of(chart, 0)["datasets"].values())


@each_chart
def test_a_chart_draws_when_only_one_of_its_tables_has_rows(chart):
    for full in range(len(tables(chart))) if len(tables(chart)) > 1 else []:
        given = arguments(chart, 0)
        given[full] = FIGURES[chart][full]
        drawn = charting.drawing(charting.spec_of(chart, *given), theme.NARROW)
        assert "NaN" not in drawn and "Infinity" not in drawn, full


@each_chart
@each_width
@each_count
def test_text_is_at_least_eleven_pixels(chart, width, count):
    sizes = re.findall(r'font-size="([\d.]+)px"', drawing(chart, width, count))
    assert min(map(float, sizes)) >= 11


@each_chart
@each_width
@each_count
def test_colours_are_tokens(chart, width, count):
    tones = {light for light, _ in tokens.COLOURS.values()} | {"none", "transparent"}
    used = re.findall(r'(?:fill|stroke)="(#?\w+)"', drawing(chart, width, count))
    assert set(used) <= tones


@each_chart
def test_a_chart_uses_only_columns_that_its_table_has(chart):
    views = list(charting.views(spec_of(chart)))
    assert views
    for view in views:
        used = {part["field"] for part in view["encoding"].values() if "field" in part}
        assert used <= view["columns"]


@each_chart
@each_direction
def test_every_axis_says_what_it_shows(chart, direction):
    """Only an axis that is not drawn has no place for a title."""
    for panel in charting.panels(spec_of(chart)):
        found = [axis for axis in axes(panel, direction) if "field" in axis]
        shown = [axis for axis in found if axis.get("axis", {}) is not None]
        assert not shown or titles(shown)


@each_chart
@each_direction
def test_a_log_scale_is_named_and_nothing_else_is(chart, direction):
    """Layers share an axis, so the title may stand in one of them and serves all."""
    for panel in charting.panels(spec_of(chart)):
        found = axes(panel, direction)
        log = any(scale_of(axis).get("type") == "log" for axis in found)
        assert titles(found) or not log
        assert all(("log scale" in title) == log for title in titles(found))


@each_chart
def test_bars_include_zero_and_are_never_on_a_log_scale(chart):
    for view in charting.views(spec_of(chart)):
        if view["mark"].get("type") == "bar":
            scales = [scale_of(view["encoding"][direction]) for direction in ("x", "y")]
            assert all(scale.get("zero", True) and "domainMin" not in scale for scale in scales)
            assert not any(scale.get("type") == "log" for scale in scales)


@each_chart
@each_direction
def test_only_years_and_ratings_leave_zero_out(chart, direction):
    for panel in charting.panels(spec_of(chart)):
        found = axes(panel, direction)
        if not all(scale_of(axis).get("zero", True) for axis in found):
            assert titles(found) and titles(found) <= WITHOUT_ZERO


def digests() -> dict[str, list[str]]:
    """Every chart's data and drawing, in short, as they come out on this machine."""
    charting.quick_schemas()
    made = {name_of(chart): chart(*arguments(chart)) for chart in FIGURES}
    specs = {name: look.specification(each, validate=False) for name, each in made.items()}
    return {
        name: [
            hashlib.sha256(part.encode()).hexdigest()
            for part in (json.dumps(spec["datasets"]), theme.svg(spec))
        ]
        for name, spec in specs.items()
    }


def test_a_chart_is_the_same_in_every_zone_and_locale():
    """No author of a chart has to think of it; one that reads the local clock is named here."""
    say = "import json; from charts import test_charts; print(json.dumps(test_charts.digests()))"
    running = []
    for zone, locale in (("America/New_York", "C"), ("Asia/Shanghai", "C.UTF-8")):
        there = {"TZ": zone, "LC_ALL": locale, "PYTHONPATH": ON_PATH}
        process = subprocess.Popen(
            [sys.executable, "-c", say], env=os.environ | there, stdout=subprocess.PIPE
        )
        running.append(process)
    west, east = (json.loads(process.communicate(timeout=120)[0]) for process in running)
    assert len(west) == len(FIGURES)
    assert [name for name in west if west[name] != east[name]] == []


@each_chart
@each_count
def test_a_chart_leaves_its_tables_alone(chart, count):
    given = arguments(chart, count)
    before = copy.deepcopy(given)
    chart(*given)
    for table, old in zip(given, before, strict=True):
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(table, old)
