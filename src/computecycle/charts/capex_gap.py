"""The figures of the chapter on the capex gap: what AI must earn, what it earns, what may differ.

Money is in USD billion. Rows and panels stand in the order of the table's rows.
"""

import altair as alt
import numpy as np
import pandas as pd

from computecycle.charts import rows, theme

BENEATH = 26  # px: below a bar
EFFECTS = {1: "widens the gap", -1: "narrows the gap", 0: "leaves the gap"}
RESERVED, OLDER = "H100 reserved", "A100 on demand"  # series of rents
COST = "bare cost"  # the lower series of a path
DASHED = [5, 3]  # px: of what is assumed or planned
SPAN = "(datum.low < datum.high ? format(datum.low, ',.0f') + ' to ' : '')"
SPAN += " + format(datum.high, ',.0f')"
MONEY = "USD billion a year"
LEFT = 34  # px: for the axes of two panels, so that their years stand above each other
MARGIN = 36  # px: for a number outside the ends of lines


def one_dollar(steps: pd.DataFrame) -> alt.LayerChart:
    """Sales that a dollar of chips asks for, built up by layer, with the range of each sum.

    steps: label, start, end, low, high (dollars; low and high of the sum so far).
    """
    base = alt.Chart().encode(y=rows.named_above(steps, "label"))
    amount = alt.X("end:Q").title("Sales so far, in dollars, for a dollar of chips")
    amount = amount.axis(orient="top")
    bars = base.mark_bar(height=12, yOffset=rows.BELOW, color=theme.NEUTRAL, opacity=0.3)
    added = base.mark_bar(height=12, yOffset=rows.BELOW, color=theme.BLUE)
    ranged = base.transform_filter("datum.high > datum.low")
    spans = ranged.mark_rule(yOffset=BENEATH, color=theme.ORANGE, strokeWidth=3)
    ends = ranged.transform_calculate(
        text="format(datum.low, '$.2f') + ' to ' + format(datum.high, '$.2f')"
    )
    return alt.layer(
        bars.encode(x=alt.X("start:Q").scale(zero=True)),
        added.encode(amount.scale(zero=True), alt.X2("start:Q")),
        spans.encode(alt.X("low:Q"), alt.X2("high:Q")),
        ends.mark_text(align="left", dx=6, dy=BENEATH, color=theme.ORANGE).encode(
            alt.X("high:Q"), alt.Text("text:N")
        ),
        rows.names(base, "label"),
        data=steps,
        height=alt.Step(58),
    )


def needs_and_revenue(
    path: pd.DataFrame, sales: pd.DataFrame, events: pd.DataFrame
) -> alt.LayerChart:
    """What the chips at work ask for, with and without a margin, beside the band of the sales.

    path: date, series ("with the margin", "bare cost"), value. sales: date, low, high. events:
    date, label.
    """
    day = _year_marks("date", "Date").scale(padding=MARGIN, nice=False)
    money = alt.Y("value:Q").title(MONEY).axis(grid=False).scale(zero=True)
    base = alt.Chart(path).encode(x=day, y=money, detail="series:N")
    bare = alt.condition(f"datum.series == '{COST}'", alt.value(DASHED), alt.value([1, 0]))
    lines = base.mark_line(interpolate="step-after", color=theme.GREEN).encode(strokeDash=bare)
    asked = alt.expr(f"datum.series == '{COST}' ? -7 : 0")
    ends = _at_the_end(base, "value", theme.GREEN, asked)
    style = {"align": "right", "dx": -3, "dy": -9, "fontWeight": "bold", "color": theme.GREEN}
    ends += _last(base).mark_text(**style).encode(alt.Text("series:N"))
    sold = alt.Chart(sales).encode(x=day)
    high = alt.Y("high:Q").title(MONEY)
    area = sold.mark_area(color=theme.ORANGE, opacity=0.4, interpolate="step-after", line=False)
    area = area.encode(high, alt.Y2("low:Q"))
    for column, apart in (("high", 7), ("low", 2)):
        one = sold.encode(alt.Y(f"{column}:Q").title(MONEY))
        lines += one.mark_line(interpolate="step-after", color=theme.ORANGE, strokeWidth=1.5)
        ends += _at_the_end(one, column, theme.ORANGE, apart)
    ends += _named_band(sold)
    marks = alt.Chart(events).transform_window(place="row_number()").encode(x=day)
    told = marks.mark_rule(color=theme.NEUTRAL, strokeDash=[2, 2]) + marks.mark_text(
        align="left", dx=4, dy=alt.expr("datum.place * 14 - 8"), color=theme.MUTED
    ).encode(alt.YValue(0), alt.Text("label:N"))
    return area + told + lines + ends


