"""The cost of a GFLOPS: windows, the convention that reproduces them, rounding."""

import math

import pandas as pd
import pytest

from computecycle.evidence.errors import InputError
from computecycle.quantities import growth
from computecycle.quantities.cpu_to_gpu import gflops


def costs(*rows: tuple) -> pd.DataFrame:
    columns = ["platform", "date", "cost_2022", "printed", "original_cost", "original_cost_printed"]
    return pd.DataFrame(rows, columns=columns)


COSTS = costs(
    ("early", "2000", 100.0, "$100", 50.0, "$50"),
    ("middle", "2002-03", 5.0, "$5", 4.0, "$4"),
    ("dear", "2002-03", 6.0, "$6", 5.0, "$5"),
    ("late", "2005-01", 0.1, "$0.10", 0.1, "$0.10"),
)
DECLINES = pd.DataFrame(
    {"window_start": [2002, 2000], "window_length": [2.8, 4.0], "annual_decline": [74.76, 82.23]}
)


@pytest.mark.parametrize(
    "printed, half",
    [
        ("$0.10", 0.005),
        ("$0.07", 0.005),
        ("$1.80", 0.005),
        ("$55,000", 500),
        ("$100,000,000", 5e7),
        ("1.96E+11", 5e8),
        ("2E+15", 5e14),
        ("200 亿美元", 5e9),
        ("130 万亿美元", 5e12),
        ("$640", 5),
    ],
)
def test_a_printed_number_stands_for_half_of_its_last_place_around_it(printed, half):
    assert gflops.half_unit(printed) == pytest.approx(half)


def test_a_text_without_a_number_has_no_place():
    assert math.isnan(gflops.half_unit("not told"))


def test_a_bare_date_names_a_day_by_convention():
    assert gflops.day("1945", "end", "first") == pd.Timestamp("1945-12-31")
    assert gflops.day("2003-02", "end", "last") == pd.Timestamp("2003-02-28")
    assert gflops.day("2003-02", "start", "middle") == pd.Timestamp("2003-02-15")


def test_a_window_runs_from_the_first_platform_of_its_year_to_the_last_of_all():
    pair = gflops.window(gflops.dated(COSTS), 2002)
    assert list(pair["platform"]) == ["middle", "late"]
    assert gflops.window(gflops.dated(COSTS), 2001).empty
    assert gflops.window(gflops.dated(COSTS), 2005).empty


def test_the_decline_compounds():
    pair = gflops.window(gflops.dated(COSTS), 2000)
    years = growth.years_between("2000-12-31", "2005-01-01", "actual/365")
    assert gflops.decline(pair, "actual/365").number == pytest.approx(1 - 0.001 ** (1 / years))
    assert gflops.decline(pair, "actual/365").number != pytest.approx(0.999 / years)
    assert "day" not in gflops.decline(pair, "actual/365").rows[0]


def test_the_rounding_of_the_last_price_moves_a_short_window_more():
    found = gflops.windows(COSTS, DECLINES)
    assert list(found["window"]) == ["since 2000", "since 2002"]
    width = found["high"] - found["low"]
    assert (found["low"] < found["rate"]).all() and (found["rate"] < found["high"]).all()
    assert width.iloc[1] > width.iloc[0]
    both = gflops.windows(COSTS, DECLINES, ends="both")
    assert (both["low"] < found["low"]).all() and (both["high"] > found["high"]).all()


def test_the_range_of_rounding_is_that_of_its_ends():
    pair = gflops.window(gflops.dated(COSTS), 2002)
    years = gflops.length(pair, "actual/365")
    low, high = gflops.rounded(pair, "actual/365")
    assert low == pytest.approx(1 - (0.105 / 5) ** (1 / years))
    assert high == pytest.approx(1 - (0.095 / 5) ** (1 / years))


def test_one_convention_reproduces_what_was_made_by_it():
    found = gflops.windows(COSTS, DECLINES, gflops.FOUND)
    told = DECLINES.sort_values("window_start").assign(
        annual_decline=(found["rate"] * 100).round(2).to_numpy(),
        window_length=found["years"].round(1).to_numpy(),
    )
    tried = gflops.conventions(COSTS, told)
    right = tried[tried["windows"] == 2]
    assert len(tried) == 3 * 3 * len(growth.DAY_COUNTS)
    assert gflops.FOUND in right[list(gflops.FOUND)].to_dict("records")
    start = gflops.windows(COSTS, told, gflops.FOUND | {"bare_year": "start"})
    assert gflops.reproduced(start) < 2


