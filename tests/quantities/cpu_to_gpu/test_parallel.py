"""Amdahl's rule on jobs worked by hand."""

import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.cpu_to_gpu import parallel


def test_what_cannot_be_split_sets_the_limit():
    assert parallel.time(0.1, 9) == pytest.approx(0.2)
    assert parallel.speedup(0.1, 9).number == pytest.approx(5)
    assert parallel.speedup(0.1, 1e12).number == pytest.approx(10)
    assert parallel.speedup(0.1, Given()).known is False
