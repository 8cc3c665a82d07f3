"""The files of a figure: the same bytes each time, made anew only when their inputs change."""

import json
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from house import PRICES, contents, write_table

from computecycle.citing import capsules, edition, pictures, stamps
from computecycle.evidence import data

ID = "trial-prices"


@pytest.fixture
def house(built_trial, tmp_path, monkeypatch):
    """A copy of what the figure's files are made of; its own tables are the ones read, by the
    processes beside this one too, for which threads stand here."""
    for name in ("book", "data", "_build/figures"):
        shutil.copytree(built_trial.root / name, tmp_path / name)
    monkeypatch.setattr(data, "FOLDER", tmp_path / "data")
    monkeypatch.setattr(capsules, "pool", lambda count, begin: ThreadPoolExecutor(count))
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


DISTURBED = {
    "nothing": (lambda folder: None, 0),
    "a picture": (lambda folder: (folder / f"{ID}.png").write_bytes(b"half a pict"), 1),
    "a lost one": (lambda folder: (folder / f"{ID}-dark.svg").unlink(), 1),
    "what it says": (lambda folder: (folder / capsules.LABEL).write_text("{"), 1),
}


@pytest.mark.parametrize("what", DISTURBED)
def test_pictures_are_drawn_again_only_where_they_are_not_there_whole(
    job, built_trial, monkeypatch, what
):
    root, record, known, figure = job
    disturb, times = DISTURBED[what]
    shutil.copytree(built_trial.root / capsules.FOLDER, root / capsules.FOLDER)
    folder, drawn, png = root / capsules.FOLDER / ID, [], pictures.png
    monkeypatch.setattr(pictures, "png", lambda printed: drawn.append(1) or png(printed))
    before = contents(folder)
    disturb(folder)
    other = known | {"inputs": known["inputs"] | {"code": "0" * 64}}
    capsules.make(root, record, other, figure)
    after = contents(folder)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {f"{ID}-provenance.json", f"{ID}.zip", capsules.LABEL, ".made-of"}
    assert len(drawn) == times


def test_pictures_that_say_something_else_are_drawn_again(job, built_trial):
    root, record, known, figure = job
    shutil.copytree(built_trial.root / capsules.FOLDER, root / capsules.FOLDER)
    before = contents(root / capsules.FOLDER / ID)
    capsules.make(root, record, known, figure | {"title": "Another title"})
    after = contents(root / capsules.FOLDER / ID)
    assert before[f"{ID}.svg"] != after[f"{ID}.svg"]
    assert before[f"{ID}-small.png"] == after[f"{ID}-small.png"]


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
