"""The market for the cloud: closed forms, literal rows, and the mistakes that are easy to make."""

import pandas as pd
import pytest

from computecycle.quantities.cloud import cloud

PLACE = {"source": "x", "locator": "p. 1", "confidence": "verified"}
WHO = "A publisher"


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def named(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """A table with the labels and attributes that loading gives."""
    table.index = pd.Index([f"data/{name}.csv:{line + 2}" for line in range(len(table))])
    table.attrs = {"table": name}
    return table


def market(*rows: tuple) -> pd.DataFrame:
    """Rows of (year, vintage, value in USD billion, scope)."""
    table = pd.DataFrame(rows, columns=["period", "vintage", "value", "scope"])
    table = table.assign(
        metric="end_user_spending",
        segment="total",
        period=table["period"].astype(str),
        value=table["value"] * 1000.0,
        known_from=pd.to_datetime(table["vintage"].astype(str) + "-01"),
        **PLACE,
    )
    return named(table, "cloud_spending")


def quarters(*rows: tuple, measure: str = "market_size") -> pd.DataFrame:
    """Rows of (provider, period, release, value) of one publisher."""
    table = pd.DataFrame(rows, columns=["provider", "period", "release", "value"])
    ends = pd.PeriodIndex(table["period"], freq="Q").end_time.normalize()
    table = table.assign(publisher=WHO, measure=measure, period_end=ends, **PLACE)
    return named(table, "cloud_shares")


def statements(*rows: tuple) -> pd.DataFrame:
    """Rows of (entity, variable, period, value, unit) that the study prints."""
    table = pd.DataFrame(rows, columns=["entity", "variable", "period", "value", "unit"])
    table = table.assign(bound="value", known_from=pd.Timestamp("2024-12-08"), **PLACE)
    return named(table.assign(source=cloud.BOOK), "statements")


# Ten percent a year inside each release; between the two the definition doubles the market.
DOUBLED = market(
    (2016, "2018-01", 100.0, "narrow"),
    (2017, "2018-01", 110.0, "narrow"),
    (2017, "2019-01", 220.0, "wide"),
    (2018, "2019-01", 242.0, "wide"),
    (2018, "2020-01", 254.1, "wide"),
)


def test_linked_growth_leaves_the_jump_of_the_definition_out():
    assert cloud.linked_growth(DOUBLED, 2016, 2018, "vintage").number == close(0.10)
    joined = 242.0 / 100.0
    assert joined ** (1 / 2) - 1 > 0.5  # the tempting mistake


def test_a_link_comes_from_the_newest_release_that_has_both_years():
    newer = market((2016, "2021-01", 100.0, "wide"), (2017, "2021-01", 130.0, "wide"))
    both = named(pd.concat([DOUBLED, newer]), "cloud_spending")
    assert cloud.links(both, "vintage")["growth"].iloc[0] == close(0.30)


def test_growth_within_a_definition_takes_the_last_counts_of_both_years():
    found = cloud.links(DOUBLED, "scope")
    assert list(found["growth"]) == close([0.10, 0.155])  # 254.1 of one release, 220 of another
    linked = cloud.linked_growth(DOUBLED, 2016, 2018, "scope")
    assert linked.number == close((1.10 * 1.155) ** (1 / 2) - 1)


def test_linked_growth_is_unknown_where_a_year_is_missing():
    assert not cloud.linked_growth(DOUBLED, 2016, 2019, "vintage").known
    assert not cloud.linked_growth(DOUBLED, 2016, 2016, "vintage").known


def test_linked_growth_rests_on_both_years_of_each_link():
    (rows,) = cloud.linked_growth(DOUBLED, 2016, 2018, "vintage").rows
    assert sorted(rows["period"]) == ["2016", "2017", "2017", "2018"]


def test_the_linked_path_ends_at_the_newest_count():
    path = cloud.linked_path(DOUBLED, 2016, 2018)
    assert list(path["year"]) == [2016, 2017, 2018]
    assert list(path["value"]) == close([200.0, 220.0, 254.1])  # 254.1 / 1.155 / 1.10
    assert cloud.linked_path(DOUBLED, 2015, 2018).empty


def test_two_statements_of_one_number_are_refused():
    twice = statements(*[("cloud market", "market_size", "2024", 676.0, "USD billion")] * 2)
    with pytest.raises(ValueError, match="names 2 statements"):
        cloud.told(twice, "cloud market", "market_size")


def test_what_the_study_tells_is_a_fraction_or_billions():
    told = statements(
        ("cloud market", "market_size", "2024", 676.0, "USD billion"),
        ("cloud market", "compound_growth", "2016/2024", 25.2, "percent per year"),
    )
    assert cloud.told(told, "cloud market", "compound_growth").number == close(0.252)
    assert list(cloud.sizes_told(told)["value"]) == [676.0]


SIZES = quarters(
    ("all providers", "2020Q1", "2020Q1", 10.0),
    ("all providers", "2021Q1", "2021Q1", 20.0),
    ("all providers", "2021Q1", "2022Q1", 25.0),  # counted again: the first count stands
    ("all providers", "2021Q2", "2021Q2", 21.0),
    ("all providers", "2022Q1", "2022Q1", 24.0),
    ("all providers", "2022Q2", "2022Q2", 27.3),
    ("AWS", "2022Q2", "2022Q2", 9.0),
)


def test_growth_is_on_the_quarter_of_the_year_before():
    found = cloud.grown(SIZES, WHO).set_index("period")
    assert found.loc["2021Q1", "growth"] == close(1.0)
    assert found.loc["2022Q1", "added"] == close(4.0)
    assert pd.isna(found.loc["2021Q2", "growth"])  # no count a year before
    assert cloud.in_quarter(SIZES, WHO, "growth", "2022Q2").number == close(0.30)
    (rows,) = cloud.in_quarter(SIZES, WHO, "added", "2022Q2").rows
    assert list(rows["period"]) == ["2022Q2", "2021Q2"]
    assert not cloud.in_quarter(SIZES, WHO, "growth", "2021Q2").known


def test_a_low_is_told_only_after_a_year():
    values = [10.0, 10.0, 10.0, 10.0, 14.0, 11.0, 13.0, 13.0, 21.0, 17.0]
    names = [f"{2020 + place // 4}Q{place % 4 + 1}" for place in range(len(values))]
    full = quarters(
        *(("all providers", name, name, v) for name, v in zip(names, values, strict=True))
    )
    assert cloud.low(full, WHO, "2021Q1") == "2021Q2"  # 10 percent, and four have followed
    assert cloud.low(full.iloc[:-1], WHO, "2021Q1") == ""
    assert cloud.newest(full, WHO) == "2022Q2"
    assert cloud.newest(full.iloc[:4], WHO) == ""


def test_gains_before_and_after_a_day():
    day = pd.Timestamp("2022-04-30")
    assert cloud.largest_gain(SIZES, WHO, day, later=False).number == close(10.0)
    assert cloud.largest_gain(SIZES, WHO, day, later=True).number == close(6.3)
    assert not cloud.largest_gain(SIZES, WHO, pd.NaT, later=True).known


PARTS = quarters(
    ("AWS", "2024Q2", "2024Q2", 32.0),
    ("AWS", "2024Q3", "2024Q3", 31.0),
    ("Microsoft Azure", "2024Q2", "2024Q2", 23.0),
    ("Microsoft Azure", "2024Q3", "2024Q3", 20.0),
    measure="market_share",
)


def test_shares_add_up_and_break_where_a_seller_was_redrawn():
    both = ["AWS", "Microsoft Azure"]
    assert cloud.share(PARTS, WHO, both, "2024Q3").number == close(0.51)
    assert not cloud.share(PARTS, WHO, [*both, "Google Cloud"], "2024Q3").known
    lines = cloud.share_lines(PARTS, WHO, both)
    assert list(lines["definition"]) == [0, 0, 0, 1]


def test_growth_as_told_takes_the_year_before_as_counted_again():
    table = quarters(
        ("all providers", "2025Q1", "2025Q1", 100.0),
        ("all providers", "2025Q1", "2026Q1", 110.0),
        ("all providers", "2026Q1", "2026Q1", 143.0),
    )
    assert cloud.growth_told(table, WHO, "2026Q1").number == close(0.3)
    assert cloud.added_told(table, WHO, "2026Q1").number == close(33.0)
    assert not cloud.added_told(table, WHO, "2025Q1").known
    assert cloud.in_quarter(table, WHO, "growth", "2026Q1").number == close(0.43)
    assert not cloud.growth_told(table, WHO, "2025Q1").known
    assert not cloud.growth_told(table, WHO, "").known


def test_what_is_put_down_to_ai_is_taken_out_of_what_was_added():
    """From 100 to 144, half of the 44 by AI: to 122 without it in two years."""
    sizes = [
        ("all providers", year, "2024Q4", size) for year, size in (("2022", 100), ("2024", 144))
    ]
    table = quarters(*sizes, ("all providers", "2024", "2024Q4", 50.0))
    table.loc[table.index[-1], "measure"] = "increase_from_ai"
    assert cloud.put_down_to_ai(table, WHO, 2024).number == close(0.5)
    assert cloud.growth_without(table, WHO, 2022, 2024).number == close(1.22**0.5 - 1)
    assert not cloud.growth_without(table, WHO, 2021, 2024).known
    assert not cloud.growth_without(table.iloc[:2], WHO, 2022, 2024).known


def test_extremes_of_a_share_need_both_ends_of_the_span():
    table = quarters(
        *[("AWS", f"{year}Q1", f"{year}Q1", share) for year, share in ((2020, 33), (2021, 35))],
        ("AWS", "2022Q1", "2022Q1", 32.0),
        ("AWS", "2023Q1", "2023Q1", 9.0),
        measure="market_share",
    )
    ends = cloud.extremes(table, WHO, "AWS", "2020Q1", "2022Q1")
    assert [each.number for each in ends] == close([0.32, 0.35])
    assert not cloud.extremes(table, WHO, "AWS", "2019Q1", "2022Q1")[0].known


def test_definitions_that_hold_two_years_are_counted():
    assert cloud.definitions_of(DOUBLED, 2016, 2017).number == 1
    assert cloud.definitions_of(DOUBLED, 2016, 2018).number == 0
    assert not cloud.definitions_of(DOUBLED, 2016, 2030).known


def test_nothing_is_known_from_empty_tables():
    nothing, none = DOUBLED.iloc[:0], SIZES.iloc[:0]
    assert not cloud.linked_growth(nothing, 2016, 2018, "scope").known
    assert cloud.linked_path(nothing, 2016, 2018).empty
    assert cloud.low(none, WHO, "2021Q1") == cloud.newest(none, WHO) == ""
    assert cloud.share_lines(PARTS.iloc[:0], WHO, ["AWS"]).empty
