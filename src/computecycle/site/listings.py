"""Directives that list: a chapter's key numbers, rows of a table, all tables."""

import html

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from computecycle.citing import editions
from computecycle.evidence import data, words
from computecycle.evidence.days import in_words, newest
from computecycle.site import citable, inputs
from computecycle.site.addresses import CHAPTERS, chapter_page, up
from computecycle.site.fresh import of_tables, stated
from computecycle.site.markup import no_data, plain, raw, source_links, table_html
from computecycle.site.tables import refreshed
from computecycle.site.words import end_of, number, own_chapter, quoted, stored, title

ASSUMED = "assumed"  # confidence of a row that is a choice of ours
READING, MARK, VAGUE = "book/reading", "a-sentence-with-a", "the-words"


class Keys(SphinxDirective):
    """The key numbers at the head of a page, each line `value: what it is in a few words`.

    On another page than the chapter's a value is `chapter.id`. A rerun as of a day leaves out those
    that were not known.
    """

    has_content = True

    def run(self):
        items, own = [], ""
        for line in self.content:
            name, _, words = line.partition(":")
            chapter, _, id = name.strip().rpartition(".")
            own = own or (own_chapter(self.env) if not chapter else "")
            value = quoted(self.env, chapter or own, "value", id)
            if value is None or not words.strip():
                message = f'"{line}" is no value of a chapter, a colon and what it is'
                return [self.state.document.reporter.warning(message, line=self.lineno)]
            if value["number"] is None and inputs.package().as_of:
                continue  # its words may tell what came later
            shown = number(self.env, chapter or own, value)
            items.append(
                f"<div>{shown}<span>{html.escape(words.strip() + own_words(value))}</span></div>"
            )
        about = stated(self.env, facts, own) if own else ""
        return [raw(f'<div class="cc-keys">{"".join(items)}</div>{about}')]


def own_words(value: dict) -> str:
    """Return what a reader set and a key number rests on, as the end of what it is."""
    names = [each["parameter"] for each in value["own"]]
    return f" (here with {', '.join(names)} as set)" if names else ""


def facts(folder: str) -> str:
    """Return one line on a chapter: to when its data go, what it holds, its other pages. HTML."""
    known = stored(inputs.folder(), folder)
    end = newest([row for each in known["figures"] for row in each["rows"]])
    held = sum(each["holds"] is True for each in known["claims"])
    earlier = editions.told_earlier(inputs.folder(), folder)
    citing = (inputs.folder() / f"{citable.PAGE}.md").exists()
    parts = [
        f"Newest source {in_words(end)}" if end else "",
        f"{len(known['figures'])} figures",
        tested(held, len(known["claims"]), up(f"{CHAPTERS}/{folder}")),
        f'<a href="../citing.html#cite-{folder}">how to cite</a>' if citing else "",
        f'<a href="{folder}/notebook.html">notebook</a>',
        f'<a href="{folder}/numbers.html">every number</a>',
        f'<a href="{folder}/earlier.html">on earlier days</a>' if earlier else "",
    ]
    return f'<p class="cc-facts">{" ".join(f"<span>{each}</span>" for each in parts if each)}</p>'


def tested(held: int, count: int, way: str) -> str:
    """Return how many sentences of a chapter were tested, and of these hold where not all do, with
    the way to what that means; `way` leads to the site's folder. HTML."""
    told = f"{count} tested sentences" if held == count else f"{held} of {count} sentences hold"
    if not (inputs.folder() / f"{READING}.md").exists():
        return told
    page = f"{way}{READING}.html"
    return (
        f'{told}: <a href="{page}#{MARK}">what ✓ means</a>, '
        f'<a href="{page}#{VAGUE}">what “clearly” and “most” mean</a>'
    )


class Meanings(SphinxDirective):
    """Vague words with what they mean when a sentence is tested, each by its name in table words:
    `{meanings} about most ...`."""

    required_arguments = 1
    optional_arguments = 40

    def run(self):
        if unknown := [name for name in self.arguments if name not in words.known()]:
            message = f'table words has no word "{unknown[0]}"'
            return [self.state.document.reporter.warning(message, line=self.lineno)]
        return [raw(stated(self.env, meanings, *self.arguments))]


@of_tables
def meanings(*names: str) -> str:
    """Return some vague words as they are printed, each with its meaning. HTML."""
    # of every day: a rerun as of an early one tests its sentences by them too
    table = data.load("words", folder=inputs.package().folder).set_index("word")
    cells = [(as_read(table.at[name, "reads"]), table.at[name, "meaning"]) for name in names]
    rows = [[html.escape(cell) for cell in row] for row in cells]
    return table_html("Vague words, and what each means here", ["Words", "Meaning"], rows)


