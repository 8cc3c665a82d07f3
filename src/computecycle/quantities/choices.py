"""How a chapter's first sentences stand where what it chooses were otherwise.

The table `choices` declares a range for each number that a chapter chooses and its answer rests on;
what comes out of draws over them is what the ranges put in: they are declared, not measured.
"""

from collections.abc import Callable

import pandas as pd

from computecycle.quantities import spaces

DRAWS, SEED = 10_000, 7


def drawn(choices: pd.DataFrame, chapter: str) -> pd.DataFrame:
    """Return draws over the declared ranges of a chapter, a column for each number; no rows where
    none was declared."""
    return spaces.drawn(choices[choices["chapter"] == chapter], DRAWS, SEED)


def answered(points: pd.DataFrame, ask: Callable[..., dict[str, float]]) -> pd.DataFrame:
    """Return what a function says at each point, a row a point; each point is asked once.

    ask : takes a number by name, whole ones as such, and returns numbers by name.
    """
    if points.empty:
        return pd.DataFrame()
    place = points.groupby(list(points), sort=False).ngroup()
    once = points.drop_duplicates().to_dict("records")
    found = pd.DataFrame([ask(**each) for each in once])
    return found.iloc[place].reset_index(drop=True)
