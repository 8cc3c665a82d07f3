"""The stages of a build: how long each took, and what one that changed little leaves out."""

import re

import pytest
from house import PRICES, House, write_table

from computecycle.evidence import data
from computecycle.runs import chapters
from computecycle.site import build


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
    monkeypatch.setattr(build, "check_tables", lambda: asked.append(path))
    with (inside.root / path).open("a") as file:
        file.write("\n")
    build.check_changed(inside.root)
    build.check_changed(inside.root)
    assert asked == [path] * again


def read(house: House) -> dict[str, int]:
    """When each page was last read: by its path in the book."""
    folder = house.root.joinpath("_build", "work", "_build", ".doctrees", "book")
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*.doctree")
    }


CELLS = [  # a table of which a cell changes, the chapters that run, the pages that are read again
    ("unused", 0, {"data", "sources"}),  # all tables, and where each source is used
    ("prices", 1, {"data", "sources", "chapters/trial", "index"}),
]


def test_a_build_does_what_follows_from_a_cell_and_says_how_long_each_stage_took(old_site):
    with (old_site.root / "book/data.md").open("a") as file:
        file.write("\nA new sentence.\n")
    outcome = old_site.run("book", "--timings")  # reads all pages: they stand in another place
    assert outcome.returncode == 0, outcome.stderr
    took = stages(outcome.stdout)
    assert list(took) == [
        "Starting",
        *(line for line in outcome.stdout.splitlines() if line in took),
    ]
    assert took["Building the pages"][0] > 0 < took["Building the pages"][1]
    for name, ran, again in CELLS:
        before, row = read(old_site), [*PRICES[1][:1], "30", *PRICES[1][2:]]
        write_table(old_site.root / f"data/{name}.csv", [PRICES[0], row])
        outcome = old_site.run("book")
        assert outcome.returncode == 0, outcome.stderr
        assert outcome.stdout.count("\n  chapter ") == ran
        after = read(old_site)
        assert {page for page in before if before[page] != after[page]} == again
    assert "Seconds" not in outcome.stdout