def as_read(reads: str) -> str:
    """Return a vague word as a sentence has it: "clearly more than" of "{a} is clearly more than
    {b}"."""
    return reads.removeprefix("{a}").removesuffix("{b}").strip().removeprefix("is ")


class Rows(SphinxDirective):
    """Some columns of a table as a table of the page: `{rows} table column column ...`.

    Shows the rows that the site is made of, as of its date.
    """

    required_arguments = 2
    optional_arguments = 20

    def run(self):
        name, *columns = self.arguments
        known = [field["name"] for field in data.resource(name)["schema"]["fields"]]
        missing = [column for column in columns if column not in known]
        if missing:
            words = f"table {name} has no column {missing[0]}"
            return [self.state.document.reporter.warning(words, line=self.lineno)]
        return [raw(stated(self.env, rows_of, name, *columns))]


@of_tables
def rows_of(name: str, *columns: str) -> str:
    """Return some columns of a table of the site. HTML."""
    table = inputs.package().load(name)[list(columns)]
    rows = [[html.escape(plain(cell)) for cell in row] for row in table.values]
    header = [html.escape(headed(column.replace("_", " "))) for column in columns]
    title = html.escape(data.resource(name)["title"])
    return table_html(title, header, rows, "cc-numbers") if rows else no_data()


class Exhibits(SphinxDirective):
    """What became of each figure and table of a source, with links to it: `{exhibits} source`."""

    required_arguments = 1

    def run(self):
        return [raw(stated(self.env, exhibits_of, self.arguments[0], up(self.env.docname)))]


def exhibits_of(source: str, way: str) -> str:
    """Return what became of the figures and tables of a source, counted and each; `way` leads to
    the site's folder. HTML."""
    table = inputs.package().load("exhibits")
    table = table[table["source"] == source]
    counts = "; ".join(
        f"{status} {count}" for status, count in table["status"].value_counts().items()
    )
    rows = [
        [html.escape(f"{headed(row['locator'])}: {row['shows']}"), row["status"], links(row, way)]
        for _, row in table.iterrows()
    ]
    caption = f"Figures and tables of {html.escape(inputs.package().sources()[source]['short'])}"
    told = f"<p>{len(table)} figures and tables: {counts}.</p>"
    return told + table_html(caption, ["Printed", "Here", "Where"], rows)


def headed(words: str) -> str:
    """Return words with a capital letter at their head."""
    return words[:1].upper() + words[1:]


def links(row, way: str) -> str:
    """Return links to the figure, or else the chapter, and to the table of an exhibit. HTML."""
    found = []
    if row["chapter"]:
        anchor = f"fig-{row['figure']}" if row["figure"] else ""
        address = way + chapter_page(row["chapter"], html.escape(anchor))
        found.append(f'<a href="{address}">{html.escape(title(row["chapter"]))}</a>')
    if row["table"]:
        name = html.escape(row["table"])
        words = html.escape(data.resource(row["table"])["title"])
        found.append(f'<a href="{way}tables/{name}.html">{words}</a>')
    return ", ".join(found)


class Tables(SphinxDirective):
    """Every table of the report: what it is, its columns, its rows, its licence."""

    def run(self):
        made, way = [], up(self.env.docname)
        for entry in data.descriptor()["resources"]:
            section = nodes.section(ids=[f"table-{entry['name']}"])
            section += nodes.title("", entry["title"])
            section += raw(stated(self.env, described, entry["name"], way))
            made.append(section)
        return made


@of_tables
def described(name: str, way: str) -> str:
    """Return a table's description, to when its data go, and the links to its rows and sources; a
    choice of ours has no day of its own. `way` leads to the site's folder. HTML."""
    entry, rows = data.resource(name), inputs.package().load(name)
    listed = len(inputs.package().texts(name))
    standing = f" ({len(rows)} stand, newer ones supersede the others)" * (listed > len(rows))
    file = f'<a href="{way}data/{entry["path"]}" download>CSV</a>'
    licence = ", ".join(each["name"] for each in entry["licenses"])
    ours = len(rows) and rows["confidence"].eq(ASSUMED).all()
    when = "our own choices, in force on every day" if ours else f"data to {end_of(name)}"
    return (
        f"<p>{html.escape(entry['description'])}</p>"
        f'<div><a href="{way}tables/{name}.html">{listed} rows</a>{standing}, {when}. '
        f"{file}. Licence: {html.escape(licence)}. "
        f"Sources: {source_links(way, data.trace([rows]))}{refreshed(name)}</div>"
    )


def setup(app):
    """Register the directives."""
    for name, kind in {
        "keys": Keys,
        "meanings": Meanings,
        "tables": Tables,
        "rows": Rows,
        "exhibits": Exhibits,
    }.items():
        app.add_directive(name, kind)
