"""A wheel carries the whole report: from an empty folder, with nothing of the checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from house import COMMAND, REPOSITORY, contents, furnish

WATCHED = f"""
import os, sys
def watch(event, given, inside={str(REPOSITORY)!r} + os.sep, own={sys.prefix!r}):
    if event == "open" and isinstance(given[0], (str, bytes)):
        path = os.path.abspath(os.fsdecode(given[0]))
        if path.startswith(inside) and not path.startswith(own):
            os.write(2, ("read " + path + chr(10)).encode())
            os._exit(3)
sys.addaudithook(watch)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder of packages with the report as its wheel installs it."""
    made = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    (wheel,) = made.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(made / "site")
    return made / "site"


@pytest.fixture
def alone(installed, tmp_path):
    """Run Python in an empty folder; what is opened in the checkout ends it."""

    def run(code: str) -> str:
        outcome = subprocess.run(
            [sys.executable, "-c", WATCHED + code],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert outcome.returncode == 0, outcome.stderr
        return outcome.stdout

    return run


def command(*words: str) -> str:
    return f"from computecycle.cli import main\nmain({list(words)!r})"


def test_a_wheel_carries_what_the_report_is_written_from(installed):
    report = installed / "computecycle/report"
    for name in ("data", "notebooks", "book"):
        theirs = contents(report / name)
        ours = {n: c for n, c in contents(REPOSITORY / name).items() if n[:9] != "chapters/"}
        assert theirs == {n: c for n, c in ours.items() if ".ipynb_checkpoints" not in n}
    assert (report / "_toc.yml").read_bytes() == (REPOSITORY / "_toc.yml").read_bytes()
    (entry,) = installed.glob("*.dist-info/entry_points.txt")
    assert "computecycle = computecycle.cli:main" in entry.read_text()


def test_what_only_reads_leaves_nothing_behind(alone, tmp_path):
    assert "tables are as described" in alone(command("check"))
    assert "recomputed" in alone(command("ledger", "--verdict", "recomputed"))
    assert not list(tmp_path.iterdir())


def test_a_chapter_runs_and_what_it_leaves_lies_in_the_current_folder(alone, tmp_path):
    told = alone(command("sweep", "capex_gap", "-p", "cloud_margin=0:0.5:3"))
    (study,) = (tmp_path / "_build/sweeps").iterdir()
    assert f"figures are in {study}" in told and (study / "points.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["_build"]


def test_the_site_of_an_installed_report_is_built_in_the_current_folder(built_trial, tmp_path):
    """A small report in the place of the whole; its clean build is that of a checkout."""
    house = furnish(tmp_path / "house")
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    shutil.copytree(house.root, site / "computecycle/report", ignore=lambda *_: {"src"})
    shutil.copytree(house.root / "src", site, dirs_exist_ok=True)
    shutil.rmtree(house.root)
    before = contents(site / "computecycle/report")
    environment = {**os.environ, "PYTHONPATH": str(site)}
    build = subprocess.run(
        [*COMMAND, "book"], cwd=empty, env=environment, capture_output=True, text=True, timeout=300
    )
    assert build.returncode == 0, build.stderr
    assert (empty / "_build/report/_build/html/index.html").exists()
    for made in ("html", "results", "figures"):
        theirs = contents(empty / "_build/report/_build" / made)
        assert theirs == contents(built_trial.root / "_build" / made), made
    assert contents(site / "computecycle/report") == before


def test_a_report_from_a_wheel_is_not_extended(alone):
    with pytest.raises(AssertionError, match="do that in a checkout"):
        alone(command("new", "chapter", "things", "--table", "ranges"))


def test_the_report_from_python(alone):
    told = alone(
        "import sys, computecycle\n"
        "assert 'pandas' not in sys.modules\n"
        "early = computecycle.table('nvidia_results', as_of='2024-06-30')\n"
        "print(len(early) < len(computecycle.table('nvidia_results')))\n"
        "told = {'datacenter_cost_multiple': 2, 'end_user_margin': 0.5, 'ai_revenue': 70}\n"
        "print(computecycle.scenarios(gpu_run_rate=[50, 150], **told)['required'].tolist())\n"
        "model = computecycle.model('capex_gap', cloud_margin=0.5)\n"
        "at = model.values(early.iloc[:0].reindex(columns=model.ranges['assumption']))\n"
        "print(len(at), model.base['cloud_margin'])\n"
        "swept = computecycle.sweep('capex_gap', 'useful_life_years=3:8:6', out='points')\n"
        "print(swept.claims()['claim'].iloc[0], len(swept.points))\n"
    )
    assert told.splitlines() == ["True", "[200.0, 600.0]", "0 0.5", "not-yet 6"]
