"""The figures of the chapter on proof of work: the race, its power, graphics cards, and hosts.

Series of different makers or models are lines of their own and are never joined. What a document
prints is a diamond.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

HASHES = "format(datum.value, '~s') + 'H/s'"  # 1e18 is 1EH/s
WHOLE = [10.0**power for power in range(6, 28, 3)]  # H/s
LATE = [part * 10.0**power for power in range(17, 25) for part in (1, 2, 5)]
POINT = {"color": theme.BLUE}  # the points of a line; by default they have a tone of their own
RACE = {
    "hash rate": theme.ORANGE,
    "price of a coin": theme.GREEN,
    "coins of a block": theme.PURPLE,
    "income of a unit": theme.BLUE,
}
PARTS = {
    "computers for AI": theme.BLUE,
    "own coins": theme.ORANGE,
    "machines of other miners": theme.NEUTRAL,
    "coins and other work together": theme.MUTED,
}
BOLD = {"fontWeight": "bold"}
TIMES = (
    "datum.value < 1 ? '1/' + format(1 / datum.value, ',.0f') : '× ' + format(datum.value, ',.0f')"
)


def mining_revenue(race: pd.DataFrame, pay: pd.DataFrame) -> alt.VConcatChart:
    """Price, hash rate, reward and income since a December (1), and below it the share of pay.

    race: date, value, series. pay: date, value (a year of it over the value of all coins).
    """
    axis = alt.Axis(values=[10.0**power for power in range(-3, 5)], format=",~r")
    value = alt.Y("value:Q").title("Times the first December (log scale)").axis(axis)
    tone = alt.Color("series:N").scale(domain=list(RACE), range=list(RACE.values()))
    december = alt.X("december:Q").title("Year").scale(zero=False, nice=False)
    december = december.axis(format="d", tickMinStep=1, grid=False, ticks=True, domain=True)
    base = alt.Chart().transform_calculate(december="toNumber(slice(datum.date, 0, 4))")
    base = base.transform_joinaggregate(old="min(december)", new="max(december)").encode(x=december)
    lines = base.encode(value.scale(type="log", nice=False, padding=44), tone.legend(None))
    ends = lines.transform_filter("datum.december == datum.new")
    ends = ends.transform_calculate(words=f"datum.series + ' ' + ({TIMES})")
    labels = [
        ends.transform_filter(alt.datum.series == name)
        .mark_text(align="right", dy=dy, **BOLD)
        .encode(alt.Text("words:N"))
        for name, dy in zip(RACE, (-14, 46, -26, 18), strict=True)
    ]
    share = alt.Y("value:Q").title("A year's pay as a share of the coins' value").axis(format=".0%")
    paid = base.encode(share.scale(zero=True))
    shares = [
        paid.transform_filter(f"datum.december == datum.{end}")
        .mark_text(align=align, dx=dx, dy=dy, color=theme.BLUE, **BOLD)
        .encode(alt.Text("value:Q").format(".1%"))
        for end, align, dx, dy in (("old", "left", 9, 0), ("new", "right", 4, -14))
    ]
    upper = alt.layer(lines.mark_line(point=True), *labels, data=race)
    lower = alt.layer(paid.mark_line(point=POINT), *shares, data=pay, height=theme.PANEL)
    drawn = [part for part, table in ((upper, race), (lower, pay)) if len(table)]
    chart = alt.vconcat(*(drawn or [upper]), spacing=26)
    return chart if len(drawn) > 1 else chart.properties(datasets={"not drawn": []})


def hash_rate(
    rates: pd.DataFrame, months: pd.DataFrame, fits: pd.DataFrame, falls: pd.DataFrame
) -> alt.VConcatChart:
    """The hash rate of each December with two fitted lines, and below it the later months with
    the last of the lines.

    rates, months: date, value (H/s). fits: date, value, window, label (one of each window).
    falls: date, value, words, at the bottom of a fall of the months.
    """
    last = fits[fits["window"] == "last"]
    names = _dated(falls).transform_joinaggregate(newest="max(day)")
    names = names.encode(_day(), alt.Y("value:Q"), alt.Text("words:N"))
    early, late = (names.transform_filter(f"datum.day {s} datum.newest") for s in ("<", "=="))
    below = early.mark_text(align="left", dx=-4, dy=14, color=theme.INK)
    below = below + late.mark_text(align="right", dx=8, dy=54, color=theme.INK)
    upper = _hash_rate(rates, fits, WHOLE, ("first", "left", 100, 150), point=POINT)
    lower = _hash_rate(months, last, LATE, ("last", "left", 14, 16)) + below
    panels = (upper, (rates, fits)), (lower, (months, last, falls))
    drawn = [panel for panel, tables in panels if any(map(len, tables))]
    return alt.vconcat(*(drawn or [upper]), spacing=22)


def _hash_rate(
    rates: pd.DataFrame,
    fits: pd.DataFrame,
    ticks: list[float],
    named: tuple[str, str, int, int],
    **look,
) -> alt.LayerChart:
    """ticks: H/s. named: a window, and where its label stands (align, x, y). look: of the line."""
    span = {} if len(rates) + len(fits) else {"domain": [ticks[0], ticks[-1]]}  # of no rows: none
    value = alt.Y("value:Q").scale(type="log", nice=False, **span)
    value = value.title("Hashes a second (log scale)").axis(labelExpr=HASHES, values=ticks)
    tone = alt.Color("window:N").scale(domain=["first", "last"], range=[theme.GREEN, theme.ORANGE])
    tone = tone.legend(None)
    lines, marks = (_dated(table).encode(x=_day(), y=value) for table in (fits, rates))
    lines = lines.properties(description="fitted")
    window, align, x, y = named
    name = _dated(fits).transform_filter(alt.datum.window == window)
    name = name.transform_aggregate(label="min(label)", groupby=["window"])
    name = name.mark_text(align=align, lineBreak="|", **BOLD)
    return alt.layer(
        lines.mark_line(strokeWidth=7, opacity=0.45).encode(color=tone),
        marks.mark_line(**look).properties(description="measured"),
        name.encode(alt.XValue(x), alt.YValue(y), alt.Text("label:N"), tone),
    ).properties(height=220)


def bitcoin_electricity(
    estimates: pd.DataFrame, ends: pd.DataFrame, told: pd.DataFrame
) -> alt.LayerChart:
    """The estimates of the network's electricity, the newest with its floor and ceiling.

    estimates: date, value (TWh a year), maker, survey, run (a line each). ends: date, low, value,
    high. told: date, value, what a document prints.
    """
    value = alt.Y("value:Q").title("TWh a year").scale(zero=True)
    tone = alt.Color("maker:N").scale(
        domain=["Cambridge", "Digiconomist"], range=[theme.BLUE, theme.ORANGE]
    )
    base = _dated(estimates).encode(x=_day(), y=value, color=tone.legend(None))
    line = base.transform_filter(alt.datum.maker == "Cambridge").mark_line()
    line = line.encode(alt.Detail("run:N"))
    span = _dated(ends).encode(x=_day())
    bar = span.mark_rule(strokeWidth=5, color=theme.BLUE, opacity=0.4)
    bar = bar.encode(alt.Y("low:Q"), alt.Y2("high:Q")).properties(description="floor to ceiling")
    places = ("ceiling", "high", -4), ("best guess", "value", 16), ("floor", "low", 4)
    labels = [
        span.transform_calculate(words=f"'{word} ' + format(datum.{column}, ',.0f')")
        .mark_text(align="right", dx=-9, dy=dy, color=theme.BLUE)
        .encode(alt.Y(f"{column}:Q"), alt.Text("words:N"))
        for word, column, dy in places
    ]
    best = span.mark_point(color=theme.BLUE, size=70).encode(y=value)
    best = best.properties(description="Cambridge's best guess")
    printed = _dated(told).encode(x=_day(), y=value).properties(description="the study")
    study = printed.mark_text(dy=-15).encode(alt.TextValue("the study"))
    every = line, base.mark_point(size=36), *_estimate_names(base), bar, best
    return alt.layer(*every, *labels, _diamonds(printed), study)


def _estimate_names(base: alt.Chart) -> list[alt.Chart]:
    """The makers at their first or last point, the survey and the newest reading."""
    names = [
        base.transform_filter((alt.datum.maker == maker) & (alt.datum.run == "0"))
        .transform_joinaggregate(edge=edge)
        .transform_filter("datum.day == datum.edge")
        .mark_text(align=align, dx=dx, dy=dy, **BOLD)
        .encode(alt.Text("maker:N"))
        for maker, edge, align, dx, dy in (
            ("Cambridge", "min(day)", "left", 0, -14),
            ("Digiconomist", "max(day)", "right", -9, 0),
        )
    ]
    survey = base.transform_filter(alt.datum.survey)
    survey = survey.mark_text(align="right", dx=-8).encode(alt.TextValue("survey"))
    newest = base.transform_filter(alt.datum.maker == "Digiconomist")
    newest = newest.transform_joinaggregate(edge="max(day)")
    newest = newest.transform_filter("datum.day == datum.edge").mark_text(align="right", dx=-9)
    return [*names, survey, newest.encode(text=alt.Text("value:Q").format(",.0f"))]


def electricity_share(shares: pd.DataFrame) -> alt.LayerChart:
    """Electricity over income: bars up to what it takes, lighter on to what it will after a
    halving, and a mark at the whole income.

    shares: name, now, after; in their order.
    """
    said = "datum.name + ': ' + format(datum.now, '.0%') + ', then ' + format(datum.after, '.0%')"
    base = alt.Chart().transform_calculate(said=said, whole="1")
    base = base.encode(y=rows.named_above(shares, "name"))
    title = "Electricity as a share of the miners' income"
    now = alt.X("now:Q").title(title).axis(orient="top", format=".0%").scale(zero=True)
    look = {"yOffset": rows.BELOW, "height": rows.HEIGHT, "color": theme.BLUE}
    bars = base.mark_bar(**look).encode(now).properties(description="now")
    light = base.mark_bar(**look, opacity=0.4).encode(alt.X("now:Q"), alt.X2("after:Q"))
    light = light.properties(description="from now to after the halving")
    whole = base.mark_tick(
        orient="vertical", size=16, yOffset=rows.BELOW, thickness=2, color=theme.INK, strokeWidth=0
    )
    parts = bars, light, whole.encode(alt.X("whole:Q")), rows.names(base, "said")
    return alt.layer(*parts, data=shares, height=theme.LABELLED_ROW)


def electricity_ranks(uses: pd.DataFrame) -> alt.LayerChart:
    """Electricity of countries and, as a range, of the Bitcoin network.

    uses: name, low, high (TWh a year), kind ("country", "Bitcoin"); in their order.
    """
    kind = alt.Color("kind:N").scale(
        domain=["country", "Bitcoin"], range=[theme.NEUTRAL, theme.ORANGE]
    )
    base = alt.Chart().encode(y=rows.named_beside(uses, "name", "Country or network", 22))
    value = alt.X("low:Q").title("Electricity (TWh a year)").axis(orient="top")
    own = base.transform_filter(alt.datum.kind == "Bitcoin")
    words = (
        "format(datum.low, ',.0f') + "
        "(datum.kind == 'country' ? '' : ' to ' + format(datum.high, ',.0f'))"
    )
    number = base.transform_calculate(words=words).mark_text(align="left", dx=6)
    bars = base.mark_bar().encode(x=value, color=kind.legend(None))
    span = own.mark_bar(opacity=0.4, color=theme.ORANGE).encode(alt.X("low:Q"), alt.X2("high:Q"))
    number = number.encode(alt.X("high:Q"), alt.Text("words:N"))
    return alt.layer(bars, span, number, data=uses, height=alt.Step(26))


def ethereum_gaming(
    added: pd.DataFrame, gaming: pd.DataFrame, merge: pd.DataFrame
) -> alt.VConcatChart:
    """What each quarter added to Ethereum's hash rate, above NVIDIA's gaming revenue in it.

    added: start, end, added (TH/s). gaming: start, end, value (USD billion). merge: date, words
    (the end of mining, drawn in both).
    """
    shared = alt.X("day:T").axis(format="%Y", tickCount="year")
    quarter = shared.title("Quarter")
    end = _dated(merge).mark_rule(color=theme.INK, strokeDash=[3, 3])
    word = _dated(merge).mark_text(align="left", dx=6, dy=8, **BOLD)
    begins = {"day": "toDate(datum.start)", "until": "toDate(datum.end)", "zero": "0"}
    upper, lower = (
        alt.Chart(table)
        .transform_calculate(**begins)
        .mark_rect(color=tone, stroke=theme.PAPER, strokeWidth=2)
        .encode(quarter, alt.X2("until:T"), alt.Y(f"{column}:Q").title(title), alt.Y2("zero:Q"))
        + end.encode(x=quarter)
        for table, column, tone, title in (
            (added, "added", theme.PURPLE, "Added to Ethereum's hash rate a quarter (TH/s)"),
            (gaming, "value", theme.GREEN, "NVIDIA's gaming revenue a quarter (USD billion)"),
        )
    )
    upper = upper + word.encode(quarter, alt.YValue(0), alt.Text("words:N"))
    panels = [part.properties(height=theme.PANEL) for part in (upper, lower)]
    return alt.vconcat(*panels, spacing=26).resolve_scale(x="shared")


def cards_held(
    curve: pd.DataFrame, boards: pd.DataFrame, ends: pd.DataFrame, outside: pd.DataFrame
) -> alt.LayerChart:
    """The share of the cards sold that the miners would have taken, by the speed of a card.

    curve: speed (MH/s), share. boards, ends: words, share, speed, the mining boards and the ends
    of our range, which is shaded. outside: words, share, what others estimate, drawn across.
    """
    speed = alt.X("speed:Q").title("Speed of every miner's card (million guesses a second)")
    share = alt.Y("share:Q").title("Share of the cards sold").axis(format=".0%").scale(zero=True)
    line = alt.Chart(curve).mark_line(color=theme.PURPLE).encode(speed.scale(zero=True), share)
    shade = alt.Chart(ends).transform_aggregate(low="min(speed)", high="max(speed)")
    shade = shade.transform_filter("isValid(datum.low)").mark_rect(color=theme.PURPLE, opacity=0.15)
    shade = shade.encode(alt.X("low:Q"), alt.X2("high:Q"), alt.YValue(0), alt.Y2Value("height"))
    across = alt.Chart(outside).encode(y=share)
    rule = across.mark_rule(color=theme.INK, strokeDash=[4, 3])
    each = across.transform_joinaggregate(least="min(share)").encode(alt.Text("words:N"))
    names = [  # the least of them lies under the curve, where its left end is free
        each.transform_filter(f"datum.share {sign} datum.least")
        .mark_text(align=align, dx=dx, dy=dy)
        .encode(alt.XValue(at))
        for sign, align, dx, dy, at in ((">", "right", -4, -9, "width"), ("==", "left", 4, 9, 0))
    ]
    marks = [
        alt.Chart(table).mark_point(color=theme.PURPLE, filled=True, size=70).encode(speed, share)
        for table in (boards, ends)
    ]
    words = [
        alt.Chart(table)
        .transform_joinaggregate(fastest="max(speed)")
        .transform_filter(f"datum.speed {sign} datum.fastest")
        .mark_text(align=align, dx=dx, dy=dy, color=theme.PURPLE, **BOLD)
        .encode(speed, share, alt.Text("words:N"))
        for table, sign, align, dx, dy in (
            (boards, "<", "left", 10, 0),
            (boards, "==", "right", 4, 11),
            (ends, "<", "left", 10, 0),
            (ends, "==", "right", -10, 6),
        )
    ]
    return alt.layer(shade, line, rule, *names, *marks, *words).properties(height=330)


def miner_sales(sales: pd.DataFrame) -> alt.LayerChart:
    """What miners sold in their newest quarters, by source, one part after the other.

    sales: quarter, part, start, end (USD million), share.
    """
    tone = alt.Color("part:N").scale(domain=list(PARTS), range=list(PARTS.values()))
    base = alt.Chart().encode(y=rows.named_above(sales, "quarter"))
    start = alt.X("start:Q").title("Sales in the quarter (USD million)").axis(orient="top")
    bars = base.mark_bar(yOffset=rows.BELOW, height=rows.HEIGHT).encode(
        start.scale(zero=True), alt.X2("end:Q"), tone.legend(columns=1)
    )
    ends = base.transform_joinaggregate(whole="max(end)", groupby=["quarter"])
    of_ai = (
        ends.transform_filter("datum.part == 'computers for AI'")
        .transform_calculate(words="'AI ' + format(datum.share, '.0%')")
        .mark_text(align="left", dx=6, dy=rows.BELOW, **BOLD)
        .encode(alt.X("whole:Q"), alt.Text("words:N"))
    )
    parts = bars, of_ai, rows.names(base, "quarter")
    return alt.layer(*parts, data=sales, height=theme.LABELLED_ROW)


def miner_leases(yearly: pd.DataFrame) -> alt.LayerChart:
    """What leases promise a year and coins bring as bars, what coins leave as ranges with a guess.

    yearly: name, low, value, high (USD billion), kind ("leases", "coins"); in their order.
    """
    base = alt.Chart().encode(y=rows.named_above(yearly, "name"))
    value = alt.X("value:Q").title("USD billion a year").axis(orient="top")
    tone = alt.Color("kind:N").legend(None)
    tone = tone.scale(domain=["leases", "coins"], range=[theme.BLUE, theme.ORANGE])
    one, spread = (base.transform_filter(f"datum.low {sign} datum.high") for sign in ("==", "<"))
    below = {"yOffset": rows.BELOW, "height": rows.HEIGHT}
    span = spread.mark_bar(opacity=0.4, **below).encode(alt.X("low:Q"), alt.X2("high:Q"), tone)
    guess = spread.mark_tick(
        orient="vertical", size=rows.HEIGHT, yOffset=rows.BELOW, thickness=3, color=theme.ORANGE
    )
    text = (
        "datum.low == datum.high ? format(datum.value, '.1f') : format(datum.low, '.1f') + ' to '"
        " + format(datum.high, '.1f') + ', best guess ' + format(datum.value, '.1f')"
    )
    words = base.transform_calculate(words=text).mark_text(
        align="left", dx=6, dy=rows.BELOW, **BOLD
    )
    words = words.encode(alt.X("high:Q"), alt.Text("words:N"))
    bars = one.mark_bar(**below).encode(value, tone)
    parts = bars, span, guess.encode(value), words, rows.names(base, "name")
    return alt.layer(*parts, data=yearly, height=theme.LABELLED_ROW)


def _dated(table: pd.DataFrame) -> alt.Chart:
    """A chart whose dates are days that its expressions reckon with."""
    return alt.Chart(table).transform_calculate(day="toDate(datum.date)")


def _day() -> alt.X:
    return alt.X("day:T").title("Date").axis(format="%Y")


def _diamonds(printed: alt.Chart) -> alt.Chart:
    return printed.mark_point(
        shape="diamond", size=110, filled=False, strokeWidth=2, color=theme.INK
    )
