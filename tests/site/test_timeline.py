"""The page of events: a section for each decade, marks at what is doubted or stands twice."""

import html
from types import SimpleNamespace

import pytest
from docutils import nodes

from computecycle.ledger import rule
from computecycle.site import inputs, timeline
from computecycle.site.judgements import known_ledger


@pytest.fixture
def directive(tmp_path, monkeypatch) -> timeline.Events:
    monkeypatch.setattr(inputs, "_read", {})
    inputs.read(tmp_path)
    app = SimpleNamespace(computecycle_remembered={}, computecycle_asked=set())
    made, env = object.__new__(timeline.Events), SimpleNamespace(docname="book/timeline", app=app)
    made.state = SimpleNamespace(document=SimpleNamespace(settings=SimpleNamespace(env=env)))
    return made


def test_the_page_has_a_section_for_each_decade_in_order(directive):
    sections = directive.run()
    assert [section.next_node(nodes.title).astext() for section in sections] == [
        "2010s",
        "2020s",
        "What the main study reports",
    ]


def test_an_event_that_the_study_dates_in_two_ways_says_so(directive):
    told = {each["words"]: directive.row(each)[1] for each in timeline.told()}
    doubted = {words for words, cell in told.items() if "two dates in the study" in cell}
    assert {"NVIDIA: Ampere architecture", "Stable Diffusion released"} <= doubted
    assert "OpenAI: GPT-4, according to the main study" in doubted and len(doubted) < 20
    assert "#claim-G-C335" in told["Stable Diffusion released"]


def test_what_a_table_holds_is_escaped(directive):
    bad = timeline.told()[0] | {"words": "<b>&", "chapter": "cloud", "marks": [("<i>", "a.html")]}
    cells = directive.row(bad)
    assert cells[1].startswith(html.escape("<b>&")) and ">&lt;i&gt;</a>" in cells[1]
    assert "../book/chapters/cloud.html" in cells[2]


def marked(words: str) -> list[str]:
    """The marks of the events whose words begin so, the one that alone has any."""
    return [mark for each in timeline.told() if each["words"].startswith(words)
            for mark, _ in each["marks"]]  # fmt: skip


def test_a_total_of_a_wrong_number_leads_to_what_the_ledger_says_of_that():
    plans = {each["date"]: each["marks"] for each in timeline.told()
             if each["words"].startswith("Four companies plan")}  # fmt: skip
    assert plans["2025-02-12"] == []
    ((words, address),) = plans["2025-03-05"]
    assert words == "rests on a disputed number" and address.endswith("#claim-D-C031")


def test_a_total_is_not_marked_once_its_parts_stand():
    claims = known_ledger()
    assert timeline.resting(claims)
    assert timeline.resting(claims.assign(verdict=rule.RECOMPUTED)) == {}


def test_an_event_that_the_study_tells_twice_names_the_other_line():
    assert marked("Facebook") == ["perhaps the same as “Facebook renamed Meta”"]
    assert marked("Joseph Weizenbaum") == ["perhaps the same as “ELIZA: released”"]
    assert marked("GM EV1: rel") == ["perhaps the same as “GM EV1, first generation: released”"]
    assert marked("GM EV1, second") == marked("Solana") == marked("Alibaba: cloud") == []


def test_two_dates_of_one_event_are_no_line_that_stands_twice():
    assert marked("GPT-4: released") == ["two dates in the study"]


@pytest.mark.parametrize(
    ("date", "words", "own", "count"),
    [
        ("2022-03", "Midjourney: released", True, 1),
        ("2023", "Midjourney: released", True, 0),
        ("2022", "Midjourney: released", False, 0),
        ("2022", "DALL-E: released", True, 0),
    ],
)
def test_only_lines_of_the_study_and_of_one_year_repeat_each_other(date, words, own, count):
    first = {"date": "2022", "words": "Midjourney released", "own": True, "address": "a"}
    other = {"date": date, "words": words, "own": own, "address": "b"}
    assert len(timeline.repeated([first, other])) == count
