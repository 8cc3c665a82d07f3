"""The figures of the chapter from CPU to GPU: what stopped, what splits, formats, prices, memory.

Rows and panels stand in the order of the table's rows. Growth shows on log axes, which say so.
"""

import math

import altair as alt
import pandas as pd

from computecycle.charts import logs, rows, theme

CALENDAR = {"format": "d", "labelAngle": 0}
GROUPS = {"core": theme.NEUTRAL, "cpu": theme.ORANGE, "gpu": theme.BLUE}
TONES = [theme.PURPLE, theme.GREEN, theme.BLUE, theme.INK, theme.ORANGE]
MARGIN = pd.Timedelta(days=365)  # before the first day and after the last, for names
THICK = 11  # px, a span drawn as a rule: bars may not stand on a log axis


def _day(field: str) -> alt.X:
    """An axis of days; names at the ends of lines may stand beyond it."""
    return alt.X(f"{field}:T").title("Date").axis(format="%Y").scale(nice=False)


def _year(values: pd.Series) -> alt.X:
    axis = alt.X("year:Q").title("Year").axis(**CALENDAR)
    ends = [float(values.min()), float(values.max())] if len(values) else [0, 1]
    return axis.scale(zero=False, domain=ends, nice=False)


def _multiple(field: str) -> str:
    """The expression that writes a multiple: × 2.5, × 29.6, × 1,005."""
    return f"'× ' + format(datum.{field}, datum.{field} < 100 ? '.3~r' : ',.0f')"


def _powers(axis: str, title: str, low: float, high: float) -> dict:
    """What a log axis over some numbers has: title, scale, a line at each power of ten."""
    powers = [10.0**each for each in range(math.floor(math.log10(low)), 9) if 10.0**each <= high]
    return {
        "field": axis,
        "type": "quantitative",
        "title": title,
        "scale": alt.Scale(type="log", domain=[low, high]),
        "axis": alt.Axis(values=powers, tickCount=len(powers), format=",~r"),
    }


def trends(trend: pd.DataFrame, fitted: pd.DataFrame) -> alt.TopLevelMixin:
    """Measures of the best chip of each year, fitted before and after one year.

    trend: measure (one panel each), year, value. fitted: measure, period ("before",
    "after"), year, value, label.
    """
    both = pd.concat([trend.assign(period=""), fitted], ignore_index=True)
    twenties = list(range(1960, 2041, 20))  # years at which the small panels have a line
    base = alt.Chart().encode(x=_year(both["year"]).axis(**CALENDAR, values=twenties, grid=False))
    points = base.transform_filter("datum.period == ''").mark_point(size=18, color=theme.NEUTRAL)
    line = base.transform_filter("datum.period != ''").mark_line(strokeWidth=2.5)
    once = base.transform_filter("isValid(datum.label)").transform_aggregate(
        groupby=["measure", "period", "label"], middle="mean(year)"
    )
    texts = [
        once.transform_filter(f"datum.period == '{period}'")
        .mark_text(align="left")
        .encode(alt.XValue(4), alt.YValue(down), alt.Text("label:N"))
        for period, down in (("before", 7), ("after", 20))
    ]
    chart = alt.layer(points, line.encode(alt.Detail("period:N")), *texts, data=both)
    return logs.panels(chart, both, "measure")


def splitting(raced: pd.DataFrame, even: pd.DataFrame) -> alt.LayerChart:
    """How many times as fast as one core sets of workers are, by the share that cannot be split.

    raced: worker (a line each, named beside it), share (fraction), times. even: share, times of the
    point at which two lines meet.
    """
    ends = [float(raced["share"].min()), float(raced["share"].max())] if len(raced) else [1e-5, 0.5]
    axis = _powers("share", "Share that cannot be split (log scale, smaller to the right)", *ends)
    start = {"titleAnchor": "end", "titleAlign": "left"}  # of an axis that runs backwards
    share = alt.X(**axis).scale(type="log", domain=ends, reverse=True)
    share = share.axis(values=axis["axis"].values, format="~%", **start)
    times = logs.logarithmic("times", "Times as fast as one core (log scale)", raced["times"])
    tone = _ordered(raced, "worker", [theme.ORANGE, theme.BLUE, theme.PURPLE])
    ways = [(1e-5, "right", -4, -9), (0.01, "left", 8, 10), (0.001, "right", -8, -8)]
    workers = dict(zip(raced["worker"].unique(), ways, strict=False))  # no line crosses a name
    base = alt.Chart(_named(raced, workers)).encode(share, times, tone)
    point = alt.Chart(even).encode(share, times)
    said = point.transform_calculate(text="'even at ' + format(100 * datum.share, '.2~r') + '%'")
    return alt.layer(
        base.mark_line(),
        *[
            base.transform_filter(alt.datum.named == worker)
            .mark_text(align=align, dx=dx, dy=dy)
            .encode(alt.Text("named:N"))
            for worker, (_, align, dx, dy) in workers.items()
        ],
        point.mark_point(size=70, color=theme.INK),
        said.mark_text(align="left", dx=8, dy=16).encode(alt.Text("text:N")),
    )


