"""The tables as single files: what is in the zip and in the database, and that nothing changed."""

import csv
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from house import RECORD, REPOSITORY

from computecycle.evidence import data
from computecycle.site import archive


def written(folder: Path) -> Path:
    """A folder with the zip and the database of the tables."""
    files = archive.files(RECORD, archive.licence())
    for kind in ("zip", "sqlite"):
        (folder / f"all.{kind}").write_bytes(files[f"{archive.NAME}.{kind}"])
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(tmp_path_factory.mktemp("archive"))


def printed(name: str) -> list[dict[str, str]]:
    """The rows of a table as its CSV has them."""
    path = data.FOLDER / data.resource(name)["path"]
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


NAMES = [entry["name"] for entry in data.descriptor()["resources"]]


@pytest.mark.parametrize("name", NAMES)
def test_the_database_holds_every_row_in_its_type(folder, name):
    fields = {each["name"]: each["type"] for each in data.resource(name)["schema"]["fields"]}
    numbers = {"number": float, "integer": int, "year": int}
    with sqlite3.connect(folder / "all.sqlite") as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
    assert len(rows) == len(printed(name))
    for stored, text in zip(rows, printed(name), strict=True):
        for field, kind in fields.items():
            if text[field] == "" and kind != "string":
                assert stored[field] is None
            elif kind in numbers:
                assert stored[field] == numbers[kind](text[field])
            elif kind == "boolean":
                assert stored[field] == (text[field] == "true")
            else:
                assert stored[field] == text[field]


def test_every_row_of_the_database_has_its_source(folder):
    with sqlite3.connect(folder / "all.sqlite") as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA foreign_key_list(statements)").fetchall() != []
        keys = {key for (key,) in connection.execute("SELECT key FROM sources")}
    assert keys == set(data.sources())


def test_a_date_is_declared_as_one(folder):
    with sqlite3.connect(folder / "all.sqlite") as connection:
        columns = connection.execute("PRAGMA table_info(statements)").fetchall()
    assert {column[1]: column[2] for column in columns}["known_from"] == "DATE"


def test_the_zip_is_a_data_package_that_stands_by_itself(folder, tmp_path):
    from frictionless import Package, system

    with zipfile.ZipFile(folder / "all.zip") as whole:
        whole.extractall(tmp_path)
    inside = tmp_path / archive.NAME
    package = json.loads((inside / "datapackage.json").read_text(encoding="utf-8"))
    assert [entry["name"] for entry in package["resources"]] == [*NAMES, "sources"]
    assert all(entry["dialect"] == {"delimiter": ","} for entry in package["resources"])
    assert (inside / "LICENSE").read_bytes() == (REPOSITORY / "LICENSE").read_bytes()
    assert (
        f"Edition {RECORD['edition']} of {RECORD['published']}"
        in (inside / "README.md").read_text()
    )
    with system.use_context(trusted=True):
        report = Package(str(inside / "datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []
    for name in NAMES:
        path = data.resource(name)["path"]
        assert (inside / path).read_bytes() == (data.FOLDER / path).read_bytes()


def test_the_same_tables_give_the_same_bytes(folder, tmp_path):
    written(tmp_path)
    for name in ("all.zip", "all.sqlite"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_the_database_is_written_in_one_step_in_every_locale(folder):
    """A file of SQLite counts the transactions that changed it."""
    content = (folder / "all.sqlite").read_bytes()
    assert int.from_bytes(content[24:28], "big") == 1
