"""A chapter moves with its data: what rests on the newest row of a series rests on the next one
as soon as that is there, and names no quarter or year that has passed."""

import re

import pandas as pd
import pytest
import running
from house import REPOSITORY

from computecycle.evidence import data
from computecycle.notebook import notebooks

TOLD_ONCE = {"statements", "source_claims", "forecasts", "published_growth", "other_answers"}
ENDED = {"crypto_gpu_demand"}  # miners bought cards for Ethereum until 2022
JUDGED = {"forecasts", "outturns"}  # a forecast is judged by the time that it names
MONTHS = {"quarter": 3, "half": 6, "year": 12, "month": 1}
FORMS = {  # how tables write a period
    "quarter": r"(FY|TTM|)(\d{4})Q([1-4])",
    "half": r"()(\d{4})H([12])",
    "year": r"(FY|)(\d{4})()",
    "month": r"()(\d{4})-(\d\d)",
}
TIMES = ["period", "quarter"]  # columns that tell the time of a row
OTHER_TIMES = {"us_gdp": "year", "capex_guidance": "for_year"}
AMOUNTS = ["value", "low", "high"]
KEYS = {entry["name"]: entry["key"] for entry in data.descriptor()["resources"]}
NEW = 900_000  # lines from here on are those of added rows
STAY = {  # numbers that stand still, by chapter, and why
    "cloud": dict.fromkeys(
        [
            "Claim ai-added: aws_added",
            "Claim ai-came: low",
            "Claim ai-size: aws",
            "Claim ai-verdict: half",
            "Claim ai-verdict: least",
            "Claim ai-verdict: least_even",
            "Claim ai-verdict: whole",
            "Claim aws-ai-quarter: of_all",
            "Claim aws-rest: half",
            "Claim aws-rest: least",
            "Value aws-ai-even",
            "Value aws-ai-even-range",
            "Value aws-ai-part",
            "Value aws-without-ai-high",
            "Value aws-without-ai-low",
            "Value aws-without-ai-range",
        ],
        "AI is told of a day, in a table that the trial does not lengthen",
    )
    | {
        "Claim synergy-attributes: left": "Synergy said it once, of two years",
        "Claim synergy-attributes: part": "Synergy said it once, of two years",
        "Value growth-told": "a recount of the year before is a row of its own",
    },
    "ev_compute": {
        "Claim aim-asks-more: pace": "the pace is that of the growth that the page tells",
        "Claim fleet-grew: rides_now": "growth is counted to the quarter before one service fell",
        "Claim forecast-early: came": "a forecast for 2025 is judged by 2025",
        "Claim study-packs: forecast": "the study repeats the forecast of 2023",
        "Claim study-packs: needed": "the trial does not lengthen the table of consumer prices",
        "Value pack-needed": "the trial does not lengthen the table of consumer prices",
        "Value pace-rides": "the pace is that of the growth that the page tells",
        "Value fleet-rides-to": "growth is counted to the quarter before one service fell",
        "Value rides-times": "growth is counted to the quarter before one service fell",
    },
    "capex_gap": dict.fromkeys(
        [
            "Claim plans-ahead: high",
            "Claim plans-ahead: low",
            "Value plans-high",
            "Value plans-low",
        ],
        "in the trial the others file a year more than Microsoft, whose quarters tell its leases",
    ),
    "proof_of_work": dict.fromkeys(
        [
            "Claim peak-made: cambridge",
            "Claim peak-made: mean",
            "Value peak-year",
        ],
        "the year of the peak that the study gives",
    ),
    "scorecard": {
        "Claim plans-outspent: came": "Oracle's plan that was a floor is judged by its own year",
        "Claim plans-outspent: floor": "Oracle's plan that was a floor is judged by its own year",
        "Claim plans-outspent: floor_error": "a floor of one year is judged by that year",
        "Value plan-floor-year": "Oracle's plan that was a floor is judged by its own year",
        "Claim openai-on-way: aimed": "the first report of an aim stays the first",
        "Value openai-aim-told": "the first report of an aim stays the first",
    },
    "adoption_and_markets": {
        "Claim answers-apart: low": "another survey is the lowest when each has grown",
        "Value answer-lowest": "another survey is the lowest when each has grown",
    },
}


def form_of(period: str) -> str:
    """How a period is written, or an empty text where it is written otherwise."""
    return next((form for form, text in FORMS.items() if re.fullmatch(text, period)), "")


