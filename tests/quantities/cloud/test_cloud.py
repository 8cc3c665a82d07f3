"""The cloud and its price: closed forms, literal rows, and the mistakes that are easy to make."""

import numpy as np
import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.cloud import cloud, valuation

PLACE = {"source": "x", "locator": "p. 1", "confidence": "verified"}


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def market(*rows: tuple) -> pd.DataFrame:
    """Rows of (segment, year, vintage, value in USD billion, scope)."""
    table = pd.DataFrame(rows, columns=["segment", "period", "vintage", "value", "scope"])
    table = table.assign(
        metric="end_user_spending",
        period=table["period"].astype(str),
        value=table["value"] * 1000.0,
        known_from=pd.to_datetime(table["vintage"].astype(str) + "-01"),
        status="estimate",
        **PLACE,
    )
    table.index = pd.Index([f"data/market.csv:{line + 2}" for line in range(len(table))])
    table.attrs = {"table": "cloud_spending"}
    return table


def filings(*rows: tuple) -> pd.DataFrame:
    """Rows of (company, segment, period, scope, value in billion), all published in 2020."""
    table = pd.DataFrame(rows, columns=["company", "segment", "period", "scope", "value"])
    fiscal = table["period"].str.startswith("FY")
    table = table.assign(
        metric="revenue",
        value=table["value"] * 1000.0,
        period_type=np.where(fiscal, "fiscal_year", "calendar_year"),
        period_end=pd.to_datetime(table["period"].str[-4:] + "-12-31"),
        known_from=pd.Timestamp("2020-01-01") + pd.to_timedelta(range(len(table)), unit="D"),
        **PLACE,
    )
    table.index = pd.Index([f"data/filed.csv:{line + 2}" for line in range(len(table))])
    table.attrs = {"table": "cloud_revenue"}
    return table


def statements(*rows: tuple) -> pd.DataFrame:
    """Rows of (entity, variable, period, value, unit) that the report prints."""
    table = pd.DataFrame(rows, columns=["entity", "variable", "period", "value", "unit"])
    table = table.assign(bound="value", known_from=pd.Timestamp("2024-12-08"), **PLACE)
    table = table.assign(source=cloud.BOOK)
    table.index = pd.Index([f"data/statements.csv:{line + 2}" for line in range(len(table))])
    table.attrs = {"table": "statements"}
    return table


# Ten percent a year inside each release; between the two the definition doubles the market.
DOUBLED = market(
    ("total", 2016, "2018-01", 100.0, "narrow"),
    ("total", 2017, "2018-01", 110.0, "narrow"),
    ("total", 2017, "2019-01", 220.0, "wide"),
    ("total", 2018, "2019-01", 242.0, "wide"),
    ("total", 2018, "2020-01", 254.1, "wide"),
)


def test_linked_growth_leaves_the_jump_of_the_definition_out():
    assert cloud.linked_growth(DOUBLED, "total", 2016, 2018).number == close(0.10)


def test_growth_between_two_releases_would_count_the_definition_as_growth():
    joined = cloud.size(DOUBLED, "total", 2018) / cloud.size(DOUBLED, "total", 2016, "2018-01")
    assert joined.number ** (1 / 2) - 1 > 0.5  # the tempting mistake


def test_a_link_comes_from_the_newest_release_that_has_both_years():
    newer = pd.concat([DOUBLED, market(("total", 2016, "2021-01", 100.0, "wide"))])
    newer = pd.concat([newer, market(("total", 2017, "2021-01", 130.0, "wide"))])
    assert cloud.links(newer.set_axis(range(len(newer))), "total")["growth"].iloc[0] == close(0.30)


def test_growth_within_a_definition_takes_the_last_counts_of_both_years():
    found = cloud.links(DOUBLED, "total", "scope")
    assert list(found["growth"]) == close([0.10, 0.155])  # 254.1 of one release, 220 of another
    linked = cloud.linked_growth(DOUBLED, "total", 2016, 2018, "scope")
    assert linked.number == close((1.10 * 1.155) ** (1 / 2) - 1)


def test_linked_growth_is_unknown_where_a_year_is_missing():
    assert not cloud.linked_growth(DOUBLED, "total", 2016, 2019).known
    assert not cloud.linked_growth(DOUBLED, "total", 2016, 2016).known


def test_linked_growth_rests_on_both_years_of_each_link():
    (rows,) = cloud.linked_growth(DOUBLED, "total", 2016, 2018).rows
    assert sorted(rows["period"]) == ["2016", "2017", "2017", "2018"]


