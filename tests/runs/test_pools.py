"""Processes beside this one, whatever has run in it."""

import subprocess
import sys

import pytest

from computecycle.charts import theme
from computecycle.citing import pictures
from computecycle.runs.pools import pool

BAR = {"data": {"values": [{"a": 1}]}, "mark": "bar"}
SHEET = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
SECONDS = 60


@pytest.mark.parametrize("work", [(theme.svg, BAR), (pictures.pdf, SHEET, "")], ids=["svg", "pdf"])
def test_others_draw_what_this_process_has_drawn(work):
    """A copy of a process in which the program has run would wait for ever."""
    make, *given = work
    here = make(*given)
    assert theme.has_drawn()
    with pool(1) as others:
        assert others.submit(make, *given).result(SECONDS) == here


def test_others_are_copies_while_nothing_was_drawn(monkeypatch):
    monkeypatch.setattr(theme, "has_drawn", lambda: False)
    with pool(1) as others:
        method = others._mp_context.get_start_method()
    assert method == ("fork" if sys.platform == "linux" else "spawn")


def test_what_is_copied_has_imported_no_program_that_draws():
    """Its threads are not copied with a process, and who waits for them waits for ever."""
    rooms = ("citing.capsules", "runs.chapters", "runs.seed", "site.build", "site.reruns")
    code = "".join(f"import computecycle.{room}\n" for room in rooms)
    code += "computecycle.runs.seed.prepare()\nprint(computecycle.charts.theme.has_drawn())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
