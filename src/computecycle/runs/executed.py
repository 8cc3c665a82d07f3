"""What an executed notebook says: values, claims and figures, its page, what keeps it back."""

import nbformat

from computecycle.evidence.errors import InputError
from computecycle.notebook import notebooks
from computecycle.notebook import said as speech

NEWEST = 5  # rows named where a claim stops a build


class Doubted(InputError):
    """Claims of a chapter do not hold, so it cannot be published; the others still run."""


def said(executed: nbformat.NotebookNode, kind: str) -> list[dict]:
    """Return what a chapter said of one kind (value, claim, figure), in its order.

    What is said is displayed; a notebook repeats a cell's last expression as its result.
    """
    outputs = [
        output
        for cell in executed.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "display_data"
    ]
    return speech.read(outputs, kind)


def collected(executed: nbformat.NotebookNode, name: str) -> dict[str, list[dict]]:
    """Return the values, claims and figures of a run; InputError when an id occurs twice."""
    found = {f"{kind}s": said(executed, kind) for kind in ("value", "claim", "figure")}
    for kind, records in found.items():
        ids = [record["id"] for record in records]
        twice = sorted({id for id in ids if ids.count(id) > 1})
        if twice:
            raise InputError(f"Chapter {name} has {kind} with the same id: {', '.join(twice)}.")
    return found


def page(executed: nbformat.NotebookNode, name: str) -> str:
    """Return a chapter as it is read, in MyST Markdown: its text, and each figure in its place.

    Its code and its numbers have pages of their own. InputError when a cell has printed something.
    """
    parts = []
    for cell in executed.cells:
        if cell.cell_type == "markdown":
            parts.append(notebooks.anchored(cell))
        if cell.cell_type != "code":
            continue
        noise = [output for output in cell.outputs if output.output_type in ("stream", "error")]
        if noise:
            raise InputError(
                f'Chapter {name}, cell "{cell.id}" printed: {noise[0].get("text", "")}'
            )
        for figure in said(nbformat.from_dict({"cells": [cell]}), "figure"):
            parts.append(f"```{{chart}} {figure['id']}\n```")
    return "\n\n".join(parts) + "\n"


def publishable(executed: nbformat.NotebookNode, name: str) -> None:
    """Raise Doubted with every claim of a run that does not hold or cannot be told."""
    doubted = [
        doubt(name, cell.id, claim, said(executed, "value"))
        for cell in executed.cells
        if cell.cell_type == "code"
        for claim in said(nbformat.from_dict({"cells": [cell]}), "claim")
        if claim["holds"] is not True
    ]
    if doubted:
        raise Doubted("\n".join(doubted))


def doubt(name: str, cell: str, claim: dict, values: list[dict]) -> str:
    """Return what an author must know of a claim that cannot be published."""
    verdict = "does not hold" if claim["holds"] is False else "cannot be told"
    verdict += f", as {claim['why']}" if claim["why"] else ""
    ids = set(claim["values"].values())
    rows = [row for value in values if value["id"] in ids for row in value["rows"]]
    rows += [row for other in claim["others"] for row in other["rows"]]
    day = max((row["known_from"] for row in rows), default="")
    newest = [place for row in rows if row["known_from"] == day for place in row["rows"]]
    places = ", ".join(dict.fromkeys(newest[:NEWEST]))
    resting = f" Its newest rows, of {day}: {places}." if places else ""
    return (
        f'Chapter {name}, cell "{cell}": claim "{claim["id"]}" {verdict}: "{claim["text"]}" '
        f"Its condition {claim['condition']} comes out as {claim['told']}.{resting} "
        "Change the sentence, or correct the rows."
    )
