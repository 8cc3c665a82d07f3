"""The report's own sources: entries that are whole, locators that open, days that can be."""

import csv
import functools
import re
from datetime import date, datetime, timedelta

from cases import each
from pybtex.database import parse_file

from computecycle.citing import citations
from computecycle.evidence import data, references
from computecycle.evidence.place import root

TABLES = {entry["name"]: entry for entry in data.descriptor()["resources"]}
DOCUMENTS = {"jpm2024", "nvidia2025", "bytelab2024", "guosen2024", "caijing2025"}
UNADDRESSED = {*DOCUMENTS, "computecycle"}  # their locators name a page, a paragraph, a table
WITHOUT_ADDRESS = UNADDRESSED - {"bytelab2024"}  # texts that were handed over as files
NOT_ITS_OWN = re.compile(r"\btitle (ours|from the address)\b")
OTHERWISE = re.compile(  # ways to say so that the test of brackets would not hear
    r"title (by|in the (words|form))|words of the page as|carries the whole title"
)
NO_DAY = re.compile("no date on the page|no one date")
SECURE = re.compile(r"https://[\w.-]+\.[a-z]+(:\d+)?(/[^\s\"<>]*)?")
WITHOUT_HTTPS = {  # hosts of which no copy over https is known
    "archive.fast-edgar.com",
    "emorning.live",
    "en.xfafinance.com",
    "tellingtechtales.com",
    "www.crossingwallstreet.com",
    "ftp.arl.army.mil",
    "fuzo-archiv.at",
}
UNOPENED = re.compile(  # words of a note: the document that the locator names was not opened
    r"read in (notes|pages|summaries|a summary|reports on|copies of its news feed"
    r"|a copy of the news feed|an excerpt|a public repository|newspage|three pages"
    r"|a page that (retells|cites)|the second page, which"
    r"|a file of a public repository that quotes)"
)
DAY = re.compile(
    r"(?<!\d)(20\d\d)(?:([/-])(\d{1,2})\2(\d{1,2})|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?!\d)"
)
FILED = re.compile(r"sec\.gov/(Archives|cgi-bin)|hkexnews\.hk|nhtsa\.gov")
FORM = re.compile(
    r"\bForm (10|8|20|6|S)-|Annual report pursuant|Registration statement|Safety Recall Report"
)
CALL = re.compile(r"(Earnings|Update) (Conference )?Call\b", re.IGNORECASE)
CALLING = {"Alphabet", "CoreWeave", "Microsoft"}  # who publish what was said in their calls
RELEASE = re.compile(r"\w+; (press |monthly |quarterly )?releases?\b")
TALK = re.compile(r"\b(a talk|a thread|a post|recording|conversation)\b")
PAPERS = re.compile(r"https://(arxiv|doi)\.org/")
RENAMED = {"Alphabet Inc.": "2015-10-02", "Meta Platforms, Inc.": "2021-10-28"}
SUBJECTS = {"nvidia2025"}  # a document of the study, by whom it is about
HOME = re.compile(r"https?://[^/]+/?(investors?|articles|newsroom|en/ITU-D/Statistics)?/?")
HOST = re.compile(r"\b[\w-]+(\.[\w-]+)*\.(com|org|net)\b|no one date|is not given")
NAMED = re.compile(r"\{source\}`([^`]+)`")
OWN = {"filing", "report"}  # types of documents that tell their publisher's own numbers
RETOLD = timedelta(days=14)  # a page may retell what was announced within these days before it
FACTS = "sec_companyfacts"  # files of all that was tagged: each fact bears the day of its filing
BESIDE = "a filing that prints an earlier period beside its own; the row bears the first day"
LATER = {  # pages that are younger than what they tell, and why the row keeps its older day
    "github.com/seenyoredave/ai_macro_git/blob/1d8aff7380a080afa29d9bbdb8ceee258fb84115/"
    "data/adoption/raw/census/National_2026-07-31.xlsx": "a workbook of all releases; "
    "each row bears the day of its own release",
    "www.theregister.com/2024/02/01/huawei_mdc_810_production/": "tells the launch of 2021",
    "www.cnbc.com/2025/10/30/amazon-amzn-q3-earnings-report-2025.html": (
        "names the estimate of the quarter before beside the new one"
    ),
    "www.sec.gov/Archives/edgar/data/1045810/000104581023000093/nvda-20230430.htm": BESIDE,
    "www.sec.gov/Archives/edgar/data/1045810/000104581024000124/nvda-20240428.htm": BESIDE,
    "www.sec.gov/Archives/edgar/data/1045810/000104581025000116/nvda-20250427.htm": BESIDE,
    "www.sec.gov/Archives/edgar/data/789019/000095017025100235/msft-20250630.htm": BESIDE,
    "http://archive.fast-edgar.com/20260520/AN2L462EZW2RNZZ2222N2ZYO4RTFZZ22D282/R66.htm": BESIDE,
    "github.com/dgunning/edgartools/blob/ca5a70094da7fc34890161dae9c256bb1f4c3d26/"
    "tests/fixtures/html/meta/10k/meta-10-k-2025-01-30.html": BESIDE,
}


