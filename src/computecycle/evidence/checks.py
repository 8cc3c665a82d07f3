"""Check every table against its description and say what is wrong in sentences.

frictionless reads the cells (types, constraints, keys); this room adds what a Table Schema cannot
say (byte order marks, other separators, cells that spreadsheets would run, sources that the
bibliography lacks, keys in two spellings, cells that contradict each other) and turns each finding
into a sentence: file, line, column, what is allowed.
"""

import csv
import io
import math
import re
from collections.abc import Iterator
from pathlib import Path

from computecycle.evidence import (
    agreement,
    data,
    descriptor,
    limits,
    metrics,
    owned,
    references,
    spelling,
)
from computecycle.evidence.errors import InputError, did_you_mean
from computecycle.evidence.place import OVERLAID

NOT_A_NUMBER = {"nan", "inf", "-inf", "infinity", "-infinity"}
FORMULA = re.compile(r"^[=@\t\r]|^[+-](?! ?[\d.,]+ ?%?$)")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
PLAIN = {  # how a cell is written; readers of numbers accept more, each something else
    "number": re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII),
    "integer": re.compile(r"[+-]?\d+", re.ASCII),
    "year": re.compile(r"\d{4}", re.ASCII),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII),
    "boolean": re.compile("true|false"),
}
ALLOWED = {
    "number": "a plain number such as 1234.5",
    "integer": "a whole number",
    "year": "a year",
    "date": "a date as YYYY-MM-DD",
    "boolean": "true or false",
    "string": "a text",
}
LISTED = 12  # allowed words that a sentence still names


def bytes_problem(label: str, content: bytes) -> str:
    """Return what is wrong with a file before it is read as a table, or an empty text."""
    if not content.strip():
        return f"{label} is empty; it needs at least its header row."
    if content.startswith(b"\xef\xbb\xbf"):
        return f"{label} starts with a byte order mark; save it as UTF-8 without BOM."
    if b"\r" in content:
        return f"{label} has Windows line ends (CRLF); save it with Unix line ends (LF)."
    try:
        header = content.decode("utf-8").splitlines()[0]
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        return f"{label}, line {line} is not UTF-8; save the file as UTF-8."
    other = next((sign for sign in ";\t|" if sign in header and "," not in header), None)
    if other:
        shown = "a tab" if other == "\t" else f'"{other}"'
        return f"{label} separates its columns with {shown}; use commas."
    return ""


def header_problems(label: str, header: list[str], fields: list[dict]) -> Iterator[str]:
    """Yield a sentence for each column that is missing, unknown or there twice."""
    known = [field["name"] for field in fields]
    missing = [f'"{name}"' for name in known if name not in header]
    if missing:
        what = (
            f"column {missing[0]} is" if len(missing) == 1 else f"columns {', '.join(missing)} are"
        )
        yield f"{label}, line 1: {what} missing; needed are {', '.join(known)}."
    for name in header:
        if name not in known:
            yield f'{label}, line 1: column "{name}" is unknown.{did_you_mean(name, known)}'
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield f'{label}, line 1: column "{name}" stands there twice; keep one.'


def row_problems(label: str, rows: list[list[str]]) -> Iterator[str]:
    """Yield a sentence for each row that is blank, has too few or many cells, or a line break."""
    line = 1
    for cells in rows:
        place, breaks = f"{label}, line {line}", sum(cell.count("\n") for cell in cells)
        if breaks:
            yield f"{place} has a line break inside a cell; write it on one line, close its quote."
        elif not any(cells):
            yield f"{place} is blank; remove it."
        elif len(cells) != len(rows[0]):
            yield (
                f"{place} has {len(cells)} cells where the header has {len(rows[0])}; put a text "
                "with a comma in quotes, and write numbers without thousands separators."
            )
        line += 1 + breaks


def allowed(field: dict, found: str) -> str:
    """Return what a column may hold, in words, with the nearest allowed word to what was found."""
    limits = field.get("constraints", {})
    if "enum" in limits:
        words = [str(each) for each in limits["enum"]]
        few = len(words) <= LISTED
        listed = ", ".join(words) if few else f"one of {len(words)} words in data/datapackage.json"
        return f"allowed is {listed}.{did_you_mean(found, words)}"
    bounds = [
        f"{word} {limits[word]}" for word in ("minimum", "maximum", "pattern") if word in limits
    ]
    return f"allowed is {', '.join([ALLOWED[field['type']], *bounds])}."


