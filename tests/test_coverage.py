"""What the documents print is in the tables, as printed, or named as left out.

The study's list of statements (a CSV of ids) and the documents lie in a folder beside the
repository where the report is made; they are not published with it. Tests that read them are
skipped elsewhere, the others need the tables alone.
"""

import csv
import json
import re
from collections import Counter
from itertools import zip_longest
from pathlib import Path

import pytest

from computecycle.evidence import data

ROOT = Path(__file__).parents[1]
LISTS = sorted(ROOT.parent.glob("*/items.csv"))
ENTRY = re.compile(r"[GJDSC]-(?:[TF]\d{2}|C\d{3})")
DOCUMENTS = {  # source: the number that begins its file's name
    "jpm2024": "000",
    "nvidia2025": "001",
    "bytelab2024": "002",
    "guosen2024": "003",
    "caijing2025": "004",
}
REPORT = "guosen2024"  # the document whose tables are ours too
KEY = ["source", "entity", "variable", "period", "bound"]
PERCENT = ["percent", "percent per year"]

NUMBER = re.compile(
    r"(\d+(?:[.。]\d+)?)"  # one document prints its decimal points as 。
    r"(?:(?:E\+?|×10\^\{)(\d+)\}?)?"
    r"\s*(万亿|千亿|百亿|千万|百万|亿|万|千(?!瓦)|百(?!分)|%|[tbm](?![A-Za-z]))?"
)
TO = re.compile(r"\s*[-至到]\s*")  # between the numbers of a range
SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "百亿": 1e10}
SCALES |= {"千亿": 1e11, "万亿": 1e12, "m": 1e6, "b": 1e9, "t": 1e12}
UNITS = {"million": 1e6, "billion": 1e9, "trillion": 1e12}

NOT_IN_DIGITS = {  # why the value is not a number in the digits of its excerpt: keys of the rows
    "the number is a word; the digits belong to another": [
        ("jpm2024", "NVIDIA", "time_as_largest_stock", "2024-06", "value"),
        ("jpm2024", "tasks of these jobs", "speed_up", "2024-04", "value"),
        ("jpm2024", "TSMC", "share_of_advanced_nvidia_chips", "2023-08", "value"),
        ("jpm2024", "Uber", "years_after_iphone", "2010", "value"),
        ("jpm2024", "Uber", "years_to_monthly_users", "2010/2015", "value"),
        ("nvidia2025", "OpenAI", "ai_revenue_plan_growth", "2025", "value"),
        ("nvidia2025", "OpenAI", "sales_share_of_staff", "2025", "value"),
        ("nvidia2025", "Baseten customer", "months_since_bill_cut", "2025", "value"),
        ("guosen2024", "GPT-3", "parameter_class", "2020", "value"),
        ("guosen2024", "GPT-3.0", "parameter_class", "2022", "value"),
        ("guosen2024", "GPT-4", "parameter_class", "2023", "value"),
        ("guosen2024", "Intel Pentium Extreme Edition 840", "cores", "2005-04", "value"),
        ("guosen2024", "GPT-2", "parameter_growth", "2019-02", "value"),
        ("guosen2024", "ChatGPT 4", "agi_level", "2024", "value"),
    ],
    "the decimals of the year are its half, which is a word": [
        ("caijing2025", "Microsoft", "supply_meets_demand", "2025", "value"),
        ("caijing2025", "Amazon", "supply_meets_demand", "2025", "low"),
        ("caijing2025", "Amazon", "supply_meets_demand", "2025", "high"),
        ("caijing2025", "Microsoft", "data_center_capacity_meets_demand", "FY2025", "value"),
    ],
    "a fall is printed as a positive number": [
        ("nvidia2025", "NVIDIA", "gaming_revenue_growth", "2024Q4", "value"),
        ("nvidia2025", "NVIDIA", "gross_margin_change", "2024Q4", "value"),
    ],
    "printed as a fraction": [
        ("guosen2024", "Amazon cloud", "valuation_share_of_market_value", "2016", "low"),
        ("guosen2024", "Amazon cloud", "valuation_share_of_market_value", "2016", "high"),
        ("guosen2024", "Google Cloud", "size_relative_to_amazon", "2024-12", "value"),
    ],
    "the year, or its century, is that of the sentence before or of the context": [
        ("guosen2024", "Roblox", "listed", "2021-03", "value"),
        ("guosen2024", "metaverse", "youtube_search_peak", "2021-04", "value"),
        ("guosen2024", "metaverse", "youtube_search_peak", "2021-10", "value"),
        ("guosen2024", "today's monopolists", "rise_from_internet_wave", "1970/1979", "value"),
        ("guosen2024", "today's monopolists", "rise_from_internet_wave", "1980/1989", "value"),
        ("guosen2024", "PC software era", "decade", "1980/1989", "value"),
        ("guosen2024", "web era", "decade", "1990/1999", "value"),
        ("guosen2024", "app era", "decade", "2010/2019", "value"),
        ("guosen2024", "large-model era", "decade", "2020/2029", "value"),
    ],
    "printed as a minute, in seconds here": [
        ("guosen2024", "Sora", "video_length", "2024-02", "value"),
    ],
    "the sum of the two dollars that are printed": [
        ("bytelab2024", "data centre", "datacenter_cost_multiple", "2023-09", "value"),
    ],
}
IN_PRINTED = {  # table: number columns that its column `printed` holds
    "alphago": ["threads", "cpus", "gpus", "tpus", "elo", "wins", "losses", "wins_2", "losses_2"],
    "compute_cost": ["cost_2022"],
    "compute_cost_decline": ["annual_decline"],
    "vehicle_chips": ["value"],
}
IN_THE_HEADING = {("electricity", "population"): 1e6}  # the scale is in the table's heading
IN_WORDS = {("agi_levels", "level")}


