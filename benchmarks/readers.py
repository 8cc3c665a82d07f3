"""What programs of others read of the built report, each asked for what it should find.

What is not on the machine is told as such. Beyond the packages of the tests they are

    npm install vnu-jar datapackage @citation-js/core @citation-js/plugin-bibtex   (NODE_PATH)
    apt-get install default-jre-headless pandoc biber
    pip install duckdb datasette
"""

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from checkout import ROOT
from tables import Table, say

TITLE = "Readers"
SITE = ROOT / "_build/html"
ABSENT = "not on this machine"
PACKAGE_JS = """const {Package} = require("datapackage");
Package.load(process.argv[1]).then(async (found) => {
  if (!found.valid) throw found.errors;
  let rows = 0;
  for (const each of found.resources) rows += (await each.read({relations: false})).length;
  console.log(rows);
}).catch((problem) => { console.error(problem); process.exit(1); });"""
CITATION_JS = """const {Cite} = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const text = require("fs").readFileSync(process.argv[1], "utf8");
console.log(new Cite(text).data.length);"""


def said(*command: str, **more) -> str:
    """Return what a program prints; RuntimeError with its last words where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode:
        raise RuntimeError((done.stderr or done.stdout).strip()[-300:])
    return done.stdout


def node(script: str, path: Path) -> str:
    """Return what a script for Node prints of a file, with the packages on NODE_PATH."""
    return said("node", "-e", script, str(path))


def has_node(name: str) -> bool:
    """Return whether Node is here and finds a package."""
    asked = ["node", "-e", f"require.resolve({json.dumps(name)})"]
    return bool(shutil.which("node")) and subprocess.run(asked, capture_output=True).returncode == 0


def rows_of(package: Path) -> int:
    """Return how many rows the CSVs of a Data Package have."""
    entries = json.loads((package / "datapackage.json").read_text("utf-8"))["resources"]
    texts = [(package / entry["path"]).read_text("utf-8") for entry in entries]
    return sum(len(list(csv.reader(io.StringIO(text, newline="")))) - 1 for text in texts)


def sources() -> int:
    """Return how many entries the bibliography has."""
    from computecycle.evidence import data

    return len(data.entries())


def specifications() -> list[Path]:
    """Return the Vega-Lite files of the site."""
    return sorted(SITE.resolve().rglob("*.vl.json"))


def by_frictionless(package: Path) -> str:
    """Return how many rows frictionless finds valid."""
    from frictionless import Package

    report = Package(str(package / "datapackage.json")).validate()
    if not report.valid:
        raise RuntimeError(str(report.flatten(["type", "message"])[:2]))
    return f"{sum(task.stats['rows'] for task in report.tasks):,} rows"


def by_node(package: Path) -> str:
    """Return how many rows the Data Package's JavaScript reader casts."""
    return f"{int(node(PACKAGE_JS, package / 'datapackage.json')):,} rows"


def by_duckdb(package: Path) -> str:
    """Return how many rows DuckDB reads from the CSVs by the types it finds itself."""
    import duckdb

    entries = json.loads((package / "datapackage.json").read_text("utf-8"))["resources"]
    paths = [str(package / entry["path"]) for entry in entries]
    ask = "SELECT count(*) FROM read_csv(?)"
    return f"{sum(duckdb.execute(ask, [path]).fetchall()[0][0] for path in paths):,} rows"


def database() -> Path:
    """Return the report's SQLite database."""
    return next(SITE.resolve().glob("data/*.sqlite"))


def by_sqlite(_: Path) -> str:
    """Return how many rows the database has, once SQLite finds it whole and every key led on."""
    with sqlite3.connect(f"file:{database()}?mode=ro", uri=True) as base:
        whole = base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        astray = base.execute("PRAGMA foreign_key_check").fetchall()
        if not whole or astray:
            raise RuntimeError(f"not whole, or keys that lead nowhere: {astray[:2]}")
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE sql != ''")]
        tables = [name for name in names if not name.startswith("sqlite_")]
        counts = [base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables]
    return f"{sum(counts):,} rows"


def by_datasette(_: Path) -> str:
    """Return how many rows Datasette counts in the database."""
    command = [sys.executable, "-m", "datasette", "inspect", str(database())]
    (found,) = json.loads(said(*command)).values()
    return f"{sum(table['count'] for table in found['tables'].values()):,} rows"


