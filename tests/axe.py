"""The rules of axe-core, run on a page in a browser."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """(rules) => axe.run({resultTypes: ["violations"], runOnly: rules}).then((found) =>
  found.violations.map((each) => `${each.id} (${each.nodes.length}): ${each.nodes[0].html}`))"""


def teach(page: Page) -> None:
    """Bring the rules to a page that lets scripts in (`bypass_csp`)."""
    page.evaluate(AXE.read_text(encoding="utf-8"))


def violations(page: Page) -> list[str]:
    """What the rules find wrong on a page to which they were brought."""
    return page.evaluate(ASK, RULES)
