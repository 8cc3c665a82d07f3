"""What a page tells machines of itself: reference managers, search engines, those who share it.

    Highwire (`citation_*`), Dublin Core   a report: title, authors, day, institution, address
    Open Graph                             title, words, and the first picture of the page
    JSON-LD                                Report, ScholarlyArticle, Dataset with its files, or
                                           page; and the way to it

Addresses are whole where the edition has one of its own, else relative. Hashes of files, the
sitemap and `robots.txt` come when all files are there. A rerun is nobody's publication: it says
only that it should not be listed.
"""

import hashlib
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from computecycle.citing import citations
from computecycle.citing.edition import LICENCES
from computecycle.evidence import data
from computecycle.runs import chapters
from computecycle.site import inputs
from computecycle.site.addresses import CHAPTERS, page_of, sources_page, up
from computecycle.site.words import shown_results

PICTURE = re.compile(r'data-figure="([^"]+)"')
CARD = 'class="cc-card"'
PLACES = {"title": "{title}", "genre": "{genre}", "URL": "{address}"}  # in a citation
UNTOLD = ("moved.html", "embed.html", "lost.html")  # pages that only lead on, or are a part
NUMBER = re.compile(r"^\d+\. ")  # of a chapter, before its title
FILES = '"distribution": []'  # of a data set, until they are there
FORMATS = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}
UNLISTED = '<meta name="robots" content="noindex">'
SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}</urlset>\n'
)


@dataclass(frozen=True)
class Page:
    """A page and what is said of it.

    name : below the site's folder, without ending. picture : of a figure, its id. way : the pages
    that lead to it from the front, each its name and title, the page itself being the last.
    """

    name: str
    words: str
    picture: str
    way: list[tuple[str, str]]
    edition: dict[str, str]

    @property
    def title(self) -> str:
        """Its title."""
        return self.way[-1][1]

    def address(self, target: str) -> str:
        """Return where something of the site is: the whole address, or the way from this page."""
        return f"{self.edition['address'] or up(self.name)}{target}"


def told(app, pagename, templatename, context, doctree):
    """Give the frame of a page what its head tells machines."""
    if inputs.record(app.srcdir) or templatename in UNTOLD:
        context["head"] = UNLISTED
        return
    body = context.get("body", "")
    picture = PICTURE.search(body)
    page = Page(
        pagename,
        context["described"],
        picture[1] if picture else "",
        way(app, pagename, context["title"]),
        app.computecycle_edition,
    )
    context["head"] = f"{tags(page)}{script(described(page))}"
    if CARD in body:
        context["head"] += app.computecycle_form


def form(app) -> None:
    """Keep for all pages how a number or a sentence is cited, into which `report.js` puts what it
    is."""
    edition = app.computecycle_edition
    none = {"id": "", "name": "", "text": "", "unit": ""}
    record = citations.value(edition, {"chapter": "", "published": True}, none)
    places = {name: PLACES[name] for name in PLACES if name in record}
    line = html.escape(citations.apa(record | places))
    app.computecycle_form = f'<meta name="cc-citation" content="{line}">\n'


def plain(title: str) -> str:
    """Return a title of Sphinx as words: no markup, no number of a chapter."""
    return NUMBER.sub("", Markup(title).striptags())


def way(app, name: str, title: str) -> list[tuple[str, str]]:
    """Return the pages that lead to a page, and the page, each its name and its title."""
    front, found = app.config.root_doc, []
    while name != front:
        found.insert(0, (name, plain(title)))
        name = above(app, name) or front
        title = app.env.titles[name].astext()
    return [(front, app.computecycle_edition["title"]), *found]


def above(app, name: str) -> str:
    """Return the written page to which a page belongs; empty where that is the front page."""
    folder, _, last = name.rpartition("/")
    if folder == "tables":
        return "book/data"
    if name.startswith(f"{sources_page(1)}-"):  # a part of the list
        return sources_page(1)
    if folder == "figures":
        known = (each for each in shown_results(app) if last in {f["id"] for f in each["figures"]})
        return next((f"{CHAPTERS}/{each['chapter']}" for each in known), "")
    return folder if folder in app.env.found_docs else ""


def tags(page: Page) -> str:
    """Return the tags of a page's head. HTML.

    A comma ends the name of the authors: Zotero would else take its last word for the name of a
    family.
    """
    known, address = page.edition, page.edition["address"] and page.address(f"{page.name}.html")
    named = {
        "citation_title": page.title,
        "citation_author": f"{known['authors']},",
        "citation_publication_date": known["published"].replace("-", "/"),
        "citation_technical_report_institution": known["authors"],
        "citation_technical_report_number": known["edition"],
        "citation_public_url": address,
        "DC.title": page.title,
        "DC.creator": known["authors"],
        "DC.date": known["published"],
        "DC.publisher": known["authors"],
        "DC.type": "Text",
        "DC.rights": LICENCES[known["licence"]],
        "DC.identifier": address,
    }
    shared = {
        "og:type": "article",
        "og:site_name": known["title"],
        "og:title": page.title,
        "og:description": page.words,
        "og:url": address,
        "og:image": page.picture and page.address(picture_of(page)),
        "twitter:card": page.picture and "summary_large_image",
    }
    link = f'<link rel="canonical" href="{html.escape(address)}">\n' if address else ""
    return link + "".join(
        f'<meta {kind}="{name}" content="{html.escape(text)}">\n'
        for kind, told in (("name", named), ("property", shared))
        for name, text in told.items()
        if text
    )


