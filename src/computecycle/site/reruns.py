"""A reader's study as a site of its own: staged, run, built, put in place in one step.

checkout ─► _build/rerun (the same place each time, so that pages that stay are not read again)
         ─► chapters that the study reaches ─► pages ─► receipt ─► _build/runs/<name>
"""

import contextlib
import functools
import json
import os
import shlex
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from computecycle.charts import tokens
from computecycle.citing import edition
from computecycle.evidence import checks, overlaid
from computecycle.evidence.errors import InputError
from computecycle.notebook import notebooks
from computecycle.notebook.claims import NO_DATA
from computecycle.notebook.reach import listed
from computecycle.runs import (
    asked,
    chapters,
    comparison,
    kernels,
    receipt,
    receipt_page,
    states,
    studies,
    telling,
)
from computecycle.runs.studies import OVERLAY, RECEIPT, RECORD, RUNS, STAGE, Study
from computecycle.site import (
    archive,
    borrowing,
    build,
    checking,
    current,
    fonts,
    manifest,
    standing,
)

KEPT = ["_build/results", "_build/figures", "_build/fonts", "_build/capsules"]  # none written into
STAGED = [*current.WRITTEN, *KEPT]
SHOWN = 12  # numbers that moved, of which a rerun tells besides the key numbers


@kernels.ready()  # which get ready while tables are checked
def run(root: Path, study: Study, out: str, say: Callable) -> Path:
    """Make a study, unless it is there, made of the same; return its folder."""
    inputs = studies.inputs(root, study)
    id = studies.id_of(inputs)
    folder, there = studies.place(root, study, id, out)
    if there:
        say("This study is there already, made of the same.")
    else:
        may_write(folder)
        make(root, study, inputs, {"id": id, "name": folder.name}, folder, say)
    studies.note(root, folder)
    return folder


