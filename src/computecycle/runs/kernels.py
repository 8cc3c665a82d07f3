"""Kernels forked from one process that has imported already (`seed`), where that can be.

`ready` keeps such a process while chapters run; its address is in the environment, so that every
process that runs a chapter finds it. Where there is none, where it does not answer or where the
system is not Linux, a kernel begins as Jupyter begins it.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from computecycle.notebook.said import DRAWN_LATER
from computecycle.runs import seed

ADDRESS = "COMPUTECYCLE_KERNELS"
LAUNCHER = [sys.executable, "-m", "ipykernel_launcher"]
BEGIN = "import runpy, sys; del sys.path[0]; runpy.run_path(sys.argv[1], run_name='__main__')"
SECONDS = 60  # to get an answer


@contextlib.contextmanager
def ready() -> Iterator[None]:
    """Keep a process from which kernels are forked, unless there is one."""
    if sys.platform != "linux" or ADDRESS in os.environ:
        yield
        return
    folder = tempfile.mkdtemp(prefix="computecycle-")  # which nobody else may enter
    try:
        with listening(Path(folder, "kernels")) as listener:
            command = [sys.executable, "-c", BEGIN, seed.__file__, str(listener.fileno())]
            given = {"stdin": subprocess.PIPE, "pass_fds": [listener.fileno()]}
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # see `seed`
            try:
                process = subprocess.Popen(command, **given)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
        with process, contextlib.ExitStack() as ends:
            os.environ[ADDRESS] = str(Path(folder, "kernels"))
            ends.callback(os.environ.pop, ADDRESS, "")
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def listening(path: Path) -> socket.socket:
    """Return a socket to which one may connect at a path."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    return listener


class Forked:
    """A kernel that was forked for us, used as `subprocess.Popen`; only its end is known of it."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, line: socket.socket):
        self.pid, self.line = pid, line

    def poll(self, seconds: float | None = 0) -> int | None:
        """Return None while it runs, else that it has ended."""
        if self.line.fileno() < 0 or select.select([self.line], [], [], seconds)[0]:
            self.line.close()
            return 1
        return None

    def wait(self) -> int | None:
        """Wait for its end."""
        return self.poll(None)

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


def forked(command: list[str], cwd: str, env: dict[str, str]) -> Forked | None:
    """Return a kernel that runs a command from here on; None where none can be forked for it."""
    if ADDRESS not in os.environ or command[:3] != LAUNCHER:
        return None
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(os.environ[ADDRESS])
        asked = {"argv": command[2:], "cwd": cwd, "env": env}
        line.sendall(json.dumps(asked).encode() + b"\n")
        told = seed.heard(line)
    except OSError:
        told = {}
    if not told:
        line.close()
    return Forked(told["pid"], line) if told else None


class Provisioner(LocalProvisioner):
    """What begins a kernel for Jupyter: forked where that can be, else as ever."""

    async def launch_kernel(self, cmd: list[str], **given) -> KernelConnectionInfo:
        """Begin a kernel."""
        kernel = forked(cmd, given.get("cwd") or os.getcwd(), given.get("env") or {**os.environ})
        if kernel is None:
            return await super().launch_kernel(cmd, **given)
        self.process, self.pid, self.pgid = kernel, kernel.pid, kernel.pid
        return self.connection_info


class Manager(AsyncKernelManager):
    """Jupyter's manager of one kernel, begun by our provisioner; `chapters` draws its figures."""

    async def _async_pre_start_kernel(self, **given):
        if self.provisioner is None and "kernel_provisioner" not in self.kernel_spec.metadata:
            self.provisioner = Provisioner(parent=self, kernel_spec=self.kernel_spec)
        given["env"] = {**(given.get("env") or os.environ), DRAWN_LATER: "1"}
        return await super()._async_pre_start_kernel(**given)
