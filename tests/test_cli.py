"""The command: a mistake is one sentence and status 2; the old site survives whatever ends it."""

import contextlib
import ctypes
import errno
import itertools
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
from house import (
    PRICES,
    RECORD,
    House,
    code,
    contents,
    trial_cells,
    write_table,
)

from computecycle import cli
from computecycle.evidence import data
from computecycle.runs import chapters
from computecycle.site import build

SECONDS = 60  # to wait for anything; a machine may be slow


def state(house: House) -> dict[str, bytes]:
    """Every byte of a house but the locks and what Python keeps for itself."""
    return {
        name: content
        for name, content in contents(house.root).items()
        if "__pycache__" not in name and not name.endswith(".lock")
    }


@pytest.fixture(scope="module")
def standing(built_trial, tmp_path_factory) -> House:
    """A house with its site built that no test here may change."""
    root = tmp_path_factory.mktemp("standing") / "house"
    shutil.copytree(built_trial.root, root, symlinks=True)
    return House(root)


@pytest.fixture
def told(standing, monkeypatch, capfd):
    """Run the command in this process; return its status and sentence, once nothing has changed."""

    def run(*words: str, house: House = standing) -> tuple[int, str]:
        monkeypatch.setattr(cli.command, "ROOT", house.root)
        monkeypatch.setattr(data, "FOLDER", house.root / "data")
        monkeypatch.setattr(chapters, "CODE", house.root / "src/computecycle")
        monkeypatch.chdir(house.root)
        data.sources.cache_clear()
        before = state(house)
        with pytest.raises(SystemExit) as end:
            cli.main(list(words))
        assert state(house) == before
        data.sources.cache_clear()
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        assert err.startswith("computecycle: ")
        return end.value.code, err.removeprefix("computecycle: ").strip()

    return run


# What a user gives on the command line


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["bok"], 'There is no command "bok". Did you mean "book"?'),
        (
            ["zzzzz"],
            f'There is no command "zzzzz". It has {", ".join(sorted(cli.main.commands))}.',
        ),
        (["run"], "Name a chapter, or all. There are trial."),
        (["run", "trail"], 'There is no chapter "trail" in notebooks/. Did you mean "trial"?'),
        (
            ["run", "trial", "-p", "facto=2"],
            'Chapter trial has no parameter "facto". Did you mean "factor"?',
        ),
        (
            ["run", "trial", "-p", "factor=many"],
            'Parameter factor is "many"; it takes a number from 0.25 to 4 (x).',
        ),
        (
            ["run", "trial", "-p", "factor=5"],
            'Parameter factor is "5"; it takes a number from 0.25 to 4 (x).',
        ),
        (["run", "trial", "-p", "factor", "2"], '"factor" sets nothing; write factor=value.'),
        (
            ["run", "trial", "--as-of", "yesterday"],
            'Parameter as_of is "yesterday"; write a date as YYYY-MM-DD.',
        ),
        (
            ["run", "trial", "--as-of", ""],
            "--as-of is empty; give DATE, or leave it out.",
        ),
        (["check", "--data", ""], "--data is empty; give PLACE, or leave it out."),
        (
            ["run", "trial", "--out", "/proc/x"],
            "/proc may not be written; name another folder with --out.",
        ),
        (
            ["check", "--data", "/no/such/folder"],
            '"/no/such/folder" is not a folder and not a file; name one with tables in it.',
        ),
        (
            ["run", "trial", "--data", "/no/such/folder"],
            '"/no/such/folder" is not a folder and not a file; name one with tables in it.',
        ),
        (
            ["run", "trial", "-p", "data_dir=/no/such/folder"],
            '"/no/such/folder" is not a folder and not a file; name one with tables in it.',
        ),
        (
            ["compare", "nowhere"],
            '"nowhere" is no study, no edition and no folder with results. `computecycle status` '
            "lists them.",
        ),
        (["verify", "nowhere.html"], "nowhere.html is no file; name a receipt.html."),
        (
            ["verify", "_toc.yml"],
            "_toc.yml holds no record of a rerun; it is no receipt of this report.",
        ),
        (
            ["parameters", "trail"],
            'There is no chapter "trail" in notebooks/. Did you mean "trial"?',
        ),
        (
            ["template", "price"],
            'There is no table "price" in data/datapackage.json. Did you mean "prices"?',
        ),
        (
            ["template", "prices", "--xlsx", "--out", "pyproject.toml"],
            "pyproject.toml is there already; name another file with --out.",
        ),
        (
            ["template", "prices", "--xlsx", "--out", "nodir/x.xlsx"],
            "There is no folder nodir; make it, or name another place.",
        ),
        (
            ["template", "prices", "--out", "mine.csv"],
            "--out names a workbook; give --xlsx too, or redirect what is printed.",
        ),
        (["serve", "--out", "nowhere"], "There is no site in nowhere; run `make book` first."),
        (
            ["serve", "--port", "99999"],
            "Invalid value for '--port': 99999 is not in the range 0<=x<=65535.",
        ),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_a_mistake_is_one_sentence(told, words, sentence):
    assert told(*words) == (2, sentence)


