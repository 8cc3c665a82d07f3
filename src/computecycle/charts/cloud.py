"""The figures of the chapter on the cloud: the market, four companies, what they were worth.

Spending and revenue are in billions; growth, shares and returns are fractions. Where a definition
changed a line ends and another begins: nothing is drawn across.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

SCOPES = {  # definition of the market: its tone, in the order of their years
    "with advertising": theme.BLUE,
    "without advertising": theme.ORANGE,
    "widened in August 2021": theme.GREEN,
    "without management and security": theme.PURPLE,
    "without BPaaS": theme.RED,
}
DEFINITIONS = [theme.BLUE, theme.ORANGE, theme.GREEN]
PAIR = [theme.BLUE, theme.ORANGE]


def starts(services: pd.DataFrame) -> alt.LayerChart:
    """When each company started its cloud. services: company, start_year."""
    base = alt.Chart(services).encode(
        x=_year("start_year", "Start (year)"), y=rows.named_beside(services, "company", "Service")
    )
    label = base.mark_text(dx=9, align="left").encode(text="start_year:Q")
    return base.mark_point(size=90, color=theme.BLUE) + label


def market_by_vintage(market: pd.DataFrame, printed: pd.DataFrame) -> alt.LayerChart:
    """World spending on public cloud, a line for each release, and what the report prints.

    market: year, vintage, value (USD billion), scope. printed: year, value, label.
    """
    title = "Spending a year (USD billion)"
    base = alt.Chart(market).encode(
        x=_year("year", "Year"),
        y=alt.Y("value:Q").title(title).scale(zero=True),
        color=_scope(offset=26),
        detail="vintage:N",
    )
    told = alt.Chart(printed).encode(x=_year("year", "Year"), y=alt.Y("value:Q").title(title))
    points = told.mark_point(shape="diamond", size=130, filled=False, strokeWidth=2)
    late = "datum.year == datum.last"
    names = (
        told.transform_joinaggregate(last="max(year)")
        .mark_text(
            align=alt.expr(f"{late} ? 'right' : 'left'"),
            dx=alt.expr(f"{late} ? -10 : 10"),
            dy=-4,
            fontWeight="bold",
        )
        .encode(text="label:N")
    )
    report = points.encode(color=alt.value(theme.INK)) + names
    return base.mark_line() + base.mark_point(size=30) + report


def revisions(moved: pd.DataFrame) -> alt.LayerChart:
    """How each release changed the total of a year that an earlier one had given.

    moved: year, vintage, change (fraction), kind ("same definition", "another definition").
    """
    words = "datum.value == 0 ? '0%' : format(datum.value, '+.0%')"
    change = alt.X("change:Q").title("Change against the release before").axis(labelExpr=words)
    kinds = ["same definition", "another definition"]
    kind = alt.Color("kind:N").scale(domain=kinds, range=PAIR).legend(offset=26)
    year = alt.Y("year:O").title("Year")
    base = alt.Chart(moved).encode(x=change, y=year)
    zero = alt.Chart(moved).mark_rule(color=theme.NEUTRAL).encode(x=alt.datum(0))
    shape = alt.Shape("kind:N").scale(domain=kinds, range=["circle", "diamond"]).legend(None)
    points = base.mark_point(size=70).encode(color=kind, shape=shape)
    return zero + points


def segments_by_vintage(market: pd.DataFrame) -> alt.FacetChart:
    """Spending on each kind of service, a line for each release.

    market: segment (one panel each), year, vintage, value (USD billion), scope.
    """
    base = alt.Chart().encode(
        x=_year("year", "Year"),
        y=alt.Y("value:Q").title("USD billion").scale(zero=True),
        color=_scope(offset=10),
        detail="vintage:N",
    )
    panel = alt.layer(base.mark_line(), base.mark_point(size=24), data=market)
    return _panels(panel.properties(height=theme.PANEL), market, "segment")


def growth_printed_and_linked(growth: pd.DataFrame) -> alt.LayerChart:
    """Yearly growth of each segment as the report prints it and inside single releases.

    growth: segment, printed, linked (fractions; either may be missing).
    """
    value = alt.X("value:Q").title("Growth a year").axis(format="%").scale(zero=True)
    base = alt.Chart(growth).encode(y=rows.named_beside(growth, "segment", "Segment"))
    span = base.mark_rule(color=theme.NEUTRAL, strokeWidth=2).encode(x="printed:Q", x2="linked:Q")
    long = growth.melt("segment", ["printed", "linked"], "how").dropna(subset="value")
    both = alt.Chart(long).encode(y=rows.named_beside(growth, "segment", "Segment"))
    how = alt.Color("how:N").scale(domain=["printed", "linked"], range=[theme.ORANGE, theme.BLUE])
    names = "datum.label == 'printed' ? 'as the report prints it' : 'each year inside one release'"
    points = both.mark_point(size=90).encode(
        x=value, color=how.legend(labelExpr=names, columns=2, offset=20)
    )
    label = both.encode(x=value, text=alt.Text("value:Q").format(".0%"))
    above = label.transform_filter("datum.how == 'printed'").mark_text(dy=-13)
    below = label.transform_filter("datum.how == 'linked'").mark_text(dy=14)
    return (span + points + above + below).properties(height=alt.Step(44))


def revenue_by_definition(clouds: pd.DataFrame) -> alt.FacetChart:
    """Revenue of each cloud by year, a line for each definition of its segment.

    clouds: panel (segment and unit), year, definition (0 is the oldest), revenue.
    """
    tone = (
        alt.Color("definition:O")
        .scale(domain=[0, 1, 2], range=DEFINITIONS)
        .legend(labelExpr="['first', 'second', 'third'][datum.value] + ' definition'", columns=3)
    )
    base = alt.Chart().encode(
        x=_year("year", "Year"),
        y=alt.Y("revenue:Q").title("Revenue (billion)").scale(zero=True),
        color=tone,
    )
    panel = alt.layer(base.mark_line(), base.mark_point(size=34), data=clouds)
    return _panels(panel.properties(height=theme.PANEL), clouds, "panel", alike=False)


def growth_and_share(clouds: pd.DataFrame) -> alt.FacetChart:
    """Growth of each cloud and its share of the company's revenue, definitions apart.

    clouds: segment, year, definition, growth and share (fractions; either may be missing).
    """
    value = alt.Y("value:Q").title("Growth, share").axis(format="%").scale(zero=True)
    what = alt.Color("what:N").scale(domain=["growth", "share"], range=PAIR)
    names = "datum.label == 'share' ? 'share of the company' : 'growth on the year before'"
    tone = what.legend(labelExpr=names, columns=2)
    base = alt.Chart().encode(x=_year("year", "Year"), y=value, color=tone, detail="definition:O")
    long = clouds.melt(["segment", "year", "definition"], ["growth", "share"], "what")
    panel = alt.layer(base.mark_line(), base.mark_point(size=24), data=long.dropna(subset="value"))
    return _panels(panel.properties(height=theme.PANEL), clouds, "segment", alike=False)


def market_shares(shares: pd.DataFrame) -> alt.LayerChart:
    """Shares of the market for cloud infrastructure, beside those of an earlier quarter.

    shares: provider, share, earlier (fractions; earlier may be missing).
    """
    value = alt.X("share:Q").title("Share of revenue").axis(format="%")
    base = alt.Chart(shares).encode(y=rows.named_beside(shares, "provider", "Provider"))
    before = "isValid(datum.earlier) ? ', was ' + format(datum.earlier, '.0%') : ''"
    label = base.transform_calculate(
        most="max(datum.share, datum.earlier || 0)",
        words=f"format(datum.share, '.0%') + ({before})",
    )
    label = label.mark_text(align="left", dx=6).encode(x="most:Q", text="words:N")
    tick = base.mark_tick(orient="vertical", size=24, color=theme.ORANGE, strokeWidth=0)
    return base.mark_bar().encode(x=value) + tick.encode(x="earlier:Q") + label


def break_even(curves: pd.DataFrame) -> alt.LayerChart:
    """The multiple of sales at which a buyer may sell, by growth, for each multiple paid.

    curves: paid, growth (fraction), multiple, marked (the growth at hand).
    """
    base = alt.Chart(curves).encode(
        x=alt.X("growth:Q").title("Growth of revenue a year").axis(format="%"),
        y=alt.Y("multiple:Q").title("Price over sales when sold").scale(zero=True),
        color=alt.Color("paid:O")
        .scale(range=PAIR)
        .legend(labelExpr="'bought at ' + datum.label + ' times sales'", columns=2, offset=26),
    )
    marked = base.transform_filter("datum.marked")
    text = marked.transform_calculate(name="format(datum.multiple, '.1f') + ' times sales'")
    lower = text.transform_joinaggregate(least="min(paid)")
    low = "datum.paid == datum.least"
    values = lower.mark_text(
        align=alt.expr(f"{low} ? 'right' : 'left'"),
        dx=alt.expr(f"{low} ? -6 : 6"),
        dy=alt.expr(f"{low} ? 12 : -11"),
    ).encode(text="name:N")
    return base.mark_line() + marked.mark_point(size=80) + values


def returns_by_reading(returns: pd.DataFrame) -> alt.LayerChart:
    """The yearly return that "rose x times" makes, read as a multiple and as an increase.

    returns: company, reading, annual_return, printed (fractions; printed may be missing).
    """
    value = alt.X("annual_return:Q").title("Return a year").axis(format="%")
    readings = list(returns["reading"].unique())
    base = alt.Chart(returns).encode(
        y=rows.named_beside(returns, "company", "Company"),
        yOffset=alt.YOffset("reading:N").sort(readings),
    )
    tone = alt.Color("reading:N").scale(domain=readings, range=PAIR[: max(1, len(readings))])
    bars = base.mark_bar().encode(x=value, color=tone)
    label = base.mark_text(align="left", dx=8, color=theme.PAPER).encode(
        x=alt.datum(0), text=alt.Text("annual_return:Q").format(".0%")
    )
    printed = (
        alt.Chart(returns)
        .transform_filter("isValid(datum.printed)")
        .mark_tick(orient="vertical", size=44, strokeWidth=0)
        .encode(x="printed:Q", y=rows.named_beside(returns, "company", "Company"))
    )
    return (bars + label + printed).properties(height=alt.Step(24))


def growth_since(growth: pd.DataFrame) -> alt.FacetChart:
    """Growth of each cloud by year, the years after a turn in another tone.

    growth: segment (one panel each), year, growth (fraction), when.
    """
    when = list(growth.sort_values("year")["when"].unique())
    base = alt.Chart().encode(
        x=alt.X("year:O").title("Year").axis(labelAngle=0, labelOverlap="parity"),
        y=alt.Y("growth:Q").title("Growth on the year before").axis(format="%").scale(zero=True),
    )
    tone = alt.Color("when:N").scale(domain=when, range=PAIR[: max(1, len(when))])
    bars = base.mark_bar().encode(color=tone)
    label = base.mark_text(dy=-7, fontSize=11).encode(text=alt.Text("growth:Q").format(".0%"))
    panel = alt.layer(bars, label, data=growth).properties(height=theme.PANEL)
    return _panels(panel, growth, "segment", alike=False)


def _year(column: str, title: str) -> alt.X:
    return alt.X(f"{column}:Q").title(title).scale(zero=False, nice=False).axis(format="d")


def _scope(offset: int) -> alt.Color:
    scale = alt.Scale(domain=list(SCOPES), range=list(SCOPES.values()))
    return alt.Color("scope:N").scale(scale).legend(columns=2, offset=offset)


def _panels(
    panel: alt.LayerChart, table: pd.DataFrame, by: str, alike: bool = True
) -> alt.FacetChart:
    """A panel for each name, in the order of the table; the bare frame when there is none.

    Panels that are not alike have a vertical scale each, and its title between name and plot.
    """
    names = list(table[by].unique())
    if not names:
        return panel
    head = alt.Facet(f"{by}:N").sort(names)
    if alike:
        return panel.facet(head, columns=2)
    return panel.facet(head.header(labelPadding=2), columns=2).resolve_scale(y="independent")
