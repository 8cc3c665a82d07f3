"""Chapters: the run of a notebook, and the results that a run yields.

Running a chapter means: execute it with papermill in a process of its own, with parameters that
were checked before, collect what it said, and write, each file in one step:

    book/chapters/<name>.md          the text with its figures, as the book shows it
    _build/figures/<id>/             pictures and specification of each figure, drawn again
                                     only when its specification changed
    _build/results/<name>.json       values, claims, figures, parameters, fingerprint

The results are the receipt of the run, taken away before anything else is written and written
last: a chapter whose fingerprint they hold is whole, and is not run again.
"""

import functools
import json
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from concurrent import futures
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from pathlib import Path

from computecycle.evidence.errors import InputError
from computecycle.notebook import notebooks, parameters
from computecycle.notebook.said import DRAWN_LATER
from computecycle.runs import apart, execution
from computecycle.runs.executed import Doubted, collected, page, publishable
from computecycle.runs.hashed import digest, table_hashes
from computecycle.runs.pools import pool
from computecycle.runs.reached import importing, reached

CODE = Path(__file__).parents[1]
RUNNER = importing(__name__)
DRAWING = "computecycle.charts.theme"
DRAWN = "drawn.json"  # in a figure's folder, what its pictures were drawn from


def code_hash(files: list[Path]) -> str:
    """Return the SHA-256 of some of the package's files and of their names."""
    named = ((path.relative_to(CODE).as_posix().encode(), path.read_bytes()) for path in files)
    return digest(*(part for pair in named for part in pair))


def inputs(root: Path, name: str, given: dict[str, object]) -> dict:
    """Return what a run depends on: hashes of notebook, environment, tables, and of the code that
    the chapter's imports and the runner's reach."""
    lock = root / "requirements.txt"
    overlay = str(root / given["data_dir"]) if given.get("data_dir") else ""
    code = notebooks.code(root, name)
    files = reached(f"{RUNNER}\n{code}", CODE)
    texts = [file.read_text(encoding="utf-8") for file in files]
    elsewhere = {table for text in texts for table in notebooks.loaded(text)}
    tables = sorted(elsewhere.union(notebooks.loaded(code)))
    selected = notebooks.selected(code)
    selected = {each: selected[each] for each in selected if each not in elsewhere}
    return {
        "notebook": digest(notebooks.path(root, name).read_bytes()),
        "code": code_hash(files),
        "environment": digest(lock.read_bytes() if lock.exists() else b""),
        "tables": table_hashes(tables, overlay, selected),
        "parameters": {key: given[key] for key in sorted(given)},
    }


