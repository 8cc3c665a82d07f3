"""The question as it stood on a date: what its inputs were, by whom, and what they give.

The requirement rests on NVIDIA's yearly data-centre run rate, which articles assume and filings
report (a quarter times four); of the two, the one that was published last counts. Tables in (as
loaded), tables out.
"""

import pandas as pd

from computecycle.evidence.errors import InputError
from computecycle.evidence.given import Given, computed, derive
from computecycle.evidence.given import rows_of as given_rows
from computecycle.quantities import ai_sales, documents, filings
from computecycle.quantities.capex_gap import chain, vintages

CHAIN = ["gpu_run_rate", "datacenter_cost_multiple", "end_user_margin", "cloud_margin"]


def run_rates(statements: pd.DataFrame, nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return every statement of the yearly run rate: date, value (USD billion), kind, row.

    kind is "filed" (a quarter's data-centre revenue times four) or "told" (assumed in an article);
    the date is the day of publication.
    """
    filed = filings.quarters(nvidia)
    filed = pd.DataFrame(
        {
            "date": filed["known_from"],
            "kind": "filed",
            "row": filed.index,
            "value": filed["value"] * filings.QUARTERS / filings.MILLIONS,
        }
    )
    told = statements[statements["variable"] == "gpu_run_rate"]
    told = pd.DataFrame(
        {
            "date": told["known_from"],
            "kind": "told",
            "row": told.index,
            "value": told["value"],
            "period": told["period"],
        }
    )
    latest = told.sort_values(["date", "period"]).drop_duplicates("date", keep="last")
    both = pd.concat([filed, latest.drop(columns="period")])
    return both.sort_values("date", kind="stable", ignore_index=True)


def original(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements of the two articles that put the question, not of their retellings."""
    return statements[statements["source"].str.startswith("sequoia")]


def run_rate(statements: pd.DataFrame, nvidia: pd.DataFrame) -> Given:
    """Return the yearly run rate that was published last (USD billion)."""
    rates = run_rates(original(statements), nvidia)
    if rates.empty:
        return Given()
    last = rates.iloc[-1]
    table = nvidia if last["kind"] == "filed" else statements
    return Given(float(last["value"]), [table.loc[[last["row"]]]])


def last_of(statements: pd.DataFrame, variable: str) -> Given:
    """Return what the articles last stated of a variable; a percentage as a fraction."""
    rows = original(statements)
    rows = rows[(rows["variable"] == variable) & (rows["bound"] == "value")]
    newest = rows[rows["known_from"] == rows["known_from"].max()]
    return documents.stated(newest, variable=variable)


def inputs(
    statements: pd.DataFrame,
    nvidia: pd.DataFrame,
    ai_revenue: pd.DataFrame,
    /,
    **own: float | None,
) -> dict[str, Given]:
    """Return the inputs of the chain: N, k, the margins, actual revenue.

    own : the reader's numbers by name; where None, what the tables give. The articles exclude the
    cloud's margin, so it is zero unless they state one.
    """
    given = {CHAIN[0]: run_rate(statements, nvidia)}
    given |= {name: last_of(statements, name) for name in CHAIN[1:]}
    given["ai_revenue"] = ai_sales.revenue(ai_revenue)
    if not given["cloud_margin"].known:
        given["cloud_margin"] = Given(0.0)
    return given | {
        name: Given(float(number)) for name, number in own.items() if number is not None
    }


def told(
    statements: pd.DataFrame, nvidia: pd.DataFrame, ai_revenue: pd.DataFrame, source: str
) -> dict[str, Given]:
    """Return the inputs as they stood on the day that a source was published; unknown before."""
    rows = statements[statements["source"] == source]
    day = rows["known_from"].min()
    return inputs(*documents.known([statements, nvidia, ai_revenue], day))


def by_filings(
    statements: pd.DataFrame, nvidia: pd.DataFrame, ai_revenue: pd.DataFrame, day: pd.Timestamp
) -> dict[str, Given]:
    """Return the inputs as they stood on a day, with the run rate filed, not forecast."""
    stated, filed, earned = documents.known([statements, nvidia, ai_revenue], day)
    return inputs(stated[stated["variable"] != "gpu_run_rate"], filed, earned)


def newest_day(nvidia: pd.DataFrame, ai_revenue: pd.DataFrame) -> pd.Timestamp:
    """Return the day on which the run rate or AI revenue was last published."""
    return max(filings.quarters(nvidia)["known_from"].max(), ai_revenue["known_from"].max())


def year_before(day: pd.Timestamp) -> pd.Timestamp:
    """Return the same day of the year before."""
    return day - pd.DateOffset(years=1)


def disclosed(ai_revenue: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return the AI revenue a year that had been disclosed or reported by a day (USD billion)."""
    (known,) = documents.known([ai_revenue], day)
    rows = ai_sales.companies(known)
    rows = rows[rows["metric"] != "assumed"]
    return computed(rows["value"].sum(), rows)


def recognised(ai_revenue: pd.DataFrame, company: str) -> tuple[Given, Given, pd.Timestamp]:
    """Return a company's revenue of the last year known, the yearly rate told at its end, and that
    day (USD billion)."""
    brought = documents.newest(ai_revenue, company=company, metric="annual_revenue")
    if not brought.known:
        return brought, Given(), pd.NaT
    day = brought.rows[0]["date"].iloc[0]
    return brought, documents.newest(ai_revenue, company=company, metric="run_rate", date=day), day


def required(given: dict[str, Given]) -> Given:
    """Return the required revenue of some inputs (USD billion) with the rows of its chain."""
    return derive(chain.required_revenue, *(given[name] for name in CHAIN))


def path(statements: pd.DataFrame, nvidia: pd.DataFrame, ai_revenue: pd.DataFrame) -> pd.DataFrame:
    """Return required and actual revenue as they stood whenever something new was published.

    Columns: date, series ("required" by the filings, "actual", "required as the sources said"),
    value (USD billion), note (the source's number, for its own points).
    """
    asked = original(statements)
    rates = run_rates(asked, nvidia)
    rows = []
    for date in sorted(set(rates["date"]) | set(ai_revenue["known_from"])):
        given = by_filings(asked, nvidia, ai_revenue, date)
        if all(each.known for each in given.values()):
            rows.append({"date": date, "series": "required", "value": required(given).number})
            rows.append({"date": date, "series": "actual", "value": given["ai_revenue"].number})
    told = asked[asked["variable"] == "required_revenue"]
    said = pd.DataFrame(
        {
            "date": told["known_from"],
            "series": "required as the sources said",
            "value": told["value"],
            "note": told["value"].map("{:,.0f}".format),
        }
    )
    ours = pd.DataFrame(rows, columns=["date", "series", "value"]).assign(note="")
    return pd.concat([ours, said[list(ours)]], ignore_index=True)


def short_days(path: pd.DataFrame) -> pd.Series:
    """Return for each day of a path whether the requirement by the filings exceeded the revenue."""
    ours = path[path["note"] == ""].pivot(index="date", columns="series", values="value")
    ours = ours.reindex(columns=["required", "actual"])
    return ours["required"] > ours["actual"]


def full_years(nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return the quarters of data-centre revenue of the fiscal years that are filed in full."""
    rows = filings.quarters(nvidia)
    year = rows["period"].str.slice(0, 6)
    return rows[year.map(year.value_counts()) == filings.QUARTERS]


def last_year(nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return the quarters of data-centre revenue of the last fiscal year that is filed in full."""
    rows = full_years(nvidia)
    year = rows["period"].str.slice(0, 6)
    return rows[year == year.max()]


def purchases(nvidia: pd.DataFrame, requirement_per_dollar: float) -> pd.DataFrame:
    """Return what each full fiscal year of GPU purchases requires: year, required (USD billion)."""
    rows = full_years(nvidia)
    yearly = rows["value"].groupby(rows["period"].str.slice(2, 6).astype(int)).sum()
    required = yearly.to_numpy() * requirement_per_dollar / filings.MILLIONS
    return pd.DataFrame({"year": yearly.index, "required": required})


def networking(nvidia: pd.DataFrame) -> tuple[Given, Given]:
    """Return the networking revenue last filed, and the data-centre revenue of its quarter that
    holds it, as run rates (USD billion a year)."""
    part = documents.newest(nvidia, metric="networking_revenue")
    if not part.known:
        return part, part
    whole = filings.filed_run_rate(nvidia, part.rows[0]["period"].iloc[0])
    return part * (filings.QUARTERS / filings.MILLIONS), whole


def asked(given: dict[str, Given]) -> dict[str, Given]:
    """Return the inputs; InputError where the question had not been put by the date."""
    missing = [name for name, each in given.items() if not each.known]
    if missing:
        raise InputError(
            f"As of this date nothing is known of {', '.join(missing)}; "
            "choose as_of 2023-09-20 or later, or set these parameters."
        )
    return given


def rows_of(*cases: dict[str, Given]) -> list[pd.DataFrame]:
    """Return the rows that the inputs of some cases rest on."""
    return given_rows([each for case in cases for each in case.values()])


def need(
    nvidia: pd.DataFrame, given: dict[str, Given], useful_life: float, first_charge: str
) -> Given:
    """Return what AI must earn in the last full fiscal year for all that was bought up to then.

    Unlike the required revenue of the articles it does not assume that as much is bought each year.
    """
    per_dollar = derive(chain.required_revenue, 1.0, *(given[name] for name in CHAIN[1:]))
    bought = purchases(nvidia, per_dollar.number)
    if bought.empty or not per_dollar.known:
        return Given()
    yearly = vintages.vintage_need(bought, useful_life, first_charge)
    return Given(float(yearly["need"].iloc[-1]), [full_years(nvidia), *per_dollar.rows])


def purchase_growth(nvidia: pd.DataFrame) -> Given:
    """Return the growth of data-centre revenue over the last full fiscal year (fraction)."""
    bought = purchases(nvidia, 1.0)
    if len(bought) < 2:
        return Given()
    last, before = bought["required"].iloc[-1], bought["required"].iloc[-2]
    return Given(float(last / before - 1), [full_years(nvidia)])
