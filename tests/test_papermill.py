"""The notebooks under the plain `papermill` command."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import warm
from house import REPOSITORY

from computecycle.evidence.errors import InputError
from computecycle.notebook import parameters
from computecycle.runs import executed


def papermill(*words: str, cwd, **more) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "papermill", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, **more)


WRONG = [
    (("strict", "no"), 'Parameter strict is "no"; it takes true or false.'),
    (("factor", "999999"), 'Parameter factor is "999999"; it takes a number from'),
    (("factor", "nan"), 'Parameter factor is "nan"; it takes a number from 0.25 to 4 (x).'),
    (("count", "3.0"), 'Parameter count is "3.0"; it takes a whole number from 1 to 10'),
    (("facto", "2"), 'Chapter trial has no parameter "facto". Did you mean "factor"?'),
    (("as_of", "2024-13-01"), 'Parameter as_of is "2024-13-01"; write a date as YYYY-MM-DD.'),
    (("as_of", "2099-01-01"), "Parameter as_of is 2099-01-01, and no table knows anything after"),
]
COMMAND = "from papermill.__main__ import papermill; papermill()"


def begun(path: Path) -> None:
    """Run a notebook to its check of the parameters, as a kernel does."""
    space = {"In": []}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            space["In"].append(cell.source)
            exec(cell.source, space)
        if "parameters.check(" in cell.source:
            return


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_a_chapter_tells_what_is_wrong_with_what_papermill_gives_it(
    built_trial, tmp_path, words, told
):
    source = str(built_trial.root / "notebooks/trial.ipynb")
    given = [source, "out.ipynb", "--prepare-only", "-p", *words]
    outcome = warm.run(COMMAND, given, tmp_path, built_trial.environment, 60)
    assert outcome.returncode == 0, outcome.stderr
    with pytest.raises(InputError, match=re.escape(told)):
        begun(tmp_path / "out.ipynb")


def test_the_plain_papermill_command_stops_where_the_chapter_tells_what_is_wrong(
    built_trial, tmp_path
):
    source, (words, told) = str(built_trial.root / "notebooks/trial.ipynb"), WRONG[0]
    outcome = papermill(
        source, "out.ipynb", "-p", *words, cwd=tmp_path, env=built_trial.environment
    )
    assert outcome.returncode != 0 and told in outcome.stderr
    said = executed.said(nbformat.read(tmp_path / "out.ipynb", as_version=4), "value")
    assert not said, "the chapter stopped before it said a number"


def test_the_plain_papermill_command_runs_the_real_chapter(tmp_path):
    source = str(REPOSITORY / "notebooks/capex_gap.ipynb")
    outcome = papermill(source, "out.ipynb", "-p", "gpu_run_rate", "200", cwd=tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    book = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    values = {value["id"]: value for value in executed.said(book, "value")}
    assert values["required-now"]["text"] == "$800 billion"
    assert values["required-now"]["number"] == pytest.approx(800)
    pictures = [
        output
        for cell in book.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(pictures) == len(executed.said(book, "figure")) > 5


def test_papermill_names_every_parameter_with_its_meaning(tmp_path):
    source = str(REPOSITORY / "notebooks/capex_gap.ipynb")
    outcome = papermill("--help-notebook", source, cwd=tmp_path)
    told = " ".join(outcome.stdout.split())
    for each in parameters.of(REPOSITORY, "capex_gap"):
        assert f"{each.name}: {each.type}" in told
        assert each.meaning in told
