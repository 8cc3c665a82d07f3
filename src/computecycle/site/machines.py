"""Files for programs: everything that can be quoted, as JSON, with its schema; the manifest's head.

values.json, claims.json, figures.json, tables.json   all of a kind
values/<chapter>/<id>.json, figures/<id>.json, ...    one each
schemas/<kind>.json, manifest.json, llms.txt
"""

import html
import json
import shutil
from pathlib import Path

from sphinx.util.docutils import SphinxDirective, SphinxRole

from computecycle.citing import edition, items
from computecycle.runs import chapters
from computecycle.site import fresh, inputs, manifest
from computecycle.site.addresses import up
from computecycle.site.fresh import remembered, stated
from computecycle.site.markup import raw
from computecycle.site.words import ends, shown_results, stored

KINDS = ("values", "claims", "figures", "tables")
SCHEMAS = "book/schemas"
OF_PAGES = ".js"  # what a page loads, not a file to take away
GUIDE = """# {title}

> A research report whose every number is computed from described, dated, sourced data. Edition \
{edition} of {published}, newest source of {data_end}, text and data under {licence}.

Quote a number or a sentence from its file below, not from memory of the pages: print its `quote`, \
or at least `text` or `sentence` with `as_of`, `edition`, `page`, and for a sentence `verdict`.

- [How to quote](book/machines.html)
- [Manifest](manifest.json): every file of this site with its SHA-256, but itself and the page \
that tells its own
- [Values](values.json), [claims](claims.json), [figures](figures.json), [tables](tables.json); \
one each as values/CHAPTER/ID.json, claims/CHAPTER/ID.json, figures/ID.json, tables/ID.json
- [Schemas](schemas/values.json) of them in schemas/
- What an edition said, also an earlier one: editions/EDITION/results/CHAPTER.json
- [Editions and corrections](feed.xml)
"""


def everything(app) -> dict[str, list[dict]]:
    """Return the records of all that the site shows, by kind."""
    root = Path(app.srcdir)
    found = {kind: [] for kind in KINDS}
    cite, record = items.Cited(), edition.record(root)
    for known in shown_results(app):
        for kind, item in items.of_run(record, known, cite):
            found[kind].append(item)
    found["tables"] = remembered(app, tables)
    return found


@fresh.of_tables
def tables() -> list[dict]:
    """Return the records of all tables."""
    return list(items.of_tables(edition.record(inputs.folder()), items.Cited()))


def about(app) -> dict[str, str]:
    """Return what every file says of the edition."""
    known = edition.record(Path(app.srcdir))
    days = remembered(app, ends).values()
    known["data_end"] = max(days).isoformat() if days else ""
    return known


def place(kind: str, item: dict) -> str:
    """Return the address of the file of one record."""
    return f"{kind}/{item['id'].replace('.', '/')}.json"


def written(app, problem) -> None:
    """Write all files for programs, and the head of the manifest."""
    if problem or app.builder.format != "html":
        return
    out, told = Path(app.outdir), about(app)
    for kind, found in everything(app).items():
        for item in found:
            if kind == "figures":
                item["files"] = files_of(out, item["id"])
            schema = {"$schema": f"{'../' * place(kind, item).count('/')}schemas/{kind}.json"}
            chapters.write(out / place(kind, item), chapters.as_json(schema | item))
        whole = {"$schema": f"schemas/{kind}.json", **told, kind: found}
        chapters.write(out / f"{kind}.json", chapters.as_json(whole))
    shutil.copytree(Path(app.srcdir, SCHEMAS), out / "schemas", dirs_exist_ok=True)
    chapters.write(out / "llms.txt", GUIDE.format(**told).encode())
    head = {"$schema": "schemas/manifest.json", **told, "files": []}
    chapters.write(out / manifest.FILE, chapters.as_json(head))


def files_of(out: Path, id: str) -> list[str]:
    """Return the addresses of the files of a figure."""
    found = sorted((out / "figures" / id).iterdir())
    return [f"figures/{id}/{path.name}" for path in found if path.suffix != OF_PAGES]


def cleared(app) -> list:
    """Remove what an earlier build made."""
    for name in ("values", "claims", "schemas"):
        shutil.rmtree(Path(app.outdir, name), ignore_errors=True)
    for kind in ("figures", "tables"):
        for path in Path(app.outdir, kind).glob("*.json"):
            path.unlink()
    return []


def alternate(app, pagename, templatename, context, doctree) -> None:
    """Tell a page which file says the same to a program: that of its figure or table, else the
    manifest."""
    kind, _, id = pagename.partition("/")
    own = kind == "figures" or (kind == "tables" and "-" not in id)
    own = own and "leads_to" not in context  # a page that is gone
    all_of_them = "figures.json" if pagename == "figures/index" else manifest.FILE
    context["alternate"] = f"{pagename}.json" if own and id != "index" else all_of_them


def example(kind: str, id: str) -> dict | None:
    """Return one record of a chapter's results; None where it says none of that id."""
    known, record = stored(inputs.folder(), id.partition(".")[0]), edition.record(inputs.folder())
    found = items.of_run(record, known, items.Cited()) if known else ()
    return next((item for each, item in found if each == kind and item["id"] == id), None)


class File(SphinxRole):
    """A file of the site by its address from the site's folder, as a link."""

    def run(self):
        name = html.escape(self.text)
        return [raw(f'<a href="{up(self.env.docname)}{name}"><code>{name}</code></a>')], []


class Quoting(SphinxDirective):
    """A value or a claim as its file has it, and what to print: `{quoting} values chapter.id`."""

    required_arguments = 2

    def run(self):
        kind, id = self.arguments
        item = stated(self.env, example, kind, id)
        if item is None:
            words = f'no record "{id}" among {kind}'
            return [self.state.document.reporter.warning(words, line=self.lineno)]
        shown = {**item, "sources": item["sources"][:1]} if item["sources"] else item
        text = html.escape(json.dumps(shown, ensure_ascii=False, indent=1))
        where = place(kind, item)
        return [
            raw(
                f'<p><a href="../{where}"><code>{where}</code></a> says '
                f"(the first of its {len(item['sources'])} sources shown):</p>"
                f'<pre tabindex="0">{text}</pre><p>Print:</p>'
                f"<blockquote><p>{html.escape(item['quote'])}</p></blockquote>"
            )
        ]


def setup(app):
    """Register the directive, the role and the files."""
    app.add_directive("quoting", Quoting)
    app.add_role("site-file", File())
    app.connect("html-collect-pages", cleared, priority=100)
    app.connect("html-page-context", alternate)
    app.connect("build-finished", written, priority=700)  # after all other files
