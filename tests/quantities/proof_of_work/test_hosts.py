"""Miners as hosts: shares of their sales, and leases a year, by hand."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.proof_of_work import hosts

ACCOUNTS = pd.DataFrame(
    [
        ("A", "mining_revenue", "2024Q2", "2024-06-30", 80.0),
        ("A", "ai_hosting_revenue", "2024Q2", "2024-06-30", 20.0),
        ("A", "mining_revenue", "2026Q1", "2026-03-31", 30.0),
        ("A", "ai_hosting_revenue", "2026Q1", "2026-03-31", 70.0),
        ("A", "revenue", "2026Q1", "2026-03-31", 100.0),
        ("B", "mining_revenue", "2026Q1", "2026-03-31", 20.0),
        ("B", "ai_hosting_revenue", "2026Q1", "2026-03-31", 10.0),
        ("C", "mining_revenue", "2026Q1", "2026-03-31", 10.0),
        ("C", "ai_hosting_revenue", "2026Q1", "2026-03-31", 15.0),
        ("D", "mining_revenue", "2026Q1", "2026-03-31", 10.0),
    ],
    columns=["company", "metric", "period", "period_end", "value"],
).assign(period_end=lambda rows: pd.to_datetime(rows["period_end"]))
CONTRACTS = pd.DataFrame(
    [
        ("A", "colocation lease", 1000.0, 10.0),
        ("A", "colocation lease", 3000.0, 12.0),
        ("B", "colocation lease", 5000.0, 10.0),
        ("B", "colocation lease", 5000.0, None),
        ("B", "GPU cloud contract", 9000.0, 5.0),
    ],
    columns=["host", "kind", "contract_value", "term_years"],
)


def test_sales_are_parts_of_their_quarter_end_to_end():
    table = hosts.sales(ACCOUNTS.iloc[::-1]).set_index(["quarter", "part"])
    assert table["share"]["A, quarter 1 of 2026", "computers for AI"] == 0.7
    assert table["share"]["B, quarter 1 of 2026", "own coins"] == pytest.approx(2 / 3)
    last = table.loc["A, quarter 1 of 2026"]
    assert last[["start", "end"]].to_numpy().tolist() == [[0, 70], [70, 100]]


def test_each_miner_shows_its_newest_quarter_and_most_of_ai_comes_first():
    quarters = hosts.sales(ACCOUNTS)["quarter"].unique().tolist()
    assert quarters == [f"{name}, quarter 1 of 2026" for name in "ACBD"]


def test_miners_are_compared_by_what_part_ai_has_in_their_sales():
    assert hosts.least_of_ai(ACCOUNTS, "2026Q1").number == pytest.approx(1 / 3)
    assert hosts.counted(ACCOUNTS, "2026Q1").number == 3, "D tells no AI"
    fewer = ACCOUNTS[ACCOUNTS["company"] != "C"]
    assert not hosts.least_of_ai(fewer, "2026Q1").known and not hosts.counted(fewer, "2026Q1").known


def test_the_newest_period_has_all_that_is_asked_for():
    """The miner A tells all of its sales in 2026Q1 alone, and D never tells AI."""
    both = [hosts.EARNED, hosts.MINED]
    assert hosts.newest(ACCOUNTS, "A", both, since="2024Q1") == "2026Q1"
    assert hosts.newest(ACCOUNTS, "A", both, since="2026Q2") == ""
    assert hosts.newest(ACCOUNTS, "A", both, since="2024") == "", "a quarter is no year"
    assert hosts.newest(ACCOUNTS, "D", both, since="2024Q1") == ""
    early = ACCOUNTS[(ACCOUNTS["period"] < "2026Q1") | (ACCOUNTS["metric"] == hosts.MINED)]
    assert hosts.newest(early, "A", both, since="2024Q1") == "2024Q2"
    assert hosts.sold(ACCOUNTS, "A", "mining_revenue", "2024Q2").number == 80
    assert not hosts.sold(ACCOUNTS, "A", "mining_revenue", "").known


def test_miners_are_compared_in_the_newest_quarter_of_three():
    later = ACCOUNTS.head(2).assign(period="2026Q2")
    both = pd.concat([ACCOUNTS, later])
    assert hosts.newest_beside(both, since="2024Q1") == "2026Q1", "A alone tells more"
    assert hosts.newest_beside(both, since="2026Q2") == hosts.newest_beside(later) == ""


def test_the_host_is_told_before_and_since_its_turn():
    rows = ACCOUNTS[ACCOUNTS["company"] == "A"].assign(company=hosts.HOST)
    rows = pd.concat([rows, rows[rows["metric"] == "revenue"].assign(period="2024Q2", value=90.0)])
    now, before = hosts.before_and_now(rows)
    assert [each.number for each in now] == [70, 100]
    assert [each.number for each in before] == [20, 90]
    now, before = hosts.before_and_now(rows[rows["period"] < hosts.TURNED])
    assert [each.known for each in [*now, *before]] == [False] * 2 + [True] * 2


def test_the_metaverse_is_told_of_years_since_the_study():
    rows = pd.DataFrame(
        [("Meta", f"metaverse_{what}", year, number)
         for year, number in (("2023", 16.0), ("2025", 19.0))
         for what in ("revenue", "loss")],
        columns=["company", "metric", "period", "value"],
    )  # fmt: skip
    assert [each.number for each in hosts.metaverse(rows)] == [19, 19, 16]
    early = hosts.metaverse(rows[rows["period"] == "2023"])
    assert [each.known for each in early] == [False, False, True]
    flows = pd.DataFrame(
        [("Meta", "operating_cash_flow", "2023", 71.0), ("Meta", "free_cash_flow", "2025", 44.0),
         ("Meta", "operating_cash_flow", "2025", 116.0)],
        columns=["company", "measure", "period", "value"],
    )  # fmt: skip
    assert [each.number for each in hosts.cash_of_meta(flows, rows)] == [116, 71]
    early = hosts.cash_of_meta(flows, rows[rows["period"] == "2023"])
    assert [each.known for each in early] == [False, True], "of years that its accounts tell"


def test_each_lease_counts_over_its_own_term():
    """100 and 250 a year, and 500: the lease without a term and the cloud contract are left out."""
    assert hosts.promised(CONTRACTS).number == 850
    assert not hosts.promised(CONTRACTS.iloc[:0]).known


def test_a_rent_that_rises_starts_below_its_mean():
    """At 100% a year two rents are 1 and 2, so the first of 3,000 is 1,000 and not 1,500."""
    lease = CONTRACTS.head(1).assign(contract_value=3000.0, term_years=2.0, escalator=100.0)
    assert hosts.rise(lease).number == 1
    assert hosts.at_first(lease, hosts.rise(lease)).number == pytest.approx(1000)
    assert hosts.at_first(lease, Given(1e-9)).number == pytest.approx(hosts.promised(lease).number)


def test_rents_that_no_lease_states_do_not_rise_by_a_guess():
    silent = CONTRACTS.assign(escalator=float("nan"))
    assert not hosts.rise(silent).known
    assert not hosts.at_first(silent, hosts.rise(silent)).known
    assert not hosts.at_first(silent.iloc[:0], Given(0.03)).known
    other = silent.assign(escalator=[2.0, 3.0, None, 9.0, 9.0])
    assert hosts.rise(other).number == 0.03, "leases with a sum and a term alone"


def test_a_sum_stands_alone_and_a_range_has_a_best_guess():
    ends = "coins", Given(-500.0), Given(2000.0), Given(8000.0)
    alone, unknown = ("leases", Given(9000.0)), ("coins", Given())
    table = hosts.ranges({"rent": alone, "coins": ends, "none": unknown})
    assert table["name"].tolist() == ["rent", "coins"]
    assert table["kind"].tolist() == ["leases", "coins"]
    assert table[["low", "value", "high"]].to_numpy().tolist() == [[9, 9, 9], [-0.5, 2, 8]]


def test_leases_are_told_since_the_one_that_turned_them():
    dated = CONTRACTS.assign(announced="2024-10-22", partner=["X", "X", "Y", "Y", "Z"])
    assert hosts.since_leased(dated).empty
    later = dated.assign(announced=["2024-10-22", hosts.LEASED, "2025", "2025-08", "2025"])
    assert len(hosts.since_leased(later)) == 5


def test_leases_signed_later_are_owed_later():
    """By the end of 2024 the first alone; the cloud contract is newer, but no lease."""
    days = ["2024-06", "2025-01-01", "2025-02-01", "2026-01-01", "2026-05-07"]
    dated = CONTRACTS.assign(announced=days)
    assert hosts.promised(hosts.signed_by(dated, pd.Timestamp("2024-12-31"))).number == 100
    assert hosts.signed_by(dated, pd.NaT).empty
    assert hosts.last_signed(dated) == pd.Timestamp("2025-02-01"), "the next has no term"
    assert pd.isna(hosts.last_signed(dated.iloc[:0]))


def test_leases_house_machines():
    """The lease without a term is left out, as are the cloud contract and power of a site."""
    powered = CONTRACTS.assign(capacity_mw=[100.0, 200.0, 300.0, 400.0, 500.0])
    powered["capacity_basis"] = hosts.OF_MACHINES
    assert hosts.housed(powered).number == pytest.approx(0.6)
    powered.loc[0, "capacity_basis"] = "gross power"
    assert hosts.housed(powered).number == pytest.approx(0.5)


def test_what_ai_brings_in_a_quarter_counts_four_times_in_a_year():
    names = dict(zip(["A", "B"], hosts.TELLING, strict=True))
    rows = ACCOUNTS.assign(company=ACCOUNTS["company"].replace(names))
    assert hosts.paid(rows, "2026Q1", hosts.TELLING).number == 4 * (70 + 10)
    assert hosts.paid(rows, "2026Q1", hosts.TELLING[:1]).number == 4 * 70
    assert not hosts.paid(rows, "2024Q2", hosts.TELLING).known, "one of them tells no AI"


def test_a_miner_that_lags_is_told_in_its_newest_quarter_with_ai_apart():
    rows = ACCOUNTS[ACCOUNTS["company"] == "A"].assign(company="Riot")
    assert [each.number for each in hosts.behind(rows, "Riot", hosts.EARNED)] == [70, 100]
    assert [each.number for each in hosts.behind(rows, "Riot", hosts.MINED)] == [30, 100]
    early = hosts.behind(rows[rows["period"] < "2026Q1"], "Riot", hosts.EARNED)
    assert [each.known for each in early] == [False, False]
