"""What a picture says of itself: the same label in SVG, PNG and PDF, and how it is read back.

A label is a table of texts, see `FIELDS`. It travels as RDF in Dublin Core: in the `metadata` of an
SVG, as XMP in a PNG and in a PDF. Beside it goes the data as plotted, so that a picture can be
compared with another edition without its table. `picture` and `data` are checksums.
"""

import hashlib
import io
import json
from dataclasses import dataclass

import pikepdf
from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from computecycle.citing import pictures
from computecycle.citing.outlines import SVG

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
XMP = "http://ns.adobe.com/xap/1.0/rights/"
OWN = "urn:computecycle:figure"
FIELDS = {  # of a label: the element that carries it, and how XMP wraps it
    "title": (DC, "title", "Alt"),
    "description": (DC, "description", "Alt"),
    "creator": (DC, "creator", "Seq"),
    "date": (DC, "date", "Seq"),
    "rights": (DC, "rights", "Alt"),
    "source": (DC, "source", ""),
    "identifier": (DC, "identifier", ""),
    "licence": (XMP, "WebStatement", ""),
    "id": (OWN, "id", ""),
    "edition": (OWN, "edition", ""),
    "rerun": (OWN, "rerun", ""),
    "data": (OWN, "data", ""),
    "picture": (OWN, "picture", ""),
}
TEXTS = {"title": "Title", "creator": "Author", "description": "Description"}
TEXTS |= {"rights": "Copyright", "source": "Source", "identifier": "URL"}
TEXTS |= {"id": "Figure", "edition": "Edition", "data": "Data SHA-256"}  # chunks of a PNG
PACKET = "XML:com.adobe.xmp"
PLOTTED = "Data as plotted"
SAFE = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
MAX_TEXT = 5_000_000  # bytes of the data in a picture


@dataclass(frozen=True)
class Found:
    """What a picture tells: its label (empty where it has none), its data as plotted by file,
    and the checksum of what is drawn now."""

    label: dict[str, str]
    plotted: dict[str, str]
    picture: str


