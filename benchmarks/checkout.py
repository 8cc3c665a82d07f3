"""A copy of the report to build in, and commands that run there; what the machine has."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-c", "from computecycle.cli import main; main()"]
WRITTEN = ["_config.yml", "_toc.yml", "book", "notebooks", "requirements.txt", "src", "data"]
WRITTEN += ["editions", "LICENSE", "pyproject.toml"]


def copy(folder: Path) -> Path:
    """Return a folder, which is made, with a copy of what the report is written from."""
    folder.mkdir(parents=True)
    skip = shutil.ignore_patterns("chapters", "__pycache__")
    for source in (ROOT / name for name in WRITTEN):
        if source.is_dir() and source.name != "src":
            shutil.copytree(source, folder / source.name, ignore=skip)
        elif source.is_dir():  # a chapter of the package is no chapter that was made
            kept = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / source.name, ignore=kept)
        else:
            shutil.copy(source, folder)
    return folder


def run(command: list[str], folder: Path, **more: str) -> tuple[float, str]:
    """Run a command in a copy of the report; return its wall time in seconds and what it said.

    more : variables of its environment. RuntimeError with its last words where it fails.
    """
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": os.environ["PATH"]}
    environment |= {"HOME": str(folder), **more}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    took = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr)[-2000:])
    return took, done.stdout


def built(house) -> float:
    """Build the site of a house, as the tests furnish one; return the seconds that it took."""
    start = time.perf_counter()
    outcome = house.anew("book")
    if outcome.returncode:
        raise RuntimeError(outcome.stdout + outcome.stderr)
    return time.perf_counter() - start


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def memory() -> float:
    """Return the machine's memory in GB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
