"""From when each row was known: not before its period, nor before the page that tells it."""

import calendar
import csv
import re
from collections import defaultdict
from datetime import date, datetime

import pytest
from cases import each

from computecycle.evidence import data

TABLES = {entry["name"]: entry for entry in data.descriptor()["resources"]}
DATES = ["2023-09-30", "2024-06-30", "2024-12-31", "2025-03-31", "2025-12-31"]
ACCESS = "2026-11-28"  # day on which pages were read
BOUND = "out by then"  # in the note of a row that is known from a day by which its page was out
FIRST = "first told on this day"  # of a row that was read in a document of later
RECALLED = "day recalled"
RULE = "neither that of a source of the table nor in the address or the row"
LATE = 100  # days after which a document tells what is no news of its day
PERIODS = [  # columns that say when what a row tells happened
    "announced",
    "date",
    "day",
    "launch_date",
    "measured_on",
    "model_date",
    "period_end",
    "published",
    "released",
    "year",
]
AHEAD = {  # rows that look ahead of the day on which they were known, and why they may
    "ai_adoption": ("survey", "Eurostat isoc_eb_ai", "asks in the spring, publishes in December"),
    "battery_prices": ("series", "BloombergNEF", "surveys a year in its last weeks"),
    "battery_volume": ("publisher", "BloombergNEF", "surveys a year in its last weeks"),
    "cloud_spending": ("status", "forecast estimate", "the year in which it is made is estimated"),
    "crypto_gpu_demand": ("metric", "mining_processor_revenue_expected", "the company expects it"),
    "ethereum_hash_rate": ("period", "2022-09", "ended for the network on the 15th of the month"),
    "nvidia_results": ("metric", "revenue_guidance", "what the company expects"),
    "lab_accounts": ("status", "projected announced", "what is expected, or closes later"),
    "vehicle_chips_public": ("status", "announced estimated", "the year that the maker planned"),
}
SERIES = {  # one entry for several documents, dated as the newest of them
    "itu_facts_figures",
    "microsoft_10k",
    "nvidia_filings",
    "zitron_openai2026",
    "oracle_10k",
}
QUOTES = {  # tells, up to so many days later, what was announced on the day in `known_from`
    "afp_2025q2": 51,  # names the shares that the press had told in August
    "alphabet_10k": 364,
    "alphabet_10k_2017": 737,  # an annual report prints the two years before
    "alphabet_10k_2025": 737,
    "allinfo_atlan": 2,
    "amazon_release_2026": 462,  # a release prints the year before
    "nasdaq_amd2024": 1,
    "campus_cloud2012": 13,
    "cnbc_amazon2025q3": 91,  # names the estimate of the call before
    "cointelegraph_nifty2025": 1,  # dates the report that it quotes
    "core_scientific_2024_05": 2,
    "core_scientific_2024q2": 1,
    "fool_microsoft_call": 6,
    "fool_oracle_call_2027q1": 1,  # of a call in the evening
    "fortune_openai2025": 2,
    "openai_cfo2026": 709,  # tells the two years before, the first of which the press had told
    "platformonomics2025": 2,
    "facebook_release_2015q4": 364,
    "facebook_release_2018q4": 364,
    "futurum": 1,
    "reuters_gaudi2024": 1,
    "itreseller_2022q4": 25,
    "meta_10k": 729,
    "meta_release_2021q4": 371,
    "register_mdc810": 1007,  # tells a launch of April 2021
    "register_amazon2024": 1,
    "publickey_2022q2": 7,
    "siliconrepublic2024": 1,
    "setenews_oracle2026q4": 1,  # of a call in the evening
    "softbank_stargate2025": 1,  # the day of Tokyo
    "straitstimes_oracle2025": 3,
    "tdsynnex_2023q3": 41,  # retells a release of the 26th of October
    "synergy_2021q4": 6,  # a reprint of a release of the 3rd of February
    "techcrunch_2021q4": 1,
    "techcrunch_coreweave2025": 1,
    "talpes_fsd2020": 308,  # prints what was told at Autonomy Day of 2019
    "techradar": 1,
    "telecoms_2024q2": 16,  # a second release on the quarter, of which the first had told
    "zhiding_2025q3": 15,  # retells a release of the 22nd of December
    "a16z_llmflation": 1090,  # prices of past days, from the Internet Archive
}

each_table = each("name", TABLES)


