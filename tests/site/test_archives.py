"""The edition to take away: one PDF, one zip, and the page for addresses that lead nowhere."""

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path

import lxml.html
import pikepdf
import pytest
from browsing import visiting
from house import House

from computecycle.citing.edition import record
from computecycle.evidence.errors import InputError
from computecycle.site import archive, chromium, pdf

pytestmark = pytest.mark.skipif(not chromium.of_the_system(), reason="no Chromium of the system")


@pytest.fixture(scope="module")
def printed(built_trial, tmp_path_factory) -> House:
    """A copy of the small house whose site has been printed."""
    root = tmp_path_factory.mktemp("printed") / "house"
    shutil.copytree(built_trial.root, root, symlinks=True)
    pdf.make(root, lambda words: None)
    return House(root)


def opened(house: House) -> pikepdf.Pdf:
    return pikepdf.open(house.root / f"_build/html/{pdf.FILE}")


def links(made: pikepdf.Pdf) -> list:
    """The links of all sheets."""
    return [each for page in made.pages for each in page.get("/Annots", [])]


def test_the_pdf_says_what_it_is(printed):
    known = record(printed.root)
    with opened(printed) as made, made.open_metadata() as told:
        assert told["dc:title"] == f"{known['title']}, edition {known['edition']}"
        assert told["dc:creator"] == [known["authors"]]
        assert date.fromisoformat(told["xmp:CreateDate"][:10]).isoformat() == known["published"]
        assert made.Root.MarkInfo.Marked
        assert made.Root.Lang == "en"


def test_the_first_page_tells_reference_managers_of_the_pdf_once(printed):
    pdf.link(printed.root / "_build/html", "")
    front = (printed.root / "_build/html/book/index.html").read_text(encoding="utf-8")
    head, _, _ = front.partition("</head>")
    assert head.count(f'<meta name="citation_pdf_url" content="../{pdf.FILE}">') == 1


def test_the_outline_names_the_pages_that_are_read_in_their_order(printed):
    with opened(printed) as made, made.open_outline() as outline:
        assert [each.title for each in outline.root] == [
            "Trial report",
            "A trial",
            "Data",
            "Sources",
        ]


def test_every_link_of_the_pdf_leads_within_it_or_to_the_web(printed):
    with opened(printed) as made:
        names = {str(name) for name in made.Root.Dests} if "/Dests" in made.Root else set()
        assert links(made)
        for each in links(made):
            if "/A" in each:
                assert str(each.A.URI).startswith("https://")
            else:
                assert not isinstance(each.Dest, pikepdf.Name) or str(each.Dest) in names


def test_every_page_links_the_pdf_once_it_is_there_and_none_before(built_trial, printed):
    assert not any(b"compute-cycle.pdf" in text for text in built_trial.published().values())
    site = printed.root / "_build/html"
    for path in site.glob("book/**/*.html"):
        (way,) = [
            part.split('"')[0]
            for part in path.read_text().split('href="')
            if "cycle.pdf" in part[:60]
        ]
        assert (path.parent / way).is_file()


def test_the_same_site_gives_the_same_pdf(printed):
    before = (printed.root / f"_build/html/{pdf.FILE}").read_bytes()
    pdf.make(printed.root, lambda words: None)
    assert (printed.root / f"_build/html/{pdf.FILE}").read_bytes() == before


def test_without_a_browser_a_sentence_says_what_to_install(built_trial, monkeypatch):
    monkeypatch.setattr(chromium, "of_the_system", lambda: "")
    with pytest.raises(InputError, match="install the package `chromium`"):
        pdf.make(built_trial.root, lambda words: None)


def test_the_zip_opens_from_disk_and_holds_its_licence(browser, old_site, tmp_path):
    archive.site(old_site.root, record(old_site.root), lambda words: None)
    (made,) = (old_site.root / "_build").glob("*.zip")
    with zipfile.ZipFile(io.BytesIO(made.read_bytes())) as opened:
        opened.extractall(tmp_path / "taken")
    (folder,) = (tmp_path / "taken").iterdir()
    assert "Open index.html" in (folder / "README.txt").read_text(encoding="utf-8")
    assert "MIT" in (folder / "LICENSE").read_text(encoding="utf-8")
    with visiting(browser) as visit:
        page = visit.go((folder / "book/chapters/trial.html").as_uri())
        assert page.locator(".cc-picture").is_visible()
    assert visit.troubles == []


@pytest.mark.parametrize("at", ["gone.html", "book/gone.html", "book/chapters/trial/gone.html"])
def test_an_address_that_leads_nowhere_leads_home(browser, built_trial, at):
    site: Path = (built_trial.root / "_build/html").resolve()
    lost = (site / "404.html").read_text(encoding="utf-8")

    with visiting(browser) as visit:
        visit.page.route(
            f"**/{at}", lambda asked: asked.fulfill(body=lost, content_type="text/html")
        )
        page = visit.go(f"{site.as_uri()}/{at}")
        assert page.locator("h1").inner_text() == "Not found"
        home = page.locator("main a").first
        home.click()
        page.wait_for_url("**/book/index.html")


def test_without_a_script_the_page_of_lost_addresses_has_no_link_that_leads_astray(built_trial):
    lost = lxml.html.fromstring((built_trial.root / "_build/html/404.html").read_bytes())
    assert lost.xpath("//body//a[@data-to]") and not lost.xpath("//body//a/@href")
    assert "book/index.html" in lost.xpath("string(//noscript)")
