"""The rent of a chip: its peak, the low after it and the newest month."""

import pandas as pd

from computecycle.quantities.capex_gap import rents

INDEX = ("henryzhangpku index", "index", "on_demand", "H100")
LISTS = ("henryzhangpku index", "median_of_lists", "reserved_mixed", "H100")
RENTALS = pd.DataFrame(
    [
        (*INDEX, "2024-01", 4.0),
        (*INDEX, "2024-02", 5.0),
        (*INDEX, "2024-04", 2.0),
        (*INDEX, "2024-05", 3.0),
        (*LISTS, "2024-05", 1.5),
        ("henryzhangpku index", "index", "on_demand", "A100", "2024-05", 9.0),
        ("AWS", "list_price", "on_demand", "H100", "2024-05", 9.0),
    ],
    columns=["provider", "kind", "term", "gpu", "period", "price"],
)


def test_the_turns_of_the_index():
    found = rents.turns(RENTALS)
    assert {name: each.number for name, each in found.items()} == {
        "peak": 5.0,
        "low": 2.0,
        "last": 3.0,
    }
    assert rents.month(found["low"]) == pd.Timestamp("2024-04-01")


def test_before_anything_follows_the_peak_no_low_is_known():
    found = rents.turns(RENTALS.iloc[:2])
    assert found["peak"].known and not found["low"].known and not found["last"].known
    assert pd.isna(rents.month(found["low"]))
    assert not any(each.known for each in rents.turns(RENTALS.iloc[:0]).values())


def test_a_month_without_a_price_breaks_the_line():
    shown = rents.series(RENTALS)
    assert shown["series"].tolist() == ["H100 on demand"] * 5 + ["H100 reserved"]
    assert shown["price"].isna().tolist() == [False, False, True, False, False, False]
    assert rents.series(RENTALS.iloc[:0]).empty


def test_contracts_of_a_year_and_the_lists_of_one_seller():
    columns = [*RENTALS.columns, "form", "gpus_per_instance"]
    survey = ("Survey", "survey", "contract_1y", rents.CHIP)
    listed = ("Seller", "list_price", "on_demand", rents.CHIP)
    rows = [
        (*survey, "2025-10", 1.5, "not stated", "not stated"),
        (*survey, "2026-03", 2.5, "not stated", "not stated"),
        (*listed, "2025-09-30", 9.0, "SXM", "8"),
        (*listed, "2025-10-10", 3.0, "SXM", "8"),
        (*listed, "2026-06-09", 4.0, "SXM", "8"),
        (*listed, "2026-07-01", 5.0, "SXM", "1"),
    ]
    table = pd.DataFrame(rows, columns=columns)
    assert [each.number for each in rents.contracts(table)] == [1.5, 2.5]
    since = pd.Timestamp("2025-10-01")
    assert [each.number for each in rents.of_seller(table, "Seller", since)] == [3.0, 4.0]
    assert not any(each.known for each in rents.of_seller(table, "Seller", pd.NaT))
    assert not any(each.known for each in rents.contracts(table.iloc[:1]))


def test_the_older_chip_has_two_series_and_a_day_on_which_it_came_out():
    index = ("henryzhangpku index", "index", "on_demand", rents.OLDER)
    lists = ("henryzhangpku index", "median_of_lists", "on_demand", rents.OLDER)
    rows = [(*index, "2024-05", 2.0), (*index, "2024-06", 2.5), (*lists, "2024-05", 1.9)]
    table = pd.DataFrame([*rows, (*lists, "2024-06", 1.5)], columns=RENTALS.columns)
    assert [each.number for each in rents.of(table, "A100 on demand")] == [2.0, 2.5]
    assert [each.number for each in rents.of_lists(table, rents.OLDER)] == [1.9, 1.5]
    assert not any(each.known for each in rents.of_lists(table.iloc[:3], rents.OLDER))
    days = pd.to_datetime(["2020-11-16", "2020-05-14", "2017-06-21"])
    chips = ["A100 SXM4 80 GB", "A100 SXM4 40 GB", "V100"]
    assert rents.launched(pd.DataFrame({"product": chips, "released": days})) == days[1]
