"""The process in which pages are built while the files of figures are made beside it.

It ends with the process that began it, which holds the other end of its standard input, and is told
by one letter there that all files of figures are in place.
"""

import os
import threading

IN_PLACE = threading.Event()
IN_PLACE.set()  # where pages are built by themselves, nobody makes files meanwhile


def build() -> None:
    """Build the pages as the command line asks Jupyter Book to."""
    IN_PLACE.clear()
    threading.Thread(target=follow, daemon=True).start()
    from jupyter_book.cli.main import main

    main()


def follow() -> None:
    """Hear that the files are in place; end this process when nobody is there to tell."""
    while os.read(0, 1):
        IN_PLACE.set()
    os._exit(1)
