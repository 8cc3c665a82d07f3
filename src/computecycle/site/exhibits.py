"""Directive `{chart}`: a figure with its pictures, words, data and downloads."""

import csv
import html
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from computecycle.charts import theme
from computecycle.site.markup import no_data, raw, source_links, table_html
from computecycle.site.words import own_chapter, place, results

SHOWN_ROWS = 40


class Chart(SphinxDirective):
    """A figure: static pictures for wide and narrow pages, words, data, downloads.

    On another page than its chapter's (`{chart} chapter.id`) only the picture with its title,
    which leads to the figure itself.
    """

    required_arguments = 1

    def run(self):
        chapter, _, id = self.arguments[0].rpartition(".")
        known = results(self.env, chapter or own_chapter(self.env))
        figure = next((each for each in known.get("figures", []) if each["id"] == id), None)
        if figure is None:
            words = f'no figure "{self.arguments[0]}"'
            return [self.state.document.reporter.warning(words, line=self.lineno)]
        folder = Path(self.env.srcdir, "_build/figures", id)
        picture = raw(self.picture(folder, figure) if not figure["empty"] else no_data())
        if chapter:
            link = nodes.reference(
                "", figure["title"], internal=True, refuri=place(self.env, chapter, f"fig-{id}")
            )
            title = nodes.paragraph("", "", link, classes=["cc-small-title"])
            return [nodes.container("", title, picture, classes=["cc-small"])]
        return [self.full(picture, figure), raw(self.footer(folder, figure, known))]

    def full(self, picture: nodes.raw, figure: dict) -> nodes.figure:
        """Return the numbered figure with its title and caption."""
        caption = nodes.caption(
            "", "", nodes.strong("", figure["title"]), nodes.Text(f" {figure['caption']}")
        )
        node = nodes.figure("", picture, caption, classes=["cc-figure"])
        node["names"].append(f"fig-{figure['id']}")
        self.state.document.note_explicit_target(node, node)
        return node

    def picture(self, folder: Path, figure: dict) -> str:
        """Return both layouts as inline SVG that follows the page's colours."""
        drawn = ""
        for width in ("wide", "narrow"):
            path = folder / f"{width}.svg"
            self.env.note_dependency(str(path))
            svg = theme.themed_svg(path.read_text(encoding="utf-8"))
            drawn += f'<div class="cc-{width}" aria-hidden="true">{svg}</div>'
        words = html.escape(f"{figure['title']}. {figure['caption']}", quote=True)
        return (
            f'<div class="cc-picture" role="img" aria-label="{words}" '
            f'data-figure="{figure["id"]}">{drawn}</div>'
        )

    def footer(self, folder: Path, figure: dict, known: dict) -> str:
        """Return note, sources, date, downloads and the data as plotted. HTML."""
        page = self.env.app.builder.get_relative_uri(self.env.docname, f"figures/{figure['id']}/x")
        base = page.rsplit("/", 1)[0]
        files = sorted(path.name for path in folder.iterdir() if path.suffix != ".svg")
        files = ["wide.svg", *files]
        links = " ".join(f'<a href="{base}/{name}" download>{label(name)}</a>' for name in files)
        newest = max((row["known_from"] for row in figure["rows"]), default="")
        sources = f"As of {newest}. Sources: {source_links(self.env, figure['rows'])}"
        note = f"<p>{html.escape(figure['note'])}</p>" if figure["note"] else ""
        mark = "" if known["published"] else "<p><strong>Not the published edition.</strong></p>"
        return (
            f'<div class="cc-footer">{mark}{note}<div>{sources if newest else ""}</div>'
            f'<p class="cc-files">{links} <button type="button" class="cc-interact" '
            f'data-base="{base}" data-id="{figure["id"]}" hidden>Make it interactive</button></p>'
            f"{plotted(folder, figure)}</div>"
        )


def label(name: str) -> str:
    """Return the words of a download link."""
    if name.endswith(".vl.json"):
        return "Vega-Lite"
    return name.rsplit(".", 1)[1].upper()


def plotted(folder: Path, figure: dict) -> str:
    """Return the data as plotted behind a disclosure; the longest of the chart's tables. HTML."""
    tables = [
        list(csv.reader(path.open(encoding="utf-8", newline="")))
        for path in sorted(folder.glob(f"{figure['id']}-*.csv"))
    ]
    if not tables:
        return ""
    header, *rows = max(tables, key=len)
    cells = [[html.escape(cell) for cell in row] for row in rows[:SHOWN_ROWS]]
    rest = (
        f"<p>{len(rows) - SHOWN_ROWS} more rows in the CSV.</p>" if len(rows) > SHOWN_ROWS else ""
    )
    return (
        f"<details><summary>Data as plotted ({len(rows)} rows)</summary>"
        f"{table_html([html.escape(name) for name in header], cells)}{rest}</details>"
    )


def setup(app):
    """Register the directive."""
    app.add_directive("chart", Chart)
