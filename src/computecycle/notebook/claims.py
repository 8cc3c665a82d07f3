"""Say a value or a claim from a chapter.

A *value* is a computed number with its unit, its printed form and the rows it rests on. A *claim*
is a sentence whose numbers are values and whose verb has a truth condition, written as text over
those numbers; on other data it holds or it does not. Both are cell outputs of the notebook (media
types of our own beside plain text), so a chapter says the same in JupyterLab, under plain papermill
and in the report's own runner.
"""

import re
from dataclasses import asdict, dataclass, field
from string import Formatter

import numpy as np
import pandas as pd
from IPython.display import display

from computecycle.evidence import data, expressions
from computecycle.evidence.errors import InputError
from computecycle.evidence.given import Given, Own, steady
from computecycle.notebook import conditions, following
from computecycle.notebook.said import MEDIA, Said
from computecycle.notebook.texts import NO_DATA, Shown, printed, texts

VALUE, CLAIM = f"{MEDIA}value", f"{MEDIA}claim"
VERDICT = {True: "holds", False: "does not hold", None: "cannot be told"}
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
WORD = re.compile(r"[^\s/()]+")
NUMBER = re.compile(r"[^a-zA-Z]*\d")  # at the beginning of a word
PROVENANCE = re.compile(  # words that say where a number comes from, or whose it is
    r"\b(accounts|assumed|discloses?d?|filed|filings?|guess|known|printed|published|reported"
    r"|study['’]s)(?!\w)",
    re.I,
)


def checked_id(id: str) -> str:
    """Return the id; ValueError unless it is lower-case words and digits joined by hyphens."""
    if not ID.fullmatch(id):
        raise ValueError(f'"{id}" is not an id; use lower-case words joined by hyphens')
    return id


@dataclass(frozen=True)
class Value(Said):
    """A number as a chapter says it: what it is, its unit, how it is printed, its rows.

    own : what a reader set and the number rests on.
    """

    id: str
    name: str
    number: float | None
    unit: str
    text: str
    rows: list[dict] = field(default_factory=list)
    own: tuple[Own, ...] = ()

    def __str__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_):
        return {"text/plain": f"{self.name}: {self.text}", VALUE: self.record()}


@dataclass(frozen=True)
class Claim(Said):
    """A sentence with the ids of its values, its condition, and whether it holds.

    holds : None where a number is missing. condition : as written. told : with its numbers.
    others : numbers that the condition needs and the sentence does not print. mentioned : names of
    numbers that the sentence prints and no condition tests. own : what a reader set and it rests
    on. why : why it cannot be told, where that is no missing number. tested : the verdict of the
    condition alone, whoever gave its numbers.
    """

    id: str
    sentence: str
    text: str
    holds: bool | None
    condition: str
    told: str
    values: dict[str, str]
    others: list[dict]
    mentioned: list[str]
    own: tuple[Own, ...] = ()
    why: str = ""
    tested: bool | None = None

    def _repr_mimebundle_(self, **_):
        words = f"[{VERDICT[self.holds]}] {self.text} ({self.told})"
        return {"text/plain": words, CLAIM: self.record()}


def value(id: str, name: str, given: Given | float, unit: str, form: str = "{:,.0f}") -> Value:
    """Say a value and return it.

    id : permanent within the chapter. name : what the number is. unit : its unit.
    given : the number with the rows it rests on; a bare number rests on the parameters alone.
    form : how it is printed, with its currency or unit word ("${:,.0f} billion").
    A number that is not finite is said as "no data".
    """
    given = given if isinstance(given, Given) else Given(float(given))
    number = steady(given.number) if given.known else None
    text, rows = printed(number, form), data.trace(given.rows)
    said = Value(
        checked_id(id), name, number, unit, text, rows, together(given.own, following.here())
    )
    display(said)
    return said


def together(*own: tuple[Own, ...]) -> tuple[Own, ...]:
    """Return what a reader set, by parameter, each once."""
    return tuple({each.parameter: each for some in reversed(own) for each in some}.values())


def date(
    id: str, name: str, when: pd.Timestamp, form: str = "%B %Y", rows: list[pd.DataFrame] = ()
) -> Value:
    """Say a date as a value and return it; its number is the year with its fraction."""
    known = not pd.isna(when)
    number = when.year + (when.day_of_year - 1) / (365 + when.is_leap_year) if known else None
    text = f"{when:{form}}" if known else NO_DATA
    said = Value(
        checked_id(id), name, number, "date", text, data.trace(list(rows)), following.here()
    )
    display(said)
    return said


