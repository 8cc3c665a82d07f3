"""A day as people and spreadsheets write it, as YYYY-MM-DD."""

from datetime import date, datetime
from functools import lru_cache

WAYS = [f"{a}{sign}{b}{sign}%Y" for sign in "./-" for a, b in (("%d", "%m"), ("%m", "%d"))]
WAYS += ["%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d"]
WAYS += [f"{way} %Y" for way in ("%d %b", "%d %B", "%d. %B", "%b %d,", "%B %d,")]
WAYS += ["%d-%b-%Y"]


@lru_cache(10_000)
def iso(text: str) -> str:
    """Return a day as YYYY-MM-DD; a text that is none, or may be two (3.10.2026), as it is."""
    found = {day for way in WAYS if (day := read(text, way))}
    return found.pop().isoformat() if len(found) == 1 else text


def read(text: str, way: str) -> date | None:
    """Return the day that a text is, written in one way; None where it is none."""
    try:
        return datetime.strptime(text, way).date()
    except ValueError:
        return None
