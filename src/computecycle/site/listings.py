"""Directives that list: a chapter's parameters, numbers and rows, all tables, all sources."""

import html

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from computecycle.evidence import data
from computecycle.site.markup import (
    SHOWN_PLACES,
    linked,
    no_data,
    plain,
    raw,
    row_links,
    source_links,
    table_html,
)
from computecycle.site.words import (
    ends,
    long_day,
    number,
    own_chapter,
    place,
    results,
    source_anchor,
    spoken,
)

ESCAPED = "\\$"  # a dollar sign of the bibliography, which pybtex leaves as it is


class Parameters(SphinxDirective):
    """What the chapter lets an analyst change: name, value, unit, range, meaning."""

    def run(self):
        known = results(self.env, own_chapter(self.env))
        rows = [
            [
                f"<code>{each['name']}</code>",
                html.escape(shown(each["value"])),
                html.escape(each["unit"]),
                html.escape(limits(each)),
                html.escape(each["meaning"]),
            ]
            for each in known.get("parameters", [])
        ]
        table = table_html(["Parameter", "Value", "Unit", "Allowed", "Meaning"], rows)
        return [raw(f"<details><summary>The {len(rows)} parameters</summary>{table}</details>")]


def shown(value: object) -> str:
    """Return a parameter's value as a reader writes it; empty ones say where they come from."""
    return "from the data" if value in (None, "") else str(value)


def limits(parameter: dict) -> str:
    """Return a parameter's range or choices in words."""
    if parameter["choices"]:
        return " or ".join(parameter["choices"])
    if parameter["low"] is None:
        return ""
    return f"{parameter['low']:,.10g} to {parameter['high']:,.10g}"


class Keys(SphinxDirective):
    """The key numbers at the head of a chapter, each line `value: what it is in a few words`."""

    has_content = True

    def run(self):
        known = results(self.env, own_chapter(self.env))
        values = {value["id"]: value for value in known.get("values", [])}
        items = []
        for line in self.content:
            id, _, words = line.partition(":")
            if id.strip() not in values or not words.strip():
                message = f'"{line}" is no value of this chapter, a colon and what it is'
                return [self.state.document.reporter.warning(message, line=self.lineno)]
            shown = number(self.env, known["chapter"], values[id.strip()])
            items.append(
                nodes.container("", shown, nodes.inline("", words.strip()), classes=["cc-key"])
            )
        return [nodes.container("", *items, classes=["cc-keys"])]


class Numbers(SphinxDirective):
    """Every claim and value of the chapter with the rows and places it rests on."""

    def run(self):
        known = results(self.env, own_chapter(self.env))
        values = {value["id"]: value for value in known.get("values", [])}
        return [
            self.claims(known, values),
            raw(
                table_html(
                    ["What", "Value", "Unit", "Rests on"],
                    [self.row(value) for value in values.values()],
                    "cc-numbers",
                )
            ),
        ]

    def claims(self, known: dict, values: dict) -> nodes.bullet_list:
        """Return the chapter's claims, each with its anchor and verdict."""
        verdict = {True: "Holds: ", False: "Does not hold: ", None: "Cannot be told: "}
        items = nodes.bullet_list(classes=["cc-claims"])
        for claim in known.get("claims", []):
            words = spoken(self.env, known["chapter"], claim, values)
            text = nodes.paragraph("", "", nodes.strong("", verdict[claim["holds"]]), *words)
            tested = raw(f'<div class="cc-tested">{self.tested(claim)}</div>')
            items += nodes.list_item("", text, tested, ids=[f"claim-{claim['id']}"])
        return items

    def tested(self, claim: dict) -> str:
        """Return a claim's condition with its numbers, as written, and what else it needs. HTML."""
        needed = [
            f"{html.escape(each['name'])} is {html.escape(each['text'])}{self.rests(each['rows'])}"
            for each in claim["others"]
        ]
        told, written = html.escape(claim["told"]), html.escape(claim["condition"])
        lines = [f"Tested: {told} (<code>{written}</code>)", *needed]
        return "<br>".join(lines)

    def rests(self, rows: list[dict]) -> str:
        """Return where a number of a condition comes from, behind a comma. HTML."""
        return f": {', '.join(self.places(rows))}" if rows else ""

    def places(self, rows: list[dict]) -> list[str]:
        """Return the places that some rows stand in, the first few, as links. HTML."""
        found = [
            f"{row_links(self.env, row)} ({html.escape(row['source'])}, "
            f"{linked(row['locator'])}{', recalled' * (row['confidence'] == 'recalled')})"
            for row in rows
        ]
        more = [f"and {len(found) - SHOWN_PLACES} more places"]
        return found[:SHOWN_PLACES] + more * (len(found) > SHOWN_PLACES)

    def row(self, value: dict) -> list[str]:
        """Return a value's cells. HTML."""
        rests = "<br>".join(self.places(value["rows"])) or "a parameter of this chapter"
        name = f'<span id="value-{value["id"]}">{html.escape(value["name"])}</span>'
        return [name, html.escape(value["text"]), html.escape(value["unit"]), rests]


