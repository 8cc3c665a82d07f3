"""The descriptor of the tables, validated as a whole before anything reads it.

`descriptor.schema.json` says what it must hold, in JSON Schema; this room turns what is wrong into
one sentence with its place, and adds what a schema cannot say of a table's own columns. What a
table's schema says of its cells is read here too.
"""

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from computecycle.evidence import agreement, data, metrics
from computecycle.evidence.errors import InputError

FILE = "data/datapackage.json"
LARGEST = 10_000_000  # bytes of the file; the report's has a twentieth
KEPT = 200  # schemas of tables that a process keeps
KINDS = {"object": "braces", "array": "a list", "string": "a text", "number": "a number"}
KINDS |= {"boolean": "true or false", "integer": "a whole number"}
QUANTIFIED = re.compile(r"[+*]|\{\d*,\}")
CLASS = re.compile(r"\\.|\[(?:\\.|[^\]])*\]")  # in which a sign stands for itself


@cache
def schema() -> dict:
    """Return the JSON Schema of the descriptor."""
    return json.loads(Path(__file__).with_name("descriptor.schema.json").read_text("utf-8"))


@lru_cache(KEPT)
def table_schema(described: str):
    """Return a Table Schema in JSON as frictionless reads it, once; it looks at each column for
    long. FrictionlessException where it is none."""
    from frictionless import Schema

    return Schema.from_descriptor(json.loads(described))


def read() -> dict:
    """Return the descriptor; InputError with the place when it is missing or describes nothing."""
    try:
        if (data.FOLDER / "datapackage.json").stat().st_size > LARGEST:
            raise InputError(f"{FILE} is larger than {LARGEST:,} bytes; describe tables only.")
        found = data.descriptor()
    except FileNotFoundError:
        raise InputError(f"{FILE} is missing; restore the file.") from None
    except UnicodeDecodeError:
        raise InputError(f"{FILE} is not UTF-8; save it as UTF-8.") from None
    except json.JSONDecodeError as problem:
        raise InputError(
            f"{FILE}, line {problem.lineno}: {problem.msg}; correct the JSON."
        ) from None
    except (RecursionError, ValueError):  # braces without end, a number of too many digits
        raise InputError(f"{FILE} cannot be read: it is nested too deep or too long.") from None
    problem = next(problems(found), "")
    if problem:
        raise InputError(f"{FILE}: {problem}.")
    return found


def problems(found: object) -> Iterator[str]:
    """Yield what is wrong with a descriptor, first what it lacks, then what its tables are."""
    from jsonschema import Draft202012Validator

    errors = sorted(Draft202012Validator(schema()).iter_errors(found), key=lambda each: each.path)
    yield from (f"{place(found, list(error.path)) or 'it'}{wrong(error)}" for error in errors)
    if errors:
        return
    for entry in found["resources"]:
        yield from (f'table "{entry["name"]}"{words}' for words in table_problems(entry))
    for word in ("name", "path"):
        known = [entry[word] for entry in found["resources"]]
        for each in sorted({each for each in known if known.count(each) > 1}):
            yield f'two tables have the {word} "{each}"'


def place(found: object, path: list) -> str:
    """Return where in the descriptor a problem lies, in words; `path` leads there from the top."""
    words, at = [], found
    for before, step in zip([None, *path], path, strict=False):
        at = at[step]
        name = at.get("name") if isinstance(at, dict) else None
        if isinstance(step, int):
            kind = {"resources": "table", "fields": "column"}.get(before, "item")
            named = isinstance(name, str) and kind != "item"
            words.append(f'{kind} "{name}"' if named else f"{kind} {step + 1}")
        else:
            words.append(f'"{step}"')
    parts = {'"resources"', '"schema"', '"fields"', '"constraints"'}  # said by what they hold
    return ", ".join([*(word for word in words[:-1] if word not in parts), *words[-1:]])


def wrong(error) -> str:
    """Return what a validation error says, as the end of a sentence."""
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return f" needs {', '.join(missing)}"
    shown = json.dumps(error.instance, ensure_ascii=False)[:40]
    if error.validator == "type":
        kinds = error.validator_value
        kinds = [kinds] if isinstance(kinds, str) else kinds
        return f" is {shown}; it takes {' or '.join(KINDS[kind] for kind in kinds)}"
    if error.validator == "enum":
        return f" is {shown}; allowed is {', '.join(map(str, error.validator_value))}"
    return f" is {shown}; {error.schema.get('description', error.message)}"


