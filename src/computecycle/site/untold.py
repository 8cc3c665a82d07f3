"""Sentences that a rerun cannot tell: one line a section, which opens, in place of each of them.

A sentence is untold where a number of it is not known as of the date, or where its claim says so.
Told sentences around it stay as they are.
"""

import re

from docutils import nodes

from computecycle.site import inputs
from computecycle.site.markup import raw

END = re.compile(r"(?<=[a-z0-9)%”\"’][.!?])\s+")  # of a sentence; "J. P. Morgan" has none
CLOSED = (".", "!", "?")
LATER = {True: "rests on documents", False: "rest on documents"}
MARK = "untold"  # attribute of a node whose number or claim cannot be told


def marked(text: str, told: bool) -> nodes.raw:
    """Return HTML as a node that says whether it can be told."""
    node = raw(text)
    if not told:
        node[MARK] = True
    return node


def sentences(block: nodes.Element) -> list[list[nodes.Node]]:
    """Return the sentences of a paragraph as lists of its nodes."""
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
    return [each for each in found if "".join(node.astext() for node in each).strip()]


def is_untold(sentence: list[nodes.Node]) -> bool:
    """Return whether a sentence holds something that cannot be told."""
    inside = [part for node in sentence for part in node.findall(nodes.raw)]
    return any(part.get(MARK) for part in inside)


def taken(block: nodes.Element) -> list[list[nodes.Node]]:
    """Take the sentences that cannot be told out of a paragraph and return them."""
    parts = sentences(block)
    out = [each for each in parts if is_untold(each)]
    if out:
        block.children = []
        for each in parts:
            if each not in out:
                block += each
    return out


def emptied(block: nodes.Element) -> None:
    """Remove a paragraph without a word, and what held nothing else."""
    while block.parent is not None and not block.astext().strip():
        parent = block.parent
        parent.remove(block)
        block = parent
        if isinstance(block, nodes.section | nodes.document):
            return


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
        untold = []
        for block in own:
            untold += taken(block)
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
