"""The type of the site: what it lacks comes from the reader's machine, or from the site itself."""

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont
from house import REPOSITORY

from computecycle.charts import tokens
from computecycle.site import fonts

ASSET = REPOSITORY / "book/assets" / fonts.HAN_FONT


def letters_in(font: bytes) -> set[str]:
    return set(map(chr, TTFont(io.BytesIO(font)).getBestCmap()))


def test_the_font_has_every_chinese_letter_of_the_report():
    """Where one is missing take it from Droid Sans Fallback into the font in book/assets."""
    asked = set(fonts.of_report(REPOSITORY))
    assert len(asked) > 900 and asked <= letters_in(ASSET.read_bytes())


SHOWN = "".join(sorted(fonts.of_report(REPOSITORY))[:300])


def faces(style: str) -> list[tuple[str, str, set[str]]]:
    """Family, source and letters of each face of a style sheet, in their order."""
    found = re.findall(r'font-family:"([^"]+)";.*?url\("([^"]+)"\).*?unicode-range:([^}]+)', style)
    return [(*each, {chr(code) for part in asked.split(",") for code in span(part)})
            for *each, asked in found]  # fmt: skip


def span(part: str) -> range:
    """The numbers of letters that a part of a `unicode-range` names."""
    first, _, last = part.removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def test_a_page_has_the_letters_that_it_shows_in_their_order(tmp_path):
    name = fonts.chinese(REPOSITORY, tmp_path, SHOWN + SHOWN[:9] + "\u9f98")  # one that is not ours
    (family, _, all_of_them), *parts = faces((tmp_path / name).read_text(encoding="utf-8"))
    assert (family, all_of_them) == (tokens.ROOM, set(SHOWN))
    size = fonts.TOGETHER
    cut = [set(SHOWN[start : start + size]) for start in range(0, len(SHOWN), size)]
    assert [letters for *_, letters in parts] == cut and len(cut) == 3
    for family, file, letters in parts:
        assert family == tokens.HAN
        assert letters_in((tmp_path / file).read_bytes()) == letters


def test_a_page_that_shows_none_asks_for_none(tmp_path):
    assert fonts.chinese(REPOSITORY, tmp_path, "") == ""
    assert list(tmp_path.iterdir()) == []


def test_what_keeps_the_room_of_a_letter_is_as_wide_as_it_is():
    mark, whole = (
        TTFont(io.BytesIO(each)) for each in (fonts.mark(REPOSITORY), ASSET.read_bytes())
    )
    names, measures = mark.getBestCmap(), mark["hmtx"]
    assert {measures[names[ord(letter)]][0] for letter in SHOWN} == {mark["head"].unitsPerEm}
    names, measures = whole.getBestCmap(), whole["hmtx"]
    assert {measures[names[ord(letter)]][0] for letter in SHOWN} == {whole["head"].unitsPerEm}


@pytest.mark.parametrize(
    ("codes", "told"),
    [([5], "U+5"), ([5, 6, 7, 9], "U+5-7,U+9"), ([0x2E80, 0x9FFF], "U+2E80,U+9FFF")],
)
def test_letters_are_listed_in_runs(codes, told):
    assert fonts.ranges(codes) == told


def test_a_page_that_travels_carries_the_letters():
    ((family, source, letters),) = faces(style := fonts.carried(REPOSITORY, SHOWN * 2))
    inside = base64.b64decode(source.removeprefix("data:font/woff2;base64,"))
    assert (family, letters_in(inside)) == (tokens.HAN, letters) and letters == set(SHOWN)
    assert "font-display:block" in style  # printed once they are there
