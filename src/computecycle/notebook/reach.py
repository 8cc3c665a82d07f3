"""What a parameter of a chapter can move: the values, claims and figures that its name flows into.

Read off the code, statement by statement: what is made from a name that was reached is reached.
So a number may be listed that a given change leaves as it is; one that is not listed cannot move.
"""

import ast
from pathlib import Path

from computecycle.notebook import notebooks, parameters

LISTED = 4  # ids that a line names
SAYING = {"value": "values", "date": "values", "claim": "claims", "show": "figures"}


def of(root: Path, name: str) -> dict[str, dict[str, list[str]]]:
    """Return, by parameter, the ids of the values, claims and figures that it can move."""
    cells = [c for c in notebooks.source(root, name).cells if c.cell_type == "code"]
    code = [c.source for c in cells if "parameters" not in c.metadata.get("tags", [])]
    lines = [node for each in code for node in ast.parse(each).body]
    return {each.name: flowing(lines, each.name) for each in parameters.of(root, name)}


def flowing(lines: list[ast.stmt], first: str) -> dict[str, list[str]]:
    """Return the ids of what is said with a name, or with what was made from it."""
    reached, found = {first}, {kind: [] for kind in ("values", "claims", "figures")}
    for line in lines:
        own = inside(line)
        names = [node for node in ast.walk(line) if isinstance(node, ast.Name)]
        names = [node for node in names if node.id not in own]
        stored = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        if not reached & {node.id for node in names if isinstance(node.ctx, ast.Load)}:
            reached -= stored  # a name that is used again, for something else
            continue
        reached |= stored
        reached |= changed(line)
        for call in (node for node in ast.walk(line) if isinstance(node, ast.Call)):
            kind = SAYING.get(getattr(call.func, "attr", ""))
            texts = [each.value for each in call.args[:2] if isinstance(each, ast.Constant)]
            if kind and texts:
                found[kind].append(texts[0])
    return found


def inside(line: ast.stmt) -> set[str]:
    """Return the names that live inside a comprehension of a statement alone."""
    each = [node.target for node in ast.walk(line) if isinstance(node, ast.comprehension)]
    return {node.id for one in each for node in ast.walk(one) if isinstance(node, ast.Name)}


def changed(line: ast.stmt) -> set[str]:
    """Return the names of what a statement changes in place: `rows["share"] = ...`."""
    places = [node for node in ast.walk(line) if isinstance(node, (ast.Subscript, ast.Attribute))]
    places = [node.value for node in places if isinstance(node.ctx, ast.Store)]
    return {node.id for node in places if isinstance(node, ast.Name)}


def told(found: dict[str, list[str]]) -> str:
    """Return what a parameter can move, in words."""
    parts = [
        f"{len(ids)} {kind[: -1 if len(ids) == 1 else None]}{listed(ids)}"
        for kind, ids in found.items()
        if ids
    ]
    return f"can move {', '.join(parts)}" if parts else "moves no number"


def listed(ids: list[str], shown: int = LISTED) -> str:
    """Return the first of some ids in brackets, and how many are left."""
    more = f", {len(ids) - shown} more" if len(ids) > shown else ""
    return f" ({', '.join(ids[:shown])}{more})"