def _named(raced: pd.DataFrame, places: dict[str, tuple]) -> pd.DataFrame:
    """The table with `named`: the worker in its row nearest to a share, else empty."""
    named = pd.Series("", index=raced.index)
    for worker, (at, *_) in places.items():
        away = (raced["share"][raced["worker"] == worker] / at).map(math.log).abs()
        named[away.idxmin()] = worker
    return raced.assign(named=named)


def _ordered(table: pd.DataFrame, field: str, tones: list[str] = TONES) -> alt.Color:
    names = list(table[field].unique())
    kind = "N" if table[field].dtype != float else "O"
    return alt.Color(f"{field}:{kind}").scale(domain=names, range=tones[: len(names)]).legend(None)


def formats(points: pd.DataFrame) -> alt.LayerChart:
    """Peak rates of chips by the length of the numbers, each line of records named at its end.

    points: series, day, value (trillion operations a second), label (empty for most).
    """
    title = "Trillion operations a second of one chip (log scale)"
    rate = logs.logarithmic("value", title, points["value"])
    tones = [*TONES[:4], theme.GOLD, theme.ORANGE, theme.MUTED]
    base = alt.Chart().encode(x=_day("day"), y=rate, color=_ordered(points, "series", tones))
    best = base.transform_window(
        record="max(value)", frame=[None, 0], sort=[alt.SortField("day")], groupby=["series"]
    ).encode(y=_again(rate, "record"))
    line = best.mark_line(strokeWidth=2, interpolate="step-after")
    name = (
        base.transform_aggregate(groupby=["series"], end="max(day)", top="max(value)")
        .transform_calculate(at="toDate(datum.end)")
        .mark_text(align="left", dx=7)
        .encode(_day("at"), _again(rate, "top"), alt.Text("series:N"))
    )
    first = base.transform_filter("datum.label").mark_text(align="right", dx=-6, dy=-4)
    dots = base.mark_point(size=20, opacity=0.7)
    return alt.layer(dots, line, name, first.encode(alt.Text("label:N")), data=points, height=360)


def _again(axis: alt.Y, field: str) -> alt.Y:
    """The same axis for another column."""
    made = axis.copy(deep=True)
    made.shorthand = f"{field}:Q"
    return made


def growth(forest: pd.DataFrame) -> alt.LayerChart:
    """Yearly growth with its interval, a row each, its name to the left.

    forest: group (a tone each), name, rate, low, high (fractions), points.
    """
    base = alt.Chart().encode(
        y=rows.named_beside(forest, "name", "Who", 20),
        color=alt.Color("group:N")
        .scale(domain=list(GROUPS), range=list(GROUPS.values()))
        .legend(None),
    )
    rate = alt.X("rate:Q").title("Growth a year, with its interval")
    rate = rate.axis(format="%", grid=False, values=[0, 0.5, 1, 1.5], tickCount=4).scale(
        domain=_room(forest)
    )
    label = (
        base.transform_calculate(
            text="format(datum.rate, '+.0%') + ' (' + format(100 * datum.low, '.0f') + ' to '"
            " + format(100 * datum.high, '.0f') + ')'"
        )
        .mark_text(align="left", dx=8)
        .encode(alt.X("high:Q"), alt.Text("text:N"), alt.ColorValue(theme.INK))
    )
    span = base.mark_rule(strokeWidth=4, opacity=0.45)
    return alt.layer(
        span.encode(alt.X("low:Q"), alt.X2("high:Q")),
        base.mark_point(size=80).encode(x=rate),
        label,
        data=forest,
        height=alt.Step(38),
    )


def _room(forest: pd.DataFrame) -> list[float]:
    """The ends of an axis of growth, with room for the text beyond the highest interval."""
    ends = forest["low"].min(), 1.5 * forest["high"].max()
    return [min(0.0, float(ends[0])), float(ends[1])] if len(forest) else [0.0, 1.0]


