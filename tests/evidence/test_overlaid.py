"""What a reader's rows do to the rows of the report."""

from pathlib import Path

from house import CHIPS

from computecycle.evidence import overlaid

HEADER = CHIPS.splitlines()[0]
NEW = "B200,2024-11,30000,USD,,2024,true,maker,page 9,2024-11-20,printed"
LATER = "A100,2020-05,11000,USD,2,2020,true,maker,page 1,2020-09-01,printed"
OLDER = "A100,2021-06,8000,USD,,2021,false,shop,page 3,2020-01-01,printed"


def test_rows_are_added_supersede_or_are_not_used(shelf, tmp_path):
    Path(tmp_path / "mine").mkdir()
    (tmp_path / "mine/chips.csv").write_text("\n".join([HEADER, NEW, LATER, OLDER]) + "\n")
    found = overlaid.changes(tmp_path / "mine")
    assert [(change.does, change.key, change.line) for change in found] == [
        ("added", "B200 · 2024-11", 2),
        ("supersedes", "A100 · 2020-05", 3),
        (overlaid.OLDER, "A100 · 2021-06", 4),
    ]
    assert found[0].before == {}
    assert found[1].differing() == ["price", "known_from"]
    assert found[2].before["price"] == "9500", "the newest known row, not an earlier one"


def test_of_two_rows_of_a_reader_the_newer_is_used_and_of_a_day_none_after_it(shelf, tmp_path):
    newer = NEW.replace("2024-11-20", "2025-01-20").replace("30000", "28000")
    (tmp_path / "chips.csv").write_text("\n".join([HEADER, NEW, newer]) + "\n")

    def done(as_of: str = "") -> list[str]:
        return [change.does for change in overlaid.changes(tmp_path, as_of)]

    assert done() == [overlaid.REPLACED, "added"]
    assert done("2024-12-31") == ["added", overlaid.LATER]
    assert done("2024-01-31") == [overlaid.LATER, overlaid.LATER]
    told = overlaid.changes(tmp_path)[0].told()
    assert told == f"Laid over: B200 · 2024-11, {overlaid.REPLACED}"
