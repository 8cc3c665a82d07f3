"""Tests that share a preparation go to one process, which pytest-xdist reads from their names."""

import os

import pytest
from dealing import group_of


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs all tests")
def test_each_test_bears_the_name_of_its_group(request):
    """Else nothing fails, but every process prepares everything."""
    lone = [each.nodeid for each in request.session.items if "@" not in each.nodeid]
    assert not lone
    assert request.node.nodeid.endswith(f"@{group_of(request.node)}")
