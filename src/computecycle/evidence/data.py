"""Tables: load one as of a date, lay a reader's rows over it, say where a row came from.

A table is one CSV in `data/`, described in `data/datapackage.json`. Each row is an observation:
it names its `source`, its `locator` there, and `known_from`, the day it became known. As of a
date, rows with a later `known_from` do not exist, and of several rows for one key the newest
known counts. What a table must look like is held by `checks`, not here.
"""

import contextlib
import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from computecycle.evidence import corrected
from computecycle.evidence.days import as_date
from computecycle.evidence.errors import InputError, did_you_mean
from computecycle.evidence.place import root
from computecycle.evidence.references import plain

FOLDER = root() / "data"
READER = ""  # folder whose sources stand among the report's, where a rerun's site is made
UNDATED = "day of the page unknown"  # in the note of a row that is known from its day of access
OWN = "own"  # confidence of a row that is a reader's word, no publisher's
VERBATIM = {"url", "urldate", "date", "type"}  # in which a tilde is a tilde
KEPT = 300  # tables in memory
PLACE = ["source", "locator", "known_from", "confidence"]
pd.set_option("mode.string_storage", "python")  # Arrow's texts are filtered slowly
DTYPES = {
    "string": pd.StringDtype(na_value=float("nan")),
    "number": "float64",
    "integer": "Int64",
    "year": "Int64",
    "boolean": "boolean",  # without it a column with a "1" or an empty cell would be text, all true
}


def descriptor() -> dict:
    """Return the Data Package descriptor of the report's tables; nobody may change it."""
    path = FOLDER / "datapackage.json"
    return _descriptor(path, path.stat().st_mtime_ns)


@cache
def _descriptor(path: Path, changed: int) -> dict:
    """The descriptor, parsed once in each state of its file."""
    return json.loads(path.read_text(encoding="utf-8"))


def resource(name: str) -> dict:
    """Return the description of one table; InputError when there is no such table."""
    path = FOLDER / "datapackage.json"
    resources = _resources(path, path.stat().st_mtime_ns)
    if name not in resources:
        hint = did_you_mean(name, list(resources))
        raise InputError(f'There is no table "{name}" in data/datapackage.json.{hint}')
    return resources[name]


@cache
def _resources(path: Path, changed: int) -> dict[str, dict]:
    """The descriptions of all tables by name, in each state of the file."""
    return {entry["name"]: entry for entry in _descriptor(path, changed)["resources"]}


def open_to_own(entry: dict) -> dict:
    """Return the description of a table, open to a reader's own word, on no page of the web."""
    fields = list(map(dict, entry["schema"]["fields"]))
    for field in fields:
        if field["name"] == "locator" and "constraints" in field:
            limits = field["constraints"].items()
            field["constraints"] = {name: limit for name, limit in limits if name != "pattern"}
        if field["name"] == "confidence" and "enum" in field.get("constraints", {}):
            allowed = field["constraints"]["enum"] + [OWN]
            field["constraints"] = {**field["constraints"], "enum": allowed}
            field["description"] = f"{field.get('description', '')}, {OWN} (a reader's own word)"
    return {**entry, "schema": {**entry["schema"], "fields": fields}}


def need_folder(folder: str) -> None:
    """Raise InputError unless a reader's tables can lie there."""
    if not Path(folder).is_dir():
        raise InputError(
            f'data_dir is "{folder}", which is not a folder; name one with tables in it.'
        )


def need_known(day: str, folder: str = "", what: str = "as_of") -> None:
    """Raise InputError for a text that is no date, or for a day after all that tables hold.

    folder : of a reader's tables, whose rows may be newer than the report's.
    """
    as_date(day, what)
    last = last_known()
    if folder and day > last:
        last = max([last, *(f"{end}" for end in Package("", folder).ends().values())])
    if day > last:
        raise InputError(
            f"{what} is {day}, and no table knows anything after {last}; choose a day up to then, "
            "or leave it out for all that is known."
        )


def last_known() -> str:
    """Return the newest day of all rows of the report's tables."""
    return _last(tuple(Package().state(entry["name"]) for entry in descriptor()["resources"]))


def read(path: Path, label: str, schema: dict) -> pd.DataFrame:
    """Return a CSV with the types of its schema, indexed by `label:line`."""
    fields = {field["name"]: field["type"] for field in schema["fields"]}
    types = {name: DTYPES[kind] for name, kind in fields.items() if kind in DTYPES}
    try:
        table = pd.read_csv(
            path,
            dtype=types,
            keep_default_na=False,
            na_values={name: [""] for name in fields if fields[name] != "string"},
            usecols=list(fields),
        )[list(fields)]
        for name in (each for each in fields if fields[each] == "date"):
            table[name] = pd.to_datetime(table[name], format="%Y-%m-%d")
    except FileNotFoundError:
        raise InputError(f"{label} is missing; restore the file.") from None
    except (ValueError, pd.errors.ParserError) as problem:
        reason = str(problem).splitlines()[0]
        raise InputError(
            f"{label} cannot be read ({reason}); `computecycle check` names the cell."
        ) from None
    places = [f"{label}:{line}" for line in range(2, len(table) + 2)]
    table.index = pd.Index(places, name="row", dtype=DTYPES["string"])
    return table


