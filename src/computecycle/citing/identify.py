"""What a file is that came from this report: which figure, which edition, whether it was altered.

A picture tells it by its label. One that lost its label, as many programs save it, is known by what
it shows, also where it was cropped or stands in a screenshot; a table is known by its columns. A
label of another figure than the one shown is called false. Beside it is told what the edition built
here has.
"""

import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from lxml import etree
from PIL import Image, ImageChops, ImageStat, UnidentifiedImageError

from computecycle.charts import theme
from computecycle.citing import (
    bundles,
    capsules,
    differences,
    editions,
    parts,
    pictures,
    stamps,
)
from computecycle.evidence.errors import InputError

LARGEST = 50_000_000  # bytes of a file, packed or not
ALIKE = 2.5  # of 255, by how much two looks of one figure differ at most; of two, by 3 at least
PART = 12  # px, a part of a picture that is compared as one
CHANGED = 40  # of 255, by how much a part differs at most in another size or format
CROPPED = 0.02  # of its height, by which a picture is no longer what was only saved anew
SAVED = 12  # of 255, the same where both are kept, or drawn here
FAILURES = (pikepdf.PdfError, zipfile.BadZipFile, etree.XMLSyntaxError, OSError, ValueError)
KINDS = "a picture (SVG, PNG, PDF), a table (CSV) or a zip of the report"
PAGE = re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE)
AS_MADE = "What it shows is as it was made."
REDRAWN = "What it shows was altered, or drawn anew by another program."
LOST = "It has lost its label, and is known by what it shows."
UNSURE = "Whether else it was altered cannot be told; hold it against {}."
TEXTS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # as spreadsheets save a table, else UTF-8


@dataclass(frozen=True)
class Finding:
    """What a file was found to be: the id of the figure; the edition, where that is known; what is
    to be said of it; its data as plotted by file, and their checksum, where it has them."""

    id: str
    edition: str
    words: list[str]
    tables: dict[str, str] = field(default_factory=dict)
    data: str = ""


def told(root: Path, path: Path) -> list[str]:
    """Return what there is to say of a file, in sentences; InputError where it is none of ours."""
    built, content = labels(root), read(path)
    try:
        found = recognised(content, built)
    except FAILURES:
        told = f"{path.name} is damaged, or not what it seems to be; name {KINDS}."
        raise InputError(told) from None
    if found is None:
        raise InputError(f"{path.name} bears no label of this report, and looks like none of it.")
    title = built.get(found.id, {}).get("title", "")
    edition = f", edition {found.edition}" if found.edition else ""
    first = f"Figure {found.id}{edition}{f': {title}' if title else ''}."
    released = editions.names(root)
    unknown = found.edition and released and found.edition not in released
    more = [f"No edition {found.edition} is known here."] if unknown else []
    return [first, *found.words, *more, *beside(found, built)]


def labels(root: Path) -> dict[str, dict]:
    """Return the labels of all figures of the edition that is built below `root`, by id, each with
    its `folder`."""
    return {
        path.parent.name: json.loads(path.read_text(encoding="utf-8")) | {"folder": path.parent}
        for path in sorted((root / capsules.FOLDER).glob(f"*/{capsules.LABEL}"))
    }


def read(path: Path) -> bytes:
    """Return the bytes of a file; InputError where it is none, empty, too large or a page."""
    if not path.is_file():
        raise InputError(f"{path} is no file; name {KINDS}.")
    if not 0 < path.stat().st_size <= LARGEST:
        raise InputError(f"{path.name} is empty, or larger than any file of the report.")
    content = path.read_bytes()
    if PAGE.match(content):
        raise InputError(f"{path.name} is a page, and says itself what it shows; name {KINDS}.")
    return content


