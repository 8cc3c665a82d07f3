"""Directive `{chart}`: a figure with its words; and a page of its own for every figure.

In a chapter a figure has its pictures, caption, sources and one row of links; its data as a table
and all its files stand on its page, `figures/<id>.html`.
"""

import csv
import html
import json
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from computecycle.charts import theme
from computecycle.citing import frames
from computecycle.site.addresses import chapter_page, up
from computecycle.site.markup import no_data, raw, source_links, table_html
from computecycle.site.words import own_chapter, results, shown_results

SHOWN_ROWS = 150
LAYOUTS = [("wide", ".svg"), ("narrow", "-narrow.svg")]
CELLS = 3000  # of the data on a figure's page


class Chart(SphinxDirective):
    """A figure: static pictures for wide and narrow pages, words, sources, links.

    On another page than its chapter's (`{chart} chapter.id`) only the picture with its title,
    which leads to the figure itself: the narrow one, which fits a phone and a cell of a grid, or
    with `wide` both.
    """

    required_arguments = 1
    optional_arguments = 1

    def run(self):
        chapter, _, id = self.arguments[0].rpartition(".")
        known = results(self.env, chapter or own_chapter(self.env))
        figure = next((each for each in known.get("figures", []) if each["id"] == id), None)
        if figure is None:
            words = f'no figure "{self.arguments[0]}"'
            return [self.state.document.reporter.warning(words, line=self.lineno)]
        for name in (f"{id}.svg", f"{id}-narrow.svg"):
            self.env.note_dependency(str(folder_of(self.env.app, id) / name))
        small = bool(chapter) and "wide" not in self.arguments[1:]
        shown = raw(picture(self.env.app, figure, LAYOUTS[small:]))
        if chapter:
            link = f"{up(self.env.docname)}{chapter_page(chapter, f'fig-{id}')}"
            title = (
                f'<p class="cc-small-title"><a href="{link}">{html.escape(figure["title"])}</a></p>'
            )
            return [raw(f'<div class="cc-small">{title}'), shown, raw("</div>")]
        return [self.full(shown, figure), raw(footer(self.env, figure, known))]

    def full(self, shown: nodes.raw, figure: dict) -> nodes.figure:
        """Return the numbered figure with its title and caption."""
        caption = nodes.caption(
            "", "", nodes.strong("", figure["title"]), nodes.Text(f" {figure['caption']}")
        )
        node = nodes.figure("", shown, caption, classes=["cc-figure"])
        node["names"].append(f"fig-{figure['id']}")
        self.state.document.note_explicit_target(node, node)
        return node


def folder_of(app, id: str) -> Path:
    """Return where the files of a figure lie."""
    return Path(app.srcdir, "_build/figures", id)


def picture(app, figure: dict, layouts=LAYOUTS) -> str:
    """Return layouts as inline SVG that follows the page's colours. HTML."""
    if figure["empty"]:
        return no_data()
    drawn, id = "", figure["id"]
    for css, ending in layouts:
        text = (folder_of(app, id) / f"{id}{ending}").read_text(encoding="utf-8")
        css = css if len(layouts) > 1 else "only"
        drawn += f'<div class="cc-{css}" aria-hidden="true">{theme.themed_svg(text)}</div>'
    spec = json.loads((folder_of(app, id) / f"{id}.vl.json").read_text(encoding="utf-8"))
    words = html.escape(spec["description"], quote=True)
    return (
        f'<div class="cc-picture" role="img" aria-label="{words}" data-figure="{id}">{drawn}</div>'
    )


