"""The figures of the chapter on the cloud: renting, the market, its sellers, their customers.

Money is in USD billion; growth, shares and margins are fractions. Where a definition changed a
line ends and another begins: nothing is drawn across.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

LIVES = [theme.ORANGE, theme.BLUE, theme.GREEN]
SELLERS = {"AWS": theme.ORANGE, "Microsoft Azure": theme.BLUE, "Google Cloud": theme.GREEN}
RENTERS = {
    "Oracle infrastructure": theme.BLUE,
    "CoreWeave": theme.ORANGE,
    "Nebius": theme.GREEN,
}
WHEN = {  # the turn's year is part of the name
    "up to": theme.BLUE,
    "after": theme.ORANGE,
    "newest quarter": theme.GOLD,
}
GROWTH, ADDED = "Growth on the year before", "Added over the year (USD billion)"


def fullness(curves: pd.DataFrame) -> alt.LayerChart:
    """What is left of a dollar of rent by the part of the time that is rented, for each life.

    curves: life (years), used, margin (fractions).
    """
    base = alt.Chart(curves).encode(
        x=alt.X("used:Q").title("Part of the time that the machine is rented").axis(format="%"),
        y=alt.Y("margin:Q").title("Left of a dollar of rent").axis(format="%"),
        color=alt.Color("life:O").scale(range=LIVES).legend(None),
    )
    zero = alt.Chart(curves).mark_rule(color=theme.NEUTRAL).encode(y=alt.datum(0))
    last = base.transform_joinaggregate(last="max(used)").transform_filter(
        "datum.used == datum.last"
    )
    name = last.transform_calculate(name="datum.life + ' years'").mark_text(align="left", dx=5)
    return zero + base.mark_line() + name.encode(text="name:N")


def dollars_added(grown: pd.DataFrame) -> alt.FacetChart:
    """Growth of the market above, the dollars that it added below, by quarter.

    grown: quarter, growth (fraction), added (USD billion), marked (whether it is labelled).
    """
    names = {"growth": GROWTH, "added": ADDED}
    long = grown.rename(columns=names).melt(["quarter", "marked"], list(names.values()), "what")
    amount = f"datum.what == '{GROWTH}' ? format(datum.value, '.0%') : format(datum.value, '.0f')"
    plain = "datum.value == 0 ? '0' : datum.value < 1 ? format(datum.value, '.0%') : datum.value"
    base = alt.Chart().encode(
        x=alt.X("quarter:T").title("Quarter").axis(format="%Y", tickCount="year"),
        y=alt.Y("value:Q").title("Growth, dollars").scale(zero=True).axis(labelExpr=plain),
    )
    growth = base.transform_filter(alt.datum.what == GROWTH)
    line = growth.mark_line(point=alt.OverlayMarkDef(size=26))
    bars = base.transform_filter(f"datum.what == '{ADDED}' && isValid(datum.value)").mark_bar(
        width={"band": 0.7}, size=6, color=theme.BLUE
    )
    told = base.transform_filter("datum.marked && isValid(datum.value)").transform_calculate(
        name=amount
    )
    label = told.mark_text(dy=-9, fontWeight="bold").encode(text="name:N")
    panel = alt.layer(line, bars, label, data=long).properties(height=theme.PANEL)
    if long.empty:
        return panel
    head = alt.Facet("what:N").sort(list(names.values())).header(labelPadding=2)
    return panel.facet(head, columns=1).resolve_scale(y="independent")


def growth_since(growth: pd.DataFrame) -> alt.FacetChart:
    """Growth of each cloud by year, the years after a turn and the newest quarter in other tones.

    growth: segment (one panel each), label (year or quarter), growth (fraction), when.
    """
    when = list(growth["when"].unique())
    tones = [next(tone for name, tone in WHEN.items() if each.startswith(name)) for each in when]
    order = list(
        dict.fromkeys(
            growth.sort_values("when", key=lambda names: names == "newest quarter", kind="stable")[
                "label"
            ]
        )
    )
    base = alt.Chart().encode(
        x=alt.X("label:O").title("Year").sort(order).axis(labelAngle=0, labelOverlap="parity"),
        y=alt.Y("growth:Q").title("Growth on the year before").axis(format="%").scale(zero=True),
    )
    tone = alt.Color("when:N").scale(domain=when, range=tones)
    bars = base.mark_bar().encode(color=tone)
    label = base.mark_text(dy=-7, fontSize=11).encode(text=alt.Text("growth:Q").format(".0%"))
    panel = alt.layer(bars, label, data=growth).properties(height=theme.PANEL)
    return _panels(panel, growth, "segment", x="independent")


def ai_part(parts: pd.DataFrame) -> alt.LayerChart:
    """Yearly pace of revenue, the part told to be AI apart from the rest.

    parts: cloud (name and date), kind ("AI", "the rest"), value (USD billion a year), share
    (of AI, a fraction).
    """
    tones = alt.Color("kind:N").scale(domain=["AI", "the rest"], range=[theme.ORANGE, theme.BLUE])
    base = alt.Chart(parts).encode(y=rows.named_above(parts, "cloud"))
    bars = base.mark_bar(size=18, yOffset=rows.BELOW).encode(
        x=alt.X("value:Q").title("Revenue at the pace of the quarter (USD billion a year)"),
        color=tones.legend(None),
        order=alt.Order("kind:N"),
    )
    ends = base.transform_aggregate(total="sum(value)", share="max(share)", groupby=["cloud"])
    words = "format(datum.share, '.0%') + ' AI'"
    label = ends.transform_calculate(words=words).mark_text(align="left", dx=5, dy=rows.BELOW)
    return bars + rows.names(base, "cloud") + label.encode(x="total:Q", text="words:N")


def market_shares(lines: pd.DataFrame) -> alt.LayerChart:
    """Shares of the market by quarter, a line for each seller and definition.

    lines: provider, quarter, share (fraction), definition.
    """
    base = alt.Chart(lines).encode(
        x=alt.X("quarter:T").title("Quarter").axis(format="%Y", tickCount="year"),
        y=alt.Y("share:Q").title("Share of revenue").axis(format="%").scale(zero=True),
        color=_named("provider", SELLERS),
        detail="definition:O",
    )
    ends = base.transform_joinaggregate(last="max(quarter)", groupby=["provider"])
    ends = ends.transform_filter("datum.quarter == datum.last").transform_calculate(
        name="datum.provider + ' ' + format(datum.share, '.0%')"
    )
    label = ends.mark_text(align="right", dy=-13, fontWeight="bold").encode(text="name:N")
    first = base.transform_filter("datum.definition > 0").transform_joinaggregate(
        begin="min(quarter)", groupby=["provider"]
    )
    broken = first.transform_filter("datum.quarter == datum.begin").transform_calculate(
        name="'redrawn'"
    )
    note = broken.mark_text(dy=16, align="center").encode(text="name:N")
    return base.mark_line() + base.mark_point(size=20) + label + note


def margins(lines: pd.DataFrame, lives: pd.DataFrame) -> alt.LayerChart:
    """Operating margin by year, a line for each cloud and way of counting costs; below the line of
    AWS the life over which its servers are written off, where it changed.

    lines: segment, year, margin (fraction), definition. lives: year, margin (fraction), name.
    """
    base = alt.Chart(lines).encode(
        x=alt.X("year:Q").title("Year").scale(zero=False, nice=False).axis(format="d"),
        y=alt.Y("margin:Q").title("Operating income over revenue").axis(format="%"),
        color=_named("segment", SELLERS),
        detail="definition:O",
    )
    ends = base.transform_joinaggregate(last="max(year)", groupby=["segment"])
    ends = ends.transform_filter("datum.year == datum.last").transform_calculate(
        name="datum.segment + ' ' + format(datum.margin, '.0%')"
    )
    label = ends.mark_text(align="right", dy=-12, fontWeight="bold").encode(text="name:N")
    zero = alt.Chart(lines).mark_rule(color=theme.NEUTRAL).encode(y=alt.datum(0))
    changed = alt.Chart(lives).encode(x="year:Q", y="margin:Q")
    marks = changed.mark_point(size=90, filled=False, strokeWidth=2, color=theme.INK)
    told = changed.mark_text(dy=18, color=theme.MUTED).encode(text="name:N")
    return zero + base.mark_line() + base.mark_point(size=24) + label + marks + told


def spending(ratios: pd.DataFrame) -> alt.FacetChart:
    """Capital expenditure for each dollar of cloud revenue by year, definitions apart.

    ratios: company (one panel each), year, ratio, definition.
    """
    base = alt.Chart().encode(
        x=alt.X("year:Q").title("Year").scale(zero=False, nice=False).axis(format="d"),
        y=alt.Y("ratio:Q").title("USD for each dollar of revenue").scale(zero=True),
        detail="definition:O",
    )
    ends = base.transform_joinaggregate(last="max(year)", low="min(ratio)", groupby=["company"])
    ends = ends.transform_filter("datum.year == datum.last")
    label = ends.mark_text(dy=-10, align="right", fontWeight="bold")
    line = base.mark_line() + base.mark_point(size=24)
    panel = line + label.encode(text=alt.Text("ratio:Q").format("$.2f"))
    panel = panel.properties(data=ratios, height=theme.PANEL)
    return _panels(panel, ratios, "company")


def customers(parts: pd.DataFrame) -> alt.LayerChart:
    """What is under contract at each seller, the one known customer apart.

    parts: company, customer, kind ("one customer", "all others"), value (USD billion), total,
    known (fraction).
    """
    tone = alt.Color("kind:N").scale(
        domain=["one customer", "all others"], range=[theme.ORANGE, theme.BLUE]
    )
    base = alt.Chart(parts).encode(y=rows.named_above(parts, "company"))
    bars = base.mark_bar(size=20, yOffset=rows.BELOW).encode(
        x=alt.X("value:Q").title("Under contract (USD billion)"),
        color=tone.legend(None),
        order=alt.Order("kind:N").sort("descending"),
    )
    one = base.transform_filter(alt.datum.kind == "one customer")
    inside = one.transform_calculate(
        words="datum.customer + ' ' + format(datum.value, ',.0f')"
    ).mark_text(align="left", dx=6, dy=rows.BELOW, color=theme.PAPER)
    total = one.transform_calculate(words="format(datum.total, ',.0f')")
    label = total.mark_text(align="left", dx=5, dy=rows.BELOW, fontWeight="bold")
    return (
        bars
        + rows.names(base, "company")
        + inside.encode(x=alt.datum(0), text="words:N")
        + label.encode(x="total:Q", text="words:N")
    )


def small(revenue: pd.DataFrame) -> alt.LayerChart:
    """Quarterly revenue of renters of GPUs. revenue: company, quarter, revenue (USD billion)."""
    base = alt.Chart(revenue).encode(
        x=alt.X("quarter:T").title("Quarter").axis(format="%b %Y"),
        y=alt.Y("revenue:Q").title("Revenue of a quarter (USD billion)").scale(zero=True),
        color=_named("company", RENTERS),
    )
    ends = base.transform_joinaggregate(last="max(quarter)", groupby=["company"])
    ends = ends.transform_filter("datum.quarter == datum.last").transform_calculate(
        name="datum.company + ' ' + format(datum.revenue, '.1f')"
    )
    label = ends.mark_text(align="right", dy=-12, fontWeight="bold").encode(text="name:N")
    return base.mark_line() + base.mark_point(size=30) + label


def market_by_vintage(
    market: pd.DataFrame, path: pd.DataFrame, told: pd.DataFrame
) -> alt.LayerChart:
    """World spending on public cloud: each release thin, linked growth and the study's thick.

    market: year, vintage, value (USD billion). path and told: year, value, name (of the line).
    """
    scale = alt.Scale(type="log")
    value = alt.Y("value:Q").title("USD billion a year (log scale)").scale(scale)
    year = alt.X("year:Q").title("Year").scale(zero=False, nice=False).axis(format="d")
    thin = alt.Chart(market).encode(x=year, y=value, detail="vintage:N")
    counts = thin.mark_line(strokeWidth=1, color=theme.NEUTRAL)
    counts += thin.mark_point(size=12, color=theme.NEUTRAL)
    linked = _thick(path, year, value, theme.BLUE, below=True)
    study = _thick(told, year, value, theme.ORANGE, below=False)
    return counts + linked + study


def _thick(
    table: pd.DataFrame, year: alt.X, value: alt.Y, tone: str, below: bool
) -> alt.LayerChart:
    """A thick line with its name beside its middle, left above it or right below it."""
    base = alt.Chart(table).encode(x=year, y=value)
    place = (
        {"align": "left", "dx": 8, "dy": 12} if below else {"align": "right", "dx": -8, "dy": -8}
    )
    middle = base.transform_filter("datum.name != ''")
    label = middle.mark_text(fontWeight="bold", color=tone, **place).encode(text="name:N")
    dash = [1, 0] if below else [5, 3]
    line = base.mark_line(strokeWidth=3, color=tone, strokeDash=dash)
    return line + base.mark_point(size=40, color=tone) + label


def _named(column: str, tones: dict[str, str]) -> alt.Color:
    scale = alt.Scale(domain=list(tones), range=list(tones.values()))
    return alt.Color(f"{column}:N").scale(scale).legend(None)


def _panels(
    panel: alt.LayerChart, table: pd.DataFrame, by: str, x: str = "shared"
) -> alt.FacetChart:
    """A panel for each name, in the order of the table, with scales of their own; the bare frame
    when there is none."""
    names = list(table[by].unique())
    if not names:
        return panel
    head = alt.Facet(f"{by}:N").sort(names).header(labelPadding=2)
    return panel.facet(head, columns=2).resolve_scale(x=x, y="independent")
