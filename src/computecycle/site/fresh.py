"""Which pages must be read again: those of which a file is now another one, newer or older.

Sphinx reads a page again when one of its files is newer than the page. A table that is restored
from a copy, or the results of the published edition that come back in a rerun, are older.
"""

from pathlib import Path

from computecycle.runs import studies


def state(app, env, page: str) -> tuple:
    """Return what a page was made of: each of its files with its time and size, and the day and
    the tables of a rerun. Its parameters reach a page by the results that it quotes."""
    files = sorted(Path(app.srcdir, name) for name in env.dependencies.get(page, ()))
    known = [(str(path), path.stat()) for path in files if path.exists()]
    stamps = tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in known)
    made = studies.record(Path(app.srcdir))
    return stamps, made.get("as_of", ""), made.get("data_dir", ""), made.get("tables", "")


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return the pages whose files are no longer those that they were made of."""
    before = getattr(env, "computecycle_states", {})
    return [page for page, made_of in before.items() if made_of != state(app, env, page)]


def note(app, env) -> list[str]:
    """Keep what each page was made of, with the rest that Sphinx keeps of a build.

    Returns the pages to write again, all where a rerun is another: each bears its mark.
    """
    env.computecycle_states = {page: state(app, env, page) for page in env.found_docs}
    before, made = getattr(env, "computecycle_made", {}), studies.record(Path(app.srcdir))
    env.computecycle_made = made
    return sorted(env.found_docs) if made != before else []


def setup(app):
    """Register both ends."""
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", note)
