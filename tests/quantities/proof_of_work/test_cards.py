"""Graphics cards: hash rates over speeds, quarters over quarters, by hand."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.proof_of_work import cards

ETHEREUM = pd.DataFrame(
    [
        ("Glassnode", "2020-06", "2020-06-30", 100.0),
        ("Glassnode", "2021-01", "2021-01-31", 300.0),
        ("Glassnode", "2021-04", "2021-04-30", 510.0),
        ("Glassnode", "2021-07", "2021-07-31", 520.0),
        ("Glassnode", "2021-08", "2021-08-31", 500.0),
        ("Etherscan", "2021-07", "2021-07-31", 540.0),
    ],
    columns=["series", "period", "period_end", "value"],
).assign(period_end=lambda rows: pd.to_datetime(rows["period_end"]))
TOLD = pd.DataFrame(
    [
        ("gaming_revenue", "FY2022Q1", "2021-05-02", 2000.0),
        ("gaming_revenue", "FY2022Q2", "2021-08-01", 3000.0),
        *[
            ("mining_processor_revenue", f"FY2022Q{q}", "2022-01-30", 10.0 * q)
            for q in (1, 2, 3, 4)
        ],
        ("mining_processor_revenue_expected", "FY2022Q2", "2021-08-01", 400.0),
        *[("graphics_cards_sold", f"2021Q{q}", f"2021-{3 * q:02d}-28", 10.0) for q in (1, 2, 3)],
        ("card_speed", "2021-02", "2021-02-18", 50.0),
    ],
    columns=["metric", "period", "period_end", "value"],
).assign(period_end=lambda rows: pd.to_datetime(rows["period_end"]))


def test_a_quarter_that_ends_on_the_first_has_the_month_before():
    """To July 2021 the hash rate went from 510 to 520, and with April missing nowhere."""
    quarter = cards.told_of(TOLD, "gaming_revenue", "FY2022Q2")
    assert cards.month_of(quarter).month == 7
    assert cards.added_in(ETHEREUM, "Glassnode", quarter).number == 10
    assert not cards.added_in(ETHEREUM.drop(index=2), "Glassnode", quarter).known
    assert not cards.added_in(ETHEREUM, "Etherscan", quarter).known
    assert not cards.added_in(ETHEREUM, "Glassnode", Given()).known


def test_a_flow_stands_beside_a_flow():
    """The first quarter added 210 and sold 2, the second added 10 and sold 3: two ways."""
    flows = cards.flows(ETHEREUM, "Glassnode", TOLD)
    assert flows["added"].tolist() == [210, 10] and flows["sold"].tolist() == [2, 3]
    assert flows["more_added"].isna().tolist() == [True, False]
    assert cards.counted(flows["more_sold"].notna(), [TOLD]).number == 1
    assert cards.counted(flows["more_sold"], [TOLD]).number == 1
    assert cards.counted(flows["more_sold"] == flows["more_added"], [TOLD]).number == 0
    assert not cards.counted(flows["more_sold"].head(1), [TOLD]).known
    assert cards.flows(ETHEREUM.iloc[:0], "Glassnode", TOLD).empty


def test_growth_is_from_the_month_to_the_peak():
    assert cards.added(ETHEREUM, "Glassnode", cards.START).number == 420
    assert not cards.added(ETHEREUM, "Glassnode", pd.Timestamp("2020-05-31")).known
    assert not cards.added(ETHEREUM.iloc[:0], "Glassnode", cards.START).known


def test_a_terahash_is_a_million_megahashes():
    """420 TH/s at 50 MH/s a card are 8.4 million cards."""
    assert cards.needed(Given(420.0), Given(50.0)).number == pytest.approx(8.4)


def test_a_sum_with_a_missing_quarter_is_unknown():
    assert cards.sold(TOLD, "2021Q1", "2021Q3").number == 30
    assert not cards.sold(TOLD, "2021Q1", "2021Q4").known


def test_a_share_is_of_what_was_gained_and_sold_in_the_same_quarters():
    """From December to June 420 TH/s, 4.2 million cards of 100 MH/s, of 20 million sold."""
    months = [("Glassnode", "2020-12", "2020-12-31", 100.0), ("Glassnode", "2021-06", "", 520.0)]
    added = pd.DataFrame(months, columns=["series", "period", "period_end", "value"])
    network = pd.concat([ETHEREUM, added], ignore_index=True)
    speed = Given(100.0)
    taken = cards.taken(network, "Glassnode", TOLD, "2021Q1/2021Q2", speed)
    assert taken.number == pytest.approx(0.21)
    assert not cards.taken(network, "Glassnode", TOLD, "2021Q1", speed).known, "no March"
    assert not cards.taken(network, "Glassnode", TOLD, "2021Q3/2021Q4", speed).known


def test_one_number_is_read_where_it_is_one():
    assert cards.told_of(TOLD, "mining_processor_revenue", "FY2022Q3").number == 30
    assert not cards.told_of(TOLD, "mining_processor_revenue", "FY2022").known


def test_revenue_comes_in_billions_over_its_quarter():
    row = cards.gaming(TOLD).loc[0]
    assert row["value"] == 2 and row["start"] == pd.Timestamp("2021-02-02")


def test_quarters_between_two_leave_out_both():
    quarters = TOLD[TOLD["metric"] == "gaming_revenue"].sort_values("period_end")
    first, last = (Given(0.0, [quarters.iloc[[at]]]) for at in (0, -1))
    late = quarters.assign(period_end=quarters["period_end"] + pd.Timedelta(days=1), value=7.0)
    assert cards.most_between(pd.concat([quarters, late.head(1)]), first, last).number == 7
    assert not cards.most_between(quarters, first, Given()).known


def test_the_faster_the_card_the_smaller_the_share():
    """420 TH/s take 16.8 million cards of 25 MH/s, and half as many of 50."""
    table = cards.curve(Given(420.0), Given(84.0), Given(25.0), Given(50.0))
    assert table["speed"].tolist() == [*range(25, 51)]
    assert table["share"].iloc[[0, -1]].tolist() == pytest.approx([0.2, 0.1])
    assert cards.curve(Given(420.0), Given(84.0), Given(), Given(50.0)).empty


def test_what_is_not_known_is_not_named():
    table = cards.marks({"a": (Given(0.2), Given(25.0)), "b": (Given(0.1),), "c": (Given(),)})
    assert table["words"].tolist() == ["a", "b"]
    assert table["speed"].iloc[0] == 25 and table["speed"].isna().tolist() == [False, True]
