"""What the rules of axe-core find on pages of each kind, in both lights and sizes.

The browser and the rules are those of the tests.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from checkout import ROOT
from pages import kind_of
from tables import Table, say

EACH = 3  # pages of a kind
LOOKS = [("light", 1280, True), ("dark", 375, True), ("light", 375, False)]  # width, scripts
TITLE = "Accessibility"
WORDS = "Rules of axe-core (WCAG 2.2 A and AA, best practice) that are broken, over {} pages."


def pages(site: Path) -> list[str]:
    """Return some pages of each kind of a site but its front door, which only leads on."""
    kinds = defaultdict(list)
    for name in sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")):
        kinds[kind_of(name)].append(name)
    kinds.pop("index.html", None)
    return [name for names in kinds.values() for name in names[:EACH]]


def broken(browser, address: str, names: list[str], look: tuple) -> Counter:
    """Return how often each rule is broken on some pages, with the first place."""
    from axe import teach, violations
    from browsing import visiting

    scheme, width, script = look
    found, size = Counter(), {"width": width, "height": 800}
    with visiting(browser, bypass_csp=True, color_scheme=scheme, viewport=size) as visit:
        if not script:
            visit.page.route("**/*.js", lambda asked: asked.abort())
        for name in names:
            page = visit.go(address + name)
            teach(page)
            for each in violations(page):
                found[f"{name}: {each[:200]}"] += 1
    return found


def measure() -> Iterator[Table]:
    """Yield how many rules are broken in each look; what is broken is named below."""
    import chromium
    from browsing import serving
    from playwright.sync_api import sync_playwright

    site = (ROOT / "_build/html").resolve()
    if not chromium.found() or not site.is_dir():
        yield Table("Not measured: it needs a built site and Chromium.")
        return
    names, rows, told = pages(site), [], []
    with serving(site) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.found(), args=chromium.ARGUMENTS)
        for look in LOOKS:
            scheme, width, script = look
            say(f"{scheme}, {width} px, {'with' if script else 'without'} scripts")
            found = broken(browser, address, names, look)
            rows.append([f"{scheme}, {width} px" + ", without scripts" * (not script), len(found)])
            told += [f"`{words}`" for words in found]
        browser.close()
    yield Table(WORDS.format(len(names)), ["look", "broken"], rows)
    if told:
        yield Table("\n".join(f"- {words}" for words in told[:20]))


if __name__ == "__main__":
    for table in measure():
        print(table.markdown())
