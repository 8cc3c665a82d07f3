"""Directive `{sources}`: every source as a reference, with its terms and where it is used.

The list is long and has parts. The directive makes all of them, sets the first on its page, and
leaves the others for pages of their own.
"""

import html
import re

from sphinx.util.docutils import SphinxDirective

from computecycle.citing import bibliography, citations
from computecycle.evidence import data
from computecycle.evidence.days import as_far, in_words
from computecycle.notebook import notebooks
from computecycle.site import addresses, inputs, written
from computecycle.site.addresses import CHAPTERS, chapter_page, source_anchor, sources_page, up
from computecycle.site.fresh import of_tables, stated
from computecycle.site.markup import raw, turn
from computecycle.site.words import stored, title

RETRIEVED = re.compile(r"\. Retrieved [A-Z][a-z]+ \d+, \d{4}, from ")


class Sources(SphinxDirective):
    """The first part of the list of sources, each with its anchor; the others become pages."""

    def run(self):
        self.env.note_dependency(str(data.FOLDER / "sources.bib"))
        used, parts = uses(self.env), addresses.sources()
        records = {key: made for part in parts for key, made in part.items()}
        references = dict(zip(records, kept(self.env, [*records.values()]), strict=True))
        items = {key: item(key, made, references[key], used) for key, made in records.items()}
        bodies = [whole(here, parts, items) for here in range(1, len(parts) + 1)]
        self.env.computecycle_sources = bodies[1:]
        return [raw(bodies[0])]


def pages(app):
    """Yield the pages of the parts of the list but the first, which is a written page's."""
    for part, body in enumerate(getattr(app.env, "computecycle_sources", []), start=2):
        heading = f"{app.env.titles[sources_page(1)].astext()}, part {part}"
        context = {"title": heading, "body": f"<h1>{heading}</h1>{body}"}
        yield sources_page(part), context, "page.html"


def whole(here: int, parts: list[dict], items: dict[str, str]) -> str:
    """Return a part of the list between the ways to the other parts. HTML."""
    own, known = "".join(items[key] for key in parts[here - 1]), ways(here, parts)
    told_once = [(*way, "") for *way, _ in known]
    return (
        f"{turn('Parts of the list', 'Authors', known, here)}"
        f'<ul class="cc-sources">{own}</ul>'
        f"{turn('Parts of the list, again', 'Authors', told_once, here)}"
    )


def ways(here: int, parts: list[dict]) -> list[tuple[str, str, str]]:
    """Return the ways to the parts of the list, by their first and last authors; on the first
    part, on which all sources once stood, each tells what it leads to, see `report.js`."""
    return [
        (
            f"{sources_page(part).rpartition('/')[2]}.html",
            "–".join(author(each) for each in (*own.values(),)[:: max(len(own) - 1, 1)]),
            " ".join(map(source_anchor, own)) if part > here == 1 else "",
        )
        for part, own in enumerate(parts, start=1)
    ]


def author(made: dict) -> str:
    """Return the first author of a record, shortly: a family, an organization without its form."""
    name = made["author"][0]
    return name.get("family", name.get("literal", "")).partition(",")[0]


def item(key: str, made: dict, reference: str, used: dict[str, list[tuple[str, str]]]) -> str:
    """Return a source as an item of the list: its reference, what it is, where it is used. HTML."""
    known = inputs.package().sources()[key]
    small = f"{told(key, known, made, reference)}{places(used.get(key, []))}"
    return f'<li id="{source_anchor(key)}">{reference}<small>{small}</small></li>'


def kept(env, made: list[dict]) -> list[str]:
    """Return records as references; those of an earlier reading of the page are not made again."""
    before = getattr(env, "computecycle_references", {})
    names = [bibliography.told(each) for each in made]
    both = zip(names, made, strict=True)
    found = {name: before.get(name) or bibliography.formatted(each) for name, each in both}
    env.computecycle_references = found
    return [found[name] for name in names]


def told(key: str, fields: dict[str, str], made: dict, reference: str) -> str:
    """Return what a source is besides what its reference says: type, day, publisher, day of
    access, how it is known, terms but for the usual ones, the rows' key. HTML."""
    read = "" if RETRIEVED.search(reference) else fields.get("urldate", "")
    day = citations.iso(made.get("issued"))
    publisher = html.escape(fields.get("publisher", "") or fields.get("organization", ""))
    type_of = html.escape(fields.get("type", "A reader's own").capitalize())
    rights = bibliography.rights(fields)
    parts = [
        "" if f"[{type_of}]" in reference else type_of,
        as_far(day) if "-" in day and f"({day[:4]}, " not in reference else "",
        "" if publisher in reference else publisher,
        f"read {in_words(read)}" if read else "",
        html.escape(bibliography.known_by(fields)),
        "" if rights == bibliography.OWN_TERMS else html.escape(rights),
        f"key {html.escape(key)}",
    ]
    return " · ".join(part for part in parts if part)


def places(used: list[tuple[str, str]]) -> str:
    """Return where a source is used, each an address and its name, a table without an address;
    empty where it is not. HTML."""
    told = [
        f'<a href="{html.escape(at)}">{html.escape(name)}</a>' if at else html.escape(name)
        for at, name in used
    ]
    return f" · used in {', '.join(told)}" if told else ""


def uses(env) -> dict[str, list[tuple[str, str]]]:
    """Return, by source, the chapters and the tables that rest on it, each an address and a
    name; tables, which are many and name their sources, without an address."""
    way, found = up(env.docname), {}
    for page in sorted(page for page in env.found_docs if page.startswith(f"{CHAPTERS}/")):
        chapter = page.rpartition("/")[2]
        place = f"{way}{chapter_page(chapter)}", stated(env, title, chapter)
        for key in stated(env, of_chapter, chapter):
            found.setdefault(key, []).append(place)
    for entry in data.descriptor()["resources"]:
        place = "", f"table {entry['name'].replace('_', ' ')}"
        for key in stated(env, of_table, entry["name"]):
            found.setdefault(key, []).append(place)
    return found


@of_tables
def of_table(name: str) -> list[str]:
    """Return the sources of a table's rows."""
    rows = addresses.rows(name)
    return sorted({row.cells["source"] for row in rows if "source" in row.cells})


def of_chapter(chapter: str) -> list[str]:
    """Return the sources of all that the values, sentences and figures of a chapter rest on, and
    those that its words name."""
    known, named = stored(inputs.folder(), chapter), notebooks.cited(inputs.folder(), chapter)
    told = [*known["values"], *known["figures"]]
    told += [each for claim in known["claims"] for each in claim["others"]]
    return sorted({row["source"] for each in told for row in each["rows"]} | named)


def setup(app):
    """Register the directive and the pages."""
    app.add_directive("sources", Sources)
    app.connect("html-collect-pages", written.changed(pages))
