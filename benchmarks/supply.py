"""The locked packages: the licences that they bear, known holes in them.

    make licences    # writes book/packages.csv, which the page of licences shows
    make audit       # asks for known holes; needs the network

The tools lie in an environment of their own, `.venv/supply`, so that they are not among the
packages that they look at.
"""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.txt"
TOOLS = ROOT / ".venv/supply/bin"
LISTED = ROOT / "book/packages.csv"
NAME = re.compile(r"^([\w.-]+)==", re.MULTILINE)
HEAD = ["Package", "Licence"]
NEEDS = "Looking for known holes needs the network; nothing was looked up."


def plain(name: str) -> str:
    """Return the name of a package as locks write it."""
    return re.sub("[-_.]+", "-", name).lower()


def licences() -> None:
    """Write which licence each locked package bears, as far as this system installs it."""
    words = ["--python", str(ROOT / ".venv/bin/python"), "--from=mixed", "--format=csv"]
    told = subprocess.run(
        [str(TOOLS / "pip-licenses"), *words, "--with-system"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = csv.DictReader(io.StringIO(told.stdout))
    licence = {plain(row["Name"]): row["License"].replace("; ", ", ") for row in rows}
    locked = NAME.findall(LOCK.read_text(encoding="utf-8"))
    kept = [[name, licence[name]] for name in sorted({*locked}) if name in licence]
    with LISTED.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *kept])
    print(f"{len(kept)} packages: {LISTED.relative_to(ROOT)}")


def audit() -> str:
    """Return what is known against the locked packages; empty where nothing is."""
    words = ["--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json"]
    told = subprocess.run(
        [str(TOOLS / "pip-audit"), *words, "-r", str(LOCK)], capture_output=True, text=True
    )
    try:
        found = json.loads(told.stdout)["dependencies"]
    except json.JSONDecodeError:
        return NEEDS
    looked_up = [each for each in found if "vulns" in each]
    if not looked_up:
        return NEEDS
    holes = [
        f"{each['name']} {each['version']}: {hole['id']}, mended in "
        f"{', '.join(hole['fix_versions']) or 'no version yet'}."
        for each in looked_up
        for hole in each["vulns"]
    ]
    print(f"{len(looked_up)} of {len(found)} packages were looked up.")
    return "\n".join(holes)


if __name__ == "__main__":
    sys.exit({"licences": licences, "audit": audit}[sys.argv[1]]())
