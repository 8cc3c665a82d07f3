"""The ledger: the rule of the verdicts, the lookups of expressions, the errors of broken rows."""

import pandas as pd
import pytest

from computecycle.evidence import data
from computecycle.evidence.errors import InputError
from computecycle.ledger import ledger, rule


@pytest.mark.parametrize(
    ("printed", "computed", "word", "verdict"),
    [
        ("36.5", 36.54, "", "reproduces"),
        ("36.5", 36.56, "", "rounds"),  # cut instead of rounded
        ("36.5", 35.6, "", "disagrees"),
        ("36.5", 35.6, "over", "disagrees"),  # over needs at least the number itself
        ("36.5", 36.447, "", "rounds"),  # 36.45, then 36.5
        ("36.5", 36.58, "", "rounds"),
        ("36.5", 36.42, "", "disagrees"),  # neither cut nor rounded
        ("75", 74.26, "", "disagrees"),
        ("5", 5.8, "", "disagrees"),  # cut, but more than a tenth away
        ("10", 12.8, "", "disagrees"),
        ("200", 240.0, "", "disagrees"),
        ("3", 2.4, "at least", "disagrees"),
        ("320", 316.0, "over", "disagrees"),  # the word decides, not the zero
        ("210", 212.0, "", "rounds"),
        ("210", 212.0, "total", "disagrees"),
        ("1e11", 1.75e11, "order of", "rounds"),
        ("1e11", 1.75e12, "order of", "disagrees"),
        ("30", 31.6, "", "rounds"),  # ends in a zero, so it may be a number of tens
        ("30", 36.0, "", "disagrees"),
        ("500", 529.0, "", "rounds"),
        ("510", 529.0, "", "disagrees"),
        ("10", 30.8, "about", "disagrees"),
        ("100", 109.0, "about", "rounds"),
        ("125", 129.0, "over", "rounds"),
        ("125", 160.0, "over", "disagrees"),
        ("0.8", 0.79, "nearly", "reproduces"),
        ("100", 82.0, "nearly", "rounds"),
        ("7", 9.0, "at least", "rounds"),
        ("7", 9.0, "at most", "disagrees"),
        ("1.76e12", 1.764e12, "", "reproduces"),
        ("1.76e12", 1.8e12, "", "disagrees"),
    ],
)
def test_the_verdict_follows_the_printed_precision_and_word(printed, computed, word, verdict):
    assert rule.judge(printed, computed, word) == verdict


def test_the_zero_of_a_year_is_a_digit():
    assert rule.judge("2020", 2018.0, "", "year") == "disagrees"
    assert rule.judge("2020", 2018.0, "", "vehicles") == "rounds"


def test_the_unit_of_a_print_is_that_of_its_last_digit():
    assert rule.unit_of("36.5") == pytest.approx(0.1)
    assert rule.unit_of("1.76e12") == pytest.approx(1e10)
    assert rule.coarse_unit("3500") == pytest.approx(100)


@pytest.fixture
def package(monkeypatch) -> data.Package:
    rows = pd.DataFrame(
        {
            "buyer": ["a", "b"],
            "value": [20.0, 11.0],
            "unit": ["USD billion", "USD billion"],
            "day": pd.to_datetime(["2024-01-01", "2024-02-01"]),
        }
    )
    monkeypatch.setattr(data.Package, "load", lambda self, name: rows)
    return data.Package()


def value(expression: str, package: data.Package) -> float:
    return ledger.evaluate(expression, package, {}).number


def test_expressions_look_cells_up_and_compute(package):
    assert value('cell("t", buyer="a") / total("t")', package) == pytest.approx(20 / 31)
    assert value('count("t") * most("t") - least("t")', package) == pytest.approx(2 * 20 - 11)
    assert value('cell("t", day="2024-02-01")', package) == 11
    assert value("100 * annual_growth(1, 4, 2)", package) == pytest.approx(100)


