"""A figure in a frame on another's page: the line of HTML that puts it there."""

import html
import re
from collections.abc import Iterable

FOLDER = "embed"
AROUND = 280  # px, the words above and below a picture
HEIGHT = re.compile(r'<svg[^>]* height="([\d.]+)"')


def code(edition: dict[str, str], figure: dict, drawings: Iterable[str]) -> str:
    """Return the line of HTML that frames a figure.

    Its address is whole where the edition has one, else it begins at the site's folder.
    drawings : the figure's pictures as SVG, the tallest of which must find room.
    """
    tallest = max((float(HEIGHT.search(each)[1]) for each in drawings), default=0)
    address = html.escape(f"{edition['address']}{FOLDER}/{figure['id']}.html")
    return (
        f'<iframe src="{address}" title="{html.escape(figure["title"])}" '
        f'width="100%" height="{tallest + AROUND:.0f}" loading="lazy"></iframe>'
    )