@dataclass(frozen=True)
class Package:
    """The report's tables as known on a date, with a reader's own rows laid over them.

    as_of : ISO date, or empty for everything known.
    folder : folder whose `<table>.csv` adds rows or supersedes them, or empty.
    """

    as_of: str = ""
    folder: str = ""

    def __post_init__(self):
        if self.folder:
            need_folder(self.folder)
        if self.as_of:
            need_known(self.as_of, self.folder)

    def load(self, name: str) -> pd.DataFrame:
        """Return a table's rows as known on the date, one for each key.

        Columns as in the descriptor; the index is `file:line`; attrs hold `table`.
        """
        return _known(name, self, self.state(name)).copy(deep=False)

    def state(self, name: str) -> tuple:
        """Return what a table is read from: each file with its time and size, where it is there."""
        place, found = resource(name)["path"], []
        files = [FOLDER / "datapackage.json", FOLDER / place]
        for path in [*files, *([Path(self.folder, place)] if self.folder else [])]:
            with contextlib.suppress(FileNotFoundError):
                stat = path.stat()
                found.append((path, stat.st_mtime_ns, stat.st_size))
        return tuple(found)

    def load_only(self, name: str, **cells: list[str]) -> pd.DataFrame:
        """Return the rows of a table, as `load` does, that have one of some cells in a column.

        cells : by column, one of the table's key. A chapter that loads a table so runs again when
        such a row changed, and for no other. InputError for a cell that no row has on any day.
        """
        rows, found = self.load(name), _known(name, Package("", self.folder), self.state(name))
        for column, asked in cells.items():
            if column not in resource(name)["key"]:  # else another row might supersede one of these
                raise InputError(f'"{column}" is no column of the key of table {name}.')
            known = sorted(set(found[column]))
            for cell in asked:
                if cell not in known:
                    hint = did_you_mean(cell, known)
                    raise InputError(f'No row of {name} has "{cell}" as its {column}.{hint}')
            rows = rows[rows[column].isin(asked)]
        return rows

    def texts(self, name: str) -> list[tuple[str, dict[str, str]]]:
        """Return the rows that were known on the date as they are written, each with its place.

        Rows that a later one supersedes are among them; a reader's stand behind the report's.
        """
        entry, found = resource(name), []
        for folder, label in ((FOLDER, "data"), (Path(self.folder), "overlay")):
            path = folder / entry["path"]
            if (label == "data" or self.folder) and path.exists():
                with path.open(encoding="utf-8", newline="") as file:
                    rows = enumerate(csv.DictReader(file), start=2)
                    found += [(f"{label}/{entry['path']}:{line}", row) for line, row in rows]
        return [each for each in found if each[1].get("known_from", "") <= (self.as_of or "9999")]

    def sources(self) -> dict[str, dict[str, str]]:
        """Return the bibliography, the reader's own entries behind the report's."""
        return sources(self.folder)

    def ends(self) -> dict[str, date]:
        """Return the newest day of each table that has one; days of access date nothing."""
        names = [entry["name"] for entry in descriptor()["resources"]]
        days = {name: _end(name, self, self.state(name)) for name in names}
        return {name: day for name, day in days.items() if day}


@lru_cache(KEPT)
def _known(name: str, package: Package, state: tuple) -> pd.DataFrame:
    """The rows of a table, read once in each state of its files; nobody may change them."""
    entry, rows = resource(name), _rows(name, package.folder, state)
    if package.as_of:
        rows = rows[rows["known_from"] <= pd.Timestamp(package.as_of)]
    oldest_first = rows.sort_values("known_from", kind="stable")
    old = oldest_first[oldest_first.duplicated(entry["key"], keep="last")]
    rows = rows[~rows.index.isin(old.index)]
    rows.attrs = {"table": name}
    return corrected.dated(rows, old, entry["key"])


@lru_cache(1)  # a table may be asked for as of many days
def _rows(name: str, folder: str, state: tuple) -> pd.DataFrame:
    """All rows of a table, a reader's behind the report's; nobody may change them."""
    entry = resource(name)
    rows = read(FOLDER / entry["path"], f"data/{entry['path']}", entry["schema"])
    overlay = Path(folder, entry["path"]) if folder else None
    if overlay and overlay.exists():
        rows = pd.concat([rows, read(overlay, f"overlay/{entry['path']}", entry["schema"])])
    return rows