def results(root: Path, name: str) -> dict:
    """Return the results of a chapter's last run; empty when it has not run."""
    try:
        return json.loads((root / "_build/results" / f"{name}.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def forget(root: Path, known: list[str]) -> None:
    """Remove what was left by chapters that are no longer there."""
    pages, said = root / "book/chapters", root / "_build/results"
    kept = {f"{name}{kind}" for name in known for kind in (".md", ".json")}
    for path in [*pages.glob("*"), *said.glob("*.json")]:
        if path.name not in kept:
            path.unlink()


def distinct(root: Path, names: list[str]) -> None:
    """Stop when two chapters show a figure of the same id; both have to run again."""
    shown = [(each["id"], name) for name in names for each in results(root, name)["figures"]]
    owners = dict(shown)
    for id, name in shown:
        if owners[id] != name:
            for chapter in (name, owners[id]):
                (root / "_build/results" / f"{chapter}.json").unlink()
            raise InputError(
                f'Chapters {name} and {owners[id]} both show a figure "{id}"; rename one.'
            )


def is_current(root: Path, name: str, depends: dict) -> bool:
    """Whether the last run had these inputs and left all that it should."""
    last = results(root, name)
    left = [root / "book/chapters" / f"{name}.md"]
    left += [root / "_build/figures" / figure["id"] for figure in last.get("figures", [])]
    return last.get("inputs") == depends and all(path.exists() for path in left)


def write(path: Path, content: bytes) -> None:
    """Put a file in place in one step; nothing is touched when it already says the same."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            os.chmod(draft.name, 0o644)
            os.replace(draft.name, path)
        except BaseException:
            os.unlink(draft.name)
            raise


def as_json(content: object) -> bytes:
    """Return readable JSON, the same bytes for the same content."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


@functools.cache
def drawing_code() -> str:
    """Return the hash of the code that draws a specification."""
    return code_hash(reached(importing(DRAWING), CODE))


def draw(figure: dict, folder: Path, environment: str) -> None:
    """Write a figure's pictures for pages and its specification, all that the folder holds.

    They stay where they were drawn from the same, by the same code and packages (`environment`).
    """
    from computecycle.charts import theme

    made_of = digest(as_json(figure["spec"]), drawing_code().encode(), environment.encode())
    if is_drawn(folder, made_of):
        return
    (folder / DRAWN).unlink(missing_ok=True)
    wide, narrow = (theme.fit(figure["spec"], width) for width in (theme.WIDE, theme.NARROW))
    files = {
        f"{figure['id']}.svg": theme.svg(wide).encode(),
        f"{figure['id']}-narrow.svg": theme.svg(narrow).encode(),
        f"{figure['id']}.vl.json": as_json(wide),
    }
    for name, content in files.items():
        write(folder / name, content)
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    sums = {name: digest(content) for name, content in files.items()}
    write(folder / DRAWN, as_json({"made_of": made_of, "files": sums}))


def is_drawn(folder: Path, made_of: str) -> bool:
    """Whether a folder holds the pictures that are made of something, whole, and nothing else."""
    try:
        told = json.loads((folder / DRAWN).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    paths = [path for path in folder.iterdir() if path.name != DRAWN]
    found = {path.name: digest(path.read_bytes()) for path in paths}
    return told == {"made_of": made_of, "files": found}


def run(
    root: Path,
    name: str,
    given: dict[str, object],
    runners: futures.Executor,
    painters: futures.Executor,
) -> dict:
    """Run one chapter and write what it yields below `root`; return its results.

    runners : run it. painters : draw its figures, as many at once as there are.
    """
    outcome = runners.submit(told, root, name, given).result()
    figures, environment = outcome["figures"], outcome["inputs"]["environment"]
    drawings = [painters.submit(picture, root, each, given, environment) for each in figures]
    for figure, drawing in zip(figures, drawings, strict=True):
        drawing.result()
        del figure["spec"]
    write(root / "_build/results" / f"{name}.json", as_json(outcome))
    return outcome


def told(root: Path, name: str, given: dict[str, object]) -> dict:
    """Run one chapter and write its page; return its results, the figures with their `spec`.

    When the chapter runs with its defaults (the published form), a claim that does not hold or
    cannot be told is an InputError: the sentence must be changed before it is published.
    """
    depends = inputs(root, name, given)
    executed = execution.execute(notebooks.path(root, name), root, given)
    heading, found = notebooks.title(executed), collected(executed, name)
    if not given:
        publishable(executed, name)
    text = page(executed, name)
    (root / "_build/results" / f"{name}.json").unlink(missing_ok=True)
    write(root / "book/chapters" / f"{name}.md", text.encode())
    declared_now = [asdict(parameter) for parameter in parameters.of(root, name)]
    return {
        "chapter": name,
        "title": heading,
        "published": not given,
        "inputs": depends,
        "parameters": [
            {**each, "value": given.get(each["name"], each["default"])} for each in declared_now
        ],
        **found,
    }


def picture(root: Path, figure: dict, given: dict[str, object], environment: str) -> None:
    """Draw a figure of a chapter that was given something."""
    folder = root / "_build/figures" / figure["id"]
    draw(figure | {"spec": apart.specification(folder, figure, given)}, folder, environment)


def follow() -> None:
    """Make this process leave interrupts to its parent and end when that has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ[DRAWN_LATER] = "1"  # pictures come from `draw`
    parent = multiprocessing.parent_process()

    def end_with_parent():
        parent.join()
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


def paint() -> None:
    """Make this process one that draws: its first drawing takes five times as long as the next, so
    it is made while chapters run."""
    from computecycle.charts import theme

    follow()
    theme.svg({"data": {"values": []}, "mark": "bar"})


def run_all(root: Path, given: dict[str, dict[str, object]]) -> Iterator[tuple[str, dict]]:
    """Run chapters in parallel processes, yielding (name, results) as each is whole.

    given : for each chapter to run, its checked parameters. The first failure stops the rest, but
        for claims that do not hold: all chapters run, then all such claims are told.
    """
    if not given:
        return
    from computecycle.runs import kernels

    doubted = []
    cores = os.cpu_count() or 1
    at_once, drawing = min(cores, len(given)), min(cores, 2 * len(given))
    with (
        kernels.ready(),
        pool(at_once, follow) as runners,
        pool(drawing, paint) as painters,
        futures.ThreadPoolExecutor(at_once) as hands,
    ):
        pools = (runners, painters)
        for each in pools:
            each.submit(int)  # its processes are forked before the hands begin
        longest_first = sorted(given, key=lambda name: -notebooks.path(root, name).stat().st_size)
        jobs = {hands.submit(run, root, name, given[name], *pools): name for name in longest_first}
        try:
            for job in futures.as_completed(jobs):
                if isinstance(job.exception(), Doubted):
                    doubted.append((jobs[job], str(job.exception())))
                else:
                    yield jobs[job], job.result()
        except BrokenProcessPool:
            raise InputError("A chapter's process was ended from outside; run again.") from None
        except BaseException:
            for process in (one for each in pools for one in list(each._processes.values())):
                process.terminate()
            for each in (hands, *pools):
                each.shutdown(wait=False, cancel_futures=True)
            raise
    if doubted:
        raise InputError("\n".join(told for _, told in sorted(doubted)))
