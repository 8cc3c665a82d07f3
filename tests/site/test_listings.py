"""What lists at the head of pages say: tested sentences, vague words, places of a study."""

import re
from types import SimpleNamespace

import pytest

from computecycle.evidence import data, words
from computecycle.site import inputs, judgements, listings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "_read", {})
    inputs.read(tmp_path)
    return tmp_path


def test_the_head_of_a_chapter_counts_its_tested_sentences(folder):
    assert listings.tested(29, 29, "../../") == "29 tested sentences"
    assert listings.tested(27, 29, "../../") == "27 of 29 sentences hold"


def test_it_leads_to_what_the_mark_and_the_vague_words_mean(folder):
    page = folder / f"{listings.READING}.md"
    page.parent.mkdir()
    page.write_text("# How to read this\n")
    told = listings.tested(29, 29, "../../")
    assert re.findall(r'href="([^"]+)"', told) == [
        "../../book/reading.html#a-sentence-with-a",
        "../../book/reading.html#the-words",
    ]


def test_vague_words_stand_with_the_meaning_that_the_table_gives_them(folder):
    shown = listings.meanings("clearly_more", "hardly_any")
    assert ">clearly more than<" in shown and ">hardly any<" in shown
    assert "more than a tenth of it" in shown and "at most a tenth of a whole" in shown


def test_each_word_is_shown_as_a_sentence_has_it(folder):
    assert listings.as_read("{a} is clearly more than {b}") == "clearly more than"
    assert listings.as_read("{a} comes after {b}") == "comes after"
    assert all("{" not in listings.as_read(word.reads) for word in words.known().values())


def test_a_word_that_the_table_lacks_is_named():
    made = object.__new__(listings.Meanings)
    made.arguments, made.lineno = ["about", "roughly"], 3
    told = SimpleNamespace(warning=lambda message, line: (message, line))
    made.state = SimpleNamespace(document=SimpleNamespace(reporter=told))
    assert made.run() == [('table words has no word "roughly"', 3)]


@pytest.mark.parametrize("name", ["ranges", "choices", "words", "assumptions"])
def test_a_table_of_our_own_choices_has_no_day(folder, name):
    told = listings.described(name, "../")
    assert "our own choices, in force on every day" in told and "data to" not in told


@pytest.mark.parametrize("name", ["objections", "nvidia_results"])
def test_a_table_that_holds_another_s_number_has_one(folder, name):
    assert ", data to " in listings.described(name, "../")


def test_a_reader_s_own_range_has_its_day(tmp_path, monkeypatch):
    line = (data.FOLDER / "ranges.csv").read_text(encoding="utf-8").splitlines()[:2]
    own = line[1].replace("2023-09-20,assumed", "2024-02-01,own")
    (tmp_path / "ranges.csv").write_text(f"{line[0]}\n{own}\n", encoding="utf-8")
    package = data.Package("", str(tmp_path))
    monkeypatch.setattr(inputs, "_read", {"folder": tmp_path, "package": package})
    assert "data to 1 February 2024" in listings.described("ranges", "../")


@pytest.mark.parametrize(
    ("locator", "brief"),
    [
        ("section 'New-energy vehicles', p. 33-34", "p. 33-34"),
        ("page 6, Sequoia box", "page 6"),
        ("introduction, before section 1 (p. 6)", "p. 6"),
        ("article body (printed three times), passage on training", "passage on training"),
        ("paragraph 3", "paragraph 3"),
    ],
)
def test_a_place_in_a_study_is_told_by_its_page(locator, brief):
    assert judgements.in_brief(locator) == brief


def test_vague_words_mean_on_an_early_day_what_they_mean_now(monkeypatch, tmp_path):
    early = data.Package("2019-01-01", "")
    monkeypatch.setattr(inputs, "_read", {"folder": tmp_path, "package": early})
    assert "within a tenth of the second" in listings.meanings("about")
