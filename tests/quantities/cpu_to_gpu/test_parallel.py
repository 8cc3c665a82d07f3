"""Amdahl's rule on jobs worked by hand."""

import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.cpu_to_gpu import parallel


def test_what_cannot_be_split_sets_the_limit():
    assert parallel.time(0.1, 9) == pytest.approx(0.2)
    assert parallel.speedup(0.1, 9).number == pytest.approx(5)
    assert parallel.speedup(0.1, 1e12).number == pytest.approx(10)
    assert parallel.speedup(0.1, Given()).known is False


def test_a_job_has_two_parts_on_each_machine_that_is_known():
    table = parallel.jobs(0.2, {"one": Given(1.0), "four": Given(4.0), "none": Given()})
    assert list(table["machine"]) == ["one", "one", "four", "four"]
    assert list(table["start"]) == [0, 0.2, 0, 0.2]
    assert list(table["end"]) == pytest.approx([0.2, 1, 0.2, 0.4])
    assert list(table["speedup"]) == pytest.approx([1, 1, 2.5, 2.5])
    assert list(parallel.jobs(0.2, {}).columns) == parallel.JOBS
