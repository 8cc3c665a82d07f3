"""What a file is: as it was taken, as other programs save it, altered, of another edition, none."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import cairosvg
import pikepdf
import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from computecycle.citing import capsules, identify, stamps
from computecycle.evidence.errors import InputError

ID = "trial-prices"
OURS = f"Figure {ID}, edition 2026.11: Prices."
SAME = "Its data are those of edition 2026.11, built here."
LOST = "It has lost its label, and is known by what it shows."


@pytest.fixture
def taken(built_trial):
    """The folder of the figure's files."""
    return built_trial.root / capsules.FOLDER / ID


@pytest.fixture
def told(built_trial, tmp_path):
    """What is said of a file of some content."""

    def say(content: bytes, name: str = "file") -> list[str]:
        (tmp_path / name).write_bytes(content)
        return identify.told(built_trial.root, tmp_path / name)

    return say


def saved(image: Image.Image, kind: str = "PNG", **more) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **more)
    return written.getvalue()


@pytest.mark.parametrize("kind", [".svg", "-dark.svg", ".png", ".pdf"])
def test_a_picture_as_it_was_taken(taken, told, kind):
    content = (taken / f"{ID}{kind}").read_bytes()
    assert told(content) == [OURS, "What it shows is as it was made.", SAME]


@pytest.mark.parametrize("kind", [".csv", "-rows.csv", ".vl.json", ".bib"])
def test_a_text_as_it_was_taken(taken, told, kind):
    words = f"It is {ID}{kind} as it was made."
    assert told((taken / f"{ID}{kind}").read_bytes())[:2] == [OURS, words]


def test_a_zip_as_it_was_taken(taken, told):
    first, words, now = told((taken / f"{ID}.zip").read_bytes())
    assert (first, now) == (OURS, SAME) and words.endswith("files in it are as they were made.")


def test_a_picture_that_other_programs_saved(taken, told):
    image = Image.open(taken / f"{ID}.png")
    plain = image.convert("RGB")
    exact = "It shows, pixel by pixel, what edition 2026.11 shows."
    about = "It shows, but for its size or format, what edition 2026.11 shows."
    first = f"Figure {ID}: Prices."
    assert told(saved(image)) == [first, LOST, exact]
    assert told(saved(plain, "JPEG", quality=80)) == [first, LOST, about]
    assert told(saved(plain.reduce(2))) == [first, LOST, about]
    for name in (f"{ID}.svg", f"{ID}-dark.svg"):
        drawn = cairosvg.svg2png((taken / name).read_bytes(), output_width=900)
        assert told(drawn) == [first, LOST, about]


