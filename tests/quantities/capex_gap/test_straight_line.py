"""The straight line over lives in the books, by hand, and depreciation filed beside it."""

import numpy as np
import pandas as pd
from asking import close

from computecycle.quantities.capex_gap import spending, straight_line

FOUR = ["Amazon", "Microsoft", "Alphabet", "Meta"]
WIDE = "depreciation_and_amortization"
YEARS = range(2013, 2017)


def spent(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "value", "life"])


def test_a_purchase_is_charged_from_the_middle_of_its_year_or_from_the_next():
    years = spent((2013, 12.0, 3.0), (2014, 0.0, 3.0), (2015, 0.0, 3.0), (2016, 0.0, 3.0))
    assert straight_line.depreciation(years, 0.5).tolist() == close([2.0, 4.0, 4.0, 2.0])
    assert straight_line.depreciation(years, 0.0).tolist() == close([0.0, 4.0, 4.0, 4.0])


def test_a_new_life_bears_on_what_is_left():
    longer = spent((2013, 12.0, 2.0), (2014, 0.0, 3.0), (2015, 0.0, 3.0), (2016, 0.0, 3.0))
    assert straight_line.depreciation(longer, 0.0).tolist() == close([0.0, 4.0, 4.0, 4.0])
    shorter = spent((2013, 12.0, 3.0), (2014, 0.0, 3.0), (2015, 0.0, 1.0), (2016, 0.0, 1.0))
    assert straight_line.depreciation(shorter, 0.5).tolist() == close([2.0, 4.0, 6.0, 0.0])


LIVES = pd.DataFrame(
    [(name, "servers", 1.0, 2.0, "2016-01-01") for name in FOUR]
    + [("Amazon", "subset of servers", 2.0, 1.0, "2016-01-01")],
    columns=["company", "asset", "years_before", "years_after", "effective_from"],
)
BOUGHT = pd.DataFrame(
    [(name, "capex", str(y), "year", f"{y}-12-31", 10_000.0) for name in FOUR for y in YEARS],
    columns=["company", "metric", "period", "period_type", "period_end", "value"],
)
FILED = pd.DataFrame(
    [
        (name, str(y), "year", f"{y}-12-31", spending.OWN_LINE, 8_000.0, "2020-01-01")
        for name in FOUR[:3]
        for y in YEARS
        if (name, y) != ("Amazon", 2016)
    ]
    + [
        (name, str(y), "year", f"{y}-12-31", WIDE, 9_000.0, "2020-01-01")
        for name, y in [*(("Meta", y) for y in YEARS), ("Amazon", 2016)]
    ],
    columns=["company", "period", "period_type", "period_end", "measure", "value", "known_from"],
)


def test_years_stand_beside_each_other_where_all_is_on_file():
    table = straight_line.together(straight_line.by_company(BOUGHT, FILED, LIVES))
    assert table["year"].tolist() == [2014, 2015, 2016]
    assert table["alike"].tolist() == [True, True, False]
    assert table["filed"].tolist() == close([33.0, 33.0, 34.0])
    assert table["high"].tolist()[:2] == close([40.0, 40.0])
    assert table["low"].tolist()[:2] == close([40.0, 40.0])
    assert table["high"].iloc[2] == close(4 * (2.5 + 10 / 3))
    fewer = straight_line.by_company(BOUGHT, FILED.iloc[2:], LIVES)
    assert straight_line.together(fewer)["year"].tolist() == [2015, 2016] and len(fewer) == 8


def test_a_life_of_some_servers_alone_does_not_count():
    lives = straight_line.bought(BOUGHT, LIVES).query("year == 2016")["life"]
    assert lives.tolist() == [2.0] * 4
    assert straight_line.bought(BOUGHT, LIVES.iloc[1:4])["company"].nunique() == 3


def test_what_the_years_filed_alike_say():
    table = pd.DataFrame(
        {"year": [2014, 2015, 2016], "filed": [8.0, 9.5, 1.0], "low": [9.0, 8.0, 1.0]}
    ).assign(high=10.0, alike=[True, True, False])
    found = {name: one.number for name, one in straight_line.counts(table, []).items()}
    assert found == {
        "years": 2, "first": 2014, "last": 2015, "later": 1, "least": 0.8, "most": 0.95
    }  # fmt: skip
    assert not any(one.known for one in straight_line.counts(table.iloc[:0], []).values())
    empty = straight_line.together(
        straight_line.by_company(BOUGHT.iloc[:0], FILED.iloc[:0], LIVES.iloc[:0])
    )
    assert np.array_equal(empty.columns, ["year", "filed", "low", "high", "alike"])


def test_for_how_long_one_charged_more_than_the_line():
    table = pd.DataFrame(
        {"year": [2014, 2015, 2016, 2017], "filed": [13.0, 12.0, 9.0, 20.0], "high": 10.0}
    ).assign(company="Amazon", alike=[True, True, True, False])
    found = straight_line.ahead(table, "Amazon", [])
    assert {name: one.number for name, one in found.items()} == {
        "until": 2015, "least": 1.2, "after": 0.9
    }  # fmt: skip
    assert not any(one.known for one in straight_line.ahead(table, "Meta", []).values())
