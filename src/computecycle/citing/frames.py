"""A figure in a frame on another's page: the line of HTML that puts it there."""

import html
import re

FOLDER = "embed"
AROUND = 280  # px, the words above and below a picture
HEIGHT = re.compile(r'<svg[^>]* height="([\d.]+)"')


def code(edition: dict[str, str], figure: dict, drawing: str) -> str:
    """Return the line of HTML that frames a figure.

    Its address is whole where the edition has one, else it begins at the site's folder.
    drawing : the figure's picture as SVG, which must find room; a narrow frame scrolls.
    """
    height = float(HEIGHT.search(drawing)[1]) + AROUND
    address = html.escape(f"{edition['address']}{FOLDER}/{figure['id']}.html")
    return (
        f'<iframe src="{address}" title="{html.escape(figure["title"])}" '
        f'width="100%" height="{height:.0f}" loading="lazy"></iframe>'
    )
