"""The stages of a build: how long each took, and what one that changed little leaves out."""

import json
import os
import re
import shutil

import pytest
from house import PRICES, House, contents, write_table

from computecycle.evidence import data
from computecycle.runs import chapters, studies
from computecycle.site import build, checking, written


def stages(told: str) -> dict[str, tuple[float, float]]:
    """The seconds by the clock and of the processor of each stage."""
    found = re.findall(r"^ +([\d.]+) +([\d.]+)  (.+)$", told, re.MULTILINE)
    return {stage: (float(clock), float(used)) for clock, used, stage in found}


@pytest.fixture
def inside(old_site, monkeypatch) -> House:
    """A house with its site, in which this process works; what it checks is counted."""
    monkeypatch.setattr(data, "FOLDER", old_site.root / "data")
    monkeypatch.setattr(chapters, "CODE", old_site.root / "src/computecycle")
    return old_site


@pytest.mark.parametrize(
    ("path", "again"),
    [
        ("book/data.md", False),
        ("src/computecycle/quantities/growth.py", False),
        ("data/unused.csv", True),
        ("data/sources.bib", True),
        ("src/computecycle/evidence/spelling.py", True),
    ],
)
def test_tables_are_checked_again_when_they_or_their_checks_changed(
    inside, monkeypatch, path, again
):
    asked = []
    monkeypatch.setattr(checking, "tables", lambda: asked.append(path))
    with (inside.root / path).open("a") as file:
        file.write("\n")
    checking.changed(inside.root)
    checking.changed(inside.root)
    assert asked == [path] * again


@pytest.mark.parametrize("path", ["src/computecycle/site/cards.py", "book/templates/page.html"])
def test_all_pages_are_read_again_when_what_makes_them_changed(inside, path):
    before = build.framework(inside.root)
    with (inside.root / path).open("a") as file:
        file.write("\n")
    assert build.framework(inside.root) != before


def touched(house: House) -> tuple[list[str], list[str]]:
    """The pages that the last build read, and those that it wrote."""
    path = house.root.joinpath("_build", "work", "_build", ".doctrees", written.KEPT)
    known = json.loads(path.read_text(encoding="utf-8"))
    return known["read"], known["written"]


def built(house: House, *words: str) -> str:
    """What a build says, which must end well."""
    outcome = house.run("book", *words)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def with_price(row: list[str]) -> list[str]:
    """A row of the trial tables with another price."""
    return [row[0], "30", *row[2:]]


FAILING = """
import shutil, time
from pathlib import Path
import psutil
from computecycle.site import build

pages = Path("_build", "work", "_build", "html").resolve()
def draw():
    while not (pages / "tables/prices.html").exists():
        time.sleep(0.02)
    time.sleep(2)  # in which the figures' pages would follow
    raise OSError("no room for pictures")

shutil.rmtree(pages.parents[1])
try:
    with build.ready(Path.cwd()) as process:
        build.begin(Path.cwd(), process)
        build.build_pages(Path.cwd(), process, draw, print)
except OSError as problem:
    left = [*pages.glob("figures/*.html"), *psutil.Process().children()]
    print(problem, left)
"""


def test_pages_are_built_beside_pictures_and_wait_for_them(old_site):
    outcome = old_site.anew(code=FAILING)
    assert outcome.stdout == "no room for pictures []\n", outcome.stderr


TABLE = "tables/prices"
NUMBERS = ["book/chapters/trial/notebook", "book/chapters/trial/numbers"]
FIGURE = ["embed/trial-prices", "figures/trial-prices"]


def test_a_build_and_a_rerun_do_what_follows_from_what_changed(old_site, tmp_path):
    with (old_site.root / "book/data.md").open("a") as file:
        file.write("\nA new sentence.\n")
    told = built(old_site, "--timings")  # reads all pages: they stand in another place
    took = stages(told)
    assert list(took) == ["Starting", *(line for line in told.splitlines() if line in took)]
    assert took["Building pages and pictures"][0] > 0 < took["Building pages and pictures"][1]
    assert "Seconds" not in built(old_site)
    first = (old_site.root / "_build/html").resolve()
    whole = contents(shutil.copytree(first, tmp_path / "first", copy_function=os.link))

    write_table(old_site.root / "data/unused.csv", [with_price(PRICES[0])])  # which no page quotes
    told = built(old_site)
    assert "\n  chapter " not in told
    assert touched(old_site) == ([], ["tables/unused"])
    assert "\n  0 pages read, 1 of " in told

    write_table(old_site.root / "data/prices.csv", [PRICES[0], with_price(PRICES[1])])
    told = built(old_site)
    assert told.count("\n  chapter ") == 1
    quoting = ["book/chapters/trial", "book/index"]
    assert touched(old_site) == (quoting, sorted([*quoting, *NUMBERS[1:], *FIGURE, TABLE]))

    outcome = old_site.run("run", "trial", "-p", "factor=2", "--timings")
    assert outcome.returncode == 0, outcome.stderr
    took = list(stages(outcome.stdout))
    assert took == ["Starting", *(line for line in outcome.stdout.splitlines() if line in took)]
    read, wrote = touched(House(old_site.root / studies.STAGE))
    assert read == quoting
    assert {*quoting, "book/data", TABLE} <= {*wrote}, "each bears the mark of the rerun"
    study = old_site.root / "_build/runs/trial-factor-2"
    shutil.copytree(study, tmp_path / "study", copy_function=os.link)
    before = contents(study)
    assert old_site.run("run", "trial", "-p", "factor=3").returncode == 0
    assert contents(tmp_path / "first") == whole, "no file of a site is written into"
    assert contents(tmp_path / "study") == before == contents(study)
