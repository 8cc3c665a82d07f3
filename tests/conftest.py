"""Fixtures: houses (see `house`) in which a test may run, break and build what it likes."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
from house import (
    CHIPS,
    CHIPS_BIBLIOGRAPHY,
    House,
    chips_descriptor,
    copy_of_the_report,
    furnish,
)
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture
def trial(tmp_path) -> House:
    """A small house of its own for one test; nothing has been built in it."""
    return furnish(tmp_path / "house")


@pytest.fixture(scope="session")
def built_trial(tmp_path_factory) -> House:
    """The small house with its site built; for tests that leave it as it is."""
    house = furnish(tmp_path_factory.mktemp("trial") / "house")
    outcome = house.run("book")
    assert outcome.returncode == 0, outcome.stderr
    return house


@pytest.fixture
def old_site(built_trial, tmp_path) -> House:
    """A copy of the small house with its site built, for one test to disturb."""
    shutil.copytree(built_trial.root, tmp_path / "house", symlinks=True)
    return House(tmp_path / "house")


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> House:
    """The report itself, copied and built once."""
    house = copy_of_the_report(tmp_path_factory.mktemp("report") / "house")
    outcome = house.run("book")
    assert outcome.returncode == 0, outcome.stderr
    return house


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser; a test opens its pages by `browsing.visiting`."""
    path = chromium.found()
    assert path, chromium.MISSING
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
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
