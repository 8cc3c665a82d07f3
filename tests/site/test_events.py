"""The list of dated events: in order, each once, each with a row that says the same."""

import re

import pytest

from computecycle.site import addresses, events, inputs

EVERY = events.events()


def words(date: str) -> list[str]:
    return [each["words"] for each in EVERY if each["date"] == date]


def test_events_stand_in_the_order_of_their_dates_each_once_the_study_s_after_the_others():
    told = [(each["own"], each["date"], each["words"]) for each in EVERY]
    assert told == sorted(set(told))
    assert all(re.fullmatch(r"(19|20)\d\d(-\d\d){0,2}", date) for _, date, _ in told)


def test_what_the_study_alone_tells_stands_apart():
    studied = {each["source"] for each in EVERY if each["own"]}
    assert studied == {"Wang 2024"}
    assert "Wang’s study appears, on this day at the earliest" in {
        each["words"] for each in EVERY if not each["own"]
    }


def test_two_amounts_of_one_day_stand_in_one_line():
    assert words("2023-12-31") == ["OpenAI: AI revenue at a rate of $1.6 or 2 billion a year"]


def test_a_revenue_stands_on_the_day_it_is_of_with_its_footing():
    anthropic, openai = "Anthropic: AI revenue at a rate of", "OpenAI: AI revenue at a rate of"
    assert f"{anthropic} $65 billion a year (gross)" in words("2026-07-31")
    assert f"{openai} $50 billion a year (net)" in words("2026-09-30")
    assert f"{openai} $40 billion a year" in words("2026-08-13"), "the report does not say which"
    rows = {row["date"]: row for _, row in inputs.package().texts("ai_revenue")}
    assert rows["2026-07-31"]["known_from"] == "2026-08-17"  # read by the world later


def test_a_year_s_spending_stands_on_the_day_of_its_report():
    assert "Meta reports capital expenditure of $31.2 billion for 2022" in words("2023-02-01")


def test_limits_on_exports_and_other_single_days_are_there():
    assert any("limits exports of AI chips" in each for each in words("2022-10-07"))
    assert any("Stargate" in each for each in words("2025-01-21"))


@pytest.mark.parametrize(
    ("date", "what"),
    [
        ("2016-03", "AlphaGo (Lee Sedol) beats Lee Sedol, 4 to 1, according to the main study"),
        ("2016-03", "Intel: tick-tock given up"),
        ("2009-01-03", "Bitcoin: first block"),
        ("2006", "Amazon Web Services: cloud service begins"),
        ("2015-01", "NVIDIA: Drive, for cars"),
        ("1966", "Joseph Weizenbaum: ELIZA"),
        ("2018-06", "OpenAI: GPT-1, according to the main study"),
        ("2020", "NVIDIA: Ampere architecture (GeForce RTX 3090)"),
        ("2019", "NVIDIA: Ampere architecture"),
        ("2024-07-30", "Microsoft reports capital expenditure of $44.5 billion for FY2024"),
        ("2023-11", "autonomous AI and agents (GMI): forecast published"),
    ],
)
def test_what_the_tables_date_is_there(date, what):
    assert what in words(date)


def test_the_whole_chronology_of_the_main_study_is_there():
    own = {each["words"] for each in EVERY if not each["chapter"]}
    assert {row["event"] for _, row in inputs.package().texts("chronology")} <= own


def test_every_kind_of_list_gives_events():
    pages = {re.split(r"-\d+\.html|\.html", each["address"])[0] for each in EVERY}
    assert {f"tables/{entry[0]}" for entry in events.LISTS} <= pages
    assert {"tables/company_financials", "book/sources"} <= pages
    named = {entry[1] for entry in events.LISTS if "{" not in entry[1]}
    assert {each["chapter"] for each in EVERY} >= named


def test_every_moment_is_stated_somewhere():
    stated = {row["variable"] for _, row in inputs.package().texts("statements")}
    assert set(events.MOMENTS) <= stated


def test_an_event_leads_to_the_line_that_tells_it():
    for each in EVERY:
        page, _, anchor = each["address"].partition("#")
        if page.startswith("tables/"):
            name = re.fullmatch(r"tables/(\w+?)(-\d+)?\.html", page)[1]
            (row,) = (row for row in addresses.rows(name) if row.anchor == anchor)
            assert any(each["date"] in cell for cell in row.cells.values()), each


def test_a_section_of_the_study_leads_to_its_chapter():
    assert events.chapter_of("section 'New-energy vehicles', p. 36") == "ev_compute"
    assert events.chapter_of("cover, core views, p. 1") == ""
