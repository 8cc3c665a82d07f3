"""Which numbers of a running chapter rest on what its reader set.

What takes the place of a source travels with the number (`Given.own`). Any other parameter is
followed through the cells as they are written: what a statement assigns rests on what it reads. So
a number may be said to rest on a parameter that leaves it as it is, and never the other way round.
"""

import ast
import functools
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from computecycle.evidence.given import Given, Own
from computecycle.notebook.said import Said

LISTED = (list, tuple)
SCOPES = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass
class Running:
    """A chapter as it runs: its names, what was set in it, and which names rest on that.

    space : the notebook's `globals()`, whose `In` holds the cells so far. own : by parameter, what
    was set. reached : by name, the parameters that it rests on. read : cells already followed.
    """

    space: dict = field(default_factory=dict)
    own: dict[str, Own] = field(default_factory=dict)
    reached: dict[str, set[str]] = field(default_factory=dict)
    read: int = 0


_now = Running()  # one kernel runs one chapter


def begin(space: dict, own: list[Own]) -> None:
    """Follow what was set in a chapter from here on."""
    _now.__init__(space, {each.parameter: each for each in own})
    _now.reached = {each.parameter: {each.parameter} for each in own}
    _now.read = len(space.get("In", []))


def here(given: bool = False) -> tuple[Own, ...]:
    """Return what was set and reaches the statement of the chapter that is running.

    given : whether numbers that carry what they rest on count too, where the statement as a whole
    is asked for and not one of its numbers.
    """
    if not _now.own:
        return ()
    follow()
    frame = sys._getframe(1)
    while frame and frame.f_globals is not _now.space:
        frame = frame.f_back
    if frame is None:
        return ()
    nodes = statements(_now.space["In"][-1])
    lines = [node for node in nodes if node.lineno <= frame.f_lineno <= node.end_lineno]
    names = {name for node in lines for name in reaching(node, given)}
    return tuple(_now.own[name] for name in sorted(names))


def follow() -> None:
    """Follow the cells that have run since, and the statements before this one."""
    cells = _now.space.get("In", [])
    for cell in cells[_now.read :]:
        for node in statements(cell):
            step(node)
    _now.read = len(cells)


@functools.lru_cache(maxsize=256)  # a cell says many numbers, and is asked for each of them
def statements(cell: str) -> list[ast.stmt]:
    """Return the statements of a cell."""
    return ast.parse(cell).body


def step(node: ast.stmt) -> None:
    """Note for each name that a statement assigns what it rests on."""
    for targets, read in pairs(node):
        names = reaching(read, given=True)
        for each in stored(targets) - bound(node):
            more = _now.reached.get(each, set()) if isinstance(node, ast.AugAssign) else set()
            _now.reached[each] = names | more


def pairs(node: ast.stmt) -> list[tuple[ast.AST, ast.AST]]:
    """Return what a statement assigns with what it reads for it, `a, b = c, d` as two."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
        names, read = node.targets[0].elts, getattr(node.value, "elts", [])
        if len(names) == len(read):
            return list(zip(names, read, strict=True))
    return [(node, node)]


def stored(node: ast.AST) -> set[str]:
    """Return the names that are assigned in a part of a statement."""
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    return {each.id for each in names if isinstance(each.ctx, ast.Store)}


def bound(node: ast.AST) -> set[str]:
    """Return the names that the comprehensions of a statement bind, which end with them."""
    parts = [
        each for scope in ast.walk(node) if isinstance(scope, SCOPES) for each in scope.generators
    ]
    return {name for part in parts for name in stored(part.target)}


def reaching(node: ast.AST, given: bool) -> set[str]:
    """Return the parameters that reach what a statement reads."""
    local = bound(node)
    return {
        name
        for read, each in loads(node, local)
        for name in (carried(each) if given else set()) | plain(read, each)
    }


def plain(name: str, what: object) -> set[str]:
    """Return the parameters that reach a name and do not travel with the number that it holds."""
    reached = _now.reached.get(name, set())
    return {each for each in reached if not (_now.own[each].travels and numbers(what))}


def loads(node: ast.AST, local: set[str]) -> Iterator[tuple[str, object]]:
    """Yield each name that a statement reads, with what it holds, or the one entry that is read."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        key, whole = node.slice, _now.space.get(node.value.id)
        if isinstance(key, ast.Constant) and isinstance(whole, (*LISTED, dict)):
            yield node.value.id, entry(whole, key.value)
            return
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in local:
        yield node.id, _now.space.get(node.id)
    for child in ast.iter_child_nodes(node):
        yield from loads(child, local)


def entry(whole: object, key: object) -> object:
    """Return an entry of a list or a dictionary; nothing where there is none."""
    try:
        return whole[key]
    except (LookupError, TypeError):
        return None


def numbers(what: object) -> list:
    """Return the numbers with their rows that an object holds, if it holds nothing else."""
    if isinstance(what, Given | Said):
        return [what]
    if isinstance(what, dict):
        what = list(what.values())
    inside = [numbers(each) for each in what] if isinstance(what, LISTED) else []
    return [one for each in inside for one in each] if inside and all(inside) else []


def carried(what: object) -> set[str]:
    """Return the parameters that travel with the numbers that an object holds."""
    return {own.parameter for one in numbers(what) for own in one.own if own.parameter in _now.own}
