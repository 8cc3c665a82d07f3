"""The search of the report: its records, and the index that Pagefind makes of them.

A record is something a reader looks for: a page or a part of one, a calculator, a figure, a tested
sentence, an assumption, a table, a row of the ledger, a source. Pagefind makes the index when the
site is published and ranks the answers in the page; nothing but the pieces that a question needs is
loaded. Chinese has no blanks between words, so its characters are parted, here and in the question
(`search.js`).
"""

import contextlib
import csv
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from lxml import html as html_tree
from lxml.etree import XPath
from lxml.html import HtmlElement

from computecycle.evidence import data
from computecycle.evidence.errors import InputError
from computecycle.runs import chapters
from computecycle.site import addresses, inputs
from computecycle.site.archive import shared

HAN = re.compile(r"([\u3400-\u9fff])")
ALSO = {  # names by which Chinese readers know whom the report names
    "Guosen": "国信证券",
    "NVIDIA": "英伟达",
    "Sequoia": "红杉、红杉资本",
    "J.P. Morgan": "摩根大通",
    "Caijing": "财经",
    "Microsoft": "微软",
    "Alphabet": "谷歌",
    "Google": "谷歌",
    "Amazon": "亚马逊",
    "Alibaba": "阿里巴巴、阿里云",
    "Tesla": "特斯拉",
    "BYD": "比亚迪",
    "Huawei": "华为",
    "Bitcoin": "比特币",
    "electricity": "电力",
    "Ethereum": "以太坊",
    "depreciation": "折旧",
    "Depreciation": "折旧",
    "Intel ": "英特尔",
}
NAMED = (
    "source",
    "table",
    "figure",
    "assumption",
    "calculator",
)  # what is about a name, not only mentions it
WORDS = {"source": 0.3}  # how much the words of a kind weigh: a source is looked for by its author
OMITTED = ("cc-card", "cc-hidden", "cc-picture", "cc-footer", "headerlink", "cc-facts")
OMITTED += ("cc-sources", "cc-parts")  # a source has a record of its own
UNREAD = XPath(
    "//script | //*["
    + " or ".join(f"contains(concat(' ', @class, ' '), ' {each} ')" for each in OMITTED)
    + "]"
)
WRITTEN = {"book/*.html": "page", "book/calculators/*.html": "calculator"}  # besides chapters
PARTS = ("h1", "h2")
HEADINGS = XPath("//article//h1 | //article//h2")
JUDGED = XPath("//tr[starts-with(@id, 'claim-')]")
MEMORY, ROOM = "/dev/shm", 20  # of Linux; a letter may take four bytes, a file a whole block
UNUSED = ("pagefind-ui", "pagefind-modular", "pagefind-component", "pagefind-highlight")
UNUSED += ("pagefind-worker", "wasm.unknown")


@dataclass(frozen=True)
class Record:
    """What a reader may look for: its address, title and kind, its words, its small picture."""

    address: str
    title: str
    kind: str
    words: str
    image: str = ""
    called: str = ""  # what it is called besides its title

    def page(self) -> str:
        """Return the record as the page from which Pagefind takes it. HTML."""
        names = ALSO if self.kind in NAMED else {}
        also = {each for name, each in names.items() if name in self.title}
        more = {each for name, each in names.items() if name in self.words} - also
        title = parted(f"{self.title} {self.called}{behind(also)}")
        words = parted(f"{self.words}{behind(more)}")
        shown = {"title": self.title, "address": self.address, "kind": self.kind}
        shown |= {"image": self.image} if self.image else {}
        weight = 10 if self.kind in NAMED or self.called else 4
        metas = "".join(
            f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(text)}">'
            for name, text in shown.items()
        )
        return (
            f'<!doctype html><html lang="en"><head>{metas}</head><body data-pagefind-body>'
            f'<p data-pagefind-weight="{weight}">{html.escape(title)}</p>'
            f'<p data-pagefind-weight="{WORDS.get(self.kind, 1)}">{html.escape(words)}</p>'
            "</body></html>"
        )


def behind(names: set[str]) -> str:
    """Return other names as they stand behind what bears them."""
    return f" ({'、'.join(sorted(names))})" if names else ""


def parted(words: str) -> str:
    """Return words on one line, with blanks around each Chinese character and the apostrophes that
    a keyboard has."""
    return " ".join(HAN.sub(r" \1 ", words.replace("’", "'")).split())


def opened(path: Path) -> HtmlElement:
    """Return a written page without what is no word of it."""
    tree = html_tree.document_fromstring(path.read_text(encoding="utf-8"))
    for each in UNREAD(tree):
        each.drop_tree()
    return tree


def spoken(element: HtmlElement) -> str:
    """Return the words of an element, with a blank between its parts."""
    return " ".join(text for each in element.itertext() if (text := each.strip()))


def of_page(site: Path, name: str, kind: str) -> Iterator[Record]:
    """Yield a record for each part of a written page, by its headings."""
    headings = HEADINGS(opened(site / name))
    titles = [spoken(each) for each in headings if each.tag == "h1"]
    title = re.sub(r"^\d+\. ", "", titles[0]) if titles else ""
    for heading in headings:
        after = [
            each for each in heading.itersiblings() if each.tag not in ("section", "figure", *PARTS)
        ]
        words, own = " ".join(map(spoken, after)), spoken(heading)
        if heading.tag == "h1":
            yield Record(name, title, kind, words, called="calculator" * (kind == "calculator"))
        elif part := heading.getparent().get("id"):
            yield Record(f"{name}#{part}", f"{title} · {own}", kind, words)


