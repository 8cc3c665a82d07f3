"""The report's type: small parts of Source Sans and Source Serif, made when the site is built.

The licence (SIL Open Font License 1.1) reserves the name "Source" for the whole fonts, so the parts
bear names of our own, inside too. What a part lacks, Chinese above all, comes from the reader's
machine by the list of faces in `charts.tokens`. For machines without Chinese the site has the
letters that it uses of Droid Sans Fallback (Apache License 2.0), in two files that a page asks for
where nothing else has them: those of names, and the rest, which quotations need.
"""

import base64
import io
import re
import shutil
from collections.abc import Collection, Iterable
from itertools import count, groupby
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro

from computecycle.charts import tokens
from computecycle.evidence import data
from computecycle.runs import chapters

LETTERS = "".join(map(chr, range(0x20, 0x7F)))  # what a keyboard has
LETTERS += "\u00a0±²³·×äéöü–—‘’“”…€−≤≥✓⁴⁵⁶⁷⁸⁹"
ALL_HAN = [*range(0x2E80, 0xA000), *range(0xF900, 0xFB00), *range(0xFF00, 0xFFF0)]
HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
HAN_FONT, HAN_LICENCE = "DroidSansFallback-Regular.woff2", "DroidSansFallback.LICENSE.txt"
FEATURES = ["kern", "liga", "tnum", "lnum"]
NAMES = {1: "{family}", 4: "{family} {style}", 6: "{joined}-{style}", 16: "{family}"}  # by their
# number in the table of a font that says what it is called
CUTS = [  # family, its package, the cut's file, the weights that it serves on a page
    (tokens.SANS, font_source_sans_pro, "SourceSansPro-Regular", "400"),
    (tokens.SANS, font_source_sans_pro, "SourceSansPro-Semibold", "600 700"),
    (tokens.SERIF, font_source_serif_pro, "SourceSerifPro-Regular", "400"),
    (tokens.SERIF, font_source_serif_pro, "SourceSerifPro-Bold", "600 700"),
]


def kept(folder: Path, family: str, path: Path, letters: str) -> bytes:
    """Return the part of a font that pages need, made once for all builds: taking it from the font
    needs half as long as all else that Sphinx does for a small book."""
    from fontTools import version

    asked = repr((family, path.name, letters, FEATURES, NAMES, version))
    file = folder / f"{chapters.digest(asked.encode(), path.read_bytes())}.woff2"
    if not file.exists():
        chapters.write(file, part(family, str(path), letters))
    return file.read_bytes()


def part(family: str, path: str, letters: str) -> bytes:
    """Return some letters of a font, as WOFF2; the same bytes each time."""
    from fontTools import subset, ttLib

    options = subset.Options()
    options.layout_features, options.hinting = FEATURES, False
    options.flavor, options.desubroutinize, options.name_IDs = "woff2", True, list(NAMES)
    font = ttLib.TTFont(path, recalcTimestamp=False)
    chosen = subset.Subsetter(options)
    chosen.populate(text=letters)
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
        inside = as_text(kept(folder, family, file, LETTERS))
        lines.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};'
            f'src:url("data:font/woff2;base64,{inside}") format("woff2")}}\n'
        )
    return "".join(lines)


def chinese(root: Path, static: Path) -> None:
    """Put the Chinese letters of the report beside its pages, with a style sheet of them."""
    written = [root / "_toc.yml", *root.glob("notebooks/*.ipynb"), *root.glob("book/*.md")]
    names = letters_of([*written, data.FOLDER / "sources.bib"])
    rest = letters_of(data.FOLDER.glob("*.csv")) - names
    lines = []
    for part_of, letters, asked in (
        ("names", names, sorted(map(ord, names))),
        ("quotations", rest, sorted(set(ALL_HAN) - set(map(ord, names)))),
    ):
        if letters:
            file, source = f"chinese-{part_of}.woff2", root / "book/assets" / HAN_FONT
            content = kept(root / "_build/fonts", tokens.HAN, source, "".join(sorted(letters)))
            chapters.write(static / file, content)
            lines.append(
                f'@font-face{{font-family:"{tokens.HAN}";font-display:swap;'  # read, if late
                f'src:url("{file}") format("woff2");unicode-range:{ranges(asked)}}}\n'
            )
    (static / "chinese.css").write_text("".join(lines), encoding="utf-8")


def ranges(codes: list[int]) -> str:
    """Return numbers of letters, in their order, as a style sheet lists them."""
    place = count()
    runs = [list(run) for _, run in groupby(codes, lambda code: code - next(place))]
    return ",".join(f"U+{run[0]:X}-{run[-1]:X}" for run in runs)


def carried(static: Path) -> str:
    """Return the style sheet of the Chinese letters with the letters in it, for a page that goes
    where the files do not."""
    style = (static / "chinese.css").read_text(encoding="utf-8").replace("swap", "block")

    def inside(found: re.Match) -> str:
        return f"data:font/woff2;base64,{as_text((static / found[0]).read_bytes())}"

    return re.sub(r"[\w-]+\.woff2", inside, style)


def as_text(content: bytes) -> str:
    """Return bytes as letters of a style sheet."""
    return base64.b64encode(content).decode()


def letters_of(files: Iterable[Path]) -> set[str]:
    """Return the Chinese letters in some files."""
    return {letter for each in files for letter in HAN.findall(each.read_text(encoding="utf-8"))}


def licence(root: Path, static: Path) -> None:
    """Put the licences of the fonts into a folder."""
    latin = Path(font_source_serif_pro.font_directory, "LICENSE.txt")
    shutil.copy(latin, static / "fonts.LICENSE.txt")
    shutil.copy(root / "book/assets" / HAN_LICENCE, static / "chinese.LICENSE.txt")
