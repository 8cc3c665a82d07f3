"""What a sweep is asked for: which parameters run through what, read and checked before anything.

A side is `name=lo:hi:n`, of a sample `name=lo:hi`; a parameter that stays is `name=value`.
"""

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from computecycle.evidence.errors import InputError, did_you_mean
from computecycle.notebook import parameters

MOST = {"model": 1_000_000, "notebooks": 10_000}  # points
LONGEST = 100 * 2**20  # bytes of a file of points
COLUMNS = ["assumption", "label", "unit", "distribution", "low", "mode", "high", "count", "whole"]
TYPES = {"str": "text", "bool": "true or false"}


def read(
    chapter: str, words: tuple[str, ...], declared: list[parameters.Parameter], sample: bool
) -> tuple[pd.DataFrame, dict[str, object]]:
    """Return the space of the sides in some words, and the parameters that stay, as typed values.

    sample : whether points are drawn, so that a side has no count. InputError for the first word
    that is wrong.
    """
    by_name = {each.name: each for each in declared}
    sides, still = [], {}
    for word in words:
        name, sign, text = word.partition("=")
        if not sign or not text:
            raise InputError(f'"{word}" sweeps nothing; write name=lo:hi:n, or name=value.')
        parameters.known(chapter, [name], declared)
        if name in still or name in [side["assumption"] for side in sides]:
            raise InputError(f"Parameter {name} is given twice; once is meant.")
        if ":" in text and by_name[name].type not in TYPES:
            sides.append(_side(by_name[name], text, sample))
        elif ":" in text:
            raise InputError(
                f"Parameter {name} is {TYPES[by_name[name].type]} and runs through no range; "
                "set it to one value, name=value."
            )
        else:
            still[name] = parameters.typed(by_name[name], text)
    parameters.usable(still)
    return pd.DataFrame(sides, columns=COLUMNS), still


def _side(parameter: parameters.Parameter, text: str, sample: bool) -> dict:
    """Return a side of the space, a row of it."""
    name, parts = parameter.name, text.split(":")
    wanted = "lo:hi, for a sample" if sample else "lo:hi:n"
    if len(parts) != (2 if sample else 3):
        also = " (the points are drawn)" if sample and len(parts) == 3 else ""
        raise InputError(f'"{name}={text}" is no side of the space; write {name}={wanted}{also}.')
    low, high = (parameters.typed(parameter, part) for part in parts[:2])
    if low is None or high is None:
        raise InputError(f'"{name}={text}" has an open end; write {name}={wanted}.')
    if low > high:
        raise InputError(f"{name} runs from {low:g} to {high:g}; the first must not be the larger.")
    count = 0 if sample else _count(name, parts[2])
    if count == 1 and low < high:
        raise InputError(f"{name} has one point from {low:g} to {high:g}; give n of 2 or more.")
    row = (name, parameter.meaning, parameter.unit, "uniform", float(low), np.nan, float(high))
    return dict(zip(COLUMNS, (*row, count, parameter.type == "int"), strict=True))


def _count(name: str, text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise InputError(f'{name} has "{text}" points; write a whole number of 1 or more.')
    return int(text)


def need_few(count: int, way: str) -> None:
    """Raise InputError where there are more points than a sweep of this way may have."""
    if count > MOST[way]:
        other = "" if way == "model" else ", or leave --notebooks out where a chapter has a model"
        raise InputError(
            f"That is {count:,} points; by {way} at most {MOST[way]:,}. Take fewer{other}."
        )


def of_file(
    chapter: str, path: Path, declared: list[parameters.Parameter]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the space and the points of a CSV with a column for each parameter, a row a point.

    InputError with the line for the first thing that is wrong.
    """
    lines = _lines(path)
    names = lines[0]
    parameters.known(chapter, names, declared)
    if len(set(names)) < len(names):
        raise InputError(f"{path.name} names a parameter twice in its first line; once is meant.")
    by_name = {each.name: each for each in declared}
    texts = [name for name in names if by_name[name].type in TYPES]
    if texts:
        raise InputError(f"{path.name}: {texts[0]} is no number; set it with -p name=value.")
    rows = [_point(path, number, line, names, by_name) for number, line in lines[1:]]
    if not rows:
        raise InputError(f"{path.name} has no points; write a row for each below the names.")
    need_few(len(rows), "model")
    table = pd.DataFrame(rows, columns=names, dtype=float)
    sides = [
        (name, by_name[name].meaning, by_name[name].unit, "uniform", table[name].min(), np.nan)
        + (table[name].max(), 0, by_name[name].type == "int")
        for name in names
    ]
    return pd.DataFrame(sides, columns=COLUMNS), table


def _lines(path: Path) -> list:
    """Return the names in the first line of a file, then each row that holds something with its
    number."""
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a CSV of points.")
    if not path.is_file():
        raise InputError(f"There is no file {path}; name a CSV of points.")
    if path.stat().st_size > LONGEST:
        raise InputError(f"{path.name} is larger than {LONGEST // 2**20} MB; take fewer points.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = [[cell.strip() for cell in line] for line in csv.reader(file)]
    except (UnicodeDecodeError, csv.Error):
        raise InputError(
            f"{path.name} is no CSV in UTF-8; save it as one, the names of parameters in its first "
            "line."
        ) from None
    if not found or not any(found[0]):
        raise InputError(f"{path.name} is empty; write the names of parameters in its first line.")
    if ";" in found[0][0]:
        raise InputError(
            f"{path.name} parts its cells with semicolons; use commas, and points in numbers."
        )
    return [found[0], *((n, line) for n, line in enumerate(found[1:], start=2) if any(line))]


def _point(path: Path, number: int, line: list[str], names: list[str], by_name: dict) -> list:
    if len(line) != len(names):
        raise InputError(
            f"{path.name}, line {number}, has {len(line)} cells; the first line names {len(names)}."
        )
    try:
        found = [parameters.typed(by_name[n], cell) for n, cell in zip(names, line, strict=True)]
    except InputError as problem:
        raise InputError(f"{path.name}, line {number}: {problem}") from None
    if None in found:
        empty = names[found.index(None)]
        raise InputError(f"{path.name}, line {number}: {empty} is empty; write a number.")
    return found


def wanted(chapter: str, ids: tuple[str, ...], there: list[str], keys: list[str]) -> list[str]:
    """Return the ids of the values that are asked for, else the key numbers that are there."""
    for id in ids:
        if id not in there:
            hint = did_you_mean(id, there) or f" There are {', '.join(there)}."
            raise InputError(f'A sweep of {chapter} gives no value "{id}".{hint}')
    return list(dict.fromkeys(ids)) or [id for id in keys if id in there] or there[:4]
