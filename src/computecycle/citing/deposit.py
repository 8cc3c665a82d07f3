"""The record of the edition as the files by which others know a repository, a deposit, a package.

book/edition.json ─► CITATION.cff, .zenodo.json, codemeta.json in the repository
                  ─► the head of the Data Package, when the site is built
"""

import json
from pathlib import Path

import yaml

from computecycle.citing.edition import LICENCES, record

ABOUT = (
    "A research report that is also software: how computing passed from the CPU to the GPU, what "
    "used the new compute, and whether the money spent on AI can come back. Every number is "
    "computed from described, dated, sourced data, and anyone can rerun a chapter."
)
CODE = "MIT"  # the licence of the code; that of text and data is in the record
WORDS = ["artificial intelligence", "computing", "capital expenditure", "reproducible research"]


def files(root: Path) -> dict[str, str]:
    """Return the files of the repository that say what the record says, by name."""
    known = record(root)
    return {
        "CITATION.cff": yaml.safe_dump(citation(known), sort_keys=False, allow_unicode=True),
        ".zenodo.json": json.dumps(zenodo(known), indent=1) + "\n",
        "codemeta.json": json.dumps(codemeta(known), indent=1) + "\n",
    }


def write(root: Path) -> list[str]:
    """Write those files that differ from the record; return their names."""
    stale = {name: text for name, text in files(root).items() if read(root / name) != text}
    for name, text in stale.items():
        (root / name).write_text(text, encoding="utf-8")
    return list(stale)


def read(path: Path) -> str:
    """Return a file's text; empty where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def at(known: dict[str, str], name: str) -> dict[str, str]:
    """Return the address as a field of this name; nothing where there is none."""
    return {name: known["address"]} if known["address"] else {}


def citation(known: dict[str, str]) -> dict:
    """Return the record in the Citation File Format 1.2.0, which wants a report among others."""
    year, month, _ = (int(part) for part in known["published"].split("-"))
    report = {
        "type": "report",
        "title": known["title"],
        "authors": [{"name": known["authors"]}],
        "institution": {"name": known["authors"]},
        "edition": known["edition"],
        "year": year,
        "month": month,
        **at(known, "url"),
    }
    return {
        "cff-version": "1.2.0",
        "message": "Cite the report by its edition, or a figure or number by its own address.",
        "type": "software",
        "title": known["title"],
        "abstract": ABOUT,
        "authors": [{"name": known["authors"]}],
        "version": known["edition"],
        "date-released": known["published"],
        "license": [known["licence"], CODE],
        "keywords": WORDS,
        **at(known, "url"),
        "preferred-citation": report,
    }


def zenodo(known: dict[str, str]) -> dict:
    """Return the record as Zenodo reads it from a repository."""
    page = {"relation": "isIdenticalTo", "resource_type": "publication-report"}
    same = [{**at(known, "identifier"), **page}] if known["address"] else []
    return {
        "title": f"{known['title']}, edition {known['edition']}",
        "description": ABOUT,
        "upload_type": "publication",
        "publication_type": "report",
        "creators": [{"name": known["authors"]}],
        "publication_date": known["published"],
        "version": known["edition"],
        "license": known["licence"].lower(),
        "language": "eng",
        "keywords": WORDS,
        "notes": f"Text and data {known['licence']}, code {CODE}; facts of others belong to their "
        "publishers.",
        **({"related_identifiers": same} if same else {}),
    }


def codemeta(known: dict[str, str]) -> dict:
    """Return the record as CodeMeta 3.0: the software that makes the report."""
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": known["title"],
        "description": ABOUT,
        "version": known["edition"],
        "datePublished": known["published"],
        "license": f"https://spdx.org/licenses/{CODE}",
        "author": [{"@type": "Organization", "name": known["authors"]}],
        "programmingLanguage": "Python",
        "keywords": WORDS,
        **at(known, "url"),
    }


def package(known: dict[str, str]) -> dict:
    """Return the head of a Data Package: whose it is, which edition, under which licence."""
    return {
        "version": known["edition"],
        "created": f"{known['published']}T00:00:00Z",
        **at(known, "homepage"),
        "contributors": [{"title": known["authors"], "role": "author"}],
        "licenses": [{"name": known["licence"], "path": LICENCES[known["licence"]]}],
    }