def following(period: str) -> str:
    """The period after one, written alike."""
    form = form_of(period)
    kind, year, part = re.fullmatch(FORMS[form], period).groups()
    in_year = 12 // MONTHS[form]
    number = int(year) * in_year + (int(part) if part else 1)  # counts from 0: the next one
    year, place = divmod(number, in_year)
    end = {
        "quarter": f"Q{place + 1}",
        "half": f"H{place + 1}",
        "year": "",
        "month": f"-{place + 1:02}",
    }
    return f"{kind}{year}{end[form]}"


@pytest.mark.parametrize(
    ("period", "next_one"),
    [("2026Q2", "2026Q3"), ("FY2026Q4", "FY2027Q1"), ("TTM2025Q4", "TTM2026Q1"), ("2025", "2026"),
     ("FY2026", "FY2027"), ("2026-12", "2027-01"), ("2026-05", "2026-06"), ("2025H2", "2026H1")],
)  # fmt: skip
def test_the_period_after_one(period, next_one):
    assert following(period) == next_one


def next_row(row: pd.Series, column: str, day: pd.Timestamp) -> pd.Series:
    """What would come after a row: a tenth more, a period later, known on a day."""
    period = following(str(row[column]))
    months = MONTHS[form_of(period)]
    later = {name: row[name] + pd.offsets.MonthEnd(months) if name == "period_end"
             else row[name] + pd.DateOffset(months=months)
             for name in ("period_start", "period_end") if name in row}  # fmt: skip
    later[column] = type(row[column])(period)
    if row.get("release") == row[column]:
        later["release"] = period
    more = {name: row[name] * 1.1 for name in AMOUNTS if name in row}
    return pd.Series({**row, **later, **more, "known_from": day})


def lengthened(table: str, rows: pd.DataFrame, day: pd.Timestamp) -> tuple[pd.DataFrame, set[str]]:
    """A table with the next two rows of each of its series, of which a year may want both; and the
    places of the newest rows before."""
    column = OTHER_TIMES.get(table) or next((each for each in TIMES if each in rows), "")
    still = table in TOLD_ONCE | ENDED or not column or not {*AMOUNTS} & {*rows}
    if still or rows.empty:
        return rows, set()
    forms = rows[column].astype(str).map(form_of)
    series = [each for each in KEYS[table] if each not in (column, "release")]
    known = rows.assign(form=forms + rows[column].astype(str).str.extract(r"^(FY|TTM|)")[0])[
        forms != ""
    ]
    newest = known.sort_values([column, "known_from"]).groupby([*series, "form"], dropna=False)
    last = rows.loc[newest.tail(1).index]
    if last.empty:
        return rows, set()
    first = pd.DataFrame([next_row(row, column, day) for _, row in last.iterrows()])
    second = pd.DataFrame([next_row(row, column, day) for _, row in first.iterrows()])
    added = pd.concat([first, second])
    added.index = [f"data/{table}.csv:{NEW + line}" for line in range(len(added))]
    longer = pd.concat([rows, added.astype(rows.dtypes.to_dict())])
    longer.attrs = rows.attrs
    return longer, set(last.index)


def numbers(said: list) -> dict[str, set[str]]:
    """The rows behind each value and figure, and each number that a claim's condition alone has."""
    kept = {f"{type(one).__name__} {one.id}": one.rows for one in said if hasattr(one, "rows")}
    for one in said:
        for each in getattr(one, "others", []):
            kept[f"Claim {one.id}: {each['name']}"] = each["rows"]
    return {name: {place for row in rows for place in row["rows"]} for name, rows in kept.items()}


def rows_of(places: set[str], tables: set[str]) -> set[str]:
    """The places that lie in some tables."""
    return {place for place in places if place.split("/")[1].split(".csv")[0] in tables}


def added(places: set[str]) -> set[str]:
    """The places of rows that were added."""
    return {place for place in places if int(place.split(":")[1]) >= NEW}


def with_later_rows(name: str) -> tuple[list, set[str]]:
    """What a chapter says when each series of its tables has two rows more."""
    load, newest = data.Package.load, set()
    day = max(
        each["known_from"] for one in running.edition(name) for each in getattr(one, "rows", [])
    )

    def loaded(package, asked):
        rows, last = lengthened(asked, load(package, asked), pd.Timestamp(day))
        newest.update(last)
        return rows

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data.Package, "load", loaded)
        said, failure = running.run(name, {}, whole=True)
    assert not failure
    return said, newest


@pytest.mark.parametrize("name", notebooks.names(REPOSITORY))
def test_what_rests_on_the_newest_row_moves_to_a_newer_one(name):
    said, newest = with_later_rows(name)
    after = numbers(said)
    behind = {
        number
        for number, rows in numbers(running.edition(name)).items()
        if rows & newest and not rows_of(rows, JUDGED) and not added(after[number])
    }
    assert sorted(behind) == sorted(STAY.get(name, {}))
