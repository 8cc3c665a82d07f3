"""The receipt of a study: the record in it, from which anyone can find its id again.

The record stands in the page as JSON: what was set, hashes of all inputs, the reader's rows. Its
`id` is a hash of the inputs; its `page` is a hash of all of the page but the record, its `whole` of
the record. They tell what was changed in passing, not a forger who makes them anew: what the
numbers are, a run of the same study tells.
"""

import json
import platform
import re
from collections.abc import Iterator
from pathlib import Path

from computecycle.evidence.errors import InputError
from computecycle.runs import chapters, studies

OPEN, CLOSE = '<script type="application/json" id="receipt">', "</script>"
RECORD = re.compile(re.escape(OPEN) + "(.*?)" + re.escape(CLOSE), re.DOTALL)
ROWS_BYTES = 60_000  # of a reader's tables that go into the receipt themselves
LARGEST = 2_000_000  # bytes of a file that may be a receipt
HOLDS = ("inputs", "overlay")  # of a record, what is told by name
BY = "the reader"


def record(study: studies.Study, inputs: dict, made: dict, edition: dict) -> dict:
    """Return the record of a study.

    inputs : what its id was made of. made : of its site, as `_build/run.json` holds it. edition :
    of the report.
    """
    texts = study.tables.texts
    small = sum(map(len, texts.values())) <= ROWS_BYTES
    return {
        **made,
        "set_by": BY,
        "edition": edition["edition"],
        "inputs": inputs,
        "overlay": texts if small else {},
        "python": ".".join(platform.python_version_tuple()[:2]),
    }


def embedded(known: dict, page: str) -> str:
    """Return a record as it stands in its page. HTML that no text of the record can leave.

    page : all of it but the record.
    """
    whole = known | {"page": chapters.digest(page.encode())}
    text = canonical(whole | {"whole": chapters.digest(canonical(whole).encode())})
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f"{OPEN}{text}{CLOSE}"


def canonical(known: dict) -> str:
    """Return a record as JSON, the same signs for the same record."""
    return json.dumps(known, ensure_ascii=True, sort_keys=True, indent=1)


def read(path: Path) -> tuple[dict, str]:
    """Return the record of a receipt and all else of its page; InputError where it is none."""
    if not path.is_file():
        raise InputError(f"{path} is no file; name a receipt.html.")
    if path.stat().st_size > LARGEST:
        raise InputError(f"{path.name} is too large for a receipt.")
    text = path.read_bytes().decode("utf-8", errors="replace")
    found = RECORD.search(text)
    try:
        known = json.loads(found[1]) if found else {}
    except (json.JSONDecodeError, RecursionError):
        known = {}
    whole = isinstance(known, dict) and {"id", "page", *HOLDS} <= set(known)
    if not whole or not all(isinstance(known[name], dict) for name in HOLDS):
        raise InputError(
            f"{path.name} holds no record of a rerun; it is no receipt of this report."
        )
    return known, text.replace(found[0], "", 1)


def verified(root: Path, path: Path) -> list[str]:
    """Return what is not as a receipt says, a sentence each; none where all of it is.

    Its id is made again from its inputs; its rows are held against their hashes; its code, lock,
    notebooks and tables against those of the checkout; its page against that of the same study,
    where that was made here.
    """
    known, page = read(path)
    try:
        found = list(differences(root, known, page))
    except (TypeError, AttributeError, LookupError, ValueError):  # half a character is a ValueError
        raise InputError(f"{path.name} holds no record of a rerun that can be read.") from None
    made = made_here(root, known, path)
    if made and read(made)[0]["page"] != known["page"]:
        found.append(f"The same study, made here, says something else: {made}")
    return found


def made_here(root: Path, known: dict, path: Path) -> Path | None:
    """Return the receipt of the same study that was made in this checkout, at another place."""
    for folder in [*studies.listed(root), *studies.elsewhere(root)]:
        made, there = studies.record(folder), folder / studies.RECEIPT
        same = made["id"] == known["id"] and made["place"] == known.get("place")
        if same and there.is_file() and there.resolve() != path.resolve():
            return there
    return None


def differences(root: Path, known: dict, page: str) -> Iterator[str]:
    """Yield what is not as a record says. page : all that stands around it."""
    made_of = known["inputs"]
    if studies.id_of(made_of) != known["id"]:
        yield f"The id is {known['id']}, and its inputs give {studies.id_of(made_of)}."
    if "whole" not in known:
        yield "It was made by an older version of the report, which kept no hash of all of it."
    elif chapters.digest(page.encode()) != known["page"]:
        yield "The page was changed after it was made."
    rest = {name: each for name, each in known.items() if name != "whole"}
    if "whole" in known and chapters.digest(canonical(rest).encode()) != known["whole"]:
        yield "Its record was changed after it was made."
    hashes, texts = made_of.get("overlay", {}), known.get("overlay", {})
    for name in texts:
        if chapters.digest(str(texts[name]).encode()) != hashes.get(name):
            yield f"The rows of {name} in the receipt are not those that were read."
    for word in ("parameters", "as_of"):
        if known.get(word) != made_of.get(word):
            yield f"What was set ({word}) is not what the inputs hold."
    yield from studies.differences(root, made_of)
