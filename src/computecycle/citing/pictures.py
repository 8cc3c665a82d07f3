"""The picture of a figure that stands alone: the chart with its words, as SVG, PNG and PDF.

    title, caption, the chart, note, sources by name and day, then edition, id, address and licence

in the report's type, wrapped by measured widths. A picture of a rerun says first that it is not of
the published edition, and what was set.
"""

import contextlib
import html
import io
import math
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache

from PIL import Image

from computecycle.charts import theme, tokens
from computecycle.citing import outlines

MARGIN = 24  # px around everything
WIDE = theme.WIDE
DPI = 300
PRINTED = 14  # cm of width, as journals print what is wider than a column
WIDTH = round(PRINTED / 2.54 * DPI)  # px of a PNG
PIXELS = 50e6  # of a PNG at most; Pillow warns of bombs from 90 million on
TONES = 128  # colours of a PNG
SMALL = (280, 210, 16)  # px of width and height, at most, and colours of the picture in a list
GLANCE = 480  # px width of a picture that is only glanced at
GRAIN = 24  # how many grey fields across and down tell pictures apart
BARE = {"sans": "Source Sans Pro", "serif": "Source Serif Pro"}
WEIGHTS = {("sans", False): 400, ("sans", True): 600, ("serif", True): 700}
PAGE = f"""
#set page(width: auto, height: auto, margin: 0pt)
#set document(date: none)
#image(bytes(sys.inputs.sheet), width: {PRINTED}cm, alt: sys.inputs.shape)
""".encode()
TOKEN = re.compile(r"var\(--cc-(\w+)\)")


@dataclass(frozen=True)
class Words:
    """What is written around a chart, each a text; `rerun` is empty in the published edition."""

    title: str
    caption: str
    note: str
    sources: str
    foot: str
    rerun: str


@dataclass
class Sheet:
    """A picture as it is written from the top: where the next line goes, what is there."""

    top: float = MARGIN
    parts: list[str] = field(default_factory=list)

    def write(self, text: str, size: float, line: float, tone: str, cut=("sans", False)) -> None:
        """Write a text, wrapped to the width. size, line : px. tone : a token."""
        for words in outlines.wrapped(text, size, cut, WIDE):
            self.top += line
            place = f'x="{MARGIN}" y="{self.top - (line - size) / 2 - size * 0.22:.1f}"'
            more = f'font-size="{size}px" fill="var(--cc-{tone})" {place}'
            self.parts.append(_text(words, cut, more))

    def draw(self, chart: str) -> None:
        """Put in a chart."""
        _, height = theme.drawn_size(chart)
        inner = re.sub(r"^<svg[^>]*>|</svg>$", "", chart.strip())
        inner = inner.replace('font-weight="bold"', 'font-weight="600"')  # as pages show it
        self.parts.append(
            f'<g font-family="{BARE["sans"]}" transform="translate({MARGIN},{self.top:.1f})">'
            f"{inner}</g>"
        )
        self.top += height

    def rule(self, tone: str) -> None:
        """Draw a line across."""
        self.parts.append(
            f'<rect x="{MARGIN}" y="{self.top:.1f}" width="{WIDE}" height="1" '
            f'fill="var(--cc-{tone})"/>'
        )

    def svg(self) -> str:
        """The whole, on paper, its tones still by name."""
        width, height = WIDE + 2 * MARGIN, round(self.top + MARGIN)
        return (
            f'<svg xmlns="{outlines.SVG}" xmlns:xlink="{outlines.XLINK}" width="{width}" '
            f'height="{height}" viewBox="0 0 {width} {height}">'
            f'<rect width="{width}" height="{height}" fill="var(--cc-paper)"/>'
            f"{''.join(self.parts)}</svg>"
        )


def _text(words: str, cut: tuple[str, bool], more: str) -> str:
    """A line of text in a face, see `outlines.CUTS`. more : its other attributes."""
    face = f'font-family="{BARE[cut[0]]}" font-weight="{WEIGHTS[cut]}"'
    return f"<text {face} {more}>{html.escape(words)}</text>"


