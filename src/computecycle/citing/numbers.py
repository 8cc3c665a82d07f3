"""Numbers in words: a unit as a reader says it, a value with what it is."""

import re

UNITS = {  # of a value, where the table's word is not one that a reader says
    "": "a plain count",
    "x": "times (a ratio)",
    "fraction": "a share; 1 is all",
    "fraction per year": "a share a year; 0.5 is half more each year",
    "factor per year": "times a year; 2 is doubling each year",
    "USD": "US dollars",
    "USD per USD": "US dollars for a US dollar",
    "year": "a calendar year",
    "date": "a date, as a year and its fraction",
    "J/TH": "joules per terahash",
    "EH/s": "exahashes per second",
    "TOPS": "trillions of operations per second",
    "TOPS per W": "trillions of operations per second and watt",
    "TWh per year": "terawatt-hours a year",
    "FLOP": "floating-point operations",
    "kW": "kilowatts",
}
TIMES = {"x": "times", "factor per year": "times a year"}  # behind a number
BARE = re.compile(r"[−-]?[\d,.]+")  # a number that is printed without its unit


def in_words(unit: str) -> str:
    """Return a unit as words."""
    if unit in UNITS:
        return UNITS[unit]
    for short, long in (("USD", "US dollars"), ("kWh", "kilowatt-hour")):
        unit = unit.replace(short, long)
    if unit.startswith("US dollars ") and unit.split()[2] in ("billion", "million", "trillion"):
        _, _, scale, *rest = unit.split()
        unit = " ".join([scale, "US dollars", *rest])
    return unit


def said(value: dict) -> str:
    """Return a value in words: what it is, the number as printed, in what it is told.

    value : its name, text and unit.
    """
    name = value["name"]
    return f"{name[:1].upper()}{name[1:]}: {value['text']}{behind(value)}"


def behind(value: dict) -> str:
    """Return what stands behind a number as printed: of what it is a count, or per what; nothing
    where it or its name tells."""
    text, unit = value["text"], value["unit"]
    if BARE.fullmatch(text):
        return counted(value["name"], unit)
    _, _, base = unit.partition(" per ")
    told = not base or f"per {base}" in text or "a year" in text
    return "" if told or base == "USD" else f" per {base}"  # of which dollar, its name tells


def counted(name: str, unit: str) -> str:
    """Return what stands behind a number without a sign of its unit; nothing where its name tells
    what it counts."""
    if unit in TIMES:
        return f" {TIMES[unit]}"
    told = unit in ("", "date", "year", "events") or unit.split()[0].rstrip("s") in name
    return "" if told else f" {in_words(unit)}"
