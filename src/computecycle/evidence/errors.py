"""A user's mistake. Its own module so that every room can raise it without importing another."""

from pathlib import Path


class InputError(Exception):
    """Something the user gave cannot be used; the message names the place and the cure."""


class NoRow(InputError):
    """No row has what was asked for, perhaps because none was known yet."""


def in_order(**years: int) -> None:
    """Raise InputError when of two years, given by name, the first is the later."""
    (first, low), (second, high) = years.items()
    if low > high:
        raise InputError(
            f"{first} is {low} and {second} {high}; the first must not be the later one."
        )


def shown(path: Path) -> str:
    """Return a path as it was given, as it can be printed."""
    return str(path) if str(path).isprintable() else repr(str(path))


def did_you_mean(wrong: str, known: list[str]) -> str:
    """Return ' Did you mean "x"?' for the nearest known name, or an empty text."""
    from difflib import get_close_matches

    near = get_close_matches(wrong, known, n=1)
    return f' Did you mean "{near[0]}"?' if near else ""