def test_an_unknown_option_is_told_with_the_nearest(told):
    status, sentence = told("check", "--dat", "x")
    assert status == 2
    assert "--dat" in sentence
    assert "--data" in sentence


def test_a_port_in_use_is_one_sentence(told):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, sentence = told("serve", "--port", str(port))
    assert status == 2
    assert sentence == f"Port {port} is in use; name another, as in `make serve PORT={port + 1}`."


@pytest.mark.parametrize(
    "out", [".", "..", "book", "notebooks/new", "_build/html", "_build/sites", "data/new"]
)
def test_a_rerun_does_not_write_over_anything_else(told, out):
    status, sentence = told("run", "trial", "-p", "factor=2", "--out", out)
    assert status == 2
    assert sentence.endswith("holds other things; name a new folder for the rerun.")


def test_a_rerun_does_not_write_over_a_folder_of_the_user(told, tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book/mine.txt").write_text("mine")
    status, sentence = told("run", "trial", "-p", "factor=2", "--out", str(tmp_path))
    assert (status, sentence.startswith(str(tmp_path))) == (2, True)
    assert (tmp_path / "book/mine.txt").read_text() == "mine"


# Tables: a reader's own, and the report's


@pytest.mark.parametrize(
    ("file", "rows", "sentence"),
    [
        (
            "prices.csv",
            [["kiwi", "ten", *PRICES[0][2:]]],
            '{}/prices.csv, line 2, column "value" is "ten"; allowed is a plain number',
        ),
        (
            "prices.csv",
            [["kiwi", "10", "nobody", *PRICES[0][3:]]],
            '{}/prices.csv, line 2, column "source" is "nobody", which data/sources.bib',
        ),
        (
            "prices.csv",
            [PRICES[0]],
            "{}/prices.csv:2 repeats key and known_from of data/prices.csv:2; give it a later",
        ),
        ("price.csv", [PRICES[0]], '{}/price.csv is no table of the report. Did you mean "pr'),
    ],
)
@pytest.mark.parametrize("command", [["check"], ["run", "trial"]])
def test_what_is_wrong_with_a_readers_table_is_told_with_its_row(
    told, tmp_path, command, file, rows, sentence
):
    write_table(tmp_path / file, rows)
    status, said = told(*command, "--data", str(tmp_path))
    assert (status, said.startswith(sentence.format(tmp_path))) == (2, True), said


def damaged(path: str, content: str | None):
    def damage(house: House) -> None:
        if content is None:
            (house.root / path).unlink()
        else:
            (house.root / path).write_text(content)

    return damage


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (damaged("data/prices.csv", None), "data/prices.csv is missing; restore the file"),
        (damaged("data/prices.csv", ""), "data/prices.csv is empty; it needs at least its header"),
        (
            damaged("data/prices.csv", "item,value\na,1\n"),
            'data/prices.csv, line 1: columns "source", ',
        ),
        (damaged("data/extra.csv", "a\n1\n"), "data/extra.csv is not described; add it to"),
        (damaged("data/sources.bib", None), "data/sources.bib is missing; restore the file."),
        (damaged("data/sources.bib", "@misc{maker2020,"), "data/sources.bib cannot be read: "),
        (damaged("data/datapackage.json", "{"), "data/datapackage.json, line 1: "),
        (damaged("data/datapackage.json", None), "data/datapackage.json is missing; restore"),
        (damaged("notebooks/trial.ipynb", "{"), "notebooks/trial.ipynb cannot be read: "),
    ],
)
def test_what_is_wrong_with_the_report_is_told_and_the_site_stands(
    told, built_trial, tmp_path, damage, sentence
):
    shutil.copytree(built_trial.root, tmp_path / "house", symlinks=True)
    house = House(tmp_path / "house")
    damage(house)
    status, said = told("book", house=house)
    assert (status, said[: len(sentence)]) == (2, sentence)


