"""The same notebooks as stock Jupyter Book 1 and nbconvert make pages of them."""

import shutil
import sys
from pathlib import Path

from checkout import copy, run

BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "."]
CONFIG = """title: The same notebooks
execute:
  execute_notebooks: force
  timeout: 600
only_build_toc_files: true
"""


def book(folder: Path, chapters: list[str]) -> tuple[float, Path]:
    """Build some chapters with Jupyter Book as it comes, in a new folder; return the seconds that
    it took and the folder of its pages."""
    copy(folder)
    shutil.rmtree(folder / "book")
    for name in chapters:
        shutil.copy(folder / f"notebooks/{name}.ipynb", folder)
    (folder / "_config.yml").write_text(CONFIG)
    others = "".join(f"  - file: {name}\n" for name in chapters[1:])
    toc = f"format: jb-book\nroot: {chapters[0]}\n" + f"chapters:\n{others}" * bool(others)
    (folder / "_toc.yml").write_text(toc)
    took, _ = run(BOOK, folder)
    return took, folder / "_build/html"


def converted(folder: Path) -> float:
    """Run all notebooks with nbconvert, one after another; return the seconds that it took."""
    paths = sorted(str(path) for path in (copy(folder) / "notebooks").glob("*.ipynb"))
    words = ["--to", "html", "--execute", "--ExecutePreprocessor.timeout=600", "--log-level=ERROR"]
    command = [sys.executable, "-m", "nbconvert", *words, *paths, "--output-dir", str(folder)]
    return run(command, folder)[0]
