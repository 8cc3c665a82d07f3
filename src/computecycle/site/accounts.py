"""Two pages beside each chapter: its notebook (how it is made) and its numbers (what it rests on).

book/chapters/<name>/notebook.html   code cell by cell, parameters, the commands that rerun it
book/chapters/<name>/numbers.html    every sentence with its condition, every value with rows
"""

import html
import re
import shlex
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, String

from computecycle.citing import citations
from computecycle.evidence import data
from computecycle.notebook import notebooks
from computecycle.runs import studies
from computecycle.site import cards, inputs, written
from computecycle.site.addresses import CHAPTERS, chapter_page, source
from computecycle.site.fresh import remembered
from computecycle.site.markup import linked, row_links, table_html
from computecycle.site.words import shown_results

UP = "../../../"
VERDICT = {True: "Holds: ", False: "Does not hold: ", None: "Cannot be told: "}
MARKED = ("quoted", "recalled", data.OWN)  # confidences that stand beside a place
SHOWN = 3  # places that are told one by one; sources that are named
HEADING = re.compile(r"^#{1,3} (.+)$", re.MULTILINE)
COLOURED = {Comment: "c1", Keyword: "k", String: "s1"}  # and no other: a page stays light


def pages(app):
    """Yield the two pages of every chapter that the book shows."""
    for known in shown_results(app):
        name, title = known["chapter"], known["title"]
        for kind, body in (("numbers", numbers(app, known)), ("notebook", notebook(app, known))):
            heading, back = (
                title_of(kind, title),
                f'<a href="../{name}.html">Back to the chapter</a>',
            )
            whole = f'<h1>{heading}</h1><p class="cc-facts">{back}</p>{body}'
            context = {"title": heading, "body": whole}
            yield f"{CHAPTERS}/{name}/{kind}", context, "page.html"


def title_of(kind: str, title: str) -> str:
    """Return the heading of a page. HTML."""
    what = "Every number" if kind == "numbers" else "The notebook"
    return f"{what} of “{html.escape(title)}”"


def numbers(app, known: dict) -> str:
    """Return every claim and value of a chapter with the rows and places it rests on. HTML."""
    values = {value["id"]: value for value in known["values"]}
    read = Path(app.srcdir, CHAPTERS, f"{known['chapter']}.md").read_text(encoding="utf-8")
    sentences = "".join(sentence(known["chapter"], claim, values) for claim in known["claims"])
    in_claims = {
        id: claim["id"] for claim in reversed(known["claims"]) for id in claim["values"].values()
    }
    rows = [row(known["chapter"], value, read, in_claims) for value in values.values()]
    caption = f"The {len(rows)} values of this chapter"
    listed = table_html(caption, ["What", "Value", "Exactly", "Rests on"], rows, "cc-numbers")
    return (
        f"<h2>Sentences</h2><ul class='cc-claims'>{sentences}</ul>"
        f"<h2>Values</h2>{listed}{cited(app, known)}"
    )


def cited(app, known: dict) -> str:
    """Return how a value or a sentence of a chapter is cited; nothing in a rerun. HTML."""
    if not known["published"]:
        return ""
    none = {"id": "ID", "name": "", "text": "", "unit": ""}
    form = citations.value(app.computecycle_edition, known, none)
    places = {"title": "NAME: NUMBER"} | ({"URL": "ADDRESS"} if "URL" in form else {})
    line = html.escape(citations.apa(form | places))
    return (
        f"<h2>To cite a number</h2><p>{line}</p><p>For a sentence, write its words in place of the "
        f"name and the number, and Claim for Value. <code>computecycle cite {known['chapter']}.ID"
        "</code> writes either, and BibTeX, RIS and CSL-JSON as well.</p>"
    )


def sentence(chapter: str, claim: dict, values: dict[str, dict]) -> str:
    """Return a claim: verdict, sentence, condition with its numbers, what else it needs. HTML."""
    say = lambda id: f'<a href="#value-{id}">{html.escape(cards.shown(values[id]))}</a>'  # noqa: E731
    told = claim["told"].replace(cards.NO_DATA, cards.NOT_KNOWN)
    needed = [besides(each, say) for each in claim["others"]]
    tested = f"Tested: {html.escape(told)} (<code>{html.escape(claim['condition'])}</code>)"
    needed += [html.escape(f"It cannot be told: {claim['why']}")] if claim["why"] else []
    needed += [html.escape(cards.set_here(own)) for own in claim["own"]]
    back = f"{UP}{chapter_page(chapter, 'claim-' + claim['id'])}"
    return (
        f'<li id="claim-{claim["id"]}"><p><strong>{VERDICT[claim["holds"]]}</strong>'
        f'{cards.spoken("", claim, say)} <a class="cc-back" href="{back}">in the text</a></p>'
        f'<div class="cc-tested">{"<br>".join([tested, *needed])}</div></li>'
    )


