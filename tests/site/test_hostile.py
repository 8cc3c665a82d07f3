"""Markup and script in every text that an author or a reader writes stay text on every page."""

import csv
import json

import lxml.html
import pytest
from browsing import serving, visiting
from house import House, dressed, furnish

PAYLOAD = """<img src=x class=pwned onerror="document.title='owned'"></script></title>"""
PAYLOAD += """<script class=pwned>document.title='owned'</script>"'{{7*7}}]]>"""
LEADING = {"index.html", "404.html"}  # to the front page, and from nowhere
KEPT = {"item", "value", "source", "known_from", "confidence"}  # keys, words and numbers


def infected(node: object, words: tuple[str, ...]) -> object:
    """JSON in which each text of some names has the payload behind it."""
    if isinstance(node, list):
        return [infected(each, words) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        name: f"{below} {PAYLOAD}"
        if name in words and isinstance(below, str)
        else infected(below, words)
        for name, below in node.items()
    }


def infect_tables(house: House) -> None:
    """Put the payload into each free text of the tables, and into all that describes them."""
    path = house.root / "data/datapackage.json"
    package = infected(json.loads(path.read_text("utf-8")), ("title", "description", "unit"))
    path.write_text(json.dumps(package), encoding="utf-8")
    table = house.root / "data/prices.csv"
    header, *rows = csv.reader(table.read_text("utf-8").splitlines())
    for row in rows:
        row[:] = [
            cell if name in KEPT and name != "item" else f"{cell} {PAYLOAD}".strip()
            for name, cell in zip(header, row, strict=True)
        ]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def infect_sources(house: House) -> None:
    """Put the payload into each field of the bibliography."""
    path = house.root / "data/sources.bib"
    text = path.read_text("utf-8")
    words = PAYLOAD.replace("{{7*7}}", "").replace('"', "''")
    for field in ("Maker, Ann", "Prices \\& more", "The trial", "Our own words"):
        text = text.replace(field, f"{field} {words}")
    path.write_text(text, encoding="utf-8")


def infect_chapter(house: House) -> None:
    """Put the payload into the chapter's title, claim, value, figure and parameters."""
    path = house.root / "notebooks/trial.ipynb"
    book = json.loads(path.read_text("utf-8"))
    quoted = PAYLOAD.replace("{{7*7}}", "").replace("'", "’").replace('"', "’’")
    for cell in book["cells"]:
        text = "".join(cell["source"])
        for words in ("the last price", "The price rose", '"Prices', "multiplies the last price"):
            text = text.replace(words, f"{words} {quoted}")
        cell["source"] = text.replace("# A trial", f"# A trial {quoted}")
    path.write_text(json.dumps(book), encoding="utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, type_of_pages) -> House:
    """The small house with the payload wherever a text may stand, built."""
    house = dressed(furnish(tmp_path_factory.mktemp("hostile") / "house"), type_of_pages)
    for infect in (infect_tables, infect_sources, infect_chapter):
        infect(house)
    outcome = house.run("book")
    assert outcome.returncode == 0, outcome.stderr + outcome.stdout
    return house


def pages(house: House) -> dict[str, bytes]:
    return {
        name: text
        for name, text in house.published().items()
        if name.endswith((".html", ".svg", ".xml"))
    }


def test_no_page_or_picture_has_an_element_from_a_text(hostile):
    told = 0
    for name, text in pages(hostile).items():
        tree = lxml.html.fromstring(text)
        assert not tree.xpath("//*[@onerror or @class='pwned']"), name
        assert not tree.xpath("//a[starts-with(@href, 'javascript:')]"), name
        told += "class=pwned" in tree.text_content()
    assert told > 5, "the payload is shown as a text"


def test_nothing_runs_in_a_browser(hostile, browser):
    site = (hostile.root / "_build/html").resolve()
    with serving(site) as address, visiting(browser) as visit:
        shown = [name for name in pages(hostile) if name.endswith(".html") and name not in LEADING]
        for name in shown:
            assert visit.go(address + name).title() != "owned", name
            assert visit.page.locator(".pwned").count() == 0, name
    assert visit.troubles == []
