"""The views of a Vega-Lite specification with the rows that each draws.

What a specification computes row by row is followed as far as `evaluated` goes; where it counts or
sums, its rows are not told.
"""

import datetime
import re
from collections.abc import Iterator

from simpleeval import InvalidExpression, SimpleEval

PLACED = ("concat", "hconcat", "vconcat")
BARE = {"rows": [], "encoding": {}, "split": []}  # what stands above a panel
PYTHON = [("===", "=="), ("!==", "!="), ("&&", " and "), ("||", " or ")]
CONSTANTS = {"true": True, "false": False, "null": None}
UNKNOWN = (InvalidExpression, SyntaxError, TypeError, ValueError)


def panels(spec: dict) -> list[dict]:
    """Return the parts of a specification that have axes of their own."""
    above = {key: spec[key] for key in ("data", "transform") if key in spec}
    inner = [panel for kind in PLACED for panel in spec.get(kind, [])]
    return [each for panel in inner for each in panels(above | panel)] or [spec]


def views(part: dict, tables: dict, above: dict = BARE) -> Iterator[dict]:
    """Yield every drawn view of a panel: its mark, encoding, the rows that it draws, what it is
    split by, and its name, which is the description of a layer."""
    rows = tables.get(part.get("data", {}).get("name"), above["rows"])
    for step in part.get("transform", []):
        rows = transformed(step, rows)
    split = above["split"] + facets(part.get("facet", {}))
    encoding = above["encoding"] | part.get("encoding", {})
    here = {"rows": rows, "encoding": encoding, "split": split}
    for inner in [*part.get("layer", []), *([part["spec"]] if "spec" in part else [])]:
        yield from views(inner, tables, here)
    if "mark" in part:
        mark = part["mark"] if isinstance(part["mark"], str) else part["mark"]["type"]
        split = split + [encoding[name]["field"] for name in ("row", "column") if name in encoding]
        name = "" if above is BARE else part.get("description", "")
        yield here | {"mark": mark, "split": split, "name": name}


def facets(facet: dict) -> list[str]:
    """Return the columns that a facet splits by."""
    parts = [facet] if "field" in facet else facet.values()
    return [part["field"] for part in parts if isinstance(part, dict) and "field" in part]


def transformed(step: dict, rows: list[dict]) -> list[dict]:
    """Return the rows after a step: chosen, or with columns computed; none where it does more."""
    if "filter" in step:
        return [row for row in rows if evaluated(step["filter"], row)]
    if "calculate" in step:
        return [row | {step["as"]: evaluated(step["calculate"], row)} for row in rows]
    made = [part["as"] for part in [*step.get("window", []), *step.get("joinaggregate", [])]]
    return [{k: v for k, v in row.items() if k not in made} for row in rows] if made else []


def evaluated(expression: object, row: dict) -> object:
    """Return what an expression of Vega gives for a row; None where that cannot be told, or where
    it does not read the row, as for a line of reference."""
    if not isinstance(expression, str) or "datum" not in expression:
        return None
    for theirs, ours in PYTHON:
        expression = expression.replace(theirs, ours)
    expression = re.sub(r"!(?!=)", " not ", expression).strip()
    try:
        return SimpleEval(names=CONSTANTS | {"datum": row}, functions=FUNCTIONS).eval(expression)
    except UNKNOWN:
        return None


def moved(unit: str, day: str, count: int) -> str:
    """Return the day that lies a count of days after another."""
    if unit != "day":
        raise ValueError(unit)
    return f"{datetime.date.fromisoformat(day[:10]) + datetime.timedelta(days=count)}"


FUNCTIONS = {
    "isValid": lambda value: value is not None,
    "toDate": lambda value: value,
    "toNumber": float,
    "slice": lambda text, *ends: text[slice(*ends)],
    "split": lambda text, _: text,  # the lines of one text
    "utcOffset": moved,
}


def column(view: dict, channel: str) -> str:
    """Return the column that a channel shows as it stands; empty where there is none."""
    given = view["encoding"].get(channel)
    plain = isinstance(given, dict) and "aggregate" not in given and given.get("bin") is not True
    return given.get("field", "") if plain else ""


def kind(view: dict, channel: str) -> str:
    """Return what a channel shows: a quantity, days, or names ("nominal", "ordinal")."""
    return view["encoding"].get(channel, {}).get("type", "")


def measure(view: dict, channel: str) -> str:
    """Return the column of a channel that shows a quantity; empty where it does not."""
    return column(view, channel) if kind(view, channel) == "quantitative" else ""


def is_share(view: dict, channel: str) -> bool:
    """Whether the axis of a channel shows shares as percentages."""
    axis = view["encoding"].get(channel, {}).get("axis") or {}
    return bool(re.search(r"%$|%'\)", axis.get("labelExpr") or axis.get("format") or ""))


def is_log(view: dict, channel: str) -> bool:
    """Whether the axis of a channel shows factors as lengths."""
    return (view["encoding"].get(channel, {}).get("scale") or {}).get("type") == "log"


def is_number(value: object) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def plain(title: object) -> str:
    """Return a title in one line, without a word of the scale."""
    words = " ".join(title) if isinstance(title, list) else title or ""
    return " ".join(words.split()).replace(" (log scale)", "").replace(", log scale", "")
