"""Scaling: the rule that selects decides the growth; made-up models give their law back."""

import math

import numpy as np
import pandas as pd
import pytest

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
RULE = {"rank": 2, "first_year": 2018, "split_year": 2021, "fewest": 2}


def law(factor: float, days: list[str]) -> pd.DataFrame:
    """Models that grow by one factor a year, exactly."""
    published = pd.to_datetime(pd.Series(days))
    years = published.dt.year - 2018
    return pd.DataFrame({"published": published, "value": 3e20 * factor**years})


def test_measured_takes_one_metric_in_the_order_of_publication():
    other = MODELS.assign(metric="parameters")
    rows = scaling.measured(pd.concat([other, MODELS.iloc[::-1]]), "training_compute")
    assert list(rows["model"]) == list("ABCDEF")
    assert set(rows["metric"]) == {"training_compute"}


def test_a_record_is_larger_than_everything_before():
    assert list(scaling.leading(MODELS, 1)["model"]) == ["A", "B", "D"]


def test_a_frontier_looks_back_not_ahead():
    """A model that later ones pass stays in: the rule may not know the future."""
    assert list(scaling.leading(MODELS, 2)["model"]) == ["A", "B", "C", "D", "E"]
    largest_today = list(MODELS.nlargest(5, "value")["model"])
    assert "A" not in largest_today


def test_a_value_that_equals_the_record_is_none():
    equal = MODELS.assign(value=1.0)
    assert list(scaling.leading(equal, 1)["model"]) == ["A"]


def test_a_window_contains_both_its_ends():
    assert list(scaling.published_in(MODELS, 2019, 2021)["model"]) == ["B", "C", "D"]


def test_each_rule_selects_its_models():
    chosen = {
        name: "".join(own["model"]) for name, own in scaling.selections(MODELS, **RULE).items()
    }
    assert chosen == {
        "every model": "ABCDEF",
        "larger than all before": "ABD",
        "among the 2 largest at its time": "ABCDE",
        "compute known with confidence": "AB",
        "compute estimated": "CDEF",
        "without recalled figures": "ABCD",
        "published 2018 to 2020": "ABC",
        "published since 2021": "DEF",
        "by One alone": "ACD",
        "by Two alone": "BEF",
    }


def test_a_rule_that_leaves_too_few_or_everything_is_left_out():
    rule = RULE | {"fewest": 4, "rank": 6}
    assert list(scaling.selections(MODELS, **rule)) == [
        "every model", "compute estimated", "without recalled figures",
    ]  # fmt: skip


def test_models_without_a_certainty_are_neither_known_nor_estimated():
    chosen = scaling.selections(MODELS.assign(certainty=""), **RULE)
    assert not {"compute known with confidence", "compute estimated"} & set(chosen)


def test_the_growth_of_an_exact_law_is_found_under_every_rule():
    rows = law(4.0, ["2018-01-01", "2019-01-01", "2020-01-01", "2021-01-01"])
    (row,) = scaling.growth_by_rule({"every model": rows}, "compute").itertuples()
    assert (row.growth, row.low, row.high) == pytest.approx((4, 4, 4))
    assert row.doubling_months == pytest.approx(6)
    assert (row.rule, row.metric, row.models) == ("every model", "compute", 4)


def test_selection_alone_changes_the_growth():
    """Two families grow times 4; the smaller one came later, so together they seem slower."""
    days = ["2018-01-01", "2019-01-01", "2020-01-01", "2021-01-01"]
    large, small = law(4.0, days), law(4.0, days).iloc[2:].assign(value=lambda t: t["value"] / 100)
    both = pd.concat([large, small], ignore_index=True).sort_values("published")
    assert scaling.rate(large).number == pytest.approx(4)
    assert scaling.rate(both).number < 2
    assert scaling.rate(scaling.leading(both, 1)).number == pytest.approx(4)


def test_the_interval_of_a_rule_is_that_of_its_fit():
    chosen = {"every model": MODELS, "two": MODELS.iloc[:2]}
    rules = scaling.growth_by_rule(chosen, "compute").set_index("rule")
    low, high = scaling.interval(MODELS)
    assert (low.number, high.number) == tuple(rules.loc["every model", ["low", "high"]])
    assert low.number < rules.loc["every model", "growth"] < high.number
    assert list(low.rows[0]["model"]) == list("ABCDEF")
    assert np.isnan(rules.loc["two", "low"])
    assert not any(each.known for each in scaling.interval(MODELS.iloc[:2]))


