"""Scaling: the rule that selects decides the growth; made-up models give their law back."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.llm_scaling import scaling

MODELS = pd.DataFrame(
    [
        ("A", "One", "2018-01-01", 1.0, "confident", "verified"),
        ("B", "Two", "2019-01-01", 4.0, "confident", "verified"),
        ("C", "One", "2020-01-01", 2.0, "speculative", "verified"),
        ("D", "One", "2021-01-01", 64.0, "speculative", "verified"),
        ("E", "Two", "2022-01-01", 32.0, "likely", "recalled"),
        ("F", "Two", "2023-01-01", 16.0, "likely", "recalled"),
    ],
    columns=["model", "organisation", "published", "value", "certainty", "confidence"],
    index=[f"data/models.csv:{line}" for line in range(2, 8)],
).assign(
    metric="training_compute",
    published=lambda rows: pd.to_datetime(rows["published"]),
)


def law(factor: float, days: list[str]) -> pd.DataFrame:
    """Models that grow by one factor a year, exactly."""
    published = pd.to_datetime(pd.Series(days))
    years = published.dt.year - 2018
    names = [f"of {day}" for day in days]
    return pd.DataFrame({"model": names, "published": published, "value": 3e20 * factor**years})


def test_measured_takes_one_metric_in_the_order_of_publication():
    other = MODELS.assign(metric="parameters")
    rows = scaling.measured(pd.concat([other, MODELS.iloc[::-1]]), "training_compute")
    assert list(rows["model"]) == list("ABCDEF")
    assert set(rows["metric"]) == {"training_compute"}


def test_an_estimate_that_was_withdrawn_is_not_measured():
    gone = MODELS.assign(certainty=MODELS["certainty"].mask(MODELS["model"] == "D", "withdrawn"))
    assert list(scaling.measured(gone, "training_compute")["model"]) == list("ABCEF")


def test_a_record_is_larger_than_everything_before():
    assert list(scaling.leading(MODELS, 1)["model"]) == ["B", "D"], "the first beats none"


def test_a_frontier_looks_back_not_ahead():
    """A model that later ones pass stays in: the rule may not know the future."""
    assert list(scaling.leading(MODELS, 2)["model"]) == ["C", "D", "E"]
    largest_today = list(MODELS.nlargest(4, "value")["model"])
    assert "C" not in largest_today


def test_a_value_that_equals_the_record_is_none():
    equal = MODELS.assign(value=1.0)
    assert scaling.leading(equal, 1).empty


def test_a_window_contains_both_its_ends():
    assert list(scaling.published_in(MODELS, 2019, 2021)["model"]) == ["B", "C", "D"]
    assert list(scaling.published_by(MODELS, "2021-01")["model"]) == ["A", "B", "C", "D"]


PUBLISHED = pd.DataFrame(
    [("Epoch AI", "compute", 4.7, 4.3, 5.2)], columns=["who", "quantity", "value", "low", "high"]
)


def test_the_growth_of_an_exact_law_stands_behind_the_published_one_of_its_rule():
    rows = law(4.0, ["2018-01-01", "2019-01-01", "2020-01-01", "2021-01-01"])
    rules = scaling.growth_by_rule({"all": rows, "alone": rows}, {"all": PUBLISHED})
    assert list(rules["rule"]) == ["all", "all", "alone"]
    known, own, alone = rules.itertuples()
    assert (own.growth, own.low, own.high) == pytest.approx((4, 4, 4))
    assert (known.kind, known.low, known.high) == ("published", 4.3, 5.2)
    assert own.kind == alone.kind == "ours"


def test_a_published_growth_without_an_interval_is_a_point():
    bare = PUBLISHED.assign(low=np.nan, high=np.nan)
    rows = law(4.0, ["2018-01-01", "2019-01-01", "2020-01-01"])
    rules = scaling.growth_by_rule({"all": rows}, {"all": bare})
    assert list(rules.loc[0, ["growth", "low", "high"]]) == [4.7, 4.7, 4.7]


def test_from_a_model_on_its_own_day_counts():
    later = scaling.since(MODELS, "C", MODELS)
    assert later["published"].min() == MODELS.set_index("model").loc["C", "published"]
    assert len(later) < len(MODELS) and scaling.since(MODELS, "Z", MODELS).empty


def test_the_widest_interval_holds_that_of_each_rank():
    wave = law(3.0, [f"{year}-01-01" for year in range(2014, 2025)])
    noisy = wave.assign(value=wave["value"] * [1, 2, 1, 3, 1, 2, 1, 3, 1, 2, 1])
    low, high = scaling.widest(noisy, Given(1.0), Given(3.0), 2016, 3)
    ranks = [scaling.leading(noisy, rank) for rank in (1, 2, 3)]
    fits = [scaling.fit(scaling.published_in(rank, 2016, 2024)) for rank in ranks]
    for own in fits[1:]:
        assert low.number <= own.interval[0] <= own.interval[1] <= high.number
    assert low.number <= fits[0].growth <= high.number
    ranks = pd.DataFrame({"high": [3.0]})
    assert scaling.widest(noisy, Given(1.0), Given(3.0, [ranks]), 2016, 3)[0].rows[1] is ranks


def test_of_records_the_growth_alone_widens_the_interval():
    noisy = law(3.0, [f"{year}-01-01" for year in range(2014, 2025)])
    noisy = noisy.assign(value=noisy["value"] * [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
    low, high = scaling.widest(noisy, Given(1.0), Given(1.0), 2016, 3)
    own = scaling.fit(scaling.published_in(scaling.leading(noisy, 1), 2016, 2024))
    assert own.interval[0] < low.number == own.growth == high.number < own.interval[1]


def test_the_widest_interval_is_unknown_where_a_rank_leaves_too_few():
    rows = law(3.0, [f"{year}-01-01" for year in range(2018, 2025)])
    assert scaling.widest(rows, Given(1.0), Given(2.0), 2018, 5)[0].known
    for most, first, fewest in ((3.0, 2018, 5), (2.0, 2021, 5), (2.0, 2018, 6)):
        assert not scaling.widest(rows, Given(1.0), Given(most), first, fewest)[0].known
    assert not scaling.widest(rows, Given(), Given(2.0), 2018, 5)[0].known


def test_selection_alone_changes_the_growth():
    """Two families grow times 4; the smaller one came later, so together they seem slower."""
    days = ["2018-01-01", "2019-01-01", "2020-01-01", "2021-01-01"]
    large, small = law(4.0, days), law(4.0, days).iloc[2:].assign(value=lambda t: t["value"] / 100)
    both = pd.concat([large, small], ignore_index=True).sort_values("published")
    assert scaling.rate(large).number == pytest.approx(4)
    assert scaling.rate(both).number < 2
    assert scaling.rate(scaling.leading(both, 1)).number == pytest.approx(4)


def test_the_interval_of_a_rule_is_that_of_its_fit():
    chosen = {"Every model": MODELS, "two": MODELS.iloc[:2]}
    rules = scaling.growth_by_rule(chosen, {}).set_index("rule")
    low, high = scaling.interval(MODELS)
    assert (low.number, high.number) == tuple(rules.loc["Every model", ["low", "high"]])
    assert low.number < rules.loc["Every model", "growth"] < high.number
    assert list(low.rows[0]["model"]) == list("ABCDEF")
    assert np.isnan(rules.loc["two", "low"])
    assert not any(each.known for each in scaling.interval(MODELS.iloc[:2]))


def test_how_many_times_faster_rests_on_both():
    noisy = law(4.0, ["2018-01-01", "2019-01-01", "2020-01-01"]).assign(
        value=lambda rows: rows["value"] * [1.0, 1.2, 1.0]
    )
    slow = law(2.0, ["2018-01-01", "2019-01-01", "2020-01-01"])
    low, high = scaling.times_faster(noisy, slow)
    assert low.number < 2 < high.number
    assert len(low.rows) == len(high.rows) == 2
    assert not any(each.known for each in scaling.times_faster(None, slow))


def test_the_least_rise_is_that_of_the_number_in_the_lead_that_rose_least():
    days = pd.date_range("2018-01-01", "2025-01-01", freq="YS")
    slow, quick = ([factor**n for n in range(4)] for factor in (2.0, 4.0))
    rows = pd.DataFrame({"model": days.astype(str), "published": days})
    rows["value"] = [*slow, *(8.0 * each for each in quick)]
    both = [scaling.least_risen(rows, (rank,), 2018, 2022).number for rank in (1, 2)]
    assert scaling.least_risen(rows, (1, 2), 2018, 2022).number == min(both) > 1.5
    assert not scaling.least_risen(rows[:4], (1,), 2018, 2022).known


def test_a_line_runs_from_the_first_to_the_last_model():
    line = scaling.line(law(10.0, ["2018-01-01", "2020-01-01"]), "all")
    assert list(line["day"].dt.year) == [2018, 2020]
    assert list(line["value"]) == pytest.approx([3e20, 3e22])


def test_points_are_labelled_where_named_and_lead_where_ahead():
    made = scaling.points(MODELS, {"D": "the largest"}, MODELS.iloc[3:4])
    assert list(made["label"]) == ["", "", "", "the largest", "", ""]
    assert list(made["value"]) == [1, 4, 2, 64, 32, 16]
    assert list(made["sure"])[1:3] == ["known with confidence", "estimated"]
    assert list(made["leads"]) == [False, False, False, True, False, False]


SIZED = pd.DataFrame(
    [
        ("dense", "2022-01-01", "parameters", 10.0),
        ("dense", "2022-01-01", "training_tokens", 200.0),
        ("sparse", "2023-01-01", "parameters", 100.0),
        ("sparse", "2023-01-01", "active_parameters", 5.0),
        ("sparse", "2023-01-01", "training_tokens", 1000.0),
        ("silent", "2024-01-01", "parameters", 50.0),
    ],
    columns=["model", "published", "metric", "value"],
).assign(published=lambda rows: pd.to_datetime(rows["published"]), certainty=None)


def test_tokens_are_counted_for_each_parameter_in_use():
    read = scaling.read(SIZED).set_index("model")
    assert list(read.index) == ["dense", "sparse"]
    assert read.loc["dense", "value"] == 20
    assert read.loc["sparse", "value"] == 200  # not the 10 of all its parameters
    assert read.loc["sparse", "kind"].startswith("sparse")
    assert scaling.read(SIZED.iloc[:0]).empty


def test_a_sparse_model_is_counted_both_ways_and_a_dense_one_once():
    read = scaling.read(SIZED).set_index("model")
    assert read.loc["sparse", "whole"] == 10 and read.loc["dense", "whole"] == 20
    made = scaling.counted_both_ways(scaling.read(SIZED), {"sparse": "S"})
    assert list(made["model"]) == ["dense", "sparse", "sparse"]
    assert list(made["value"]) == [20, 200, 10]
    assert list(made["label"]) == ["", "S", ""]
    assert made["kind"].nunique() == 3


def test_sizes_are_those_of_all_parameters():
    made = scaling.sizes(SIZED, {"silent": "S"}, 10.0)
    assert list(made["value"]) == [1, 10, 5]
    assert list(made["label"]) == ["", "", "S"]


def test_a_foreseen_size_spans_its_years():
    made = scaling.foreseen({"2025/2026": Given(1e13), "2027": Given()}, 1e9)
    (row,) = made.itertuples()
    assert (row.start.year, row.end.isoformat()[:10]) == (2025, "2026-12-31")
    assert (row.value, row.label) == (1e4, "10 trillion")
    assert scaling.foreseen({}, 1e9).empty


VERSIONS = pd.DataFrame(
    {
        "version": ["GPT-3.5", "GPT-3", "GPT-2"],
        "release": ["2022-01", "2021-01", "2020-01"],
        "parameters": [100e9, 100e9, 10e9],
    }
)


def test_a_version_of_the_same_size_has_no_label():
    told = scaling.as_told(VERSIONS, 1e9)
    assert list(told["label"]) == ["GPT-2", "GPT-3", ""]
    assert list(told["value"]) == [10, 100, 100]


def test_a_rank_that_leaves_too_few_models_has_no_pace():
    """Of seven models the first, and the first two, do not count."""
    rows = law(3.0, [f"{year}-01-01" for year in range(2018, 2025)])
    points = pd.DataFrame({"frontier_rank": [1, 2]})
    paces = scaling.paces_at(rows, points, 6)
    assert list(paces) == ["compute-growth-frontier"]
    assert paces["compute-growth-frontier"].iloc[0] == pytest.approx(3, rel=0.01)
    assert np.isnan(paces.iloc[1]).all()


def test_nothing_is_told_of_nothing():
    none = MODELS.iloc[:0]
    rules = scaling.growth_by_rule({}, {"all": PUBLISHED})
    assert rules.empty and list(rules) == scaling.RULES
    assert not scaling.rate(none).known and not scaling.rate(None).known
    assert not any(each.known for each in scaling.interval(None))
    assert scaling.line(none, "all").empty
    assert scaling.points(none, {}, none).empty and scaling.as_told(VERSIONS.iloc[:0]).empty
