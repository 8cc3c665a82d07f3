"""How long the report's own build takes, against Jupyter Book running the same notebooks itself.

Run by `make bench`. All figures of one run are from the same machine and minute; read the ratios.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = "from computecycle.cli import main; main()"
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
WRITTEN = ["_config.yml", "_toc.yml", "book", "notebooks", "requirements.txt", "src", "data"]


def seconds(command: list[str], folder: Path) -> float:
    """Return the wall time of a command that must succeed."""
    start = time.perf_counter()
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def copy(folder: Path) -> Path:
    """Return a copy of what the report is written from."""
    for name in WRITTEN:
        source = ROOT / name
        skip = shutil.ignore_patterns("chapters", "__pycache__")
        shutil.copytree(source, folder / name, ignore=skip) if source.is_dir() else shutil.copy(
            source, folder / name
        )
    return folder


def stock(folder: Path) -> Path:
    """Turn a copy into a book that runs its notebooks itself, in sequence."""
    (folder / "book/chapters").mkdir(parents=True)
    for path in (folder / "notebooks").glob("*.ipynb"):
        shutil.copy(path, folder / "book/chapters")
    config = (folder / "_config.yml").read_text()
    config = config.replace('execute_notebooks: "off"', "execute_notebooks: force\n  timeout: 600")
    (folder / "_config.yml").write_text(config)
    return folder


def main() -> None:
    """Print the times and their ratios."""
    with tempfile.TemporaryDirectory() as name:
        ours, theirs = (Path(name, each) for each in ("ours", "stock"))
        ours.mkdir()
        theirs.mkdir()
        copy(ours)
        stock(copy(theirs))
        book = [sys.executable, "-c", COMMAND, "book"]
        cold, unchanged = seconds(book, ours), seconds(book, ours)
        theirs_cold = seconds([sys.executable, "-c", JUPYTER_BOOK, "build", "."], theirs)
    slower, share = theirs_cold / cold, cold / unchanged
    print(f"all chapters and pages, cold      {cold:6.1f} s")
    print(f"Jupyter Book running them itself  {theirs_cold:6.1f} s   {slower:.1f} times as long")
    print(f"nothing changed                   {unchanged:6.1f} s   1/{share:.0f} of cold")


if __name__ == "__main__":
    main()