def of_chapter(known: dict, number: int | None) -> Iterator[Record]:
    """Yield a record for each figure, tested sentence and assumption of a chapter's results.

    number : of the chapter, where the book numbers it.
    """
    for place, figure in enumerate(known["figures"], start=1):
        called = f"figure{number}x{place}" if number else ""  # see `search.js`
        words = f"{figure['caption']} {figure['note']} {known['title']} {figure['id']}"
        image = f"figures/{figure['id']}/{figure['id']}-small.png"
        yield Record(
            f"figures/{figure['id']}.html", figure["title"], "figure", words, image, called
        )
    for claim in (each for each in known["claims"] if each["holds"] is not None):
        page = addresses.chapter_page(known["chapter"], f"claim-{claim['id']}")
        yield Record(page, claim["text"], "tested sentence", known["title"])
    for each in (each for each in known["parameters"] if each["unit"]):
        page = f"{addresses.CHAPTERS}/{known['chapter']}/notebook.html#parameter-{each['name']}"
        meaning, name = each["meaning"].partition(";")[0], each["name"].replace("_", " ")
        title = f"{meaning[:1].upper()}{meaning[1:]} ({name})"
        set_to = "From the data" if each["value"] is None else f"{each['value']} {each['unit']}"
        yield Record(page, title, "assumption", f"{set_to}. {known['title']}")


def of_tables() -> Iterator[Record]:
    """Yield a record for each table."""
    for entry in data.descriptor()["resources"]:
        columns = " ".join(field["name"].replace("_", " ") for field in entry["schema"]["fields"])
        words = f"{entry['description']} Columns: {columns}. {entry['name'].replace('_', ' ')}"
        yield Record(f"tables/{entry['name']}.html", entry["title"], "table", words)


def of_ledger(site: Path) -> Iterator[Record]:
    """Yield a record for each row of the ledger, as its page has it."""
    for page in sorted((site / "book/ledger").glob("*.html")):
        for row in JUDGED(html_tree.document_fromstring(page.read_text(encoding="utf-8"))):
            cells = [spoken(each) for each in row.findall("td")[:3]]
            url = f"book/ledger/{page.name}#{row.get('id')}"
            yield Record(url, cells[0], "row of the ledger", " ".join(cells[1:]))


def of_sources() -> Iterator[Record]:
    """Yield a record for each source: its author and year with who published it, its title."""
    for key, fields in inputs.package().sources().items():
        who, short = fields.get("organization", "").partition(",")[0], fields["short"]
        title = short if not who or short.startswith(who) else f"{short}, {who}"
        yield Record(addresses.source(key), title, "source", fields.get("title", ""))


def asked(root: Path) -> dict[str, str]:
    """Return what readers also call a page, by its address, as `book/search.csv` below `root` has
    it: names and questions that its own words lack."""
    path = root / "book/search.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["address"]: row["asked"] for row in csv.DictReader(file)}


def named(found: list[Record], names: dict[str, str]) -> list[Record]:
    """Return records with what readers also call them, by address."""
    return [
        replace(each, called=f"{each.called} ({names[each.address]})".strip())
        if each.address in names
        else each
        for each in found
    ]


def records(site: Path, results: list[dict], numbers: dict[str, int]) -> list[Record]:
    """Return every record of a built site, in a fixed order.

    results : of the chapters that the site shows. numbers : of the chapters, by their page.
    """
    further = {
        f"{addresses.sources_page(at)}.html" for at in range(2, len(addresses.sources()) + 1)
    }
    pages = {
        path.relative_to(site).as_posix(): kind
        for way, kind in WRITTEN.items()
        for path in sorted(site.glob(way))
    }
    chapters = [addresses.chapter_page(known["chapter"]) for known in results]
    found = [each for name in chapters for each in of_page(site, name, "chapter")]
    found += [
        each for name in sorted(pages.keys() - further) for each in of_page(site, name, pages[name])
    ]
    for known in results:
        found += of_chapter(known, numbers.get(f"{addresses.CHAPTERS}/{known['chapter']}"))
    return [*found, *of_tables(), *of_ledger(site), *of_sources()]


def write(site: Path, results: list[dict], numbers: dict[str, int], root: Path) -> None:
    """Write the index of a built site into it; InputError where Pagefind does not.

    root : of the report, where the index stays for the next site with the same records.
    """
    kept, mark = root / "_build/search", ".made-of"
    found = named(records(site, results, numbers), asked(root))
    pages = [each.page() for each in found]
    made_of = chapters.digest(version("pagefind").encode(), *map(str.encode, pages))
    if not (kept / mark).exists() or (kept / mark).read_text() != made_of:
        shutil.rmtree(kept, ignore_errors=True)
        indexed(pages, kept)
        (kept / mark).write_text(made_of)
    left_out = shutil.ignore_patterns(mark)
    shutil.copytree(kept, site / "pagefind", ignore=left_out, copy_function=shared)


def roomy(letters: int) -> str | None:
    """Return where many small files are soon written: a file system in memory that has room for
    some letters; the usual place where there is none."""
    with contextlib.suppress(OSError):
        if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM * letters:
            return MEMORY
    return None


def indexed(pages: list[str], folder: Path) -> None:
    """Write the index of some pages; InputError where Pagefind does not."""
    with tempfile.TemporaryDirectory(dir=roomy(sum(map(len, pages)))) as read:
        for number, page in enumerate(pages):
            Path(read, f"{number}.html").write_text(page, encoding="utf-8")
        words = ["--site", read, "--output-path", str(folder)]
        command = [sys.executable, "-m", "pagefind", *words]
        outcome = subprocess.run(command, capture_output=True, text=True)
    if outcome.returncode:
        raise InputError(f"The search could not be made: {outcome.stderr.strip()}")
    for path in sorted(folder.iterdir()):
        if path.name.startswith(UNUSED):
            path.unlink()
