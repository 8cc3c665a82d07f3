"""The built site as a real folder, for hosts that follow no links; compressed beside, if asked.

`_build/html` is a link, by which a build replaces the site in one step. A copy appears whole too.
"""

import gzip
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from computecycle.evidence.errors import InputError

MARK = ".nojekyll"  # GitHub then serves folders that begin with an underscore; here also our mark
PACKABLE = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".md", ".bib"}
SMALLEST = 1_000  # bytes; below, a host would not send the compressed copy
QUALITY = 9  # of Brotli: of 11, the last percent takes most of the time


def may_replace(out: Path) -> None:
    """Raise InputError where a folder holds anything but a copy that was made before."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())) and not (out / MARK).is_file():
        raise InputError(f"{out} holds other things; name a new folder for the site.")


def copy(root: Path, out: Path, compressed: bool, say: Callable) -> None:
    """Put the built site in a folder in one step; say where it is.

    compressed : whether to put `.gz` and `.br` beside each text. InputError: `may_replace`.
    """
    may_replace(out)
    draft, old = (out.with_name(f".{out.name}.{word}") for word in ("draft", "old"))
    for folder in (draft, old):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        ignored = shutil.ignore_patterns(".made-of")
        shutil.copytree((root / "_build/html").resolve(), draft, ignore=ignored)
        (draft / MARK).touch()
        packed = pack(draft) if compressed else 0
        if out.exists():
            os.rename(out, old)
        os.rename(draft, out)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
    count = sum(path.is_file() for path in out.rglob("*"))
    say(f"{count:,} files, {packed:,} of them compressed copies: {out}/index.html")


def pack(folder: Path) -> int:
    """Put a `.gz` and a `.br` beside each text of a folder; return how many were written."""
    import brotli

    texts = [path for path in sorted(folder.rglob("*")) if path.suffix in PACKABLE]
    large = [path for path in texts if path.stat().st_size >= SMALLEST]
    for path in large:
        content = path.read_bytes()
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, quality=QUALITY))
    return 2 * len(large)
