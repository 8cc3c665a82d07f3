"""The report's type: small parts of Source Sans and Source Serif, made when the site is built.

The licence (SIL Open Font License 1.1) reserves the name "Source" for the whole fonts, so the parts
bear names of our own, inside too. What a part lacks, Chinese above all, comes from the reader's
machine by the list of faces in `charts.tokens`.
"""

import base64
import io
import shutil
from collections.abc import Collection
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro

from computecycle.charts import tokens
from computecycle.runs import chapters

LETTERS = "".join(map(chr, range(0x20, 0x7F)))  # what a keyboard has
LETTERS += "\u00a0±²³·×äéöü–—‘’“”…€−≤≥✓⁴⁵⁶⁷⁸⁹"
FEATURES = ["kern", "liga", "tnum", "lnum"]
NAMES = {1: "{family}", 4: "{family} {style}", 6: "{joined}-{style}", 16: "{family}"}  # by their
# number in the table of a font that says what it is called
CUTS = [  # family, its package, the cut's file, the weights that it serves on a page
    (tokens.SANS, font_source_sans_pro, "SourceSansPro-Regular", "400"),
    (tokens.SANS, font_source_sans_pro, "SourceSansPro-Semibold", "600 700"),
    (tokens.SERIF, font_source_serif_pro, "SourceSerifPro-Regular", "400"),
    (tokens.SERIF, font_source_serif_pro, "SourceSerifPro-Bold", "600 700"),
]


def kept(folder: Path, family: str, path: Path) -> bytes:
    """Return the part of a font that pages need, made once for all builds: taking it from the font
    needs half as long as all else that Sphinx does for a small book."""
    from fontTools import version

    asked = repr((family, path.name, LETTERS, FEATURES, NAMES, version))
    file = folder / f"{chapters.digest(asked.encode(), path.read_bytes())}.woff2"
    if not file.exists():
        chapters.write(file, part(family, str(path)))
    return file.read_bytes()


def part(family: str, path: str) -> bytes:
    """Return the part of a font that pages need, as WOFF2; the same bytes each time."""
    from fontTools import subset, ttLib

    options = subset.Options()
    options.layout_features, options.hinting = FEATURES, False
    options.flavor, options.desubroutinize, options.name_IDs = "woff2", True, list(NAMES)
    font = ttLib.TTFont(path, recalcTimestamp=False)
    chosen = subset.Subsetter(options)
    chosen.populate(text=LETTERS)
    chosen.subset(font)
    style = Path(path).stem.rsplit("-", 1)[1]
    for record in font["name"].names:
        joined = family.replace(" ", "")
        record.string = NAMES[record.nameID].format(family=family, joined=joined, style=style)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def css(folder: Path, families: Collection[str] = (tokens.SANS, tokens.SERIF)) -> str:
    """Return the parts of some families as lines of a style sheet.

    folder : where the parts are kept between builds.

    They travel inside it, so no text is ever set in another face first and then moves.
    """
    lines = []
    for family, package, cut, weight in (each for each in CUTS if each[0] in families):
        file = Path(package.font_directory, f"{cut}.ttf")
        inside = base64.b64encode(kept(folder, family, file)).decode()
        lines.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};'
            f'src:url("data:font/woff2;base64,{inside}") format("woff2")}}\n'
        )
    return "".join(lines)


def licence(folder: Path) -> None:
    """Put the licence of the fonts into a folder."""
    shutil.copy(
        Path(font_source_serif_pro.font_directory, "LICENSE.txt"), folder / "fonts.LICENSE.txt"
    )