def _last(base: alt.Chart) -> alt.Chart:
    return base.transform_joinaggregate(last="max(date)").transform_filter(
        "datum.date == datum.last"
    )


def _at_the_end(base: alt.Chart, column: str, tone, apart) -> alt.Chart:
    """The last numbers of steps, beside their ends."""
    number = _last(base).mark_text(align="left", dx=5, dy=apart, fontWeight="bold", color=tone)
    return number.encode(alt.Text(f"{column}:Q").format(",.0f"))


def _named_band(sold: alt.Chart) -> alt.LayerChart:
    """The names of the two ends of the band of sales: above it some time before the end, where the
    lines of what is asked for lie apart, and on the axis."""
    style = {"align": "right", "fontWeight": "bold", "color": theme.ORANGE}
    before = sold.transform_joinaggregate(first="min(date)", last="max(date)")
    before = before.transform_calculate(at="datum.first + 0.8 * (datum.last - datum.first)")
    before = before.transform_filter("datum.date <= datum.at")
    before = before.transform_aggregate(top="max(high)", groupby=["at"])
    high = before.mark_text(dy=-9, text="all four", **style).encode(
        alt.X("at:T"), alt.Y("top:Q").title(MONEY)
    )
    low = _last(sold).transform_calculate(axis="0")
    low = low.mark_text(dx=-3, dy=-9, text="model makers", **style)
    return high + low.encode(alt.Y("axis:Q").title(MONEY))


def coverage(shares: pd.DataFrame) -> alt.LayerChart:
    """The share of the need that is earned by day, with and without what is assumed.

    shares: date, revenue ("disclosed", "with assumed"), share, text (empty where no number stands).
    """
    names = ["disclosed", "with assumed"]
    tone = alt.Color("revenue:N").legend(None)
    tone = tone.scale(domain=names, range=[theme.ORANGE, theme.MUTED])
    dash = alt.condition("datum.revenue == 'with assumed'", alt.value(DASHED), alt.value([1, 0]))
    share = alt.Y("share:Q").title("Share of what the chips at work ask for")
    share = share.axis(format="~%", tickCount=5).scale(zero=True)
    day = _year_marks("date", "Date")
    if len(shares):  # room for the last numbers
        days = pd.to_datetime(shares["date"])
        end = days.max() + (days.max() - days.min()) * 0.1
        day = day.scale(domainMax=alt.expr(f"toDate('{end:%Y-%m-%d}')"), nice=False)
    base = alt.Chart(shares).encode(x=day, y=share, color=tone)
    lines = base.mark_line(interpolate="step-after").encode(strokeDash=dash)
    told = base.transform_joinaggregate(last="max(date)", groupby=["revenue"])
    told = told.transform_filter("datum.text != ''")
    first = told.transform_filter("datum.date < datum.last")
    last = told.transform_filter("datum.date >= datum.last")
    first = first.transform_calculate(
        text="datum.text + (datum.revenue == 'disclosed' ? ' known' : ' with assumed')"
    )
    apart = alt.expr("datum.revenue == 'disclosed' ? 4 : -4")
    bold, text = {"align": "left", "fontWeight": "bold"}, alt.Text("text:N")
    numbers = first.mark_text(dx=7, dy=-9, **bold).encode(text)
    ends = last.mark_text(dx=6, dy=apart, **bold).encode(text)
    room = told.transform_calculate(above="datum.share * 1.1").mark_point(opacity=0)
    room = room.encode(alt.Y("above:Q"))  # for the first number below the title of the axis
    whole = alt.Chart(shares).transform_aggregate(one="max(share)").transform_calculate(all="1")
    rule = whole.mark_rule(color=theme.NEUTRAL).encode(alt.Y("all:Q"))
    return alt.layer(rule, lines, told.mark_point(), numbers, ends, room)