def test_a_part_of_a_picture_and_one_that_stands_among_other_things(taken, told):
    made = Image.open(taken / f"{ID}.png")
    image, (width, height) = made.convert("RGB"), made.size
    part = image.crop((width // 12, height // 6, width * 9 // 10, height * 5 // 6))
    slide = Image.new("RGB", (1600, 900), "#dddddd")
    slide.paste(image.resize((900, 900 * height // width)), (611, 97))
    kept, unsure = PngInfo(), f"hold it against figures/{ID}/{ID}.png."
    kept.add_itxt(stamps.PACKET, made.info[stamps.PACKET])
    for content, lost, words in [
        (saved(part, "JPEG", quality=70), True, "It shows a part of it."),
        (saved(slide), True, "The figure stands in it, among other things."),
        (saved(image.crop((0, 0, width, height * 4 // 5)), pnginfo=kept), False, "It was cropped"),
    ]:
        first, *more = told(content)
        assert first.startswith(f"Figure {ID}") and (LOST in more) == lost
        last = more[1 if lost else 0]
        assert last.startswith(words) and last.endswith(unsure)


def test_a_false_label_is_told(built_trial, taken, told, later):
    """What is shown is one figure, the label that of another, or of an edition that never was."""
    folder = later / capsules.FOLDER
    shutil.copytree(folder / ID, folder / "other")
    for name, change in [("other", {"id": "other"}), (ID, {"look": "00" * 576})]:
        path = folder / name / capsules.LABEL
        label = json.loads(path.read_text(encoding="utf-8")) | change
        path.write_text(json.dumps(label), encoding="utf-8")
    shutil.copy(taken / f"{ID}.png", folder / "other/other.png")
    image, info = Image.open(taken / f"{ID}.png"), PngInfo()
    info.add_itxt(stamps.PACKET, image.info[stamps.PACKET].replace("2026.11", "2026.10"))
    (later / "editions/2026.11").mkdir(parents=True)
    (later / "editions/2026.11/edition.json").write_text("{}", encoding="utf-8")
    (later / "false.png").write_bytes(saved(image.convert("RGB").reduce(2), pnginfo=info))
    words = identify.told(later, later / "false.png")
    assert words[0].startswith(f"Figure {ID}, edition 2026.10")
    assert words[1] == "Its label is false: what it shows is figure other, Prices."
    assert words[2] == "No edition 2026.10 is known here."


def test_the_small_picture_of_a_list_is_one_of_ours(taken, told):
    words = f"It is {ID}-small.png as it was made."
    assert told((taken / f"{ID}-small.png").read_bytes())[:2] == [OURS, words]


def test_a_label_survives_what_packs_a_file_anew(taken, told):
    image, info = Image.open(taken / f"{ID}.png"), PngInfo()
    info.add_itxt(stamps.PACKET, image.info[stamps.PACKET])
    assert told(saved(image, pnginfo=info, optimize=True))[:2] == [
        OURS, "What it shows is as it was made.",
    ]  # fmt: skip
    written = io.BytesIO()
    with pikepdf.open(taken / f"{ID}.pdf") as pdf:
        pdf.save(written, linearize=True)
    assert told(written.getvalue())[1] == "What it shows is as it was made."


def test_an_altered_picture_and_where(taken, told):
    image, info = Image.open(taken / f"{ID}.png"), PngInfo()
    info.add_itxt(stamps.PACKET, image.info[stamps.PACKET])
    changed = image.convert("RGB")
    width, height = changed.size
    box = [width // 2, height // 2, width // 2 + 60, height // 2 + 30]
    ImageDraw.Draw(changed).rectangle(box, fill="#000000")
    for content in (saved(changed), saved(changed, pnginfo=info)):
        words = " ".join(told(content))
        assert (
            "It was altered: against edition 2026.11 it differs 4" in words or "differs 5" in words
        )
    svg = (taken / f"{ID}.svg").read_bytes()
    hidden = svg.replace(b'height="1" fill', b'height="99" fill')
    assert told(hidden)[1].startswith("It was altered")


def test_altered_data_in_a_picture_and_in_a_zip(taken, told):
    svg = (taken / f"{ID}.svg").read_bytes()
    assert "The data that it carries were altered." in told(svg.replace(b"apple,10", b"apple,11"))
    written = io.BytesIO()
    with zipfile.ZipFile(taken / f"{ID}.zip") as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"apple,10", b"apple,11"))
    words = told(written.getvalue())
    assert f"{ID}.csv was altered, or is missing." in words


def test_a_table_that_was_changed_and_by_how_much(taken, told):
    text = (taken / f"{ID}.csv").read_text(encoding="utf-8").replace("10", "12")
    assert told(text.encode())[1:] == [
        f"It has the columns of {ID}.csv.",
        f"Edition 2026.11, built here, differs in {ID}.csv: 1 cell changed; "
        "the largest change is Value: 12 to 10.",
    ]


@pytest.mark.parametrize("parting", [",", ";", "\t"])
def test_a_table_as_a_spreadsheet_saves_it(taken, told, parting):
    text = (taken / f"{ID}.csv").read_text(encoding="utf-8").replace(",", parting)
    for coded in ("utf-8-sig", "utf-16"):
        content = text.replace("\n", "\r\n").encode(coded)
        assert told(content)[1:] == [f"It has the columns of {ID}.csv.", SAME]


@pytest.fixture
def later(built_trial, tmp_path) -> Path:
    """The same figure in an edition of the next month, in which one number is another."""
    shutil.copytree(built_trial.root / capsules.FOLDER, tmp_path / capsules.FOLDER)
    path = tmp_path / capsules.FOLDER / ID / capsules.LABEL
    label = json.loads(path.read_text(encoding="utf-8"))
    tables = {name: text.replace("20", "25") for name, text in label["plotted"].items()}
    new = {"edition": "2026.12", "plotted": tables, "data": stamps.data_checksum(tables)}
    path.write_text(json.dumps(label | new), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", [".svg", ".png", ".pdf", ".zip"])
def test_a_newer_edition_and_by_how_much_it_differs(taken, later, kind):
    first, _, now = identify.told(later, taken / f"{ID}{kind}")
    assert first == OURS
    assert now == (
        f"Edition 2026.12, built here, differs in {ID}.csv: 1 cell changed; "
        "the largest change is Value: 20 to 25."
    )


def test_without_an_edition_built_here_the_label_still_tells(taken, tmp_path):
    words = identify.told(tmp_path, taken / f"{ID}.png")
    assert words[0] == f"Figure {ID}, edition 2026.11."
    assert words[-1] == "No edition is built here to compare it with; run make book."


OTHER = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&amp;</text></svg>'
STRANGE = {
    "white.png": (saved(Image.new("RGB", (800, 500), "white")), "bears no label of this report"),
    "other.svg": (OTHER.encode(), "bears no label"),
    "other.csv": (b"a,b\n1,2\n", "bears no label"),
    "empty.png": (b"", "is empty, or larger"),
    "cut.png": (saved(Image.new("RGB", (800, 500)))[:500], "is damaged, or not"),
    "none.pdf": (b"%PDF-1.7 and nothing", "is damaged, or not"),
    "none.zip": (b"PK\x03\x04 and nothing", "is damaged, or not"),
    "none.svg": (b"<svg", "is damaged, or not"),
    "page.html": (b"\n<!DOCTYPE html><title>", "is a page, and says itself what it shows; name a"),
    "bytes.csv": (b"\xff\xfe\x00" * 9, "is damaged, or not"),
}  # fmt: skip


@pytest.mark.parametrize("name", STRANGE)
def test_a_file_that_is_not_ours_is_one_sentence(told, name):
    content, words = STRANGE[name]
    with pytest.raises(InputError, match=f"^{name} {words}[^\n]*$"):
        told(content, name)


def test_a_file_that_is_not_there_is_one_sentence(built_trial, tmp_path):
    with pytest.raises(InputError, match="gone.png is no file; name a picture"):
        identify.told(built_trial.root, tmp_path / "gone.png")


def test_an_entity_in_an_svg_reads_no_file(told, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("told")
    doctype = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    svg = doctype + OTHER.replace("&amp;", "&x;")
    with pytest.raises(InputError, match="bears no label|is damaged"):
        told(svg.encode(), "x.svg")