def test_a_revision_is_told_from_a_redefinition():
    moved = cloud.revisions(DOUBLED).set_index("year")
    assert moved.loc[2017, "kind"] == "another definition"
    assert moved.loc[2017, "change"] == close(1.0)
    assert moved.loc[2018, "kind"] == "same definition"
    assert moved.loc[2018, "change"] == close(0.05)


def test_the_largest_revision_is_the_largest_in_either_direction():
    down = market(
        ("total", 2017, "2018-01", 100.0, "narrow"),
        ("total", 2017, "2019-01", 80.0, "narrow"),
        ("total", 2017, "2020-01", 84.0, "narrow"),
    )
    assert cloud.revision(down, "same definition", largest=True).number == close(0.20)
    assert not cloud.revision(down, "another definition", largest=True).known


PRINTED = {"SaaS": Given(244.0), "IaaS": Given(182.0)}


def test_the_release_that_fits_the_printed_segments():
    releases = market(
        ("SaaS", 2024, "2023-11", 243.991, "wide"),
        ("IaaS", 2024, "2023-11", 182.222, "wide"),
        ("SaaS", 2024, "2024-05", 247.203, "wide"),
        ("IaaS", 2024, "2024-05", 180.044, "wide"),
        ("SaaS", 2024, "2024-11", 244.0, "wide"),  # fits best, but has no IaaS
    )
    vintage, distance = cloud.closest_vintage(releases, 2024, PRINTED)
    assert vintage == "2023-11"
    assert distance.number == close(0.222)


def test_the_distance_to_a_release_rests_on_what_was_printed_too():
    releases = market(("SaaS", 2024, "2023-11", 243.0, "wide"))
    told = statements(("SaaS", "market_size", "2024", 244.0, "USD billion"))
    _, distance = cloud.closest_vintage(
        releases, 2024, {"SaaS": cloud.told(told, "SaaS", "market_size")}
    )
    assert {rows.attrs["table"] for rows in distance.rows} == {"cloud_spending", "statements"}


def test_segments_run_backwards():
    told = statements(
        ("cloud market", "market_size", "2024", 1_024.0, "USD billion"),
        *((name, "market_size", "2024", 256.0, "USD billion") for name in cloud.SEGMENTS[:-1]),
        *(
            (name, "compound_growth", "2016/2024", 100.0, "percent per year")
            for name in cloud.SEGMENTS
        ),
    )
    found = cloud.segments_told(told)
    assert found["BPaaS"]["size"].number == close(1_024 - 3 * 256)
    assert all(each["start"].number == close(1.0) for each in found.values())


def test_two_statements_of_one_number_are_refused():
    twice = statements(*[("cloud market", "market_size", "2024", 676.0, "USD billion")] * 2)
    with pytest.raises(ValueError, match="names 2 statements"):
        cloud.told(twice, "cloud market", "market_size")


FILED = filings(
    ("Microsoft", "Intelligent Cloud", "FY2022", "old", 75.0),
    ("Microsoft", "Intelligent Cloud", "FY2023", "old", 90.0),
    ("Microsoft", "Intelligent Cloud", "FY2023", "new", 72.0),
    ("Microsoft", "Intelligent Cloud", "FY2024", "new", 86.4),
    ("Microsoft", "company total", "FY2022", "one definition", 200.0),
    ("Microsoft", "company total", "FY2023", "one definition", 225.0),
    ("Amazon", "company total", "2023", "one definition", 575.0),
)


def test_growth_is_not_computed_across_two_definitions():
    assert cloud.growth_into(FILED, "Intelligent Cloud", "FY2024").number == close(0.20)
    assert cloud.growth_into(FILED, "Intelligent Cloud", "FY2023").number == close(0.20)
    assert not cloud.growth_into(FILED, "Intelligent Cloud", "FY2024", years=2).known


def test_a_share_is_of_the_own_company_by_the_first_definition():
    assert cloud.share_of_company(FILED, "Intelligent Cloud", "FY2023").number == close(0.40)
    assert not cloud.share_of_company(FILED, "Intelligent Cloud", "FY2024").known


def test_a_history_breaks_at_a_definition():
    table = cloud.histories(FILED)
    assert list(table["definition"]) == [0, 0, 1, 1]
    assert table["growth"].isna().tolist() == [True, False, True, False]
    assert table["share"].iloc[:3].tolist() == close([0.375, 0.40, 0.32])


def test_growth_by_year_has_one_row_a_year():
    table = cloud.growth_by_year(FILED, first=2023, turn=2023)
    assert list(table["when"]) == ["up to 2023", "after 2023"]
    assert list(table["growth"]) == close([0.20, 0.20])


