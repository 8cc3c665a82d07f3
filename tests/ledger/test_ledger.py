"""The ledger: the lookups of expressions, verdicts of claims, the errors of broken rows."""

import re

import pandas as pd
import pytest

from computecycle.evidence import data, words
from computecycle.evidence.errors import InputError
from computecycle.ledger import ledger
from computecycle.ledger.lookups import Tables
from computecycle.ledger.rule import AMBIGUOUS, DISAGREES, NOT_CHECKABLE, NOT_YET, VERDICTS

TAKES_BACK = re.compile(  # what a comment must not say beside a verdict that agrees
    r"wrong|contradict|mistake|misprint|disagree|\bslip\b|far below|ranks below|in error"
    r"|\bnot (?:fit|hold|follow|agree|match)|too (?:low|high|small|large)",
    re.IGNORECASE,
)
TAKES_UP = re.compile(  # and beside one that disagrees
    r"\bagrees?\b|\bcorrect\b|\bfits\b|\bholds\b|confirm|can explain"
    r"|within the (?:rounding|precision)|^as said|; right",
    re.IGNORECASE,
)
SAID = ["source", "original", "printed_number", "unit"]
OF_SEVERAL = {
    frozenset(pair.split())
    for pair in (
        "G-C209a G-C209c",  # Amazon and Microsoft
        "G-C306a G-C306b",  # computing and methods
        "J-C078 J-C079",  # two columns of one row
    )
}
WRITTEN = {"buyer": ["a", "b"], "value": ["20.0", "11"], "unit": ["USD billion"] * 2}


@pytest.fixture
def package(monkeypatch) -> data.Package:
    rows = pd.DataFrame(
        {
            **WRITTEN,
            "value": [20.0, 11.0],
            "source": ["jpm2024", "sequoia2024"],
            "day": pd.to_datetime(["2024-01-01", "2024-02-01"]),
        },
        index=["data/t.csv:2", "data/t.csv:3"],
    )
    fields = [{"name": "value", "type": "number"}, {"name": "day", "type": "date"}]
    words.known()  # read before there is no table but this
    written = pd.DataFrame(WRITTEN).to_dict(orient="records")
    monkeypatch.setattr(data.Package, "load", lambda self, name: rows)
    monkeypatch.setattr(data, "resource", lambda name: {"schema": {"fields": fields}})
    monkeypatch.setattr(Tables, "texts", lambda self, table, row: written[int(row[-1]) - 2])
    return data.Package()


def value(expression: str, package: data.Package) -> float:
    return ledger.evaluate(expression, package, {}).found.value


def test_expressions_look_cells_up_and_compute(package):
    assert value('cell("t", buyer="a") / total("t")', package) == pytest.approx(20 / 31)
    assert value('count("t") * most("t") - least("t")', package) == pytest.approx(2 * 20 - 11)
    assert value('cell("t", day="2024-02-01")', package) == 11
    assert value("100 * annual_growth(1, 4, 2)", package) == pytest.approx(100)
    assert value('year_of(cell("t", "day", buyer="a"))', package) == 2024
    assert value('month_of(cell("t", "day", buyer="b"))', package) == 2


@pytest.mark.parametrize(
    ("expression", "low", "high"),
    [
        ('cell("t", buyer="a")', 19.95, 20.05),  # 20.0 in the table
        ('cell("t", buyer="b")', 10.5, 11.5),  # 11
        ('total("t")', 30.45, 31.55),
        ('cell("t", buyer="a") / total("t")', 19.95 / 31.45, 20.05 / 30.55),
        ('most("t")', 19.95, 20.05),
        ('least("t", buyer="b")', 10.5, 11.5),
        ('count("t")', 2, 2),
        ('between(cell("t", buyer="a"), cell("t", buyer="b"))', 10.5, 20.05),
        ('2 * between(1, cell("t", buyer="b"))', 2, 23),
    ],
)
def test_the_digits_of_the_cells_as_they_are_written_are_carried(expression, low, high, package):
    found = ledger.evaluate(expression, package, {}).found
    assert (found.low, found.high) == pytest.approx((low, high))


def test_the_arithmetic_is_spelled_out_in_numbers(package):
    reading = ledger.evaluate('100 * cell("t", buyer="a") / total("t") + 0.5', package, {})
    assert reading.arithmetic == "100 * 20 / (20 + 11) + 0.5"
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
        ('1 / (cell("t", buyer="a") - 20)', "-0.05 and 0.05 within its rounding and may be zero"),
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


@pytest.mark.parametrize(
    ("entity", "bound", "low", "high"),
    [
        ("Amazon", "low", 99.5, 125),  # over 100, and nothing above it is printed
        ("Meta", "low", 59.5, 60.5),  # of 60 to 65
        ("Meta", "high", 64.5, 65.5),
    ],
)
def test_a_word_widens_an_end_whose_other_end_is_not_printed(entity, bound, low, high):
    asked = f'cell("statements", source="caijing2025", entity="{entity}", '
    asked += f'variable="capex_plan", period="2025", bound="{bound}")'
    found = ledger.evaluate(asked, data.Package(), {}).found
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_word_at_the_head_of_a_column_is_of_all_its_numbers():
    found = ledger.evaluate('cell("brains", "neurons", species="human")', data.Package(), {}).found
    assert (found.low, found.high) == pytest.approx((7.74e10, 9.46e10))


