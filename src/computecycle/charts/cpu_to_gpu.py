"""The figures of the chapter from CPU to GPU: eras, launches, single cores, boards, laws, cost.

Rows and panels stand in the order of the table's rows. Growth shows on log axes, which say so.
"""

import math

import altair as alt
import pandas as pd

from computecycle.charts import logs, rows, theme

SERIES = [theme.BLUE, theme.ORANGE, theme.GREEN, theme.PURPLE]
KINDS = {"gpu": theme.BLUE, "cpu": theme.ORANGE}
AXIS_CHIPS = [1, 2, 4, 8, 16, 32, 64, 128, 256]
ABOVE_TITLE = 26  # px: a legend that leaves room for the title of the axis
CALENDAR = {"format": "d", "labelAngle": 0}


def penetration(curves: pd.DataFrame, threshold: float) -> alt.LayerChart:
    """Penetration by year as told (points), and the logistics fitted to it (lines).

    curves: series, kind ("told", "fitted"), year, value (percent). threshold: percent, a rule.
    """
    base = alt.Chart(curves).encode(
        x=_year("year"),
        y=alt.Y("value:Q").title("Percent, or subscriptions per 100").scale(domain=[0, 100]),
        color=_series(curves),
    )
    line = base.transform_filter("datum.kind == 'fitted'").mark_line(strokeWidth=1.5)
    points = base.transform_filter("datum.kind == 'told'").mark_point(size=26)
    once = alt.Chart(curves).transform_aggregate(first="min(year)")
    half = once.transform_filter("isValid(datum.first)").transform_calculate(at=f"{threshold:g}")
    rule = half.mark_rule(strokeDash=[4, 3]).encode(y="at:Q")
    name = half.mark_text(align="left", dx=4, dy=-8)
    name = name.encode(x=alt.value(0), y="at:Q", text=alt.value("threshold"))
    return rule + name + line + points


def additions(bells: pd.DataFrame) -> alt.LayerChart:
    """Points added in a year against the share reached by then, with the bell of each logistic.

    bells: series, kind ("told", "fitted"), share (percent), added (points a year).
    """
    base = alt.Chart(bells).encode(
        x=alt.X("share:Q").title("Share of people online (percent)").scale(domain=[0, 100]),
        y=alt.Y("added:Q").title("Percentage points added a year").scale(zero=True),
        color=_series(bells),
    )
    line = base.transform_filter("datum.kind == 'fitted'").mark_line(strokeWidth=1.5)
    return line.encode(order="share:Q") + base.transform_filter("datum.kind == 'told'").mark_point()


def _series(table: pd.DataFrame) -> alt.Color:
    names = list(table["series"].unique())
    tone = alt.Color("series:N").scale(domain=names, range=SERIES[: len(names)])
    return tone.legend(columns=2, offset=ABOVE_TITLE)


def _year(field: str) -> alt.X:
    return alt.X(f"{field}:Q").title("Year").scale(zero=False).axis(**CALENDAR)


def _day(field: str) -> alt.X:
    return alt.X(f"{field}:T").title("Date").scale(padding=8).axis(format="%Y")


def tick_tock(slips: pd.DataFrame) -> alt.LayerChart:
    """Each launch by its date, beside the day on which the clock asked for it.

    slips: name, step ("tick", "tock", "optimization"), process (nm), launch, due.
    """
    tone = alt.Color("step:N").scale(
        domain=["tick", "tock", "optimization"], range=[theme.BLUE, theme.ORANGE, theme.MUTED]
    )
    tone = tone.legend(
        columns=3,
        labelExpr="{tick: 'tick, new process', tock: 'tock, new design'}[datum.label] || 'neither'",
    )
    base = (
        alt.Chart(slips)
        .transform_calculate(
            came="toDate(datum.launch)",
            asked="toDate(datum.due)",
            process_name="datum.process ? datum.process + ' nm' : ''",
        )
        .encode(y=rows.named_beside(slips, "name", "Launch", 20), color=tone)
    )
    came = base.transform_filter("isValid(datum.came)")
    asked = base.transform_filter("isValid(datum.asked)")
    late = asked.transform_filter("isValid(datum.came)").mark_rule(strokeWidth=2)
    due = asked.mark_point(shape="diamond", filled=False, size=70, strokeWidth=1.5)
    label = came.mark_text(align="left", dx=8).encode(
        text="process_name:N", color=alt.value(theme.INK)
    )
    return alt.layer(
        late.encode(x=_day("asked"), x2="came:T"),
        due.encode(x=_day("asked")),
        came.mark_point(size=60).encode(x=_day("came")),
        label.encode(x=_day("came")),
    ).properties(height=alt.Step(21))