def by_pandoc(package: Path) -> str:
    """Return how many entries pandoc makes of the bibliography."""
    words = ["--from", "bibtex", "--to", "csljson"]
    found = json.loads(said("pandoc", str(package / "sources.bib"), *words))
    return f"{len(found):,} entries"


def by_citation_js(package: Path) -> str:
    """Return how many entries citation-js makes of the bibliography."""
    return f"{int(node(CITATION_JS, package / 'sources.bib')):,} entries"


def by_biber(package: Path) -> str:
    """Return how many entries biber, which reads for LaTeX, keeps without an error or a warning."""
    words = ["--tool", "--validate-datamodel", "--quiet", "--output-file"]
    made = package / "biber.bib"
    said("biber", *words, str(made), str(package / "sources.bib"), cwd=package)
    return f"{made.read_text('utf-8').count(chr(10) + '@') + 1:,} entries"


def by_vega_lite(_: Path) -> str:
    """Return how many specifications follow the schema of Vega-Lite that each names."""
    import altair
    from jsonschema import Draft7Validator

    (schema,) = Path(altair.__file__).parent.glob("vegalite/v*/schema/vega-lite-schema.json")
    check, paths = Draft7Validator(json.loads(schema.read_text("utf-8"))), specifications()
    for path in paths:
        error = next(check.iter_errors(json.loads(path.read_text("utf-8"))), None)
        if error:
            raise RuntimeError(f"{path.name}: {error.message[:200]}")
    return f"{len(paths)} files"


def by_nu(_: Path) -> str:
    """Return how many pages and pictures the Nu Html Checker finds without an error."""
    site = SITE.resolve()
    paths = [str(path) for path in sorted(site.rglob("*.html")) if path != site / "index.html"]
    words = ["java", "-Xss4m", "-jar", os.environ["VNU_JAR"], "--errors-only", *paths]
    said(*words)
    return f"{len(paths)} pages"


def measure() -> Iterator[Table]:
    """Yield a row for each reader: what it read, what it should have read."""
    if not SITE.is_dir():
        yield Table("Not measured: it needs a built site.")
        return
    with tempfile.TemporaryDirectory() as name:
        with zipfile.ZipFile(next(SITE.resolve().glob("data/*.zip"))) as packed:
            packed.extractall(name)
        (package,) = (path.parent for path in Path(name).rglob("datapackage.json"))
        rows = [
            [what, wanted, outcome(read, there, package)]
            for what, wanted, there, read in asked(package)
        ]
    yield Table("Programs of others, and what each should read:", ["reader", "there", "read"], rows)


def asked(package: Path) -> list[tuple[str, str, bool, Callable[[Path], str]]]:
    """Return each reader: its name, what there is to read, whether it is here, how it is asked."""
    rows, entries = f"{rows_of(package):,} rows", f"{sources():,} entries"
    pages = len(list(SITE.resolve().rglob("*.html"))) - 1
    jar = bool(shutil.which("java") and os.environ.get("VNU_JAR"))
    return [
        ("Data Package, frictionless (Python)", rows, True, by_frictionless),
        ("Data Package, datapackage (JavaScript)", rows, has_node("datapackage"), by_node),
        ("its CSVs, DuckDB", rows, bool(find_spec("duckdb")), by_duckdb),
        ("database, SQLite's own checks", rows, True, by_sqlite),
        ("database, Datasette", rows, bool(find_spec("datasette")), by_datasette),
        ("sources.bib, pandoc", entries, bool(shutil.which("pandoc")), by_pandoc),
        ("sources.bib, citation-js", entries, has_node("@citation-js/core"), by_citation_js),
        ("sources.bib, biber (LaTeX)", entries, bool(shutil.which("biber")), by_biber),
        ("Vega-Lite, its schema", f"{len(specifications())} files", True, by_vega_lite),
        ("pages, the Nu Html Checker", f"{pages} pages", jar, by_nu),
    ]


def outcome(read: Callable[[Path], str], there: bool, package: Path) -> str:
    """Return what a reader says it read, or why it did not."""
    say(read.__doc__.splitlines()[0])
    try:
        return read(package) if there else ABSENT
    except RuntimeError as problem:
        return f"refused: {' '.join(str(problem).split())[:200]}"


if __name__ == "__main__":
    for table in measure():
        print(table.markdown())
