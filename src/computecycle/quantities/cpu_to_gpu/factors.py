"""A multiple as a product of factors, and what each has in it.

    doublings   log2 of a factor; those of factors that multiply to a whole add up to its own
    share       of all doublings
    cascade     each factor from where the one before it ended, on a log axis

Which factor comes first does not change its share. Factors in as `Given` numbers, tables out.
"""

import math

import pandas as pd

from computecycle.evidence.given import Given, derive

CASCADE = ["split", "part", "start", "end", "multiple", "share"]


def product(factors: dict[str, Given]) -> Given:
    """Return what factors multiply to; unknown where one is."""
    return derive(lambda *each: math.prod(each), *factors.values())


def share(factors: dict[str, Given], *chosen: str) -> Given:
    """Return the share of some factors in all doublings (fraction); unknown where a factor is."""

    def doublings(*multiples: float) -> float:
        return math.fsum(map(math.log2, multiples[: len(chosen)])) / math.fsum(
            map(math.log2, multiples)
        )

    others = [part for part in factors if part not in chosen]
    return derive(doublings, *(factors[part] for part in (*chosen, *others)))


def cascade(splits: dict[str, dict[str, Given]]) -> pd.DataFrame:
    """Return the factors of each split in their order: split, part, start, end, multiple, share.

    A split of which a factor is unknown is left out.
    """
    rows = []
    for split, factors in splits.items():
        if all(each.known for each in factors.values()):
            at, whole = 1.0, product(factors).number
            for part, each in factors.items():
                portion = math.log(each.number) / math.log(whole)
                rows.append((split, part, at, at * each.number, each.number, portion))
                at *= each.number
    return pd.DataFrame(rows, columns=CASCADE)


def named(numbers: dict[str, Given], name: str, number: str) -> pd.DataFrame:
    """Return the numbers that are known, to draw: a column of their names and one of them."""
    known = {key: each.number for key, each in numbers.items() if each.known}
    return pd.DataFrame({name: list(known), number: list(known.values())}, dtype=object).astype(
        {number: float}
    )


def rows(factors: dict[str, Given]) -> list[pd.DataFrame]:
    """Return the rows that factors rest on."""
    return [table for each in factors.values() for table in each.rows]
