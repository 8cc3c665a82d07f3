"""The type of the site: what it lacks comes from the reader's machine, or from the site itself."""

import io

import pytest
from fontTools.ttLib import TTFont
from house import REPOSITORY

from computecycle.evidence import data
from computecycle.site import fonts

ASSET = REPOSITORY / "book/assets" / fonts.HAN_FONT


def letters_in(font: bytes) -> set[str]:
    return set(map(chr, TTFont(io.BytesIO(font)).getBestCmap()))


def test_the_font_has_every_chinese_letter_of_the_report():
    """Where one is missing take it from Droid Sans Fallback into the font in book/assets."""
    written = [*data.FOLDER.glob("*.csv"), data.FOLDER / "sources.bib"]
    written += [*REPOSITORY.glob("notebooks/*.ipynb"), *REPOSITORY.glob("book/*.md")]
    asked = fonts.letters_of(written)
    assert len(asked) > 900 and asked <= letters_in(ASSET.read_bytes())


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    fonts.chinese(REPOSITORY, folder)
    return folder


def test_names_and_quotations_share_no_letter_and_leave_none_out(static):
    names, rest = (
        letters_in((static / f"chinese-{part}.woff2").read_bytes())
        for part in ("names", "quotations")
    )
    assert not names & rest and fonts.letters_of(data.FOLDER.glob("*.csv")) <= names | rest
    assert set("红杉") <= names  # in the title of a source


@pytest.mark.parametrize(
    ("codes", "told"),
    [([5], "U+5-5"), ([5, 6, 7, 9], "U+5-7,U+9-9"), ([0x2E80, 0x9FFF], "U+2E80-2E80,U+9FFF-9FFF")],
)
def test_letters_are_listed_in_runs(codes, told):
    assert fonts.ranges(codes) == told


def test_a_page_that_travels_carries_the_letters(static):
    style = fonts.carried(static)
    assert style.count("data:font/woff2;base64,") == 2 and ".woff2" not in style
    assert style.count("font-display:block") == 2  # printed once they are there
