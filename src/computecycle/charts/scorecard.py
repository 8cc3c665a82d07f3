"""The figures of the chapter on forecasts: what came, over what was told, by when, by whom.

Shares are fractions. A forecast that was met stands at 100 percent. Rows stand in the order of the
table's rows.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

STATES = {"above": theme.BLUE, "near": theme.MUTED, "below": theme.ORANGE}
PARTS = {"above": theme.BLUE, "floor met": theme.PURPLE} | STATES  # floors that were met apart
CUT = "datum.low > datum.spent"  # where a first plan lay above what was spent
RANGE = (
    "format(datum.low, ',.0f') + "
    "(datum.low == datum.high ? '' : ' to ' + format(datum.high, ',.0f'))"
)
TITLE = "What came, in percent of what was told (log scale)"
TIMES = [0.5, 1, 2, 3]  # marked on the axis of outturns over forecasts
SAYS = {
    "no measure": "nothing says what would count",
    "other measure": "what is published counts something else",
    "no outturn": "nobody publishes it, or no table has it",
    "no date": "no year is told",
    "no base": "a multiple of nothing told",
    "told again": "the same plan in another form",
    "told after the fact": "the outcome was known",
}


def outturns(scored: pd.DataFrame, tolerance: float) -> alt.LayerChart:
    """What came of each forecast over what was told, with the band that counts as near.

    scored: label, over (what came over what was told), state ("above", "near", "below"), said_told,
    said_came (as printed), least (whether what came is a lower bound), floor (whether a floor was
    told). tolerance: fraction.
    """
    second = [
        f"{'Floor met' if floor and state == 'near' else state.capitalize()} ({over - 1:+.0%}): "
        f"{came}, told {told}".replace("-", "\N{MINUS SIGN}")
        for floor, state, over, came, told in zip(
            *(scored[name] for name in ("floor", "state", "over", "said_came", "said_told")),
            strict=True,
        )
    ]
    table = scored.assign(second=pd.Series(second, scored.index, dtype=object), met=1.0)
    base = alt.Chart(table).encode(y=rows.named_above(table, "label"))
    over = _over("over")
    band = (
        alt.Chart(table.assign(low=1 - tolerance, high=1 + tolerance))
        .mark_rule(strokeWidth=16, color=theme.GRID, yOffset=rows.BELOW)
        .encode(_over("low"), rows.named_above(table, "label"), alt.X2("high:Q"))
    )
    tone = _tone(table["state"]).legend(None)
    line = base.mark_rule(strokeWidth=2, yOffset=rows.BELOW).encode(
        _over("met"), alt.X2("over:Q"), tone
    )
    told = base.mark_tick(
        orient="vertical", size=12, thickness=2, strokeWidth=0, yOffset=rows.BELOW
    ).encode(x=_over("met"))
    came, hollow = (
        base.transform_filter(kept)
        .mark_point(size=110, yOffset=rows.BELOW, filled=filled)
        .encode(x=over, color=tone, shape=_bounded())
        for kept, filled in (("!datum.floor", True), ("datum.floor", False))
    )
    chart = band + line + told + came + hollow + _two_lines(base)
    return chart.properties(height=theme.LABELLED_ROW)


def _sums_spent() -> alt.LayerChart:
    """What each firm spent, at the end of its line, or at its start where plans lie above it."""
    once = alt.Chart().transform_aggregate(spent="max(spent)", low="max(low)", groupby=["company"])
    once = once.transform_calculate(words="'spent ' + format(datum.spent, ',.0f')")
    at = {"y": alt.Y("spent:Q"), "text": "words:N"}
    bold = {"dy": -10, "fontWeight": "bold"}
    named = once.transform_filter(f"!({CUT})").mark_text(align="right", **bold)
    early = once.transform_filter(CUT).mark_text(align="left", **bold)
    return named.encode(x=alt.value("width"), **at) + early.encode(x=alt.value(4), **at)


def _first_plans(base: alt.Chart) -> alt.LayerChart:
    """What each firm's first plan was, below its mark, or above where it lies above what came."""
    begun = base.transform_window(
        place="rank()", sort=[alt.SortField("said")], groupby=["company"]
    ).transform_filter("datum.place == 1")
    begun = begun.transform_calculate(words=RANGE)
    under = begun.transform_filter(f"!({CUT})").mark_text(
        align="left", dx=-4, dy=16, color=theme.BLUE
    )
    over = begun.transform_filter(CUT).mark_text(align="left", dx=-4, dy=-9, color=theme.BLUE)
    words = alt.Text("words:N")
    return under.encode(alt.Y("low:Q"), words) + over.encode(alt.Y("high:Q"), words)


