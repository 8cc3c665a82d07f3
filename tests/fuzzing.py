"""Hostile inputs of each kind that the report takes, and the only two ways they may end.

Whatever is given is taken, or refused by an InputError that is a sentence. Nothing is written
outside the folder of the trial, no program is started, no other machine is asked; how much of the
processor each input took is kept. The tests feed a few of each kind, `benchmarks/hostile.py` as
many as wanted.
"""

import contextlib
import json
import math
import os
import string
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from house import CHIPS, CHIPS_BIBLIOGRAPHY, House, chips_descriptor, trial_cells
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from computecycle.evidence import checks, data, expressions, received, template
from computecycle.evidence.errors import InputError
from computecycle.notebook import notebooks, parameters
from computecycle.runs import receipt

ABROAD = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect"}
CHANGING = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.symlink", "os.link"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
guarded: list[Path] = []  # the folder in which things may happen just now


def watch(event: str, told: tuple) -> None:
    """Refuse, as an audit hook, what no input may bring about."""
    if not guarded:
        return
    writes = event == "open" and (told[2] or 0) & WRITING
    if event in ABROAD or writes or event in CHANGING:
        place = os.path.realpath(os.fsdecode(told[0])) if isinstance(told[0], str | bytes) else ""
        if event in ABROAD or (place and not f"{place}/".startswith(f"{guarded[0]}/")):
            raise AssertionError(f"an input led to {event} of {told[:2]}")


@contextlib.contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Let things happen in a folder only, what is temporary too."""
    guarded.append(folder.resolve())
    before, tempfile.tempdir = tempfile.tempdir, str(guarded[0])
    try:
        yield
    finally:
        guarded.clear()
        tempfile.tempdir = before


sys.addaudithook(watch)

# Texts and bytes

NASTY = ["", "\0", "NaN", "1e999", "9" * 400, "-0", "=1+1", "@x", "'", '"', '"' * 99, "\r\n", "\n"]
NASTY += ["__import__('os').system('true')", "<script>alert(1)</script>", "../../up", "/etc/passwd"]
NASTY += ["{{7*7}}", "%(x)s", "{0.__class__}", "\u202e", "\ufeff", "\ud7ff", "é", "a" * 30_000]
NASTY += ["(" * 200, "[" * 200, "9**9**9**9", "javascript:alert(1)", "\\input{x}", "{" * 50, ","]
TEXT = st.sampled_from(NASTY) | st.text(max_size=30) | st.text(string.printable, max_size=200)
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 40), TEXT.map(lambda text: text.encode()))
EDITS = st.lists(EDIT, min_size=1, max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


def edited(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Bytes with some parts replaced: where (as a share), how many, by what."""
    for share, length, text in edits:
        at = int(share * len(content))
        content = content[:at] + text + content[at + length :]
    return content


def places(node: object, path: tuple = ()) -> list[tuple]:
    """The paths of all parts of a JSON value but the whole."""
    numbered = list(enumerate(node)) if isinstance(node, list) else []
    inner = list(node.items()) if isinstance(node, dict) else numbered
    found = [path] if path else []
    return found + [each for step, part in inner for each in places(part, (*path, step))]


def damaged(whole: object, share: float, to: object, leave_out: bool) -> object:
    """A copy of a JSON value with one part, named by a share of all, replaced or left out."""
    whole = json.loads(json.dumps(whole))
    paths = places(whole)
    *path, last = paths[min(int(share * len(paths)), len(paths) - 1)]
    part = whole
    for step in path:
        part = part[step]
    if leave_out:
        del part[last]
    else:
        part[last] = to
    return whole


DAMAGE = st.tuples(st.floats(0, 1), JSON, st.booleans())

# What is fed, in a folder that holds a small report


def write(path: Path, content: bytes) -> None:
    if not path.parent.is_dir():
        path.parent.mkdir()
    path.write_bytes(content)


def table(root: Path, edits: list) -> list[str]:
    """A table of the report: checked, and loaded where nothing is wrong with it."""
    write(root / "data/chips.csv", edited(CHIPS.encode(), edits))
    found = checks.check()
    if not found:
        data.load("chips")
    return found


def overlay(root: Path, edits: list) -> list[str]:
    """A reader's table: taken, checked, and laid over the report's where nothing is wrong."""
    write(root / "mine/chips.csv", edited(CHIPS.replace("0,USD", "1,USD").encode(), edits))
    received.taken(str(root / "mine")).write(root / "plain")
    found = checks.overlay_problems(str(root / "plain"))
    if not found:
        data.load("chips", folder=str(root / "plain"))
    return found


def workbook(root: Path, edits: list) -> None:
    """A reader's workbook."""
    path = root / "book/chips.xlsx"
    if not (root / "whole.xlsx").exists():
        path.parent.mkdir()
        template.as_workbook("chips", root / "whole.xlsx")
    write(path, edited((root / "whole.xlsx").read_bytes(), edits))
    received.taken(str(path))


