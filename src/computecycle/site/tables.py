"""A page for each table, in parts where it is long, its rows addressed by their key.

`report.js` forwards addresses by line number, which pages had before, by the lines that a page says
it holds.
"""

import html

from computecycle.evidence import data
from computecycle.evidence.refresh import overlay
from computecycle.site import addresses, citable, inputs, written
from computecycle.site.addresses import IN_PLACE, Row, page_of
from computecycle.site.markup import linked, table, table_html, turn

NUMBERS = ("number", "integer", "year")
SENTENCE = 60  # letters of a cell that is read as one


def pages(app):
    """Yield the pages of all tables."""
    for entry in data.descriptor()["resources"]:
        known = addresses.rows(entry["name"])
        parts = sorted({row.part for row in known}) or [1]
        for part in parts:
            own = [row for row in known if row.part == part]
            title = entry["title"] if part == 1 else f"{entry['title']}, part {part}"
            cited = "" if part > 1 else citable.of_table(app.computecycle_edition, entry)
            body = whole(entry, own, part, parts, known, cited)
            yield page_of(entry["name"], part), {"title": title, "body": body}, "page.html"


def whole(
    entry: dict, own: list[Row], part: int, parts: list[int], known: list[Row], cited: str
) -> str:
    """Return the body of a page: what the table is, the other parts, some of its rows. HTML.

    cited : how the table is cited, on its first page."""
    name, others = entry["name"], ways(entry["name"], parts, known)
    here = f"Rows {own[0].line - 1} to {own[-1].line - 1} of {len(known)}" if own else "No rows"
    columns = [field for field in entry["schema"]["fields"] if field["name"] not in IN_PLACE]
    heads = [column_title(field) for field in columns]
    numeric = [field["type"] in NUMBERS for field in columns]
    body = "".join(row_html(row, columns, heads, numeric) for row in own)
    kinds = [
        "n" * number or kind(own, field) for field, number in zip(columns, numeric, strict=True)
    ]
    file = f'<a href="../data/{entry["path"]}" download>CSV</a>'
    meaning = described(entry) if part == 1 else ""
    meaning += f'<h2 id="cite">Cite</h2>{cited}' if cited else ""
    return (
        f"<h1>{html.escape(entry['title'])}</h1><p>{html.escape(entry['description'])}</p>"
        f'<p class="cc-facts">{file} <a href="{name}.html#columns">What the columns mean</a>'
        f' <a href="{name}.html#cite">Cite</a>{refreshed(name)}</p>'
        f"{turn('Parts of the table', 'Rows', others, part)}"
        f"{table(here, [*heads, 'Where it stands'], body, 'cc-rows', kinds)}"
        f"{turn('Parts of the table, again', 'Rows', others, part)}{meaning}"
    )


def kind(rows: list[Row], field: dict) -> str:
    """Return whether a column of some rows holds sentences, as `markup.table` asks."""
    return "w" * any(len(row.cells[field["name"]]) > SENTENCE for row in rows)


def described(entry: dict) -> str:
    """Return what each column of a table holds. HTML."""
    rows = [
        [
            f"<code>{html.escape(field['name'])}</code>",
            field["type"],
            html.escape(field.get("unit", "")),
            html.escape(field["description"]),
        ]
        for field in entry["schema"]["fields"]
    ]
    listed = table_html("Columns", ["Column", "Type", "Unit", "Meaning"], rows)
    return f'<h2 id="columns">What the columns mean</h2>{listed}'


def refreshed(name: str) -> str:
    """Return when a table's publisher was last read, or since when it is stale. HTML."""
    told = overlay.standing(name)
    return f" <span>{html.escape(told)}</span>" if told else ""


def ways(name: str, parts: list[int], known: list[Row]) -> list[tuple[str, str, str]]:
    """Return the ways to the parts of a table, by their rows, each with the lines that it holds."""
    lines = [[row.line for row in known if row.part == each] for each in parts]
    return [
        (
            f"{page_of(name, part).removeprefix('tables/')}.html",
            f"{min(span) - 1}–{max(span) - 1}",
            f"{min(span)}-{max(span)}",
        )
        for part, span in zip(parts, lines, strict=True)
        if span
    ]


def column_title(field: dict) -> str:
    """Return what the head of a column says: its name in words, its unit. HTML."""
    unit = field.get("unit", "")
    words = field["name"].replace("_", " ")
    return html.escape(f"{words} ({unit})" if unit else words)


def row_html(row: Row, columns: list[dict], heads: list[str], numeric: list[bool]) -> str:
    """Return a row of a page; each cell says its column, for phones. HTML."""
    cells = []
    for field, head, number in zip(columns, heads, numeric, strict=True):
        css = ' class="n"' if number or field["type"] == "date" else ""
        cells.append(f'<td{css} data-h="{head}">{linked(row.cells[field["name"]])}</td>')
    cells.append(f'<td data-h="Where it stands">{place(row.cells, row.line - 1)}</td>')
    return f'<tr id="{html.escape(row.anchor)}" data-line="{row.line}">{"".join(cells)}</tr>'


def place(cells: dict[str, str], number: int) -> str:
    """Return where a row comes from: source, locator, day, confidence, the second value; and its
    number in the table. HTML."""
    if "source" not in cells:
        return ""
    key = cells["source"]
    short = html.escape(inputs.package().sources().get(key, {}).get("short", key))
    second = (
        f"; second: {html.escape(cells['second_value'])}, {linked(cells['second_locator'])}"
        if cells.get("second_value")
        else ""
    )
    return (
        f'<a href="../{addresses.source(key)}">{short}</a>, '
        f"{linked(cells.get('locator', ''))}{second} <small>known from "
        f"{html.escape(cells.get('known_from', ''))}, "
        f"{html.escape(cells.get('confidence', '').replace('_', ' '))}; row {number}</small>"
    )


def setup(app):
    """Register the pages."""
    app.connect("html-collect-pages", written.changed(pages))
