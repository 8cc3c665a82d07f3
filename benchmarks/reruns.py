"""Time what an analyst does, beside one plain run of the same notebook by papermill.

Run `python benchmarks/reruns.py`. All are commands on the report as it is built, in one run, so the
ratios hold on other machines; what a publisher gives comes from a server on this machine.
"""

import http.server
import importlib.util
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
from sweeps import by_papermill

from computecycle.evidence import data, place
from computecycle.evidence.refresh import overlay, owid, web

COMMAND = [sys.executable, "-c", "from computecycle.cli import main; main()"]
CHAPTER, SET = "capex_gap", "useful_life_years=4.25"
DRAWS = "100000"


def table() -> pd.DataFrame:
    """Return the time of each job: job, seconds, ratio (of a plain run by papermill to it)."""
    root = place.root()
    with tempfile.TemporaryDirectory() as folder:
        study, swept = f"{folder}/study", f"{folder}/swept"
        jobs = {
            "plain papermill, the notebook alone": lambda: by_papermill(root, 4.25),
            "run: a chapter, its site, its receipt": lambda: said(
                root, 0, "run", CHAPTER, "-p", SET, "--out", study
            ),
            "compare: that study with the edition": lambda: said(root, 1, "compare", study),
            f"sweep: {int(DRAWS):,} draws over all ranges": lambda: said(
                root, 0, "sweep", CHAPTER, "--ranges", "--sample", DRAWS, "--out", swept
            ),
        }
        if importlib.util.find_spec("httpx") and importlib.util.find_spec("stamina"):
            jobs["refresh: a publisher's rows against the table"] = refreshed
        took = {job: seconds(do) for job, do in jobs.items()}
    plain = next(iter(took.values()))
    rows = [(job, each, plain / each) for job, each in took.items()]
    return pd.DataFrame(rows, columns=["job", "seconds", "ratio"])


def seconds(do: Callable[[], object]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def said(root: Path, status: int, *words: str) -> str:
    """Run the command to its end, which has to have a status; return what it said."""
    outcome = subprocess.run([*COMMAND, *words], cwd=root, capture_output=True, text=True)
    if outcome.returncode != status:
        sys.exit(outcome.stderr)
    return outcome.stdout


def refreshed() -> None:
    """Ask a server on this machine for all that Our World in Data's table holds."""
    known = data.load(owid.TABLE)
    lines = [f"{row.country},,{row.period},{row.value}" for row in known.itertuples()]
    body = "\n".join([f"Entity,Code,Year,{owid.DEMAND}", *lines, ""]).encode()

    class Publisher(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802, the name is http.server's
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Publisher) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        owid.ADDRESS, web.PAUSE = f"http://127.0.0.1:{server.server_port}/demand.csv", 0
        overlay.proposed("owid", date(2030, 1, 1))
        server.shutdown()


def main() -> None:
    found = table()
    for row in found.itertuples():
        print(f"{row.job:50} {row.seconds:7.2f} s  {row.ratio:7.2f} times as fast as papermill")


if __name__ == "__main__":
    main()
