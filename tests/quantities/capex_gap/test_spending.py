"""Who spends, what was planned, what was filed: literal rows, sums and vintages by hand."""

import pandas as pd
import pytest

from computecycle.quantities import filings
from computecycle.quantities.capex_gap import spending

FOUR = ["Amazon", "Microsoft", "Alphabet", "Meta"]


def table(columns: str, *rows: tuple) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=columns.split())
    return found.set_axis([f"row:{line}" for line in range(2, len(found) + 2)])


SPEND = table(
    "buyer item value total",
    ("Amazon", "gpu_and_chips", 20.0, False),
    ("Amazon", "other_ai", 10.0, False),
    ("Others", "gpu_and_chips", 5.0, False),
    ("Total", "gpu_and_chips", 26.0, True),
    ("Total", "other_ai", 10.0, True),
    ("Amazon", "training_and_rd", 9.0, False),
    ("Amazon", "inference", 2.0, False),
    ("Others", "training_and_rd", 3.0, False),
    ("Others", "inference", 3.0, False),
)


FILED = table(
    "company metric period period_type value",
    ("Meta", "capex", "2024", "calendar_year", 37000.0),
    ("Amazon", "capex", "2024", "calendar_year", 80000.0),
    ("Microsoft", "capex", "FY2024", "fiscal_year", 44000.0),
    ("Alphabet", "capex", "2024", "calendar_year", 52000.0),
    *(("Microsoft", "capex", f"2024Q{n}", "quarter", 10000.0 + n) for n in (1, 2, 3, 4)),
    ("Amazon", "capex", "2023", "calendar_year", 50000.0),
    ("Microsoft", "capex", "2023Q1", "quarter", 6000.0),
    ("Amazon", "net_income", "2024", "calendar_year", 59000.0),
    ("Meta", "net_income", "2024", "calendar_year", 62000.0),
    ("Meta", "net_income", "2021", "calendar_year", 39000.0),
    ("Meta", "depreciation", "2024", "calendar_year", 15000.0),
)  # fmt: skip


TOLD = table(
    "source entity variable period bound value unit",
    ("caijing2025", "Google", "capex_plan", "2025", "value", 75.0, "USD billion"),
    ("caijing2025", "Meta", "capex_plan", "2025", "low", 60.0, "USD billion"),
    ("caijing2025", "Meta", "capex_plan", "2025", "high", 65.0, "USD billion"),
    ("nvidia2025", "Meta", "capex_plan", "2025", "high", 119.0, "USD billion"),
    ("nvidia2025", "Microsoft", "capex_plan", "FY2025", "value", 80.0, "USD billion"),
    ("nvidia2025", "Microsoft", "capex_plan", "FY2026", "value", 90.0, "USD billion"),
    ("bytelab2024", "Amazon", "capex_plan", "2025", "value", 1.0, "USD billion"),
    ("caijing2025", "Amazon", "capex_plan", "2025", "value", 700.0, "CNY billion"),
    ("caijing2025", "Google", "capex", "2024", "value", 52.5, "USD billion"),
    ("caijing2025", "Meta", "capex", "2024", "value", 37.5, "USD billion"),
    ("caijing2025", "Amazon", "capex", "2024", "value", 77.5, "USD billion"),
    ("caijing2025", "Microsoft", "capex", "2024", "value", 75.5, "USD billion"),
    ("caijing2025", "four companies", "capex", "2024", "value", 243.0, "USD billion"),
)


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def records(found: pd.DataFrame) -> list[tuple]:
    return [tuple(row) for row in found.itertuples(index=False)]


def test_buyers_leave_totals_out():
    assert records(spending.buyers(SPEND, ["gpu_and_chips"])) == [
        ("Amazon", "gpu_and_chips", 20),
        ("Others", "gpu_and_chips", 5),
    ]


def test_stacked_items_are_words_in_the_order_asked_for():
    found = spending.stacked(SPEND, ["other_ai", "gpu_and_chips"])
    assert list(found) == ["buyer", "item", "value", "order"]
    assert records(found) == [
        ("Amazon", "GPUs and other chips", 20, 1),
        ("Amazon", "other AI spending", 10, 0),
        ("Others", "GPUs and other chips", 5, 1),
    ]


