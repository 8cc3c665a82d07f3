"""What the marks of a chart say when they are asked: titles and units of the axes, rounded as told.

Vega-Lite would name columns as tables do and print each number as it is stored, unless the very
layer has an axis; here all layers of a panel say what its axis says.
"""

import json

from computecycle.charts.specified import column, is_log, is_share, kind, plain

MARKS = {"point", "circle", "square", "bar", "rect", "tick"}
LINES = {"line", "area"}  # their points are asked
COUNTED = {"timeUnit", "aggregate", "bin"}  # of what is no column
NAMES = ("color", "shape")
DIGITS = "(abs({0}) < 1e9 && abs({0}) >= 1e-3) || !{0} ? format({0}, ',.4~r') : format({0}, '.3~e')"


def answering(part: dict, above: dict | None = None, panel: list[dict] | None = None) -> dict:
    """A part of a specification whose marks say what they show.

    above : the encoding that it inherits. panel : the views that share its axes.
    """
    encoding = (above or {}) | part.get("encoding", {})
    panel = panel or (views_of(part, {}) if {"mark", "layer"} & set(part) else None)
    made = dict(part)
    for key in ("layer", "concat", "hconcat", "vconcat"):
        if key in part:
            made[key] = [answering(each, encoding, panel) for each in part[key]]
    if "spec" in part:
        made["spec"] = answering(part["spec"], encoding)
    if "mark" in part:
        words = answer(encoding, panel, part)
        made["mark"] = marked(part["mark"], words, encoding, panel) if words else part["mark"]
    return made


def views_of(part: dict, above: dict) -> list[dict]:
    """Return the marks and encodings of a panel."""
    encoding = above | part.get("encoding", {})
    own = [{"mark": type_of(part["mark"]), "encoding": encoding}] if "mark" in part else []
    return own + [view for each in part.get("layer", []) for view in views_of(each, encoding)]


def type_of(mark: str | dict) -> str:
    """Return the kind of a mark."""
    return mark if isinstance(mark, str) else mark["type"]


def marked(mark: str | dict, words: str, encoding: dict, panel: list[dict]) -> str | dict:
    """Return a mark that says some words; of a line its points do. A rectangle does where it spans
    an axis, a rule between two ends where nothing else of the panel does; what only stands under a
    part says nothing."""
    said = {"description": {"expr": words}}
    given = {"type": mark} if isinstance(mark, str) else mark
    spans = {"x2", "y2"} & set(encoding)
    if given.get("aria") is False or (column({"encoding": encoding}, "x") == "start" and not spans):
        return given | {"aria": False}
    alone = given["type"] == "rule" and not any(each["mark"] in MARKS for each in panel)
    if spans and (alone or given["type"] == "rect"):
        return given | said | {"ariaRoleDescription": "bar"}
    if given["type"] in LINES and given.get("point"):
        point = given["point"] if isinstance(given["point"], dict) else {}
        return given | {"point": point | said}
    return given | said if given["type"] in MARKS else mark


def answer(encoding: dict, panel: list[dict], part: dict) -> str:
    """Return an expression of Vega for what a mark says; empty where Vega-Lite says it as well."""
    view = {"encoding": encoding}
    shown = [encoding.get(each) for each in ("x", "y", "x2", "y2", *NAMES)]
    if any(isinstance(each, dict) and COUNTED & set(each) for each in shown):
        return ""
    parts = [words for each in "xy" if (words := on_axis(view, each, panel))]
    told = (*NAMES, "detail") if type_of(part["mark"]) == "bar" else NAMES
    names = [column(view, each) for each in told if kind(view, each) == "nominal"]
    axes = {column(view, each) for each in "xy"}
    names = [name for name in dict.fromkeys(names) if name and name not in axes]
    parts += [written(cell(name), "nominal") for name in names]
    parts += [text(part["description"])] if part.get("description") else []
    return " + '; ' + ".join(parts)


def on_axis(view: dict, across: str, panel: list[dict]) -> str:
    """Return an expression for where a mark is on an axis, with the title of that axis."""
    field, other = column(view, across), column(view, f"{across}2")
    if not field:
        return ""
    titles = [each["encoding"].get(across) or {} for each in [view, *panel]]
    titles = [each.get("title") or (each.get("axis") or {}).get("title") for each in titles]
    title = plain(next(filter(None, titles), ""))
    share = any(is_share(each, across) for each in panel)
    value = written(cell(field), kind(view, across), share, "Year" in title)
    if other and other != "zero" and kind(view, across) != "nominal":
        value = between(view, across, share, "Year" in title)
    return f"{text(f'{title}: ')} + ({value})" if title else f"({value})"


def between(view: dict, across: str, share: bool, years: bool) -> str:
    """Return an expression for what lies between two ends: of a part its length or its factor."""
    ends = column(view, across), column(view, f"{across}2")
    one, two = (cell(each) for each in ends)
    shown = kind(view, across)
    if "start" in ends and shown == "quantitative":
        size = f"abs({one} - {two})"
        if is_log(view, across):
            size = f"max({one} / {two}, {two} / {one})"
        elif not column(view, "color"):
            size = cell("end")
        return written(f"({size})", shown, share, years)
    first, last = (written(f"{way}({one}, {two})", shown, share, years) for way in ("min", "max"))
    return f"{one} == {two} ? ({first}) : ({first}) + ' to ' + ({last})"


def written(value: str, shown: str, share: bool = False, years: bool = False) -> str:
    """Return an expression for a value in words."""
    if shown == "temporal":
        return f"utcFormat(toDate({value}), '%b %-d, %Y')"
    if shown != "quantitative":
        return f"replace('' + {value}, /\\n/g, ' ')"
    if share:
        return f"format({value}, '.3~p')"
    return f"format({value}, '.1~f')" if years else DIGITS.format(value)


def cell(field: str) -> str:
    """Return an expression for a column of a mark's row."""
    return f"datum[{text(field)}]"


def text(words: str) -> str:
    """Return a text as an expression."""
    return json.dumps(words, ensure_ascii=False)
