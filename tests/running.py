"""Run a chapter's cells in this process, without a kernel, and keep what it says.

A chapter that is run again on other inputs repeats only the statements that these can reach: one
reads a name that has changed, or loads the table that has. For the others stands what they bound
and said in the *edition*, the run with defaults; a chapter's statements depend on the names that
they read and on tables alone. `tests/test_running.py` compares with runs of every statement.
"""

import ast
import copy
import functools
import warnings
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from types import CodeType

import pandas as pd
import pytest
from house import REPOSITORY

from computecycle.evidence import data
from computecycle.notebook import claims, figures, notebooks

Shake = Callable[[pd.DataFrame], pd.DataFrame]
OPEN = {"globals", "locals", "vars", "eval", "exec"}  # what uses them may read any name


@dataclass(frozen=True)
class Step:
    """A statement of a chapter: its cell, what it reads and binds, the tables that it loads."""

    cell: str
    source: str  # of the cell where the statement is its first, else empty
    code: CodeType
    reads: frozenset[str]
    binds: frozenset[str]
    tables: frozenset[str]
    declares: bool  # whether it is the last one that declares parameters

    def follows(self, changed: set[str], table: str) -> bool:
        """Whether it may come out otherwise when some names, or a table, are other ones."""
        return bool(self.reads & (changed | OPEN)) or table in self.tables


@dataclass(frozen=True)
class Done:
    """What a statement of the edition bound and said."""

    bound: dict
    said: list


def names_of(statement: ast.stmt) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a statement reads, and those that it binds."""
    nodes = list(ast.walk(statement))
    loaded = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    bound = {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    added = {n.target.id for n in nodes if isinstance(n, ast.AugAssign)}
    bound |= {(n.asname or n.name).split(".")[0] for n in nodes if isinstance(n, ast.alias)}
    return frozenset(loaded | added), frozenset(bound)


@functools.cache
def steps(name: str) -> list[Step]:
    """The statements of a chapter, in order."""
    found = []
    for cell in notebooks.source(REPOSITORY, name).cells:
        statements = ast.parse(cell.source).body if cell.cell_type == "code" else []
        for number, each in enumerate(statements):
            code = compile(ast.Module([each], []), f"cell {cell.id}", "exec")
            text, last = ast.unparse(each), number == len(statements) - 1
            loaded = frozenset(notebooks.loaded(text))
            source = "" if number else cell.source
            declares = last and "parameters" in cell.metadata.get("tags", [])
            found.append(Step(cell.id, source, code, *names_of(each), loaded, declares))
    return found


def same(one, other) -> bool:
    """Whether two things that statements bound are alike; False where nobody can tell."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, pd.DataFrame):
        return one.attrs == other.attrs and one.equals(other)
    if isinstance(one, pd.Series):
        return one.name == other.name and one.attrs == other.attrs and one.equals(other)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    return isinstance(one, (str, int, float, pd.Timestamp)) and one == other


def held(space: dict, names: frozenset[str]) -> dict:
    """What some names stand for; lists and dictionaries, to which a chapter adds, as copies."""
    found = {name: space[name] for name in names if name in space}
    return {
        name: copy.copy(each) if isinstance(each, (list, dict)) else each
        for name, each in found.items()
    }


def run(name: str, given: dict, table: str = "", shake: Shake | None = None, whole: bool = False):
    """Return what a chapter says in order, and where and how it failed (empty: it did not).

    given : parameters. table, shake : one table and how it is changed as it is loaded.
    whole : every statement, whether it can come out otherwise or not.
    """
    edition = [] if whole else done(name)
    said, failure, _ = _run(name, given, edition, table, shake)
    return said, failure


def changing(table: str, shake: Shake) -> Callable:
    """The loading of tables, one of which is changed as it is loaded."""
    load = data.Package.load

    def loaded(package: data.Package, asked: str) -> pd.DataFrame:
        rows = load(package, asked)
        if asked != table:
            return rows
        changed = shake(rows)
        changed.attrs = rows.attrs
        return changed

    return loaded


def _run(name: str, given: dict, edition: list[Done], table: str = "", shake: Shake | None = None):
    said, space, changed, made = [], {"In": []}, set(), []
    warnings.simplefilter("error")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claims, "display", said.append)
        patch.setattr(figures, "display", said.append)
        if shake:
            patch.setattr(data.Package, "load", changing(table, shake))
        for number, step in enumerate(steps(name)):
            space["In"] += [step.source] if step.source else []  # as IPython keeps what has run
            before = edition[number] if edition else None
            if before and not step.follows(changed, table):
                space.update(held(before.bound, step.binds))
                said += before.said
                changed -= step.binds
            else:
                start = len(said)
                try:
                    exec(step.code, space)
                except Exception as problem:
                    return said, f"{step.cell}: {type(problem).__name__}: {problem}", made
                made.append(Done(held(space, step.binds), said[start:]))
                alike = {
                    n for n in step.binds if before and same(before.bound.get(n), space.get(n))
                }
                changed = (changed | step.binds) - alike
            if step.declares:  # what is given follows the cell that declares, as in papermill
                changed |= {key for key in given if given[key] != space[key]}
                space.update(given)
    return said, "", made


@functools.cache
def done(name: str) -> list[Done]:
    """What each statement of a chapter does with its defaults; run once for all tests that ask."""
    _, failure, made = _run(name, {}, [])
    assert not failure
    return made


def edition(name: str) -> list:
    """What a chapter says with its defaults."""
    return [each for one in done(name) for each in one.said]