def test_a_range_is_spelled_out_with_both_ends(package):
    reading = ledger.evaluate('3 * between(1, cell("t", buyer="b"))', package, {})
    assert reading.arithmetic == "3 * between(1, 11)"
    assert reading.found.value == pytest.approx(18)


def claim(**cells) -> pd.Series:
    empty = dict.fromkeys(("word", "expression", "other_reading", "comment"), "")
    empty |= dict.fromkeys(("outturn", "beside"), "")
    first = {"id": "J-C001", "printed_number": "20", "unit": "USD billion"}
    return pd.Series(first | empty | cells)


def verdict(package: data.Package, **cells) -> str:
    return ledger.verdict(claim(**cells), package, {})["verdict"]


def test_a_lookup_in_another_unit_is_refused(package):
    with pytest.raises(InputError, match="gives USD billion where the claim has percent"):
        verdict(package, expression='cell("t", buyer="a")', unit="percent")


def test_a_number_of_no_document_judges_nothing(package):
    own = 'cell("t", buyer="a")'
    with pytest.raises(InputError, match="rows of sequoia2024, .* move it from other_reading to"):
        verdict(package, expression=own, other_reading='2 * cell("t", buyer="b")')
    with pytest.raises(InputError, match="asks for no number of the documents"):
        verdict(package, expression="20")
    later = claim(comment="?", outturn='cell("t", buyer="b")')
    assert ledger.verdict(later, package, {})["outturn_computed"] == 11


def test_a_second_print_is_no_computation_and_two_prints_may_disagree(package):
    assert verdict(package, expression='cell("t", buyer="a")') == "printed twice"
    assert verdict(package, expression='cell("t", buyer="a") + 0') == "recomputed"
    assert verdict(package, expression='cell("t", buyer="a")', printed_number="25") == "disagrees"
    over = {"printed_number": "18", "word": "over"}  # another number that the word allows
    assert verdict(package, expression='cell("t", buyer="a")', **over) == "rounds"


def test_one_cell_judges_no_table(package):
    with pytest.raises(InputError, match="a whole table by one cell; write a total, a rate"):
        verdict(package, id="J-T01", expression='cell("t", buyer="a")')
    assert verdict(package, id="J-T01", expression='total("t", buyer="a") + 0') == "recomputed"


def test_readings_of_which_one_disagrees_are_ambiguous(package):
    both = {"expression": 'cell("t", buyer="a")'}
    assert verdict(package, **both, other_reading='cell("t", buyer="a") - 5') == "ambiguous"
    assert verdict(package, **both, other_reading='cell("t", buyer="a") + 0') == "printed twice"


def test_a_reading_for_a_number_that_is_not_printed_leaves_the_statement_open(package):
    agrees = {"expression": 'cell("t", buyer="a")', "other_reading": "not printed"}
    assert verdict(package, **agrees) == "printed twice"
    assert verdict(package, **agrees, printed_number="25") == "ambiguous"


def test_without_an_expression_a_claim_cannot_be_checked(package):
    assert verdict(package) == "not checkable"
    with pytest.raises(InputError, match="say in comment what would settle it"):
        ledger.checked(claim())
    with pytest.raises(InputError, match="has another reading but no expression"):
        ledger.checked(claim(other_reading="1", comment="?"))
    with pytest.raises(InputError, match="has another reading but no expression"):
        ledger.checked(claim(expression="not printed", other_reading="1", comment="?"))


def test_public_data_say_whether_they_are_of_the_same_thing():
    with pytest.raises(InputError, match="has only one of outturn and beside"):
        ledger.checked(claim(expression="1", outturn="2"))


@pytest.mark.parametrize("text", ["", "many", "NaN", "Infinity"])
def test_a_claim_that_is_no_number_is_refused(text):
    with pytest.raises(InputError, match=f'printed_number is "{text}", no number'):
        ledger.checked(claim(printed_number=text, expression="1"))


@pytest.mark.parametrize(
    ("twins", "finding", "reason"),
    [
        (["B-1", ""], "", 'A-1: twin names "B-1", which is no claim; name one or empty it'),
        (["A-2", "A-3", ""], "", "A-1: twin names A-2, itself a twin; name A-3"),
        (["A-2", ""], "", "which is judged rounds and this row disagrees; one statement has one"),
        (["A-2", ""], "Told. Here.", "A-1: twin names A-2; move the finding to that row"),
    ],
)
def test_a_twin_is_another_row_that_bears_the_same_fault(twins, finding, reason):
    claims = pd.DataFrame({"id": [f"A-{n + 1}" for n in range(len(twins))], "twin": twins})
    claims["verdict"] = ["disagrees"] + ["rounds"] * (len(twins) - 1)
    claims["finding"] = finding
    with pytest.raises(InputError, match=re.escape(reason)):
        ledger.mirrored(claims, alike=True)


