"""Pieces of HTML that several directives need: tables, links to rows and to sources."""

import html
import re
import textwrap
from collections import Counter

import pandas as pd
from docutils import nodes

from computecycle.evidence.days import in_words
from computecycle.evidence.place import OVERLAID
from computecycle.site import addresses, inputs

SHOWN_PLACES = 4
SHOWN_SPANS = 5
SHOWN_SOURCES = 5
TITLE = 40  # characters of a title that names a source beside one of the same author and year


PARTED = "|"  # between the values of one trait of an item in a list
PIECE = re.compile(r"(<(code|pre|svg|script)\b.*?</\2>|<[^>]*>)|[^<]+", re.DOTALL)
APOSTROPHE = re.compile(r"(?<=\w)(?:'|&#x27;|&#39;)(?=\w)|(?<=s)(?:'|&#x27;|&#39;)(?=\s\w)")
MANY = ("source", "topic")  # traits with many values


def raw(text: str) -> nodes.raw:
    """Return HTML as a node."""
    return nodes.raw("", text, format="html")


def table(caption: str, header: list[str], body: str, css: str = "", kinds: list = ()) -> str:
    """Return an HTML table that scrolls within the page.

    caption, header : HTML. body : its rows. kinds : of the first columns, what each holds: `n`,
    numbers, `w`, sentences, which need width, or nothing special.
    """
    known = [*kinds, *[""] * (len(header) - len(kinds))]
    head = "".join(
        f'<th scope="col"{f" class={kind}" * bool(kind)}>{cell}</th>'
        for cell, kind in zip(header, known, strict=True)
    )
    css = f"cc-table {css}".strip()
    return (
        f'<div class="cc-scroll" role="region" tabindex="0" aria-label="{caption}">'
        f'<table class="{css}"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def table_html(caption: str, header: list[str], rows: list[list[str]], css: str = "") -> str:
    """Return an HTML table of some cells, which are HTML already; each says its column."""
    body = "".join(
        "<tr>"
        + "".join(f'<td data-h="{h}">{cell}</td>' for h, cell in zip(header, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return table(caption, header, body, css)


def turn(label: str, what: str, ways: list[tuple[str, str, str]], here: int) -> str:
    """Return the way to the parts of something long; nothing where it has but one. HTML.

    label : by which those who hear the page tell it from the other one. what : by what the parts
    are told. ways : of each part the address, the words, what it holds, for scripts.
    """
    links = [
        f'<a href="{address}" data-holds="{html.escape(holds)}"'
        f"{' aria-current=page' * (part == here)}>{html.escape(words)}</a>"
        for part, (address, words, holds) in enumerate(ways, start=1)
    ]
    told = f'<nav class="cc-parts" aria-label="{label}">{what} {" ".join(links)}</nav>'
    return told if len(ways) > 1 else ""


def curled(body: str) -> str:
    """Return HTML whose apostrophes are those of print, as the written pages have them; code,
    pictures and what lies in tags stay as they are."""
    return PIECE.sub(lambda found: found[0] if found[1] else APOSTROPHE.sub("’", found[0]), body)


def linked(locator: str) -> str:
    """Return a locator, its address of the web as a link, what it says there behind. HTML."""
    if not locator.startswith(("https://", "http://")):
        return html.escape(locator)
    address, space, words = locator.partition(" ")
    link = f'<a href="{html.escape(address)}">{html.escape(addresses.shortened(address))}</a>'
    return f"{link}{space}{html.escape(words)}"


def named_apart(sources: list[dict[str, str]]) -> list[str]:
    """Return how some sources are named beside each other: by author and year, and where two share
    these, by the first words of their title as well."""
    alike = Counter(each["short"] for each in sources)
    titles = [
        textwrap.shorten(each.get("title", "").strip("[]"), TITLE, placeholder="…")
        for each in sources
    ]
    return [
        f"{each['short']}, {title}" if alike[each["short"]] > 1 and title else each["short"]
        for each, title in zip(sources, titles, strict=True)
    ]


def source_links(way: str, rows: list[dict]) -> str:
    """Return the sources behind some rows as links, the most used first; `way` leads to the site's
    folder. HTML."""
    used = Counter()
    for row in rows:
        used[row["source"]] += len(row["rows"])
    known = inputs.package().sources()
    keys = [key for key, _ in used.most_common()]
    links = [
        f'<a href="{way}{addresses.source(key)}">{html.escape(name)}</a>'
        for key, name in zip(keys, named_apart([known[key] for key in keys]), strict=True)
    ]
    if len(links) <= SHOWN_SOURCES + 1:
        return "; ".join(links)
    first, rest = links[:SHOWN_SOURCES], links[SHOWN_SOURCES:]
    return (
        f'{"; ".join(first)} <details class="cc-inline"><summary>and {len(rest)} more</summary> '
        f"{'; '.join(rest)}</details>"
    )


def row_links(way: str, record: dict) -> str:
    """Return links to the rows of one place in a table: a few by their names, many by the numbers
    that they have on its page; `way` leads to the site's folder. HTML."""
    places, table = record["rows"], record["table"]
    name = html.escape(table.replace("_", " "))
    own = "your own " * places[0].startswith(OVERLAID)
    if len(places) > SHOWN_PLACES:
        return f"{own}{name}, rows {span_links(way, addresses.spans(table, places))}"
    known = [addresses.row(table, place) for place in places]
    links = ", ".join(f'<a href="{way}{at}">{html.escape(told)}</a>' for at, told in known)
    return f"{own}{name}: {links}"


def span_links(way: str, spans: list[tuple[str, str, int]]) -> str:
    """Return links to runs of rows, each to its first row; where there are many, those behind the
    first few by their numbers, folded. HTML. spans : see `addresses.spans`."""
    links = [f'<a href="{way}{at}">{told}</a>' for at, told, _ in spans]
    if len(links) <= SHOWN_SPANS + 1:
        return ", ".join(links)
    rest = ", ".join(told for _, told, _ in spans[SHOWN_SPANS:])
    more = sum(count for _, _, count in spans[SHOWN_SPANS:])
    return (
        f"{', '.join(links[:SHOWN_SPANS])} "
        f'<details class="cc-inline"><summary>and {more} more</summary> {rest}</details>'
    )


def plain(cell: object) -> str:
    """Return a cell as a reader writes it; empty where there is none."""
    if pd.isna(cell):
        return ""
    if isinstance(cell, pd.Timestamp):
        return in_words(cell)
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell.is_integer() else f"{cell:,.10g}"
    return str(cell)


def marks(traits: dict[str, list[str]]) -> str:
    """Return the attributes by which the script of a `filtered` list knows an item. HTML.

    traits : by what it can be chosen; an item may have several values.
    """
    return "".join(
        f' data-{name}="{html.escape(PARTED.join(each))}"' for name, each in traits.items()
    )


def filter_bar(what: str, items: list[dict[str, list[str]]]) -> str:
    """Return a search and choices for the list that follows, shown where there are scripts. HTML.

    what : its items are. items : the traits of each, see `marks`; of what has many values the
    choices are in the order of the alphabet, else as the items come.
    """
    values: dict[str, dict[str, None]] = {}
    for name, each in ((name, each) for traits in items for name, each in traits.items()):
        values.setdefault(name, {}).update(dict.fromkeys(each))
    choices = "".join(
        f'<select name="{name}" aria-label="{name}"><option value="">every {name}</option>'
        + "".join(
            f"<option>{html.escape(each)}</option>"
            for each in (sorted(found, key=str.casefold) if name in MANY else found)
        )
        + "</select>"
        for name, found in values.items()
        if len(found) > 1
    )
    return (
        f'<p class="cc-filter"><input type="search" placeholder="Search these {what}" '
        f'aria-label="Search these {what}">{choices}<span role="status">{len(items)} of '
        f"{len(items)}</span></p>"
    )


def no_data() -> str:
    """Return what stands in for the picture of a figure without data."""
    words = "No data are known as of this date, or the parameters leave none."
    return f'<p class="cc-empty">{words}</p>'
