"""A notebook is held to its format as a whole before anything of it is used."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from computecycle.evidence.errors import InputError
from computecycle.notebook import notebooks, parameters

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


PARTS = ["cells", "metadata", "nbformat", "nbformat_minor"]
JSON = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.none())


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(draw=st.data())
def test_whatever_stands_in_a_notebook_is_read_or_refused_in_a_sentence(trial, book, draw):
    damaged = copy.deepcopy(book)
    part = damaged["cells"][draw.draw(st.integers(0, len(damaged["cells"]) - 1))]
    part = draw.draw(st.sampled_from([part, damaged]))
    part[draw.draw(st.sampled_from(sorted(part)))] = draw.draw(JSON)
    path = trial.root / "notebooks/trial.ipynb"
    path.write_text(json.dumps(damaged), encoding="utf-8")
    try:
        parameters.of(trial.root, "trial")
        notebooks.tables(trial.root, "trial")
    except InputError as problem:
        assert str(problem).startswith("notebooks/trial.ipynb")
