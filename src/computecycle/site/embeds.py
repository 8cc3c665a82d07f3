"""Figures for frames on others' pages: `embed/<id>.html`, light, whole without a script.

Each says its edition. Where the site's `embed/editions.json` can be read, the newest one at the
report's own address, a script adds that a newer edition exists and how its title differs, or the
picture in words.
"""

import html
import json
from pathlib import Path
from urllib.parse import urlsplit

from computecycle.charts import tokens
from computecycle.citing import frames
from computecycle.citing.edition import LICENCES
from computecycle.citing.frames import FOLDER
from computecycle.evidence.days import days_told
from computecycle.runs import chapters
from computecycle.site import cards, exhibits, fonts, written
from computecycle.site.words import shown_results

FILES = ("embed.css", "embed.js")
NEWEST = "editions.json"


def pages(app):
    """Yield the page of each figure for a frame."""
    known_edition = app.computecycle_edition
    address = known_edition["address"]
    for known in shown_results(app):
        for figure in known["figures"]:
            context = {
                "title": figure["title"],
                "body": body(app, known, figure),
                "figure": figure["id"],
                "page": f"{address or '../'}figures/{figure['id']}.html",
                "newest": f"{address}{FOLDER}/{NEWEST}" if address else NEWEST,
                "connects": f" {origin(address)}" if address else "",
                "licence": LICENCES[known_edition["licence"]],
            }
            yield f"{FOLDER}/{figure['id']}", context, "embed.html"


def origin(address: str) -> str:
    """Return the scheme and the host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def body(app, known: dict, figure: dict) -> str:
    """Return what a frame shows of a figure: title, caption, picture, note, sources, day. HTML."""
    words = "".join(f"<p>{html.escape(each)}</p>" for each in behind(figure))
    return (
        f"<h1>{html.escape(figure['title'])}</h1><p>{html.escape(figure['caption'])}</p>"
        f"{exhibits.picture(app, figure)}{words}"
    )


def behind(figure: dict) -> list[str]:
    """Return what stands below the picture of a figure in a frame: note, day with sources."""
    days = days_told(figure["rows"])
    told = f"{days}. Sources: {cards.sources_in(figure['rows'])}." if days else ""
    return [each for each in (figure["note"], told) if each]


def height(app, figure: dict, width: int) -> int:
    """Return how many px the frame of a figure needs in a column of some width."""
    known = app.computecycle_edition
    _, ending = exhibits.LAYOUTS[width < frames.WIDE]
    drawing = exhibits.folder_of(app, figure["id"]) / f"{figure['id']}{ending}"
    of = f"{known['title']}, edition {known['edition']} of {known['day']}, {known['authors']}, "
    of += f"{known['licence']}; facts of others belong to their publishers."
    texts = [("title", figure["title"]), ("caption", figure["caption"])]
    texts += [*(("note", each) for each in behind(figure)), ("from", of)]
    return frames.height(drawing.read_text("utf-8"), texts, width)


def said(app, figure: dict) -> dict[str, str]:
    """Return what a figure says: its title, and its picture in words."""
    words = "" if figure["empty"] else exhibits.specification(app, figure["id"])["description"]
    return {"title": figure["title"], "words": words}


def loaded(app, problem):
    """Put what frames load beside them: style, script, and what the newest edition says."""
    if problem or app.builder.format != "html":
        return
    out, assets = Path(app.outdir, FOLDER), Path(app.srcdir, "book/assets")
    out.mkdir(exist_ok=True)
    type_of_frames = fonts.css(Path(app.srcdir, fonts.MADE), [tokens.SANS])
    style = "".join([tokens.css(), type_of_frames, (assets / FILES[0]).read_text("utf-8")])
    chapters.write(out / FILES[0], style.encode())
    chapters.write(out / FILES[1], (assets / FILES[1]).read_bytes())
    figures = [figure for known in shown_results(app) for figure in known["figures"]]
    told = {
        "edition": app.computecycle_edition["edition"],
        "published": app.computecycle_edition["published"],
        "figures": {each["id"]: said(app, each) for each in figures},
    }
    text = json.dumps(told, ensure_ascii=False, indent=0)
    chapters.write(out / NEWEST, f"{text}\n".encode())


def setup(app):
    """Register the pages and what they load."""
    app.connect("html-collect-pages", written.changed(pages))
    app.connect("build-finished", loaded)
