"""A stage begins with the pages of the published site as Sphinx keeps them, so that the first rerun
too reads only the pages that it changes. Sphinx keeps where its files lay; that is written anew."""

import os
import pickle
import shutil
from pathlib import Path

from computecycle.site import build

READ = Path(build.WORK, "_build", ".doctrees")
ENVIRONMENT = READ / "environment.pickle"


def pages(root: Path, stage: Path, staged: list[str]) -> None:
    """Give a stage the pages that a build of `root` kept, where it has none of its own.

    staged : what is copied from the one to the other; the rest is read where it lies.
    """
    frame, marks = build.framework(root), [place / build.MARK for place in (stage, root)]
    known = [mark.read_text(encoding="utf-8") if mark.exists() else "" for mark in marks]
    if known[0] == frame or known[1] != frame or not (root / ENVIRONMENT).exists():
        return
    marks[0].unlink(missing_ok=True)
    shutil.rmtree(stage / build.WORK, ignore_errors=True)
    shutil.copytree(root / READ, stage / READ)
    env = pickle.loads((root / ENVIRONMENT).read_bytes())
    env.srcdir = type(env.srcdir)(stage)
    env.config.external_toc_path = str(stage / "_toc.yml")
    for page, files in env.dependencies.items():
        env.dependencies[page] = {moved(file, root, stage, staged) for file in files}
    env.computecycle_states = {
        page: (tuple((moved(file, root, stage, staged), *at) for file, *at in stamps), *rest)
        for page, (stamps, *rest) in env.computecycle_states.items()
    }
    (stage / ENVIRONMENT).write_bytes(pickle.dumps(env))
    marks[0].write_text(frame, encoding="utf-8")


def moved(file: str, root: Path, stage: Path, staged: list[str]) -> str:
    """Return where a file that a page depends on lies for the stage."""
    place = Path(os.path.normpath(root / file))
    if not any(place.is_relative_to(root / name) for name in staged):
        return str(place)
    return str(stage / place.relative_to(root))
