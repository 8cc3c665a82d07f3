"""A page beside each chapter: what it would have said on earlier days, side by side.

book/chapters/<name>/earlier.html, from the runs that the newest edition holds; none where it holds
none.
"""

import html
import re
from pathlib import Path

from computecycle.citing import editions
from computecycle.evidence.days import in_words
from computecycle.notebook import notebooks
from computecycle.site import written
from computecycle.site.addresses import CHAPTERS
from computecycle.site.markup import table, table_html
from computecycle.site.words import shown_results

KEYS = re.compile(r"```\{keys\}\n(.*?)```", re.DOTALL)
SAID = re.compile(r"\{claim\}`([\w-]+)`")
STATE = {True: ("✓", "holds"), False: ("×", "does not hold"), None: ("?", "cannot be told yet")}
NOW = "This edition"


def pages(app):
    """Yield the page of every chapter of which earlier runs are stored."""
    for known in shown_results(app):
        told = editions.told_earlier(Path(app.srcdir), known["chapter"])
        if told:
            title = title_of(known)
            body = page(Path(app.srcdir), known, told)
            context = {"title": title, "body": body}
            yield f"{CHAPTERS}/{known['chapter']}/earlier", context, "page.html"


def title_of(known: dict) -> str:
    """Return the heading of a page. HTML."""
    return f"On earlier days: “{html.escape(known['title'])}”"


def page(root: Path, known: dict, told: dict[str, dict]) -> str:
    """Return the body of a page. HTML. told : by day, as `earlier.on` gives it."""
    name, edition = known["chapter"], editions.names(root)[-1]
    keys, main = headline(root, name)
    values = {each["id"]: each for each in known["values"]}
    claims = {each["id"]: each for each in known["claims"]}
    rest = [id for id in claims if id not in main]
    shown = numbers({id: words for id, words in keys.items() if id in values}, values, told)
    said = [claims[id] for id in main if id in claims]
    first = sentences("Each sentence of the finding, by day", said, told)
    more = sentences("Each other sentence, by day", [claims[id] for id in rest], told)
    return (
        f"<h1>{title_of(known)}</h1>"
        f"<p>What this chapter would have said on {len(told)} earlier days, with today's method "
        f"and the rows known by then; stored with edition {edition}.</p>"
        f'<p class="cc-facts"><a href="../{name}.html">Back to the chapter</a>'
        f'<a href="numbers.html">every number</a></p>'
        f"<h2>Its key numbers</h2>{shown}<h2>Its finding</h2>"
        f"{first}<h2>Every other sentence</h2>{more}"
    )


def headline(root: Path, chapter: str) -> tuple[dict[str, str], list[str]]:
    """Return the key numbers of a chapter, id and words, and the claims of its first words."""
    cells = [c.source for c in notebooks.source(root, chapter).cells if c.cell_type == "markdown"]
    listed = next((found[1] for cell in cells if (found := KEYS.search(cell))), "")
    pairs = (line.partition(":") for line in listed.splitlines() if ":" in line)
    keys = {id.strip(): words.strip() for id, _, words in pairs}
    return keys, list(dict.fromkeys(SAID.findall(cells[0])))


def numbers(keys: dict[str, str], values: dict[str, dict], told: dict[str, dict]) -> str:
    """Return the key numbers, a row each, a column for each day and for the edition. HTML."""
    rows = [
        [
            html.escape(words),
            *(html.escape(each["values"].get(id, "")) or "not said" for each in told.values()),
            f"<strong>{html.escape(values[id]['text'])}</strong>",
        ]
        for id, words in keys.items()
    ]
    return table_html("Each key number, by day", ["What", *days(told), NOW], rows, "cc-numbers")


def days(told: dict[str, dict]) -> list[str]:
    """Return the heads of the columns: each day in words."""
    return [in_words(day) for day in told]


def sentences(caption: str, claims: list[dict], told: dict[str, dict]) -> str:
    """Return some claims, a row each: the sentence as it reads now, and by day whether it held;
    how it would have read stands behind a disclosure. HTML."""
    heads, rows = [*days(told), NOW], []
    for claim in claims:
        then = [each["claims"].get(claim["id"]) for each in told.values()]
        cells = [state(each) for each in then] + [state(claim)]
        shown = "".join(
            f'<td data-h="{head}">{cell}</td>' for head, cell in zip(heads, cells, strict=True)
        )
        rows.append(f'<tr><td data-h="">{sentence(claim, then, list(told))}</td>{shown}</tr>')
    return table(caption, ["Sentence", *heads], "".join(rows), "cc-numbers cc-earlier")


def state(claim: dict | None) -> str:
    """Return whether a claim holds, as a mark and in words. HTML."""
    if claim is None:
        return "not said"
    sign, words = STATE[claim["holds"]]
    return f'<span class="cc-then" aria-hidden="true">{sign}</span> {words}'


def sentence(claim: dict, then: list[dict | None], told: list[str]) -> str:
    """Return a claim's sentence with what it would have read on each day. HTML."""
    lines = "".join(
        f"<p><time>{day}</time> {html.escape(each['text'])}</p>"
        for day, each in zip(told, then, strict=True)
        if each
    )
    link = f'<a href="numbers.html#claim-{claim["id"]}">{html.escape(claim["text"])}</a>'
    return f"{link}<details><summary>with the numbers of each day</summary>{lines}</details>"


def setup(app):
    """Register the pages."""
    app.connect("html-collect-pages", written.changed(pages))
