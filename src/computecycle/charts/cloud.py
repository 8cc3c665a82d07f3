"""The figures of the chapter on the cloud: renting, the market, its sellers, their customers.

Money is in USD billion; growth, shares and margins are fractions. Where a definition changed a
line ends and another begins: nothing is drawn across.
"""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

LIVES = [theme.ORANGE, theme.BLUE, theme.GREEN]
SELLERS = {"AWS": theme.ORANGE, "Microsoft Azure": theme.BLUE, "Google Cloud": theme.GREEN}
SPENDERS = {
    "Alphabet": theme.GREEN,
    "Amazon": theme.ORANGE,
    "Microsoft": theme.BLUE,
    "AWS alone": theme.GOLD,
}
GROWN = {"from AI": theme.ORANGE, "all else": theme.BLUE}
CUSTOMERS = {"one customer": theme.ORANGE, "another": theme.GOLD, "all else": theme.BLUE}
WHEN = {"up to": theme.BLUE, "after": theme.ORANGE, "newest": theme.GOLD}  # how a name begins
OWNED = SELLERS | {"Amazon": theme.ORANGE, "Alphabet": theme.GREEN}  # owners as their clouds
LEFT = 30  # px for the numbers of axes that stand above each other


def fullness(curves: pd.DataFrame) -> alt.LayerChart:
    """What is left of a dollar of rent by the part of the time that is rented, for each life.

    curves: life (years), used, margin (fractions).
    """
    base = alt.Chart().encode(
        x=alt.X("used:Q").title("Part of the time that the machine is rented").axis(format="%"),
        y=alt.Y("margin:Q").title("Left of a dollar of rent").axis(format="%"),
        color=alt.Color("life:O").title("life in years").scale(range=LIVES).legend(None),
    )
    zero = alt.Chart().mark_rule(color=theme.NEUTRAL).encode(alt.YDatum(0))
    last = base.transform_joinaggregate(last="max(used)")
    last = last.transform_filter("datum.used == datum.last")
    last = last.transform_calculate(name="datum.life + ' years'")
    label = last.mark_text(align="left", dx=5).encode(alt.Text("name:N"))
    below = alt.Chart().transform_aggregate(end="max(used)", least="min(margin)")
    loss = below.transform_filter("datum.least < 0").transform_calculate(name="'a loss'")
    word = loss.mark_text(align="right", dy=12, color=theme.MUTED)
    word = word.encode(alt.X("end:Q"), alt.YDatum(0), alt.Text("name:N"))
    return alt.layer(zero, base.mark_line(), label, word, data=curves)


def dollars_added(grown: pd.DataFrame) -> alt.VConcatChart:
    """Growth of the market above, the dollars that it added below, by quarter.

    grown: quarter, growth (fraction), added (USD billion), marked (whether it is labelled).
    """
    middle = "timeOffset('day', toDate(datum.quarter), -45)"  # days from its last day
    base = alt.Chart(grown).transform_calculate(middle=middle)
    rate = alt.Y("growth:Q").title("Growth on the year before").scale(zero=True)
    axis = {"tickCount": 4, "minExtent": LEFT, "grid": False}  # what is bold has its number
    above = base.encode(x=alt.X("middle:T").axis(None), y=rate.axis(format="%", **axis))
    line = above.mark_line(point=alt.OverlayMarkDef(size=26, color=theme.BLUE))
    zero = alt.Chart(grown).mark_rule(color=theme.NEUTRAL).encode(alt.YDatum(0))
    told = above.transform_joinaggregate(low="min(growth)").transform_filter("datum.marked")
    percent = alt.Text("growth:Q").format(".0%")
    high = told.transform_filter("datum.growth > datum.low").mark_text(dy=-10, fontWeight="bold")
    low = told.transform_filter("datum.growth == datum.low").mark_text(dy=15, fontWeight="bold")
    year = alt.X("middle:T").title("Quarter (ticks at 1 January)")
    year = year.axis(format="%Y", tickCount="year")
    money = alt.Y("added:Q").title("Added over the year (USD billion)")
    below = base.encode(x=year, y=money.axis(**axis))
    amount = below.transform_filter("datum.marked && isValid(datum.added)")
    label = amount.mark_text(dy=-9, fontWeight="bold")
    label = label.encode(text=alt.Text("added:Q").format(".0f"))
    return _above_each_other(
        (zero + line + high.encode(text=percent) + low.encode(text=percent)).properties(height=130),
        (below.mark_bar(size=7) + label).properties(height=130),
    )


