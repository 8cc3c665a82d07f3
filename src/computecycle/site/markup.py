"""Pieces of HTML that several directives need: tables, links to rows and to sources."""

import html
from collections import Counter

import pandas as pd
from docutils import nodes

from computecycle.evidence import data
from computecycle.site.words import shortened, source_anchor

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


def plain(cell: object) -> str:
    """Return a cell as a reader writes it; empty where there is none."""
    if pd.isna(cell):
        return ""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell.is_integer() else f"{cell:,.10g}"
    return str(cell)


def no_data() -> str:
    """Return what stands in for the picture of a figure without data."""
    words = "No data are known as of this date, or the parameters leave none."
    return f'<p class="cc-empty">{words}</p>'
