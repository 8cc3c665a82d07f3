"""What is said is shown once in the cell that says it, in plain words where it is asked again."""

import json

import nbformat
import pytest
from house import House, code
from nbclient import NotebookClient

from computecycle.notebook import claims


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> list[list[dict]]:
    """The outputs of each cell of a small notebook, as a kernel sends them to JupyterLab."""
    cells = [
        code("imports", "from computecycle.notebook import claims"),
        code("value", 'claims.value("a", "one", 1.0, "things")'),
        code("kept", 'two = claims.value("b", "two", 2.0, "things")'),
        code("claim", 'claims.claim("c", "It is {two}.", "two > one", two=two, one=1.0)'),
        code("again", "two"),
    ]
    folder = tmp_path_factory.mktemp("said")
    house = House(folder)
    house.write_chapter(cells, "small")
    book = nbformat.read(folder / "notebooks/small.ipynb", as_version=4)
    NotebookClient(book, kernel_name="python3").execute()
    return [[dict(each.data) for each in cell.outputs] for cell in book.cells]


def test_a_cell_that_ends_with_what_it_says_shows_it_once(outputs):
    (shown,) = outputs[1]
    assert json.loads(shown[claims.VALUE])["id"] == "a"
    (claim,) = outputs[3]
    assert claim["text/plain"] == "[holds] It is 2. (2 > 1)"
    assert json.loads(claim[claims.CLAIM])["told"] == "2 > 1"


def test_a_cell_that_keeps_what_it_says_shows_it_too(outputs):
    (shown,) = outputs[2]
    assert shown["text/plain"] == "two: 2"


def test_a_later_cell_shows_it_in_words_and_does_not_say_it_again(outputs):
    assert outputs[4] == [{"text/plain": "two: 2"}]