def may_write(folder: Path) -> None:
    """Raise InputError where a folder cannot be made, before any chapter runs."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        tempfile.TemporaryDirectory(dir=there).cleanup()
    except OSError:
        raise InputError(f"{there} may not be written; name another folder with --out.") from None


def checked(root: Path, study: Study, say: Callable) -> dict[str, dict]:
    """Return what every chapter is given, with nothing for those that stay as published since they
    can say nothing on the date; InputError for what is wrong with tables or date."""
    say("Checking the tables")
    checking.changed(root)
    if states.built(root) and any(standing.reasons(root, n) for n in notebooks.names(root)):
        say("  look again: the last build is older than data or code; what changed since")
        say("  is told as well, and `computecycle book` first parts the two")
    for doubt in [*checking.own(study.tables), *study.tables.unread]:
        say(f"  look again: {doubt}")
    given = study.reached(root)
    for name, reason in asked.untold(root, study).items():
        say(f"  chapter {name} stays as published: {reason}")
        given[name] = {}
    return given


def make(
    root: Path, study: Study, inputs: dict, called: dict[str, str], folder: Path, say: Callable
) -> None:
    """Run what a study reaches, build its site, write its receipt, put all of it in `folder`."""
    check = functools.partial(checked, root, study, say)
    with staged(root, check) as (stage, given):
        before = states.published(root)
        made = record(study, given) | called
        study.tables.write(stage / OVERLAY)
        if not study.sets_nothing():  # its pages then say what was set
            chapters.write(stage / RECORD, chapters.as_json(made))
        with build.keeping(stage, folder / "failed"), build.ready(stage) as builder:
            site = build.make(stage, builder, given, "", say)
        known = receipt.record(study, inputs, made, edition.record(root))
        told = outcome(root, stage, study, before)
        page = receipt_page.page(known, told, look(stage))
        rows = [vars(change) for change in told["changes"]]
        drawn = [id for id, *_ in told["pictures"]]
        kept = {"inputs": known["inputs"], "rows": rows, "drawn": drawn}
        kept |= {each: told[each] for each in ("found", "keys")}
        kept["doubts"] = [study.tables.as_written(each) for each in told["doubts"]]
        put(stage, site, folder, page, made | kept)


@contextlib.contextmanager
def staged(root: Path, check: Callable) -> Iterator[tuple]:
    """Give the folder in which a study is made, with what the published edition is made of, and
    what `check` gives, which is asked once the folder is held and before anything is copied.

    It is the same each time and held by this process; where the checkout may not be written, one
    that goes afterwards.
    """
    with tempfile.TemporaryDirectory() as own, contextlib.ExitStack() as held:
        ours = os.access(root / "_build" if (root / "_build").exists() else root, os.W_OK)
        stage = root / STAGE if ours else Path(own).resolve()
        if ours:
            held.enter_context(current.alone(stage))
        with current.alone(root) if ours else contextlib.nullcontext():
            found = check()
            copied(root, stage)  # what is copied must not change on the way
            if ours:
                borrowing.pages(root, stage, STAGED)
        for path in [] if ours else stage.rglob("*"):  # copied with the modes that they had
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
        yield stage, found


def record(study: Study, given: dict[str, dict]) -> dict:
    """Return what the site of a study is made of, as its pages read it."""
    return {
        "as_of": study.as_of,
        "data_dir": OVERLAY if study.tables.texts else "",
        "place": study.place if study.tables.texts else "",
        "tables": chapters.digest(chapters.as_json(study.tables.texts)),
        "parameters": study.parameters,
        "named": study.named,
        "chapters": [name for name, each in given.items() if each],
    }


def copied(root: Path, stage: Path) -> None:
    """Copy what a site is written from, and the runs of the published edition, to the stage."""
    shutil.rmtree(stage / OVERLAY, ignore_errors=True)
    (stage / RECORD).unlink(missing_ok=True)
    for name in STAGED:
        source, target = root / name, stage / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            put = archive.shared if name in KEPT else shutil.copy2
            shutil.copytree(source, target, copy_function=put)
        elif source.exists():
            shutil.copy2(source, target)


def outcome(root: Path, stage: Path, study: Study, before: dict[str, dict]) -> dict:
    """Return what a study changed, as the receipt tells it."""
    after = states.built(stage)
    named = study.named or [name for name, given in study.reached(root).items() if given]
    return {
        "found": comparison.between(before, after) if before else comparison.between({}, {}),
        "changes": overlaid.changes(stage / OVERLAY, study.as_of),
        "doubts": checks.doubts(stage / OVERLAY) if study.tables.texts else [],
        "keys": keys(root, named, before, after),
        "defaults": {
            name: {each["name"]: each["default"] for each in results["parameters"]}
            for name, results in after.items()
        },
        "pictures": pictures(root, stage, after) if before else [],
    }


def keys(root: Path, named: list[str], before: dict, after: dict) -> list[tuple]:
    """Return the key numbers of chapters: title, what it is, as published, here; of one that moved
    by less than is printed, the published one says so."""
    found = []
    for chapter in named:
        old, new = (comparison.of(state.get(chapter, {}), "values") for state in (before, after))
        for id, words in notebooks.keys(root, chapter):
            was, now = (each[id]["text"] if id in each else "" for each in (old, new))
            if was == now and old[id]["number"] != new[id]["number"]:
                was = f"{was}, as printed"
            found.append((after[chapter]["title"], words, was, now))
    return found


def pictures(root: Path, stage: Path, after: dict[str, dict]) -> list[tuple[str, str, str, str]]:
    """Return the figures that changed, most changed first: id, title, SVG as published and here;
    none where nothing was built, as an edition has no pictures."""
    found = []
    if not (root / "_build/figures").is_dir():
        return found
    for figure in (each for results in after.values() for each in results["figures"]):
        path = Path("_build/figures", figure["id"], f"{figure['id']}-narrow.svg")
        old, new = (
            (place / path).read_text(encoding="utf-8") if (place / path).exists() else ""
            for place in (root, stage)
        )
        if old != new:
            found.append((figure["id"], figure["title"], old, new))
    return sorted(found, key=lambda each: -receipt_page.changed(*each[2:]))


def look(root: Path) -> str:
    """Return the style of a receipt."""
    style = (root / "book/assets/receipt.css").read_text(encoding="utf-8")
    return tokens.css() + fonts.css(root / fonts.MADE) + style


def put(stage: Path, site: Path, folder: Path, page: str, made: dict) -> None:
    """Put a finished study in its folder in one step."""
    draft = folder.with_name(f".{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        shutil.copytree(site.resolve(), draft / "_build/html", copy_function=build.copied)
        shutil.copytree(
            stage / "_build/results", draft / "_build/results", copy_function=archive.shared
        )
        if (stage / OVERLAY).exists():
            shutil.copytree(stage / OVERLAY, draft / OVERLAY)
        for path in (draft / RECEIPT, draft / "_build/html" / RECEIPT):
            path.write_text(page, encoding="utf-8")
        manifest.complete(draft / "_build/html")
        chapters.write(draft / RECORD, chapters.as_json(made))
        shutil.rmtree(folder, ignore_errors=True)  # empty, or of a run that stopped
        os.rename(draft, folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def key_numbers(made: dict) -> list[str]:
    """Return the key numbers of a study, by chapter, in lines: those that are known; of the others
    what they are and why they are not."""
    told = []
    why = f"as of {made['as_of']}" if made["as_of"] else "with what was set"
    for chapter in dict.fromkeys(title for title, *_ in made["keys"]):
        mine = [each[1:] for each in made["keys"] if each[0] == chapter]
        unknown = [words for words, _, now in mine if now == NO_DATA]
        told.append(chapter)
        known = [each for each in mine if each[2] != NO_DATA]
        told += [
            f"  {now:<20} {'as published' if was == now else f'published: {was}':<32} {words}"
            for words, was, now in known
            if any(each[1] != each[2] for each in mine)
        ]
        told += ["  key numbers as published"] if all(each[1] == each[2] for each in mine) else []
        told += [f"  not known {why}: {'; '.join(unknown)}"] if unknown else []
    return told


def resting(made: dict) -> list[str]:
    """Return which figures are drawn otherwise, and whether anything rests on the reader's rows, in
    lines."""
    drawn, rows = made.get("drawn", []), made["rows"]
    words = "1 figure is" if len(drawn) == 1 else f"{len(drawn)} figures are"
    told = [f"{words} drawn otherwise{listed(drawn, SHOWN)}"] if drawn else []
    found = made["found"]
    rest = {comparison.ROWS, comparison.BEHIND}
    moved = [each for each in found["values"] if rest & {*each.get("by", [])}]
    if rows and all(each["does"] in overlaid.NOT_USED for each in rows):
        told += ["None of the reader's rows is used; the receipt says why."]
    elif rows and not (drawn or moved or found["claims"]):
        told += ["No number, claim or figure of the report rests on the reader's rows."]
    return told


def tell(folder: Path, say: Callable) -> None:
    """Say what a study changed: key numbers, claims that flipped, numbers that moved."""
    made = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    for line in key_numbers(made):
        say(line)
    name = folder.name if folder.parent.name == Path(RUNS).name else shlex.quote(str(folder))
    for line in telling.lines(made["found"], SHOWN, f"`computecycle compare {name}` lists them"):
        say(line)
    for line in resting(made):
        say(line)
    for doubt in made.get("doubts", []):
        say(f"Look again: {doubt}")
    nothing = not (made["parameters"] or made["as_of"] or made["data_dir"])
    mark = "As the published edition: nothing was set" if nothing else "Not the published edition"
    site = folder / "_build/html"
    page = f"book/chapters/{made['named'][0]}.html" if len(made["named"]) == 1 else "index.html"
    say(f"{mark}. Receipt {made['id']}: {folder / RECEIPT}")
    say(f"The site is {site / page}")