@functools.cache
def entries() -> dict:
    return dict(parse_file(str(data.FOLDER / "sources.bib")).entries.items())


@functools.cache
def rows() -> list[tuple[str, dict[str, str]]]:
    """Every row of every table with its place."""
    found = []
    for name, entry in TABLES.items():
        with (data.FOLDER / entry["path"]).open(encoding="utf-8", newline="") as file:
            found += [
                (f"{name}.csv:{line}", row) for line, row in enumerate(csv.DictReader(file), 2)
            ]
    return found


def cited() -> list[tuple[str, str, dict[str, str]]]:
    """Place, locator and row of every row that rests on something with an address."""
    return [
        (place, row["locator"], row) for place, row in rows() if row["source"] not in UNADDRESSED
    ]


def days(address: str) -> list[date]:
    """The days that stand in an address."""
    found = []
    for year, _, month, day, joined_month, joined_day in DAY.findall(address):
        try:
            found.append(date(int(year), int(month or joined_month), int(day or joined_day)))
        except ValueError:
            continue
    return found


# Entries


each_entry = each("key", entries())


@each_entry
def test_an_entry_is_whole(key):
    fields = entries()[key].fields
    assert entries()[key].persons.get("author") or fields.get("organization")
    assert fields.get("organization") or fields.get("publisher")
    assert fields["title"].strip() and fields["type"] in references.KINDS
    assert references.is_day(fields["urldate"])
    assert re.match(r"\w[\w ()]*;", fields["note"]), "the note begins with the language"


@each_entry
def test_a_title_that_is_not_the_source_s_own_stands_in_brackets(key):
    fields = entries()[key].fields
    bare = fields["title"].strip("{}")
    bracketed = bare.startswith("[") and bare.endswith("]")
    assert bracketed == bool(NOT_ITS_OWN.search(fields["note"]))
    assert not OTHERWISE.search(fields["note"]), "title ours, or title from the address"


@each_entry
def test_an_entry_tells_its_day_or_that_there_is_none(key):
    fields = entries()[key].fields
    assert bool(fields.get("year")) != bool(NO_DAY.search(fields["note"]))
    assert fields.get("year") or not {"month", "day", "date"} & set(fields)
    assert "day" not in fields or "month" in fields
    if "day" in fields:
        told = " ".join(fields[name] for name in ("year", "month", "day"))
        written = datetime.strptime(told, "%Y %B %d").date().isoformat()
        assert fields.get("date", written) == written <= fields["urldate"]


@each_entry
def test_an_entry_has_an_address(key):
    note, address = entries()[key].fields.get("note", ""), entries()[key].fields.get("url")
    if address is None:  # a file that was handed over, or the locators open pages that quote it
        assert key in WITHOUT_ADDRESS or re.search("quote|press|read", note)
    else:
        assert references.ADDRESS.fullmatch(entries()[key].fields["url"])


def test_a_document_has_one_key():
    """Two of one publisher may bear one title, or stand on one page; not both."""
    told = [(fields.get("url", key), fields["title"]) for key, fields in data.sources().items()]
    known = [(url.replace("://www.", "://").rstrip("/"), title.casefold()) for url, title in told]
    assert [each for each in known if known.count(each) > 1] == []


def houses(fields: dict[str, str]) -> set[str]:
    """The names that an author or a publisher goes by in keys: the first word, the initials."""
    told = [fields.get(name, "") for name in ("author", "organization", "publisher")]
    words = [re.findall(r"\w+", each.lower()) for each in "; ".join(told).split("; ")]
    words = [[each for each in some if each != "the"] for some in words]
    first = {some[0] for some in words if some and len(some[0]) > 2}
    return first | {"".join(each[0] for each in some) for some in words if len(some) > 1}


def test_no_key_begins_with_the_name_of_another_house():
    known = data.sources()
    all_houses = set().union(*(houses(fields) for fields in known.values() if "url" in fields))
    begun = {key: re.sub(r"\d+$", "", key.split("_")[0]) for key in known}
    wrong = {key for key, name in begun.items() if name in all_houses - houses(known[key])}
    assert wrong == SUBJECTS


def test_an_author_bears_the_name_of_its_day():
    for key, fields in data.sources().items():
        day = citations.iso(citations.source(key, entries()[key]).get("issued")) or "9999"
        for author in fields.get("author", "").split("; "):
            assert day >= RENAMED.get(author, ""), key


