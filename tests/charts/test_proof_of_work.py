"""The charts on proof of work: their tables, and what each must show besides."""

from charting import dated, spec_of, table, texts, views

from computecycle.charts import proof_of_work as charts
from computecycle.charts import rows

RACE = dated(
    "date value series",
    ("2015-12-31", 1.0, "hash rate"),
    ("2025-12-31", 1540.0, "hash rate"),
    ("2015-12-31", 1.0, "price of a coin"),
    ("2025-12-31", 204.0, "price of a coin"),
    ("2015-12-31", 1.0, "coins of a block"),
    ("2025-12-31", 0.125, "coins of a block"),
    ("2015-12-31", 1.0, "income of a unit"),
    ("2025-12-31", 0.017, "income of a unit"),
)
PAY = dated("date value", ("2015-12-31", 0.088), ("2024-12-31", 0.0089), ("2025-12-31", 0.0083))
RATES = dated("date value", ("2010-12-31", 1e11), ("2024-12-31", 7.8e20), ("2025-12-31", 1e21))
NEWEST = dated("date value", ("2026-01-31", 9.8e20), ("2026-02-28", 1e21))
FITS = dated(
    "date value window label",
    ("2010-12-31", 1e11, "first", "first years:|doubled every 2.5 months"),
    ("2015-12-31", 1e18, "first", "first years:|doubled every 2.5 months"),
    ("2020-12-31", 1.4e20, "last", "last years: doubled every|19 months (16 to 24)"),
    ("2026-02-28", 1.2e21, "last", "last years: doubled every|19 months (16 to 24)"),
)
FALLS = dated("date value words", ("2026-01-31", 9.8e20, "January 2026: \N{MINUS SIGN}7%"))
ESTIMATES = dated(
    "date value maker run",
    ("2021-07-01", 89.0, "Cambridge", "0"),
    ("2022-07-01", 95.5, "Cambridge", "0"),
    ("2024-07-01", 138.0, "Cambridge", "1"),
    ("2021-05-31", 110.0, "Digiconomist", "0"),
    ("2026-07-27", 204.0, "Digiconomist", "1"),
)
ENDS = dated("date low value high", ("2026-07-27", 73.0, 136.0, 238.0))
PEAK = dated("date value", ("2022-07-01", 204.0))
SHARES = table("name now after", ("floor", 0.3, 0.59), ("best guess", 0.56, 1.1))
USES = table(
    "name low high kind",
    ("Spain", 246.0, 246.0, "country"),
    ("Bitcoin", 138.0, 172.0, "Bitcoin"),
)
ADDED = dated(
    "start end added", ("2022-01-30", "2022-05-01", 62.0), ("2022-05-01", "2022-07-31", -107.0)
)
GAMING = dated(
    "start end value", ("2022-01-30", "2022-05-01", 3.62), ("2022-05-01", "2022-07-31", 2.04)
)
MERGE = dated("date words", ("2022-09-15", "the Merge"))
CURVE = table("speed share", (26, 0.35), (86, 0.11))
BOARDS = table("words share speed", ("slowest: 35%", 0.35, 26.0), ("fastest: 11%", 0.11, 86.0))
RANGE = table("words share speed", ("slow end: 61%", 0.61, 15.0), ("fast end: 23%", 0.23, 40.0))
OUTSIDE = table("words share", ("of a publisher", 0.25))
SALES = table(
    "quarter part start end share",
    ("A, quarter 1 of 2026", "own coins", 0.0, 30.0, 0.26),
    ("A, quarter 1 of 2026", "machines of other miners", 30.0, 38.0, 0.07),
    ("A, quarter 1 of 2026", "computers for AI", 38.0, 115.0, 0.67),
)
LEASES = table(
    "name low value high kind",
    ("leases", 10.3, 10.3, 10.3, "leases"),
    ("coins", 12.2, 12.2, 12.2, "coins"),
    ("coins left", 0.3, 5.4, 8.6, "coins"),
    ("coins later", -5.8, -0.6, 2.5, "coins"),
)

