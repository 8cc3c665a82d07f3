"""Rounding carried through an expression: the least and the greatest that it may give.

Each input is an interval (`precision`). With up to `FEW` inputs the expression is evaluated at
every corner, that is with each input at one of its ends. With more, each input is moved to both of
its ends while the others stay at what is printed, which shows the end that makes the result less;
the least result then has all inputs at those ends, the greatest all at the others. Both are exact
where the result only rises, or only falls, with each input, as it does in sums, quotients, powers
and rates of growth of positive numbers; the second way asks that the direction of one input does
not depend on the others, which holds for the sums of many that need it.

Plain interval arithmetic, as in mpmath's `iv`, was weighed and left: it takes a number that stands
twice for two numbers, so that a / (a + b) comes out too wide, and it would need every function that
an expression may call written a second time. Where a direction turns inside an interval (a
difference under abs) the ends are those of all points that were tried.
"""

import ast
import itertools
from collections.abc import Callable, Mapping

from computecycle.evidence import expressions
from computecycle.evidence.errors import InputError
from computecycle.ledger.precision import Interval

FEW = 4  # inputs: 16 corners
Inputs = Mapping[str, Interval]
Functions = Mapping[str, Callable]


def carried(tree: ast.Expression, inputs: Inputs, known: Functions) -> Interval:
    """Return what an expression over named inputs gives; InputError where it may divide by zero."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.Mod)):
            safe_divisor(node.right, inputs, known)
    return ends(tree, inputs, known)


def safe_divisor(node: ast.expr, inputs: Inputs, known: Functions) -> None:
    """Raise InputError where a divisor may be zero within the rounding of its inputs."""
    if not expressions.names(node):
        return
    found = ends(ast.Expression(node), inputs, known)
    if found.low <= 0 <= found.high:
        raise InputError(
            f"divides by `{ast.unparse(node)}`, which lies between {found.low:.4g} and "
            f"{found.high:.4g} within its rounding and may be zero; divide by another number"
        )


def ends(tree: ast.Expression, inputs: Inputs, known: Functions) -> Interval:
    """Return what an expression gives at the printed inputs and the ends of what it may give."""
    used = {name: inputs[name] for name in expressions.names(tree)}
    printed = {name: each.value for name, each in used.items()}

    def at(moved: dict[str, float]) -> float:
        return float(expressions.value(tree, printed | moved, known))

    middle = at({})
    points = corners(used) if len(used) <= FEW else steepest(used, at)
    found = [middle, *map(at, points)]
    return Interval(middle, min(found), max(found))


def corners(used: Inputs) -> list[dict[str, float]]:
    """Return every choice of one end for each input."""
    choices = itertools.product(*((each.low, each.high) for each in used.values()))
    return [dict(zip(used, choice, strict=True)) for choice in choices]


def steepest(used: Inputs, at: Callable) -> list[dict[str, float]]:
    """Return the ends that, input by input, make a result least and those that make it greatest."""
    moved = [{name: end} for name, each in used.items() for end in (each.low, each.high)]
    results = list(map(at, moved))
    lower, upper = {}, {}
    for n in range(0, len(moved), 2):
        rises = results[n] <= results[n + 1]
        lower |= moved[n] if rises else moved[n + 1]
        upper |= moved[n + 1] if rises else moved[n]
    return [*moved, lower, upper]
