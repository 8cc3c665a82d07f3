"""The figures of the chapter on scaling: models, their growth, their cost, and what is foreseen.

Rows stand in the order of the table's rows. A logarithmic axis says so in its title.
"""

import math

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

TONES = [theme.BLUE, theme.ORANGE, theme.GREEN, theme.PURPLE, theme.INK]
KINDS = {  # of an amount or a year: its tone; what a document says is orange
    "printed": theme.ORANGE,
    "said": theme.ORANGE,
    "recomputed": theme.BLUE,
    "computed": theme.BLUE,
    "cards bought": theme.BLUE,
    "one run": theme.ORANGE,
    "people": theme.ORANGE,
    "models": theme.BLUE,
}
EXPONENT = "format(log(datum.value) / LN10, '.0f')"
RAISED = "['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']"
POWER = "'10'" + "".join(  # ten to an exponent of one digit or two
    f" + (length({EXPONENT}) < {at} ? '' : {RAISED}[substring({EXPONENT}, {at} - 1, {at})])"
    for at in (1, 2)
)
BELOW_LEGEND = 26  # px between a legend and a plot whose vertical axis has a title


def chatbots(programs: pd.DataFrame) -> alt.LayerChart:
    """The year of each chatbot.

    programs: name, year.
    """
    base = alt.Chart(programs).encode(
        x=alt.X("year:Q").title("Year of release").axis(format="d").scale(zero=False),
        y=rows.named_beside(programs, "name", "Program", 20),
    )
    label = base.mark_text(align="left", dx=8).encode(text="year:Q")
    return (base.mark_point(color=theme.BLUE, size=70) + label).properties(height=alt.Step(24))


def parameters(published: pd.DataFrame, told: pd.DataFrame, lines: pd.DataFrame) -> alt.LayerChart:
    """Parameters of models by day: published, as the document tells them, and fitted lines.

    published, told: day, value (billion), label (empty for most). lines: rule, day, value.
    """
    value = _log("Parameters (billion, log scale)", published)
    known, as_told = (alt.Chart(each).encode(x=_day(), y=value) for each in (published, told))
    return (
        known.mark_point(color=theme.NEUTRAL)
        + _lines(lines, value)
        + as_told.mark_point(shape="diamond", size=90, filled=False, strokeWidth=2, color=theme.INK)
        + _labels(known, theme.MUTED)
        + _labels(as_told, theme.INK, early=False)
    )


def training_compute(models: pd.DataFrame, lines: pd.DataFrame) -> alt.LayerChart:
    """Training compute of models by day, known or estimated, with a fitted line for each rule.

    models: day, value (FLOP), label, sure. lines: rule, day, value.
    """
    value = _log("Training compute (FLOP, log scale)", models).axis(labelExpr=POWER)
    sure = ["known with confidence", "estimated"]
    shape = alt.Shape("sure:N").scale(domain=sure, range=["circle", "triangle-up"])
    legend = alt.Legend(columns=1, symbolType="circle", offset=BELOW_LEGEND)
    shape = shape.legend(legend if len(models) else None)
    base = alt.Chart(models).encode(x=_day(), y=value)
    points = base.mark_point(color=theme.NEUTRAL).encode(shape=shape)
    return points + _lines(lines, value) + _labels(base, theme.INK)


def growth_by_rule(rules: pd.DataFrame) -> alt.LayerChart:
    """The growth fitted under each rule, with its interval.

    rules: rule, metric, growth (factor a year), low, high (of the interval).
    """
    scale = alt.Scale(type="log", nice=False, padding=8)
    low, growth, high = (alt.X(f"{end}:Q").scale(scale) for end in ("low", "growth", "high"))
    low = low.title("Growth a year (times, log scale)")
    low = low.axis(orient="top", values=[0.5, 1, 2, 5, 10, 20, 50])
    base = alt.Chart(rules).encode(
        y=rows.named_beside(rules, "rule", "Models that count", 19),
        yOffset=alt.YOffset("metric:N").scale(domain=list(rules["metric"].unique())),
        color=_tone(rules, "metric", alt.Legend()),
    )
    span = base.mark_rule(strokeWidth=2).encode(x=low, x2="high:Q")
    point = base.mark_point(size=60).encode(x=growth)
    label = base.mark_text(dy=-10).encode(x=growth, text=alt.Text("growth:Q").format(".1f"))
    return (span + point + label).properties(height=alt.Step(22, **{"for": "offset"}))