def cascade(factors: pd.DataFrame) -> alt.TopLevelMixin:
    """The factors of a multiple, each from where the one before it ended; a panel a split.

    factors: split, part, start, end, multiple, share (fraction of the doublings).
    """
    high = float(factors["end"].max()) * 1.01 if len(factors) else 10
    panels = []
    for place, (split, table) in enumerate(factors.groupby("split", sort=False)):
        tone = [theme.ORANGE, theme.BLUE, theme.GREEN][place]
        panels.append(_cascade(table, f"{split} (times, log scale)", tone, high))
    if not panels:
        return _cascade(factors, "Times (log scale)", theme.BLUE, high)
    return alt.vconcat(*panels, spacing=18)


def _cascade(table: pd.DataFrame, title: str, tone: str, high: float) -> alt.LayerChart:
    base = alt.Chart().encode(y=rows.named_above(table, "part"))
    at = alt.X(**_powers("start", title, 1, high))
    powers = {"values": [1, 10, 100, 1000], "format": ",~r", "orient": "top", "grid": False}
    at = at.axis(**powers, ticks=True, domain=True, titleColor=theme.INK)
    span = base.mark_rule(strokeWidth=THICK, color=tone, yOffset=rows.BELOW)
    label = base.transform_calculate(
        text=_multiple("multiple") + " + ', ' + format(datum.share, '.0%')"
    )
    label = label.mark_text(align="left", dx=6, dy=rows.BELOW).encode(
        alt.X("end:Q"), alt.Text("text:N")
    )
    parts = span.encode(at, alt.X2("end:Q")), label, rows.names(base, "part")
    return alt.layer(*parts, data=table, height=alt.Step(38))


def leads(table: pd.DataFrame) -> alt.TopLevelMixin:
    """The arithmetic a dollar of cards over that of central processors, by the card's release.

    table: group (one panel each), card, name, day, low, high (times), listed (boolean), label
    (empty for most). A dot stands at the lead by each end of the price of a card, joined by a thin
    line; a line marks equal.
    """
    if not len(table):
        return _leads(table, "Times (log scale)", [1, 10], [], first=True)
    ends = [0.5 * min(1.0, float(table["low"].min())), float(table["high"].max()) * 1.7]
    days = pd.to_datetime(table["day"])
    span = [f"{each:%Y-%m-%d}" for each in (days.min() - MARGIN, days.max() + MARGIN)]
    panels = [
        _leads(part, f"{group}, times the best rival (log scale)", ends, span, place == 0)
        for place, (group, part) in enumerate(table.groupby("group", sort=False))
    ]
    return alt.vconcat(*panels, spacing=16)


def _leads(
    table: pd.DataFrame, title: str, ends: list[float], span: list[str], first: bool
) -> alt.LayerChart:
    prices = ["price of the maker", "report, offer or estimate"]
    marked = table.assign(price=table["listed"].map(dict(zip((True, False), prices, strict=True))))
    tone = alt.Color("price:N").scale(domain=prices, range=[theme.BLUE, theme.ORANGE])
    scale = alt.Scale(type="log", domain=ends, nice=False)
    at = [0.5, 1, 2, 5, 10]
    low = alt.Y("low:Q").title(title).scale(scale)
    low = low.axis(values=at, tickCount=len(at), format=",~r", grid=False)
    high = alt.Y("high:Q").scale(scale)
    base = alt.Chart().encode(x=_day("day").scale(nice=False, **({"domain": span} if span else {})))
    dots = base.encode(color=tone.legend(columns=2, offset=24) if first else tone.legend(None))
    once = alt.Chart().transform_aggregate(rows="count()").transform_calculate(at="1")
    named = base.transform_filter("datum.label").encode(alt.Text("label:N"))
    return alt.layer(
        once.mark_rule(color=theme.NEUTRAL).encode(alt.Y("at:Q").scale(scale)),
        dots.mark_point(size=50).encode(y=low),
        dots.mark_point(size=50).encode(y=high),
        dots.mark_rule(strokeWidth=2).encode(low, alt.Y2("high:Q")),
        named.transform_filter("datum.high >= 1").mark_text(dy=-11).encode(y=high),
        named.transform_filter("datum.high < 1").mark_text(dy=12).encode(y=low),
        data=marked,
        height=120,
    )