def recognised(content: bytes, built: dict[str, dict]) -> Finding | None:
    """Return what a file is; None where it is nothing of ours, one of `FAILURES` where it is
    broken."""
    if content.startswith(b"%PDF"):
        return by_label(stamps.read_pdf(content), None, built)
    if content.startswith(b"PK\x03\x04"):
        return of_zip(content, built)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        found = stamps.read_svg(content)
        image = Image.open(io.BytesIO(theme.program().svg_to_png(content.decode()))).convert("RGB")
        return by_label(found, image, built) or by_look(image, built)
    try:
        image = Image.open(io.BytesIO(content))
        image.load()
    except UnidentifiedImageError:
        text = content.decode(TEXTS.get(content[:2], "utf-8"))
        return as_made(content, built) or of_table(text, built)
    except Image.DecompressionBombError:
        raise ValueError("larger than any picture of the report") from None
    found = by_label(stamps.read_image(image), image, built) or as_made(content, built)
    return found or by_look(image, built) or by_part(image, built)


def as_made(content: bytes, built: dict[str, dict]) -> Finding | None:
    """Return whose file some bytes are, as they were made; None where no figure has them."""
    own = stamps.checksum(content)
    for id, label in built.items():
        for name in (name for name, each in label["files"].items() if each == own):
            return Finding(id, label["edition"], [f"It is {name} as it was made."])
    return None


def by_label(
    found: stamps.Found, image: Image.Image | None, built: dict[str, dict]
) -> Finding | None:
    """Return what a file is by its label; None where it has none. image : what it shows."""
    label = found.label
    if not label:
        return None
    words = [AS_MADE if found.picture == label.get("picture") else REDRAWN]
    here = built.get(label["id"], {})
    shown = nearest(image, built) if image and words == [REDRAWN] else ""
    if shown and shown != label["id"]:
        words = [f"Its label is false: what it shows is figure {shown}, {built[shown]['title']}."]
    elif words == [REDRAWN] and image and here.get("edition") == label["edition"]:
        words = [against(image, here)]
    if found.plotted and stamps.data_checksum(found.plotted) != label.get("data"):
        words.append("The data that it carries were altered.")
    words += [f"{label['rerun']}."] if label.get("rerun") else []
    return Finding(label["id"], label["edition"], words, found.plotted, label.get("data", ""))


def by_look(image: Image.Image, built: dict[str, dict]) -> Finding | None:
    """Return which figure of the edition built here a picture looks like; None where like none."""
    id = nearest(image, built)
    return Finding(id, "", [LOST, against(image, built[id])]) if id else None


def nearest(image: Image.Image, built: dict[str, dict]) -> str:
    """Return the id of the figure that a picture looks like, light or dark; empty where like
    none."""
    look = bytes.fromhex(pictures.look(image))
    for of in (light, dark):
        far = {id: distance(look, of(label)) for id, label in built.items()}
        id = min(far, key=far.get, default="")
        if id and far[id] <= ALIKE:
            return id
    return ""


def by_part(image: Image.Image, built: dict[str, dict]) -> Finding | None:
    """Return of which figure of the edition built here a picture shows a part, or which it holds
    among other things; None where of none."""
    figures = {id: Image.open(each["folder"] / f"{id}.png") for id, each in built.items()}
    fit = parts.found(image, figures)
    if fit is None:
        return None
    what = "The figure stands in it, among other things" if fit.whole else "It shows a part of it"
    words = f"{what}. {UNSURE.format(f'figures/{fit.id}/{fit.id}.png')}"
    return Finding(fit.id, "", [LOST, words])


def light(label: dict) -> bytes:
    """Return how the picture of a figure looks from afar."""
    return bytes.fromhex(label["look"])


def dark(label: dict) -> bytes:
    """Return how the dark picture of a figure looks from afar; drawn here, for it is asked
    rarely."""
    drawing = (label["folder"] / f"{label['id']}-dark.svg").read_text(encoding="utf-8")
    return bytes.fromhex(pictures.look(pictures.drawn(drawing, pictures.GLANCE)))


