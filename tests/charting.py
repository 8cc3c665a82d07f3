"""What the tests of charts share: small tables, and what a chart makes of them."""

import functools
import json
import re
from collections.abc import Callable, Iterator

import jsonschema
import pandas as pd
from altair.utils import schemapi

from computecycle.charts import look, theme

DAYS = ("date", "day", "quarter", "start", "end", "low", "high", "newest", "launch", "due")


@functools.cache
def quick_schemas() -> None:
    """Spare Altair what a third of its time goes into and nothing here reads: for each channel
    given as a string it hashes the schemas of all again, for each property that is set it writes a
    help text, and of alternatives that do not fit it collects every error before it looks at the
    next (where none fits, all errors are told as ever)."""
    found = functools.cache(schemapi._FromDict)
    schemapi._FromDict = lambda classes: found(tuple(classes))
    schemapi._PropertySetter.__get__ = _without_help
    keywords = jsonschema.Draft7Validator.VALIDATORS
    keywords["anyOf"] = functools.partial(_any_of, keywords["anyOf"])


def _without_help(setter: schemapi._PropertySetter, obj: object, cls: type):
    setter.obj, setter.cls = obj, cls
    return setter


def _any_of(
    collected: Callable, validator: jsonschema.Draft7Validator, choices: list, instance, schema
) -> Iterator[jsonschema.ValidationError]:
    """What is wrong with something for which a schema names choices; nothing where one fits."""
    for number, choice in enumerate(choices):
        if next(iter(validator.descend(instance, choice, schema_path=number)), None) is None:
            return
    yield from collected(validator, choices, instance, schema)


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    """A table of these rows; the names of its columns in one text."""
    return pd.DataFrame(rows, columns=columns.split())


def dated(columns: str, *rows: tuple) -> pd.DataFrame:
    """A table whose columns with a name of a day hold dates."""
    made = table(columns, *rows)
    return made.assign(**{name: pd.to_datetime(made[name]) for name in made if name in DAYS})


def spec_of(chart, *arguments) -> dict:
    """The specification of what a chart function makes of its tables."""
    return look.specification(chart(*arguments))


def drawing(spec: dict, width: int = theme.WIDE) -> str:
    """A spec drawn at a width; each only once, because many checks read the same drawing."""
    return _drawing(json.dumps(spec), width)


@functools.cache
def _drawing(spec: str, width: int) -> str:
    return theme.svg(theme.fit(json.loads(spec), width))


def texts(spec: dict, width: int = theme.WIDE) -> list[str]:
    """The texts of a drawing, in the order in which they are drawn."""
    return re.findall(r"<text [^>]*>([^<]*)</text>", drawing(spec, width))


def panels(spec: dict) -> list[dict]:
    """The parts of a spec that have axes of their own: concatenated charts, or the whole."""
    above = {"data": spec.get("data", {}), "datasets": spec["datasets"]}
    inner = [panel for kind in ("concat", "hconcat", "vconcat") for panel in spec.get(kind, [])]
    return [above | panel for panel in inner] or [spec]


def views(spec: dict) -> Iterator[dict]:
    """Every single view of a spec: its mark, its encoding, the columns that it can use."""
    for panel in panels(spec):
        yield from _views(panel, spec["datasets"], [], set(), {})


def _views(spec: dict, datasets: dict, rows: list, columns: set, encoding: dict) -> Iterator[dict]:
    if "name" in spec.get("data", {}):
        rows = datasets[spec["data"]["name"]]
        columns = {column for row in rows for column in row}
    for step in spec.get("transform", []):
        columns = columns & kept(step, columns) | outputs(step, rows)
    encoding = encoding | spec.get("encoding", {})
    if "facet" in spec:
        yield {"mark": {}, "encoding": {"facet": spec["facet"]}, "columns": columns}
    for inner in [*spec.get("layer", []), *([spec["spec"]] if "spec" in spec else [])]:
        yield from _views(inner, datasets, rows, columns, encoding)
    if "mark" in spec:
        yield {"mark": spec["mark"], "encoding": encoding, "columns": columns}


def kept(step: dict, columns: set) -> set:
    """The columns that are left after a transform: where it makes new rows, those it groups by."""
    return set(step.get("groupby", [])) if {"aggregate", "pivot"} & set(step) else columns


def outputs(step: dict, rows: list) -> set:
    """The columns that a transform makes; of a pivot, one for each name in its column."""
    if "pivot" in step:
        return {row[step["pivot"]] for row in rows}
    lists = ("window", "joinaggregate", "aggregate")
    named = [step, *(part for key in lists for part in step.get(key, []))]
    return {part["as"] for part in named if "as" in part}
