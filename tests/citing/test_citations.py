"""Citations: read back by programs other than those that wrote them."""

import json

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from pybtex.database import parse_string

from computecycle.citing import citations
from computecycle.evidence.errors import InputError

EDITION = {
    "edition": "2026.11", "published": "2026-11-28", "title": "The Compute Cycle",
    "authors": "The Compute Cycle contributors", "licence": "CC-BY-4.0", "address": "",
}  # fmt: skip
KNOWN = {"chapter": "trial_one", "title": "Does it pay?", "published": True}
TITLE = 'A $4 & 50% "rise"\n of #1_a {b} ~ \\ER  - 红杉'
SHOWN = {"id": "a-figure", "title": TITLE}
ONE_LINE = " ".join(TITLE.split())
ADDRESS = "https://example.org/cycle/"


def test_the_author_is_one_organisation_in_every_style():
    record = citations.report(EDITION)
    (csl,) = json.loads(citations.formatted(record, "csl"))
    assert csl["author"] == [{"literal": EDITION["authors"]}]
    (ris,) = rispy.loads(citations.formatted(record, "ris"))
    assert ris["authors"] == [EDITION["authors"]]
    entry = parse_string(citations.formatted(record, "bibtex"), "bibtex").entries[record["id"]]
    (person,) = entry.persons["author"]
    assert person.last_names == [f"{{{EDITION['authors']}}}"] and not person.first_names
    assert citations.formatted(record, "apa").startswith("The Compute Cycle contributors. (2026).")


def test_a_title_survives_bibtex_and_ris_whatever_it_holds():
    record = citations.figure(EDITION, KNOWN, SHOWN)
    (ris,) = rispy.loads(citations.formatted(record, "ris"))
    assert (ris["title"], ris["type_of_reference"]) == (ONE_LINE, "FIGURE")
    text = citations.formatted(record, "bibtex")
    read = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not read.failed_blocks
    assert read.entries[0]["title"] == ONE_LINE.replace("{b}", "(b)")
    assert read.entries[0]["note"].endswith("figure a-figure; CC-BY-4.0")


def test_an_address_is_whole_where_the_edition_has_one_and_keeps_its_underlines():
    assert citations.chapter(EDITION, KNOWN)["URL"] == "book/chapters/trial_one.html"
    record = citations.chapter(EDITION | {"address": ADDRESS}, KNOWN)
    read = bibtexparser.parse_string(citations.bibtex(record))
    assert read.entries[0]["url"] == f"{ADDRESS}book/chapters/trial_one.html"


def test_a_question_in_a_title_ends_it():
    assert "Does it pay? In The Compute Cycle" in citations.apa(citations.chapter(EDITION, KNOWN))


def test_the_citation_of_a_rerun_says_that_it_is_none_of_the_edition():
    rerun = KNOWN | {"published": False, "inputs": {"parameters": {"factor": 2.0}}}
    for style in ("bibtex", "ris", "csl"):
        text = citations.formatted(citations.figure(EDITION, rerun, SHOWN), style)
        assert "Not the published edition: factor = 2.0" in text, style


def test_a_source_has_no_day_that_it_does_not_tell():
    fields = "title = {{A page}}, type = {webpage}, url = {https://x.org/a_b}"
    entry = f"@misc{{k, author = {{{{The Firm}}}}, {fields}, urldate = {{2026-06-01}}}}"
    record = citations.source("k", parse_string(entry, "bibtex").entries["k"])
    assert "issued" not in record
    line = "The Firm. (n.d.). A page. Retrieved June 1, 2026, from https://x.org/a_b"
    assert citations.apa(record) == line
    assert "year" not in rispy.loads(citations.ris(record))[0]


def test_a_reference_names_one_thing(built_trial):
    found = {
        ref: citations.find(built_trial.root, EDITION, ref)["id"]
        for ref in ("report", "trial", "trial-prices", "trial.price-last", "claim:trial.price-rose")
    }
    assert list(found.values()) == [
        "computecycle-2026.11",
        "computecycle-2026.11-chapter-trial",
        "computecycle-2026.11-figure-trial-prices",
        "computecycle-2026.11-value-trial.price-last",
        "computecycle-2026.11-claim-trial.price-rose",
    ]


@pytest.mark.parametrize("ref", ["trial-price", "", "zzzzzz"])
def test_an_unknown_reference_is_a_sentence_with_what_can_be_written(built_trial, ref):
    with pytest.raises(InputError, match="Did you mean|[Ww]rite report, a chapter"):
        citations.find(built_trial.root, EDITION, ref)


def test_a_reference_that_means_two_things_asks(tmp_path, monkeypatch):
    said = {"id": "same", "text": "1", "name": "one"}
    known = KNOWN | {"figures": [], "values": [said], "claims": [said]}
    monkeypatch.setattr(citations.notebooks, "names", lambda root: ["trial_one"])
    monkeypatch.setattr(citations.chapters, "results", lambda root, name: known)
    with pytest.raises(InputError, match="write value:trial_one.same or claim:trial_one.same"):
        citations.find(tmp_path, EDITION, "trial_one.same")
    assert citations.find(tmp_path, EDITION, "claim:trial_one.same")["genre"].startswith("Claim")
