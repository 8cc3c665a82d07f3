"""The files of the repository that say what the record says, and a record that cannot be."""

import json
from datetime import date

import pytest
import yaml
from house import REPOSITORY

from computecycle.citing import deposit, edition
from computecycle.evidence.errors import InputError

RECORD = {**edition.record(REPOSITORY), "address": ""}
ADDRESSED = {**RECORD, "address": "https://example.org/cycle/"}


def test_the_files_of_the_repository_agree_with_the_record():
    stale = [name for name, text in deposit.files(REPOSITORY).items()
             if deposit.read(REPOSITORY / name) != text]  # fmt: skip
    assert not stale, "run `computecycle record` to write them anew"


def test_writing_changes_only_what_differs(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book/edition.json").write_text(json.dumps(RECORD))
    assert deposit.write(tmp_path) == ["CITATION.cff", ".zenodo.json", "codemeta.json"]
    (tmp_path / "CITATION.cff").write_text("old")
    assert deposit.write(tmp_path) == ["CITATION.cff"]
    assert deposit.write(tmp_path) == []


def test_the_citation_file_holds_what_its_format_requires():
    """Of CFF 1.2.0: the required keys, those allowed, types as it defines them."""
    for known in (RECORD, ADDRESSED):
        made = yaml.safe_load(yaml.safe_dump(deposit.citation(known)))
        assert {"cff-version", "message", "title", "authors"} <= set(made)
        allowed = "abstract cff-version message type title authors version date-released license"
        assert set(made) <= {*allowed.split(), "keywords", "url", "preferred-citation"}
        assert made["cff-version"] == "1.2.0"
        assert made["type"] in ("software", "dataset")
        assert made["authors"] == [{"name": known["authors"]}]
        assert date.fromisoformat(made["date-released"]).isoformat() == known["published"]
        assert made["license"] == ["CC-BY-4.0", "MIT"]
        assert made.get("url", "") == known["address"]
        assert len(set(made["keywords"])) == len(made["keywords"])
        report = made["preferred-citation"]
        assert {"type", "title", "authors"} <= set(report) and report["type"] == "report"
        assert isinstance(report["year"], int) and 1 <= report["month"] <= 12


def test_zenodo_and_codemeta_say_the_same():
    zenodo, codemeta = deposit.zenodo(RECORD), deposit.codemeta(RECORD)
    assert zenodo["version"] == codemeta["version"] == RECORD["edition"]
    assert zenodo["publication_date"] == codemeta["datePublished"] == RECORD["published"]
    assert [each["name"] for each in zenodo["creators"]] == [RECORD["authors"]]
    assert [each["name"] for each in codemeta["author"]] == [RECORD["authors"]]
    (page,) = deposit.zenodo(ADDRESSED)["related_identifiers"]
    assert page["identifier"] == ADDRESSED["address"] and "related_identifiers" not in zenodo
    assert "url" not in codemeta and deposit.codemeta(ADDRESSED)["url"] == ADDRESSED["address"]


def test_the_package_of_the_code_has_the_edition_as_its_version():
    assert f'\nversion = "{RECORD["edition"]}"\n' in deposit.read(REPOSITORY / "pyproject.toml")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("address", "javascript:x()", 'has the address "javascript:x()"; write one like'),
        ("address", "example.org", 'has the address "example.org"; write one like'),
        ("address", "https://", 'has the address "https://"; write one like'),
        ("address", "https://x.org/?a=1", "write one like https://you."),
        ("address", 'https://x.org/"a b', "write one like https://you."),
        ("licence", "mine", 'has the licence "mine"; write CC-BY-4.0.'),
    ],
)
def test_a_record_that_cannot_be_is_named(tmp_path, name, text, sentence):
    (tmp_path / "book").mkdir()
    (tmp_path / "book/edition.json").write_text(json.dumps({**RECORD, name: text}))
    with pytest.raises(InputError, match=r"^book/edition\.json has") as told:
        edition.record(tmp_path)
    assert sentence in str(told.value)


def test_an_address_ends_with_a_slash(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book/edition.json").write_text(
        json.dumps({**RECORD, "address": "https://example.org/cycle"})
    )
    assert edition.record(tmp_path)["address"] == ADDRESSED["address"]
