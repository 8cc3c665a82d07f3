"""A process that has imported what chapters import, and becomes a kernel each time it is asked.

It runs by itself, as a script, and imports nothing of ours: a kernel reads our code when it begins.
Whoever asks sends one line of JSON (`argv`, `cwd`, `env`) and gets one with the kernel's `pid`, or
an empty one where that kernel must begin by itself. The connexion stays open while both live: who
asked sees by its end that the kernel has ended, and the kernel ends with who asked.
"""

import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import shutil
import signal
import socket
import sys
import threading
import time
from pathlib import Path

LIBRARIES = ("altair", "nbformat", "pandas", "simpleeval", "ipykernel.kernelapp")
LIBRARIES += ("ipykernel.debugger",)  # which every kernel imports, for a sixth of its start
QUIET = "PYDEVD_DISABLE_FILE_VALIDATION"  # it says otherwise that Python's own modules are frozen
SETTLED = ("PYTHON", "LANG", "LC_", "TZ", "OMP_", "OPENBLAS_")  # read once, as a process begins
PATH = "PYTHONPATH"  # the one of them that can be set again


def settled(env: dict[str, str]) -> dict[str, str]:
    """Return what of an environment a process that has begun can no longer take over."""
    return {key: env[key] for key in env if key.startswith(SETTLED) and key != PATH}


def asked(listener: socket.socket) -> tuple[dict, socket.socket]:
    """Return a request, in the process that is to become its kernel; who waits never returns.

    It ends when its standard input does, which its parent holds, and takes its address away.
    """
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        bury()
        if sys.stdin in ready:
            shutil.rmtree(Path(listener.getsockname()).parent, ignore_errors=True)
            sys.exit()
        line, _ = listener.accept()
        request = heard(line)
        if not request or settled(request["env"]) != settled(os.environ):
            answer(line, {})
        elif os.fork() == 0:
            listener.close()
            return request, line
        line.close()


def bury() -> None:
    """Take leave of kernels that have ended; what they used of the processor is then known."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def heard(line: socket.socket) -> dict:
    """Return a line of JSON; empty where whoever sent it ended before."""
    with line.makefile() as words, contextlib.suppress(ValueError):
        return json.loads(words.readline())
    return {}


def answer(line: socket.socket, told: dict) -> None:
    """Send a line of JSON; nothing where nobody listens any more."""
    with contextlib.suppress(BrokenPipeError):
        line.sendall(json.dumps(told).encode() + b"\n")


def end_with(line: socket.socket) -> None:
    """End this process when the other end of a connexion is gone."""
    with contextlib.suppress(OSError):  # who was killed before it read our answer resets it
        line.recv(1)
    os._exit(1)


def become(request: dict, line: socket.socket, added: dict[str, str]) -> None:
    """Be the kernel that was asked for, as a process of its own that began with that command.

    added : what importing adds to the environment.
    """
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    threading.Thread(target=end_with, args=(line,), daemon=True).start()
    os.register_at_fork(after_in_child=line.close)
    answer(line, {"pid": os.getpid()})
    os.chdir(request["cwd"])
    before, now = (env.get(PATH, "").split(os.pathsep) for env in (os.environ, request["env"]))
    rest = [each for each in sys.path if each not in (*before, *now)]
    sys.path[:] = [os.getcwd(), *filter(None, now), *rest]  # as `python -m` has it
    os.environ.clear()
    os.environ.update(added | request["env"])
    time.tzset()
    sys.argv = request["argv"]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def prepare() -> dict[str, str]:
    """Import what chapters import, and draw a chart: the first loads more than the next. Return
    what that adds to the environment."""
    before = {*os.environ, QUIET}
    os.environ[QUIET] = "1"
    for name in LIBRARIES:
        importlib.import_module(name)
    import altair
    import pandas

    table = pandas.DataFrame({"value": [0.0]})
    altair.Chart(table).mark_bar().encode(altair.X("value:Q")).to_dict()
    gc.collect()
    gc.freeze()  # what all kernels share is not written to by their collectors
    return {name: text for name, text in os.environ.items() if name not in before}


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # that of a terminal is for the build
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # it was blocked until here
    added = prepare()
    become(*asked(socket.socket(fileno=int(sys.argv[-1]))), added)
