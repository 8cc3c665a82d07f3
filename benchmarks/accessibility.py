"""What the rules of axe-core find on every page of the built report, in each light and size.

Run by `make bench` after `make book`; the browser and the rules are those of the tests.
"""

import itertools
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))


def pages(site: Path) -> list[str]:
    """Return the pages of a site but its front door, which only leads on."""
    found = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
    return [name for name in found if name != "index.html"]


def main() -> None:
    """Print how many pages were looked at and each thing that is wrong, with an example."""
    try:
        import chromium
        from axe import violations
        from browsing import serving, visiting
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("accessibility: not measured; `make test` installs what it needs")
        return
    site = (ROOT / "_build/html").resolve()
    found, looks = Counter(), itertools.product(["light", "dark"], [1280, 375], [True, False])
    with serving(site) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.found(), args=["--no-sandbox"])
        for scheme, width, script in looks:
            size = {"width": width, "height": 800}
            with visiting(browser, bypass_csp=True, color_scheme=scheme, viewport=size) as visit:
                if not script:
                    visit.page.route("**/*.js", lambda asked: asked.abort())
                for name in pages(site):
                    for each in violations(visit.go(address + name)):
                        found[f"{scheme}, {width} px, scripts {script}, {name}: {each[:200]}"] += 1
        browser.close()
    print(f"accessibility of {len(pages(site))} pages, light and dark, 1280 and 375 px, with and")
    print(f"without scripts: {sum(found.values())} rules broken")
    for words in found:
        print(f"  {words}")


if __name__ == "__main__":
    main()