@pytest.fixture(scope="module")
def judged() -> pd.DataFrame:
    return ledger.ledger()


def test_the_report_judges_every_claim_of_its_own(judged):
    assert len(judged) == len(data.load("source_claims"))
    assert set(judged["verdict"]) <= set(VERDICTS)
    silent = judged[judged["verdict"].isin([DISAGREES, AMBIGUOUS]) & (judged["comment"] == "")]
    assert silent["id"].tolist() == [], "a contradiction needs its arithmetic in words"


def test_no_comment_takes_its_verdict_back(judged):
    agrees = ~judged["verdict"].isin([DISAGREES, AMBIGUOUS, NOT_CHECKABLE])
    back = judged["comment"].str.contains(TAKES_BACK) & agrees
    up = judged["comment"].str.contains(TAKES_UP) & (judged["verdict"] == DISAGREES)
    assert judged[back | up]["id"].tolist() == []


def test_what_is_told_twice_is_judged_alike(judged):
    """A number that another place prints again is looked up there."""
    again = judged["comment"].str.contains("prints? the same|repeats|told twice|printed twice")
    assert judged[again & (judged["verdict"] == NOT_CHECKABLE)]["id"].tolist() == []


def test_the_same_words_are_judged_once(judged):
    """One clause, number and unit is one statement, unless it says the number of several things."""
    first = judged["twin"].where(judged["twin"] != "", judged["id"])
    told = first.groupby([judged[each] for each in SAID]).agg(lambda ids: frozenset(ids))
    assert set(told[told.map(len) > 1]) == OF_SEVERAL


def test_a_comment_names_rows_that_are_there(judged):
    """By their own id, or by that of their item."""
    known = {*judged["id"], *judged["id"].str.extract(r"(.-.\d+)")[0]}
    named = judged["comment"].str.findall(r"\b[GJDSC]-[CTF]\d+[a-z]?\b").explode().dropna()
    assert set(named) <= known


def test_a_fault_counts_once_and_each_finding_is_told_once(judged):
    once = ledger.counts(judged)
    assert once["all"].sum() == len(judged) - (judged["twin"] != "").sum()
    told = judged[judged["finding"] != ""]
    assert 18 <= len(told) <= 26
    assert (told["twin"] == "").all()
    assert told["verdict"].isin([DISAGREES, AMBIGUOUS]).all(), "a finding finds something wrong"
    assert told["finding"].str.fullmatch(r"[^.].+\.").all()
    assert told["finding"].str.count(r"(?<!J\.P)[.?](?: |$)").eq(2).all(), "two sentences"


def test_every_contradiction_on_which_a_conclusion_rests_is_a_finding(judged):
    once = ledger.distinct(judged)
    heavy = once[once["verdict"].isin([DISAGREES, AMBIGUOUS]) & (once["matters"] == 1)]
    assert heavy[heavy["finding"] == ""]["id"].tolist() == []


@pytest.mark.parametrize(
    ("id", "verdict"),
    [
        ("S-C009", "recomputed"),  # 50 x 2 / (1 - 0.5) = 200
        ("J-C079", "recomputed"),  # six entries of a column within their rounding
        ("S-C001", "printed twice"),
        ("C-C019", "disagrees"),  # 32 million for 320 billion
        ("D-C048", "ambiguous"),  # two effects that add, of parts whose size is not printed
        ("G-C318", "ambiguous"),  # a rate from a year whose value is not printed, or from another
        ("C-C020", "recomputed"),  # more than 100, and 60 to 65
        ("D-C029", "rounds"),
        ("G-C005", "rounds"),  # slightly more
        ("G-F13b", "disagrees"),  # by a hair
        ("J-C029", "not checkable"),  # the other retells another article of the author
        ("G-T10", "printed twice"),  # the year of the last row is found, not computed
        ("G-C268", "not checkable"),  # right; the chronology bears the contradiction
        ("G-C334", "disagrees"),
        ("G-C019a", "disagrees"),  # a range of the same men on another page
        ("J-C004b", "ambiguous"),
        ("G-C194a", "disagrees"),  # more is not nearly
    ],
)
def test_known_cases_come_out(judged, id, verdict):
    assert judged.set_index("id").loc[id, "verdict"] == verdict


def test_as_of_an_early_date_nothing_crashes(judged):
    early = ledger.ledger(as_of="2024-06-30")
    assert len(early) == len(judged)
    now = early.set_index("id")["verdict"]
    assert (now == NOT_YET).any()
    same = now[now != NOT_YET]
    assert same.equals(judged.set_index("id")["verdict"][same.index]), "no verdict changes"
    assert NOT_YET in ledger.counts(early).columns
