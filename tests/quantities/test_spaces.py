"""Spaces of assumptions: points, shares of the variance, what turns a verdict."""

import numpy as np
import pandas as pd
import pytest

from computecycle.quantities import spaces

SPACE = pd.DataFrame(
    [("a", "uniform", 0.0, np.nan, 2.0, 3, False), ("n", "uniform", 1.0, np.nan, 4.0, 4, True)],
    columns=["assumption", "distribution", "low", "mode", "high", "count", "whole"],
)
BASE = {"a": 0.5, "n": 2.0}


def weighted(points: pd.DataFrame) -> np.ndarray:
    """A sum whose variance over the grid is known by hand: 9 a has 54, 4 n has 20."""
    return 9 * points["a"].to_numpy() + 4 * points["n"].to_numpy()


def test_a_grid_holds_every_combination_the_last_side_first():
    points = spaces.grid(SPACE)
    assert points["a"].tolist() == [0.0] * 4 + [1.0] * 4 + [2.0] * 4
    assert points["n"].tolist() == [1.0, 2.0, 3.0, 4.0] * 3


def test_whole_numbers_are_drawn_whole_and_the_seed_decides():
    points = spaces.drawn(SPACE, 500, seed=3)
    assert set(points["n"]) == {1.0, 2.0, 3.0, 4.0} and points["a"].between(0, 2).all()
    assert points.equals(spaces.drawn(SPACE, 500, seed=3))
    assert not points.equals(spaces.drawn(SPACE, 500, seed=4))


def test_shares_of_a_sum_over_a_grid_are_those_by_hand():
    points = spaces.grid(SPACE)
    shares = spaces.shares_of_grid(points, weighted(points)).set_index("assumption")
    assert shares["first"].to_dict() == pytest.approx({"a": 54 / 74, "n": 20 / 74})
    assert shares["total"].to_dict() == pytest.approx({"a": 54 / 74, "n": 20 / 74})


def test_a_product_shares_what_neither_moves_alone():
    points = spaces.grid(SPACE.assign(low=[-1.0, -1.0], high=[1.0, 1.0], whole=False))
    shares = spaces.shares_of_grid(points, (points["a"] * points["n"]).to_numpy())
    assert shares["first"].tolist() == pytest.approx([0, 0], abs=1e-12)
    assert shares["total"].tolist() == pytest.approx([1, 1])


def test_what_does_not_vary_has_no_shares():
    points = spaces.grid(SPACE)
    assert spaces.shares_of_grid(points, np.ones(len(points)))["first"].isna().all()


def test_shares_of_draws_come_near_those_by_hand():
    """Of 3 a + b over even distributions of one width: 9 tenths and 1 tenth."""
    space = SPACE.assign(low=0.0, high=1.0, whole=False)

    def numbers(points: pd.DataFrame) -> np.ndarray:
        return np.array([3 * points["a"] + points["n"], points["a"]])

    shares = spaces.shares_of_draws(space, numbers, ["sum", "a"], 1024, seed=1)
    assert shares["sum"]["first"].tolist() == pytest.approx([0.9, 0.1], abs=0.05)
    assert shares["a"]["total"].tolist() == pytest.approx([1, 0], abs=0.05)


def test_one_at_a_time_the_others_stay():
    along = spaces.one_at_a_time(SPACE, BASE, 9)
    assert along.iloc[0].to_dict() == {"moved": "", **BASE}
    assert along.loc[along["moved"] == "a", ["a", "n"]].to_numpy().tolist() == [
        [0.0, 2.0],
        [1.0, 2.0],
        [2.0, 2.0],
    ]
    assert len(spaces.one_at_a_time(SPACE.assign(count=0), BASE, 9)) == 1 + 9 + 4


def test_the_ends_of_a_tornado():
    along = spaces.one_at_a_time(SPACE, BASE, 9)
    ends = spaces.ends(along, weighted(along))
    assert ends["assumption"].tolist() == ["a", "a", "n", "n"]
    assert ends["number"].tolist() == [8.0, 26.0, 8.5, 20.5]
    assert ends["swing"].tolist() == [18.0, 18.0, 12.0, 12.0] and set(ends["base"]) == {12.5}


def test_the_smallest_move_breaks_a_claim_first():
    along = spaces.one_at_a_time(SPACE, BASE, 9)
    holds = [bool(each) for each in weighted(along) < 15]
    first = spaces.breaks(SPACE, along, np.array(holds, dtype=object))
    assert first == {"assumption": "a", "at": 1.0, "move": 0.25}
    blank = spaces.one_at_a_time(SPACE, {**BASE, "a": np.nan}, 9)
    assert spaces.breaks(SPACE, blank, np.array(holds, dtype=object))["assumption"] == "n"
    turned = np.array([None, *holds[1:]], dtype=object)
    assert spaces.breaks(SPACE, along, turned) is None
    assert spaces.breaks(SPACE, along, np.array([True] * len(along), dtype=object)) is None
