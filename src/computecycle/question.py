"""The question as it stood on a date: what its inputs were, by whom, and what they give.

The requirement rests on NVIDIA's yearly data-centre run rate, which articles assume and filings
report (a quarter times four); of the two, the one that was published last counts. Actual AI
revenue is the sum over companies of what was last known of each, a run rate disclosed or reported,
or the round number that the articles assume. Tables in (as loaded), tables out.
"""

import pandas as pd

from computecycle import capex
from computecycle.errors import InputError
from computecycle.given import Given, derive
from computecycle.given import rows_of as given_rows

QUARTERS = 4  # a year's run rate is a quarter's revenue times four
MILLIONS = 1_000  # USD million in a USD billion
COUNTED = ["assumed", "run_rate"]  # yearly rates; recognised revenue of a past year is not one
CHAIN = ["gpu_run_rate", "datacenter_cost_multiple", "end_user_margin", "cloud_margin"]


def stated(statements: pd.DataFrame, **where: str) -> Given:
    """Return the one number that the rows with these cells state; ValueError when they are several.

    Of several rows the last published counts. A percentage is returned as a fraction.
    """
    rows = statements
    for column, cell in ({"bound": "value"} | where).items():
        rows = rows[rows[column] == cell]
    rows = rows[rows["known_from"] == rows["known_from"].max()]
    if len(rows) > 1:
        raise ValueError(
            f"{where} names {len(rows)} statements ({', '.join(rows.index)}); name one"
        )
    if rows.empty:
        return Given()
    share = 0.01 if rows["unit"].iloc[0] == "percent" else 1
    return Given(float(rows["value"].iloc[0]) * share, [rows])


