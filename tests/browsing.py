"""A page in a real browser that reaches only this machine, and what went wrong on it."""

import contextlib
import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Locator, Page

# What a page says of marks. (`wait_for_function` runs a text, which the policy of pages refuses.)
TOLD = """() => { const told = computecycle.marks; window.told = new Promise((known) => {
  computecycle.marks = (given) => { told(given); known(); }; }); }"""


SHARED = (".css", ".js", ".svg", ".woff2")
POLL = 0.02  # s, in which a server notices that it shall end


class Silent(http.server.SimpleHTTPRequestHandler):
    """Serve files and say nothing; what pages share need not be asked for again."""

    def log_message(self, *_):
        pass

    def end_headers(self):
        if self.path.endswith(SHARED):
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; gives its address."""
    handler = functools.partial(Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[POLL])
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


WINDOW = {"width": 1280, "height": 720}
MEDIA = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
FORGET = "() => { for (const kept of [localStorage, sessionStorage]) kept.clear(); }"
_windows: dict[tuple, list[Page]] = {}  # open and free, by browser and what is set for good


@contextlib.contextmanager
def window(browser: Browser, viewport: dict = WINDOW, **more) -> Iterator[Page]:
    """A page of a browser, as new. To open a window takes longer than most tests, so one is handed
    on, cleared: size and media are set anew, what a site has stored and was allowed is forgotten.
    """
    media = MEDIA | {key: more.pop(key) for key in MEDIA if key in more}
    free = _windows.setdefault((browser, *map(repr, sorted(more.items()))), [])
    page = free.pop() if free else browser.new_context(**more).new_page()
    page.set_viewport_size(viewport)
    page.emulate_media(**media)
    try:
        yield page
        page.unroute_all()
        page.context.clear_permissions()
        page.context.grant_permissions(more.get("permissions", []))
        with contextlib.suppress(Error):  # a page from the disk may have no storage
            page.evaluate(FORGET)
        page.mouse.move(0, 0)
        page.goto("about:blank")
    except BaseException:
        page.context.close()
        raise
    free.append(page)


@contextlib.contextmanager
def alone(browser: Browser, **more) -> Iterator[Page]:
    """A page in a window of its own, in which nothing is cached."""
    context = browser.new_context(**more)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextlib.contextmanager
def visiting(browser: Browser, opened=window, **more) -> Iterator[Visit]:
    """A page of a browser that finds no other host, `opened` in a window; all that goes wrong on
    it is noted."""
    with opened(browser, **more) as page:
        visit = Visit(page)
        noting = listeners(visit)
        for event, heard in noting.items():
            page.on(event, heard)
        yield visit
        for event, heard in noting.items():
            page.remove_listener(event, heard)


def listeners(visit: Visit) -> dict[str, Callable]:
    """What notes on a visit that something went wrong, by event."""

    def asked(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("file", "data", "blob", "about") and parts.hostname != "127.0.0.1":
            visit.troubles.append(f"asked another host: {request.url}")

    def note(kind: str, words: str) -> None:
        visit.troubles.append(f"{visit.page.url}: {kind}: {words}")

    def failed(request) -> None:
        # the test went on to the next page, or scripts are switched off
        if request.failure not in ("net::ERR_ABORTED", "csp"):
            note(request.failure, request.url)

    return {
        "request": asked,
        "console": lambda said: said.type == "error" and note(said.location["url"], said.text),
        "pageerror": lambda problem: note("script", str(problem)),
        "requestfailed": failed,
        "dialog": lambda dialog: (note("dialog", dialog.message), dialog.dismiss()),
        "response": lambda got: got.status >= 400 and note(str(got.status), got.url),
    }


def ask_marks(picture: Locator) -> None:
    """Focus a picture and wait until its page has been told what the marks say."""
    picture.page.evaluate(TOLD)
    picture.focus()
    picture.page.evaluate("() => window.told")
