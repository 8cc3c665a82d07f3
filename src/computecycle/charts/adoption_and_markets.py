"""The figures of the chapter on adoption and markets: use, pay, spending, prices.

Money is in USD billion. Rows stand in the order of the table's rows.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

SIZES = {"250 or more": theme.BLUE, "All firms": theme.ORANGE}
SHARES = {
    "past peak": theme.NEUTRAL,
    "measured": theme.BLUE,
    "told or planned": theme.BLUE,
}
NAMED_ROW = {"step": 42}  # px, a bar with a name of one line, nearer to it than to the bar above
ASKED = {
    "firms": theme.BLUE,
    "workers": theme.ORANGE,
    "customers": theme.NEUTRAL,
    "persons asked": theme.NEUTRAL,
}


def use(steps: pd.DataFrame) -> alt.LayerChart:
    """The share of firms that use AI by size, one line for each wording of the question.

    steps: date, size, wording, share, bottom, top (fractions; the ends of the interval).
    """
    tone = alt.Color("size:N").scale(domain=list(SIZES), range=list(SIZES.values())).legend(None)
    base = _dated(steps, "date").transform_calculate(one="datum.size + datum.wording")
    x = _day("First of the two weeks asked about")
    base = base.encode(x=x, color=tone)
    share = alt.Y("share:Q").title("Percent of firms").axis(format="%").scale(zero=True)
    line = base.mark_line().encode(share, alt.Detail("one:N"))
    band = base.mark_area(opacity=0.2)
    band = band.encode(alt.Y("bottom:Q"), alt.Y2("top:Q"), alt.Detail("one:N"))
    newest = steps[steps["wording"] == steps["wording"].iloc[-1]] if len(steps) else steps
    widened = _dated(newest.assign(from_day=newest["date"].min())[:1], "from_day").encode(x=x)
    rule = widened.mark_rule(strokeDash=[2, 3])
    note = widened.mark_text(align="right", dx=-8, dy=44, text="question widened")
    return band + line + rule + note.encode(alt.YValue(0)) + _sizes(steps, x, tone)


def _sizes(steps: pd.DataFrame, x: alt.X, tone: alt.Color) -> alt.Chart:
    """The name of each size above its last line."""
    last = steps.sort_values("date", kind="stable").groupby("size", sort=False).tail(1)
    last = last.assign(top=last["size"].map(steps.groupby("size")["top"].max()))
    base = _dated(last, "date").encode(x, alt.Y("top:Q"), tone, alt.Text("size:N"))
    return base.mark_text(align="right", dx=4, dy=-8, fontWeight="bold")


def answers(found: pd.DataFrame) -> alt.LayerChart:
    """What each survey answers to its own question, lowest first.

    found: label, share (fraction), asked, one of `ASKED`.
    """
    tone = alt.Color("asked:N").scale(domain=list(ASKED), range=list(ASKED.values()))
    share = alt.X("share:Q").title("Percent of firms or persons asked")
    share = share.axis(format="%", orient="top", grid=False).scale(zero=True)
    base = alt.Chart().encode(y=rows.named_above(found, "label"))
    point = base.mark_point(size=70, yOffset=rows.BELOW).encode(x=share, color=tone.legend(None))
    line = base.mark_rule(strokeWidth=2, yOffset=rows.BELOW, color=theme.GRID)
    number = base.mark_text(align="left", dx=9, dy=rows.BELOW, fontWeight="bold")
    number = number.encode(x=share, text=alt.Text("share:Q").format(".0%"))
    line = line.transform_calculate(zero="0").encode(alt.X("zero:Q"), alt.X2("share:Q"))
    parts = line, point, number, rows.names(base, "label")
    return alt.layer(*parts, data=found, height=NAMED_ROW)


def curves(users: pd.DataFrame, sales: pd.DataFrame, loss: pd.DataFrame) -> alt.HConcatChart:
    """Users, sales and loss of one seller over time, each on its own scale.

    Each: date, value (million people, USD billion a year, USD per dollar of sales), named; of
    the loss also start, the first day of the year or quarter.
    """
    titles = (
        "Weekly users (million)",
        "Yearly rate of sales (USD billion)",
        "Loss per dollar of sales (USD)",
    )
    both = pd.concat([users, sales, loss], ignore_index=True)
    days = pd.to_datetime(both["date"])
    span = (
        [f"{days.min() - pd.Timedelta(days=230):%Y-%m-%d}", f"{days.max():%Y}-12-31"]
        if len(days)
        else None
    )
    parts = zip((users, sales, loss), titles, strict=True)
    return alt.hconcat(*[_curve(*part, span, part[0] is loss) for part in parts], spacing=26)


def _curve(
    table: pd.DataFrame, title: str, span: list[str] | None, of_periods: bool
) -> alt.LayerChart:
    """One line with the values that are named, or one bar as wide as its year or quarter.

    Of two values told of one day the line takes the mean; both have their dots.
    """
    day = _day("Date").axis(format="%Y", tickCount="year")
    if span:
        ends = [alt.expr(f"toDate('{each}')") for each in span]
        day = day.scale(domainMin=ends[0], domainMax=ends[1], nice=False)
    room = float(table["value"].max()) * 1.15 if len(table) else 1.0  # for the last number
    value = (
        alt.Y("value:Q")
        .title(title)
        .axis(tickCount=4)
        .scale(domain=[0, room], nice=False, zero=True)
    )
    base = _dated(table.assign(measure=title), "date").encode(x=day, y=value)
    words = "format(datum.value, datum.value < 100 ? ',.2~r' : ',.0f')"
    named = base.transform_filter("datum.named").transform_calculate(words=words)
    named = named.encode(alt.Text("words:N"))
    if of_periods:
        gap = 6 * 864e5  # milliseconds, so that bars stand apart
        first, last = f"toDate(datum.start) + {gap}", f"toDate(datum.date) - {gap}"
        bars = base.transform_calculate(first=first, day=last, zero="0")
        bars = bars.encode(alt.X2("first:T"), alt.Y2("zero:Q")).mark_rect(color=theme.BLUE)
        middle = named.transform_calculate(day=f"({first} + toDate(datum.date)) / 2")
        numbers = middle.mark_text(dy=-8, fontWeight="bold")
        return (bars + numbers).properties(height=theme.PANEL)
    line = base.mark_line(strokeWidth=1.5).encode(y=value.aggregate("mean"))
    dots = base.mark_point(size=14, color=theme.BLUE, opacity=1)
    ends = named.mark_point(size=44, color=theme.BLUE, opacity=1)
    numbers = named.mark_text(align="right", dx=-7, dy=-6, fontWeight="bold")
    return alt.layer(line, dots, ends, numbers).properties(height=theme.PANEL)


def booms(shares: pd.DataFrame) -> alt.LayerChart:
    """Spending as a share of output: booms at their peak, and what is spent now.

    shares: label, share (fraction), kind, one of `SHARES`.
    """
    reached = [kind for kind in SHARES if kind in set(shares["kind"])] or list(SHARES)
    tone = alt.Color("kind:N").scale(domain=reached, range=[SHARES[kind] for kind in reached])
    share = alt.X("share:Q").title("Percent of the year's GDP")
    share = share.axis(format=".0%", orient="top", grid=False).scale(zero=True)
    base = alt.Chart().encode(y=rows.named_above(shares, "label"))
    told = "datum.kind == 'told or planned'"
    bar = base.transform_filter(f"!({told})").mark_bar(height=10, yOffset=rows.BELOW)
    open_bar = base.transform_filter(told).mark_bar(
        height=10,
        yOffset=rows.BELOW,
        fillOpacity=0.25,
        stroke=theme.BLUE,
        strokeDash=[3, 2],
        strokeWidth=1,
    )
    bars = [each.encode(x=share, color=tone.legend(None)) for each in (bar, open_bar)]
    number = base.mark_text(align="left", dx=5, dy=rows.BELOW, fontWeight="bold")
    number = number.encode(x=share, text=alt.Text("share:Q").format(".1%"))
    parts = *bars, number, rows.names(base, "label")
    return alt.layer(*parts, data=shares, height=NAMED_ROW)


def spending(firms: pd.DataFrame, told: pd.DataFrame) -> alt.FacetChart | alt.LayerChart:
    """Capital spending by company and year, the plan for the next year beside it.

    firms: company, year, low, high (USD billion), kind ("filed", "plan", or "filed otherwise",
    which counts less than the plan). told: date, label, the day of a study, drawn in its year.
    """
    year = alt.X("year:O").title("Year")
    year = year.axis(labelAngle=0, labelExpr="slice(datum.label, 2)")
    room = float(firms["high"].max()) * 1.12 if len(firms) else 1.0  # for the number of the highest
    high = alt.Y("high:Q").title("USD billion").scale(domain=[0, room], nice=False, zero=True)
    high = high.axis(tickCount=4, grid=False)
    base = alt.Chart().encode(x=year)
    filed = [
        base.transform_filter(f"datum.kind == '{kind}'").mark_bar(color=tone).encode(y=high)
        for kind, tone in (("filed", theme.BLUE), ("filed otherwise", theme.NEUTRAL))
    ]
    plan = base.transform_filter("datum.kind == 'plan'")
    ahead = plan.mark_bar(fillOpacity=0.25, stroke=theme.BLUE, strokeDash=[3, 2], strokeWidth=1)
    ahead = ahead.encode(y=high)
    ends = plan.transform_filter("datum.low < datum.high")
    ends = ends.mark_rule(color=theme.BLUE, strokeWidth=3).encode(high, alt.Y2("low:Q"))
    number = base.mark_text(dy=-6, fontSize=11).encode(
        y=high, text=alt.Text("high:Q").format(",.0f")
    )
    panel = alt.layer(*filed, ahead, ends, number, *_study(base, told, firms), data=firms)
    panel = panel.properties(height=theme.PANEL)
    names = list(firms["company"].unique())
    if not names:
        return panel
    return panel.facet(alt.Facet("company:N").sort(names).title(None), columns=4)


def _study(base: alt.Chart, told: pd.DataFrame, firms: pd.DataFrame) -> list[alt.Chart]:
    """A rule at the day of a study within the bar of its year, with its name in the first panel."""
    if told.empty or firms.empty:
        return []
    day = pd.to_datetime(told["date"]).max()
    mark = base.transform_filter(f"datum.year == {day.year} && datum.kind != 'plan'")
    right = alt.expr(f"bandwidth('x') * {day.day_of_year / 366 - 0.5:.2f}")
    rule = mark.mark_rule(strokeDash=[2, 3], xOffset=right, yOffset=-24)  # clear of the number
    name = mark.transform_filter(f"datum.company == '{firms['company'].iloc[0]}'")
    name = name.transform_calculate(words=f"'{told['label'].iloc[0]}'")
    name = name.mark_text(align="right", dx=-3, dy=8, xOffset=right, fontSize=11)
    return [
        rule.encode(alt.Y("high:Q"), alt.Y2Value(0)),
        mark.mark_rule(color=theme.PAPER, strokeDash=[2, 3], xOffset=right).encode(
            alt.Y("high:Q"), alt.Y2Value("height")
        ),
        name.encode(alt.YValue(0), alt.Text("words:N")),
    ]


def leaders(prices: pd.DataFrame) -> alt.LayerChart:
    """What was left of the price of earlier leaders, the peak being the whole.

    prices: entity, value (percent of the peak); of the index as well.
    """
    tone = alt.condition(
        "datum.entity == 'Nasdaq 100'", alt.value(theme.NEUTRAL), alt.value(theme.BLUE)
    )
    value = alt.X("value:Q").title("Percent of the price at the peak")
    value = value.axis(orient="top", values=[0, 25, 50, 75, 100]).scale(domain=[0, 100])
    base = alt.Chart().encode(y=rows.named_beside(prices, "entity", "Share or index"))
    number = base.mark_text(align="left", dx=5, fontWeight="bold")
    number = number.encode(x=value, text=alt.Text("value:Q").format(".0f"))
    whole = (
        base.transform_calculate(whole="100")
        .mark_bar(color=theme.GRID, aria=False)
        .encode(alt.X("whole:Q"))
    )
    return alt.layer(
        whole, base.mark_bar().encode(x=value, color=tone), number, data=prices, height=theme.ROW
    )


def _dated(table: pd.DataFrame, column: str) -> alt.Chart:
    """A chart whose dates are days with which its expressions can reckon."""
    return alt.Chart(table).transform_calculate(day=f"toDate(datum.{column})")


def _day(title: str) -> alt.X:
    return alt.X("day:T").title(title).axis(format="%Y", tickCount="year")
