"""The ledger as pages: the findings, the rule, every claim with its anchor."""

import html
import math
import re
from collections.abc import Callable
from functools import cache

from docutils import nodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from computecycle.evidence import data
from computecycle.evidence.days import in_words, newest
from computecycle.ledger import ledger, rule
from computecycle.site import addresses, fresh, inputs, untold
from computecycle.site.addresses import up
from computecycle.site.markup import filter_bar, marks, raw, row_links, source_links, table_html

MAIN = "guosen2024"  # the one document whose claims fill several pages, one a chapter
SHARED = ("", "adoption_and_markets")  # chapters of the main document that share a page
WEIGHT = {1: "a conclusion changes", 2: "a number changes", 3: "a detail"}
BESIDE = {"same": "", "later": "of a later time", "other": "by another measure"}
PAGES = re.compile(r"\bp(?:\.|age) \d[\d-]*")  # in a place
BEFORE = ("level", "page", "rank", "version")  # units whose number follows them
CONTRADICTIONS = [rule.DISAGREES, rule.AMBIGUOUS]


def plain(number: float, unit: str = "") -> str:
    """Return a number as a reader writes it: four significant digits, no exponent where short."""
    if number is None or math.isnan(number):
        return ""
    if unit == "year":
        return f"{number:.6g}"
    return f"{number:,.0f}" if 1e4 <= abs(number) < 1e6 else powers(f"{number:,.4g}")


