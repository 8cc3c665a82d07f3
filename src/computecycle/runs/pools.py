"""Processes that work beside this one."""

import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from computecycle.charts import theme


def pool(count: int, begin: Callable | None = None) -> ProcessPoolExecutor:
    """Return a pool of some processes. begin : what each does first.

    They are copies of this one, which know what it has read, where that is safe: the programs that
    draw wait for ever in a copy of a process in which they have run.
    """
    copied = sys.platform == "linux" and not theme.has_drawn()
    context = multiprocessing.get_context("fork" if copied else "spawn")
    return ProcessPoolExecutor(count, context, begin)
