"""The register: what was published leads somewhere, through every forwarding."""

import pytest

from computecycle.citing import register
from computecycle.evidence.errors import InputError


def lines(*each: tuple[str, str, str]) -> dict:
    return {
        (kind, id): dict(zip(register.COLUMNS, (kind, id, "2026.11", to), strict=True))
        for kind, id, to in each
    }


NOW = {("figure", "b"), ("chapter", "new"), ("value", "new.x"), ("row", "goods#apple")}


def test_forwarding_is_followed_to_its_end():
    known = lines(("figure", "a", "figure/c"), ("figure", "c", "figure/b"))
    assert register.moved(known, ("figure", "a")) == ("figure", "b")
    assert not register.lost(known, set(), NOW)


def test_what_belongs_to_a_chapter_or_table_that_moved_moves_with_it():
    known = lines(("chapter", "old", "chapter/new"), ("value", "old.x", ""))
    known |= lines(("value", "old.y", ""), ("table", "prices", "table/goods"))
    assert register.moved(known, ("value", "old.x")) == ("value", "new.x")
    assert register.moved(known, ("row", "prices#apple")) == ("row", "goods#apple")
    (gone,) = register.lost(known, {("row", "prices#apple")}, NOW | {("table", "goods")})
    assert 'The value "old.y" was published and is gone' in gone


@pytest.mark.parametrize("to", ["", "figure/nowhere", "figure/a", "figure/d"])
def test_what_leads_nowhere_or_in_a_circle_is_gone(to):
    known = lines(("figure", "a", to), ("figure", "d", "figure/a"))
    assert any('"a" was published and is gone' in each for each in register.lost(known, set(), NOW))


def test_what_the_report_still_has_is_not_forwarded():
    (told,) = register.lost(lines(("figure", "b", "chapter/new")), set(), NOW)
    assert 'forwards the figure "b", which the report still has' in told


def test_a_row_that_vanished_is_gone():
    (told,) = register.lost({}, {("row", "goods#pear")}, NOW)
    assert 'The row "goods#pear"' in told


@pytest.mark.parametrize(
    "text",
    [
        "kind,id\nvalue,a.b\n",
        "kind,id,edition,forwards_to\nnumber,a.b,2026.11,\n",
        "kind,id,edition,forwards_to\nvalue,a.b\n",
    ],
)
def test_a_malformed_line_is_named(tmp_path, text):
    (tmp_path / "editions").mkdir()
    (tmp_path / register.FILE).write_text(text)
    with pytest.raises(InputError, match=r"editions/register\.csv, line 2 is none of the register"):
        register.known(tmp_path)


def test_it_is_written_in_order_and_read_as_it_was(tmp_path):
    known = lines(("value", "a.b", ""), ("chapter", "a", "chapter/new"))
    more = register.extended(known, {("value", "a.a"), ("value", "a.b"), ("row", "t#x")}, "2026.12")
    register.write(tmp_path, more)
    assert register.known(tmp_path) == more
    assert list(register.known(tmp_path)) == sorted(
        more, key=lambda key: (register.KINDS.index(key[0]), key[1])
    )
    assert more["value", "a.b"]["edition"] == "2026.11" and ("row", "t#x") not in more