class Rows(SphinxDirective):
    """Some columns of a table as a table of the page: `{rows} table column column ...`.

    Shows what the chapter of this page had loaded: rows as of its date.
    """

    required_arguments = 2
    optional_arguments = 20

    def run(self):
        name, *columns = self.arguments
        self.env.note_dependency(str(data.FOLDER / data.resource(name)["path"]))
        known = results(self.env, own_chapter(self.env))
        chosen = known.get("inputs", {}).get("parameters", {})
        table = data.load(name, chosen.get("as_of", ""), chosen.get("data_dir", ""))
        missing = [column for column in columns if column not in table.columns]
        if missing:
            words = f"table {name} has no column {missing[0]}"
            return [self.state.document.reporter.warning(words, line=self.lineno)]
        rows = [[html.escape(plain(cell)) for cell in row] for row in table[columns].values]
        header = [html.escape(column.replace("_", " ")) for column in columns]
        return [raw(table_html(header, rows) if rows else no_data())]


class Exhibits(SphinxDirective):
    """What became of each figure and table of a source, with links to it: `{exhibits} source`."""

    required_arguments = 1

    def run(self):
        table = data.load("exhibits")
        self.env.note_dependency(str(data.FOLDER / "exhibits.csv"))
        rows = [
            [html.escape(f"{row['locator']}: {row['shows']}"), row["status"], self.links(row)]
            for _, row in table[table["source"] == self.arguments[0]].iterrows()
        ]
        return [raw(table_html(["Printed", "Here", "Where"], rows))]

    def links(self, row) -> str:
        """Return links to the figure, or else the chapter, and to the table. HTML."""
        found = []
        if row["chapter"]:
            known = results(self.env, row["chapter"])
            anchor = f"fig-{row['figure']}" if row["figure"] else ""
            address = place(self.env, row["chapter"], anchor).rstrip("#")
            found.append(f'<a href="{address}">{html.escape(known.get("title", ""))}</a>')
        if row["table"]:
            page = self.env.app.builder.get_relative_uri(self.env.docname, f"tables/{row['table']}")
            found.append(f'<a href="{page}">{row["table"].replace("_", " ")}</a>')
        return ", ".join(found)


class Tables(SphinxDirective):
    """Every table of the report: what it is, its columns, its rows, its licence."""

    def run(self):
        made, known = [], ends(self.env.srcdir)
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
    rows = data.load(entry["name"])
    page = env.app.builder.get_relative_uri(env.docname, f"tables/{entry['name']}")
    folder = env.app.builder.get_relative_uri(env.docname, "data/x").rsplit("/", 1)[0]
    columns = [
        [
            f"<code>{field['name']}</code>",
            field["type"],
            html.escape(field.get("unit", "")),
            html.escape(field["description"]),
        ]
        for field in entry["schema"]["fields"]
    ]
    licence = ", ".join(each["name"] for each in entry["licenses"])
    return (
        f"<p>{html.escape(entry['description'])}</p>"
        f'<div><a href="{page}">{len(rows)} rows</a>, data to {end}. '
        f'<a href="{folder}/{entry["path"]}" download>CSV</a>. Licence: {html.escape(licence)}. '
        f"Sources: {source_links(env, data.trace([rows]))}</div>"
        f"<details><summary>Columns</summary>"
        f"{table_html(['Column', 'Type', 'Unit', 'Meaning'], columns)}</details>"
    )


class Sources(SphinxDirective):
    """Every source of the report, as the bibliography gives it, with its anchor."""

    def run(self):
        from pybtex.backends.html import Backend
        from pybtex.database import parse_file
        from pybtex.plugin import find_plugin

        path = data.FOLDER / "sources.bib"
        self.env.note_dependency(str(path))
        style = find_plugin("pybtex.style.formatting", "plain")()
        entries = sorted(style.format_bibliography(parse_file(str(path))), key=lambda e: e.key)
        items = "".join(
            f'<li id="{source_anchor(entry.key)}"><code>{html.escape(entry.key)}</code> '
            f"{entry.text.render(Backend(encoding='utf-8')).replace(ESCAPED, '$')}</li>"
            for entry in entries
        )
        return [raw(f'<ul class="cc-sources">{items}</ul>')]


def setup(app):
    """Register the directives."""
    for name, kind in {
        "keys": Keys,
        "parameters": Parameters,
        "numbers": Numbers,
        "tables": Tables,
        "rows": Rows,
        "exhibits": Exhibits,
        "sources": Sources,
    }.items():
        app.add_directive(name, kind)
