"""The addresses of headings: they do not follow their words.

A line `% anchor: section-need` above a heading names it; the address that its words would give
leads there too. The runner marks the headings of chapters by the names of their cells; a heading of
a written page keeps the address that it was published with by such a line.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms import SphinxTransform

MARK = re.compile(r"anchor: (\S+)")
SECTION = re.compile(r'<section id="([^"]+)">(?!\s*(?:<span id="[^"]*"></span>)*\s*<h1)')


class Anchors(SphinxTransform):
    """Give each marked heading its address, before any other."""

    default_priority = 400  # before the contents of the page are read off

    def apply(self, **_):
        """Name the heading that follows each mark, and take the mark out."""
        name = ""
        for node in list(self.document.findall()):
            if isinstance(node, nodes.comment) and (mark := MARK.fullmatch(node.astext())):
                name = mark[1]
                node.parent.remove(node)
            elif isinstance(node, nodes.section) and name:
                node["ids"] = [name, *(each for each in node["ids"] if each != name)]
                self.document.ids[name] = node
                name = ""


def published(site: Path) -> list[str]:
    """Return the address of each heading of the written pages of a built site, but for the titles
    of pages: `book/reading#a-number`."""
    found = []
    for path in sorted((site / "book").rglob("*.html")):
        page = path.relative_to(site).with_suffix("").as_posix()
        text = path.read_text(encoding="utf-8")
        found += [f"{page}#{anchor}" for anchor in SECTION.findall(text)]
    return found


def setup(app):
    """Register the addresses."""
    app.add_transform(Anchors)
