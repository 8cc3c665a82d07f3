"""A run that repeats only what can come out otherwise says what a run of every statement says."""

import pytest
import running
from house import REPOSITORY
from test_statements import SHAKES

from computecycle.notebook import notebooks


def told(outcome: tuple[list, str]) -> tuple[list, str]:
    """All that was said, with the rows it rests on, as text; and the failure."""
    said, failure = outcome
    return [repr({**vars(each), "_said_in": None}) for each in said], failure


@pytest.mark.parametrize("name", notebooks.names(REPOSITORY))
def test_a_run_that_repeats_only_what_follows_says_what_a_whole_run_says(name):
    tables = notebooks.tables(REPOSITORY, name)
    table = tables[len(name) % len(tables)]
    repeated = running.run(name, {}, table, SHAKES["thinned"])
    whole = running.run(name, {}, table, SHAKES["thinned"], whole=True)
    assert told(repeated) == told(whole)
