"""A day is that day wherever a figure is made or read, whatever the zone and the locale there."""

import datetime
import os
import subprocess
import sys
from collections.abc import Iterator

import altair as alt
import pandas as pd
import pytest
from browsing import serving, visiting
from house import ON_PATH
from playwright.sync_api import Page

from computecycle.charts import theme

PLACES = [("America/New_York", "C"), ("Asia/Shanghai", "C.UTF-8")]
each_zone = pytest.mark.parametrize("zone", [zone for zone, _ in PLACES])

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
    return theme.svg(theme.specification(every_way_to_show_a_day()))


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
    spec = theme.specification(every_way_to_show_a_day())
    (rows,) = (rows for rows in spec["datasets"].values() if "day" in rows[0])
    assert [row["day"] for row in rows] == ["2022-12-31", "2023-01-01", ""]
    assert [row["at"] for row in rows] == ["2022-12-31T23:30:00Z", "2023-01-01", ""]
    assert [row["year"] for row in rows] == [2022, 2023, 2023]


def test_a_specification_is_still_vega_lite_and_says_what_the_author_said():
    spec = theme.specification(every_way_to_show_a_day())
    alt.VConcatChart.from_dict({key: spec[key] for key in spec if key != "config"})
    assert spec["vconcat"][0]["transform"][0]["calculate"].startswith(f"{QUOTED}utcFormat(")


def test_a_chart_without_days_is_specified_as_altair_does():
    chart = alt.Chart(DAYS[["year"]]).mark_bar().encode(x="year:Q", color=alt.value("red"))
    assert theme.specification(chart) == chart.to_dict()


def test_a_scale_that_the_author_chose_stays():
    across = alt.X("day:T").scale(type="band", padding=0.5)
    chart = alt.Chart(DAYS).mark_bar().encode(x=across, y=alt.Y("day:T").scale(None))
    found = theme.specification(chart)["encoding"]
    assert found["x"]["scale"] == {"type": "band", "padding": 0.5}
    assert found["y"]["scale"] is None


# In a browser


@pytest.fixture(scope="module")
def address(report) -> Iterator[str]:
    with serving((report.root / "_build/html").resolve()) as address:
        yield address + "book/chapters/cpu_to_gpu.html"


WORDS = """live => [...live.querySelectorAll("text")].map((text) => text.textContent).concat(
    [...live.querySelectorAll("[aria-label]")].map((mark) => mark.getAttribute("aria-label")))"""


def words_of(page: Page, id: str) -> list[str]:
    """What a figure says once it is interactive."""
    page.locator(f'.cc-interact[data-id="{id}"]').click()
    return page.locator(f'[data-figure="{id}"] .cc-live svg').first.evaluate(WORDS)


def test_live_charts_show_the_same_days_in_every_zone(browser, address):
    said = []
    for zone, _ in PLACES:
        with visiting(browser, timezone_id=zone) as visit:
            page = visit.go(address)
            said.append([words_of(page, id) for id in ("tick-tock", "chip-growth")])
        assert visit.troubles == []
    assert "Nov 11, 2007" in " ".join(said[0][0])
    assert said[0] == said[1]


@each_zone
def test_axis_and_tooltip_of_a_live_chart_show_the_day_in_the_data(browser, address, zone):
    last = alt.Axis(format="%d %b %Y", values=[alt.DateTime(year=2022, month=12, date=31)])
    day = alt.X("day:T", axis=last).scale(type="utc")
    days = DAYS[:1].assign(written="2022-12-31")
    chart = alt.Chart(days).mark_point(size=900).encode(x=day, tooltip=["day:T", "written:T"])
    with visiting(browser, timezone_id=zone) as visit:
        page = visit.go(address)
        words_of(page, "tick-tock")
        spec = theme.specification(chart)
        page.evaluate("spec => computecycle.draw('tick-tock', spec)", spec)
        live = page.locator('[data-figure="tick-tock"] .cc-live svg')
        assert "31 Dec 2022" in live.evaluate(WORDS)
        live.locator(".mark-symbol path").hover()
        said = page.locator("#vg-tooltip-element.visible").inner_text()
        assert said.split() == ["day", *LAST, "written", *LAST]
    assert visit.troubles == []
