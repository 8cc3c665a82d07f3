"""Which pages must be read again: those of which a file is now another one, newer or older.

Sphinx reads a page again when one of its files is newer than the page. A table that is restored
from a copy, or the results of the published edition that come back in a rerun, are older.
"""

from pathlib import Path

from computecycle.site import inputs


def state(app, env, page: str) -> tuple:
    """Return what a page was made of: each of its files with its time and size, and the rerun."""
    files = sorted(Path(app.srcdir, name) for name in env.dependencies.get(page, ()))
    known = [(str(path), path.stat()) for path in files if path.exists()]
    stamps = tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in known)
    return stamps, str(inputs.record(app.srcdir))


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return the pages whose files are no longer those that they were made of."""
    before = getattr(env, "computecycle_states", {})
    return [page for page, made_of in before.items() if made_of != state(app, env, page)]


def note(app, env) -> list[str]:
    """Keep what each page was made of, with the rest that Sphinx keeps of a build."""
    env.computecycle_states = {page: state(app, env, page) for page in env.found_docs}
    return []


def setup(app):
    """Register both ends."""
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", note)
