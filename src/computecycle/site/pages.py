"""What is made beside the written pages: what each page tells of itself, the look, the bundles."""

import html
import re
import shutil
from functools import cache
from pathlib import Path

import yaml

from computecycle.charts import tokens
from computecycle.citing import edition
from computecycle.evidence.days import in_words
from computecycle.runs.studies import RECEIPT
from computecycle.site import archive, exhibits, figures, fonts, inputs, written
from computecycle.site.addresses import CHAPTERS, chapter_numbers, up
from computecycle.site.fresh import of_tables, remembered
from computecycle.site.markup import curled
from computecycle.site.words import ends, long_day, shown_results

STYLES = ["report.css", "ledger.css"]
CALCULATOR = "calculator.css"  # which few pages need
SCRIPTS = ["theme.js", "report.js", "ledger.js", "search.js", "calculator.js", "lost.js"]
CARD = re.compile(r'<span class="cc-card".*?</a></span>|<span class="cc-hidden">.*?</span>|✓')
TAG = re.compile(r"<[^>]*>")
PAGEFIND = "pagefind.LICENSE.txt"  # of the scripts of the search, which travel without it
MARGIN = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)  # of a script, which a reader need not load
COMMENT, BLANKS = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\s*([{};])\s*")  # of a style
SAVED = re.compile(r'(<a href="(?:[^"]*/)?([^"/]+)(?<!\.ipynb)") download(?=>)')
DESCRIBED = 200  # letters of a page's first paragraph


@cache
def kickers(toc: Path, changed: int) -> dict[str, str]:
    """Return what stands above the title of each page: its part and the number of its chapter."""
    numbers, found = chapter_numbers(toc, changed), {}
    for part in yaml.safe_load(toc.read_text(encoding="utf-8")).get("parts", []):
        for entry in part["chapters"]:
            number = numbers.get(entry["file"])
            chapter = f" · Chapter {number}" if number else ""
            found[entry["file"]] = f"{part.get('caption', '')}{chapter}"
    return found


def described(body: str) -> str:
    """Return the words of a page's first paragraph, for those who list pages."""
    paragraph = re.search(r"<p>(.*?)</p>", body, re.DOTALL)
    bare = TAG.sub("", CARD.sub("", paragraph[1])) if paragraph else ""
    words = html.unescape(bare)
    words = " ".join(words.split())
    return words if len(words) <= DESCRIBED else f"{words[:DESCRIBED].rsplit(' ', 1)[0]}…"


def told(app, pagename, templatename, context, doctree):
    """Give the frame of a page what it says of the page and of the edition."""
    toc = Path(app.srcdir, "_toc.yml")
    body = context.get("body", "")
    if body and not pagename.startswith("tables/"):  # whose rows stand as the files have them
        context["body"] = body = curled(body)
    context["kicker"] = kickers(toc, toc.stat().st_mtime_ns).get(pagename, "")
    front = pagename == app.config.root_doc
    context["kind"] = "chapter" if front or pagename.rpartition("/")[0] == CHAPTERS else "page"
    context["described"] = described(body) or context["title"]
    context["edition"] = app.computecycle_edition
    context["data_end"] = app.computecycle_data_end
    shown = context.get("shown") or fonts.HAN.findall(TAG.sub("", body))
    places = (Path(app.srcdir), Path(app.outdir, "_static"))
    context["chinese"] = fonts.chinese(*places, shown, app.computecycle_letters)
    context["judged"] = "cc-filtered" in body
    context["calculates"] = 'class="cc-calculator"' in body


def listed(app, pagename, templatename, context, doctree):
    """Give the frame of a page the contents of the book.

    Pages that are made have no place of their own in them: all of a folder show the same.
    """
    made = pagename not in app.env.found_docs
    place = pagename.rpartition("/")[0] + "/" if made else pagename
    if place not in app.computecycle_contents:
        drawn = context["toctree"](maxdepth=2, includehidden=True, titles_only=True)
        app.computecycle_contents[place] = drawn.replace(' role="heading"', "")
    context["contents"] = app.computecycle_contents[place]