def rows_of(name: str) -> list[dict[str, str]]:
    with open(data.FOLDER / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def resources() -> list[dict]:
    descriptor = (data.FOLDER / "datapackage.json").read_text(encoding="utf-8")
    return json.loads(descriptor)["resources"]


def entries(row: dict[str, str]) -> list[str]:
    """The ids of the study's list in a row; a column `item` of another meaning holds none."""
    cells = [row.get("item", ""), row.get("item_id", "")]
    return [id for cell in cells for id in cell.split(";") if ENTRY.fullmatch(id)]


def in_tables() -> set[str]:
    """The entries that a table holds, the ledger by the beginnings of its ids."""
    names = {each["name"] for each in resources()} - {"left_out"}
    judged = {ENTRY.match(row["id"])[0] for row in rows_of("source_claims")}
    return judged | {id for name in names for row in rows_of(name) for id in entries(row)}


def left_out() -> list[str]:
    return [row["item"] for row in rows_of("left_out")]


def bare(text: str) -> str:
    """The text without white space and without the tags of its typesetting."""
    return re.sub(r"</?[a-z]+>|\s", "", text)


def document(source: str) -> str:
    paths = [path for path in LISTS for path in path.parent.glob(f"*/{DOCUMENTS[source]}_*.txt")]
    return bare(paths[0].read_text(encoding="utf-8")) if paths else ""


def numbers(text: str) -> list[tuple[float, bool]]:
    """Every number in digits, times its Chinese scale, with whether it is a percentage.

    The first of a range has the scale of the second too (3-4 万).
    """
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    found, read = list(NUMBER.finditer(text)), []
    for match, after in zip_longest(found, found[1:]):
        signs = [match[3] or ""]
        if after and not match[3] and TO.fullmatch(text[match.end() : after.start()]):
            signs.append(after[3] or "")
        digits = f"{match[1].replace('。', '.')}e{match[2] or 0}"
        read += [(float(digits) * SCALES.get(sign, 1), sign == "%") for sign in signs]
    return read


def scaled(cell: str, unit: str) -> float:
    return float(cell) * next((UNITS[word] for word in unit.split() if word in UNITS), 1)


def same(number: float, other: float) -> bool:
    return abs(number - other) <= 1e-9 * abs(other)


def in_digits(row: dict[str, str]) -> bool:
    """Whether the value of a statement is a number in the digits of its excerpt."""
    value, percent = scaled(row["value"], row["unit"]), row["unit"] in PERCENT
    return any(same(number, value) and sign == percent for number, sign in numbers(row["printed"]))


def key(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in KEY)


def tables_of_the_report() -> list[str]:
    alone = [{"key": REPORT}]
    ours = [e["name"] for e in resources() if [{"key": s["key"]} for s in e["sources"]] == alone]
    return [name for name in ours if name != "left_out"]


def numbers_beside_print() -> list[tuple[str, dict[str, str], dict, str]]:
    """Every number of the report's tables: table, row, field, its printed form."""
    found = []
    for entry in resources():
        name, printed = entry["name"], IN_PRINTED.get(entry["name"], [])
        if name not in tables_of_the_report():
            continue
        for field in entry["schema"]["fields"]:
            column = "printed" if field["name"] in printed else f"{field['name']}_printed"
            numeric = field["type"] in ("number", "integer", "year")
            for row in rows_of(name):
                if numeric and row.get(column) and row[field["name"]]:
                    found.append((name, row, field, row[column]))
    return found


with_the_list = pytest.mark.skipif(
    not LISTS, reason="the study's list of statements is not beside the repository"
)
with_document = pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            source,
            marks=pytest.mark.skipif(
                not document(source), reason=f"the text of {source} is not beside the repository"
            ),
        )
        for source in DOCUMENTS
    ],
)


