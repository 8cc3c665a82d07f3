"""A page in a real browser that reaches only this machine, and what went wrong on it."""

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page

# What a page says of marks. (`wait_for_function` runs a text, which the policy of pages refuses.)
TOLD = """() => { const told = computecycle.marks; window.told = new Promise((known) => {
  computecycle.marks = (given) => { told(given); known(); }; }); }"""


class Silent(http.server.SimpleHTTPRequestHandler):
    """Serve files and say nothing."""

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; gives its address."""
    handler = functools.partial(Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Visit:
    """A page with everything that went wrong on it."""

    page: Page
    troubles: list[str] = field(default_factory=list)

    def go(self, address: str) -> Page:
        self.page.goto(address, wait_until="load")
        return self.page


@contextlib.contextmanager
def visiting(browser: Browser, **more) -> Iterator[Visit]:
    """A page in a fresh context (nothing cached) of a browser that finds no other host."""
    context = browser.new_context(**more)
    visit = Visit(context.new_page())

    def asked(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("file", "data", "blob") and parts.hostname != "127.0.0.1":
            visit.troubles.append(f"asked another host: {request.url}")

    def note(kind: str, words: str) -> None:
        visit.troubles.append(f"{visit.page.url}: {kind}: {words}")

    def failed(request) -> None:
        # the test went on to the next page, or scripts are switched off
        if request.failure not in ("net::ERR_ABORTED", "csp"):
            note(request.failure, request.url)

    page = visit.page
    page.on("request", asked)
    page.on("console", lambda said: said.type == "error" and note("console", said.text))
    page.on("pageerror", lambda problem: note("script", str(problem)))
    page.on("requestfailed", failed)
    page.on("dialog", lambda dialog: (note("dialog", dialog.message), dialog.dismiss()))
    page.on("response", lambda got: got.status >= 400 and note(str(got.status), got.url))
    try:
        yield visit
    finally:
        context.close()


def ask_marks(picture: Locator) -> None:
    """Focus a picture and wait until its page has been told what the marks say."""
    picture.page.evaluate(TOLD)
    picture.focus()
    picture.page.evaluate("() => window.told")
