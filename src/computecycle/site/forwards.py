"""Where a published address leads whose thing has moved: pages that lead on, anchors that say
where to go.

The register (`citing.register`) says what took the place of what. A figure, a chapter or a table
has a page that leads on by itself; a number, a sentence, a row or a heading an anchor on its old
page, seen only by those who come for it.
"""

import html
from pathlib import Path

from computecycle.citing import register
from computecycle.evidence import keys
from computecycle.site import addresses, judgements, written
from computecycle.site.addresses import CHAPTERS, chapter_page, numbers_page, up

BESIDE = ("", "/numbers", "/notebook")  # pages of a chapter


def address(kind: str, id: str) -> str:
    """Return where something that was or is published stands, relative to the site's folder."""
    whole, _, part = id.partition("#" if kind in ("row", "heading") else ".")
    if kind == "chapter":
        return chapter_page(id)
    if kind in ("figure", "table"):
        return f"{kind}s/{id}.html"
    if kind in ("value", "claim"):
        return f"{numbers_page(whole)}#{kind}-{part}"
    if kind == "row":
        known = next((row for row in addresses.rows(whole) if row.anchor == part), None)
        return f"{addresses.page_of(whole, known.part if known else 1)}.html#{part}"
    if kind == "ledger":
        row = next((row for row in keys.rows(register.LEDGER) if row.cells["id"] == id), None)
        page = judgements.page_of(*(row.cells[c] for c in ("source", "chapter"))) if row else ""
        return f"{page or 'book/ledger'}.html#claim-{id}"
    return f"{whole}.html#{part}"


def note(app) -> None:
    """Keep every old address with the new one, for all pages."""
    app.computecycle_moved = forwarded(app)


def forwarded(app) -> dict[str, str]:
    """Return every old address with the new one."""
    found = register.forwarded(register.known(Path(app.srcdir)))
    moved = {address(*old): address(*new) for old, new in found.items()}
    for (kind, old), (_, new) in found.items():
        if kind == "chapter":
            moved |= {f"{CHAPTERS}/{old}{s}.html": f"{CHAPTERS}/{new}{s}.html" for s in BESIDE}
    return moved


def pages(app):
    """Yield a page for each page that is gone, which leads on to what took its place."""
    for old, new in app.computecycle_moved.items():
        if "#" not in old:
            name = old.removesuffix(".html")
            target = html.escape(up(name) + new)
            body = f'<h1>This page has moved</h1><p><a href="{target}">To its new place</a></p>'
            context = {"title": "This page has moved", "body": body, "leads_to": up(name) + new}
            yield name, context, "moved.html"


def anchors(app, pagename, templatename, context, doctree) -> None:
    """Add to a page the anchors that it had, each with the way to what took its place."""
    lines = "".join(
        f'<p id="{html.escape(old.partition("#")[2])}">What stood here is now '
        f'<a href="{html.escape(up(pagename) + new)}">at another place</a>.</p>'
        for old, new in app.computecycle_moved.items()
        if "#" in old and old.partition(".html")[0] == pagename
    )
    if lines and "body" in context:
        context["body"] += f'<div class="cc-moved">{lines}</div>'


def setup(app):
    """Register pages and anchors."""
    app.connect("builder-inited", note)
    app.connect("html-collect-pages", written.changed(pages))
    app.connect("html-page-context", anchors, priority=550)
