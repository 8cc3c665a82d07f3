"""Every page of the built site in Chromium: bytes, requests, elements, and when it is there.

Each page is opened in fresh contexts (nothing cached), on a phone and on a wide screen, until all
that it asks for is there; the heaviest of each kind once more on the phone, over slow 4G (1.6
Mbit/s, 150 ms) with a processor four times slower, as Lighthouse does. This machine serves them
gzipped.

    make book && .venv/bin/python benchmarks/pages.py    # all kinds; with a word, the paths with it
"""

import contextlib
import gzip
import http.server
import re
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import stock
from tables import Table, say

SITE = Path(__file__).parents[1] / "_build/html"
TITLE = "Pages"
PHONE, WIDE = {"width": 375, "height": 812}, {"width": 1280, "height": 900}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 9e4}
BUDGET = {"KB": 100, "KB, 1280 px": 100, "elements": 4000, "LCP s": 1.6, "TBT s": 0.3, "CLS": 0.0}
COLUMNS = [*BUDGET, "requests", "to other hosts"]
PAINTED = 6  # pages of a kind, the heaviest, whose times are taken
PATIENCE = 40  # quarters of a second, for the first paint
CHAPTER = "capex_gap"
PART = re.compile(r"-\d+(?=\.html$)")  # of the list of sources
WORDS = f"""The worst of each kind, number by number: bytes (gzip, first visit), elements and
requests of all pages; times of its {PAINTED} heaviest: largest contentful paint, total blocking
time, cumulative layout shift. Stock is chapter {CHAPTER} as Jupyter Book 1 builds it; no other
host answers here, so what it asks of others counts as a request and weighs nothing. The screen is
a phone's, but for the second column. Pages that quote Chinese weigh more where the machine has
none, as a bare server: they ask for the letters that are near the screen."""
SETTLED = """document.fonts.ready.then(() => new Promise((drawn) =>
  requestAnimationFrame(() => requestAnimationFrame(() => drawn()))))"""  # type and near pictures
OBSERVE = """window.seen = {lcp: 0, tbt: 0, cls: 0};
new PerformanceObserver((list) => list.getEntries().forEach((e) => { seen.lcp = e.startTime; }))
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((e) => {
  seen.tbt += e.duration - 50;
}))
  .observe({type: "longtask", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((e) => { seen.cls += e.value; }))
  .observe({type: "layout-shift", buffered: true});"""


class Gzipped(http.server.SimpleHTTPRequestHandler):
    """Serve a folder compressed, as hosts do."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        content = gzip.compress(path.read_bytes(), 9)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(content)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, compressed; gives its address."""

    def handler(*given):
        return Gzipped(*given, directory=str(folder))

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def heard(wire) -> tuple[set[str], list[str], dict[str, int]]:
    """Note what a page asks for: each request, the addresses of other hosts, the bytes of each
    answer, none where there was none."""
    asked, others, sizes = set(), [], {}

    def ask(said: dict) -> None:
        url = said["request"]["url"]
        if url.startswith("http"):  # what lies inside another file is no request
            asked.add(said["requestId"])
            others.extend([url] * (not url.startswith("http://127.0.0.1")))

    def receive(got: dict) -> None:
        sizes[got["requestId"]] = got.get("encodedDataLength", 0)

    wire.on("Network.requestWillBeSent", ask)
    wire.on("Network.loadingFinished", receive)
    wire.on("Network.loadingFailed", receive)
    wire.send("Network.enable")
    return asked, others, sizes


