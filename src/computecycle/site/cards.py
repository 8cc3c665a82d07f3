"""Numbers and sentences of chapters as HTML, each with the card that accounts for it.

A number opens its card and leads to the row of the chapter's page of numbers; a sentence bears a
mark that does the same with its condition. `up` is the way from a page to the site's folder. How
to cite either, `report.js` adds to a card that is opened.
"""

import html
from string import Formatter

from computecycle.citing import numbers
from computecycle.evidence import data
from computecycle.evidence.days import days_told, in_words
from computecycle.notebook import texts
from computecycle.notebook.claims import NO_DATA
from computecycle.site import inputs
from computecycle.site.addresses import numbers_page

WARNING = {True: "", False: "No longer holds: ", None: "Cannot be told on these data: "}
STATE = {True: "cc-holds", False: "cc-fails", None: "cc-unknown"}
MARK = {
    True: ("✓", "tested: agrees with the data"),
    False: ("×", "tested: does not agree with the data"),
    None: ("?", "untold"),
}
SHOWN_SOURCES = 3
NOT_KNOWN = "—"  # in place of a number that is not known
OWN_MARK = '<span aria-hidden="true">◆</span><span class="cc-hidden"> (a reader\'s own)</span>'


def sources_in(rows: list[dict]) -> str:
    """Return the names of the sources behind a value, each once, the first few."""
    known = inputs.package().sources()
    names = list(dict.fromkeys(known[row["source"]]["short"] for row in rows))
    more = f" and {len(names) - SHOWN_SOURCES} more" if len(names) > SHOWN_SOURCES + 1 else ""
    return "; ".join(names[:SHOWN_SOURCES] if more else names) + more


def card(lines: list[str], link: str, id: str) -> str:
    """Return a card of some lines and the way to the record. HTML, escaped."""
    inner = "".join(f"<span>{html.escape(line)}</span>" for line in lines if line)
    return f'<span class="cc-card" id="{id}">{inner}<a href="{link}">rows and places</a></span>'


def shown(value: dict) -> str:
    """Return a value as it is printed; a dash where it is not known."""
    return value["text"] if value["number"] is not None else NOT_KNOWN


def is_own(value: dict) -> bool:
    """Return whether a value rests on a number that is the reader's own."""
    return bool(value["own"]) or any(row["confidence"] == data.OWN for row in value["rows"])


def set_here(own: dict) -> str:
    """Return what a reader set, and what it is in the published edition."""
    published = own["published"]
    before = "empty, by the data" if published in (None, "") else plain(published)
    instead = ", in place of what sources give" if own["travels"] else ""
    return f"Set here{instead}: {own['parameter']} {plain(own['set'])}; published: {before}"


def plain(value: object) -> str:
    """Return a parameter as a reader writes it."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:,.10g}" if number else str(value)


def origin(value: dict) -> str:
    """Return in a line where a value comes from."""
    if value["number"] is None:
        day = inputs.package().as_of
        return f"Not known by {in_words(day)}" if day else "Not known from these data"
    return sources_in(value["rows"]) or (
        "" if value["own"] else "Chosen in this chapter: it rests on no row"
    )


def number(up: str, chapter: str, value: dict, card_id: str, id: str = "") -> str:
    """Return a value with its card: what it is, the exact number, sources, day. HTML, escaped."""
    days = days_told(value["rows"])
    link = f"{up}{numbers_page(chapter)}#value-{value['id']}"
    lines = [value["name"], exactly(value), origin(value)]
    lines += [days] if days else []
    lines += [set_here(own) for own in value["own"]]
    lines += inputs.set_here(value["rows"])
    lines += ["As published: this chapter was not rerun"] if inputs.kept(chapter) else []
    anchor = f' id="{id}"' if id else ""
    css, mark = ("cc-value cc-own", OWN_MARK) if is_own(value) else ("cc-value", "")
    unit = html.escape(numbers.behind(value))
    told = f' data-unit="{unit}"' if unit else ""  # which a citation tells
    return (
        f'<span class="{css}"{anchor}{told}><a href="{link}" aria-describedby="{card_id}">'
        f"{html.escape(shown(value))}{mark}</a>{card(lines, link, card_id)}</span>"
    )


def kept(chapter: str) -> str:
    """Return what stands behind a number or a sentence of a chapter that was not rerun. HTML."""
    return ' <small class="cc-kept">(as published)</small>' if inputs.kept(chapter) else ""


def exactly(value: dict) -> str:
    """Return a value's exact number with its unit in words, of a range its higher end; a share that
    is printed as one is in percent. Nothing for a day, which is printed as it is."""
    number, unit = value["number"], value["unit"]
    if number is None or unit in ("date", "year"):
        return ""
    end = ", the higher end" if texts.ranged(value["text"]) else ""
    if unit.startswith("fraction") and "%" in value["text"]:
        return f"Exactly {signed(100 * number)} percent{unit.removeprefix('fraction')}{end}"
    words = numbers.in_words(unit) if unit else ""
    return f"Exactly {signed(number)} {words}".rstrip() + end


def signed(number: float) -> str:
    """Return a number with the digits that it has, without the noise of its last ones."""
    return f"{number:,.10g}".replace("-", "−")


def mark(up: str, chapter: str, claim: dict, card_id: str) -> str:
    """Return the mark behind a sentence, with its condition as a card. HTML."""
    sign, words = MARK[claim["holds"]]
    link = f"{up}{numbers_page(chapter)}#claim-{claim['id']}"
    lines = ["Tested at every run", claim["told"].replace(NO_DATA, NOT_KNOWN)]
    lines += [f"It cannot be told: {claim['why']}"] if claim["why"] else []
    lines += [set_here(own) for own in claim["own"]]
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
