"""Studies: what a reader set for a rerun, what it depends on, its name, its id, its folder.

    _build/runs/<name>/              a study of a reader
        receipt.html                 what was set, what it changed; `receipt` writes it
        _build/html/                 its site
        _build/results/              its results, a JSON a chapter
        _build/run.json              what it was made of: `record`
        overlay/                     the reader's tables as they were read

    _build/elsewhere                 the folders of studies at other places, a line each

The id of a study is a hash of everything that its numbers depend on, so that anyone who has the
same inputs finds the same id.
"""

import contextlib
import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from computecycle.evidence import data
from computecycle.evidence.errors import InputError
from computecycle.evidence.received import Received
from computecycle.notebook import notebooks
from computecycle.runs import chapters

RUNS, STAGE, RECORD = "_build/runs", "_build/rerun", "_build/run.json"
OVERLAY, ELSEWHERE = "overlay", "_build/elsewhere"
RECEIPT = "receipt.html"
ID_SIGNS, NAME_SIGNS = 12, 60


@dataclass(frozen=True)
class Study:
    """What a reader set: chapters named, parameters by chapter, a date, tables, their name."""

    named: list[str]
    parameters: dict[str, dict[str, object]] = field(default_factory=dict)
    as_of: str = ""
    tables: Received = field(default_factory=Received)
    place: str = ""

    def sets_nothing(self) -> bool:
        """Return whether the study is the published edition."""
        return not (self.parameters or self.as_of or self.tables.texts)

    def reached(self, root: Path) -> dict[str, dict[str, object]]:
        """Return what every chapter is given; nothing where the study does not reach it.

        A parameter reaches its chapter, a date each chapter, a table each that loads it.
        """
        given, laid_over = {}, {Path(name).stem for name in self.tables.texts}
        for name in notebooks.names(root):
            given[name] = dict(self.parameters.get(name, {}))
            if self.as_of:
                given[name]["as_of"] = self.as_of
            if laid_over and laid_over & set(chapters.inputs(root, name, {})["tables"]):
                given[name]["data_dir"] = OVERLAY
        return given


def inputs(root: Path, study: Study) -> dict:
    """Return everything that the numbers of a study depend on, as plain JSON."""
    texts = study.tables.texts
    return {
        "parameters": study.parameters,
        "as_of": study.as_of,
        "overlay": {name: chapters.digest(texts[name].encode()) for name in sorted(texts)},
        **checkout(root),
    }


def checkout(root: Path) -> dict:
    """Return hashes of what a checkout brings to every study: code, lock, notebooks, tables."""
    each = {name: chapters.inputs(root, name, {}) for name in notebooks.names(root)}
    lock = root / "requirements.txt"
    tables = sorted(entry["name"] for entry in data.descriptor()["resources"])
    return {
        "code": {name: depends["code"] for name, depends in each.items()},
        "notebooks": {name: depends["notebook"] for name, depends in each.items()},
        "environment": chapters.digest(lock.read_bytes() if lock.exists() else b""),
        "sources": chapters.digest((data.FOLDER / "sources.bib").read_bytes()),
        "tables": chapters.table_hashes(tables, ""),
    }


