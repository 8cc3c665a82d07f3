"""What a table says of each metric: units, periods by their type, numbers ten times off."""

import pytest

from computecycle.evidence import checks, data, metrics

COLUMNS = ["metric", "period", "period_type", "value", "unit", "note"]
ENTRY = {
    "name": "results",
    "key": ["metric", "period"],
    "schema": {"fields": [{"name": name, "type": "string"} for name in COLUMNS]},
    "units": {"column": "metric", "allowed": {"revenue": ["USD million"], "margin": ["percent"]}},
}


def found(*cells: str) -> list[str]:
    return list(metrics.problems(ENTRY, [COLUMNS, list(cells)], "overlay/results.csv"))


@pytest.mark.parametrize(
    ("cells", "told"),
    {
        "right": (("revenue", "FY2027Q1", "fiscal_quarter", "91", "USD million", ""), ""),
        "another metric": (("staff", "FY2027", "fiscal_year", "9", "people", ""), ""),
        "unit": (
            ("revenue", "FY2027Q1", "fiscal_quarter", "91", "percent", ""),
            'line 2, column "unit" is "percent"; revenue is given in USD million.',
        ),
        "near": (
            ("revenue", "FY2027Q1", "fiscal_quarter", "91", "USD milion", ""),
            'is "USD milion"; revenue is given in USD million. Did you mean "USD million"?',
        ),
        "a year as a quarter": (
            ("revenue", "FY2027", "fiscal_quarter", "91", "USD million", ""),
            'column "period" is "FY2027"; a fiscal quarter is written FY2026Q1',
        ),
        "a calendar year as a fiscal one": (
            ("revenue", "2027", "fiscal_year", "91", "USD million", ""),
            'column "period" is "2027"; a fiscal year is written FY2026',
        ),
    }.values(),
)
def test_a_unit_and_a_period_are_those_of_their_metric(cells, told):
    problems = found(*cells)
    assert problems == [] if not told else [told in each for each in problems] == [True]


def rows(*values: float, note: str = "") -> list[tuple[str, dict[str, str]]]:
    return [
        (
            f"data/results.csv:{at}",
            {"metric": "revenue", "period": f"{2000 + at}", "value": f"{value}",
             "unit": "USD million", "note": note},
        )
        for at, value in enumerate(values)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "off"),
    {
        "level": ([100, 120, 110], []),
        "a newest one": ([100, 120, 9], [2]),
        "a thousand times": ([100, 120000, 110], [1]),
        "between its neighbours": ([1, 40, 2000, 2100], []),
        "the first": ([1, 100, 120], []),
        "of two nothing is told": ([1, 100], []),
    }.values(),
)
def test_a_number_ten_times_off_is_doubted(values, off):
    told = rows(*values)
    found = list(metrics.warnings(ENTRY, told, {place for place, _ in told}))
    assert [each.partition(":")[0] + ":" + each.split(":")[1] for each in found] == [
        f"data/results.csv:{at}" for at in off
    ]
    assert all('write "confirmed: " and why in note' in each for each in found)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([100, 120, 1300], "1,300 for 2002 is about 12 times its neighbours, 100 and 120"),
        ([100, 120000, 110], "120,000 for 2001 is about 1,100 times its neighbours, 100 and 110"),
        ([75200, 89000, 75], "75 for 2002 is about 1/1,100 of its neighbours, 75,200 and 89,000"),
    ],
)
def test_how_many_times_it_is_off_is_told(values, told):
    lines = rows(*values)
    (found,) = metrics.warnings(ENTRY, lines, {place for place, _ in lines})
    assert told in found


def test_what_is_confirmed_or_not_looked_at_is_not_doubted():
    told = rows(100, 120, 9, note="confirmed: a strike")
    assert list(metrics.warnings(ENTRY, told, {place for place, _ in told})) == []
    assert list(metrics.warnings(ENTRY, rows(100, 120, 9), {"data/results.csv:0"})) == []


def test_the_reports_own_numbers_are_confirmed():
    assert checks.doubts() == []


HEADER = "metric,period,period_type,period_end,value,unit,source,locator,known_from,confidence,"
HEADER += "second_value,second_locator,note\n"
ROW = "data_center_revenue,FY2027Q3,fiscal_quarter,2026-10-25,91,{unit},{source},my sheet,"
ROW += "2026-11-20,own,,,\n"


