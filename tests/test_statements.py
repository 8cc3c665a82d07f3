"""What chapters say: each claim could come out false, each number rests on what it cites.

*Sensitivity*: each number that a sentence prints and tests is moved until the verdict turns.
*Perturbation*: the numbers of one table are moved a little; what then changes must cite that table,
and a table that is cited must be able to change what cites it.
"""

import ast
import functools
import json
import re

import numpy as np
import pandas as pd
import pytest
import running
from house import REPOSITORY

from computecycle.evidence import expressions
from computecycle.notebook import conditions, notebooks
from computecycle.notebook.claims import Claim, Value
from computecycle.notebook.figures import Figure

NAMES = notebooks.names(REPOSITORY)
CAUSAL = re.compile(
    r"\b(because|thanks to|due to|owing to|caused?|causes|drove|drives|driven|made|brought|"
    r"decides?|decided|explains?|explained|led to|leads to|owes?|therefore)\b"
)
each_chapter = pytest.mark.parametrize("name", NAMES)


# Sensitivity


said_by = running.edition


def numbers_of(claim: Claim, name: str) -> dict[str, float]:
    """The numbers of a claim's condition, by name."""
    values = {each.id: each.number for each in said_by(name) if isinstance(each, Value)}
    known = {key: values[id] for key, id in claim.values.items()}
    known |= {each["name"]: each["number"] for each in claim.others}
    return {key: known[key] for key in expressions.names(conditions.read(claim.condition))}


def claims_of(name: str) -> list[Claim]:
    return [each for each in said_by(name) if isinstance(each, Claim)]


@each_chapter
def test_every_claim_of_the_edition_holds(name):
    assert not [(each.id, each.told) for each in claims_of(name) if each.holds is not True]


@each_chapter
def test_each_number_that_a_sentence_tests_can_turn_it(name):
    """A number that cannot is only mentioned, and says so."""
    idle = []
    for claim in claims_of(name):
        turns = conditions.turning(conditions.read(claim.condition), numbers_of(claim, name))
        idle += [(claim.id, key, claim.told) for key, move in turns if move is None]
    assert not idle


@each_chapter
def test_a_sentence_that_says_why_tests_more_than_an_inequality(name):
    """One comparison shows that, not why; say what was tested, or test the reason too."""
    thin = []
    for claim in claims_of(name):
        tree = conditions.read(claim.condition)
        tests = [n for n in ast.walk(tree) if isinstance(n, (ast.Compare, ast.Call))]
        if CAUSAL.search(claim.sentence) and len(tests) < 2:
            thin.append((claim.id, CAUSAL.search(claim.sentence)[0], claim.condition))
    assert not thin


# Perturbation


def moved(table: pd.DataFrame) -> pd.DataFrame:
    """A table with its numbers moved by up to a thousandth, each by a share of its own."""
    share = 1 + 0.001 * np.cos(np.arange(len(table)) * 2.4 + 0.3)
    changed = {
        column: table[column] * share for column in table if table[column].dtype == "float64"
    }
    return table.assign(**changed)


def thinned(table: pd.DataFrame, every: int = 3, place: int = 1) -> pd.DataFrame:
    """A table without every third row, or every so many; over all places each is left out once."""
    return table[np.arange(len(table)) % every != place]


def emptied(table: pd.DataFrame) -> pd.DataFrame:
    return table.iloc[:0]


SHAKES = {"moved": moved, "emptied": emptied, "thinned": thinned}
SHAKES |= {f"thinned {at}": functools.partial(thinned, every=5, place=at) for at in range(5)}


def facts(said: list) -> dict[tuple[str, str], object]:
    """What each value and figure shows, by kind and id."""
    found = {}
    for each in said:
        if isinstance(each, (Value, Figure)):
            found["value" if isinstance(each, Value) else "figure", each.id] = each
        if isinstance(each, Claim):
            for other in each.others:
                found["other", f"{each.id}.{other['name']}"] = other["number"]
    return found


def shown(fact: object) -> str:
    """What a value or a figure shows as text to compare, the rows that it cites left out."""
    if isinstance(fact, Figure):
        return json.dumps([fact.spec, fact.note], sort_keys=True, default=str)
    return repr((fact.number, fact.text) if isinstance(fact, Value) else fact)


def differ(one: object, other: object) -> bool:
    """Whether two runs show something else (most of a run is the edition's own)."""
    return one is not other and shown(one) != shown(other)


def cited(said: list) -> dict[tuple[str, str], set[str]]:
    """The tables that each value and figure cites, by kind and id."""
    found = {}
    for each in said:
        if isinstance(each, (Value, Figure)):
            kind = "value" if isinstance(each, Value) else "figure"
            found[kind, each.id] = {row["table"] for row in each.rows}
        if isinstance(each, Claim):
            for other in each.others:
                rows = {row["table"] for row in other["rows"]}
                found["other", f"{each.id}.{other['name']}"] = rows
    return found


def changes(name: str, table: str) -> dict[str, set[tuple[str, str]]]:
    """What a chapter says otherwise when a table is shaken, by shake (as far as it then runs).

    The ruder shakes are tried only while something that cites the table has not changed.
    """
    before, found = facts(said_by(name)), {}
    citing = {key for key, tables in cited(said_by(name)).items() if table in tables}
    for shake, change in SHAKES.items():
        after = facts(running.run(name, {}, table, change)[0])
        found[shake] = {key for key in before if key in after and differ(before[key], after[key])}
        if citing <= set().union(*found.values()):
            break
    return found


CASES = [(name, table) for name in NAMES for table in notebooks.tables(REPOSITORY, name)]


@pytest.mark.parametrize(("name", "table"), CASES)
def test_what_a_table_changes_cites_it_and_what_cites_it_can_be_changed(name, table):
    shaken, cites = changes(name, table), cited(said_by(name))
    silent = {key for key in shaken["moved"] if table not in cites[key]}
    assert not silent, "change with the table and do not cite it"
    idle = {key for key, tables in cites.items() if table in tables} - set().union(*shaken.values())
    assert not idle, "cite the table and do not change with it"
