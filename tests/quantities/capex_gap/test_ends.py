"""The low count and the high one, and the quarter that NVIDIA forecasts, by hand."""

import pandas as pd
from asking import close, nvidia

from computecycle.evidence.given import Given
from computecycle.quantities.capex_gap import ends, need

MAKERS, CLOUDS = Given(105.0), Given(62.0)
FILED = nvidia(("FY2027Q1", 40_000.0, "2026-05-20"), ("FY2027Q2", 80_000.0, "2026-08-26"))
MORE = pd.concat(
    [
        FILED.assign(period_end=FILED["known_from"]),
        FILED.tail(1).assign(metric="revenue", value=100_000.0),
        FILED.tail(1).assign(metric="networking_revenue", value=20_000.0),
        FILED.tail(1).assign(metric="revenue_guidance", value=110_000.0, period="FY2027Q3"),
    ],
    ignore_index=True,
)
ENDS = ["2026-05-20", *["2026-08-26"] * 3, "2026-10-25"]
FORECAST = MORE.assign(period_end=pd.to_datetime(ENDS))
DAY = pd.Timestamp("2026-08-26")


def test_the_low_count_takes_the_smaller_sales_over_the_larger_need():
    low, high = ends.shares(MAKERS, MAKERS + CLOUDS, Given(200.0), Given(250.0))
    assert (low.number, high.number) == (close(0.42), close(0.835))


def test_model_makers_sell_no_more_than_all():
    low, high = ends.shares(MAKERS, Given(50.0), Given(200.0), Given(250.0))
    assert (low.number, high.number) == (close(0.2), close(0.25))
    assert not ends.shares(Given(), Given(50.0), Given(200.0), Given(250.0))[0].known


def test_a_margin_on_inference_alone_leaves_training_at_its_cost():
    met = ends.on_inference(Given(0.9), Given(0.25), Given(0.5))
    assert met.number == close(0.9 / (0.75 + 0.25 * 2))
    assert ends.on_inference(Given(0.9), Given(1.0), Given(0.5)).number == close(0.45)
    assert not ends.on_inference(Given(0.9), Given(), Given(0.5)).known


def test_the_quarter_ahead_has_the_shares_of_the_newest_one():
    guided = ends.guided(FORECAST)
    bought = need.purchases(guided)
    assert bought["whole"].tolist() == close([40, 80, 88])
    assert bought["chips"].tolist() == close([30, 60, 66])
    assert need.stock(guided, DAY, 1.0, "whole").number == close(208)
    assert ends.forecast(FORECAST)["value"].tolist() == [110_000.0]


def test_without_a_forecast_of_a_quarter_ahead_there_is_none():
    past = FORECAST.assign(period_end=FORECAST["known_from"])
    for table in (past, FORECAST[FORECAST["metric"] != "revenue_guidance"]):
        assert ends.forecast(table).empty
        assert not need.stock(ends.guided(table), DAY, 1.0).known


def test_what_microsoft_recorded_from_openai_is_taken_out_as_last_told():
    rows = [("2025", 10.0, "2025-07-30"), ("2026", 24.1, "2026-07-29")]
    labs = pd.DataFrame(rows, columns=["period", "value", "known_from"]).assign(
        lab="OpenAI", metric="recorded_by_microsoft", status="actual"
    )
    assert ends.taken_out(labs, MAKERS + CLOUDS).number == close(142.9)
    assert not ends.taken_out(labs.assign(status="projected"), MAKERS).known
