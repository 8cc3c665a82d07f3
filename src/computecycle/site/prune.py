"""Take out of the built pages what the theme ships and no page loads; leave a whole front door."""

import re
import shutil
from pathlib import Path

from computecycle.runs import chapters

LOADED = {
    "style.css",
    "calculator.css",
    "theme.js",
    "report.js",
    "ledger.js",
    "search.js",
    "calculator.js",
    "formulas.js",
    "lost.js",
    "favicon.png",
    "fonts.LICENSE.txt",
    "chinese.LICENSE.txt",
    "pagefind.LICENSE.txt",
}
NAMED = re.compile(r"chinese-\w+\.(?:css|woff2)")  # letters of a page, see `fonts`
UNUSED = ["genindex.html", "objects.inv", ".buildinfo", "_sources"]


FRONT = "book/index.html"
DOOR = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=book/index.html">
<title>To the front page</title>
<link rel="icon" href="_static/favicon.png">
</head>
<body><p><a href="book/index.html">To the front page</a></p></body>
</html>
"""


def prune(site: Path) -> None:
    """Remove what no reader loads from a copy of the built site, and lead from its root to it."""
    loaded = LOADED | letters(site)
    shipped = sorted((site / "_static").glob("*"))
    left = [path for path in shipped if path.name not in loaded]
    if (site / FRONT).exists():
        chapters.write(site / "index.html", DOOR.encode())
    for path in [*left, *(site / name for name in UNUSED)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def letters(site: Path) -> set[str]:
    """Return the names of the style sheets of Chinese letters that pages load, and of their files:
    a page that shows others now has left its old ones behind."""
    read = (page.read_text(encoding="utf-8") for page in site.rglob("*.html"))
    styles = {name for text in read for name in NAMED.findall(text)}
    read = ((site / "_static" / name).read_text(encoding="utf-8") for name in styles)
    return styles.union(*map(NAMED.findall, read))