def checksum(*parts: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def data_checksum(plotted: dict[str, str]) -> str:
    """Return the checksum of data as plotted: of file names and contents in their order."""
    return checksum(*(part.encode() for pair in sorted(plotted.items()) for part in pair))


def rdf(label: dict[str, str]) -> etree._Element:
    """Return a label as RDF."""
    names = {"rdf": RDF, "dc": DC, "xmpRights": XMP, "cycle": OWN}
    root = etree.Element(f"{{{RDF}}}RDF", nsmap=names)
    about = etree.SubElement(root, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    for name, (space, tag, wrapped) in FIELDS.items():
        if not label.get(name):
            continue
        inner = etree.SubElement(about, f"{{{space}}}{tag}")
        if wrapped:
            inner = etree.SubElement(inner, f"{{{RDF}}}{wrapped}")
            inner = etree.SubElement(inner, f"{{{RDF}}}li")
            if wrapped == "Alt":
                inner.set("{http://www.w3.org/XML/1998/namespace}lang", "x-default")
        inner.text = label[name]
    return root


def packet(label: dict[str, str]) -> bytes:
    """Return a label as a packet of XMP."""
    space = "adobe:ns:meta/"
    root = etree.Element(f"{{{space}}}xmpmeta", nsmap={"x": space})
    root.append(rdf(label))
    head = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    return head + etree.tostring(root) + b'\n<?xpacket end="r"?>'


def read_rdf(root: etree._Element) -> dict[str, str]:
    """Return the label in a tree of XML; empty where there is none of ours."""
    label = {}
    for name, (space, tag, _) in FIELDS.items():
        found = next(root.iter(f"{{{space}}}{tag}"), None)
        if found is not None:
            label[name] = "".join(found.itertext()).strip()
    shorthand = next((each for each in root.iter() if each.get(f"{{{OWN}}}id")), None)
    if shorthand is not None:  # as programs rewrite XMP: simple texts as attributes
        label |= {
            name: shorthand.get(f"{{{space}}}{tag}")
            for name, (space, tag, _) in FIELDS.items()
            if shorthand.get(f"{{{space}}}{tag}")
        }
    return label if label.get("id") else {}


def stamped_svg(drawing: str, label: dict[str, str], plotted: dict[str, str]) -> bytes:
    """Return an SVG with its label, its title and what it shows in words."""
    root = etree.fromstring(drawing.encode())
    label = label | {"picture": drawn(root)}
    about = etree.Element(f"{{{SVG}}}metadata")
    about.append(rdf(label))
    for name, text in plotted.items():
        etree.SubElement(about, f"{{{OWN}}}plotted", {"file": name}).text = text
    title, desc = etree.Element(f"{{{SVG}}}title"), etree.Element(f"{{{SVG}}}desc")
    title.text, desc.text = label["title"], label["description"]
    root.set("role", "img")
    for each in (about, desc, title):
        root.insert(0, each)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def drawn(root: etree._Element) -> str:
    """Return the checksum of what an SVG draws, whatever its label and its spaces."""
    copy = etree.fromstring(etree.tostring(root))
    for name in ("metadata", "title", "desc"):
        for each in copy.findall(f"{{{SVG}}}{name}"):
            copy.remove(each)
    copy.attrib.pop("role", None)
    for each in copy.iter():
        each.text, each.tail = ((words or "").strip() or None for words in (each.text, each.tail))
    return checksum(etree.tostring(copy, method="c14n", exclusive=True, with_comments=False))


def read_svg(content: bytes) -> Found:
    """Return what an SVG tells; XMLSyntaxError when it is no XML."""
    root = etree.fromstring(content, SAFE)
    plotted = {each.get("file", ""): each.text or "" for each in root.iter(f"{{{OWN}}}plotted")}
    return Found(read_rdf(root), plotted, drawn(root))


def stamped_png(image: Image.Image, label: dict[str, str], plotted: dict[str, str]) -> bytes:
    """Return a PNG with its label, its data and its resolution."""
    label = label | {"picture": pixels(image)}
    told = PngInfo()
    for name, key in TEXTS.items():
        if label.get(name):
            told.add_text(key, label[name])
    told.add_itxt(PLOTTED, json.dumps(plotted, ensure_ascii=False), zip=True)
    told.add_itxt(PACKET, packet(label).decode())
    return pictures.saved(image, pnginfo=told, dpi=(pictures.DPI, pictures.DPI))


def pixels(image: Image.Image) -> str:
    """Return the checksum of an image: its size and its pixels, however they are stored."""
    return checksum(str(image.size).encode(), image.convert("RGB").tobytes())


def read_image(image: Image.Image) -> Found:
    """Return what an image tells; a picture of another format may keep the XMP."""
    kept = image.info.get(PACKET) or image.info.get("xmp") or b""
    kept = kept.encode() if isinstance(kept, str) else kept
    try:
        label = read_rdf(etree.fromstring(kept.strip(b"\0"), SAFE)) if kept else {}
        plotted = json.loads(image.info.get(PLOTTED, "{}"))
    except (etree.XMLSyntaxError, json.JSONDecodeError):
        label, plotted = {}, {}
    return Found(label, plotted, pixels(image))


def stamped_pdf(content: bytes, label: dict[str, str], plotted: dict[str, str]) -> bytes:
    """Return a PDF with its label, its data attached; the same bytes each time."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        label = label | {"picture": strokes(pdf)}
        pdf.Root.Metadata = pikepdf.Stream(
            pdf, packet(label), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        pdf.docinfo["/Title"], pdf.docinfo["/Author"] = label["title"], label["creator"]
        pdf.docinfo["/Subject"] = label["description"]
        for name, text in plotted.items():
            file = pikepdf.AttachedFileSpec(pdf, text.encode(), filename=name, mime_type="text/csv")
            pdf.attachments[name] = file
        plain = pikepdf.ObjectStreamMode.disable  # else the order in which fonts came shows
        pdf.save(written, deterministic_id=True, object_stream_mode=plain)
    return written.getvalue()


def strokes(pdf: pikepdf.Pdf) -> str:
    """Return the checksum of what the pages of a PDF draw, however it is packed."""
    return checksum(*(page.Contents.read_bytes() for page in pdf.pages))


def read_pdf(content: bytes) -> Found:
    """Return what a PDF tells; PdfError when it is none."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kept = bytes(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else b""
        label = read_rdf(etree.fromstring(kept, SAFE)) if kept else {}
        plotted = {
            name: file.get_file().read_bytes().decode()
            for name, file in pdf.attachments.items()
            if name.endswith(".csv")
        }
        return Found(label, plotted, strokes(pdf))
