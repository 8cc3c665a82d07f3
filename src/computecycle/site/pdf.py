"""The edition as one PDF: the pages that are read, joined in their order and printed by Chromium.

    _build/html ─► one page with a cover and contents ─► Chromium ─► pikepdf ─► compute-cycle.pdf

Chromium makes tags, outline and links. It prints twice: where a chapter begins is known only when
it is printed. pikepdf writes title, authors and the day of the edition, so that the same site gives
the same bytes. The pages of numbers, notebooks, tables and figures are not printed.
"""

import html
import io
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.html
import pikepdf

from computecycle.citing.edition import record
from computecycle.evidence.days import in_words
from computecycle.evidence.errors import InputError
from computecycle.runs import chapters
from computecycle.site import archive, chromium, current, fonts, manifest, pages
from computecycle.site.addresses import up

FILE = f"{archive.NAME}.pdf"
FRONT = "book/index.html"
MARK = "<!-- the PDF, once it is made -->"  # in the foot of every page
DROPPED = ["cc-card", "cc-parts", "cc-narrow", "headerlink", "cc-filter", "cc-files", "cc-check"]
PARTS = "//nav[@class='cc-parts']/a/@href"  # of a page that is long
SECONDS = 300
GATHERED = pikepdf.ObjectStreamMode.generate


def make(root: Path, say: Callable) -> None:
    """Print the built site to one PDF beside its pages, and link it from them; say where it is."""
    browser = chromium.of_the_system()
    if not browser:
        raise InputError(
            "No Chromium or Chrome was found, which prints the PDF; install the package `chromium`"
            " (or Google Chrome) and run `make pdf` again."
        )
    with current.alone(root):
        site, edition = (root / "_build/html").resolve(), record(root)
        say("Printing the pages")
        with tempfile.TemporaryDirectory() as folder:
            whole = Whole(root, site, edition)
            first = printed(browser, whole.text([]), Path(folder))
            second = printed(browser, whole.text(starts(first)), Path(folder))
            count = finish(second, edition, site / FILE)
        link(site, edition["address"])
        manifest.complete(site)
    size = (site / FILE).stat().st_size / 1e6
    say(f"{count} pages, {size:.1f} MB: {root}/_build/html/{FILE}")


class Whole:
    """The pages of a site as one page, in the order in which they lead on to each other."""

    def __init__(self, root: Path, site: Path, edition: dict):
        self.edition = edition
        self.trees = {}
        name = FRONT
        while name and name not in self.trees:
            tree = lxml.html.fromstring((site / name).read_bytes())
            parts = dict.fromkeys([name, *(urljoin(name, each) for each in tree.xpath(PARTS))])
            read = {part: (site / part).read_bytes() for part in parts}
            self.trees |= {part: lxml.html.fromstring(each) for part, each in read.items()}
            turn = tree.xpath("//nav[@class='cc-turn']/a[@rel='next']/@href")
            name = urljoin(name, turn[0]) if turn else ""
        self.parts = [self.part(name, tree) for name, tree in self.trees.items()]
        styles = [site / "_static" / name for name in ("style.css", pages.CALCULATOR)]
        style = "".join(path.read_text(encoding="utf-8") for path in styles)
        self.style = style + fonts.carried(root, fonts.HAN.findall("".join(self.parts)))

    def text(self, numbers: list[int]) -> str:
        """Return the page. HTML. numbers : the sheet on which each part begins, once known."""
        title = html.escape(self.edition["title"])
        return (
            f'<!doctype html><html lang="en" data-theme="light"><head><meta charset="utf-8">'
            f"<title>{title}</title><style>{self.style}</style></head>"
            f'<body class="cc-whole">{self.cover(numbers)}{"".join(self.parts)}</body></html>'
        )

    def cover(self, numbers: list[int]) -> str:
        """Return the first sheets: title, edition, day, licence, and what stands where. HTML."""
        known = {key: html.escape(value) for key, value in self.edition.items()}
        day = in_words(self.edition["published"])
        at = numbers or [0] * len(self.trees)
        listed = "".join(
            f'<li><a href="#{anchor(name)}">{html.escape(heading(tree))}</a>'
            f" <span>{number}</span></li>"
            for (name, tree), number in zip(self.trees.items(), at, strict=True)
        )
        return (
            f'<header class="cc-cover"><p class="cc-cover-title">{known["title"]}</p>'
            f"<p>Edition {known['edition']} of {day}. {known['authors']}.</p>"
            f"<p>Text and data {known['licence']}, code MIT; facts of others belong to their"
            f" publishers.</p></header>"
            f'<nav class="cc-contents" aria-label="Contents"><ol>{listed}</ol></nav>'
        )

    def part(self, name: str, tree: lxml.html.HtmlElement) -> str:
        """Return a page's text with its anchors and links made those of the whole. HTML."""
        (article,) = tree.xpath("//article")
        for css in DROPPED:
            for node in article.find_class(css):
                node.drop_tree()
        for node in article.xpath(".//*[@id][not(ancestor-or-self::svg)]"):
            node.set("id", anchor(name, node.get("id")))
        for node in article.xpath(".//*[@aria-describedby]"):
            del node.attrib["aria-describedby"]
        for node in article.iter("details"):
            node.set("open", "")
        for node in article.xpath(".//a[@href]"):
            address = self.address(name, node.get("href"))
            if address:
                node.set("href", address)
            else:
                node.drop_tag()
        kicker = "".join(tree.xpath("//p[@class='cc-kick']/text()"))
        text = lxml.html.tostring(article, encoding="unicode", with_tail=False)
        above = f'<p class="cc-kick">{html.escape(kicker)}</p>' if kicker else ""
        return f'<section id="{anchor(name)}">{above}{text}</section>'

    def address(self, name: str, href: str) -> str:
        """Return where a link of a page leads from the whole; empty where that is not known."""
        if urlsplit(href).scheme:
            return href
        target, _, id = urljoin(name, href).partition("#")
        if target in self.trees:
            return f"#{anchor(target, id)}"
        base = self.edition["address"]
        return urljoin(f"{base.rstrip('/')}/", urljoin(name, href)) if base else ""


