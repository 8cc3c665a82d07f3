"""What a year's purchases and the chips at work ask for: quarters by hand."""

import numpy as np
import pandas as pd
import pytest
from asking import EARNED, FIRST, close, nvidia

from computecycle.evidence import data
from computecycle.evidence.given import Given
from computecycle.quantities.capex_gap import need, question

DAY = pd.Timestamp("2025-05-28")


def sold() -> pd.DataFrame:
    """Eight quarters of 10 to 80, networking a tenth of the fourth and of the year before."""
    days = pd.date_range("2023-05-28", periods=8, freq="91D")
    periods = [f"FY{year}Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)]
    rows = [
        (period, 10_000.0 * (place + 1), day)
        for place, (period, day) in enumerate(zip(periods, days, strict=True))
    ]
    filed = nvidia(*rows, ("FY2024", 100_000.0, "2024-02-21"))
    network = nvidia(("FY2025Q2", 30_000.0, "2024-08-28"), ("FY2024", 10_000.0, "2024-02-21"))
    both = pd.concat([filed, network.assign(metric="networking_revenue")], ignore_index=True)
    return both.assign(period_end=both["known_from"])


SOLD = sold()
CHIPS = [9, 18, 27, 36, 25, 30, 35, 40]  # a tenth off in 2024, half off from the quarter told on


def test_networking_is_taken_out_of_each_quarter():
    bought = need.purchases(SOLD)
    assert bought["whole"].tolist() == close([10, 20, 30, 40, 50, 60, 70, 80])
    assert bought["chips"].tolist() == close(CHIPS)
    plain = need.purchases(SOLD[SOLD["metric"] == "data_center_revenue"])
    assert plain["chips"].tolist() == close(plain["whole"].tolist()), "none is on file"


def test_a_share_stands_in_where_the_newest_quarter_tells_none():
    assert need.stands_in(SOLD)
    told = SOLD[SOLD["period"] <= "FY2025Q2"]
    assert not need.stands_in(told) and not need.stands_in(
        SOLD[SOLD["metric"] != "networking_revenue"]
    )


def test_the_month_before_which_nothing_is_on_file():
    assert need.begin(SOLD) == "March 2023"
    assert need.begin(SOLD.iloc[:0]) == ""


def test_the_flow_is_the_newest_quarter_four_times():
    assert need.flow(SOLD, DAY).number == close(160)
    assert need.flow(SOLD, DAY, "whole").number == close(320)
    assert need.flow(SOLD, pd.Timestamp("2023-06-01")).number == close(36)
    assert not need.flow(SOLD, pd.NaT).known


@pytest.mark.parametrize(
    ("life", "expected"), [(0.25, 160), (1, 130), (1.125, (130 + 18) / 1.125), (10, 22)]
)
def test_the_stock_is_what_is_alive_over_its_life(life, expected):
    assert need.stock(SOLD, DAY, life).number == close(expected)


def test_level_purchases_make_both_needs_equal():
    level = pd.Series([7.0] * 20)
    assert need.yearly(level, 5) == close(28)
    assert need.growth_behind(28, 28, 5) == pytest.approx(0, abs=1e-9)


def test_the_growth_behind_a_stock():
    """Two years of life, doubling purchases: half of this year's and a quarter of the flow."""
    assert need.growth_behind(100, 75, 2) == close(1.0)
    assert need.growth_behind(100, 10, 2) == close(need.FASTEST)


def test_the_one_day_is_that_of_the_newest_news():
    articles = pd.DataFrame({"source": ["sequoia2023"], "known_from": [pd.Timestamp(FIRST)]})
    assert need.one_day(articles, SOLD) == SOLD["known_from"].max()
    assert need.one_day(articles, SOLD.iloc[:1]) == pd.Timestamp(FIRST)


def test_the_path_holds_both_needs_and_both_sums_on_each_day():
    path = need.path(SOLD, EARNED, pd.Timestamp(FIRST), 4.0, 5.0)
    first = path[path["date"] == FIRST].set_index("series")["value"]
    assert first.to_dict() == close(
        {
            "a year's purchases": 18 * 16,
            "chips at work": 27 * 4 / 5,
            "disclosed": 1.0,
            "with assumed": 11.0,
        }
    )
    assert path["date"].min() == pd.Timestamp(FIRST)
    assert need.short_days(path).all()
    assert need.path(SOLD.iloc[:0], EARNED, pd.Timestamp(FIRST), 4.0, 5.0).empty


def test_the_last_numbers_are_drawn_on_to_one_day():
    path = need.path(SOLD, EARNED, pd.Timestamp(FIRST), 4.0, 5.0)
    later = path.iloc[[0]].assign(date=path["date"].max() + need.QUARTER)
    longer = need.prolonged(path, later)
    last = path[path["date"] == path["date"].max()]
    end = longer[longer["date"] == later["date"].max() + need.MONTH]
    assert end["value"].tolist() == [*last["value"], *later["value"]]
    assert len(longer) == len(path) + len(later) + len(end)


def test_the_day_from_which_the_chips_alive_ask_for_more_than_all_sales():
    days = [pd.Timestamp(FIRST), pd.Timestamp("2024-06-20")]
    rows = [(days[0], "chips at work", 10.0), (days[0], "with assumed", 11.0)]
    rows += [(days[1], "chips at work", 12.0), (days[1], "with assumed", 11.0)]
    path = pd.DataFrame(rows, columns=["date", "series", "value"])
    assert need.met_days(path).tolist() == [True, False]
    assert need.met_until(path) == days[1]
    assert pd.isna(need.met_until(path.iloc[:2])) and pd.isna(need.met_until(path.iloc[:0]))


def test_for_how_many_days_the_sales_met_a_share_of_the_need():
    """From the third day on a half is met; the last day, of the filing, does not count."""
    days = pd.to_datetime(["2024-08-01", "2024-08-05", "2024-08-10", "2024-08-15", "2024-08-20"])
    rows = [(day, "chips at work", 20.0) for day in days]
    sold = zip(days, [11.0, 9.0, 10.0, 12.0, 8.0], strict=True)
    rows += [(day, "disclosed", each) for day, each in sold]
    path = pd.DataFrame(rows, columns=["date", "series", "value"])
    assert need.days_met(path, 0.5) == 10
    assert need.days_met(path, 0.4) == 19, "on all days"
    assert need.days_met(path, 0.7) == 0
    assert np.isnan(need.days_met(path.iloc[:0], 0.5))


def test_the_day_of_the_quarter_a_year_before():
    days = sorted(set(SOLD.loc[SOLD["metric"] == "data_center_revenue", "known_from"]))
    assert need.day_before(SOLD, days[-1]) == days[-5]
    assert pd.isna(need.day_before(SOLD, days[3]))


def test_the_need_by_life_and_the_life_that_is_enough():
    asked = {"asked": Given(4.0), "bare cost": Given(2.0)}
    curve = need.by_life(SOLD, DAY, asked, [1.0, 10.0])
    assert curve["low"].tolist() == close([520, 88, 260, 44])
    assert curve["high"].tolist() == close([1040, 144, 520, 72]), "with networking"
    assert need.by_life(SOLD.iloc[:0], DAY, asked, [1.0]).empty
    steps = need.by_day(SOLD, [DAY], 10.0, asked)
    assert steps[["low", "high"]].to_numpy().ravel().tolist() == close([88, 144, 44, 72])
    assert need.stock(SOLD, DAY, 10.0, "whole").number == close(36)
    assert need.chips(SOLD, DAY, "whole").isna().all(), "too few years on file"
    assert need.enough_life(SOLD, DAY, Given(4.0), Given(88.0)).number == close(10.0)
    assert not need.enough_life(SOLD.iloc[:0], DAY, Given(4.0), Given(1.0)).known


def test_too_short_a_history_is_not_told():
    assert not need.history(SOLD, DAY).known
    long = pd.concat([SOLD.iloc[:8]] * 3, ignore_index=True)
    assert need.history(long, DAY).number == close(6.0)


def test_spans_and_events_of_figures_leave_out_what_is_unknown():
    amounts = {"known": (Given(1.0), Given(2.0)), "none": (Given(), Given(2.0))}
    assert need.spans(amounts).values.tolist() == [["known", 1.0, 2.0]]
    assert need.events({"asked": DAY, "again": pd.NaT})["label"].tolist() == [f"asked, {DAY:%b %Y}"]


def test_sums_in_one_pass_are_those_of_each_day():
    days = sorted(set(EARNED["known_from"]) | {pd.Timestamp("2023-01-01")})
    found = need.earned(EARNED, days)
    assert all(pd.isna(one) for one in found[0])
    for day, (known, whole) in zip(days[1:], found[1:], strict=True):
        assert known == close(question.disclosed(EARNED, day).number)
        assert whole == close(question.counted(EARNED, day).number)


def test_a_readers_correction_of_a_quarter_moves_no_day_and_counts_on_it(tmp_path):
    statements, filed = data.load("statements"), data.load("nvidia_results")
    row = filed[filed["metric"] == "data_center_revenue"].sort_values("period_end").tail(1)
    own = row.assign(value=row["value"] * 2, known_from=pd.Timestamp("2026-11-20"))
    own.to_csv(tmp_path / "nvidia_results.csv", index=False, date_format="%Y-%m-%d")
    corrected = data.load("nvidia_results", folder=str(tmp_path))
    day = need.one_day(statements, filed)
    assert need.one_day(statements, corrected) == day
    assert need.filing_days(corrected) == need.filing_days(filed)
    bought = need.flow(filed, day, "whole").number
    assert need.flow(corrected, day, "whole").number == close(2 * bought)
