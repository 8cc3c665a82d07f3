"""Directives that place what a run left: a figure, the parameters, the numbers, the tables."""

import csv
import html
from collections import Counter
from pathlib import Path

import pandas as pd
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from computecycle import data, theme
from computecycle.site.words import own_chapter, place, results, shortened, source_anchor, spoken

SHOWN_ROWS = 40
SHOWN_PLACES = 4
SHOWN_SOURCES = 5


def raw(text: str) -> nodes.raw:
    """Return HTML as a node."""
    return nodes.raw("", text, format="html")


def table_html(header: list[str], rows: list[list[str]], css: str = "") -> str:
    """Return an HTML table; the cells are HTML already."""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in header)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="cc-scroll"><table class="cc-table {css}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def linked(address: str) -> str:
    """Return a locator, as a link when it is an address of the web. HTML, escaped."""
    text = html.escape(shortened(address))
    if not address.startswith(("https://", "http://")):
        return html.escape(address)
    return f'<a href="{html.escape(address)}">{text}</a>'


def source_links(env, rows: list[dict]) -> str:
    """Return the sources behind some rows as links, the most used first. HTML."""
    page = env.app.builder.get_relative_uri(env.docname, "book/sources")
    env.note_dependency(str(data.FOLDER / "sources.bib"))
    used = Counter()
    for row in rows:
        used[row["source"]] += len(row["rows"])
    known = data.sources()
    links = [
        f'<a href="{page}#{source_anchor(key)}" title="{html.escape(known[key]["title"])}">'
        f"{html.escape(known[key]['short'])}</a>"
        for key, _ in used.most_common()
    ]
    if len(links) <= SHOWN_SOURCES + 1:
        return "; ".join(links)
    first, rest = links[:SHOWN_SOURCES], links[SHOWN_SOURCES:]
    return (
        f'{"; ".join(first)} <details class="cc-inline"><summary>and {len(rest)} more</summary>'
        f"{'; '.join(rest)}</details>"
    )


def row_links(env, record: dict) -> str:
    """Return links to the rows of one place in a table. HTML."""
    page = env.app.builder.get_relative_uri(env.docname, f"tables/{record['table']}")
    lines = [row.rsplit(":", 1)[1] for row in record["rows"]]
    table = html.escape(record["table"].replace("_", " "))
    if record["rows"][0].startswith("overlay/"):
        return f"your own {table}, line {', '.join(lines)}"
    links = ", ".join(f'<a href="{page}#L{line}">{line}</a>' for line in lines[:SHOWN_PLACES])
    more = f" and {len(lines) - SHOWN_PLACES} more" if len(lines) > SHOWN_PLACES else ""
    return f"{table}, line {links}{more}"


class Chart(SphinxDirective):
    """A figure: static pictures for wide and narrow pages, words, data, downloads.

    On another page than its chapter's (`{chart} chapter.id`) only the picture with its title,
    which leads to the figure itself.
    """

    required_arguments = 1

    def run(self):
        chapter, _, id = self.arguments[0].rpartition(".")
        known = results(self.env, chapter or own_chapter(self.env))
        figure = next((each for each in known.get("figures", []) if each["id"] == id), None)
        if figure is None:
            words = f'no figure "{self.arguments[0]}"'
            return [self.state.document.reporter.warning(words, line=self.lineno)]
        folder = Path(self.env.srcdir, "_build/figures", id)
        picture = raw(self.picture(folder, figure) if not figure["empty"] else no_data())
        if chapter:
            link = nodes.reference(
                "", figure["title"], internal=True, refuri=place(self.env, chapter, f"fig-{id}")
            )
            title = nodes.paragraph("", "", link, classes=["cc-small-title"])
            return [nodes.container("", title, picture, classes=["cc-small"])]
        return [self.full(picture, figure), raw(self.footer(folder, figure, known))]

    def full(self, picture: nodes.raw, figure: dict) -> nodes.figure:
        """Return the numbered figure with its title and caption."""
        caption = nodes.caption(
            "", "", nodes.strong("", figure["title"]), nodes.Text(f" {figure['caption']}")
        )
        node = nodes.figure("", picture, caption, classes=["cc-figure"])
        node["names"].append(f"fig-{figure['id']}")
        self.state.document.note_explicit_target(node, node)
        return node

    def picture(self, folder: Path, figure: dict) -> str:
        """Return both layouts as inline SVG that follows the page's colours."""
        drawn = ""
        for width in ("wide", "narrow"):
            path = folder / f"{width}.svg"
            self.env.note_dependency(str(path))
            svg = theme.themed_svg(path.read_text(encoding="utf-8"))
            drawn += f'<div class="cc-{width}" aria-hidden="true">{svg}</div>'
        words = html.escape(f"{figure['title']}. {figure['caption']}", quote=True)
        return (
            f'<div class="cc-picture" role="img" aria-label="{words}" '
            f'data-figure="{figure["id"]}">{drawn}</div>'
        )

    def footer(self, folder: Path, figure: dict, known: dict) -> str:
        """Return note, sources, date, downloads and the data as plotted. HTML."""
        page = self.env.app.builder.get_relative_uri(self.env.docname, f"figures/{figure['id']}/x")
        base = page.rsplit("/", 1)[0]
        files = sorted(path.name for path in folder.iterdir() if path.suffix != ".svg")
        files = ["wide.svg", *files]
        links = " ".join(f'<a href="{base}/{name}" download>{label(name)}</a>' for name in files)
        newest = max((row["known_from"] for row in figure["rows"]), default="")
        sources = f"As of {newest}. Sources: {source_links(self.env, figure['rows'])}"
        note = f"<p>{html.escape(figure['note'])}</p>" if figure["note"] else ""
        mark = "" if known["published"] else "<p><strong>Not the published edition.</strong></p>"
        return (
            f'<div class="cc-footer">{mark}{note}<div>{sources if newest else ""}</div>'
            f'<p class="cc-files">{links} <button type="button" class="cc-interact" '
            f'data-base="{base}" data-id="{figure["id"]}" hidden>Make it interactive</button></p>'
            f"{plotted(folder, figure)}</div>"
        )