def composed(chart: str, words: Words) -> str:
    """Return a chart as `theme.svg` drew it, with its words around it; its tones by name."""
    sheet = Sheet()
    if words.rerun:
        sheet.write(words.rerun, 13, 18, "red", ("sans", True))
        sheet.top += 8
    sheet.write(words.title, 23, 28, "ink", ("serif", True))
    sheet.top += 4
    sheet.write(words.caption, 14, 19, "muted")
    sheet.top += 14
    sheet.draw(theme.themed_svg(chart).replace(" data-m", ""))
    sheet.top += 10
    for text in filter(None, (words.note, words.sources)):
        sheet.write(text, 11.5, 15.5, "muted")
        sheet.top += 3
    sheet.top += 7
    sheet.rule("grid")
    sheet.top += 5
    sheet.write(words.foot, 11.5, 15.5, "ink")
    return sheet.svg()


def toned(picture: str, dark: bool = False) -> str:
    """Return a picture in the light or the dark tones."""
    return TOKEN.sub(lambda found: tokens.COLOURS[found[1]][dark], picture)


def png(printed: bytes) -> Image.Image:
    """Return what `pdf` made as an image of print size, in few colours; of a smaller one where it
    is so long that programs would not open it."""
    return _image(printed, WIDTH).quantize(TONES, Image.Quantize.FASTOCTREE, dither=0)


def _image(printed: bytes, width: float) -> Image.Image:
    """What `pdf` made as an image of a width in pixels, or of fewer, see `png`."""
    import pypdfium2

    with contextlib.closing(pypdfium2.PdfDocument(printed)) as document:
        page = document[0]
        wide, high = page.get_size()
        scale = min(width / wide, math.sqrt(PIXELS / (wide * high)))
        return page.render(scale=scale, rev_byteorder=True).to_pil()


def pdf(sheet: str, shape: str, strange: bool = False) -> bytes:
    """Return what `composed` made as a PDF of print size, its text as text.

    shape : the alternative text. strange : whether it has letters that the report's faces lack.
    """
    given = {"sheet": sheet, "shape": shape}
    return _typesetter(strange).compile(PAGE, sys_inputs=given, format="pdf")


@cache
def _typesetter(strange: bool):
    """What sets pages, with the faces of `outlines` in memory; with those of the machine behind
    them for strange letters."""
    import typst

    with tempfile.TemporaryDirectory() as folder:  # where there is one file for each face
        for face in outlines.CUTS.values():
            shutil.copy(face, folder)
        others = {"include_system_fonts": strange, "include_embedded_fonts": strange}
        setter = typst.Compiler(font_paths=typst.Fonts(font_paths=[folder], **others))
        texts = (_text("a", cut, 'font-size="1px"') for cut in outlines.CUTS)
        first = f'<svg xmlns="{outlines.SVG}" width="1" height="1">{"".join(texts)}</svg>'
        setter.compile(PAGE, sys_inputs={"sheet": first, "shape": ""}, format="pdf")  # opens them
    return setter


def thumbnail(drawing: str, strange: bool = False) -> bytes:
    """Return a chart as `theme.svg` drew it as a small PNG, for a list of figures. strange : as for
    `pdf`."""
    most_wide, most_high, tones = SMALL
    wide, high = theme.drawn_size(drawing)
    image = _image(pdf(drawing, "", strange), min(most_wide, wide * most_high / high))
    return saved(image.quantize(tones, Image.Quantize.FASTOCTREE, dither=0), optimize=True)


def drawn(drawing: str, width: float) -> Image.Image:
    """Return an SVG as an image of a width in pixels; of a smaller one where it is so long that
    programs would not open it."""
    wide, high = theme.drawn_size(drawing)
    scale = min((width + 0.5) / wide, math.sqrt(PIXELS / (wide * high)))
    content = theme.program().svg_to_png(drawing, scale=scale)
    return Image.open(io.BytesIO(content)).convert("RGB")


def saved(image: Image.Image, **more) -> bytes:
    """Return an image as PNG, the same bytes for the same image."""
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=5, **more)
    return written.getvalue()


def look(image: Image.Image) -> str:
    """Return how an image looks from afar, as the greys of a few fields; it survives another
    size or format."""
    small = image.convert("L").resize((GRAIN, GRAIN), Image.Resampling.BOX)
    return small.tobytes().hex()