def bibliography(root: Path, edits: list) -> list[str]:
    """The bibliography of the report, and of a reader."""
    text = edited(CHIPS_BIBLIOGRAPHY.encode(), edits)
    write(root / "data/sources.bib", text)
    data.sources.cache_clear()
    return checks.check()


def described(root: Path, damage: tuple) -> list[str]:
    """The descriptor of the tables."""
    content = json.dumps(damaged(chips_descriptor(), *damage))
    write(root / "data/datapackage.json", content.encode("utf-8", "surrogatepass"))
    return checks.check()


def notebook(root: Path, damage: tuple) -> None:
    """A chapter."""
    path = root / "notebooks/trial.ipynb"
    whole = json.loads((root / "whole.ipynb").read_text("utf-8"))
    write(path, json.dumps(damaged(whole, *damage)).encode("utf-8", "surrogatepass"))
    parameters.of(root, "trial")
    notebooks.tables(root, "trial")
    notebooks.keys(root, "trial")


def parameter(_: Path, given: tuple[str, str]) -> None:
    """A declaration of a parameter, and a word given for it."""
    line, word = given
    found = parameters.declared(line)
    if found:
        parameters.typed(found, word)


def expression(_: Path, text: str) -> None:
    """A condition or an expression of the ledger."""
    numbers, functions = {"a": 1.0, "b": 2.0}, {"max": max, "sqrt": math.sqrt}
    found = expressions.value(expressions.parsed(text), numbers, functions)
    assert isinstance(found, bool | float)


def received_receipt(root: Path, damage: tuple) -> None:
    """A receipt, held against the checkout."""
    known = {"id": "x", "inputs": {"code": {"trial": "0"}, "tables": {}}, "page": "y"}
    known |= {"overlay": {"chips.csv": CHIPS}, "parameters": {"trial": {}}, "as_of": ""}
    body = f"<main>words</main>{receipt.OPEN}{json.dumps(damaged(known, *damage))}{receipt.CLOSE}"
    write(root / "receipt.html", body.encode("utf-8", "surrogatepass"))
    receipt.verified(root, root / "receipt.html")


DECLARED = st.builds(
    "{}: {} = {}  # {}".format,
    st.sampled_from(["x", "x y", "1", "__class__"]) | TEXT,
    st.sampled_from(["float", "int", "str", "bool", "float | None"]) | TEXT,
    st.sampled_from(["1.0", "None", '""', "True", "9" * 5_000, "[" * 300]) | TEXT,
    st.sampled_from(["m [x] {0..1}", "m {a|b}", "m {0..", "m {1..x}"]) | TEXT,
)
SIGNS = st.text("ab9.*+-/%()[]{}'\"=<>!,: \\_elsifnotadr", max_size=400)


@dataclass(frozen=True)
class Kind:
    """A kind of input: how it is drawn, how it is fed, how many a test feeds."""

    inputs: st.SearchStrategy
    feed: Callable[[Path, object], object]
    few: int


KINDS = {
    "tables": Kind(EDITS, table, 25),
    "overlays": Kind(EDITS, overlay, 25),
    "workbooks": Kind(EDITS, workbook, 40),
    "bibliographies": Kind(EDITS, bibliography, 30),
    "descriptors": Kind(DAMAGE, described, 60),
    "notebooks": Kind(DAMAGE, notebook, 60),
    "parameters": Kind(st.tuples(DECLARED, TEXT), parameter, 200),
    "expressions": Kind(SIGNS | TEXT, expression, 200),
    "receipts": Kind(DAMAGE, received_receipt, 60),
}


def furnish(root: Path) -> None:
    """Write a small report that is sound: a table, its description, a source, a chapter."""
    write(root / "data/chips.csv", CHIPS.encode())
    write(root / "data/sources.bib", CHIPS_BIBLIOGRAPHY.encode())
    write(root / "data/datapackage.json", json.dumps(chips_descriptor()).encode())
    House(root).write_chapter(trial_cells()).rename(root / "whole.ipynb")
    data.sources.cache_clear()


def feed(kind: Kind, root: Path, count: int) -> tuple[int, int, float]:
    """Feed so many inputs of a kind; return how many were fed and refused, and the slowest's s."""
    told = []

    @seed(7)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(kind.inputs)
    def run(drawn: object) -> None:
        start = time.process_time()
        try:
            found = kind.feed(root, drawn) or []
            assert all(sentence.endswith((".", "?")) for sentence in found), found
        except InputError as problem:
            found = [str(problem)]
        told.append((bool(found), time.process_time() - start))

    with inside(root):
        run()
    return len(told), sum(refused for refused, _ in told), max(took for _, took in told)