@lru_cache(KEPT)
def _end(name: str, package: Package, state: tuple) -> date | None:
    """The newest day of a table in a state of its files; none where it has no row."""
    rows = package.load(name)
    if "note" in rows:
        rows = rows[~rows["note"].str.contains(UNDATED, regex=False)]
    return corrected.as_told(rows)["known_from"].max().date() if len(rows) else None


@lru_cache(1)
def _last(states: tuple) -> str:
    """The newest day of all rows of the report's tables, in a state of their files."""
    rows = [row for each in descriptor()["resources"] for _, row in Package().texts(each["name"])]
    return max((row.get("known_from") or "" for row in rows), default="")


def load(name: str, as_of: str = "", folder: str = "") -> pd.DataFrame:
    """Return one table as known on a date: `Package(as_of, folder).load(name)`."""
    return Package(as_of, folder).load(name)


def is_loaded(table: pd.DataFrame) -> bool:
    """Return whether a table's rows were loaded and still say where they stand."""
    placed = table.index.empty or pd.api.types.is_string_dtype(table.index)
    return "table" in table.attrs and "source" in table.columns and placed


def trace(tables: list[pd.DataFrame]) -> list[dict]:
    """Return where the rows of some loaded tables come from.

    One record for each place: table, source, locator, known_from (ISO), confidence, `rows`, the
    list of `file:line`, and `undated` where known_from is only the day of access. Tables that were
    computed carry no source: ValueError.
    """
    records = []
    if not all(map(is_loaded, tables)):
        raise ValueError("trace() takes rows of loaded tables; pass those, not computed ones")
    for name in dict.fromkeys(table.attrs["table"] for table in tables):
        places = {}
        for table in (corrected.as_told(t) for t in tables if t.attrs["table"] == name):
            notes = table["note"].to_numpy() if "note" in table else [""] * len(table)
            cells = (table[cell].to_numpy() for cell in PLACE)
            for row, note, *place in zip(table.index.to_numpy(), notes, *cells, strict=True):
                places.setdefault((*place, UNDATED in note), {})[row] = None  # once
        for (*place, undated), rows in places.items():
            record = dict(zip(PLACE, place, strict=True))
            record["known_from"] = pd.Timestamp(record["known_from"]).date().isoformat()
            record |= {"undated": True} if undated else {}
            records.append({"table": name, **record, "rows": list(rows)})
    return records


@cache
def sources(folder: str = "") -> dict[str, dict[str, str]]:
    """Return the bibliography: key to its fields as plain text, `short` being author and year.

    folder : of a reader's tables, whose `sources.bib` adds entries, or empty.
    """
    return {key: source(entry) for key, entry in entries(folder).items()}


def laid_over(folder: str) -> None:
    """Take a reader's sources among the report's for all that this process makes."""
    global READER
    if folder != READER:
        READER = folder
        sources.cache_clear()


def entries(folder: str = "") -> dict:
    """Return the entries of the bibliography as pybtex reads them, by their key.

    A reader's own stand behind the report's.
    """
    folder = folder or READER
    own = parsed(Path(folder, "sources.bib")) if folder else {}
    return {**parsed(FOLDER / "sources.bib"), **own}


def parsed(path: Path) -> dict:
    """Return the entries of a BibTeX file as pybtex reads them; none where there is no file."""
    return _parsed(path, path.stat().st_mtime_ns) if path.exists() else {}


@lru_cache(4)
def _parsed(path: Path, changed: int) -> dict:
    """The entries of a BibTeX file, parsed once in each state of it."""
    from pybtex.database import parse_file

    return dict(parse_file(str(path)).entries.items())


def source(entry) -> dict[str, str]:
    """Return a bibliography entry as plain text fields with a short name to cite it by."""
    fields = {
        name.lower(): text if name.lower() in VERBATIM else plain(text)
        for name, text in entry.fields.items()
    }
    people = [names(person) for person in entry.persons.get("author", [])]
    author = (
        {"author": "; ".join(", ".join(filter(None, each)) for each in people)} if people else {}
    )
    families = [people[0][0], "others"] if len(people) > 2 else [each for each, _ in people]
    who = " and ".join(families) or fields.get("organization", fields.get("publisher", ""))
    return {**fields, **author, "short": f"{who} {fields.get('year', '')}".strip()}


def names(person) -> tuple[str, str]:
    """Return the family and the given names of an author; an organization has only the first."""
    family = [*person.prelast_names, *person.last_names, *person.lineage_names]
    return plain(" ".join(family)), plain(" ".join([*person.first_names, *person.middle_names]))
