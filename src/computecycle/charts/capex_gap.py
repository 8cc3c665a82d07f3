"""The figures of the chapter on the capex gap: what AI must earn, what it earns, what may differ.

Money is in USD billion. Rows and panels stand in the order of the table's rows.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

BEYOND_BAR = alt.expr("bandwidth('x') + 6")  # px: a mark that overhangs its bar on both sides


def required_revenue_chain(chain: pd.DataFrame) -> alt.FacetChart:
    """Required revenue built up layer by layer at each date, above the actual AI revenue.

    chain: date_label (one panel each), layer, start, end, label; the row whose layer is
    "actual AI revenue" runs from 0 and is the contrast.
    """
    base = alt.Chart().encode(y=rows.named_beside(chain, "layer", "Layer"))
    amount = alt.X("end:Q").title("Revenue a year (USD billion)").scale(zero=True)
    carried = base.mark_bar(color=theme.NEUTRAL, opacity=0.35).encode(x="start:Q")
    actual = alt.datum.layer == "actual AI revenue"
    tone = alt.condition(actual, alt.value(theme.ORANGE), alt.value(theme.BLUE))
    added = base.mark_bar().encode(x=amount, x2="start:Q", color=tone)
    label = base.mark_text(align="left", dx=5).encode(x=amount, text="label:N")
    return _panels(alt.layer(carried, added, label, data=chain), chain, "date_label", columns=3)


def required_against_actual(path: pd.DataFrame) -> alt.LayerChart:
    """Required and actual AI revenue over time, with the gap between them shaded.

    path: date, series ("required", "actual", "required as the sources said"), value, note
    (labels a source's point). The gap is shaded between dates on which both series have a value.
    """
    title = "AI revenue a year (USD billion)"
    day = alt.X("day:T").title("Date").scale(padding=10)
    tone = (
        alt.Color("series:N")
        .legend(None)
        .scale(
            domain=["required", "actual", "required as the sources said"],
            range=[theme.BLUE, theme.ORANGE, theme.INK],
        )
    )
    dated = alt.Chart(path).transform_calculate(day="toDate(datum.date)")
    gap = (
        dated.transform_pivot("series", value="value", groupby=["day"])
        .transform_filter("isValid(datum.required) && isValid(datum.actual)")
        .mark_area(color=theme.NEUTRAL, opacity=0.2, interpolate="step-after")
        .encode(x=day, y=alt.Y("required:Q").title(title), y2="actual:Q")
    )
    base = dated.encode(x=day, y=alt.Y("value:Q").title(title).scale(zero=True), color=tone)
    ours = base.transform_filter("indexof(datum.series, 'sources') < 0")
    ends = (
        ours.transform_joinaggregate(last="max(day)", groupby=["series"])
        .transform_filter("datum.day == datum.last")
        .transform_calculate(end="datum.series + ' ' + format(datum.value, ',.0f')")
        .mark_text(align="right", dx=4, dy=-14, fontWeight="bold")
        .encode(text="end:N")
    )
    return gap + ours.mark_line(interpolate="step-after") + ends + _as_told(base)


def _as_told(base: alt.Chart) -> alt.LayerChart:
    """The sources' own points, each with its number above it; the first clear of the line."""
    told = (
        base.transform_joinaggregate(first="min(day)")
        .transform_filter("indexof(datum.series, 'sources') >= 0")
        .transform_calculate(asked="'asked: ' + datum.note")
    )
    notes = told.mark_text(align="left", dx=-6, dy=alt.expr("datum.day > datum.first ? -14 : -34"))
    points = told.mark_point(shape="diamond", size=110, filled=False, strokeWidth=2)
    return points + notes.encode(text="asked:N")


def revenue_by_company(companies: pd.DataFrame) -> alt.LayerChart:
    """The AI revenue of each company that is counted, known apart from assumed.

    companies: company, metric ("run_rate", "assumed"), value.
    """
    order = ["metric", "value", "company"]
    companies = companies.sort_values(order, ascending=[False, False, True])
    words = "datum.label == 'assumed' ? 'assumed by the articles' : 'disclosed or reported'"
    kind = alt.Color("metric:N").legend(labelExpr=words, columns=2)
    kind = kind.scale(domain=["run_rate", "assumed"], range=[theme.BLUE, theme.NEUTRAL])
    base = alt.Chart(companies).encode(y=rows.named_beside(companies, "company", "Company"))
    value = alt.X("value:Q").title("AI revenue a year (USD billion)").axis(orient="top")
    number = alt.Text("value:Q").format(",~f")
    label = base.mark_text(align="left", dx=5).encode(x="value:Q", text=number)
    chart = base.mark_bar().encode(x=value.scale(zero=True), color=kind) + label
    return chart.properties(height=alt.Step(24))


def two_tellings(tellings: pd.DataFrame) -> alt.LayerChart:
    """What two documents say of each variable, the rows on which they differ emphasised.

    tellings: variable, telling, value (as printed), unit_text (small, below it), differs (boolean).
    """
    telling = alt.X("telling:N").sort(None).title("As told by")
    cell = alt.Chart(tellings).encode(
        y=rows.named_beside(tellings, "variable", "Variable", 18),
        x=telling.axis(orient="top", labelAngle=0),
    )
    differs = cell.transform_filter("datum.differs")
    ground = differs.mark_rect(color=theme.ORANGE, fillOpacity=0.16, stroke=theme.PAPER)
    same = cell.transform_filter("!datum.differs").mark_text(dy=-7, color=theme.MUTED)
    differing = differs.mark_text(dy=-7, fontWeight="bold")
    told = cell.transform_filter("datum.value != 'not told'")
    unit = told.mark_text(dy=8, color=theme.MUTED, fontSize=11).encode(text="unit_text:N")
    chart = ground + same.encode(text="value:N") + differing.encode(text="value:N") + unit
    return chart.properties(height=theme.ROW)


def spending_by_buyer(spend: pd.DataFrame) -> alt.LayerChart:
    """AI capital expenditure of each buyer, split into GPUs and the rest.

    spend: buyer, item, value, order (of the items from the axis outwards).
    """
    return _stacked_by_buyer(spend, "AI capital expenditure (USD billion)")


def training_and_inference(cost: pd.DataFrame) -> alt.LayerChart:
    """Operating cost of each buyer, split into training and inference, with their ratio.

    cost: buyer, item, value, order, ratio_label (the same in all rows of a buyer).
    """
    base = alt.Chart(cost).encode(y=rows.named_beside(cost, "buyer", "Buyer", 16))
    ratio = base.mark_text(align="left", dx=6, color=theme.MUTED).encode(
        x="sum(value):Q", text="ratio_label:N"
    )
    return _stacked_by_buyer(cost, "Operating cost (USD billion)") + ratio


def _stacked_by_buyer(spend: pd.DataFrame, title: str) -> alt.LayerChart:
    value = alt.X("value:Q").stack("zero").title(title).axis(orient="top")
    items = list(spend.sort_values("order")["item"].unique())
    item = (
        alt.Color("item:N").legend(columns=2).scale(domain=items, range=[theme.BLUE, theme.ORANGE])
    )
    buyer = rows.named_beside(spend, "buyer", "Buyer", 16)
    base = alt.Chart(spend).encode(y=buyer, order="order:Q")
    bars = base.mark_bar(stroke=theme.PAPER).encode(x=value, color=item)
    numbers = (
        base.transform_filter("datum.value > 0")
        .mark_text(color=theme.PAPER)
        .encode(x=value.bandPosition(0.5), text=alt.Text("value:Q").format(",~f"), detail="item:N")
    )
    return (bars + numbers).properties(height=theme.ROW)


def capex_by_company(capex: pd.DataFrame) -> alt.FacetChart:
    """Capital expenditure of each company by year: filed, printed by a source, and planned.

    capex: company, year, capex, kind ("filed", "printed", "planned low", "planned high").
    """
    kind = (
        alt.Color("kind:N")
        .scale(
            domain=["filed", "printed", "planned low", "planned high"],
            range=[theme.BLUE, theme.INK, theme.ORANGE, theme.ORANGE],
        )
        .legend(
            values=["filed", "printed", "planned low"],
            labelExpr="datum.label == 'planned low' ? 'planned, low to high' : datum.label",
        )
    )
    amount = alt.Y("capex:Q").title("USD billion").scale(zero=True)
    base = alt.Chart().encode(x=_year(), y=amount, color=kind)
    bars = base.transform_filter("datum.kind == 'filed'").mark_bar()
    printed = base.transform_filter("datum.kind == 'printed'").mark_tick(size=BEYOND_BAR)
    planned = base.transform_filter("indexof(datum.kind, 'planned') == 0")
    span = planned.mark_rule(color=theme.ORANGE, strokeWidth=2).encode(
        y="min(capex):Q", y2="max(capex):Q", color=alt.value(theme.ORANGE)
    )
    panel = alt.layer(bars, printed, span, planned.mark_tick(size=BEYOND_BAR), data=capex)
    return _panels(panel.properties(height=theme.PANEL), capex, "company", columns=4)


def depreciation_by_vintage(charges: pd.DataFrame, filed: pd.DataFrame) -> alt.FacetChart:
    """Computed depreciation of each company, stacked by year of purchase, against what it filed.

    charges: company, year, vintage, charge. filed: company, year, what ("net income",
    "depreciation as filed"), amount.
    """
    both = pd.concat([charges, filed], ignore_index=True)
    vintage = alt.Opacity("vintage:O").scale(range=[0.45, 1]).legend(None)
    legend = None if filed.empty else alt.Legend()  # without entries it is endlessly wide
    what = alt.Color("what:N").scale(
        domain=["net income", "depreciation as filed"], range=[theme.ORANGE, theme.INK]
    )
    base = alt.Chart().encode(x=_year())
    bars = (
        base.transform_filter("isValid(datum.charge)")
        .mark_bar(stroke=theme.PAPER)
        .encode(y=alt.Y("charge:Q").title("USD billion"), opacity=vintage, order="vintage:O")
    )
    ticks = base.transform_filter("isValid(datum.amount)").mark_tick(size=BEYOND_BAR)
    ticks = ticks.encode(y="amount:Q", color=what.legend(legend))
    panel = alt.layer(bars, ticks, data=both).properties(height=theme.PANEL)
    return _panels(panel, both, "company", columns=4)


def book_and_economic_value(curves: pd.DataFrame, doubted: pd.DataFrame) -> alt.LayerChart:
    """The share of its price that an accelerator keeps with age, in the books and in the market.

    curves: age (years), curve (label; the books first), share (fraction). doubted: low, high, the
    ages to mark.
    """
    order = list(curves["curve"].unique())
    legend = alt.Legend(columns=2, symbolType="stroke", offset=26)
    tones = [theme.ORANGE, theme.BLUE, theme.GREEN, theme.PURPLE]
    dashes = [[1, 0], [2, 2], [5, 3], [9, 3]]
    tone = alt.Color("curve:N").legend(legend).scale(domain=order, range=tones[: len(order)])
    dash = alt.StrokeDash("curve:N").legend(legend).scale(domain=order, range=dashes[: len(order)])
    age, low = (alt.X(f"{name}:Q").title("Age (years)") for name in ("age", "low"))
    share = alt.Y("share:Q").title("Share of the price").axis(format="%").scale(domain=[0, 1])
    lines = alt.Chart(curves).mark_line().encode(x=age, y=share, color=tone, strokeDash=dash)
    band = alt.Chart(doubted).mark_rect(color=theme.NEUTRAL, opacity=0.25)
    return band.encode(x=low, x2="high:Q") + lines


def demand_multiples(cases: pd.DataFrame) -> alt.LayerChart:
    """The demand multiple in each case, from training and inference, beside the printed one.

    cases: case, component ("training", "inference"), multiple, total, printed (one value).
    """
    multiple = alt.X("multiple:Q").stack("zero").title("Demand for compute (today = 1)")
    component = alt.Color("component:N").scale(
        domain=["training", "inference"], range=[theme.BLUE, theme.ORANGE]
    )
    base = alt.Chart(cases).encode(y=rows.named_above(cases, "case"))
    bars = base.mark_bar(height=10, yOffset=rows.BELOW).encode(
        x=multiple.axis(orient="top"), color=component
    )
    total = base.mark_text(align="left", dx=5, dy=rows.BELOW, fontWeight="bold").encode(
        x="max(total):Q", text=alt.Text("max(total):Q").format(",.1~f")
    )
    printed = rows.reference(base, "printed", "printed")
    labels = rows.names(base, "case")
    return (bars + total + printed + labels).properties(height=theme.LABELLED_ROW)


def gap_tornado(tornado: pd.DataFrame) -> alt.LayerChart:
    """How far each assumption alone moves the gap when it runs through its range.

    tornado: assumption_label, bound ("low", "high"), value_label, gap, base_gap, swing; the
    widest swing is drawn on top.
    """
    tornado = tornado.sort_values("swing", ascending=False, kind="stable")
    base = alt.Chart(tornado).encode(y=rows.named_above(tornado, "assumption_label"))
    bound = alt.Color("bound:N").scale(domain=["low", "high"], range=[theme.ORANGE, theme.BLUE])
    bars = base.mark_bar(height=10, yOffset=rows.BELOW).encode(
        x=_gap("gap").axis(orient="top"),
        x2="base_gap:Q",
        color=bound.legend(labelExpr="datum.label + ' end of the range'"),
    )
    ends = (
        base.transform_joinaggregate(middle="mean(gap)", groupby=["assumption_label"])
        .transform_calculate(left="datum.gap - datum.middle < (datum.bound == 'low' ? 1e-9 : 0)")
        .transform_calculate(
            end="datum.left ? min(datum.gap, datum.base_gap) : max(datum.gap, datum.base_gap)"
        )
        .encode(x="end:Q", text="value_label:N")
    )
    values = rows.at_ends(ends.transform_filter("datum.left"), ends.transform_filter("!datum.left"))
    labels = rows.names(base, "assumption_label")
    chart = bars + rows.reference(base, "base_gap", "base") + values + labels
    return chart.properties(height=theme.LABELLED_ROW)


def gap_distribution(bins: pd.DataFrame, marks: pd.DataFrame) -> alt.LayerChart:
    """How often the gap comes out at each size over all draws, with the marked quantiles.

    bins: gap_low, gap_high, share (fraction of the draws). marks: label, gap.
    """
    share = alt.Y("share:Q").title("Share of the draws").axis(format="~%", titleY=-44)
    bars = (
        alt.Chart(bins).mark_bar().encode(x=_gap("gap_low").bin("binned"), x2="gap_high:Q", y=share)
    )
    at = alt.Chart(marks).encode(x="gap:Q")
    labels = (
        at.transform_calculate(lines="[datum.label, format(datum.gap, ',.0f')]")
        .mark_text(dy=-20)
        .encode(y=alt.value(0), text="lines:N")
    )
    return at.mark_rule() + bars + labels


def objections(gaps: pd.DataFrame) -> alt.LayerChart:
    """The gap that each objection leaves, over the range tried for it, beside the base gap.

    gaps: objection, gap_low, gap_high (in either order), base_gap, limit (where the axis ends; a
    bar beyond it stops there, its number says how far it goes). An end that does not reach
    beyond the base has no number.
    """
    base = alt.Chart(gaps).encode(y=rows.named_above(gaps, "objection"))
    scale = alt.Scale(zero=True, clamp=True, domainMax=gaps["limit"].max() if len(gaps) else 1)
    bars = base.mark_bar(height=10, yOffset=rows.BELOW).encode(
        x=_gap("gap_low").scale(scale).axis(orient="top"), x2="gap_high:Q"
    )
    ends = base.transform_calculate(
        left="min(datum.gap_low, datum.gap_high)", right="max(datum.gap_low, datum.gap_high)"
    )
    left = ends.transform_filter("datum.left < datum.base_gap").encode(
        x="left:Q", text=alt.Text("left:Q").format(",.0f")
    )
    right = ends.transform_filter("datum.right > datum.base_gap").encode(
        x="right:Q", text=alt.Text("right:Q").format(",.0f")
    )
    labels = rows.names(base, "objection")
    chart = bars + rows.reference(base, "base_gap", "base") + rows.at_ends(left, right) + labels
    return chart.properties(height=theme.LABELLED_ROW)


def years_to_close(closing: pd.DataFrame) -> alt.LayerChart:
    """How many years actual revenue needs to reach the required, by its yearly growth.

    closing: growth (fraction a year), years, label (of the points to mark, else empty).
    """
    base = alt.Chart(closing).encode(
        x=alt.X("growth:Q").title("Growth of AI revenue a year (percent)").axis(format="%"),
        y=alt.Y("years:Q").title("Years until the gap closes"),
    )
    marked = base.transform_joinaggregate(most="max(growth)").transform_filter("datum.label")
    last = "datum.growth == datum.most"
    labels = marked.mark_text(
        align=alt.expr(f"{last} ? 'right' : 'left'"),
        dx=alt.expr(f"{last} ? 4 : 8"),
        dy=alt.expr(f"{last} ? 20 : -9"),
    )
    points = marked.mark_point(color=theme.ORANGE, size=70)
    return base.mark_line() + points + labels.encode(text="label:N")


def _gap(column: str) -> alt.X:
    """The gap on a horizontal axis that shows where it is closed."""
    closed = alt.condition("datum.value == 0", alt.value(theme.NEUTRAL), alt.value(theme.GRID))
    axis = alt.X(f"{column}:Q").title("Gap (USD billion a year)").scale(zero=True)
    return axis.axis(gridColor=closed)


def _year() -> alt.X:
    return alt.X("year:O").title("Year").axis(labelAngle=0, labelOverlap="parity")


def _panels(panel: alt.LayerChart, table: pd.DataFrame, by: str, columns: int) -> alt.FacetChart:
    """A panel for each name, in the order of the table; the bare frame when there is none."""
    names = list(table[by].unique())
    return panel.facet(alt.Facet(f"{by}:N").sort(names), columns=columns) if names else panel
