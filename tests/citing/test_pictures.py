"""Pictures that stand alone: drawn without a browser and without a font, with a label in each."""

import io
import zlib

import cairosvg
import pikepdf
import pytest
from lxml import etree
from PIL import Image, ImageChops, ImageStat

from computecycle.charts import theme, tokens
from computecycle.citing import outlines, pictures, stamps

CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="680" height="60" viewBox="0 0 680 60">'
    '<rect width="680" height="60" fill="#fffefb"/>'
    '<text text-anchor="end" transform="translate(200,30)" font-family="Source Sans Pro" '
    'font-size="12px" fill="#1b222c">'
    '<tspan>AVATAR 2,026</tspan><tspan x="0" dy="14">office</tspan></text></svg>'
)
WORDS = pictures.Words(
    'A title & <b>"more"</b>', "A caption. " * 20, "", "Sources: Maker 2020.", "Foot", ""
)
LABEL = {
    "id": "a-figure", "title": WORDS.title, "description": "红 in words", "creator": "Us",
    "date": "2026-11-28", "edition": "2026.11", "source": "Maker 2020", "rights": "CC BY 4.0",
    "identifier": "figures/a-figure.html", "licence": "https://example.org/l", "rerun": "",
    "data": "0" * 64,
}  # fmt: skip
PLOTTED = {"a-figure.csv": "a,b\n1,红\n"}


def shapes(words: pictures.Words = WORDS, dark: bool = False) -> str:
    return outlines.outlined(pictures.toned(pictures.composed(CHART, words), dark))


def printed() -> bytes:
    return pictures.pdf(pictures.toned(pictures.composed(CHART, WORDS)), LABEL["description"])


def as_image(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def test_lines_are_as_wide_as_they_may_be_and_no_wider():
    text, cut = "the quick brown fox jumps over the lazy dog " * 5, ("sans", False)
    lines = outlines.wrapped(text, 14, cut, 300)
    assert " ".join(lines) == text.strip()
    assert all(outlines.width(line, 14, cut) <= 300 for line in lines)
    for line, after in zip(lines, lines[1:], strict=False):
        assert outlines.width(f"{line} {after.split()[0]}", 14, cut) > 300


def test_text_as_shapes_looks_as_the_text_does():
    """Set by the program that has the faces, where a letter is a little otherwise at most."""
    drawing = pictures.toned(pictures.composed(CHART, WORDS))
    one, other = (pictures.png(pictures.pdf(each, "")).convert("L") for each in (drawing, shapes()))
    assert "<text" not in shapes() and one.size == other.size
    assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] < 1


@pytest.mark.parametrize("dark", [False, True])
def test_a_program_that_has_no_browser_and_no_font_draws_it_alike(dark):
    drawing = shapes(dark=dark)
    ours = as_image(theme.program().svg_to_png(drawing))
    theirs = as_image(cairosvg.svg2png(drawing))
    assert ours.size == theirs.size
    assert ImageStat.Stat(ImageChops.difference(ours, theirs).convert("L")).mean[0] < 2
    paper = tuple(bytes.fromhex(tokens.COLOURS["paper"][dark][1:]))
    assert ours.getpixel((1, 1)) == theirs.getpixel((1, 1)) == paper


def test_a_letter_that_the_faces_lack_stays_text():
    kept = shapes(pictures.Words("一", "", "", "", "Foot", ""))
    assert kept.count("<text") == 1 and ">一</text>" in kept


def test_a_picture_of_a_rerun_says_so_first():
    said = "Not the published edition: factor = 2.0"
    drawing = pictures.composed(CHART, pictures.Words("T", "C", "", "", "F", said))
    first, second, *_ = etree.fromstring(drawing).findall(f"{{{outlines.SVG}}}text")
    assert (first.text, second.text) == (said, "T")


def test_svg_png_and_pdf_bear_the_same_label_and_their_data():
    svg = stamps.stamped_svg(shapes(), LABEL, PLOTTED)
    png = stamps.stamped_png(pictures.png(printed()), LABEL, PLOTTED)
    pdf = stamps.stamped_pdf(printed(), LABEL, PLOTTED)
    found = [stamps.read_svg(svg), stamps.read_image(Image.open(io.BytesIO(png)))]
    for each in (*found, stamps.read_pdf(pdf)):
        told = {name: text for name, text in LABEL.items() if text}
        assert each.label == told | {"picture": each.picture}
        assert each.plotted == PLOTTED
    assert pdf == stamps.stamped_pdf(printed(), LABEL, PLOTTED)


def test_svg_tells_its_title_and_what_it_shows_to_those_who_hear_it():
    root = etree.fromstring(stamps.stamped_svg(shapes(), LABEL, PLOTTED))
    title, desc, about = root[0], root[1], root[2]
    assert [etree.QName(each).localname for each in (title, desc, about)] == [
        "title", "desc", "metadata",
    ]  # fmt: skip
    assert (title.text, desc.text) == (LABEL["title"], LABEL["description"])


