"""What `make bench` writes: every section is there, no place of the machine, and numbers."""

import importlib
import socket
import sys

import pytest
from house import REPOSITORY

sys.path.append(str(REPOSITORY / "benchmarks"))

import bench  # noqa: E402
import build as speed  # noqa: E402
import supply  # noqa: E402
from tables import Table, shown  # noqa: E402


@pytest.mark.parametrize("name", bench.SECTIONS)
def test_a_section_has_a_title_and_measures(name):
    section = importlib.import_module(name)
    assert section.TITLE[0].isupper() and callable(section.measure)


def test_every_table_is_markdown_with_numbers_that_a_measurement_has():
    table = Table("Words:", ["what", "seconds"], [["a", 0.01234], ["b", 12.34], ["c", 1_000]])
    lines = ["| what | seconds |", "| --- | ---: |", "| a | 0.012 |", "| b | 12 |", "| c | 1,000 |"]
    assert table.markdown() == "Words:\n\n" + "".join(f"{line}\n" for line in lines)
    assert [shown(number) for number in (0.0, 1.5, 9.96, float("nan"))] == ["0", "1.5", "10.0", ""]


def test_the_head_tells_the_machine_and_not_whose_it_is():
    told = " ".join(bench.facts().values())
    assert "cores" in told and "jupyter-book 1." in told
    assert socket.gethostname() not in told and str(REPOSITORY) not in told


def test_an_unknown_section_is_one_sentence(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["bench.py", "biuld"])
    with pytest.raises(SystemExit, match='There is no section "biuld". There are build, growth'):
        bench.main()


def test_the_changes_that_are_measured_change_something(tmp_path):
    """A column that goes or a function without a return would measure nothing."""
    table, code = f"data/{speed.CELL[0]}.csv", f"src/computecycle/{speed.FUNCTION}"
    for name in (table, code):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes((REPOSITORY / name).read_bytes())
    speed.change_a_cell(tmp_path)
    speed.change_a_function(tmp_path)
    for name in (table, code):
        assert (tmp_path / name).read_bytes() != (REPOSITORY / name).read_bytes()


def test_without_the_network_the_audit_says_so(monkeypatch):
    """It answers nothing, or that it could look up no package."""

    class Told:
        stdout = ""

    monkeypatch.setattr(supply.subprocess, "run", lambda *_, **__: Told)
    assert supply.audit() == supply.NEEDS
    Told.stdout = '{"dependencies": [{"name": "a", "skip_reason": "not found"}]}'
    assert supply.audit() == supply.NEEDS
    hole = '{"id": "X-1", "fix_versions": ["2"]}'
    Told.stdout = f'{{"dependencies": [{{"name": "a", "version": "1", "vulns": [{hole}]}}]}}'
    assert supply.audit() == "a 1: X-1, mended in 2."
