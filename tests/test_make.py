"""The Makefile: what it offers, and that it hands on what it is given, whole."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import chromium
import pytest
from house import REPOSITORY

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


NEEDED = ("requirements.txt", "requirements-uv.txt", "pyproject.toml")


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with the Makefile and a stand-in for the command that writes down its words."""
    shutil.copy2(REPOSITORY / "Makefile", tmp_path)
    for name in NEEDED:
        (tmp_path / name).touch()
    programs = tmp_path / ".venv/bin"
    programs.mkdir(parents=True)
    stand_in = f'#!{sys.executable}\nimport sys; print(sys.argv[1:]); sys.exit("fail" in sys.argv)'
    for name in ("python", "computecycle", "uv"):
        (programs / name).write_text(stand_in)
        (programs / name).chmod(0o755)
    (tmp_path / ".venv/book").touch()
    for name in NEEDED:
        os.utime(tmp_path / name, (1, 1))
    return tmp_path


OF_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}  # set where the tests are run by make themselves


def make(folder: Path, *words: str) -> subprocess.CompletedProcess:
    own = {name: text for name, text in os.environ.items() if name not in OF_MAKE}
    return subprocess.run(["make", *words], cwd=folder, capture_output=True, text=True, env=own)


def test_make_alone_lists_every_target(folder):
    listed = make(folder).stdout
    for target in ("book", "serve", "rerun", "check", "test", "bench", "clean", "help"):
        assert f"  make {target} " in listed


@pytest.mark.parametrize(
    ("words", "handed_on"),
    [
        (["book"], ["book"]),
        (["serve"], ["serve"]),
        (["check"], ["check"]),
        (["check", "DATA=my tables"], ["check", "--data", "my tables"]),
        (["rerun"], ["rerun", "capex_gap"]),
        (
            ["rerun", "CHAPTER=other", "SET=a=1 b=x;y", "AS_OF=2024-06-30", "DATA=my tables"],
            ["rerun", "other", "-p", "a=1", "-p", "b=x;y"]
            + ["--as-of", "2024-06-30", "--data", "my tables"],
        ),
    ],
)
def test_make_hands_on_what_it_is_given(folder, words, handed_on):
    outcome = make(folder, *words)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.strip() == str(handed_on)


def test_make_fails_where_the_command_fails(folder):
    assert make(folder, "rerun", "CHAPTER=fail").returncode != 0


def test_clean_takes_what_was_built_and_nothing_else(folder):
    for name in ("_build/html", "book/chapters", "book/assets"):
        (folder / name).mkdir(parents=True)
    make(folder, "clean")
    assert not (folder / "_build").exists()
    assert not (folder / "book/chapters").exists()
    assert (folder / "book/assets").exists()
    assert (folder / ".venv").exists()


def test_an_old_python_is_refused_with_a_sentence(folder):
    shutil.rmtree(folder / ".venv")
    (folder / "old").write_text(
        f"#!/bin/sh\nexec {sys.executable} -S -c 'import sys\n"
        'sys.version_info = (3, 9)\nexec(sys.argv[1])\' "$2"\n'
    )
    (folder / "old").chmod(0o755)
    outcome = make(folder, "book", "PYTHON=./old")
    assert outcome.returncode != 0
    assert "Python 3.11 or newer is needed" in outcome.stderr


# The browser that `make test` looks for


def test_the_path_of_the_browser_is_printed():
    script = str(REPOSITORY / "tests/chromium.py")
    outcome = subprocess.run([sys.executable, script], capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    assert os.access(outcome.stdout.strip(), os.X_OK)


@pytest.mark.parametrize("user", [0, 1000])
def test_without_any_browser_one_sentence_says_what_to_install(monkeypatch, capsys, user):
    tried = []
    monkeypatch.setattr(chromium, "found", lambda: "")
    monkeypatch.setattr(chromium, "succeeds", lambda *command: tried.append(command) or False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert chromium.main() == 2
    said = capsys.readouterr()
    assert (said.out, said.err.strip()) == ("", chromium.MISSING)
    assert tried[0][1:] == ("-m", "playwright", "install", "chromium")
    assert any(command[0] == "apt-get" for command in tried) == (user == 0)


def test_a_browser_that_could_be_installed_is_printed(monkeypatch, capsys):
    there = []
    monkeypatch.setattr(chromium, "found", lambda: "/browser" if there else "")
    monkeypatch.setattr(chromium, "succeeds", lambda *_: there.append(True) or True)
    assert chromium.main() == 0
    assert capsys.readouterr().out == "/browser\n"
