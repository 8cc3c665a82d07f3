"""What a reader set, in a chart: its marks in a colour and a form of their own.

A row of a chart is set apart where the published chart draws no such row, so that a chart needs to
know nothing of whose its rows are: points become diamonds, bars and ticks get an outline, rules are
dotted, and a line bears diamonds. The column `SET` says it in the data as drawn.
"""

import copy
import json
import re
from collections.abc import Iterator

from computecycle.charts import theme

SET = "set_here"  # column of a chart's data: whether the row is not as published
SHOWN = f"{SET}_shown"  # whether a line bears a diamond there
IS_SET = f"datum['{SET}'] === true"
SET_HERE = ("the reader's own, and what rests on it", "what the reader set")
OTHER = ("not as in the published figure", "another day or what the reader set")
SIZE, EDGE = 110, 2  # px², px
MOST = 16  # diamonds along the lines of a table
INSIDE = ("layer", "hconcat", "vconcat", "concat")
JOINED = ("line", "area", "trail")  # one mark of many rows
DOTS = ("point", "circle", "square")
SILENT = ("datasets", "data", "config", "description")  # of a view, what names no column to read
ORDER = ("order", "sort")  # in what order marks are drawn, of which a reader sees nothing
READS = re.compile(r"datum(?:\.|\[')(\w+)")
SPLIT = {"row", "column", "facet"}  # channels that a view has and a layer has not
TONES = {"text": theme.INK, "rule": theme.INK, "tick": theme.INK}  # as `look` draws what has none


def marked(spec: dict, published: dict, words: tuple[str, str] = SET_HERE) -> dict:
    """A Vega-Lite spec whose rows that the published one lacks are set apart, and says so below.

    words : what they are, and what all rests on where the published chart has none of the rows,
    which then keep their colours. The same spec where there are none, or nothing is published.
    """
    read = seen(published, spec)
    known, drawn = ({line for lines in written(each, read).values() for line in lines}
                    for each in (published, spec))  # fmt: skip
    if not known or known >= drawn:
        return spec
    made, whole, lines = copy.deepcopy(spec), not known & drawn, written(spec, read)
    for table, rows in made["datasets"].items():
        for row, line in zip(rows, lines[table], strict=True):
            row[SET] = line not in known
        thinned([row for row in rows if row[SET]])
    told = f"All of it rests on {words[1]}" if whole else f"◆ and outlines: {words[0]}"
    title = {"text": told, "orient": "bottom", "anchor": "start", "fontSize": 12, "offset": 8}
    title |= {"color": theme.OWN, "fontWeight": theme.BOLD}
    more = {"title": title, "description": f"{made.get('description', '')} {told}.".lstrip()}
    return (made if whole else view(made, {})) | more


def written(spec: dict, read: set[str]) -> dict[str, list[str]]:
    """Every row of a spec's tables as a text, by table: of what it has in some columns, or of all
    where it has none of them."""
    found = {}
    for table, rows in spec.get("datasets", {}).items():
        names = [name for name in (rows[0] if rows else {}) if name in read]
        found[table] = [
            json.dumps({name: row.get(name) for name in names or row}, sort_keys=True)
            for row in rows
        ]
    return found


def seen(*specs: dict) -> set[str]:
    """The columns of some specs that a reader sees a row by: which the specs name, other than to
    order marks, and which are no truths, by which a label is placed, and no word or day that all
    rows of a table bear."""
    words = {word for spec in specs for word in leaves(spec | dict.fromkeys(SILENT))}
    tables = [rows for spec in specs for rows in spec.get("datasets", {}).values() if rows]
    known = {name for rows in tables for name in rows[0] if name in words}
    return {
        name
        for name in known
        if any(tells([row.get(name) for row in rows]) for rows in tables if name in rows[0])
    }


def tells(cells: list) -> bool:
    """Whether the cells of a column tell rows apart, or are numbers."""
    if any(isinstance(cell, bool) for cell in cells):
        return False
    return any(isinstance(cell, int | float) for cell in cells) or len(set(map(str, cells))) > 1


