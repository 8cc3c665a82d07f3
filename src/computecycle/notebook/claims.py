"""Say a value or a claim from a chapter.

A *value* is a computed number with its unit, its printed form and the rows it rests on. A *claim*
is a sentence whose numbers are values and whose verb has a truth condition; on other data it holds
or it does not. Both are cell outputs of the notebook (media types of our own beside plain text),
so a chapter says the same in JupyterLab, under plain papermill and in the report's own runner.
"""

import re
from dataclasses import asdict, dataclass, field
from string import Formatter

import pandas as pd
from IPython.display import display

from computecycle.evidence import data
from computecycle.evidence.given import Given

VALUE = "application/vnd.computecycle.value+json"
CLAIM = "application/vnd.computecycle.claim+json"
NO_DATA = "no data"
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
WORD = re.compile(r"[^\s/()]+")
NUMBER = re.compile(r"[^a-zA-Z]*\d")  # at the beginning of a word


def checked_id(id: str) -> str:
    """Return the id; ValueError unless it is lower-case words and digits joined by hyphens."""
    if not ID.fullmatch(id):
        raise ValueError(f'"{id}" is not an id; use lower-case words joined by hyphens')
    return id


@dataclass(frozen=True)
class Value:
    """A number as a chapter says it: what it is, its unit, how it is printed, its rows."""

    id: str
    name: str
    number: float | None
    unit: str
    text: str
    rows: list[dict] = field(default_factory=list)

    def __str__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_):
        return {"text/plain": f"{self.name}: {self.text}", VALUE: asdict(self)}


@dataclass(frozen=True)
class Claim:
    """A sentence with the ids of its values, and whether it holds (None: no data to tell)."""

    id: str
    sentence: str
    text: str
    holds: bool | None
    values: dict[str, str]

    def _repr_mimebundle_(self, **_):
        verdict = {True: "holds", False: "does not hold", None: "cannot be told"}[self.holds]
        return {"text/plain": f"[{verdict}] {self.text}", CLAIM: asdict(self)}


def printed(number: float | None, form: str) -> str:
    """Return the number in its printed form, a true minus sign before all else."""
    if number is None:
        return NO_DATA
    sign = "\N{MINUS SIGN}" if number < 0 and re.search("[1-9]", form.format(abs(number))) else ""
    return sign + form.format(abs(number))


def value(id: str, name: str, given: Given | float, unit: str, form: str = "{:,.0f}") -> Value:
    """Say a value and return it.

    id : permanent within the chapter. name : what the number is. unit : its unit.
    given : the number with the rows it rests on; a bare number rests on the parameters alone.
    form : how it is printed, with its currency or unit word ("${:,.0f} billion").
    A number that is not finite is said as "no data".
    """
    given = given if isinstance(given, Given) else Given(float(given))
    number = given.number if given.known else None
    said = Value(checked_id(id), name, number, unit, printed(number, form), data.trace(given.rows))
    display(said)
    return said


def date(id: str, name: str, when: pd.Timestamp, form: str = "%B %Y") -> Value:
    """Say a date as a value and return it; its number is the year with its fraction."""
    known = not pd.isna(when)
    number = when.year + (when.day_of_year - 1) / (365 + when.is_leap_year) if known else None
    said = Value(checked_id(id), name, number, "date", f"{when:{form}}" if known else NO_DATA, [])
    display(said)
    return said


def claim(id: str, sentence: str, holds, **values: Value) -> Claim:
    """Say a claim and return it.

    sentence : text with `{name}` for each value given by name. holds : its truth condition.
    ValueError when a digit or a name in the sentence is not a value, or when recalled data
    would carry the claim alone. A word that begins with a letter (H100, GPT-4) is no number.
    """
    parts = list(Formatter().parse(sentence))
    fields = {name for _, name, _, _ in parts if name is not None}
    if fields != set(values):
        raise ValueError(f'claim "{id}" names {sorted(fields)} but is given {sorted(values)}')
    digits = [word for text, *_ in parts for word in WORD.findall(text) if NUMBER.match(word)]
    if digits:
        raise ValueError(f'claim "{id}" prints {digits[0]}; make it a value')
    rows = [row for each in values.values() for row in each.rows]
    if rows and all(row["confidence"] == "recalled" for row in rows):
        raise ValueError(
            f'claim "{id}" rests on recalled data alone; give it a source that was read'
        )
    missing = any(each.number is None for each in values.values())
    said = Claim(
        checked_id(id),
        sentence,
        sentence.format(**values),
        None if missing or holds is None else bool(holds),
        {name: each.id for name, each in values.items()},
    )
    display(said)
    return said
