"""What more workers can do for a job of which a part cannot be split: Amdahl (1967).

    time        s + (1 - s) / n     of the time on one core; s: share that cannot be split,
                                    n: cores that work at once
    speedup     1 / time            never more than 1 / s
    lanes       k s + k (1 - s) / N     N: lanes of a GPU; k: lanes that do the work of one core
    with a core s + k (1 - s) / N       a core does what cannot be split
    even        s / (1 - s) = (1 / n - k / N) / (w - 1)     share at which lanes alone take as long
                                    as cores; w: as k, for steps that wait for one another

It supposes that workers of a kind are alike and that splitting costs nothing, so it is a ceiling.
Numbers in, numbers and tables out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, derive

SHARES = np.geomspace(0.5, 1e-5, 95)  # of a job that cannot be split, as drawn
RACED = ["worker", "share", "times"]


def time(serial: float, cores: float) -> float:
    """Return the time of a job as a share of its time on one core."""
    return serial + (1 - serial) / cores


def speedup(serial: float, cores: Given | float) -> Given:
    """Return how many times faster a job is done by so many cores."""
    return derive(lambda count: 1 / time(serial, count), cores)


def even(cores: Given, lanes: Given, slower: Given, waiting: Given | float) -> Given:
    """Return the share that cannot be split at which lanes alone take as long as cores.

    slower : lanes that do the work of one core. waiting : the same for what cannot be split.
    """

    def share(few: float, many: float, each: float, alone: float) -> float:
        odds = (1 / few - each / many) / (alone - 1)
        return odds / (1 + odds)

    return derive(share, cores, lanes, slower, waiting)


def raced(cores: Given, lanes: Given, slower: Given) -> pd.DataFrame:
    """Return how many times as fast as one core sets of workers are: worker (the cores, the lanes
    alone, the lanes with one core for what cannot be split), share that cannot be split, times.

    slower : lanes that do the work of one core. Empty where a number is unknown.
    """
    if not (cores.known and lanes.known and slower.known):
        return pd.DataFrame(columns=RACED).astype({"share": float, "times": float})
    count = f"{lanes.number:,.0f} lanes"
    times = {
        f"{cores.number:,.0f} cores": 1 / time(SHARES, cores.number),
        f"{count} alone": 1 / (slower.number * time(SHARES, lanes.number)),
        f"{count} and one core": 1 / time(SHARES, lanes.number / slower.number),
    }
    tables = [pd.DataFrame({"worker": key, "share": SHARES, "times": times[key]}) for key in times]
    return pd.concat(tables, ignore_index=True)[RACED]


def met(share: Given, cores: Given) -> pd.DataFrame:
    """Return where the lines of lanes alone and of cores meet, to draw: share, times; empty where
    they do not."""
    times = speedup(share.number, cores)
    known = share.known and times.known and share.number > 0
    rows = [(share.number, times.number)] if known else []
    return pd.DataFrame(rows, columns=RACED[1:], dtype=float)
