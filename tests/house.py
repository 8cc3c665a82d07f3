"""Houses: copies of the report in which a test may run, break and build what it likes.

A *house* is a folder from which a site is made. `trial` is a small one (one chapter of a second,
two tables); `real` is the report itself. Neither touches the repository or its `_build`.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import warm

REPOSITORY = Path(__file__).parents[1]
DESCRIPTOR = json.loads((REPOSITORY / "data/datapackage.json").read_text(encoding="utf-8"))
RECORD = json.loads((REPOSITORY / "book/edition.json").read_text(encoding="utf-8"))
RECORD["address"] = ""  # as it is where nobody has published it, whatever a fork writes there
RECORD["address"] = ""  # which a fork's own report has, and no house
ON_PATH = os.pathsep.join(str(REPOSITORY / name) for name in ("src", "tests"))  # of a process
COMMAND = [sys.executable, "-c", "from computecycle.cli import main; main()"]
SECONDS = 300  # that a command may take
HALF = shutil.ignore_patterns("*.pyc.*")  # what another process compiles just now
LOCATOR = 'p. 1 & "<script>alert(1)</script>"'


@dataclass(frozen=True)
class House:
    """A folder from which a site is made, and the command run in it with its own package."""

    root: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a command: the house's package before the installed one."""
        return {**os.environ, "PYTHONPATH": str(self.root / "src")}

    def run(self, *words: str) -> subprocess.CompletedProcess:
        """Run the `computecycle` command to its end, without the wait for imports."""
        return warm.run(COMMAND[-1], list(words), self.root, self.environment, SECONDS)

    def python(self, code: str) -> subprocess.CompletedProcess:
        """Run some Python with the house's package to its end, without the wait for imports."""
        return warm.run(code, [], self.root, self.environment, SECONDS)

    def anew(self, *words: str, code: str = COMMAND[-1], **more) -> subprocess.CompletedProcess:
        """Run the command, or some Python, to its end in a process that shares nothing."""
        return subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            **more,
        )

    def start(self, *words: str) -> subprocess.Popen:
        """Start the command as a terminal does: in a process group of its own, interruptible, with
        kernels of its own.

        What a shell starts in the background ignores interrupts, and so would its children.
        """
        from computecycle.runs import kernels

        environment = {k: v for k, v in self.environment.items() if k != kernels.ADDRESS}
        return subprocess.Popen(
            [*COMMAND, *words],
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def published(self) -> dict[str, bytes]:
        """The bytes of the site in place, by path."""
        return contents(self.root / "_build/html")

    def results(self, chapter: str = "trial") -> dict:
        """The results of a chapter's last run."""
        return json.loads((self.root / f"_build/results/{chapter}.json").read_text("utf-8"))

    def write_chapter(self, cells: list, name: str = "trial") -> Path:
        """Write a chapter of these cells."""
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        path = self.root / f"notebooks/{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text(nbformat.writes(book) + "\n", encoding="utf-8")
        return path


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, by path."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def code(id: str, *lines: str, tags: tuple[str, ...] = ()):
    """A code cell of a chapter."""
    return nbformat.v4.new_code_cell("\n".join(lines), id=id, metadata={"tags": list(tags)})


def text(id: str, *lines: str):
    """A text cell of a chapter."""
    return nbformat.v4.new_markdown_cell("\n".join(lines), id=id)


def trial_cells() -> list:
    """The cells of the trial chapter: one table, two values, one claim, one figure."""
    return [
        text("finding", "# A trial", "", "{claim}`price-rose`", "The last is {value}`price-last`."),
        code(
            "parameters",
            'as_of: str = ""  # use only what was published by this date; empty: everything',
            'data_dir: str = ""  # folder of your own tables; empty: none',
            "factor: float = 1.0  # multiplies the last price [x] {0.25..4}",
            "count: int = 3  # how many [things] {1..10}",
            'mode: str = "fast"  # how it goes {fast|slow}',
            "strict: bool = True  # whether it is strict",
            tags=("parameters", "remove-cell"),
        ),
        code(
            "check-parameters",
            "from computecycle.notebook import parameters",
            "",
            'parameters.check("trial", globals())',
            tags=("remove-cell",),
        ),
        code(
            "imports",
            "import altair as alt",
            "from computecycle.evidence import data",
            "from computecycle.evidence.given import Given",
            "from computecycle.notebook import claims, figures",
            tags=("remove-cell",),
        ),
        code("load", 'prices = data.Package(as_of, data_dir).load("prices")', tags=("hide-input",)),
        code(
            "say",
            "last = Given(float(prices['value'].iloc[-1]) * factor, [prices.iloc[[-1]]])",
            'v_last = claims.value("price-last", "the last price", last, "USD", "${:,.1f}")',
            "first = Given(float(prices['value'].iloc[0]), [prices.iloc[[0]]])",
            'v_first = claims.value("price-first", "the first price", first, "USD", "${:,.1f}")',
            'claims.claim("price-rose", "The price rose from {v_first} to {v_last}.",',
            '             "v_last > v_first", v_first=v_first, v_last=v_last)',
            tags=("remove-cell",),
        ),
        code(
            "figure",
            'chart = alt.Chart(prices[["item", "value"]]).mark_bar().encode(x="value", y="item")',
            'figures.show(chart, "trial-prices", "Prices", [], "Prices in USD.", [prices],',
            '             otherwise="Prices")',
            tags=("remove-input",),
        ),
        text("reading", "The row: {value}`price-first` {place}`price-last`.", "", "$$a = b$$"),
    ]


FIELDS = {
    "item": "string", "value": "number", "source": "string", "locator": "string",
    "known_from": "date", "confidence": "string", "note": "string",
}  # fmt: skip
PRICES = [
    ["apple", "10", "maker2020", "p. 1", "2020-01-01", "printed", ""],
    ["pear & <b>plum</b>", "20", "maker2020", LOCATOR, "2021-01-01", "printed", "<i>note</i>"],
]
MOVED = ["apple", "12", "maker2020", "p. 1", "2020-02-02", "printed", ""]
BIBLIOGRAPHY = """@misc{maker2020,
  author = {Maker, Ann},
  title = {Prices \\& more},
  year = {2020},
  type = {report},
  url = {https://example.org/prices},
  urldate = {2020-06-01},
}
@misc{computecycle,
  organization = {The trial},
  title = {Our own words},
  year = {2020},
  type = {report},
  urldate = {2020-06-01},
}
"""


def write_table(path: Path, rows: list[list[str]], header: list[str] = tuple(FIELDS)) -> None:
    """Write rows as a CSV."""
    import csv

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([list(header), *rows])


def described(name: str) -> dict:
    """The description of a trial table."""
    fields = [
        {"name": field, "type": kind, "description": field, "constraints": {"required": True}}
        for field, kind in FIELDS.items()
    ]
    fields[-1].pop("constraints")
    return {
        "name": name,
        "path": f"{name}.csv",
        "title": f"Table {name}",
        "description": f"Rows of {name}.",
        "key": ["item"],
        "licenses": [{"name": "CC-BY-4.0", "path": "https://example.org/licence"}],
        "schema": {
            "fields": fields,
            "primaryKey": ["item", "known_from"],
            "missingValues": [""],
        },
    }


def furnish(root: Path) -> House:
    """Make a trial house: the package of the repository with a small chapter and two tables."""
    house = House(root)
    copied = shutil.ignore_patterns("chapters", "*.md")
    shutil.copytree(REPOSITORY / "src", root / "src", ignore=HALF)
    shutil.copytree(REPOSITORY / "book", root / "book", ignore=copied)
    for name in ("_config.yml", "requirements.txt", "pyproject.toml", "LICENSE"):
        shutil.copy2(REPOSITORY / name, root / name)
    (root / "book/edition.json").write_text(json.dumps(RECORD, indent=1))
    pages = "  - file: book/chapters/trial\n  - file: book/data\n  - file: book/sources\n"
    (root / "_toc.yml").write_text(f"format: jb-book\nroot: book/index\nchapters:\n{pages}")
    front = "# Trial report\n\n{claim}`trial.price-rose`\n\nPrices to {data-end}`prices`.\n"
    (root / "book/index.md").write_text(front)
    (root / "book/data.md").write_text("# Data\n\n```{tables}\n```\n")
    (root / "book/sources.md").write_text("# Sources\n\n```{sources}\n```\n")
    write_table(root / "data/prices.csv", PRICES)
    write_table(root / "data/unused.csv", PRICES[:1])
    shutil.copy2(REPOSITORY / "data/words.csv", root / "data")
    (words,) = (each for each in DESCRIPTOR["resources"] if each["name"] == "words")
    licences = [{"name": "CC-BY-4.0"}]
    tables = [described("prices"), described("unused"), words]
    package = {"name": "trial", "title": "Trial tables", "description": "For tests."}
    package |= {"licenses": licences, "resources": tables}
    (root / "data/datapackage.json").write_text(json.dumps(package, indent=1))
    (root / "data/sources.bib").write_text(BIBLIOGRAPHY)
    house.write_chapter(trial_cells())
    return house


def copy_of_the_report(root: Path) -> House:
    """Copy what the report's site is written from; nothing that was made."""
    for name in ("src", "data", "notebooks", "editions"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=HALF)
    shutil.copytree(REPOSITORY / "book", root / "book", ignore=shutil.ignore_patterns("chapters"))
    for name in ("_config.yml", "_toc.yml", "requirements.txt", "pyproject.toml", "LICENSE"):
        shutil.copy2(REPOSITORY / name, root / name)
    (root / "book/edition.json").write_text(json.dumps(RECORD, indent=1))
    return House(root)


def dressed(house: House, fonts: Path) -> House:
    """The house with the fonts of pages as a build keeps them for the next."""
    shutil.copytree(fonts, house.root / "_build/fonts")
    return house


CHIPS = """\
chip,period,price,unit,count,year,ready,source,locator,known_from,confidence
A100,2020-05,10000,USD,2,2020,true,maker,page 1,2020-05-14,printed
A100,2021-06,9000,USD,,2021,false,maker,page 2,2021-07-01,recalled
A100,2021-06,9500,USD,,2021,false,shop,page 3,2022-01-01,single_source
H100,2022,25000,EUR,,,true,shop,page 3,2022-01-01,single_source
"""
CHIPS_BIBLIOGRAPHY = """\
@misc{maker, author = {Smith, Ann and Lee, Bo}, title = {Prices}, year = {2020}, type = {report},
  urldate = {2020-06-01}}
@misc{shop, organization = {The Shop}, title = {A \\& B}, year = {2021}, type = {dataset},
  urldate = {2021-06-01}}
"""


def chips_descriptor() -> dict:
    """A descriptor with one table, a column of each type."""
    fields = [
        {"name": "chip", "type": "string", "constraints": {"required": True}},
        {"name": "period", "type": "string", "constraints": {"pattern": "^[0-9]{4}(-[0-9]{2})?$"}},
        {"name": "price", "type": "number", "constraints": {"minimum": 0}},
        {"name": "unit", "type": "string", "constraints": {"enum": ["USD", "EUR"]}},
        {"name": "count", "type": "integer"},
        {"name": "year", "type": "year"},
        {"name": "ready", "type": "boolean"},
        {"name": "source", "type": "string", "constraints": {"required": True}},
        {"name": "locator", "type": "string", "constraints": {"required": True}},
        {"name": "known_from", "type": "date", "constraints": {"required": True}},
        {"name": "confidence", "type": "string"},
    ]
    for field in fields:
        field["description"] = f"the {field['name']} of a chip"
    schema = {"primaryKey": ["chip", "period", "known_from"], "fields": fields}
    entry = {"name": "chips", "path": "chips.csv", "key": ["chip", "period"], "schema": schema}
    entry |= {"title": "Chips", "description": "A row is a chip at a day."}
    entry |= {"licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/"}]}
    return {"name": "shelf", "resources": [entry]}
