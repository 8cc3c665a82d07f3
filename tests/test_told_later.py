"""What a chapter tells as of an early day: no name and no day that came later.

A claim or a value is untold before its day, and with it goes its sentence; so do sentences that
cite what was published later or stand behind `{with}`. What remains is held to the tables: a name
that these know, but only from later rows, cannot have been told.
"""

import ast
import functools
import re

import pytest
import running
from test_notebooks import calls, quoted, text

from computecycle.evidence import data
from computecycle.notebook.claims import NO_DATA, Claim, Value
from computecycle.notebook.figures import Figure

CHAPTERS = ["adoption_and_markets", "cloud", "cpu_to_gpu", "llm_scaling", "proof_of_work"]
DAYS = ["2023-09-30", "2024-12-31", "2025-06-30"]
OLDER = {  # than the first row of our tables that names them
    "America",
    "Arm",
    "BERT",
    "Bitcoin",
    "CPU",
    "CUDA",
    "Dennard",
    "GDP",
    "GFLOPS",
    "Gartner",
    "Student",  # of the interval that bears his name
    "kWh",
}
NAME = re.compile(r"(?<![\w.])(?:[A-Z]|\d*[a-z]+[A-Z\d])[\w-]*[\w](?!\w)")
LATE = re.compile(r"\b20(2[3-9]|[3-9]\d)\b")
STOP = re.compile(r"(?<=[a-z0-9)%”\"’`*][.!?])\s+|(?<=[.*])\s+(?=\{(?!item))")  # of a sentence
PART = re.compile(r"(?<=[a-z0-9)%”\"’`*][.!?:;])\s+")
BESIDE = ["source", "locator", "second_locator", "known_from", "confidence"]
SECTION = re.compile(r"(?m)^(?=#)")
WITHOUT = re.compile(r"```\{with\} (\S+)")
KEYS = re.compile(r"(?ms)^```\{keys\}\n(.*?)^```\s*$")
BLOCK = re.compile(r"(?ms)^```.*?^```\s*$")


@functools.cache
def first_told() -> dict[str, str]:
    """From which day on the rows of our tables hold a name."""
    found: dict[str, str] = {}
    for entry in data.descriptor()["resources"]:
        table = data.load(entry["name"])
        days = table["known_from"].dt.strftime("%Y-%m-%d")
        for column in table.columns.difference(BESIDE):
            for day, cell in zip(days, table[column], strict=True):
                for name in NAME.findall(cell) if isinstance(cell, str) else ():
                    found[name] = min(day, found.get(name, day))
    return found


@functools.cache
def documents() -> dict[str, str]:
    """The document of each claim of the ledger."""
    table = data.load("source_claims")
    return dict(zip(table["id"], table["source"], strict=True))


def later(key: str, day: str) -> bool:
    """Whether a source appeared after a day."""
    fields = data.sources()[key]
    appeared = fields.get("date", fields.get("year", ""))
    return fields.get("type") != "dataset" and appeared > day[: len(appeared)]


class Told:
    """What a chapter tells as of a day."""

    def __init__(self, name: str, day: str):
        said, failure = running.run(name, {"as_of": day})
        assert not failure
        self.name, self.day = name, day
        self.known = {each.id: each for each in said if isinstance(each, Claim | Value)}
        self.figures = [each for each in said if isinstance(each, Figure)]

    def untold(self, id: str) -> bool:
        each = self.known.get(id)
        return each is not None and None in (getattr(each, "holds", 0), getattr(each, "number", 0))

    def out(self, sentence: str) -> bool:
        """Whether a sentence of the prose cannot be told."""
        for role, id in quoted(sentence):
            if role == "source" and later(id, self.day):
                return True
            if role == "item" and later(documents()[id], self.day):
                return True
            if role in ("value", "claim", "with") and self.untold(id):
                return True
        return False

    def prose(self) -> list[str]:
        """The sentences of the prose that can be told, without headings."""
        found = []
        for section in SECTION.split(text(self.name)):
            within = WITHOUT.search(section)
            if within and self.untold(within[1]):
                continue
            section = KEYS.sub(lambda keys: self.keys(keys[1]), section)
            for line in BLOCK.sub("", section).splitlines():
                line = re.sub(r"\.\s+(?=\{item)", " ", line)
                found += [] if line.startswith("#") else STOP.split(line)
        return [self.filled(each) for each in found if not self.out(each)]

    def keys(self, lines: str) -> str:
        pairs = [line.partition(":") for line in lines.splitlines()]
        return "\n".join(words for id, _, words in pairs if not self.untold(id))

    def filled(self, sentence: str) -> str:
        def put(found: re.Match) -> str:
            return self.known[found[1]].text if found[1] in self.known else ""

        return re.sub(r"\{[\w-]+\}`([^`]*)`", put, sentence)

    def sentences(self) -> list[str]:
        """All that it tells, sentence by sentence."""
        words = [each for one in self.figures for each in (one.title, one.caption, one.note)]
        return [part for each in [*self.prose(), *words] for part in PART.split(each)]


@functools.cache
def told(name: str, day: str) -> Told:
    return Told(name, day)


def names(sentence: str) -> set[str]:
    """The names in a sentence, whose first word has a capital anyway."""
    found = [name.removesuffix("'s") for name in NAME.findall(sentence)]
    first = re.match(r"\W*(\w+)", sentence)
    return set(found[1:] if found and first and found[0].startswith(first[1]) else found)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_is_named_that_came_later(name, day):
    first = first_told()
    found = [
        (each, sentence)
        for sentence in told(name, day).sentences()
        for each in names(sentence) - OLDER
        if first.get(each, "") > day
    ]
    assert not found


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_number_that_is_not_known_is_in_no_words_of_a_figure(name):
    words = [
        each for one in told(name, DAYS[0]).figures for each in (one.title, one.caption, one.note)
    ]
    assert not [each for each in words if NO_DATA in each or re.search(r"\bnan\b", each)]


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_late_year_in_the_words_of_a_figure_is_a_value(name):
    """A value is unknown before its day; a year that is written out is not."""
    texts = [
        part.value
        for call in calls(name, "figures.show")
        for given in [*call.args[2:], *[each.value for each in call.keywords]]
        for part in ast.walk(given)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    assert not [each for each in texts if LATE.search(each)]


def test_a_name_is_found_inside_a_sentence():
    assert names("The GB300 beat OpenAI's and GPT-5.") == {"GB300", "OpenAI", "GPT-5"}
    assert names("Ramp is a firm.") == set()