def revenue_by_layer(parts: pd.DataFrame) -> alt.LayerChart:
    """AI revenue counted by layer, each company a part of its bar.

    parts: layer, company, value, text, inside (else it stands behind the bar), kind ("disclosed",
    "assumed"), order.
    """
    value = alt.X("value:Q").stack("zero").title("AI revenue a year (USD billion)")
    base = alt.Chart().encode(rows.named_above(parts, "layer"), alt.Order("order:Q"))
    kind = alt.Color("layer:N").legend(None)
    layers = list(parts["layer"].unique())
    tones = [theme.BLUE, theme.ORANGE, theme.MUTED][: len(layers)]
    bars = base.mark_bar(height=20, yOffset=rows.BELOW, stroke=theme.PAPER).encode(
        x=value.axis(orient="top"), color=kind.scale(domain=layers, range=tones)
    )
    within = base.transform_filter("datum.inside").mark_text(dy=rows.BELOW, color=theme.PAPER)
    inside = within.encode(value.bandPosition(0.5), alt.Text("text:N"), alt.Detail("company:N"))
    summed = base.transform_joinaggregate(whole="sum(value)", groupby=["layer"])
    behind = summed.transform_filter("!datum.inside").mark_text(align="left", dx=5, dy=rows.BELOW)
    beside = behind.encode(
        alt.X("whole:Q"), alt.Text("text:N"), color=kind.scale(domain=layers, range=tones)
    )
    names = rows.names(alt.Chart().encode(y=rows.named_above(parts, "layer")), "layer")
    return alt.layer(bars, inside, beside, names, data=parts, height=theme.LABELLED_ROW)


def need_by_life(
    curve: pd.DataFrame, lives: pd.DataFrame, earned: pd.DataFrame, here: float
) -> alt.LayerChart:
    """What the chips at work must earn by the years that they live, and what is earned.

    curve: life, series, need. lives: label, low, high (years, shaded). earned: label, value.
    here: the life whose points stand with their number.
    """
    life = alt.X("life:Q").title("Years in which a chip earns")
    need = alt.Y("need:Q").title(MONEY)
    base = alt.Chart(curve).encode(x=life, y=need.scale(zero=True), detail="series:N")
    line = base.mark_line() + _named_curves(base)
    point = base.transform_filter(f"datum.life == {here}")
    number = point.mark_text(align="left", dx=7, dy=-7, color=theme.BLUE, fontWeight="bold")
    at = point.mark_point(color=theme.BLUE) + number.encode(alt.Text("need:Q").format(",.0f"))
    long = alt.Chart(lives).encode(x=alt.X("low:Q").title("Years in which a chip earns"))
    bands = long.mark_rect(color=theme.GREEN, opacity=0.18).encode(alt.X2("high:Q"))
    words = (
        long.transform_window(place="row_number()")
        .mark_text(align="left", dx=1, dy=alt.expr("datum.place * 14 - 4"), color=theme.GREEN)
        .encode(alt.YValue(0), alt.Text("label:N"))
    )
    paid = alt.Chart(earned).encode(y=alt.Y("value:Q").title(MONEY))
    rule = paid.mark_rule(color=theme.ORANGE, strokeDash=DASHED)
    told = paid.mark_text(align="left", dx=2, dy=-7, color=theme.ORANGE).encode(
        alt.XValue(0), alt.Text("label:N")
    )
    return bands + line + rule + told + words + at


def _named_curves(base: alt.Chart) -> alt.Chart:
    """The names of needs by life: the bare cost below its end, the other above its middle."""
    found = base.transform_window(place="row_number()", groupby=["series"])
    found = found.transform_joinaggregate(last="max(life)", groupby=["series"])
    found = found.transform_calculate(cost=f"datum.series == '{COST}'")
    found = found.transform_filter("datum.cost ? datum.life == datum.last : datum.place == 19")
    name = found.mark_text(
        align=alt.expr("datum.cost ? 'right' : 'left'"),
        dx=alt.expr("datum.cost ? 0 : 4"),
        dy=alt.expr("datum.cost ? 14 : -10"),
        color=theme.BLUE,
        fontWeight="bold",
    )
    return name.encode(text="series:N")


