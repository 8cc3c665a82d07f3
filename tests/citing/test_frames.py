"""The line of HTML that frames a figure."""

import lxml.html
import pytest

from computecycle.citing import frames

PICTURE = '<svg xmlns="x" width="680" height="340.5"><rect height="9"/></svg>'


@pytest.mark.parametrize("address", ["", "https://example.org/cycle/"])
def test_a_frame_has_the_figures_address_its_title_and_room_for_it(address):
    title = 'It "rose" & <b>fell</b>'
    code = frames.code({"address": address}, {"id": "rise", "title": title}, 720)
    frame = lxml.html.fragment_fromstring(code)
    assert frame.tag == "iframe" and frame.get("title") == title
    assert frame.get("src") == f"{address}embed/rise.html"
    assert frame.get("height") == "720"
    assert "style" not in frame.attrib


def test_a_frame_is_higher_for_longer_words_and_a_picture_shrinks_with_its_column():
    short, long = ([("note", "word " * count)] for count in (5, 200))
    assert frames.height(PICTURE, short, frames.WIDE) == 26 + 341 + 7 + 19
    assert frames.height(PICTURE, long, frames.WIDE) == 26 + 341 + 7 + 10 * 19
    assert frames.height(PICTURE, short, 372) == 26 + 171 + 7 + 19
