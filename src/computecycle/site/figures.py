"""A page for each figure: `figures/<id>.html`; and all of them as pictures, `figures/index.html`.

The page of a figure holds whatever a reader may take of it or ask of it: picture, words, data,
files, citations, sources with their terms, rows, what it depends on, where it appears.
"""

import html
import json
import re
from pathlib import Path

from PIL import Image

from computecycle.citing import bundles, capsules, editions, frames, plotted
from computecycle.citing.summaries import LETTERS
from computecycle.evidence.days import days_told, in_words, newest
from computecycle.runs import chapters
from computecycle.site import cards, citable, embeds, inputs, process, written
from computecycle.site.addresses import chapter_page, source
from computecycle.site.exhibits import picture, specification
from computecycle.site.markup import filter_bar, linked, marks, no_data, row_links, table
from computecycle.site.words import shown_results

CELLS = 3000  # of the data on a page
ROWS = 150
PER = {"fraction": "", "fraction per year": "a year", "x": "times"}  # units behind a number
QUOTED = re.compile(r"\{chart\} ([\w.-]+)")


def pages(app):
    """Yield a page for each figure, and the page of all; their files have to be in place."""
    process.IN_PLACE.wait()
    everything = shown_results(app)
    quoting = appearances(app)
    for known in everything:
        for figure in known["figures"]:
            context = {
                "title": figure["title"],
                "body": page(app, known, figure, quoting.get(figure["id"], [])),
            }
            yield f"figures/{figure['id']}", context, "page.html"
    if any(known["figures"] for known in everything):
        yield "figures/index", {"title": "All figures", "body": shelf(app, everything)}, "page.html"


def files_folder(app, id: str) -> Path:
    """Return where the files that a reader may take of a figure lie."""
    return Path(app.srcdir, capsules.FOLDER, id)


def appearances(app) -> dict[str, list[str]]:
    """Return the written pages that show a figure of a chapter, by the figure's id."""
    found: dict[str, list[str]] = {}
    for name in sorted(app.env.found_docs):
        for target in QUOTED.findall(Path(app.env.doc2path(name)).read_text(encoding="utf-8")):
            chapter, _, id = target.rpartition(".")
            if chapter:
                found.setdefault(id, []).append(name)
    return found


def page(app, known: dict, figure: dict, quoting: list[str]) -> str:
    """Return the body of a figure's page. HTML. quoting : the written pages that show it."""
    id = figure["id"]
    spec = specification(app, id)
    note = f"<p>{html.escape(figure['note'])}</p>" if figure["note"] else ""
    days = days_told(figure["rows"])
    parts = {
        "Cite": ("cite", cited(app, id)),
        "Files": ("files", files(app, id)),
        "Data": ("data", data_tables(app, id, spec)),
        "On your page": ("frame", framed(app, figure)),
        "In words": ("words", f"<p>{html.escape(spec['description'])}</p>"),
        "Sources": ("sources", sources(figure)),
        "What it depends on": ("inputs", depends(known, figure)),
        "Where it appears": ("places", places(app, known, figure, quoting)),
    }
    facts = [
        f'<a href="../{chapter_page(known["chapter"], f"fig-{id}")}">'
        f"In the chapter “{html.escape(known['title'])}”</a>",
        days,
        *(f'<a href="#{anchor}">{name}</a>' for name, (anchor, _) in list(parts.items())[:3]),
        '<a href="index.html">All figures</a>',
    ]
    told = "".join(f"<span>{fact}</span>" for fact in facts if fact)
    sections = "".join(
        f'<section id="{anchor}"><h2>{name}</h2>{body}</section>'
        for name, (anchor, body) in parts.items()
    )
    return (
        f"<h1>{html.escape(figure['title'])}</h1><p>{html.escape(figure['caption'])}</p>"
        f'<p class="cc-facts">{told}</p>'
        f'<div class="cc-figure">{picture(app, figure)}</div>{note}{sections}'
    )


def data_tables(app, id: str, spec: dict) -> str:
    """Return the data as plotted, each table with its file. HTML."""
    found = plotted.tables(Path(app.srcdir), id, spec)
    return "".join(data_table(id, each) for each in found) or no_data()


def data_table(id: str, found: plotted.Table) -> str:
    """Return a table of a figure with human names, its numbers to the right. HTML."""
    numeric = [each.type in ("integer", "number") for each in found.columns]
    count = min(ROWS, CELLS // max(1, len(found.columns)))
    heads = [html.escape(each.heading) for each in found.columns]
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{' class=n' * number}>{html.escape(grouped(cell) if number else cell)}</td>"
            for cell, number in zip(row, numeric, strict=True)
        )
        + "</tr>"
        for row in found.rows[:count]
    )
    name = html.escape(bundles.file_of(id, found))
    more = f", the first {count} here" if len(found.rows) > count else ""
    caption = f"{found.name.capitalize()}: " if found.name else ""
    caption = f"{html.escape(caption)}{len(found.rows)} rows{more}"
    return (
        f"{table(caption, heads, body, kinds=['n' * each for each in numeric])}"
        f'<p class="cc-files"><a href="{id}/{name}" download>{name}</a></p>'
    )


