"""The figures of the chapter on scaling: the law, the growth, its limits, and what models can do.

Rows stand in the order of the table's rows. A logarithmic axis says so in its title.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

TONES = [theme.BLUE, theme.ORANGE, theme.GREEN, theme.PURPLE, theme.RED]
EXPONENT = "format(log(datum.value) / LN10, '.0f')"
DECADES = [10.0**power for power in range(-2, 36)]
RAISED = "['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']"
POWER = "'10'" + "".join(  # ten to an exponent of one digit or two
    f" + (length({EXPONENT}) < {at} ? '' : {RAISED}[substring({EXPONENT}, {at} - 1, {at})])"
    for at in (1, 2)
)
LARGE = 14  # px, so that exponents can be read
SHARE = 0.14  # of the span of days, from its beginning, in which a label stands to the right
OFFSET = {"in the study": -8, "said since": 8}  # px, in the row of who says it
SAID = {"in the study": theme.ORANGE, "said since": theme.BLUE}
WHOSE = {"published": (theme.ORANGE, -7), "ours": (theme.BLUE, 7)}  # tone; px, in a row of both
PLACES = {  # by the side of a point, how its label stands
    "left": {"align": "right", "dx": -7, "dy": -6},
    "right": {"align": "left", "dx": 7, "dy": -6},
    "below": {"align": "center", "dy": 15},
    "above": {"align": "center", "dy": -11},
    "low right": {"align": "left", "dx": 7, "dy": 8},
}


def law(curves: pd.DataFrame) -> alt.LayerChart:
    """The loss above its floor against the compute of the training, by published laws; dashed
    where no run was fitted.

    curves: law, compute (FLOP), loss (in parts of the first), within (whether runs of so much
    compute were fitted).
    """
    value = alt.Y("loss:Q").title("Loss above its floor (first dot = 1, log scale)")
    value = value.scale(type="log", nice=False, padding=12)
    value = value.axis(values=[0.05, 0.1, 0.2, 0.5, 1], format="~g")
    base = alt.Chart().encode(x=_compute(), y=value, color=_tone(curves, "law"))
    ranked = base.transform_window(
        place="row_number()", sort=[alt.SortField("compute")], groupby=["law"]
    ).transform_joinaggregate(lower="min(loss)")
    low = ranked.transform_joinaggregate(own="min(loss)", groupby=["law"])
    above = low.transform_filter("datum.own > datum.lower && datum.place == 4")
    below = low.transform_filter("datum.own == datum.lower && datum.place == 7")
    names = (
        above.mark_text(align="left", dx=8, dy=-8).encode(alt.Text("law:N")),
        below.mark_text(align="right", dx=-8, dy=14).encode(alt.Text("law:N")),
    )
    fitted = base.transform_filter("datum.within")
    lines = base.mark_line(strokeDash=[6, 4]), fitted.mark_line(), fitted.mark_point(size=40)
    return alt.layer(*lines, *names, data=curves)


def training_compute(models: pd.DataFrame, lines: pd.DataFrame) -> alt.LayerChart:
    """Training compute of models by day, known or estimated, with a fitted line.

    models: day, value (FLOP), label, side (of the label), sure, leads (whether it was at the
    frontier). lines: rule, day, value.
    """
    value = alt.Y("value:Q").title("Training compute (FLOP, log scale)").scale(type="log")
    value = value.axis(labelExpr=POWER, tickCount=5, labelFontSize=LARGE)
    day = _day().scale(padding=24)
    base = alt.Chart(models).encode(x=day, y=value)
    tone = alt.condition("datum.leads", alt.value(theme.BLUE), alt.value(theme.NEUTRAL))
    sure = base.transform_filter("datum.sure == 'known with confidence'")
    guessed = base.transform_filter("datum.sure != 'known with confidence'")
    fitted = alt.Chart(lines).encode(day, value, alt.Detail("rule:N"))
    return alt.layer(
        fitted.mark_line(color=theme.BLUE),
        sure.mark_point(filled=True).encode(color=tone),
        guessed.mark_point(filled=False, strokeWidth=1.5).encode(color=tone),
        *_placed(base),
    )


def growth_by_rule(rules: pd.DataFrame) -> alt.LayerChart:
    """The growth fitted under each rule, with its interval, and what others publish above it.

    rules: rule, kind ("ours", "published"), growth (factor a year), low, high (of the interval).
    """
    made = rules.assign(alone=~rules["rule"].duplicated(keep=False))
    scale = alt.Scale(type="log", nice=False, padding=24, domainMin=1)
    low, growth, high = (alt.X(f"{end}:Q").scale(scale) for end in ("low", "growth", "high"))
    low = low.title("Growth a year (times, log scale)").axis(
        orient="top", values=[1, 2, 5, 10, 20], labelOverlap=False, grid=False, ticks=True
    )
    named = alt.Chart().encode(y=rows.named_beside(made, "rule", "Limit", 20))
    parts = []
    for kind, (tone, off) in WHOSE.items():
        for alone, dy in ((True, 0), (False, off)):
            own = named.transform_filter(
                f"datum.kind == '{kind}' && datum.alone == {str(alone).lower()}"
            )
            span = own.mark_rule(strokeWidth=3, color=tone, yOffset=dy)
            point = own.mark_point(size=70, color=tone, yOffset=dy)
            label = own.mark_text(align="left", dx=8, dy=dy)
            parts += [
                span.encode(low, alt.X2("high:Q")),
                point.encode(growth),
                label.encode(high, alt.Text("growth:Q").format(".1f")),
            ]
    return alt.layer(*parts, data=made, height=alt.Step(38))


def tokens_per_parameter(models: pd.DataFrame, best: float, word: str) -> alt.LayerChart:
    """Tokens read in training for each parameter, at work and in all, by day.

    models: model, day, value, kind (which parameters of what model), label, side (of the label).
    best: where a line is drawn, if it is known; word: what the line is.
    """
    value = alt.Y("value:Q").title("Tokens read per parameter (log scale)")
    value = value.scale(type="log").axis(values=DECADES)
    base = alt.Chart(models).encode(x=_day().scale(padding=16), y=value)
    points = base.mark_point(size=60).encode(color=_tone(models, "kind", legend=True))
    joined = base.mark_line(color=theme.MUTED, strokeWidth=1).encode(alt.Detail("model:N"))
    return alt.layer(joined, points, *_placed(base), *_marked(models, value, best, word))


def parameters(
    published: pd.DataFrame, told: pd.DataFrame, foreseen: pd.DataFrame
) -> alt.LayerChart:
    """Parameters of models by day: published, and as the study has and foresaw them.

    published: day, value (billion), label, side (of the label). told: day, value, label. foreseen:
    start, end, value, label.
    """
    value = alt.Y("value:Q").title("Parameters (billion, log scale)").scale(type="log")
    value = value.axis(tickCount=6)
    all_of, as_told = (
        alt.Chart(each.assign(kind=kind)).encode(x=_day(), y=value)
        for each, kind in ((published, "published"), (told.assign(side=""), "the study"))  # alike
    )
    ahead = alt.Chart(foreseen).encode(x=alt.X("start:T").title("Date"), y=value)
    diamond = {"shape": "diamond", "size": 80, "filled": False, "strokeWidth": 2}
    text = {"align": "right", "dy": -11, "color": theme.ORANGE}
    return (
        all_of.mark_point(color=theme.NEUTRAL)
        + as_told.mark_point(**diamond, color=theme.ORANGE)
        + ahead.mark_rule(color=theme.ORANGE, strokeWidth=4).encode(alt.X2("end:T"))
        + ahead.mark_text(**text).encode(alt.X("end:T"), alt.Text("label:N"))
        + _labels(as_told, theme.ORANGE)
        + alt.layer(*_placed(all_of))
    )


def limits(bars: pd.DataFrame, marks: pd.DataFrame) -> alt.LayerChart:
    """How much compute one training run may have before something runs short.

    bars: item, low, high (FLOP). marks: at (FLOP), name.
    """
    scale = alt.Scale(type="log", domainMin=1e26, nice=False)
    low = alt.X("low:Q").scale(scale).title("Training run (FLOP, log scale)")
    low = low.axis(labelExpr=POWER, values=DECADES, grid=False, ticks=True, labelFontSize=LARGE)
    named = alt.Chart(bars).encode(y=rows.named_beside(bars, "item", "Limit", 18))
    span = named.mark_rule(strokeWidth=9, color=theme.BLUE).encode(low, alt.X2("high:Q"))
    at = alt.Chart(marks).encode(alt.X("at:Q").scale(scale))
    names = [  # one above the other, for a narrow chart
        at.transform_window(place="row_number()")
        .transform_filter(f"datum.place == {place}")
        .mark_text(dy=dy, fontWeight="bold")
        .encode(alt.YValue(0), alt.Text("name:N"))
        for place, dy in ((1, -22), (2, -8))
    ]
    chart = alt.layer(at.mark_rule(strokeWidth=2, color=theme.INK), span, *names)
    return chart.properties(height=alt.Step(38))


def score_and_compute(
    models: pd.DataFrame, pairs: pd.DataFrame, best: float, word: str
) -> alt.LayerChart:
    """The score of models on one test against the compute of their training, older ones fainter.

    models: model, compute (FLOP), score (percent), day, kind, label, side (of the label). pairs:
    compute, score, compute_then, score_then: of models that learned to think first, from what
    they were. best: where a line is drawn, if it is known; word: what the line is.
    """
    value = alt.Y("score:Q").title("Score (%)").scale(domain=[20, 100])
    base = alt.Chart(models).encode(x=_compute(), y=value)
    steps = alt.Chart(pairs).encode(
        _compute(), value, alt.X2("compute_then:Q"), alt.Y2("score_then:Q")
    )
    faint = alt.Opacity("day:T").scale(range=[0.3, 1]).legend(None)
    points = base.mark_point(size=60).encode(_tone(models, "kind", legend=True), faint)
    parts = [steps.mark_rule(color=theme.INK, strokeWidth=1.2), points, *_placed(base)]
    return alt.layer(*_marked(models, value, best, word), *parts)


def best_scores(
    scores: pd.DataFrame, told: pd.DataFrame, chance: float, word: str
) -> alt.LayerChart:
    """The best score so far on each test, a step wherever it was beaten, and what makers told.

    scores: test, day, score (percent), model. told: the same, and label. chance: what a guess
    scores; word: where it does.
    """
    value = alt.Y("score:Q").title("Best score so far (%)").scale(domain=[0, 100])
    base = alt.Chart(scores).encode(x=_day(yearly=True), y=value, color=_tone(scores, "test"))
    newest = base.transform_joinaggregate(newest="max(day)", top="max(score)", groupby=["test"])
    ends = newest.transform_filter("toNumber(datum.day) == toNumber(datum.newest)")
    ends = ends.transform_joinaggregate(lowest="min(top)", highest="max(top)")
    last = "datum.top == datum.lowest && datum.lowest < datum.highest"
    above, below = ends.transform_filter(f"!({last})"), ends.transform_filter(last)
    bold = {"fontWeight": "bold"}
    alone = alt.Chart(told).encode(_day(yearly=True), value, _tone(scores, "test"))
    alone = alone.properties(description="by its maker")
    return alt.layer(
        *_marked(scores, value, chance, word),
        base.mark_line(interpolate="step-after"),
        above.mark_text(align="right", dy=-10, **bold).encode(alt.Text("test:N")),
        below.mark_text(align="left", dx=4, dy=22, **bold).encode(alt.Text("test:N")),
        alone.mark_point(size=70, filled=False, strokeWidth=2),
        alone.mark_text(align="right", dx=4, dy=-13).encode(alt.Text("label:N")),
    )


def foreseen(years: pd.DataFrame) -> alt.LayerChart:
    """The years in which general intelligence is foreseen: said then, and said since.

    years: who, low, high, kind.
    """
    words = [_years(row.low, row.high) for row in years.itertuples()]
    first = years.index.isin(years.groupby("kind")["high"].idxmin())
    made = years.assign(
        label=[
            f"{word}, {kind}" if new else word
            for word, kind, new in zip(words, years["kind"], first, strict=True)
        ],
        lane=years["kind"].where(years["who"].duplicated(keep=False), "alone"),
    )
    low, high = (alt.X(f"{end}:Q").scale(zero=False, padding=6) for end in ("low", "high"))
    low = low.title("Year expected")
    low = low.axis(orient="top", format="d", tickMinStep=1, grid=False, ticks=True)
    base = alt.Chart().encode(y=rows.named_beside(made, "who", "Who", 20))
    parts = []
    tone = alt.Color("kind:N").scale(domain=list(SAID), range=list(SAID.values())).legend(None)
    for lane, off in {**OFFSET, "alone": 0}.items():
        own = base.transform_filter(f"datum.lane == '{lane}'").encode(color=tone)
        parts.append(own.mark_rule(strokeWidth=3, yOffset=off).encode(low, alt.X2("high:Q")))
        parts += [own.mark_point(size=50, yOffset=off).encode(x=end) for end in (low, high)]
        text = own.mark_text(align="left", dx=8, dy=off, fontSize=11)
        parts.append(text.encode(high, alt.Text("label:N"), alt.ColorValue(theme.INK)))
    return alt.layer(*parts, data=made, height=alt.Step(36))


def _years(low: float, high: float) -> str:
    """A range of years in words."""
    return " to ".join(dict.fromkeys(f"{year:.0f}" for year in (low, high)))


def _placed(base: alt.Chart) -> list[alt.Chart]:
    """The labels of points, each on the side of its point that the table gives."""
    return [
        base.transform_filter(f"datum.label && datum.side == '{side}'")
        .mark_text(color=theme.INK, **how)
        .encode(alt.Text("label:N"))
        for side, how in PLACES.items()
    ]


def _marked(table: pd.DataFrame, y: alt.Y, at: float, word: str) -> list[alt.Chart]:
    """A dashed line at one height, with what it is above its left end; none without rows, nor
    where the height is not known."""
    if table.empty or pd.isna(at):
        return []
    column = y.shorthand.partition(":")[0]
    line = alt.Chart(pd.DataFrame({column: [at], "word": [word]})).encode(y)
    name = line.mark_text(align="left", dy=-8, color=theme.MUTED)
    rule = line.mark_rule(strokeDash=[5, 3], color=theme.NEUTRAL)
    return [rule, name.encode(alt.XValue(4), alt.Text("word:N"))]


def _compute() -> alt.X:
    scale = alt.X("compute:Q").title("Training compute (FLOP, log scale)").scale(type="log")
    return scale.axis(labelExpr=POWER, values=DECADES, labelFontSize=LARGE)


def _tone(table: pd.DataFrame, column: str, legend: bool = False) -> alt.Color:
    """A colour for each name in a column, in the order of the table; no legend without rows."""
    order = list(table[column].unique())
    tone = alt.Color(f"{column}:N").scale(domain=order, range=TONES[: len(order)] or TONES)
    shown = alt.Legend(symbolType="circle", columns=2, offset=26) if legend and order else None
    return tone.legend(shown)


def _day(yearly: bool = False) -> alt.X:
    """Days with years as labels; over a few years every year has one tick."""
    ticks = {"tickCount": "year"} if yearly else {}
    return alt.X("day:T").title("Date").axis(format="%Y", **ticks)


def _labels(base: alt.Chart, tone: str) -> alt.Chart:
    """The labels of those points that have one: left of a point, right where the days begin."""
    early = f"datum.day - datum.first < {SHARE} * (datum.last - datum.first)"
    named = base.transform_joinaggregate(first="min(day)", last="max(day)")
    text = named.transform_filter("datum.label").mark_text(
        align=alt.expr(f"{early} ? 'left' : 'right'"),
        dx=alt.expr(f"{early} ? 7 : -7"),
        dy=-6,
        color=tone,
    )
    return text.encode(alt.Text("label:N"))
