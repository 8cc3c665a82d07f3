"""Directives `{editions}` and `{corrections}`: what was released, what differs, our mistakes; and
the feed of both."""

import html
import re
import shutil
import uuid
from pathlib import Path

from docutils import nodes
from lxml import etree
from sphinx.util.docutils import SphinxDirective

from computecycle.citing import corrections, edition, editions, register
from computecycle.evidence.days import in_words
from computecycle.runs import chapters
from computecycle.site.addresses import numbers_page, up
from computecycle.site.markup import raw, table_html

PAGE = "book/editions.html"
ATOM = "http://www.w3.org/2005/Atom"
ORDER = {  # kinds of change: the caption of their table
    "correction": "Corrections: mistakes of ours",
    "revision": "Revisions: the data changed",
    "withdrawn": "No longer said",
    "new": "Said for the first time",
    "redrawn": "Drawn otherwise",
}
SHOWN = 60  # changes of a kind in a table; all are in the file
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # which XML cannot hold
SAID = "results"  # the folder of an edition that holds what each chapter said
TAKEN = ("edition.json", "changes.json")  # files of an edition that the site carries


class Editions(SphinxDirective):
    """Every edition, the newest first: its day, where its data end, what changed in it and why."""

    def run(self):
        root = Path(self.env.srcdir)
        for path in watched(root):
            self.env.note_dependency(str(path))
        released = editions.names(root)
        if not released:
            name = edition.record(root)["edition"]
            return [raw(f"<p>No edition has been released yet; this is a draft of {name}.</p>")]
        return [self.section(root, name) for name in reversed(released)]

    def section(self, root: Path, name: str) -> nodes.section:
        """Return an edition under a heading of its own."""
        section = nodes.section(ids=[anchor(name)])
        section += nodes.title("", f"Edition {name}")
        section += raw(told(root, name, up(self.env.docname)))
        return section


class Corrections(SphinxDirective):
    """Every correction, the newest first: what was wrong, what is right, why."""

    def run(self):
        root = Path(self.env.srcdir)
        for path in watched(root):
            self.env.note_dependency(str(path))
        found = corrections.known(root)
        if not found:
            return [raw("<p>No correction has been made.</p>")]
        rows = [
            [
                f"<time>{in_words(each['day'])}</time>",
                html.escape(each["edition"]),
                f"<code>{html.escape(each['id'])}</code>",
                *(html.escape(each[name]) for name in ("wrong", "right", "reason")),
            ]
            for each in found
        ]
        header = ["Day", "Edition", "What", "It said", "It should say", "Why"]
        return [raw(table_html(f"{len(rows)} corrections", header, rows, "cc-numbers"))]


def watched(root: Path) -> list[Path]:
    """Return the files that the pages of editions are made of."""
    made = [root / editions.FOLDER / name / file for name in editions.names(root) for file in TAKEN]
    notes = [path.with_name("notes.md") for path in made[:: len(TAKEN)]]
    return [root / "book/edition.json", root / corrections.FILE, *made, *notes]


def anchor(name: str) -> str:
    """Return the anchor of an edition on the page of editions."""
    return f"edition-{name.replace('.', '-')}"


def noted(root: Path, name: str) -> str:
    """Return the notes of an edition as text."""
    return (root / editions.FOLDER / name / "notes.md").read_text(encoding="utf-8").strip()


def told(root: Path, name: str, way: str) -> str:
    """Return what there is to say of an edition; `way` leads to the site's folder. HTML."""
    record = editions.read(root, name, "edition.json")
    changed = editions.read(root, name, "changes.json")
    words = "".join(f"<p>{html.escape(each)}</p>" for each in noted(root, name).split("\n\n"))
    counts = ", ".join(f"{count} {what}" for what, count in record["counts"].items())
    facts = [
        f"Published {in_words(record['published'])}",
        f"Newest source {in_words(record['data_end'])}",
        counts,
        f'<a href="{way}editions/{name}/edition.json">hashes</a>',
        f'<a href="{way}editions/{name}/changes.json">changes</a>',
    ]
    listed = "".join(f"<span>{fact}</span>" for fact in facts)
    said = "".join(
        f"<span>{each}</span>" for each in ["What it said", *chapters_of(root, name, way)]
    )
    tables = (changes_table(what, changed, way, f"{name}/changes.json") for what in ORDER)
    listed = f'<p class="cc-facts">{listed}</p><p class="cc-facts">{said}</p>'
    return f"{words}{listed}{''.join(tables)}"