def grouped(number: str) -> str:
    """Return a number with its digits in groups where it is long."""
    whole, dot, rest = number.partition(".")
    return (
        f"{int(whole):,}{dot}{rest}" if whole.lstrip("-").isdigit() and len(whole) > 4 else number
    )


def cited(app, id: str) -> str:
    """Return the citation of a figure in each style, to copy and to save; a rerun's is no published
    figure, and its receipt stands for it. HTML."""
    if inputs.record(app.srcdir):
        return f"<p>{citable.of_a_rerun('A figure of a rerun', '../')}</p>"
    named = {style: f"{id}{ending}" for style, ending in bundles.CITED.items()}
    return citable.in_styles(
        (style, (files_folder(app, id) / file).read_text("utf-8").strip(), f"{id}/{file}")
        for style, file in named.items()
    )


def files(app, id: str) -> str:
    """Return the files of a figure, the zip of all first, each with what it is. HTML."""
    folder = files_folder(app, id)
    order = list(bundles.KINDS.values())
    named = sorted(path.name for path in folder.glob("[!.]*"))
    named.remove(f"{id}-small.png")
    named.sort(key=lambda name: order.index(bundles.kind_of(name)))
    items = "".join(
        f'<li><a href="{id}/{html.escape(name)}" download>{html.escape(name)}</a> '
        f"{html.escape(bundles.kind_of(name))}, {size(folder / name)}</li>"
        for name in named
    )
    return f'<ul class="cc-listed">{items}</ul>'


def size(path: Path) -> str:
    """Return how large a file is, in words."""
    count = path.stat().st_size
    return f"{max(1, round(count / 1000)):,} KB" if count >= 1000 else f"{count} bytes"


def framed(app, figure: dict) -> str:
    """Return how a figure is framed on another's page. HTML."""
    wide, narrow = (embeds.height(app, figure, width) for width in (frames.WIDE, frames.NARROW))
    code = html.escape(frames.code(app.computecycle_edition, figure, wide))
    words = (
        f"The height is for a column of {frames.WIDE} px or more; for a phone’s, write {narrow}."
    )
    place = f"{frames.FOLDER}/{figure['id']}.html"
    alone = f'<a href="../{place}">The figure alone</a>'
    text = f'<pre tabindex="0">{code}</pre>'
    own = app.computecycle_edition["address"]
    return f"<p>{words}</p>" + citable.to_copy("line", text, alone, "" if own else place)


def sources(figure: dict) -> str:
    """Return the sources of a figure: name, terms, title, and the rows that each gives. HTML."""
    items = []
    for key, fields in bundles.used_sources(figure).items():
        found = [row for row in figure["rows"] if row["source"] == key]
        rows = "; ".join(row_links("../", merged(found, name)) for name in tables_of(found))
        address = linked(fields["url"]) if "url" in fields else ""
        items.append(
            f'<li><a href="../{source(key)}">{html.escape(fields["short"])}</a>, '
            f"{html.escape(fields['title'])}. {address} "
            f"<small>{html.escape(fields['rights'])}. Rows: {rows}</small></li>"
        )
    return f'<ul class="cc-listed">{"".join(items)}</ul>' if items else no_data()


def tables_of(rows: list[dict]) -> list[str]:
    """Return the tables that some places stand in, each once."""
    return list(dict.fromkeys(row["table"] for row in rows))


def merged(rows: list[dict], name: str) -> dict:
    """Return the places of one table as one."""
    own = [row for row in rows if row["table"] == name]
    return own[0] | {"rows": [place for row in own for place in row["rows"]]}


def depends(known: dict, figure: dict) -> str:
    """Return tables, parameters and hashes that a figure depends on. HTML."""
    tables = ", ".join(
        f'<a href="../tables/{name}.html">{name.replace("_", " ")}</a>'
        for name in tables_of(figure["rows"])
    )
    own = [each for each in known["parameters"] if each["name"] not in ("as_of", "data_dir")]
    given = "; ".join(html.escape(given_in_words(each)) for each in own)
    hashes = ", ".join(
        f"{name} <code>{known['inputs'][name][:LETTERS]}</code>"
        for name in ("notebook", "code", "environment")
    )
    book = f"../{chapter_page(known['chapter']).removesuffix('.html')}/notebook.html"
    items = [
        f"Tables: {tables}" if tables else "",
        f"Parameters of the chapter: {given}" if given else "",
        f'Made by <a href="{book}">the notebook</a>: {hashes}',
    ]
    listed = "".join(f"<li>{item}</li>" for item in items if item)
    return f'<ul class="cc-listed">{listed}</ul>'