def claim(id: str, sentence: str, holds: str, mentioned: str = "", **given) -> Claim:
    """Say a claim and return it.

    sentence : text with `{name}` for each value given by name.
    holds : its truth condition, an expression over the names ("now > second > first") that may use
        the words of the report ("about(a, b)") and holds no number of its own.
    mentioned : names, parted by blanks, that the sentence prints and the condition does not test.
    given : by name, the values that the sentence prints, and besides them the numbers (a value, a
        number with rows, a bare number) that only the condition needs.
    ValueError, with the id and the reason, when the sentence prints a digit that is no value, when
    a printed number is neither tested nor declared as mentioned, when the condition cannot be
    evaluated or when no number could make it false. Where recalled data would carry it alone, or
    it says of a reader's number who published it, it cannot be told; an edition is not made so.
    """
    checked_id(id)
    fields = _printed_names(id, sentence, given)
    try:
        tree = conditions.read(holds)
        _matched(tree, fields, mentioned.split(), given)
        numbers = {name: _number(given[name]) for name in expressions.names(tree)}
        known = None not in numbers.values() and None not in (given[n].number for n in fields)
        verdict = conditions.holds(tree, numbers) if known else None
        if verdict and not any(move is not None for _, move in conditions.turning(tree, numbers)):
            raise InputError("is true whatever its numbers are; test what the sentence says")
    except InputError as problem:
        raise ValueError(f'claim "{id}": the condition `{holds}` {problem}') from None
    told = texts(tree, {name: _shown(given[name]) for name in numbers})
    others = [_other(name, each, told) for name, each in given.items() if name not in fields]
    rows = [row for name in fields for row in given[name].rows]
    rows += [row for each in others for row in each["rows"]]
    own = together(*(getattr(each, "own", ()) for each in given.values()), following.here())
    why = untold(sentence, rows, own)
    said = Claim(
        id=id,
        sentence=sentence,
        text=sentence.format(**{name: given[name] for name in fields}),
        holds=None if why else verdict,
        condition=holds,
        told=conditions.told(tree, told),
        values={name: given[name].id for name in fields},
        others=others,
        mentioned=mentioned.split(),
        own=own,
        why=why,
        tested=verdict,
    )
    display(said)
    return said


def _printed_names(id: str, sentence: str, given: dict) -> list[str]:
    """Return the names that a sentence prints; ValueError where one or a digit is no value."""
    parts = list(Formatter().parse(sentence))
    fields = list(dict.fromkeys(name for _, name, _, _ in parts if name is not None))
    wrong = [name for name in fields if not isinstance(given.get(name), Value)]
    if wrong:
        raise ValueError(f'claim "{id}" prints {{{wrong[0]}}}; give a value of that name')
    digits = [word for text, *_ in parts for word in WORD.findall(text) if NUMBER.match(word)]
    if digits:
        raise ValueError(f'claim "{id}" prints {digits[0]}; make it a value')
    return fields


def _matched(tree, fields: list[str], mentioned: list[str], given: dict) -> None:
    """Raise InputError unless each name that is given is tested or mentioned, and no other is."""
    tested = expressions.names(tree)
    for name in tested:
        if name not in given:
            raise InputError(f'names "{name}", which is not given')
    for name in mentioned:
        if name not in fields:
            raise InputError(f'has "{name}" as mentioned, which the sentence does not print')
        if name in tested:
            raise InputError(f'tests "{name}", which is declared as mentioned only')
    for name in given:
        if name not in tested and name not in mentioned:
            cure = "test it, or declare it as mentioned" if name in fields else "leave it out"
            raise InputError(f'does not test "{name}"; {cure}')


def _number(given) -> float | None:
    """Return the number of a value, of a number with rows or of a bare number; None if unknown."""
    if isinstance(given, Value):
        return given.number
    number = steady(given.number if isinstance(given, Given) else given)
    return number if Given(number).known else None


def _shown(given) -> Shown:
    said = (given.text, given.unit) if isinstance(given, Value) else ()
    return Shown(_number(given), *said)


def _other(name: str, given, told: dict[str, str]) -> dict:
    """Return a number that only the condition needs: name, number, text, rows; and the id where it
    is a value. told : by name, how the condition prints it."""
    if isinstance(given, Value):
        said = {"id": given.id, "number": given.number, "text": given.text, "rows": given.rows}
        return {"name": name, **said}
    number = _number(given)
    rows = data.trace(given.rows) if isinstance(given, Given) else []
    return {"name": name, "number": number, "text": told[name], "rows": rows}


def held(record: dict, values: pd.DataFrame, fixed: dict[str, float] | None = None) -> np.ndarray:
    """Return whether a claim holds at each of many points: True, False, or None where it cannot be
    told.

    record : the claim as the results hold it (`asdict`). values : a column for each value that
    moves, by id, and for each number that only the condition needs, by its name there. fixed : the
    numbers of the other values, by id.
    """
    ids = record["values"] | {each["name"]: each["id"] for each in record["others"] if "id" in each}
    bare = {each["name"]: each["number"] for each in record["others"] if "id" not in each}
    tree = conditions.read(record["condition"])
    columns = {}
    for name in expressions.names(tree):
        column = ids.get(name, name)
        number = bare[name] if name in bare else (fixed or {}).get(column, np.nan)
        columns[name] = values[column].to_numpy() if column in values else np.float64(number)
    return conditions.held(tree, columns)


def share_held(claim: Claim, values: pd.DataFrame, rows: list[pd.DataFrame]) -> Given:
    """Return the share of many points in which a claim holds; unknown where there are none, or
    where the claim itself cannot be told.

    values : columns as `held` takes them, for every value of the condition. rows : what they rest
    on.
    """
    if values.empty or claim.tested is None:
        return Given()
    return Given(float(np.mean(held(asdict(claim), values) == True)), rows)  # noqa: E712


def untold(sentence: str, rows: list[dict], own: tuple[Own, ...]) -> str:
    """Return why a sentence cannot be told of its numbers, whatever they are, or an empty text.

    rows : of all its numbers. A sentence that says who gave a number tells nothing of one that a
    reader set in its place, and what was recalled and not read carries no sentence alone.
    """
    if rows and all(row["confidence"] == "recalled" for row in rows):
        return "it rests on recalled data alone"
    said = PROVENANCE.search(sentence)
    replaced = any(each.travels for each in own)
    if said and (replaced or any(row["confidence"] == data.OWN for row in rows)):
        return f'it says "{said[0]}", and a number of it is the reader\'s own'
    return ""
