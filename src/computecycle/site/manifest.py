"""The manifest: every file of a site with its SHA-256, and its own on the page on how to cite.

`machines` writes its head. The files are listed when all are there, and again when one changes.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from computecycle.runs import chapters

FILE = "manifest.json"
SUM = re.compile(r'(?<=<code class="cc-sum">)\w*(?=</code>)')  # on a page, that of the manifest


def complete(site: Path) -> None:
    """List the files of a site in its manifest, where it has one; put the checksum of that into
    the page that asks for it, which the list therefore leaves out."""
    place = site / FILE
    if not place.exists():
        return
    asking = [path for path in site.glob("book/*.html") if SUM.search(path.read_text("utf-8"))]
    told = json.loads(place.read_bytes()) | {"files": list(files(site, {place, *asking}))}
    chapters.write(place, chapters.as_json(told))
    sum_of_all = chapters.digest(place.read_bytes())
    for path in asking:
        chapters.write(path, SUM.sub(sum_of_all, path.read_text("utf-8")).encode())


def files(site: Path, left_out: set[Path]) -> Iterator[dict]:
    """Yield the files of a site: address, bytes, SHA-256; not those that serve the build alone,
    whose names begin with a dot."""
    for path in sorted(site.rglob("[!.]*")):
        if path.is_file() and path not in left_out:
            content = path.read_bytes()
            where = path.relative_to(site).as_posix()
            yield {"path": where, "bytes": len(content), "sha256": chapters.digest(content)}
