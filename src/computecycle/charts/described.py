"""What a chart shows, in words, for those who hear it: told from its own specification.

Of each line its first and last value, its lowest and its highest; of bars and of points beside
names the largest and the smallest; of anything else how many marks there are. What a specification
computes further than by choosing rows or by renaming a column is not followed, and not told.
"""

import re
from collections.abc import Iterator

from simpleeval import InvalidExpression, SimpleEval

LONGEST = 6  # sentences
DIGITS = 4  # of a number, as told
PLACED = ("concat", "hconcat", "vconcat")
LINES = {"line", "area", "trail"}
DOTS = {"point", "circle", "square", "tick"}
SERIES = ("color", "strokeDash", "shape")  # and `detail`, which parts lines without a name
PYTHON = [("===", "=="), ("!==", "!="), ("&&", " and "), ("||", " or ")]
RENAMED = re.compile(r"(?:toDate\()?datum\.(\w+)\)?")


def described(spec: dict) -> str:
    """Return what a Vega-Lite specification shows, in a few sentences; empty where nothing."""
    tables = spec.get("datasets", {})
    told = [words for panel in panels(spec) for words in of_panel(panel, tables)]
    told = list(dict.fromkeys(f"{words[0].upper()}{words[1:]}" for words in told))
    more = len(told) - LONGEST
    return " ".join([*told[:LONGEST], *([f"And {more} more."] if more > 0 else [])])


def panels(spec: dict) -> list[dict]:
    """Return the parts of a specification that have axes of their own."""
    above = {key: spec[key] for key in ("data", "transform") if key in spec}
    inner = [panel for kind in PLACED for panel in spec.get(kind, [])]
    return [each for panel in inner for each in panels(above | panel)] or [spec]


def of_panel(panel: dict, tables: dict) -> list[str]:
    """Return the sentences of a panel: those of the first kind of mark that tells something."""
    drawn = list(views(panel, {"rows": [], "encoding": {}, "split": []}, tables))
    shares = {across for across in "xy" if any(is_share(view, across) for view in drawn)}
    drawn = [view | {"shares": shares} for view in drawn]
    ranged = [view for view in drawn if {"x2", "y2"} & set(view["encoding"])]
    choices = [
        [words for view in drawn if view["mark"] in LINES for words in series(view)],
        [words for view in drawn if view["mark"] == "bar" for words in extremes(view)],
        [words for view in ranged if view["mark"] == "rule" for words in extremes(view)],
        [words for view in drawn if view["mark"] in DOTS for words in extremes(view)],
    ]
    marks = max((len(view["rows"]) for view in drawn), default=0)
    told = next(filter(None, choices), [f"{marks} marks."] if marks else [])
    about = heading(panel, drawn)
    return [f"{about}: {told[0]}", *told[1:]] if about and told else told


def heading(panel: dict, drawn: list[dict]) -> str:
    """Return the title of a panel, else that of its quantity; empty where it has none."""
    given = [panel.get("title"), *(title(view, across) for across in "yx" for view in drawn)]
    given = [each.get("text") if isinstance(each, dict) else each for each in given]
    words = next((each for each in given if each and each != ""), "")
    words = said(" ".join(words) if isinstance(words, list) else words)
    return words.replace(" (log scale)", "").replace(", log scale)", ")")


def title(view: dict, channel: str) -> object:
    """Return the title of a channel's axis where the channel shows a quantity."""
    given = view["encoding"].get(channel, {})
    if given.get("type") != "quantitative":
        return ""
    return given.get("title") or (given.get("axis") or {}).get("title")


def views(part: dict, above: dict, tables: dict) -> Iterator[dict]:
    """Yield every drawn view: its mark, encoding, the rows that it draws, what it is split by."""
    rows = tables.get(part.get("data", {}).get("name"), above["rows"])
    for step in part.get("transform", []):
        rows = transformed(step, rows)
    split = above["split"] + facets(part.get("facet", {}))
    encoding = above["encoding"] | part.get("encoding", {})
    here = {"rows": rows, "encoding": encoding, "split": split}
    for inner in [*part.get("layer", []), *([part["spec"]] if "spec" in part else [])]:
        yield from views(inner, here, tables)
    if "mark" in part:
        mark = part["mark"]
        split = split + [encoding[name]["field"] for name in ("row", "column") if name in encoding]
        yield here | {"mark": mark if isinstance(mark, str) else mark["type"], "split": split}


def facets(facet: dict) -> list[str]:
    """Return the columns that a facet splits by."""
    parts = [facet] if "field" in facet else facet.values()
    return [part["field"] for part in parts if isinstance(part, dict) and "field" in part]


def transformed(step: dict, rows: list[dict]) -> list[dict]:
    """Return the rows after a step: chosen, or with a column renamed; none where it does more."""
    if "filter" in step:
        return [row for row in rows if passes(step["filter"], row)]
    renamed = RENAMED.fullmatch(step.get("calculate", ""))
    if renamed:
        return [row | {step["as"]: row.get(renamed[1])} for row in rows]
    made = step.get("as") or [part["as"] for part in step.get("window", [])]
    made = [made] if isinstance(made, str) else made
    kept = "calculate" in step or "window" in step
    return [{k: v for k, v in row.items() if k not in made} for row in rows] if kept else []


