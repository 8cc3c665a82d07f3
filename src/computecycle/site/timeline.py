"""Directive `{events}`: the list of events as a page, with marks at what stands twice or in doubt.

A line is marked where the ledger doubts its date or a part of its amount, and where its words say
again what another line of the study's own list says.
"""

import html
import re
from itertools import groupby

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from computecycle.evidence import data
from computecycle.evidence.days import as_far
from computecycle.ledger import rule
from computecycle.site import addresses, fresh, inputs
from computecycle.site.addresses import chapter_page, up
from computecycle.site.events import MOMENTS, events, heading
from computecycle.site.judgements import CONTRADICTIONS, address_of, known_ledger
from computecycle.site.markup import raw, table_html
from computecycle.site.words import title

DATED = r"year|month|date"  # units of claims about when something was
NAME = re.compile(r"[\w.]*\w")
COMMON = {  # words that say what happened, not to what
    "a", "according", "announced", "architecture", "cars", "for", "given", "gives", "main", "paper",
    "presented", "proposed", "published", "released", "study", "the", "to", "up",
}  # fmt: skip


def contested(claims) -> dict[str, str]:
    """Return, by address of a row, where the claim of the ledger stands that dates the event
    otherwise.

    claims : the ledger. Of a claim about the date of an event both are marked: the study's rows
    that tell it, and those that it was recomputed from.
    """
    doubted = claims[claims["verdict"].isin(CONTRADICTIONS) & claims["unit"].str.match(DATED)]
    found = {}
    for _, claim in doubted.iterrows():
        if own := [*stated_by(claim), *chronicled_by(claim)]:
            for table, place in [*own, *rows_of(claim)]:
                found.setdefault(addresses.row(table, place)[0], address_of("", claim))
    return found


def stated_by(claim) -> list[tuple[str, str]]:
    """Return the statements of an event that a claim judges, as table and place."""
    return [
        ("statements", place)
        for place, row in inputs.package().texts("statements")
        if claim["id"] in row["item"].split(";") and row["variable"] in MOMENTS
    ]


def chronicled_by(claim) -> list[tuple[str, str]]:
    """Return the rows of the study's own chronology that a claim judges, found by their year and
    their words, as table and place."""
    return [
        ("chronology", place)
        for place, row in inputs.package().texts("chronology")
        if (row["locator"], row["year"]) == (claim["locator"], claim["printed_number"])
        and any(
            word[:1].isupper() and word.strip(":,") in claim["statement"]
            for word in row["event"].split()
        )
    ]


def resting(claims) -> dict[str, str]:
    """Return, by address of a statement, where the claim of the ledger stands that finds a number
    wrong of which it is made up.

    claims : the ledger. A total may agree with its parts while one of them does not stand.
    """
    judged = {place: row["item"].split(";") for place, row in inputs.package().texts("statements")}
    by_id = {claim["id"]: claim for _, claim in claims.iterrows()}
    doubted = {id for id, claim in by_id.items() if claim["verdict"] == rule.DISAGREES}
    found = {}
    for place, ids in judged.items():
        parts = {at for id in ids if id in by_id for _, at in rows_of(by_id[id])} - {place}
        wrong = sorted({id for at in parts for id in judged.get(at, [])} & doubted - {*ids})
        if wrong:
            found[addresses.row("statements", place)[0]] = address_of("", by_id[wrong[0]])
    return found


def names_in(words: str) -> set[str]:
    """Return the words that tell an event from others."""
    return set(NAME.findall(words.lower())) - COMMON


def repeated(listed: list[dict]) -> dict[str, dict]:
    """Return, by address of a row, the earlier line of the study's own list that it seems to
    repeat: one of the same year whose names are among its own, or the other way round.

    listed : events in their order. The study tells many twice, once to the year alone.
    """
    found, years = {}, {}
    for each in (each for each in listed if each["own"]):
        own, before = names_in(each["words"]), years.setdefault(each["date"][:4], [])
        alike = [(len(names & own), at) for at, (names, _) in enumerate(before)
                 if names <= own or own <= names]  # fmt: skip
        if alike:
            found[each["address"]] = before[max(alike)[1]][1]
        before.append((own, each))
    return found


def rows_of(claim) -> list[tuple[str, str]]:
    """Return the rows that a claim was recomputed from, as table and place."""
    return [(each["table"], at) for each in data.trace(claim["rows"]) for at in each["rows"]]


@fresh.of_tables
def told() -> list[dict]:
    """Return every event, each with its `marks`: words and the address to which they lead."""
    claims, listed = known_ledger(), events()
    dates, parts, again = contested(claims), resting(claims), repeated(listed)

    def marks(at: str) -> list[tuple[str, str]]:
        found = [("two dates in the study", dates[at])] if at in dates else []
        found += [("rests on a disputed number", parts[at])] if at in parts else []
        if (one := again.get(at)) and not (found and dates.get(one["address"]) == dates.get(at)):
            found.append((f"perhaps the same as “{one['words']}”", one["address"]))
        return found

    return [each | {"marks": marks(each["address"])} for each in listed]


class Events(SphinxDirective):
    """The list, a section for each decade and one for the study, with links to chapters and
    rows."""

    def run(self):
        made = []
        for words, group in groupby(fresh.stated(self.env, told), key=heading):
            section = nodes.section(ids=[f"events-{words.lower().replace(' ', '-')}"])
            section += nodes.title("", words)
            heads, rows = ["Date", "Event", "Chapter", "Source"], [self.row(each) for each in group]
            section += raw(table_html(f"Events, {words}", heads, rows, "cc-events"))
            made.append(section)
        return made

    def row(self, each: dict) -> list[str]:
        """Return an event as cells. HTML, escaped."""
        return [
            f'<time datetime="{each["date"]}">{as_far(each["date"])}</time>',
            html.escape(each["words"]) + "".join(self.mark(*mark) for mark in each["marks"]),
            self.chapter(each["chapter"]),
            f'<a href="{up(self.env.docname)}{each["address"]}">{html.escape(each["source"])}</a>',
        ]

    def mark(self, words: str, address: str) -> str:
        """Return what there is to say of an event, as a link. HTML."""
        way = f"{up(self.env.docname)}{address}"
        return f' <a class="cc-doubt" href="{way}">{html.escape(words)}</a>'

    def chapter(self, name: str) -> str:
        """Return a link to a chapter by its title; empty for what belongs to none. HTML."""
        if not name:
            return ""
        words = html.escape(fresh.stated(self.env, title, name))
        return f'<a href="{up(self.env.docname)}{chapter_page(name)}">{words}</a>'


def setup(app):
    """Register the directive."""
    app.add_directive("events", Events)
