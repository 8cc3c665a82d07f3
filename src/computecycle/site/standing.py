"""How a checkout stands: what a build would run and why, which studies and editions there are."""

from pathlib import Path

from computecycle.notebook import notebooks
from computecycle.runs import chapters, states, studies
from computecycle.site import current

WHY = {
    "notebook": "its notebook",
    "code": "its code",
    "environment": "the lock",
    "parameters": "its parameters",
}


def lines(root: Path) -> list[str]:
    """Return how a checkout stands, in lines."""
    made = studies.listed(root)
    told = [*published(root), "", f"Studies in {studies.RUNS}: {len(made) or 'none'}"]
    told += [study(root, path, path.name) for path in made]
    if away := studies.elsewhere(root):
        told += ["", f"Studies at other places: {len(away)}"]
        told += [study(root, path, str(path)) for path in away]
    editions = [path.name for path in states.listed_editions(root)]
    return told + ["", f"Editions: {', '.join(editions) or 'none'}"]


def published(root: Path) -> list[str]:
    """Return what a build would do, and why."""
    if current.published(root) == current.fingerprint(root):
        return ["The site is current: `make book` would do nothing."]
    why = {name: reasons(root, name) for name in notebooks.names(root)}
    stale = {name: given for name, given in why.items() if given}
    if not stale:
        return ["`make book` would run no chapter and build the pages again."]
    return [f"`make book` would run {len(stale)} of {len(why)} chapters, then build the pages:"] + [
        f"  {name}: {', '.join(given)}" for name, given in stale.items()
    ]


def reasons(root: Path, name: str) -> list[str]:
    """Return why a chapter would run; none where its last run stands."""
    last, now = chapters.results(root, name).get("inputs"), chapters.inputs(root, name, {})
    if last is None:
        return ["it has not run"]
    if chapters.is_current(root, name, now):
        return []
    found = [f"{what} changed" for key, what in WHY.items() if last.get(key) != now[key]]
    found += [
        f"table {table} changed"
        for table in sorted({*last["tables"], *now["tables"]})
        if last["tables"].get(table) != now["tables"].get(table)
    ]
    return found or ["a page or a picture of it is gone"]


def study(root: Path, folder: Path, called: str) -> str:
    """Return a study: how it is called, id, the command that makes it, whether it is current."""
    made = studies.record(folder)
    differing = studies.differences(root, made["inputs"])
    state = f"older: {differing[0]}" if differing else "current"
    more = f" And {len(differing) - 1} more." if len(differing) > 1 else ""
    return f"  {called} ({made['id']}), {state}{more}\n    {studies.command(made)}"
