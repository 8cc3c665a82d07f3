"""Roles: what a chapter said (`{value}`, `{claim}`), who is cited, where the data end, in any page.

`{with}` quotes nothing: what follows it can be told only where that value or claim can.

`{value}`chapter.id`` or, on the chapter's own page, `{value}`id``. A page states what it quotes as
facts, so it is read again when they change and no page keeps an old number.
"""

import html
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from computecycle.evidence import data
from computecycle.evidence.days import in_words
from computecycle.evidence.place import OVERLAID
from computecycle.site import addresses, cards, inputs, untold
from computecycle.site.addresses import CHAPTERS, up
from computecycle.site.fresh import of_tables, stated

RESULTS = "_build/results"


def stored(srcdir: str | Path, chapter: str) -> dict:
    """Return a chapter's results; empty when it has not run."""
    path = results_path(srcdir, chapter)
    return parsed(path, path.stat().st_mtime_ns) if path.exists() else {}


@cache
def parsed(path: Path, changed: int) -> dict:
    """Return a file of JSON, parsed once in each of its states."""
    return json.loads(path.read_text(encoding="utf-8"))


def results_path(srcdir: str | Path, chapter: str) -> Path:
    """Return where a chapter's results lie."""
    return Path(srcdir, RESULTS, f"{chapter}.json")


def title(chapter: str) -> str:
    """Return the title of a chapter; its name where it has not run."""
    return stored(inputs.folder(), chapter).get("title", chapter)


def said(chapter: str, kind: str, id: str) -> dict | None:
    """Return a value, a claim, a figure or a parameter of a chapter; None where it has none."""
    known = stored(inputs.folder(), chapter).get(f"{kind}s", [])
    return next((each for each in known if each.get("id", each.get("name")) == id), None)


def quoted(env, chapter: str, kind: str, id: str) -> dict | None:
    """Return what `said` does, which the page being read states with the names of its sources."""
    env.note_dependency(str(data.FOLDER / "sources.bib"))
    return stated(env, said, chapter, kind, id)


def own_chapter(env) -> str:
    """Return the name of the chapter that the page being read shows."""
    return Path(env.docname).name


def number(env, chapter: str, value: dict, id: str = "") -> str:
    """Return a value on the page being read, with its card. HTML."""
    return cards.number(up(env.docname), chapter, value, f"card-{env.new_serialno('card')}", id)


def claimed(env, chapter: str, claim: dict) -> str:
    """Return a claim with its mark; one that no longer holds says so before anything else. HTML.

    On its chapter's page the sentence is an anchor.
    """
    way, warning = up(env.docname), cards.WARNING[claim["holds"]]
    own = env.docname == f"{CHAPTERS}/{chapter}"
    anchor = f' id="claim-{claim["id"]}"' if own and first(env, f"claim-{claim['id']}") else ""

    def say(id: str) -> str:
        return number(env, chapter, quoted(env, chapter, "value", id))

    sentence = cards.spoken(way, claim, say)
    mark = cards.mark(way, chapter, claim, f"card-{env.new_serialno('card')}")
    words = f"<strong>{warning}</strong>" if warning else ""
    css = f"cc-claim {cards.STATE[claim['holds']]}"
    return f'<span class="{css}"{anchor}>{words}{sentence}{mark}{cards.kept(chapter)}</span>'


def first(env, anchor: str) -> bool:
    """Return whether an anchor is asked for the first time on the page being read."""
    known = env.temp_data.setdefault("computecycle_anchors", set())
    new = anchor not in known
    known.add(anchor)
    return new


def shown_results(app) -> list[dict]:
    """Return the results of the chapters that have a page."""
    pages = sorted(page for page in app.env.found_docs if page.startswith(CHAPTERS))
    return [known for page in pages if (known := stored(app.srcdir, Path(page).name))]


class Quote(SphinxRole):
    """A value or a claim by its id; a warning (an error in a strict build) when there is none."""

    def run(self):
        chapter, _, id = self.text.rpartition(".")
        chapter = chapter or own_chapter(self.env)
        known = quoted(self.env, chapter, self.name, id)
        if self.name == "value" and known:
            own = self.env.docname == f"{CHAPTERS}/{chapter}"
            anchor = f"value-{id}" if own and first(self.env, f"value-{id}") else ""
            shown = number(self.env, chapter, known, anchor)
            return [untold.marked(shown + cards.kept(chapter), known["number"] is not None)], []
        if self.name == "claim" and known:
            shown = claimed(self.env, chapter, known)
            return [untold.marked(shown, known["holds"] is not None)], []
        message = f'chapter "{chapter}" says no {self.name} "{id}"'
        return [], [self.inliner.reporter.warning(message, line=self.lineno)]


def known(env, id: str) -> bool | None:
    """Return whether a value or a claim of the chapter being read can be told; None where the
    chapter says neither."""
    chapter = own_chapter(env)
    value, claim = (quoted(env, chapter, kind, id) for kind in ("value", "claim"))
    if value is None and claim is None:
        return None
    return (value["number"] if value else claim["holds"]) is not None


