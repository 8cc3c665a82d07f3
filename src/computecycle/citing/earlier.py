"""What the chapters would have said: runs as of earlier days, with the rows known by then."""

import os
from collections.abc import Callable
from concurrent.futures import as_completed
from pathlib import Path

from computecycle.evidence import data
from computecycle.evidence.errors import InputError
from computecycle.notebook import notebooks
from computecycle.runs import chapters
from computecycle.runs.pools import pool

DAYS = ("2023-09-30", "2024-06-30", "2024-12-31", "2025-03-31", "2025-12-31")


def days() -> list[str]:
    """Return the days, up to which some table reaches."""
    return [day for day in DAYS if day <= data.last_known()]


def on(root: Path, name: str, day: str) -> dict:
    """Return what a chapter says as of a day: texts of its values by id, verdict and text of its
    claims by id. Nothing is written; InputError where the chapter stops."""
    from computecycle.runs import points  # with all that a chapter needs, and a site does not

    said = points.said(str(root), name, {"as_of": day})
    if said["failed"]:
        raise InputError(f"Chapter {name} as of {day} stopped in {said['failed']}")
    return {
        "values": {each["id"]: each["text"] for each in said["values"]},
        "claims": {
            each["id"]: {"holds": each["holds"], "text": each["text"]} for each in said["claims"]
        },
    }


def runs(root: Path, say: Callable) -> dict[str, dict[str, dict]]:
    """Run every chapter as of every day in parallel processes; return them by chapter and day."""
    found = {name: {} for name in notebooks.names(root)}
    with pool(os.cpu_count() or 1, chapters.follow) as others:
        jobs = {others.submit(on, root, name, day): (name, day) for name in found for day in days()}
        try:
            for done, job in enumerate(as_completed(jobs), start=1):
                name, day = jobs[job]
                found[name][day] = job.result()
                say(f"  run {done} of {len(jobs)}: {name} as of {day}")
        except BaseException:
            others.shutdown(wait=False, cancel_futures=True)
            raise
    return {name: dict(sorted(each.items())) for name, each in found.items()}