@each_entry
def test_a_type_follows_the_rule_above_the_entries(key):
    fields = data.sources()[key]
    kind, note, address = fields["type"], fields["note"], fields.get("url", "")
    filed = bool(FILED.search(address) or FORM.search(fields["title"]))
    assert (kind == "filing") == filed
    if PAPERS.match(address):
        assert kind == "article"
    elif not filed and RELEASE.match(note):
        assert kind == "report"
    elif CALL.search(fields["title"]):
        company = re.match(r"\w+", fields["author"])[0] in CALLING
        assert kind == ("webpage" if company else "article")
    elif TALK.search(note):
        assert kind == "webpage"


def test_who_publishes_reports_publishes_no_articles():
    """But papers of science, which are articles whoever wrote them."""
    kinds = {}
    for fields in data.sources().values():
        if not PAPERS.match(fields.get("url", "")):
            house = fields.get("organization", fields.get("publisher"))
            kinds.setdefault(house, set()).add(fields["type"])
    assert [house for house, found in kinds.items() if {"report", "article"} <= found] == []


@each_entry
def test_where_an_address_is_a_home_page_the_note_says_what_was_read(key):
    fields = entries()[key].fields
    assert not HOME.fullmatch(fields.get("url", "")) or HOST.search(fields["note"])


def test_every_entry_is_cited():
    """By a row, or in the words of a chapter or a page, whose list of sources then says so."""
    pages = [*root().glob("notebooks/*.ipynb"), *root().glob("book/*.md")]
    named = {key for page in pages for key in NAMED.findall(page.read_text(encoding="utf-8"))}
    assert set(entries()) - {row.get("source") for _, row in rows()} - named == set()


def test_no_dollar_begins_a_formula_in_a_reader_of_bibliographies():
    assert not re.findall(r".*[^\\]\$.*", (data.FOLDER / "sources.bib").read_text(encoding="utf-8"))


def test_every_entry_can_be_cited():
    assert all(fields["short"] for fields in data.sources().values())


def test_accounts_rest_on_filings_and_releases():
    """Three in five at least; the others on collections of the same numbers and on the press."""
    used = [row["source"] for place, row in rows() if place.startswith("company_financials.csv")]
    filed = [
        key
        for key in used
        if entries()[key].fields["type"] in OWN or key == FACTS  # the SEC's own file
    ]
    assert len(filed) >= 0.6 * len(used)


def test_no_number_is_recalled():
    assert not [place for place, row in rows() if row["confidence"] == "recalled"]


def test_a_document_that_was_not_opened_is_quoted():
    wrong = [
        place
        for place, row in rows()
        if bool(UNOPENED.search(row.get("note") or "")) != (row["confidence"] == "quoted")
    ]
    assert not wrong


def test_a_verified_row_rests_on_no_document_or_count_that_all_others_repeat():
    """What a publisher filed, released or counted itself has no second witness."""
    alone = [
        place
        for place, row in rows()
        if row["confidence"] == "verified"
        and (
            "publisher" in row
            or row["source"] == FACTS
            or entries()[row["source"]].fields["type"] in OWN
        )
    ]
    assert not alone


def test_the_newest_spending_and_sales_are_known_from_pages_that_quote():
    """As the page on how to read the report says of the front page."""
    spent = {
        (row["company"], row["confidence"])
        for place, row in rows()
        if place.startswith("company_financials.csv")
        and (row["metric"], row["period"]) == ("capex", "2026Q2")
    }
    sold = {
        row["confidence"]
        for place, row in rows()
        if place.startswith("ai_revenue.csv") and row["known_from"] >= "2026-08-01"
    }
    assert spent == {(name, "quoted") for name in ("Alphabet", "Amazon", "Meta", "Microsoft")}
    assert "quoted" in sold


@each("name", TABLES)
def test_a_table_names_its_sources_as_the_bibliography_does(name):
    """A title that is ours stands without its brackets there."""
    titles = {key: fields["title"] for key, fields in data.sources().items()}
    named = [each for each in TABLES[name]["sources"] if "key" in each]
    assert [each["title"] for each in named] == [
        re.sub(r"^\[(.*)\]$", r"\1", titles[each["key"]]) for each in named
    ]


# Locators


def test_a_locator_is_one_address():
    wrong = {(place, locator) for place, locator, _ in cited() if not SECURE.fullmatch(locator)}
    plain = {(place, locator) for place, locator in wrong if locator.startswith("http://")}
    assert not wrong - plain
    assert {locator.split("/")[2] for _, locator in plain} == WITHOUT_HTTPS


def test_a_second_locator_is_one_address():
    second = [(place, row.get("second_locator") or "") for place, row in rows()]
    assert not [each for each in second if each[1] and not references.ADDRESS.fullmatch(each[1])]


def test_an_address_is_not_younger_than_what_was_known():
    """The day in an address is that of a page; a row is known when its page, or what the page
    retells, was published."""
    younger = {
        (place, locator)
        for place, locator, row in cited()
        if row["source"] != FACTS
        for day in days(locator)
        if day > date.fromisoformat(row["known_from"]) + RETOLD
    }
    assert {locator.removeprefix("https://") for _, locator in younger} == set(LATER)
