"""The line of HTML that frames a figure."""

import lxml.html
import pytest

from computecycle.citing import frames

WIDE = '<svg xmlns="x" width="680" height="340.5"><rect height="9"/></svg>'
DRAWINGS = [WIDE, '<svg width="340" height="990"></svg>']


@pytest.mark.parametrize("address", ["", "https://example.org/cycle/"])
def test_a_frame_has_the_figures_address_its_title_and_room_for_it(address):
    title = 'It "rose" & <b>fell</b>'
    code = frames.code({"address": address}, {"id": "rise", "title": title}, DRAWINGS)
    frame = lxml.html.fragment_fromstring(code)
    assert frame.tag == "iframe" and frame.get("title") == title
    assert frame.get("src") == f"{address}embed/rise.html"
    assert int(frame.get("height")) == round(340.5 + frames.AROUND)
    assert "style" not in frame.attrib
