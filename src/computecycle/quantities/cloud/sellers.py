"""Who sells the cloud: revenue, growth, margin, what is spent and what is promised.

Money comes out in billions of the unit of the row, rates as fractions. A company's growth is
computed within one definition (`scope`) of its segment, never across two.

    margin             operating income over revenue
    spending ratio     capital expenditure of the whole company over revenue of its cloud
    additions          buildings and machines added in one segment over its revenue
"""

import pandas as pd

from computecycle.evidence.given import Given, computed, derive
from computecycle.quantities import choices, filings, growth

MILLIONS = 1_000  # USD million in a USD billion
SPAN = 5 / filings.QUARTERS  # years between the two quarters for which Microsoft told its AI
COMPANIES = {  # company: its cloud
    "Amazon": "AWS",
    "Microsoft": "Intelligent Cloud",
    "Alphabet": "Google Cloud",
    "Alibaba": "Alibaba Cloud",
}
ALONE = "AWS alone"
SPENDERS = {"Amazon": "", "Microsoft": "FY", "Alphabet": ""}  # and how their years are written
YEARS = ["calendar_year", "fiscal_year"]
QUARTERS = ["quarter", "fiscal_quarter"]
SHORT = "\N{RIGHT SINGLE QUOTATION MARK}"  # before the last two digits of a year
APART = " "  # the empty place between the years and the newest quarter
OBLIGATIONS = "remaining_performance_obligations"
BACKLOGS = {  # seller: what it says is under contract (business, measure), and the customer known
    "Microsoft": ("commercial", f"commercial_{OBLIGATIONS}", "OpenAI"),
    "Oracle": ("all", OBLIGATIONS, "OpenAI"),
    "Alphabet": ("mostly Google Cloud", OBLIGATIONS, "Anthropic"),
    "Amazon": ("AWS", "backlog", "OpenAI"),
}


def periods(
    filed: pd.DataFrame, segment: str, metric: str = "revenue", types: list[str] = YEARS
) -> pd.DataFrame:
    """Return a segment's rows of a metric by year or quarter, oldest first, a later scope last."""
    own = (filed["metric"] == metric) & (filed["segment"] == segment)
    rows = filed[own & filed["period_type"].isin(types)]
    return rows.sort_values(["period_end", "known_from"], kind="stable")


def revenue(filed: pd.DataFrame, segment: str, period: str, metric: str = "revenue") -> Given:
    """Return a segment's revenue in a year or quarter by its newest definition (billion)."""
    rows = periods(filed, segment, metric, YEARS + QUARTERS)
    rows = rows[rows["period"] == period].tail(1)
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def pair(filed: pd.DataFrame, segment: str, first: str, last: str) -> tuple[Given, Given]:
    """Return revenue in two periods within one definition, the newest that has both (billion)."""
    rows = periods(filed, segment, types=YEARS + QUARTERS)
    told = set(zip(rows["scope"], rows["period"], strict=True))
    scopes = [
        each for each in dict.fromkeys(rows["scope"]) if {(each, first), (each, last)} <= told
    ]
    if not scopes:
        return Given(), Given()
    own = rows[rows["scope"] == scopes[-1]]
    both = (own[own["period"] == each] for each in (first, last))
    start, end = (Given(float(each["value"].iloc[0]) / MILLIONS, [each]) for each in both)
    return start, end


def year_before(period: str, years: int = 1) -> str:
    """Return the period so many years before, in the same form ("FY2020", "2026Q1")."""
    name, quarter = (period[:-2], period[-2:]) if period[-2] == "Q" else (period, "")
    return f"{name[:-4]}{int(name[-4:]) - years}{quarter}"


def growth_into(filed: pd.DataFrame, segment: str, period: str, years: int = 1) -> Given:
    """Return a segment's yearly growth into a period, over one or more years (fraction)."""
    first, last = pair(filed, segment, year_before(period, years), period)
    return derive(growth.annual_growth, first, last, float(years))


def last_year(filed: pd.DataFrame, segment: str) -> str:
    """Return the last year of a segment's revenue ("2024", "FY2024"); empty where none is known."""
    rows = periods(filed, segment)
    return str(rows["period"].iloc[-1]) if len(rows) else ""