def sentence(label: str, error: dict, fields: dict[str, dict]) -> str:
    """Return an error of a schema as a sentence with a place and a cure."""
    line = error["rowNumber"]
    if "known" in error:
        was = f"the same as on line {error['known']}"
        return f"{label}, line {line}: its key repeats, {was}; keep one of the rows."
    name, found = error["fieldName"], error["cell"]
    place = f'{label}, line {line}, column "{name}"'
    if fields[name].get("constraints", {}).get("required") and found == "":
        return f"{place} is empty; every row needs it."
    return f'{place} is "{found}"; {allowed(fields[name], found)}'


def cell_problem(field: dict, cell: str, keys: set[str], in_key: bool) -> str:
    """Return what is wrong with how a cell is written, as the end of a sentence, or nothing.

    keys : those of the bibliography; in_key : whether the cell is of the table's own key.
    """
    kind = field["type"]
    if kind == "number" and cell.strip().lower() in NOT_A_NUMBER:
        return f'is "{cell}"; leave the cell empty where there is no number.'
    written = not cell or kind not in PLAIN or PLAIN[kind].fullmatch(cell)
    if not written or (cell and kind == "number" and not math.isfinite(float(cell))):
        return f'is "{cell}"; {allowed(field, cell)}'
    if kind == "string" and FORMULA.match(cell):
        return f'begins like a formula ("{cell[:20]}"); begin with a letter.'
    if CONTROL.search(cell):
        return "has a character that cannot be printed; remove it."
    if kind == "string" and (problem := spelling.space_problem(cell, in_key)):
        return problem
    if problem := references.locator_problem(field["name"], cell):
        return problem
    if field["name"] == "source" and cell and cell not in keys:
        hint = did_you_mean(cell, sorted(keys)) or f" {references.OWN_CURE}"
        return f'is "{cell}", which data/sources.bib does not have.{hint}'
    return ""


def written_problems(
    rows: list[list[str]], fields: list[dict], keys: set[str], key: list[str]
) -> dict[tuple[int, str], str]:
    """Return what is wrong with how cells are written, by line and column, in their order.

    A text that stands often in a column is looked at once.
    """
    found = {}
    for at, field in enumerate(fields):
        name, told = field["name"], {}
        for line, cells in enumerate(rows[1:], start=2):
            cell = cells[at]
            if cell not in told:
                told[cell] = cell_problem(field, cell, keys, name in key)
            if told[cell]:
                found[line, name] = told[cell]
    return dict(sorted(found.items(), key=lambda each: each[0][0]))


def rows_of(path: Path, label: str) -> tuple[list[list[str]], str]:
    """Return the rows of a CSV, the header first, and what keeps them from being read."""
    if path.stat().st_size > limits.FILE_MB * 1_000_000:
        return [], f"{label} has more than {limits.FILE_MB} MB; a table of the report has less."
    content = path.read_bytes()
    problem = bytes_problem(label, content)
    if problem:
        return [], problem
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    except csv.Error as problem:
        return [], f"{label} cannot be read ({problem}); look for a quote that is not closed."
    if len(rows[0]) > limits.COLUMNS:
        return [], f"{label} has {len(rows[0]):,} columns; a table may have {limits.COLUMNS}."
    return rows, ""


def table_problems(
    entry: dict, path: Path, label: str, keys: set[str], known: dict | None = None
) -> list[str]:
    """Return what is wrong with one CSV, first finding first."""
    if not path.is_file():
        return [f"{label} is missing; restore the file or remove it from data/datapackage.json."]
    rows, problem = rows_of(path, label)
    if problem:
        return [problem]
    fields = {field["name"]: field for field in entry["schema"]["fields"]}
    wrong = [*header_problems(label, rows[0], list(fields.values())), *row_problems(label, rows)]
    if wrong:
        return wrong
    in_order = [fields[name] for name in rows[0]]
    written = written_problems(rows, in_order, keys, entry["key"])
    errors = [
        error
        for error in descriptor.cell_errors(entry, rows, in_order)
        if (error["rowNumber"], error.get("fieldName")) not in written
    ]
    told = {*written, *((error["rowNumber"], error.get("fieldName")) for error in errors)}
    texts = spelling.key_texts(entry, rows, label, told)
    return [
        *(sentence(label, error, fields) for error in errors),
        *(f'{label}, line {at}, column "{name}" {what}' for (at, name), what in written.items()),
        *agreement.problems(entry, rows, label, told),
        *metrics.problems(entry, rows, label),
        *spelling.second_spellings(texts, known or {}),
    ]