def no_data() -> str:
    """Return what stands in for the picture of a figure without data."""
    return '<p class="cc-empty">No data are known as of this date.</p>'


def label(name: str) -> str:
    """Return the words of a download link."""
    if name.endswith(".vl.json"):
        return "Vega-Lite"
    return name.rsplit(".", 1)[1].upper()


def plotted(folder: Path, figure: dict) -> str:
    """Return the data as plotted behind a disclosure; the longest of the chart's tables. HTML."""
    tables = [
        list(csv.reader(path.open(encoding="utf-8", newline="")))
        for path in sorted(folder.glob(f"{figure['id']}-*.csv"))
    ]
    if not tables:
        return ""
    header, *rows = max(tables, key=len)
    cells = [[html.escape(cell) for cell in row] for row in rows[:SHOWN_ROWS]]
    rest = (
        f"<p>{len(rows) - SHOWN_ROWS} more rows in the CSV.</p>" if len(rows) > SHOWN_ROWS else ""
    )
    return (
        f"<details><summary>Data as plotted ({len(rows)} rows)</summary>"
        f"{table_html([html.escape(name) for name in header], cells)}{rest}</details>"
    )


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
            items += nodes.list_item("", text, ids=[f"claim-{claim['id']}"])
        return items

    def row(self, value: dict) -> list[str]:
        """Return a value's cells. HTML."""
        places = [
            f"{row_links(self.env, row)} ({html.escape(row['source'])}, "
            f"{linked(row['locator'])}{', recalled' * (row['confidence'] == 'recalled')})"
            for row in value["rows"]
        ]
        more = (
            [f"and {len(places) - SHOWN_PLACES} more places"] if len(places) > SHOWN_PLACES else []
        )
        rests = "<br>".join(places[:SHOWN_PLACES] + more) or "a parameter of this chapter"
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


def plain(cell: object) -> str:
    """Return a cell as a reader writes it; empty where there is none."""
    if pd.isna(cell):
        return ""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell.is_integer() else f"{cell:,.10g}"
    return str(cell)


class Tables(SphinxDirective):
    """Every table of the report: what it is, its columns, its rows, its licence."""

    def run(self):
        made = []
        self.env.note_dependency(str(data.FOLDER / "datapackage.json"))
        for entry in data.descriptor()["resources"]:
            self.env.note_dependency(str(data.FOLDER / entry["path"]))
            section = nodes.section(ids=[f"table-{entry['name']}"])
            section += nodes.title("", entry["title"])
            section += raw(described(self.env, entry))
            made.append(section)
        return made


def described(env, entry: dict) -> str:
    """Return a table's description, its columns and the links to its rows. HTML."""
    rows = data.load(entry["name"])
    page = env.app.builder.get_relative_uri(env.docname, f"tables/{entry['name']}")
    folder = env.app.builder.get_relative_uri(env.docname, "data/x").rsplit("/", 1)[0]
    coverage = f"{rows['known_from'].min():%Y-%m-%d} to {rows['known_from'].max():%Y-%m-%d}"
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
        f'<div><a href="{page}">{len(rows)} rows</a>, published {coverage}. '
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
            f"{entry.text.render(Backend(encoding='utf-8'))}</li>"
            for entry in entries
        )
        return [raw(f'<ul class="cc-sources">{items}</ul>')]


def setup(app):
    """Register the directives."""
    for name, kind in {
        "chart": Chart,
        "parameters": Parameters,
        "numbers": Numbers,
        "tables": Tables,
        "rows": Rows,
        "exhibits": Exhibits,
        "sources": Sources,
    }.items():
        app.add_directive(name, kind)