def test_the_arithmetic_is_spelled_out_in_numbers(package):
    reading = ledger.evaluate('100 * cell("t", buyer="a") / total("t") + 0.5', package, {})
    assert reading.arithmetic == "100 * 20 / 31 + 0.5"
    assert [list(rows["buyer"]) for rows in reading.rows] == [["a"], ["a", "b"]]
    years = ledger.evaluate('years_between(cell("t", "day", buyer="a"), "2024-12-31")', package, {})
    assert years.arithmetic == "years_between('2024-01-01', '2024-12-31')"


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ('cell("t", buyer="z")', "has no row with"),
        ('cell("t", byer="a")', 'has no column "byer". Did you mean "buyer"?'),
        ('cell("t")', "has 2 rows with"),
        ('cell("t", buyer="a") / 0', "divides by zero"),
        ('cell("t", buyer="a") +', "cannot be read: invalid syntax"),
        ("__import__('os').getcwd()", "may not hold"),
        ("().__class__", "may not hold"),
        ("unknown(1)", 'names "unknown", which is not given'),
        ("1e308 * 10", "gives no finite number"),
    ],
)
def test_a_broken_expression_says_why(expression, reason, package):
    with pytest.raises(InputError, match=".*") as found:
        value(expression, package)
    assert reason in str(found.value)


def test_a_lookup_in_another_unit_is_refused(package):
    rows = ledger.evaluate('cell("t", buyer="a")', package, {}).rows
    ledger.fitting('cell("t", buyer="a")', "USD billion", rows)
    with pytest.raises(InputError, match="gives USD billion where the claim has percent"):
        ledger.fitting('cell("t", buyer="a")', "percent", rows)


def claim(**cells) -> pd.Series:
    empty = dict.fromkeys(("word", "expression", "other_reading", "comment", "outturn"), "")
    return pd.Series({"printed_number": "20", "unit": "USD billion"} | empty | cells)


def test_readings_with_different_verdicts_are_ambiguous(package):
    both = claim(expression='cell("t", buyer="a")', other_reading='cell("t", buyer="b")')
    assert ledger.verdict(both, package, {})["verdict"] == "ambiguous"
    same = claim(expression='cell("t", buyer="a")', other_reading="19 + 1")
    assert ledger.verdict(same, package, {})["verdict"] == "reproduces"


def test_a_computation_whose_result_is_not_printed_is_computed_and_not_judged(package):
    found = ledger.verdict(
        claim(printed_number="", expression='2 * cell("t", buyer="a")'), package, {}
    )
    assert (found["verdict"], found["computed"]) == ("not checkable", 40)
    ledger.checked(claim(printed_number="", expression="1"))
    with pytest.raises(InputError, match="neither a printed number nor an expression"):
        ledger.checked(claim(printed_number="", comment="?"))


def test_without_an_expression_a_claim_cannot_be_checked(package):
    assert ledger.verdict(claim(), package, {})["verdict"] == "not checkable"
    with pytest.raises(InputError, match="say in comment what would settle it"):
        ledger.checked(claim())


@pytest.mark.parametrize("words", ["many", "NaN", "Infinity"])
def test_a_claim_that_is_no_number_is_refused(words):
    with pytest.raises(InputError, match=f'printed_number is "{words}", no number'):
        ledger.checked(claim(printed_number=words, expression="1"))


@pytest.fixture(scope="module")
def judged() -> pd.DataFrame:
    return ledger.ledger()


def test_the_report_judges_every_claim_of_its_own(judged):
    assert len(judged) == len(data.load("source_claims"))
    assert set(judged["verdict"]) <= set(ledger.VERDICTS)
    silent = judged[(judged["verdict"] == "disagrees") & (judged["comment"] == "")]
    assert silent["id"].tolist() == [], "a disagreement needs its arithmetic in words"


@pytest.mark.parametrize(
    ("id", "verdict"),
    [
        ("S-C009", "reproduces"),  # 50 x 2 / (1 - 0.5) = 200
        ("C-C019", "disagrees"),  # 32 million for 320 billion
        ("D-C048", "disagrees"),  # a product of two effects that add
        ("G-C318", "disagrees"),  # 4.2 to 88.1 in ten years is 35.6 percent, not over 36.5
    ],
)
def test_known_cases_come_out(judged, id, verdict):
    assert judged.set_index("id").loc[id, "verdict"] == verdict


def test_as_of_an_early_date_nothing_crashes():
    early = ledger.ledger(as_of="2024-06-30")
    assert len(early) == len(data.load("source_claims"))
    later = ledger.ledger().set_index("id")["verdict"]
    now = early.set_index("id")["verdict"]
    assert (now == ledger.NOT_YET).any()
    same = now[now != ledger.NOT_YET]
    assert same.equals(later[same.index]), "a date takes inputs away, it changes no verdict"
    assert ledger.NOT_YET in ledger.counts(early).columns