def test_the_ratio_of_training_to_inference():
    assert spending.ratios(SPEND).to_dict() == {"Amazon": 4.5, "Others": 1.0}
    found = spending.with_ratio(SPEND)
    labels = dict(zip(found["buyer"], found["ratio_label"], strict=True))
    assert labels == {"Amazon": "4.5 to 1", "Others": "1.0 to 1"}


@pytest.mark.parametrize(
    ("printed", "number", "rows"), [(True, 26, ["row:5"]), (False, 25, ["row:2", "row:4"])]
)
def test_an_item_is_its_printed_total_or_the_sum_of_its_rows(printed, number, rows):
    found = spending.item(SPEND, "gpu_and_chips", printed=printed)
    assert found.number == number and list(found.rows[0].index) == rows


def test_an_item_without_rows_is_unknown():
    assert not spending.item(SPEND, "inference", printed=True).known


def test_what_was_filed_in_some_years():
    assert records(spending.filed(FILED, range(2023, 2025))) == [
        ("Amazon", 2024, 59, "net income"),
        ("Meta", 2024, 62, "net income"),
        ("Meta", 2024, 15, "depreciation as filed"),
    ]


def test_depreciation_is_computed_and_filed():
    """Only where both are known: Amazon filed none."""
    charges = spending.charges(FILED, 5.0, "purchase", range(2024, 2025))
    filed = spending.filed(FILED, range(2023, 2025))
    found = spending.computed_and_filed(charges, filed, 2024)
    assert list(found.index) == ["Meta"]
    assert found.loc["Meta"].tolist() == close([37 / 5, 15])


def test_who_filed_more_than_the_upper_end_of_a_plan():
    filed = FILED.assign(period=FILED["period"].replace({"2024": "2025", "FY2024": "FY2025"}))
    found = spending.over_plan(spending.capex_shown(filed, TOLD, "caijing2025"), 2025)
    assert found.to_dict() == {"Alphabet": False, "Meta": False, "Microsoft": False}
    more = filed.assign(value=filed["value"] * 1.8)
    found = spending.over_plan(spending.capex_shown(more, TOLD, "caijing2025"), 2025)
    assert found.to_dict() == {"Alphabet": True, "Meta": True, "Microsoft": False}
    assert spending.over_plan(spending.capex_shown(FILED.iloc[:0], TOLD, ""), 2025).empty


def test_plans_come_from_the_first_document_that_tells_them():
    assert records(spending.plans(TOLD, 2025)) == [
        ("Microsoft", 2025, 80, "planned low"),
        ("Microsoft", 2025, 80, "planned high"),
        ("Alphabet", 2025, 75, "planned low"),
        ("Alphabet", 2025, 75, "planned high"),
        ("Meta", 2025, 60, "planned low"),
        ("Meta", 2025, 65, "planned high"),
    ]


def test_what_a_document_prints_of_each_company():
    found = spending.printed(TOLD, "capex", "caijing2025")
    assert found["entity"].tolist() == ["Google", "Meta", "Amazon", "Microsoft"]


def test_the_sum_of_what_is_printed_needs_all_four():
    found = spending.sum_printed(TOLD, "capex", "caijing2025")
    assert found.number == close(243) and len(found.rows[0]) == 4
    assert not spending.sum_printed(TOLD.drop(index="row:10"), "capex", "caijing2025").known


def test_filed_printed_and_planned_stand_together():
    found = spending.capex_shown(FILED, TOLD, "caijing2025")
    assert found.groupby("kind").size().to_dict() == {
        "filed": 5,
        "planned high": 3,
        "planned low": 3,
        "printed": 4,
    }
    printed = found[found["kind"] == "printed"].set_index("company")["capex"].to_dict()
    assert printed == {"Alphabet": 52.5, "Meta": 37.5, "Amazon": 77.5, "Microsoft": 75.5}
    assert list(found) == ["company", "year", "capex", "kind"]