FIGURES = {
    charts.mining_revenue: (RACE, PAY),
    charts.hash_rate: (RATES, NEWEST, FITS, FALLS),
    charts.bitcoin_electricity: (ESTIMATES, ENDS, PEAK),
    charts.electricity_share: (SHARES,),
    charts.electricity_ranks: (USES,),
    charts.ethereum_gaming: (ADDED, GAMING, MERGE),
    charts.cards_held: (CURVE, BOARDS, RANGE, OUTSIDE),
    charts.miner_sales: (SALES,),
    charts.miner_leases: (LEASES,),
}


def test_a_missing_year_is_a_gap_in_the_line():
    found = views(spec_of(charts.bitcoin_electricity, ESTIMATES, ENDS, PEAK))
    lines = [view for view in found if view["mark"].get("type") == "line"]
    assert [view["encoding"]["detail"]["field"] for view in lines] == ["run"]


def test_a_range_says_its_ends_and_two_estimates_both():
    assert "138 to 172" in texts(spec_of(charts.electricity_ranks, USES))
    shown = texts(spec_of(charts.miner_leases, LEASES))
    assert {"10.3", "12.2", "0.3 to 8.6, best guess 5.4"} <= set(shown)


def test_a_share_of_the_income_is_told_before_and_after_the_halving():
    assert "best guess: 56%, then 110%" in texts(spec_of(charts.electricity_share, SHARES))


def test_boards_and_estimates_are_named_where_they_stand():
    shown = texts(spec_of(charts.cards_held, CURVE, BOARDS, RANGE, OUTSIDE))
    ends = {"slow end: 61%", "fast end: 23%"}
    assert {"slowest: 35%", "fastest: 11%", "of a publisher", *ends} <= set(shown)


def test_the_shade_lies_between_the_ends_of_the_range():
    found = views(spec_of(charts.cards_held, CURVE, BOARDS, RANGE, OUTSIDE))
    (shade,) = [view["encoding"] for view in found if view["mark"].get("type") == "rect"]
    assert shade["x"]["field"] == "low" and shade["x2"]["field"] == "high"


def test_a_bar_of_sales_says_the_part_of_ai_at_its_end():
    assert "AI 67%" in texts(spec_of(charts.miner_sales, SALES))


def test_the_last_years_of_the_hash_rate_stand_alone_too():
    shown = texts(spec_of(charts.hash_rate, RATES, NEWEST, FITS, FALLS))
    assert {"500EH/s", "1TH/s", "January 2026: \N{MINUS SIGN}7%"} <= set(shown)


def test_each_line_of_the_race_is_named_at_its_end():
    assert {"hash rate × 1,540", "coins of a block 1/8", "income of a unit 1/59"} <= set(
        texts(spec_of(charts.mining_revenue, RACE, PAY))
    )


def test_a_panel_without_rows_is_not_drawn_and_its_table_is_kept():
    spec = spec_of(charts.mining_revenue, RACE, PAY.iloc[:0])
    assert len(spec["vconcat"]) == 1 and sorted(map(bool, spec["datasets"].values())) == [
        False,
        True,
    ]


def test_the_share_of_pay_starts_at_zero_and_is_printed_at_both_ends():
    spec = spec_of(charts.mining_revenue, RACE, PAY)
    assert {"8.8%", "0.8%"} <= set(texts(spec)) and "0.9%" not in texts(spec)
    scales = [view["encoding"]["y"].get("scale", {}) for view in views(spec)]
    assert [each for each in scales if each.get("zero") is True and "type" not in each]


def test_a_bar_leaves_its_name_above_it_whole():
    """A line of a name ends 5 px below the middle of its row; nothing of its bar may reach it."""
    for draw, told in ((charts.electricity_share, SHARES), (charts.miner_leases, LEASES)):
        marks = [view["mark"] for view in views(spec_of(draw, told))]
        tall = [mark.get("height", 0) for mark in marks if mark.get("yOffset") == rows.BELOW]
        assert any(tall) and rows.BELOW - max(tall) / 2 > 5
    marks = [view["mark"] for view in views(spec_of(charts.miner_sales, SALES))]
    assert rows.HEIGHT in [mark.get("height") for mark in marks]
