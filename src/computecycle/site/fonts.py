"""The report's type: small parts of Source Sans and Source Serif, made when the site is built.

The licence (SIL Open Font License 1.1) reserves the name "Source" for the whole fonts, so the parts
bear names of our own, inside too. What a part lacks, Chinese above all, comes from the reader's
machine by the list of faces in `charts.tokens`. For machines without Chinese a page has the letters
that it shows, from Droid Sans Fallback (Apache License 2.0), in small files in the order in which
it shows them: a browser asks for those whose letters it comes to set, and until they are there
keeps their room with a face of one mark, so that nothing moves.
"""

import base64
import contextlib
import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import count, groupby
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
import uharfbuzz

from computecycle.charts import tokens
from computecycle.evidence import data
from computecycle.runs import chapters
from computecycle.runs.pools import pool

LETTERS = "".join(map(chr, range(0x20, 0x7F)))  # what a keyboard has
LETTERS += "\u00a0±²³·×äéöü–—‘’“”…€−≤≥✓⁴⁵⁶⁷⁸⁹"
HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
ASSET = "book/assets/DroidSansFallback-Regular.ttf"
HAN_LICENCE = "DroidSansFallback.LICENSE.txt"
MADE = "_build/fonts"  # parts, for this build and the next
MISSING = "\u3013"  # the mark that printers set for a letter that they have not
TOGETHER = 128  # Chinese letters in a file: about as many as a phone shows at first
FEATURES = ["kern", "liga", "tnum", "lnum"]
STEP = 0.01  # of the size of letters, in which they move towards each other: finer ones weigh more
NEEDLESS = ["BASE", "GDEF", "gasp"]  # for several scripts, marks on letters, coarse screens
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
    file = folder / called(family, path, letters)
    if not file.exists():
        chapters.write(file, part(family, path, letters))
    return file.read_bytes()


def called(family: str, path: Path, letters: str) -> str:
    """Return the name of a part of a font, which says all that it is made of."""
    from fontTools import version

    made_by = version, uharfbuzz.__version__
    asked = family, path.name, _hash(path), letters, FEATURES, STEP, NEEDLESS, NAMES, made_by
    return f"{chapters.digest(repr(asked).encode())}.woff2"


@cache
def _hash(path: Path) -> str:
    return chapters.digest(path.read_bytes())


def part(family: str, path: Path, letters: str) -> bytes:
    """Return some letters of a font under a name of ours, as WOFF2; the same bytes each time."""
    from fontTools import ttLib

    quickly = {"lazy": True, "recalcBBoxes": False, "recalcTimestamp": False}
    font = ttLib.TTFont(io.BytesIO(cut(path, letters)), **quickly)
    stepped(font)
    named = {"joined": family.replace(" ", ""), "style": path.stem.rsplit("-", 1)[1]}
    for record in font["name"].names:
        record.string = NAMES[record.nameID].format(family=family, **named)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def cut(path: Path, letters: str) -> bytes:
    """Return some letters of a font as TrueType, without what no page needs."""
    asked = uharfbuzz.SubsetInput()
    asked.flags = uharfbuzz.SubsetFlags.NO_HINTING
    asked.drop_table_tag_set.update(map(tag, NEEDLESS))
    wanted = [
        (asked.unicode_set, map(ord, letters)),
        (asked.layout_feature_tag_set, map(tag, FEATURES)),
        (asked.name_id_set, NAMES),
    ]
    for held, names in wanted:
        held.clear()
        held.update(names)
    return uharfbuzz.subset(_face(path), asked).blob.data


def tag(name: str) -> int:
    """Return the name of a table or a feature as fonts write it, four letters in a number."""
    return int.from_bytes(name.encode(), "big")


@cache
def _face(path: Path) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


def stepped(font) -> None:
    """Round by how much the pairs of letters of a font move towards each other."""
    from fontTools.ttLib.tables.otTables import PairPos

    step = STEP * font["head"].unitsPerEm
    lookups = font["GPOS"].table.LookupList.Lookup if "GPOS" in font else []
    tables = (getattr(each, "ExtSubTable", each) for lookup in lookups for each in lookup.SubTable)
    for table in (each for each in tables if isinstance(each, PairPos)):
        moved = (
            [each for row in table.Class1Record for each in row.Class2Record]
            if table.Format == 2
            else [each for pairs in table.PairSet for each in pairs.PairValueRecord]
        )
        for value in (each.Value1 for each in moved if each.Value1):
            value.XAdvance = round(round(value.XAdvance / step) * step)


def css(folder: Path, families: Collection[str] = (tokens.SANS, tokens.SERIF)) -> str:
    """Return the parts of some families as lines of a style sheet.

    folder : where the parts are kept between builds.

    They travel inside it, so no text is ever set in another face first and then moves.
    """
    lines = []
    for family, package, cut, weight in (each for each in CUTS if each[0] in families):
        file = Path(package.font_directory, f"{cut}.ttf")
        source = inside(kept(folder, family, file, LETTERS))
        lines.append(f'@font-face{{font-family:"{family}";font-weight:{weight};src:{source}}}\n')
    return "".join(lines)


