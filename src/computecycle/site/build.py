"""Run what changed, build the pages, put them in place in one step.

    chapters ─► jupyter-book (strict) in _build/work, files of figures beside it
             ─► prune ─► _build/sites/<n> ─► _build/html

`_build/html` is a link that is replaced at the very end, so a build that is ended at any moment
leaves the old site or the new one, never half of either.
"""

import contextlib
import errno
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from computecycle.citing import capsules, edition
from computecycle.evidence import data
from computecycle.evidence.errors import InputError
from computecycle.notebook import notebooks
from computecycle.runs import chapters, comparison, execution, states, telling
from computecycle.runs.reached import importing, reached
from computecycle.site import (
    ROOMS,
    checking,
    current,
    fonts,
    inputs,
    manifest,
    metadata,
    prune,
    search,
    written,
)
from computecycle.site.addresses import chapter_numbers
from computecycle.site.archive import shared

PROCESS = "from computecycle.site import process; process.build()"
WORK, MARK = "_build/work", "_build/work.made-of"
LOG, DRAFT = "_build/pages.log", "_build/.pages.log"  # of Sphinx
MISTAKE = f"{InputError.__module__}.{InputError.__name__}: "  # before a mistake, in a traceback
SHOWN = 20  # numbers that moved, of which a build tells


def run_chapters(root: Path, given: dict[str, dict], say: Callable) -> int:
    """Run the chapters whose inputs changed, saying each as it ends; return how many ran."""
    chapters.forget(root, list(given))
    stale = {
        name: each
        for name, each in given.items()
        if not chapters.is_current(root, name, chapters.inputs(root, name, each))
    }
    for done, (name, outcome) in enumerate(chapters.run_all(root, stale), start=1):
        say(
            f"  chapter {done} of {len(stale)}: {name}, {len(outcome['values'])} values, "
            f"{len(outcome['claims'])} claims, {len(outcome['figures'])} figures"
        )
    return len(stale)


def framework(root: Path) -> str:
    """Return a hash of what all pages depend on: the code that Sphinx's extension reaches,
    settings, order, templates, descriptions of tables, the edition and those before it."""
    files = [root / "_config.yml", root / "_toc.yml", data.FOLDER / "datapackage.json"]
    files += [root / "book/edition.json", *sorted((root / "editions").glob("*.csv"))]
    files += sorted((root / "editions").glob("*/edition.json"))
    files += [*sorted((root / "book/templates").glob("*")), root / fonts.ASSET]
    rooms = "\n".join(importing(f"computecycle.site.{room}") for room in ROOMS)
    code = chapters.code_hash(reached(rooms, chapters.CODE))
    there = (path.read_bytes() for path in files if path.exists())  # who checks says what is not
    return chapters.digest(code.encode(), *there)


class Builder(NamedTuple):
    """A process that gets ready to build pages, and the `framework` with which it does so."""

    process: subprocess.Popen
    frame: str


@contextlib.contextmanager
def ready(root: Path) -> Iterator[Builder]:
    """Give what builds the pages, strictly, when it is told.

    The process ends when our end of its standard input is gone, however we end.
    """
    frame = framework(root)
    command = [sys.executable, "-c", PROCESS, "build", str(root), "--path-output"]
    command += [str(root / WORK), "-W", "--keep-going", "--quiet"]
    with (root / DRAFT).open("wb") as words:
        given = {"stdin": subprocess.PIPE, "stdout": words, "stderr": words, "bufsize": 0}
        process = subprocess.Popen(command, cwd=root, **given)
    with process:
        try:
            yield Builder(process, frame)
        finally:
            process.kill()
            (root / DRAFT).unlink(missing_ok=True)


def tell(process: subprocess.Popen) -> None:
    """Let a process go on that waits for it."""
    with contextlib.suppress(BrokenPipeError):  # it has ended, and its log says why
        process.stdin.write(b".")


def begin(root: Path, builder: Builder) -> None:
    """Let what builds the pages begin, as the tables are right. What was kept of earlier builds is
    forgotten where their `framework` was another."""
    mark = root / MARK
    if not mark.exists() or mark.read_text() != builder.frame:
        shutil.rmtree(root / WORK, ignore_errors=True)
    tell(builder.process)


def build_pages(root: Path, builder: Builder, draw: Callable[[], None], say: Callable) -> Path:
    """Build the pages with Jupyter Book, say how many were written; return their folder.

    builder : which is `ready` and has begun. draw : makes the files of figures, while the pages are
    built. InputError: Jupyter Book's words.
    """
    work, mark = root / WORK, root / MARK
    mark.unlink(missing_ok=True)
    tell(builder.process)
    draw()
    tell(builder.process)
    status = builder.process.wait()
    os.replace(root / DRAFT, root / LOG)
    if status:
        raise InputError(refused(root / LOG))
    mark.write_text(builder.frame)
    known = json.loads((work / "_build/.doctrees" / written.KEPT).read_text(encoding="utf-8"))
    counts = (len(known[name]) for name in ("read", "written", "pages"))
    say("  {} pages read, {} of {} written".format(*counts))
    return work / "_build/html"


