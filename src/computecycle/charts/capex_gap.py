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
ASKED, COST, SOLD = "with the margin", "bare cost", "AI sales"  # the bands of a figure
DASHED = [5, 3]  # px: of what is assumed or planned
SPAN = "(datum.low < datum.high ? format(datum.low, ',.0f') + ' to ' : '')"
SPAN += " + format(datum.high, ',.0f')"
BOXES = "datum.kind == 'leased' ? 'with leases ' + format(datum.most, ',.0f')"
BOXES += " : 'planned ' + " + SPAN.replace("low", "least").replace("high", "most")
MONEY = "USD billion a year"
LEFT = 34  # px: for the axes of two panels, so that their years stand above each other
CLEAR = 8  # years: where the curve of a need lies apart from numbers beside it
MARGIN = 36  # px: for a number outside the ends of lines


def one_dollar(steps: pd.DataFrame) -> alt.LayerChart:
    """Sales that a dollar of chips asks for, built up by layer, with the range of each sum.

    steps: label, start, end, low, high (dollars; low and high of the sum so far).
    """
    base = alt.Chart().encode(y=rows.named_above(steps, "label"))
    amount = alt.X("end:Q").title("Sales so far, in dollars, for a dollar of chips")
    amount = amount.axis(orient="top", grid=False)
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


def needs_and_revenue(bands: pd.DataFrame, events: pd.DataFrame) -> alt.LayerChart:
    """What the chips at work need, with and without a margin, and what is sold, as bands by day.

    bands: date, series ("with the margin", "bare cost", "AI sales"), low, high. events: date,
    label.
    """
    day = _year_marks("date", "Date").scale(padding=MARGIN, nice=False)
    tone = alt.Color("series:N").legend(None)
    tone = tone.scale(domain=[ASKED, COST, SOLD], range=[theme.GREEN, theme.GREEN, theme.ORANGE])
    base = alt.Chart(bands).encode(x=day, color=tone)
    low, high = (alt.Y(f"{end}:Q").title(MONEY).scale(zero=True) for end in ("low", "high"))
    area = base.mark_area(opacity=0.35, interpolate="step-after", line=False)
    drawn = area.encode(high.axis(grid=False), alt.Y2("low:Q"))
    for end, apart in ((high, f"datum.series == '{SOLD}' ? 11 : -3"), (low, "-1")):
        drawn += base.mark_line(interpolate="step-after", strokeWidth=1.5).encode(end)
        number = _last(base).mark_text(align="left", dx=5, dy=alt.expr(apart), fontWeight="bold")
        drawn += number.encode(end, alt.Text(f"{end.to_dict()['field']}:Q").format(",.0f"))
    marks = alt.Chart(events).transform_window(place="row_number()").encode(x=day)
    own = alt.expr("datum.place * 14 - 14")  # below the words of the event before
    told = marks.mark_rule(color=theme.NEUTRAL, strokeDash=[2, 2], y=own, y2=alt.expr("height"))
    told += marks.mark_text(
        align="left", dx=4, dy=alt.expr("datum.place * 14 - 8"), color=theme.MUTED
    ).encode(alt.YValue(0), alt.Text("label:N"))
    return drawn + told + _named_bands(base, high)


def _last(base: alt.Chart) -> alt.Chart:
    return base.transform_joinaggregate(last="max(date)").transform_filter(
        "datum.date >= datum.last"
    )