def plans_by_day(plans: pd.DataFrame) -> alt.FacetChart | alt.LayerChart:
    """What firms said they would spend in a year, by the day on which they said it.

    plans: company, said (day), low, high, spent (all USD billion).
    """
    title = "USD billion"
    day = alt.X("said:T").title("Day on which it was said").axis(format="%b %y", tickCount=4)
    base = alt.Chart().transform_calculate(middle="(datum.low + datum.high) / 2").encode(x=day)
    level = alt.Y("low:Q").title(title).scale(zero=True, nice=True).axis(tickCount=4)
    span = base.mark_bar(size=9, color=theme.BLUE).encode(level, alt.Y2("high:Q"))
    dot = base.mark_tick(size=9, thickness=3, color=theme.BLUE, strokeWidth=0)
    step = base.mark_line(interpolate="step-after", strokeWidth=1.5, color=theme.BLUE)
    spent = alt.Chart().mark_rule(strokeWidth=4, color=theme.INK, opacity=1)
    panel = alt.layer(
        spent.encode(y=alt.Y("spent:Q").title(title)),
        step.encode(y=alt.Y("middle:Q").title(title)),
        span,
        dot.encode(y=alt.Y("middle:Q").title(title)),
        _sums_spent(),
        _first_plans(base),
        data=plans,
    ).properties(height=theme.PANEL)
    names = list(plans["company"].unique())
    if not names:
        return panel
    by = alt.Facet("company:N").sort(names).title(None)
    return panel.facet(by, columns=2).resolve_scale(y="independent").resolve_axis(x="independent")


def against_the_guess(scored: pd.DataFrame) -> alt.LayerChart:
    """How far the forecast, the last value and its growth repeated lay from what came.

    scored: label, missed, idle, ruled (fractions of what was told).
    """
    base = alt.Chart().encode(y=rows.named_above(scored, "label"))
    off = "Distance from what came (percent of what was told)"
    share = alt.X("idle:Q").title(off).scale(zero=True).axis(format="%", orient="top")
    one = alt.X("missed:Q").title(off)
    twice = alt.X("ruled:Q").title(off)
    line = base.mark_rule(strokeWidth=2, color=theme.GRID, yOffset=rows.BELOW)
    guess = base.mark_point(size=90, color=theme.NEUTRAL, yOffset=rows.BELOW).encode(x=share)
    grown = base.mark_point(size=90, color=theme.ORANGE, yOffset=rows.BELOW, shape="diamond")
    told = base.mark_point(size=110, color=theme.BLUE, yOffset=rows.BELOW).encode(x=one)
    words = [
        base.transform_window(place="row_number()", sort=first)
        .transform_filter("datum.place == 1")
        .mark_text(align="right", dx=dx, dy=dy, color=tone, fontWeight="bold")
        .encode(x, alt.TextValue(text))
        for first, dx, dy, tone, x, text in (
            ([], -9, rows.BELOW, theme.BLUE, one, "forecast"),
            (_furthest("idle"), 6, rows.BELOW + 16, theme.MUTED, share, "last value known"),
            (_furthest("ruled"), 6, rows.BELOW + 16, theme.ORANGE, twice, "growth repeated"),
        )
    ]
    spans = line.encode(share, alt.X2("missed:Q")), line.encode(twice, alt.X2("missed:Q"))
    marks = guess, told, grown.encode(x=twice)  # a diamond on a dot shows both
    parts = *spans, *marks, *words, rows.names(base, "label")
    return alt.layer(*parts, data=scored, height=theme.LABELLED_ROW)


def _furthest(column: str) -> list[alt.SortField]:
    """The row on top in which a column is greatest: a name below its mark has room there."""
    return [alt.SortField(column, order="descending")]


def by_tolerance(counts: pd.DataFrame) -> alt.LayerChart:
    """How many events came above, near and below, and met a floor, by what counts as near.

    counts: tolerance (fraction), state (one of `PARTS`), number.
    """
    end = counts.groupby("tolerance", sort=False)["number"].cumsum()
    table = counts.assign(
        within=counts["tolerance"].map("within {:.0%}".format),
        start=end - counts["number"],
        end=end,
        middle=end - counts["number"] / 2,
    )
    tone = alt.Color("state:N").scale(domain=list(PARTS), range=list(PARTS.values()))
    within = alt.Y("within:N").sort(None).title("Near means")
    number = alt.X("start:Q").title("Events").scale(zero=True).axis(tickMinStep=1, format=".0f")
    base = alt.Chart(table).encode(y=within)
    bars = base.mark_bar().encode(number, alt.X2("end:Q"), tone.legend(None))
    middle = base.transform_filter("datum.number > 0").encode(x=alt.X("middle:Q").title("Events"))
    text = middle.mark_text(color=theme.PAPER, fontWeight="bold").encode(alt.Text("number:Q"))
    named = (
        alt.Chart(table[table["tolerance"] == table["tolerance"].min()])
        .transform_filter("datum.number > 0")
        .mark_text(fontWeight="bold", baseline="bottom")
        .encode(alt.X("middle:Q").title("Events"), alt.YValue(-4), alt.Text("state:N"))
    )
    return (bars + text + named).properties(height=theme.ROW)