def known_texts(entry: dict) -> dict[str, list[tuple[str, str]]]:
    """Return the texts of a key as the report writes them; none where its table has no rows."""
    path, label = data.FOLDER / entry["path"], f"data/{entry['path']}"
    rows = rows_of(path, label)[0] if path.is_file() else []
    return spelling.key_texts(entry, rows, label) if rows else {}


def clashes(entry: dict, overlay: Path) -> list[str]:
    """Return a sentence for each overlaid row that repeats a key of the table on the same date."""
    both = [
        data.read(data.FOLDER / entry["path"], f"data/{entry['path']}", entry["schema"]),
        data.read(overlay, f"overlay/{entry['path']}", entry["schema"]),
    ]
    key = entry["schema"]["primaryKey"]
    known = {tuple(cells): row for row, *cells in both[0][key].itertuples()}
    return [
        f"{row} repeats key and known_from of {known[tuple(cells)]}; give it a later known_from."
        for row, *cells in both[1][key].itertuples()
        if tuple(cells) in known
    ]


def bibliography() -> dict[str, dict[str, str]]:
    """Return the sources; InputError with the place when the file cannot be read."""
    if not (data.FOLDER / "sources.bib").is_file():
        raise InputError("data/sources.bib is missing; restore the file.")
    return owned.readable(data.sources, "", "data/sources.bib")


def bibliography_problems() -> list[str]:
    """Return everything that is wrong with the report's own bibliography, entry by entry."""
    text = (data.FOLDER / "sources.bib").read_text(encoding="utf-8")
    return list(references.entry_problems(text, bibliography()))


def need_sound(entry: dict) -> None:
    """Raise InputError for what is wrong with the bibliography and with one described table."""
    path = data.FOLDER / entry["path"]
    wrong = table_problems(entry, path, f"data/{entry['path']}", set(bibliography()))
    stop(bibliography_problems() + wrong)


def check(folder: str = "") -> list[str]:
    """Return everything that is wrong with the tables and with those in `folder`."""
    resources, sources = (
        {each["path"]: each for each in descriptor.read()["resources"]},
        bibliography(),
    )
    found = bibliography_problems()
    found += [
        f"data/{path.name} is not described; add it to data/datapackage.json or remove it."
        for path in sorted(data.FOLDER.glob("*.csv"))
        if path.name not in resources
    ]
    for name, entry in resources.items():
        found += table_problems(entry, data.FOLDER / name, f"data/{name}", set(sources))
    return found + (overlay_problems(folder, compare=not found) if folder else [])


def overlay_problems(folder: str, compare: bool = True) -> list[str]:
    """Return everything that is wrong with a reader's tables.

    compare : whether to look for rows that clash with the report's, which must be right for it.
    """
    resources = {entry["path"]: entry for entry in descriptor.read()["resources"]}
    keys = bibliography().keys()
    if not Path(folder).is_dir():
        return [f'"{folder}" is not a folder; name one with tables in it.']
    own, found = owned.sources(folder)
    found += owned.unread(folder)
    laid_over = sorted(Path(folder).glob("*.csv"))
    if not laid_over and not found:
        return [f'"{folder}" has no CSV; name a folder with tables in it.']
    for path in laid_over:
        if path.name not in resources:
            hint = did_you_mean(path.name, list(resources))
            found.append(f"overlay/{path.name} is no table of the report.{hint}")
            continue
        entry, label = resources[path.name], f"overlay/{path.name}"
        described = data.open_to_own(entry)
        wrong = table_problems(described, path, label, keys | own.keys(), known_texts(entry))
        wrong = wrong or list(owned.uncited(rows_of(path, label)[0], label, own))
        found += wrong or (clashes(entry, path) if compare else [])
    return found


def doubts(folder: str = "") -> list[str]:
    """Return a sentence for each number that those beside it make doubtful and that is not
    confirmed, and for each row of a reader's that is known long after all that the report knows.

    folder : of a reader's tables, whose rows alone are looked at then. The tables must be right.
    """
    package, found, last = data.Package("", folder), [], data.last_known()
    for entry in data.descriptor()["resources"]:
        if Path(folder, entry["path"]).exists() if folder else "units" in entry:
            rows = package.texts(entry["name"])
            own = [each for each in rows if not folder or each[0].startswith(OVERLAID)]
            found += metrics.warnings(entry, rows, {place for place, _ in own})
            found += [told for each in own for told in metrics.ahead(*each, last)]
    return found


def stop(found: list[str]) -> None:
    """Raise InputError with one sentence for each thing that is wrong, the first twenty."""
    if found:
        more = [f"... and {len(found) - 20} more."] if len(found) > 20 else []
        raise InputError("\n".join(found[:20] + more))
