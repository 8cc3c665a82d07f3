"""Whether the site in place is made of what is there now; one build at a time.

It imports little, so that a build that has nothing to do says so at once.
"""

import contextlib
import fcntl
import hashlib
from collections.abc import Callable
from pathlib import Path

from computecycle.evidence import place
from computecycle.evidence.errors import InputError

WRITTEN = ["_config.yml", "_toc.yml", "book", "notebooks", "editions", "requirements.txt"]


@contextlib.contextmanager
def alone(root: Path):
    """Hold the folder for one build at a time; InputError when another build has it."""
    (root / "_build").mkdir(parents=True, exist_ok=True)
    with open(root / "_build/.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(f"Another build is running in {root}; wait for it.") from None
        yield


def fingerprint(root: Path) -> str:
    """Return a hash of everything that a site is made of, besides what is made on the way."""
    written = [
        path
        for name in WRITTEN
        for path in sorted([root / name, *(root / name).rglob("*")])
        if "chapters" not in path.relative_to(root).parts
    ]
    tables = sorted((place.root() / "data").iterdir())
    code = sorted(place.PACKAGE.rglob("*.py"))
    made_of = hashlib.sha256()
    for path in (path for path in [*written, *tables, *code] if path.is_file()):
        made_of.update(hashlib.sha256(path.name.encode() + b"\0" + path.read_bytes()).digest())
    return made_of.hexdigest()


def published(root: Path) -> str:
    """Return what the site in place was made of; empty when there is none."""
    mark = root / "_build/html/.made-of"
    return mark.read_text() if mark.exists() else ""


def told(root: Path, say: Callable) -> bool:
    """Return whether the site in place is made of what is there now, and say so."""
    current = published(root) == fingerprint(root)
    if current:
        say(f"Nothing has changed. The site is {root}/_build/html/index.html")
    return current
