"""Directives that list: a chapter's key numbers, rows of a table, all tables."""

import html
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from computecycle.citing import editions
from computecycle.evidence import data
from computecycle.site import inputs
from computecycle.site.addresses import chapter_page, up
from computecycle.site.markup import no_data, plain, raw, source_links, table_html
from computecycle.site.words import long_day, number, own_chapter, results

METHOD, TESTED = "book/method", "what-a-tested-sentence-says"


class Keys(SphinxDirective):
    """The key numbers at the head of a page, each line `value: what it is in a few words`.

    On another page than the chapter's a value is `chapter.id`.
    """

    has_content = True

    def run(self):
        items, own = [], ""
        for line in self.content:
            name, _, words = line.partition(":")
            chapter, _, id = name.strip().rpartition(".")
            own = own or (own_chapter(self.env) if not chapter else "")
            known = results(self.env, chapter or own)
            value = next((each for each in known.get("values", []) if each["id"] == id), None)
            if value is None or not words.strip():
                message = f'"{line}" is no value of a chapter, a colon and what it is'
                return [self.state.document.reporter.warning(message, line=self.lineno)]
            shown = number(self.env, known["chapter"], value)
            items.append(f"<div>{shown}<span>{html.escape(words.strip())}</span></div>")
        about = facts(self.env, results(self.env, own)) if own else ""
        return [raw(f'<div class="cc-keys">{"".join(items)}</div>{about}')]


def facts(env, known: dict) -> str:
    """Return one line on a chapter: to when its data go, what it holds, its other pages. HTML."""
    end = data.newest([row for each in known["figures"] for row in each["rows"]])
    held, folder = sum(each["holds"] is True for each in known["claims"]), Path(env.docname).name
    doubt = "which may be wrong themselves"
    if METHOD in env.found_docs:
        doubt = f'<a href="{up(env.docname)}{METHOD}.html#{TESTED}">{doubt}</a>'
    earlier = editions.told_earlier(Path(env.srcdir), folder)
    parts = [
        f"Newest source of this chapter {end}" if end else "",
        f"{len(known['figures'])} figures",
        f"{held} of {len(known['claims'])} tested sentences agree with the data, {doubt}",
        f'<a href="{folder}/notebook.html">notebook</a>',
        f'<a href="{folder}/numbers.html">every number</a>',
        f'<a href="{folder}/earlier.html">on earlier days</a>' if earlier else "",
    ]
    return f'<p class="cc-facts">{" ".join(f"<span>{each}</span>" for each in parts if each)}</p>'


class Rows(SphinxDirective):
    """Some columns of a table as a table of the page: `{rows} table column column ...`.

    Shows the rows that the site is made of, as of its date.
    """

    required_arguments = 2
    optional_arguments = 20

    def run(self):
        name, *columns = self.arguments
        self.env.note_dependency(str(data.FOLDER / data.resource(name)["path"]))
        table = inputs.package().load(name)
        missing = [column for column in columns if column not in table.columns]
        if missing:
            words = f"table {name} has no column {missing[0]}"
            return [self.state.document.reporter.warning(words, line=self.lineno)]
        rows = [[html.escape(plain(cell)) for cell in row] for row in table[columns].values]
        header = [html.escape(column.replace("_", " ")) for column in columns]
        return [
            raw(
                table_html(html.escape(data.resource(name)["title"]), header, rows)
                if rows
                else no_data()
            )
        ]


class Exhibits(SphinxDirective):
    """What became of each figure and table of a source, with links to it: `{exhibits} source`."""

    required_arguments = 1

    def run(self):
        table = inputs.package().load("exhibits")
        self.env.note_dependency(str(data.FOLDER / "exhibits.csv"))
        rows = [
            [html.escape(f"{row['locator']}: {row['shows']}"), row["status"], self.links(row)]
            for _, row in table[table["source"] == self.arguments[0]].iterrows()
        ]
        source = html.escape(inputs.package().sources()[self.arguments[0]]["short"])
        caption = f"Figures and tables of {source}"
        return [raw(table_html(caption, ["Printed", "Here", "Where"], rows))]

    def links(self, row) -> str:
        """Return links to the figure, or else the chapter, and to the table. HTML."""
        found = []
        if row["chapter"]:
            known = results(self.env, row["chapter"])
            anchor = f"fig-{row['figure']}" if row["figure"] else ""
            address = up(self.env.docname) + chapter_page(row["chapter"], html.escape(anchor))
            found.append(f'<a href="{address}">{html.escape(known.get("title", ""))}</a>')
        if row["table"]:
            name = html.escape(row["table"])
            way = up(self.env.docname)
            found.append(f'<a href="{way}tables/{name}.html">{name.replace("_", " ")}</a>')
        return ", ".join(found)


class Tables(SphinxDirective):
    """Every table of the report: what it is, its columns, its rows, its licence."""

    def run(self):
        made, known = [], inputs.package().ends()
        self.env.note_dependency(str(data.FOLDER / "datapackage.json"))
        for entry in data.descriptor()["resources"]:
            self.env.note_dependency(str(data.FOLDER / entry["path"]))
            section = nodes.section(ids=[f"table-{entry['name']}"])
            section += nodes.title("", entry["title"])
            section += raw(described(self.env, entry, long_day(known, [entry["name"]])))
            made.append(section)
        return made


def described(env, entry: dict, end: str) -> str:
    """Return a table's description, its columns and the links to its rows. HTML.

    end : the newest day of its data, in words.
    """
    rows = inputs.package().load(entry["name"])
    way = up(env.docname)
    file = f'<a href="{way}data/{entry["path"]}"{inputs.saved(entry["path"])}>CSV</a>'
    licence = ", ".join(each["name"] for each in entry["licenses"])
    return (
        f"<p>{html.escape(entry['description'])}</p>"
        f'<div><a href="{way}tables/{entry["name"]}.html">{len(rows)} rows</a>, data to {end}. '
        f"{file}. Licence: {html.escape(licence)}. "
        f"Sources: {source_links(env, data.trace([rows]))}</div>"
    )


def setup(app):
    """Register the directives."""
    for name, kind in {
        "keys": Keys,
        "tables": Tables,
        "rows": Rows,
        "exhibits": Exhibits,
    }.items():
        app.add_directive(name, kind)
