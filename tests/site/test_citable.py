"""How the report, its chapters and its tables are cited on their pages, and in files."""

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
        address = "book/index.html" if name == "report" else f"book/chapters/{name}.html"
        assert made["apa"].endswith(address) and entry["url"].endswith(address)
    chapter = (site / f"book/chapters/{names[0]}.html").read_text("utf-8")
    assert f'href="../citing.html#cite-{names[0]}"' in chapter


def test_a_table_is_cited_on_its_first_page(site):
    read = pages.fromstring((site / "tables/statements.html").read_bytes())
    line, entry = (each.text_content() for each in read.xpath('//*[@id="cite"]/..//pre'))
    assert "[Data table statements]" in line and line.endswith("tables/statements.html")
    assert bibtexparser.parse_string(entry).entries[0]["edition"] == RECORD["edition"]


def test_what_is_copied_is_never_markup():
    made = citable.in_styles([("bibtex", "<b>&", 'x".bib', 'a"b')])
    assert "&lt;b&gt;&amp;" in made and 'href="x&quot;.bib"' in made and 'at="a&quot;b"' in made