def id_of(made_of: dict) -> str:
    """Return the id of a study: the beginning of a hash of its inputs."""
    text = json.dumps(made_of, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return chapters.digest(text.encode())[:ID_SIGNS]


def differences(root: Path, made_of: dict) -> list[str]:
    """Return in what a checkout differs from the one that a study was made in, a sentence each."""
    now, found = checkout(root), []
    words = {"environment": "The lock", "sources": "The bibliography"}
    found += [f"{what} is another." for key, what in words.items() if now[key] != made_of.get(key)]
    parts = {"code": "The code of chapter", "notebooks": "Notebook", "tables": "Table"}
    for key, what in parts.items():
        then = made_of.get(key, {})
        for name in sorted({*now[key], *then}):
            if name not in then or name not in now[key]:
                found.append(f"{what} {name} is {'new' if name in now[key] else 'gone'}.")
            elif now[key][name] != then[name]:
                found.append(f"{what} {name} is another.")
    return found


def name_of(study: Study) -> str:
    """Return a name for a study's folder, made of what was set."""
    words = [*(study.named if len(study.named) < 3 else ["all"])] or ["all"]
    pairs = {
        f"{name}-{written(value)}"
        for given in study.parameters.values()
        for name, value in given.items()
    }
    words += [*sorted(pairs), *([f"as-of-{study.as_of}"] if study.as_of else [])]
    words += [f"data-{Path(study.place).stem}"] if study.place else []
    words += ["as-published"] if study.sets_nothing() else []
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", "-".join(words)).strip("-.")[:NAME_SIGNS]


def record(folder: Path) -> dict:
    """Return what the site of a folder was made of; empty for a published one."""
    try:
        return json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return {}


def listed(root: Path) -> list[Path]:
    """Return the folders of the studies that were made below a checkout, by name."""
    return sorted(path for path in (root / RUNS).glob("*") if record(path))


def elsewhere(root: Path) -> list[Path]:
    """Return the folders of the studies that a checkout put at other places and that are there."""
    noted = root / ELSEWHERE
    lines = noted.read_text(encoding="utf-8").splitlines() if noted.is_file() else []
    return [path for path in map(Path, lines) if record(path)]


def note(root: Path, folder: Path) -> None:
    """Keep where a study was put at another place, for those who ask which there are."""
    if folder.parent != root / RUNS and folder not in (known := elsewhere(root)):
        lines = "".join(f"{path}\n" for path in sorted([*known, folder]))
        with contextlib.suppress(OSError):  # a checkout that may not be written keeps no list
            chapters.write(root / ELSEWHERE, lines.encode())


def place(root: Path, study: Study, id: str, out: str = "") -> tuple[Path, bool]:
    """Return the folder of a study, and whether it is there already, made of the same.

    InputError where `out` holds another study or other things; without `out` another study of the
    same name keeps its folder, and the new one is called by its id too.
    """
    if out:
        folder = Path(out).resolve()
        there = record(folder).get("id")
        if there and there != id:
            raise InputError(
                f"{out} holds the study {record(folder)['name']} ({there}); name another folder."
            )
        apart(root, folder)
        return folder, there == id
    folder = root / RUNS / name_of(study)
    if record(folder) and record(folder)["id"] != id:
        folder = folder.with_name(f"{folder.name}-{id[:6]}")
    return folder, record(folder).get("id") == id


def apart(root: Path, out: Path) -> None:
    """Raise InputError where a folder holds anything but a study, or lies where others write."""
    parts = out.relative_to(root).parts if out.is_relative_to(root) else ()
    within = len(parts) > 1 and parts[0] != "_build" and (root / parts[0]).exists()
    within |= parts[:1] == ("_build",) and parts[1:2] != ("runs",)
    within |= len(parts) == 1 and out.exists() and not record(out)
    holds = out.exists() and not out.is_dir()
    holds |= out.is_dir() and not record(out) and any(p.name != "failed" for p in out.iterdir())
    if root.is_relative_to(out) or within or holds:
        raise InputError(f"{out} holds other things; name a new folder for the rerun.")


def command(made: dict) -> str:
    """Return the command that makes what a record tells of."""
    own, words = made.get("parameters", {}), ["computecycle", "run"]
    words += own or made.get("named") or ["all"]
    for chapter, given in own.items():
        before = "" if len(own) == 1 else f"{chapter}."
        for name, value in given.items():
            words += ["-p", shlex.quote(f"{before}{name}={written(value)}")]
    words += ["--data", shlex.quote(made["place"])] if made.get("place") else []
    words += ["--as-of", made["as_of"]] if made.get("as_of") else []
    return " ".join(words)


def written(value: object) -> str:
    """Return a parameter's value as it is written on the command line."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value).lower() if isinstance(value, bool) else str(value)