# The command as a process


@pytest.mark.parametrize("command", ["check", "book"])
def test_a_word_that_cannot_be_read_is_told_before_anything_runs(old_site, command):
    path = old_site.root / "data/words.csv"
    path.write_text(path.read_text().replace(",abs(", ",1and abs(", 1))
    outcome = old_site.run(command)
    assert outcome.returncode == 2
    first = "computecycle: data/words.csv:2, about: its condition cannot be read: "
    assert outcome.stderr.startswith(first), outcome.stderr
    assert "Running" not in outcome.stdout


def test_the_command_ends_with_status_2_and_says_so_on_standard_error(standing):
    outcome = standing.anew("run", "trial", "-p", "facto=2")
    assert outcome.returncode == 2
    assert outcome.stdout == ""
    assert outcome.stderr == (
        'computecycle: Chapter trial has no parameter "facto". Did you mean "factor"?\n'
    )


def test_when_nothing_changed_nothing_is_done(standing):
    before = state(standing)
    outcome = standing.run("book")
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.startswith("Nothing has changed. The site is ")
    assert state(standing) == before


def without_privileges() -> None:
    """In a child: forgo root's right to ignore the mode of files, as an ordinary user has none."""
    if os.geteuid() == 0:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


class Unprivileged(House):
    """A house whose commands run as an ordinary user's do, one without a home to write to."""

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"HOME": str(self.root.parent / "home")}

    def run(self, *words: str, **more) -> subprocess.CompletedProcess:
        return self.anew(*words, preexec_fn=without_privileges, **more)


def change_a_row(house: House) -> None:
    """Change a row, so that the chapter has to run again."""
    write_table(house.root / "data/prices.csv", [["apple", "12", *PRICES[0][2:]], PRICES[1]])


def change_a_page(house: House) -> None:
    """Change a page, so that the pages have to be built again."""
    with (house.root / "book/index.md").open("a") as file:
        file.write("\nA new sentence.\n")


def test_no_permission_to_write_is_one_sentence(old_site):
    probe = old_site.root / "probe"
    probe.mkdir(mode=0o555)
    tried = subprocess.run(["touch", probe / "file"], preexec_fn=without_privileges, check=False)
    if tried.returncode == 0:
        pytest.skip("this machine lets the tests write where the mode forbids it")
    change_a_page(old_site)
    before = old_site.published()
    places = [path for path in (old_site.root / "_build").rglob("*") if not path.is_symlink()]
    for path in [*places, old_site.root / "_build"]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    outcome = old_site.anew("book", preexec_fn=without_privileges)
    for path in [old_site.root / "_build", *places]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert outcome.returncode == 2, outcome.stderr
    assert re.fullmatch(r"computecycle: No permission for \S+; change .*\.\n", outcome.stderr)
    assert old_site.published() == before


def test_a_checkout_that_may_not_be_written_reruns_elsewhere(built_trial, tmp_path):
    """Nor may the home of its user be; what is read or has not changed asks for no permission."""
    house = House(tmp_path / "Ann's house")
    shutil.copytree(built_trial.root, house.root, symlinks=True)
    (tmp_path / "home").mkdir(mode=0o555)
    for path in [house.root, *(each for each in house.root.rglob("*") if not each.is_symlink())]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.access(tmp_path / "home", os.W_OK) and os.geteuid():
        pytest.skip("this machine lets the tests write where the mode forbids it")
    house = Unprivileged(house.root)
    before = house.published()
    rerun = ["run", "trial", "-p", "factor=2"]
    refused, made = house.run(*rerun), house.run(*rerun, "--out", str(tmp_path / "an out"))
    assert refused.returncode == 2 and refused.stderr.count("\n") == 1
    assert "may not be written; name another folder with --out." in refused.stderr
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "an out/receipt.html").exists()
    assert house.run("check").returncode == 0 and house.published() == before
    for path in [house.root, *house.root.rglob("*")]:
        path.chmod(0o755) if not path.is_symlink() else None