def banner(app, pagename, templatename, context, doctree):
    """Say on every page of a rerun that it is not the published edition, and what differs; what is
    saved from it bears its mark in its name, but for a notebook, which is the published one."""
    run = inputs.record(app.srcdir)
    if not run or "body" not in context:
        return
    mark = html.escape(f"Rerun {run['id']}" if run.get("id") else "Rerun")
    context["title"] = f"{mark} · {context.get('title', '')}"
    body = SAVED.sub(rf'\1 download="{mark.lower().replace(" ", "-")}-\2"', context["body"])
    context["body"] = (
        f'<p class="cc-banner"><strong>{mark}. Not the published edition.</strong> '
        f'{html.escape(inputs.told(run))}. <a href="{up(pagename)}{RECEIPT}">Receipt</a></p>{body}'
    )


def cleared(app) -> list:
    """Remove the files that an earlier build put beside the pages; they are put there again, or are
    gone."""
    out = Path(app.outdir)
    for folder in [out / "data", out / "notebooks", *(out / "figures").glob("*/")]:
        shutil.rmtree(folder, ignore_errors=True)
    return []


def apart(app):
    """Yield the page that a web server shows where there is none, and that of the search."""
    yield "404", {"title": "Not found"}, "lost.html"
    yield "search", {"title": "Search", "shown": fonts.of_report(Path(app.srcdir))}, "search.html"


def bundles(app, problem):
    """Put letters, tables, notebooks and the files of figures beside the pages."""
    if problem or app.builder.format != "html":
        return
    out = Path(app.outdir)
    with fonts.putting(Path(app.srcdir), out / "_static", app.computecycle_letters):
        files(app, out)


def files(app, out: Path) -> None:
    """Put tables, notebooks and the files of figures into a folder."""
    for name in ("data", "figures", "notebooks"):
        (out / name).mkdir(exist_ok=True)
    for name, content in remembered(app, packed, archive.licence()).items():
        (out / "data" / name).write_bytes(content)
    for id, script in exhibits.marks(app).items():
        shutil.copytree(
            figures.files_folder(app, id),
            out / "figures" / id,
            ignore=shutil.ignore_patterns(".*"),
            copy_function=archive.shared,
        )
        (out / "figures" / id / "marks.js").write_text(script, encoding="utf-8")
    for known in shown_results(app):
        shutil.copy2(Path(app.srcdir, "notebooks", f"{known['chapter']}.ipynb"), out / "notebooks")


@of_tables
def packed(licence: bytes) -> dict[str, bytes]:
    """Return the files of the tables by name, and nothing else that lies in their folder."""
    return archive.files(edition.record(inputs.folder()), licence)


def look(app):
    """Write what pages load, before any page: the style sheets, with the type in that of all, the
    scripts."""
    static, assets = Path(app.outdir, "_static"), Path(app.srcdir, "book/assets")
    static.mkdir(parents=True, exist_ok=True)
    fonts.licence(Path(app.srcdir), static)
    shutil.copyfile(assets / PAGEFIND, static / PAGEFIND)
    style = [tokens.css(), fonts.css(Path(app.srcdir, fonts.MADE))]
    style += [(assets / name).read_text(encoding="utf-8") for name in STYLES]
    own = [(assets / CALCULATOR).read_text(encoding="utf-8")]
    for name, each in (("style.css", style), (CALCULATOR, own)):
        short = BLANKS.sub(r"\1", COMMENT.sub("", "".join(each)))
        (static / name).write_text(short, encoding="utf-8")
    for name in SCRIPTS:
        text = MARGIN.sub("", (assets / name).read_text(encoding="utf-8"))
        (static / name).write_text(text, encoding="utf-8")
    app.builder.search = False  # ours is another, see `search`
    known = edition.record(Path(app.srcdir))
    known["day"] = in_words(known["published"])
    app.computecycle_edition = known
    app.computecycle_contents = {}
    app.computecycle_letters = {}
    app.computecycle_data_end = long_day(known := remembered(app, ends), known)


def setup(app):
    """Register what is made."""
    app.connect("builder-inited", look)
    app.connect("html-page-context", told)
    app.connect("html-page-context", listed)
    app.connect("html-collect-pages", cleared, priority=100)  # before any page is made
    app.connect("html-collect-pages", written.changed(apart))
    app.connect("html-page-context", banner, priority=600)
    app.connect("build-finished", bundles)
