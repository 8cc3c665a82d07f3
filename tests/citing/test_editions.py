"""Editions: a second one, made from changed rows, tells revisions from corrections of ours."""

import csv
import json
import shutil

import pytest
from house import House
from lxml import etree
from releasing import CORRECTION, FIRST, SECOND, add_pages, change, explain, name_edition

from computecycle.citing import cited, editions, register
from computecycle.evidence.errors import InputError

RELEASE = """
from computecycle.citing import earlier
from computecycle.cli import main
earlier.DAYS = ("2023-09-20", "2023-09-30")  # one is enough here; no table reaches the other
main(["release", "{}"])
"""
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def first(built_trial, tmp_path_factory) -> House:
    """The small house with a first edition released."""
    root = tmp_path_factory.mktemp("editions") / "house"
    shutil.copytree(built_trial.root, root, symlinks=True)
    house = House(root)
    outcome = house.python(RELEASE.format(FIRST))
    assert outcome.returncode == 0, outcome.stderr
    assert "run 1 of 1: trial as of 2023-09-20" in outcome.stdout
    return house


@pytest.fixture(scope="module")
def second(first, tmp_path_factory) -> House:
    """A house with a second edition after changes of each kind, and its site built."""
    root = tmp_path_factory.mktemp("later") / "house"
    shutil.copytree(first.root, root, symlinks=True)
    house = House(root)
    add_pages(root)
    change(house)
    gone = house.run("release", SECOND)
    assert gone.returncode == 2, "names are gone"
    for name in ("trial-prices", "trial.price-rose"):
        assert f'"{name}" was published and is gone' in gone.stderr
    explain(house)
    ledger = root / "editions/corrections.csv"
    ledger.write_text(ledger.read_text().replace(CORRECTION, ""))
    untold = house.run("release", SECOND)
    assert untold.returncode == 2, "a change on the same rows wants a reason"
    assert 'trial.price-first, "$10.0" then and "$10.00" now' in untold.stderr
    assert not (root / "editions" / SECOND).exists()
    ledger.write_text(ledger.read_text() + CORRECTION)
    for outcome in (house.python(RELEASE.format(SECOND)), house.run("book")):
        assert outcome.returncode == 0, outcome.stderr
    return house


def changes(house: House) -> dict[str, dict]:
    return {each["id"]: each for each in editions.read(house.root, SECOND, "changes.json")}


def test_an_edition_holds_what_was_said_and_says_the_same_each_time(first):
    record = editions.read(first.root, FIRST, "edition.json")
    assert (record["edition"], record["data_end"]) == (FIRST, "2023-09-20")  # of the words
    assert record["counts"] == {"values": 2, "claims": 1, "figures": 1}
    (said,) = editions.load(first.root, FIRST)["results"].values()
    last = next(each for each in said["values"] if each["id"] == "price-last")
    assert (last["number"], last["text"], last["rows"]) == (20.0, "$20.0", {"prices": 1})
    assert editions.read(first.root, FIRST, "changes.json") == []
    told = editions.told_earlier(first.root, "trial")
    assert list(told) == record["days"]
    assert told["2023-09-20"]["values"]["price-last"] == "$20.0"


def test_a_revision_of_data_is_told_from_a_correction_of_ours(second):
    found = changes(second)
    revised = found["trial.price-last"]
    assert (revised["what"], revised["before"], revised["after"]) == ("revision", "$20.0", "$25.0")
    assert "Maker 2020" in revised["reason"] and "recast <i>" in revised["reason"]
    mended = found["trial.price-first"]
    assert (mended["what"], mended["reason"]) == ("correction", "A digit was <b>left</b> out.")
    assert found["trial.price-rose"]["what"] == found["trial-prices"]["what"] == "withdrawn"
    assert found["trial.rose"]["what"] == found["trial-bars"]["what"] == "new"