def no_such(id: str) -> str:
    """Return what is wrong with the id of nothing that this chapter says."""
    return f'this chapter says no value or claim "{id}"'


class With(SphinxRole):
    """Before a sentence, the value or the claim without which it cannot be told."""

    def run(self):
        told = known(self.env, self.text)
        if told is None:
            return [], [self.inliner.reporter.warning(no_such(self.text), line=self.lineno)]
        return [untold.marked("", told)], []


class WithAll(SphinxDirective):
    """In a section, the value or the claim without which none of its sentences can be told."""

    required_arguments = 1

    def run(self):
        told = known(self.env, self.arguments[0])
        if told is None:
            message = no_such(self.arguments[0])
            return [self.state.document.reporter.warning(message, line=self.lineno)]
        return [] if told else [untold.of_section()]


class Place(SphinxRole):
    """The place in a source where the first row behind a value stands, as a link to the row."""

    def run(self):
        value = quoted(self.env, own_chapter(self.env), "value", self.text)
        if value is None:
            message = f'this chapter says no value "{self.text}"'
            return [], [self.inliner.reporter.warning(message, line=self.lineno)]
        if not value["rows"]:
            return [nodes.Text("(no data)")], []
        first = value["rows"][0]
        known = inputs.package().sources()
        words = f"{known[first['source']]['short']}, {addresses.shortened(first['locator'])}"
        words = f"your own row: {words}" if first["rows"][0].startswith(OVERLAID) else words
        target, _ = stated(self.env, addresses.row, first["table"], first["rows"][0])
        link = nodes.reference("", words, internal=True, refuri=up(self.env.docname) + target)
        return [
            nodes.inline("", "", nodes.Text("("), link, nodes.Text(")"), classes=["cc-place"])
        ], []


class Notebook(SphinxRole):
    """The page of the notebook of the chapter that is read, as a link with these words."""

    def run(self):
        address = f"{own_chapter(self.env)}/notebook.html"
        return [nodes.reference("", self.text, internal=True, refuri=address)], []


class Table(SphinxRole):
    """A table by its name, as a link to its rows; a warning when there is none."""

    def run(self):
        names = [entry["name"] for entry in data.descriptor()["resources"]]
        if self.text not in names:
            message = f'data/datapackage.json has no table "{self.text}"'
            return [], [self.inliner.reporter.warning(message, line=self.lineno)]
        words, address = (
            self.text.replace("_", " "),
            f"{up(self.env.docname)}tables/{self.text}.html",
        )
        return [nodes.reference("", words, internal=True, refuri=address)], []


class Download(SphinxRole):
    """A file of the published data folder by its name, as a link that saves it."""

    def run(self):
        name = html.escape(self.text)
        link = f'<a href="{up(self.env.docname)}data/{name}" download>{name}</a>'
        return [nodes.raw("", link, format="html")], []


class Source(SphinxRole):
    """A source by its key, as a link to the page of sources; a warning when there is none."""

    def run(self):
        self.env.note_dependency(str(data.FOLDER / "sources.bib"))
        fields = inputs.package().sources().get(self.text)
        if fields is None:
            message = f'data/sources.bib has no source "{self.text}"'
            return [], [self.inliner.reporter.warning(message, line=self.lineno)]
        address = up(self.env.docname) + addresses.source(self.text)
        told = {"reftitle": fields.get("title", ""), untold.MARK: untold.is_out(self.text)}
        return [nodes.reference("", fields["short"], internal=True, refuri=address, **told)], []


class DataEnd(SphinxRole):
    """The newest day of a table, or of `all`, as known on the date of the rerun that is shown."""

    def run(self):
        tables = [entry["name"] for entry in data.descriptor()["resources"]]
        if self.text not in ["all", *tables]:
            message = f'data/datapackage.json has no table "{self.text}"; write one or all'
            return [], [self.inliner.reporter.warning(message, line=self.lineno)]
        chosen = tables if self.text == "all" else [self.text]
        return [nodes.Text(stated(self.env, end_of, *chosen))], []


@of_tables
def ends() -> dict[str, date]:
    """Return the newest day of each table of the site that has one."""
    return inputs.package().ends()


@of_tables
def end_of(*tables: str) -> str:
    """Return the newest day of some tables of the site in words."""
    return long_day(ends(), tables)


def long_day(known: dict[str, date], tables: Iterable[str]) -> str:
    """Return the newest day of some tables in words."""
    day = max((known[name] for name in tables if name in known), default=None)
    return in_words(day) if day else "an unknown day"


def setup(app):
    """Register the roles."""
    app.add_role("value", Quote())
    app.add_role("claim", Quote())
    app.add_role("source", Source())
    app.add_role("with", With())
    app.add_directive("with", WithAll)
    app.add_role("place", Place())
    app.add_role("notebook", Notebook())
    app.add_role("table", Table())
    app.add_role("download-data", Download())
    app.add_role("data-end", DataEnd())
