"""What a reader's rows do to the rows of the report."""

from pathlib import Path

from house import CHIPS

from computecycle.evidence import overlaid

HEADER = CHIPS.splitlines()[0]
NEW = "B200,2024-11,30000,USD,,2024,true,maker,page 9,2024-11-20,printed"
LATER = "A100,2020-05,11000,USD,2,2020,true,maker,page 1,2020-09-01,printed"
OLDER = "A100,2021-06,8000,USD,,2021,false,shop,page 3,2020-01-01,printed"


def test_rows_are_added_supersede_or_are_older(shelf, tmp_path):
    Path(tmp_path / "mine").mkdir()
    (tmp_path / "mine/chips.csv").write_text("\n".join([HEADER, NEW, LATER, OLDER]) + "\n")
    found = overlaid.changes(tmp_path / "mine")
    assert [(change.does, change.key, change.line) for change in found] == [
        ("added", "B200 · 2024-11", 2),
        ("supersedes", "A100 · 2020-05", 3),
        ("older", "A100 · 2021-06", 4),
    ]
    assert found[0].before == {}
    assert found[1].differing() == ["price", "known_from"]
    assert found[2].before["price"] == "9500", "the newest known row, not an earlier one"