def growth_since(growth: pd.DataFrame) -> alt.FacetChart:
    """Growth of each cloud by year, the years after a turn and the newest quarter in other tones.

    growth: segment (one panel each), label (year or quarter, blank for an empty place), growth
    (fraction; missing where a definition changed), when.
    """
    when = list(growth["when"].unique())
    tones = [next(tone for name, tone in WHEN.items() if each.startswith(name)) for each in when]
    quarter = growth["when"] == "newest quarter"
    labels = (growth.loc[each, "label"].unique() for each in (~quarter, quarter))
    most = growth["growth"].max()
    scale = {"zero": True} | ({} if pd.isna(most) else {"domainMax": float(most) + 0.07})
    base = alt.Chart().encode(
        x=alt.X("label:O")
        .title("Year")
        .sort([name for each in labels for name in sorted(each, key=str.strip)])
        .axis(labelAngle=0, labelOverlap="parity"),
        y=alt.Y("growth:Q")
        .title("Growth on the year before")
        .axis(format="%", tickCount=4, grid=False)
        .scale(**scale),
    )
    bars = base.mark_bar().encode(color=alt.Color("when:N").scale(domain=when, range=tones))
    known = base.transform_filter("isValid(datum.growth)").mark_text(dy=-7, fontSize=11)
    label = known.encode(text=alt.Text("growth:Q").format(".0%"))
    gap = base.transform_filter("!isValid(datum.growth) && trim(datum.label) != ''")
    gap = gap.transform_calculate(none="'?'").mark_text(dy=-7, color=theme.MUTED)
    gap = gap.encode(alt.YDatum(0), alt.Text("none:N"))
    panel = alt.layer(bars, label, gap, data=growth).properties(height=theme.PANEL)
    return _panels(panel, growth, "segment")


def without_ai(parts: pd.DataFrame) -> alt.FacetChart:
    """Growth of a cloud by quarter, the points from AI above all else, a panel a definition.

    parts: definition (one panel each), quarter (label), kind, points (fraction).
    """
    whole = parts.groupby(["definition", "quarter"])["points"].transform("sum")
    most = {} if parts.empty else {"domainMax": float(whole.max()) + 0.05}
    growth = alt.Y("points:Q").title("Growth on the year before")
    growth = growth.axis(format="%", tickCount=4, grid=False)
    base = alt.Chart().encode(
        alt.X("quarter:O").title("Quarter").sort(None).axis(labelAngle=0, labelOverlap=False),
        growth.scale(zero=True, **most),
    )
    color = alt.Color("kind:N").scale(domain=list(GROWN), range=list(GROWN.values()))
    bars = base.mark_bar().encode(color, alt.Order("kind:N"))
    ai, rest = (base.transform_filter(alt.datum.kind == kind) for kind in GROWN)
    ai = ai.encode(alt.Y("whole:Q")).mark_text(dy=-7, color=theme.ORANGE, fontWeight="bold")
    rest = rest.mark_text(dy=12, color=theme.PAPER, fontWeight="bold")
    numbers = (each.encode(alt.Text("points:Q").format(".0%")) for each in (ai, rest))
    panel = alt.layer(bars, *numbers, data=parts.assign(whole=whole))
    return _panels(panel.properties(height=theme.PANEL), parts, "definition")