def memory(lines: pd.DataFrame) -> alt.LayerChart:
    """How many times the record of each series is its first value, named at the end.

    lines: series, day, value (times).
    """
    times = logs.logarithmic("value", "Times the first chip (log scale)", lines["value"])
    tone = _ordered(lines, "series", [theme.PURPLE, theme.BLUE, theme.GREEN])
    base = alt.Chart(lines).encode(x=_day("day"), y=times, color=tone)
    name = (
        alt.Chart(_ends(lines, apart=2.4))
        .transform_calculate(text="split(datum.series + '|' + " + _multiple("value") + ", '|')")
        .mark_text(align="left", dx=7, dy=-7)
        .encode(_day("day"), _again(times, "at"), alt.Text("text:N"), tone)
    )
    line = base.mark_line(interpolate="step-after") + base.mark_point(size=22)
    return (line + name).properties(height=340)


def _ends(lines: pd.DataFrame, apart: float) -> pd.DataFrame:
    """The last row of each series, with `at`: its value, moved up so that names keep apart."""
    last = lines.groupby("series", sort=False).tail(1).sort_values("value", kind="stable")
    places: list[float] = []
    for value in last["value"]:
        places.append(max(value, places[-1] * apart) if places else value)
    return last.assign(at=pd.Series(places, index=last.index, dtype="float64"))


def cost(steps: pd.DataFrame, recent: int) -> alt.TopLevelMixin:
    """The cost of a GFLOPS on the cheapest platform so far: all, and beside it the last years.

    steps: day, platform, cost, low, high (what its rounding allows), label (empty for most).
    recent: first year of the second panel.
    """
    title = "USD of 2022 per GFLOPS (log scale)"
    late = steps[pd.to_datetime(steps["day"]).dt.year >= recent]
    if late.empty:
        return _cost(steps, title, 3 if len(steps) else 1)
    return alt.hconcat(
        _cost(steps, title, 3), _cost(late, f"The same from {recent} (log scale)", 1)
    )


def _cost(steps: pd.DataFrame, title: str, step: int) -> alt.LayerChart:
    every = pd.concat([steps["low"], steps["high"]])
    price = logs.logarithmic("cost", title, every, step)
    base = alt.Chart().encode(x=_day("day"), y=price)
    span = base.mark_rule(strokeWidth=7, color=theme.ORANGE, opacity=0.5)
    name = base.transform_filter("datum.label").mark_text(
        align=alt.expr("year(datum.day) > 2000 ? 'right' : 'left'"),
        dx=alt.expr("year(datum.day) > 2000 ? -8 : 2"),
        dy=alt.expr("year(datum.day) > 2000 ? 4 : -10"),
    )
    return alt.layer(
        base.mark_line(interpolate="step-after", strokeWidth=1.5),
        span.encode(_again(price, "low"), alt.Y2("high:Q")),
        base.mark_point(size=22, color=theme.BLUE),
        name.encode(alt.Text("label:N")),
        data=steps,
    )


def penetration(curves: pd.DataFrame, stated: pd.DataFrame, threshold: float) -> alt.LayerChart:
    """Penetration by year, each line named at its end, and a number that a study states.

    curves: series, year, value (percent). stated: label, year, value. threshold: percent.
    """
    percent = alt.Y("value:Q").title("Percent").scale(domain=[0, 100])
    year = _year(curves["year"])
    tones = [theme.ORANGE, theme.NEUTRAL, theme.BLUE]
    base = alt.Chart(curves).encode(x=year, y=percent, color=_ordered(curves, "series", tones))
    end = base.transform_joinaggregate(end="max(year)", groupby=["series"]).transform_filter(
        "datum.year == datum.end"
    )
    once = alt.Chart(curves).transform_aggregate(first="min(year)")
    half = once.transform_filter("isValid(datum.first)").transform_calculate(at=f"{threshold:g}")
    said = alt.Chart(stated).encode(x=year, y=percent).properties(description="the study")
    return alt.layer(
        half.mark_rule(strokeDash=[4, 3]).encode(alt.Y("at:Q")),
        base.mark_line(),
        end.mark_text(align="left", dx=6).encode(alt.Text("series:N"), alt.ColorValue(theme.INK)),
        said.mark_point(shape="diamond", size=110, color=theme.PURPLE),
        said.transform_calculate(text="split(datum.label, '|')")
        .mark_text(align="right", dx=-8, dy=-22, color=theme.PURPLE)  # between the curves
        .encode(alt.Text("text:N")),
    )