def test_the_page_and_the_feed_tell_both(second):
    site = second.root / "_build/html"
    page = (site / "book/editions.html").read_text("utf-8")
    order = [page.index(f'id="edition-{name}"') for name in ("2026-12", "2026-11")]
    assert order == sorted(order), "the newest first"
    for words in ("Corrections: mistakes of ours", "Revisions: the data changed", "1 corrections"):
        assert words in page
    assert "<b>left</b>" not in page and "recast <i>" not in page
    for name, text in (("2026.11", "$20.0"), ("2026.12", "$25.0")):
        place = f"editions/{name}/results/trial.json"
        said = {each["id"]: each for each in json.loads((site / place).read_text())["values"]}
        assert said["price-last"]["text"] == text and f'href="../{place}"' in page
    feed = etree.parse(site / "feed.xml")
    titles = [each.text for each in feed.findall("a:entry/a:title", ATOM)]
    correction = "Correction of trial.price-first in edition 2026.11"
    assert titles == ["Edition 2026.12", correction, "Edition 2026.11"]
    for name in ("a:id", "a:title", "a:updated"):
        assert all(len(each.findall(name, ATOM)) == 1 for each in feed.findall("a:entry", ATOM))
        assert len(feed.findall(name, ATOM)) == 1
    ids = [each.text for each in feed.findall(".//a:id", ATOM)]
    assert len(set(ids)) == len(ids)


def test_what_moved_leads_to_its_new_place(second):
    site = second.root / "_build/html"
    page = (site / "figures/trial-prices.html").read_text("utf-8")
    assert 'http-equiv="refresh" content="0; url=../figures/trial-bars.html"' in page
    assert (site / "figures/trial-bars.html").exists()
    numbers = (site / "book/chapters/trial/numbers.html").read_text("utf-8")
    assert '<p id="claim-price-rose">' in numbers
    assert 'href="../../../book/chapters/trial/numbers.html#claim-rose"' in numbers


def test_a_chapter_shows_what_it_would_have_said(second):
    page = (second.root / "_build/html/book/chapters/trial/earlier.html").read_text("utf-8")
    assert "20 September 2023" in page and "The price rose from $10.00 to $25.0." in page
    assert 'href="trial/earlier.html"' not in page


CITING = {
    "paper.bib": "@incollection{a, title={T}, edition={2026.11},"
    " url={https://x.org/book/chapters/trial/numbers.html\\#value-price-last}}\n"
    "@misc{b, title={Other}, year={2020}}\n",
    "text.md": "See [it](https://x.org/figures/trial-prices.html).\n\n"
    "Edition 2026.12: https://x.org/book/chapters/trial/numbers.html#value-price-last.\n",
    "text.tex": "\\cite{computecycle-2026.11-value-trial.price-first} says.\n",
    "exported.bib": "@techreport{own_2026, title={A {Trial}}, number={2026.11}, year={2026},"
    " author={{The {Compute} {Cycle} contributors}}}\n",
    "line.md": "The Compute Cycle contributors. (2026). *A Trial* (Report No. 2026.11).\n",
    "apa.md": "The Compute Cycle contributors. (2026). Price: $25.0 [Value trial.price-last]. "
    "In A Trial (edition 2026.12).\nThe Compute Cycle contributors. (2026). Price: $20.0 "
    "[Value trial.price-last]. In A Trial (edition 2026.11).\n",
    "quote.md": "Price: $20.0. [A Trial, edition 2026.11, Value trial.price-last]\n",
    "new.md": "computecycle-2026.12-value-trial.price-first\n\nAn other book/index.html\n",
}
FOUND = {
    "paper.bib": (1, '1: value trial.price-last (edition 2026.11): superseded by edition 2026.12: '
                  'not "$20.0" but "$25.0" (revision: '),
    "text.md": (1, "1: figure trial-prices (no edition named): no longer said since edition"),
    "text.tex": (1, "1: value trial.price-first (edition 2026.11): trial.price-first corrected on"),
    "exported.bib": (1, "1: report (edition 2026.11): superseded by edition 2026.12"),
    "line.md": (1, "1: report (edition 2026.11): superseded by edition 2026.12"),
    "apa.md": (1, "2: value trial.price-last (edition 2026.11): superseded by edition 2026.12"),
    "quote.md": (1, "1: value trial.price-last (edition 2026.11): superseded by edition 2026.12"),
    "new.md": (0, "1 citations of this report, 0 superseded or corrected."),
}  # fmt: skip


