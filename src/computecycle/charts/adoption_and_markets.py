"""The figures of the chapter on adoption and markets: use, pay, spending, prices, clocks.

Money is in USD billion. Rows stand in the order of the table's rows.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

SIZES = {
    "250 or more employees": theme.BLUE,
    "All firms": theme.ORANGE,
    "1 to 4 employees": theme.NEUTRAL,
}
KINDS = {"told": theme.BLUE, "earlier peak": theme.NEUTRAL}
SHARES = {
    "for comparison": theme.NEUTRAL,
    "AI, measured": theme.BLUE,
    "AI, net of wear": theme.GREEN,
    "AI, told or planned": theme.ORANGE,
}
BASES = {"price": theme.ORANGE, "running cost": theme.BLUE}
STATES = {"over": theme.BLUE, "falling due": theme.ORANGE, "not due": theme.NEUTRAL}
PATHS = {"Tokens": theme.BLUE, "Sales": theme.ORANGE, "Sales per token": theme.NEUTRAL}


def use(steps: pd.DataFrame) -> alt.LayerChart:
    """The share of firms that use AI by size, one line for each wording of the question.

    steps: date, size, wording, share, low, high (fractions).
    """
    tone = alt.Color("size:N").scale(domain=list(SIZES), range=list(SIZES.values())).legend(None)
    base = _dated(steps, "date").encode(x=_day("Two weeks that begin"), color=tone)
    share = alt.Y("share:Q").title("Percent of firms").axis(format="%").scale(zero=True)
    line = base.mark_line().encode(y=share, detail=["size:N", "wording:N"])
    band = base.transform_filter("datum.size != 'All firms'").mark_area(opacity=0.2)
    band = band.encode(y=alt.Y("low:Q"), y2="high:Q", detail=["size:N", "wording:N"])
    ends = base.transform_joinaggregate(last="max(day)", groupby=["size"])
    ends = ends.transform_filter("datum.day == datum.last")
    words = ends.transform_calculate(words="datum.size + ' ' + format(datum.share, '.0%')")
    over = words.transform_filter("datum.size != '1 to 4 employees'")
    under = words.transform_filter("datum.size == '1 to 4 employees'")
    names = [
        part.mark_text(align="right", dy=dy, fontWeight="bold").encode(y=share, text="words:N")
        for part, dy in ((over, -18), (under, 22))
    ]
    starts = _dated(steps, "date").transform_aggregate(first="min(day)", groupby=["wording"])
    gap = starts.transform_joinaggregate(newest="max(first)", oldest="min(first)")
    gap = gap.transform_filter("datum.first == datum.newest && datum.newest > datum.oldest")
    rule = gap.mark_rule(strokeDash=[2, 3]).encode(x=alt.X("newest:T"))
    note = gap.transform_calculate(said="'question widened'").mark_text(align="right", dx=-6, dy=8)
    return (
        band
        + line
        + rule
        + note.encode(x=alt.X("newest:T"), y=alt.value(0), text="said:N")
        + names[0]
        + names[1]
    )


def answers(found: pd.DataFrame) -> alt.LayerChart:
    """What each survey answers to its own question, lowest first.

    found: label, share (fraction).
    """
    share = alt.X("share:Q").title("Percent of firms or persons asked")
    share = share.axis(format="%", orient="top").scale(zero=True)
    base = alt.Chart(found).encode(y=rows.named_above(found, "label"))
    point = base.mark_point(size=110, yOffset=rows.BELOW).encode(x=share)
    line = base.mark_rule(strokeWidth=2, yOffset=rows.BELOW, color=theme.GRID)
    number = base.mark_text(align="left", dx=9, dy=rows.BELOW, fontWeight="bold")
    number = number.encode(x=share, text=alt.Text("share:Q").format(".0%"))
    line = line.encode(x=alt.datum(0, type="quantitative"), x2="share:Q")
    return (line + point + number + rows.names(base, "label")).properties(height=theme.LABELLED_ROW)


def curves(panels: pd.DataFrame) -> alt.FacetChart | alt.LayerChart:
    """Three measures of one seller over time, each on its own scale.

    panels: panel, date, value.
    """
    day = alt.X("day:T").title("Date").axis(format="%Y", tickCount="year")
    value = alt.Y("value:Q").title("In the unit of the panel").axis(tickCount=4).scale(zero=True)
    base = alt.Chart().transform_calculate(day="toDate(datum.date)").encode(x=day, y=value)
    line = base.mark_line(point={"size": 36})
    ends = base.transform_joinaggregate(
        last="max(day)", first="min(day)", groupby=["panel"]
    ).transform_filter("datum.day == datum.last || datum.day == datum.first")
    words = alt.Text("value:Q").format(",.1~f")
    number = ends.mark_text(dy=-11, fontWeight="bold").encode(text=words)
    panel = alt.layer(line, number, data=panels).properties(height=100)
    names = list(panels["panel"].unique())
    if not names:
        return panel
    facet = alt.Facet("panel:N").sort(names).title(None)
    return panel.facet(facet, columns=1).resolve_scale(y="independent")


def booms(shares: pd.DataFrame) -> alt.LayerChart:
    """Spending as a share of output: booms at their peak, and AI.

    shares: label, share (fraction), kind, one of `SHARES`.
    """
    reached = [kind for kind in SHARES if kind in set(shares["kind"])] or list(SHARES)
    tone = alt.Color("kind:N").scale(domain=reached, range=[SHARES[kind] for kind in reached])
    share = alt.X("share:Q").title("Percent of the year's output (GDP)")
    share = share.axis(format=".0%", orient="top").scale(zero=True)
    base = alt.Chart(shares).encode(y=rows.named_above(shares, "label"))
    bar = base.mark_bar(height=10, yOffset=rows.BELOW)
    bar = bar.encode(x=share, color=tone.legend(columns=2))
    number = base.mark_text(align="left", dx=5, dy=rows.BELOW, fontWeight="bold")
    number = number.encode(x=share, text=alt.Text("share:Q").format(".1%"))
    return (bar + number + rows.names(base, "label")).properties(height=theme.LABELLED_ROW)


def spending(firms: pd.DataFrame, told: pd.DataFrame) -> alt.FacetChart | alt.LayerChart:
    """Capital spending by company and year, the plan for the next year beside it.

    firms: company, year, low, high (USD billion), kind ("filed", "plan"). told: date, label, the
    day of a study, drawn between the bars of its year and the next.
    """
    year = (
        alt.X("year:O").title("Calendar year").axis(labelAngle=0, labelExpr="slice(datum.label, 2)")
    )
    high = alt.Y("high:Q").title("USD billion").scale(zero=True).axis(tickCount=4)
    base = alt.Chart().encode(x=year)
    filed = base.transform_filter("datum.kind == 'filed'").mark_bar().encode(y=high)
    plan = base.transform_filter("datum.kind == 'plan'")
    ahead = plan.mark_bar(
        fillOpacity=0.25, stroke=theme.BLUE, strokeDash=[3, 2], strokeWidth=1
    ).encode(y=high)
    ends = plan.mark_rule(color=theme.BLUE, strokeWidth=2).encode(y=high, y2="low:Q")
    number = base.mark_text(dy=-6, fontSize=11).encode(
        y=high, text=alt.Text("high:Q").format(",.0f")
    )
    layers = [filed, ahead, ends, number]
    if len(told):
        study = int(pd.to_datetime(told["date"]).dt.year.max())
        mark = base.transform_filter(f"datum.year == {study}").mark_rule(
            strokeDash=[2, 3], xOffset=alt.expr("bandwidth('x') * 0.62")
        )
        layers.append(mark.encode(y=alt.value(0), y2=alt.value("height")))
    panel = alt.layer(*layers, data=firms).properties(height=theme.PANEL)
    names = list(firms["company"].unique())
    if not names:
        return panel
    return panel.facet(alt.Facet("company:N").sort(names).title(None), columns=4)


def multiples(told: pd.DataFrame) -> alt.FacetChart | alt.LayerChart:
    """Prices over earnings and the weight of the largest companies, beside earlier peaks.

    told: panel, label, value, kind ("told", "earlier peak").
    """
    kind = alt.Color("kind:N").scale(domain=list(KINDS), range=list(KINDS.values()))
    value = alt.X("value:Q").title("In the unit of the panel").scale(zero=True)
    base = alt.Chart().encode(y=alt.Y("label:N").sort(None).title("Whose, when"))
    number = base.mark_text(align="left", dx=5, fontWeight="bold").encode(
        x=value, text=alt.Text("value:Q").format(",.1~f")
    )
    words = "datum.label == 'told' ? '2024 or later' : datum.label"
    bars = base.mark_bar().encode(x=value, color=kind.legend(columns=2, labelExpr=words))
    panel = alt.layer(bars, number, data=told).properties(height=theme.ROW)
    names = list(told["panel"].unique())
    if not names:
        return panel
    panels = alt.Facet("panel:N").sort(names).title(None).header(labelPadding=2)
    return panel.facet(panels, columns=1).resolve_scale(x="independent", y="independent")


def leaders(prices: pd.DataFrame) -> alt.LayerChart:
    """What was left of the price of earlier leaders, the peak being the whole.

    prices: entity, value (percent of the peak).
    """
    value = alt.X("value:Q").title("Percent of the price at the peak")
    value = value.axis(orient="top", values=[0, 25, 50, 75, 100]).scale(domain=[0, 100])
    base = alt.Chart(prices).encode(y=rows.named_beside(prices, "entity", "Share"))
    number = base.mark_text(align="left", dx=5, fontWeight="bold")
    number = number.encode(x=value, text=alt.Text("value:Q").format(".0f"))
    whole = base.mark_bar(color=theme.GRID).encode(x=alt.datum(100, type="quantitative"))
    return (whole + base.mark_bar().encode(x=value) + number).properties(height=theme.ROW)


def rivals(claims: pd.DataFrame, chips: pd.DataFrame) -> alt.HConcatChart:
    """What rivals claim that their chips cost, and what they sold.

    claims: product, low, high (NVIDIA = 1), basis ("price", "running cost"). chips: label, value
    (USD billion), bound ("", "less than", "more than").
    """
    return alt.hconcat(_claimed(claims), _sold(chips), spacing=30).resolve_scale(
        color="independent"
    )


def _claimed(claims: pd.DataFrame) -> alt.LayerChart:
    """What rivals say that their chips cost, NVIDIA's being one.

    claims: product, low, high (NVIDIA = 1), basis ("price", "running cost").
    """
    tone = alt.Color("basis:N").scale(domain=list(BASES), range=list(BASES.values()))
    base = alt.Chart(claims).encode(y=rows.named_beside(claims, "product", "Claimed"))
    value = alt.X("low:Q").title("Cost claimed (NVIDIA's chip = 1)").axis(orient="top")
    value = value.scale(domain=[0, 1.15], nice=False)
    tone = tone.legend(columns=2, symbolOpacity=1)
    sure = base.mark_bar().encode(x=value, color=tone)
    open_part = base.mark_bar(opacity=0.4).encode(x=value, x2="high:Q", color=tone)
    words = (
        "datum.low == datum.high ? format(datum.low, '.2~f') : "
        "format(datum.low, '.2~f') + ' to ' + format(datum.high, '.2~f')"
    )
    number = base.transform_calculate(words=words).mark_text(align="left", dx=5)
    number = number.encode(x="high:Q", text="words:N")
    return (sure + open_part + number).properties(height=theme.ROW)


def _sold(chips: pd.DataFrame) -> alt.LayerChart:
    """AI chips that were sold in a year, on a log axis.

    chips: label, value (USD billion), bound ("", "less than", "more than").
    """
    powers = [0.1, 1, 10, 100, 1000]
    value = alt.X("value:Q").title("Sales in a year (USD billion, log scale)")
    value = value.scale(type="log", domain=[0.1, 1000]).axis(orient="top", values=powers)
    base = alt.Chart(chips).encode(y=rows.named_above(chips, "label"))
    tone = alt.condition("datum.bound == ''", alt.value(theme.BLUE), alt.value(theme.ORANGE))
    point = base.mark_point(size=110, yOffset=rows.BELOW).encode(x=value, color=tone)
    words = "trim(datum.bound + ' ' + format(datum.value, datum.value < 10 ? ',.1~f' : ',.0f'))"
    number = base.transform_calculate(words=words)
    left = number.transform_filter("datum.value > 30").mark_text(
        align="right", dx=-9, dy=rows.BELOW, fontWeight="bold"
    )
    right = number.transform_filter("datum.value <= 30").mark_text(
        align="left", dx=9, dy=rows.BELOW, fontWeight="bold"
    )
    texts = left.encode(x=value, text="words:N") + right.encode(x=value, text="words:N")
    return (point + texts + rows.names(base, "label")).properties(height=theme.LABELLED_ROW)


def clocks(table: pd.DataFrame) -> alt.LayerChart:
    """The times that a document gave, from its day to their near and far ends.

    table: clock, start, low, high, newest (days), state ("over", "falling due", "not due").
    """
    base = alt.Chart(table)
    for column in ("start", "low", "high", "newest"):
        base = base.transform_calculate(**{f"{column}_day": f"toDate(datum.{column})"})
    base = base.encode(y=rows.named_above(table, "clock"))
    reached = [name for name in STATES if name in set(table["state"])] or list(STATES)
    state = alt.Color("state:N").scale(domain=reached, range=[STATES[name] for name in reached])
    state = state.legend(columns=6)
    day = alt.X("start_day:T").title("Date")
    day = day.axis(orient="top", format="%b %Y", tickCount=4)
    wait = base.mark_rule(strokeWidth=2, yOffset=rows.BELOW).encode(
        x=day, x2="low_day:T", color=state
    )
    due = base.mark_rule(strokeWidth=10, yOffset=rows.BELOW).encode(
        x="low_day:T", x2="high_day:T", color=state
    )
    end = base.mark_point(size=90, yOffset=rows.BELOW, opacity=1).encode(
        x="high_day:T", color=state
    )
    words = (
        "datum.clock + ': ' + (datum.low == datum.high ? utcFormat(datum.high_day, '%b %Y') : "
        "utcFormat(datum.low_day, '%b %Y') + ' to ' + utcFormat(datum.high_day, '%b %Y'))"
    )
    name = base.transform_calculate(words=words).mark_text(align="left", dy=-4)
    now = base.transform_aggregate(at="max(newest_day)").transform_filter("isValid(datum.at)")
    mark = base.transform_filter("isValid(datum.newest_day)").mark_tick(
        orient="vertical", size=18, yOffset=rows.BELOW, thickness=2, strokeWidth=0
    )
    label = (
        now.transform_calculate(said="'newest row: ' + utcFormat(datum.at, '%b %Y')")
        .mark_text(dy=10, align="right", fontWeight="bold")
        .encode(x="at:T", y=alt.value("height"), text="said:N")
    )
    names = name.encode(x=alt.value(0), text="words:N")
    chart = wait + due + end + mark.encode(x="newest_day:T") + names + label
    return chart.properties(height=theme.LABELLED_ROW)


def paths(indexed: pd.DataFrame) -> alt.LayerChart:
    """Two moments of what one seller's models do and earn, the earlier being one.

    indexed: date, series (one of `PATHS`), value (times the first).
    """
    tone = alt.Color("series:N").scale(domain=list(PATHS), range=list(PATHS.values()))
    powers = [0.1, 1, 10, 100]
    value = alt.Y("value:Q").title("Times the first value (log scale)")
    value = value.scale(type="log", domain=[0.05, 200], nice=False).axis(values=powers)
    base = _dated(indexed, "date").encode(x=_day("Date"), y=value, color=tone.legend(None))
    line = base.mark_line(point={"size": 60})
    last = base.transform_joinaggregate(last="max(day)", groupby=["series"])
    last = last.transform_filter("datum.day == datum.last && datum.value != 1")
    words = (
        "datum.series + ': ' + format(datum.value, datum.value < 1 ? '.2~f' : ',.2~r') + ' times'"
    )
    name = last.transform_calculate(words=words).mark_text(align="right", dy=-14, fontWeight="bold")
    return line + name.encode(text="words:N")


def _dated(table: pd.DataFrame, column: str) -> alt.Chart:
    """A chart whose dates are days with which its expressions can reckon."""
    return alt.Chart(table).transform_calculate(day=f"toDate(datum.{column})")


def _day(title: str) -> alt.X:
    return alt.X("day:T").title(title).axis(format="%Y")
