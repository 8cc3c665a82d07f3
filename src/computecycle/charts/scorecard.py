"""The figures of the chapter on forecasts: what came against what was forecast, and by when.

Shares are fractions. A forecast that was met has no error. Rows stand in the order of the table's
rows.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

STATES = {"above": theme.BLUE, "near": theme.MUTED, "below": theme.ORANGE}
PARTS = {"near": theme.MUTED, "floor met": theme.PURPLE} | STATES  # the near first, floors apart
CUT = "datum.low > datum.spent"  # where a first plan lay above what was spent
RANGE = (
    "format(datum.low, ',.0f') + "
    "(datum.low == datum.high ? '' : ' to ' + format(datum.high, ',.0f'))"
)
WAIT = "years"  # the unit of a forecast that is the length of a wait
LASTED = {"above": "Longer", "near": "Near", "below": "Shorter"}
CAME = {"below": "forecast too high", "near": "near or floor met", "above": "forecast too low"}
COUNTED = (
    "datum.document + ': ' + datum.foreseen + ' foreseen, ' + datum.due + ' due, '"
    " + datum.scored + ' scored'"
)
SAYS = {
    "no measure": "No measure: nothing says what would count",
    "other measure": "Another measure: what is published differs",
    "no outturn": "No outcome: nobody publishes it, or no table has it",
    "no date": "No date: no year is named",
    "no base": "No base: a multiple of an undisclosed amount",
    "told again": "Said again: the same plan in another form",
    "told after the fact": "After the fact: the outcome was known",
}


def outturns(scored: pd.DataFrame, tolerance: float) -> alt.LayerChart:
    """The error of each forecast, with the band that counts as near; a wait in words alone.

    scored: label, unit, over (what came over the forecast), state ("above", "near", "below"),
    said_told, said_came (as printed), floor (whether a floor was forecast). tolerance: fraction.
    """
    table = scored.assign(
        off=scored["over"] - 1,
        met=0.0,
        low=-tolerance,
        high=tolerance,
        second=pd.Series([_judged(row) for row in scored.itertuples()], scored.index, dtype=object),
    )
    row, tone = rows.named_above(table, "label"), _tone(table["state"]).legend(None)
    waits = table["unit"] == WAIT
    base = alt.Chart(table[~waits]).encode(y=row)
    band = base.mark_rule(strokeWidth=16, color=theme.GRID, yOffset=rows.BELOW)
    line = base.mark_rule(strokeWidth=2, yOffset=rows.BELOW)
    met = base.mark_tick(
        orient="vertical", size=12, thickness=2, strokeWidth=0, yOffset=rows.BELOW
    ).encode(x=_error("met"))
    apart = alt.Chart(table[waits]).mark_text(align="left", dy=rows.BELOW - 1, fontWeight="bold")
    parts = (
        band.encode(_error("low"), alt.X2("high:Q")),
        line.encode(_error("met"), alt.X2("off:Q"), tone),
        met,
        *_dots(base, _error("off"), tone, yOffset=rows.BELOW),
        apart.encode(row, tone, alt.XValue(0), alt.TextValue("a wait: not on this axis")),
        _two_lines(alt.Chart(table).encode(y=row)),
    )
    return alt.layer(*parts).properties(height=theme.LABELLED_ROW)


def _dots(base: alt.Chart, x: alt.X, tone: alt.Color, **offset: int) -> list[alt.Chart]:
    """A dot for each forecast, hollow where a floor was forecast."""
    return [
        base.transform_filter(kept)
        .mark_point(size=110, filled=filled, **offset)
        .encode(x=x, color=tone)
        for kept, filled in (("!datum.floor", True), ("datum.floor", False))
    ]


def _judged(row: tuple) -> str:
    """How a forecast came, with its error where it is an amount, and both numbers."""
    both = f"{row.said_came}, forecast {row.said_told}"
    if row.unit == WAIT:
        return f"{LASTED[row.state]}: {both}"
    how = "Floor met" if row.floor and row.state == "near" else row.state.capitalize()
    error = f"{row.over - 1:+.0%}".replace("-", "\N{MINUS SIGN}")
    return f"{how} ({error}): {both}"


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
    day = alt.X("said:T").title("Date").axis(format="%b %y", tickCount=4)
    base = alt.Chart().transform_calculate(middle="(datum.low + datum.high) / 2").encode(x=day)
    level = alt.Y("low:Q").title(title).scale(zero=True, nice=True).axis(tickCount=4)
    span = base.mark_bar(size=9, color=theme.BLUE).encode(level, alt.Y2("high:Q"))
    span = span.properties(description="the range told")
    dot = base.mark_tick(size=9, thickness=3, color=theme.BLUE, strokeWidth=0)
    step = base.mark_line(interpolate="step-after", strokeWidth=1.5, color=theme.BLUE)
    spent = alt.Chart().mark_rule(strokeWidth=4, color=theme.INK, opacity=1)
    spent = spent.properties(description="spent")
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

    scored: label, missed, idle, ruled (fractions of the forecast).
    """
    base = alt.Chart().encode(y=rows.named_above(scored, "label"))
    off = "Distance from what came (percent of the forecast)"
    share = alt.X("idle:Q").title(off).scale(zero=True).axis(format="%", orient="top", tickCount=5)
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
            (_furthest("idle"), 6, rows.BELOW + 16, theme.MUTED, share, "last known value"),
            (_furthest("ruled"), 6, rows.BELOW + 16, theme.ORANGE, twice, "the ruler"),
        )
    ]
    spans = line.encode(share, alt.X2("missed:Q")), line.encode(twice, alt.X2("missed:Q"))
    marks = (  # a diamond on a dot shows both
        guess.properties(description="last known value"),
        told.properties(description="forecast"),
        grown.encode(x=twice).properties(description="the ruler"),
    )
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


