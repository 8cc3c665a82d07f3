"""The ledger of corrections: what an edition said wrongly by a mistake of ours.

`editions/corrections.csv`, which the author writes: the day of the correction, the edition that was
wrong, the id of what was wrong (`capex_gap.need-stock`, or a chapter for all of it), what it said,
what is right, the reason.
"""

import csv
from pathlib import Path

from computecycle.evidence import references
from computecycle.evidence.errors import InputError, did_you_mean

COLUMNS = ["day", "edition", "id", "wrong", "right", "reason"]
FILE = "editions/corrections.csv"


def known(root: Path) -> list[dict[str, str]]:
    """Return the corrections, the newest first; InputError where a line lacks what it owes."""
    path = root / FILE
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            raise InputError(f"{FILE}, line 1: the columns are {', '.join(COLUMNS)}; write those.")
        found = [checked(line, each) for line, each in enumerate(reader, start=2)]
    return sorted(found, key=lambda each: each["day"], reverse=True)


def checked(line: int, each: dict) -> dict[str, str]:
    """Return a line of the ledger; InputError where a cell is empty or the day is none."""
    empty = [name for name in COLUMNS if not (each[name] or "").strip()]
    if empty or None in each:
        cure = f"write its {empty[0]}" if empty else "put cells that hold commas in quotes"
        raise InputError(f"{FILE}, line {line} is not whole; {cure}.")
    if not references.is_day(each["day"]):
        raise InputError(
            f'{FILE}, line {line} has the day "{each["day"]}"; write it as YYYY-MM-DD.'
        )
    return each


def of_edition(found: list[dict], edition: str, published: set[str]) -> dict[str, str]:
    """Return the reason of each correction of an edition, by id.

    published : every id that can be corrected; InputError where a correction names another.
    """
    own = [each for each in found if each["edition"] == edition]
    for each in own:
        if each["id"] not in published:
            hint = did_you_mean(each["id"], sorted(published))
            raise InputError(
                f'{FILE} corrects "{each["id"]}", which edition {edition} did not say.{hint}'
            )
    return {each["id"]: each["reason"] for each in own}
