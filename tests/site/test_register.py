"""The register of the report: no published id vanishes, and each stands where it is said to."""

import json
import re

from bs4 import BeautifulSoup
from house import REPOSITORY

from computecycle.citing import editions, register
from computecycle.notebook import notebooks
from computecycle.site import forwards, headings

LINES = register.known(REPOSITORY)


def test_no_published_id_is_gone(report):
    """A line here is what to do: give the id back, or say in the register what it forwards to."""
    names = notebooks.names(report.root)
    results = [json.loads((report.root / f"_build/results/{n}.json").read_text()) for n in names]
    titles = headings.published(report.root / "_build/html")
    now = register.produced(results, titles)
    assert not register.lost(LINES, editions.published_rows(REPOSITORY), now)
    kinds = {kind for kind, _ in LINES}
    assert kinds >= set(register.KINDS) - {"row"}, "an edition has published each kind"


def test_every_address_that_was_published_still_opens(report):
    site, anchors = report.root / "_build/html", {}
    for kind, id in LINES:
        name, _, anchor = forwards.address(kind, id).partition("#")
        if name not in anchors:
            anchors[name] = set(re.findall(r'\bid="([^"]+)"', (site / name).read_text("utf-8")))
        assert not anchor or anchor in anchors[name], f"{kind} {id}"


def test_a_heading_of_a_chapter_is_named_after_its_cell_and_its_words_lead_there_too(report):
    page = (report.root / "_build/html/book/chapters/capex_gap.html").read_text("utf-8")
    soup = BeautifulSoup(page, "html.parser")
    section = soup.find("section", id="section-life-heading")
    words = re.sub(r"\W+", "-", section.h2.find(string=True).lower()).strip("-")
    assert section.find("span", id=words)
    cells = {cell.id for cell in notebooks.source(REPOSITORY, "capex_gap").cells}
    found = [each["id"] for each in soup.select("article section section[id]")]
    assert found and {re.sub(r"^section-|-\d+$", "", each) for each in found} <= cells
