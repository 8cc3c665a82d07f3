"""Kernels forked from a process that has imported already: as those that begin by themselves."""

import os
import signal
import subprocess
import sys

import psutil
import pytest
from house import REPOSITORY, House, code, text
from jupyter_client.provisioning import LocalProvisioner

from computecycle.runs import execution, kernels

SECONDS = 60


@pytest.fixture(scope="module")
def ready():
    """A process from which kernels are forked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(kernels.ADDRESS, raising=False)
        with kernels.ready():
            yield


def run(folder, *lines: str) -> list:
    """What a cell of these lines said, run in a kernel."""
    parameters = code("parameters", "count = 1", tags=("parameters",))
    cells = [text("finding", "# A"), parameters, code("say", *lines)]
    path = House(folder).write_chapter(cells)
    return execution.execute(path, folder, {"count": 2}).cells[-1].outputs


ABOUT = [
    "import hashlib, locale, os, signal, sys, time",
    f"known = ('{kernels.ADDRESS}', 'JPY_PARENT_PID')  # how a kernel hears of its parent's end",
    "env = {k: v for k, v in os.environ.items() if k not in known}",
    "numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE)",
    "print(sorted(env), hashlib.sha256(repr(sorted(env.items())).encode()).hexdigest())",
    "print(count, __name__, sys.path, os.getcwd(), sys.argv[0])",
    "print(sys.executable, sys.prefix, time.tzname, locale.getlocale())",
    "print(os.getpgid(0) == os.getpid())",
    "print([signal.getsignal(each) for each in numbers], 'computecycle' in sys.modules)",
]


def test_a_forked_kernel_is_as_one_that_begins_by_itself(ready, tmp_path, monkeypatch):
    places = os.pathsep.join([str(tmp_path), str(REPOSITORY / "src")])
    monkeypatch.setenv("PYTHONPATH", places)
    monkeypatch.setattr(LocalProvisioner, "launch_kernel", None)
    forked = run(tmp_path, *ABOUT)
    monkeypatch.undo()
    monkeypatch.setenv("PYTHONPATH", places)
    monkeypatch.delenv(kernels.ADDRESS)
    assert forked == run(tmp_path, *ABOUT)


def test_a_kernel_is_forked_only_where_it_would_be_the_same(ready, tmp_path, monkeypatch):
    command, env = [*kernels.LAUNCHER, "--version"], {**os.environ}
    kernel = kernels.forked(command, str(tmp_path), env)
    assert kernel.pid != os.getpid()
    assert kernel.wait() is not None
    assert kernels.forked(["another", "-m", "kernel"], str(tmp_path), env) is None
    assert kernels.forked(command, str(tmp_path), env | {"TZ": "Asia/Tokyo"}) is None
    monkeypatch.setenv(kernels.ADDRESS, str(tmp_path / "nobody"))
    assert kernels.forked(command, str(tmp_path), env) is None
    monkeypatch.delenv(kernels.ADDRESS)
    assert kernels.forked(command, str(tmp_path), env) is None


def test_where_processes_are_not_forked_kernels_begin_by_themselves(tmp_path, monkeypatch):
    monkeypatch.delenv(kernels.ADDRESS, raising=False)
    monkeypatch.setattr(sys, "platform", "darwin")
    with kernels.ready():
        assert kernels.ADDRESS not in os.environ


UNREAD = """
import socket
from computecycle.runs import seed
asker, line = socket.socketpair()
seed.answer(line, {"pid": 1})
asker.close()
seed.end_with(line)
"""


def test_a_kernel_ends_though_who_asked_was_killed_before_it_read_the_answer():
    done = subprocess.run([sys.executable, "-c", UNREAD], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "")


LONG = """
from pathlib import Path
from computecycle.runs import chapters
list(chapters.run_all(Path.cwd(), {"trial": {}}))
"""


@pytest.mark.parametrize("who", ["build", "worker"])
def test_a_kernel_ends_with_the_process_that_asked_for_it(tmp_path, monkeypatch, who):
    monkeypatch.delenv(kernels.ADDRESS, raising=False)
    begun = f"Path({str(tmp_path / 'begun')!r}).write_text(str(os.getpid())); time.sleep(600)"
    lines = ["import os, time; from pathlib import Path", begun]
    parameters = code("parameters", "count = 1", tags=("parameters",))
    House(tmp_path).write_chapter([text("finding", "# A"), parameters, code("long", *lines)])
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY / "src"))
    build = psutil.Popen([sys.executable, "-c", LONG], cwd=tmp_path, stderr=-3)
    while not (tmp_path / "begun").exists() or not (tmp_path / "begun").read_text():
        assert build.poll() is None
    kernel = psutil.Process(int((tmp_path / "begun").read_text()))
    seed = kernel.parent()
    worker = next(each for each in build.children() if each not in (seed, kernel))
    (build if who == "build" else worker).send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs([build, seed, worker, kernel], timeout=SECONDS)
    assert not alive
