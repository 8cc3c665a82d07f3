"""The condition of a claim: an expression over the claim's own numbers, without one of its own.

It is evaluated by the evaluator of the ledger, printed with its numbers, and its numbers are moved
to see whether the sentence could have come out false.
"""

import ast
import copy
from collections.abc import Iterator, Mapping

import numpy as np

from computecycle.evidence import expressions, words
from computecycle.evidence.errors import InputError

SIGNS = {" * ": " × ", " <= ": " ≤ ", " >= ": " ≥ ", " == ": " = ", " != ": " ≠ ", " - ": " − "}


def read(text: str) -> ast.Expression:
    """Return a condition as a tree; InputError, as the end of a sentence, where it is none."""
    if not isinstance(text, str):
        raise InputError(f"is {text!r}; write it as a text over the claim's own numbers")
    tree = expressions.parsed(text)
    if expressions.has_digits(tree):
        raise InputError("holds a number of its own; give it by name, or use a word of the report")
    return tree


def holds(tree: ast.Expression, numbers: Mapping[str, float]) -> bool:
    """Return whether a condition holds for some numbers, by name."""
    return expressions.truth(tree, numbers, words.functions())


def held(tree: ast.Expression, columns: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return whether a condition holds for each of many numbers, given by name as arrays; None
    where one of them is missing."""
    length = np.broadcast_shapes(*map(np.shape, columns.values()))
    arrays = {name: np.broadcast_to(each, length).astype(float) for name, each in columns.items()}
    with np.errstate(divide="ignore", invalid="ignore"):
        verdicts = expressions.over(tree, arrays, words.functions_of_arrays()).astype(object)
    verdicts[~np.isfinite(list(arrays.values())).all(axis=0)] = None
    return verdicts


def moves(name: str, numbers: Mapping[str, float]) -> Iterator[float]:
    """Yield where one number is moved to: halved, doubled, negated, one more and one less, and to
    both sides of each other number and a little beyond."""
    own = numbers[name]
    yield from (own / 2, own * 2, -own, own + 1, own - 1, own * 0.7, own * 1.4, own * 10, own / 10)
    for other in (numbers[each] for each in numbers if each != name):
        step = 0.01 * abs(other) or 0.01
        yield from (other - step, other + step, other * 0.6, other * 1.7, other)


def turning(tree: ast.Expression, numbers: Mapping[str, float]) -> Iterator[tuple]:
    """Yield each number of a condition by name, with a move that turns the verdict, or None."""
    verdict, known = holds(tree, numbers), words.functions()

    def turns(name: str, moved: float) -> bool:
        try:
            return expressions.truth(tree, {**numbers, name: moved}, known) is not verdict
        except InputError:  # divides by zero, say: no verdict, so none that is turned
            return False

    for name in expressions.names(tree):
        yield name, next((moved for moved in moves(name, numbers) if turns(name, moved)), None)


def sides(tree: ast.Expression) -> Iterator[list[tuple[str, ...]]]:
    """Yield what is set beside each other, by a comparison or a word: the names on each side."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield [expressions.names(each) for each in (node.left, *node.comparators)]
        if isinstance(node, ast.Call) and node.func.id in words.known():
            yield [expressions.names(each) for each in node.args]


def parts(tree: ast.Expression) -> list[ast.Expression]:
    """Return what a condition joins by `and`, or the condition itself."""
    joined = tree.body.values if _all(tree.body) else [tree.body]
    return [ast.fix_missing_locations(ast.Expression(each)) for each in joined]


def _all(node: ast.AST) -> bool:
    return isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And)


def same_verdict(
    tree: ast.Expression, numbers: Mapping[str, float], others: Mapping[str, float]
) -> bool:
    """Return whether a condition holds for some numbers as it does for others that come near."""
    try:
        return holds(tree, numbers) is holds(tree, others)
    except InputError:  # divides by what is nothing once it is rounded
        return False


def kin(tree: ast.Expression) -> list[set[str]]:
    """Return the names that are of one kind, in groups: set beside each other as they are, or
    added to or taken from what is."""
    groups = []
    for node in ast.walk(tree):
        group = set(_terms(node)) if not isinstance(node, ast.Name) else set()
        for each in [other for other in groups if other & group]:
            groups.remove(each)
            group |= each
        groups += [group] if group else []
    return groups


def _terms(node: ast.AST) -> tuple[str, ...]:
    """Return the names that a comparison, a word, a sum or a difference takes as they are."""
    match node:
        case ast.Name():
            return (node.id,)
        case ast.BinOp(left, ast.Add() | ast.Sub(), right):
            return _terms(left) + _terms(right)
        case ast.Compare(left, _, right):
            return sum(map(_terms, (left, *right)), ())
        case ast.Call(_, args):
            return sum(map(_terms, args), ())
    return ()


class _Told(ast.NodeTransformer):
    """Puts the printed numbers in place of the names, and each word as it is printed."""

    def __init__(self, texts: Mapping[str, str]):
        self.texts = texts

    def visit_Call(self, node):
        """Return a word as it is printed; any other call with its numbers."""
        self.generic_visit(node)
        word = words.known().get(node.func.id)
        if word is None:
            return node
        given = map(ast.unparse, node.args)
        told = word.reads.format(**dict(zip(word.letters, given, strict=True)))
        return ast.Name(told, ast.Load())

    def visit_UnaryOp(self, node):
        """Return the negative of a printed number that is negative as what it is without."""
        self.generic_visit(node)
        number = node.operand
        if isinstance(node.op, ast.USub) and isinstance(number, ast.Name):
            return ast.Name(number.id[1:] if number.id[0] == "−" else f"−{number.id}")
        return node

    def visit_Name(self, node):
        """Return the printed number that a name stands for."""
        return ast.Name(self.texts.get(node.id, node.id), ast.Load())


def told(tree: ast.Expression, texts: Mapping[str, str]) -> str:
    """Return a condition with its numbers as they are printed: `1,203 > 600 > 200`."""
    words_of = ast.unparse(_Told(texts).visit(copy.deepcopy(tree)))
    for plain, sign in SIGNS.items():
        words_of = words_of.replace(plain, sign)
    return words_of
