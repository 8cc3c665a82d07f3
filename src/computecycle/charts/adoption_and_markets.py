"""The figures of the chapter on adoption and markets: spending, multiples, surveys, chips, clocks.

Money is in USD billion. Rows stand in the order of the table's rows.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

KINDS = {"told": theme.BLUE, "earlier peak": theme.NEUTRAL}
PLANS = {"plan": theme.NEUTRAL, "effect": theme.BLUE}
BASES = {"price": theme.ORANGE, "running cost": theme.BLUE}
SERIES = {
    "four companies' capital expenditure": theme.BLUE,
    "NVIDIA's data-centre revenue": theme.ORANGE,
}
STATES = {"over": theme.BLUE, "falling due": theme.ORANGE, "not due": theme.NEUTRAL}


def spending_and_sales(spend: pd.DataFrame, told: pd.DataFrame) -> alt.LayerChart:
    """Capital expenditure and chip sales by quarter, with the day on which a document appeared.

    spend: date, series, value (USD billion). told: date, label.
    """
    tone = alt.Color("series:N").scale(domain=list(SERIES), range=list(SERIES.values()))
    base = _dated(spend, "date").encode(
        x=_day("Quarter ended"),
        y=alt.Y("value:Q").title("USD billion a quarter").scale(zero=True),
        color=tone.legend(columns=1, symbolType="stroke", offset=26),
    )
    ends = (
        base.transform_joinaggregate(last="max(day)", groupby=["series"])
        .transform_filter("datum.day == datum.last")
        .mark_text(align="right", dy=-12, fontWeight="bold")
        .encode(text=alt.Text("value:Q").format(",.0f"))
    )
    day = _dated(told, "date").encode(x=_day("Quarter ended"))
    name = day.mark_text(align="right", dx=-6, dy=8).encode(y=alt.value(0), text="label:N")
    rule = day.mark_rule(color=theme.INK, strokeDash=[2, 3])
    return rule + name + base.mark_line(point={"size": 20}) + ends


def multiples(told: pd.DataFrame) -> alt.FacetChart | alt.LayerChart:
    """Price-earnings ratios as told, beside earlier peaks.

    told: panel, label, value, kind ("told", "earlier peak").
    """
    kind = alt.Color("kind:N").scale(domain=list(KINDS), range=list(KINDS.values()))
    value = alt.X("value:Q").title("Ratio (times)").scale(zero=True)
    base = alt.Chart().encode(y=alt.Y("label:N").sort(None).title("Whose, when"))
    number = base.mark_text(align="left", dx=5).encode(
        x=value, text=alt.Text("value:Q").format(",.1~f")
    )
    words = "datum.label == 'told' ? 'when the document appeared' : datum.label"
    bars = base.mark_bar().encode(x=value, color=kind.legend(columns=2, labelExpr=words))
    panel = alt.layer(bars, number, data=told).properties(height=theme.ROW)
    names = list(told["panel"].unique())
    if not names:
        return panel
    panels = alt.Facet("panel:N").sort(names).title(None).header(labelPadding=2)
    return panel.facet(panels, columns=1).resolve_scale(x="independent", y="independent")


def surveys(found: pd.DataFrame) -> alt.LayerChart:
    """What firms plan, and what use was found to bring, in percent of what each row names.

    found: label, share (fraction), kind ("plan", "effect").
    """
    kind = alt.Color("kind:N").scale(domain=list(PLANS), range=list(PLANS.values()))
    share = alt.X("share:Q").title("Percent of what the row names").axis(format="%", orient="top")
    base = alt.Chart(found).encode(y=rows.named_above(found, "label"))
    bars = base.mark_bar(height=10, yOffset=rows.BELOW).encode(
        x=share.scale(zero=True), color=kind.legend(columns=2)
    )
    number = base.mark_text(align="left", dx=5, dy=rows.BELOW).encode(
        x=share, text=alt.Text("share:Q").format(".0%")
    )
    return (bars + number + rows.names(base, "label")).properties(height=theme.LABELLED_ROW)


def cost_claims(claims: pd.DataFrame) -> alt.LayerChart:
    """What challengers say that their chips cost, NVIDIA's being one.

    claims: product, low, high (NVIDIA = 1), basis ("price", "running cost").
    """
    basis = alt.Color("basis:N").scale(domain=list(BASES), range=list(BASES.values()))
    return _spans(claims, "product", "Product", "Cost claimed (NVIDIA's chip = 1)", basis)


def replacement(ratios: pd.DataFrame) -> alt.LayerChart:
    """What the new chips need as a multiple of what the old ones did.

    ratios: measure, low, high (old = 1).
    """
    tone = alt.value(theme.BLUE)
    return _spans(ratios, "measure", "Measure", "Blackwell (the same with H100 = 1)", tone)


def _spans(
    table: pd.DataFrame, name: str, title: str, axis: str, tone: alt.Color | dict
) -> alt.LayerChart:
    """A bar to the low end and a lighter part to the high one, a rule at one, the numbers."""
    base = alt.Chart(table).encode(y=rows.named_beside(table, name, title))
    value = alt.X("low:Q").title(axis).axis(orient="top").scale(zero=True)
    if isinstance(tone, alt.Color):
        tone = tone.legend(columns=2, symbolOpacity=1)
    sure = base.mark_bar().encode(x=value, color=tone)
    open_part = base.mark_bar(opacity=0.4).encode(x=value, x2="high:Q", color=tone)
    words = (
        "datum.low == datum.high ? format(datum.low, '.2~f') : "
        "format(datum.low, '.2~f') + ' to ' + format(datum.high, '.2~f')"
    )
    number = base.transform_calculate(words=words).mark_text(align="left", dx=5)
    one = (
        alt.Chart(table)
        .transform_aggregate(count="count()")
        .transform_filter("datum.count > 0")
        .transform_calculate(one="1")
        .mark_rule(strokeDash=[2, 3], color=theme.NEUTRAL)
        .encode(x="one:Q")
    )
    chart = one + sure + open_part + number.encode(x="high:Q", text="words:N")
    return chart.properties(height=theme.ROW)


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


def _dated(table: pd.DataFrame, column: str) -> alt.Chart:
    """A chart whose dates are days with which its expressions can reckon."""
    return alt.Chart(table).transform_calculate(day=f"toDate(datum.{column})")


def _day(title: str) -> alt.X:
    return alt.X("day:T").title(title).axis(format="%Y")
