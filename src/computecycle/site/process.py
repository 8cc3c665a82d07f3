"""The process in which pages are built while the files of figures are made beside it.

It ends with the process that began it, which holds the other end of its standard input. One letter
there tells it that the tables are right, until which it makes what is made of them alone; another
that the chapters have run, until which it gets ready as far as Sphinx does before it reads anything
of theirs; and a last one that all files of figures are in place.
"""

import gc
import os
import sys
import threading
from importlib import import_module
from pathlib import Path

from computecycle.site import ROOMS

NEEDED = ["jupyter_book.cli.main", "jupyter_book.sphinx", "myst_nb"]

CHECKED, RUN, IN_PLACE = TOLD = [threading.Event() for _ in range(3)]
for each in TOLD:
    each.set()  # where pages are built by themselves, nothing is made meanwhile


def build() -> None:
    """Build the pages as the command line asks Jupyter Book to, once the chapters have run.

    What is made of them is held to the end: to search it for what nothing holds any more took a
    sixth of the time.
    """
    gc.disable()
    for event in TOLD:
        event.clear()
    threading.Thread(target=follow, daemon=True).start()
    for name in [*NEEDED, *(f"computecycle.site.{room}" for room in ROOMS)]:
        import_module(name)
    from jupyter_book.cli.main import main

    prepare(Path(sys.argv[2]), Path(sys.argv[4]))
    CHECKED.wait()
    main()


def prepare(root: Path, out: Path) -> None:
    """Make what no chapter changes and no build before has kept: type, references.

    root, out : the book, and the folder of its pages.
    """
    from computecycle.citing import bibliography
    from computecycle.evidence import data
    from computecycle.site import fonts

    data.sources()  # every page cites some
    fonts.css(root / fonts.MADE)
    if set(fonts.of_report(root)) - {fonts.MISSING}:
        fonts.mark(root)
    if not (out / "_build/.doctrees").exists():
        for each in bibliography.items().values():
            bibliography.formatted(each)


def follow() -> None:
    """Hear what is told; end this process when nobody is there to tell."""
    for event in TOLD:
        if not os.read(0, 1):
            os._exit(1)
        event.set()
    os.read(0, 1)
    os._exit(1)


def setup(app):
    """Let Sphinx wait for the chapters before it looks at anything that they yield."""
    app.connect("builder-inited", lambda app: RUN.wait(), priority=50)
