"""Text as shapes: measured and drawn with the report's own faces, so that a picture needs no font.

A program that draws an SVG on another machine may lack the face, and what was measured for one face
runs over the edge in another.
"""

from functools import cache
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
import uharfbuzz
from fontTools.pens.svgPathPen import SVGPathPen
from lxml import etree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
CUTS = {  # (family, whether bold): the file
    ("sans", False): Path(font_source_sans_pro.font_directory, "SourceSansPro-Regular.ttf"),
    ("sans", True): Path(font_source_sans_pro.font_directory, "SourceSansPro-Semibold.ttf"),
    ("serif", True): Path(font_source_serif_pro.font_directory, "SourceSerifPro-Bold.ttf"),
}
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


@cache
def _font(cut: tuple[str, bool]) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(CUTS[cut]))))


@cache
def _shaped(text: str, cut: tuple[str, bool]) -> tuple[list[tuple[int, int]], int]:
    """The glyphs of a line, each with its place, and the line's width; in units of the font."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_font(cut), buffer, {"lnum": True})
    glyphs, place = [], 0
    for info, position in zip(buffer.glyph_infos or [], buffer.glyph_positions or [], strict=True):
        glyphs.append((info.codepoint, place + position.x_offset))
        place += position.x_advance
    return glyphs, place


def scale(cut: tuple[str, bool], size: float) -> float:
    """Return how many px a unit of a face is at a size in px."""
    return size / _font(cut).face.upem


def width(text: str, size: float, cut: tuple[str, bool]) -> float:
    """Return the width of a line in px. cut : a key of `CUTS`."""
    return _shaped(text, cut)[1] * scale(cut, size)


def wrapped(text: str, size: float, cut: tuple[str, bool], limit: float) -> list[str]:
    """Return a text as lines of at most `limit` px; a word that is longer has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, cut) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def outlined(drawing: str) -> str:
    """Return an SVG whose text is drawn as shapes, each letter once and used where it stands.

    A line with a letter that the faces lack stays text.
    """
    root = etree.fromstring(drawing.encode())
    letters: dict[tuple, str] = {}
    for text in list(root.iter(f"{{{SVG}}}text")):
        drawn = _drawn(text, letters)
        if drawn is not None:
            text.getparent().replace(text, drawn)
    shapes = etree.Element(f"{{{SVG}}}defs")
    for (cut, glyph), id in letters.items():
        etree.SubElement(shapes, f"{{{SVG}}}path", id=id, d=_outline(cut, glyph))
    root.insert(0, shapes)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xlink"])
    return etree.tostring(root, encoding="unicode")


@cache
def _outline(cut: tuple[str, bool], glyph: int) -> str:
    pen = SVGPathPen(None, ntos=lambda place: f"{place:.0f}")
    _font(cut).draw_glyph_with_pen(glyph, pen)
    return pen.getCommands()


def _drawn(text: etree._Element, letters: dict) -> etree._Element | None:
    """A text as a group of letters; None where a face lacks one. `letters` gets those it uses."""
    cut = _cut(text)
    size = float(text.get("font-size", "12px").removesuffix("px"))
    rows = [(text.text or "", 0.0, 0.0)] if text.text else []
    down = 0.0
    for row in text.iter(f"{{{SVG}}}tspan"):
        down += float(row.get("dy", 0))
        rows.append((row.text or "", float(row.get("x", 0)), down))
    unit = scale(cut, size)
    kept = ("transform", "fill", "opacity", "fill-opacity")
    group = etree.Element(f"{{{SVG}}}g", {name: text.get(name) for name in kept if text.get(name)})
    anchor = ANCHORS[text.get("text-anchor", "start")]
    left, top = float(text.get("x", 0)), float(text.get("y", 0))
    for words, x, y in rows:
        glyphs, wide = _shaped(words, cut)
        if any(glyph == 0 for glyph, _ in glyphs):
            return None
        start = left + x - anchor * wide * unit
        move = f"translate({start:.2f},{top + y:.2f}) scale({unit:.5f},-{unit:.5f})"
        line = etree.SubElement(group, f"{{{SVG}}}g", transform=move)
        for glyph, place in glyphs:
            if not _outline(cut, glyph):
                continue
            id = letters.setdefault((cut, glyph), f"g{len(letters):x}")
            used = etree.SubElement(line, f"{{{SVG}}}use", x=str(place))
            used.set(f"{{{XLINK}}}href", f"#{id}")
    return group


def _cut(text: etree._Element) -> tuple[str, bool]:
    heavy = text.get("font-weight", "normal") not in ("normal", "400")
    return ("serif" if "Serif" in text.get("font-family", "") else "sans", heavy)
