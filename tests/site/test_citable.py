"""How the report, its chapters and its tables are cited on their pages, and in files."""

import hashlib
from types import SimpleNamespace

import bibtexparser
import pytest
import rispy
from house import RECORD
from lxml import html as pages

from computecycle.citing import bundles
from computecycle.site import citable
from computecycle.site.markup import curled


@pytest.fixture
def site(report):
    return report.root / "_build/html"


def test_the_report_and_every_chapter_can_be_cited_from_a_page_of_their_own(report, site):
    read = pages.fromstring((site / f"{citable.PAGE}.html").read_bytes())
    names = sorted(path.stem for path in (report.root / "_build/results").glob("*.json"))
    texts = [each.text_content() for each in read.xpath("//*[@data-name]//pre")]
    assert len(texts) == len(citable.STYLES) * (1 + len(names))
    for name in ["report", *names]:
        assert name == "report" or read.xpath(f'//h3[@id="cite-{name}"]/a/@href')
        made = {style: (site / f"cite/{name}{end}").read_text("utf-8").strip()
                for style, end in bundles.CITED.items()}  # fmt: skip
        assert {curled(each) for each in made.values()} <= {curled(each) for each in texts}
        (entry,) = bibtexparser.parse_string(made["bibtex"]).entries
        (item,) = rispy.loads(made["ris"])
        assert entry["edition"] == item["edition"] == RECORD["edition"]
        assert item["authors"] == [RECORD["authors"]] and item["title"] in made["apa"]
        assert "url" not in entry and "urls" not in item and ".html" not in "".join(made.values())
    chapter = (site / f"book/chapters/{names[0]}.html").read_text("utf-8")
    assert f'href="../citing.html#cite-{names[0]}"' in chapter


def test_a_table_is_cited_on_its_first_page(site):
    read = pages.fromstring((site / "tables/statements.html").read_bytes())
    line, entry = (each.text_content() for each in read.xpath('//*[@id="cite"]/..//pre'))
    assert "[Data table statements]" in line and ".html" not in line + entry
    assert bibtexparser.parse_string(entry).entries[0]["edition"] == RECORD["edition"]


def test_what_is_copied_is_never_markup():
    made = citable.in_styles([("bibtex", "<b>&", 'x".bib')])
    assert "&lt;b&gt;&amp;" in made and 'href="x&quot;.bib"' in made
    assert 'data-at="a&quot;b"' in citable.to_copy("line", "", "", 'a"b')


def test_without_an_address_the_checksum_of_the_manifest_stands_for_it(site):
    read = pages.fromstring((site / f"{citable.PAGE}.html").read_bytes())
    (told,) = read.xpath('//code[@class="cc-sum"]')
    assert told.text == hashlib.sha256((site / "manifest.json").read_bytes()).hexdigest()
    assert told.getparent().xpath("a/@href") == ["../manifest.json"]


@pytest.mark.parametrize(("own", "count"), [("", 1), ("https://example.org/cycle/", 0)])
def test_only_an_edition_without_an_address_says_what_stands_for_it(monkeypatch, own, count):
    monkeypatch.setattr(citable.inputs, "folder", lambda: None)
    monkeypatch.setattr(citable.inputs, "record", lambda folder: {})
    monkeypatch.setattr(citable, "stated", lambda env, ask, *words: own)
    monkeypatch.setattr(citable, "whole", lambda *given: "")
    made = object.__new__(citable.Citable)
    made.arguments = ["report"]
    env = SimpleNamespace(docname=citable.PAGE)
    made.state = SimpleNamespace(document=SimpleNamespace(settings=SimpleNamespace(env=env)))
    assert made.run()[0].astext().count("cc-sum") == count
