"""A figure in a frame on another's page: the line of HTML that puts it there, how high it is."""

import html
import math
import re

FOLDER = "embed"
WIDE, NARROW = 660, 360  # px: of a column that shows the wide picture, of a phone's
MARGINS = 32, 26  # px, beside and above with below what a frame shows
SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
# px of a letter and of a line, both rather more than less, and around a paragraph: see `embed.css`
TYPE = {
    "title": (9.2, 24, 5),
    "caption": (6.9, 22, 13),
    "note": (6, 19, 7),
    "from": (6, 24, 21),
}


def code(edition: dict[str, str], figure: dict, height: int) -> str:
    """Return the line of HTML that frames a figure in a column of the width `WIDE` or more.

    Its address is whole where the edition has one, else it begins at the site's folder.
    """
    address = html.escape(f"{edition['address']}{FOLDER}/{figure['id']}.html")
    return (
        f'<iframe src="{address}" title="{html.escape(figure["title"])}" '
        f'width="100%" height="{height}" loading="lazy"></iframe>'
    )


def height(drawing: str, texts: list[tuple[str, str]], width: int) -> int:
    """Return how many px a frame of some width needs, so that nothing in it scrolls.

    drawing : the figure's picture as SVG. texts : the paragraphs, each with its kind, of `TYPE`.
    """
    beside, above = MARGINS
    room = width - beside
    wide, high = map(float, SIZE.search(drawing).groups())
    picture = high * (1 if width == WIDE else min(1, room / wide))  # wider, it is as it was drawn
    return math.ceil(above + picture + sum(paragraph(*each, room) for each in texts))


def paragraph(kind: str, text: str, room: float) -> float:
    """Return how high a text is, in px, in lines of some width; a line ends with a whole word."""
    letter, line, around = TYPE[kind]
    return around + line * math.ceil(len(text) * letter / (room - 4 * letter))
