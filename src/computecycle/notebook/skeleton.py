"""The skeleton of a new chapter: a notebook, a chart, a quantity and their tests, all of which run.

What it says of its table is true of any; an author puts the chapter's own subject in its place.
"""

import re
from pathlib import Path

import nbformat

from computecycle.evidence import checks, data
from computecycle.evidence.errors import InputError

NAME = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELLS = [  # id, tags (of code), lines; @ is the chapter, # its table
    ("finding", None, "# @", "", "{claim}`newest-known`"),
    (
        "parameters",
        ["parameters", "remove-cell"],
        'as_of: str = ""  # use only what had been published by this date; empty: everything',
        'data_dir: str = ""  # folder of your own tables; empty: none',
        "listed: int = 10  # sources that the figure lists [sources] {1..50}",
    ),
    (
        "check-parameters",
        ["remove-cell"],
        "from computecycle.notebook import parameters",
        "",
        'parameters.check("@", globals())',
    ),
    (
        "imports",
        ["remove-cell"],
        "from computecycle.charts import @ as charts",
        "from computecycle.evidence import data",
        "from computecycle.notebook import claims, figures",
        "from computecycle.quantities.@ import sources",
    ),
    ("load", ["hide-input"], 'table = data.Package(as_of, data_dir).load("#")'),
    (
        "say",
        ["remove-cell"],
        'rows = claims.value("rows", "rows of the table", sources.count(table), "rows")',
        'days = table["known_from"]',
        'first = claims.date("first", "oldest row", days.min(), "%Y-%m-%d", rows=[table])',
        'last = claims.date("last", "newest row", days.max(), "%Y-%m-%d", rows=[table])',
        'claims.claim("newest-known", "The {rows} rows became known from {first} to {last}.",',
        '             "last > first", mentioned="rows", rows=rows, first=first, last=last)',
    ),
    (
        "figure",
        ["remove-input"],
        'figures.show(charts.rows_by_source(sources.by_source(table, listed)), "@-rows",',
        '             "Where the rows come from", [],',
        '             "Rows of each source.", [table], otherwise="Rows by source")',
    ),
]
QUANTITY = '''"""How many rows each source gives."""

import pandas as pd

from computecycle.evidence.given import Given, computed


def count(table: pd.DataFrame) -> Given:
    """Return how many rows a table has; unknown for none."""
    return computed(len(table), table)


def by_source(table: pd.DataFrame, listed: int) -> pd.DataFrame:
    """Return the sources that give most rows: source, rows."""
    found = table["source"].value_counts().head(listed)
    return found.rename("rows").rename_axis("source").reset_index()
'''
CHART = '''"""The figures of the chapter @."""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme


def rows_by_source(sources: pd.DataFrame) -> alt.Chart:
    """Rows of each source. sources: source, rows."""
    base = alt.Chart(sources).encode(y=rows.named_beside(sources, "source", "Source"))
    count = alt.X("rows:Q").title("Rows").scale(zero=True)
    return base.mark_bar(color=theme.BLUE).encode(x=count)
'''
CHART_TEST = '''"""The charts of @: their tables, and what each must show besides."""

from charting import table

from computecycle.charts import @ as charts

SOURCES = table("source rows", ("maker2020", 3), ("shop2021", 1))
FIGURES = {charts.rows_by_source: (SOURCES,)}
'''
QUANTITY_TEST = '''"""Rows by source: literal rows in, counts out."""

import pandas as pd

from computecycle.quantities.@ import sources

TABLE = pd.DataFrame({"source": ["a", "b", "a"]})


def test_rows_are_counted_by_source():
    assert sources.count(TABLE).number == 3
    found = sources.by_source(TABLE, listed=1)
    assert found.to_dict("records") == [{"source": "a", "rows": 2}]


def test_no_rows_no_count():
    assert not sources.count(TABLE.iloc[:0]).known
'''
FILES = {
    "src/computecycle/charts/@.py": CHART,
    "src/computecycle/quantities/@/__init__.py": '"""The quantities of the chapter @."""\n',
    "src/computecycle/quantities/@/sources.py": QUANTITY,
    "tests/charts/test_@.py": CHART_TEST,
    "tests/quantities/@/test_sources.py": QUANTITY_TEST,
}


def notebook(name: str, table: str) -> nbformat.NotebookNode:
    """Return the notebook of a new chapter that reads a table."""
    cells = []
    for id, tags, *lines in CELLS:
        source = "\n".join(lines).replace("@", name).replace('load("#")', f'load("{table}")')
        if tags is None:
            heading = name.replace("_", " ").capitalize()
            source = source.replace(f"# {name}", f"# {heading}")
            cells.append(nbformat.v4.new_markdown_cell(source, id=id))
        else:
            cells.append(nbformat.v4.new_code_cell(source, id=id, metadata={"tags": tags}))
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def write(root: Path, name: str, table: str) -> list[str]:
    """Write a new chapter below `root` and into its order of pages; return the paths.

    InputError for a name that is none or is taken, for an unknown table, and for what is wrong
    with the table or with the bibliography.
    """
    if not NAME.fullmatch(name):
        raise InputError(f'"{name}" names no chapter; use lower-case words joined by underscores.')
    checks.need_sound(data.resource(table))
    files = {path.replace("@", name): text.replace("@", name) for path, text in FILES.items()}
    files[f"notebooks/{name}.ipynb"] = nbformat.writes(notebook(name, table)) + "\n"
    taken = [path for path in files if (root / path).exists()]
    if taken:
        raise InputError(f"{taken[0]} exists already; take another name.")
    order = root / "_toc.yml"
    lines = order.read_text(encoding="utf-8").splitlines()
    after = max(at for at, line in enumerate(lines) if "file: book/chapters/" in line)
    lines.insert(after + 1, re.sub(r"chapters/\w+", f"chapters/{name}", lines[after]))
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    order.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [*files, "_toc.yml"]
