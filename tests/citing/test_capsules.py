"""The files of a figure: the same bytes each time, made anew only when their inputs change."""

import json
import shutil
import zipfile

import pytest
from house import PRICES, contents, write_table

from computecycle.citing import capsules, edition, stamps
from computecycle.evidence import data

ID = "trial-prices"


@pytest.fixture
def house(built_trial, tmp_path, monkeypatch):
    """A copy of what the figure's files are made of; its own tables are the ones read."""
    for name in ("book", "data", "_build/figures"):
        shutil.copytree(built_trial.root / name, tmp_path / name)
    monkeypatch.setattr(data, "FOLDER", tmp_path / "data")
    data.sources.cache_clear()
    yield tmp_path
    data.sources.cache_clear()


@pytest.fixture
def job(house, built_trial):
    """What `make` is given: root, edition, results of the chapter, the figure."""
    known = built_trial.results()
    return house, edition.record(house), known, known["figures"][0]


def test_files_are_made_once_and_anew_when_an_input_changes(job, built_trial):
    root, record, known, _ = job
    capsules.make_all(root, record, [known])
    first = contents(root / capsules.FOLDER)
    assert first == contents(built_trial.root / capsules.FOLDER)
    times = {path: path.stat().st_mtime_ns for path in (root / capsules.FOLDER).rglob("*")}
    capsules.make_all(root, record, [known])
    assert times == {path: path.stat().st_mtime_ns for path in times}
    assert not capsules.is_current(root, record | {"edition": "2026.12"}, known, job[3])


def test_files_of_a_figure_that_is_gone_are_removed(job):
    root, record, known, _ = job
    (root / capsules.FOLDER / "gone").mkdir(parents=True)
    capsules.make_all(root, record, [known])
    assert [path.name for path in (root / capsules.FOLDER).iterdir()] == [ID]


def test_files_of_a_rerun_say_what_was_set(job):
    root, record, known, figure = job
    row = figure["rows"][0] | {"rows": ["overlay/prices.csv:2"]}
    rerun = known | {"published": False}
    rerun["inputs"] = known["inputs"] | {"parameters": {"factor": 2.0, "mode": "<b>slow</b>"}}
    write_table(root / "overlay/prices.csv", [["quince", "30", *PRICES[0][2:]]])
    capsules.make(root, record, rerun, figure | {"rows": [row]})
    said = "Not the published edition: factor = 2.0, mode = <b>slow</b>"
    folder = root / capsules.FOLDER / ID
    assert stamps.read_svg((folder / f"{ID}.svg").read_bytes()).label["rerun"] == said
    assert stamps.read_pdf((folder / f"{ID}.pdf").read_bytes()).label["rerun"] == said
    with zipfile.ZipFile(folder / f"{ID}.zip") as packed:
        assert said in " ".join(packed.read("README.txt").decode().split())
        assert b"quince,30" in packed.read("rows/prices.csv")
        assert json.loads(packed.read(f"{ID}-provenance.json"))["published"] is False
