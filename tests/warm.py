"""Commands that need not import pandas again: each is a process forked from one that has done so.

The warm process holds packages of others alone. The package under test is imported by each command
from its own house, with its own folder, environment, streams and end, as by `python -c`. What a
signal or a limit must reach from its first moment is started without this (`House.start`).
"""

import atexit
import contextlib
import functools
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import types
from pathlib import Path

ROOMS = ["altair", "bs4", "click", "fontTools.subset", "IPython.display", "jinja2", "jsonschema"]
ROOMS += ["lxml.html", "nbclient", "nbformat", "pandas", "papermill", "pikepdf", "PIL.Image"]
ROOMS += ["pybtex.database", "rispy", "simpleeval", "sphinx.util.docutils", "yaml"]
LONGEST = 1 << 20  # bytes of a request
QUIET = (50_000, 20, 20)  # how much is made between two looks for cycles, which took an eighth


@functools.cache
def _warm() -> socket.socket:
    """The line to the warm process of this test process; when it is closed, that process ends."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LONGEST)
    with theirs:
        command = [sys.executable, __file__, str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], cwd="/")
        process.returncode = 0  # nobody waits for it
    atexit.register(ours.close)
    return ours


def run(
    code: str, words: list[str], folder: Path, environment: dict[str, str], seconds: float
) -> subprocess.CompletedProcess:
    """Run some Python, as `python -c CODE WORDS` does, to its end; TimeoutExpired like there."""
    line, command = _warm(), [sys.executable, "-c", code, *words]
    asked = {"code": code, "words": words, "folder": str(folder), "environment": environment}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        socket.send_fds(line, [json.dumps(asked).encode()], [out.fileno(), err.fileno()])
        process = int(line.recv(LONGEST))
        line.settimeout(seconds)
        try:
            status = int(line.recv(LONGEST))
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            line.settimeout(None)
            line.recv(LONGEST)
            raise subprocess.TimeoutExpired(command, seconds) from None
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode())
    return subprocess.CompletedProcess(command, status, *said)


def _serve(line: socket.socket) -> tuple[dict, list[int]]:
    """Fork a process for each thing that is asked; returns in that process, with what it does."""
    while True:
        asked, streams, _, _ = socket.recv_fds(line, LONGEST, 2)
        if not asked:
            os._exit(0)
        process = os.fork()
        if not process:
            line.close()
            return json.loads(asked), streams
        for stream in streams:
            os.close(stream)
        line.send(str(process).encode())
        _, status = os.waitpid(process, 0)
        line.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(asked: dict, streams: list[int]) -> types.ModuleType:
    """Make of this process one that has just begun; return its empty main module."""
    for stream, place in zip(streams, (1, 2), strict=True):
        os.dup2(stream, place)
        os.close(stream)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["-c", *asked["words"]]
    sys.path[0] = ""
    sys.path[1:1] = asked["environment"].get("PYTHONPATH", "").split(os.pathsep)
    sys.modules["__main__"] = types.ModuleType("__main__")
    return sys.modules["__main__"]


if __name__ == "__main__":
    line = socket.socket(fileno=int(sys.argv[1]))
    own = os.environ.pop("PYTHONPATH", "").split(os.pathsep)
    sys.path[1:] = [place for place in sys.path[1:] if place not in own]
    for room in ROOMS:
        importlib.import_module(room)
    assert "computecycle" not in sys.modules
    gc.freeze()
    gc.set_threshold(*QUIET)
    with contextlib.suppress(KeyboardInterrupt):  # a terminal interrupts the tests and this
        asked, streams = _serve(line)
        exec(compile(asked["code"], "<string>", "exec"), vars(_become(asked, streams)))