def refused(log: Path) -> str:
    """Return why the pages could not be built, from all that was said."""
    lines = log.read_text(encoding="utf-8").splitlines()
    mistakes = [line.partition(MISTAKE)[2] for line in lines if line.startswith(MISTAKE)]
    told = list(dict.fromkeys(mistakes)) or [
        line for line in lines if any(word in line for word in ("WARNING", "ERROR", "Error"))
    ]
    first = f"The pages could not be built; the old site is untouched. All of it: {log}"
    return "\n".join([first, *(told[:10] or lines[-5:])])


def publish(root: Path, pages: Path, made_of: str) -> Path:
    """Put a pruned copy of the pages at `_build/html` in one step; return that path."""
    sites, site = root / "_build/sites", root / "_build/html"
    sites.mkdir(parents=True, exist_ok=True)
    old = {path for path in sites.iterdir()}
    new = sites / f"{max([int(path.name) for path in old if path.name.isdigit()] + [0]) + 1}"
    draft = sites / "draft"
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(pages, draft, copy_function=copied)
    prune.prune(draft)
    toc = root / "_toc.yml"
    numbers = chapter_numbers(toc, toc.stat().st_mtime_ns) if toc.exists() else {}
    known = shown(root)
    inputs.read(root)
    search.write(draft, known, numbers, root)
    metadata.complete(draft, edition.record(root), all(each["published"] for each in known))
    manifest.complete(draft)
    (draft / ".made-of").write_text(made_of)
    os.rename(draft, new)
    link = root / "_build/.html"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("sites", new.name))
    if site.is_dir() and not site.is_symlink():
        shutil.rmtree(site)
    os.replace(link, site)
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return site


def copied(source: str, target: str) -> None:
    """Put a file of a site at another place: as the same file, for each is replaced when it is
    written again, but for those that Sphinx writes into."""
    (shutil.copy2 if Path(source).parent.name == "_static" else shared)(source, target)


def shown(root: Path) -> list[dict]:
    """Return the results of the chapters that are in the book, in alphabetical order."""
    pages = sorted((root / "book/chapters").glob("*.md"))
    return [known for page in pages if (known := chapters.results(root, page.stem))]


def make(root: Path, builder: Builder, given: dict[str, dict], made_of: str, say: Callable) -> Path:
    """Run the chapters that changed, build the pages and put them in place; return the site.

    builder : which is `ready`.
    """
    begin(root, builder)
    say("Running the chapters")
    if not run_chapters(root, given, say):
        say("  none has changed")
    chapters.distinct(root, list(given))
    say("Building pages and pictures")
    draw = functools.partial(capsules.make_all, root, edition.record(root), shown(root))
    pages = build_pages(root, builder, draw, say)
    say("Putting them in place")
    return publish(root, pages, made_of)


@contextlib.contextmanager
def keeping(root: Path, kept: Path):
    """Where a chapter stops below `root`, keep its notebook in `kept` and say so."""
    failed = root / execution.FAILED
    shutil.rmtree(failed, ignore_errors=True)
    try:
        yield
    except InputError as problem:
        partial = sorted(failed.glob("*.ipynb"))
        for path in partial:
            kept.mkdir(parents=True, exist_ok=True)
            os.replace(path, kept / path.name)
        names = ", ".join(str(kept / path.name) for path in partial)
        told = f"\nWhat had run is kept in {names}" if partial else ""
        raise InputError(f"{problem}{told}") from None


def book(root: Path, say: Callable) -> None:
    """Make the published edition from the folder `root`; say what moved, and where it is."""
    start = time.monotonic()
    if current.told(root, say):
        return
    from computecycle.runs import kernels

    made_of = current.fingerprint(root)
    with current.alone(root), kernels.ready(), ready(root) as builder:  # while tables are checked
        say("Checking the tables")
        checking.changed(root)
        edition, before = states.last(root)
        with keeping(root, root / execution.FAILED):
            make(root, builder, {name: {} for name in notebooks.names(root)}, made_of, say)
        if before:
            say(f"Against {edition}:")
            _, named, id = edition.partition("edition ")
            rest = f"`computecycle compare {states.PUBLISHED} {id}` lists them" if named else ""
            found = comparison.between(before, states.built(root))
            for line in telling.lines(found, SHOWN, rest):
                say(line)
    say(f"Done in {time.monotonic() - start:.0f} s. The site is {root}/_build/html/index.html")


def serve(site: Path, port: int, say: Callable) -> None:
    """Serve a built site on this machine only, until interrupted."""
    if not (site / "index.html").exists():
        raise InputError(f"There is no site in {site}; run `make book` first.")
    lost = (site / "404.html").read_text(encoding="utf-8").replace("%", "%%")
    kind = type("Pages", (http.server.SimpleHTTPRequestHandler,), {"error_message_format": lost})
    handler = functools.partial(kind, directory=str(site))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as problem:
        if problem.errno != errno.EADDRINUSE:
            raise
        told = f"Port {port} is in use; name another, as in `make serve PORT={port + 1}`."
        raise InputError(told) from None
    with server:
        say(f"http://localhost:{server.server_port}/  (Ctrl-C ends it)")
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