def rent(prices: pd.DataFrame) -> alt.LayerChart:
    """Rent of an hour of chips: indices on demand as dotted lines, reserved hours as points.

    prices: date, series (one drawn as points, another named where it begins), price (USD an hour).
    """
    names, tones = list(prices["series"].unique()), [theme.BLUE, theme.GREEN, theme.ORANGE]
    tone = alt.Color("series:N").legend(None).scale(domain=names, range=tones[: len(names)])
    base = alt.Chart().encode(
        x=_year_marks("date", "Month"),
        y=alt.Y("price:Q").title("USD for an hour").axis(format=".2f", grid=False).scale(zero=True),
        color=tone,
    )
    listed = base.transform_filter(f"datum.series == '{RESERVED}'").mark_point()
    line = base.transform_filter(f"datum.series != '{RESERVED}'").mark_line(point={"size": 12})
    ends = base.transform_joinaggregate(first="min(date)", last="max(date)", groupby=["series"])
    ends = ends.transform_filter("isValid(datum.price)")
    ends = ends.transform_calculate(end="datum.series + ' ' + format(datum.price, '.2f')")
    last = ends.transform_filter("datum.date == datum.last")
    older = f"datum.series == '{OLDER}'"
    below = alt.expr(f"datum.series == '{RESERVED}' ? 46 : -12")
    right = {"align": "right", "dx": 4, "fontWeight": "bold"}
    said = last.transform_filter(f"!({older})").mark_text(dy=below, **right)
    began = ends.transform_filter(f"{older} && datum.date == datum.first")
    began = began.mark_text(align="left", dy=36, fontWeight="bold").encode(text="series:N")
    number = last.transform_filter(older).mark_text(dy=-9, **right)
    number = number.encode(alt.Text("price:Q").format(".2f"))
    return alt.layer(line, listed, said.encode(text="end:N"), began, number, data=prices)


def answers(table: pd.DataFrame) -> alt.LayerChart:
    """What each asks AI to earn a year: others as points, ours as bars with their ranges.

    table: label, low, value, high, kind ("told", "ours").
    """
    base = alt.Chart().encode(y=rows.named_above(table, "label"))
    kind = alt.Color("kind:N").legend(None)
    tone = kind.scale(domain=["told", "ours"], range=[theme.INK, theme.BLUE])
    amount = alt.X("value:Q").title("Asked of AI (USD billion a year)").scale(zero=True)
    span = base.mark_rule(strokeWidth=6, opacity=0.35, yOffset=rows.BELOW)
    point = base.mark_point(size=70, yOffset=rows.BELOW)
    number = base.mark_text(align="left", dx=7, dy=rows.BELOW)
    return alt.layer(
        span.encode(alt.X("low:Q"), alt.X2("high:Q"), tone),
        point.encode(x=amount.axis(orient="top"), color=tone),
        number.transform_filter("datum.kind == 'told'").encode(
            alt.X("value:Q"), alt.Text("value:Q").format(",.0f")
        ),
        number.transform_filter("datum.kind == 'ours'")
        .transform_calculate(text=SPAN)
        .encode(alt.X("high:Q"), alt.Text("text:N")),
        rows.names(base, "label"),
        data=table,
        height=alt.Step(44),
    )