BOUGHT = table(
    "company metric period period_type value",
    *((name, "capex", f"{'FY' * (name == 'Microsoft')}{year}",
       "fiscal_year" if name == "Microsoft" else "calendar_year", value)
      for name in FOUR for year, value in ((2022, 1000.0), (2023, 2000.0), (2024, 4000.0))),
    ("Microsoft", "capex", "2024Q1", "quarter", 77777.0),
)  # fmt: skip


CHARGES = {
    "from-the-purchase": (4.0, "purchase", 2024, 4 * (1 + 2 + 4) / 4),
    "from-the-next-year": (4.0, "next", 2024, 4 * (1 + 2) / 4),
    "the-oldest-is-written-off": (2.0, "purchase", 2024, 4 * (2 + 4) / 2),
    "half-a-year-is-left": (1.5, "purchase", 2024, 4 * (4 + 2 * 0.5) / 1.5),
    "an-earlier-year": (4.0, "purchase", 2022, 4 * 1 / 4),
}


@pytest.mark.parametrize(("life", "first", "year", "expected"), CHARGES.values(), ids=CHARGES)
def test_the_charge_of_a_year_stacks_its_vintages(life, first, year, expected):
    found = spending.charge_in(BOUGHT, life, first, year)
    assert found.number == close(expected)
    assert len(found.rows[0]) == 4 * (year - 2021) and "quarter" not in set(
        found.rows[0]["period_type"]
    )


def test_charges_by_company_year_and_vintage():
    found = spending.charges(BOUGHT, 4.0, "purchase", range(2023, 2025))
    assert list(found) == ["company", "year", "vintage", "charge"]
    assert found["company"].unique().tolist() == FOUR
    meta = found[found["company"] == "Meta"].drop(columns="company")
    assert records(meta) == [
        (2023, 2022, 0.25),
        (2023, 2023, 0.5),
        (2024, 2022, 0.25),
        (2024, 2023, 0.5),
        (2024, 2024, 1.0),
    ]


EMPTY = {
    "buyers": lambda: spending.buyers(SPEND.iloc[:0], ["inference"]),
    "stacked": lambda: spending.stacked(SPEND.iloc[:0], ["inference"]),
    "with_ratio": lambda: spending.with_ratio(SPEND.iloc[:0]),
    "yearly": lambda: filings.yearly(FILED.iloc[:0], "capex"),
    "plans": lambda: spending.plans(TOLD.iloc[:0], 2025),
    "printed": lambda: spending.printed(TOLD.iloc[:0], "capex", "caijing2025"),
    "capex_shown": lambda: spending.capex_shown(FILED.iloc[:0], TOLD.iloc[:0], "caijing2025"),
    "charges": lambda: spending.charges(FILED.iloc[:0], 5.0, "next", range(2020, 2025)),
    "filed": lambda: spending.filed(FILED.iloc[:0], range(2020, 2025)),
}


UNKNOWN = {
    "item": lambda: spending.item(SPEND.iloc[:0], "inference", printed=False),
    "calendar_year": lambda: filings.calendar_year(FILED.iloc[:0], "Meta", "capex", 2024),
    "together": lambda: filings.together(FILED.iloc[:0], "capex", 2024),
    "sum_printed": lambda: spending.sum_printed(TOLD.iloc[:0], "capex", "caijing2025"),
    "charge_in": lambda: spending.charge_in(FILED.iloc[:0], 5.0, "next", 2024),
    "filed_in": lambda: filings.filed_in(FILED.iloc[:0], "capex", 2024),
}


@pytest.mark.parametrize("made", EMPTY.values(), ids=EMPTY)
def test_empty_tables_give_empty_tables_with_their_columns(made):
    found = made()
    assert found.empty and len(found.columns) >= 3


@pytest.mark.parametrize("made", UNKNOWN.values(), ids=UNKNOWN)
def test_empty_tables_give_unknown_numbers(made):
    assert not made().known