def test_a_window_comes_out_only_with_its_rate_and_its_length():
    """One window with a wrong rate and another with a wrong length are two that do not."""
    found = gflops.windows(COSTS, DECLINES)
    right = found.assign(printed=found["rate"].round(4), printed_years=found["years"].round(1))
    assert gflops.reproduced(right) == 2
    wrong = right.assign(
        printed=right["printed"] + [0.01, 0], printed_years=right["printed_years"] + [0, 1]
    )
    assert gflops.reproduced(wrong) == 0


def test_a_window_is_asked_for_by_the_year_in_which_it_begins():
    found = gflops.windows(COSTS, DECLINES)
    year = found["start"].iloc[-1]
    assert gflops.of_window(found, "rate", year, [COSTS]).number == found["rate"].iloc[-1]
    assert not gflops.of_window(found, "rate", 1066, [COSTS]).known
    assert gflops.of_windows(found["rate"], "min", [COSTS]).number == found["rate"].min()
    assert gflops.of_windows(found["rate"], "count", [COSTS]).number == len(found)
    assert not gflops.of_windows(found["rate"].iloc[:0], "min", [COSTS]).known


def test_a_free_window_takes_what_lies_within_its_years():
    dated = gflops.dated(COSTS)
    assert list(gflops.free_window(dated, 2001, 2010)["platform"]) == ["middle", "late"]
    assert gflops.free_window(dated, 2002, 2002).empty
    with pytest.raises(InputError, match="first_year is 2010 and last_year 2001"):
        gflops.free_window(dated, 2010, 2001)


def test_a_platform_is_the_lowest_if_none_up_to_its_day_costs_less():
    table = gflops.cheapest(gflops.dated(COSTS))
    assert table.set_index("platform")["lowest"].to_dict() == {
        "early": True, "middle": True, "dear": False, "late": True,
    }  # fmt: skip
    rising = costs(("a", "2000", 1.0, "$1", 1.0, "$1"), ("b", "2001", 2.0, "$2", 2.0, "$2"))
    assert list(gflops.cheapest(gflops.dated(rising))["lowest"]) == [True, False]


def test_platforms_are_drawn_with_the_names_asked_for():
    drawn = gflops.drawn(gflops.dated(COSTS), "original_cost", ["late"])
    assert list(drawn["label"]) == ["", "", "", "late"]
    assert drawn["cost"].iloc[0] == 50
    assert len(gflops.since(drawn, 2002)) == 3


def test_a_straight_line_on_a_log_axis_has_one_rate():
    rows = costs(*((str(y), str(y), 2.0 ** (2000 - y), "", 1.0, "") for y in range(2001, 2006)))
    assert gflops.straight(gflops.dated(rows)).growth == pytest.approx(0.5, abs=0.001)


def test_a_board_costs_its_price_for_each_of_its_gflops():
    chips = pd.DataFrame(
        {
            "product": ["A", "B"],
            "released": pd.to_datetime(["2020-01-01", "2021-01-01"]),
            "price_performance": [0.05, None],
        }
    )
    boards = gflops.boards(chips)
    assert list(boards["platform"]) == ["A"]
    assert boards["cost"].iloc[0] == pytest.approx(0.02)


def test_without_rows_nothing_is_computed():
    none, told = COSTS.iloc[:0], DECLINES.iloc[:0]
    dated = gflops.dated(none)
    assert gflops.windows(none, told).empty
    assert gflops.reproduced(gflops.windows(none, told)) == 0
    assert (
        gflops.free_window(dated, 2000, 2010).empty and gflops.drawn(dated, "cost_2022", []).empty
    )
    assert not gflops.decline(dated, "actual/365").known
    assert math.isnan(gflops.rounded(dated, "actual/365")[0])
    assert gflops.ends(dated).empty and gflops.straight(dated).points == 0