def by_house(told: pd.DataFrame, tolerance: float) -> alt.LayerChart:
    """Outturns over forecasts, one row a telling below the kind of its forecaster, and the band of
    near.

    told: house, short, error (fraction), state ("above", "near", "below"), least (whether what came
    is a lower bound). tolerance: fraction.
    """
    ends = {"low": 1 - tolerance, "high": 1 + tolerance}
    table = told.assign(over=1 + told["error"], met=1.0, **ends)
    houses = list(table["house"].unique())
    names = [
        name for house in houses for name in [house, *table.loc[table["house"] == house, "short"]]
    ]
    bold = alt.condition(f"indexof({houses}, datum.value) >= 0", alt.value("bold"), alt.value(400))
    who = alt.Y("short:N").scale(domain=names).title("Who")
    who = who.axis(domain=False, labelFontWeight=bold, labelLimit=230)
    base = alt.Chart(table).encode(y=who)
    over, at, low = (_over(name, "Percent of told (log scale)") for name in ("over", "met", "low"))
    band = base.mark_rule(strokeWidth=20, color=theme.GRID).encode(low, alt.X2("high:Q"))
    met = base.mark_tick(orient="vertical", size=20, color=theme.NEUTRAL).encode(x=at)
    tone = _tone(table["state"]).legend(None)
    line = base.mark_rule(strokeWidth=2).encode(at, alt.X2("over:Q"), tone)
    dots = base.mark_point(size=80).encode(x=over, color=tone, shape=_bounded())
    return (band + met + line + dots).properties(height=alt.Step(22))


def calendar(waiting: pd.DataFrame, today: pd.DataFrame) -> alt.LayerChart:
    """Open forecasts from the day they were made to the day they fall due, with what settles each.

    waiting: label, settles, made, due (days). today: day (of the newest row that is known).
    """
    table = waiting.assign(second="settled by " + waiting["settles"])
    table = table.assign(day=today["day"].iloc[0] if len(today) else pd.NaT)
    base = alt.Chart(table).encode(y=rows.named_above(table, "label"))
    day = alt.X("made:T").title("From the forecast to the day it falls due")
    day = day.scale(nice="year").axis(format="%Y", orient="top", tickCount="year")
    bars = base.mark_rule(strokeWidth=5, color=theme.NEUTRAL, yOffset=rows.BELOW)
    ends = base.mark_point(size=90, color=theme.BLUE, shape="diamond", yOffset=rows.BELOW)
    at = alt.X("day:T").title("From the forecast to the day it falls due")
    now = base.mark_tick(
        orient="vertical", size=16, thickness=2, color=theme.INK, yOffset=rows.BELOW
    )
    newest = alt.Chart(today).transform_calculate(
        words="'newest row: ' + timeFormat(datum.day, '%-d %B %Y')"
    )
    name = newest.mark_text(dy=11).encode(at, alt.YValue("height"), alt.Text("words:N"))
    chart = (
        bars.encode(day, alt.X2("due:T")) + ends.encode(x=alt.X("due:T")) + now.encode(x=at) + name
    )
    return (chart + _two_lines(base)).properties(height=theme.LABELLED_ROW)


def reasons(counts: pd.DataFrame) -> alt.LayerChart:
    """How many forecasts cannot be scored, by reason.

    counts: reason, number.
    """
    table = counts.assign(said=counts["reason"] + ": " + counts["reason"].map(SAYS))
    base = alt.Chart().encode(y=rows.named_above(table, "said"))
    number = alt.X("number:Q").title("Events").scale(zero=True)
    number = number.axis(orient="top", tickMinStep=1, format=".0f")
    bars = base.mark_bar(height=12, yOffset=rows.BELOW).encode(x=number)
    text = base.mark_text(align="left", dx=5, dy=rows.BELOW).encode(number, alt.Text("number:Q"))
    return alt.layer(bars, text, rows.names(base, "said"), data=table, height=theme.LABELLED_ROW)


def _over(column: str, title: str = TITLE) -> alt.X:
    """Outturns over forecasts, on a log axis with 100 percent where a forecast was met."""
    over = alt.X(f"{column}:Q").title(title)
    over = over.scale(type="log", nice=False, padding=14)
    return over.axis(values=TIMES, format="%", orient="top")


def _bounded(towards: str = "triangle-right") -> alt.Shape:
    """A triangle where what came is a lower bound, towards where the error lies."""
    shape = alt.Shape("least:N").scale(domain=[False, True], range=["circle", towards])
    return shape.legend(None)


def _two_lines(base: alt.Chart) -> alt.Chart:
    """The label of each row and a second line below it, above what is drawn."""
    lines = base.transform_calculate(lines="[datum.label, datum.second]")
    return lines.mark_text(align="left", dy=-18).encode(alt.XValue(0), alt.Text("lines:N"))


def _tone(states: pd.Series) -> alt.Color:
    """The tone of each state that occurs."""
    reached = [name for name in STATES if name in set(states)] or list(STATES)
    return alt.Color("state:N").scale(domain=reached, range=[STATES[name] for name in reached])