def single_core(trend: pd.DataFrame, fitted: pd.DataFrame) -> alt.LayerChart:
    """The fastest single core of each year with the exponential through each period.

    trend: year, value. fitted: period, year, value (both ends), label (the same in a period).
    """
    both = pd.concat([trend["value"], fitted["value"]])
    title = "SPECint x 1,000 (log scale)"
    score = logs.logarithmic("value", title, both)
    points = alt.Chart(trend).mark_point(color=theme.NEUTRAL).encode(x=_year("year"), y=score)
    base = alt.Chart(fitted).encode(y=score)
    line = base.mark_line().encode(x=_year("year"), detail="period:N")
    above = "datum.order % 2 == 0"  # every other label, so that neighbours keep clear
    label = (
        base.transform_aggregate(
            groupby=["period", "label"], middle="mean(year)", low="min(value)", high="max(value)"
        )
        .transform_window(order="row_number()", sort=[alt.SortField("middle")])
        .transform_calculate(lines="split(datum.label, '|')", at="sqrt(datum.low * datum.high)")
        .mark_text(
            align=alt.expr(f"{above} ? 'right' : 'left'"),
            dx=alt.expr(f"{above} ? -4 : 8"),
            dy=alt.expr(f"{above} ? -34 : 22"),
        )
        .encode(x=_year("middle"), y=logs.logarithmic("at", title, both), text="lines:N")
    )
    return points + line + label


def trends(trend: pd.DataFrame, fitted: pd.DataFrame) -> alt.TopLevelMixin:
    """Five measures of the best chip of each year, fitted before and after one year.

    trend: measure (one panel each), year, value. fitted: measure, period, year, value.
    """
    both = pd.concat([trend.assign(period=""), fitted], ignore_index=True)
    base = alt.Chart(both).encode(x=_year("year").scale(domain=_span(both["year"])))
    points = base.transform_filter("datum.period == ''").mark_point(size=20, color=theme.NEUTRAL)
    line = base.transform_filter("datum.period != ''").mark_line().encode(detail="period:N")
    return logs.panels(points + line, both, "measure")


def _span(values: pd.Series) -> list[float]:
    return [float(values.min()), float(values.max())] if len(values) else [0, 1]


def rating_by_hardware(points: pd.DataFrame) -> alt.LayerChart:
    """Elo rating against the number of accelerators, for one program and for five versions.

    points: list ("one program", "versions"), name, kind ("GPU", "TPU"), chips, elo.
    """
    chips = alt.X("chips:Q").title("GPUs or TPUs (log scale)").scale(type="log", base=2)
    rating = alt.Y("elo:Q").title("Elo rating").scale(zero=False)
    tone = alt.Color("kind:N").scale(domain=["GPU", "TPU"], range=[theme.BLUE, theme.ORANGE])
    tone = tone.legend(offset=ABOVE_TITLE)
    base = alt.Chart(points).encode(x=chips.axis(values=AXIS_CHIPS), y=rating, color=tone)
    one = base.transform_filter("datum.list == 'one program'")
    versions = base.transform_filter("datum.list == 'versions'")
    label = versions.mark_text(
        align=alt.expr("datum.chips > 32 ? 'right' : 'left'"),
        dx=alt.expr("datum.chips > 32 ? -9 : 9"),
        dy=alt.expr("datum.chips > 32 ? -9 : 0"),
    ).encode(text="name:N", color=alt.value(theme.INK))
    diamonds = versions.mark_point(shape="diamond", size=110)
    return one.mark_line() + one.mark_point() + diamonds + label


