"""States of the report that can be compared: the published one, studies, editions, folders."""

import json
from pathlib import Path

from computecycle.evidence.errors import InputError, did_you_mean
from computecycle.runs import studies

PUBLISHED = "published"
PLACES = ("_build/results", "results", "")  # in a folder, the first that has results


def built(root: Path) -> dict[str, dict]:
    """Return the results of the last build, by chapter; none where nothing has run."""
    return of(root / "_build/results")


def published(root: Path) -> dict[str, dict]:
    """Return what is published, by chapter: the last build, or where there is none the newest
    edition, as in a report that was just installed."""
    return built(root) or last(root)[1]


def last(root: Path) -> tuple[str, dict[str, dict]]:
    """Return what a build is compared with: the newest edition, else the build before it."""
    editions = listed_editions(root)
    if editions:
        return f"edition {editions[-1].name}", results(editions[-1])
    return "the build before", built(root)


def listed_editions(root: Path) -> list[Path]:
    """Return the folders of the editions that were released, the newest last."""
    found = [path for path in (root / "editions").glob("*") if any(path.glob("results/*.json"))]
    return sorted(found, key=lambda path: [f"{part:0>9}" for part in path.name.split(".")])


def of(folder: Path) -> dict[str, dict]:
    """Return the results of a folder of JSON files, by chapter; what is no results is left out."""
    found = {}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
            raise InputError(f"{path.name} in {folder.name} is no results; restore it.") from None
        if isinstance(content, dict) and {"chapter", "values", "claims"} <= set(content):
            found[content["chapter"]] = content
    return found


def results(folder: Path) -> dict[str, dict]:
    """Return the results in a folder: of a house, of an edition, or the files themselves."""
    return next((found for place in PLACES if (found := of(folder / place))), {})


def named(root: Path, word: str) -> tuple[dict[str, dict], dict]:
    """Return the results that a word names, and the record where they are a study's.

    word : "published", a study, an edition, a folder. InputError where there is none.
    """
    if word == PUBLISHED:
        found = published(root)
        if not found:
            raise InputError("Nothing is published yet; run `make book` first.")
        return found, {}
    made = [*studies.elsewhere(root), *studies.listed(root)]
    known = {path.name: path for path in [*listed_editions(root), *made]}
    known |= {studies.record(path)["id"]: path for path in made}
    folder = known.get(word, Path(word))
    found = results(folder)
    if not found:
        hint = did_you_mean(word, [PUBLISHED, *known]) or " `computecycle status` lists them."
        raise InputError(f'"{word}" is no study, no edition and no folder with results.{hint}')
    return found, studies.record(folder)
