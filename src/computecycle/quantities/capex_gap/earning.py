"""Who earns from AI: companies by layer, and what the model makers' accounts hold."""

import pandas as pd

from computecycle.evidence.given import Given, computed
from computecycle.quantities import ai_sales, documents, filings
from computecycle.quantities.capex_gap import need, question

LAYERS = {"Microsoft": "clouds", "Amazon": "clouds"}  # of those that disclose; others make models
COUNTED = ["OpenAI", "Anthropic", "Microsoft", "Amazon"]  # whose AI sales the chapter says it knows
SHORT = 0.3  # of the widest layer: a part below has no room for its name
NAMES = {
    "model makers": "Model makers, from their users",
    "clouds": "Clouds, in part from model makers",
    "assumed": "Assumed in the articles",
}


def layers(ai_revenue: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are counted with their layer: model makers, clouds, assumed."""
    rows = ai_sales.companies(ai_revenue)
    layer = rows["company"].map(LAYERS).fillna("model makers")
    return rows.assign(layer=layer.mask(rows["metric"] == "assumed", "assumed"))


def parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of a bar for each layer: layer, company, value, text, inside, kind, order.

    rows : as `layers` returns them. What is assumed is one part that says of how many companies.
    inside : whether a part has room for its text; the widest of a bar stand first.
    """
    known = rows[rows["layer"] != "assumed"].sort_values("value", ascending=False, kind="stable")
    table = known[["layer", "company", "value"]].assign(
        text=[f"{row.company} {row.value:.0f}" for row in known.itertuples()],
        inside=known["value"] >= SHORT * known.groupby("layer")["value"].sum().max(),
        kind="disclosed",
    )
    silent = rows[rows["layer"] == "assumed"]
    if len(silent):
        words = f"{len(silent)} companies {silent['value'].sum():.0f}"
        whole = ["assumed", words, silent["value"].sum(), words, True, "assumed"]
        table = pd.concat([table, pd.DataFrame([whole], columns=table.columns)], ignore_index=True)
    place = table["layer"].map({name: place for place, name in enumerate(NAMES)})
    table = table.loc[place.sort_values(kind="stable").index].reset_index(drop=True)
    return table.assign(layer=table["layer"].map(NAMES), order=range(len(table)))


def told_of(rows: pd.DataFrame) -> str:
    """Return the month of each number that was told, or in which it was told where it has a day, in
    words; rows : as `layers` returns them."""
    known = rows[rows["layer"] != "assumed"].sort_values("value", ascending=False, kind="stable")
    months = [
        f"{row.company} {'for' if row.date.is_month_end else 'in'} {row.date:%B %Y}"
        for row in known.itertuples()
    ]
    return f"As reported: {', '.join(months)}." if months else ""


def since(ai_revenue: pd.DataFrame, day: pd.Timestamp) -> str:
    """Return what was told of AI sales after a day, in words; empty where nothing was."""
    rows = ai_sales.companies(ai_revenue)
    rows = rows[(rows["known_from"] > day) & (rows["metric"] != "assumed")]
    told = [f"{row.company} {row.value:.0f} for {row.date:%B %Y}" for row in rows.itertuples()]
    return f"Reported since and not in these bars: {', '.join(told)}." if told else ""


def band(
    ai_revenue: pd.DataFrame, first: pd.Timestamp, day: pd.Timestamp, own: Given
) -> pd.DataFrame:
    """Return AI sales as known on each day from a first one to a last: date, low (those of model
    makers alone), high (those of clouds too).

    own : the sales of the last day, which take the place of what was told where a reader set them.
    """
    told = {first, day, *ai_revenue["known_from"]}
    days = sorted(each for each in told if first <= each <= day)
    makers = ai_revenue[~ai_revenue["company"].isin(LAYERS)]
    ends = [[known for known, _ in need.earned(each, days)] for each in (makers, ai_revenue)]
    table = pd.DataFrame({"date": days, "low": ends[0], "high": ends[1]}).dropna()
    if own.own:
        table.loc[table["date"] == day, ["low", "high"]] = own.number
    return table.reset_index(drop=True)


def a_year_before(ai_revenue: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return the AI sales disclosed by a day, each taken at the newest date until then; where a
    company told later what it had sold at such a date, that counts, so that growth is over a year.
    """
    (told,) = documents.known([ai_revenue], day)
    later = ai_revenue[ai_revenue["metric"] == "run_rate_year_before"]
    later = later[(later["date"] <= day) & later["company"].isin(told["company"])]
    rows = ai_sales.companies(pd.concat([told, later.assign(metric="run_rate")]))
    rows = rows[rows["metric"] != "assumed"]
    return computed(rows["value"].sum(), rows)


def told_later(ai_revenue: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return what companies of which nothing was disclosed by a day have told since that they sold
    by then (USD billion a year)."""
    rows = ai_revenue[ai_revenue["metric"] == "run_rate_year_before"]
    known = also_known(ai_revenue, day)["company"]
    rows = rows[(rows["date"] <= day) & ~rows["company"].isin(known)]
    return computed(rows["value"].sum(), rows)


def times(ai_revenue: pd.DataFrame, day: pd.Timestamp, before: pd.Timestamp, company: str) -> Given:
    """Return the AI sales of a company disclosed by a day as a multiple of those of a year before,
    by what it has told since where nothing was disclosed then."""
    rows = ai_revenue[ai_revenue["company"] == company]
    then = a_year_before(rows, before)
    return question.disclosed(rows, day) / (then if then.known else told_later(rows, before))


def by_quarter(labs: pd.DataFrame, names: list[str]) -> Given:
    """Return the sales of some labs in the last quarter that each has told, times four."""
    rows = labs[(labs["metric"] == "revenue") & (labs["period_type"] == "quarter")]
    rows = rows[rows["lab"].isin(names) & (rows["status"] == "actual")]
    rows = rows.sort_values("known_from", kind="stable").drop_duplicates(
        ["lab", "period"], keep="last"
    )
    last = filings.last_of_all(*(rows.loc[rows["lab"] == name, "period"] for name in names))
    rows = rows[rows["period"] == last]
    return computed(rows["value"].sum() * filings.QUARTERS, rows)


def ended(sales: Given) -> pd.Timestamp:
    """Return the last day of the period that some sales are of; NaT where they are unknown."""
    return sales.rows[0]["period_end"].max() if sales.known else need.NEVER


def carried_on(ai_revenue: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return all AI sales disclosed, those of companies that also told what they had sold a year
    before carried on to a day at the pace of that year."""
    rows = ai_sales.companies(ai_revenue)
    rows = rows[rows["metric"] != "assumed"]
    before = ai_revenue[ai_revenue["metric"] == "run_rate_year_before"]
    then = before.assign(date=before["date"] + need.YEAR)[["company", "date", "value"]]
    both = rows.merge(then, on=["company", "date"], suffixes=("", "_before"))
    years = (day - both["date"]).dt.days.clip(lower=0) / 365
    added = both["value"] * ((both["value"] / both["value_before"]) ** years - 1)
    behind = pd.concat([rows, before[before["company"].isin(both["company"])]])
    return computed(rows["value"].sum() + added.sum(), behind)


def also_known(ai_revenue: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows of the companies of which something was disclosed or reported by a day."""
    rows = ai_sales.companies(*documents.known([ai_revenue], day))
    return ai_revenue[ai_revenue["company"].isin(rows.loc[rows["metric"] != "assumed", "company"])]


def of_named(rows: pd.DataFrame) -> tuple[Given, Given]:
    """Return the AI sales of the companies in `COUNTED` (USD billion a year) and the least of
    them; unknown unless each tells some. rows : as `layers` returns them."""
    told = rows[(rows["layer"] != "assumed") & rows["company"].isin(COUNTED)]
    told = told if len(told) == len(COUNTED) else told.iloc[:0]
    return computed(told["value"].sum(), told), computed(told["value"].min(), told)


def planned_split(labs: pd.DataFrame, lab: str) -> tuple[float, Given]:
    """Return the last year for which a lab's plans for computing are told in two parts, and the
    part of inference in it; 0 and unknown where there is none."""
    names = ["inference_compute_spend", "research_compute_spend"]
    rows = labs[(labs["lab"] == lab) & labs["metric"].isin(names)]
    rows = rows[(rows["period_type"] == "year") & (rows["status"] == "projected")]
    last = filings.last_of_all(*(rows.loc[rows["metric"] == name, "period"] for name in names))
    inference, research = (
        documents.newest(rows[rows["period"] == last], metric=name) for name in names
    )
    return float(last or 0), inference / (inference + research)


def first_told(ai_revenue: pd.DataFrame, first: pd.Timestamp, day: pd.Timestamp) -> str:
    """Return the companies whose sales were first told after a first day, to a last one, with the
    months, in words; empty where there is none."""
    rows = ai_revenue[(ai_revenue["metric"] == "run_rate") & (ai_revenue["known_from"] <= day)]
    days = rows.groupby("company")["known_from"].min().sort_values(kind="stable")
    days = days[days > first]
    return ", ".join(f"{company} in {day:%B %Y}" for company, day in days.items())


def account(labs: pd.DataFrame, lab: str, metric: str) -> Given:
    """Return an actual number of a lab's last year of which total costs are known (USD billion)."""
    rows = labs[
        (labs["lab"] == lab) & (labs["status"] == "actual") & (labs["period_type"] == "year")
    ]
    year = rows.loc[rows["metric"] == "total_costs", "period"].max()
    rows = rows[(rows["period"] == year) & (rows["metric"] == metric)].tail(1)
    return computed(rows["value"].sum(), rows)


def hoped(labs: pd.DataFrame, lab: str, metric: str) -> Given:
    """Return what a lab expected of the year after the last whose actual number is told."""
    rows = labs[(labs["lab"] == lab) & (labs["metric"] == metric) & (labs["period_type"] == "year")]
    last = rows.loc[rows["status"] == "actual", "period_end"].max()
    ahead = rows[rows["period_end"] == last + pd.DateOffset(years=1)]
    return documents.newest(ahead, status="projected")


def years_of(given: Given) -> Given:
    """Return the number of years of a number told of several years together ("2026-2030")."""
    if not given.known:
        return Given()
    first, last = map(int, given.rows[0]["period"].iloc[0].split("-"))
    return Given(float(last - first + 1), given.rows)
