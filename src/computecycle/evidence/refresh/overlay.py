"""Which rows of a publisher are new or changed; the folder of them; entering them into the report.

What a publisher gave is laid over the report like a reader's own tables, so that a run shows what
it would change before anything is entered.
"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from computecycle.evidence import checks, data, place
from computecycle.evidence.days import in_words
from computecycle.evidence.errors import InputError, did_you_mean
from computecycle.evidence.refresh import epoch, owid, sec, web

PUBLISHERS = {"sec": sec, "epoch": epoch, "owid": owid}
STATE = "refreshed.json"  # of each publisher, when it was read, and since when it is stale
SAME = 0.002  # of a value: less is another rounding


def publisher(name: str):
    """Return the room of a publisher; InputError with the nearest name when there is none."""
    if name not in PUBLISHERS:
        hint = did_you_mean(name, list(PUBLISHERS)) or f" There are {', '.join(PUBLISHERS)}."
        raise InputError(f'There is no publisher "{name}" to refresh from.{hint}')
    return PUBLISHERS[name]


def proposed(name: str, day: date, contact: str = "") -> list[dict[str, str]]:
    """Return the rows of a publisher that are new or changed, in the columns of its table.

    day : of access. InputError when the publisher cannot be read or gives something else.
    """
    room = publisher(name)
    found = list(room.rows(partial(web.fetch, contact=contact), day))
    return list(changed(room.TABLE, found))


def changed(name: str, found: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the rows whose key a table lacks, or whose value is another and known later."""
    entry, table = data.resource(name), data.load(name)
    keys = entry["key"]
    known = {tuple(map(str, cells)): at for at, cells in enumerate(table[keys].values)}
    columns = [field["name"] for field in entry["schema"]["fields"]]
    for key, row in {tuple(row[each] for each in keys): row for row in found}.items():
        if key in known:
            held = table.iloc[known[key]]
            value = float(row["value"])
            older = row["known_from"] <= held["known_from"].date().isoformat()
            if older or abs(value - held["value"]) <= SAME * abs(held["value"]):
                continue
        yield {column: row.get(column, "") for column in columns}


def written(rows: list[dict[str, str]], header: bool = True) -> str:
    """Return rows as CSV text, as the report's tables are written."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    if header:
        writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def lay(name: str, rows: list[dict[str, str]], folder: Path) -> Path:
    """Write the rows of a publisher as a folder to lay over the report; InputError, and nothing
    written, when they are not as the table wants them."""
    path = folder / f"{publisher(name).TABLE}.csv"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(written(rows), encoding="utf-8")
    problems = checks.overlay_problems(str(folder))
    if problems:
        path.unlink()
        checks.stop(problems)
    return path


def enter(name: str, rows: list[dict[str, str]]) -> Path:
    """Add the rows of a publisher to the report's table in one step; return its path."""
    path = data.FOLDER / data.resource(publisher(name).TABLE)["path"]
    draft = path.with_suffix(".draft")
    draft.write_text(path.read_text("utf-8") + written(rows, header=False), encoding="utf-8")
    draft.replace(path)
    return path


def remember(name: str, day: date, problem: str = "") -> None:
    """Note that a publisher was read, or since when it could not be and its rows are stale.

    Only a checkout is told: an installed report stays as it is.
    """
    if place.CARRIED.is_dir():
        return
    known = state()
    before = known.get(name, {})
    if problem:
        since = before.get("stale_since") or day.isoformat()
        known[name] = {**before, "stale_since": since, "why": problem}
    else:
        known[name] = {"read": day.isoformat()}
    text = json.dumps(known, indent=1, sort_keys=True) + "\n"
    (data.FOLDER / STATE).write_text(text, encoding="utf-8")


def state() -> dict[str, dict[str, str]]:
    """Return for each publisher that was asked: read (its last day), stale_since and why.

    InputError where the file of it is none.
    """
    path = data.FOLDER / STATE
    try:
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        known = {name: {word: str(each[word]) for word in each} for name, each in known.items()}
    except (ValueError, AttributeError, TypeError):
        raise InputError(f"data/{STATE} cannot be read; restore or remove it.") from None
    return {name: each for name, each in known.items() if name in PUBLISHERS}


def standing(table: str) -> str:
    """Return in a sentence how new a table's rows can be: when its publisher was last read, or
    since when it could not be. Empty where it was never asked."""
    for name, each in state().items():
        room = PUBLISHERS[name]
        read = f"{room.NAME} was last read on {in_words(each['read'])}." if "read" in each else ""
        if table == room.TABLE and "stale_since" in each:
            since = (
                f"Stale since {in_words(each['stale_since'])}, when {room.NAME} could not be read."
            )
            return f"{since} {read}".strip()
        if table == room.TABLE:
            return read
    return ""
