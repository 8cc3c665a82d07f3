"""The receipt as one HTML page that needs nothing else: no network, no script, at most 300 KB."""

import base64
import hashlib
import html
from collections.abc import Callable
from dataclasses import asdict

from computecycle.charts import theme
from computecycle.evidence.overlaid import Change
from computecycle.notebook.claims import NO_DATA
from computecycle.runs import receipt, studies
from computecycle.runs.comparison import CHANGED, UNTOLD, largest, turn
from computecycle.runs.telling import otherwise, verdict

BYTES = 300_000  # of the page
SHARES = {  # of them, of text, at most
    "rows": 50_000,
    "doubts": 5_000,
    "claims": 60_000,
    "others": 25_000,
    "values": 40_000,
}
SIGNS = 300  # of a cell
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{hash}'; \
img-src data:; font-src data:; base-uri 'none'; form-action 'none'">
<title>{title}</title>
<meta name="description" content="What was set in a rerun of the report, and what it changed.">
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<main>{body}</main>
{record}
</body>
</html>
"""


def page(known: dict, told: dict, style: str) -> str:
    """Return a receipt. HTML.

    known : its record. told : `found` (a comparison), `changes` (rows), `keys` (key numbers: title,
    words, before, after), `doubts` (sentences on the rows), `defaults` (by chapter, parameters as
    published), `pictures` (id, title, SVG before and after). style : the look.
    """
    parts = [
        head(known),
        section("Key numbers", keys(told["keys"])),
        section("What was set", settings(known, told["defaults"])),
        section("Rows added and superseded", rows(told["changes"])),
        section("To be looked at again", doubts(told["doubts"])),
        section("Claims that flipped", claims(told["found"]["claims"])),
        section("Claims that cannot be told, new and gone", others(told["found"]["claims"])),
        section("Numbers that moved", values(told["found"]["values"])),
    ]
    end = foot(known)
    used = sum(len(each.encode()) for each in [*parts, end, style])
    used += len(receipt.embedded(known, "").encode()) + len(PAGE)
    parts.append(section("Figures that changed", figures(told["pictures"], BYTES - used)))
    body = "".join([*parts, end])
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    shown = {
        "hash": f"sha256-{digest}",
        "title": f"Receipt {html.escape(known['id'])}: a rerun of The Compute Cycle",
        "style": style,
        "body": body,
    }
    bare = PAGE.format(**shown, record="")
    return PAGE.format(**shown, record=receipt.embedded(known, bare))


def said(text: object) -> str:
    """Return a text as HTML, a long one cut."""
    words = str(text)
    return html.escape(words if len(words) <= SIGNS else f"{words[:SIGNS]}…")


def section(title: str, body: str) -> str:
    """Return a part of the page under its heading; nothing where it is empty. HTML."""
    return f"<section><h2>{title}</h2>{body}</section>" if body else ""


def fitting(items: list, shown: Callable, limit: int) -> tuple[str, int]:
    """Return the first items as HTML, as many as fit, and how many are left out."""
    parts, used = [], 0
    for item in items:
        part = shown(item)
        used += len(part.encode())
        if used > limit:
            break
        parts.append(part)
    return "".join(parts), len(items) - len(parts)


def more(left: int, what: str) -> str:
    """Return how many things are left out. HTML."""
    return f'<p class="note">{left:,} more {what} in the results of the rerun.</p>' if left else ""


def table(header: list[str], body: str) -> str:
    """Return a table that scrolls within the page. HTML."""
    head = "".join(f'<th scope="col">{each}</th>' for each in header)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{header[0]}"><table><thead>'
        f"<tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def cells(*texts: str) -> str:
    """Return a row of a table; its cells are HTML already."""
    return f"<tr>{''.join(f'<td>{text}</td>' for text in texts)}</tr>"


def head(known: dict) -> str:
    """Return the mark, the id and the command. HTML."""
    return (
        '<p class="mark">Not the published edition</p>'
        f"<h1>Receipt <b>{said(known['id'])}</b></h1>"
        f"<p>A rerun of The Compute Cycle, edition {said(known['edition'])}, with what "
        f"{said(known['set_by'])} set. Whoever has the same inputs finds the same id.</p>"
        f'<pre tabindex="0">{html.escape(studies.command(known))}</pre>'
    )


def keys(items: list[tuple[str, str, str, str]]) -> str:
    """Return the key numbers before and after as cards, those that moved first; of those that are
    not known, what they are. HTML."""
    known = [item for item in items if item[3] != NO_DATA]
    moved = sorted(known, key=lambda item: item[2] == item[3])
    cards = f'<dl class="keys">{"".join(map(key, moved))}</dl>' if moved else ""
    lost = "; ".join(said(item[1]) for item in items if item not in known)
    return cards + (f'<p class="note">Not known here: {lost}.</p>' if lost else "")


def key(item: tuple[str, str, str, str]) -> str:
    """Return a key number: now, published, what it is. HTML."""
    title, words, before, after = item
    was = "as published" if before == after else f"published: {said(before)}"
    css = "" if before == after else ' class="moved"'
    term = f"<dt>{said(words)}<small>{was} · {said(title)}</small></dt>"
    return f"<div{css}>{term}<dd>{said(after)}</dd></div>"


def settings(known: dict, defaults: dict[str, dict]) -> str:
    """Return parameters, day and tables that were set, beside the published ones. HTML."""
    lines = [
        cells(f"<code>{said(name)}</code>", said(chapter), published(defaults, chapter, name),
              f"<b>{said(studies.written(value)) or 'from the data'}</b>", said(known["set_by"]))
        for chapter, given in known["parameters"].items()
        for name, value in given.items()
    ]  # fmt: skip
    if known["as_of"]:
        day = f"<b>{said(known['as_of'])}</b>"
        lines.append(cells("day of what is known", "all", "the newest", day, said(known["set_by"])))
    if known["place"]:
        place = f"<b>{said(known['place'])}</b>"
        lines.append(cells("tables", "those that read them", "none", place, said(known["set_by"])))
    header = ["What", "Chapter", "Published", "Here", "Set by"]
    return table(header, "".join(lines)) if lines else "<p>Nothing.</p>"


def published(defaults: dict[str, dict], chapter: str, name: str) -> str:
    """Return the published value of a parameter. HTML."""
    value = defaults.get(chapter, {}).get(name)
    return "from the data" if value in (None, "") else said(studies.written(value))


def rows(changes: list[Change]) -> str:
    """Return every row of the reader's: what it does, the cells that differ. HTML."""
    body, left = fitting(changes, row, SHARES["rows"])
    header = ["Row", "Table", "Does", "Cells"]
    return table(header, body) + more(left, "rows") if changes else ""