def market_shares(lines: pd.DataFrame) -> alt.LayerChart:
    """Shares of the market by quarter, a line for each seller and definition.

    lines: provider, quarter, share (fraction), definition.
    """
    quarter = alt.X("quarter:T").title("Quarter").axis(format="%Y", tickCount="year")
    base = alt.Chart().encode(
        quarter,
        alt.Y("share:Q").title("Share of revenue").axis(format="%").scale(zero=True),
        _named("provider", SELLERS),
        alt.Detail("definition:O"),
    )
    label = _ends(base, "provider", "quarter", "share", ".0%")
    lower = alt.expr("datum.provider == 'Google Cloud' ? 56 : 17")  # clear of its own line
    label = label.mark_text(align="right", dy=lower, fontWeight="bold").encode(alt.Text("end:N"))
    redrawn = alt.Chart().transform_filter("datum.definition > 0")
    redrawn = redrawn.transform_joinaggregate(begin="min(quarter)")
    redrawn = redrawn.transform_filter("datum.quarter == datum.begin")
    ends = {"low": "datum.share - 0.01", "high": "datum.share + 0.08"}  # of other lines it is clear
    redrawn = redrawn.transform_calculate(name="'Azure redefined'", **ends).encode(x=quarter)
    rule = redrawn.mark_rule(strokeDash=[3, 3], color=theme.NEUTRAL)
    rule = rule.encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    note = redrawn.mark_text(align="right", dx=-5, dy=4, color=theme.MUTED)
    note = note.encode(alt.Y("high:Q"), alt.Text("name:N"))
    return alt.layer(rule, note, base.mark_line(), base.mark_point(size=20), label, data=lines)


def margins(lines: pd.DataFrame, lives: pd.DataFrame) -> alt.VConcatChart:
    """Operating margin by year above, a line for each cloud and the newest quarter as a diamond;
    below, the life over which its owner writes off its servers, what holds for a part of them as a
    ring.

    lines: segment, year, margin (fraction), now (whether of the quarter). lives: company, year,
    life (years), part (whether it holds for a part of the servers).
    """
    kept = alt.Y("margin:Q").title("Operating income over revenue")
    both = alt.Chart(lines).encode(
        x=_year().axis(None),
        y=kept.axis(format="%", tickCount=5, minExtent=LEFT),
        color=_named("segment", OWNED),
    )
    base, now = (both.transform_filter(each) for each in ("!datum.now", "datum.now"))
    label = _ends(base, "segment", "year", "margin", ".0%")
    aws = "datum.segment == 'AWS'"  # below its line's end, the other left of its own
    ways = {"align": ("'center'", "'right'"), "dx": (8, -10), "dy": (18, 2)}
    place = {way: alt.expr(f"{aws} ? {one} : {other}") for way, (one, other) in ways.items()}
    label = label.mark_text(fontWeight="bold", **place)
    number = now.mark_text(align="left", dx=8, fontWeight="bold")
    number = number.encode(alt.Text("margin:Q").format(".0%"))
    newest = now.mark_point(shape="diamond", filled=True, size=90)
    newest = newest.properties(description="newest quarter") + number
    zero = alt.Chart(lines).mark_rule(color=theme.NEUTRAL).encode(alt.YDatum(0))
    ends = label.encode(alt.Text("end:N")) + newest
    above = zero + base.mark_line() + base.mark_point(size=24) + ends
    return _above_each_other(above.properties(height=210), _lives(lives).properties(height=110))


def _lives(lives: pd.DataFrame) -> alt.LayerChart:
    years = alt.Y("life:Q").title("Life of servers on the books (years)")
    years = years.scale(zero=True).axis(tickCount=3, minExtent=LEFT)
    base = alt.Chart(lives).encode(_year().axis(format="d"), years, _named("company", OWNED))
    whole, part = (base.transform_filter(each) for each in ("!datum.part", "datum.part"))
    step = whole.mark_line(interpolate="step-after")
    ring = part.mark_point(filled=False, size=70, strokeWidth=2)
    ring = ring.properties(description="for a part")
    word = part.transform_calculate(name="datum.company + ': ' + datum.life + ' for a part'")
    word = word.mark_text(align="right", dx=6, dy=46).encode(alt.Text("name:N"))
    first = whole.transform_joinaggregate(first="min(year)", groupby=["company"])
    first = first.transform_filter("datum.year == datum.first")
    place = alt.expr("datum.company == 'Amazon' ? -8 : 14")  # both begin at the same life
    name = first.mark_text(align="left", dx=4, dy=place, fontWeight="bold")
    return step + ring + word + name.encode(alt.Text("company:N"))


