"""What a dollar buys: cards against processors of their class, worked by hand."""

import pandas as pd
import pytest

from computecycle.quantities.cpu_to_gpu import prices


def catalogue(*rows: tuple) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["product", "released", "fp32_peak", "launch_price"])
    return table.assign(released=pd.to_datetime(table["released"]))


CARDS = prices.bargains(
    catalogue(
        ("GeForce A", "2010-01-01", 2.0, 500.0),
        ("GeForce B (two)", "2014-01-01", 8.0, 1000.0),
        ("GeForce C", "2014-01-01", 8.0, None),
    )
)
CPUS = prices.bargains(
    catalogue(
        ("P", "2009-01-01", 0.1, 1000.0),
        ("Q", "2012-01-01", 0.2, 1000.0),
        ("R", "2013-01-01", 0.4, 1000.0),
        ("S", "2015-01-01", 9.0, 1000.0),
    )
)
LEADS = prices.leads("desktop", CARDS, CPUS, 3.5)


def test_a_bargain_is_the_rate_over_the_price():
    assert list(CARDS["product"]) == ["GeForce A", "GeForce B (two)"]
    assert list(CARDS["value"]) == [4, 8]
    assert prices.bargains(catalogue(), "fp16_tensor_dense").empty


def test_a_card_meets_the_processors_of_the_years_before_it():
    assert list(LEADS["low"]) == pytest.approx([40, 20])
    assert list(LEADS["high"]) == pytest.approx([40, 20]), "the best rival, not the worst"
    assert list(LEADS["best_cpu"]) == ["P", "R"]
    assert prices.leads("desktop", CARDS, CPUS, 0.5).empty


def test_a_card_of_several_prices_has_two_ends():
    rates = pd.DataFrame({"chip": ["H"], "released": pd.to_datetime(["2022-01-01"])})
    asked = pd.DataFrame(
        [
            ("data_centre_gpu", "H", "offer", "2022-06", 20.0, None),
            ("data_centre_gpu", "H", "statement", "2023", 30.0, 40.0),
            ("data_centre_gpu", "H", "offer", "2025-01-02", 1.0, 90.0),
            ("gaming_gpu_top", "H", "launch_list", "2022", 1.0, None),
        ],
        columns=["class", "product", "price_kind", "day", "price", "price_high"],
    )
    rows = prices.asked(asked, rates.assign(tflops=4.0), "data_centre_gpu", 3)
    assert list(rows["named"].dt.year) == [2022, 2023], "the third is of a card grown old"
    table = prices.priced(rows)
    assert list(table["value"]) == [200] and list(table["low_value"]) == [100]
    assert list(table["listed"]) == [False]
    lead = prices.leads("server", table, CPUS, 10)
    assert lead["high"].iloc[0] == 2 * lead["low"].iloc[0]
    assert prices.priced(rows[:0]).empty


def test_leads_are_summed_up_over_the_best_rivals():
    assert prices.lowest(LEADS, [CARDS]).number == pytest.approx(20)
    assert prices.highest(LEADS, [CARDS]).number == pytest.approx(40)
    ends = LEADS.assign(low=[0.5, 0.7], high=[0.8, 1.1])
    assert prices.behind(ends, [CARDS]).number == 0.5, "even at the cheapest price"
    assert prices.highest(ends, [CARDS]).number == 1.1
    cards = pd.DataFrame({"product": ["V100 PCIe", "V100 SXM2", "K40"], "high": [0.7, 0.8, 1.2]})
    assert prices.behind(cards, [CARDS]).number == 0.5, "two cards of one chip"
    assert prices.behind(cards.assign(high=[0.7, 1.1, 1.2]), [CARDS]).number == 0
    assert prices.estimated(LEADS, [CARDS]).number == 0
    for summary in (prices.lowest, prices.highest, prices.behind, prices.estimated):
        assert not summary(LEADS[:0], [CARDS]).known


def test_cards_are_named_in_short_with_their_year_and_best_rival():
    table = prices.together(LEADS, LEADS[:0])
    assert list(table["card"]) == ["A", "B"]
    assert list(table["name"]) == ["A, 2010, against P", "B, 2014, against R"]
    assert list(table["day"]) == list(LEADS["day"])
    assert list(prices.of(LEADS, pd.DataFrame({"chip": ["GeForce A"]}))["product"]) == ["GeForce A"]
