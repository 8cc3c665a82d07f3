"""The type of the site: what it lacks comes from the reader's machine, or from the site itself."""

import base64
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from browsing import visiting
from fontTools.ttLib import TTFont
from house import REPOSITORY

from computecycle.charts import tokens
from computecycle.citing import outlines
from computecycle.site import addresses, fonts

ASSET = REPOSITORY / fonts.ASSET


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
    asked, shown = {}, SHOWN + SHOWN[:9] + "\u9f98"  # one that is not ours
    name = fonts.chinese(REPOSITORY, tmp_path, shown, asked)
    with fonts.putting(REPOSITORY, tmp_path, asked):
        pass
    (family, _, all_of_them), *parts = faces((tmp_path / name).read_text(encoding="utf-8"))
    assert (family, all_of_them) == (tokens.ROOM, set(SHOWN))
    size = fonts.TOGETHER
    cut = [set(SHOWN[start : start + size]) for start in range(0, len(SHOWN), size)]
    assert [letters for *_, letters in parts] == cut and len(cut) == 3
    for family, file, letters in parts:
        assert family == tokens.HAN
        assert letters_in((tmp_path / file).read_bytes()) == letters


def test_a_page_that_shows_none_asks_for_none(tmp_path):
    assert fonts.chinese(REPOSITORY, tmp_path, "", {}) == ""
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


def test_pairs_of_letters_move_towards_each_other_in_steps(type_of_pages):
    family, package, cut, _ = fonts.CUTS[-1]
    file = Path(package.font_directory, f"{cut}.ttf")
    made = TTFont(io.BytesIO(fonts.kept(type_of_pages, family, file, fonts.LETTERS)))
    step = fonts.STEP * made["head"].unitsPerEm
    moves = {value.XAdvance for value in moved(made)}
    assert len(moves) > 5 and all(move % step == 0 for move in moves)
    whole = {value.XAdvance for value in moved(TTFont(file))}
    assert any(move % step for move in whole), "so they were rounded"


def moved(font: TTFont) -> list:
    """By how much the second of two letters moves, of all pairs of classes of a font."""
    lookups = font["GPOS"].table.LookupList.Lookup
    tables = [getattr(each, "ExtSubTable", each) for one in lookups for each in one.SubTable]
    rows = [row for each in tables if hasattr(each, "Class1Record") for row in each.Class1Record]
    return [each.Value1 for row in rows for each in row.Class2Record if each.Value1]


def test_a_page_of_a_table_shows_few_letters_that_a_machine_may_not_have():
    for name in ("statements", "source_claims"):
        letters, rows = {}, Counter()
        for row in addresses.rows(name):
            words = " ".join(row.cells.values())
            letters.setdefault(row.part, set()).update(fonts.HAN.findall(words))
            rows[row.part] += 1
        assert len(rows) > 5
        assert all(len(some) <= addresses.LETTERS for some in letters.values())
        assert max(map(len, letters.values())) > addresses.LETTERS - 20, "so they are full"


WIDE = """async ([font, letter]) => { await document.fonts.load(font);
  const part = document.createElement("span");
  part.style.cssText = `position:absolute;font:${font}`; part.textContent = letter;
  document.body.append(part); return part.getBoundingClientRect().width }"""
SET = {
    ("sans", False): f'400 100px "{tokens.SANS}"',
    ("serif", True): f'700 100px "{tokens.SERIF}"',
}


@pytest.mark.parametrize("cut", SET)
def test_a_letter_is_as_wide_as_its_font_says(browser, built_trial, cut):
    """A browser that fits letters to whole pixels leaves a percent sign the room of a comma."""
    with visiting(browser) as visit:
        page = visit.go((built_trial.root / "_build/html/book/chapters/trial.html").as_uri())
        for letter in "%m8,":
            width = page.evaluate(WIDE, [SET[cut], letter])
            assert width == pytest.approx(outlines.width(letter, 100, cut), abs=0.1)
