"""Vague words: about, nearly, most, half and their like, each with one meaning in table `words`.

A condition or a ledger row names the word; how far it reaches stands in the table and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from computecycle.evidence import data, expressions
from computecycle.evidence.errors import InputError

ARITHMETIC = {"abs": abs, "min": min, "max": max}
OF_ARRAYS = {"abs": np.abs, "min": np.minimum, "max": np.maximum}


@dataclass(frozen=True)
class Word:
    """A word with the letters of its numbers, its condition as a tree, and how it is printed."""

    name: str
    letters: tuple[str, ...]
    condition: object
    reads: str

    def __call__(self, *numbers: float) -> bool:
        """Return whether the word may be said of some numbers; InputError for too few or many."""
        if len(numbers) != len(self.letters):
            raise InputError(f"gives {self.name} {len(numbers)} numbers; it takes {self.letters}")
        given = dict(zip(self.letters, numbers, strict=True))
        return expressions.truth(self.condition, given, ARITHMETIC)


@cache
def known() -> dict[str, Word]:
    """Return the words of the report, by name; InputError names the row that defines none."""
    return {row.word: _word(place, row) for place, row in data.load("words").iterrows()}


def _word(place: str, row) -> Word:
    letters = tuple(row["numbers"].split())
    try:
        tree = expressions.parsed(row["condition"])
        expressions.truth(tree, dict.fromkeys(letters, 1.0), ARITHMETIC)
    except InputError as problem:
        raise InputError(f"{place}, {row['word']}: its condition {problem}.") from None
    return Word(row["word"], letters, tree, row["reads"])


def functions() -> dict[str, Callable]:
    """Return what a condition may call: the words, and abs, min, max."""
    return {**ARITHMETIC, **known()}


def functions_of_arrays() -> dict[str, Callable]:
    """Return what a condition may call when it is tried for many numbers at once."""
    return {**OF_ARRAYS, **{name: partial(_of_arrays, word) for name, word in known().items()}}


def _of_arrays(word: Word, *numbers: np.ndarray) -> np.ndarray:
    given = dict(zip(word.letters, numbers, strict=True))
    return expressions.over(word.condition, given, OF_ARRAYS)