def distance(one: bytes, other: bytes) -> float:
    """Return by how much two looks differ, on average of their fields."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def against(image: Image.Image, label: dict) -> str:
    """Return how a picture differs from that of the same figure in the edition built here."""
    id, folder = label["id"], label["folder"]
    mine = bytes.fromhex(pictures.look(image))
    tone = "-dark" * (distance(mine, dark(label)) < distance(mine, light(label)))
    made = Image.open(folder / f"{id}.png").convert("RGB")
    if tone or made.size != image.size:
        drawing = (folder / f"{id}{tone}.svg").read_text(encoding="utf-8")
        made = pictures.drawn(drawing, image.width)
    if abs(made.height - image.height) > CROPPED * made.height:
        return f"It was cropped or stretched. {UNSURE.format(f'figures/{id}/{id}.png')}"
    if stamps.pixels(image) == stamps.pixels(made):
        return f"It shows, pixel by pixel, what edition {label['edition']} shows."
    size = (max(1, image.width // PART), max(1, image.height // PART))
    parts = [each.convert("RGB").resize(size, Image.Resampling.BOX) for each in (image, made)]
    differing = ImageChops.difference(*parts).convert("L")
    most = ImageStat.Stat(differing).extrema[0][1]
    kept = image.format is None or (image.format == "PNG" and image.width == pictures.WIDTH)
    limit = SAVED if kept else CHANGED
    if most <= limit:
        words = "but for its size or format"
        return f"It shows, {words}, what edition {label['edition']} shows."
    place = differing.point(lambda value: 255 * (value > limit)).getbbox()
    left, top, right, bottom = place
    across = f"{100 * left // size[0]} to {100 * right // size[0]} percent from the left"
    down = f"{100 * top // size[1]} to {100 * bottom // size[1]} percent from the top"
    return f"It was altered: against edition {label['edition']} it differs {across}, {down}."


def of_table(text: str, built: dict[str, dict]) -> Finding | None:
    """Return which figure has a table of the same columns; None where none has."""
    candidates = [
        (found.size, id, name)
        for id, label in built.items()
        for name, made in label["plotted"].items()
        if (found := differences.between(made, text))
    ]
    if not candidates:
        return None
    _, id, name = min(candidates)
    return Finding(id, "", [f"It has the columns of {name}."], {name: text})


def of_zip(content: bytes, built: dict[str, dict]) -> Finding | None:
    """Return what the zip of a figure is, its checksums recomputed; None where it is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > LARGEST:
            raise ValueError("larger than any zip of the report")
        files = {name: packed.read(name) for name in packed.namelist() if not name.endswith("/")}
    drawings = [name for name in files if name.endswith(".svg")]
    if bundles.SUMS not in files or not drawings:
        return None
    found = by_label(stamps.read_svg(files[min(drawings, key=len)]), None, built)
    if found is None:
        return None
    lines = [line.split("  ", 1) for line in files.pop(bundles.SUMS).decode().splitlines()]
    sums = {name: checksum for checksum, name in lines}
    altered = [name for name in sums if stamps.checksum(files.get(name, b"")) != sums[name]]
    words = [f"{name} was altered, or is missing." for name in altered]
    words += [f"{name} was added." for name in files.keys() - sums.keys()]
    words = sorted(words) or [f"All {len(sums)} files in it are as they were made."]
    tables = {name: files[name].decode() for name in found.tables if name in files}
    return Finding(found.id, found.edition, words, tables, found.data)


def beside(found: Finding, built: dict[str, dict]) -> list[str]:
    """Return what the edition built here has of a figure, against what a file tells."""
    if not built:
        return ["No edition is built here to compare it with; run make book."]
    here = next(iter(built.values()))["edition"]
    if found.id not in built:
        return [f"Edition {here}, built here, has no such figure."]
    label = built[found.id]
    differs = changed(found.tables, label)
    if differs:
        return [f"Edition {here}, built here, differs in {each}." for each in differs]
    if found.data and found.data != label["data"] and not found.tables:
        return [f"Edition {here}, built here, has other data."]
    carried = found.data or found.tables
    return [f"Its data are those of edition {here}, built here."] * bool(carried)


def changed(tables: dict[str, str], label: dict) -> list[str]:
    """Return in which files, and by how much, tables differ from those of the edition built."""
    words = []
    for name, text in tables.items():
        made = label["plotted"].get(name)
        found = differences.between(text, made) if made is not None else None
        if found is None:
            words.append(f"{name}: its columns are others, or it is gone")
        elif found.size:
            words.append(f"{name}: {found.words()}")
    return words
