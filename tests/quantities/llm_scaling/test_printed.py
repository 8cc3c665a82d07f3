"""What a document prints: one row, its number, its date; silence where there is none."""

import pandas as pd
import pytest

from computecycle.quantities.llm_scaling import printed

TABLE = pd.DataFrame(
    {
        "what": ["GPT-3", "GPT-4", "BERT", "BERT"],
        "date": ["2020-05", "2023-04", "2018", "2020"],
        "size": [175.0, None, 0.1, 0.3],
        "year": [2020, 2023, 2020, 2020],
    },
    index=[f"data/table.csv:{line}" for line in range(2, 6)],
)


def test_a_row_is_named_by_its_cells():
    found = printed.number(TABLE, "size", what="GPT-3")
    assert found.number == 175
    assert list(found.rows[0].index) == ["data/table.csv:2"]


def test_several_rows_are_a_mistake_and_none_is_not():
    with pytest.raises(ValueError, match="names 2 rows"):
        printed.number(TABLE, "size", what="BERT")
    assert not printed.number(TABLE, "size", what="GPT-5").known
    assert not printed.number(TABLE, "size", what="GPT-4").known  # an empty cell
