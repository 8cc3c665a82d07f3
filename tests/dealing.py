"""How tests are dealt to the test processes: what shares its preparation goes to one process.

A process takes a *group* of tests whenever it is free. Tests that run the same chapter or look at
the same house are a group; what takes long begins early, so that the processes end together; what
reads the built report has its turn once one of them has built it.
"""

import pytest
from _pytest.nodeid import coerce_node_id
from house import REPOSITORY

from computecycle.notebook import notebooks

CHAPTERS = notebooks.names(REPOSITORY)
APART = {"test_site", "test_cli"}  # files whose tests share no preparation but these fixtures
SHARED = ["tour", "rerun", "standing"]
HOUSES = {"trial", "old_site", "built_trial", "changed_site", "copy", "house", "small"}
LONG = {"test_charts"}  # files of many drawings


def chapter_of(item: pytest.Item) -> str:
    """The chapter that a test runs in its process, or an empty text."""
    given = item.callspec.params.values() if hasattr(item, "callspec") else []
    firsts = [each[0] if isinstance(each, tuple) else each for each in given]
    named = [each for each in firsts if isinstance(each, str) and each in CHAPTERS]
    return named[0] if named and hasattr(item.module, "running") else ""


def reads_report(item: pytest.Item) -> bool:
    """Whether a test reads the built report, which a parameter may name."""
    given = item.callspec.params.values() if hasattr(item, "callspec") else []
    named = {*item.fixturenames, *(each for each in given if isinstance(each, str))}
    return "report" in named


def group_of(item: pytest.Item) -> str:
    """The group of a test, by name; what reads the built report is a group of its own."""
    given = item.callspec.params if hasattr(item, "callspec") else {}
    if chapter_of(item):
        return chapter_of(item)
    if item.path.stem not in APART:
        return item.path.stem + " report" * reads_report(item)
    shared = [f"{name} {given.get(name, '')}" for name in SHARED if name in item.fixturenames]
    return " ".join(shared) or item.nodeid


def turn_of(item: pytest.Item) -> int:
    """When the group of a test has its turn: the smaller, the earlier."""
    if "tour" in item.fixturenames and item.callspec.params["tour"] == ("http", 0):
        return 0  # builds the report
    if chapter_of(item) or item.path.stem in LONG:
        return 1
    if HOUSES & {*item.fixturenames} and not reads_report(item):
        return 2
    return 3 if reads_report(item) else 4


def deal(items: list[pytest.Item]) -> None:
    """Put tests into groups, and the groups, each whole, in the order of their turns."""
    groups = {item: group_of(item) for item in items}
    turns = {}
    for item, group in groups.items():
        turns[group] = min(turn_of(item), turns.get(group, 4))
    first = {group: number for number, group in reversed(list(enumerate(groups.values())))}
    items.sort(key=lambda item: (turns[groups[item]], first[groups[item]]))
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))


def tell(items: list[pytest.Item]) -> None:
    """Let the names that pytest-xdist gave to tests, which end with their group, be those that
    pytest tells: since 9.2 it reads them elsewhere, and each test would be dealt by itself."""
    for item in items:
        item._id = coerce_node_id(getattr(item, "_nodeid", item.nodeid))
