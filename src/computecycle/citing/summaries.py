"""What an edition keeps of a run: every number, sentence and figure, and a hash of what each rests
on in place of its rows.

Results of a run name thousands of rows; an edition holds each row's hash once (`rows`), so that of
two editions it can be told which rows differ.
"""

import json
from pathlib import Path

from computecycle.evidence import data, keys
from computecycle.evidence.days import newest
from computecycle.runs import chapters

LETTERS = 16  # of a hash that stands for rows or data
SAID = ("id", "name", "number", "text", "unit")
CLAIMED = ("id", "text", "sentence", "condition", "told", "holds", "values")


def rows_of(records: list[dict]) -> set[tuple[str, str, str]]:
    """Return the rows that some records of places name, each as table, anchor, hash."""
    found = set()
    for record in records:
        known = keys.rows(record["table"])
        for place in record["rows"]:
            row = known[int(place.rsplit(":", 1)[1]) - 2]
            found.add((record["table"], row.anchor, row.hash))
    return found


def resting(records: list[dict]) -> dict:
    """Return what something rests on in few words: its newest day, its rows counted, their hash."""
    rows = sorted(rows_of(records))
    tables = [table for table, _, _ in rows]
    return {
        "as_of": newest(records),
        "rows": {table: tables.count(table) for table in dict.fromkeys(tables)},
        "rows_hash": chapters.digest(json.dumps(rows).encode())[:LETTERS],
    }


def behind(known: dict, claim: dict) -> list[dict]:
    """Return the places that a claim rests on: those of its values and of its condition's own."""
    ids = set(claim["values"].values())
    said = [record for value in known["values"] if value["id"] in ids for record in value["rows"]]
    return said + [record for other in claim["others"] for record in other["rows"]]


def figure(folder: Path, each: dict) -> dict:
    """Return what is kept of a figure; `folder` holds its specification."""
    written = (folder / f"{each['id']}.vl.json").read_bytes()
    plotted = list(json.loads(written).get("datasets", {}).values())
    return {
        "id": each["id"],
        "title": each["title"],
        "data_hash": chapters.digest(json.dumps(plotted).encode())[:LETTERS],
        "spec_hash": chapters.digest(written)[:LETTERS],
        **resting(each["rows"]),
    }


def of_run(root: Path, known: dict) -> dict:
    """Return what an edition keeps of the results of a run."""
    return {
        **{name: known[name] for name in ("chapter", "title", "inputs")},
        "parameters": [
            {name: each[name] for name in ("name", "value", "unit")} for each in known["parameters"]
        ],
        "values": [
            {name: each[name] for name in SAID} | resting(each["rows"]) for each in known["values"]
        ],
        "claims": [
            {name: each[name] for name in CLAIMED} | resting(behind(known, each))
            for each in known["claims"]
        ],
        "figures": [
            figure(root / "_build/figures" / each["id"], each) for each in known["figures"]
        ],
    }


def of_rows() -> dict[str, dict[str, str]]:
    """Return the hash of every row of every table, by table and anchor."""
    names = [entry["name"] for entry in data.descriptor()["resources"]]
    return {name: {row.anchor: row.hash for row in keys.rows(name)} for name in names}