def _named_bands(base: alt.Chart, high: alt.Y) -> alt.LayerChart:
    """The names of bands: of what is needed above their ends, of what is sold some time before,
    where the bands lie apart."""
    style = {"align": "right", "dx": -3, "dy": -9, "fontWeight": "bold"}
    ends = _last(base).transform_filter(f"datum.series != '{SOLD}'")
    ends = ends.mark_text(**style | {"dx": 3})  # clear of the other band on a phone
    before = base.transform_filter(f"datum.series == '{SOLD}'")
    before = before.transform_joinaggregate(first="min(date)", last="max(date)")
    before = before.transform_calculate(at="datum.first + 0.6 * (datum.last - datum.first)")
    before = before.transform_filter("datum.date <= datum.at")
    before = before.transform_joinaggregate(newest="max(date)")
    before = before.transform_filter("datum.date >= datum.newest").mark_text(**style)
    return ends.encode(high, text="series:N") + before.encode(high, text="series:N")


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
        x=value.axis(orient="top", grid=False), color=kind.scale(domain=layers, range=tones)
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
    curve: pd.DataFrame, lives: pd.DataFrame, sold: pd.DataFrame, here: float
) -> alt.LayerChart:
    """What the chips at work must earn by the years that they live, and what is earned, as bands.

    curve: life, series, low, high. lives: label, low, high (years, shaded). sold: label, low, high.
    here: the life at which the ends of the curves stand with their numbers.
    """
    life = alt.X("life:Q").title("Years in which a chip earns")
    life, span = life.axis(grid=False), alt.Y2("low:Q")
    amount = alt.Y("high:Q").title(MONEY).axis(grid=False).scale(zero=True)
    base = alt.Chart(curve).encode(life, amount)
    area = base.mark_area(color=theme.GREEN, opacity=0.35).encode(span, detail="series:N")
    bold = {"align": "left", "fontWeight": "bold"}
    at = base.transform_filter(f"datum.life == {here}").transform_calculate(text=SPAN)
    at = at.mark_rule(color=theme.GREEN, strokeWidth=2).encode(span) + at.mark_text(
        dx=7, dy=-7, color=theme.GREEN, **bold
    ).encode(alt.Text("text:N"))
    long = alt.Chart(lives).encode(x=alt.X("low:Q").title("Years in which a chip earns"))
    shaded = long.mark_rect(color=theme.NEUTRAL, opacity=0.18).encode(alt.X2("high:Q"))
    words = long.mark_text(align="left", dx=3, dy=8, color=theme.MUTED)
    paid = alt.Chart(sold).encode(y=amount)
    band = paid.mark_rect(color=theme.ORANGE, opacity=0.35).encode(span)
    band = band.properties(description=SOLD)
    told = paid.transform_calculate(text=f"datum.label + ' ' + {SPAN}")
    told = told.mark_text(dx=4, dy=10, color=theme.ORANGE, **bold)
    told = told.encode(alt.XValue(0), alt.Text("text:N"))
    words = words.encode(alt.YValue(0), alt.Text("label:N"))
    return shaded + area + band + told + words + at + _named_curves(base)


def _named_curves(base: alt.Chart) -> alt.Chart:
    """The names of needs by life: the bare cost below its end, the other above itself."""
    found = base.transform_joinaggregate(last="max(life)")
    found = found.transform_calculate(cost=f"datum.series == '{COST}'")
    found = found.transform_filter(f"datum.life == (datum.cost ? datum.last : {CLEAR})")
    name = found.mark_text(
        align=alt.expr("datum.cost ? 'right' : 'left'"),
        dy=alt.expr("datum.cost ? 20 : -10"),
        color=theme.GREEN,
        fontWeight="bold",
    )
    return name.encode(text="series:N")