def capex_growth(bars: pd.DataFrame, waves: pd.DataFrame) -> alt.VConcatChart:
    """Capital spending by year above, its growth below; years above the threshold in colour, plans
    as a dashed range.

    bars: year, growth, spent, low, high (of planned growth), least, most (of planned spending),
    kind ("above", "below", "planned"), threshold. waves: year (the first), label, top (where the
    label stands).
    """
    year = (
        alt.X("year:O").title("Year").axis(labelAngle=0, labelOverlap="parity", labelSeparation=4)
    )
    money = alt.Y("spent:Q").title(MONEY).axis(tickCount=4, minExtent=LEFT)
    above = _filed_and_planned(bars, year.axis(None), money, ("least:Q", "most:Q"))
    base = alt.Chart(bars).encode(x=year.axis(None))
    number = base.transform_filter("isValid(datum.spent)").mark_text(dy=-7, fontSize=11)
    above += number.encode(money, alt.Text("spent:Q").format(",.0f"))
    most = base.transform_filter("datum.kind == 'planned'").mark_text(
        align="right", dx=4, dy=-8, color=theme.ORANGE
    )
    span = "'planned ' + format(datum.least, ',.0f') + ' to ' + format(datum.most, ',.0f')"
    above += most.transform_calculate(span=span).encode(
        alt.Y("most:Q").title(MONEY), alt.Text("span:N")
    )
    growth = alt.Y("growth:Q").title("Growth over the year before")
    growth = growth.axis(format="~%", tickCount=5, minExtent=LEFT)
    below = _filed_and_planned(bars, year, growth, ("low:Q", "high:Q"))
    level = alt.Chart(bars).transform_aggregate(at="mean(threshold)")
    below += level.mark_rule(strokeDash=[2, 2]).encode(alt.Y("at:Q"))
    said = level.mark_text(align="left", dx=2, dy=-8).encode(alt.XValue(0), alt.Y("at:Q"))
    below += said.encode(alt.Text("at:Q").format(".0%"))
    names = alt.Chart(waves).mark_text(align="left", color=theme.BLUE, dx=-8, dy=-8)
    below += names.encode(year, alt.Y("top:Q"), alt.Text("label:N"))
    both = above.properties(height=120), below.properties(height=150)
    return alt.vconcat(*both, spacing=10).resolve_scale(x="shared")


def _filed_and_planned(bars: pd.DataFrame, year: alt.X, amount: alt.Y, ends: tuple[str, str]):
    """Bars of what was filed, in the tone of its kind, and a dashed box from plan to plan."""
    tone = alt.Color("kind:N").legend(None)
    tone = tone.scale(domain=["above", "below"], range=[theme.BLUE, theme.NEUTRAL])
    base = alt.Chart(bars).encode(x=year)
    filed = base.transform_filter("datum.kind != 'planned'").mark_bar()
    plan = base.transform_filter("datum.kind == 'planned'").mark_bar(
        color=theme.PAPER, stroke=theme.ORANGE, strokeDash=DASHED, strokeWidth=2
    )
    title = amount.to_dict()["title"]
    return filed.encode(y=amount, color=tone) + plan.encode(
        alt.Y(ends[0]).title(title), alt.Y2(ends[1])
    )


def gap_tornado(tornado: pd.DataFrame) -> alt.LayerChart:
    """How far each assumption alone moves the gap when it runs through its range.

    tornado: assumption_label, bound ("low", "high"), value_label, gap, base_gap, swing; the
    widest swing is drawn on top.
    """
    effect = np.sign(tornado["gap"] - tornado["base_gap"]).map(EFFECTS)
    names, tones = list(EFFECTS.values()), [theme.ORANGE, theme.BLUE, theme.NEUTRAL]
    tone = alt.Color("effect:N").scale(domain=names, range=tones).legend(values=names[:2])
    columns = ("assumption_label", "value_label", "gap", "base_gap")
    tornado = tornado.assign(effect=effect.astype(str))
    return rows.swings(tornado, _gap("gap").axis(orient="top"), columns, tone=tone)


def _gap(column: str) -> alt.X:
    """The gap on a horizontal axis that shows where it is closed."""
    closed = alt.condition("datum.value == 0", alt.value(theme.NEUTRAL), alt.value(theme.GRID))
    axis = alt.X(f"{column}:Q").title("Gap (USD billion a year)").scale(zero=True)
    return axis.axis(gridColor=closed)


def _year_marks(column: str, title: str) -> alt.X:
    """A time axis with a mark at the beginning of each year."""
    return alt.X(f"{column}:T").title(title).axis(format="%Y", tickCount="year")