def spending(ratios: pd.DataFrame, turn: int) -> alt.FacetChart:
    """Spending for each dollar of cloud revenue by year, a panel with a scale of its own for each
    name, a line for each definition.

    ratios: name, year, ratio, definition (an older one is drawn thin and dashed). turn: the year
    that has its number, beside the newest.
    """
    newest = ratios.groupby("name")["definition"].transform("max")
    table = ratios.assign(old=ratios["definition"] < newest)
    years = [] if table.empty else [int(table["year"].min()), int(table["year"].max())]
    labels = {"format": "d", "tickMinStep": 1, "labelOverlap": "parity"}
    time = _year().axis(**labels, grid=False, domain=True)
    ratio = alt.Y("ratio:Q").title("USD per dollar of cloud sales")
    base = alt.Chart().encode(
        time.scale(zero=False, nice=False, domain=years) if years else time,
        ratio.scale(zero=True).axis(tickCount=4, grid=False),
        _named("name", SPENDERS),
        alt.Detail("definition:O"),
    )
    dash = alt.StrokeDash("old:N").scale(domain=[False, True], range=[[1, 0], [4, 3]])
    lines = base.encode(strokeDash=dash.legend(None)).mark_line()
    told = base.transform_filter("!datum.old").transform_joinaggregate(
        last="max(year)", groupby=["name"]
    )
    told = told.transform_filter(f"datum.year == datum.last || datum.year == {turn}")
    above = "datum.year == datum.last || datum.name == 'Microsoft'"  # clear of its dashed line
    place = alt.expr(f"{above} ? -10 : 17")
    aside = alt.expr(f"datum.name == 'Microsoft' && datum.year == {turn} ? -14 : 0")
    label = told.mark_text(dx=aside, dy=place, align="center", fontWeight="bold")
    label = label.encode(alt.Text("ratio:Q").format("$.2f"))
    older = base.transform_filter("datum.old").transform_joinaggregate(
        begin="min(year)", groupby=["name"]
    )
    older = older.transform_filter("datum.year == datum.begin")
    older = older.transform_calculate(word="'older definition'")
    older = older.mark_text(align="left", dy=16).encode(alt.Text("word:N"))
    panel = alt.layer(lines, base.mark_point(size=24), label, older, data=table)
    return _panels(panel.properties(height=theme.PANEL), table, "name")


def customers(parts: pd.DataFrame) -> alt.LayerChart:
    """What is under contract at each seller, the one known customer apart.

    parts: company, customer, kind ("one customer", "another", "all else"), value (USD billion),
    total, known (fraction).
    """
    base = alt.Chart().encode(y=rows.named_above(parts, "company"))
    bars = base.mark_bar(size=20, yOffset=rows.BELOW).encode(
        x=alt.X("value:Q").title("Under contract (USD billion)").axis(grid=False),
        color=_named("kind", CUSTOMERS),
        order=alt.Order("kind:N").sort("descending"),
    )
    one = base.transform_filter(alt.datum.kind == "one customer")
    valued = "datum.{0} + ' ' + format(datum.value, ',.0f')"
    inside = one.transform_calculate(words=valued.format("customer")).encode(alt.XDatum(0))
    other = base.transform_filter(alt.datum.kind == "another")  # its part is too thin for its name
    other = other.transform_calculate(
        words=valued.format("customer"), begin="datum.total * datum.known"
    )
    sums = base.transform_joinaggregate(whole="sum(value)", groupby=["company"])
    rest = sums.transform_filter(alt.datum.kind == "all else")
    begin = {"begin": "datum.whole - datum.value"}
    rest = rest.transform_calculate(words=valued.format("kind"), **begin).encode(alt.X("begin:Q"))
    words = [
        each.mark_text(align="left", dx=6, dy=rows.BELOW, color=theme.PAPER)
        for each in (inside, rest)
    ]
    total = one.transform_calculate(words="format(datum.total, ',.0f')").encode(alt.X("total:Q"))
    words.append(total.mark_text(align="left", dx=5, dy=rows.BELOW, fontWeight="bold"))
    words.append(other.encode(alt.X("begin:Q")).mark_text(align="left", dy=-3, color=theme.GOLD))
    drawn = bars, rows.names(base, "company"), *(each.encode(alt.Text("words:N")) for each in words)
    return alt.layer(*drawn, data=parts, height=theme.LABELLED_ROW)


