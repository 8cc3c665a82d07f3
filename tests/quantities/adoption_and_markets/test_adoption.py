"""Use and pay: closed forms on literal rows."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.adoption_and_markets import adoption

ALL, BIG = "all firms", "firms with 250 or more employees"


def rows(name: str, columns: str, *cells: tuple) -> pd.DataFrame:
    made = pd.DataFrame(cells, columns=columns.split())
    for column in ("known_from", "period_start", "period_end"):
        if column in made:
            made[column] = pd.to_datetime(made[column])
    made.index = [f"data/{name}.csv:{line}" for line in range(2, len(made) + 2)]
    made = made.assign(source="s", locator="x", confidence="single_source")
    made.attrs = {"table": name}
    return made


def surveys() -> pd.DataFrame:
    columns = (
        "survey definition population measure period period_start value standard_error unit"
        " known_from"
    )
    census = [
        (adoption.CENSUS, adoption.NARROW, ALL, "using now", "202518", "2025-08-11", 9.0, 0.3),
        (adoption.CENSUS, adoption.WIDE, ALL, "using now", "202524", "2025-11-03", 17.0, 0.3),
        (adoption.CENSUS, adoption.WIDE, ALL, "using now", "202525", "2025-11-17", 19.0, 0.4),
        (
            adoption.CENSUS,
            adoption.WIDE,
            ALL,
            "using now",
            "supplement 2026",
            "2025-11-17",
            17.9,
            0.1,
        ),
        (
            adoption.CENSUS,
            adoption.WIDE,
            ALL,
            "expecting use in six months",
            "202525",
            "2025-11-17",
            25.0,
            0.4,
        ),
        (adoption.CENSUS, adoption.WIDE, BIG, "using now", "202525", "2025-11-17", 39.0, 1.6),
        (
            "Ramp AI Index",
            "pays for AI",
            "US businesses that pay through Ramp",
            "using now",
            "2026-04",
            "2026-04-01",
            50.6,
            None,
        ),
        (
            "M",
            "regularly in at least one business function",
            "organisations of those who answer",
            "using now",
            "2025",
            "2025-06-01",
            88.0,
            None,
        ),
        (
            "M",
            "regularly in at least one business function",
            "organisations of those who answer",
            "effect on earnings",
            "2025",
            "2025-06-01",
            39.0,
            None,
        ),
    ]
    counted = {"Ramp AI Index": "percent of customers", "M": "percent of persons asked"}
    cells = [(*each, counted.get(each[0], "percent of firms"), "2026-05-01") for each in census]
    return rows("ai_adoption", columns, *cells)


def test_rounds_of_one_wording_leave_out_pooled_and_expected_shares():
    found = adoption.cycles(surveys(), ALL, adoption.WIDE)
    assert list(found["period"]) == ["202524", "202525"]
    assert adoption.share(found).number == pytest.approx(0.18)


def test_errors_of_rounds_add_by_their_squares():
    """0.3 and 0.4 make 0.5, half of which is the error of the mean of two."""
    found = adoption.cycles(surveys(), ALL, adoption.WIDE)
    assert adoption.error(found).number == pytest.approx(0.0025)
    first, last = found.head(1), found.tail(1)
    assert adoption.apart(first, last).number == pytest.approx(1.96 * 0.005)
    assert not adoption.error(found.iloc[:0]).known and not adoption.share(found.iloc[:0]).known


def test_first_and_last_rounds_never_overlap():
    found = adoption.cycles(surveys(), ALL, adoption.WIDE)
    assert [len(part) for part in adoption.ends(found)] == [1, 1]
    assert [len(part) for part in adoption.ends(found, 2)] == [0, 0]


def test_a_step_has_its_interval():
    step = adoption.steps(surveys()).iloc[0]
    assert (step["size"], step["share"]) == ("250 or more", 0.39)
    assert step["top"] - step["share"] == pytest.approx(1.96 * 0.016)


def test_the_newest_answer_of_each_question_stands_once():
    found = adoption.newest(surveys())
    assert list(found["value"]) == [19.0, 39.0, 50.6, 88.0]
    named = adoption.answers(found)
    assert named["label"].iloc[0] == "US firms: use in two weeks, Nov 2025"
    assert named["label"].iloc[3].endswith(", 2025")
    assert list(named["asked"]) == ["firms", "firms", "customers", "persons asked"]
    meant = adoption.with_mean(found, Given(0.18))
    assert list(meant["value"]) == [18.0, 39.0, 50.6, 88.0]
    assert adoption.with_mean(found, Given())["value"].equals(found["value"])
    assert adoption.seen(surveys(), "effect on earnings").number == pytest.approx(0.39)


def test_a_minute_has_its_day():
    tokens = rows(
        "tokens_processed",
        "provider period_type date value known_from",
        ("O", "minute", "2025-10-06", 0.006, "2025-10-06"),
        ("O", "day", "2024-02-09", 0.133, "2024-02-09"),
        ("O", "month", "2025-01-01", 5.0, "2025-02-01"),
        ("G", "day", "2025-01-01", 5.0, "2025-02-01"),
    )
    assert list(adoption.tokens_a_day(tokens, "O")["daily"]) == pytest.approx([0.133, 8.64])


def test_three_curves_are_of_one_seller():
    facts = rows(
        "public_facts",
        "entity quantity date value known_from",
        ("C", "weekly_users", "2024-01-01", 100.0, "2024-01-01"),
    )
    sales = rows(
        "ai_revenue",
        "company metric date value unit known_from",
        ("O", "run_rate", "2023-12-31", 2.0, "USD billion", "2024-01-01"),
        ("O", "run_rate", "2024-06-01", 3.0, "USD billion", "2024-06-01"),
        ("A", "run_rate", "2024-06-01", 9.0, "USD billion", "2024-06-01"),
    )
    labs = rows(
        "lab_accounts",
        "lab metric status period_type period_end value known_from",
        ("O", "operating_loss", "actual", "year", "2024-12-31", 8.8, "2026-06-16"),
        ("O", "operating_loss", "projected", "year", "2028-12-31", 74.0, "2025-11-13"),
    )
    curves = adoption.curves(facts, sales, labs, "O")
    assert [list(each["value"]) for each in curves] == [[100.0], [2.0, 3.0], [8.8]]
    assert [list(each["value"]) for each in adoption.panels(*curves[:2])] == [[100.0], [2.0, 3.0]]


SALES = rows(
    "ai_revenue",
    "company metric date value known_from",
    ("O", "run_rate", "2024-01-01", 1.0, "2024-01-01"),
    ("O", "run_rate", "2024-03-01", 2.0, "2024-03-01"),
    ("O", "run_rate", "2024-03-01", 2.5, "2024-03-01"),
    ("O", "run_rate", "2025-01-01", 10.0, "2025-01-01"),
)


def test_growth_lies_between_what_was_told_before_and_after_each_day():
    """From 1, 2 or 2.5 to 2, 2.5 or 10."""
    days = [pd.Timestamp(day) for day in ("2024-02-01", "2024-06-01", "2025-06-01")]
    least, most = adoption.range_of_growth(SALES, "O", *days[:2])
    assert (least.number, most.number) == (0.8, 10.0)
    assert not adoption.range_of_growth(SALES, "O", days[0], days[2])[0].known


@pytest.mark.parametrize(("other", "told"), [(0.7, True), (0.8, False), (10.1, True)])
def test_a_growth_within_the_range_of_another_cannot_be_told_apart(other, told):
    assert adoption.told_apart(Given(0.8), Given(10.0), Given(other)).known is told
    assert not adoption.told_apart(Given(0.8), Given(), Given(other)).known


def test_the_tokens_of_a_month_are_of_one_scope():
    tokens = rows(
        "tokens_processed",
        "provider scope period_type date value unit known_from",
        ("G", "all products", "month", "2024-04-30", 10.0, "trillion tokens", "2025-05-20"),
        ("G", "all products", "month", "2025-04-30", 480.0, "trillion tokens", "2025-05-20"),
        ("G", "programming interface", "month", "2024-06-30", 1.0, "trillion tokens", "2025-05-20"),
    )
    tokens = tokens.assign(date=pd.to_datetime(tokens["date"]))
    tokens.attrs = {"table": "tokens_processed"}
    day = pd.Timestamp("2024-09-03")
    assert adoption.tokens_by(tokens, "G", "all products", day).number == 10.0


def test_a_pace_goes_on_from_the_middle_of_the_last_cycles():
    """Ten points in 31 days to December from 20 percent: nearly 30 at its end."""
    ends = [
        rows("ai_adoption", "period_start value known_from", (day, value, "2026-01-01"))
        for day, value in (("2026-10-31", 10.0), ("2026-12-01", 20.0))
    ]
    pace = adoption.at_this_pace(*ends, 2026)
    assert pace.number == pytest.approx(0.2 + 0.1 * 30 / 31)
    assert not adoption.at_this_pace(ends[0].iloc[:0], ends[1], 2026).known


def test_a_round_without_an_error_has_the_largest_of_the_others():
    found = adoption.cycles(unread(), ALL, adoption.WIDE)
    assert list(found["standard_error"]) == [0.3, 0.4, 0.4]
    assert list(found["period"]) == ["202524", "202525", "202526"]
    alone = adoption.cycles(unread().iloc[2:], ALL, adoption.WIDE)
    assert not adoption.error(alone).known


def unread() -> pd.DataFrame:
    """Two rounds whose errors were read and one whose error was not."""
    columns = (
        "survey definition population measure period period_start value standard_error known_from"
    )
    each = (
        ("202524", "2025-11-03", 17.0, 0.3),
        ("202525", "2025-11-17", 19.0, 0.4),
        ("202526", "2025-12-01", 20.0, None),
    )
    same = (adoption.CENSUS, adoption.WIDE, ALL, "using now")
    return rows("ai_adoption", columns, *[(*same, *one, "2026-05-01") for one in each])


def test_cycles_of_some_firms_stand_beside_those_of_others():
    found = adoption.alongside(unread(), unread().iloc[1:2])
    assert list(found["period"]) == ["202525"]


def test_an_effect_is_of_the_newest_round_or_of_one_before():
    columns = "measure period_start value known_from"
    told = rows(
        "ai_adoption",
        columns,
        ("effect on earnings", "2025-06-01", 39.0, "2025-12-29"),
        ("effect on earnings", "2026-05-04", 37.0, "2026-08-25"),
    )
    assert adoption.seen(told, "effect on earnings").number == 0.37
    assert adoption.seen(told, "effect on earnings", 2).number == 0.39
    assert not adoption.seen(told, "effect on earnings", 3).known


def test_a_loss_for_a_dollar_is_of_one_year():
    columns = "lab metric status period_type period period_end value unit known_from"
    accounts = rows(
        "lab_accounts",
        columns,
        ("A", "revenue", "actual", "year", "2024", "2024-12-31", 4.0, "USD billion", "2025-01-01"),
        ("A", "revenue", "actual", "year", "2025", "2025-12-31", 16.0, "USD billion", "2026-01-01"),
    )
    loss = accounts.tail(1).assign(metric="operating_loss", value=8.0)
    assert adoption.for_a_dollar(accounts, loss).number == pytest.approx(0.5)
    assert not adoption.for_a_dollar(accounts, loss.iloc[:0]).known
    quarters = pd.concat([loss, loss.assign(period_type="quarter", period="2025Q4")])
    assert list(adoption.newest_loss(quarters, "A")["period"]) == ["2025Q4"]


def test_a_loss_for_a_dollar_is_drawn_by_years_and_the_quarters_since():
    columns = "lab metric status period_type period period_end value unit known_from"
    periods = (
        ("year", "2024", "2024-12-31"),
        ("quarter", "2024Q4", "2024-12-31"),
        ("quarter", "2025Q1", "2025-03-31"),
        ("quarter", "2025Q2", "2025-06-30"),
    )
    told = [("A", "operating_loss", "actual", *each, 6.0, "USD billion") for each in periods]
    told += [("A", "revenue", "actual", *each, 4.0, "USD billion") for each in periods]
    accounts = rows("lab_accounts", columns, *((*each, "2025-08-01") for each in told))
    accounts = accounts.assign(period_end=pd.to_datetime(accounts["period_end"]))
    accounts.attrs = {"table": "lab_accounts"}
    found, used = adoption.losses_for_a_dollar(accounts, "A")
    assert list(found["start"].dt.strftime("%Y-%m-%d")) == [
        "2024-01-01",
        "2025-01-01",
        "2025-04-01",
    ]
    assert list(found["value"]) == [1.5] * 3 and list(found["named"]) == [True, False, True]
    assert len(used) == 6
    assert not len(adoption.losses_for_a_dollar(accounts, "B")[0])


def test_the_value_that_holds_for_a_day_is_named_and_the_newest():
    named = adoption.panels(SALES, named=[pd.Timestamp("2024-02-01")])[0]["named"]
    assert list(named) == [True, False, False, True]


def answered(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["population", "period", "period_start", "value"])


def test_what_customers_spend_stands_by_month():
    facts = rows(
        "public_facts",
        "entity quantity date value known_from",
        ("Customers of Ramp, median", "ai_spending_per_employee", "2026-08-31", 2.0, "2026-09-09"),
        ("Customers of Ramp, median", "ai_spending_per_employee", "2026-05-31", 1.0, "2026-06-11"),
        ("Customers of Ramp, tenth", "ai_spending_per_employee", "2026-05-31", 9.0, "2026-06-11"),
        ("Customers of Ramp, median", "weekly_users", "2026-05-31", 9.0, "2026-06-11"),
    )
    assert adoption.spent_each(facts, "median")["value"].tolist() == [1.0, 2.0]


def test_a_supplement_counts_once_it_has_both_firms_and_their_workers():
    people, firms = adoption.WEIGHTED
    table = answered(
        (people, "supplement 2026", "2025-11-17", 32.0),
        (firms, "supplement 2026", "2025-11-17", 18.0),
        (firms, "202625", "2026-12-01", 23.0),
        (firms, "supplement 2027", "2026-11-17", 24.0),
    )
    assert [rows["value"].tolist() for rows in adoption.supplement(table)] == [[32.0], [18.0]]
    assert [len(rows) for rows in adoption.supplement(table.iloc[2:])] == [0, 0]
