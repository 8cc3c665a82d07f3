"""What is said of an entry of the bibliography and of a locator that owe something."""

import pytest

from computecycle.evidence import checks, data

WHOLE = "title = {Prices}, organization = {Shop}, type = {report}, urldate = {2020-06-01}"
PLACE = 'data/sources.bib, line 2, entry "shop"'
KINDS = "write one of report, article, dataset, filing, webpage."
DAY = "write the day it was read as YYYY-MM-DD."
ENTRIES = {
    "title": (
        "title = {Prices}, ",
        "",
        f"{PLACE} lacks title; write the title as the page bears it.",
    ),
    "empty-title": (
        "{Prices}",
        "{ }",
        f"{PLACE} lacks title; write the title as the page bears it.",
    ),
    "who": (
        "organization = {Shop}, ",
        "",
        f"{PLACE} lacks author; write who says it, or organization.",
    ),
    "type": ("type = {report}, ", "", f"{PLACE} lacks type; {KINDS}"),
    "other-type": ("{report}", "{book}", f'{PLACE} has the type "book"; {KINDS}'),
    "urldate": (", urldate = {2020-06-01}", "", f"{PLACE} lacks urldate; {DAY}"),
    "no-such-day": ("2020-06-01", "2020-06-31", f'{PLACE} has the urldate "2020-06-31"; {DAY}'),
    "other-day": ("2020-06-01", "20200601", f'{PLACE} has the urldate "20200601"; {DAY}'),
}
LOCATOR = 'data/chips.csv, line 2, column "locator"'
AMONG = "an address among words; "
MIXED = {
    "behind": (
        "https://example.org/a (copy of 2020)",
        f'{AMONG}keep "https://example.org/a" and move the words to note.',
    ),
    "before": (
        "see https://example.org/a",
        f'{AMONG}keep "https://example.org/a" and move the words to note.',
    ),
    "no-scheme": (
        "www.example.org/a",
        f"{AMONG}write the address with https:// and move the words to note.",
    ),
}


@pytest.fixture
def said(shelf):
    """Ask what is wrong after a text of a file of the shelf was replaced once."""

    def ask(name: str, old: str, new: str) -> list[str]:
        path = shelf / name
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")
        data.sources.cache_clear()
        return checks.check()

    return ask


@pytest.mark.parametrize(("old", "new", "sentence"), ENTRIES.values(), ids=ENTRIES)
def test_an_entry_that_lacks_something(shelf, said, old, new, sentence):
    (shelf / "sources.bib").write_text(f"@misc{{maker, {WHOLE}}}\n@misc{{ shop , {WHOLE}}}\n")
    whole = f"@misc{{ shop , {WHOLE}}}"
    assert said("sources.bib", whole, whole.replace(old, new)) == [sentence]


def test_whole_entries_are_not_spoken_of(shelf):
    assert checks.check() == []


@pytest.mark.parametrize(("locator", "what"), MIXED.values(), ids=MIXED)
def test_a_locator_that_mixes_words_and_an_address(said, locator, what):
    found = said("chips.csv", "maker,page 1", f"maker,{locator}")
    assert found == [f'{LOCATOR} is "{locator}", {what}']


@pytest.mark.parametrize("locator", ["https://example.org/a?b=c#d", "page 7, table 2", "a@www.b"])
def test_a_locator_that_does_not(said, locator):
    assert said("chips.csv", "maker,page 1", f'maker,"{locator}"') == []
