"""Fixtures: houses (see `house`) in which a test may run, break and build what it likes."""

import fcntl
import gc
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import chromium
import dealing
import pytest
from charting import quick_schemas
from house import (
    CHIPS,
    CHIPS_BIBLIOGRAPHY,
    MOVED,
    PRICES,
    House,
    chips_descriptor,
    copy_of_the_report,
    dressed,
    furnish,
    trial_cells,
    write_table,
)
from playwright.sync_api import Browser, sync_playwright
from warm import QUIET

from computecycle.site import fonts

# what many processes import is compiled once, whatever the environment says
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

quick_schemas()
gc.set_threshold(*QUIET)


def made_once(tmp_path_factory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder made by the first test process that asks; the others wait for it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, made = shared / name / "house", shared / f"{name}.made"
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            made.touch()
    return folder


@pytest.fixture(scope="session")
def type_of_pages(tmp_path_factory) -> Path:
    """The fonts of pages as a build keeps them for the next; no test needs them made anew."""
    return made_once(tmp_path_factory, "fonts", fonts.css)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Deal the tests to the processes, before pytest-xdist writes the groups into their names."""
    dealing.deal(items)
    result = yield
    dealing.tell(items)
    return result


@pytest.fixture(scope="session")
def forked_kernels():
    """A process from which the kernels of all houses are forked, each with its house's package."""
    from computecycle.runs import kernels

    with kernels.ready():
        yield


@pytest.fixture
def trial(tmp_path, type_of_pages, forked_kernels) -> House:
    """A small house of its own for one test; no chapter has run in it, no page is built."""
    return dressed(furnish(tmp_path / "house"), type_of_pages)


def built_once(
    tmp_path_factory, name: str, furnished: Callable[[Path], House], fonts: Path
) -> House:
    """A house with its site, built once for all test processes."""

    def build(folder: Path) -> None:
        outcome = dressed(furnished(folder), fonts).run("book")
        assert outcome.returncode == 0, outcome.stderr

    return House(made_once(tmp_path_factory, name, build))


@pytest.fixture(scope="session")
def built_trial(tmp_path_factory, type_of_pages, forked_kernels) -> House:
    """The small house with its site built; for tests that leave it as it is."""
    return built_once(tmp_path_factory, "trial", furnish, type_of_pages)


@pytest.fixture
def old_site(built_trial, tmp_path) -> House:
    """A copy of the small house with its site built, for one test to disturb."""
    shutil.copytree(built_trial.root, tmp_path / "house", symlinks=True)
    return House(tmp_path / "house")


@pytest.fixture(scope="session")
def changed_site(built_trial, tmp_path_factory) -> House:
    """The small house built again after changes of several kinds: rows, a sentence of a page, the
    id of a figure, files in `data/` that nothing describes. What was said before and at the build
    is in two files."""

    def change(root: Path) -> None:
        shutil.copytree(built_trial.root, root, symlinks=True)
        house = House(root)
        write_table(root / "data/prices.csv", [MOVED, PRICES[1]])
        shutil.copy2(root / "data/unused.csv", root / "data/unused.old")
        write_table(root / "data/unused.csv", [MOVED])
        with (root / "book/data.md").open("a") as page:
            page.write("\nA new sentence.\n")
        (root / "data/.~lock.prices.csv#").write_text("somebody")
        write_table(root / "data/mine/prices.csv", PRICES)
        (root / "expected.txt").write_text(house.run("status").stdout)
        cells = trial_cells()
        for cell in cells:
            cell.source = cell.source.replace("trial-prices", "trial-others")
        house.write_chapter(cells)
        outcome = house.run("book")
        assert outcome.returncode == 0, outcome.stderr
        (root / "told.txt").write_text(outcome.stdout)

    return House(made_once(tmp_path_factory, "changed", change))


@pytest.fixture(scope="session")
def report(tmp_path_factory, type_of_pages, forked_kernels) -> House:
    """The report itself, copied and built once."""
    return built_once(tmp_path_factory, "report", copy_of_the_report, type_of_pages)


ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # no other host is found
ARGUMENTS = [*chromium.ARGUMENTS, ALONE, "--disable-gpu", "--disable-software-rasterizer"]
ARGUMENTS += ["--in-process-gpu"]  # nothing is drawn by another process


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser; a test opens its pages by `browsing.visiting`."""
    path = chromium.found()
    assert path, chromium.MISSING
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def shelf(tmp_path, monkeypatch) -> Path:
    """A data folder with one small table, `chips`, in place of the report's own."""
    from computecycle.evidence import data

    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "chips.csv").write_text(CHIPS, encoding="utf-8")
    (folder / "sources.bib").write_text(CHIPS_BIBLIOGRAPHY, encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(chips_descriptor()), encoding="utf-8")
    monkeypatch.setattr(data, "FOLDER", folder)
    data.sources.cache_clear()
    yield folder
    data.sources.cache_clear()
