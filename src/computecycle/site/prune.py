"""Take out of the built pages what the theme ships and no page loads; leave a whole front door."""

import shutil
from pathlib import Path

from computecycle.runs import chapters

LOADED = {
    "style.css",
    "theme.js",
    "report.js",
    "ledger.js",
    "search.js",
    "calculator.js",
    "formulas.js",
    "lost.js",
    "favicon.png",
    "fonts.LICENSE.txt",
    "chinese.css",
    "chinese-names.woff2",
    "chinese-quotations.woff2",
    "chinese.LICENSE.txt",
    "pagefind.LICENSE.txt",
}
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
    shipped = sorted((site / "_static").glob("*"))
    kept = [path for path in shipped if path.name not in LOADED]
    if (site / FRONT).exists():
        chapters.write(site / "index.html", DOOR.encode())
    for path in [*kept, *(site / name for name in UNUSED)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