def chapters_of(root: Path, name: str, way: str) -> list[str]:
    """Return the chapters of an edition as links to the files of what they said. HTML."""
    found = editions.load(root, name)["results"]
    return [
        f'<a href="{way}editions/{name}/{SAID}/{html.escape(chapter)}.json">'
        f"{html.escape(known['title'])}</a>"
        for chapter, known in found.items()
    ]


def changes_table(what: str, changed: list[dict], way: str, file: str) -> str:
    """Return the changes of one kind as a table; nothing where there are none. HTML."""
    found = [each for each in changed if each["what"] == what]
    if not found:
        return ""
    rows = [
        [link(each, way), *(html.escape(each[name]) for name in ("before", "after", "reason"))]
        for each in found[:SHOWN]
    ]
    left = len(found) - SHOWN
    rest = f'<p>And {left} more in <a href="{way}editions/{file}">the file</a>.</p>'
    header = ["What", "Before", "Now", "Why"]
    return table_html(ORDER[what], header, rows, "cc-numbers") + rest * (left > 0)


def link(change: dict, way: str) -> str:
    """Return the name of what changed, as a link where it still stands. HTML."""
    kind, id = change["kind"], change["id"]
    name = f"<code>{html.escape(id)}</code>"
    if change["what"] == "withdrawn":
        return name
    own = id.removeprefix(f"{change['chapter']}.")
    page = numbers_page(change["chapter"])
    at = f"figures/{id}.html" if kind == "figure" else f"{page}#{kind}-{own}"
    return f'<a href="{way}{html.escape(at)}">{name}</a>'


def feed(root: Path) -> bytes:
    """Return editions and corrections as an Atom feed, the newest first; the same bytes each
    time."""
    record = edition.record(root)
    entries = [correction_entry(each) for each in corrections.known(root)]
    entries += [edition_entry(root, name) for name in editions.names(root)]
    entries.sort(key=lambda each: each["updated"], reverse=True)
    whole = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    head = {"title": f"{record['title']}: editions and corrections", "id": urn("feed")}
    head["updated"] = max([each["updated"] for each in entries] or [instant(record["published"])])
    fill(whole, head)
    etree.SubElement(etree.SubElement(whole, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = record[
        "authors"
    ]
    etree.SubElement(whole, f"{{{ATOM}}}link", rel="self", href=f"{record['address']}feed.xml")
    for each in entries:
        entry = etree.SubElement(whole, f"{{{ATOM}}}entry")
        address = f"{record['address']}{PAGE}#{each.pop('anchor')}"
        etree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=address)
        fill(entry, each)
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def fill(parent, texts: dict[str, str]) -> None:
    """Add elements of some texts by their names."""
    for name, text in texts.items():
        etree.SubElement(parent, f"{{{ATOM}}}{name}").text = CONTROL.sub("", text)


def instant(text: str) -> str:
    """Return a day as the feed writes it."""
    return f"{text}T00:00:00Z"


def urn(name: str) -> str:
    """Return an id for the feed or an entry that stays the same wherever the report lies."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"computecycle/{name}").urn


def edition_entry(root: Path, name: str) -> dict[str, str]:
    """Return an edition as an entry of the feed."""
    record = editions.read(root, name, "edition.json")
    return {
        "id": urn(f"edition/{name}"),
        "title": f"Edition {name}",
        "updated": instant(record["published"]),
        "summary": noted(root, name),
        "anchor": anchor(name),
    }


def correction_entry(each: dict[str, str]) -> dict[str, str]:
    """Return a correction as an entry of the feed."""
    return {
        "id": urn("/".join(["correction", each["day"], each["edition"], each["id"]])),
        "title": f"Correction of {each['id']} in edition {each['edition']}",
        "updated": instant(each["day"]),
        "summary": f"Not “{each['wrong']}” but “{each['right']}”: {each['reason']}",
        "anchor": "corrections",
    }


def files(app, problem) -> None:
    """Write the feed, what the site carries of each edition, and where ids that went lead."""
    if problem or app.builder.format != "html":
        return
    root, out = Path(app.srcdir), Path(app.outdir)
    chapters.write(out / "feed.xml", feed(root))
    shutil.rmtree(out / "editions", ignore_errors=True)
    for name in editions.names(root):
        (out / "editions" / name).mkdir(parents=True)
        for file in TAKEN:
            shutil.copy2(root / editions.FOLDER / name / file, out / "editions" / name)
        shutil.copytree(root / editions.FOLDER / name / SAID, out / "editions" / name / SAID)
    if (root / register.FILE).exists():
        (out / register.FILE).parent.mkdir(exist_ok=True)
        shutil.copy2(root / register.FILE, out / register.FILE)


def setup(app):
    """Register the directives and the feed."""
    app.add_directive("editions", Editions)
    app.add_directive("corrections", Corrections)
    app.connect("build-finished", files)