def passes(condition: object, row: dict) -> bool:
    """Whether a row passes a condition of Vega; what cannot be told does not pass."""
    if not isinstance(condition, str):
        return False
    for theirs, ours in PYTHON:
        condition = condition.replace(theirs, ours)
    condition = re.sub(r"!(?!=)", " not ", condition).strip()
    valid = {"isValid": lambda value: value is not None}
    try:
        return bool(SimpleEval(names={"datum": row}, functions=valid).eval(condition))
    except (InvalidExpression, SyntaxError, TypeError):
        return False


def column(view: dict, channel: str) -> str:
    """Return the column that a channel shows as it stands; empty where there is none."""
    given = view["encoding"].get(channel)
    plain = isinstance(given, dict) and "aggregate" not in given and given.get("bin") is not True
    return given.get("field", "") if plain else ""


def measure(view: dict, channel: str) -> str:
    """Return the column of a channel that shows a quantity; empty where it does not."""
    shows = view["encoding"].get(channel, {}).get("type") == "quantitative"
    return column(view, channel) if shows else ""


def is_share(view: dict, channel: str) -> bool:
    """Whether the axis of a channel shows shares as percentages."""
    axis = view["encoding"].get(channel, {}).get("axis") or {}
    return str(axis.get("format", "")).endswith("%")


def has_legend(view: dict) -> bool:
    """Whether a legend names the colours of a view."""
    return view["encoding"].get("color", {}).get("legend", True) is not None


def name_of(view: dict, row: dict, channels: tuple[str, ...] = SERIES) -> str:
    """Return the panel and the series of a row in words; a number only parts lines."""
    fields = [*view["split"], *(column(view, channel) for channel in channels)]
    names = [row.get(field) for field in dict.fromkeys(fields) if field]
    return ", ".join(dict.fromkeys(said(name) for name in names if isinstance(name, str) and name))


def series(view: dict) -> list[str]:
    """Return a sentence for each line of a view."""
    x, y = column(view, "x"), measure(view, "y")
    lines: dict[tuple, list] = {}
    for row in view["rows"]:
        if x and y and row.get(x) is not None and is_number(row.get(y)):
            parted = [row.get(column(view, channel)) for channel in (*SERIES, "detail")]
            key = (name_of(view, row), *parted)
            lines.setdefault(key, []).append((row[x], row[y]))
    if view["encoding"].get("x", {}).get("type") in ("quantitative", "temporal"):
        lines = {key: sorted(points, key=lambda at: at[0]) for key, points in lines.items()}
    share = "y" in view["shares"]
    return [line(key[0], points, share) for key, points in lines.items()]


def line(name: str, points: list[tuple], share: bool) -> str:
    """Return the sentence of a line: its ends, and its lowest and highest where they lie within."""
    first, last = points[0], points[-1]
    least, most = min(points, key=lambda at: at[1]), max(points, key=lambda at: at[1])
    words = at(first, share)
    if len(points) > 1:
        words = f"from {words} to {at(last, share)}"
    ends = (first[1], last[1])
    words += f", lowest {at(least, share)}" * (least[1] not in ends)
    words += f", highest {at(most, share)}" * (most[1] not in ends)
    return f"{name}: {words}." if name else f"{words}."


def extremes(view: dict) -> list[str]:
    """Return the sentence of bars, dots or ranges beside names: the highest and the lowest."""
    across, along = ("x", "y") if measure(view, "x") else ("y", "x")
    other = column(view, along)
    if not measure(view, across) or not other or measure(view, along):
        return []
    ends = [each for each in (column(view, across), column(view, f"{across}2")) if each]
    named = SERIES[:1] if has_legend(view) else ()
    found = [
        (beside(said(row[other]), name_of(view, row, named)), row[end])
        for row in view["rows"]
        for end in ends
        if row.get(other) is not None and is_number(row.get(end))
    ]
    if not found:
        return []
    share = across in view["shares"]
    most, least = max(found, key=lambda at: at[1]), min(found, key=lambda at: at[1])
    more = f", lowest {at(least, share)}" * (most[1] != least[1])
    return [f"highest {at(most, share)}{more}."]


def beside(place: str, name: str) -> str:
    """Return where a value stands, with its series where that says more."""
    return f"{place}, {name}" if name and name != place else place


def is_number(value: object) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def at(point: tuple, share: bool) -> str:
    """Return a value with its place in brackets."""
    value = f"{said(round(point[1] * 100, 1))}%" if share else said(point[1])
    return f"{value} ({said(point[0])})"


def said(value: object) -> str:
    """Return a cell as it is read aloud: few digits, a day without its hour, no line break."""
    if not is_number(value):
        return " ".join(re.sub(r"^(\d{4}-\d\d-\d\d)T.*", r"\1", str(value)).split())
    if value == int(value) and 1000 <= value < 2200:  # a year, or a number as short as one
        return f"{value:.0f}"
    return f"{float(f'{value:.{DIGITS}g}'):,.10g}"
