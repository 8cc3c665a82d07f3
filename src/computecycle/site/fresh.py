"""Which pages must be read again: those that state a fact that is now another one.

A page states facts: a number, a sentence, a title, a verdict of the ledger. Each is what a function
gives for some words, so that it can be asked again when the site is built again. A page is read
again too when one of its files is another one, newer or older: Sphinx looks for newer ones only.

What follows from words alone, or from words and tables, is remembered from build to build.
"""

import pickle
from collections.abc import Callable
from pathlib import Path

from computecycle.evidence import data
from computecycle.evidence.refresh import overlay
from computecycle.runs import chapters, studies
from computecycle.site import inputs

OF_TABLES: set[Callable] = set()  # what need not be asked again while no table changed
KEPT = "remembered.pickle"  # among what Sphinx keeps: the state of the tables, what was asked


def of_tables(ask: Callable) -> Callable:
    """Note that what a function gives follows from its words, the tables and the sources alone."""
    OF_TABLES.add(ask)
    return ask


def stated(env, ask: Callable, *words):
    """Return what a function gives, and keep that the page being read states it.

    ask : at the top of a module, so that it can be kept by name. What it gives is plain: its repr
    tells all of it.
    """
    known = remembered(env.app, ask, *words) if ask in OF_TABLES else ask(*words)
    facts(env).setdefault(env.docname, {})[(ask, *words)] = mark(known)
    return known


def begun(app) -> None:
    """Take what is remembered, but for what other tables told."""
    path, app.computecycle_asked = Path(app.doctreedir, KEPT), set()
    before, known = pickle.loads(path.read_bytes()) if path.exists() else (None, {})
    app.computecycle_tables = tables()
    if before != app.computecycle_tables:
        known = {fact: each for fact, each in known.items() if fact[0] not in OF_TABLES}
    app.computecycle_remembered = known


def remembered(app, ask: Callable, *words):
    """Return what a function gives that is one `of_tables`, or follows from its words alone."""
    fact, known = (ask, *words), app.computecycle_remembered
    app.computecycle_asked.add(fact)
    if fact not in known:
        known[fact] = ask(*words)
    return known[fact]


def ended(app, problem) -> None:
    """Remember what was asked now, or stands in a page that was not read again."""
    if problem:
        return
    stays = app.computecycle_asked.union(*facts(app.env).values())
    known = {fact: each for fact, each in app.computecycle_remembered.items() if fact in stays}
    whole = pickle.dumps((app.computecycle_tables, known))
    chapters.write(Path(app.doctreedir, KEPT), whole)


def facts(env) -> dict[str, dict[tuple, str]]:
    """Return, by page, the facts that it states, each with the mark of what it was."""
    return vars(env).setdefault("computecycle_facts", {})


def mark(known: object) -> str:
    """Return what tells a fact from another."""
    return chapters.digest(repr(known).encode())


def tables() -> tuple:
    """Return the tables and sources that the site shows, each file with its time and size."""
    package, names = inputs.package(), [each["name"] for each in data.descriptor()["resources"]]
    files = [Path(folder, "sources.bib") for folder in (data.FOLDER, package.folder) if folder]
    files.append(data.FOLDER / overlay.STATE)
    known = [(path, path.stat()) for path in files if path.exists()]
    stamps = [(path, stat.st_mtime_ns, stat.st_size) for path, stat in known]
    return package, *stamps, *(package.state(name) for name in names)


def state(app, env, page: str) -> tuple:
    """Return what a page was made of besides its facts: each of its files with its time and size;
    in a rerun its day with the chapters that ran, a reader's tables."""
    files = sorted(Path(app.srcdir, name) for name in env.dependencies.get(page, ()))
    known = [(str(path), path.stat()) for path in files if path.exists()]
    stamps = tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in known)
    made = studies.record(Path(app.srcdir))
    day = (made["as_of"], *made["chapters"]) if made.get("as_of") else ()
    own = (made["data_dir"], made["tables"]) if made.get("data_dir") else ()
    return stamps, day, own


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return the pages whose files are no longer those that they were made of, or whose facts are
    others."""
    known, now = getattr(env, "computecycle_states", {}), {}
    same = getattr(env, "computecycle_tables", ()) == app.computecycle_tables

    def stands(fact: tuple, before: str) -> bool:
        if same and fact[0] in OF_TABLES:
            return True
        if fact not in now:
            now[fact] = mark(asked(app, *fact))
        return now[fact] == before

    return [
        page
        for page, made_of in known.items()
        if made_of != state(app, env, page)
        or not all(stands(*each) for each in facts(env).get(page, {}).items())
    ]


def asked(app, ask: Callable, *words) -> object:
    """Return a fact; nothing where it cannot be told, as the page that is read then says why."""
    try:
        return remembered(app, ask, *words) if ask in OF_TABLES else ask(*words)
    except Exception:  # of any kind: a chapter, a table, a column that is gone
        return None


def forgotten(app, env, page: str) -> None:
    """Forget what a page stated, before it is read again or is gone."""
    facts(env).pop(page, None)


def note(app, env) -> None:
    """Keep what each page was made of, with the rest that Sphinx keeps of a build."""
    env.computecycle_states = {page: state(app, env, page) for page in env.found_docs}
    env.computecycle_tables = app.computecycle_tables


def setup(app):
    """Register both ends."""
    app.connect("builder-inited", begun, priority=200)  # after the tables are known
    app.connect("build-finished", ended, priority=900)  # after all that asks
    app.connect("env-get-outdated", outdated)
    app.connect("env-purge-doc", forgotten)
    app.connect("env-updated", note)