def overlay(folder, source: str = "me", unit: str = "USD million", bib: str = "") -> list[str]:
    """What is wrong with a reader's row on NVIDIA and their bibliography."""
    (folder / "nvidia_results.csv").write_text(HEADER + ROW.format(unit=unit, source=source))
    bib = bib or "@misc{me, author = {Analyst, Ann}, title = {A guess}}"
    (folder / "sources.bib").write_text(bib)
    return checks.overlay_problems(str(folder))


CONTRADICTING = {
    "below zero": ({"91": "-91000"}, "-91,000 is below zero, and no other of its series is"),
    "out of order": (
        {"91": "104500", "2026-10-25": "2025-10-25"},
        "FY2027Q3 ends on 2025-10-25, and FY2026Q3 on 2025-10-26",
    ),
    "too early": (
        {"91": "104500", "2026-11-20": "2026-09-01"},
        "FY2027Q3 is known from 2026-09-01, before it ends",
    ),
    "another century": (
        {"91": "104500", "2026-11-20": "2062-11-20"},
        "it is known from 2062-11-20, and all else until",
    ),
}


@pytest.mark.parametrize(("cells", "told"), CONTRADICTING.values(), ids=list(CONTRADICTING))
def test_a_row_of_ones_own_that_contradicts_its_series_is_doubted(tmp_path, cells, told):
    assert overlay(tmp_path) == []
    row = ROW.format(unit="USD million", source="me")
    for old, new in cells.items():
        row = row.replace(old, new)
    (tmp_path / "nvidia_results.csv").write_text(HEADER + row)
    (doubt,) = checks.doubts(str(tmp_path))
    assert told in doubt


def test_a_number_stands_beside_those_of_other_tellers_and_of_tables_without_units(tmp_path):
    sales = data.FOLDER.joinpath("ai_revenue.csv").read_text(encoding="utf-8").partition("\n")[0]
    mine = "OpenAI,run_rate,2026-11-01,30000,USD billion per year,net,me,a sheet,2026-11-18,own,,,"
    (tmp_path / "ai_revenue.csv").write_text(f"{sales}\n{mine}\n")
    plans = data.FOLDER.joinpath("capex_guidance.csv").read_text("utf-8").splitlines()
    mine = "Meta,2027,calendar_year,125,145,USD million,not_stated_on_the_page,me,a sheet,"
    mine += "2026-11-18,own,,,"
    (tmp_path / "capex_guidance.csv").write_text(f"{plans[0]}\n{mine}\n")
    told = checks.doubts(str(tmp_path))
    assert [each.split(" is ")[0] for each in told] == [
        "overlay/ai_revenue.csv:2: 30,000 for 2026-11-01",
        "overlay/capex_guidance.csv:2: 125 for 2027",
        "overlay/capex_guidance.csv:2: 145 for 2027",
    ]


def test_a_row_of_ones_own_is_ten_times_off(tmp_path):
    assert overlay(tmp_path) == []
    (doubt,) = checks.doubts(str(tmp_path))
    assert doubt.startswith("overlay/nvidia_results.csv:2: 91 for FY2027Q3 is about 1/900 of")
    assert data.Package("", str(tmp_path)).sources()["me"]["short"] == "Analyst"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"unit": "percent"}, "data_center_revenue is given in USD million"),
        ({"source": "nvidia_filings"}, "and the row is own; cite an entry of overlay/sources.bib"),
        ({"bib": "@misc{me, title = {A guess}}"}, "lacks author; write who says it"),
        ({"bib": "@misc{me, author = {A}}"}, "lacks title"),
        ({"bib": "@misc{sequoia2023, author = {A}, title = {B}}"}, "has a key of data/sources.bib"),
        ({"bib": "@misc{me, author = {A}, title = {B}, urldate = {then}}"}, 'urldate "then"'),
        ({"bib": "@misc{me, author = {A"}, "overlay/sources.bib cannot be read"),
        ({"bib": "@misc{a, b}\n@misc{a, c = {d} e}"}, "cannot be read: syntax error in line 2"),
    ],
)
def test_a_readers_row_and_source_are_honest(tmp_path, given, told):
    assert any(told in each for each in overlay(tmp_path, **given))


def test_a_readers_word_is_no_confidence_of_the_report():
    entry = data.resource("nvidia_results")
    allowed = [
        field["constraints"]["enum"]
        for each in (entry, data.open_to_own(entry))
        for field in each["schema"]["fields"]
        if field["name"] == "confidence"
    ]
    assert data.OWN not in allowed[0] and data.OWN in allowed[1]