def anchor(name: str, id: str = "") -> str:
    """Return the anchor, in the whole, of a page or of a place in it."""
    page = name.removesuffix(".html").replace("/", "-")
    return f"{page}--{id}" if id else page


def heading(tree: lxml.html.HtmlElement) -> str:
    """Return the title of a page."""
    return " ".join(tree.xpath("string(//h1)").replace("#", "").split())


def printed(browser: str, text: str, folder: Path) -> bytes:
    """Return a page printed as a tagged PDF with an outline; InputError: what the browser said."""
    page, made = folder / "whole.html", folder / "whole.pdf"
    page.write_text(text, encoding="utf-8")
    made.unlink(missing_ok=True)
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        f"--user-data-dir={folder / 'profile'}",
        "--no-pdf-header-footer",
        "--export-tagged-pdf",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={made}",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),  # it refuses to run as root with one
        page.as_uri(),
    ]
    try:
        outcome = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise InputError(f"{browser} did not print the pages in {SECONDS} s.") from None
    if not made.exists():
        raise InputError(f"{browser} did not print the pages:\n{outcome.stderr[-500:]}")
    return made.read_bytes()


def starts(printed: bytes) -> list[int]:
    """Return the sheet on which each chapter begins, from the outline."""
    with pikepdf.open(io.BytesIO(printed)) as pdf, pdf.open_outline() as outline:
        number = {page.objgen: count for count, page in enumerate(pdf.pages, start=1)}
        return [number[entry.destination[0].objgen] for entry in outline.root]


def finish(printed: bytes, edition: dict, path: Path) -> int:
    """Write a printed PDF with title, authors, licence and day; return how many sheets it has."""
    moment = f"{edition['published']}T00:00:00+00:00"
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        del pdf.docinfo
        with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
            told["dc:title"] = f"{edition['title']}, edition {edition['edition']}"
            told["dc:creator"] = [edition["authors"]]
            told["dc:language"] = ["en"]
            told["dc:rights"] = edition["licence"]
            told["xmp:CreateDate"] = told["xmp:ModifyDate"] = moment
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        draft = io.BytesIO()
        pdf.save(draft, deterministic_id=True, object_stream_mode=GATHERED)
        chapters.write(path, draft.getvalue())
        return len(pdf.pages)


def link(site: Path, address: str) -> None:
    """Link the PDF from the foot of every page, and tell it in the head of the first, where it is
    not linked yet."""
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(site).as_posix()
        linked = text.replace(MARK, f'<a href="{up(name)}{FILE}">PDF</a>')
        if name == FRONT and linked != text:
            told = f'<meta name="citation_pdf_url" content="{address or up(name)}{FILE}">\n'
            linked = linked.replace("</head>", f"{told}</head>", 1)
        chapters.write(path, linked.encode())