def leaves(what: object) -> Iterator[str]:
    """The words in a part of a spec, and the columns that its formulas read."""
    if isinstance(what, str):
        yield from (what, *READS.findall(what))
    elif isinstance(what, dict | list):
        inside = what.items() if isinstance(what, dict) else ((None, each) for each in what)
        for key, each in inside:
            yield from () if key in ORDER else leaves(each)


def thinned(rows: list[dict]) -> None:
    """Say at which of some rows a line bears a diamond: equally far apart, the last one too."""
    step = -(-len(rows) // MOST)
    for place, row in enumerate(reversed(rows)):
        row[SHOWN] = place % step == 0


def view(part: dict, above: dict) -> dict:
    """A part of a spec with its marks set apart. above : encoding that its layers share."""
    encoding = above | part.get("encoding", {})
    if "mark" in part:
        return single(part, encoding)
    made = dict(part)
    for key in INSIDE:
        if key in part:
            made[key] = [view(each, encoding if key == "layer" else {}) for each in part[key]]
    if "spec" in part:
        made["spec"] = view(part["spec"], {})
    return made


def single(part: dict, encoding: dict) -> dict:
    """A view of one mark. encoding : its own and that of the layers around it."""
    mark = part["mark"] if isinstance(part["mark"], dict) else {"type": part["mark"]}
    if mark["type"] in JOINED:
        return part if SPLIT & set(encoding) else with_diamonds(part, mark)
    if mark["type"] == "text" and mark.get("color") == theme.PAPER:
        return part  # it stands on a mark, which is set apart
    tone = mark.get("color", TONES.get(mark["type"], theme.BLUE))
    more = {"color": switched(encoding.get("color"), theme.OWN, tone)}
    if mark["type"] in DOTS:
        form = "square" if mark["type"] == "square" else mark.get("shape", "circle")
        mark = mark | {"type": "point", "filled": mark.get("filled", True)}
        more["shape"] = switched(encoding.get("shape"), "diamond", form)
        more["size"] = switched(encoding.get("size"), SIZE, mark.get("size", 44))
    elif mark["type"] == "rule":
        more["strokeDash"] = switched(
            encoding.get("strokeDash"), [2, 2], mark.get("strokeDash", [1, 0])
        )
    elif mark["type"] in ("bar", "rect", "tick"):
        edge = mark.get("stroke", theme.PAPER if mark["type"] == "tick" else "transparent")
        width = mark.get("strokeWidth", 1 if "stroke" in mark or mark["type"] == "tick" else 0)
        more["stroke"] = switched(encoding.get("stroke"), theme.INK, edge)
        more["strokeWidth"] = switched(encoding.get("strokeWidth"), EDGE, width)
    return part | {"mark": mark, "encoding": part.get("encoding", {}) | more}


def switched(given: dict | None, own: object, other: object) -> dict:
    """A channel that has one value for rows that are set apart and stays as it is for the rest."""
    base = dict(given or {"value": other})
    more = base.pop("condition", [])
    conditions = [{"test": IS_SET, "value": own}, *(more if isinstance(more, list) else [more])]
    return base | {"condition": conditions if more else conditions[0]}


def with_diamonds(part: dict, mark: dict) -> dict:
    """A line or an area with a diamond at the rows that are set apart."""
    drawn = {key: part[key] for key in ("data", "transform", "mark", "encoding") if key in part}
    dot = {"type": "point", "shape": "diamond", "size": SIZE, "filled": True, "opacity": 1}
    dot |= {name: mark[name] for name in ("xOffset", "yOffset", "clip") if name in mark}
    tone = {"color": {"value": theme.OWN}, "strokeDash": {"value": [1, 0]}}
    shown = [*part.get("transform", []), {"filter": f"datum['{SHOWN}'] === true"}]
    dots = drawn | {"transform": shown, "mark": dot}
    dots["encoding"] = part.get("encoding", {}) | tone
    return {key: part[key] for key in part if key not in drawn} | {"layer": [drawn, dots]}
