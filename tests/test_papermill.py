"""The notebooks under the plain `papermill` command."""

import subprocess
import sys

import nbformat
import pytest
from house import REPOSITORY

from computecycle.notebook import parameters
from computecycle.runs import chapters


def papermill(*words: str, cwd) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "papermill", *words], cwd=cwd, capture_output=True, text=True
    )


def test_the_plain_papermill_command_runs_the_real_chapter(tmp_path):
    source = str(REPOSITORY / "notebooks/capex_gap.ipynb")
    outcome = papermill(source, "out.ipynb", "-p", "gpu_run_rate", "200", cwd=tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    book = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    values = {value["id"]: value for value in chapters.said(book, "value")}
    assert values["required-now"]["text"] == "$800 billion"
    assert values["required-now"]["number"] == pytest.approx(800)
    pictures = [
        output
        for cell in book.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(pictures) > 10


def test_papermill_names_every_parameter_with_its_meaning(tmp_path):
    source = str(REPOSITORY / "notebooks/capex_gap.ipynb")
    outcome = papermill("--help-notebook", source, cwd=tmp_path)
    told = " ".join(outcome.stdout.split())
    for each in parameters.of(REPOSITORY, "capex_gap"):
        assert f"{each.name}: {each.type}" in told
        assert each.meaning in told