def growth_since(filed: pd.DataFrame, segment: str, first: str, years: int) -> Given:
    """Return a segment's yearly growth since a year, over so many years or as many as are filed."""
    last = last_year(filed, segment)
    over = min(years, int(last[-4:]) - int(first[-4:])) if last else 0
    end = year_before(first, -over)
    return growth_into(filed, segment, end, over) if over > 0 else Given()


def growth_by_year(filed: pd.DataFrame, first: int, turn: int) -> pd.DataFrame:
    """Return the growth of each cloud by year since one, and into the newest quarter where that
    ended after the last year: segment, label (short), growth (fraction; missing where a definition
    changed), when ("up to <turn>", "after <turn>", "newest quarter"). An empty place parts the
    quarter from the years."""
    found = []
    for segment in COMPANIES.values():
        years = periods(filed, segment)
        for name in dict.fromkeys(years["period"]):
            when = f"after {turn}" if int(name[-4:]) > turn else f"up to {turn}"
            if int(name[-4:]) >= first:
                rate = growth_into(filed, segment, name).number
                found.append((segment, f"{name[:-4] or SHORT}{name[-2:]}", rate, when))
        newest = periods(filed, segment, types=QUARTERS).tail(1)
        for name, end in newest[["period", "period_end"]].itertuples(index=False):
            if end > years["period_end"].max():
                rate = growth_into(filed, segment, name).number
                found.append((segment, APART, float("nan"), "newest quarter"))
                found.append((segment, f"Q{end.quarter} {SHORT}{end:%y}", rate, "newest quarter"))
    table = pd.DataFrame(found, columns=["segment", "label", "growth", "when"])
    known = table["growth"].notna().groupby(table["segment"]).cummax()  # from the first known on
    return table[known | (table["label"] == APART)]


def faster(filed: pd.DataFrame, turn: int) -> Given:
    """Return at how many of the clouds growth into the last year filed is above that into a year;
    unknown where one has filed no later year or has no growth."""
    count = Given(0.0)
    for segment in COMPANIES.values():
        last = last_year(filed, segment)
        if not last or int(last[-4:]) <= turn:
            return Given()
        slow, late = (growth_into(filed, segment, each) for each in (f"{last[:-4]}{turn}", last))
        count += derive(lambda before, after: float(after > before), slow, late)
    return count


def margin(filed: pd.DataFrame, segment: str, period: str) -> Given:
    """Return a segment's operating income over its revenue in a year (fraction)."""
    income = revenue(filed, segment, period, "operating_income")
    return income / revenue(filed, segment, period)


def margins(filed: pd.DataFrame, segments: list[str], first: int) -> pd.DataFrame:
    """Return margins by year since one, as the newest way of counting the income has them:
    segment, year, margin (fraction)."""
    found = []
    for segment in segments:
        rows = periods(filed, segment, "operating_income")
        rows = rows[rows["scope"].isin(rows["scope"].tail(1))]
        for period, income in rows[["period", "value"]].itertuples(index=False):
            sales = revenue(filed, segment, period).number * MILLIONS
            found.append((segment, int(period[-4:]), income / sales))
    table = pd.DataFrame(found, columns=["segment", "year", "margin"])
    return table[table["year"] >= first].dropna(subset="margin")


def spending(filed: pd.DataFrame, financials: pd.DataFrame, company: str, year: int) -> Given:
    """Return a company's capital expenditure over the revenue of its cloud in a year."""
    period = f"{SPENDERS[company]}{year}"
    rows = financials[(financials["company"] == company) & (financials["metric"] == "capex")]
    rows = rows[rows["period"] == period]
    spent = Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()
    return spent / revenue(filed, COMPANIES[company], period)


def additions(filed: pd.DataFrame, segment: str, year: int) -> Given:
    """Return the buildings and machines added in a segment over its revenue in a year."""
    added = revenue(filed, segment, str(year), "property_additions")
    return added / revenue(filed, segment, str(year))