def given_in_words(parameter: dict) -> str:
    """Return a parameter with what it is set to; of an empty one, what is taken instead."""
    value, unit = parameter["value"], parameter["unit"]
    if value in (None, ""):
        said = parameter["meaning"].partition("empty: ")[2] or "by the data"
    elif isinstance(value, bool):
        said = "yes" if value else "no"
    else:
        said = f"{cards.plain(value)} {PER.get(unit, unit)}".strip()
    return f"{parameter['name']}: {said}"


def places(app, known: dict, figure: dict, quoting: list[str]) -> str:
    """Return the pages that show a figure, and what earlier editions had of it. HTML."""
    id = figure["id"]
    shown = [(chapter_page(known["chapter"], f"fig-{id}"), known["title"])]
    shown += [(f"{name}.html", app.env.titles[name].astext()) for name in dict.fromkeys(quoting)]
    links = [f'<li><a href="../{at}">{html.escape(title)}</a></li>' for at, title in shown]
    return f'<ul class="cc-listed">{"".join(links)}{earlier(app, known, figure)}</ul>'


def earlier(app, known: dict, figure: dict) -> str:
    """Return a line for each earlier edition that had the figure. HTML."""
    root, lines = Path(app.srcdir), []
    spec = specification(app, figure["id"])
    now = chapters.digest(json.dumps(list(spec.get("datasets", {}).values())).encode())[:LETTERS]
    for name in editions.names(root):
        results = root / editions.FOLDER / name / "results" / f"{known['chapter']}.json"
        if name == app.computecycle_edition["edition"] or not results.exists():
            continue
        then = {each["id"]: each for each in json.loads(results.read_text("utf-8"))["figures"]}
        if figure["id"] in then:
            same = then[figure["id"]]["data_hash"] == now
            words = "the same data" if same else "other data"
            title = html.escape(then[figure["id"]]["title"])
            lines.append(f"<li>Edition {html.escape(name)}: “{title}”, {words}</li>")
    return "".join(lines)


def shelf(app, everything: list[dict]) -> str:
    """Return every figure as a small picture with its title, by chapter. HTML."""
    count = sum(len(known["figures"]) for known in everything)
    order = {name: at for at, name in enumerate(app.env.toctree_includes.get("book/index", []))}
    ordered = sorted(
        everything, key=lambda known: order.get(f"book/chapters/{known['chapter']}", 0)
    )
    groups = "".join(
        f"<section><h2>{html.escape(known['title'])}</h2><ul>"
        + "".join(card(app, known, figure) for figure in known["figures"])
        + "</ul></section>"
        for known in ordered
        if known["figures"]
    )
    day = in_words_of(ordered)
    items = [traits(known, figure) for known in ordered for figure in known["figures"]]
    choices = filter_bar("figures", items)
    return (
        f"<h1>All figures</h1><p>{count} figures{day}, each with a page of its own: picture, data, "
        f'files, citation.</p>{choices}<div class="cc-filtered cc-shelf">{groups}</div>'
    )


def in_words_of(everything: list[dict]) -> str:
    """Return to when the data of all figures go, as the end of a phrase."""
    figures = [each for known in everything for each in known["figures"]]
    day = newest([row for each in figures for row in each["rows"]])
    return f", with data to {in_words(day)}" if day else ""


def traits(known: dict, figure: dict) -> dict[str, list[str]]:
    """Return by what a figure can be chosen."""
    names = [each["short"] for each in bundles.used_sources(figure).values()]
    topics = [name.replace("_", " ") for name in tables_of(figure["rows"])]
    return {"chapter": [known["title"]], "source": list(dict.fromkeys(names)), "topic": topics}


def card(app, known: dict, figure: dict) -> str:
    """Return a figure in the list of all, with what it can be chosen by. HTML."""
    id = figure["id"]
    with Image.open(files_folder(app, id) / f"{id}-small.png") as image:
        width, height = image.size
    return (
        f'<li{marks(traits(known, figure))}><a href="{id}.html">'
        f'<img src="{id}/{id}-small.png" alt="" width="{width}" '
        f'height="{height}" loading="lazy">{html.escape(figure["title"])}</a></li>'
    )


def setup(app):
    """Register the pages."""
    app.connect("html-collect-pages", written.changed(pages), priority=900)  # files come meanwhile