def test_a_recast_compares_one_year_with_itself():
    assert cloud.recast(FILED, "Intelligent Cloud", "FY2023").number == close(-0.20)
    assert not cloud.recast(FILED, "Intelligent Cloud", "FY2022").known


def test_capital_expenditure_for_each_new_dollar():
    clouds = filings(
        ("Amazon", "AWS", "2021", "one", 60.0),
        ("Amazon", "AWS", "2023", "one", 90.0),
        ("Microsoft", "Intelligent Cloud", "FY2021", "one", 60.0),
        ("Microsoft", "Intelligent Cloud", "FY2023", "one", 80.0),
        ("Alphabet", "Google Cloud", "2021", "one", 19.0),
        ("Alphabet", "Google Cloud", "2023", "one", 29.0),
    )
    spent = pd.DataFrame(
        [
            (name, "capex", f"{form}{year}", "year", 20_000.0)
            for name, form in cloud.SPENDERS.items()
            for year in (2021, 2022, 2023)
        ],
        columns=["company", "metric", "period", "period_type", "value"],
    )
    ratio = cloud.capex_per_new_dollar(clouds, spent, 2021, 2023)
    assert ratio.number == close(6 * 20 / 60)  # the year it starts from is not spent in
    assert not cloud.capex_per_new_dollar(clouds, spent.iloc[1:-1], 2021, 2023).known


# The price


@pytest.mark.parametrize("years", [1, 5, 20])
def test_a_buyer_who_sells_at_break_even_has_earned_the_return(years):
    sold = valuation.break_even_multiple(10.0, 0.38, 0.10, years)
    assert sold * 1.38**years == close(10.0 * 1.10**years)


def test_growth_equal_to_the_return_keeps_the_multiple():
    assert valuation.break_even_multiple(12.0, 0.10, 0.10, 7) == close(12.0)


def test_break_even_curves_mark_the_growth_at_hand():
    table = valuation.break_even_curves([10.0, 15.0], 0.10, 5.0, 0.385)
    marked = table[table["marked"]]
    assert list(marked["paid"]) == [10.0, 15.0]
    assert marked["multiple"].iloc[1] / marked["multiple"].iloc[0] == close(1.5)
    assert valuation.break_even_curves([float("nan")], 0.10, 5.0, float("nan")).empty


def test_years_to_a_multiple():
    assert valuation.years_to(100.0, 400.0, 1.0) == close(2.0)
    assert valuation.years_to(100.0, 200.0, 0.0) == np.inf


ROSE = statements(
    ("Amazon", "market_value_growth", "2015-12/2020-12", 32.0, "x"),
    ("Microsoft", "market_value_growth", "2016/2021", 3.0, "x"),
    ("Microsoft", "market_value_growth_years", "2016/2021", 2.0, "years"),
    ("Microsoft", "market_value", "2021-12", 2.4, "USD trillion"),
)


def test_rose_times_is_read_both_ways():
    both = valuation.readings(ROSE, "Microsoft")
    assert both["start_multiple"].number == close(2_400 / 3)
    assert both["start_increase"].number == close(2_400 / 4)
    assert both["return_increase"].number == close(1.0)  # four times in two years doubles twice


def test_the_years_come_from_the_period_where_none_are_printed():
    both = valuation.readings(ROSE, "Amazon")
    assert both["years"].number == 5.0
    assert both["return_multiple"].number == close(1.0)
    assert not both["start_multiple"].known  # the report does not print where it ended


def test_growth_since_takes_as_many_years_as_are_filed():
    table = filings(
        ("Amazon", "AWS", "2016", "one", 10.0),
        ("Amazon", "AWS", "2017", "one", 20.0),
        ("Amazon", "AWS", "2018", "one", 40.0),
    )
    assert valuation.growth_since(table, "AWS", "2016", 5).number == close(1.0)
    assert valuation.growth_since(table, "AWS", "2016", 1).number == close(1.0)
    assert not valuation.growth_since(table, "AWS", "2018", 5).known


def test_nothing_is_known_from_empty_tables():
    nothing, silent, told = DOUBLED.iloc[:0], FILED.iloc[:0], ROSE.iloc[:0]
    assert not cloud.linked_growth(nothing, "total", 2016, 2018).known
    assert cloud.closest_vintage(nothing, 2024, PRINTED)[0] == ""
    assert cloud.revisions(nothing).empty and cloud.sizes_told(told).empty
    assert cloud.growth_compared(nothing, told, 2017, 2024).empty
    assert cloud.histories(silent).empty and cloud.last_year(silent, "AWS") == ""
    assert valuation.returns_compared(told).empty
    assert valuation.readings(told, "Amazon")["return_multiple"] == Given()
