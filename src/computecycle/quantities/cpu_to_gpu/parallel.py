"""What more workers can do for a job of which a part cannot be split: Amdahl (1967).

    time        s + (1 - s) / n     of the time on one core; s: share that cannot be split,
                                    n: cores that work at once
    speedup     1 / time            never more than 1 / s

It supposes that the cores are alike and that splitting costs nothing, so it is a ceiling. Numbers
in and out.
"""

from computecycle.evidence.given import Given, derive


def time(serial: float, cores: float) -> float:
    """Return the time of a job as a share of its time on one core."""
    return serial + (1 - serial) / cores


def speedup(serial: float, cores: Given | float) -> Given:
    """Return how many times faster a job is done by so many cores."""
    return derive(lambda count: 1 / time(serial, count), cores)
