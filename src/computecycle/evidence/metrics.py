"""What a long table says of each of its metrics: allowed units, periods by their type, magnitudes.

The descriptor writes for a table which units a metric may have:

    "units": {"column": "metric", "allowed": {"data_center_revenue": ["USD million"]}}

A period is written as its type asks. A number ten times off its neighbours of the same key may be
right: that is a warning, which a note that says "confirmed: " and why puts to rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from computecycle.evidence.errors import did_you_mean

PERIODS = {  # type of a period: how it is written, an example
    "quarter": (re.compile(r"\d{4}Q[1-4]"), "2025Q1"),
    "fiscal_quarter": (re.compile(r"FY\d{4}Q[1-4]"), "FY2026Q1"),
    "calendar_year": (re.compile(r"\d{4}"), "2025"),
    "fiscal_year": (re.compile(r"FY\d{4}"), "FY2026"),
}
WHEN = ("period", "date", "quarter", "year")  # columns of a key that say when
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
    """A number of a series: when, its place, the number, what its note says."""

    moment: tuple[str, ...]
    place: str
    value: float
    note: str


def series(entry: dict, rows: list[tuple[str, dict[str, str]]]) -> list[list[Point]]:
    """Return the numbers of a table by the parts of their key that do not say when, in time."""
    found, whole = {}, [*entry["key"], "unit", "period_type"]
    for place, row in rows:
        value = number(row.get("value", ""))
        if value > 0:
            key = tuple(row[name] for name in whole if name in row and name not in WHEN)
            moment = tuple(row[name] for name in entry["key"] if name in WHEN)
            found.setdefault(key, []).append(Point(moment, place, value, row["note"]))
    return [sorted(each, key=lambda one: (one.moment, one.place)) for each in found.values()]


def warnings(entry: dict, rows: list[tuple[str, dict[str, str]]], own: set[str]) -> Iterator[str]:
    """Yield a sentence for each number ten times off those beside it in its series.

    rows : of the table and of what is laid over it, each with its place. own : the places that are
    looked at; the others are neighbours only. The first number of a series, from which it grows,
    one between its neighbours, and tables without units or notes are not looked at.
    """
    if "units" not in entry or not all("note" in row for _, row in rows):
        return
    for points in series(entry, rows):
        for at in range(1, len(points) if len(points) > 2 else 0):
            one, last = points[at], at == len(points) - 1
            beside = points[at - 2 : at] if last else [points[at - 1], points[at + 1]]
            ratios = [one.value / each.value for each in beside]
            off = all(ratio >= TEN for ratio in ratios) or all(ratio <= 1 / TEN for ratio in ratios)
            if off and one.place in own and CONFIRMED not in one.note:
                words = " and ".join(f"{each.value:,.10g}" for each in beside)
                yield (
                    f"{one.place}: {one.value:,.10g} for {' '.join(one.moment)} is ten times off "
                    f'its neighbours, {words}; correct it, or write "{CONFIRMED}" and why in note.'
                )


def number(text: str) -> float:
    """Return a cell as a number; zero where it is none."""
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
