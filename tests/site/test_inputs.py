"""A rerun on rows of a reader's own shows the same everywhere as an edition made of these rows."""

import shutil
import sqlite3

import pytest
from house import FIELDS, PRICES, House, contents, write_table

from computecycle.evidence.data import Package

OWN = ["plum", "35", "me", "my sheet", "2022-03-04", "own", "a guess"]
BIBLIOGRAPHY = "@misc{me, author = {Analyst, Ann}, title = {A guess & more}, year = {2022}%s}\n"


@pytest.fixture(scope="module")
def houses(built_trial, tmp_path_factory) -> tuple[House, House]:
    """A rerun with a row of a reader's own, and an edition that has the row in its table."""
    folder = tmp_path_factory.mktemp("inputs")
    for name in ("rerun", "edition"):
        shutil.copytree(built_trial.root, folder / name, symlinks=True)
    edition, tables = House(folder / "edition"), folder / "tables"
    write_table(tables / "prices.csv", [OWN])
    (tables / "sources.bib").write_text(BIBLIOGRAPHY % "")
    made = House(folder / "rerun").run("run", "trial", "--data", str(tables))
    assert made.returncode == 0, made.stderr
    (rerun,) = map(House, (folder / "rerun/_build/runs").iterdir())
    write_table(edition.root / "data/prices.csv", [*PRICES, OWN])
    with (edition.root / "data/sources.bib").open("a") as file:
        file.write(BIBLIOGRAPHY % ", type = {webpage}, urldate = {2022-03-04}")
    made = edition.run("book")
    assert made.returncode == 0, made.stderr
    return rerun, edition


def numbers(house: House) -> list:
    known = house.results()
    told = [(each["id"], each["number"], each["text"]) for each in known["values"]]
    return told + [(each["id"], each["text"], each["holds"]) for each in known["claims"]]


def dumped(house: House) -> list[tuple]:
    with sqlite3.connect(house.root / "_build/html/data/compute-cycle.sqlite") as base:
        return base.execute("SELECT * FROM prices").fetchall()


def test_a_rerun_says_what_an_edition_of_the_same_rows_says(houses):
    rerun, edition = houses
    assert numbers(rerun) == numbers(edition)
    assert ("price-last", 35.0, "$35.0") in numbers(rerun)


def test_tables_archives_and_sources_of_both_are_the_same(houses):
    rerun, edition = (contents(house.root / "_build/html") for house in houses)
    assert rerun["data/prices.csv"] == edition["data/prices.csv"]
    assert len(dumped(houses[0])) == 3 and dumped(houses[0]) == dumped(houses[1])
    for name in ("tables/prices.html", "book/sources.html"):
        for site in (rerun, edition):
            assert b"A guess &amp; more" in site[name] or b"my sheet" in site[name], name
    assert b"Prices to 4 March 2022." in rerun["book/index.html"]


def test_every_page_and_download_of_a_rerun_bears_its_mark(houses):
    for name, page in contents(houses[0].root / "_build/html").items():
        if (
            name.endswith(".html")
            and b"<article" in page
            and name not in ("404.html", "receipt.html")
        ):
            assert b"<title>Rerun" in page or name == "search.html", name
            assert b"cc-banner" in page or name == "search.html", name
            assert b" download>" not in page.replace(b'.ipynb" download>', b""), name


def test_a_readers_row_is_told_as_their_own(houses):
    page = contents(houses[0].root / "_build/html")["book/chapters/trial.html"].decode()
    assert 'class="cc-value cc-own"' in page
    assert "Added here: plum, 35" in page and "Analyst 2022" in page
    assert "your own row: Analyst 2022" in page.replace("\n", " ")


def test_the_texts_of_a_day_are_those_that_were_known(tmp_path):
    write_table(tmp_path / "words.csv", [], header=list(FIELDS))
    whole = Package().texts("nvidia_results")
    early = Package("2024-06-30").texts("nvidia_results")
    assert early == [(at, row) for at, row in whole if row["known_from"] <= "2024-06-30"]
    assert 0 < len(early) < len(whole)