def measured(browser, address: str, slow: bool = False, screen: dict = PHONE) -> dict[str, float]:
    """Open a page in a fresh context; return what it took. slow : as a phone on a slow line."""
    context = browser.new_context(viewport=screen)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    asked, others, sizes = heard(wire)
    if slow:
        wire.send("Network.emulateNetworkConditions", SLOW)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(OBSERVE)
    page.goto(address, wait_until="networkidle" if slow else "load")
    seen = page.evaluate("window.seen")
    for _ in range(PATIENCE if slow else 0):  # a heavy page may have all its files and no paint yet
        if seen["lcp"]:
            break
        page.wait_for_timeout(250)
        seen = page.evaluate("window.seen")
    page.evaluate(SETTLED)
    elements = page.evaluate("document.querySelectorAll('*').length")
    while asked - sizes.keys():
        page.wait_for_timeout(20)
        page.evaluate(SETTLED)
    found = {"KB": sum(sizes[each] for each in asked) / 1000, "elements": elements}
    found |= {"requests": len(asked), "to other hosts": len(others)}  # closing may hear of more
    context.close()
    times = {"LCP s": seen["lcp"] / 1000, "TBT s": seen["tbt"] / 1000, "CLS": seen["cls"]}
    return found | times if slow else found


def names(site: Path) -> list[str]:
    """Return the pages of a site but those that only lead on."""
    read = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    there = [path for path, text in read.items() if 'http-equiv="refresh"' not in text]
    return sorted(path.relative_to(site).as_posix() for path in there)


def kind_of(name: str) -> str:
    """Return what sort of page a path is."""
    parts = name.split("/")
    if name.startswith("book/chapters/"):
        return "chapter" if len(parts) == 3 else f"chapter's {parts[3].removesuffix('.html')}"
    if parts[0] == "book" and len(parts) == 2:
        return PART.sub("", name)
    return parts[-2] if len(parts) > 1 else name


def worst(found: list[dict[str, float]]) -> dict[str, float]:
    """Return the largest of each number."""
    return {what: max(each.get(what, 0) for each in found) for what in COLUMNS}


def on_both(browser, address: str, slow: bool = False) -> dict[str, float]:
    """Return the numbers of a page on a phone's screen, with its bytes on a wide one."""
    wide = measured(browser, address, screen=WIDE)["KB"]
    return measured(browser, address, slow=slow) | {"KB, 1280 px": wide}


def by_kind(browser, wanted: str) -> Iterator[tuple[str, int, dict[str, float]]]:
    """Yield each kind of page with their number and the worst of their numbers."""
    kinds = defaultdict(list)
    with serving(SITE) as address:
        for name in (name for name in names(SITE) if wanted in name):
            found = on_both(browser, address + name)
            kinds[kind_of(name)].append((found["KB"], name, found))
        for kind, pages in sorted(kinds.items()):
            say(f"{kind}: {len(pages)} pages")
            heaviest = sorted(pages, reverse=True, key=lambda page: page[:2])[:PAINTED]
            slow = [measured(browser, address + name, slow=True) for _, name, _ in heaviest]
            yield kind, len(pages), worst([*slow, *(found for _, _, found in pages)])


def of_stock(browser) -> dict[str, float]:
    """Return the numbers of a chapter that Jupyter Book builds as it comes."""
    say(f"stock Jupyter Book builds {CHAPTER}")
    with tempfile.TemporaryDirectory() as name:
        _, pages = stock.book(Path(name, "stock"), [CHAPTER])
        with serving(pages) as address:
            return on_both(browser, f"{address}{CHAPTER}.html", slow=True)


def measure(wanted: str = "") -> Iterator[Table]:
    """Yield the worst of each kind of page beside the budget and a stock page."""
    import chromium
    from playwright.sync_api import sync_playwright

    if not chromium.found() or not SITE.is_dir():
        yield Table("Not measured: it needs a built site and Chromium.")
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.found(), args=chromium.ARGUMENTS)
        rows = [
            [f"{kind} ({count})", *(found[what] for what in COLUMNS)]
            for kind, count, found in by_kind(browser, wanted)
        ]
        rows.append(["budget", *BUDGET.values(), "", 0])
        if not wanted:
            found = of_stock(browser)
            rows.append(["stock chapter", *(found[what] for what in COLUMNS)])
        browser.close()
    yield Table(WORDS, ["kind (pages)", *COLUMNS], rows)


if __name__ == "__main__":
    for table in measure(*sys.argv[1:2]):
        print(table.markdown())