def cores(generations: pd.DataFrame) -> alt.LayerChart:
    """The CUDA cores of each processor, oldest first.

    generations: model, day, cores.
    """
    named = generations.assign(name=_with_year(generations)).sort_values("day", kind="stable")
    base = alt.Chart(named).encode(y=rows.named_beside(named, "name", "Model, year"))
    low = 10 ** math.floor(math.log10(named["cores"].min())) if len(named) else 1
    ends = [low, named["cores"].max() * 3 if len(named) else 10]  # room for the last number
    count = alt.X("cores:Q").title("CUDA cores (log scale)").scale(type="log", domain=ends)
    count = count.axis(values=[10.0**power for power in range(7)])
    label = base.mark_text(align="left", dx=10).encode(
        x=count, text=alt.Text("cores:Q").format(",")
    )
    return base.mark_point(color=theme.BLUE, size=60).encode(x=count) + label


def _with_year(generations: pd.DataFrame) -> pd.Series:
    return generations["model"] + ", " + pd.to_datetime(generations["day"]).dt.strftime("%Y")


def chips(table: pd.DataFrame, fitted: pd.DataFrame) -> alt.TopLevelMixin:
    """Speed, power and what follows of graphics and central processors, with exponentials.

    table: measure (one panel each), kind ("gpu", "cpu"), day, value. fitted: measure, kind, day,
    value at both ends.
    """
    both = pd.concat([table.assign(part="chip"), fitted.assign(part="fit")], ignore_index=True)
    tone = alt.Color("kind:N").scale(domain=list(KINDS), range=list(KINDS.values()))
    tone = tone.legend(
        labelExpr="datum.label == 'gpu' ? 'graphics processor' : 'central processor'"
    )
    base = alt.Chart(both).encode(x=_day("day"), color=tone)
    points = base.transform_filter("datum.part == 'chip'").mark_point(size=26)
    line = base.transform_filter("datum.part == 'fit'").mark_line(strokeWidth=1.5)
    return logs.panels(points + line, both, "measure")


def power(boards: pd.DataFrame) -> alt.LayerChart:
    """The power of each key model as printed, and as listed publicly where the model is.

    boards: name, printed, listed (W; listed may be missing).
    """
    base = alt.Chart(boards).encode(y=rows.named_beside(boards, "name", "Model", 17))
    watts = alt.X("printed:Q").title("Board power (W)").scale(zero=True)
    bars = base.mark_bar().encode(x=watts)
    label = base.mark_text(align="left", dx=6).encode(
        x=watts, text=alt.Text("printed:Q").format(",")
    )
    listed = base.transform_filter("isValid(datum.listed)")
    marks = listed.mark_tick(color=theme.ORANGE, size=20).encode(x="listed:Q")
    return (bars + marks + label).properties(height=theme.ROW)


def laws(ladder: pd.DataFrame) -> alt.LayerChart:
    """How much each law says is gained in a year, and in how many times that ends.

    ladder: law, kind ("told", "measured"), rate (fraction a year), multiple, years (one value).
    """
    tone = alt.Color("kind:N").scale(domain=["told", "measured"], range=[theme.BLUE, theme.ORANGE])
    tone = tone.legend(labelExpr="datum.label == 'told' ? 'as told' : 'measured here'")
    base = alt.Chart(ladder).encode(y=rows.named_above(ladder, "law"))
    gain = alt.X("rate:Q").title("Gain a year").axis(format="%", orient="top").scale(zero=True)
    bars = base.mark_bar(height=10, yOffset=rows.BELOW).encode(x=gain, color=tone)
    text = base.transform_calculate(
        times="'x ' + format(datum.multiple, datum.multiple < 10 ? ',.1f' : ',.0f')"
    )
    label = text.mark_text(align="right", dy=-1).encode(x=alt.value("width"), text="times:N")
    chart = bars + label + rows.names(base, "law")
    return chart.properties(height=alt.Step(40))


