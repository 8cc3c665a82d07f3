"""Roles: what a chapter said (`{value}`, `{claim}`), who is cited, where the data end, in any page.

`{value}`chapter.id`` or, on the chapter's own page, `{value}`id``. A page depends on the results
that it quotes, so Sphinx reads it again when they change and no page keeps an old number.
"""

import html
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from computecycle.evidence import data

CHAPTERS = "book/chapters"
RESULTS = "_build/results"
PLACE_LETTERS = 48


def stored(srcdir: str, chapter: str) -> dict:
    """Return a chapter's results; empty when it has not run."""
    path = results_path(srcdir, chapter)
    return parsed(path, path.stat().st_mtime_ns) if path.exists() else {}


@cache
def parsed(path: Path, changed: int) -> dict:
    """Return a file of results, parsed once in each of its states."""
    return json.loads(path.read_text(encoding="utf-8"))


def rerun_parameters(srcdir: str) -> dict:
    """Return what was set in the rerun that a site shows; empty in the published edition."""
    known = [stored(srcdir, path.stem) for path in sorted(Path(srcdir, RESULTS).glob("*.json"))]
    return next((each["inputs"]["parameters"] for each in known if not each["published"]), {})


def results_path(srcdir: str, chapter: str) -> Path:
    """Return where a chapter's results lie."""
    return Path(srcdir, RESULTS, f"{chapter}.json")


def results(env, chapter: str) -> dict:
    """Return a chapter's results and make the page being read depend on them."""
    env.note_dependency(str(results_path(env.srcdir, chapter)))
    return stored(env.srcdir, chapter)


def own_chapter(env) -> str:
    """Return the name of the chapter that the page being read shows."""
    return Path(env.docname).name


def place(env, chapter: str, anchor: str) -> str:
    """Return the address of an anchor on a chapter's page, relative to the page being read."""
    page = env.app.builder.get_relative_uri(env.docname, f"{CHAPTERS}/{chapter}")
    return f"{page}#{anchor}"


def sources_in(rows: list[dict]) -> str:
    """Return the source keys behind a value, each once."""
    return ", ".join(dict.fromkeys(row["source"] for row in rows))


def card(value: dict) -> str:
    """Return the hover card of a value: what it is, unit, sources, date. HTML, escaped."""
    known = max((row["known_from"] for row in value["rows"]), default="")
    lines = [value["name"], value["unit"]]
    lines += [f"Source: {sources_in(value['rows'])}"] if value["rows"] else ["A parameter"]
    lines += [f"As of {known}"] if known else []
    return carded(lines)


def carded(lines: list[str]) -> str:
    """Return a hover card of some lines. HTML, escaped."""
    inner = "".join(f"<span>{html.escape(line)}</span>" for line in lines if line)
    return f'<span class="cc-card" role="tooltip">{inner}</span>'


def number(env, chapter: str, value: dict) -> nodes.inline:
    """Return a value as a link to where it is accounted for, with its hover card."""
    link = nodes.reference(
        "", value["text"], internal=True, refuri=place(env, chapter, f"value-{value['id']}")
    )
    return nodes.inline(
        "", "", link, nodes.raw("", card(value), format="html"), classes=["cc-value"]
    )


def check_mark(env, chapter: str, claim: dict) -> nodes.inline:
    """Return the mark behind a sentence, with its condition as a card, that leads to its record."""
    link = nodes.reference(
        "",
        "✓" if claim["holds"] else "✗",
        internal=True,
        classes=["cc-check"],
        refuri=place(env, chapter, f"claim-{claim['id']}"),
    )
    tested = nodes.raw("", carded(["Tested at every run", claim["told"]]), format="html")
    return nodes.inline("", "", link, tested, classes=["cc-mark"])


def spoken(env, chapter: str, claim: dict, values: dict[str, dict]) -> list[nodes.Node]:
    """Return a claim's sentence with its numbers linked."""
    parts = []
    for text, name, _, _ in Formatter().parse(claim["sentence"]):
        parts += [nodes.Text(text)] if text else []
        parts += [number(env, chapter, values[claim["values"][name]])] if name else []
    return parts


def as_claim(env, chapter: str, claim: dict, values: dict[str, dict]) -> nodes.inline:
    """Return a claim with its mark; one that no longer holds says so before anything else."""
    warning = {True: "", False: "No longer holds: ", None: "Cannot be told on these data: "}
    words = [nodes.strong("", warning[claim["holds"]])] if warning[claim["holds"]] else []
    words += [*spoken(env, chapter, claim, values), check_mark(env, chapter, claim)]
    state = {True: "cc-holds", False: "cc-fails", None: "cc-unknown"}[claim["holds"]]
    return nodes.inline("", "", *words, classes=["cc-claim", state])