# Coverage


@with_the_list
def test_every_entry_of_the_list_is_in_a_table_or_left_out():
    with open(LISTS[0], encoding="utf-8", newline="") as file:
        listed = [row["id"] for row in csv.DictReader(file)]
    assert len(listed) == 727
    assert set(listed) == in_tables() | set(left_out())


def test_no_entry_is_in_a_table_and_left_out():
    assert not in_tables() & set(left_out())


def test_what_is_left_out_is_named_once_with_a_reason():
    twice = [id for id, times in Counter(left_out()).items() if times > 1]
    assert not twice
    assert all(ENTRY.fullmatch(id) for id in left_out())
    assert all(row["reason"].strip() for row in rows_of("left_out"))


# Excerpts


@with_document
def test_every_excerpt_is_in_its_document(source):
    text = document(source)
    rows = [row for row in rows_of("statements") if row["source"] == source]
    absent = [
        part
        for row in rows
        for part in row["printed"].split(" | ")
        if not part or bare(part) not in text
    ]
    assert rows and not absent


@with_document
def test_every_quotation_of_the_ledger_is_in_its_document(source):
    """In the order of the document; what lies between two parts of one is cut."""
    text = document(source).replace("**", "").replace("\\$", "$").replace("\\times", "×")
    absent = []
    for row in rows_of("source_claims"):
        parts = [bare(part) for part in row["original"].split("…")]
        if row["source"] == source and not re.search(".*".join(map(re.escape, parts)), text):
            absent.append(row["id"])
    assert absent == []


@pytest.mark.skipif(not LISTS, reason="the documents are not beside the repository")
@pytest.mark.parametrize("name", tables_of_the_report())
def test_every_printed_cell_is_in_the_report(name):
    text, rows = document(REPORT), rows_of(name)
    columns = [each for each in rows[0] if each == "printed" or each.endswith("_printed")]
    absent = [
        part
        for row in rows
        for column in columns
        for part in row[column].split("; ")  # the cells of one printed row
        if bare(part) not in text
    ]
    assert not absent


# Numbers


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("600亿-650亿美金", [60e9, 65e9]),
        ("3.5 万至 4 万美元", [35e3, 40e3]),
        ("25。3亿", [2.53e9]),
        ("5.5%", [5.5]),
        ("1,202", [1202.0]),
        ("3.2×10^{12}", [3.2e12]),
        ("2E+15", [2e15]),
        ("$1.97t", [1.97e12]),
        ("21.7 千瓦时", [21.7]),
    ],
)
def test_a_printed_number_is_read_with_its_scale(text, read):
    assert [number for number, _ in numbers(text)] == pytest.approx(read)


def test_the_first_of_a_range_may_have_the_scale_of_the_second():
    assert numbers("3-4 万") == [(3, False), (30_000, False), (40_000, False)]
    assert numbers("25-35%") == [(25, False), (25, True), (35, True)]


def test_every_statement_in_digits_has_the_value_of_its_excerpt():
    told = [row for row in rows_of("statements") if re.search(r"\d", row["printed"])]
    otherwise = {key(row) for row in told if not in_digits(row)}
    assert len(told) > 800
    assert otherwise == {each for keys in NOT_IN_DIGITS.values() for each in keys}


def test_a_statement_in_words_says_how_it_is_read():
    words = [row for row in rows_of("statements") if row["printed"] and not numbers(row["printed"])]
    assert words and all(row["note"] for row in words)


def test_every_number_of_the_reports_tables_is_the_printed_one():
    wrong, beside = [], numbers_beside_print()
    for name, row, field, printed in beside:
        place = (name, field["name"])
        unit = field.get("unit") or row.get(field.get("unitColumn", ""), "")
        number = abs(scaled(row[field["name"]], unit)) / IN_THE_HEADING.get(place, 1)
        if place not in IN_WORDS and not any(same(read, number) for read, _ in numbers(printed)):
            wrong.append((place, printed))
    assert len(beside) > 250
    assert not wrong


# Periods


def test_an_interval_ends_after_it_begins():
    intervals = [row["period"].split("/") for row in rows_of("statements") if "/" in row["period"]]
    assert intervals and all(first < last for first, last in intervals)
