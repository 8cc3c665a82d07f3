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
    drawings : the figure's pictures as SVG, first the one that must find room; a narrow frame,
    which shows the other, scrolls.
    """
    height = float(HEIGHT.search(next(iter(drawings)))[1]) + AROUND
    address = html.escape(f"{edition['address']}{FOLDER}/{figure['id']}.html")
    return (
        f'<iframe src="{address}" title="{html.escape(figure["title"])}" '
        f'width="100%" height="{height:.0f}" loading="lazy"></iframe>'
    )