def table_problems(entry: dict) -> Iterator[str]:
    """Yield what is wrong with a table's own columns and keys, as ends of sentences."""
    from frictionless import FrictionlessException

    fields = {field["name"]: field for field in entry["schema"]["fields"]}
    if len(fields) < len(entry["schema"]["fields"]):
        yield " describes a column twice"
    if entry["schema"]["primaryKey"] != [*entry["key"], "known_from"]:
        yield " needs as primaryKey its key and known_from"
    for name in dict.fromkeys([*entry["key"], *data.PLACE]):
        if name not in fields:
            yield f' needs the column "{name}"'
    for name, field in fields.items():
        yield from (f', column "{name}" {words}' for words in field_problems(field, fields))
    if agreement.lacking(entry):
        yield f" {agreement.lacking(entry)}"
    if metrics.lacking(entry):
        yield f" {metrics.lacking(entry)}"
    try:
        table_schema(json.dumps(entry["schema"]))
    except FrictionlessException as problem:
        yield f" is no Table Schema ({problem.error.note})"


def cell_errors(entry: dict, rows: list[list[str]], fields: list[dict]) -> Iterator[dict]:
    """Yield what a Table Schema finds wrong with rows whose columns are `fields`, in order: the
    rowNumber and of a cell fieldName and cell, of a key that repeats the line of the first (known).

    The cells are read by frictionless, one that stands often in a column once. Its own loop over
    rows copies every column of every table, which takes longer than all else.
    """
    schema = table_schema(json.dumps({**entry["schema"], "fields": fields}))
    readers = [
        (field["name"], each.create_cell_reader(), {})
        for field, each in zip(fields, schema.fields, strict=True)
    ]
    known: dict[tuple, int] = {}
    for line, cells in enumerate(rows[1:], start=2):
        values = {}
        for (name, reader, told), cell in zip(readers, cells, strict=True):
            if cell not in told:
                told[cell] = reader(cell)
            values[name], wrong = told[cell]
            yield from ({"rowNumber": line, "fieldName": name, "cell": cell} for _ in wrong or ())
        key = tuple(values[name] for name in schema.primary_key)
        if key in known:
            yield {"rowNumber": line, "known": known[key]}
        known[key] = line


def field_problems(field: dict, fields: dict[str, dict]) -> Iterator[str]:
    """Yield what is wrong with one column's description; `fields` are all of its table."""
    limits = field.get("constraints", {})
    for word in ("unitColumn", "valueColumn"):
        if word in field and field[word] not in fields:
            yield f'names as {word} "{field[word]}", which is no column'
    if "pattern" in limits and (problem := pattern_problem(limits["pattern"])):
        yield f'has the pattern "{limits["pattern"][:40]}", which {problem}'
    numeric = field["type"] in ("number", "integer", "year")
    fitting = {"required", "enum"} | ({"minimum", "maximum"} if numeric else {"pattern"})
    for word in sorted(set(limits) - fitting):
        may = ", ".join(sorted(fitting))
        yield f'has the constraint "{word}"; a {field["type"]} may have {may}'
    for value in limits.get("enum", []):
        if isinstance(value, str) == numeric:
            yield f"allows {json.dumps(value)}, which is no {field['type']}"


def outermost(part: str) -> str:
    """Return a part of an expression without the groups in it, but for one that it begins with."""
    part, before = part.lstrip("("), ""
    while part != before:
        part, before = re.sub(r"\([^()]*\)", "", part), part
    return part


def pattern_problem(pattern: str) -> str:
    """Return why a regular expression cannot be used, or an empty text.

    A group that repeats and holds a repetition itself, or begins with a choice, can take longer
    than any reader waits.
    """
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as problem:
        return f"is no regular expression ({problem})"
    bare, opened = CLASS.sub("x", pattern), []
    for at, sign in enumerate(bare):
        if sign == "(":
            opened.append(at)
        if sign == ")" and opened:
            inside, behind = bare[opened.pop() : at], bare[at + 1 : at + 2]
            if behind in ("+", "*", "{") and behind and QUANTIFIED.search(inside):
                return "repeats a repetition; write it so that each part repeats once"
            if behind in ("+", "*", "{") and behind and "|" in outermost(inside):
                return (
                    "repeats a choice; begin the repeated part with a sign that ends the one before"
                )
    return ""