def powers(number: str) -> str:
    """Return a number as text with its power of ten as people write it: 3.2e12 as 3.2 × 10¹²."""
    digits, _, exponent = number.partition("e")
    raised = str(int(exponent or 0)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    digits = digits.replace("-", "−")
    return f"{digits} × 10{raised}" if exponent else digits


def measured(number: str, unit: str) -> str:
    """Return a number with its unit; a year and a fraction need none, a month, a page and the like
    stand before their number."""
    if unit in ("year", "fraction"):
        return number
    if unit in BEFORE:
        return f"{unit} {number}"
    word, _, year = unit.partition(" of ")
    return f"{word} {number} of {year}" if word == "month" else f"{number} {unit}"


def known_ledger():
    """Return the ledger of the data that this site shows, computed once for a build.

    A rerun with a date or tables of a reader's own has a ledger of its own.
    """
    return computed(fresh.tables())


@cache
def computed(state: tuple):
    """Return the ledger of the tables in a state, see `fresh.tables`."""
    return ledger.ledger(inputs.package().as_of, inputs.package().folder)


def page_of(source: str, chapter: str) -> str:
    """Return the page that holds the claims of a document, or of it and a chapter."""
    if source != MAIN:
        return f"book/ledger/{source}"
    return f"book/ledger/{source}_{'other' if chapter in SHARED else chapter}"


def address_of(way: str, claim) -> str:
    """Return the address of a claim's row; `way` leads to the site's folder, here and below."""
    page = page_of(claim["source"], claim["chapter"])
    return f"{way}{page}.html#claim-{claim['id']}"


def place_of(way: str, claim) -> str:
    """Return where a claim stands, its document as a link to the list of sources. HTML."""
    source = html.escape(inputs.package().sources()[claim["source"]]["short"])
    link = f'<a href="{way}{addresses.source(claim["source"])}">{source}</a>'
    return f"{link}, {html.escape(claim['locator'])}"


def printed(claim) -> str:
    """Return what is printed: the word, the number, the unit; where the clause has only words, the
    number that we read in them. HTML."""
    number = powers(claim["printed_number"])
    word = claim["word"]
    word += " than" * word.endswith(("more", "less"))
    told = html.escape(f"{word} {measured(number, claim['unit'])}".strip())
    return f"{told} <small>(our number for its words)</small>" if claim["in_words"] else told


def recomputed(claim) -> str:
    """Return what the readings give, each with its ends where rounding leaves it open; "not
    printed" for a second that asks for what no document prints."""
    found = []
    for number, low, high in (("computed", "low", "high"), ("other", "other_low", "other_high")):
        middle, *ends = (plain(claim[name], claim["unit"]) for name in (number, low, high))
        if middle:
            found.append(middle if ends[0] == ends[1] else f"{middle} ({ends[0]} to {ends[1]})")
    return " or ".join([*found, *[ledger.OPEN] * (claim["other_reading"] == ledger.OPEN)])


def traits(claim) -> dict[str, list[str]]:
    """Return by what a row can be chosen."""
    return {
        "document": [inputs.package().sources()[claim["source"]]["short"]],
        "chapter": [claim["chapter"].replace("_", " ") or "no chapter"],
        "verdict": [claim["verdict"]],
        "importance": [WEIGHT[int(claim["matters"])]],
    }


def choices(claims) -> str:
    """Return the search and the choices above a list of claims. HTML."""
    return filter_bar("statements", [traits(claim) for _, claim in claims.iterrows()])


def verdict_html(claim) -> str:
    """Return a verdict in its colour. HTML."""
    return f'<strong class="{css_of(claim["verdict"])}">{claim["verdict"]}</strong>'


def css_of(verdict: str) -> str:
    """Return the name of a verdict's colour in the style sheet."""
    return f"cc-is-{verdict.replace(' ', '-')}"


def original(claim) -> str:
    """Return the print in its own language. HTML."""
    return f'<q lang="zh">{html.escape(claim["original"])}</q>'


def rows_used(way: str, tables: list) -> str:
    """Return links to the rows that a recomputation used, those of one table together. HTML."""
    used = {}
    for record in data.trace(tables):
        file = record["rows"][0].partition(":")[0]  # a reader's own rows stay apart
        used.setdefault(file, {**record, "rows": []})["rows"] += record["rows"]
    return "; ".join(row_links(way, record) for record in used.values())


def later(way: str, claim) -> str:
    """Return what public data say, with their sources and rows; empty where they say nothing."""
    number = plain(claim["outturn_computed"], claim["unit"])
    if not number:
        return ""
    known = data.trace(claim["outturn_rows"])
    last = in_words(newest(known))
    rows = rows_used(way, claim["outturn_rows"])
    kind = BESIDE[claim["beside"]]
    return f"{number}{kind and f', {kind}'} ({source_links(way, known)}, {last}; {rows})"


def how(way: str, claim) -> str:
    """Return a claim's arithmetic in numbers, where they come from, and the comment. HTML."""
    sums = [html.escape(claim[name]) for name in ("arithmetic", "other_arithmetic") if claim[name]]
    parts = [f"<code>{'</code> or <code>'.join(sums)}</code>"] if sums else []
    parts += [rows_used(way, claim["rows"]), html.escape(claim["comment"])]
    if claim["twin"]:
        parts.append(shared(claim))
    return "".join(f"<p>{part}</p>" for part in parts if part)


def shared(claim) -> str:
    """Return why a claim with a twin is not counted: the same number again, or the same reason."""
    claims = known_ledger()
    first = claims[claims["id"] == claim["twin"]].iloc[0]
    same = all(first[each] == claim[each] for each in ("printed_number", "unit"))
    told = "Says again what {} says" if same else "Stands or falls with {}"
    return f"{told.format(claim['twin'])} and is not counted."


def claim_row(way: str, claim, anchored: bool) -> str:
    """Return one claim as a row; its name is a link to the row that is its anchor. HTML."""
    anchor = f' id="claim-{claim["id"]}"' if anchored else ""
    cells = [
        f'<a href="{address_of(way, claim)}">{claim["id"]}</a> {verdict_html(claim)}',
        f"{html.escape(claim['statement'])} {original(claim)} "
        f"<small>{html.escape(claim['locator']) if anchored else place_of(way, claim)}</small>",
        printed(claim),
        recomputed(claim),
        f"<details><summary>how</summary>{how(way, claim)}</details>",
        later(way, claim),
    ]
    return f"<tr{anchor}{marks(traits(claim))}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


HEADER = ["Item and verdict", "Statement", "Printed", "Computed", "Arithmetic", "Public data"]


def claims_html(way: str, claims, anchored: bool) -> str:
    """Return some claims as a table that the page's script can filter. HTML."""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in HEADER)
    rows = "".join(claim_row(way, claim, anchored) for _, claim in claims.iterrows())
    return (
        f'{choices(claims)}<table class="cc-table cc-judged cc-filtered">'
        "<caption>Statements, judged</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


class Listed(SphinxDirective):
    """A part of the ledger, which a function gives as HTML for the page that it stands on."""

    ask: Callable[[str], str]

    def run(self):
        return [raw(fresh.stated(self.env, type(self).ask, self.env.docname))]


@fresh.of_tables
def findings(page: str) -> str:
    """Return the claims with a finding, those first that change a conclusion, in words and in
    numbers. HTML."""
    claims = known_ledger()
    told = claims[claims["finding"] != ""]
    order = told["verdict"].map([*CONTRADICTIONS, *rule.VERDICTS, rule.NOT_YET].index)
    told = told.assign(order=order).sort_values(["matters", "order"], kind="stable")
    items = "".join(item(up(page), claim) for _, claim in told.iterrows())
    return f'{choices(told)}<ol class="cc-findings cc-filtered">{items}</ol>'


def item(way: str, claim) -> str:
    """Return one finding: its sentences, the numbers, the print, the way to its row. HTML."""
    numbers = recomputed(claim)
    numbers = f", computed {numbers}" if numbers else ""
    return (
        f"<li{marks(traits(claim))}><p>{html.escape(claim['finding'])}</p>"
        f"<p>{verdict_html(claim)} printed {printed(claim)}{numbers}; "
        f'<a class="cc-code" href="{address_of(way, claim)}">{claim["id"]}</a>. '
        f"{original(claim)} <small>{place_of(way, claim)}</small></p></li>"
    )


@fresh.of_tables
def disagreements(page: str) -> str:
    """Return the distinct claims that disagree or are ambiguous and are not told as findings.
    HTML."""
    claims = ledger.distinct(known_ledger())
    rest = claims[claims["verdict"].isin(CONTRADICTIONS) & (claims["finding"] == "")]
    rest = rest.sort_values(["matters", "verdict"], ascending=[True, False], kind="stable")
    return claims_html(up(page), rest, anchored=False)


@fresh.of_tables
def claims_of(page: str) -> str:
    """Return every claim whose page this is, in the order of its items; empty where there is none.
    HTML."""
    claims = known_ledger()
    pages = [page_of(*each) for each in zip(claims["source"], claims["chapter"], strict=True)]
    own = claims[[each == page for each in pages]].sort_values("id", kind="stable")
    return "" if own.empty else claims_html(up(page), own, anchored=True)


class Claims(Listed):
    """The claims of a page of the ledger; an error where there is none."""

    ask = claims_of

    def run(self):
        found = super().run()
        if not found[0].astext():
            raise self.error(f"no claim has its row on {self.env.docname}; take the page away")
        return found


class Rule(SphinxDirective):
    """The rule of the verdicts as it stands in the program."""

    def run(self):
        self.env.note_dependency(rule.__file__)
        return [raw(table_html("The rule of the verdicts", ["Verdict", "When"], rule_rows()))]


def rule_rows() -> list[list[str]]:
    """Return the rule of the verdicts, a row each, as the docstring of the rule has it. HTML."""
    lines = [line.strip() for line in re.split(r"\n(?! {4})", rule.__doc__)]
    rows = [re.fullmatch(r"(\w[\w ]{7,17}?) {2,}(.+)", line, re.DOTALL) for line in lines]
    return [[html.escape(" ".join(cell.split())) for cell in row.groups()] for row in rows if row]


@fresh.of_tables
def judged(id: str) -> tuple[str, str, str, str] | None:
    """Return the address of a claim's row, its place in its document, its verdict and the document;
    None where there is no such claim."""
    return verdicts(fresh.tables()).get(id)


@cache
def verdicts(state: tuple) -> dict[str, tuple[str, str, str, str]]:
    """Return what `judged` does of each claim, of the tables in a state."""
    found = {}
    for _, claim in computed(state).iterrows():
        place = in_brief(claim["locator"])
        found[claim["id"]] = address_of("", claim), place, claim["verdict"], claim["source"]
    return found


def in_brief(locator: str) -> str:
    """Return the page of a place in a document, or the last part of the place where it has none."""
    page = PAGES.search(locator)
    return page[0] if page else locator.rpartition(", ")[2]


class Item(SphinxRole):
    """A claim of the ledger by its id, as a link with its place and verdict; a warning when there
    is none."""

    def run(self):
        found = fresh.stated(self.env, judged, self.text)
        if found is None:
            message = f'data/source_claims.csv has no claim "{self.text}"'
            return [], [self.inliner.reporter.warning(message, line=self.lineno)]
        address, place, verdict, source = found
        told = {untold.MARK: untold.is_out(source)}
        link = nodes.reference("", "", internal=True, refuri=up(self.env.docname) + address, **told)
        link += nodes.Text(f"{place}, ")
        link += nodes.inline("", self.text, classes=["cc-code"])
        link += nodes.Text(f": {verdict}")
        told = verdict != rule.NOT_YET
        return [nodes.Text("("), link, nodes.Text(")"), untold.marked("", told)], []


def setup(app):
    """Register the directives and the role."""
    for ask in (findings, disagreements):
        app.add_directive(f"ledger-{ask.__name__}", type(ask.__name__, (Listed,), {"ask": ask}))
    app.add_directive("ledger-claims", Claims)
    app.add_directive("ledger-rule", Rule)
    app.add_role("item", Item())
