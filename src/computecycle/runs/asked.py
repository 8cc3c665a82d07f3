"""What a reader asks of a rerun, checked before anything runs: words and files into a study."""

import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import yaml

from computecycle.evidence import received
from computecycle.evidence.errors import InputError, NoRow, did_you_mean
from computecycle.evidence.received import Received
from computecycle.notebook import notebooks, parameters
from computecycle.runs.studies import Study

ALL = "all"
FILE_BYTES = 64_000  # of a file of parameters
OF_ALL = ("as_of", "data_dir")  # parameters of every chapter: of the study, not of one chapter
Set = tuple[str, str, str]  # name, value as written, where it was set


def study(
    root: Path, named: tuple, sets: tuple, file: str = "", folder: str = "", as_of: str = ""
) -> Study:
    """Return what was asked for; InputError for the first word that is wrong or contradicts.

    named : chapters, or "all". sets : words "name=value" or "chapter.name=value". file : of such
    names and values, in YAML. folder : of a reader's tables, or one file. as_of : ISO date.
    """
    # words first: of papermill's `-p NAME VALUE` the value stands where a chapter does
    given = [*of_words(sets), *(of_file(Path(file)) if file else [])]
    chosen = chapters(root, named)
    given += [("as_of", as_of, "--as-of")] if as_of else []
    given += [("data_dir", folder, "--data")] if folder else []
    once(given)
    words = {name: value for name, value, _ in given if name not in OF_ALL}
    whole = {name: value for name, value, _ in given if name in OF_ALL}
    spread = by_chapter(root, chosen, words)
    if not chosen and not spread and not whole:
        raise InputError(f"Name a chapter, or {ALL}. There are {', '.join(notebooks.names(root))}.")
    place, day = whole.get("data_dir", ""), whole.get("as_of", "")
    with received.laid_out(place) if place else nullcontext(("", Received())) as (there, tables):
        parameters.usable({"as_of": day, "data_dir": str(there)})
    named = [name for name in notebooks.names(root) if name in [*chosen, *spread]]
    called = Path(place).resolve().name if place else ""
    return Study(named, spread, day, tables, called)


def chapters(root: Path, named: tuple) -> list[str]:
    """Return the chapters that some words name; InputError where there is none of a name."""
    if ALL in named:
        if others := [name for name in named if name != ALL]:
            raise InputError(f"{ALL} names every chapter; leave it out, or leave {others[0]} out.")
        return notebooks.names(root)
    return [notebooks.path(root, name).stem for name in dict.fromkeys(named)]


def untold(root: Path, study: Study) -> dict[str, str]:
    """Return the chapters that can say nothing on the date of a study, with the reason; InputError
    where one was named. A chapter that is no function is asked by its run."""
    from computecycle.runs import sweeps  # with Altair, which a run without a date does not need

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        study.tables.write(Path(folder))
        whole = {"as_of": study.as_of, "data_dir": folder if study.tables.texts else ""}
        for name in notebooks.names(root) if study.as_of else []:
            try:
                sweeps.model_of(name, study.parameters.get(name, {}) | whole)
            except NoRow as reason:
                if name in study.named:
                    raise InputError(f"Chapter {name}: {reason}") from None
                found[name] = str(reason)
    return found


def of_words(words: tuple) -> Iterator[Set]:
    """Yield what some words set; InputError for a word without `=`."""
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name:
            raise InputError(f'"{word}" sets nothing; write {name or "name"}=value.')
        yield name, value, "-p"


def of_file(path: Path) -> Iterator[Set]:
    """Yield what a YAML file sets: `name: value`, or below the name of a chapter.

    Values are read as they are written; InputError for whatever else YAML can do.
    """
    if not path.is_file():
        raise InputError(f"{path.name} is no file; name one that holds `name: value`.")
    if path.stat().st_size > FILE_BYTES:
        raise InputError(
            f"{path.name} has {path.stat().st_size:,} bytes and may have {FILE_BYTES:,}; "
            "write one line for each parameter."
        )
    try:
        tree = composed(path)
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not UTF-8; save it as UTF-8.") from None
    except (yaml.YAMLError, ValueError) as problem:
        line = getattr(getattr(problem, "problem_mark", None), "line", 0) + 1
        raise InputError(
            f"{path.name}, line {line} cannot be read; write `name: value` on each line."
        ) from None
    for name, node in pairs(path, tree):
        if isinstance(node, yaml.MappingNode):
            for inner, value in pairs(path, node):
                yield f"{name}.{inner}", scalar(path, inner, value), path.name
        else:
            yield name, scalar(path, name, node), path.name


def composed(path: Path) -> yaml.Node | None:
    """Return the tree of a YAML file; InputError for tags, anchors, aliases and deep nesting."""
    text, depth = path.read_bytes().decode("utf-8-sig"), 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise InputError(
                f"{path.name}, line {line} has a tag, an anchor or an alias; write the value "
                "itself."
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > 2:
            raise InputError(
                f"{path.name}, line {line} nests too deep; write `name: value`, or a chapter's "
                "name above them."
            )
    return yaml.compose(text, Loader=yaml.SafeLoader)


def pairs(path: Path, node: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    """Return the names and values of a mapping; InputError where it is none."""
    if not isinstance(node, yaml.MappingNode):
        raise InputError(f"{path.name} holds no `name: value`; write one parameter a line.")
    return [(scalar(path, "a name", name), value) for name, value in node.value]


def scalar(path: Path, name: str, node: yaml.Node) -> str:
    """Return a single value as it is written; null is an empty one."""
    if not isinstance(node, yaml.ScalarNode):
        raise InputError(
            f"{path.name}, line {node.start_mark.line + 1}: {name} is a list or a group; write one "
            "value."
        )
    return "" if node.tag.endswith(":null") else node.value


def once(given: list[Set]) -> None:
    """Raise InputError where something is set a second time."""
    first = {}
    for name, value, where in given:
        if name in first:
            before, there = first[name]
            raise InputError(
                f'{name} is set twice: "{before}" by {there} and "{value}" by {where}; keep one.'
            )
        first[name] = (value, where)


def by_chapter(root: Path, chosen: list[str], words: dict[str, str]) -> dict[str, dict]:
    """Return the typed parameters of each chapter; a plain name goes to each that was named."""
    spread = {}
    for name, value in words.items():
        chapter, dot, short = name.rpartition(".")
        targets = [notebooks.path(root, chapter).stem] if dot else having(root, chosen, name)
        for target in targets:
            if short in OF_ALL:
                raise InputError(f"{short} holds for all chapters; set it without {target}.")
            given = spread.setdefault(target, {})
            if short in given:
                raise InputError(f"{short} of {target} is set twice; keep one.")
            given |= parameters.checked(root, target, {short: value})
    return {name: dict(sorted(spread[name].items())) for name in sorted(spread)}


def having(root: Path, chosen: list[str], name: str) -> list[str]:
    """Return which of the chapters that were named have a parameter; InputError where none has."""
    declared = {each: parameters.of(root, each) for each in chosen or notebooks.names(root)}
    found = [each for each, there in declared.items() if name in [one.name for one in there]]
    if found and not chosen:
        raise InputError(f"{name} is a parameter of {', '.join(found)}; name the chapter too.")
    if not found and len(declared) == 1:
        parameters.known(chosen[0], [name], declared[chosen[0]])
    if not found:
        known = sorted({one.name for there in declared.values() for one in there})
        hint = did_you_mean(name, known) or " `computecycle parameters CHAPTER` lists them."
        raise InputError(f'No chapter has the parameter "{name}".{hint}')
    return found
