"""Sentences that a rerun cannot tell: one line a section, which opens, in place of each of them.

A sentence is untold where a number of it is not known as of the date, where its claim says so, or
where it names a document that came out later; and where `{with}`id`` before it names a value or a
claim that cannot be told. The directive `{with} id` says the same of all sentences of its section.
Told sentences around it stay as they are; but an item of a list goes whole where the first sentence
of it that rests on anything does. How sure we are is our judgement of the published edition, which
no rerun makes anew; there the sentence says so.
"""

import re

import pandas as pd
from docutils import nodes

from computecycle.citing import citations
from computecycle.evidence import data
from computecycle.site import inputs
from computecycle.site.markup import raw

END = re.compile(r"(?<=[a-z0-9)%”\"’][.!?])\s+")  # of a sentence; "J. P. Morgan" has none
CLOSED = (".", "!", "?")
LATER = {True: "rests on documents", False: "rest on documents"}
MARK = "told"  # attribute of a number, a claim or a named document: whether it can be told
JUDGED = "How sure we are"  # how our judgement of an answer begins
OF_THE_EDITION = ' <small class="cc-kept">(our judgement of the published edition)</small>\n'


def marked(text: str, told: bool) -> nodes.raw:
    """Return HTML as a node that says whether it can be told."""
    node = raw(text)
    node[MARK] = told
    return node


def of_section() -> nodes.comment:
    """Return a node that says of its section that nothing in it can be told."""
    node = nodes.comment()
    node[MARK] = False
    return node


def is_out(key: str) -> bool:
    """Return whether a source had come out by the day of a rerun: by the end of the month or year
    where no day is known, by the day it was read where none of these is. A data set, which is
    copied again and again, had."""
    package = inputs.package()
    made = citations.source(key, data.entries(package.folder)[key])
    fields = package.sources()[key]
    day = citations.iso(made.get("issued")) or fields.get("urldate", "")
    if not (package.as_of and day) or fields.get("type") == "dataset":
        return True
    return pd.Period(day).end_time <= pd.Period(package.as_of).end_time


def sentences(block: nodes.Element) -> list[list[nodes.Node]]:
    """Return the sentences of a paragraph as lists of its nodes, a bracket with the one before."""
    found = [[]]
    for child in block.children:
        if not isinstance(child, nodes.Text):
            found[-1].append(child)
            claim = isinstance(child, nodes.raw) and "cc-claim" in child.astext()
            if claim or child.astext().endswith(CLOSED):
                found.append([])
            continue
        *whole, last = END.split(str(child))
        for each in whole:
            found[-1].append(nodes.Text(f"{each} "))
            found.append([])
        found[-1].append(nodes.Text(last))
        if last.rstrip().endswith(CLOSED):
            found.append([])
    joined = []
    for each in found:
        words = "".join(node.astext() for node in each).strip()
        if words.startswith("(") and joined:
            joined[-1] += each
        elif words:
            joined.append(each)
    return joined


def marks(sentence: list[nodes.Node]) -> list[bool]:
    """Return of each number, claim and named document of a sentence whether it can be told."""
    inside = [part for node in sentence for part in node.findall(nodes.Element)]
    return [part[MARK] for part in inside if MARK in part]


def taken(block: nodes.Element, every: bool = False) -> list[list[nodes.Node]]:
    """Take the sentences that cannot be told, or `every` one, out of a paragraph; return them."""
    parts = sentences(block)
    out = parts if every else [each for each in parts if not all(marks(each))]
    if out and isinstance(block.parent, nodes.list_item) and out[0] is next(filter(marks, parts)):
        out = parts
    if out:
        block.children = []
        for each in parts:
            if each not in out:
                block += each
    return out


def judged(block: nodes.Element) -> None:
    """Say behind our judgement of how sure we are, where a paragraph holds it, of what it is."""
    if JUDGED not in block.astext():
        return
    parts = sentences(block)
    block.children = []
    for each in parts:
        block += each
        if "".join(node.astext() for node in each).strip().startswith(JUDGED):
            block += raw(OF_THE_EDITION)


def emptied(block: nodes.Element) -> None:
    """Remove a paragraph without a word, and what held nothing else."""
    while block.parent is not None and not worded(block):
        parent = block.parent
        parent.remove(block)
        block = parent
        if isinstance(block, nodes.section | nodes.document):
            return


def worded(block: nodes.Element) -> bool:
    """Return whether a block has a word beside a title."""
    children = [each for each in block.children if not isinstance(each, nodes.title)]
    return any(each.astext().strip() for each in children)


def summary(count: int) -> str:
    """Return the line that stands for some sentences."""
    words = f"{count} sentence{'s' * (count > 1)}"
    if inputs.package().as_of:
        return f"{words} {LATER[count == 1]} published later"
    return f"{words} cannot be told on these data"


def folded(untold: list[list[nodes.Node]]) -> list[nodes.Node]:
    """Return sentences below the line that stands for them."""
    made = [raw(f'<details class="cc-untold"><summary>{summary(len(untold))}</summary>')]
    made += [nodes.paragraph("", "", *each) for each in untold]
    return [*made, raw("</details>")]


def fold(app, doctree: nodes.document) -> None:
    """Fold what a page cannot tell, section by section; the published edition tells all."""
    if not inputs.record(app.srcdir):
        return
    for section in list(doctree.findall(nodes.section)):
        own = [block for block in section.findall(nodes.paragraph) if within(block) is section]
        whole = [each for each in section.findall(nodes.comment) if MARK in each]
        every = any(within(each) is section for each in whole)
        untold = []
        for block in own:
            untold += taken(block, every)
            judged(block)
            emptied(block)
        if untold:
            place = next(
                (at for at, each in enumerate(section) if isinstance(each, nodes.section)),
                len(section),
            )
            section.insert(place, folded(untold))


def within(block: nodes.Node) -> nodes.Node:
    """Return the section that a paragraph stands in."""
    while not isinstance(block, nodes.section | nodes.document):
        block = block.parent
    return block


def setup(app):
    """Register the folding."""
    app.connect("doctree-read", fold)
