"""The figures of the chapter on cars: chips, batteries, shares of sales, two makers.

Number formats keep their colours throughout. Lines of different publications are never joined.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

FORMATS = {
    "FP32 or FP16": theme.PURPLE,
    "INT8": theme.BLUE,
    "sparse": theme.GREEN,
    "FP8": theme.ORANGE,
    "FP4": theme.RED,
    "not stated": theme.NEUTRAL,
}
STATES = {
    "launched": "circle",
    "announced": "triangle",
    "cancelled": "cross",
    "estimated": "square",
}
TONES = [theme.NEUTRAL, theme.GREEN, theme.PURPLE, theme.GOLD, theme.BLUE]
MARKS = ["circle", "diamond", "triangle", "square", "cross"]
MANTISSA = "round(datum.value / pow(10, floor(log(datum.value) / LN10 + 1e-6)))"
BESIDE = 8  # px between a point and its text
ABOVE_AXIS = 26  # px that a legend in rows needs above the title of the axis
ANSWER = {"printed": theme.ORANGE, "computed": theme.BLUE}
SERIES = {
    "Tesla, battery cars": theme.INK,
    "BYD, battery cars": theme.BLUE,
    "BYD, with hybrids": theme.ORANGE,
}


def chips_by_year(chips: pd.DataFrame) -> alt.FacetChart | alt.LayerChart:
    """Peak compute of chips and boards by year, one panel a list, coloured by number format.

    chips: list (one panel each), year, rate, format, state, label (empty: none).
    """
    base = alt.Chart().encode(
        x=_year("Year of announcement or launch"),
        y=_log(alt.Y("rate:Q").title("TOPS, or TFLOPS at FP32 and FP16 (log scale)")),
        color=_format(chips),
    )
    shape = alt.Shape("state:N").scale(domain=list(STATES), range=list(STATES.values()))
    points = base.mark_point(size=70).encode(
        shape=shape.legend(columns=4, symbolFillColor=theme.MUTED, symbolStrokeColor=theme.MUTED)
    )
    left = "datum.year > 2019 && datum.year < 2022.9"  # where the other side is taken
    labels = (
        base.transform_filter("datum.label")
        .mark_text(
            align=alt.expr(f"{left} ? 'right' : 'left'"),
            dx=alt.expr(f"{left} ? {-BESIDE} : {BESIDE}"),
        )
        .encode(text="label:N", color=alt.value(theme.INK))
    )
    panel = alt.layer(points, labels, data=chips).properties(height=300)
    return _panels(panel, chips, "list", columns=2)


def compute_per_watt(chips: pd.DataFrame) -> alt.FacetChart | alt.LayerChart:
    """Peak operations a second and watt of each chip whose power is known, one panel a list.

    chips: list (one panel each), name, per_watt, format.
    """
    rate = alt.X("per_watt:Q").title("TOPS or TFLOPS per W").scale(zero=True)
    base = alt.Chart().encode(y=alt.Y("name:N").sort(None).title("Chip or board"))
    bars = base.mark_bar().encode(x=rate, color=_format(chips))
    text = alt.Text("per_watt:Q").format(",.2~f")
    values = base.mark_text(align="left", dx=5).encode(x=rate, text=text)
    panel = alt.layer(bars, values, data=chips).properties(height=alt.Step(26))
    names = list(chips["list"].unique())
    if not names:
        return panel
    head = alt.Facet("list:N").sort(names).header(labelPadding=2)
    return panel.facet(head, columns=1).resolve_scale(y="independent")


def road(path: pd.DataFrame, target: pd.DataFrame) -> alt.LayerChart:
    """Compute of a car by year from each start at one pace, and the target that was told.

    path: start (label), year, tops. target: year, tops, label.
    """
    tops = _log(alt.Y("tops:Q").title("Compute of a car (TOPS, log scale)"))
    starts = list(path["start"].unique())
    tone = alt.Color("start:N").legend(None)
    tone = tone.scale(domain=starts, range=[theme.BLUE, theme.GREEN][: max(len(starts), 1)])
    years = [*path["year"], *target["year"]]
    year = _year("Year")
    if years:  # with room for the names at the ends of the lines
        year = year.scale(domain=[int(min(years)) - 0.2, int(max(years)) + 1.6])
    base = alt.Chart(path).encode(x=year, y=tops, color=tone)
    ends = (
        base.transform_joinaggregate(last="max(year)", groupby=["start"])
        .transform_filter("datum.year == datum.last")
        .mark_text(align="left", dx=BESIDE, fontWeight="bold")
    )
    goal = alt.Chart(target).encode(x=year, y=tops)
    diamond = goal.mark_point(shape="diamond", size=120, color=theme.ORANGE)
    name = goal.mark_text(dy=18).encode(text="label:N")
    return base.mark_line(point=True) + ends.encode(text="start:N") + diamond + name


def cell_price(prices: pd.DataFrame, fitted: pd.DataFrame, printed: pd.DataFrame) -> alt.LayerChart:
    """Price of lithium-ion cells over time, the exponential through it, and what a document prints.

    prices: year, value. fitted: year, value. printed: year, low, high, label.
    """
    price = _log(alt.Y("value:Q").title("USD per kWh (log scale)"))
    line = (
        alt.Chart(prices)
        .mark_line(point=alt.OverlayMarkDef(color=theme.BLUE))
        .encode(x=_year("Year"), y=price)
    )
    trend = alt.Chart(fitted).mark_line(strokeDash=[5, 3], color=theme.NEUTRAL)
    return trend.encode(x=_year("Year"), y=price) + line + _printed(printed, "low", 16)


def pack_price(vintages: pd.DataFrame, printed: pd.DataFrame) -> alt.LayerChart:
    """Price of battery packs over time, one line a survey, and what a document prints.

    vintages: vintage (label), year, value, recalled. printed: year, low, high, label.
    """
    names = list(vintages["vintage"].unique())
    tone = (
        alt.Color("vintage:N")
        .scale(domain=names, range=TONES[-len(names) :] if names else TONES)
        .legend(columns=3, symbolType="circle", offset=ABOVE_AXIS)
    )
    price = alt.Y("value:Q").title("USD per kWh, in dollars of the survey's year").scale(zero=True)
    base = alt.Chart(vintages).encode(x=_year("Year"), y=price, color=tone)
    read = base.transform_filter("!datum.recalled").mark_point(size=60)
    recalled = base.transform_filter("datum.recalled").mark_point(size=40, filled=False)
    return base.mark_line(strokeWidth=1.5) + read + recalled + _printed(printed, "high", -14)


def _printed(printed: pd.DataFrame, end: str, dy: int) -> alt.LayerChart:
    """What a document prints, as diamonds or, between two ends, as an upright line."""
    base = alt.Chart(printed).encode(x="year:Q", color=alt.value(theme.ORANGE))
    span = base.mark_rule(strokeWidth=3).encode(y="low:Q", y2="high:Q")
    point = base.mark_point(shape="diamond", size=100).encode(y="high:Q")
    name = base.mark_text(align="right", dx=4, dy=dy).encode(y=f"{end}:Q", text="label:N")
    return span + point + name


def experience(points: pd.DataFrame, fitted: pd.DataFrame) -> alt.LayerChart:
    """Price of cells against the electric cars sold until then, and the curve through it.

    points: cumulative (million cars), value (USD per kWh), fitted (value), label.
    fitted: cumulative, value.
    """
    sold = alt.X("cumulative:Q").title("Electric cars sold until then (million, log scale)")
    price = alt.Y("value:Q").title("Price of cells (USD per kWh, log scale)")
    sold, price = (_log(axis, (1, 2, 3, 5)) for axis in (sold, price))
    sold, price = (axis.scale(type="log", nice=False, padding=24) for axis in (sold, price))
    base = alt.Chart(points).encode(x=sold, y=price)
    curve = alt.Chart(fitted).mark_line(strokeDash=[5, 3], color=theme.NEUTRAL)
    below = alt.expr("datum.value < datum.fitted ? 14 : -12")
    names = base.mark_text(dy=below).encode(text="label:N")
    return curve.encode(x=sold, y=price) + base.mark_point(size=60, color=theme.BLUE) + names


def battery_bills(bills: pd.DataFrame) -> alt.LayerChart:
    """What a pack costs in each case, from a lower to an upper end, as printed and as computed.

    bills: case, low, high (USD; equal for a single number), kind ("printed", "computed").
    """
    base = alt.Chart(bills).encode(
        y=rows.named_above(bills, "case"),
        color=alt.Color("kind:N").scale(domain=list(ANSWER), range=list(ANSWER.values())),
    )
    cost = _log(alt.X("low:Q").title("Cost of the pack (USD, log scale)"), (1,), orient="top")
    cost = cost.scale(type="log")  # to whole powers of ten, with room for the texts
    span = base.mark_rule(strokeWidth=3, yOffset=rows.BELOW).encode(x=cost, x2="high:Q")
    ends = [
        base.mark_point(size=60, yOffset=rows.BELOW).encode(x=f"{end}:Q") for end in ("low", "high")
    ]
    named = base.encode(color=alt.value(theme.INK))
    low = named.transform_filter("datum.low < datum.high").mark_text(
        align="right", dx=-BESIDE, dy=rows.BELOW
    )
    high = named.mark_text(align="left", dx=BESIDE, dy=rows.BELOW)
    texts = [
        mark.encode(x=f"{end}:Q", text=alt.Text(f"{end}:Q").format("$,.3r"))
        for end, mark in (("low", low), ("high", high))
    ]
    chart = alt.layer(span, *ends, *texts, rows.names(named, "case"))
    return chart.properties(height=theme.LABELLED_ROW)


def shares_by_region(shares: pd.DataFrame) -> alt.FacetChart | alt.LayerChart:
    """Share of electric cars in car sales by region, with the S-curve through one vintage.

    shares: region (one panel each), year, share (fraction), kind (the vintage, or "fitted").
    """
    kinds = sorted(set(shares["kind"]) - {"fitted"})
    tones = [theme.BLUE, theme.ORANGE, theme.GREEN, theme.PURPLE, theme.GOLD][: max(len(kinds), 1)]
    tone = alt.Color("kind:N").scale(domain=kinds, range=tones)
    half = alt.condition("datum.value == 0.5", alt.value(theme.NEUTRAL), alt.value(theme.GRID))
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], gridColor=half)
    share = alt.Y("share:Q").title("Share of cars sold").scale(domain=[0, 1]).axis(axis)
    base = alt.Chart().encode(x=_year("Year"), y=share)
    curve = base.transform_filter("datum.kind == 'fitted'").mark_line(
        strokeDash=[5, 3], color=theme.NEUTRAL
    )
    points = (
        base.transform_filter("datum.kind != 'fitted'")
        .mark_point(size=44)
        .encode(
            color=tone.legend(symbolType="circle", columns=4),
            shape=alt.Shape("kind:N").scale(domain=kinds, range=MARKS[: max(len(kinds), 1)]),
        )
    )
    panel = alt.layer(curve, points, data=shares).properties(height=theme.PANEL)
    return _panels(panel, shares, "region", columns=2)


def makers_by_quarter(makers: pd.DataFrame) -> alt.LayerChart:
    """Cars sold by each maker by quarter; recalled and computed numbers are hollow.

    makers: line, quarter (date), cars (thousand), how ("read", "recalled", "computed").
    """
    tone = alt.Color("line:N").scale(domain=list(SERIES), range=list(SERIES.values()))
    day = alt.X("day:T").title("Quarter").scale(padding=8).axis(format="%Y")
    base = (
        alt.Chart(makers)
        .transform_calculate(day="toDate(datum.quarter)")
        .encode(
            x=day,
            y=alt.Y("cars:Q").title("Cars sold in the quarter (thousand)").scale(zero=True),
            color=tone.legend(columns=3, symbolType="circle", offset=ABOVE_AXIS),
        )
    )
    read = base.transform_filter("datum.how == 'read'").mark_point(size=44)
    other = base.transform_filter("datum.how != 'read'").mark_point(size=40, filled=False)
    return base.mark_line(strokeWidth=1.5) + read + other


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


def _format(chips: pd.DataFrame) -> alt.Color:
    """The colours of those number formats that are drawn."""
    drawn = [name for name in FORMATS if name in set(chips["format"])] or list(FORMATS)
    scale = alt.Scale(domain=drawn, range=[FORMATS[name] for name in drawn])
    return alt.Color("format:N").scale(scale).legend(columns=3, symbolType="square")


def _panels(panel: alt.LayerChart, table: pd.DataFrame, by: str, columns: int):
    """A panel for each name, in the order of the table; the bare frame when there is none."""
    names = list(table[by].unique())
    return panel.facet(alt.Facet(f"{by}:N").sort(names), columns=columns) if names else panel