def quarters(nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of quarterly data-centre revenue."""
    return nvidia[
        (nvidia["metric"] == "data_center_revenue") & (nvidia["period_type"] == "fiscal_quarter")
    ]


def run_rates(statements: pd.DataFrame, nvidia: pd.DataFrame) -> pd.DataFrame:
    """Return every statement of the yearly run rate: date, value (USD billion), kind, row.

    kind is "filed" (a quarter's data-centre revenue times four) or "told" (assumed in an article);
    the date is the day of publication.
    """
    filed = quarters(nvidia)
    filed = pd.DataFrame(
        {
            "date": filed["known_from"],
            "kind": "filed",
            "row": filed.index,
            "value": filed["value"] * QUARTERS / MILLIONS,
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


def newest(table: pd.DataFrame, **where: str) -> Given:
    """Return the number of the row with these cells that speaks of the latest time; of two, the
    one published last. A percentage is returned as a fraction; dates are written as ISO."""
    rows = table
    for column, cell in where.items():
        rows = rows[rows[column] == (pd.Timestamp(cell) if column == "date" else cell)]
    time = "date" if "date" in rows.columns else "period_end"
    rows = rows.sort_values([time, "known_from"], kind="stable").tail(1)
    if rows.empty:
        return Given()
    share = 0.01 if rows["unit"].iloc[0] == "percent" else 1
    return Given(float(rows["value"].iloc[0]) * share, [rows])


def year_of(given: Given) -> Given:
    """Return the last year of the period that a stated number speaks of."""
    if not given.known:
        return given
    return Given(float(given.rows[0]["period"].iloc[-1][-4:]), given.rows)


def filed_run_rate(nvidia: pd.DataFrame, period: str) -> Given:
    """Return the run rate of one filed quarter, named as "FY2025Q4" (USD billion a year)."""
    rows = quarters(nvidia)
    rows = rows[rows["period"] == period]
    if rows.empty:
        return Given()
    return Given(float(rows["value"].iloc[0]) * QUARTERS / MILLIONS, [rows])


def of_sources(table: pd.DataFrame, sources: list[str]) -> pd.DataFrame:
    """Return the rows of some sources."""
    return table[table["source"].isin(sources)]


def day_of(statements: pd.DataFrame, source: str) -> pd.Timestamp:
    """Return the day that a source was published; not a time (NaT) where it is not known yet."""
    return of_sources(statements, [source])["known_from"].min()


def listed(statements: pd.DataFrame, source: str) -> Given:
    """Return the sum of the companies in the first list of AI revenue that a document tells."""
    rows = of_sources(statements, [source])
    rows = rows[
        (rows["variable"] == "ai_revenue")
        & (rows["bound"] == "value")
        & (rows["entity"] != "AI industry")
    ]
    rows = rows[rows["period"] == rows["period"].min()]
    return Given(float(rows["value"].sum()), [rows]) if len(rows) else Given()


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
    return stated(newest, variable=variable)


def companies(ai_revenue: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that make up actual AI revenue: for each company what was last known."""
    rates = ai_revenue[ai_revenue["metric"].isin(COUNTED)]
    return rates.sort_values(["known_from", "date"], kind="stable").drop_duplicates(
        "company", keep="last"
    )


def revenue(ai_revenue: pd.DataFrame) -> Given:
    """Return actual AI revenue, a year (USD billion): the sum over `companies`."""
    rows = companies(ai_revenue)
    return Given(float(rows["value"].sum()), [rows]) if len(rows) else Given()


def assumed(ai_revenue: pd.DataFrame) -> Given:
    """Return the part of actual AI revenue that is assumed, not disclosed or reported."""
    counted = companies(ai_revenue)
    rows = counted[counted["metric"] == "assumed"]
    return Given(float(rows["value"].sum()), [rows]) if len(counted) else Given()


def known(tables: list[pd.DataFrame], date: pd.Timestamp) -> list[pd.DataFrame]:
    """Return the rows of tables that had been published by a date."""
    return [table[table["known_from"] <= date] for table in tables]


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
    given["ai_revenue"] = revenue(ai_revenue)
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
    return inputs(*known([statements, nvidia, ai_revenue], day))


def required(given: dict[str, Given]) -> Given:
    """Return the required revenue of some inputs (USD billion) with the rows of its chain."""
    return derive(capex.required_revenue, *(given[name] for name in CHAIN))


def path(statements: pd.DataFrame, nvidia: pd.DataFrame, ai_revenue: pd.DataFrame) -> pd.DataFrame:
    """Return required and actual revenue as they stood whenever something new was published.

    Columns: date, series ("required" by the filings, "actual", "required as the sources said"),
    value (USD billion), note (the source's number, for its own points).
    """
    rates = run_rates(original(statements), nvidia)
    rows = []
    for date in sorted(set(rates["date"]) | set(ai_revenue["known_from"])):
        stated_now, filed_now, revenue_now = known([statements, nvidia, ai_revenue], date)
        silent = stated_now[stated_now["variable"] != "gpu_run_rate"]
        given = inputs(silent, filed_now, revenue_now)
        if all(each.known for each in given.values()):
            rows.append({"date": date, "series": "required", "value": required(given).number})
            rows.append({"date": date, "series": "actual", "value": given["ai_revenue"].number})
    told = original(statements)
    told = told[told["variable"] == "required_revenue"]
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


def purchases(nvidia: pd.DataFrame, requirement_per_dollar: float) -> pd.DataFrame:
    """Return what each full fiscal year of GPU purchases requires: year, required (USD billion)."""
    rows = quarters(nvidia)
    year = rows["period"].str.slice(2, 6).astype(int)
    yearly = rows["value"].groupby(year).agg(["sum", "count"])
    full = yearly[yearly["count"] == QUARTERS]["sum"]
    return pd.DataFrame(
        {"year": full.index, "required": full.to_numpy() * requirement_per_dollar / MILLIONS}
    )


def asked(given: dict[str, Given]) -> dict[str, Given]:
    """Return the inputs; InputError where the question had not been put by the date."""
    missing = [name for name, each in given.items() if not each.known]
    if missing:
        raise InputError(
            f"As of this date nothing is known of {', '.join(missing)}; "
            "choose as_of 2023-09-20 or later, or set these parameters."
        )
    return given


def steps(cases: dict[str, dict[str, Given]]) -> pd.DataFrame:
    """Return the chain of several cases for a waterfall: date_label, layer, start, end, label.

    The last row of each case is the actual AI revenue, from zero. Cases without data are left out.
    """
    tables = []
    for date_label, given in cases.items():
        if not all(each.known for each in given.values()):
            continue
        layers = capex.layers(*(given[name].number for name in CHAIN))
        layers = layers[(layers["added"] != 0) | (layers["layer"] == layers["layer"].iloc[-1])]
        actual = given["ai_revenue"].number
        table = pd.DataFrame(
            {
                "layer": [*layers["layer"], "actual AI revenue"],
                "start": [*(layers["revenue"] - layers["added"]), 0.0],
                "end": [*layers["revenue"], actual],
            }
        )
        tables.append(table.assign(date_label=date_label))
    columns = ["date_label", "layer", "start", "end", "label"]
    if not tables:
        return pd.DataFrame(columns=columns)
    chain = pd.concat(tables, ignore_index=True)
    return chain.assign(label=chain["end"].map("{:,.0f}".format))[columns]


TELLINGS = {  # variable of the chain: its label, and how a number of it is printed
    "gpu_run_rate": ("GPU run rate", "{:,.0f}", "USD billion a year"),
    "datacenter_cost_multiple": ("cost per dollar of GPU", "{:.1f}", "dollars"),
    "end_user_margin": ("margin of the end user", "{:.0f}", "percent"),
    "cloud_margin": ("margin of the cloud", "{:.0f}", "percent"),
    "ai_revenue": ("AI revenue counted", "{:,.0f}", "USD billion a year"),
    "required_revenue": ("required revenue", "{:,.0f}", "USD billion"),
    "revenue_gap": ("gap", "{:,.0f}", "USD billion"),
}
LINKS = ["NVIDIA", "data centre", "end user", "cloud provider", "AI industry"]
NOT_TOLD = "not told"


def rows_of(*cases: dict[str, Given]) -> list[pd.DataFrame]:
    """Return the rows that the inputs of some cases rest on."""
    return given_rows([each for case in cases for each in case.values()])


def or_own(own: float | None, given: Given) -> Given:
    """Return the reader's number where there is one, else what the sources gave."""
    return given if own is None else Given(float(own))


def computed(number: float, rows: pd.DataFrame) -> Given:
    """Return a number that was computed from all of some rows; unknown where there are none."""
    return Given(float(number), [rows]) if len(rows) else Given()


def telling_rows(statements: pd.DataFrame, sources: list[str]) -> pd.DataFrame:
    """Return the rows in which some sources tell the chain."""
    return of_sources(statements[statements["variable"].isin(TELLINGS)], sources)


def tellings(statements: pd.DataFrame, sources: dict[str, str]) -> pd.DataFrame:
    """Return how documents tell the chain: variable, telling, value (as told), unit_text, differs.

    sources : source key to the name of the telling. Of one document the newest period counts; the
    counted revenue is the sum of the companies that it lists.
    """
    told = []
    for source, telling in sources.items():
        rows = statements[(statements["source"] == source) & (statements["bound"] == "value")]
        for variable, (label, form, unit) in TELLINGS.items():
            own = rows[(rows["variable"] == variable) & rows["entity"].isin(LINKS)]
            own = own.sort_values("period")["value"]
            number = own.iloc[-1] if len(own) else None
            if variable == "ai_revenue":
                number = listed(statements, source).number
            told.append(
                {
                    "variable": label,
                    "telling": telling,
                    "unit_text": unit,
                    "value": NOT_TOLD if pd.isna(number) else form.format(number),
                }
            )
    table = pd.DataFrame(told, columns=["variable", "telling", "value", "unit_text"])
    distinct = table.groupby("variable")["value"].transform("nunique")
    return table.assign(differs=distinct > 1)


def need(
    nvidia: pd.DataFrame, given: dict[str, Given], useful_life: float, first_charge: str
) -> Given:
    """Return what AI must earn in the last full fiscal year for all that was bought up to then.

    Unlike the required revenue of the articles it does not assume that as much is bought each year.
    """
    chain = {name: given[name] for name in CHAIN}
    per_dollar = derive(capex.required_revenue, 1.0, *(chain[name] for name in CHAIN[1:]))
    bought = purchases(nvidia, per_dollar.number)
    if bought.empty or not per_dollar.known:
        return Given()
    yearly = capex.vintage_need(bought, useful_life, first_charge)
    return Given(float(yearly["need"].iloc[-1]), [quarters(nvidia), *per_dollar.rows])


def purchase_growth(nvidia: pd.DataFrame) -> Given:
    """Return the growth of data-centre revenue over the last full fiscal year (fraction)."""
    bought = purchases(nvidia, 1.0)
    if len(bought) < 2:
        return Given()
    last, before = bought["required"].iloc[-1], bought["required"].iloc[-2]
    return Given(float(last / before - 1), [quarters(nvidia)])
