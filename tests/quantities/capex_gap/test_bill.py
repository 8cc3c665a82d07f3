"""What a dollar of chips asks for, by hand."""

import pandas as pd
from asking import close, given_chain

from computecycle.quantities.capex_gap import bill

RANGES = pd.DataFrame(
    {
        "assumption": ["datacenter_cost_multiple", "end_user_margin", "cloud_margin"],
        "low": [1.5, 0.25, 0.0],
        "high": [2.5, 0.6, 0.9],
    }
)
GIVEN = given_chain(50, 2.0, 0.5, 0.0, 10)


def test_the_links_of_the_articles_at_their_ends():
    assert bill.end(GIVEN, RANGES, "low").number == close(2.0)
    assert bill.end(GIVEN, RANGES, "high").number == close(62.5)
    assert bill.end(GIVEN, RANGES.iloc[:0], "low").number == close(4.0)


def test_a_dollar_link_by_link():
    steps = bill.one_dollar(GIVEN, RANGES)
    assert steps["label"].tolist() == [
        "The chip: $1.00",
        "With the centre and its electricity: $2.00",
        "With a margin of the cloud, none here: $2.00",
        "With the margin of the seller to users: $4.00",
    ]
    assert steps["start"].tolist() == close([0, 1, 2, 2])
    assert steps["low"].tolist() == close([1, 1.5, 1.5, 2.0])
    assert steps["high"].tolist() == close([1, 2.5, 25, 62.5])


def test_a_margin_of_the_cloud_that_is_asked_has_its_row_too():
    assert len(bill.one_dollar(given_chain(50, 2.0, 0.5, 0.5, 10), RANGES)) == 4