def depreciation(years: pd.DataFrame) -> alt.LayerChart:
    """Depreciation filed by year as a line, broken and dashed where lines hold amortization too,
    beside a band of what the straight line gives.

    years: year, filed, low, high (of the band), alike (whether the narrowest lines are filed).
    """
    year = alt.X("year:O").title("Year").axis(labelAngle=0, labelOverlap="parity")
    amount = alt.Y("high:Q").title(MONEY).axis(grid=False).scale(zero=True)
    base, filed = alt.Chart(years).encode(year), alt.Y("filed:Q").title(MONEY)
    band = base.mark_area(color=theme.NEUTRAL, opacity=0.35).encode(amount, alt.Y2("low:Q"))
    band = band.properties(description="straight line")
    alike, wider = (base.transform_filter(kept) for kept in ("datum.alike", "!datum.alike"))
    alike, wider = (
        alike.properties(description="filed"),
        wider.properties(description="filed with amortization"),
    )
    lines = wider.mark_line(color=theme.BLUE, strokeDash=DASHED).encode(filed)
    lines += alike.mark_line(color=theme.BLUE, point={"color": theme.BLUE}).encode(filed)
    bold, newest = {"align": "right", "dx": -8, "fontWeight": "bold"}, "datum.year == datum.last"
    last, end = (
        each.transform_joinaggregate(last="max(year)").transform_filter(newest)
        for each in (alike, wider)
    )
    below = last.mark_text(**bold | {"align": "left", "dx": 4, "dy": 16}, color=theme.BLUE)
    above = last.mark_text(**bold, dy=-10, color=theme.MUTED)
    wide = end.mark_text(**bold, color=theme.BLUE)
    named = below.encode(filed, alt.TextValue("filed"))
    named += wide.encode(filed, alt.TextValue("with amortization"))
    return band + lines + named + above.encode(amount, alt.TextValue("straight line"))


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
    amount = alt.X("value:Q").title("What AI must sell (USD billion)").scale(zero=True)
    span = base.mark_rule(strokeWidth=6, opacity=0.35, yOffset=rows.BELOW)
    point = base.mark_point(size=70, yOffset=rows.BELOW)
    number = base.mark_text(align="left", dx=7, dy=rows.BELOW)
    return alt.layer(
        span.encode(alt.X("low:Q"), alt.X2("high:Q"), tone),
        point.encode(x=amount.axis(orient="top", grid=False), color=tone),
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
    """Capital spending by year above, its growth below; years above the threshold in colour, what
    counts leases and plans dashed.

    bars: year, growth, spent, low, high (of planned growth), least, most (of planned spending, or
    with leases), kind ("above", "below", "leased", "planned"), threshold. waves: year (the first),
    label, top (where the label stands).
    """
    year = (
        alt.X("year:O").title("Year").axis(labelAngle=0, labelOverlap="parity", labelSeparation=4)
    )
    money = alt.Y("spent:Q").title(MONEY).axis(tickCount=4, minExtent=LEFT, grid=False)
    most = alt.Y("most:Q").title(MONEY)
    above = _dashed(bars, year.axis(None)).encode(most) + _filed(bars, year.axis(None), money)
    number = alt.Chart(bars).encode(year.axis(None), money, alt.Text("spent:Q").format(",.0f"))
    number = number.transform_filter("isValid(datum.spent)")
    number = number.transform_joinaggregate(last="max(year)")
    above += number.transform_filter("datum.year < datum.last").mark_text(dy=-7, fontSize=11)
    last = number.transform_filter("datum.year == datum.last")  # below a box with leases
    above += last.mark_text(dy=8, fontSize=11, color=theme.PAPER)
    told = alt.Chart(bars).transform_filter("isValid(datum.most)").transform_calculate(span=BOXES)
    told = told.mark_text(align="right", dx=8, dy=-8, color=theme.ORANGE)
    above += told.encode(year.axis(None), most, alt.Text("span:N"))
    growth = alt.Y("growth:Q").title("Growth over the year before")
    growth = growth.axis(format="~%", tickCount=5, minExtent=LEFT)
    plan = _dashed(bars, year).transform_filter("datum.kind == 'planned'")
    below = _filed(bars, year, growth) + plan.encode(
        alt.Y("low:Q").title(growth.to_dict()["title"]), alt.Y2("high:Q")
    )
    level = alt.Chart(bars).transform_aggregate(at="mean(threshold)")
    below += level.mark_rule(strokeDash=[2, 2]).encode(alt.Y("at:Q"))
    free = alt.Chart(bars).transform_filter("datum.kind == 'below'")  # no bar reaches the line
    free = free.transform_aggregate(at="mean(threshold)", year="min(year)")
    said = free.mark_text(align="left", dx=-8, dy=-8).encode(year, alt.Y("at:Q"))
    below += said.encode(alt.Text("at:Q").format(".0%"))
    names = alt.Chart(waves).mark_text(align="left", color=theme.BLUE, dx=-8, dy=-8)
    below += names.encode(year, alt.Y("top:Q"), alt.Text("label:N"))
    both = above.properties(height=140), below.properties(height=150)
    return alt.vconcat(*both, spacing=10).resolve_scale(x="shared")


def _filed(bars: pd.DataFrame, year: alt.X, amount: alt.Y) -> alt.Chart:
    """Bars of what was filed, in the tone of its kind."""
    tone = alt.Color("kind:N").legend(None)
    tone = tone.scale(domain=["above", "below"], range=[theme.BLUE, theme.NEUTRAL])
    filed = alt.Chart(bars).transform_filter("isValid(datum.spent)")
    return filed.mark_bar().encode(x=year, y=amount, color=tone)


def _dashed(bars: pd.DataFrame, year: alt.X) -> alt.Chart:
    """Boxes of what counts leases or is planned."""
    box = alt.Chart(bars).transform_filter("isValid(datum.most)").encode(x=year)
    return box.mark_bar(color=theme.PAPER, stroke=theme.ORANGE, strokeDash=DASHED, strokeWidth=2)


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
