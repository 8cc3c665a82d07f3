"""A user's mistake. Its own module so that every room can raise it without importing another."""


class InputError(Exception):
    """Something the user gave cannot be used; the message names the place and the cure."""


def did_you_mean(wrong: str, known: list[str]) -> str:
    """Return ' Did you mean "x"?' for the nearest known name, or an empty text."""
    from difflib import get_close_matches

    near = get_close_matches(wrong, known, n=1)
    return f' Did you mean "{near[0]}"?' if near else ""
