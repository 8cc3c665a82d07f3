"""Sentences that a rerun cannot tell: one line a section, the others left as they are."""

import json
from types import SimpleNamespace

import pytest
from docutils import nodes

from computecycle.evidence import data
from computecycle.runs import studies
from computecycle.site import cards, inputs, untold


@pytest.fixture
def app(tmp_path, monkeypatch):
    """A site whose rerun shows a day."""
    monkeypatch.setattr(inputs, "_read", {})
    (tmp_path / "_build").mkdir()
    run = {"as_of": "2024-06-30", "data_dir": "", "parameters": {}, "chapters": ["trial"]}
    (tmp_path / studies.RECORD).write_text(json.dumps(run))
    inputs.read(tmp_path)
    return SimpleNamespace(srcdir=str(tmp_path))


def section(*paragraphs: list) -> nodes.section:
    found = nodes.section(ids=["one"])
    found += nodes.title("", "One")
    for parts in paragraphs:
        found += nodes.paragraph("", "", *parts)
    return found


def folded(app, part: nodes.section) -> str:
    page = nodes.document(None, None)
    page += part
    untold.fold(app, page)
    return page.astext()


def text(words: str) -> nodes.Text:
    return nodes.Text(words)


def claim(words: str, told: bool) -> nodes.raw:
    return untold.marked(f'<span class="cc-claim">{words}</span>', told)


def test_a_claim_that_cannot_be_told_leaves_the_paragraph(app):
    part = section([claim("It rose.", True), text(" "), claim("It fell.", False)])
    words = folded(app, part)
    before, line, after = words.partition("1 sentence rests on documents published later")
    assert "It rose." in before and "It fell." not in before
    assert line and "It fell." in after


def test_a_sentence_with_an_unknown_number_goes_as_a_whole_and_the_next_stays(app):
    unknown = untold.marked("<a>—</a>", False)
    part = section([text("J. P. Morgan told "), unknown, text(" in the paper. The rest stands.")])
    before, _, after = folded(app, part).partition("published later")
    assert "The rest stands." in before and "Morgan" not in before
    assert "J. P. Morgan told" in after and "in the paper." in after


def test_paragraphs_and_items_without_a_word_are_gone_and_a_section_has_one_line(app):
    part = section([claim("It fell.", False)])
    part += nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "", claim("b.", False))))
    inner = section([claim("c.", False)])
    part += inner
    words = folded(app, part)
    assert "2 sentences rest on documents published later" in words
    assert "1 sentence rests on documents published later" in words
    assert not list(part.findall(nodes.bullet_list))
    assert part.index(inner) == len(part) - 1, "the line stands before the parts below"


def link(key: str) -> nodes.reference:
    return nodes.reference("", key, refuri="", **{untold.MARK: untold.is_out(key)})


def test_a_sentence_that_names_a_later_document_goes(app):
    part = section(
        [
            text("It rose ("),
            link("sequoia2024"),
            text("). It fell ("),
            link("guosen2024"),
            text(")."),
        ]
    )
    before, _, after = folded(app, part).partition("published later")
    assert "It rose" in before and "It fell" in after and "It fell" not in before


@pytest.mark.parametrize(
    ("key", "day", "out"),
    [
        ("guosen2024", "2024-12-07", False),
        ("guosen2024", "2024-12-08", True),
        ("aurora_observer", "2025-05-30", False),  # of which the month is known
        ("aurora_observer", "2025-05-31", True),
        ("insideevs_cycles", "2026-06-30", False),  # of which the year is
        ("ev_credit_us", "2026-06-30", False),  # of which nothing is but the day of access
        ("cambridge_cbeci", "2024-01-01", True),  # copied again and again
        ("guosen2024", "", True),
    ],
)
def test_a_document_is_out_from_its_day_on(key, day, out, monkeypatch):
    monkeypatch.setitem(inputs._read, "package", data.Package(day))
    assert untold.is_out(key) == out


