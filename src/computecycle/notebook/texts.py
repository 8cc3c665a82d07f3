"""How a condition prints its numbers: as its sentence does, and so that a reader can check it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from computecycle.evidence import expressions
from computecycle.notebook import conditions

NO_DATA = "no data"
SAME_ENDS = re.compile(r"^(\S+) to \1(?!\S)")  # "5% to 5%"
RANGE = re.compile(r"^([^\d\s]*)\d\S*(?: \w+)? to \1?(?=\d)")  # what is before the end of one
NUMERAL = re.compile(r"\d[\d,]*(?:\.(\d+))?(?:e([+-]?\d+))?")
YEARS = range(1800, 2101)  # numbers that may be years
SPANS = range(100)  # what may be added to a year
DATED = ("date", "year")  # units of a year, with its fraction or without
FINER = (3, 4, 5, 6, 8)  # digits, tried in turn


class Shown(NamedTuple):
    """A number of a condition with its text and unit where it is a value of the chapter."""

    number: float | None
    text: str = ""
    unit: str = ""


def printed(number: float | None, form: str) -> str:
    """Return the number in its printed form, a true minus sign before all else, in a range before
    its last end; a range whose two ends print alike is one number."""
    if number is None:
        return NO_DATA
    before, to, last = form.rpartition(" to ")
    text = last.format(abs(number))
    sign = "\N{MINUS SIGN}" if number < 0 and re.search("[1-9]", text) else ""
    return SAME_ENDS.sub(r"\1", before + to + sign + text)


def ranged(text: str) -> bool:
    """Return whether a value is printed as a range; its number is then the higher end."""
    return bool(RANGE.match(text))


def digits_of(number: float | None, digits: int = 4) -> str:
    """Return a number with so many significant digits, as a reader writes it."""
    if number is None:
        return NO_DATA
    whole = len(f"{abs(number):.0f}")
    form = "{:,.0f}" if abs(number) >= 10 ** (digits - 1) else f"{{:,.{digits}g}}"
    return printed(number, form) if whole < 16 else printed(number, f"{{:.{digits}g}}")


def day_of(year: float) -> str:
    """Return the day on which a year stands at its fraction, as a reader writes it."""
    begin = pd.Timestamp(year=int(year), month=1, day=1)
    days = round((year - int(year)) * (365 + begin.is_leap_year))
    return f"{begin + pd.Timedelta(days=days):%-d %B %Y}"


def texts(tree, shown: Mapping[str, Shown]) -> dict[str, str]:
    """Return how a condition prints its numbers, by name.

    As the sentence does, but of a range the end that is meant; a day or a year of the condition's
    own as such; a share beside a percentage as one; and with more digits where two that differ
    would look the same, or where what is printed would give another verdict.
    """
    years = _years(tree, shown)
    said = {
        name: RANGE.sub(r"\1", each.text) if each.text else _bare(each.number, name in years)
        for name, each in shown.items()
    }
    found, looks = dict(said), list(said.values())
    for name, text in said.items():
        if looks.count(text) > 1 and text != NO_DATA and _differ(name, text, said, shown):
            found[name] = _finer(text, shown[name], 6, name in years)
    sides = [*conditions.sides(tree), *([(name,) for name in kin] for kin in conditions.kin(tree))]
    for group in 2 * sides:  # what became one may stand beside another
        plain = [names for names in group if not any(found[each].endswith("%") for each in names)]
        for name in sum(plain, ()) if len(plain) < len(group) else ():
            if not shown[name].text and 0 < abs(shown[name].number or 0) <= 1:
                found[name] = _percent(shown[name].number)
    return found if None in (each.number for each in shown.values()) else _true(tree, shown, found)


def _true(tree, shown: Mapping[str, Shown], found: dict[str, str]) -> dict[str, str]:
    """Return the texts with more digits where a part of the condition, read as it is printed, is
    false and with its numbers true, or the other way round."""
    numbers, years = {name: each.number for name, each in shown.items()}, _years(tree, shown)
    for part in conditions.parts(tree):
        names = expressions.names(part)
        for digits in FINER:
            looks = {name: _read(found[name], shown[name], name in years) for name in names}
            if conditions.same_verdict(part, numbers, looks):
                break
            found |= {
                name: max(
                    found[name], _finer(found[name], shown[name], digits, name in years), key=len
                )
                for name in names
                if looks[name] != numbers[name]
            }
    return found


def _years(tree, shown: Mapping[str, Shown]) -> set[str]:
    """Return the names that stand for days or years: a value that is one, and what stands beside
    it, or whole numbers that may be years and stand beside no other but spans of years."""
    years = {name for name, each in shown.items() if each.unit in DATED}
    for names in conditions.kin(tree):
        numbers = {name: shown[name].number for name in names if shown[name].number is not None}
        may = {name for name, number in numbers.items() if YEARS[0] <= number <= YEARS[-1]}
        whole = all(numbers[name].is_integer() for name in may)
        rest = all(numbers[name] in SPANS for name in numbers if name not in may)
        if names & years or (whole and rest):
            years |= may
    return years


def _bare(number: float | None, year: bool) -> str:
    if not year or number is None:
        return digits_of(number)
    return f"{number:.0f}" if number.is_integer() else day_of(number)


def _percent(share: float, digits: int = 3) -> str:
    return f"{digits_of(100 * share, digits)}%"


def _finer(text: str, each: Shown, digits: int, year: bool) -> str:
    """Return a number's text with so many digits, a day with its day."""
    if year:
        return text if each.unit == "year" or each.number.is_integer() else day_of(each.number)
    if text.endswith("%"):
        return _percent(each.number, digits)
    return NUMERAL.sub(digits_of(abs(each.number), digits), text, count=1)


def _read(text: str, each: Shown, year: bool) -> float:
    """Return the number that a text prints; the number itself where it is no rounding of it."""
    found = NUMERAL.search(text)
    if year or found is None:
        return each.number
    whole = 100 if text.endswith("%") else 1
    last = 10.0 ** (int(found[2] or 0) - len(found[1] or "")) / whole  # of its last digit
    size = float(found[0].replace(",", "")) / whole
    number = -size if each.number < 0 else size
    return number if abs(number - each.number) <= last else each.number


def _differ(name: str, text: str, said: Mapping[str, str], shown: Mapping[str, Shown]) -> bool:
    return any(said[each] == text and shown[each].number != shown[name].number for each in said)