def spending_by_year(filed: pd.DataFrame, financials: pd.DataFrame, first: int) -> pd.DataFrame:
    """Return `spending` by year since one, up to the last that all have filed, and `additions` of
    AWS: name, year, ratio, definition of the cloud (0 is the oldest); a year under two definitions
    has a row for each."""
    capex = filings.yearly(financials, "capex")
    found = []
    for company in SPENDERS:
        rows = periods(filed, COMPANIES[company])
        sales = pd.DataFrame(
            {
                "company": company,
                "year": rows["period"].str[-4:].astype(int),
                "sales": rows["value"] / MILLIONS,
                "definition": pd.factorize(rows["scope"])[0],
            }
        )
        both = sales.merge(capex, on=["company", "year"])
        found.append(both.assign(ratio=both["value"] / both["sales"], name=company))
    last = pd.Series([each["year"].max() for each in found]).min()
    found = [each[each["year"] <= last] for each in found]
    for year in periods(filed, "AWS", "property_additions")["period"].astype(int):
        ratio = additions(filed, "AWS", year).number
        found.append(pd.DataFrame([{"name": ALONE, "year": year, "ratio": ratio, "definition": 0}]))
    table = pd.concat(found, ignore_index=True)
    return table.loc[table["year"] >= first, ["name", "year", "ratio", "definition"]]


def lives(changes: pd.DataFrame, company: str, first: int, last: int) -> pd.DataFrame:
    """Return the life over which a company writes off its servers from one year to another, a row
    for each change and for both ends: year, life (years), part (whether it holds for a part)."""
    rows = changes[(changes["company"] == company) & changes["asset"].str.contains("servers")]
    rows = rows.drop_duplicates(["asset", "effective_from"]).sort_values("effective_from")
    if rows.empty:
        return pd.DataFrame(columns=["year", "life", "part"])
    part = rows["asset"].str.startswith("subset").to_numpy()
    life = rows["years_after"].to_numpy()
    return pd.DataFrame(
        {
            "year": [first, *rows["effective_from"].dt.year, last],
            "life": [rows["years_before"].iloc[0], *life, life[~part][-1]],
            "part": [False, *part, False],
        }
    )


def effect_of_life(changes: pd.DataFrame, company: str, year: int) -> Given:
    """Return what a company expected a new life of its servers to add to its operating income in a
    year (USD billion)."""
    rows = changes[(changes["company"] == company) & (changes["effect_period"] == str(year))]
    rows = rows[(rows["effect_on"] == "operating_income_expected") & (rows["asset"] == "servers")]
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def smallest_cut(changes: pd.DataFrame, company: str) -> Given:
    """Return the change of a year's depreciation that came nearest to a rise, of those that a
    longer life of servers was told to have brought (USD billion)."""
    rows = changes[(changes["company"] == company) & (changes["asset"] == "servers")]
    rows = rows[rows["years_after"] > rows["years_before"]]
    rows = rows[rows["effect_on"] == "depreciation_and_amortization"]
    return computed(float(rows["value"].max()) / MILLIONS, rows)


def free_cash(flows: pd.DataFrame, company: str, period: str) -> Given:
    """Return a company's free cash flow in a period, as it defines it (USD billion)."""
    rows = flows[(flows["company"] == company) & (flows["measure"] == "free_cash_flow")]
    rows = rows[rows["period"] == period].tail(1)
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


# Where AI shows


def ai_pace(told: pd.DataFrame, company: str, day: str) -> Given:
    """Return the yearly pace of AI revenue that a company told of a day (USD billion a year)."""
    rows = told[(told["company"] == company) & (told["metric"] == "run_rate")]
    rows = rows[rows["date"] == pd.Timestamp(day)].tail(1)
    return Given(float(rows["value"].iloc[0]), [rows]) if len(rows) else Given()


def pace(filed: pd.DataFrame, segment: str, period: str) -> Given:
    """Return four times the revenue of a quarter (billion a year)."""
    return revenue(filed, segment, period) * 4.0


def growth_of_rest(then: tuple[Given, Given], now: tuple[Given, Given], taken_out: float) -> Given:
    """Return the yearly growth of a cloud without its AI: `then` and `now` are its pace and that
    of its AI (USD billion a year), `taken_out` the part of the AI that is left out."""
    rests = (whole - of_ai * taken_out for whole, of_ai in (then, now))
    return derive(growth.annual_growth, *rests, SPAN)


def rests_at(
    then: tuple[Given, Given], now: tuple[Given, Given], points: pd.DataFrame
) -> pd.DataFrame:
    """Return `growth_of_rest` (`microsoft-without-ai`) at each part that is taken out
    (`ai_counted`)."""

    def ask(ai_counted: float) -> dict[str, float]:
        return {"microsoft-without-ai": growth_of_rest(then, now, ai_counted).number}

    return choices.answered(points, ask)