def doubts(sentences: list[str]) -> str:
    """Return what was doubted of the reader's rows. HTML."""
    body, left = fitting(sentences, lambda each: f"<p>{said(each)}</p>", SHARES["doubts"])
    return body + more(left, "doubts") if sentences else ""


def row(change: Change) -> str:
    """Return a row of a reader's: its key, table, what it does, what it says. HTML."""
    each = asdict(change)
    names = change.differing() if change.before else list(change.cells)
    told = [
        f"{said(name)}: " + (f"{said(change.before[name]) or 'empty'} → " if change.before else "")
        + f"<b>{said(change.cells[name])}</b>"
        for name in names
        if change.cells[name] or change.before.get(name)
    ]  # fmt: skip
    place = f"{said(each['key'])} <small>line {each['line']}</small>"
    return cells(place, said(each["table"]), said(each["does"]), "<br>".join(told))


def claims(found: list[dict]) -> str:
    """Return the claims that flipped, each with its condition and numbers. HTML."""
    flipped = [each for each in found if turn(each) == CHANGED]
    body, left = fitting(flipped, claim, SHARES["claims"])
    if not flipped:
        return "<p>None.</p>"
    return f'<ul class="claims">{body}</ul>' + more(left, "claims")


def others(found: list[dict]) -> str:
    """Return the other claims whose verdict is another, by what became of them; the sentences that
    cannot be told of what the reader set. HTML."""
    untold = [each for each in found if turn(each) == UNTOLD and each["why"]]
    body, left = fitting(untold, unsaid, SHARES["others"])
    lines = "".join(f"<p>{said(line)}</p>" for line in otherwise(found, "claim"))
    return lines + (f'<ul class="claims">{body}</ul>' + more(left, "claims") if untold else "")