@pytest.mark.parametrize(
    ("change", "most"),
    [(change_a_row, 2_000), (change_a_page, 20_000)],
    ids=["chapter", "pages"],
)
def test_a_full_disk_is_told_and_the_old_site_stands(old_site, change, most):
    """A limit on the size of files stands in for the full disk; the calls fail in the same way."""
    change(old_site)
    before = old_site.published()
    outcome = old_site.anew(
        "book", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    )
    assert outcome.returncode == 2, outcome.stdout + outcome.stderr
    assert "File too large" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert old_site.published() == before
    assert not drafts(old_site)


def test_a_disk_that_fills_up_while_the_site_is_copied_is_told(told, monkeypatch):
    full = OSError(errno.ENOSPC, "No space left on device")

    def copy(*_, **__):
        raise shutil.Error([("from", "to", str(full)), ("from", "to", str(full))])

    monkeypatch.setattr(build, "book", copy)
    told_of = "The system refused: [Errno 28] No space left on device; free it and run again."
    assert told("book") == (2, told_of)


def drafts(house: House) -> list[str]:
    """Files that were begun and not put in place."""
    places = ["book/chapters", "_build/results", "_build/figures"]
    return [name for place in places for name in contents(house.root / place) if "/." in f"/{name}"]


# What ends a build from outside


def wait_in_the_chapter(house: House) -> None:
    """Make the chapter wait in a cell; its kernel writes its process id into the file `here`."""
    lines = [
        "import os, pathlib, time",
        "pathlib.Path('here').write_text(str(os.getpid()))",
        "time.sleep(600)",
    ]
    house.write_chapter([*trial_cells()[:2], code("wait", *lines)])


def until(condition, what: str):
    """Wait until a condition gives something true and return that."""
    start = time.monotonic()
    while time.monotonic() - start < SECONDS:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {SECONDS} s for {what}")


def below(process: subprocess.Popen) -> list[psutil.Process]:
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        return []


def runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def at_the_checks(house: House, process: subprocess.Popen) -> None:
    assert process.stdout.readline() == "Checking the tables\n"


def in_the_chapter(house: House, process: subprocess.Popen) -> None:
    here = house.root / "here"
    until(lambda: here.exists() and here.read_text(), "the kernel")


def in_the_pages(house: House, process: subprocess.Popen) -> None:
    while "Building pages" not in process.stdout.readline():
        pass
    until(lambda: (house.root / "_build/work").exists(), "the first file of the pages")


MOMENTS = [at_the_checks, in_the_chapter, in_the_pages]


def end(house: House, moment, number: int) -> tuple[int, str]:
    """Start a build, end it at a moment; return its status and words once all of it has gone."""
    (house.root / "here").unlink(missing_ok=True)
    shutil.rmtree(house.root / "_build/work", ignore_errors=True)
    change_a_page(house)
    if moment is in_the_chapter:
        wait_in_the_chapter(house)
    before = house.published()
    process = house.start("book")
    try:
        moment(house, process)
        if moment is in_the_chapter and number == signal.SIGINT:
            refuses_another_build(house)
        children = below(process)
        if moment is in_the_chapter:
            assert int((house.root / "here").read_text()) in [child.pid for child in children]
        to_group = number == signal.SIGINT  # a terminal interrupts the whole group
        (os.killpg if to_group else os.kill)(process.pid, number)
        _, words = process.communicate(timeout=SECONDS)
        until(lambda: not any(map(runs, children)), "the kernels to go")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    house.write_chapter(trial_cells())
    assert house.published() == before
    return process.returncode, words


def refuses_another_build(house: House) -> None:
    second = house.run("book")
    assert second.returncode == 2
    assert second.stderr == (
        f"computecycle: Another build is running in {house.root}; wait for it.\n"
    )