class Quote(SphinxRole):
    """A value or a claim by its id; a warning (an error in a strict build) when there is none."""

    def run(self):
        chapter, _, id = self.text.rpartition(".")
        chapter = chapter or own_chapter(self.env)
        known = results(self.env, chapter)
        values = {value["id"]: value for value in known.get("values", [])}
        claims = {claim["id"]: claim for claim in known.get("claims", [])}
        if self.name == "value" and id in values:
            return [number(self.env, chapter, values[id])], []
        if self.name == "claim" and id in claims:
            return [as_claim(self.env, chapter, claims[id], values)], []
        message = f'chapter "{chapter}" says no {self.name} "{id}"'
        return [], [self.inliner.reporter.warning(message, line=self.lineno)]


class Place(SphinxRole):
    """The place in a source where the first row behind a value stands, as a link to the row."""

    def run(self):
        known = results(self.env, own_chapter(self.env)).get("values", [])
        values = {value["id"]: value for value in known}
        if self.text not in values:
            message = f'this chapter says no value "{self.text}"'
            return [], [self.inliner.reporter.warning(message, line=self.lineno)]
        if not values[self.text]["rows"]:
            return [nodes.Text("(no data)")], []
        first = values[self.text]["rows"][0]
        if first["rows"][0].startswith("overlay/"):
            return [nodes.Text("(your own row)")], []
        page = self.env.app.builder.get_relative_uri(self.env.docname, f"tables/{first['table']}")
        words = f"{data.sources()[first['source']]['short']}, {shortened(first['locator'])}"
        line = first["rows"][0].rsplit(":", 1)[1]
        link = nodes.reference("", words, internal=True, refuri=f"{page}#L{line}")
        return [
            nodes.inline("", "", nodes.Text("("), link, nodes.Text(")"), classes=["cc-place"])
        ], []


def shortened(locator: str) -> str:
    """Return a place in few words: the host of an address, the beginning of a long description."""
    if locator.startswith(("https://", "http://")):
        return urlsplit(locator).netloc
    return locator if len(locator) <= PLACE_LETTERS else f"{locator[:PLACE_LETTERS].rstrip()}…"


class Table(SphinxRole):
    """A table by its name, as a link to its rows; a warning when there is none."""

    def run(self):
        names = [entry["name"] for entry in data.descriptor()["resources"]]
        if self.text not in names:
            message = f'data/datapackage.json has no table "{self.text}"'
            return [], [self.inliner.reporter.warning(message, line=self.lineno)]
        page = self.env.app.builder.get_relative_uri(self.env.docname, f"tables/{self.text}")
        words = self.text.replace("_", " ")
        return [nodes.reference("", words, internal=True, refuri=page)], []


class Download(SphinxRole):
    """A file of the published data folder by its name, as a link that saves it."""

    def run(self):
        page = self.env.app.builder.get_relative_uri(self.env.docname, "data/x")
        name = html.escape(self.text)
        link = f'<a href="{page.rsplit("/", 1)[0]}/{name}" download>{name}</a>'
        return [nodes.raw("", link, format="html")], []


class Source(SphinxRole):
    """A source by its key, as a link to the page of sources; a warning when there is none."""

    def run(self):
        fields = data.sources().get(self.text)
        if fields is None:
            message = f'data/sources.bib has no source "{self.text}"'
            return [], [self.inliner.reporter.warning(message, line=self.lineno)]
        page = self.env.app.builder.get_relative_uri(self.env.docname, "book/sources")
        address = f"{page}#{source_anchor(self.text)}"
        return [
            nodes.reference(
                "", fields["short"], internal=True, refuri=address, reftitle=fields.get("title", "")
            )
        ], []


class DataEnd(SphinxRole):
    """The newest day of a table, or of `all`, as known on the date of the rerun that is shown."""

    def run(self):
        for name in ("datapackage.json", "sources.bib"):
            self.env.note_dependency(str(data.FOLDER / name))
        tables = {entry["name"]: entry["path"] for entry in data.descriptor()["resources"]}
        if self.text not in ["all", *tables]:
            message = f'data/datapackage.json has no table "{self.text}"; write one or all'
            return [], [self.inliner.reporter.warning(message, line=self.lineno)]
        for path in tables.values():
            self.env.note_dependency(str(data.FOLDER / path))
        known = ends(self.env.srcdir)
        return [nodes.Text(long_day(known, tables if self.text == "all" else [self.text]))], []


def ends(srcdir: str) -> dict[str, date]:
    """Return the newest day of each table as known to what a site shows."""
    chosen = rerun_parameters(srcdir)
    return data.Package(chosen.get("as_of", ""), chosen.get("data_dir", "")).ends()


def long_day(known: dict[str, date], tables: Iterable[str]) -> str:
    """Return the newest day of some tables in words."""
    day = max((known[name] for name in tables if name in known), default=None)
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"


def source_anchor(key: str) -> str:
    """Return the anchor of a source on the page of sources."""
    return f"source-{key.lower()}"


def setup(app):
    """Register the roles."""
    app.add_role("value", Quote())
    app.add_role("claim", Quote())
    app.add_role("source", Source())
    app.add_role("place", Place())
    app.add_role("table", Table())
    app.add_role("download-data", Download())
    app.add_role("data-end", DataEnd())
