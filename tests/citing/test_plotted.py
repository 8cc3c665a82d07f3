"""Data as plotted: what a reader gets of a chart's own tables."""

from pathlib import Path

import pytest

from computecycle.citing import plotted
from computecycle.evidence.errors import InputError

ROOT = Path(__file__).parents[2]
HEAD = "figure,table,column,title,unit,meaning\n"


@pytest.fixture
def declaring(tmp_path):
    """A folder whose `book/columns.csv` has some lines."""

    def write(lines: str) -> Path:
        (tmp_path / "book").mkdir(exist_ok=True)
        (tmp_path / "book/columns.csv").write_text(HEAD + lines, encoding="utf-8")
        return tmp_path

    return write


def spec(*tables: list[dict]) -> dict:
    return {"datasets": {f"data-{at}": rows for at, rows in enumerate(tables)}}


def test_headings_are_human_and_bear_their_units(declaring):
    root = declaring("f,,day,Day,,\nf,,value,Required revenue,$ billion,What is asked.\n")
    rows = [{"day": "2024-01-31", "value": 1 / 3, "order": 1}]
    (table,) = plotted.tables(root, "f", spec(rows))
    assert table.csv() == "Day,Required revenue [$ billion]\n2024-01-31,0.333333\n"
    assert [column.type for column in table.columns] == ["date", "number"]
    (columns,) = plotted.dictionary([table], lambda _: "f.csv").values()
    told = {"name": "value", "unit": "$ billion", "type": "number", "meaning": "What is asked."}
    assert columns[1] == {"title": "Required revenue [$ billion]", **told}


def test_tables_that_only_place_words_are_left_out_and_a_row_stands_once(declaring):
    root = declaring("f,,x,X,m,\nf,,y,Y,m,\n")
    ends = [{"x": 2, "y": 4, "label": "the end"}]
    (table,) = plotted.tables(root, "f", spec([{"x": 1, "y": 3}, {"x": 2, "y": 4}], ends))
    assert table.rows == [["1", "3"], ["2", "4"]]
    (table,) = plotted.tables(
        root, "f", spec([{"x": 1, "y": 3}], [{"x": 1, "y": 3}, {"x": 5, "y": 6}])
    )
    assert table.rows == [["1", "3"], ["5", "6"]]


def test_several_tables_are_named_by_what_they_are(declaring):
    root = declaring("f,points,x,X,m,\nf,fit,slope,Slope,m,\n")
    found = plotted.tables(root, "f", spec([{"x": 1}], [{"slope": 2}]))
    assert [table.name for table in found] == ["points", "fit"]
    found = plotted.tables(root, "f", spec([{"x": 1}], []))
    assert [table.name for table in found] == ["points"]
    with pytest.raises(InputError, match="the columns slope"):
        plotted.tables(root, "f", spec([{"x": 1}]))


def test_a_declared_column_that_the_chart_lacks_is_a_sentence(declaring):
    root = declaring("f,,gone,Gone,m,\n")
    with pytest.raises(InputError, match="book/columns.csv gives figure f the columns gone; no"):
        plotted.tables(root, "f", spec([{"x": 1}]))
    assert plotted.tables(root, "f", spec([])) == []


@pytest.mark.parametrize("line", ["f,../out,x,X,m,\n", "f,,x\n", "f,,x,X,m,what,more\n"])
def test_a_line_that_declares_no_column_is_a_sentence_with_its_place(declaring, line):
    with pytest.raises(InputError, match="^book/columns.csv, line 2: write figure, table"):
        plotted.tables(declaring(line), "f", spec([{"x": 1}]))


def test_a_figure_that_is_not_declared_gives_all_its_columns(declaring):
    (table,) = plotted.tables(declaring(""), "new", spec([{"gross_margin": 0.5, "name": "a|b\nc"}]))
    assert table.csv() == "Gross margin,Name\n0.5,a b c\n"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (0.1 + 0.2, "0.3"),
        (1971.0, "1971"),
        (196000000000.0, "196000000000"),
        (2e26, "2e+26"),
        (None, ""),
        (True, "true"),
        (-0.0000123456789, "-1.23457e-05"),
    ],
)
def test_a_number_has_few_digits_and_no_noise(cell, written):
    assert plotted.text(cell) == written
