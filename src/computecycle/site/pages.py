"""What is made beside the written pages: one page a table, the banner of a rerun, the bundles."""

import csv
import html
import json
import shutil
from pathlib import Path

import vl_convert

from computecycle.charts import theme
from computecycle.evidence import data
from computecycle.site import archive
from computecycle.site.markup import linked
from computecycle.site.words import CHAPTERS, source_anchor, stored

VEGA_LITE = "6.4"


def table_pages(app):
    """Yield one page a table, each row with the anchor of its line in the CSV."""
    for entry in data.descriptor()["resources"]:
        path = data.FOLDER / entry["path"]
        header, *rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in ["line", *header])
        body = "".join(
            table_row(line, dict(zip(header, row, strict=True)))
            for line, row in enumerate(rows, start=2)
        )
        text = (
            f"<h1>{html.escape(entry['title'])}</h1><p>{html.escape(entry['description'])}</p>"
            f'<p><a href="../data/{entry["path"]}" download>CSV</a>. '
            f'<a href="../book/data.html#table-{entry["name"]}">Columns</a>.</p>'
            f'<div class="cc-scroll"><table class="cc-table"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )
        yield f"tables/{entry['name']}", {"title": entry["title"], "body": text}, "page.html"


def table_row(line: int, cells: dict[str, str]) -> str:
    """Return one row of a table. HTML, escaped."""
    shown = [linked(cell) for cell in cells.values()]
    if "source" in cells:
        at = list(cells).index("source")
        shown[at] = (
            f'<a href="../book/sources.html#{source_anchor(cells["source"])}">{shown[at]}</a>'
        )
    return f'<tr id="L{line}"><td>{line}</td>{"".join(f"<td>{cell}</td>" for cell in shown)}</tr>'


def banner(app, pagename, templatename, context, doctree):
    """Say on every page of a rerun that it is not the published edition, and what differs."""
    reruns = [known for known in shown_results(app) if not known["published"]]
    if not reruns or "body" not in context:
        return
    changed = "; ".join(
        f"Chapter {known['chapter']} with "
        + ", ".join(f"{name} = {value}" for name, value in known["inputs"]["parameters"].items())
        for known in reruns
    )
    context["body"] = (
        f'<p class="cc-banner"><strong>Not the published edition.</strong> '
        f"{html.escape(changed)}.</p>{context['body']}"
    )


def shown_results(app) -> list[dict]:
    """Return the results of the chapters that have a page."""
    pages = sorted(page for page in app.env.found_docs if page.startswith(CHAPTERS))
    return [known for page in pages if (known := stored(app.srcdir, Path(page).name))]


def figure_ids(app) -> list[str]:
    """Return the ids of the figures that the chapters show now, not of those they once showed."""
    return sorted(figure["id"] for known in shown_results(app) for figure in known["figures"])


def bundles(app, problem):
    """Put tables, figure bundles and the Vega bundle beside the pages."""
    if problem or app.builder.format != "html":
        return
    out, figures = Path(app.outdir), Path(app.srcdir, "_build/figures")
    shutil.rmtree(out / "data", ignore_errors=True)
    (out / "data").mkdir()
    for name in archive.files():  # and nothing else that may lie in the folder
        shutil.copy2(data.FOLDER / name, out / "data")
    archive.zipped(out / "data" / f"{archive.NAME}.zip")
    archive.database(out / "data" / f"{archive.NAME}.sqlite")
    shutil.rmtree(out / "figures", ignore_errors=True)
    for id in figure_ids(app):
        shutil.copytree(figures / id, out / "figures" / id)
        spec = (figures / id / f"{id}.vl.json").read_text(encoding="utf-8")
        script = out / "figures" / id / "figure.js"
        script.write_text(f'computecycle.draw("{id}", {spec});', encoding="utf-8")
    vega = out / "_static/vega.js"
    if not vega.exists():
        code = vl_convert.javascript_bundle(vl_version=VEGA_LITE)
        tones = json.dumps({light: f"--cc-{token}" for token, (light, _) in theme.TOKENS.items()})
        vega.write_text(f"(()=>{{{code}\n}})();\ncomputecycle.tones = {tones};", encoding="utf-8")


def colours(app):
    """Write the colours before any page, so that each page names the same version of them."""
    static = Path(app.outdir, "_static")
    static.mkdir(parents=True, exist_ok=True)
    (static / "colours.css").write_text(theme.css(), encoding="utf-8")


def setup(app):
    """Register what is made."""
    app.connect("builder-inited", colours)
    app.connect("html-collect-pages", table_pages)
    app.connect("html-page-context", banner)
    app.connect("build-finished", bundles)
