"""The charts of the cloud: their tables, and what each must show besides."""

import re

from charting import dated, drawing, spec_of, table, views

from computecycle.charts import cloud as charts

CURVES = table("life used margin", (4, 0.5, -0.33), (4, 1.0, 0.33), (6, 0.5, -0.06), (6, 1.0, 0.47))
GROWN = dated(
    "quarter growth added marked",
    ("2021-12-31", 0.37, 13.7, True),
    ("2022-03-31", None, None, False),
    ("2023-09-30", 0.18, 10.6, True),
    ("2026-03-31", 0.37, 35.1, True),
)
BY_YEAR = table(
    "segment label growth when",
    ("AWS", "’23", 0.13, "up to 2023"),
    ("AWS", "’24", 0.19, "after 2023"),
    ("AWS", " ", None, "newest quarter"),
    ("AWS", "Mar ’26", 0.28, "newest quarter"),
    ("Alibaba Cloud", "’24", None, "after 2023"),
)
POINTS = table(
    "definition quarter kind points",
    ("old", "Jun ’24", "all else", 0.21),
    ("old", "Jun ’24", "from AI", 0.08),
    ("new", "Sep ’24", "all else", 0.19),
    ("new", "Sep ’24", "from AI", 0.12),
)
LINES = dated(
    "provider quarter share definition",
    ("AWS", "2017-06-30", 0.34, 0),
    ("AWS", "2026-03-31", 0.28, 0),
    ("Microsoft Azure", "2024-03-31", 0.25, 0),
    ("Microsoft Azure", "2024-09-30", 0.20, 1),
    ("Microsoft Azure", "2026-03-31", 0.21, 1),
)
MARGINS = table(
    "segment year margin now",
    ("AWS", 2023.0, 0.27, False),
    ("AWS", 2025.0, 0.35, False),
    ("AWS", 2025.9, 0.39, True),
    ("Google Cloud", 2025.0, 0.24, False),
)
LIVES = table(
    "company year life part",
    ("Amazon", 2014, 3.0, False),
    ("Amazon", 2024, 6.0, False),
    ("Amazon", 2025, 5.0, True),
    ("Alphabet", 2014, 3.0, False),
    ("Alphabet", 2025, 6.0, False),
)
RATIOS = table(
    "name year ratio definition",
    ("AWS alone", 2023, 0.27, 0),
    ("Amazon", 2023, 0.58, 0),
    ("Amazon", 2025, 1.02, 0),
    ("Microsoft", 2024, 0.42, 1),
    ("Microsoft", 2024, 0.51, 2),
)
OWED = table(
    "company customer kind value total known",
    ("Microsoft", "OpenAI", "one customer", 280.0, 627.0, 0.45),
    ("Microsoft", "Anthropic", "another", 30.0, 627.0, 0.45),
    ("Microsoft", "OpenAI", "all else", 317.0, 627.0, 0.45),
)
MARKET = table("year vintage value", (2016, "2017-10", 219.4), (2017, "2018-04", 153.5))
PATH = table("year value name", (2016, 137.6, ""), (2024, 595.7, "linked: 4.3 times"))
TOLD = table("year value name", (2016, 112.0, "the study: 6.0 times"), (2024, 676.0, ""))
FIGURES = {
    charts.fullness: (CURVES,),
    charts.dollars_added: (GROWN,),
    charts.growth_since: (BY_YEAR,),
    charts.without_ai: (POINTS,),
    charts.market_shares: (LINES,),
    charts.margins: (MARGINS, LIVES),
    charts.spending: (RATIOS, 2023),
    charts.customers: (OWED,),
    charts.market_by_vintage: (MARKET, PATH, TOLD),
}


def details(chart) -> set[str]:
    """The columns that part the lines of a chart."""
    found = [view["encoding"].get("detail") for view in views(spec_of(chart, *FIGURES[chart]))]
    return {each["field"] for each in found if each}


def test_no_line_crosses_a_release_or_a_definition():
    assert details(charts.market_by_vintage) == {"vintage"}
    assert details(charts.market_shares) == details(charts.spending) == {"definition"}


def test_a_redrawn_seller_is_marked():
    assert "Azure redefined" in drawing(spec_of(charts.market_shares, LINES))
    kept = LINES[LINES["definition"] == 0]
    assert "Azure redefined" not in drawing(spec_of(charts.market_shares, kept))


def test_one_customer_is_named_with_its_contract():
    drawn = drawing(spec_of(charts.customers, OWED))
    assert ">OpenAI 280<" in drawn and ">627<" in drawn
    assert ">Anthropic 30<" in drawn  # above its bar, which is too thin


def test_the_newest_quarter_stands_after_the_years():
    drawn = drawing(spec_of(charts.growth_since, BY_YEAR.iloc[[3, 2, 0, 1]]))
    assert drawn.index(">’23<") < drawn.index(">’24<") < drawn.index(">Mar ’26<")


def test_a_loss_is_named_where_there_is_one():
    assert "a loss" in drawing(spec_of(charts.fullness, CURVES))
    assert "a loss" not in drawing(spec_of(charts.fullness, CURVES[CURVES["margin"] > 0]))


def test_a_year_without_growth_is_marked_and_the_empty_place_is_not():
    texts = re.findall(r">([^<>]+)</text>", drawing(spec_of(charts.growth_since, BY_YEAR)))
    assert texts.count("?") == 1  # of Alibaba's year, not of the place before the quarter


def test_what_is_not_the_customers_is_named_in_each_bar():
    assert ">all else 317<" in drawing(spec_of(charts.customers, OWED))


def test_each_quarter_has_the_points_of_ai_and_of_all_else_within_its_definition():
    drawn = drawing(spec_of(charts.without_ai, POINTS))
    assert all(f">{each}<" in drawn for each in ("8%", "21%", "12%", "19%"))
    assert drawn.index(">old<") < drawn.index(">new<")


def test_the_newest_quarter_is_a_mark_beside_the_line_of_the_years():
    drawn = drawing(spec_of(charts.margins, MARGINS, LIVES))
    assert ">39%<" in drawn and ">AWS 35%<" in drawn  # the name stands at the last year
    years = MARGINS[~MARGINS["now"]]
    assert ">39%<" not in drawing(spec_of(charts.margins, years, LIVES))


def test_the_older_definition_is_named_and_the_newest_has_the_number():
    drawn = drawing(spec_of(charts.spending, RATIOS, 2023))
    assert ">older definition<" in drawn and ">$0.51<" in drawn
    assert ">$0.58<" in drawn and ">$0.42<" not in drawn  # the year of the turn, and the newest
