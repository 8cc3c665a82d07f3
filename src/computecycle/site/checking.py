"""What is checked before anything runs: the tables, a reader's own, the ledger."""

import contextlib
import tempfile
from pathlib import Path

from computecycle.evidence import checks, data, words
from computecycle.evidence.received import Received
from computecycle.ledger import ledger


def tables() -> None:
    """Stop with one sentence for each thing that is wrong with the tables, or for the first word
    whose condition cannot be read."""
    checks.stop(checks.check())
    if described("words"):
        words.known()


def judged() -> None:
    """Stop with one sentence where a statement of the sources cannot be judged."""
    if described("source_claims"):
        ledger.ledger()


def described(table: str) -> bool:
    """Whether the report has a table of this name."""
    return any(entry["name"] == table for entry in data.descriptor()["resources"])


def own(received: Received) -> list[str]:
    """Stop with one sentence for each thing that is wrong with a reader's tables; return one for
    each number that is to be looked at again."""
    if not received.texts:
        return []
    with tempfile.TemporaryDirectory() as folder:
        received.write(Path(folder))
        checks.stop([received.as_written(each) for each in checks.overlay_problems(folder)])
        return [received.as_written(each) for each in checks.doubts(folder)]


def changed(root: Path) -> None:
    """Check the tables, unless they and what checks them are as when they were found right."""
    from computecycle.runs import chapters  # with all that runs them, which tables do not need
    from computecycle.runs.reached import importing, reached

    code = chapters.code_hash(reached(importing(checks.__name__), chapters.CODE))
    files = [path for path in sorted(data.FOLDER.iterdir()) if path.is_file()]
    parts = [part for path in files for part in (path.name.encode(), path.read_bytes())]
    mark, state = root / "_build/checked", chapters.digest(code.encode(), *parts).encode()
    if not mark.exists() or mark.read_bytes() != state:
        tables()
        with contextlib.suppress(OSError):  # a checkout that may not be written is checked again
            chapters.write(mark, state)
