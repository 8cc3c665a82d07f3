"""Every page of the built site in Chromium: bytes, requests, elements, and when it is there.

Each page is opened in a fresh context (nothing cached), over slow 4G (1.6 Mbit/s, 150 ms) with a
processor four times slower, as Lighthouse does on a phone. Served gzipped by this machine. Prints
one line a kind of page, the worst of its pages, beside the budget.

    make book && .venv/bin/python benchmarks/pages.py
"""

import contextlib
import gzip
import http.server
import sys
import threading
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import chromium
from playwright.sync_api import sync_playwright

SITE = Path(__file__).parents[1] / "_build/html"
PHONE = {"width": 375, "height": 800}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 9e4}
BUDGET = {"KB": 100, "elements": 4000, "LCP s": 1.6, "TBT s": 0.3, "CLS": 0.0}
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
    """Serve the site compressed, as hosts do."""

    def __init__(self, *given, **more):
        super().__init__(*given, directory=str(SITE), **more)

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


def measured(browser, address: str) -> dict[str, float]:
    """Open a page as a phone on a slow line would; what it took."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    asked, sizes = set(), []

    def ask(said: dict) -> None:
        if said["request"]["url"].startswith("http"):  # what lies inside another file is no request
            asked.add(said["requestId"])

    def receive(got: dict) -> None:
        if got["requestId"] in asked:
            sizes.append(got["encodedDataLength"])

    wire.on("Network.requestWillBeSent", ask)
    wire.on("Network.loadingFinished", receive)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(OBSERVE)
    page.goto(address, wait_until="networkidle")
    seen = page.evaluate("window.seen")
    elements = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    found = {"KB": sum(sizes) / 1000, "elements": elements, "LCP s": seen["lcp"] / 1000}
    return found | {"TBT s": seen["tbt"] / 1000, "CLS": seen["cls"], "requests": len(sizes)}


def kind_of(name: str) -> str:
    """What sort of page a path is."""
    parts = name.split("/")
    if name.startswith("book/chapters/"):
        return "chapter" if len(parts) == 3 else f"chapter's {parts[3].removesuffix('.html')}"
    return name if parts[0] == "book" and len(parts) == 2 else parts[-2] if len(parts) > 1 else name


def main() -> None:
    """Measure every page, or those whose path holds a word that is given."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    names = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
    worst, counted = defaultdict(dict), defaultdict(int)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gzipped)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.found(), args=["--no-sandbox"])
        for name in names:
            if wanted not in name or name == "index.html":
                continue
            found = measured(browser, f"http://127.0.0.1:{server.server_port}/{name}")
            kind = kind_of(name)
            counted[kind] += 1
            for what, number in found.items():
                worst[kind][what] = max(worst[kind].get(what, 0), number)
        browser.close()
    print(f"{'the worst of each kind':34}", *(f"{what:>10}" for what in [*BUDGET, "requests"]))
    for kind, found in sorted(worst.items()):
        label = f"{kind} ({counted[kind]})"
        print(f"{label:34}", *(f"{found[what]:10.2f}" for what in [*BUDGET, "requests"]))
    print(f"{'budget':34}", *(f"{limit:10.2f}" for limit in BUDGET.values()))


if __name__ == "__main__":
    main()