def picture_of(page: Page) -> str:
    """Return the file of a page's picture, below the site's folder."""
    return f"figures/{page.picture}/{page.picture}.png"


def script(graph: dict) -> str:
    """Return JSON-LD as an element of a page; no text in it can end the element."""
    text = json.dumps(graph, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>\n'


def described(page: Page) -> dict:
    """Return what a page is, and the way to it, as JSON-LD."""
    known, front = page.edition, page.way[0]
    by = {"@type": "Organization", "name": known["authors"]}
    thing = {
        "@type": kind(page),
        "name": page.title,
        "description": page.words,
        "url": page.address(f"{page.name}.html"),
        "author": by,
        "publisher": by,
        "datePublished": known["published"],
        "version": known["edition"],
        "license": LICENCES[known["licence"]],
        "inLanguage": "en",
    }
    if page.picture:
        thing["image"] = page.address(picture_of(page))
    if len(page.way) > 1:
        whole = {"@type": "Report", "name": front[1], "url": page.address(f"{front[0]}.html")}
        thing["isPartOf"] = whole
    if thing["@type"] == "Dataset":
        thing |= {"creator": by, "distribution": []}
    steps = [
        {"@type": "ListItem", "position": at, "name": title, "item": page.address(f"{name}.html")}
        for at, (name, title) in enumerate(page.way, start=1)
    ]
    crumbs = [{"@type": "BreadcrumbList", "itemListElement": steps}] if len(steps) > 1 else []
    return {"@context": "https://schema.org", "@graph": [thing, *crumbs]}


def kind(page: Page) -> str:
    """Return the type of schema.org that a page has."""
    folder, _, last = page.name.rpartition("/")
    if len(page.way) == 1:
        return "Report"
    if folder in ("tables", "figures") and last != "index":
        return "Dataset"
    return "ScholarlyArticle" if folder == CHAPTERS else "WebPage"


def complete(site: Path, edition: dict[str, str], published: bool) -> None:
    """Put into the pages of a site what rests on its files: hashes, sitemap, `robots.txt`."""
    for page, files in datasets(site).items():
        path = site / f"{page}.html"
        text = path.read_text(encoding="utf-8")
        listed = [download(site, edition["address"] or up(page), each) for each in files]
        whole = f'"distribution": {json.dumps(listed)}'
        chapters.write(path, text.replace(FILES, whole).encode())
    address = edition["address"] if published else ""
    if address:  # which a sitemap must have
        entries = "".join(
            f"<url><loc>{html.escape(address + name)}</loc>"
            f"<lastmod>{edition['published']}</lastmod></url>\n"
            for name in listed_pages(site)
        )
        (site / "sitemap.xml").write_text(SITEMAP.format(entries), encoding="utf-8")
    rule = "Disallow:" if published else "Disallow: /"
    sitemap = f"Sitemap: {address}sitemap.xml\n" if address else ""
    (site / "robots.txt").write_text(f"User-agent: *\n{rule}\n{sitemap}", encoding="utf-8")


def datasets(site: Path) -> dict[str, list[Path]]:
    """Return the pages of tables and figures, each with its files."""
    found = {}
    for entry in data.descriptor()["resources"]:
        for path in site.glob(f"{page_of(entry['name'], 1)}*.html"):
            if re.fullmatch(rf"{re.escape(entry['name'])}(-\d+)?", path.stem):
                found[f"tables/{path.stem}"] = [site / "data" / entry["path"]]
    for folder in sorted(path for path in (site / "figures").glob("*") if path.is_dir()):
        files = [path for path in sorted(folder.iterdir()) if path.suffix in FORMATS]
        found[f"figures/{folder.name}"] = files
    return found


def download(site: Path, base: str, path: Path) -> dict[str, str]:
    """Return a file of a site as JSON-LD."""
    return {
        "@type": "DataDownload",
        "name": path.name,
        "contentUrl": f"{base}{path.relative_to(site).as_posix()}",
        "encodingFormat": FORMATS[path.suffix],
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def listed_pages(site: Path) -> list[str]:
    """Return the pages of a site that a search engine may list; not those that lead on."""
    found = []
    for path in sorted(site.rglob("*.html")):
        head = path.read_text(encoding="utf-8").partition("<body")[0]
        if UNLISTED not in head and 'http-equiv="refresh"' not in head:
            found.append(path.relative_to(site).as_posix())
    return found


def setup(app):
    """Register what is told."""
    app.connect("builder-inited", form, priority=550)
    app.connect("html-page-context", told, priority=550)  # after `pages`
