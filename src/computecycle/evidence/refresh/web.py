"""One request to a publisher: how long, how often and how much at most.

httpx asks and stamina asks again, both kept; what comes back is bytes or a sentence.
"""

import csv
import io
import logging
import math
import time
from collections.abc import Callable

from computecycle.evidence import place
from computecycle.evidence.errors import InputError

SECONDS = 60  # for a whole answer
SILENT = 20  # seconds without a word
LARGEST = 80_000_000  # bytes; the SEC's facts of a large company have twelve million
ATTEMPTS = 4
PAUSE = 0.2  # seconds between requests; the SEC allows ten a second
AGENT = "The Compute Cycle (research report)"
NEEDS = f"Refreshing needs another package; {place.extra('refresh')}"
REFUSED = {
    401: "asks for a password",
    403: "refuses us; name an address to write to with --contact, as the SEC asks",
    404: "has nothing there; the address may have changed",
    410: "has nothing there any more",
}


class Later(Exception):
    """A publisher that could not answer now and may in a moment."""


def fetch(address: str, contact: str = "") -> bytes:
    """Return what stands at an address; InputError, with the address, when it cannot be had.

    contact : mail address by which the publisher can reach whoever asks.
    """
    try:
        import httpx
        import stamina
    except ImportError:
        raise InputError(NEEDS) from None
    logging.getLogger("stamina").setLevel(logging.ERROR)  # asking again is no event
    asked = stamina.retry(on=(Later, httpx.TransportError), attempts=ATTEMPTS, wait_max=20)(once)
    try:
        return asked(address, contact)
    except (Later, httpx.HTTPError, httpx.InvalidURL) as problem:
        reason = str(problem) or type(problem).__name__
        raise InputError(f"{address} could not be read: {reason}; try again later.") from None


def once(address: str, contact: str) -> bytes:
    """Return the answer to one request; Later when asking again may help."""
    import httpx

    time.sleep(PAUSE)
    end = time.monotonic() + SECONDS
    headers = {"User-Agent": f"{AGENT} {contact}".strip()}
    with (
        httpx.Client(timeout=SILENT, follow_redirects=True, max_redirects=5) as client,
        client.stream("GET", address, headers=headers) as answer,
    ):
        if answer.status_code == 429 or answer.status_code >= 500:
            raise Later(f"the publisher answers {answer.status_code}")
        if answer.status_code != 200:
            why = REFUSED.get(answer.status_code, f"answers {answer.status_code}")
            raise InputError(f"{address}: the publisher {why}.")
        return whole(address, answer, lambda: time.monotonic() > end)


def whole(address: str, answer, is_late: Callable[[], bool]) -> bytes:
    """Return the body of an answer; InputError when it is too large, Later when it is too slow or
    shorter than announced (which httpx tells by itself)."""
    parts, size = [], 0
    for part in answer.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise InputError(f"{address} is larger than {LARGEST:,} bytes; it is not read.")
        if is_late():
            raise Later(f"no whole answer within {SECONDS} s")
    if not size:
        raise Later("the answer is empty")
    return b"".join(parts)


def lines(address: str, content: bytes, needed: list[str]) -> list[dict[str, str]]:
    """Return the lines of a CSV by column; InputError when it is cut, empty, no CSV, or lacks one
    of the columns that are needed."""
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        found = list(reader)
    except (UnicodeDecodeError, csv.Error) as problem:
        raise InputError(f"{address} is no CSV ({problem}); it may be cut.") from None
    missing = [name for name in needed if name not in (reader.fieldnames or [])]
    if missing:
        raise InputError(f"{address} has no column {', '.join(missing)}; it may be renamed.")
    cut = next((at for at, line in enumerate(found, start=2) if None in line.values()), None)
    if cut or not found or content[-1:] not in b'\r\n"':
        raise InputError(
            f"{address} is cut at line {cut or len(found) + 1}; nothing of it is used."
        )
    return found


def number(address: str, name: str, cell: str) -> float:
    """Return a cell of a column as a number; InputError when it is none."""
    try:
        found = float(cell)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise InputError(f'{address} has "{cell[:40]}" as {name}, which is no number; it is left.')
    return found