def chunks(content: bytes) -> dict[bytes, list[bytes]]:
    """The chunks of a PNG, read byte by byte, each with its own checksum held."""
    found, at = {}, 8
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        assert zlib.crc32(kind + body) == int.from_bytes(
            content[at + 8 + size : at + 12 + size], "big"
        )
        found.setdefault(kind, []).append(body)
        at += size + 12
    return found


def test_png_declares_its_resolution_and_can_be_read_byte_by_byte():
    png = stamps.stamped_png(pictures.png(printed()), LABEL, PLOTTED)
    found = chunks(png)
    across, down, unit = found[b"pHYs"][0][:4], found[b"pHYs"][0][4:8], found[b"pHYs"][0][8]
    assert across == down == (11811).to_bytes(4, "big") and unit == 1  # 300 dots an inch, in metres
    width = int.from_bytes(found[b"IHDR"][0][:4], "big")
    assert abs(width / pictures.DPI * 2.54 - 14) < 0.01  # cm
    texts = dict(body.split(b"\0", 1) for body in found[b"tEXt"])
    assert texts[b"Figure"] == b"a-figure" and texts[b"Copyright"] == b"CC BY 4.0"
    (packet,) = (body for body in found[b"iTXt"] if body.startswith(b"XML:com.adobe.xmp\0"))
    assert b"urn:computecycle:figure" in packet


@pytest.mark.parametrize(
    "made",
    [
        lambda long: pictures.drawn(long, pictures.WIDTH),
        lambda long: pictures.png(pictures.pdf(long, "")),
    ],
    ids=["from a drawing", "from a print"],
)
def test_a_picture_that_is_very_long_can_still_be_opened(made):
    size = 'width="768" height="60000" viewBox="0 0 768 60000"'
    long = made(f'<svg xmlns="{outlines.SVG}" {size}/>')
    assert 0.99 * pictures.PIXELS < long.width * long.height <= 1.01 * pictures.PIXELS


def test_the_pixels_are_those_of_the_shapes():
    """Two programs draw them, each its own edges: and differ by far less than from paper."""
    one, other = (pictures.png(printed()), pictures.drawn(shapes(), pictures.WIDTH))
    size = (one.width // 8, one.height // 8)
    parts = [
        each.convert("L").crop((0, 0, *other.size)).resize(size, Image.Resampling.BOX)
        for each in (one, other)
    ]
    paper = Image.new("L", size, other.convert("L").getpixel((1, 1)))
    differing, written = (
        ImageStat.Stat(ImageChops.difference(each, parts[1])).mean[0] for each in (parts[0], paper)
    )
    assert abs(one.height - other.height) <= 1 and differing < written / 3


def test_pdf_has_text_that_can_be_searched_and_its_data_attached():
    pdf = stamps.stamped_pdf(printed(), LABEL, PLOTTED)
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert abs(float(read.pages[0].MediaBox[2]) / 72 * 2.54 - 14) < 0.05  # cm
        assert "/Font" in read.pages[0].Resources
        assert list(read.attachments) == list(PLOTTED)
        with read.open_metadata() as xmp:
            assert xmp["dc:title"] == LABEL["title"]
            assert xmp["{urn:computecycle:figure}id"] == "a-figure"


def fonts_of(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as read:
        found = [each for each in read.objects if isinstance(each, pikepdf.Dictionary)]
        return {str(each["/FontName"]).split("+")[1] for each in found if "/FontName" in each}


def test_pdf_says_what_it_shows_to_those_who_hear_it():
    with pikepdf.open(io.BytesIO(printed())) as read:
        found = [each for each in read.objects if isinstance(each, pikepdf.Dictionary)]
        assert LABEL["description"] in [str(each["/Alt"]) for each in found if "/Alt" in each]


def test_a_letter_that_the_faces_lack_is_printed_in_another():
    one = pictures.toned(pictures.composed(CHART, pictures.Words("A \u2602", "", "", "", "F", "")))
    own, with_others = (fonts_of(pictures.pdf(one, "", strange)) for strange in (False, True))
    assert own and with_others - own


def test_a_changed_stroke_changes_the_checksum_and_a_space_does_not():
    svg = stamps.stamped_svg(shapes(), LABEL, PLOTTED)
    spaced = svg.replace(b"><g", b">\n <g")
    moved = svg.replace(b'height="1" fill', b'height="3" fill')
    assert spaced != svg != moved
    assert stamps.read_svg(spaced).picture == stamps.read_svg(svg).picture
    assert stamps.read_svg(moved).picture != stamps.read_svg(svg).picture


@pytest.mark.parametrize(("high", "size"), [(340, (280, 140)), (680, (210, 210))])
def test_the_small_picture_fits_its_box_and_has_few_colours(high, size):
    made = Image.open(io.BytesIO(pictures.thumbnail(CHART.replace('60"', f'{high}"'))))
    assert made.size == size
    assert 1 < len(made.getcolors()) <= pictures.SMALL[2]