def ai_parts(clouds: dict[str, tuple[Given, Given]]) -> pd.DataFrame:
    """Return pace and AI's pace of clouds, by name, as parts: cloud, kind ("AI", "the rest", or
    "AI not told"), value (USD billion a year), share (of AI, a fraction, or missing)."""
    found = []
    for name, (whole, of_ai) in clouds.items():
        share = (of_ai / whole).number
        if of_ai.known:
            found.append((name, "AI", of_ai.number, share))
            found.append((name, "the rest", (whole - of_ai).number, share))
        else:
            found.append((name, "AI not told", whole.number, share))
    return pd.DataFrame(found, columns=["cloud", "kind", "value", "share"]).dropna(subset="value")


# What is under contract


def under_contract(backlog: pd.DataFrame, company: str, quarter: str) -> Given:
    """Return what a seller says is under contract at the end of a quarter (USD billion)."""
    business, measure, _ = BACKLOGS[company]
    rows = backlog[(backlog["company"] == company) & (backlog["quarter"] == quarter)]
    rows = rows[(rows["business"] == business) & (rows["measure"] == measure)]
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def short_contracts(backlog: pd.DataFrame, company: str, quarter: str) -> Given:
    """Return the contracts of a year or less in what a seller says is under contract, where it did
    not count them before (USD billion)."""
    rows = backlog[(backlog["company"] == company) & (backlog["quarter"] == quarter)]
    rows = rows[rows["measure"] == "obligations_of_a_year_or_less"]
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def of_customer(backlog: pd.DataFrame, company: str, quarter: str) -> Given:
    """Return the contract of a seller's one known customer, as the press tells it (USD billion)."""
    customer = BACKLOGS[company][2].lower()
    rows = backlog[(backlog["company"] == company) & (backlog["quarter"] == quarter)]
    rows = rows[rows["measure"] == f"contract_of_{customer}"]
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()


def customers(backlog: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Return what is under contract, seller by seller: company, customer, kind ("one customer",
    "all others"), value (USD billion), total, known (the customer's part of it, a fraction)."""
    found = []
    for company, (_, _, customer) in BACKLOGS.items():
        total = under_contract(backlog, company, quarter).number
        one = of_customer(backlog, company, quarter).number
        for kind, value in (("one customer", one), ("all others", total - one)):
            found.append((company, customer, kind, value, total, one / total))
    columns = ["company", "customer", "kind", "value", "total", "known"]
    table = pd.DataFrame(found, columns=columns).dropna()
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)


# The small


def small(neoclouds: pd.DataFrame, filed: pd.DataFrame) -> pd.DataFrame:
    """Return quarterly revenue of the renters of GPUs that file it, and of Oracle's infrastructure
    beside them: company, quarter (its last day), revenue (USD billion), beside (Oracle's quarter
    that ended last before CoreWeave's newest, where Oracle has told a later one)."""
    rows = neoclouds[(neoclouds["metric"] == "revenue") & (neoclouds["period_type"] == "quarter")]
    rows = rows[rows["company"].isin(["CoreWeave", "Nebius"])]
    oracle = periods(filed, "Oracle Cloud Infrastructure", types=QUARTERS)
    both = pd.concat([oracle.assign(company="Oracle infrastructure"), rows])
    table = both[["company", "period_end"]].rename(columns={"period_end": "quarter"})
    table = table.assign(revenue=both["value"] / MILLIONS).sort_values("quarter", kind="stable")
    until = table.loc[table["company"] == "CoreWeave", "quarter"].max()
    quarters = table.loc[table["company"] == "Oracle infrastructure", "quarter"]
    last = quarters[quarters <= until].max()
    beside = (table["company"] == "Oracle infrastructure") & (table["quarter"] == last)
    return table.assign(beside=beside & (last < quarters.max()))


def small_in(neoclouds: pd.DataFrame, company: str, metric: str, period: str) -> Given:
    """Return one number of a renter of GPUs (USD billion)."""
    rows = neoclouds[(neoclouds["company"] == company) & (neoclouds["metric"] == metric)]
    rows = rows[rows["period"] == period]
    return Given(float(rows["value"].iloc[0]) / MILLIONS, [rows]) if len(rows) else Given()