def test_serving_shows_the_site_and_an_interrupt_is_its_proper_end(standing):
    process = standing.start("serve", "--port", "0")
    try:
        address = process.stdout.readline().split()[0]
        with urllib.request.urlopen(f"{address}book/chapters/trial.html") as page:
            assert b"A trial" in page.read()
        process.send_signal(signal.SIGINT)
        _, words = process.communicate(timeout=SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    assert process.returncode == 0
    assert "Traceback" not in words


def test_an_interrupt_ends_with_one_sentence_and_the_old_site(old_site):
    for moment in MOMENTS:
        status, words = end(old_site, moment, signal.SIGINT)
        assert (status, words.strip()) == (
            130,
            "computecycle: Interrupted; what was published before is untouched.",
        ), moment.__name__
        assert not drafts(old_site)


def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_one_works(old_site):
    for moment in MOMENTS:
        status, _ = end(old_site, moment, signal.SIGKILL)
        assert status == -signal.SIGKILL, moment.__name__
    outcome = old_site.run("book")
    assert outcome.returncode == 0, outcome.stderr
    assert "A new sentence." in (old_site.root / "_build/html/book/index.html").read_text("utf-8")
    assert not drafts(old_site)


class Killed(BaseException):
    """Stands in for the end of the process at a call."""


def mortal(monkeypatch, last: int) -> None:
    """Make the call of this number that changes files the last one; it does nothing any more."""
    count = itertools.count()

    def until_death(call):
        def wrapped(*words, **more):
            if next(count) >= last:
                raise Killed
            return call(*words, **more)

        return wrapped

    for owner, name in CHANGES:
        monkeypatch.setattr(owner, name, until_death(getattr(owner, name)))


CHANGES = [
    *[(os, name) for name in ("rename", "replace")],
    *[(shutil, name) for name in ("copytree", "rmtree", "copy2")],
    *[(Path, name) for name in ("symlink_to", "write_text", "mkdir", "unlink")],
]


def test_a_build_that_ends_while_it_publishes_leaves_one_site_whole(tmp_path, monkeypatch):
    for room, does in ((build.search, "write"), (build.metadata, "complete")):
        monkeypatch.setattr(room, does, lambda *_: None)  # their calls are tested elsewhere
    root, sites = tmp_path / "root", {}
    (root / "book").mkdir(parents=True)
    (root / "book/edition.json").write_text(json.dumps(RECORD))
    for word in ("old", "new"):
        pages = tmp_path / word
        (pages / "book").mkdir(parents=True)
        (pages / "index.html").write_text(word)
        (pages / "book/page.html").write_text(word)
        sites[word] = {**contents(pages), ".made-of": word.encode()}
    build.publish(root, tmp_path / "old", "old")
    seen = []
    for last in itertools.count():
        with monkeypatch.context() as patch, contextlib.suppress(Killed):
            mortal(patch, last)
            build.publish(root, tmp_path / "new", "new")
            break
        found = contents(root / "_build/html")
        assert found in sites.values(), f"ended at call {last}"
        seen.append(found == sites["new"])
        build.publish(root, tmp_path / "old", "old")  # the next build works
        assert contents(root / "_build/html") == sites["old"]
        assert len(list((root / "_build/sites").iterdir())) == 1
    assert contents(root / "_build/html") == sites["new"]
    assert seen == sorted(seen), "first the old site, from some call on the new one"
    assert len(seen) > 8


def test_a_part_of_the_report_is_cited(built_trial):
    outcome = built_trial.run("cite", "trial.price-last", "--format", "ris")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith(
        "TY  - CHAP\nID  - computecycle-2026.11-value-trial.price-last\n"
    )


def test_a_file_of_the_report_tells_what_it_is(built_trial):
    path = "_build/html/figures/trial-prices/trial-prices.png"
    outcome = built_trial.run("identify", path)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.startswith("Figure trial-prices, edition 2026.11: Prices.\nWhat it shows")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["cite", "trial-price"],
            'Nothing here is called "trial-price". Did you mean "trial-prices"?',
        ),
        (["cite", ""], "Nothing is named; write report, "),
        (["cite", "report", "--format", "mla"], "Invalid value for '--format'"),
        (["identify", "book/index.md"], "index.md bears no label of this report"),
        (["identify", "gone.png"], "gone.png is no file; name a picture"),
        (["citations", "none.bib"], "There is no file none.bib; name one that cites."),
    ],
)
def test_what_is_not_of_the_report_is_one_sentence(built_trial, words, said):
    outcome = built_trial.run(*words)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert said in outcome.stderr and outcome.stderr.count("\n") == 1