def inside(font: bytes) -> str:
    """Return a font as a style sheet carries it."""
    return f'url("data:font/woff2;base64,{base64.b64encode(font).decode()}") format("woff2")'


def chinese(root: Path, static: Path, shown: Iterable[str], asked: dict[str, str]) -> str:
    """Put a style sheet of the Chinese letters that a page shows, in their order, beside the pages;
    return its name, nothing where it shows none that the report has.

    asked : gets the names of the files that it leads to, each with its letters, see `putting`.
    """
    letters = [letter for letter in dict.fromkeys(shown) if letter in of_report(root)]
    if not letters:
        return ""
    lines = [face(tokens.ROOM, inside(mark(root)), letters)]
    for start in range(0, len(letters), TOGETHER):
        some = "".join(sorted(letters[start : start + TOGETHER]))
        file = f"chinese-{called(tokens.HAN, root / ASSET, some)[:12]}.woff2"
        asked[file] = some
        lines.append(face(tokens.HAN, f'url("{file}") format("woff2")', some))
    style = "".join(lines).encode()
    name = f"chinese-{chapters.digest(style)[:12]}.css"
    chapters.write(static / name, style)
    return name


@contextlib.contextmanager
def putting(root: Path, static: Path, asked: dict[str, str]) -> Iterator[None]:
    """Put the files that `chinese` asked for beside the pages in the end; meanwhile those that no
    build has made before are made, on all cores."""
    new = [
        letters
        for letters in asked.values()
        if not (root / MADE / called(tokens.HAN, root / ASSET, letters)).exists()
    ]
    with pool(os.cpu_count() or 1, chapters.follow) as others:
        jobs = [others.submit(of_droid, root, letters) for letters in new]
        yield
        for job in jobs:
            job.result()
    for file, letters in asked.items():
        chapters.write(static / file, of_droid(root, letters))


def carried(root: Path, shown: Iterable[str]) -> str:
    """Return a style sheet with Chinese letters in it, for a page that goes where no files are, and
    is printed once they are there."""
    letters = sorted(set(shown) & set(of_report(root)))
    return face(tokens.HAN, inside(of_droid(root, letters)), letters, late="block")


def face(family: str, source: str, letters: Iterable[str], late: str = "swap") -> str:
    """Return some letters of a family as a line of a style sheet.

    late : what a page does until they are there, as style sheets call it.
    """
    asked = ranges(sorted(map(ord, letters)))
    return (
        f'@font-face{{font-family:"{family}";font-display:{late};src:{source};'
        f"unicode-range:{asked}}}\n"
    )


def of_droid(root: Path, letters: Iterable[str]) -> bytes:
    """Return some of the report's Chinese letters as WOFF2."""
    some = "".join(sorted(letters))
    return kept(root / MADE, tokens.HAN, root / ASSET, some)


@cache
def of_report(root: Path) -> str:
    """Return all Chinese letters of the report, first those of most files, and the mark."""
    files = [root / "_toc.yml", *root.glob("notebooks/*.ipynb"), *root.glob("book/*.md")]
    files += [data.FOLDER / "sources.bib", *data.FOLDER.glob("*.csv")]
    told = (set(HAN.findall(each.read_text(encoding="utf-8"))) for each in files)
    found = Counter(letter for letters in told for letter in letters)
    return "".join([*sorted(found, key=lambda letter: (-found[letter], letter)), MISSING])


@cache
def mark(root: Path) -> bytes:
    """Return a font in which each Chinese letter is the printers' mark of a missing one.

    It is as wide as they are, so their lines break where they will break.
    """
    from fontTools import ttLib
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    font = ttLib.TTFont(io.BytesIO(of_droid(root, MISSING)), recalcTimestamp=False)
    (name,) = font.getBestCmap().values()
    table = CmapSubtable.newSubtable(13)  # which leads many letters to one glyph
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.reserved = table.length = table.nGroups = 0  # which are counted when it is written
    table.cmap = dict.fromkeys(range(0x2E80, 0xFFF0), name)
    font["cmap"].tables = [table]
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def ranges(codes: list[int]) -> str:
    """Return numbers of letters, in their order, as a style sheet lists them."""
    place = count()
    runs = [list(run) for _, run in groupby(codes, lambda code: code - next(place))]
    return ",".join(f"U+{run[0]:X}" + f"-{run[-1]:X}" * (len(run) > 1) for run in runs)


def licence(root: Path, static: Path) -> None:
    """Put the licences of the fonts into a folder."""
    latin = Path(font_source_serif_pro.font_directory, "LICENSE.txt")
    shutil.copy(latin, static / "fonts.LICENSE.txt")
    shutil.copy(root / "book/assets" / HAN_LICENCE, static / "chinese.LICENSE.txt")