def lines(name: str) -> list[tuple[str, dict[str, str]]]:
    """The rows of a table as they are written, each with its place."""
    with (data.FOLDER / TABLES[name]["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(f"{name}.csv:{line}", row) for line, row in enumerate(rows, start=2)]


def day_of(key: str) -> str:
    """The day of a source, or an empty text: files are no documents, they hold older facts."""
    return "" if data.sources()[key].get("type") == "dataset" else day_of_any(key)


def day_of_any(key: str) -> str:
    """The day of a source as the bibliography tells it, or an empty text."""
    fields = data.sources()[key]
    if "date" in fields or not {"month", "day"} <= set(fields):
        return fields.get("date", "")
    month = fields["month"]
    month = int(month) if month.isdigit() else datetime.strptime(month[:3], "%b").month
    return f"{fields['year']}-{month:02d}-{int(fields['day']):02d}"


def days_between(day: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(day)).days


def too_early(row: dict[str, str]) -> bool:
    """Whether a row claims to have been known before the document that tells it appeared."""
    day = day_of(row["source"])
    if not day or row["confidence"] == "assumed" or row["source"] in SERIES:
        return False
    return days_between(row["known_from"], day) > QUOTES.get(row["source"], 0)


def ahead(name: str, row: dict[str, str]) -> bool:
    """Whether a row may tell of a time that was still to come."""
    column, words, _ = AHEAD.get(name, ("source", "", ""))
    return row[column] in (words, *words.split())


@each_table
def test_no_row_is_known_before_its_time(name):
    early = [
        (place, column, row[column], row["known_from"])
        for place, row in lines(name)
        for column in PERIODS
        if re.match(r"\d{4}(-|$)", row.get(column) or "") and not ahead(name, row)
        if row["known_from"][: len(row[column])] < row[column]
    ]
    assert not early


@each_table
def test_no_row_is_known_before_the_document_that_tells_it(name):
    assert not [(place, row["known_from"]) for place, row in lines(name) if too_early(row)]


@each_table
@each("date", DATES)
def test_no_document_of_later_is_loaded_as_of_a_date(name, date):
    rows = data.load(name, date)
    later = [
        (place, key)
        for place, key, confidence in zip(
            rows.index, rows["source"], rows["confidence"], strict=True
        )
        if day_of(key) > date and confidence != "assumed" and key not in {*SERIES, *QUOTES}
    ]
    assert not later


@each_table
def test_a_row_that_is_known_from_the_day_of_access_says_so(name):
    silent = [
        place
        for place, row in lines(name)
        if row["known_from"] == ACCESS and data.UNDATED not in row.get("note", "")
    ]
    assert not silent


@each_table
def test_what_is_read_in_a_document_of_much_later_says_when_it_was_first_told(name):
    silent = [
        place
        for place, row in lines(name)
        if row["confidence"] != "assumed" and row["source"] not in {*SERIES, "a16z_llmflation"}
        if day_of(row["source"]) and FIRST not in row.get("note", "")
        if days_between(row["known_from"], day_of(row["source"])) > LATE
    ]
    assert not silent


def test_a_page_without_a_day_has_one_for_all_its_rows():
    """Unless the rows tell of launches, calls and the like, each of its own day."""
    known = defaultdict(set)
    for name in TABLES:
        for _, row in lines(name):
            dated = "day of" in row.get("note", "") and data.UNDATED not in row.get("note", "")
            if row["locator"].startswith("http") and not dated:
                known[row["locator"]].add(row["known_from"])
    assert not {page for page, days in known.items() if ACCESS in days and len(days) > 1}


def test_a_share_of_a_release_is_known_by_a_later_release_of_its_publisher():
    rows = [row for _, row in lines("cloud_shares")]
    later = f"{BOUND}: a later release of the publisher was told"
    bounded = [row for row in rows if later in row["note"]]
    told = [row for row in rows if BOUND not in row["note"]]
    assert bounded and all(
        row["known_from"]
        == min(
            each["known_from"]
            for each in told
            if each["publisher"] == row["publisher"] and each["release"] > row["release"]
        )
        for row in bounded
    )


@each_table
def test_a_bound_says_by_what_the_page_was_out(name):
    bounds = [row["note"] for _, row in lines(name) if BOUND in row.get("note", "")]
    assert all(re.search(rf"{BOUND}: \w+", note) for note in bounds)
    assert not [note for note in bounds if data.UNDATED in note]
    words = next(f for f in TABLES[name]["schema"]["fields"] if f["name"] == "known_from")
    assert (BOUND in words["description"]) == bool(bounds)


def stands_somewhere(row: dict[str, str], days: set[str]) -> bool:
    """Whether the day of a row is that of a source of its table, or can be read off the row."""
    day = row["known_from"]
    known = date.fromisoformat(day)
    if day in days or day >= ACCESS or known.day == calendar.monthrange(known.year, known.month)[1]:
        return True  # the end of a month stands for a page that tells no more
    other = [cell for column, cell in row.items() if column != "known_from"]
    addresses = row["locator"] + " " + row.get("second_locator", "")
    joined = re.sub("[-/_.]", "", addresses)
    return day in other or day in row["note"] or day.replace("-", "") in joined


@each_table
def test_a_recalled_day_says_so(name):
    words = next(f for f in TABLES[name]["schema"]["fields"] if f["name"] == "known_from")
    days = {day_of_any(row["source"]) for _, row in lines(name)}
    marked = {place for place, row in lines(name) if RECALLED in row.get("note", "")}
    assert bool(marked) == (RECALLED in words["description"])
    if RULE in words["description"]:
        nowhere = {place for place, row in lines(name) if not stands_somewhere(row, days)}
        assert not nowhere - marked


def test_what_is_excepted_is_there():
    used = {row["source"] for name in TABLES for _, row in lines(name)}
    assert {*SERIES, *QUOTES} <= used
    assert [name for name in AHEAD if any(ahead(name, row) for _, row in lines(name))] == [*AHEAD]


# Where the data end


def test_the_day_of_access_is_no_day_of_the_data():
    known = data.Package().ends()
    undated = {
        name
        for name in TABLES
        if all(data.UNDATED in row.get("note", "") for _, row in lines(name))
    }
    assert set(known) == set(TABLES) - undated
    assert max(known.values()).isoformat() < ACCESS


@pytest.mark.parametrize("date", DATES)
def test_the_data_end_at_the_newest_row_that_was_known(date):
    known = data.Package(date).ends()
    assert max(known.values()).isoformat() <= date
    assert known.items() <= {**data.Package().ends(), **known}.items()
    newest = data.load("company_financials", date)["known_from"].max()
    assert known["company_financials"] == newest.date()


def test_data_that_nobody_knew_end_nowhere():
    assert data.Package("1900-01-01").ends() == {}
