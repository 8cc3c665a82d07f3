"""The charts of the cloud: their tables, and what each must show besides."""

from charting import drawing, spec_of, table, views

from computecycle.charts import cloud as charts

STARTS = table("company start_year", ("Amazon Web Services", 2006), ("Oracle Cloud", 2016))
MARKET = table(
    "segment year vintage value scope",
    ("SaaS", 2016, "2017-10", 219.4, "with advertising"),
    ("SaaS", 2017, "2017-10", 260.0, "with advertising"),
    ("PaaS", 2017, "2018-04", 153.5, "without advertising"),
)
PRINTED = table("year value label", (2010, 41.0, "41"), (2024, 676.0, "676"))
MOVED = table(
    "year vintage change kind",
    (2017, "2018-04", -0.41, "another definition"),
    (2022, "2022-10", -0.01, "same definition"),
)
GROWTH = table("segment printed linked", ("PaaS", 0.49, 0.23), ("total", None, 0.18))
CLOUDS = table(
    "segment panel year definition revenue growth share",
    ("AWS", "AWS (USD billion)", 2016, 0, 12.2, 0.55, 0.09),
    ("Alibaba Cloud", "Alibaba Cloud (CNY billion)", 2023, 1, 77.2, 0.04, 0.09),
    ("Alibaba Cloud", "Alibaba Cloud (CNY billion)", 2024, 2, 106.4, None, 0.11),
)
SHARES = table("provider share earlier", ("AWS", 0.31, 0.33), ("Huawei Cloud", 0.02, None))
CURVES = table(
    "paid growth multiple marked",
    (10.0, 0.0, 16.1, False),
    (10.0, 0.385, 3.2, True),
    (15.0, 0.0, 24.2, False),
    (15.0, 0.385, 4.7, True),
)
RETURNS = table(
    "company reading annual_return printed",
    ("Amazon", "as a multiple", 0.385, 0.39),
    ("Amazon", "as an increase", 0.436, 0.39),
    ("Microsoft", "as a multiple", 0.294, None),
)
BY_YEAR = table(
    "segment year growth when",
    ("AWS", 2023, 0.13, "up to 2023"),
    ("AWS", 2024, 0.19, "after 2023"),
    ("Google Cloud", 2023, 0.26, "up to 2023"),
)
FIGURES = {
    charts.starts: (STARTS,),
    charts.market_by_vintage: (MARKET, PRINTED),
    charts.revisions: (MOVED,),
    charts.segments_by_vintage: (MARKET,),
    charts.growth_printed_and_linked: (GROWTH,),
    charts.revenue_by_definition: (CLOUDS,),
    charts.growth_and_share: (CLOUDS,),
    charts.market_shares: (SHARES,),
    charts.break_even: (CURVES,),
    charts.returns_by_reading: (RETURNS,),
    charts.growth_since: (BY_YEAR,),
}


def test_no_line_crosses_a_release_or_a_definition():
    by_release = [
        view["encoding"].get("detail")
        for view in views(spec_of(charts.market_by_vintage, MARKET, PRINTED))
    ]
    assert {"field": "vintage", "type": "nominal"} in by_release
    by_definition = [view["encoding"] for view in views(spec_of(charts.growth_and_share, CLOUDS))]
    lines = [each for each in by_definition if "y" in each]
    assert all(each["detail"]["field"] == "definition" for each in lines)


def test_a_share_says_what_it_was():
    drawn = drawing(spec_of(charts.market_shares, SHARES))
    assert ">31%, was 33%<" in drawn
    assert ">2%<" in drawn
