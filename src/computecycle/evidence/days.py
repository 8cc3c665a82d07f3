"""Days: as people and spreadsheets write them, as tables and pages do, and of which day traced rows
are."""

from datetime import date, datetime
from functools import lru_cache

from computecycle.evidence.errors import InputError

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


def as_date(text: str, what: str = "as_of") -> date:
    """Return an ISO date; InputError when the text is none."""
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        day = None
    if day is None or day.isoformat() != str(text):  # ISO 8601 has other forms, such as 2024-W26-4
        raise InputError(f'{what} is "{text}"; write a date as YYYY-MM-DD.')
    return day


def in_words(day: str | date) -> str:
    """Return a day, ISO or not, as a page writes it: 1 May 2026."""
    day = as_date(day) if isinstance(day, str) else day
    return f"{day.day} {day:%B %Y}"


def as_far(day: str) -> str:
    """Return a day in words as far as it is known: 20 June 2024, June 2024, 2024."""
    year, *rest = (int(part) for part in day.split("-"))
    whole = in_words(date(year, *rest, *[1] * (2 - len(rest))))
    return " ".join(whole.split()[2 - len(rest) :])


def newest(records: list[dict]) -> str:
    """Return the newest day (ISO) of what `trace` found: days of access count only where there is
    no other; empty where there are no records."""
    days = [record["known_from"] for record in records if not record.get("undated")]
    return max(days or [record["known_from"] for record in records], default="")


def days_told(records: list[dict]) -> str:
    """Return of which day the newest of traced rows is, and when those without one were read."""
    undated = max((each["known_from"] for each in records if each.get("undated")), default="")
    if not records:
        return ""
    if all(each.get("undated") for each in records):
        return f"Undated sources, read {in_words(undated)}"
    day = newest(records)
    read = f"; undated pages read {in_words(undated)}" if undated > day else ""
    return f"Newest source {in_words(day)}{read}"
