"""Everything that is measured of this report, written to `BENCHMARKS.md` in one run.

    make bench                        # all sections; about twenty minutes on two cores
    make bench ONLY="build growth"    # some of them, printed and not written

A section is a file beside this one with a TITLE and a function `measure`, which yields tables. All
times of one run are from the same machine and hour: read the ratios.
"""

import importlib
import platform
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

from tables import Table, say

ROOT = Path(__file__).parents[1]
SECTIONS = ["build", "growth", "pages", "accessibility", "scenarios", "sweeps", "kills"]
SECTIONS += ["hostile", "readers"]
FAILED: list[str] = []  # sections
NAMED = ["jupyter-book", "sphinx", "papermill", "pandas", "altair", "vl-convert-python"]
HEAD = """# Benchmarks

Written by `make bench` in one run of {minutes:.0f} minutes. Read the ratios: they hold on other
machines, seconds do not.

| | |
|---|---|
"""


def processor() -> str:
    """Return the name of the processor as the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(names), platform.machine())


def commit() -> str:
    """Return the short hash of the commit that is measured, and whether files differ from it."""

    def git(*words: str) -> str:
        told = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
        return told.stdout.strip()

    changed = [line for line in git("status", "--porcelain").splitlines() if line[:2] != "??"]
    written = [line for line in changed if not line.endswith("BENCHMARKS.md")]
    return (
        f"{git('rev-parse', '--short=12', 'HEAD') or 'unknown'}{', with changes' * bool(written)}"
    )


def facts() -> dict[str, str]:
    """Return what must be known of a run: day, commit, machine and versions; no path, no name."""
    from checkout import cores, memory

    return {
        "day": date.today().isoformat(),
        "commit": commit(),
        "processor": f"{processor()}, {cores()} cores, {memory():.0f} GB of memory",
        "system": f"{platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}",
        "packages": ", ".join(f"{name} {version(name)}" for name in NAMED),
    }


def section(name: str) -> Iterator[str]:
    """Measure one section; yield its Markdown."""
    say(f"== {name}")
    start, module = time.monotonic(), importlib.import_module(name)
    yield f"## {module.TITLE}\n"
    try:
        for table in module.measure():
            yield table.markdown()
    except Exception as problem:  # what the other sections measure is not lost
        say(traceback.format_exc())
        FAILED.append(name)
        yield Table(f"Not measured: it ended with {type(problem).__name__}.").markdown()
    yield Table(f"Measured in {time.monotonic() - start:.0f} s.").markdown()


def main() -> None:
    """Measure the sections that are named and print them, or all and write `BENCHMARKS.md`."""
    asked = sys.argv[1:]
    for name in asked:
        if name not in SECTIONS:
            sys.exit(f'There is no section "{name}". There are {", ".join(SECTIONS)}.')
    start = time.monotonic()
    parts = [part for name in asked or SECTIONS for part in section(name)]
    if asked:
        print("\n".join(parts))
        sys.exit(bool(FAILED))
    head = HEAD.format(minutes=(time.monotonic() - start) / 60)
    head += "".join(f"| {what} | {words} |\n" for what, words in facts().items())
    (ROOT / "BENCHMARKS.md").write_text("\n".join([head, *parts]), encoding="utf-8")
    say("BENCHMARKS.md is written")
    sys.exit(f"Sections that failed: {', '.join(FAILED)}." if FAILED else 0)


if __name__ == "__main__":
    main()
