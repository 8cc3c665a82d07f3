"""Every number of a chapter with the places that it rests on."""

import pytest

from computecycle.site import accounts

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
