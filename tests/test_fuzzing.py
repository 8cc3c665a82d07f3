"""Whatever a reader or an author writes is taken or refused in a sentence, and that is all."""

import os
import subprocess

import fuzzing
import pytest

from computecycle.evidence import data

SLOWEST = 3  # s of the processor, for one input; the first one imports what reads it


@pytest.mark.parametrize("name", fuzzing.KINDS)
def test_hostile_input_is_taken_or_refused(tmp_path, monkeypatch, name):
    monkeypatch.setattr(data, "FOLDER", tmp_path / "data")
    fuzzing.furnish(tmp_path)
    kind = fuzzing.KINDS[name]
    fed, refused, slowest = fuzzing.feed(kind, tmp_path, kind.few)
    data.sources.cache_clear()
    assert fed >= kind.few // 2 and refused, "inputs that are never refused try nothing"
    assert slowest < SLOWEST


def test_the_guard_itself(tmp_path):
    (tmp_path / "own").mkdir()
    with fuzzing.inside(tmp_path / "own"):
        (tmp_path / "own/file").write_text("")
        for forbidden in (
            lambda: (tmp_path / "other").write_text(""),
            lambda: os.remove(tmp_path / "own/../gone"),
            lambda: subprocess.run(["true"]),
        ):
            with pytest.raises(AssertionError, match="an input led to"):
                forbidden()
