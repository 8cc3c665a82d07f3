"""Days: as they are written, and of which day traced rows are."""

from datetime import date

from computecycle.evidence.errors import InputError


def as_date(text: str, what: str = "as_of") -> date:
    """Return an ISO date; InputError when the text is none."""
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        day = None
    if day is None or day.isoformat() != str(text):  # ISO 8601 has other forms, such as 2024-W26-4
        raise InputError(f'{what} is "{text}"; write a date as YYYY-MM-DD.')
    return day


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
        return f"Sources without a day, read on {undated}"
    day = newest(records)
    return f"Newest source {day}" + (f", some without a day read on {undated}" * (undated > day))
