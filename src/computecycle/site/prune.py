"""Take out of the built pages what the theme ships and no page needs.

Four fifths of a stock page's weight is one script that draws icons (1.5 MB); `assets/report.css`
draws the dozen that are used. Source maps, templates and other languages' words go too.
"""

import re
import shutil
from pathlib import Path

ICON_SCRIPT = re.compile(r'\s*<script src="[^"]*/fontawesome\.js[^"]*"></script>')
ICON_FONT = re.compile(r"@font-face\s*\{[^}]*vendor/fontawesome[^}]*\}")
VERSION = re.compile(r"(mystnb\.\w+\.css)\?v=\w+")  # a first build leaves it out, later ones do not
UNUSED = [
    "_static/scripts/fontawesome.js",
    "_static/scripts/fontawesome.js.LICENSE.txt",
    "_static/vendor",
    "_static/locales",
    "_static/webpack-macros.html",
    "_static/sbt-webpack-macros.html",
]


def prune(site: Path) -> None:
    """Remove what no reader loads from a copy of the built site."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(VERSION.sub(r"\1", ICON_SCRIPT.sub("", text)), encoding="utf-8")
    for sheet in (site / "_static/styles").glob("*.css"):
        sheet.write_text(ICON_FONT.sub("", sheet.read_text(encoding="utf-8")), encoding="utf-8")
    for path in [*site.rglob("*.map"), *(site / name for name in UNUSED)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