@pytest.mark.parametrize("name", CITING)
def test_citations_that_no_longer_stand_are_listed(second, tmp_path, name):
    path = tmp_path / name
    path.write_text(CITING[name])
    outcome = second.run("citations", str(path))
    status, words = FOUND[name]
    assert outcome.returncode == status, outcome.stderr
    assert words in outcome.stdout


WRONG = {
    "torn.bib": b"@misc{a, title={",
    "picture.md": b"\x89PNG\xff\xfe",
    "table.csv": b"a,b\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_cannot_cite_is_one_sentence(tmp_path, name):
    (tmp_path / name).write_bytes(WRONG[name])
    with pytest.raises(InputError, match=name) as problem:
        cited.text_of(tmp_path / name)
    assert len(str(problem.value).splitlines()) == 1


def test_a_mistake_ends_the_command_with_a_sentence(first, tmp_path):
    missing = first.run("citations", str(tmp_path / "missing.md"))
    exists = first.run("release", FIRST)
    for outcome, words in (
        (missing, "missing.md; name one that cites"),
        (exists, "is never changed"),
    ):
        assert outcome.returncode == 2 and not outcome.stdout
        assert words in outcome.stderr and len(outcome.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (FIRST, "exists; an edition is never changed"),
        ("2026-12", "no name of an edition"),
        ("../x", "no name of an edition"),
        ("2026.13", "no name of an edition"),
        ("2026.12", "is of edition 2026.11"),
    ],
)
def test_an_edition_that_cannot_be_is_refused(first, name, words):
    with pytest.raises(InputError, match=words):
        editions.may_release(first.root, name)


def test_an_older_edition_cannot_follow(first, tmp_path):
    shutil.copytree(first.root / "editions", tmp_path / "editions")
    shutil.copytree(first.root / "book", tmp_path / "book")
    name_edition(tmp_path, "2026.10")
    with pytest.raises(InputError, match="is newer than 2026.10"):
        editions.may_release(tmp_path, "2026.10")


BAD_LEDGERS = {
    "day,edition,id\n": "line 1: the columns are",
    "day,edition,id,wrong,right,reason\n2026-12-01,2026.11,x,,b,c\n": "line 2 is not whole; write",
    "day,edition,id,wrong,right,reason\n1 May,2026.11,x,a,b,c\n": "write it as YYYY-MM-DD",
    "day,edition,id,wrong,right,reason\n2026-12-01,2026.11,x,a,b,c,d\n": "quotes",
}


@pytest.mark.parametrize("text", BAD_LEDGERS)
def test_a_malformed_ledger_of_corrections_names_its_line(tmp_path, text):
    from computecycle.citing import corrections

    (tmp_path / "editions").mkdir()
    (tmp_path / "editions/corrections.csv").write_text(text)
    with pytest.raises(InputError, match=BAD_LEDGERS[text]):
        corrections.known(tmp_path)


def test_a_correction_of_what_was_never_said_is_refused():
    from computecycle.citing import corrections

    found = [dict(zip(corrections.COLUMNS, ("", FIRST, "trial.prise", "a", "b", "c"), strict=True))]
    with pytest.raises(InputError, match='Did you mean "trial.price"'):
        corrections.of_edition(found, FIRST, {"trial.price"})


def test_the_register_keeps_its_first_editions(second):
    with (second.root / "editions/register.csv").open() as file:
        lines = {(each["kind"], each["id"]): each for each in csv.DictReader(file)}
    assert lines["value", "trial.price-last"]["edition"] == FIRST
    assert lines["figure", "trial-bars"]["edition"] == SECOND
    assert lines["figure", "trial-prices"]["forwards_to"] == "figure/trial-bars"
    assert json.loads((second.root / "_build/html/figures/trial-bars.json").read_text())
    assert register.known(second.root / "_build/html") == register.known(second.root)
