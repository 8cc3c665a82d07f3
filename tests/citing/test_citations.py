"""Citations: read back by programs other than those that wrote them."""

import json
import re

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from pybtex.database import parse_string
from pybtex.style.formatting import plain

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


SAID = {"id": "p-1", "name": "price", "text": "$3", "unit": "USD per kWh"}
OURS = {  # each kind: its record of an edition, its page
    "report": (lambda of: citations.report(of), "book/index.html"),
    "chapter": (lambda of: citations.chapter(of, KNOWN), "book/chapters/trial_one.html"),
    "figure": (lambda of: citations.figure(of, KNOWN, SHOWN), "figures/a-figure.html"),
    "value": (
        lambda of: citations.value(of, KNOWN, SAID),
        "book/chapters/trial_one/numbers.html#value-p-1",
    ),
    "claim": (
        lambda of: citations.claim(of, KNOWN, SAID),
        "book/chapters/trial_one/numbers.html#claim-p-1",
    ),
    "table": (
        lambda of: citations.table(of, {"name": "a_table", "title": "A table"}),
        "tables/a_table.html",
    ),
}


@pytest.mark.parametrize("kind", OURS)
def test_an_address_is_whole_where_the_edition_has_one_and_keeps_its_underlines(kind):
    make, page = OURS[kind]
    record = make(EDITION | {"address": ADDRESS})
    (entry,) = bibtexparser.parse_string(citations.bibtex(record)).entries
    (ris,), (csl,) = rispy.loads(citations.ris(record)), json.loads(citations.csl(record))
    assert entry["url"] == csl["URL"] == ADDRESS + page and ris["urls"] == [ADDRESS + page]
    assert citations.apa(record).endswith(f" {ADDRESS}{page}")


@pytest.mark.parametrize("kind", OURS)
def test_an_edition_without_an_address_writes_none(kind):
    make, page = OURS[kind]
    record = make(EDITION)
    (entry,) = bibtexparser.parse_string(citations.bibtex(record)).entries
    (ris,), (csl,) = rispy.loads(citations.ris(record)), json.loads(citations.csl(record))
    assert "url" not in entry and "urls" not in ris and "URL" not in csl
    assert citations.apa(record).rstrip(".").endswith(("(edition 2026.11)", "contributors"))
    assert all(page not in citations.formatted(record, style) for style in citations.STYLES)


@pytest.mark.parametrize("kind", OURS)
def test_a_reference_printed_in_a_classic_style_of_bibtex_names_the_edition(kind):
    entry = citations.bibtex(OURS[kind][0](EDITION))
    bare = re.sub(r"^  note = .*\n", "", entry, flags=re.MULTILINE)
    (printed,) = plain.Style().format_bibliography(parse_string(bare, "bibtex"))
    assert bare != entry and "2026.11" in printed.text.render_as("text")


def test_a_source_of_others_has_no_edition_of_ours():
    fields = "title = {{A report}}, type = {report}, organization = {The House}"
    entry = parse_string(f"@misc{{k, author = {{Doe, Jo}}, {fields}}}", "bibtex").entries["k"]
    made = citations.bibtex(citations.source("k", entry))
    assert made.startswith("@techreport") and "number" not in made and "edition" not in made


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
