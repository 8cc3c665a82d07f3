"""Expressions: arithmetic and comparisons as text, in conditions and in rows of the ledger.

The grammar is checked before anything is evaluated: numbers, names, calls of the functions that are
given, + - * / % **, `x if a > b else y`, and comparisons joined by `and`, `or`, `not`. A text may
stand only as what a call is given. Numbers are floats, so a huge power overflows at once; length
and depth have limits. simpleeval evaluates, which never runs Python itself.
"""

import ast
import functools
import itertools
import math
import operator
import warnings
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from simpleeval import InvalidExpression, SimpleEval

from computecycle.evidence.errors import InputError, did_you_mean

LONGEST = 4000  # letters
DEEPEST = 100  # steps down the tree: a sum of a hundred terms
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Mod, ast.Pow, ast.USub, ast.UAdd)
RELATIONS = (ast.Gt, ast.GtE, ast.Lt, ast.LtE, ast.Eq, ast.NotEq)
JOINING = (ast.And, ast.Or, ast.Not, ast.Load)
PARTS = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.IfExp,
    ast.Call,
    ast.keyword,
)
TRUTHS = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Call)
ARITHMETIC = dict(
    zip(
        OPERATORS[:6],
        (np.add, np.subtract, np.multiply, np.divide, np.mod, np.power),
        strict=True,
    )
)
UNARY = {ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: np.logical_not}
COMPARING = dict(
    zip(
        RELATIONS,
        (np.greater, np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal),
        strict=True,
    )
)
ALLOWED = (*PARTS, ast.Name, ast.Constant, *OPERATORS, *RELATIONS, *JOINING)


def parsed(text: str) -> ast.Expression:
    """Return an expression as a tree; InputError, as the end of a sentence, where it is none."""
    if len(text) > LONGEST:
        raise InputError(f"is {len(text):,} letters long; at most {LONGEST:,} are read")
    try:
        with warnings.catch_warnings(action="error"):  # what Python warns of is meant otherwise
            tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        reason = problem.msg if isinstance(problem, SyntaxError) else "nested too deeply"
        raise InputError(f"cannot be read: {reason}") from None
    _check(tree, 0, may_be_text=False)
    return tree


def _check(node: ast.AST, depth: int, may_be_text: bool) -> None:
    """Raise InputError where a node is of no allowed kind or lies too deep."""
    if depth > DEEPEST:
        raise InputError(f"is nested more than {DEEPEST} deep; split it")
    if not isinstance(node, ALLOWED) or (
        (isinstance(node, ast.Call) and not isinstance(node.func, ast.Name))
        or (isinstance(node, ast.keyword) and node.arg is None)
    ):
        shown = ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__
        raise InputError(
            f"may not hold `{shown[:40]}`; write numbers, names, + - * / % ** and calls"
        )
    if isinstance(node, ast.Constant):
        number = isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
        if not number and not (may_be_text and isinstance(node.value, (str, bool))):
            raise InputError(f"may not hold {str(node.value)[:40]!r} here")
    if isinstance(node, ast.BoolOp) and not all(isinstance(v, TRUTHS) for v in node.values):
        raise InputError("joins by `and` or `or` what is no comparison")
    inside_call = isinstance(node, (ast.Call, ast.keyword))
    for child in ast.iter_child_nodes(node):
        _check(child, depth + 1, may_be_text=inside_call)


@lru_cache(maxsize=4096)  # a condition is evaluated for many moves of its numbers
def names(tree: ast.AST) -> tuple[str, ...]:
    """Return the names that stand for numbers, in their order, each once."""
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n not in called]
    return tuple(dict.fromkeys(n.id for n in sorted(found, key=lambda n: (n.lineno, n.col_offset))))


@lru_cache(maxsize=4096)
def functions(tree: ast.AST) -> tuple[str, ...]:
    """Return the names of the functions that are called, each once."""
    return tuple(sorted({node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call)}))


def has_digits(tree: ast.AST) -> bool:
    """Return whether the expression holds a number of its own."""
    return any(
        isinstance(node, ast.Constant) and not isinstance(node.value, str)
        for node in ast.walk(tree)
    )


def value(
    tree: ast.Expression,
    numbers: Mapping[str, float],
    known: Mapping[str, Callable],
) -> float | bool:
    """Return what a tree from `parsed` gives: a finite number or a truth value.

    numbers : by name. known : the functions that may be called. InputError, as the end of a
    sentence, for an unknown name, a division by zero, a number that is not finite.
    """
    for found, given in ((names(tree), numbers), (functions(tree), known)):
        for name in found:
            if name not in given:
                hint = did_you_mean(name, sorted(given)).rstrip()
                raise InputError(f'names "{name}", which is not given.{hint}')
    evaluator = SimpleEval(names=dict(numbers), functions=dict(known))
    evaluator.nodes[ast.Constant] = lambda node: (
        node.value if isinstance(node.value, str) else float(node.value)
    )
    try:
        found = evaluator.eval("", previously_parsed=tree.body)
    except ZeroDivisionError:
        raise InputError("divides by zero") from None
    except (InvalidExpression, TypeError, ValueError, OverflowError) as problem:
        raise InputError(f"cannot be evaluated: {problem}") from None
    if isinstance(found, bool):
        return found
    if isinstance(found, complex) or not math.isfinite(found):
        raise InputError("gives no finite number")
    return float(found)


def truth(
    tree: ast.Expression,
    numbers: Mapping[str, float],
    known: Mapping[str, Callable],
) -> bool:
    """Return whether a condition holds; InputError where it gives a number, no truth value."""
    found = value(tree, numbers, known)
    if not isinstance(found, bool):
        raise InputError("is no condition; compare something")
    return found


def over(
    node: ast.AST, columns: Mapping[str, np.ndarray], known: Mapping[str, Callable]
) -> np.ndarray:
    """Return what a tree from `parsed` gives for many numbers at once, as `value` does for each.

    columns : arrays of one length, by name. known : functions of arrays. Where a number is missing
    (nan), or something is divided by zero, a comparison is false.
    """

    def part(each: ast.AST) -> np.ndarray:
        return over(each, columns, known)

    match node:
        case ast.Expression():
            return part(node.body)
        case ast.Constant():
            return float(node.value)
        case ast.Name():
            return columns[node.id]
        case ast.BinOp():
            return ARITHMETIC[type(node.op)](part(node.left), part(node.right))
        case ast.UnaryOp():
            return UNARY[type(node.op)](part(node.operand))
        case ast.IfExp():
            return np.where(part(node.test), part(node.body), part(node.orelse))
        case ast.BoolOp():
            join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            return functools.reduce(join, map(part, node.values))
        case ast.Compare():
            sides = [part(each) for each in (node.left, *node.comparators)]
            pairs = zip(node.ops, itertools.pairwise(sides), strict=True)
            return functools.reduce(
                np.logical_and, [COMPARING[type(op)](*pair) for op, pair in pairs]
            )
        case ast.Call():
            return known[node.func.id](*map(part, node.args))
    raise InputError(f"may not hold `{ast.unparse(node)[:40]}` over many numbers")