def besides(each: dict, say: Callable[[str], str]) -> str:
    """Return a number that a condition needs besides those of its sentence; of a value, which says
    elsewhere what it rests on, a link there (`say`). HTML."""
    own = "id" not in each
    number = html.escape(cards.shown(each)) + rests(each["rows"]) if own else say(each["id"])
    return f"{html.escape(each['name'])} is {number}"


def rests(rows: list[dict]) -> str:
    """Return where a number of a condition comes from, behind a colon. HTML."""
    return f": {', '.join(places(rows))}" if rows else ""


def places(rows: list[dict]) -> list[str]:
    """Return the places that some rows stand in, as links; many as the rows of each table, then
    the names of their sources. HTML."""
    if len(rows) > SHOWN:
        told = [of_file(table, known) for (table, _), known in by_file(rows).items()]
        return [*told, f"From {sources_of(rows)}"]
    return [
        f"{row_links(UP, each)} ({named(each['source'])}, {linked(each['locator'])}"
        f"{(', ' + each['confidence']) * (each['confidence'] in MARKED)})"
        for each in rows
    ]


def sources_of(rows: list[dict]) -> str:
    """Return the sources of some places as links, each once, the first few. HTML."""
    keys = list(dict.fromkeys(row["source"] for row in rows))
    more = f" and {len(keys) - SHOWN} more, each beside its rows" if len(keys) > SHOWN else ""
    return "; ".join(map(named, keys[:SHOWN])) + more