def training_cost(costs: pd.DataFrame) -> alt.LayerChart:
    """Training cost by day, a series of points for each method.

    costs: day, value (USD million), method, label.
    """
    value = _log("Training cost (USD million, log scale)", costs)
    legend = alt.Legend(columns=1, symbolType="circle", offset=BELOW_LEGEND)
    shape = alt.Shape("method:N").scale(domain=list(costs["method"].unique()))
    shape = shape.legend(legend if len(costs) else None)
    base = alt.Chart(costs).encode(x=_day(), y=value)
    points = base.mark_point().encode(color=_tone(costs, "method", legend), shape=shape)
    return points + _labels(base, theme.INK)


def bills(amounts: pd.DataFrame, title: str) -> alt.LayerChart:
    """Amounts, each a single number or a range, as printed or computed.

    amounts: item, low, high, kind, label. title: of the axis, with the unit.
    """
    return _ranges(amounts, title, alt.Scale(zero=True))


def test_scores(scores: pd.DataFrame) -> alt.LayerChart:
    """The share of a test's questions that people and models answered rightly.

    scores: item, low, high (fractions), kind ("people", "models"), label.
    """
    return _ranges(scores, "Questions answered rightly", alt.Scale(domain=[0, 1]), "%")


def sizes(compared: pd.DataFrame) -> alt.LayerChart:
    """Neurons and synapses of animals and parameters of models on one axis.

    compared: name, quantity ("neurons", "synapses", "parameters"), low, high.
    """
    quantities = ["neurons", "synapses", "parameters"]
    axis = alt.X("low:Q").title("Number (log scale)").scale(type="log")
    base = alt.Chart(compared).encode(
        x=axis.axis(orient="top", labelExpr=POWER, tickCount=6),
        y=rows.named_beside(compared, "name", "Animal or model", 12),
        color=alt.Color("quantity:N").scale(domain=quantities, range=TONES[:3]),
    )
    span = base.mark_rule(strokeWidth=5).encode(x2="high:Q")
    single = base.transform_filter("datum.low == datum.high").mark_point(size=70)
    return (span + single).properties(height=alt.Step(24))


def foreseen(years: pd.DataFrame, limit: int) -> alt.LayerChart:
    """The years in which general intelligence is foreseen, said or computed.

    years: who, low, high, kind ("said", "computed"). limit: where the axis ends; what lies beyond
    is written out.
    """
    made = years.assign(
        label=[_years(row.low, row.high, limit) for row in years.itertuples()],
        item=years["who"],
        low=years["low"].clip(upper=limit),
        high=years["high"].clip(upper=limit),
    )
    return _ranges(made, "Year", alt.Scale(zero=False), "d")


def token_prices(prices: pd.DataFrame, lines: pd.DataFrame) -> alt.LayerChart:
    """List price of a mix of tokens by day and vendor, and the fall for one and the same score.

    prices: day, value (USD per million tokens), vendor, label. lines: rule, day, value.
    """
    value = _log("List price (USD per million tokens, log scale)", prices)
    same = alt.Chart(lines).encode(x=_day(), y=value, detail="rule:N")
    base = alt.Chart(prices).encode(x=_day(), y=value)
    tone = _tone(prices, "vendor", alt.Legend(columns=4, offset=BELOW_LEGEND))
    points = base.mark_point(size=60).encode(color=tone)
    labels = base.transform_filter("datum.label").mark_text(align="left", dx=8, dy=-5)
    return (
        same.mark_line(strokeDash=[5, 3], color=theme.NEUTRAL)
        + points
        + labels.encode(text="label:N")
    )


def agent_market(market: pd.DataFrame) -> alt.LayerChart:
    """The forecast of the agent market: the paths of two growth rates from its first year.

    market: year, value (USD billion), rule (one path each), label (at the end of a path).
    """
    base = alt.Chart(market).encode(
        x=alt.X("year:Q").title("Year").axis(format="d").scale(zero=False),
        y=alt.Y("value:Q").title("Market (USD billion)").scale(zero=True),
        color=_tone(market, "rule", alt.Legend(columns=1, offset=BELOW_LEGEND)),
    )
    ends = base.transform_filter("datum.label")
    label = ends.mark_text(align="left", dx=8, fontWeight="bold").encode(text="label:N")
    return base.mark_line() + ends.mark_point(size=60) + label


