"""The charts on proof of work: their tables, and what each must show besides."""

import re

from charting import dated, drawing, spec_of, table, texts, views

from computecycle.charts import proof_of_work as charts

RATES = dated("date value", ("2010-12-31", 1e11), ("2024-12-31", 7.8e20), ("2025-12-31", 1e21))
FIT = dated("date value label", ("2024-12-31", 7e20, "19"), ("2025-12-31", 1.1e21, "19"))
TOLD = dated("date value label", ("2010-07-01", 1.72e8, "4.1"), ("2024-12-01", 7.51e20, "4.1"))
DOUBLINGS = table("year months printed", (2015, 2.5, 4.1), (2016, 3.0, 4.1), (2025, 18.9, 4.1))
PRICES = dated(
    "date value series",
    ("2013-12-31", 732.0, "three-day series"),
    ("2014-12-29", 313.4, "three-day series"),
    ("2015-12-31", 430.6, "close"),
    ("2024-12-31", 93429.2, "close"),
)
PRINTED = dated(
    "date value label",
    ("2013-12-31", 1200.0, "1,200"),
    ("2022-12-31", 14000.0, "14,000"),
    ("2023-12-31", 4000.0, "4,000"),
)
EARNED = dated("date revenue", ("2010-12-31", 21050.0), ("2025-12-31", 0.0376))
COSTS = dated("date cost", ("2017-12-31", 0.44), ("2024-12-31", 0.03))
REPAID = table(
    "month share case",
    (0.0, 0.0, "if it stays"),
    (12.0, 6.0, "if it stays"),
    (0.0, 0.0, "as it changed"),
    (12.0, 2.3, "as it changed"),
)
ESTIMATES = dated(
    "date value scope recalled",
    ("2021-07-01", 104.0, "Cambridge, model before August 2023", False),
    ("2022-07-01", 95.5, "Cambridge, model since August 2023", False),
    ("2021-12-31", 200.0, "Digiconomist", True),
    ("2022-12-31", 112.0, "Digiconomist", True),
)
BOUNDS = dated("date value", ("2021-12-31", 304.0), ("2022-12-31", 109.0))
PEAK = dated("date value", ("2022-07-01", 204.0))
USES = table("name value kind", ("Spain", 246.0, "country"), ("Bitcoin, peak", 204.0, "Bitcoin"))
PEOPLE = table(
    "country printed computed differs", ("Canada", 15.6, 15.6, False), ("Indonesia", 1.2, 1.1, True)
)
VALUES = table(
    "name value mechanism",
    ("Bitcoin (BTC)", 1970.0, "proof of work"),
    ("Tether (USDT)", 138.0, "another mechanism"),
)
PACE = table(
    "name low high mechanism",
    ("Bitcoin", 3.0, 7.0, "proof of work"),
    ("Alibaba", 583000.0, 583000.0, "one operator"),
)
TRADE = table(
    "tracker year value",
    ("DappRadar", 2021, 24.9),
    ("DappRadar", 2022, 24.0),
    ("CryptoSlam", 2021, 18.3),
    ("the document", 2021, 17.0),
)

FIGURES = {
    charts.hash_rate: (RATES, FIT, TOLD),
    charts.hash_rate_doubling: (DOUBLINGS,),
    charts.bitcoin_price: (PRICES, PRINTED),
    charts.mining_revenue: (EARNED, COSTS),
    charts.machine_repaid: (REPAID,),
    charts.electricity_estimates: (ESTIMATES, BOUNDS, PEAK),
    charts.electricity_ranks: (USES,),
    charts.electricity_per_person: (PEOPLE,),
    charts.network_values: (VALUES,),
    charts.transactions: (PACE,),
    charts.nft_trade: (TRADE,),
}


def test_series_are_lines_of_their_own():
    for chart, column in (
        (charts.bitcoin_price, "series"),
        (charts.electricity_estimates, "scope"),
    ):
        found = views(spec_of(chart, *FIGURES[chart]))
        lines = [view for view in found if view["mark"].get("type") == "line"]
        assert any(view["encoding"].get("color", {}).get("field") == column for view in lines)


def test_a_printed_trough_is_labelled_below_and_a_peak_above():
    drawn = drawing(spec_of(charts.bitcoin_price, PRICES, PRINTED))
    anchors = {
        words: anchor
        for anchor, words in re.findall(r'text-anchor="(\w+)"[^>]*>([\d,]+)</text>', drawn)
    }
    assert anchors["14,000"] == "end" and anchors["4,000"] == "start"


def test_the_misprinted_row_says_both_numbers():
    assert "1.1, printed 1.2" in texts(spec_of(charts.electricity_per_person, PEOPLE))


def test_a_single_pace_is_one_number():
    shown = texts(spec_of(charts.transactions, PACE))
    assert "3 to 7" in shown and "583,000" in shown
