"""Directive `{chart}`: a figure with its words.

In a chapter a figure has its pictures, caption, sources and one row of links; its data as a table
and all its files stand on its page, see `figures`.
"""

import html
import json
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from computecycle.charts import theme
from computecycle.evidence.days import days_told
from computecycle.site import inputs
from computecycle.site.addresses import chapter_page, up
from computecycle.site.fresh import stated
from computecycle.site.markup import no_data, raw, source_links
from computecycle.site.words import own_chapter, parsed, quoted, said, shown_results, stored

LAYOUTS = [("wide", ".svg"), ("narrow", "-narrow.svg")]


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
        own = chapter or own_chapter(self.env)
        figure = quoted(self.env, own, "figure", id)
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
        return [
            self.full(shown, figure),
            raw(stated(self.env, footer, own, id, up(self.env.docname))),
        ]

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


def specification(app, id: str) -> dict:
    """Return the Vega-Lite specification that a figure is drawn from."""
    path = folder_of(app, id) / f"{id}.vl.json"
    return parsed(path, path.stat().st_mtime_ns)


def picture(app, figure: dict, layouts=LAYOUTS) -> str:
    """Return layouts as inline SVG that follows the page's colours. HTML."""
    if figure["empty"]:
        return no_data()
    drawn, id = "", figure["id"]
    for css, ending in layouts:
        path = folder_of(app, id) / f"{id}{ending}"
        css, shown = css if len(layouts) > 1 else "only", themed(path, path.stat().st_mtime_ns)
        drawn += f'<div class="cc-{css}" aria-hidden="true">{shown}</div>'
    words = html.escape(specification(app, id)["description"], quote=True)
    return (
        f'<div class="cc-picture" role="img" aria-label="{words}" data-figure="{id}">{drawn}</div>'
    )


@cache
def themed(path: Path, changed: int) -> str:
    """Return a drawing that follows the page's colours, made once in each state of its file."""
    return theme.themed_svg(path.read_text(encoding="utf-8"))


def footer(chapter: str, id: str, way: str) -> str:
    """Return note, day, sources and the links to page and files of a figure of a chapter; `way`
    leads to the site's folder. HTML."""
    figure, known = said(chapter, "figure", id), stored(inputs.folder(), chapter)
    days = days_told(figure["rows"])
    sources = f"{days}. Sources: {source_links(way, figure['rows'])}" if days else ""
    note = f"<p>{html.escape(figure['note'])}</p>" if figure["note"] else ""
    mark = "" if known["published"] else "<p><strong>Not the published edition.</strong></p>"
    page = f"{way}figures/{id}"
    links = {
        "Link": f"{page}.html",
        "Download": f"{page}/{id}.png",
        "Data": f"{page}.html#data",
        "Cite": f"{page}.html#cite",
        "Embed": f"{way}embed/{id}.html",
    }
    row = "".join(
        f'<a href="{at}"{" download" * at.endswith(".png")}>{name}</a>'
        for name, at in links.items()
    )
    row = f'<p class="cc-files">{row}</p>'
    return f'<div class="cc-footer">{mark}{note}<div>{sources}</div>{row}</div>'


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
    """Register the directive."""
    app.add_directive("chart", Chart)
