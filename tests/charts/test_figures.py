"""What every figure says to those who hear it, and its marks when they are asked."""

import re
from collections import defaultdict

import charting
import pytest
import running
from house import REPOSITORY

from computecycle.charts import theme
from computecycle.charts.described import described
from computecycle.notebook import notebooks
from computecycle.notebook.figures import Figure

CHAPTERS = notebooks.names(REPOSITORY)
NUMBER = re.compile(r"(?<![\w.,])[-−]?\d[\d,]*(?:\.\d+)?(?:e[+-]\d+)?%?")
NEAR = 0.006  # both are rounded
WITHIN = {"ev-shares-by-region"}  # marks a point of a curve that is told by its ends


def figures(chapter: str) -> list[Figure]:
    charting.quick_schemas()
    return [each for each in running.edition(chapter) if isinstance(each, Figure)]


def labels(figure: Figure) -> list[str]:
    return theme.mark_labels(charting.drawing(figure.spec))


def numbers(words: str) -> list[float]:
    found = (each.replace(",", "").replace("−", "-") for each in NUMBER.findall(words))
    return [float(each.removesuffix("%")) for each in found]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_figure_is_told_with_a_number_and_without_repeating_itself(chapter):
    for figure in figures(chapter):
        words = described(figure.spec)
        told = re.split(r"(?<=\.) (?=[A-Z])", words)
        assert numbers(words), figure.id
        assert len({*told}) == len(told), figure.id
        assert "_" not in words and " marks." not in words, figure.id


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_mark_says_titles_and_few_digits_when_it_is_asked(chapter):
    for figure in figures(chapter):
        for label in labels(figure):
            assert "_" not in label and "(year-month" not in label, (figure.id, label)
            assert not re.search(r"\.0*[1-9]\d{4}|null|undefined|NaN", label), (figure.id, label)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_words_of_a_figure_hold_the_ends_of_what_its_marks_say(chapter):
    """The marks are drawn by Vega, the words are told from the rows."""
    for figure in figures(chapter):
        words, shown = described(figure.spec), defaultdict(list)
        for label in labels(figure):
            for title, value in (part.split(": ", 1) for part in label.split("; ") if ": " in part):
                if title in words and re.fullmatch(
                    rf"{NUMBER.pattern}( to {NUMBER.pattern})?", value
                ):
                    shown[title] += numbers(value)
        for title, values in shown.items() if figure.id not in WITHIN else ():
            for end in (max(values), min(values)):
                near = (
                    abs(each - end) <= NEAR * abs(end) + 0.05 * (abs(end) < 10)
                    for each in numbers(words)
                )
                assert any(near), (figure.id, title, end, words)
