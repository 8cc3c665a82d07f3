"""Build the report twice under other conditions and compare every byte.

Run by `make reproduce`. The second build has another folder (with a space and an apostrophe),
time zone, locale, order of hashes, number and kind of processors; with OTHER=python3.13 another
Python too, in an environment of its own. What differs is printed, and the status is then 1.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from checkout import COMMAND, ROOT, copy
from numpy._core import _multiarray_umath as numbers

LEARNT = [name for name in numbers.__cpu_dispatch__ if numbers.__cpu_features__[name]]
# what this processor has learnt since the oldest that NumPy runs on, and how to do without it
OLD = {"NPY_DISABLE_CPU_FEATURES": " ".join(LEARNT), "OPENBLAS_CORETYPE": "Nehalem"}
COMPARED = ["_build/html", "_build/results", "_build/figures"]
CONDITIONS = [
    ("first", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}, []),
    (
        "the reader's folder",
        {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "2", **OLD},
        ["taskset", "--cpu-list", "0"],
    ),
]
SHOWN = 40  # letters around the first byte that differs


def python_of(other: str, place: Path) -> str:
    """Return the Python that builds: this one, or another with the locked packages."""
    if not other:
        return sys.executable
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    made = place / "environment"
    lock = str(ROOT / "requirements.txt")
    install = [uv, "pip", "install", "--quiet", "--python", str(made), "--require-hashes"]
    for command in ([uv, "venv", "--quiet", "--python", other, str(made)], [*install, "-r", lock]):
        if subprocess.run(command).returncode:
            sys.exit(f"OTHER={other} gives no environment, as said above; name a Python there is.")
    return str(made / "bin/python")


def build(folder: Path, python: str, words: list[str], more: dict[str, str]) -> None:
    """Build the report in a folder under some conditions; its own words if it cannot."""
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": os.environ["PATH"]}
    environment |= {"HOME": str(folder.parent), **more}
    done = subprocess.run(
        [*words, python, *COMMAND[1:], "book"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def files(folder: Path) -> dict[str, Path]:
    """Return the files that a build left, by their path below the folder."""
    return {
        f"{name}/{path.relative_to((folder / name).resolve()).as_posix()}": path
        for name in COMPARED
        for path in sorted((folder / name).resolve().rglob("*"))
        if path.is_file()
    }


def difference(first: Path, second: Path) -> str:
    """Return where two files differ, with what stands around it; empty where they do not."""
    a, b = first.read_bytes(), second.read_bytes()
    if a == b:
        return ""
    pairs = enumerate(zip(a, b, strict=False))
    at = next((n for n, (x, y) in pairs if x != y), min(len(a), len(b)))
    around = slice(max(0, at - SHOWN), at + SHOWN)
    return f"byte {at}: {a[around]!r} against {b[around]!r}"


def compared(first: Path, second: Path) -> list[str]:
    """Return a line for each file that differs or that only one of two builds has."""
    one, two = files(first), files(second)
    lines = [f"{name}: only in one of them" for name in sorted(one.keys() ^ two.keys())]
    both = sorted(one.keys() & two.keys())
    lines += [f"{name}, {told}" for name in both if (told := difference(one[name], two[name]))]
    print(f"{len(both)} files compared, {len(lines)} differ")
    return lines


def main() -> None:
    """Build twice, compare, and say what differs."""
    with tempfile.TemporaryDirectory() as name:
        folders = []
        for at, (folder, more, words) in enumerate(CONDITIONS):
            folders.append(copy(Path(name, folder)))
            python = python_of(os.environ.get("OTHER", "") if at else "", Path(name))
            print(f"building in {folder!r} with {more}", flush=True)
            build(folders[-1], python, words, more)
        differing = compared(*folders)
    print("\n".join(differing))
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