def by_file(rows: list[dict]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the rows of some places with their confidence, by their table and its file: a
    reader's own rows stay apart."""
    found = {}
    for each in rows:
        for place in each["rows"]:
            own = found.setdefault((each["table"], place.partition(":")[0]), {})
            own[place] = each["confidence"]
    return found


def of_file(table: str, known: dict[str, str]) -> str:
    """Return some rows of a table as links, and how many are marked. HTML.

    known : the confidence of each.
    """
    marked = Counter(kind for kind in known.values() if kind in MARKED)
    told = [f" ({count} {kind})" for kind, count in marked.items()]
    return row_links(UP, {"table": table, "rows": list(known)}) + "".join(told)


def named(key: str) -> str:
    """Return a source by its name, as a link to the list of sources. HTML."""
    return f'<a href="{UP}{source(key)}">{html.escape(data.sources()[key]["short"])}</a>'


def row(chapter: str, value: dict, read: str, in_claims: dict[str, str]) -> list[str]:
    """Return a value's cells; its name leads back to where the text first says it. HTML.

    read : the chapter's text. in_claims : by value, the first claim that says it.
    """
    anchor = f"claim-{in_claims[value['id']]}" if value["id"] in in_claims else ""
    anchor = f"value-{value['id']}" if f"{{value}}`{value['id']}`" in read else anchor
    name = html.escape(value["name"])
    back = f' <a class="cc-back" href="{UP}{chapter_page(chapter, anchor)}">in the text</a>'
    exact = "" if value["number"] is None else f' value="{value["number"]!r}"'
    return [
        f'<span id="value-{value["id"]}">{name}</span>{back * bool(anchor)}',
        f"<data{exact}>{html.escape(cards.shown(value))}</data>",
        html.escape(cards.exactly(value).removeprefix("Exactly ") or value["unit"]),
        "<br>".join(rests_on(value)),
    ]


def rests_on(value: dict) -> list[str]:
    """Return what a value rests on: its rows, what a reader set, or a parameter. HTML."""
    told = [*map(cards.set_here, value["own"]), *inputs.set_here(value["rows"])]
    own = [f'<span class="cc-own">{html.escape(each)}</span>' for each in told]
    return [*places(value["rows"]), *own] or [html.escape(cards.origin(value))]


def notebook(app, known: dict) -> str:
    """Return a chapter's code under its headings, its parameters, how it is run again. HTML."""
    name = known["chapter"]
    parts = [commands(app, known), parameters(known), "<h2>The cells</h2>"]
    for cell in notebooks.source(Path(app.srcdir), name).cells:
        if cell.cell_type == "markdown":
            parts += [f"<h3>{html.escape(each)}</h3>" for each in HEADING.findall(cell.source)[:1]]
        if cell.cell_type == "code":
            code = remembered(app, coloured, cell.source)
            parts.append(
                f'<pre id="cell-{html.escape(cell.id)}" class="highlight" tabindex="0">{code}</pre>'
            )
    return "".join(parts)


def coloured(source: str) -> str:
    """Return Python with its comments, keywords and texts in colour. HTML."""
    named = ((css_of(kind), text) for kind, text in PythonLexer(stripnl=False).get_tokens(source))
    parts = []
    for css, group in groupby(named, key=lambda each: each[0]):
        words = html.escape("".join(text for _, text in group), quote=False)
        parts.append(f'<span class="{css}">{words}</span>' if css else words)
    return "".join(parts).rstrip()


def css_of(kind) -> str:
    """Return the class of a kind of token; empty where it has no colour."""
    return next((css for family, css in COLOURED.items() if kind in family), "")


def commands(app, known: dict) -> str:
    """Return the commands that make what is shown, and the file to take away. HTML."""
    name, given = known["chapter"], known["inputs"]["parameters"]
    made = studies.record(Path(app.srcdir))
    told = {**given, "data_dir": made["place"]} if given.get("data_dir") else given
    sets = [f"-p {key} {shlex.quote(studies.written(value))}" for key, value in told.items()]
    again = studies.command(made or {"named": [name]})
    lone = " ".join([f"papermill notebooks/{name}.ipynb out.ipynb", *sets])
    opened = " ".join([f"papermill --prepare-only notebooks/{name}.ipynb mine.ipynb", *sets])
    lab = f"{opened} && jupyter lab mine.ipynb" if sets else f"jupyter lab notebooks/{name}.ipynb"
    rerun = f'make rerun CHAPTER={name} SET="NAME=VALUE"'
    listed = [
        ("What this site shows, with its receipt", again),
        ("With different numbers, named as below, or as of an earlier day", f"{rerun} AS_OF=DAY"),
        ("This notebook alone", lone),
        ("In JupyterLab", f"{lab}  # with the packages of .venv"),
    ]
    lines = "".join(
        f'<p>{words}:</p><pre tabindex="0">{html.escape(line)}</pre>' for words, line in listed
    )
    return (
        f"<p>From a checkout of the report:</p>{lines}"
        f'<p class="cc-facts"><a href="{UP}notebooks/{name}.ipynb" download>{name}.ipynb</a></p>'
    )


def parameters(known: dict) -> str:
    """Return what the chapter lets an analyst change: name, value, unit, range, meaning. HTML."""
    rows = [
        [
            f'<code id="parameter-{each["name"]}">{each["name"]}</code>',
            html.escape(shown(each["value"])) + changed(each),
            html.escape(each["unit"]),
            html.escape(limits(each)),
            html.escape(each["meaning"]),
        ]
        for each in known["parameters"]
    ]
    header = ["Parameter", "Value", "Unit", "Allowed", "Meaning"]
    caption = f"The {len(rows)} parameters, as they were set"
    return f"<h2 id='parameters'>Parameters</h2>{table_html(caption, header, rows)}"


def shown(value: object) -> str:
    """Return a parameter's value as a reader writes it; empty ones say where they come from."""
    return "from the data" if value in (None, "") else str(value)


def changed(parameter: dict) -> str:
    """Return the mark of a parameter that was set, with what is published. HTML."""
    if parameter["value"] == parameter["default"]:
        return ""
    before = html.escape(shown(parameter["default"]))
    return f' <small class="cc-own">set here; published: {before}</small>'


def limits(parameter: dict) -> str:
    """Return a parameter's range or choices in words."""
    if parameter["choices"]:
        return " or ".join(parameter["choices"])
    if parameter["low"] is None:
        return ""
    return f"{parameter['low']:,.10g} to {parameter['high']:,.10g}"


def setup(app):
    """Register the pages."""
    app.connect("html-collect-pages", written.changed(pages))
