"""A day is that day wherever a figure is made or read, whatever the zone and the locale there."""

import datetime
import os
import subprocess
import sys

import altair as alt
import pandas as pd
from house import ON_PATH

from computecycle.charts import look, theme

PLACES = [("America/New_York", "C"), ("Asia/Shanghai", "C.UTF-8")]

DAYS = pd.DataFrame(
    {
        "day": pd.to_datetime(["2022-12-31", "2023-01-01", None]),
        "until": pd.to_datetime(["2023-01-01", "2023-03-31", "2023-03-31"]),
        "at": pd.to_datetime(["2022-12-31T23:30:00", "2023-01-01", None], format="ISO8601"),
        "year": [2022, 2023, 2023],
    }
)
LAST = ["Dec", "31,", "2022"]  # as a tooltip says it
QUOTED = r"'year(s) and \'day(s)' + "


def every_way_to_show_a_day() -> alt.VConcatChart:
    """Dates in data, scales, axes, legends, texts, tooltips, units, filters and expressions."""
    base = alt.Chart(DAYS).transform_calculate(
        told=f"{QUOTED}timeFormat(datum.day, ' %d %b %Y') + ' ' + year(datum.until) + ' ' + "
        "month(datetime(2023, 0, 1)) + ' ' + utcyear(datum.until)"
    )
    spans = base.mark_rule(tooltip=True).encode(
        x=alt.X("day:T").title("Day"), x2="until:T", y=alt.Y("yearmonthdate(day):O")
    )
    first = alt.Axis(format="%d %b %H:%M", values=[alt.DateTime(year=2023)])
    points = base.mark_point().encode(
        x=alt.X("at:T", axis=first),
        color=alt.Color("day:T").legend(format="%d %b", type="symbol"),
        tooltip=["day:T", alt.Tooltip("at:T", format="%H")],
    )
    texts = base.mark_text().encode(
        x="year(day):T", text=alt.condition("year(datum.day) > 2022", "day:T", alt.value("-"))
    )
    told = base.mark_text(dy=9).encode(x="monthdate(until):O", text="told:N")
    later = base.transform_filter(alt.FieldGTEPredicate("day", gte=alt.DateTime(year=2023)))
    ticks = later.mark_tick(size=alt.expr("date(datum.day) * 9")).encode(x="day:T")
    now = alt.Chart().mark_rule().encode(x=alt.datum(datetime.datetime(2023, 1, 1)))
    return spans & (points + now) & texts & told & ticks & now


def drawn() -> str:
    return theme.svg(look.specification(every_way_to_show_a_day()))


def drawn_at(zone: str, locale: str) -> str:
    """The drawing of every way, by another process that lives in a zone and a locale."""
    return subprocess.run(
        [sys.executable, "-c", "from charts import test_days; print(test_days.drawn())"],
        env={**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": ON_PATH},
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout


def test_no_way_to_show_a_day_depends_on_the_zone():
    west, east = (drawn_at(*place) for place in PLACES)
    assert west == east
    for words in ("Day: Dec 31, 2022", " 31 Dec 2022 2023 0 2023", ">01 Jan 00:00<"):
        assert words in west


# What a specification says


def test_days_are_days_and_moments_name_their_zone():
    spec = look.specification(every_way_to_show_a_day())
    (rows,) = (rows for rows in spec["datasets"].values() if "day" in rows[0])
    assert [row["day"] for row in rows] == ["2022-12-31", "2023-01-01", ""]
    assert [row["at"] for row in rows] == ["2022-12-31T23:30:00Z", "2023-01-01", ""]
    assert [row["year"] for row in rows] == [2022, 2023, 2023]


def test_a_specification_is_still_vega_lite_and_says_what_the_author_said():
    spec = look.specification(every_way_to_show_a_day())
    alt.VConcatChart.from_dict({key: spec[key] for key in spec if key != "config"})
    assert spec["vconcat"][0]["transform"][0]["calculate"].startswith(f"{QUOTED}utcFormat(")


def test_a_chart_without_days_is_specified_as_altair_does():
    chart = alt.Chart(DAYS[["year"]]).mark_line().encode(x="year:Q", color=alt.value("red"))
    assert look.specification(chart) == chart.to_dict()


def test_a_scale_that_the_author_chose_stays():
    across = alt.X("day:T").scale(type="band", padding=0.5)
    chart = alt.Chart(DAYS).mark_bar().encode(x=across, y=alt.Y("day:T").scale(None))
    found = look.specification(chart)["encoding"]
    assert found["x"]["scale"] == {"type": "band", "padding": 0.5}
    assert found["y"]["scale"] is None


def test_a_mark_says_the_day_in_the_data():
    chart = alt.Chart(DAYS[:1]).mark_point().encode(x="day:T", tooltip="day:T")
    (label,) = theme.mark_labels(theme.svg(look.specification(chart)))
    assert " ".join(LAST) in label


def test_apostrophes_are_curved_in_words_and_quotes_of_expressions_stay():
    rows = DAYS[:1].assign(who="miners' and a seller's")
    rows["quoted"] = "who says 'no' and a seller's"
    title = alt.X("who:N").title("A year's share")
    chart = alt.Chart(rows).mark_bar().encode(x=title).transform_filter("datum.who != 'none'")
    spec = look.specification(chart)
    (drawn,) = spec["datasets"].popitem()[1]
    assert drawn["who"] == "miners’ and a seller’s"
    assert drawn["quoted"] == "who says 'no' and a seller's"
    assert spec["encoding"]["x"]["title"] == "A year’s share"
    assert spec["transform"] == [{"filter": "datum.who != 'none'"}]