def footer(env, figure: dict, known: dict) -> str:
    """Return note, day, sources and the links to page and files of a figure. HTML."""
    id, way = figure["id"], up(env.docname)
    newest = max((row["known_from"] for row in figure["rows"]), default="")
    sources = f"As of {newest}. Sources: {source_links(env, figure['rows'])}" if newest else ""
    note = f"<p>{html.escape(figure['note'])}</p>" if figure["note"] else ""
    mark = "" if known["published"] else "<p><strong>Not the published edition.</strong></p>"
    files = "".join(
        f'<a href="{way}figures/{id}/{id}.{kind}" download>{kind.upper()}</a>'
        for kind in ("svg", "png")
    )
    return (
        f'<div class="cc-footer">{mark}{note}<div>{sources}</div><p class="cc-files">'
        f'<a href="{way}figures/{id}.html">Data, files and how to cite</a>{files}</p></div>'
    )


def pages(app):
    """Yield a page for each figure: what it shows, its data, its files, where it stands."""
    for known in shown_results(app):
        for figure in known["figures"]:
            context = {"title": figure["title"], "body": page(app, known, figure)}
            yield f"figures/{figure['id']}", context, "page.html"


def page(app, known: dict, figure: dict) -> str:
    """Return the body of a figure's page. HTML."""
    id, folder = figure["id"], folder_of(app, figure["id"])
    files = "".join(
        f'<a href="{id}/{path.name}" download>{html.escape(label(path.name))}</a>'
        for path in sorted(folder.iterdir())
    )
    note = f"<p>{html.escape(figure['note'])}</p>" if figure["note"] else ""
    return (
        f"<h1>{html.escape(figure['title'])}</h1><p>{html.escape(figure['caption'])}</p>"
        f'<p class="cc-facts"><a href="../{chapter_page(known["chapter"], f"fig-{id}")}">'
        f"In the chapter “{html.escape(known['title'])}”</a></p>"
        f'<div class="cc-figure">{picture(app, figure)}</div>{note}'
        f'<h2>Files</h2><p class="cc-files">{files}</p>{framed(app, figure)}'
        f"<h2>Data as plotted</h2>{plotted(folder, id)}"
    )


def framed(app, figure: dict) -> str:
    """Return how a figure is framed on another's page. HTML."""
    drawings = [
        (folder_of(app, figure["id"]) / f"{figure['id']}{ending}").read_text(encoding="utf-8")
        for _, ending in LAYOUTS
    ]
    code = html.escape(frames.code(app.computecycle_edition, figure, drawings))
    return (
        f'<h2>On your page</h2><p class="cc-files"><a href="../embed/{figure["id"]}.html">'
        f'The figure alone</a></p><pre tabindex="0">{code}</pre>'
    )


def label(name: str) -> str:
    """Return the words of a download link."""
    stem, _, kind = name.partition(".")
    narrow = ", narrow" * stem.endswith("-narrow")
    return "Vega-Lite" if kind == "vl.json" else f"{kind.upper()}{narrow}"


def plotted(folder: Path, id: str) -> str:
    """Return the data as plotted; the longest of the chart's tables. HTML."""
    tables = [
        list(csv.reader(path.open(encoding="utf-8", newline="")))
        for path in sorted(folder.glob(f"{id}-*.csv"))
    ]
    if not tables:
        return no_data()
    header, *rows = max(tables, key=len)
    count = min(SHOWN_ROWS, CELLS // len(header))
    cells = [[html.escape(cell) for cell in row] for row in rows[:count]]
    rest = f"<p>{len(rows) - count} more rows in the CSV.</p>" if len(rows) > count else ""
    heads = [html.escape(name.replace("_", " ")) for name in header]
    return table_html(f"{len(rows)} rows", heads, cells) + rest


def marks(app) -> dict[str, str]:
    """Return, by figure, a script with what each mark of its two layouts says when asked."""
    found = {}
    for known in shown_results(app):
        for figure in known["figures"]:
            id = figure["id"]
            texts = [
                theme.mark_labels((folder_of(app, id) / f"{id}{ending}").read_text("utf-8"))
                for _, ending in LAYOUTS
            ]
            found[id] = f"computecycle.marks({json.dumps([id, *texts], ensure_ascii=False)});\n"
    return found


def setup(app):
    """Register the directive and the pages."""
    app.add_directive("chart", Chart)
    app.connect("html-collect-pages", pages)
