"""The Makefile: what it offers, and that it hands on what it is given, whole."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import chromium
import pytest
from house import REPOSITORY

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


NEEDED = ("requirements.txt", "requirements-uv.txt", "requirements-test.txt", "pyproject.toml")
NEEDED += ("requirements-supply.txt",)
ANEW = "The environment in .venv was made elsewhere or is broken; it is removed and made anew\n"
TARGETS = ("book", "pdf", "zip", "serve", "rerun", "release", "check", "test", "bench")
SAY = "import sys; print(sys.argv[1:]); sys.exit('fail' in sys.argv)"


def write_program(path: Path, script: str) -> None:
    """Write a shell script that can be run; its first line holds in whatever place Python is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with the Makefile and stand-ins for the commands, which write down their words.

    Beside it lie what a new environment consists of, and a `uv` and a `python` that make one.
    """
    odd = tmp_path / "it's a place"  # neither make nor a shell may trip over such a name
    odd.mkdir()
    python = tmp_path / "Ann's python"
    python.symlink_to(sys.executable)
    new = tmp_path / "new"
    for name in ("python", "computecycle", "uv", "ruff"):
        write_program(new / "bin" / name, shlex.join([str(python), "-c", SAY]) + ' "$@"')
    making = shlex.join(["cp", "-R", str(new), ".venv"])
    write_program(tmp_path / "path/uv", f'if [ "$1" = venv ]; then {making}; fi')
    write_program(tmp_path / "path/my python", f'if [ "$2" = venv ]; then {making}; fi')
    shutil.copy2(REPOSITORY / "Makefile", odd)
    shutil.copytree(new, odd / ".venv")
    (odd / ".venv/place").write_text(f"{odd.resolve()}\n")
    (odd / ".venv/first").touch()
    for name in (*NEEDED, ".venv/place"):
        (odd / name).touch()
        os.utime(odd / name, (1, 1))
    (odd / ".venv/book").touch()
    (odd / ".venv/test").touch()
    return odd


OF_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}  # set where the tests are run by make themselves


def make(folder: Path, *words: str) -> subprocess.CompletedProcess:
    own = {name: text for name, text in os.environ.items() if name not in OF_MAKE}
    own["PATH"] = f"{folder.parent / 'path'}:{own['PATH']}"
    return subprocess.run(["make", *words], cwd=folder, capture_output=True, text=True, env=own)


def test_make_alone_lists_every_target(folder):
    listed = make(folder).stdout
    for target in (
        "book",
        "serve",
        "rerun",
        "release",
        "check",
        "test",
        "bench",
        "audit",
        "licences",
        "sbom",
        "extras",
        "clean",
        "help",
    ):
        assert f"  make {target} " in listed


@pytest.mark.parametrize(
    ("words", "handed_on"),
    [
        (["book"], ["book"]),
        (["serve"], ["serve"]),
        (["release", "EDITION=2026.11"], ["release", "2026.11"]),
        (["check"], ["check"]),
        (["check", "DATA=my tables"], ["check", "--data", "my tables"]),
        (["rerun"], ["run"]),
        (
            ["rerun", "CHAPTER=other", "SET=a=1 b=x;y", "AS_OF=2024-06-30", "DATA=my tables"],
            ["run", "other", "-p", "a=1", "-p", "b=x;y"]
            + ["--as-of", "2024-06-30", "--data", "my tables"],
        ),
        (
            ["rerun", "CHAPTER=one other", "FILE=my params.yml", "OUT=it's mine"],
            ["run", "one", "other", "-f", "my params.yml", "--out", "it's mine"],
        ),
        (["check", "DATA=Ann's tables"], ["check", "--data", "Ann's tables"]),
        (
            ["rerun", "CHAPTER=it's", "SET=a='1'", "AS_OF=it's", "DATA=Ann's tables"],
            ["run", "it's", "-p", "a='1'", "--as-of", "it's", "--data", "Ann's tables"],
        ),
    ],
)
def test_make_hands_on_what_it_is_given(folder, words, handed_on):
    outcome = make(folder, *words)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.strip() == str(handed_on)


@pytest.mark.parametrize("words", [["gpu_run_rate=200"], ["CHAPTER=other", "b=x y", "SET=a=1"]])
def test_a_setting_that_rerun_does_not_take_is_refused(folder, words):
    outcome = make(folder, "rerun", *words)
    (name, value) = next(word for word in words if word[0].islower()).split("=")
    assert outcome.returncode == 2
    assert outcome.stdout == ""
    assert f'{name} sets nothing here; write SET="{name}={value}".' in outcome.stderr


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


# The environment: made where it is used


@pytest.fixture
def copy(folder) -> Path:
    """A copy of the folder, environment and all, as `cp -r` makes it."""
    return shutil.copytree(folder, folder.parent / "Ann's copy", symlinks=True)


def check_made_anew(folder: Path, *words: str) -> None:
    """Hold that make says once that it makes the environment anew, does so, and is then content."""
    outcome = make(folder, *words)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.count(ANEW) == 1
    assert "Installing the locked packages\n" in outcome.stdout
    assert not (folder / ".venv/first").exists()
    assert (folder / ".venv/place").read_text() == f"{folder.resolve()}\n"
    again = make(folder, *words)
    assert again.returncode == 0, again.stderr
    assert ".venv" not in again.stdout and "Installing" not in again.stdout


@pytest.mark.parametrize("target", TARGETS)
def test_a_sound_environment_is_left_alone(folder, target):
    outcome = make(folder, target)
    assert outcome.returncode == 0, outcome.stderr
    assert ".venv" not in outcome.stdout and "Installing" not in outcome.stdout
    assert (folder / ".venv/first").exists()


@pytest.mark.parametrize("target", TARGETS)
def test_a_copied_environment_is_made_anew(folder, copy, target):
    check_made_anew(copy, target)
    assert (folder / ".venv/first").exists()


def test_a_moved_environment_is_made_anew(folder):
    check_made_anew(folder.rename(folder.parent / "moved"), "check")


def test_an_environment_that_does_not_say_its_place_is_made_anew(folder):
    (folder / ".venv/place").unlink()
    check_made_anew(folder, "check")


def test_an_environment_whose_python_is_gone_is_made_anew(folder):
    (folder / ".venv/bin/python").unlink()
    (folder / ".venv/bin/python").symlink_to("/nowhere/python")
    check_made_anew(folder, "check")


def test_a_checkout_reached_by_a_link_keeps_its_environment(folder):
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert make(link, "check").stdout == "['check']\n"


def test_uv_is_fetched_anew_with_the_environment(copy):
    """Where there is no uv on the machine it lies in the environment, and goes with it."""
    outcome = make(copy, "check", "OWN_UV=.venv/bin/uv", "PYTHON=my python")
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.startswith(ANEW + "['-m', 'pip', 'install'")
    assert outcome.stdout.endswith("['check']\n")


def test_an_environment_that_uv_made_is_given_pip_once_uv_is_gone(folder):
    (folder / ".venv/bin/uv").unlink()
    write_program(folder / ".venv/bin/python", 'echo "$@" >> words; [ "$2" != "import pip" ]')
    outcome = make(folder, "check", "OWN_UV=.venv/bin/uv")
    assert outcome.returncode == 0, outcome.stderr
    words = (folder / "words").read_text()
    assert words.index("-m ensurepip\n") < words.index("-m pip install")


def test_the_uv_of_the_environment_is_not_taken_for_one_of_the_machine(copy, monkeypatch):
    """The environment may be the activated one, whose programs come first."""
    write_program(copy.parent / "path/python3", '"$(dirname "$0")/my python" "$@"')
    (copy.parent / "path/uv").unlink()
    (copy.parent / "path/uv").symlink_to(copy / ".venv/bin/uv")
    check_made_anew(copy, "check")


def test_clean_takes_an_environment_that_was_made_elsewhere(copy):
    make(copy, "clean")
    assert not (copy / ".venv").exists()
    outcome = make(copy, "check")
    assert outcome.stdout.startswith("Creating the environment in .venv\n")
    assert outcome.stdout.endswith("['check']\n")


def test_an_old_python_is_refused_with_a_sentence_before_anything_is_removed(copy):
    old = "import sys; sys.version_info = (3, 9); exec(sys.argv[1])"
    write_program(copy / "an old python", shlex.join([sys.executable, "-S", "-c", old]) + ' "$2"')
    outcome = make(copy, "book", "PYTHON=./an old python")
    assert outcome.returncode != 0
    assert "Python 3.11 or newer is needed" in outcome.stderr
    assert (copy / ".venv/first").exists()


# A clone


def git(folder: Path, *words: str) -> None:
    """Run git by its own settings only, whoever runs the tests."""
    bare = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    author = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    command = ["git", *author, *words]
    subprocess.run(command, cwd=folder, env=bare, check=True, capture_output=True)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_lines_end_in_lf_in_a_clone_whatever_git_is_told(tmp_path):
    """The files as they are here are committed first: the tests may run where git keeps none."""
    origin = tmp_path / "origin"
    for name in ("data", "notebooks", "book/assets"):
        shutil.copytree(REPOSITORY / name, origin / name)
    shutil.copy2(REPOSITORY / ".gitattributes", origin)
    git(origin, "init", "--quiet")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message", "All")
    git(tmp_path, "clone", "--quiet", "-c", "core.autocrlf=true", "origin", "clone")
    files = [path for path in origin.rglob("*") if ".git" not in path.parts and path.is_file()]
    assert {".csv", ".ipynb", ".png"} <= {path.suffix for path in files}
    for path in files:
        cloned = tmp_path / "clone" / path.relative_to(origin)
        assert cloned.read_bytes() == path.read_bytes(), cloned


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