def dates_apart(printed: pd.DataFrame) -> alt.LayerChart:
    """When the same thing happened, by the places of one document.

    printed: what, place, start, end (of the year or month that is printed).
    """
    legend = alt.Legend(columns=1, symbolType="stroke", symbolStrokeWidth=9)
    when = alt.X("start:T").title("Year or month as printed").scale(nice="year")
    days = printed.assign(end=printed["end"].dt.normalize())  # not its last microsecond
    base = alt.Chart(days).encode(
        x=when.axis(format="%Y"),
        x2="end:T",
        y=rows.named_beside(printed, "what", "What", 16),
        yOffset=alt.YOffset("place:N").scale(domain=list(printed["place"].unique())),
        color=_tone(printed, "place", legend),
    )
    return base.mark_rule(strokeWidth=9).properties(height=alt.Step(16, **{"for": "offset"}))


def _ranges(
    amounts: pd.DataFrame, title: str, scale: alt.Scale, digits: str = ",~f"
) -> alt.LayerChart:
    """Ranges in rows with their names above them, coloured by kind, their labels at the end."""
    low, high = (alt.X(f"{end}:Q").scale(scale) for end in ("low", "high"))
    low = low.title(title).axis(orient="top", format=digits)
    named = alt.Chart(amounts).encode(y=rows.named_above(amounts, "item"))
    kinds = list(amounts["kind"].unique()) or list(KINDS)
    tone = alt.Color("kind:N").scale(domain=kinds, range=[KINDS[kind] for kind in kinds])
    base = named.encode(color=tone)
    span = base.mark_rule(strokeWidth=3, yOffset=rows.BELOW).encode(x=low, x2="high:Q")
    ends = (base.mark_point(size=60, yOffset=rows.BELOW).encode(x=end) for end in (low, high))
    label = named.mark_text(align="left", dx=8, dy=rows.BELOW).encode(x=high, text="label:N")
    chart = alt.layer(span, *ends, label, rows.names(named, "item"))
    return chart.properties(height=theme.LABELLED_ROW)


def _years(low: float, high: float, limit: int) -> str:
    """A range of years in words, with what lies beyond the axis."""
    words = [f"{year:.0f}" if abs(year) < 1e4 else "never" for year in (low, high)]
    text = " to ".join(dict.fromkeys(words)) if high < 1e4 else ", or ".join(dict.fromkeys(words))
    return f"→ {text}" if high > limit else text


def _tone(table: pd.DataFrame, column: str, legend: alt.Legend) -> alt.Color:
    """A colour for each name in a column, in the order of the table; no legend without rows."""
    order = list(table[column].unique())
    tone = alt.Color(f"{column}:N").scale(domain=order, range=TONES[: len(order)] or TONES)
    return tone.legend(legend if order else None)


def _day() -> alt.X:
    return alt.X("day:T").title("Date").axis(format="%Y")


def _log(title: str, table: pd.DataFrame) -> alt.Y:
    """The values of a table on a logarithmic axis with a line at each power of ten, or fewer."""
    values = table["value"] if len(table) else [1, 10]
    decades = math.ceil(math.log10(max(values))) - math.floor(math.log10(min(values)))
    ticks = max(1, min(6, decades))
    return alt.Y("value:Q").title(title).scale(type="log").axis(tickCount=ticks)


def _labels(base: alt.Chart, tone: str, early: bool = True) -> alt.Chart:
    """The labels of those points that have one: below to the right of early points, else left."""
    early = "datum.day - datum.first < 0.2 * (datum.last - datum.first)" if early else "false"
    named = base.transform_joinaggregate(first="min(day)", last="max(day)")
    text = named.transform_filter("datum.label").mark_text(
        align=alt.expr(f"{early} ? 'left' : 'right'"),
        dx=alt.expr(f"{early} ? 8 : -8"),
        dy=alt.expr(f"{early} ? 12 : -5"),
        color=tone,
    )
    return text.encode(text="label:N")


def _lines(lines: pd.DataFrame, value: alt.Y) -> alt.Chart:
    """A straight line on the logarithmic axis for each rule."""
    order = list(lines["rule"].unique())
    legend = alt.Legend(columns=1, symbolType="stroke", offset=BELOW_LEGEND)
    dash = alt.StrokeDash("rule:N").scale(domain=order, range=[[1, 0], [6, 3]])
    dash = dash.legend(legend if len(lines) else None)
    tone = _tone(lines, "rule", legend)
    return alt.Chart(lines).mark_line().encode(x=_day(), y=value, color=tone, strokeDash=dash)