def market_by_vintage(
    market: pd.DataFrame, path: pd.DataFrame, told: pd.DataFrame
) -> alt.LayerChart:
    """World spending on public cloud: each release thin, linked growth and the study's thick.

    market: year, vintage, value (USD billion). path and told: year, value, name (of the line).
    """
    value = alt.Y("value:Q").title("USD billion a year (log scale)")
    value = value.scale(type="log", nice=False, domainMin=100).axis(values=[100, 200, 400, 800])
    year = _year().axis(format="d")
    thin = alt.Chart(market).encode(year, value, alt.Detail("vintage:N"))
    counts = thin.mark_line(strokeWidth=1, color=theme.NEUTRAL)
    key = alt.Chart(market).transform_aggregate(vintages="count()")
    key = key.transform_calculate(name="'grey: one release each'")
    key = key.mark_text(align="left", color=theme.MUTED)
    counts += key.encode(alt.XValue(8), alt.YValue(14), alt.Text("name:N"))
    linked, study = (
        alt.Chart(table.assign(line=line)).encode(x=year, y=value).properties(description=line)
        for table, line in ((path, "run back"), (told, "the study"))
    )
    last = linked.transform_filter("datum.name != ''").mark_text(
        align="left", dx=10, dy=22, fontWeight="bold", color=theme.BLUE
    )
    first = study.transform_filter("datum.name != ''").mark_text(
        align="left", dx=34, dy=-2, fontWeight="bold", color=theme.ORANGE
    )
    names = last.encode(alt.Text("name:N")) + first.encode(alt.Text("name:N"))
    return counts + _thick(linked, theme.BLUE, [1, 0]) + _thick(study, theme.ORANGE, [5, 3]) + names


def _thick(base: alt.Chart, tone: str, dash: list[int]) -> alt.LayerChart:
    line = base.mark_line(strokeWidth=3, color=tone, strokeDash=dash)
    return line + base.mark_point(size=40, color=tone)


def _year() -> alt.X:
    return alt.X("year:Q").title("Year").scale(zero=False, nice=False)


def _ends(base: alt.Chart, name: str, time: str, value: str, form: str) -> alt.Chart:
    """The newest row of each line, with its name and value as `end`."""
    found = base.transform_joinaggregate(last=f"max({time})", groupby=[name])
    found = found.transform_filter(f"datum.{time} == datum.last")
    return found.transform_calculate(end=f"datum.{name} + ' ' + format(datum.{value}, '{form}')")


def _named(column: str, tones: dict[str, str]) -> alt.Color:
    scale = alt.Scale(domain=list(tones), range=list(tones.values()))
    return alt.Color(f"{column}:N").scale(scale).legend(None)


def _above_each_other(above: alt.LayerChart, below: alt.LayerChart) -> alt.VConcatChart:
    """Two charts over one axis of time."""
    return alt.vconcat(above, below).resolve_scale(x="shared")


def _panels(panel: alt.LayerChart, table: pd.DataFrame, by: str) -> alt.FacetChart:
    """A panel for each name, in the order of the table; the bare frame when there is none."""
    names = list(table[by].unique())
    if not names:
        return panel
    head = alt.Facet(f"{by}:N").sort(names).header(labelPadding=2)
    return panel.facet(head, columns=2).resolve_scale(x="independent", y="independent")