def test_an_item_goes_whole_where_what_it_begins_with_cannot_be_told(app):
    def item(*parts):
        return nodes.list_item("", nodes.paragraph("", "", *parts))

    later, known = claim("It fell.", False), claim("It rose.", True)
    part = section([text("Words.")])
    part += nodes.bullet_list(
        "",
        item(text("Wrong. "), later, text(" So it seems. "), claim("It stood.", True)),
        item(text("Right. "), known, text(" "), claim("It fell.", False)),
    )
    before, _, after = folded(app, part).partition("published later")
    assert "Wrong" not in before and "So it seems." in after and "It stood." in after
    assert "Right." in before and "It rose." in before


def test_a_box_of_which_no_item_is_left_goes_with_its_title(app):
    part = section([text("Words.")])
    item = nodes.list_item("", nodes.paragraph("", "", text("A slip. "), link("guosen2024")))
    part += nodes.admonition("", nodes.title("", "Slips"), nodes.bullet_list("", item))
    assert "Slips" not in folded(app, part)


def test_a_sentence_that_stands_or_falls_with_a_claim_goes_with_it(app):
    part = section(
        [claim("It fell.", False), untold.marked("", False), text("Since then it rose.")]
    )
    before, _, after = folded(app, part).partition("2 sentences rest on documents")
    assert "rose" not in before and "Since then it rose." in after


def test_a_section_goes_as_a_whole_and_a_bracket_with_its_sentence(app):
    part = section([text("The study says so. So it was.")])
    part.insert(1, untold.of_section())
    assert "2 sentences rest" in folded(app, part)
    item = [text("It errs. "), text("("), nodes.reference("", "p. 1"), text(")")]
    part = section([*item, untold.marked("", False)])
    assert folded(app, part).strip().startswith("One")
    assert "1 sentence rests" in folded(app, section([*item, untold.marked("", False)]))


def test_a_box_of_which_only_its_title_is_left_is_gone(app):
    box = nodes.admonition("", nodes.title("", "Slips"))
    box += nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "", claim("b.", False))))
    part = section([text("It stays.")])
    part += box
    assert "Slips" not in folded(app, part)


def test_our_judgement_is_told_to_be_of_the_published_edition(app, tmp_path):
    sure = [text("How sure we are: "), nodes.emphasis("", "open"), text(" on it.\nThe rest is.")]
    words = folded(app, section(sure, [text("It is open how sure we are.")]))
    mark = "(our judgement of the published edition)"
    assert words.count(mark) == 1
    assert words.index("open on it.") < words.index(mark) < words.index("The rest is.")
    within = [text("It matters."), text("\n"), None, text("How sure we are: likely.")]
    within[2] = untold.marked("", True)
    words = folded(app, section(within))
    assert words.index("How sure we are: likely.") < words.index(mark)
    within[2] = untold.marked("", False)
    assert mark not in folded(app, section(within)), "which does not stay behind"
    (tmp_path / studies.RECORD).unlink()
    sure = [text("How sure we are: "), nodes.emphasis("", "open"), text(" on it.")]
    assert mark not in folded(app, section(sure))


def test_the_published_edition_folds_nothing(app, tmp_path):
    (tmp_path / studies.RECORD).unlink()
    assert "sentence" not in folded(app, section([claim("It fell.", False)]))


VALUE = {
    "id": "v",
    "name": "a rate",
    "number": 2.0,
    "unit": "x",
    "text": "2",
    "rows": [],
    "own": [],
}
OWN = {"parameter": "rate", "set": 200.0, "published": 301.5, "unit": "x", "travels": True}


def test_an_unknown_number_is_a_dash_and_says_as_of_when(app):
    shown = cards.number("", "trial", {**VALUE, "number": None, "text": "no data"}, "c")
    assert ">—</a>" in shown and "Not known by 30 June 2024" in shown and "no data" not in shown


def test_a_readers_number_bears_its_mark_and_what_is_published(app):
    shown = cards.number("", "trial", {**VALUE, "own": [OWN]}, "c")
    assert 'class="cc-value cc-own"' in shown and "a reader's own" in shown
    assert "Set here, in place of what sources give: rate 200; published: 301.5" in shown
    still = cards.number("", "trial", {**VALUE, "own": [{**OWN, "travels": False}]}, "c")
    assert "Set here: rate 200; published: 301.5" in still
    assert "Chosen" not in shown


def test_what_was_not_rerun_says_so(app):
    assert "As published" in cards.number("", "other", VALUE, "c")
    assert cards.kept("other") and not cards.kept("trial")
