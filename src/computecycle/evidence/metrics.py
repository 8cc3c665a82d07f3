"""What a long table says of each of its metrics: allowed units, periods by their type, magnitudes.

The descriptor writes for a table which units a metric may have:

    "units": {"column": "metric", "allowed": {"data_center_revenue": ["USD million"]}}

A period is written as its type asks. A number ten times off its neighbours of the same key may be
right: that is a warning, which a note that says "confirmed: " and why puts to rest.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from computecycle.evidence.errors import did_you_mean
from computecycle.evidence.place import OVERLAID

PERIODS = {  # type of a period: how it is written, an example
    "quarter": (re.compile(r"\d{4}Q[1-4]"), "2025Q1"),
    "fiscal_quarter": (re.compile(r"FY\d{4}Q[1-4]"), "FY2026Q1"),
    "calendar_year": (re.compile(r"\d{4}"), "2025"),
    "fiscal_year": (re.compile(r"FY\d{4}"), "FY2026"),
}
WHEN = ("period", "date", "quarter", "year", "for_year", "day")  # columns of a key that say when
WHO = "source"  # column of a key that says who told it: a reader's number has other tellers beside
AHEAD = 1  # years by which a reader's row may be newer than the report
TEN = 10.0  # times a neighbour, up or down
CONFIRMED = "confirmed: "


def problems(entry: dict, rows: list[list[str]], label: str) -> Iterator[str]:
    """Yield a sentence for each cell that its metric or its type of period does not allow.

    rows : the cells of a CSV, its header first.
    """
    units = entry.get("units", {"column": "", "allowed": {}})
    for line, cells in enumerate(rows[1:], start=2):
        row = dict(zip(rows[0], cells, strict=False))
        metric, place = row.get(units["column"], ""), f"{label}, line {line}, column"
        allowed = units["allowed"].get(metric, [])
        if allowed and row["unit"] not in allowed:
            hint = did_you_mean(row["unit"], allowed)
            yield (
                f'{place} "unit" is "{row["unit"]}"; {metric} is given in '
                f"{' or '.join(allowed)}.{hint}"
            )
        written, example = PERIODS.get(row.get("period_type", ""), (None, ""))
        if written and "period" in row and not written.fullmatch(row["period"]):
            kind = row["period_type"].replace("_", " ")
            yield (
                f'{place} "period" is "{row["period"]}"; a {kind} is written {example}, '
                "or the period_type is another."
            )


def lacking(entry: dict) -> str:
    """Return the column that the units of a table need and it does not have, or an empty text."""
    names = [field["name"] for field in entry["schema"]["fields"]]
    needed = [entry["units"]["column"], "unit", "value"] if "units" in entry else []
    missing = [name for name in needed if name not in names]
    return f'has units and no column "{missing[0]}"' if missing else ""


@dataclass(frozen=True)
class Point:
    """A number of a series: when, its place, the number, the row it stands in."""

    moment: tuple[str, ...]
    place: str
    value: float
    row: dict[str, str]

    def doubt(self, what: str) -> str:
        """Return the sentence that asks to look again."""
        return f'{self.place}: {what}; correct it, or write "{CONFIRMED}" and why in note.'


def series(entry: dict, rows: list[tuple[str, dict[str, str]]]) -> list[list[Point]]:
    """Return the numbers of a table by the parts of their key that do not say when or who tells
    them, in time."""
    found, whole = {}, [*entry["key"], "unit", "period_type"]
    fields = {each["name"]: each["type"] for each in entry["schema"]["fields"]}
    numeric = [n for n, kind in fields.items() if kind == "number" and not n.startswith("second_")]
    columns = ["value"] if "value" in fields else numeric
    for place, row in rows:
        key = tuple(row[name] for name in whole if name in row and name not in (*WHEN, WHO))
        moment = tuple(row[name] for name in entry["key"] if name in WHEN)
        for column in columns:
            if row.get(column):
                point = Point(moment, place, number(row[column]), row)
                found.setdefault((column, *key), []).append(point)
    return [sorted(each, key=lambda one: (one.moment, one.place)) for each in found.values()]


def warnings(entry: dict, rows: list[tuple[str, dict[str, str]]], own: set[str]) -> Iterator[str]:
    """Yield a sentence for each number that those beside it in its series make doubtful; of a
    reader's also for one below zero alone, and for days that contradict each other.

    rows : of the table and of what is laid over it, each with its place. own : the places that are
    looked at; the others are neighbours only. Tables without notes, which could confirm a number,
    are not looked at.
    """
    if not all("note" in row for _, row in rows):
        return
    for points in series(entry, rows):
        looked_at = [
            (at, one)
            for at, one in enumerate(points)
            if one.place in own and CONFIRMED not in one.row["note"]
        ]
        for at, one in looked_at:
            told = far_off(points, at)
            if one.place.startswith(OVERLAID):
                told = told or below_zero(points, at) or untimely(points, at)
            yield from [one.doubt(told)] if told else []


def far_off(points: list[Point], at: int) -> str:
    """Return in words how many times a number is off its neighbours where it is ten times or more,
    or an empty text.

    The first of a series, from which it grows, and one between its neighbours are not.
    """
    there = [(place, each) for place, each in enumerate(points) if each.value > 0]
    one, of_these = points[at], [place for place, _ in there]
    at = of_these.index(at) if at in of_these else 0
    if not at or len(there) < 3:
        return ""
    near = there[at - 2 : at] if at == len(there) - 1 else [there[at - 1], there[at + 1]]
    ratios = [one.value / each.value for _, each in near]
    if not (all(each >= TEN for each in ratios) or all(each <= 1 / TEN for each in ratios)):
        return ""
    words = " and ".join(f"{each.value:,.10g}" for _, each in near)
    times = math.prod(ratios) ** (1 / len(ratios))
    off = f"{float(f'{max(times, 1 / times):.2g}'):,.10g}"
    told = f"about {off} times" if times > 1 else f"about 1/{off} of"
    return f"{one.value:,.10g} for {' '.join(one.moment)} is {told} its neighbours, {words}"


def below_zero(points: list[Point], at: int) -> str:
    """Return in words that a number is below zero where no other of its series is."""
    others = [each.value for place, each in enumerate(points) if place != at]
    if points[at].value >= 0 or len(others) < 2 or min(others) < 0:
        return ""
    return f"{points[at].value:,.10g} is below zero, and no other of its series is"


def untimely(points: list[Point], at: int) -> str:
    """Return in words that a period ends out of the order of its series, or was known before it
    ended where no other was; an empty text for all else."""
    one, others = points[at].row, [each.row for place, each in enumerate(points) if place != at]
    if not one.get("period_end") or "period" not in one:
        return ""
    for each in (each for each in others if form(each) and form(each) == form(one)):
        later = each["period"] > one["period"]
        if each["period"] != one["period"] and later != (each["period_end"] > one["period_end"]):
            return (
                f"{one['period']} ends on {one['period_end']}, and {each['period']} on "
                f"{each['period_end']}"
            )
    early = [each["known_from"] < each["period_end"] for each in (one, *others)]
    if early[0] and others and not any(early[1:]):
        return f"{one['period']} is known from {one['known_from']}, before it ends"
    return ""


def form(row: dict[str, str]) -> str:
    """Return the type of the period of a row by how it is written; empty where it is none."""
    written = (kind for kind, (form, _) in PERIODS.items() if form.fullmatch(row["period"]))
    return next(written, "")


def ahead(place: str, row: dict[str, str], last: str) -> Iterator[str]:
    """Yield a sentence where a row is known long after the newest day of the report, `last`."""
    if int(row["known_from"][:4]) > int(last[:4]) + AHEAD:
        yield (
            f"{place}: it is known from {row['known_from']}, and all else until {last}; is the "
            "year right?"
        )


def number(text: str) -> float:
    """Return a cell as a number; zero where it is none."""
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
