"""All that a reader may take of a figure, made once and kept until what it is made of changes.

results, drawn chart, edition ─► pictures, data, citations ─► _build/capsules/<id>/, <id>.zip

<id>.svg, -dark.svg, .png, .pdf   the picture with its words, see `pictures` and `stamps`
<id>.csv, or <id>-<table>.csv     data as plotted; -columns.json says what each column means
<id>-rows.csv                     the rows that the figure rests on
<id>.vl.json, -provenance.json    the chart's specification; inputs, parameters, sources
<id>.bib, .ris, -csl.json, -apa.txt, -sources.bib
<id>.zip                          all of these, the whole rows, a README and checksums
<id>-small.png                    a picture for lists
.label.json                       what the pictures say of themselves, look, checksums, data,
                                  and a hash of what they were drawn from
"""

import json
import os
import shutil
from functools import cache
from pathlib import Path

from computecycle.citing import bundles, citations, drawings, pictures, plotted, stamps
from computecycle.citing.edition import LICENCES
from computecycle.evidence import data
from computecycle.evidence.days import days_told
from computecycle.runs import chapters
from computecycle.runs.pools import pool
from computecycle.runs.reached import importing, reached

FOLDER = "_build/capsules"
LABEL = ".label.json"
AFTER = 10  # of the 19 steps by which a process can stand back behind others


def make_all(root: Path, edition: dict, shown: list[dict]) -> None:
    """Make the files of every figure of some chapters whose inputs changed, on all cores.

    edition : see `edition.record`. shown : results of the chapters.
    """
    jobs = [(root, edition, known, figure) for known in shown for figure in known["figures"]]
    stale = [job for job in jobs if not is_current(*job)]
    kept = {figure["id"] for *_, figure in jobs}
    for folder in (root / FOLDER).glob("*"):
        if folder.name not in kept:
            shutil.rmtree(folder)
    if not stale:
        return
    data.sources()  # read once, for all processes that are forked here
    workers = min(len(stale), os.cpu_count() or 1)
    with pool(workers, beside) as others:
        for _ in others.map(make, *zip(*stale, strict=True)):
            pass


def beside() -> None:
    """Make this process one that leaves the processor to Sphinx, which takes longest."""
    chapters.follow()
    os.nice(AFTER)


def made_of(root: Path, edition: dict, known: dict, figure: dict) -> str:
    """Return a hash of everything that the files of a figure are made of."""
    drawn = root / "_build/figures" / figure["id"]
    files = [drawn / f"{figure['id']}{kind}" for kind in (".svg", ".vl.json")]
    files += [root / "book/columns.csv", data.FOLDER / "sources.bib"]
    told = json.dumps([edition, known["inputs"], known["title"], figure], sort_keys=True)
    return chapters.digest(
        code().encode(), told.encode(), *(each.read_bytes() for each in files if each.exists())
    )


@cache
def code() -> str:
    """Return a hash of the code that makes the files."""
    return chapters.code_hash(reached(importing(__name__), chapters.CODE))


def is_current(root: Path, edition: dict, known: dict, figure: dict) -> bool:
    """Whether the files of a figure are those of its inputs."""
    mark = root / FOLDER / figure["id"] / ".made-of"
    return mark.exists() and mark.read_text() == made_of(root, edition, known, figure)


def make(root: Path, edition: dict, known: dict, figure: dict) -> None:
    """Make the files of one figure."""
    id, drawn = figure["id"], root / "_build/figures" / figure["id"]
    spec = json.loads((drawn / f"{id}.vl.json").read_text(encoding="utf-8"))
    chart = (drawn / f"{id}.svg").read_text(encoding="utf-8")
    found = plotted.tables(root, id, spec)
    tables = {bundles.file_of(id, table): table.csv() for table in found}
    label = labelled(edition, known, figure, spec["description"], tables)
    said, environment = words(edition, known, figure), known["inputs"]["environment"]
    subject = drawings.Subject(id, chart, said, label, tables, environment)
    folder = root / FOLDER / id
    files, look = drawings.of(subject, folder, described(folder))
    small = {name: files.pop(name) for name in [f"{id}-small.png"]}
    files |= {name: text.encode() for name, text in tables.items()}
    files |= bundles.texts(root, edition, known, figure, found)
    files[f"{id}.vl.json"] = (drawn / f"{id}.vl.json").read_bytes()
    inside = files | bundles.whole_rows(root, figure)
    inside["README.txt"] = bundles.readme(figure, label, inside).encode()
    files[f"{id}.zip"] = bundles.zipped(inside, edition["published"])
    files |= small
    sums = {name: stamps.checksum(each) for name, each in sorted(files.items())}
    told = {"look": look, "files": sums, "plotted": tables, "drawn": subject.made_of()}
    files[LABEL] = chapters.as_json({**label, **told})
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        chapters.write(folder / name, content)
    chapters.write(folder / ".made-of", made_of(root, edition, known, figure).encode())


def described(folder: Path) -> dict:
    """Return what a folder says of the pictures in it; empty where it says nothing that can be
    read."""
    try:
        return json.loads((folder / LABEL).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def rerun_words(known: dict) -> str:
    """Return what a picture of a rerun says first; empty for the published edition."""
    given = known["inputs"]["parameters"]
    said = ", ".join(f"{name} = {each}" for name, each in given.items())
    return "" if known["published"] else f"{citations.RERUN}: {said}"


def source_names(figure: dict) -> str:
    """Return the sources of a figure by name, each once."""
    return "; ".join(dict.fromkeys(each["short"] for each in bundles.used_sources(figure).values()))


def spoken(edition: dict) -> str:
    """Return the licence as it is written in a picture."""
    return edition["licence"].replace("-", " ")


def words(edition: dict, known: dict, figure: dict) -> pictures.Words:
    """Return what is written around a figure."""
    rights = spoken(edition)
    days, names = days_told(figure["rows"]), source_names(figure)
    address = citations.page(edition, "figure", figure["id"]).removeprefix("https://")
    foot = [f"{edition['title']}, edition {edition['edition']}", figure["id"], address, rights]
    return pictures.Words(
        figure["title"],
        figure["caption"],
        figure["note"],
        f"Sources: {names}. {days}." if days else "",
        " · ".join(foot),
        rerun_words(known),
    )


def labelled(edition: dict, known: dict, figure: dict, shape: str, tables: dict) -> dict[str, str]:
    """Return the label of a figure, see `stamps`, but for the checksum of a picture.

    shape : the alternative text. tables : data as plotted by file.
    """
    return {
        "id": figure["id"],
        "title": figure["title"],
        "description": shape,
        "creator": edition["authors"],
        "date": edition["published"],
        "edition": edition["edition"],
        "source": source_names(figure),
        "identifier": citations.page(edition, "figure", figure["id"]),
        "rights": spoken(edition),
        "licence": LICENCES[edition["licence"]],
        "rerun": rerun_words(known),
        "data": stamps.data_checksum(tables),
    }
