"""Directive `{citable}`: how the report and each of its chapters are cited, to copy and to save.

cite/report.bib, .ris, -csl.json, -apa.txt, and so for each chapter: the same as files. An edition
without an address is told from others by the checksum of its manifest, which lists its files.
"""

import html
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sphinx.util.docutils import SphinxDirective

from computecycle.citing import bundles, citations, edition, items
from computecycle.runs import chapters, studies
from computecycle.site import inputs, manifest
from computecycle.site.addresses import CHAPTERS, chapter_numbers, up
from computecycle.site.fresh import stated
from computecycle.site.markup import raw
from computecycle.site.words import stored, title

FOLDER = "cite"
PAGE = "book/citing"
NO_ADDRESS = (
    "This edition has no public address yet, so its citations give none. Name the edition and, for "
    'the copy that you read, the SHA-256 of its <a href="{way}{file}">{file}</a>: '
    '<code class="cc-sum"></code>.'
)
STYLES = {"apa": "APA", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


class Citable(SphinxDirective):
    """The citations of the report, or of its chapters: `{citable} report`, `{citable} chapters`."""

    required_arguments = 1

    def run(self):
        way = up(self.env.docname)
        if inputs.record(inputs.folder()):
            return [raw(f"<p>{of_a_rerun('', way)}</p>")]
        if self.arguments == ["report"]:
            told = NO_ADDRESS.format(way=way, file=manifest.FILE)
            note = "" if stated(self.env, address) else f"<p>{told}</p>"
            return [raw(note + whole(self.env, "", f"{way}{FOLDER}/report"))]
        found = [page for page in self.env.found_docs if page.startswith(f"{CHAPTERS}/")]
        toc = inputs.folder() / "_toc.yml"
        order = list(chapter_numbers(toc, toc.stat().st_mtime_ns))
        found.sort(key=lambda page: (order.index(page) if page in order else len(order), page))
        names = [Path(page).name for page in found]
        return [raw("".join(self.section(name, way) for name in names))]

    def section(self, name: str, way: str) -> str:
        """Return a chapter's citations under its title, which leads to it. HTML."""
        words = html.escape(stated(self.env, title, name))
        link = f'<a href="{way}{CHAPTERS}/{name}.html">{words}</a>'
        blocks = whole(self.env, name, f"{way}{FOLDER}/{name}")
        return f'<h3 id="cite-{name}">{link}</h3>{blocks}'


def whole(env, name: str, files: str) -> str:
    """Return the citations of a chapter, or of the report, each with its file. HTML.

    files : the way to the files, without their endings.
    """
    made = stated(env, texts, name)
    return in_styles(
        (style, text, f"{files}{bundles.CITED[style]}") for style, text in made.items()
    )


def address() -> str:
    """Return the address of the edition."""
    return edition.record(inputs.folder())["address"]


def texts(name: str) -> dict[str, str]:
    """Return the citation of a chapter, or of the report where none is named, by style."""
    known = edition.record(inputs.folder())
    given = [stored(inputs.folder(), name)] if name else []
    record = citations.chapter(known, *given) if given else citations.report(known)
    made = {
        style: citations.formatted(record, style).rstrip() for style in STYLES if style != "apa"
    }
    return {"apa": cites(json.dumps(known))(record), **made}


@cache
def cites(known: str) -> items.Cited:
    """Return what gives the citations of an edition. known : its record, as JSON."""
    return items.Cited()


def in_styles(made: Iterable[tuple[str, str, str]]) -> str:
    """Return citations to copy, the line of the APA in full, the others behind a line. HTML.

    made : of each the style, the text, and the way to its file, empty where it has none.
    """
    line, others = "", {}
    for style, text, file in made:
        name, shown = STYLES[style], f'<pre tabindex="0">{html.escape(text)}</pre>'
        save = f'<a href="{html.escape(file)}" download>Save {name}</a>' if file else ""
        block = to_copy(name, shown, save)
        if style == "apa":
            line = block
        else:
            others[name] = block
    summary = f"<summary>{', '.join(others)}</summary>"
    return line + f"<details>{summary}{''.join(others.values())}</details>"


def to_copy(name: str, text: str, link: str, place: str = "") -> str:
    """Return a text to copy, with a link behind it. HTML.

    name : what a button says that it copies. place : the address in the text, which `report.js`
    makes whole; empty where the edition has an address of its own, so that it is.
    """
    at = f' data-at="{html.escape(place)}"' if place else ""
    return f'<div class="cc-copy" data-name="{name}"{at}>{text}<p class="cc-files">{link}</p></div>'


def of_a_rerun(what: str, way: str) -> str:
    """Return how something of a rerun is named, which is not published. HTML."""
    run = html.escape(inputs.record(inputs.folder()).get("id", ""))
    return (
        f"{what or 'A rerun'} is not published: name rerun {run} and keep its "
        f'<a href="{way}{studies.RECEIPT}">receipt</a>.'
    )


def of_table(known: dict, entry: dict) -> str:
    """Return how a table is cited. HTML. known : the record of the edition."""
    if inputs.record(inputs.folder()):
        return f"<p>{of_a_rerun('A table of a rerun', '../')}</p>"
    record = citations.table(known, entry)
    made = {"apa": cites(json.dumps(known))(record), "bibtex": citations.bibtex(record).rstrip()}
    return in_styles((style, text, "") for style, text in made.items())


def files(app, problem) -> None:
    """Write the citations of the report and its chapters as files."""
    if problem or app.builder.format != "html" or inputs.record(app.srcdir):
        return
    if PAGE not in app.env.found_docs:
        return
    found = [page for page in app.env.found_docs if page.startswith(f"{CHAPTERS}/")]
    for name in ["", *(Path(page).name for page in found)]:
        for style, text in texts(name).items():
            path = Path(app.outdir, FOLDER, f"{name or 'report'}{bundles.CITED[style]}")
            chapters.write(path, f"{text}\n".encode())


def setup(app):
    """Register the directive and the files."""
    app.add_directive("citable", Citable)
    app.connect("build-finished", files)
