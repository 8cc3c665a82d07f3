"""Every number of a chapter with the places that it rests on."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from computecycle.site import accounts, addresses

ROW = {
    "table": "company_financials",
    "rows": ["company_financials.csv:2"],
    "source": "amazon_10k",
    "locator": "https://www.sec.gov/a",
    "known_from": "2016-01-28",
}


@pytest.mark.parametrize(
    ("confidence", "marked"),
    [("quoted", True), ("recalled", True), ("single_source", False), ("repeated", False)],
)
def test_a_place_that_was_not_read_itself_says_so(confidence, marked):
    (place,) = accounts.places([ROW | {"confidence": confidence}])
    assert place.endswith(f", {confidence})") == marked


SPAN = re.compile(r"(\d+)(?:–(\d+))?")


def told(cell, site) -> set[tuple[str, str]]:
    """The rows that a cell of a page of numbers leads to or numbers, by table and anchor."""
    found, known = set(), {}
    for link in cell.select('a[href*="tables/"], details'):
        if link.name == "a":
            page, _, anchor = link["href"].rpartition("/")[2].partition("#")
            assert (site / "tables" / page).exists(), page
            name = re.sub(r"(-\d+)?\.html", "", page)
            known = {row.line - 1: row.anchor for row in addresses.rows(name)}
            found.add((name, anchor))
        span = SPAN.fullmatch(link.get_text())
        spans = [span] if span and known.get(int(span[1])) == anchor else []
        if link.name == "details":
            spans = SPAN.finditer(link.get_text().partition("more ")[2])
        for each in spans:
            first, last = int(each[1]), int(each[2] or each[1])
            found |= {(name, known[number]) for number in range(first, last + 1)}
    return found


def test_a_number_leads_to_every_row_that_it_rests_on_and_to_no_other(report):
    site, count = report.root / "_build/html", 0
    for path in sorted((report.root / "_build/results").glob("*.json")):
        page = (site / f"book/chapters/{path.stem}/numbers.html").read_text("utf-8")
        page = BeautifulSoup(page, "html.parser")
        cells = {each["id"]: each.find_parent("tr") for each in page.select("td > span[id]")}
        for value in report.results(path.stem)["values"]:
            (cell,) = cells[f"value-{value['id']}"].select('[data-h="Rests on"]')
            rests = {
                (each["table"], row.anchor)
                for each in value["rows"]
                for row in addresses.rows(each["table"])
                if row.place in each["rows"]
            }
            assert told(cell, site) == rests, value["id"]
            record = json.loads((site / f"values/{path.stem}/{value['id']}.json").read_text())
            lines = {f"{file}:{line}" for file, own in record["rows"].items() for line in own}
            assert lines == {place for each in value["rows"] for place in each["rows"]}
            count += len(rests) > 20
    assert count > 100


def test_a_row_tells_its_number_by_which_a_range_names_it(report):
    page = (report.root / "_build/html/tables/nvidia_results.html").read_text("utf-8")
    rows = BeautifulSoup(page, "html.parser").select("tr[data-line]")
    assert [row.select("small")[-1].get_text().rpartition("; row ")[2] for row in rows] == [
        str(number) for number in range(1, len(rows) + 1)
    ]


def test_many_places_are_told_by_table_with_how_many_are_marked():
    many = [ROW | {"confidence": "quoted", "rows": [f"data/company_financials.csv:{line}"]}
            for line in (2, 3, 4, 9, 20)]  # fmt: skip
    rows, sources = accounts.places(many)
    assert BeautifulSoup(rows, "html.parser").get_text() == (
        "company financials, rows 1–3, 8, 19 (5 quoted)"
    )
    assert BeautifulSoup(sources, "html.parser").get_text().startswith("From Amazon")
