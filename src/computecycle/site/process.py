"""The process in which pages are built while the files of figures are made beside it.

It ends with the process that began it, which holds the other end of its standard input. One letter
there tells it to build, for which it gets ready while chapters run, and another that all files of
figures are in place.
"""

import os
import threading
from importlib import import_module

from computecycle.site import ROOMS

NEEDED = ["jupyter_book.cli.main", "jupyter_book.sphinx", "myst_nb"]

IN_PLACE = threading.Event()
IN_PLACE.set()  # where pages are built by themselves, nobody makes files meanwhile


def build() -> None:
    """Build the pages as the command line asks Jupyter Book to, once that is told."""
    for name in [*NEEDED, *(f"computecycle.site.{room}" for room in ROOMS)]:
        import_module(name)
    if not os.read(0, 1):
        os._exit(1)
    IN_PLACE.clear()
    threading.Thread(target=follow, daemon=True).start()
    from jupyter_book.cli.main import main

    main()


def follow() -> None:
    """Hear that the files are in place; end this process when nobody is there to tell."""
    while os.read(0, 1):
        IN_PLACE.set()
    os._exit(1)