def parts(table: pd.DataFrame) -> alt.LayerChart:
    """The factors of a multiple as doublings, largest first.

    table: part, multiple, doublings, share (fraction).
    """
    base = alt.Chart(table).encode(y=rows.named_above(table, "part"))
    count = alt.X("doublings:Q").title("Doublings").axis(orient="top").scale(zero=True)
    bars = base.mark_bar(height=10, yOffset=rows.BELOW).encode(x=count)
    label = (
        base.transform_calculate(
            text="format(datum.multiple, '~r') + ' times, ' + format(datum.share, '.0%')"
        )
        .mark_text(align="right", dy=-1)
        .encode(x=alt.value("width"), text="text:N")
    )
    return (bars + label + rows.names(base, "part")).properties(height=theme.LABELLED_ROW)


def cost(platforms: pd.DataFrame, window: pd.DataFrame, boards: pd.DataFrame) -> alt.LayerChart:
    """The cost of a GFLOPS by platform, the window between two of them, and newer boards.

    platforms: day, platform, cost, lowest (boolean), label (else empty). window: day, cost (both
    ends). boards: day, platform, cost.
    """
    every = pd.concat([platforms["cost"], boards["cost"]])
    step = 2 if len(every) and logs.decades(every) > 8 else 1
    room = pd.concat([every, every.nsmallest(1) * 3 / 10**step])  # for the name below the cheapest
    price = logs.logarithmic("cost", "USD per GFLOPS (log scale)", room, step)
    table = platforms.assign(
        what=platforms["lowest"].map({True: "printed, the lowest so far", False: "printed, dearer"})
    )
    tone = alt.Color("what:N").legend(columns=2, offset=ABOVE_TITLE)
    tone = tone.scale(
        domain=["printed, the lowest so far", "printed, dearer", "board at launch"],
        range=[theme.BLUE, theme.NEUTRAL, theme.ORANGE],
    )
    base = alt.Chart(table).encode(x=_day("day"), y=price)
    newer = alt.Chart(boards.assign(what="board at launch")).encode(x=_day("day"), y=price)
    line = alt.Chart(window).mark_line(strokeDash=[5, 3], color=theme.INK, strokeWidth=1.5)
    name = base.transform_filter("datum.label").mark_text(
        align=alt.expr("year(datum.day) > 2000 ? 'right' : 'left'"),
        dx=alt.expr("year(datum.day) > 2000 ? 4 : 9"),
        dy=alt.expr("year(datum.day) > 2000 ? 14 : 0"),
    )
    return alt.layer(
        newer.mark_point(shape="diamond", size=30).encode(color=tone),
        base.mark_point().encode(color=tone),
        line.encode(x=_day("day"), y=price),
        name.encode(text="label:N"),
    )


def windows(found: pd.DataFrame) -> alt.LayerChart:
    """The yearly fall in cost over each window, with what the rounding of the last price allows.

    found: window, rate, low, high, printed (fractions a year).
    """
    base = alt.Chart(found).encode(y=rows.named_beside(found, "window", "Window", 16))
    fall = alt.X("rate:Q").title("Fall in cost a year").axis(format="%").scale(zero=True)
    span = base.mark_rule(strokeWidth=8, color=theme.NEUTRAL, opacity=0.45)
    point = base.mark_point(size=70, color=theme.BLUE).encode(x=fall)
    label = (
        base.transform_calculate(text="format(100 * datum.rate, '.2f') + '%'")
        .mark_text(align="left", dx=8)
        .encode(x="high:Q", text="text:N")
    )
    return span.encode(x="low:Q", x2="high:Q") + point + label