def unsaid(each: dict) -> str:
    """Return a claim that cannot be told any more, with the reason. HTML."""
    place = f"{said(each['chapter'])}.{said(each['id'])}; {said(each['why'])}"
    return f'<li class="untold"><p>{html.escape(each["text"])}</p><p class="note">{place}</p></li>'


def claim(each: dict) -> str:
    """Return a claim that flipped. HTML."""
    now, css = verdict(each["after"]), "holds" if each["after"] is True else "fails"
    return (
        f'<li class="{css}"><p><b>{now[:1].upper()}{now[1:]}:</b> '
        f"{html.escape(each['text'])}</p>"
        f'<p class="note">{said(each["chapter"])}.{said(each["id"])}; published: '
        f"{said(each['told_before'])}; here: {said(each['told'])} "
        f"(<code>{said(each['condition'])}</code>)</p></li>"
    )


def values(found: list[dict]) -> str:
    """Return the numbers that moved, those that moved most first, and how many are not known any
    more, or new. HTML."""
    if not found:
        return "<p>None.</p>"
    moved = [each for each in largest(found) if turn(each) == CHANGED]
    body, left = fitting(moved, value, SHARES["values"])
    header = ["Number", "Published", "Here", "Change"]
    lines = "".join(f"<p>{said(line)}</p>" for line in otherwise(found, "number"))
    return (table(header, body) if moved else "<p>None.</p>") + more(left, "numbers") + lines


def value(each: dict) -> str:
    """Return a number before and after. HTML."""
    name = f"{said(each['name'])} <small>{said(each['chapter'])}.{said(each['id'])}</small>"
    by = f"<small>by {said(' and '.join(each['by']))}</small>" if each["by"] else ""
    return cells(
        name,
        f'<span class="was">{said(each["before"])}</span>',
        f"<b>{said(each['after'])}</b>",
        said(each["change"]) + by,
    )


def figures(pictures: list[tuple[str, str, str, str]], limit: int) -> str:
    """Return figures beside the published ones, as many as fit. HTML."""
    body, left = fitting(pictures, figure, limit - 300)
    return body + more(left, "figures that changed") if pictures else ""


def figure(item: tuple[str, str, str, str]) -> str:
    """Return a figure as published and as it is here. HTML."""
    id, title, before, after = item
    sides = [
        f'<div role="img" aria-label="{said(title)}, {word}"><p>{word}</p>{drawn(picture)}</div>'
        for word, picture in (("published", before), ("here", after))
    ]
    caption = f"<figcaption>{said(title)} <small>{said(id)}</small></figcaption>"
    return f'<figure>{caption}<div class="pair">{"".join(sides)}</div></figure>'


def drawn(picture: str) -> str:
    """Return an SVG that takes the colours of the page. HTML."""
    return theme.themed_svg(picture) if picture else "<p>No data.</p>"


def foot(known: dict) -> str:
    """Return the environment and how the id is found again. HTML."""
    made_of = known["inputs"]
    lines = [("Locked packages", made_of["environment"][:16]), ("Python", known["python"])]
    lines += [(f"Code of {name}", made_of["code"][name][:16]) for name in known["chapters"]]
    told = "".join(cells(said(name), f"<code>{said(text)}</code>") for name, text in lines)
    rest = "" if known["overlay"] or not made_of["overlay"] else (
        "<p>The reader's rows are too many to stand in this file; their hashes do.</p>"
    )  # fmt: skip
    return section(
        "Made of",
        f"{table(['Part', 'Version or hash'], told)}{rest}<p>The id is the beginning of a SHA-256 "
        "over parameters, date, the reader's rows, code, notebooks, tables, bibliography and "
        "lock, all of which this file holds as hashes. In a checkout of the report:</p>"
        '<pre tabindex="0">computecycle verify receipt.html</pre>',
    )


def changed(before: str, after: str) -> float:
    """Return which part of two drawings is not shared, from 0 to 1."""
    one, other = set(before.split("<")), set(after.split("<"))
    return len(one ^ other) / max(1, len(one | other))
