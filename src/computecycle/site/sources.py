"""Directive `{sources}`: every source as a reference, with its terms and where it is used."""

import html
import json

from sphinx.util.docutils import SphinxDirective

from computecycle.citing import bibliography, citations
from computecycle.evidence import data
from computecycle.evidence.days import as_far, in_words
from computecycle.site import addresses, inputs
from computecycle.site.addresses import CHAPTERS, chapter_page, source_anchor, up
from computecycle.site.fresh import of_tables, stated
from computecycle.site.markup import raw
from computecycle.site.words import stored, title


class Sources(SphinxDirective):
    """Every source of the report by author and date, with its anchor."""

    def run(self):
        self.env.note_dependency(str(data.FOLDER / "sources.bib"))
        known, used = inputs.package().sources(), uses(self.env)
        records = bibliography.items(inputs.package().folder)
        ordered = sorted(records.items(), key=lambda each: bibliography.order(each[1]))
        references = kept(self.env, [each for _, each in ordered])
        items = "".join(
            f'<li id="{source_anchor(key)}">{reference}<small>'
            f"{told(key, known[key], made, reference)}"
            f"{places(used.get(key, []))}</small></li>"
            for (key, made), reference in zip(ordered, references, strict=True)
        )
        return [raw(f'<ul class="cc-sources">{items}</ul>')]


def kept(env, made: list[dict]) -> list[str]:
    """Return records as references; those of an earlier reading of the page are not made again."""
    before = getattr(env, "computecycle_references", {})
    names = [json.dumps(each, sort_keys=True) for each in made]
    new = [at for at, name in enumerate(names) if name not in before]
    fresh = dict(zip(new, bibliography.formatted([made[at] for at in new]), strict=True))
    found = [fresh[at] if at in fresh else before[name] for at, name in enumerate(names)]
    env.computecycle_references = dict(zip(names, found, strict=True))
    return found


def told(key: str, fields: dict[str, str], made: dict, reference: str) -> str:
    """Return what a source is: type, day, publisher, day of access, terms, the rows' key; of the
    publisher nothing where its reference names it. HTML."""
    read = fields.get("urldate", "")
    day = citations.iso(made.get("issued"))
    publisher = html.escape(fields.get("publisher", "") or fields.get("organization", ""))
    parts = [
        html.escape(fields.get("type", "A reader's own").capitalize()),
        as_far(day) if day else "no date",
        "" if publisher in reference else publisher,
        f"read {in_words(read)}" if read else "",
        html.escape(bibliography.rights(fields)),
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
    """Return the sources of all that the values, sentences and figures of a chapter rest on."""
    known = stored(inputs.folder(), chapter)
    told = [*known["values"], *known["figures"]]
    told += [each for claim in known["claims"] for each in claim["others"]]
    return sorted({row["source"] for each in told for row in each["rows"]})


def setup(app):
    """Register the directive."""
    app.add_directive("sources", Sources)
