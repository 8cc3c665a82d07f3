"""Take out of the built pages what the theme ships and no page loads."""

import shutil
from pathlib import Path

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
}
UNUSED = ["searchindex.js", "genindex.html", "objects.inv", ".buildinfo", "_sources"]


def prune(site: Path) -> None:
    """Remove what no reader loads from a copy of the built site."""
    shipped = sorted((site / "_static").glob("*"))
    kept = [path for path in shipped if path.name not in LOADED]
    for path in [*kept, *(site / name for name in UNUSED)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
