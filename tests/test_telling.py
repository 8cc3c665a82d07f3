"""How a chapter tells: an answer first, few numbers, figures that earn their place, one short box.

Words and numbers are counted as a reader meets them: sentences with their numbers, without the key
numbers at the head, the box of the documents' slips, formulas, figures and their captions.
"""

import ast
import functools
import re

import pytest
import running
from house import REPOSITORY
from test_notebooks import calls, quoted, text

from computecycle.ledger import ledger
from computecycle.ledger.rule import AMBIGUOUS, DISAGREES
from computecycle.notebook import notebooks
from computecycle.notebook.claims import Claim, Value
from computecycle.notebook.figures import Figure

NAMES = notebooks.names(REPOSITORY)
WORDS = range(1500, 2201)
NUMBERS = 12  # in running text; days and years are none
FIGURES = range(6, 11)
KEYS = range(3, 5)
SLIPS = range(3, 7)
COUNTED = re.compile(r"f\W{\w+} ")  # a title that begins with a count says no more than that
SENTENCE = 36  # words, at most
DATES = ("date", "year")
DIRECTIVE = re.compile(r"(?ms)^(`{3,}|:{3,})\{.*?^\1[`:]*\s*$")
BOX = re.compile(r"(?ms)^:{3,}\{admonition\} Where the documents slip\n(.*?)^:{3,}\s*$")
KEY = re.compile(r"(?ms)^```\{keys\}\n(.*?)^```\s*$")

each_chapter = pytest.mark.parametrize("name", NAMES)


@functools.cache
def said(name: str) -> dict[str, Claim | Value | Figure]:
    """What a chapter says, by kind and id."""
    return {f"{type(each).__name__.lower()}.{each.id}": each for each in running.edition(name)}


def running_text(name: str) -> str:
    """The prose of a chapter, its roles still in it."""
    return re.sub(r"\$\$.*?\$\$", " ", DIRECTIVE.sub(" ", text(name)), flags=re.DOTALL)


def read_aloud(name: str) -> str:
    """The prose of a chapter with its sentences and numbers in their places."""

    def filled(found: re.Match) -> str:
        each = said(name).get(f"{found[1]}.{found[2]}")
        return each.text if each else found[2]

    return re.sub(r"\{([a-z-]+)\}`([^`]+)`", filled, running_text(name))


@each_chapter
def test_a_chapter_can_be_read_in_ten_minutes(name):
    words = re.findall(r"[A-Za-z][\w'’-]*|\$?\d[\d,.]*%?", read_aloud(name))
    assert len(words) in WORDS


@each_chapter
def test_a_chapter_prints_few_numbers(name):
    printed = []
    for role, id in quoted(running_text(name)):
        if role == "value":
            printed.append(id)
        if role == "claim":
            printed += said(name)[f"claim.{id}"].values.values()
    assert len([id for id in printed if said(name)[f"value.{id}"].unit not in DATES]) <= NUMBERS


@each_chapter
def test_a_sentence_can_be_read_once(name):
    told = [each for each in said(name).values() if isinstance(each, Claim)]
    sentences = [(each.id, one) for each in told for one in re.split(r"(?<=[.?]) ", each.text)]
    assert not [(id, one) for id, one in sentences if len(one.split()) > SENTENCE]


@each_chapter
def test_a_chapter_opens_with_its_answer_and_its_key_numbers(name):
    first = text(name).split("\n\n")
    assert first[0].startswith("# ")
    assert quoted(first[1]), "the standfirst says a claim"
    (keys,) = KEY.findall(text(name))
    assert len(keys.strip().splitlines()) in KEYS
    assert text(name).index("```{keys}") < text(name).index("## ")


@each_chapter
def test_a_chapter_has_as_many_figures_as_earn_their_place(name):
    assert sum(isinstance(each, Figure) for each in said(name).values()) in FIGURES


@each_chapter
def test_every_title_has_claims_behind_it_or_finds_nothing(name):
    """A title that nothing tests says what is drawn, as its neutral form does."""
    untested = []
    for call in calls(name, "figures.show"):
        id, title, because = map(ast.unparse, call.args[1:4])
        neutral = next(each.value for each in call.keywords if each.arg == "otherwise")
        if because == "[]" and title != ast.unparse(neutral) and not COUNTED.match(title):
            untested.append(id)
    assert not untested


# What the documents got wrong, and the ledger


@functools.cache
def verdicts() -> dict[str, str]:
    table = ledger.ledger()
    return dict(zip(table["id"], table["verdict"], strict=True))


@each_chapter
def test_the_box_of_slips_is_short_and_the_ledger_says_the_same(name):
    (box,) = BOX.findall(text(name))
    lines = [line for line in box.splitlines() if line.startswith("- ")]
    assert len(lines) in SLIPS
    for line in lines:
        rows = [target for role, target in quoted(line) if role == "item"]
        assert rows and {verdicts()[row] for row in rows} & {DISAGREES, AMBIGUOUS}, line
