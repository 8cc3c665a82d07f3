"""The figures of the chapter on cars: rides, chips, range, batteries, buyers and two makers.

What was told is filled, what others estimated is hollow, what is computed is dashed. Lines of
different publications are never joined.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

SERVICES = {"Waymo": theme.BLUE, "Apollo Go": theme.ORANGE}
KINDS = {"private car": theme.BLUE, "taxi": theme.ORANGE}
PLACES = [theme.ORANGE, theme.BLUE]
COUNTS = [theme.BLUE, theme.ORANGE]
LINES = {
    "Tesla, battery cars": theme.INK,
    "BYD, battery cars": theme.BLUE,
    "BYD, with hybrids": theme.ORANGE,
}
LEVELS = ["Nobody", "Driver may look away", "Driver watches"]
MOVERS = ["Engine or mild hybrid", "Hybrid, no plug", "Plug-in hybrid", "Battery"]
MANTISSA = "round(datum.value / pow(10, floor(log(datum.value) / LN10 + 1e-6)))"
COUNTED = alt.Shape("format:N").legend(None)  # a square: nothing tells how the peak is counted
COUNTED = COUNTED.scale(domain=["counted", "count not told"], range=["circle", "square"])
FITTED = alt.StrokeDash("fit:N").scale(range=[[5, 3]]).legend(None)  # names what is dashed
BESIDE = 8  # px between a point and its text


def rides(weekly: pd.DataFrame, notes: pd.DataFrame) -> alt.LayerChart:
    """Rides a week of each service over time; estimates of others hollow, a range as a bar.

    weekly: service, day, rides (thousand), kind. notes: day, rides, text.
    """
    day = alt.X("day:T").title("Date").scale(padding=10).axis(format="%Y")
    count = _log(alt.Y("rides:Q").title("Rides a week (thousand, log scale)"))
    tone = alt.Color("service:N").legend(None).scale(domain=[*SERVICES], range=[*SERVICES.values()])
    base = alt.Chart(weekly).transform_calculate(day="toDate(datum.day)")
    base = base.encode(x=day, y=count, color=tone)
    told = base.transform_filter("datum.kind == 'told'")
    guess = base.transform_filter("datum.kind == 'estimated'").mark_point(size=60, filled=False)
    guess = guess.properties(description="estimate")
    span = (
        base.transform_filter("datum.kind == 'range'")
        .transform_aggregate(
            rides="min(rides)", top="max(rides)", day="min(day)", groupby=["service"]
        )
        .mark_rule(strokeWidth=5)
        .encode(alt.Y2("top:Q"))
    )
    names = (
        told.transform_joinaggregate(first="min(day)", groupby=["service"])
        .transform_filter("toNumber(datum.day) == toNumber(datum.first)")
        .mark_text(align="right", dx=-BESIDE, fontWeight="bold")
        .encode(alt.Text("service:N"))
    )
    words = (
        alt.Chart(notes)
        .transform_calculate(day="toDate(datum.day)")
        .mark_text(align="left", dx=BESIDE, dy=BESIDE)
        .encode(alt.X("day:T"), alt.Y("rides:Q"), alt.Text("text:N"))
    )
    other = base.transform_filter("datum.kind == 'estimated'")
    other = other.mark_text(align="right", dx=-BESIDE, dy=-4).encode(alt.TextDatum("estimate"))
    return span + told.mark_line(point=True) + guess + other + names + words


def levels(tiles: pd.DataFrame) -> alt.LayerChart:
    """What has been sold or rented out at each level of automation with each powertrain.

    tiles: driver, mover (of the car), text, count (0: none in the list), firm (false: pale, with a
    dashed edge).
    """
    base = alt.Chart().encode(
        x=alt.X("mover:N")
        .scale(domain=MOVERS)
        .title("What moves the car")
        .axis(labelAngle=0, labelExpr=rows.wrapped("datum.label", 8)),
        y=alt.Y("driver:N")
        .scale(domain=LEVELS)
        .title("Who drives")
        .axis(labelExpr=rows.wrapped("datum.label", 11)),
    )
    ink = alt.condition("datum.firm", alt.value(theme.PAPER), alt.value(theme.INK))
    text = base.transform_calculate(lines="split(datum.text, '\\n')").mark_text(
        lineBreak="\n", dy=alt.expr("-7 * (length(datum.lines) - 1)")
    )
    told = base.transform_filter("datum.count > 0")
    firm = told.transform_filter("datum.firm").mark_rect(color=theme.BLUE)
    pieced = told.transform_filter("!datum.firm").mark_rect(
        color=theme.BLUE, fillOpacity=0.2, stroke=theme.BLUE, strokeWidth=2, strokeDash=[4, 3]
    )
    edge = base.mark_rect(filled=False, stroke=theme.PAPER, strokeWidth=3)
    words = text.encode(alt.Text("lines:N"), color=ink)
    return alt.layer(firm, edge, pieced, words, data=tiles, height=alt.Step(58))


def peaks(told: pd.DataFrame) -> alt.TopLevelMixin:
    """Peak compute of cars, a row each and a panel for each way to count, beside a path.

    told: count (one panel each), name, most, least (where it may be either), kind, format
    ("counted" or "count not told"), low, high (of the path in the car's year, or unknown),
    nearest, goal (the ends of the path's goal).
    """
    tone = alt.Color("kind:N").legend(None).scale(domain=[*KINDS], range=[*KINDS.values()])
    each = []
    for count in dict.fromkeys(told["count"]):
        cars = told[told["count"] == count]
        base = alt.Chart(cars).encode(y=rows.named_beside(cars, "name", count.capitalize()))
        path = base.transform_filter("isValid(datum.low)").mark_rule(
            color=theme.NEUTRAL, opacity=0.35, strokeWidth=25
        )
        ends = alt.Chart(cars).transform_aggregate(
            nearest="min(nearest)", goal="max(goal)", low="max(low)", high="max(high)"
        )
        word = ends.mark_text(dy=-8).encode(alt.YValue(0))
        either = base.transform_filter("datum.least < datum.most").mark_rule(strokeDash=[3, 2])
        panel = alt.layer(
            path.encode(_tops("low"), alt.X2("high:Q")),
            *(_goal(ends, end) for end in ("nearest", "goal")),
            either.encode(_tops("least"), alt.X2("most:Q"), tone),
            base.mark_point(size=70).encode(_tops("most"), tone, COUNTED),
            word.transform_filter("isValid(datum.low)")
            .transform_calculate(middle="sqrt(datum.low * datum.high)")
            .encode(_tops("middle"), alt.TextDatum("path")),
            word.encode(_tops("goal"), alt.TextDatum("goal")),
        )
        each.append(panel.properties(height=alt.Step(25)))
    empty = alt.Chart(told).mark_point().encode(_tops("most"))
    return alt.vconcat(*each, spacing=26) if each else empty


def range_lost(told: pd.DataFrame) -> alt.LayerChart:
    """Share of the range that computers take at two speeds, a row each with a bar for each speed.

    told: where (a colour each), label, low, high (fractions; equal where there is one count).
    """
    share = alt.X("high:Q").title("Range lost at the reported power")
    share = share.axis(format="%", orient="top", grid=False)
    share = share.scale(zero=True, nice=False, padding=24)
    places = list(dict.fromkeys(told["where"]))
    tone = alt.Color("where:N").scale(domain=places, range=PLACES[: max(len(places), 1)])
    base = alt.Chart().encode(y=rows.named_above(told, "label"))
    bars = base.mark_rule(strokeWidth=9, opacity=0.5, yOffset=rows.BELOW)
    low = alt.X("low:Q").title("Range lost at the reported power")
    ends = base.mark_point(size=80, yOffset=rows.BELOW)
    number = base.transform_joinaggregate(most="max(high)", groupby=["label"])
    number = number.transform_filter("datum.high == datum.most").transform_calculate(
        text="(datum.low < datum.high ? format(datum.low, '.0%') + ' to ' : '')"
        " + format(datum.high, '.0%')"
    )
    words = number.mark_text(align="left", dx=BESIDE, dy=rows.BELOW).encode(
        share, tone, alt.Text("text:N")
    )
    parts = (
        bars.encode(share, alt.X2("low:Q"), tone),
        ends.encode(low, tone),
        ends.encode(share, tone.legend(title=None)),
        words,
        rows.names(base, "label"),
    )
    return alt.layer(*parts, data=told, height=theme.LABELLED_ROW)


def cell_price(prices: pd.DataFrame, fitted: pd.DataFrame, printed: pd.DataFrame) -> alt.LayerChart:
    """Price of lithium-ion cells over time, the exponential through it, and what a study prints.

    prices: year, value. fitted: year, value, fit. printed: year, low, high, label.
    """
    price = _log(alt.Y("value:Q").title("USD per kWh (log scale)"))
    line = (
        alt.Chart(prices)
        .mark_line(point=alt.OverlayMarkDef(color=theme.BLUE))
        .encode(x=_year("Year"), y=price)
    )
    trend = alt.Chart(fitted).mark_line(color=theme.NEUTRAL).encode(strokeDash=FITTED)
    told = alt.Chart(printed).encode(alt.X("year:Q"), alt.ColorValue(theme.ORANGE))
    span = told.mark_rule(strokeWidth=3).encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    point = told.mark_point(shape="diamond", size=100).encode(alt.Y("high:Q"))
    point = point.properties(description="upper ends in the study")
    name = told.mark_text(align="right", dx=-2, dy=16).encode(alt.Y("low:Q"), alt.Text("label:N"))
    return line + trend.encode(x=_year("Year"), y=price) + span + point + name


def experience(points: pd.DataFrame) -> alt.LayerChart:
    """Price of cells against batteries made until then, a line a way to count, with its curve.

    points: name, cumulative (GWh), value (USD per kWh), fitted, fit.
    """
    made = _log(alt.X("cumulative:Q").title("Batteries made until then (GWh, log scale)"), (1,))
    price = _log(alt.Y("value:Q").title("Price of cells (USD per kWh, log scale)"))
    price = price.scale(type="log", nice=False, padding=24)
    names = list(dict.fromkeys(points["name"]))
    tone = alt.Color("name:N").legend(None)
    tone = tone.scale(domain=names, range=COUNTS[: max(len(names), 1)])
    base = alt.Chart().encode(x=made, color=tone)
    curve = base.mark_line().encode(alt.Y("fitted:Q"), strokeDash=FITTED)
    ends = (
        base.transform_joinaggregate(first="min(cumulative)", groupby=["name"])
        .transform_filter("datum.cumulative == datum.first")
        .transform_calculate(lines="split(datum.name, '\\n')")
        .mark_text(
            align="left",
            dx=BESIDE,
            dy=alt.expr("-8 - 14 * (length(datum.lines) - 1)"),
            fontWeight="bold",
        )
        .encode(alt.Y("fitted:Q"), alt.Text("lines:N"))
    )
    shape = alt.Shape("name:N").legend(None).scale(domain=names, range=["circle", "triangle"])
    dots = base.mark_point(size=60).encode(y=price, shape=shape)
    told = base.mark_line(strokeWidth=0)  # in words, a line is told and dots are not
    told = told.encode(y=price)
    return alt.layer(told, dots, curve, ends, data=points)


def pack_price(prices: pd.DataFrame, forecast: pd.DataFrame) -> alt.LayerChart:
    """Price of packs over time by the newest survey and by older ones, and what was forecast.

    prices: year, survey, value (USD per kWh), kind ("newest" or "older"). forecast: year, price,
    label of the newest price and of the one that is expected.
    """
    price = _log(alt.Y("value:Q").title("USD per kWh (log scale)"))
    base = alt.Chart(prices).encode(x=_year("Year"), y=price)
    newest = base.transform_filter("datum.kind == 'newest'")
    line = newest.mark_line(color=theme.BLUE, point=alt.OverlayMarkDef(color=theme.BLUE, size=80))
    older = base.transform_filter("datum.kind == 'older'")
    older = older.mark_point(size=60, color=theme.ORANGE, filled=False)
    older = older.properties(description="older surveys")
    at = _log(alt.Y("price:Q").title("USD per kWh (log scale)"))
    ahead = alt.Chart(forecast).encode(x=_year("Year"), y=at)
    path = ahead.mark_line(color=theme.INK, strokeDash=[5, 3])
    path = path.properties(description="to what the study expects")
    goal = ahead.mark_point(shape="diamond", size=80, color=theme.INK)
    words = ahead.mark_text(align="left", dx=2, dy=-14, fontWeight="bold")
    words = words.encode(alt.Text("label:N"))
    return path + line + older + goal + words


def shares_by_region(shares: pd.DataFrame) -> alt.FacetChart | alt.LayerChart:
    """Share of electric cars in car sales by region, with the S-curve through its first years.

    shares: region (one panel each), year, share (fraction), kind ("before", "after", "fitted";
    "interval" with low and high in place of a share).
    """
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    share = alt.Y("share:Q").title("Share of cars sold").scale(domain=[0, 1]).axis(axis)
    base = alt.Chart().encode(x=_year("Year"), y=share)
    curve = base.transform_filter("datum.kind == 'fitted'").mark_line(
        strokeDash=[5, 3], color=theme.NEUTRAL
    )
    curve = curve.properties(description="fitted curve")
    band = base.transform_filter("datum.kind == 'interval'")
    band = band.mark_errorband(color=theme.NEUTRAL, opacity=0.3)
    band = band.encode(alt.Y("low:Q").title("Share of cars sold"), alt.Y2("high:Q"))
    before, after = (  # lines without a stroke: in words, a line is told and points are not
        base.transform_filter(f"datum.kind == '{kind}'").mark_line(
            strokeWidth=0, point=alt.OverlayMarkDef(color=color, size=size)
        )
        for kind, color, size in (("before", theme.BLUE, 40), ("after", theme.ORANGE, 80))
    )
    names = (
        base.transform_filter("datum.kind == 'after'")
        .transform_joinaggregate(last="max(year)", groupby=["region"])
        .transform_filter("datum.year == datum.last")
        .mark_text(align="left", dx=BESIDE, dy=8, color=theme.ORANGE, fontWeight="bold")
        .encode(text=alt.Text("share:Q").format(".0%"))
    )
    led = (
        base.transform_joinaggregate(came="max(year)", groupby=["region", "kind"])
        .transform_calculate(until="datum.kind == 'after' ? datum.came : 0")
        .transform_joinaggregate(at="max(until)", groupby=["region"])
        .transform_filter("datum.kind == 'fitted' && datum.year == datum.at")
    )
    lead = led.mark_point(size=50, filled=False, color=theme.MUTED)
    leads = led.mark_text(align="right", dx=-BESIDE, dy=-6, color=theme.MUTED).encode(
        text=alt.Text("share:Q").format(".0%")
    )
    panel = alt.layer(band, after, before, curve, names, lead, leads, data=shares).properties(
        height=theme.PANEL
    )
    regions = list(shares["region"].unique())
    return panel.facet(alt.Facet("region:N").sort(regions), columns=2) if regions else panel


def makers(yearly: pd.DataFrame) -> alt.LayerChart:
    """Cars sold by two makers by year, as each counts.

    yearly: line, year, cars (million).
    """
    tone = alt.Color("line:N").legend(None).scale(domain=list(LINES), range=list(LINES.values()))
    lowest = f"datum.line == '{next(iter(LINES))}'"
    year = _year("Year").scale(zero=False, nice=False, padding=14)
    cars = alt.Y("cars:Q").title("Cars sold in the year (million)").scale(zero=True)
    base = alt.Chart().encode(x=year, y=cars, color=tone)
    ends = (
        base.transform_joinaggregate(last="max(year)", groupby=["line"])
        .transform_filter("datum.year == datum.last")
        .mark_text(align="right", dy=alt.expr(f"{lowest} ? 20 : -14"), dx=6, fontWeight="bold")
        .encode(alt.Text("line:N"))
    )
    return alt.layer(base.mark_line(point=True), ends, data=yearly)


def _tops(column: str) -> alt.X:
    """A log axis of peaks."""
    axis = _log(alt.X(f"{column}:Q").title("TOPS (log scale)"))
    return axis.scale(type="log", nice=False, padding=9)


def _goal(ends: alt.Chart, column: str) -> alt.Chart:
    """A line at one end of the goal."""
    line = ends.mark_rule(color=theme.INK, strokeDash=[2, 2])
    return line.encode(_tops(column))


def _year(title: str) -> alt.X:
    axis = alt.Axis(format="d", tickMinStep=1)
    return alt.X("year:Q").title(title).scale(zero=False, nice=False, padding=12).axis(axis)


def _log(axis: alt.X | alt.Y, at: tuple[int, ...] = (1, 2, 5), **options) -> alt.X | alt.Y:
    """A log axis with lines and numbers at some multiples of each power of ten only."""
    shown = f"indexof({list(at)}, {MANTISSA}) >= 0"
    lines = alt.condition(shown, alt.value(1), alt.value(0))
    words = f"{shown} ? format(datum.value, ',~f') : ''"
    scaled = axis.scale(type="log", nice=False, padding=10)
    return scaled.axis(gridOpacity=lines, labelExpr=words, **options)
