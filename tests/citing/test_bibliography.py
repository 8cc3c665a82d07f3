"""Sources as references: no letter of a title changed, no year invented, no markup let through."""

import html
import re

import bibtexparser
import pytest
from pybtex.database import parse_string

from computecycle.citing import bibliography, citations
from computecycle.evidence import data

HOSTILE = '<script>x</script> & "q" <i>k</i>'


@pytest.fixture(scope="module")
def references() -> dict[str, str]:
    """Every source of the report as a reference, by its key. HTML."""
    made = bibliography.items()
    return {key: bibliography.formatted(each) for key, each in made.items()}


def words(reference: str) -> str:
    """A reference as a reader sees it."""
    return html.unescape(re.sub(r"<[^>]+>", "", reference))


def entry(text: str):
    """The entry of a bibliography that has one."""
    ((_, found),) = parse_string(f"@misc{{one, {text}}}", "bibtex").entries.items()
    return found


def made(text: str) -> str:
    """A reference to the entry with these fields. HTML."""
    return bibliography.formatted(citations.source("one", entry(text)))


def test_a_reference_has_its_title_letter_by_letter(references):
    known = data.sources()
    assert not [key for key, each in references.items() if known[key]["title"] not in words(each)]


def test_a_reference_has_the_date_of_its_entry_and_no_other(references):
    for key, fields in data.sources().items():
        (told,) = re.findall(r"\(((?:\d{4}|n\.d\.)[^)]*)\)\. ", words(references[key]))[:1]
        assert told.split(",")[0] == fields.get("year", "n.d."), key
        if "day" in fields and fields["type"] in ("article", "webpage"):  # others by year alone
            assert re.fullmatch(rf"\d{{4}}, \w+ {int(fields['day'])}", told), key


def test_a_reference_opens_its_address_and_nothing_else(references):
    for key, fields in data.sources().items():
        links = re.findall(r'<a href="([^"]*)">', references[key])
        assert [html.unescape(each) for each in links] == [
            each for each in [fields.get("url")] if each
        ], key


@pytest.mark.parametrize(
    ("fields", "reference"),
    {
        "a person": (
            "author = {Cahn, David}, organization = {Sequoia}, title = {{AI's \\$600B Question}}, "
            "year = {2024}, month = jun, day = {20}, type = {article}, urldate = {2026-11-21}",
            "Cahn, D. (2024, June 20). AI's $600B Question. Sequoia.",
        ),
        "an organization that publishes itself": (
            "author = {{Amazon.com, Inc.}}, organization = {Amazon.com, Inc.}, title = {{Reports}},"
            " type = {filing}, urldate = {2026-11-21}, url = {https://example.org/?a=1&b=2}",
            "Amazon.com, Inc. (n.d.). Reports. Retrieved November 21, 2026, from "
            "https://example.org/?a=1&b=2",
        ),
        "a title that stops by itself, at the end": (
            "organization = {The Desk}, title = {{All Things. A Special.}}, year = {2025}, "
            "type = {webpage}, urldate = {2026-11-21}",
            "The Desk. (2025). All Things. A Special.",
        ),
        "a title that asks": (
            "organization = {The Desk}, title = {{What Was the GDP Then?}}, year = {2020}, "
            "month = may, type = {dataset}, urldate = {2026-11-21}, url = {https://example.org}",
            "The Desk. (2020). What Was the GDP Then? [Dataset]. https://example.org",
        ),
    }.values(),
)
def test_a_reference_reads_as_the_style_wants_it(fields, reference):
    assert words(made(fields)) == reference


def test_words_of_an_entry_are_never_markup_and_only_the_web_becomes_a_link():
    text = made(
        f"author = {{{{{HOSTILE}}}}}, publisher = {{{HOSTILE}}}, title = {{{HOSTILE}}}, "
        "type = {report}, url = {javascript:alert(1)}, urldate = {2026-11-21}"
    )
    assert "<script" not in text and "<a " not in text
    assert HOSTILE in words(text)


def test_references_stand_by_author_then_date():
    entries = [
        ("b2", "author = {{B}}, title = {x}, year = {2021}"),
        ("b1", "author = {{b}}, title = {z}, year = {2020}, month = may"),
        ("b0", "organization = {B}, title = {z}"),
        ("a", "author = {{A}}, title = {z}, year = {2022}"),
    ]
    rest = ", type = {report}, urldate = {2026-11-21}"
    items = [citations.source(key, entry(text + rest)) for key, text in entries]
    assert [each["id"] for each in sorted(items, key=bibliography.order)] == ["a", "b0", "b1", "b2"]


def test_terms_are_those_that_a_note_tells():
    told = {key: bibliography.rights(fields) for key, fields in data.sources().items()}
    spoken = re.compile(r"CC[ -]BY|CC0|public domain", re.IGNORECASE)
    known = {key for key, fields in data.sources().items() if spoken.search(fields["note"])}
    assert {key for key, each in told.items() if spoken.search(each)} == known
    assert all(each in data.sources()[key]["note"] for key, each in told.items() if key in known)


def test_a_second_reader_finds_every_field_of_the_bibliography():
    text = (data.FOLDER / "sources.bib").read_text(encoding="utf-8")
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    ours = data.entries()
    assert {each.key for each in library.entries} == set(ours)
    for each in library.entries:
        bare = {
            field.key: str(field.value).replace("{", "").replace("}", "") for field in each.fields
        }
        kept = {**ours[each.key].fields}
        assert set(bare) - {"author"} == {name.lower() for name in kept}, each.key
        for name, value in kept.items():
            if name != "month":
                assert bare[name.lower()] == value.replace("{", "").replace("}", ""), each.key