def test_rules_of_all_models_leave_out_years_and_makers():
    assert list(scaling.of_all(scaling.selections(MODELS, **RULE))) == [
        "every model", "larger than all before", "among the 2 largest at its time",
        "compute known with confidence", "compute estimated", "without recalled figures",
    ]  # fmt: skip


def test_extremes_rest_on_the_rows_of_all_their_rules():
    chosen = scaling.selections(MODELS, **RULE)
    rules = scaling.growth_by_rule(chosen, "compute")
    low, high = scaling.extremes(chosen)
    assert low.number == rules["growth"].min() < high.number == rules["growth"].max()
    assert len(low.rows) == len(high.rows) == len(chosen)


def test_how_many_times_faster_rests_on_both():
    noisy = law(4.0, ["2018-01-01", "2019-01-01", "2020-01-01"]).assign(
        value=lambda rows: rows["value"] * [1.0, 1.2, 1.0]
    )
    slow = law(2.0, ["2018-01-01", "2019-01-01", "2020-01-01"])
    low, high = scaling.times_faster(noisy, slow)
    assert low.number < 2 < high.number
    assert len(low.rows) == len(high.rows) == 2
    assert not any(each.known for each in scaling.times_faster(None, slow))


def test_the_models_of_other_rows():
    assert list(scaling.of_models(MODELS, MODELS.iloc[3:])["model"]) == list("DEF")
    assert scaling.of_models(None, MODELS) is None and scaling.of_models(MODELS, None) is None


def test_a_line_runs_from_the_first_to_the_last_model():
    line = scaling.lines({"all": law(10.0, ["2018-01-01", "2020-01-01"])}, 1e20)
    assert list(line["day"].dt.year) == [2018, 2020]
    assert list(line["value"]) == pytest.approx([3, 300])


def test_how_long_a_record_stood():
    assert scaling.record_held(MODELS, "B").number == pytest.approx(2)
    assert not scaling.record_held(MODELS, "D").known  # not beaten
    assert not scaling.record_held(MODELS, "C").known  # no record
    assert not scaling.record_held(MODELS.iloc[:0], "A").known


def test_a_record_that_is_not_beaten_stands_until_the_newest_model():
    assert scaling.longest_later(MODELS, "A").number == pytest.approx(2)  # B, beaten by D
    assert scaling.longest_later(MODELS, "B").number == pytest.approx(2)  # D, until F
    assert not scaling.longest_later(MODELS, "D").known  # none follows
    assert not scaling.longest_later(MODELS, "C").known  # no record
    assert not scaling.longest_later(MODELS.iloc[:0], "A").known


def test_points_are_labelled_where_named():
    made = scaling.points(MODELS, {"D": "the largest"}, 2.0)
    assert list(made["label"]) == ["", "", "", "the largest", "", ""]
    assert list(made["value"]) == [0.5, 2, 1, 32, 16, 8]
    assert list(made["sure"])[1:3] == ["known with confidence", "estimated"]


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


def test_the_growth_of_the_versions_is_fitted_not_taken_from_the_ends():
    fitted = scaling.rate_as_told(VERSIONS).number
    assert fitted == pytest.approx(math.sqrt(10), rel=1e-3)


def test_nothing_is_told_of_nothing():
    none = MODELS.iloc[:0]
    assert scaling.selections(none, **RULE) == {}
    rules = scaling.growth_by_rule({}, "compute")
    assert rules.empty and list(rules) == scaling.RULES
    assert not any(each.known for each in scaling.extremes({}))
    assert not scaling.rate(none).known and not scaling.rate(None).known
    assert not any(each.known for each in scaling.interval(None))
    assert scaling.lines({"all": none}).empty
    assert scaling.points(none, {}).empty and scaling.as_told(VERSIONS.iloc[:0]).empty
    assert not scaling.rate_as_told(VERSIONS.iloc[:0]).known
    assert scaling.together(rules, rules).empty
