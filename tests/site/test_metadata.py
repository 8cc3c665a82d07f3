"""Every page read as a reference manager, a search engine and a preview of a link would read it.

`Kept` follows the rules of Zotero's translator "Embedded Metadata" for the tags that pages carry.
"""

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pytest
from house import RECORD, House

from computecycle.site import metadata

ADDRESSED = {**RECORD, "address": "https://example.org/cycle/"}
LEADS_ON = ("index.html", "404.html")
OF_TAGS = {  # the type of an item that a tag tells
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
WHAT = {
    "front": "Report",
    "book/chapters/": "ScholarlyArticle",
    "figures/": "Dataset",
    "tables/": "Dataset",
}


def clean_author(author: str, comma: bool) -> tuple[str, str]:
    """Family and given names as Zotero makes them of one author."""
    author = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", author)
    if comma:
        family, *given = re.split(r"[,،] ?", author)
        return family, given[0] if given else ""
    given, _, family = author.rpartition(" ")
    return family, given


@dataclass
class Kept:
    """What a reference manager keeps of a page that it finds at an address."""

    address: str
    tree: lxml.html.HtmlElement

    def tag(self, name: str) -> str:
        """The first tag whose name ends with a name."""
        found = [
            each.get("content")
            for each in self.tree.xpath("/html/head/meta[@name]")
            if each.get("name").endswith(name)
        ]
        return " ".join(found[0].split()) if found else ""

    @property
    def kind(self) -> str:
        """The type of the item: the last tag that tells one."""
        names = self.tree.xpath("/html/head/meta/@name")
        told = [OF_TAGS[name] for name in names if name in OF_TAGS]
        return told[-1] if told else "journalArticle" if self.tag("citation_title") else "webpage"

    @property
    def authors(self) -> list[tuple[str, str]]:
        """Family and given names of the authors."""
        nodes = self.tree.xpath("/html/head/meta[@name='citation_author']/@content")
        each = [part for node in nodes for part in re.split(r"\s*;\s*", node)]
        parts = each[0].split(",") if len(each) == 1 else []
        if len(parts) > 1 and " " in parts[0].strip() and " " in parts[1].strip():
            each = parts
        return [clean_author(part, "," in part) for part in each]

    @property
    def url(self) -> str:
        """Where the item is."""
        canonical = self.tree.xpath("string(/html/head/link[@rel='canonical']/@href)")
        return self.tag("citation_public_url") or canonical or self.address


def opened(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(path.read_bytes())


def pages(site: Path) -> dict[str, lxml.html.HtmlElement]:
    """The pages of a site that are read, by name; not those that only lead on."""
    found = {
        path.relative_to(site).as_posix(): opened(path) for path in sorted(site.rglob("*.html"))
    }
    return {
        name: tree
        for name, tree in found.items()
        if name not in LEADS_ON
        and not tree.xpath("//meta[@name='robots' or @http-equiv='refresh']")
    }


def things(tree: lxml.html.HtmlElement) -> list[dict]:
    """What the JSON-LD of a page describes."""
    (text,) = tree.xpath("/html/head/script[@type='application/ld+json']/text()")
    told = json.loads(text)
    assert told["@context"] == "https://schema.org"
    return told["@graph"]


def at(site: Path, name: str, address: str) -> Path:
    """The file of a site to which an address of a page leads."""
    return site / unquote(urlsplit(urljoin(f"http://site/{name}", address)).path).lstrip("/")


@pytest.fixture(scope="module", params=["trial", "report"])
def site(request) -> Path:
    """The folder of a built site."""
    house = request.getfixturevalue({"trial": "built_trial", "report": "report"}[request.param])
    return (house.root / "_build/html").resolve()


def test_every_page_is_kept_as_a_report_with_undivided_authors(site):
    for name, tree in pages(site).items():
        kept = Kept(f"https://example.org/{name}", tree)
        assert kept.kind == "report", name
        assert kept.authors == [(RECORD["authors"], "")], name
        assert kept.tag("citation_publication_date") == RECORD["published"].replace("-", "/")
        assert kept.tag("citation_technical_report_institution") == RECORD["authors"]
        assert kept.tag("citation_title") == kept.tag("DC.title"), name
        assert kept.tag("citation_title") in (RECORD["title"], shown_title(tree)), name
        assert kept.url == kept.address, "an edition without an address of its own invents none"
        assert kept.tag("DC.date") == RECORD["published"]
        assert tree.xpath("string(//meta[@name='description']/@content)"), name


def shown_title(tree: lxml.html.HtmlElement) -> str:
    """The title of a page as its browser's window shows it."""
    return re.sub(
        r"^\d+\. ", "", tree.xpath("string(//title)").removesuffix(f" · {RECORD['title']}")
    )


def test_what_a_page_is_and_the_way_to_it(site):
    for name, tree in pages(site).items():
        thing, *crumbs = things(tree)
        kind = "front" if name == "book/index.html" else f"{name.rpartition('/')[0]}/"
        assert thing["@type"] == WHAT.get(
            kind if "index" not in name or kind == "front" else "", "WebPage"
        )
        assert (
            thing["author"]["name"] == RECORD["authors"] and thing["version"] == RECORD["edition"]
        )
        assert at(site, name, thing["url"]) == site / name
        steps = [step for each in crumbs for step in each["itemListElement"]]
        assert all(at(site, name, step["item"]).is_file() for step in steps), name
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        if kind != "front":
            assert at(site, name, thing["isPartOf"]["url"]) == site / "book/index.html"
            assert at(site, name, steps[-1]["item"]) == site / name
            assert all(step["name"] for step in steps), name


def test_a_data_set_names_its_files_by_their_hashes(site):
    count = 0
    for name, tree in pages(site).items():
        thing = things(tree)[0]
        if thing["@type"] != "Dataset":
            continue
        assert thing["distribution"], name
        for file in thing["distribution"]:
            content = at(site, name, file["contentUrl"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"], (name, file["name"])
            count += 1
    assert count > 5


def test_a_page_with_a_figure_is_shared_with_its_own_picture(site):
    some = 0
    for name, tree in pages(site).items():
        first = tree.xpath("string(//*[@data-figure]/@data-figure)")
        shared = tree.xpath("string(//meta[@property='og:image']/@content)")
        assert bool(first) == bool(shared), name
        if first:
            assert at(site, name, shared) == site / f"figures/{first}/{first}.png"
            assert at(site, name, shared).is_file()
            some += 1
    assert some > 1


# With an address; words from data


def page(**changed) -> metadata.Page:
    """A chapter's page with an address of its own."""
    way = [("book/index", "The Compute Cycle"), ("book/chapters/one", "One & <b>only</b>")]
    given = {"name": "book/chapters/one", "words": 'It "rose"', "picture": "rise", "way": way}
    return metadata.Page(**{**given, "edition": ADDRESSED, **changed})


def test_with_an_address_every_address_is_whole():
    head = metadata.tags(page()) + metadata.script(metadata.described(page()))
    tree = lxml.html.document_fromstring(f"<html><head>{head}</head><body></body></html>")
    here = "https://example.org/cycle/book/chapters/one.html"
    kept = Kept("file:///one.html", tree)
    assert kept.url == kept.tag("DC.identifier") == here
    assert tree.xpath("string(//link[@rel='canonical']/@href)") == here
    picture = "https://example.org/cycle/figures/rise/rise.png"
    assert tree.xpath("string(//meta[@property='og:image']/@content)") == picture
    assert tree.xpath("string(//meta[@property='og:url']/@content)") == here
    thing, crumbs = things(tree)
    assert thing["url"] == crumbs["itemListElement"][-1]["item"] == here
    assert kept.tag("citation_title") == thing["name"] == "One & <b>only</b>"


def test_words_in_the_head_are_never_markup():
    hostile = "</script><script>alert(1)</script><!--"
    way = [("book/index", "x"), ("book/chapters/one", hostile)]
    made = page(words=f'"{hostile}', way=way)
    head = metadata.tags(made) + metadata.script(metadata.described(made))
    tree = lxml.html.document_fromstring(f"<html><head>{head}</head><body>end</body></html>")
    assert len(tree.xpath("//script")) == 1
    assert things(tree)[0]["name"] == hostile
    assert Kept("", tree).tag("citation_title") == hostile


@pytest.fixture
def copied(built_trial, tmp_path) -> House:
    """A copy of the small site, for one test to complete again."""
    shutil.copytree(built_trial.root / "_build/html", tmp_path / "site")
    return tmp_path / "site"


def test_a_sitemap_lists_each_page_once_where_there_is_an_address(copied):
    assert not (copied / "sitemap.xml").exists()
    assert (copied / "robots.txt").read_text() == "User-agent: *\nDisallow:\n"
    metadata.complete(copied, ADDRESSED, published=True)
    told = lxml.etree.fromstring((copied / "sitemap.xml").read_bytes())
    listed = told.xpath("//*[local-name()='loc']/text()")
    assert listed == [f"{ADDRESSED['address']}{name}" for name in pages(copied)]
    assert set(told.xpath("//*[local-name()='lastmod']/text()")) == {RECORD["published"]}
    assert (
        (copied / "robots.txt")
        .read_text()
        .endswith(f"Sitemap: {ADDRESSED['address']}sitemap.xml\n")
    )


def test_a_rerun_asks_not_to_be_listed(copied):
    metadata.complete(copied, ADDRESSED, published=False)
    assert not (copied / "sitemap.xml").exists()
    assert "Disallow: /\n" in (copied / "robots.txt").read_text()
