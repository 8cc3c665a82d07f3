"""Which pages are written: those that say something else than what stands there, in another frame
or none; and how many these are.

Sphinx writes the pages that it has read again, and always the front page. The pages that are made
beside them come through `changed`.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from computecycle.site import inputs
from computecycle.site.fresh import mark

KEPT = "pages.json"  # among what Sphinx keeps: the mark of each page, and the numbers of a build


def begun(app) -> None:
    """Take what the build before wrote."""
    path = Path(app.doctreedir, KEPT)
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"pages": {}}
    app.computecycle_before, app.computecycle_pages = known["pages"], {}
    app.computecycle_read, app.computecycle_written = [], []


def frame(app) -> str:
    """Return the mark of all that a page says besides its own words."""
    titles = {name: title.astext() for name, title in sorted(app.env.titles.items())}
    edition, moved = app.computecycle_edition, app.computecycle_moved
    return mark([inputs.record(app.srcdir), edition, app.computecycle_data_end, moved, titles])


def reading(app, env, pages: list[str]) -> None:
    """Keep which pages are read."""
    app.computecycle_read = list(pages)


def framed(app, env) -> list[str]:
    """Return the written pages whose frame is another one: all of them, or the front page alone,
    without which Sphinx would make no page."""
    before, env.computecycle_frame = getattr(env, "computecycle_frame", ""), frame(app)
    return [app.config.root_doc] if env.computecycle_frame == before else sorted(env.found_docs)


def stands(app, name: str, said: object) -> bool:
    """Return whether a page stands there as it would be written; keep that it is one."""
    made_of = app.computecycle_pages[name] = mark([app.env.computecycle_frame, said])
    there = Path(app.builder.get_outfilename(name)).exists()
    same = there and app.computecycle_before.get(name) == made_of
    app.computecycle_written += [] if same else [name]
    return same


def changed(make: Callable) -> Callable:
    """Return a maker of pages that leaves out those that stand there as they would be written."""

    def pages(app) -> Iterator[tuple[str, dict, str]]:
        for name, context, template in make(app):
            if not stands(app, name, [sorted(context.items()), template]):
                yield name, context, template

    return pages


def noted(app, pagename, templatename, context, doctree) -> None:
    """Keep what a written page says; make way for a page, which may be that of a site too."""
    if doctree is not None:
        told = [context.get(name) for name in ("title", "body", "prev", "next")]
        stands(app, pagename, told)
    Path(app.builder.get_outfilename(pagename)).unlink(missing_ok=True)


def ended(app, problem) -> None:
    """Remove the pages that are made no more; keep what was written, and the numbers."""
    if problem:
        return
    before, pages = app.computecycle_before, app.computecycle_pages
    stay = {name: made_of for name, made_of in before.items() if name in app.env.found_docs}
    for name in before.keys() - stay.keys() - pages.keys():
        Path(app.builder.get_outfilename(name)).unlink(missing_ok=True)
    told = {"read": app.computecycle_read, "written": sorted(app.computecycle_written)}
    kept = json.dumps({"pages": {**stay, **pages}, **told}, indent=0, sort_keys=True)
    Path(app.doctreedir, KEPT).write_text(kept, encoding="utf-8")


def setup(app):
    """Register both ends."""
    app.connect("builder-inited", begun)
    app.connect("env-before-read-docs", reading)
    app.connect("env-updated", framed, priority=900)  # after all that changes titles
    app.connect("html-page-context", noted, priority=100)  # before words are added to it
    app.connect("build-finished", ended)
