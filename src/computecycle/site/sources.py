"""Directive `{sources}`: every source as a reference, with its terms and where it is used."""

import html
import json
from datetime import date

from sphinx.util.docutils import SphinxDirective

from computecycle.citing import bibliography, citations
from computecycle.evidence import data
from computecycle.site import addresses
from computecycle.site.addresses import CHAPTERS, chapter_page, source_anchor, up
from computecycle.site.markup import raw
from computecycle.site.words import in_words, results


class Sources(SphinxDirective):
    """Every source of the report by author and date, with its anchor."""

    def run(self):
        for name in ("sources.bib", "datapackage.json"):
            self.env.note_dependency(str(data.FOLDER / name))
        known, used = data.sources(), uses(self.env)
        ordered = sorted(bibliography.items().items(), key=lambda each: bibliography.order(each[1]))
        references = kept(self.env, [each for _, each in ordered])
        items = "".join(
            f'<li id="{source_anchor(key)}">{reference}<small>{told(key, known[key], made)}'
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


def told(key: str, fields: dict[str, str], made: dict) -> str:
    """Return what a source is: type, day, publisher, day of access, terms, the rows' key. HTML."""
    day, publisher = citations.iso(made.get("issued")), fields.get("publisher", "")
    parts = [
        fields["type"].capitalize(),
        as_far(day) if day else "no date",
        publisher or fields.get("organization", ""),
        f"read {in_words(date.fromisoformat(fields['urldate']))}",
        bibliography.rights(fields),
    ]
    words = " · ".join(html.escape(part) for part in parts if part)
    return f"{words} · <code>{html.escape(key)}</code>"


def as_far(day: str) -> str:
    """Return a day in words as far as it is told: 20 June 2024, June 2024, 2024."""
    year, *rest = (int(part) for part in day.split("-"))
    whole = in_words(date(year, *rest, *[1] * (2 - len(rest))))
    return " ".join(whole.split()[2 - len(rest) :])


def places(used: list[tuple[str, str]]) -> str:
    """Return where a source is used, each an address and its name; empty where it is not. HTML."""
    links = [f'<a href="{html.escape(at)}">{html.escape(name)}</a>' for at, name in used]
    return f"<br>Used in {', '.join(links)}" if links else ""


def uses(env) -> dict[str, list[tuple[str, str]]]:
    """Return, by source, the chapters and the tables that rest on it, each an address and a name.

    The page that is being read depends on all of them.
    """
    way, found = up(env.docname), {}
    for page in sorted(page for page in env.found_docs if page.startswith(f"{CHAPTERS}/")):
        known = results(env, page.rpartition("/")[2])
        place = f"{way}{chapter_page(known['chapter'])}", known["title"]
        for key in {row["source"] for row in rows(known)}:
            found.setdefault(key, []).append(place)
    for entry in data.descriptor()["resources"]:
        env.note_dependency(str(data.FOLDER / entry["path"]))
        place = f"{way}tables/{entry['name']}.html", f"table {entry['name'].replace('_', ' ')}"
        for key in {
            row.cells["source"] for row in addresses.rows(entry["name"]) if "source" in row.cells
        }:
            found.setdefault(key, []).append(place)
    return found


def rows(known: dict) -> list[dict]:
    """Return every place that the values, sentences and figures of a chapter rest on."""
    told = [*known["values"], *known["figures"]]
    told += [each for claim in known["claims"] for each in claim["others"]]
    return [row for each in told for row in each["rows"]]


def setup(app):
    """Register the directive."""
    app.add_directive("sources", Sources)