def by_document(forecasts: pd.DataFrame) -> alt.LayerChart:
    """How the scored forecasts of each document came, below its counts.

    forecasts: document, foreseen, due, scored (counts of the document), short, state ("above",
    "near", "below"), floor (whether a floor was forecast); one row, with an empty state, for a
    document of which none is scored.
    """
    table = _in_lines(forecasts)
    lines = list(range(int(table["line"].max()) + 1)) if len(table) else []
    at, top = (alt.Y(f"{name}:O").scale(domain=lines).axis(None) for name in ("line", "head"))
    came = alt.X("came:N").title("How each came").bandPosition(0)
    came = came.scale(type="band", padding=0, domain=list(CAME.values()))
    left = alt.expr("-bandwidth('x') / 2")
    came = came.axis(orient="top", labelAngle=0, labelAlign="left", labelOffset=left, domain=False)
    each = alt.Chart(table).transform_filter("datum.state").encode(came, at)
    once = alt.Chart(table).transform_window(copy="row_number()", groupby=["document"])
    once = once.transform_filter("datum.copy == 1").transform_calculate(words=COUNTED)
    once = once.encode(top, alt.XValue(0))
    parts = (
        once.mark_rule(color=theme.GRID, yOffset=-11).encode(alt.X2Value("width")),
        once.mark_text(align="left", fontWeight="bold").encode(text="words:N"),
        *_dots(each, came, _tone(table["state"]).legend(None), xOffset=6),
        each.mark_text(align="left", dx=16).encode(text="short:N"),
    )
    return alt.layer(*parts).properties(height={"step": 20})


def _in_lines(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Forecasts in lines below the line of their document, those that came alike below each
    other."""
    place = forecasts.groupby(["document", "state"]).cumcount() + 1
    below = place.where(forecasts["state"] != "", 0)
    tall = below.groupby(forecasts["document"], sort=False).max() + 1
    head = forecasts["document"].map(tall.cumsum() - tall).astype(int)
    return forecasts.assign(head=head, line=head + below, came=forecasts["state"].map(CAME))


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
        words="'newest source: ' + timeFormat(datum.day, '%-d %B %Y')"
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
    table = counts.assign(said=counts["reason"].map(SAYS))
    base = alt.Chart().encode(y=rows.named_above(table, "said"))
    number = alt.X("number:Q").title("Events").scale(zero=True)
    number = number.axis(orient="top", tickMinStep=1, format=".0f", grid=False)
    bars = base.mark_bar(height=12, yOffset=rows.BELOW).encode(x=number)
    text = base.mark_text(align="left", dx=5, dy=rows.BELOW).encode(number, alt.Text("number:Q"))
    return alt.layer(bars, text, rows.names(base, "said"), data=table, height=theme.LABELLED_ROW)


def _error(column: str) -> alt.X:
    """Errors on an axis on which a forecast that was met stands at zero."""
    error = alt.X(f"{column}:Q").title("Error, in percent of the forecast").scale(zero=True)
    signed = "datum.value ? format(datum.value, '+.0%') : '0%'"
    return error.axis(labelExpr=signed, orient="top", grid=False, tickCount=5)


def _two_lines(base: alt.Chart) -> alt.Chart:
    """The label of each row and a second line below it, above what is drawn."""
    lines = base.transform_calculate(lines="[datum.label, datum.second]")
    return lines.mark_text(align="left", dy=-18).encode(alt.XValue(0), alt.Text("lines:N"))


def _tone(states: pd.Series) -> alt.Color:
    """The tone of each state that occurs."""
    reached = [name for name in STATES if name in set(states)] or list(STATES)
    return alt.Color("state:N").scale(domain=reached, range=[STATES[name] for name in reached])
