"""Whether an expression computes anything, or only looks up what is printed a second time.

One cell is a repetition, also in another unit (a power of ten, twelve months a year), as a
multiple in place of a rise (1 + 0.5), or as the year or month of a date. So is the greatest or the
least of several cells, which is found among them: the last of the years of a table stands in it.
What another function makes of a cell, a count, two cells, or another factor is a computation.
"""

import ast
import math

MONTHS = 12
CALENDAR = ("year_of", "month_of")
LOOKED_UP = ("cell", "most", "least")
FOUND_AMONG = ("max", "min")


def only_repeats(node: ast.AST) -> bool:
    """Return whether an expression, as it is written, only repeats a cell."""
    if isinstance(node, ast.Expression):
        return only_repeats(node.body)
    if isinstance(node, ast.Call):
        if node.func.id in (*CALENDAR, *FOUND_AMONG):
            return all(map(only_repeats, node.args))
        return node.func.id in LOOKED_UP
    if not isinstance(node, ast.BinOp):
        return False
    left, right = constant(node.left), constant(node.right)
    if isinstance(node.op, ast.Mult):
        return (scales(left) and only_repeats(node.right)) or (
            scales(right) and only_repeats(node.left)
        )
    if isinstance(node.op, ast.Div):
        return scales(right) and only_repeats(node.left)
    added = isinstance(node.op, (ast.Add, ast.Sub)) and 1 in (left, right)
    return added and only_repeats(node.right if left == 1 else node.left)


def constant(node: ast.AST) -> float:
    """Return the number that a node is, 0 where it is none."""
    return node.value if isinstance(node, ast.Constant) else 0


def scales(number) -> bool:
    """Return whether a factor only changes the unit: a power of ten, or the months of a year."""
    if not isinstance(number, (int, float)) or number <= 0:
        return False
    return number == MONTHS or math.log10(number).is_integer()
