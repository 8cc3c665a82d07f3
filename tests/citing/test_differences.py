"""How much two tables differ."""

from computecycle.citing import differences

BEFORE = "Company,Sales [$]\nA,1\nB,2\nB,5\n"


def test_changed_cells_are_counted_and_the_largest_is_told():
    found = differences.between(BEFORE, "Company,Sales [$]\nA,1.1\nB,4\nB,5\n")
    assert (found.cells, found.came, found.went) == (2, 0, 0)
    assert found.words() == "2 cells changed; the largest change is Sales [$]: 2 to 4"


def test_rows_belong_together_by_their_names():
    found = differences.between(BEFORE, "Company,Sales [$]\nC,9\nB,2\nB,5\n")
    assert found.words() == "1 row more, 1 row less"


def test_the_same_table_differs_in_nothing():
    assert differences.between(BEFORE, BEFORE).size == 0


def test_a_table_of_other_columns_is_not_compared():
    assert differences.between(BEFORE, "Company\nA\n") is None
    assert differences.between("", "") is None
