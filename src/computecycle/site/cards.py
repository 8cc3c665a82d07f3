"""Numbers and sentences of chapters as HTML, each with the card that accounts for it.

A number opens its card and leads to the row of the chapter's page of numbers; a sentence bears a
mark that does the same with its condition. `up` is the way from a page to the site's folder. How
to cite either, `report.js` adds to a card that is opened.
"""

import html
from string import Formatter

from computecycle.citing import items
from computecycle.evidence import data
from computecycle.site.addresses import numbers_page

WARNING = {True: "", False: "No longer holds: ", None: "Cannot be told on these data: "}
STATE = {True: "cc-holds", False: "cc-fails", None: "cc-unknown"}
MARK = {True: ("✓", "tested, holds"), False: ("×", "tested, does not hold"), None: ("?", "untold")}
SHOWN_SOURCES = 3


def sources_in(rows: list[dict]) -> str:
    """Return the names of the sources behind a value, each once, the first few."""
    known = data.sources()
    names = list(dict.fromkeys(known[row["source"]]["short"] for row in rows))
    more = f" and {len(names) - SHOWN_SOURCES} more" if len(names) > SHOWN_SOURCES + 1 else ""
    return "; ".join(names[:SHOWN_SOURCES] if more else names) + more


def card(lines: list[str], link: str, id: str) -> str:
    """Return a card of some lines and the way to the record. HTML, escaped."""
    inner = "".join(f"<span>{html.escape(line)}</span>" for line in lines if line)
    return f'<span class="cc-card" id="{id}">{inner}<a href="{link}">rows and places</a></span>'


def number(up: str, chapter: str, value: dict, card_id: str, id: str = "") -> str:
    """Return a value with its card: what it is, the exact number, sources, day. HTML, escaped."""
    known = max((row["known_from"] for row in value["rows"]), default="")
    link = f"{up}{numbers_page(chapter)}#value-{value['id']}"
    lines = [value["name"], exactly(value)]
    lines.append(sources_in(value["rows"]) or "A parameter of this chapter")
    lines += [f"As of {known}"] if known else []
    anchor = f' id="{id}"' if id else ""
    return (
        f'<span class="cc-value"{anchor}><a href="{link}" aria-describedby="{card_id}">'
        f"{html.escape(value['text'])}</a>{card(lines, link, card_id)}</span>"
    )


def exactly(value: dict) -> str:
    """Return a value's exact number with its unit in words; a share that is printed as one is in
    percent. Nothing for a day, which is printed as it is."""
    number, unit = value["number"], value["unit"]
    if number is None or unit in ("date", "year"):
        return ""
    if unit.startswith("fraction") and "%" in value["text"]:
        return f"Exactly {signed(100 * number)} percent{unit.removeprefix('fraction')}"
    words = items.in_words(unit) if unit else ""
    return f"Exactly {signed(number)} {words}".rstrip()


def signed(number: float) -> str:
    """Return a number with the digits that it has, without the noise of its last ones."""
    return f"{number:,.10g}".replace("-", "−")


def mark(up: str, chapter: str, claim: dict, card_id: str) -> str:
    """Return the mark behind a sentence, with its condition as a card. HTML."""
    sign, words = MARK[claim["holds"]]
    link = f"{up}{numbers_page(chapter)}#claim-{claim['id']}"
    lines = ["Tested at every run", claim["told"]]
    return (
        f'<span class="cc-mark"><a class="cc-check" href="{link}" aria-describedby="{card_id}">'
        f'{sign}<span class="cc-hidden"> {words}</span></a>{card(lines, link, card_id)}</span>'
    )


def spoken(up: str, claim: dict, say) -> str:
    """Return a claim's sentence; `say` gives the HTML of a value by its id. HTML."""
    parts = []
    for text, name, _, _ in Formatter().parse(claim["sentence"]):
        parts += [html.escape(text)] if text else []
        parts += [say(claim["values"][name])] if name else []
    return "".join(parts)
