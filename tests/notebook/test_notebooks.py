"""A notebook is held to its format as a whole before anything of it is used."""

import json

import pytest

from computecycle.evidence.errors import InputError
from computecycle.notebook import parameters

FORMAT = " is no notebook of format 4.5"
DAMAGE = {  # what is done to the notebook, how the sentence goes on
    "no-cells": (lambda book: book.update(cells=[]), ", first cell: begin it with `# ` and"),
    "cells-null": (lambda book: book.update(cells=None), f"{FORMAT}: the notebook is not as"),
    "no-source": (lambda book: book["cells"][0].pop("source"), f"{FORMAT}: cell 1 is not"),
    "source-a-number": (lambda book: book["cells"][0].update(source=7), f"{FORMAT}: cell 1 is not"),
    "tags-null": (
        lambda book: book["cells"][0]["metadata"].update(tags=None),
        f"{FORMAT}: cell 1 is not",
    ),
    "no-format": (lambda book: book.pop("nbformat"), f"{FORMAT}; open and save it in Jupyter."),
    "older": (lambda book: book.update(nbformat_minor=4), f"{FORMAT}; open and save it in"),
    "two-of-an-id": (
        lambda book: book["cells"][1].update(id=book["cells"][0]["id"]),
        " has two cells with the id ",
    ),
    "no-title": (lambda book: book["cells"].pop(0), ", first cell: begin it with `# ` and the"),
}


@pytest.fixture
def book(trial) -> dict:
    """The notebook of the small house."""
    return json.loads((trial.root / "notebooks/trial.ipynb").read_text(encoding="utf-8"))


def refusal(trial, text: str) -> str:
    """The sentence with which a chapter of this text is refused."""
    (trial.root / "notebooks/trial.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        parameters.of(trial.root, "trial")
    return str(told.value)


@pytest.mark.parametrize(("damage", "sentence"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_notebook(trial, book, damage, sentence):
    damage(book)
    assert refusal(trial, json.dumps(book)).startswith(f"notebooks/trial.ipynb{sentence}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", f"{FORMAT}; open and save it in Jupyter."),
        ("{", " cannot be read: line 1: "),
        ("[" * 200_000, " cannot be read: it is no UTF-8, or nested too deep."),
        (" " * 20_000_001, " is larger than 20,000,000 bytes; clear its outputs."),
    ],
    ids=["a-list", "no-json", "deep", "huge"],
)
def test_a_text_that_is_no_notebook(trial, text, sentence):
    assert refusal(trial, text).startswith(f"notebooks/trial.ipynb{sentence}")
