"""What readers also call a page, and where the search finds it by that."""

from types import SimpleNamespace

import pytest

from computecycle.site import search

FOUND = [
    search.Record("book/reading.html", "How to read this", "page", "A tick is a promise."),
    search.Record("tables/rides.html", "Rides", "table", "Rides a week."),
]


def test_a_page_is_found_by_what_readers_call_it(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book/search.csv").write_text(
        "address,asked\nbook/reading.html,check mark; sure\n", encoding="utf-8"
    )
    reading, rides = search.named(FOUND, search.asked(tmp_path))
    assert reading.called == "(check mark; sure)"
    assert 'weight="10">How to read this (check mark; sure)</p>' in reading.page()
    assert rides == FOUND[1]


@pytest.mark.parametrize("more", [0, 1])
def test_small_files_are_written_in_memory_where_it_has_room(tmp_path, monkeypatch, more):
    free = search.ROOM * 10 + more
    monkeypatch.setattr(search, "MEMORY", str(tmp_path))
    monkeypatch.setattr(search.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert search.roomy(10) == (str(tmp_path) if more else None)
    monkeypatch.setattr(search, "MEMORY", str(tmp_path / "none"))
    assert search.roomy(10) is None
