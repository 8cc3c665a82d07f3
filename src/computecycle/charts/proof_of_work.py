"""The figures of the chapter on proof of work: hash rate, price, electricity, other networks.

Points that a document prints are diamonds. Series of different makers or models are lines of
their own and are never joined.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

LOG = alt.Scale(type="log")
HASHES = "format(datum.value, '~s') + 'H/s'"  # 1e18 is 1EH/s
POINT = {"color": theme.BLUE}  # the points of a line; by default they have a tone of their own
TRACKERS = {
    "DappRadar": theme.BLUE,
    "the document": theme.INK,
    "CryptoSlam": theme.ORANGE,
    "NonFungible.com": theme.GREEN,
}


def hash_rate(rates: pd.DataFrame, fit: pd.DataFrame, told: pd.DataFrame) -> alt.LayerChart:
    """The hash rate of each December with the line fitted to the last ones, and printed points.

    The printed points are joined by the straight line that constant growth would be.
    rates: date, value (H/s). fit, told: date, value, label (the same in all rows).
    """
    axis = alt.Axis(labelExpr=HASHES, values=[10.0**power for power in range(6, 28, 3)])
    value = alt.Y("value:Q").scale(LOG).title("Hashes a second (log scale)").axis(axis)
    marks = _dated(rates).encode(x=_day(), y=value)
    line = (
        _dated(fit)
        .encode(x=_day(), y=value)
        .mark_line(color=theme.ORANGE, strokeWidth=8, opacity=0.5)
    )
    printed = _dated(told).encode(x=_day(), y=value)
    notes = [
        _last(_dated(table))
        .mark_text(align="right", fontWeight="bold", color=tone)
        .encode(x=alt.value("width"), y=alt.value(height), text="label:N")
        for table, tone, height in ((told, theme.INK, 262), (fit, theme.ORANGE, 282))
    ]
    straight = printed.mark_line(color=theme.INK, strokeDash=[2, 3], strokeWidth=1)
    return line + marks.mark_line(point=POINT) + straight + _diamonds(printed) + notes[0] + notes[1]


def hash_rate_doubling(doublings: pd.DataFrame) -> alt.LayerChart:
    """The months in which the hash rate doubled, by the last year of the window looked at.

    doublings: year, months, printed (the document's number, the same in all rows).
    """
    base = alt.Chart(doublings).encode(x=_year("Last year of the window"))
    months = alt.Y("months:Q").title("Months to double").scale(zero=True)
    ends = (
        base.transform_joinaggregate(last="max(year)")
        .transform_filter("datum.year == datum.last")
        .mark_text(dy=-14, fontWeight="bold", align="right", dx=6)
        .encode(y=months, text=alt.Text("months:Q").format(".0f"))
    )
    printed = base.transform_filter("isValid(datum.printed)")
    rule = printed.mark_line(color=theme.INK, strokeDash=[2, 3]).encode(y="printed:Q")
    name = (
        printed.transform_joinaggregate(last="max(year)")
        .transform_filter("datum.year == datum.last")
        .transform_calculate(words="'printed: ' + format(datum.printed, '.1f')")
        .mark_text(align="right", dx=6, dy=14)
        .encode(y="printed:Q", text="words:N")
    )
    return base.mark_line(point=POINT).encode(y=months) + ends + rule + name


def bitcoin_price(prices: pd.DataFrame, told: pd.DataFrame) -> alt.LayerChart:
    """The price of a bitcoin at the end of each year, with the prices that a document prints.

    prices: date, value (USD), series (a line each). told: date, value, label.
    """
    value = alt.Y("value:Q").scale(LOG).title("USD a bitcoin (log scale)")
    value = value.axis(values=[10.0**power for power in range(-1, 7)])
    tone = alt.Color("series:N").legend(columns=1, symbolType="stroke", offset=26)
    series = list(prices["series"].unique())
    lines = (
        _dated(prices)
        .mark_line(point=True)
        .encode(x=_day(), y=value, color=tone.scale(domain=series, range=[theme.GREEN, theme.BLUE]))
    )
    printed = _dated(told).encode(x=_day(), y=value)
    troughs = printed.transform_window(
        before="lag(value)", sort=[{"field": "day"}]
    ).transform_calculate(trough="datum.value < datum.before")
    above = troughs.transform_filter("!datum.trough").mark_text(align="right", dx=-8, dy=-8)
    below = troughs.transform_filter("datum.trough").mark_text(align="left", dx=8, dy=10)
    return lines + _diamonds(printed) + above.encode(text="label:N") + below.encode(text="label:N")


def mining_revenue(earned: pd.DataFrame, costs: pd.DataFrame) -> alt.LayerChart:
    """What a unit of hash rate earned each December, with what its electricity cost.

    earned: date, revenue. costs: date, cost (both USD per TH/s a day).
    """
    title = "USD a day per TH/s (log scale)"
    axis = alt.Axis(values=[10.0**power for power in range(-3, 6)])
    income = _dated(earned).encode(
        x=_day(), y=alt.Y("revenue:Q").scale(LOG).title(title).axis(axis)
    )
    power = _dated(costs).encode(x=_day(), y=alt.Y("cost:Q").scale(LOG).title(title).axis(axis))
    names = _first(_dated(earned)).mark_text(align="left", dx=10, color=theme.BLUE)
    paid = _first(_dated(costs)).mark_text(align="right", dx=-8, dy=6, color=theme.ORANGE)
    return (
        income.mark_line(point=POINT)
        + power.mark_line(point={"color": theme.ORANGE}, color=theme.ORANGE)
        + names.encode(x=_day(), y="revenue:Q", text=alt.value("revenue"))
        + paid.encode(x=_day(), y="cost:Q", text=alt.value("electricity"))
    )


def machine_repaid(repaid: pd.DataFrame) -> alt.LayerChart:
    """The income of a machine so far over its price, by month.

    repaid: month, share, case (a line each).
    """
    cases = list(repaid["case"].unique())
    tone = alt.Color("case:N").scale(domain=cases, range=[theme.INK, theme.ORANGE])
    base = alt.Chart(repaid).encode(
        x=alt.X("month:Q").title("Months after the purchase"),
        y=alt.Y("share:Q").title("Income so far (price of machine = 1)").scale(zero=True),
        color=tone.legend(None),
    )
    ends = (
        base.transform_joinaggregate(last="max(month)", groupby=["case"])
        .transform_filter("datum.month == datum.last")
        .transform_calculate(words="datum.case + ': ' + format(datum.share, '.1f')")
        .mark_text(align="right", dy=-10, fontWeight="bold")
        .encode(text="words:N")
    )
    paid = alt.Chart(pd.DataFrame({"share": [1.0]} if len(repaid) else {"share": []}))
    return paid.mark_rule(color=theme.NEUTRAL).encode(y="share:Q") + base.mark_line() + ends


def electricity_estimates(
    estimates: pd.DataFrame, bounds: pd.DataFrame, told: pd.DataFrame
) -> alt.LayerChart:
    """Every estimate of the network's electricity use, below what its revenue could buy.

    estimates: date, value (TWh a year), scope (a line each), recalled (hollow points).
    bounds: date, value. told: date, value (printed points).
    """
    value = alt.Y("value:Q").title("TWh a year").scale(zero=True)
    scopes = list(estimates["scope"].unique())
    tones = [theme.PURPLE, theme.ORANGE, theme.GREEN, theme.BLUE]
    tone = alt.Color("scope:N").scale(domain=sorted(scopes), range=tones[: len(scopes)])
    lines = _dated(estimates).encode(
        x=_day(), y=value, color=tone.legend(columns=1, symbolType="stroke", offset=26)
    )
    read = alt.condition("datum.recalled", alt.value(theme.PAPER), tone)
    points = lines.mark_point(filled=True, strokeWidth=1.5, size=40).encode(fill=read, stroke=tone)
    most = _dated(bounds).encode(x=_day(), y=value)
    name = _first(_dated(bounds)).encode(x=_day(), y=value, text=alt.value("all revenue could buy"))
    printed = _dated(told).encode(x=_day(), y=value)
    told_use = alt.Text("value:Q").format(",.0f")
    beside = {"align": "left", "dx": 11, "dy": -6}
    label = printed.mark_text(**beside, stroke=theme.PAPER, strokeWidth=4).encode(text=told_use)
    label += printed.mark_text(**beside).encode(text=told_use)  # the line behind it gives way
    return (
        most.mark_line(color=theme.NEUTRAL, strokeDash=[2, 3])
        + name.mark_text(align="left", dy=-34, color=theme.MUTED)
        + lines.mark_line()
        + points
        + _diamonds(printed)
        + label
    )


def electricity_ranks(uses: pd.DataFrame) -> alt.LayerChart:
    """Electricity used by countries and, as estimated, by the Bitcoin network.

    uses: name, value (TWh a year), kind ("country", "Bitcoin"); in the order of the rows.
    """
    kind = alt.Color("kind:N").scale(
        domain=["country", "Bitcoin"], range=[theme.NEUTRAL, theme.ORANGE]
    )
    base = alt.Chart(uses).encode(y=rows.named_beside(uses, "name", "Country or network", 22))
    value = alt.X("value:Q").title("Electricity use (TWh a year)").axis(orient="top")
    number = base.mark_text(align="left", dx=5).encode(
        x="value:Q", text=alt.Text("value:Q").format(",.0f")
    )
    bars = base.mark_bar().encode(x=value, color=kind.legend(None))
    return (bars + number).properties(height=theme.ROW)


def electricity_per_person(people: pd.DataFrame) -> alt.LayerChart:
    """Electricity for each person, computed, with the printed number where it differs.

    people: country, computed, printed (MWh a year), differs.
    """
    tone = alt.condition("datum.differs", alt.value(theme.ORANGE), alt.value(theme.BLUE))
    base = alt.Chart(people).encode(y=rows.named_beside(people, "country", "Country or region", 22))
    value = alt.X("computed:Q").title("MWh for each person a year").axis(orient="top")
    words = (
        "format(datum.computed, '.1f') + "
        "(datum.differs ? ', printed ' + format(datum.printed, '.1f') : '')"
    )
    number = base.transform_calculate(words=words).mark_text(align="left", dx=5)
    bars = base.mark_bar().encode(x=value, color=tone)
    return (bars + number.encode(x="computed:Q", text="words:N")).properties(height=alt.Step(22))


def network_values(values: pd.DataFrame) -> alt.LayerChart:
    """Market value of blockchain networks, the one that rests on proof of work in its own tone.

    values: name, value (USD billion), mechanism; in the order of the rows.
    """
    mechanism = alt.Color("mechanism:N").scale(
        domain=["proof of work", "another mechanism"], range=[theme.ORANGE, theme.BLUE]
    )
    base = alt.Chart(values).encode(y=rows.named_beside(values, "name", "Network", 22))
    value = alt.X("value:Q").title("Market value (USD billion)").axis(orient="top")
    number = base.mark_text(align="left", dx=5).encode(
        x="value:Q", text=alt.Text("value:Q").format(",.0f")
    )
    return (base.mark_bar().encode(x=value, color=mechanism) + number).properties(height=theme.ROW)


def transactions(pace: pd.DataFrame) -> alt.LayerChart:
    """Transactions a second as printed, from the low to the high end, on a log axis.

    pace: name, low, high, mechanism (below the name).
    """
    base = alt.Chart(pace).encode(y=rows.named_above(pace, "name"))
    low = (
        alt.X("low:Q")
        .scale(type="log", domain=[1, 10_000_000])
        .axis(orient="top", values=[1, 100, 10_000, 1_000_000], format=",~f")
    )
    low = low.title("Transactions a second (log scale)")
    span = base.mark_rule(strokeWidth=4, color=theme.BLUE, yOffset=rows.BELOW)
    ends = base.mark_point(color=theme.BLUE, size=60, yOffset=rows.BELOW)
    words = (
        "datum.low == datum.high ? format(datum.low, ',') : "
        "format(datum.low, ',') + ' to ' + format(datum.high, ',')"
    )
    number = base.transform_calculate(words=words).mark_text(align="left", dx=10, dy=rows.BELOW)
    name = base.transform_calculate(words="datum.name + ': ' + datum.mechanism")
    chart = (
        span.encode(x=low, x2="high:Q")
        + ends.encode(x=low)
        + ends.encode(x="high:Q")
        + number.encode(x="high:Q", text="words:N")
        + name.mark_text(align="left", dy=-4).encode(x=alt.value(0), text="words:N")
    )
    return chart.properties(height=theme.LABELLED_ROW)


def nft_trade(trade: pd.DataFrame) -> alt.LayerChart:
    """NFT trade by year, a line for each tracker, and what a document prints.

    trade: tracker, year, value (USD billion a year).
    """
    known = [name for name in TRACKERS if name in set(trade["tracker"])]
    tone = alt.Color("tracker:N").scale(domain=known, range=[TRACKERS[name] for name in known])
    base = alt.Chart(trade).encode(
        x=_year("Year"),
        y=alt.Y("value:Q").title("Trade a year (USD billion)").scale(zero=True),
        color=tone.legend(None),
    )
    told = alt.datum.tracker == "the document"
    printed = base.transform_filter(told).mark_point(
        shape="diamond", size=110, filled=False, strokeWidth=2
    )
    names = (
        base.transform_joinaggregate(most="max(value)", groupby=["tracker"])
        .transform_filter("datum.value == datum.most")
        .mark_text(align="left", dx=9, dy=alt.expr("datum.tracker == 'DappRadar' ? -12 : 0"))
        .encode(text="tracker:N")
    )
    return base.transform_filter(~told).mark_line(point=True) + printed + names


def _dated(table: pd.DataFrame) -> alt.Chart:
    """A chart whose dates are days with which its expressions can reckon."""
    return alt.Chart(table).transform_calculate(day="toDate(datum.date)")


def _day() -> alt.X:
    return alt.X("day:T").title("Date").axis(format="%Y")


def _year(title: str) -> alt.X:
    return alt.X("year:O").title(title).axis(labelAngle=0, labelOverlap="parity", labelSeparation=6)


def _last(dated: alt.Chart) -> alt.Chart:
    return dated.transform_joinaggregate(edge="max(day)").transform_filter(
        "datum.day == datum.edge"
    )


def _first(dated: alt.Chart) -> alt.Chart:
    return dated.transform_joinaggregate(edge="min(day)").transform_filter(
        "datum.day == datum.edge"
    )


def _diamonds(printed: alt.Chart) -> alt.Chart:
    return printed.mark_point(
        shape="diamond", size=110, filled=False, strokeWidth=2, color=theme.INK
    )
