"""The pictures of a figure that a reader may take, drawn again only where they would be others."""

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from computecycle.citing import outlines, pictures, stamps
from computecycle.runs import chapters
from computecycle.runs.reached import importing, reached


@dataclass(frozen=True)
class Subject:
    """What the pictures of a figure show and say.

    chart : as `theme.svg` drew it. label : see `stamps`. tables : data as plotted by file.
    environment : the hash of the packages that draw.
    """

    id: str
    chart: str
    words: pictures.Words
    label: dict[str, str]
    tables: dict[str, str]
    environment: str

    def made_of(self) -> str:
        """Return a hash of all of it, and of the code that draws."""
        return chapters.digest(chapters.as_json(asdict(self)), _code().encode())


@cache
def _code() -> str:
    rooms = "\n".join(importing(room.__name__) for room in (outlines, pictures, stamps))
    own = chapters.CODE / "citing" / Path(__file__).name
    return chapters.code_hash([*reached(rooms, chapters.CODE), own])


def of(subject: Subject, kept: Path, before: dict) -> tuple[dict[str, bytes], str]:
    """Return the pictures of a figure by file, and how they look from afar.

    kept : a folder with pictures. before : what it says of them, `drawn` (`made_of` of the
    subject that they show), `files` (the checksum of each) and `look`; where they are whole and of
    the same subject they are taken from there.
    """
    names = [f"{subject.id}{end}" for end in (".svg", "-dark.svg", ".png", ".pdf", "-small.png")]
    found = {name: (kept / name).read_bytes() for name in names if (kept / name).is_file()}
    sums = {name: stamps.checksum(content) for name, content in found.items()}
    whole = sums == {name: before.get("files", {}).get(name) for name in names}
    if whole and before.get("drawn") == subject.made_of():
        return found, before["look"]
    return _drawn(subject)


def _drawn(subject: Subject) -> tuple[dict[str, bytes], str]:
    id, label, tables = subject.id, subject.label, subject.tables
    whole = pictures.composed(subject.chart, subject.words)
    outlined = outlines.outlined(whole)
    shapes, night = (pictures.toned(outlined, dark) for dark in (False, True))
    strange = "<text" in outlined  # it has a letter that the report's faces lack
    printed = pictures.pdf(pictures.toned(whole), label["description"], strange)
    image = pictures.png(printed)
    files = {
        f"{id}.svg": stamps.stamped_svg(shapes, label, tables),
        f"{id}-dark.svg": stamps.stamped_svg(night, label, tables),
        f"{id}.png": stamps.stamped_png(image, label, tables),
        f"{id}.pdf": stamps.stamped_pdf(printed, label, tables),
        f"{id}-small.png": pictures.thumbnail(subject.chart, strange),
    }
    return files, pictures.look(image)
