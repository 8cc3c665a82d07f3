"""What a rerun sets apart in a figure: the rows that the published figure does not draw."""

import json
from pathlib import Path

from computecycle.charts import own
from computecycle.evidence.place import OVERLAID


def is_own(figure: dict) -> bool:
    """Return whether a figure rests on what a reader set, or on rows laid over the report's."""
    places = (place for record in figure["rows"] for place in record["rows"])
    return bool(figure["own"]) or any(place.startswith(OVERLAID) for place in places)


def specification(folder: Path, figure: dict, given: dict[str, object]) -> dict:
    """Return the specification of a figure as a rerun draws it.

    folder : of its pictures as published; where it has none nothing is set apart. given : what the
    chapter ran with; as of a day more differs than what the reader set.
    """
    path = folder / f"{figure['id']}.vl.json"
    if not given or not path.exists() or not is_own(figure):
        return figure["spec"]
    published = json.loads(path.read_text(encoding="utf-8"))
    return own.marked(figure["spec"], published, own.OTHER if given.get("as_of") else own.SET_HERE)
